"""Gates about the terms themselves: what the venue understands, and what the instrument allows."""

from collections.abc import Iterator
from decimal import Decimal

from workstation.desk.commands import Finding
from workstation.desk.gates import GateContext, hard, soft
from workstation.desk.wording import number_text, price_text
from workstation.domain.instrument import Instrument
from workstation.domain.lot_sizes import legal_qty_above, legal_qty_below
from workstation.domain.order_terms import TimeInForce, needs_price, needs_stop_px

LARGE_LOTS = 100
"""From this many lots on, a quantity must be confirmed: a slipped zero is the commonest costly mistake."""

LARGE_WHOLE_LOTS = 10
"""The same where lots can be split, as in currencies, where one lot is a large thing already."""


def form_is_offered(context: GateContext) -> Iterator[Finding]:
    """Require a pair of type and time in force that the venue has."""
    offered, terms = context.capabilities, context.terms
    if offered is None or (terms.ord_type, terms.time_in_force) in offered.forms:
        return
    if not offered.times_in_force(terms.ord_type):
        yield hard("form", offered.why_not(terms.ord_type), "Choose another order type.")
        return
    yield hard("form", offered.why_not(terms.time_in_force), "Choose another time in force.")


def effect_is_offered(context: GateContext) -> Iterator[Finding]:
    """Let open or close be said only where the venue has words for it."""
    offered, effect = context.capabilities, context.terms.position_effect
    if offered is not None and effect is not None and effect not in offered.position_effects:
        yield hard("position_effect", offered.why_not(effect), "Leave the position effect empty.")


def instrument_is_known(context: GateContext) -> Iterator[Finding]:
    """Require tick and lot: without them nothing can be checked."""
    if context.instrument is None:
        yield hard(
            "instrument",
            f"Tick and lot size of {context.terms.symbol or 'an empty symbol'} are not known at "
            f"{context.connection_name}, so it cannot be sent.",
            "Check the symbol.",
        )


def price_is_legal(context: GateContext) -> Iterator[Finding]:
    """Require a price on the tick of a limit order, and none of others."""
    needed = needs_price(context.terms.ord_type)
    yield from _price(context, "price", "limit price", context.terms.price, needed=needed)


def stop_px_is_legal(context: GateContext) -> Iterator[Finding]:
    """Require a trigger on the tick of a stop order, and none of others."""
    needed = needs_stop_px(context.terms.ord_type)
    yield from _price(context, "stop_px", "stop price", context.terms.stop_px, needed=needed)


def _price(context: GateContext, gate: str, name: str, price: Decimal | None, *, needed: bool) -> Iterator[Finding]:
    kind = context.terms.ord_type.value.lower().replace("_", " ")
    instrument = context.instrument
    if price is None:
        if needed:
            yield hard(gate, f"A {kind} order needs a {name}.", f"Enter the {name}.")
    elif not needed:
        yield hard(gate, f"A {kind} order has no {name}, but {number_text(price)} is given.", f"Clear the {name}.")
    elif instrument is not None and not instrument.legal_price(price):
        below, above = (price_text(legal, instrument) for legal in instrument.neighbours(price))
        yield hard(
            gate,
            f"The {name} {number_text(price)} is not a multiple of the tick {number_text(instrument.tick_size)} "
            f"of {instrument.symbol}.",
            f"The legal prices beside it are {below} and {above}.",
        )


def quantity_is_legal(context: GateContext) -> Iterator[Finding]:
    """Require a positive, whole number of lots within the venue's limits."""
    qty, instrument = context.terms.order_qty, context.instrument
    if qty <= 0:
        yield hard("quantity", f"The quantity {number_text(qty)} is not positive.", "Enter how many lots.")
    elif instrument is not None and not instrument.legal_qty(qty):
        yield hard(
            "quantity", f"The quantity {number_text(qty)} is {_fault(qty, instrument)}.", _legal(qty, instrument)
        )


def _fault(qty: Decimal, instrument: Instrument) -> str:
    """Say what is wrong with a positive quantity."""
    if instrument.min_qty is not None and qty < instrument.min_qty:
        return f"under the smallest that is traded of {instrument.symbol}, {number_text(instrument.min_qty)}"
    if instrument.max_qty is not None and qty > instrument.max_qty:
        return f"over the largest that one order of {instrument.symbol} may have, {number_text(instrument.max_qty)}"
    return f"not a multiple of the lot {number_text(instrument.qty_step(qty))} of {instrument.symbol}"


def _legal(qty: Decimal, instrument: Instrument) -> str:
    below, above = legal_qty_below(instrument, qty), legal_qty_above(instrument, qty)
    if below is not None and above is not None:
        return f"The legal quantities beside it are {number_text(below)} and {number_text(above)}."
    nearest = below if below is not None else above
    return "" if nearest is None else f"The nearest legal quantity is {number_text(nearest)}."


def size_is_sensible(context: GateContext) -> Iterator[Finding]:
    """Ask whether a large quantity is meant; to close what is held is never too much."""
    qty, instrument = context.terms.order_qty, context.instrument
    if instrument is None or context.terms.position_id is not None:
        return
    lots = LARGE_LOTS if instrument.lot_size >= 1 else LARGE_WHOLE_LOTS
    if qty < lots * max(instrument.lot_size, Decimal(1)):
        return
    yield soft(
        "size",
        f"{number_text(qty)} {context.terms.symbol} is large: {lots} lots or more.",
        "Confirm that this size is meant.",
    )


def expiry_is_ahead(context: GateContext) -> Iterator[Finding]:
    """Require a date in the future of a good-till-date order, and none of others."""
    expiry = context.terms.expire_date_ms
    if context.terms.time_in_force is not TimeInForce.GOOD_TILL_DATE:
        if expiry is not None:
            yield hard("expire_date", "Only a good till date order has a date.", "Clear the date.")
    elif expiry is None:
        yield hard("expire_date", "A good till date order needs its date.", "Enter the date.")
    elif expiry * 1_000_000 <= context.now_ns:
        yield hard("expire_date", "The date of this good till date order is past.", "Enter a later date.")


TERMS_GATES = (
    form_is_offered,
    effect_is_offered,
    instrument_is_known,
    quantity_is_legal,
    price_is_legal,
    stop_px_is_legal,
    expiry_is_ahead,
    size_is_sensible,
)
