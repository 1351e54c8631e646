"""Positions and pending orders as the venue's records tell them, in whatever order they come. No clock, no I/O.

    pending:   Working -- type 1 Deleted --> Ending -- type 0 with order2 = N --> filled (position P)
                                                    -- none, and the books hold neither --> canceled or expired
    position:  Open -- type 0 Deleted --> Closing -- type 2, closed --> closed, with the reason in its comment

A Deleted record alone is no end: it is the same for a cancel and a trigger, and comes before the closing record. Where
the second record does not come in time, :meth:`TradeBook.overdue` says so and the books are read.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrderEvent
from workstation.domain.orders import OrderTerms
from workstation.domain.trade_history import CloseReason
from workstation.venues.base import OrderReport, PositionReported, Severity, TextNotified, VenueEvent
from workstation.venues.xapi.close_comments import close_reason, reason_words
from workstation.venues.xapi.mapping import Trade, Unreadable, XapiMapping, ns_of
from workstation.venues.xapi.numbers import Numbers
from workstation.venues.xapi.stream_records import StreamingProfit, StreamingTrade
from workstation.venues.xapi.trade_requests import Fate, TradeRequest
from workstation.venues.xapi.words import DELETED, Cmd, TransactionType

ENDING_S = 2.0
"""How long after Deleted a trigger may still show its position; in captures it took a few events."""
CLOSING_S = 5.0
SHOWN_S = 5.0
"""How long after it was accepted a request may take to show in the records."""
ORDER_CMDS = frozenset({Cmd.BUY_LIMIT, Cmd.SELL_LIMIT, Cmd.BUY_STOP, Cmd.SELL_STOP})
MONEY_CMDS = frozenset({Cmd.BALANCE, Cmd.CREDIT})


@dataclass(slots=True)
class Waiting:
    """Something that a further record must settle; `since_s` is monotonic seconds."""

    since_s: float


class TradeBook:
    """What is open. Events to tell are collected in `events` and taken by the owner."""

    def __init__(self, mapping: XapiMapping, numbers: Numbers) -> None:
        self.mapping = mapping
        self.numbers = numbers
        self.positions: dict[int, Position] = {}
        self.pendings: dict[int, OrderTerms] = {}
        self.ending: dict[int, Waiting] = {}
        self.worked_ns: dict[int, int] = {}
        """When each pending order was last known to work (epoch nanoseconds)."""
        self.closes: list[TradeRequest] = []
        """Closing orders of ours that have not shown yet."""
        self.events: list[VenueEvent] = []
        self.wants_books = False
        self._comments: dict[int, str] = {}
        self._closing: dict[int, Waiting] = {}
        self._shown_by_s: dict[int, float] = {}
        self._deletes: set[int] = set()
        self._filled: dict[int, tuple[OrderTerms, Decimal | None, int]] = {}

    def symbol_of(self, number: int) -> str:
        """Return the symbol of a pending order, empty when it is not known."""
        terms = self.pendings.get(number)
        return terms.symbol if terms is not None else ""

    def key_of(self, trade: Trade, number: int | None, now_ns: int) -> ClOrdID | None:
        """Return our key of the order behind a record, None when it was entered elsewhere."""
        opened_ns = ns_of(trade.open_time)
        return self.numbers.key(number, trade.custom_comment, trade.symbol or "", opened_ns, now_ns)

    # -- what is told on the stream --------------------------------------------------------------------------------

    def take(self, trade: StreamingTrade, now_s: float, now_ns: int) -> None:
        """Take one record of the stream."""
        try:
            if trade.cmd in MONEY_CMDS:
                self._money_moved(trade)
            elif trade.closed or trade.type == TransactionType.CLOSE:
                self.closed(trade, now_ns)
            elif trade.type == TransactionType.PENDING:
                self._pending(trade, now_s, now_ns)
            elif trade.type == TransactionType.OPEN:
                self._position(trade, now_s, now_ns)
            else:
                self.say(Severity.WARNING, f"XAPI told of trade {trade.position} with the unknown type {trade.type}.")
        except Unreadable as error:
            self.say(Severity.ERROR, f"XAPI reported something unreadable: {error}. Look it up at the venue.")
            self.wants_books = True

    def _pending(self, trade: StreamingTrade, now_s: float, now_ns: int) -> None:
        number = trade.order if trade.order is not None else trade.position
        if trade.cmd not in ORDER_CMDS or number is None or self.numbers.is_over("N", number):
            return  # a market order shows as pending while it is executed: neither an order that works nor a position
        if trade.state == DELETED:
            self.ending.setdefault(number, Waiting(now_s))
            self.pendings.setdefault(number, self.mapping.terms(trade))
            if number in self._deletes:
                self.end_order(number, OrderEvent.REPORT_CANCELED, "deleted", now_ns)
        elif number not in self.ending:
            self.events.append(self.pending_report(trade, number, now_ns))

    def pending_report(self, trade: Trade, number: int, seen_ns: int) -> OrderReport:
        """Take an order that worked at `seen_ns` and return its report."""
        self.worked_ns[number] = seen_ns
        self.pendings[number] = terms = self.mapping.terms(trade)
        self._shown_by_s.pop(number, None)
        key = self.key_of(trade, number, seen_ns)
        if key is not None:
            self.numbers.name(number, key)
        return self.mapping.report(
            terms,
            OrderEvent.REPORT_NEW,
            number,
            key,
            status="pending",
            at_ns=ns_of(trade.open_time),
            ours=None if key is None else True,
        )

    def _position(self, trade: StreamingTrade, now_s: float, now_ns: int) -> None:
        position = self.mapping.position(trade, now_ns)
        number = int(position.position_id)
        if self.numbers.is_over("P", number):
            return
        if trade.state == DELETED:
            self._closing.setdefault(number, Waiting(now_s))
            return
        self._closing.pop(number, None)
        report = self.opened(trade, position)
        if report is not None:
            self.events.append(report)
        self.events.append(PositionReported(position=self.positions[number]))

    def opened(self, trade: Trade, position: Position) -> OrderReport | None:
        """Take an open position; return the report of the order of ours that made it, once."""
        number = int(position.position_id)
        if not position.comment and number in self.positions:
            position = replace(position, comment=self.positions[number].comment)
        self.positions[number] = position
        self._comments.setdefault(number, trade.comment or "")
        if trade.order2 is None:
            return None
        self._shown_by_s.pop(trade.order2, None)
        key = self.key_of(trade, trade.order2, position.transact_time_ns)
        if key is not None:
            self.numbers.name(trade.order2, key)
        pending = self.pendings.pop(trade.order2, None)
        self.ending.pop(trade.order2, None)
        self.numbers.end("N", trade.order2)
        if pending is None and key is None:
            return None  # entered elsewhere: a position, no order
        again = trade.order2 in self._filled
        kept = self._filled.setdefault(
            trade.order2, (pending or self.mapping.terms(trade), trade.open_price, ns_of(trade.open_time))
        )
        return None if again else self.filled_report(trade.order2, key, *kept)

    def filled_report(
        self, number: int, key: ClOrdID | None, terms: OrderTerms, px: Decimal | None, at_ns: int
    ) -> OrderReport:
        """Return the report of a filled order."""
        ours = None if key is None else True
        return self.mapping.report(
            terms, OrderEvent.REPORT_FILLED, number, key, status="filled", at_ns=at_ns, px=px, ours=ours
        )

    def filled_again(self, trade: Trade) -> OrderReport | None:
        """Return the report of the order of ours that made an open position, told before or not."""
        kept = self._filled.get(trade.order2 or 0)
        if kept is None or trade.order2 is None:
            return None
        return self.filled_report(trade.order2, self.numbers.known_key(trade.order2), *kept)

    def closed(self, trade: Trade, now_ns: int) -> None:
        """Take the closing record of a position."""
        number = trade.position
        if number is None or self.numbers.is_over("P", number):
            return
        held = self.positions.get(number)
        self._closing.pop(number, None)
        reason = close_reason(trade.comment, self._comments.get(number))
        self._tell_close(trade)
        if reason in (CloseReason.TRADER, CloseReason.NOT_SAID):
            self._close_done(trade)
        if held is not None and trade.volume is not None and trade.volume < abs(held.net_qty):
            self.wants_books = True  # closed in part: which number the rest keeps is not documented
            return
        self.numbers.end("P", number)
        self.positions.pop(number, None)
        self._comments.pop(number, None)
        flat = held or self.mapping.position(trade, now_ns)
        self.events.append(
            PositionReported(
                position=replace(flat, net_qty=Decimal(0), avg_px=None, open_pnl=None, transact_time_ns=now_ns)
            )
        )

    def _close_done(self, trade: Trade) -> None:
        fitting = [
            each
            for each in self.closes
            if (each.info.order == trade.position or each.key == trade.custom_comment)
            and each.info.volume == trade.volume
        ]
        if not fitting:
            return
        request = min(fitting, key=lambda each: each.fate is Fate.UNKNOWN)  # what was given up comes last
        self.closes.remove(request)
        number = request.number if request.number is not None else trade.position or 0
        self._shown_by_s.pop(number, None)
        key = ClOrdID(request.key)
        terms = self.mapping.closing_terms(trade)
        self.events.append(self.filled_report(number, key, terms, trade.close_price, ns_of(trade.close_time)))

    def _tell_close(self, trade: Trade) -> None:
        words = reason_words(trade.comment)
        if not words:
            return
        reason = close_reason(trade.comment)
        profit = (
            f" Profit {trade.profit:f} {self.mapping.currency}.".replace(" .", ".") if trade.profit is not None else ""
        )
        at = f" at {trade.close_price:f}" if trade.close_price is not None else ""
        severity = {CloseReason.TAKE_PROFIT: Severity.SUCCESS, CloseReason.STOP_LOSS: Severity.WARNING}
        self.say(
            severity.get(reason, Severity.ERROR),
            f"Position {trade.position} in {trade.symbol} was closed{at} by {words}.{profit}",
            ns_of(trade.close_time),
        )

    def _money_moved(self, trade: Trade) -> None:
        amount = trade.profit if trade.profit is not None else Decimal(0)
        what = "Credit" if trade.cmd == Cmd.CREDIT else "Withdrawal" if amount < 0 else "Deposit"
        self.say(Severity.INFO, f"{what} of {abs(amount):f} {self.mapping.currency}".rstrip() + ".")

    def profit(self, record: StreamingProfit, cur_px: Decimal | None, now_ns: int) -> None:
        """Take the running profit of a position; `cur_px` is its closing price now, None when it is not known."""
        held = self.positions.get(record.position or 0)
        if held is not None and record.profit is not None:
            held = replace(held, open_pnl=record.profit, cur_px=cur_px or held.cur_px, transact_time_ns=now_ns)
            self.positions[int(held.position_id)] = held
            self.events.append(PositionReported(position=held))

    # -- what our requests led to ----------------------------------------------------------------------------------

    def accepted(self, request: TradeRequest, now_s: float, now_ns: int) -> None:
        """Take note that the venue executed a request of ours."""
        kind, number, target = request.info.type, request.number, request.info.order or 0
        if kind == TransactionType.DELETE:
            self._deletes.add(target)
            if target in self.pendings or target in self.ending:
                self.end_order(target, OrderEvent.REPORT_CANCELED, "deleted", now_ns)
        elif kind in (TransactionType.OPEN, TransactionType.CLOSE) and number is not None:
            shown = number in self._filled or number in self.pendings or self.numbers.is_over("N", number)
            if not shown and (kind == TransactionType.OPEN or request in self.closes):
                self._shown_by_s[number] = now_s + SHOWN_S

    def end_order(self, number: int, event: OrderEvent, status: str, now_ns: int) -> None:
        """Report the end of a pending order that did not trade."""
        terms = self.pendings.pop(number, None)
        self.ending.pop(number, None)
        self._deletes.discard(number)
        self.worked_ns.pop(number, None)
        self.numbers.end("N", number)
        if terms is not None:
            key = self.numbers.known_key(number)
            self.events.append(self.mapping.report(terms, event, number, key, status=status, at_ns=now_ns))

    def overdue(self, now_s: float) -> bool:
        """Say whether a second record did not come in time, so that the books must be read."""
        late = any(now_s - each.since_s >= ENDING_S for each in self.ending.values())
        late |= any(now_s - each.since_s >= CLOSING_S for each in self._closing.values())
        late |= any(now_s >= until_s for until_s in self._shown_by_s.values())
        return late or self.wants_books

    def settle_waits(self) -> None:
        """Forget what was waited for, because complete books were read: what they hold is open."""
        self.wants_books = False
        self._shown_by_s.clear()
        self._closing.clear()
        self.ending.clear()

    def was_deleted_by_us(self, number: int) -> bool:
        """Say whether the venue executed a deletion of ours."""
        return number in self._deletes

    def say(self, severity: Severity, text: str, at_ns: int = 0) -> None:
        """Tell the trader something."""
        self.events.append(
            TextNotified(
                connection_id=self.mapping.key.connection_id,
                severity=severity,
                text=text,
                account=self.mapping.key,
                transact_time_ns=at_ns,
            )
        )
