"""Positions of all accounts, as rows. Flat ones are kept, and shown on request.

Where a venue holds positions apart each has its number and its stops. Profit, swap and commission are in the account's
own currency.
"""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QObject

from workstation.domain.account import Position, PositionPlace
from workstation.domain.identity import AccountKey
from workstation.domain.instrument import Instrument
from workstation.item_models.column_kinds import accounts, figures, instants, venues, words
from workstation.item_models.columns import PLAIN, Column, Dress, Tone
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import (
    NONE,
    average_text,
    money_text,
    net_qty_text,
    plain_text,
    pnl_text,
    price_text,
)
from workstation.item_models.row_model import RowModel


class PositionGroup(IntEnum):
    """Whether anything is held."""

    FLAT = 0
    OPEN = 1


class PositionsModel(RowModel[PositionPlace, Position]):
    """One row per position: per account and instrument, or per number."""

    def __init__(self, naming: Naming, parent: QObject | None = None) -> None:
        columns = position_columns(naming)
        self._naming = naming
        keys = [column.key for column in columns]
        self._net, self._pnl = keys.index("net"), keys.index("open_pnl")
        super().__init__(columns, groups=len(PositionGroup), parent=parent)
        self.frame_clock.is_calm = True
        self.show_only()

    def key_of(self, record: Position) -> PositionPlace:
        """Return account and symbol, and the position's number where the venue has one."""
        return record.place

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

    def instrument(position: Position) -> Instrument | None:
        return naming.instrument_of(position.key.connection_id, position.symbol)

    def currency(position: Position) -> str:
        account, found = naming.account_of(position.key), instrument(position)
        own = account.currency if account is not None else NONE
        return own or (found.currency if found is not None else NONE)

    def average(position: Position) -> str:
        return average_text(position.avg_px, instrument(position))

    return (
        accounts(lambda position: position.key, naming),
        venues(lambda position: position.key, naming),
        words("symbol", "Symbol", "The instrument", lambda position: position.symbol),
        *_sum_columns(average, currency),
        words("currency", "Ccy", "Currency of the P&L", currency, width=5),
        instants("When the position last changed", lambda position: position.transact_time_ns, naming),
        words(
            "position", "Position", "The position's own number, where the venue has one", lambda one: one.position_id
        ),
        *_stop_columns(instrument),
        *_cost_columns(currency),
        instants(
            "When the position was opened",
            lambda position: position.opened_ns,
            naming,
            key="opened",
            title="Opened",
            dated=True,
        ),
    )


def _sum_columns(
    average: Callable[[Position], str], currency: Callable[[Position], str]
) -> tuple[Column[Position], ...]:
    """Return the columns of what is held and what it is worth."""
    return (
        figures(
            "net",
            "Net",
            "Net quantity: + is long, − is short",
            lambda position: position.net_qty,
            lambda position: net_qty_text(position.net_qty),
            width=11,
        ),
        figures("avg", "Avg", "Average price, as the venue states it", lambda position: position.avg_px, average),
        figures(
            "open_pnl",
            "Open P&L",
            "Profit or loss not yet taken, as the venue states it; — where it does not",
            lambda position: position.open_pnl,
            lambda position: pnl_text(position.open_pnl),
            exact=lambda position: pnl_text(position.open_pnl, currency(position)),
            width=14,
        ),
    )


def _stop_columns(instrument: Callable[[Position], Instrument | None]) -> tuple[Column[Position], ...]:
    """Return the columns of the price now and of what the venue holds with a position; blank where it holds none."""

    def trailing(position: Position) -> str:
        return NONE if position.trailing_offset is None else plain_text(position.trailing_offset)

    return (
        figures(
            "price",
            "Price",
            "The price at which it could be closed now, as the venue states it",
            lambda position: position.cur_px,
            lambda position: price_text(position.cur_px, instrument(position)),
        ),
        figures(
            "stop_loss",
            "Stop loss",
            "Held at the venue; blank is none",
            lambda position: position.stop_loss,
            lambda position: price_text(position.stop_loss, instrument(position)),
        ),
        figures(
            "take_profit",
            "Take profit",
            "Held at the venue; blank is none",
            lambda position: position.take_profit,
            lambda position: price_text(position.take_profit, instrument(position)),
        ),
        figures(
            "trailing",
            "Trailing",
            "How far behind the market the stop follows, in price; held at the venue",
            lambda position: position.trailing_offset,
            trailing,
            width=9,
        ),
    )


def _cost_columns(currency: Callable[[Position], str]) -> tuple[Column[Position], ...]:
    """Return the columns of what holding and opening a position cost."""
    return (
        figures(
            "swap",
            "Swap",
            "Interest for holding it overnight, so far; — where the venue does not say",
            lambda position: position.swap,
            lambda position: money_text(position.swap),
            exact=lambda position: money_text(position.swap, currency(position)),
        ),
        figures(
            "commission",
            "Commission",
            "What opening it cost; — where the venue does not say",
            lambda position: position.commission,
            lambda position: money_text(position.commission),
            exact=lambda position: money_text(position.commission, currency(position)),
        ),
    )
