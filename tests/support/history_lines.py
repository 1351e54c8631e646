"""Lines of an account's past."""

from dataclasses import replace
from decimal import Decimal

from tests.support.dock_screen import MAIN, START_NS
from workstation.domain.order_terms import Side
from workstation.domain.trade_history import ClosedTrade, CloseReason, HistoryKind, IntroducedTrade


def closed(key: str = "1", profit: str | None = "50", **changes: object) -> ClosedTrade:
    """Return one closed trade in the euro."""
    trade = ClosedTrade(
        account=MAIN,
        key=key,
        kind=HistoryKind.TRADE,
        symbol="EURUSD",
        side=Side.BUY,
        qty=Decimal("0.5"),
        open_px=Decimal("1.09000"),
        close_px=Decimal("1.09100"),
        opened_ns=START_NS - 60_000_000_000,
        closed_ns=START_NS,
        profit=None if profit is None else Decimal(profit),
        commission=Decimal("-2.5"),
        swap=Decimal("-0.1"),
        position_id=key,
        reason=CloseReason.STOP_LOSS,
    )
    return replace(trade, **changes)  # type: ignore[arg-type]


def deposit(key: str = "9", amount: str = "1000") -> ClosedTrade:
    """Return a deposit."""
    return ClosedTrade(
        account=MAIN, key=key, kind=HistoryKind.BALANCE, profit=Decimal(amount), closed_ns=START_NS, comment="by card"
    )


def introduced(key: str = "1") -> IntroducedTrade:
    """Return an introduced trade of which the venue allows few fields."""
    return IntroducedTrade(key=key, login="12345", symbol="EURUSD", nominal=Decimal(6000), transact_time_ns=START_NS)
