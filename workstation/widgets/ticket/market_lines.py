"""The check lines that rest on the market and on the venue's own calculations: reference, value, costs, stops.

Each says where its figure comes from. A figure that failed is unknown and says why; it takes none of the others with
it.
"""

from collections.abc import Iterator
from decimal import Decimal

from workstation.desk.reference_price import distance, reference_of
from workstation.domain.account import Balance
from workstation.domain.capabilities import Attachment, Feed
from workstation.domain.estimates import EstimateKind, Figure
from workstation.domain.instrument import Instrument
from workstation.domain.order_terms import OrdType, Side
from workstation.item_models.number_text import (
    UNKNOWN,
    money_text,
    plain_text,
    pnl_text,
    price_text,
    qty_text,
    share_text,
)
from workstation.widgets.ticket.check_view import CheckLine, CheckView, Tone
from workstation.widgets.ticket.draft import Draft

FIGURES = (
    (EstimateKind.MARGIN, "margin"),
    (EstimateKind.COMMISSION, "commission"),
    (EstimateKind.SPREAD_COST, "spread"),
    (EstimateKind.PROFIT_AT_STOP_LOSS, "at stop loss"),
    (EstimateKind.PROFIT_AT_TAKE_PROFIT, "at take profit"),
    (EstimateKind.SWAP_PER_DAY, "swap/day"),
)
_OWN = "own estimate"
"""How the source of a figure begins that the venue did not calculate."""
_PROFITS = frozenset({EstimateKind.PROFIT_AT_STOP_LOSS, EstimateKind.PROFIT_AT_TAKE_PROFIT, EstimateKind.SWAP_PER_DAY})


def quote_line(view: CheckView) -> CheckLine | None:
    """Return the line about the quote: both prices, from where, how old, and how far the order's price is from it.

    None while there is no quote.
    """
    draft, quote = view.draft, view.quote
    found = reference_of(quote, draft.side or Side.BUY, view.now_ns)
    if quote is None or found is None:
        return None
    instrument = draft.offer.instrument
    bid, ask = (price_text(price, instrument) or UNKNOWN for price in (quote.bid_px, quote.ask_px))
    title = draft.offer.capabilities.title if draft.offer.capabilities else ""
    stale = ", stale" if found.stale else ""
    text = f"{bid} / {ask} {title}, {found.age_text}{stale}{_distance(draft, found.price, instrument)}"
    hint = "Bid and ask of the account's own venue; ages count from when we heard them."
    return CheckLine("reference", text, Tone.NOTICE if found.stale else Tone.PLAIN, hint)


def _distance(draft: Draft, reference: Decimal, instrument: Instrument | None) -> str:
    price = draft.price.value if draft.ord_type is OrdType.LIMIT else draft.stop_px.value
    if draft.ord_type not in (OrdType.LIMIT, OrdType.STOP) or price is None or instrument is None:
        return ""
    away = distance(price, reference, instrument.tick_size)
    if away is None or away.ticks is None:
        return ""
    sign = "+" if away.ticks > 0 else ""
    return f"; price {sign}{plain_text(away.ticks)} ticks ({sign}{plain_text(away.percent)} %)"


def market_value_line(view: CheckView) -> CheckLine:
    """Return the value of a market order at the price it would meet now."""
    draft, instrument = view.draft, view.draft.offer.instrument
    found = reference_of(view.quote, draft.side or Side.BUY, view.now_ns)
    qty = draft.order_qty.value
    if found is None:
        return CheckLine("value", "unknown: no reference price for a market order", Tone.NOTICE)
    if instrument is None or qty is None:
        return CheckLine("value", UNKNOWN, Tone.MUTED)
    value = money_text(instrument.notional(found.price, qty), instrument.currency)
    arithmetic = f"= {plain_text(found.price)} × {qty_text(qty)} × {qty_text(instrument.multiplier)}"
    hint = f"{found.name} now × quantity × multiplier, our own arithmetic; the fill may differ"
    return CheckLine("value", f"about {value} {arithmetic}", Tone.NOTICE if found.stale else Tone.PLAIN, hint)


def estimate_lines(view: CheckView) -> Iterator[CheckLine]:
    """Return a line per figure and the margin before and after; one line where the venue calculates nothing."""
    capabilities, shown = view.draft.offer.capabilities, view.estimation
    if capabilities is None or Feed.ESTIMATES not in capabilities.feeds:
        yield CheckLine("margin, fee", "unknown before the order", Tone.MUTED, "The venue does not say.")
        return
    if shown.estimate is None:
        why = f"unknown: {shown.why}" if shown.why else "when the order is complete"
        yield CheckLine("margin, fee", "calculating…" if shown.waiting else why, Tone.MUTED)
        return
    for kind, name in FIGURES:
        figure = shown.estimate.figure(kind)
        if figure is not None:
            yield _figure_line(name, figure, waiting=shown.waiting)
    margin = shown.estimate.figure(EstimateKind.MARGIN)
    if margin is not None:
        yield from _margin_after(view, margin)


def _figure_line(name: str, figure: Figure, *, waiting: bool) -> CheckLine:
    if figure.amount is None:
        return CheckLine(name, f"unknown: {figure.source}", Tone.MUTED)
    write = pnl_text if figure.kind in _PROFITS else money_text
    text = f"{write(figure.amount, figure.currency)}{' …' if waiting else ''}"
    whose = _OWN if figure.source.startswith(_OWN) else "venue"
    return CheckLine(name, f"{text} · {whose}", hint=f"Source: {figure.source}")


def _margin_after(view: CheckView, margin: Figure) -> Iterator[CheckLine]:
    account = view.draft.offer.account
    balance = view.services.accounts.balances.get(account.key) if account is not None else None
    if balance is None or balance.margin_used is None or margin.amount is None:
        return
    if margin.currency != balance.currency:
        yield CheckLine("used after", f"unknown: {margin.currency} and {balance.currency}, no rate", Tone.MUTED)
        return
    used, after = balance.margin_used, balance.margin_used + margin.amount
    tone = Tone.NOTICE if balance.equity is not None and after > balance.equity else Tone.PLAIN
    text = f"{money_text(used)} → {money_text(after, balance.currency)}{_levels(balance, used, after)}"
    yield CheckLine("used after", text, tone, "The venue's margin in use, and this order's estimate added to it")


def _levels(balance: Balance, used: Decimal, after: Decimal) -> str:
    if balance.equity is None:
        return ""
    before = f"{share_text(balance.equity, used)} → " if used else ""
    return f", level {before}{share_text(balance.equity, after)}"


def attached_line(draft: Draft) -> CheckLine:
    """Say what guards the position once the order has filled, and who holds it."""
    instrument, capabilities = draft.offer.instrument, draft.offer.capabilities
    said = [
        f"{name} {price_text(typed.value, instrument)}"
        for name, typed in (("stop loss", draft.stop_loss), ("take profit", draft.take_profit))
        if typed.value is not None
    ]
    if draft.trailing.value is not None:
        said.append(f"trailing by {plain_text(draft.trailing.value)}")
    if said:
        return CheckLine(
            "attached", f"{', '.join(said)}: held at the venue", hint="The venue guards it, not this program."
        )
    why = "Nobody guards this order once it has filled."
    offers = capabilities is not None and Attachment.STOP_LOSS in capabilities.attachments
    return CheckLine("attached", "no stop, no target", Tone.PLAIN if offers else Tone.MUTED, why)
