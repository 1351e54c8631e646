"""The desk as Qt signals: the one seam between engine and screen. QtCore only."""
