"""What the order detail says, as text: heading, facts with fills, and the timeline for the clipboard."""

from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from html import escape

from workstation.desk.commands import HistoryEntry
from workstation.domain.executions import Execution
from workstation.domain.orders import Order
from workstation.item_models.number_text import UNKNOWN, ascii_text, average_text, date_time_text, qty_text
from workstation.item_models.words import word
from workstation.widgets.order_words import OrderWords

MOST_FILLS = 8
"""Fills listed one by one; the rest is summed, the timeline has them all."""


def heading(order: Order, words: OrderWords) -> str:
    """Return the order in one line."""
    return f"{words.terms(order.terms)} · {words.account(order.terms.account)}"


def facts_html(order: Order, executions: tuple[Execution, ...], words: OrderWords, zone: tzinfo = UTC) -> str:
    """Return numbers, state, pending terms and fills as a small table; everything foreign in it is escaped."""
    rows = [
        ("State", _state(order)),
        (
            "Numbers",
            f"venue {order.order_id or UNKNOWN} · ours {order.cl_ord_id}{'' if order.ours else ' (entered elsewhere)'}",
        ),
        ("Entered", f"{_moment(order.created_ns, zone)} · last change {_moment(order.updated_ns, zone)}"),
    ]
    if order.pending_terms is not None:
        rows.append(("Asked for", f"{words.terms(order.pending_terms)} (not yet confirmed)"))
    if order.text:
        rows.append(("By hand" if order.by_hand else "Venue says", order.text))
    rows.append(("Traded", _traded(order, words)))
    rows += _fills(order, executions, words, zone)
    cells = "".join(
        f"<tr><td style='padding-right:12px'>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in rows
    )
    return f"<table cellspacing='0' cellpadding='1'>{cells}</table>"


def timeline_text(entries: tuple[HistoryEntry, ...]) -> str:
    """Return the timeline with its messages for the clipboard, with ASCII signs and the zone named."""
    return "\n".join(
        ascii_text(f"{date_time_text(entry.time_ns, UTC)} UTC  {entry.kind}  {entry.title}\n{entry.body}".rstrip())
        for entry in entries
    )


def _moment(time_ns: int, zone: tzinfo) -> str:
    """Return an instant with the name of its zone; 0 is unknown."""
    text = date_time_text(time_ns, zone)
    return text if text == UNKNOWN else f"{text} {datetime.fromtimestamp(time_ns // 1_000_000_000, zone):%Z}"


def _state(order: Order) -> str:
    own = word(order.ord_status)
    if order.by_hand is not None:
        return f"{own}, settled by hand; the venue has not confirmed it"
    return f"{own} (the venue's word: {order.venue_status})" if order.venue_status else own


def _traded(order: Order, words: OrderWords) -> str:
    if not order.cum_qty:
        return f"nothing of {qty_text(order.terms.order_qty)}"
    average = average_text(order.avg_px, words.instrument(order.terms)) or UNKNOWN
    return (
        f"{qty_text(order.cum_qty)} of {qty_text(order.terms.order_qty)} at an average of {average}, "
        f"{qty_text(order.leaves_qty)} left"
    )


def _fills(order: Order, executions: tuple[Execution, ...], words: OrderWords, zone: tzinfo) -> list[tuple[str, str]]:
    """Return a row per fill, newest first, and what is missing from them."""
    rows = [("Fill", _fill(execution, order, words, zone)) for execution in reversed(executions)]
    if len(rows) > MOST_FILLS:
        rest = len(rows) - MOST_FILLS
        rows = [*rows[:MOST_FILLS], ("", f"and {rest} earlier ones, in the timeline")]
    if order.by_hand is not None:
        return rows
    unseen = order.cum_qty - sum((execution.last_qty for execution in executions), Decimal(0))
    if unseen > 0:
        rows.append(("", f"{qty_text(unseen)} traded without a fill of their own here (before this start)"))
    return rows


def _fill(execution: Execution, order: Order, words: OrderWords, zone: tzinfo) -> str:
    price = average_text(execution.last_px, words.instrument(order.terms)) or "price unknown"
    return f"{qty_text(execution.last_qty)} at {price} · {_moment(execution.transact_time_ns, zone)}"
