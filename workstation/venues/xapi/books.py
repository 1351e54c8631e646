"""Complete books of the account from getTrades and getTradesHistory; no I/O.

getTrades lists open positions and pending orders; what of ours is in neither has traded and closed again, was canceled
or expired, or never came to be. So the history since the oldest open question is read with it: an order of ours that is
nowhere in both is provably absent. A pending order that vanished is called filled, canceled or expired only where the
records prove it; otherwise it is left out, and the desk puts it in doubt.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workstation.domain.account import Position
from workstation.domain.order_states import OrderEvent
from workstation.domain.orders import OrderTerms
from workstation.venues.base import BookLoaded, OrderReport, Severity
from workstation.venues.xapi.mapping import Unreadable, ms_of, ns_of
from workstation.venues.xapi.records import TradeRecord
from workstation.venues.xapi.requests import FormOfCmd
from workstation.venues.xapi.trade_book import MONEY_CMDS, ORDER_CMDS, TradeBook

CLOCKS_APART_NS = 30 * 1_000_000_000
"""How far the venue's clock may be from ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksRead:
    """Both answers. `asked_ns` is when they were asked for, `since_ns` from when on closed trades are listed."""

    trades: tuple[TradeRecord, ...]
    history: tuple[TradeRecord, ...]
    asked_ns: int
    since_ns: int


def load(book: TradeBook, read: BooksRead, now_ns: int) -> tuple[BookLoaded, bool]:
    """Replace what `book` holds by the complete books; return them, and whether all of it could be read."""
    before = dict(book.pendings)
    known_positions = set(book.positions)
    whole = True
    reports: dict[str, OrderReport] = {}
    book.numbers.revive("P", (each.position for each in read.trades if each.position is not None))
    book.numbers.revive("N", (each.order for each in read.trades if each.order is not None and each.cmd in ORDER_CMDS))
    book.pendings = {}
    open_now: dict[int, Position] = {}
    for trade in read.trades:
        try:
            report = _open_trade(book, trade, open_now, before, read.asked_ns)
        except Unreadable as error:
            whole = False
            book.say(Severity.ERROR, f"XAPI reported something unreadable: {error}. Look it up at the venue.")
            continue
        if report is not None:
            reports[report.order_id] = report
    _closed_trades(book, read, known_positions - set(open_now), now_ns)
    for gone in set(before) - set(book.pendings):
        report = _vanished(book, gone, before[gone], read, now_ns)
        if report is not None:
            reports[report.order_id] = report
        elif _worked_since(book, gone, read):
            book.pendings[gone] = before[gone]
    for report in _ours_in_history(book, read, {each.cl_ord_id for each in reports.values()}):
        reports.setdefault(report.order_id, report)
    book.positions = open_now
    book.settle_waits()
    loaded = BookLoaded(
        account=book.mapping.key,
        reports=tuple(reports.values()),
        positions=tuple(open_now.values()),
        asked_ns=read.asked_ns,
    )
    return loaded, whole


def _open_trade(
    book: TradeBook, trade: TradeRecord, open_now: dict[int, Position], before: dict[int, OrderTerms], asked_ns: int
) -> OrderReport | None:
    """Take one record of getTrades; return the report of the order behind it, if it is one of ours or works."""
    if trade.cmd in MONEY_CMDS:
        return None
    number = trade.order if trade.order is not None else trade.position
    if trade.cmd in ORDER_CMDS and number is not None:
        return book.pending_report(trade, number, asked_ns)
    position = book.mapping.position(trade, asked_ns)
    if trade.order2 in before:
        book.pendings[trade.order2] = before[trade.order2]  # it was triggered: its terms are those it waited with
    report = book.opened(trade, position)
    open_now[int(position.position_id)] = book.positions[int(position.position_id)]
    return report or book.filled_again(trade)


def _closed_trades(book: TradeBook, read: BooksRead, missing: set[int], now_ns: int) -> None:
    """Tell of positions that were closed while nobody listened, and of our closing orders."""
    asked_to_close = {request.info.order for request in book.closes}
    for trade in read.history:
        if trade.cmd in MONEY_CMDS or trade.position is None:
            continue
        if trade.position in missing or trade.position in asked_to_close:
            try:
                book.closed(trade, now_ns)
            except Unreadable as error:
                book.say(Severity.ERROR, f"XAPI reported something unreadable: {error}. Look it up at the venue.")


def _vanished(book: TradeBook, number: int, terms: OrderTerms, read: BooksRead, now_ns: int) -> OrderReport | None:
    """Return what became of a pending order that the books no longer hold; None where they do not prove it."""
    if book.numbers.is_over("N", number) and number not in book.ending:
        return None  # told already
    key = book.numbers.known_key(number)
    traded = [each for each in read.history if key is not None and book.key_of(each, None, read.asked_ns) == key]
    event, status, px = OrderEvent.REPORT_CANCELED, "deleted", None
    at_ns = now_ns
    if traded:
        event, status, px = OrderEvent.REPORT_FILLED, "filled", traded[0].open_price
        at_ns = ns_of(traded[0].open_time)
    elif not book.was_deleted_by_us(number):
        if _worked_since(book, number, read) or _may_have_traded(book, number, terms, read):
            return None
        if terms.expire_date_ms is not None and terms.expire_date_ms <= ms_of(read.asked_ns):
            event, status = OrderEvent.REPORT_EXPIRED, "expired"
    book.numbers.end("N", number)
    ours = None if key is None else True
    return book.mapping.report(terms, event, number, key, status=status, at_ns=at_ns, px=px, ours=ours)


def _worked_since(book: TradeBook, number: int, read: BooksRead) -> bool:
    """Say whether an order was told to work after the books were asked for: they may be older than it."""
    return book.worked_ns.get(number, 0) > read.asked_ns


def _may_have_traded(book: TradeBook, number: int, terms: OrderTerms, read: BooksRead) -> bool:
    """Say whether a closed trade could be the order's: it looks the same, and was not open while the order worked.

    A trade with the key of another order of ours is that order's.
    """
    since_ns = book.worked_ns.get(number, 0) - CLOCKS_APART_NS
    return any(
        each.symbol == terms.symbol
        and each.volume == terms.order_qty
        and FormOfCmd.get(-1 if each.cmd is None else each.cmd, (None, None))[1] is terms.side
        and ns_of(each.open_time) >= since_ns
        and book.key_of(each, None, read.asked_ns) is None
        for each in read.history
    )


def _ours_in_history(book: TradeBook, read: BooksRead, told: set[object]) -> Iterable[OrderReport]:
    """Give a filled report for each order of ours whose position is closed again."""
    told |= {request.key for request in book.closes}  # should the venue give back the key of a close, it opened nothing
    for trade in read.history:
        key = book.key_of(trade, None, read.asked_ns)
        if key is None or key in told or trade.cmd in MONEY_CMDS or trade.position is None:
            continue
        told.add(key)
        number = book.numbers.number(key) or trade.position
        try:
            terms = book.mapping.terms(trade)
        except Unreadable:
            continue
        yield book.filled_report(number, key, terms, trade.open_price, ns_of(trade.open_time))
