"""An account's past as rows: closed trades, and deposits, withdrawals and credits apart from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from PySide6.QtCore import QObject

from workstation.domain.identity import AccountKey
from workstation.domain.instrument import Instrument
from workstation.domain.order_terms import Side
from workstation.domain.orders import ZERO
from workstation.domain.trade_history import ClosedTrade, CloseReason, HistoryKind
from workstation.item_models.column_kinds import accounts, figures, instants, words
from workstation.item_models.columns import PLAIN, Column, Dress, Tone
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import NONE, UNKNOWN, money_text, pnl_text, price_text, qty_text
from workstation.item_models.row_model import RowModel

REASONS = {
    CloseReason.TRADER: "closed by the trader",
    CloseReason.STOP_LOSS: "stop loss",
    CloseReason.TAKE_PROFIT: "take profit",
    CloseReason.STOP_OUT: "stop out: margin too low",
    CloseReason.NOT_SAID: UNKNOWN,
}
KINDS = {HistoryKind.TRADE: "trade", HistoryKind.BALANCE: "deposit or withdrawal", HistoryKind.CREDIT: "credit"}

HistoryKey = tuple[AccountKey, str]


class HistoryGroup(IntEnum):
    """Whether a line was traded or moved."""

    MONEY = 0
    TRADE = 1


class HistoryModel(RowModel[HistoryKey, ClosedTrade]):
    """One row per line of the venue's history."""

    def __init__(self, naming: Naming, parent: QObject | None = None) -> None:
        columns = history_columns(naming)
        self._profit = [column.key for column in columns].index("profit")
        super().__init__(columns, groups=len(HistoryGroup), parent=parent)
        self.frame_clock.is_calm = True
        self.show_only()

    def key_of(self, record: ClosedTrade) -> HistoryKey:
        """Return account and the venue's own key of the line."""
        return record.account, record.key

    def group_of(self, record: ClosedTrade) -> int:
        """Return whether it was a trade."""
        return HistoryGroup.TRADE if record.kind is HistoryKind.TRADE else HistoryGroup.MONEY

    def dress(self, record: ClosedTrade) -> Dress:
        """Return the row's colours: the edge says bought or sold, profit and loss has its own pair."""
        edge = None if record.side is None else Tone.BUY if record.side is Side.BUY else Tone.SELL
        tones = {}
        if record.profit is not None and record.profit.is_finite() and record.profit:
            tones[self._profit] = Tone.GAIN if record.profit > 0 else Tone.LOSS
        return Dress(edge=edge, tones=tones) if edge or tones else PLAIN

    def show_only(self, *, text: str = "", group: HistoryGroup | None = None) -> None:
        """Show the lines of one group, or all, that hold every word of `text`."""
        self.set_filter(text=text, groups=None if group is None else frozenset({int(group)}))

    def replace_all(self, trades: Iterable[ClosedTrade]) -> None:
        """Show just these; lines that are in both stay where they are."""
        wanted = {self.key_of(trade): trade for trade in trades}
        self.flush()
        held = [self.key_of(record) for record in self.store.records if record is not None]
        self.remove([key for key in held if key not in wanted])
        self.put_many(wanted.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTotals:
    """Sums of one account's lines; None where one of them is not known. `moved` is deposits less withdrawals."""

    trades: int
    profit: Decimal | None
    commission: Decimal | None
    swap: Decimal | None
    moved: Decimal | None
    moves: int

    def text(self, currency: str) -> str:
        """Return one line; deposits stand apart from what was earned."""
        parts = [
            f"{self.trades} {'trade' if self.trades == 1 else 'trades'}: profit {pnl_text(self.profit, currency)}",
            f"commission {money_text(self.commission)}",
            f"swap {money_text(self.swap)}",
        ]
        if self.moves:
            parts.append(f"apart: deposits and withdrawals {money_text(self.moved, currency)}")
        return " · ".join(parts)


def history_totals(lines: Iterable[ClosedTrade]) -> HistoryTotals:
    """Return the sums over `lines`."""
    held = list(lines)
    trades = [line for line in held if line.kind is HistoryKind.TRADE]
    moves = [line for line in held if line.kind is HistoryKind.BALANCE]
    return HistoryTotals(
        trades=len(trades),
        profit=_sum(line.profit for line in trades),
        commission=_sum(line.commission for line in trades),
        swap=_sum(line.swap for line in trades),
        moved=_sum(line.profit for line in moves),
        moves=len(moves),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    return None if any(amount is None for amount in known) else sum((one for one in known if one is not None), ZERO)


def history_columns(naming: Naming) -> tuple[Column[ClosedTrade], ...]:
    """Return the columns of the history."""

    def instrument(line: ClosedTrade) -> Instrument | None:
        return naming.instrument_of(line.account.connection_id, line.symbol)

    return (
        instants(
            "When it was closed, or the money moved", lambda line: line.closed_ns, naming, title="Closed", dated=True
        ),
        accounts(lambda line: line.account, naming),
        words("kind", "Kind", "Trade, deposit or credit", lambda line: KINDS[line.kind], width=8),
        words("symbol", "Symbol", "The instrument", lambda line: line.symbol),
        words(
            "side", "Side", "How it was opened", lambda line: line.side.value.lower() if line.side else NONE, width=5
        ),
        *_amounts(instrument),
        *_money(),
        words("reason", "Closed by", "Why it was closed, as far as the venue says", _reason, width=16),
        words("position", "Position", "The position's own number", lambda line: line.position_id),
        instants("When it was opened", lambda line: line.opened_ns, naming, key="opened", title="Opened", dated=True),
        words("comment", "Comment", "As the venue keeps it", lambda line: line.comment, width=14),
    )


def _reason(line: ClosedTrade) -> str:
    return REASONS[line.reason] if line.kind is HistoryKind.TRADE else NONE


def _amounts(instrument: Callable[[ClosedTrade], Instrument | None]) -> tuple[Column[ClosedTrade], ...]:
    return (
        figures(
            "qty",
            "Qty",
            "Lots",
            lambda line: line.qty,
            lambda line: NONE if line.qty is None else qty_text(line.qty),
            width=8,
        ),
        figures(
            "open_px",
            "Open",
            "Price at which it was opened",
            lambda line: line.open_px,
            lambda line: price_text(line.open_px, instrument(line)),
        ),
        figures(
            "close_px",
            "Close",
            "Price at which it was closed",
            lambda line: line.close_px,
            lambda line: price_text(line.close_px, instrument(line)),
        ),
    )


def _money() -> tuple[Column[ClosedTrade], ...]:
    return (
        figures(
            "profit",
            "Profit",
            "In the account's currency, as the venue states it",
            lambda line: line.profit,
            lambda line: pnl_text(line.profit),
            width=14,
        ),
        figures(
            "commission",
            "Commission",
            "In the account's currency; blank where the venue names none",
            lambda line: line.commission,
            lambda line: NONE if line.commission is None else money_text(line.commission),
        ),
        figures(
            "swap",
            "Swap",
            "In the account's currency; blank where the venue names none",
            lambda line: line.swap,
            lambda line: NONE if line.swap is None else money_text(line.swap),
        ),
    )
