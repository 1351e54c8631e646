"""Snapshots to rows: one Qt model per table, coalesced per frame."""
