"""Legal quantities near a wanted one: limits and steps that may grow with the quantity.

Everything here is exact; nothing is ever rounded up by itself.
"""

from decimal import Decimal

from workstation.domain.instrument import Instrument
from workstation.domain.money import TickRounding, round_to_tick


def legal_qty_below(instrument: Instrument, qty: Decimal) -> Decimal | None:
    """Return the largest legal quantity that is not above `qty` (`qty` itself when legal), None when there is none."""
    if not qty.is_finite() or qty <= 0:
        return None
    wanted = qty if instrument.max_qty is None else min(qty, instrument.max_qty)
    return next((one for one in sorted(_below(instrument, wanted), reverse=True) if instrument.legal_qty(one)), None)


def legal_qty_above(instrument: Instrument, qty: Decimal) -> Decimal | None:
    """Return the smallest legal quantity that is not below `qty` (`qty` itself when legal), None when there is none."""
    if not qty.is_finite():
        return None
    least = instrument.lot_size if instrument.min_qty is None else instrument.min_qty
    wanted = max(qty, least)
    return next((one for one in sorted(_above(instrument, wanted)) if instrument.legal_qty(one)), None)


def _below(instrument: Instrument, qty: Decimal) -> list[Decimal]:
    """Return the largest multiples under `qty` of every step that starts under it, each within its own range."""
    starts = [(Decimal(0), instrument.lot_size), *instrument.qty_steps]
    ends = [start for start, _ in starts[1:]]
    found = []
    for place, (start, step) in enumerate(starts):
        if start > qty:
            continue
        top = round_to_tick(qty, step, TickRounding.DOWN)
        if place < len(ends) and ends[place] <= qty:  # this step ends before the next one starts
            top = _under(ends[place], step)
        if top >= start:
            found.append(top)
    return found


def _above(instrument: Instrument, qty: Decimal) -> list[Decimal]:
    """Return the smallest multiples from `qty` on of every step, each from its own start."""
    starts = [(Decimal(0), instrument.lot_size), *instrument.qty_steps]
    return [round_to_tick(max(qty, start), step, TickRounding.UP) for start, step in starts]


def _under(limit: Decimal, step: Decimal) -> Decimal:
    """Return the largest multiple of `step` that is truly under `limit`."""
    last = round_to_tick(limit, step, TickRounding.DOWN)
    return last - step if last == limit else last
