"""Everything the journal knows of one order, as a timeline that a person can read.

Plain titles, raw bodies, and how long each step took after the one before.
"""

import json
from collections.abc import Callable, Mapping

from workstation.desk.commands import HistoryEntry, OrderHistory
from workstation.desk.wording import STATUS_WORDS
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.storage.journal_rows import Row
from workstation.storage.records import RecordKind

_REQUESTS = {
    "NEW": "new order",
    "REPLACE": "change",
    "CANCEL": "cancel",
    "MASS_CANCEL": "cancel of the contract",
    "AMEND_POSITION": "change of the position",
}
_OUTCOMES = {
    "RECEIVED": "The venue received the {request}; not accepted yet",
    "REFUSED": "The venue refused the {request}",
    "UNKNOWN": "No answer to the {request}: it may or may not have happened",
    "NOT_SENT": "The {request} was not sent",
    "IN_FORCE": "The venue shows the {request} in force",
    "NOT_IN_FORCE": "The {request} is not in force",
}


def history_of(cl_ord_id: ClOrdID, rows: list[Row]) -> OrderHistory:
    """Return the timeline of one order, oldest first."""
    entries = []
    before_ns = 0
    for row in rows:
        title = _TITLES.get(row.kind, _other)(row.body)
        if before_ns:
            title = f"{title} (+{_duration(row.time_ns - before_ns)})"
        before_ns = row.time_ns
        entries.append(
            HistoryEntry(seq=row.seq, time_ns=row.time_ns, kind=row.kind.value, title=title, body=_body(row))
        )
    return OrderHistory(cl_ord_id=cl_ord_id, entries=tuple(entries))


def _body(row: Row) -> str:
    message = row.body.get("message")
    if isinstance(message, str):
        return message
    return json.dumps(row.body, indent=2, default=str, ensure_ascii=False)


def _duration(elapsed_ns: int) -> str:
    if elapsed_ns < 0:
        return "clock set back"
    micros = elapsed_ns // 1_000
    if micros < 1_000_000:
        return f"{micros // 1_000}.{micros % 1_000 // 100} ms"
    return f"{micros // 1_000_000}.{micros % 1_000_000 // 100_000} s"


def _request(body: Mapping[str, object]) -> str:
    return _REQUESTS.get(str(body.get("request")), "request")


def _text(body: Mapping[str, object], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _click(body: Mapping[str, object]) -> str:
    return f"You asked: {_text(body, 'action').lower().replace('_', ' ')} ({_text(body, 'gesture') or 'no gesture'})"


def _verdict(body: Mapping[str, object]) -> str:
    findings = body.get("findings")
    count = len(findings) if isinstance(findings, list) else 0
    if body.get("passed") is True:
        return "The gates let it pass" + (f", {count} findings confirmed" if count else "")
    return f"The gates stopped it, {count} findings"


def _intent(body: Mapping[str, object]) -> str:
    return f"Written to disk before sending: {_request(body)}"


def _frame(verb: str) -> Callable[[Mapping[str, object]], str]:
    return lambda body: f"{verb} {_text(body, 'type') or 'a message'}"


def _answer(body: Mapping[str, object]) -> str:
    outcome = _OUTCOMES.get(_text(body, "outcome"), "The {request} ended").format(request=_request(body))
    text = _text(body, "text")
    return f"{outcome}. {text}" if text else outcome


def _order(body: Mapping[str, object]) -> str:
    try:
        words = STATUS_WORDS[OrdStatus(_text(body, "ord_status"))]
    except ValueError:
        words = _text(body, "ord_status")
    number = _text(body, "order_id")
    traded = _text(body, "cum_qty")
    title = f"The order is {words}"
    title += f", number {number}" if number else ""
    title += f", {traded} traded" if traded not in ("", "0") else ""
    return title


def _note(body: Mapping[str, object]) -> str:
    return _text(body, "text") or "Note"


def _other(body: Mapping[str, object]) -> str:
    return _text(body, "text") or "Entry"


_TITLES: dict[RecordKind, Callable[[Mapping[str, object]], str]] = {
    RecordKind.CLICK: _click,
    RecordKind.VERDICT: _verdict,
    RecordKind.INTENT: _intent,
    RecordKind.FRAME_OUT: _frame("Sent"),
    RecordKind.FRAME_IN: _frame("Received"),
    RecordKind.ANSWER: _answer,
    RecordKind.ORDER: _order,
    RecordKind.NOTE: _note,
}
