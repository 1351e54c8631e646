"""Size from risk: how many lots lose no more than the trader is ready to lose at the stop loss. Values only.

What one lot loses comes from the venue's own calculation; where it gives none, from distance and contract size, and
only when the account has the instrument's currency, because no rate is ever guessed.
"""

from dataclasses import dataclass
from decimal import Context, Decimal

from workstation.domain.estimates import Figure
from workstation.domain.instrument import Instrument
from workstation.domain.lot_sizes import legal_qty_above, legal_qty_below
from workstation.domain.order_terms import Side
from workstation.domain.orders import OrderTerms

_WIDE = Context(prec=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What `qty` lots lose at the stop loss, as a positive amount, and where that is from."""

    qty: Decimal
    amount: Decimal
    currency: str
    source: str

    def of(self, qty: Decimal) -> Decimal:
        """Return what `qty` lots lose."""
        return _WIDE.divide(_WIDE.multiply(self.amount, qty), self.qty)


def trial_qty(instrument: Instrument) -> Decimal | None:
    """Return the quantity to ask the venue about: one lot, or the legal quantity next to it."""
    return legal_qty_below(instrument, Decimal(1)) or legal_qty_above(instrument, Decimal(1))


def loss_of_figure(qty: Decimal, figure: Figure | None) -> Loss | None:
    """Return the loss that the venue calculated for `qty`; None where it gave none, or no loss."""
    if figure is None or figure.amount is None or figure.amount >= 0:
        return None
    return Loss(qty=qty, amount=-figure.amount, currency=figure.currency, source=figure.source)


def own_loss(terms: OrderTerms, anchor: Decimal | None, instrument: Instrument, currency: str) -> Loss | None:
    """Return the loss by distance and contract size; None on the wrong side, or when currencies differ."""
    if anchor is None or terms.stop_loss is None or currency != instrument.currency:
        return None
    away = anchor - terms.stop_loss if terms.side is Side.BUY else terms.stop_loss - anchor
    if away <= 0:
        return None
    amount = instrument.notional(away, Decimal(1))
    return Loss(qty=Decimal(1), amount=amount, currency=currency, source="own estimate from distance and contract size")


def size_for(risk: Decimal, loss: Loss, instrument: Instrument) -> Decimal | None:
    """Return the largest legal quantity that loses no more than `risk`, in the currency of `loss`; None for none."""
    wanted = _WIDE.divide(_WIDE.multiply(risk, loss.qty), loss.amount)
    return legal_qty_below(instrument, wanted)
