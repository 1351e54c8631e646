"""Gates about the price behind the other checks: which price, from which venue, how old.

A fresh quote is what limit and stop prices are measured against. A stale one is named as stale, and a market order on
it must be confirmed. Without a quote an order whose fill price nothing bounds must be confirmed.
"""

from collections.abc import Iterator
from decimal import Decimal

from workstation.desk.commands import Finding
from workstation.desk.gates import GateContext, soft
from workstation.desk.reference_price import Reference, distance, reference_of
from workstation.desk.wording import number_text, price_text
from workstation.domain.order_terms import OrdType, needs_price, needs_stop_px

FAR_PERCENT = Decimal(5)
"""From this far off the market on, a price must be confirmed: a slipped digit is seldom nearer."""


def reference_price_is_known(context: GateContext) -> Iterator[Finding]:
    """Ask about an order without a limit whose value is unknown: no quotes, none yet, or only a stale one."""
    offered, terms = context.capabilities, context.terms
    if offered is None or needs_price(terms.ord_type) or terms.position_id is not None:
        return
    name = "market" if terms.ord_type is OrdType.MARKET else "stop"
    found = reference_of(context.quote, terms.side, context.now_ns)
    if found is None:
        why = (
            f"no quote of {terms.symbol} has come yet"
            if offered.has_market_data
            else f"{offered.title} sends no quotes"
        )
        yield soft(
            "reference_price",
            f"No reference price: {why}, so the value of this {name} order is unknown.",
            "Confirm that it may fill at any price.",
        )
    elif found.stale:
        yield soft(
            "reference_price",
            f"The reference price of this {name} order is stale: {_named(context, found)}.",
            "Confirm that it may fill at any price.",
        )


def price_is_near_the_market(context: GateContext) -> Iterator[Finding]:
    """Ask about a limit or stop price that is far off the last quote, and say how old that quote is."""
    terms = context.terms
    found = reference_of(context.quote, terms.side, context.now_ns)
    if found is None:
        return
    for gate, name, price, used in (
        ("far_price", "limit price", terms.price, needs_price(terms.ord_type)),
        ("far_stop", "stop price", terms.stop_px, needs_stop_px(terms.ord_type)),
    ):
        if price is not None and used:
            yield from _far(context, gate, name, price, found)


def _far(context: GateContext, gate: str, name: str, price: Decimal, found: Reference) -> Iterator[Finding]:
    instrument = context.instrument
    away = distance(price, found.price, None if instrument is None else instrument.tick_size)
    if away is None or abs(away.percent) <= FAR_PERCENT:
        return
    where = "above" if away.percent > 0 else "below"
    ticks = "" if away.ticks is None else f" ({number_text(abs(away.ticks))} ticks)"
    yield soft(
        gate,
        f"The {name} {price_text(price, instrument)} is {number_text(abs(away.percent))} %{ticks} {where} the "
        f"{_named(context, found)}.",
        "Confirm that this price is meant.",
    )


def _named(context: GateContext, found: Reference) -> str:
    stale = ", stale" if found.stale else ""
    price = price_text(found.price, context.instrument)
    return f"{found.name} {price} from {context.connection_name}, {found.age_text}{stale}"


REFERENCE_GATES = (reference_price_is_known, price_is_near_the_market)
