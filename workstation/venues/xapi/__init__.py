"""XAPI 2.5.0: JSON over two connections, one for requests and replies, one for what is streamed."""
