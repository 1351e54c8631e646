"""What all open positions of an account come to, in the account's own currency. Unknown is never counted as zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.account import Position
from workstation.domain.identity import AccountKey
from workstation.domain.orders import ZERO
from workstation.item_models.number_text import UNKNOWN, money_text, pnl_text


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTotals:
    """Sums over the open positions of one account; None where one of them is not known."""

    key: AccountKey
    count: int
    open_pnl: Decimal | None
    swap: Decimal | None
    commission: Decimal | None

    def text(self, name: str, currency: str) -> str:
        """Return one line: ``Main: 3 open · ▲ +120.00 USD · swap −1.20 · commission −3.00``."""
        parts = [f"{name}: {self.count} open", pnl_text(self.open_pnl, currency) if self.known else f"P&L {UNKNOWN}"]
        parts += [
            f"{word} {money_text(amount)}"
            for word, amount in (("swap", self.swap), ("commission", self.commission))
            if amount is not None
        ]
        return " · ".join(parts)

    @property
    def known(self) -> bool:
        """Whether the profit of every position is known."""
        return self.open_pnl is not None


def totals_of(positions: Iterable[Position]) -> tuple[PositionTotals, ...]:
    """Return the totals of every account that holds something, in the order of their keys."""
    held: dict[AccountKey, list[Position]] = {}
    for position in positions:
        if position.net_qty:
            held.setdefault(position.key, []).append(position)
    return tuple(
        PositionTotals(
            key=key,
            count=len(ones),
            open_pnl=_sum(one.open_pnl for one in ones),
            swap=_sum(one.swap for one in ones),
            commission=_sum(one.commission for one in ones),
        )
        for key, ones in sorted(held.items())
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    return None if any(amount is None for amount in known) else sum((one for one in known if one is not None), ZERO)
