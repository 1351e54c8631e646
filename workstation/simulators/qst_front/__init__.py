"""The QST front of the built-in venues: protobuf in WebSocket (QST spec 1 to 6)."""
