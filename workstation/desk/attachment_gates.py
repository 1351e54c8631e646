"""Gates about what is attached to an order or a position and then held by the venue: stop loss, take profit, trailing.

A stop loss lies on the losing side of the market and a take profit on the winning one, both at least the venue's
distance away. They are measured from the order's own price, or, for a market order and for an open position, from the
price at which the position could be closed: the bid of a long one, the ask of a short one. Where that quote is stale
the same finding is only a question, because the venue's own price decides. There are no stops of our own making.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workstation.desk.commands import Finding, Hardness
from workstation.desk.gates import GateContext, hard
from workstation.desk.reference_price import is_stale
from workstation.desk.wording import number_text, price_text
from workstation.domain.capabilities import Attachment
from workstation.domain.order_terms import PositionEffect, Side, needs_price, needs_stop_px

_NAMES = {
    Attachment.STOP_LOSS: "stop loss",
    Attachment.TAKE_PROFIT: "take profit",
    Attachment.TRAILING_STOP: "trailing stop",
}


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The price from which stops are measured, how it is called, and whether it counts."""

    price: Decimal
    name: str
    fresh: bool = True


def attachments_are_offered(context: GateContext) -> Iterator[Finding]:
    """Let only that be attached which the venue itself would hold."""
    offered = context.capabilities
    if offered is None:
        return
    for attachment, gate, value in _attached(context):
        if value is not None and attachment not in offered.attachments:
            reason = offered.refusals.get(attachment, f"{offered.title} holds no {_NAMES[attachment]}.")
            yield hard(gate, reason, "Clear it. This program holds no stops of its own.")


def closing_carries_nothing(context: GateContext) -> Iterator[Finding]:
    """Refuse attachments on an order that closes a position: nothing is left for them to guard."""
    terms = context.terms
    if context.amends_position or (terms.position_id is None and terms.position_effect is not PositionEffect.CLOSE):
        return
    for attachment, gate, value in _attached(context):
        if value is not None:
            yield hard(gate, f"A closing order has no {_NAMES[attachment]}.", f"Clear the {_NAMES[attachment]}.")


def attachments_are_on_tick(context: GateContext) -> Iterator[Finding]:
    """Require stop loss and take profit on the tick."""
    instrument = context.instrument
    if instrument is None:
        return
    for attachment, gate, value in _attached(context):
        if value is None or attachment is Attachment.TRAILING_STOP or instrument.legal_price(value):
            continue
        below, above = (price_text(legal, instrument) for legal in instrument.neighbours(value))
        yield hard(
            gate,
            f"The {_NAMES[attachment]} {number_text(value)} is not a multiple of the tick "
            f"{number_text(instrument.tick_size)} of {instrument.symbol}.",
            f"The legal prices beside it are {below} and {above}.",
        )


def attachments_are_on_their_side(context: GateContext) -> Iterator[Finding]:
    """Require the stop loss to lose and the take profit to win, each far enough from the market."""
    anchor = _anchor(context)
    stop, target = context.terms.stop_loss, context.terms.take_profit
    long = context.terms.side is Side.BUY
    if stop is not None:
        yield from _side(context, "stop_loss", "stop loss", stop, anchor, below=long)
    if target is not None:
        yield from _side(context, "take_profit", "take profit", target, anchor, below=not long)
    if anchor is None and stop is not None and target is not None and (stop >= target if long else stop <= target):
        order = "below" if long else "above"
        side = "long" if long else "short"
        yield hard("stop_loss", f"The stop loss of a {side} position lies {order} its take profit.", "Swap the two.")


def trailing_is_allowed(context: GateContext) -> Iterator[Finding]:
    """Let a stop trail only where the instrument allows it, by a positive, whole number of ticks."""
    distance, instrument = context.terms.trailing_offset, context.instrument
    if distance is None or instrument is None:
        return
    if not instrument.allows_trailing:
        yield hard("trailing", f"The venue lets no stop trail in {instrument.symbol}.", "Clear the trailing distance.")
    elif distance <= 0 or not instrument.legal_price(distance):
        yield hard(
            "trailing",
            f"The trailing distance {number_text(distance)} is not a positive multiple of the tick "
            f"{number_text(instrument.tick_size)} of {instrument.symbol}.",
            "Enter a distance that is.",
        )
    elif instrument.stops_distance is not None and distance < instrument.stops_distance:
        yield hard(
            "trailing",
            f"The trailing distance {number_text(distance)} is under the venue's smallest "
            f"{number_text(instrument.stops_distance)}.",
            "Enter a larger distance.",
        )


def _attached(context: GateContext) -> tuple[tuple[Attachment, str, Decimal | None], ...]:
    terms = context.terms
    return (
        (Attachment.STOP_LOSS, "stop_loss", terms.stop_loss),
        (Attachment.TAKE_PROFIT, "take_profit", terms.take_profit),
        (Attachment.TRAILING_STOP, "trailing", terms.trailing_offset),
    )


def _anchor(context: GateContext) -> _Anchor | None:
    terms, quote = context.terms, context.quote
    if not context.amends_position and needs_price(terms.ord_type):
        return None if terms.price is None else _Anchor(terms.price, "limit price")
    if not context.amends_position and needs_stop_px(terms.ord_type):
        return None if terms.stop_px is None else _Anchor(terms.stop_px, "stop price")
    if quote is None:
        return None
    price, name = (quote.bid_px, "bid") if terms.side is Side.BUY else (quote.ask_px, "ask")
    return None if price is None else _Anchor(price, name, fresh=not is_stale(quote, context.now_ns))


def _side(
    context: GateContext, gate: str, name: str, value: Decimal, anchor: _Anchor | None, *, below: bool
) -> Iterator[Finding]:
    if anchor is None:
        return
    instrument = context.instrument
    distance = anchor.price - value if below else value - anchor.price
    least = instrument.stops_distance if instrument is not None and instrument.stops_distance is not None else None
    side = "long" if context.terms.side is Side.BUY else "short"
    place = "below" if below else "above"
    at = f"{anchor.name} {price_text(anchor.price, instrument)}"
    asked = f"The {name} {price_text(value, instrument)}"
    hardness = Hardness.HARD if anchor.fresh else Hardness.SOFT
    stale = "" if anchor.fresh else " That quote is stale: the venue judges by its own price."
    if distance <= 0:
        text = f"{asked} of a {side} position must lie {place} the {at}.{stale}"
        yield Finding(gate=gate, hardness=hardness, text=text, cure=f"Enter a {name} {place} it.")
    elif least is not None and distance < least:
        text = (
            f"{asked} is {number_text(distance)} from the {at}; the venue wants at least {number_text(least)}.{stale}"
        )
        edge = anchor.price - least if below else anchor.price + least
        cure = f"The nearest one allowed now is {price_text(edge, instrument)}."
        yield Finding(gate=gate, hardness=hardness, text=text, cure=cure)


ATTACHMENT_GATES = (
    attachments_are_offered,
    closing_carries_nothing,
    attachments_are_on_tick,
    attachments_are_on_their_side,
    trailing_is_allowed,
)
