"""The built-in XAPI venue: sockets and WebSocket in front of the dealer's market."""
