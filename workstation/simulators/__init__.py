"""The venues' own side on loopback sockets: one matching engine, one front per venue. No Qt."""
