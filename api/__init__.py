"""The HTTP API: parse, one call of the hub, answer."""
