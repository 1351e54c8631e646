"""What an account holds in one contract, first in first out, exact.

The open lots are kept as they were traded, so that realised profit never needs a division; only the average price
that is shown does.
"""

from collections import deque
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from workstation.domain.order_terms import Side

ZERO = Decimal(0)
_SHOWN = Decimal("0.0000001")


@dataclass(slots=True)
class Holding:
    """A position; `net_qty` is positive for long, negative for short, in lots."""

    multiplier: Decimal
    net_qty: Decimal = ZERO
    realised: Decimal = ZERO
    _lots: deque[tuple[Decimal, Decimal]] = field(default_factory=deque)  # signed quantity and price, oldest first

    def trade(self, side: Side, quantity: Decimal, price: Decimal) -> None:
        """Take a trade in; what closes open lots is realised at once, oldest lot first."""
        signed = quantity if side is Side.BUY else -quantity
        self.net_qty += signed
        while signed and self._lots and (self._lots[0][0] > 0) != (signed > 0):
            signed = self._close_oldest(signed, price)
        if not signed:
            return
        if self._lots and self._lots[-1][1] == price:
            signed += self._lots.pop()[0]
        self._lots.append((signed, price))

    def _close_oldest(self, signed: Decimal, price: Decimal) -> Decimal:
        """Close as much of the oldest lot as `signed` allows; return what is left of `signed`."""
        lot_qty, lot_px = self._lots.popleft()
        closed = lot_qty if abs(lot_qty) <= abs(signed) else -signed
        self.realised += (price - lot_px) * closed * self.multiplier
        if closed != lot_qty:
            self._lots.appendleft((lot_qty - closed, lot_px))
        return signed + closed

    @property
    def cost(self) -> Decimal:
        """Signed quantity times price of the open lots."""
        return sum((quantity * price for quantity, price in self._lots), ZERO)

    @property
    def average_px(self) -> Decimal | None:
        """Average price of the open lots, rounded for display to seven decimals; None when flat."""
        if not self.net_qty:
            return None
        return (self.cost / self.net_qty).quantize(_SHOWN, rounding=ROUND_HALF_EVEN).normalize() + ZERO

    def open_profit(self, last_px: Decimal) -> Decimal:
        """Return what closing at `last_px` would bring, in the contract's currency."""
        return (self.net_qty * last_px - self.cost) * self.multiplier
