"""What the trader sees. No rules, no I/O."""
