"""Net positions of all accounts, as rows. Flat ones are kept, and shown on request."""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QObject

from workstation.domain.account import Position
from workstation.domain.identity import AccountKey
from workstation.item_models.columns import PLAIN, Align, Column, Dress, Sorts, Tone, exact_key, text_key
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import (
    NONE,
    average_text,
    date_time_text,
    net_qty_text,
    plain_text,
    pnl_text,
    time_text,
)
from workstation.item_models.row_model import RowModel

PositionKey = tuple[AccountKey, str]


class PositionGroup(IntEnum):
    """Whether anything is held."""

    FLAT = 0
    OPEN = 1


class PositionsModel(RowModel[PositionKey, Position]):
    """One row per account and instrument."""

    def __init__(self, naming: Naming, parent: QObject | None = None) -> None:
        columns = position_columns(naming)
        self._naming = naming
        keys = [column.key for column in columns]
        self._net, self._pnl = keys.index("net"), keys.index("open_pnl")
        super().__init__(columns, groups=len(PositionGroup), parent=parent)
        self.show_only()

    def key_of(self, record: Position) -> PositionKey:
        """Return account and symbol."""
        return (record.key, record.symbol)

    def group_of(self, record: Position) -> int:
        """Return whether the position is flat or open."""
        return PositionGroup.OPEN if record.net_qty else PositionGroup.FLAT

    def dress(self, record: Position) -> Dress:
        """Return the row's colours: the edge says long or short, profit and loss has its own pair."""
        if not record.net_qty:
            return Dress(dim=True)
        edge = Tone.BUY if record.net_qty > 0 else Tone.SELL
        tones = {self._net: edge}
        if record.open_pnl is not None and record.open_pnl.is_finite() and record.open_pnl:
            tones[self._pnl] = Tone.GAIN if record.open_pnl > 0 else Tone.LOSS
        return Dress(edge=edge, tones=tones) if tones else PLAIN

    def show_only(self, *, text: str = "", flat: bool = False, account: AccountKey | None = None) -> None:
        """Show open positions (and `flat` ones too), of one account or all, that hold every word of `text`."""
        groups = None if flat else frozenset({int(PositionGroup.OPEN)})
        self.set_filter(
            text=text, groups=groups, accepts=None if account is None else (lambda position: position.key == account)
        )


def position_columns(naming: Naming) -> tuple[Column[Position], ...]:
    """Return the columns of the positions table."""

    def currency(position: Position) -> str:
        instrument = naming.instrument_of(position.key.connection_id, position.symbol)
        return instrument.currency if instrument is not None else NONE

    def average(position: Position) -> str:
        return average_text(position.avg_px, naming.instrument_of(position.key.connection_id, position.symbol))

    return (
        Column(
            key="account",
            title="Account",
            tooltip="Your name for the account",
            text=lambda position: naming.alias(position.key),
            sort_key=lambda position: text_key(naming.alias(position.key)),
            exact=lambda position: f"{naming.alias(position.key)} ({position.key.account_id})",
            width=12,
        ),
        Column(
            key="venue",
            title="Venue",
            tooltip="Where the position is",
            text=lambda position: naming.glyph_of(position.key.connection_id),
            sort_key=lambda position: text_key(naming.glyph_of(position.key.connection_id)),
            exact=lambda position: position.key.connection_id,
            align=Align.MARK,
            width=7,
        ),
        Column(
            key="symbol",
            title="Symbol",
            tooltip="The instrument",
            text=lambda position: position.symbol,
            sort_key=lambda position: text_key(position.symbol),
            width=10,
        ),
        Column(
            key="net",
            title="Net",
            tooltip="Net quantity: + is long, − is short",
            text=lambda position: net_qty_text(position.net_qty),
            sort_key=lambda position: exact_key(position.net_qty),
            exact=lambda position: plain_text(position.net_qty),
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
            width=11,
        ),
        Column(
            key="avg",
            title="Avg",
            tooltip="Average price of the position, as the venue states it",
            text=average,
            sort_key=lambda position: exact_key(position.avg_px),
            exact=lambda position: plain_text(position.avg_px) if position.avg_px is not None else NONE,
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
        ),
        *_money_columns(naming, currency),
    )


def _money_columns(naming: Naming, currency: Callable[[Position], str]) -> tuple[Column[Position], ...]:
    return (
        Column(
            key="open_pnl",
            title="Open P&L",
            tooltip="Profit or loss not yet taken, as the venue states it; — where it does not",
            text=lambda position: pnl_text(position.open_pnl),
            sort_key=lambda position: exact_key(position.open_pnl),
            exact=lambda position: pnl_text(position.open_pnl, currency(position)),
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
            width=14,
        ),
        Column(
            key="currency",
            title="Ccy",
            tooltip="Currency of price and P&L",
            text=currency,
            sort_key=lambda position: text_key(currency(position)),
            width=5,
        ),
        Column(
            key="time",
            title="Time",
            tooltip="When the position last changed",
            text=lambda position: time_text(position.transact_time_ns, naming.zone),
            sort_key=lambda position: position.transact_time_ns or None,
            exact=lambda position: date_time_text(position.transact_time_ns, naming.zone),
            sorts=Sorts.NUMBERS,
            width=14,
        ),
    )
