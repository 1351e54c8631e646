"""QST Binary Order Routing: protobuf in WebSocket."""
