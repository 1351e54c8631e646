"""Trades of customers whom this login introduced, as rows; a field that the venue does not allow is unknown."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from workstation.domain.trade_history import IntroducedTrade
from workstation.item_models.column_kinds import figures, instants, words
from workstation.item_models.columns import Column
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import UNKNOWN, money_text, plain_text, qty_text
from workstation.item_models.row_model import RowModel


class IntroducedModel(RowModel[str, IntroducedTrade]):
    """One row per trade."""

    def __init__(self, naming: Naming, parent: QObject | None = None) -> None:
        super().__init__(introduced_columns(naming), parent=parent)
        self.frame_clock.is_calm = True

    def key_of(self, record: IntroducedTrade) -> str:
        """Return the key the venue's connection gave it."""
        return record.key

    def replace_all(self, trades: Iterable[IntroducedTrade]) -> None:
        """Show just these."""
        wanted = {trade.key: trade for trade in trades}
        self.flush()
        self.remove([one.key for one in self.store.records if one is not None and one.key not in wanted])
        self.put_many(wanted.values())


def introduced_columns(naming: Naming) -> tuple[Column[IntroducedTrade], ...]:
    """Return the columns."""
    return (
        instants("When it was traded", lambda trade: trade.transact_time_ns or 0, naming),
        words("login", "Login", "The customer's number", lambda trade: trade.login or UNKNOWN),
        words("surname", "Surname", "The customer", lambda trade: trade.surname or UNKNOWN, width=14),
        words("symbol", "Symbol", "The instrument", lambda trade: trade.symbol or UNKNOWN),
        words("side", "Side", "Bought or sold", lambda trade: trade.side.value.lower() if trade.side else UNKNOWN),
        figures("qty", "Qty", "Lots", lambda trade: trade.qty, lambda trade: qty_text(trade.qty), width=8),
        figures(
            "open_px",
            "Open",
            "Price at which it was opened",
            lambda trade: trade.open_px,
            lambda trade: UNKNOWN if trade.open_px is None else plain_text(trade.open_px),
        ),
        figures(
            "close_px",
            "Close",
            "Price at which it was closed",
            lambda trade: trade.close_px,
            lambda trade: UNKNOWN if trade.close_px is None else plain_text(trade.close_px),
        ),
        figures(
            "nominal",
            "Nominal",
            "The trade's nominal value, as the venue states it",
            lambda trade: trade.nominal,
            lambda trade: money_text(trade.nominal),
            width=14,
        ),
    )
