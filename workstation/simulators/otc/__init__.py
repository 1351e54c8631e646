"""The dealer's market behind the built-in XAPI venue: symbols, quotes, candles, deals and accounts."""
