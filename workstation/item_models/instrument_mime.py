"""Instruments on their way from one dock to another, by drag and drop.

Anything can be dropped on a window, so what comes in is read like any other foreign bytes.
"""

import json

from PySide6.QtCore import QMimeData

from workstation.domain.identity import ConnectionID, InstrumentKey

MIME_TYPE = "application/x-workstation-instruments"
_MOST_BYTES = 200_000
_MOST_KEYS = 500


def instruments_to_mime(keys: list[InstrumentKey]) -> QMimeData:
    """Return what a drag carries. There is no plain text beside it: a text field would take that as typed."""
    carried = QMimeData()
    carried.setData(MIME_TYPE, json.dumps([[key.connection_id, key.symbol] for key in keys]).encode())
    return carried


def instruments_from_mime(carried: QMimeData) -> list[InstrumentKey]:
    """Return the instruments that a drag carries; none where it carries something else."""
    data = bytes(carried.data(MIME_TYPE).data())
    if not data or len(data) > _MOST_BYTES:
        return []
    try:
        pairs = json.loads(data)
    except (ValueError, RecursionError):
        return []
    found = []
    for pair in pairs[:_MOST_KEYS] if isinstance(pairs, list) else []:
        match pair:
            case [str(connection_id), str(symbol)] if symbol:
                found.append(InstrumentKey(ConnectionID(connection_id), symbol))
    return found
