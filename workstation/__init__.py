"""The Workstation: a desktop program for manual trading on many accounts at several brokers."""

__version__ = "0.1.0"
