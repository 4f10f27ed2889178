"""The kiosk: where a citizen finds a procedure and takes a number."""
