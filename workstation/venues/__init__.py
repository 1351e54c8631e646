"""How to talk to each broker. No Qt; a venue never imports another."""
