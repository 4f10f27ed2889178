"""The officer's panel."""
