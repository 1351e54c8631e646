"""One stream connection as the server sees it: subscriptions in, records out, without socket or await.

Subscriptions are not acknowledged; a wrong one is answered like a wrong command. One connection may carry the streams
of several login sessions; a session that ends takes its streams with it, and the connection with its last session.
Quotes are told at most once per interval and symbol, money at most twice a second, everything else at once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workstation.simulators.otc.candles import Candle
from workstation.simulators.otc.deals import DealTold, Outcome
from workstation.simulators.otc.news_wire import Topic
from workstation.simulators.otc.refusals import Refused
from workstation.simulators.xapi_front.arguments import Arguments
from workstation.simulators.xapi_front.outbox import Ending, Outbox
from workstation.simulators.xapi_front.records import (
    Record,
    balance_record,
    profit_record,
    status_record,
    streamed_candle,
    streamed_news,
    streamed_tick,
    streamed_trade,
)
from workstation.simulators.xapi_front.subscriptions import Subscriptions, tick_wish
from workstation.simulators.xapi_front.venue import XapiVenue
from workstation.simulators.xapi_front.wire_text import written

KEEP_ALIVE_S = 3.0
MONEY_S = 0.5

_PLAIN = {
    "Balance": "balance",
    "KeepAlive": "keepAlive",
    "News": "news",
    "Profits": "profit",
    "Trades": "trade",
    "TradeStatus": "tradeStatus",
}
"""The streams without parameters: what follows get or stop in the command, and the name of the message."""


class StreamSession:
    """Tells one connection what its sessions want to hear."""

    def __init__(self, venue: XapiVenue, on_change: Callable[[], None]) -> None:
        """Start with no subscription."""
        self._venue = venue
        self._wishes: dict[str, Subscriptions] = {}
        self.outbox = Outbox(on_change, venue.manners.backlog)
        venue.streams.append(self)

    # ------------------------------------------------------------------ from the client

    def receive(self, request: Mapping[str, Any]) -> None:
        """Take one command in; only a wrong one is answered."""
        try:
            self._obey(Arguments(request))
        except Refused as refusal:
            self._fail(request, refusal.code, str(refusal))

    def refuse(self, request: Mapping[str, Any], text: str) -> None:
        """Refuse a command in place of doing it, as a fault of the venue."""
        self._fail(request, "BE099", text)

    def refuse_connection(self) -> None:
        """Say that there are too many connections, and end this one."""
        self._fail({}, "EX008", str(Refused("EX008")))
        self.outbox.end(Ending.AFTER_OUTBOX)

    def session_ended(self, session_id: str) -> None:
        """Stop the streams of a session, and end the connection if it has no other."""
        if self._wishes.pop(session_id, None) is not None and not self._wishes:
            self.outbox.end(Ending.AFTER_OUTBOX)

    def gone(self) -> None:
        """Forget the client: its connection has ended."""
        if self in self._venue.streams:
            self._venue.streams.remove(self)

    # ------------------------------------------------------------------ from the venue

    def quotes_moved(self, names: Sequence[str], now_s: float) -> None:
        """Tell quotes that have moved."""
        for wishes in self._wishes.values():
            for name in names:
                wish = wishes.ticks.get(name)
                if wish is not None and wish.may_be_told(now_s):
                    self._tell_quote(name, wish.max_level)

    def deal_told(self, user_id: str, told: DealTold) -> None:
        """Tell of a deal."""
        if self._wants(user_id, "trade"):
            self._put("trade", streamed_trade(told, self._venue.market.board.symbols[told.deal.symbol]))

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        """Tell how a request ended."""
        if self._wants(user_id, "tradeStatus"):
            self._put("tradeStatus", status_record(outcome))

    def money_changed(self, user_id: str) -> None:
        """Remember that the customer's money is to be told."""
        for wishes in self._wishes.values():
            if wishes.user_id == user_id:
                wishes.money_is_due = True

    def candle_finished(self, name: str, candle: Candle) -> None:
        """Tell a minute that is over."""
        if any(name in wishes.candles for wishes in self._wishes.values()):
            self._put("candle", streamed_candle(self._venue.market.board.symbols[name], candle))

    @property
    def candles_wanted(self) -> set[str]:
        """The symbols whose minutes are wanted."""
        return {name for wishes in self._wishes.values() for name in wishes.candles}

    def news_written(self, topic: Topic) -> None:
        """Tell a new story."""
        if any("news" in wishes.streams for wishes in self._wishes.values()):
            self._put("news", streamed_news(topic))

    def pulse(self, now_s: float) -> None:
        """Tell what time has made due."""
        for wishes in self._wishes.values():
            for name, wish in wishes.ticks.items():
                if wish.is_due and wish.may_be_told(now_s):
                    self._tell_quote(name, wish.max_level)
            if wishes.money_is_due and now_s - wishes.money_told_s >= MONEY_S:
                wishes.money_is_due, wishes.money_told_s = False, now_s
                self._tell_money(wishes)
            if "keepAlive" in wishes.streams and now_s - wishes.alive_told_s >= KEEP_ALIVE_S:
                wishes.alive_told_s = now_s
                self._put("keepAlive", {"timestamp": self._venue.now_ms()})

    # ------------------------------------------------------------------ inside

    def _obey(self, arguments: Arguments) -> None:
        command = arguments.text("command")
        verb, subject = ("get", command[3:]) if command.startswith("get") else ("stop", command.removeprefix("stop"))
        if command != "ping" and subject not in _PLAIN and subject not in ("TickPrices", "Candles"):
            raise Refused("BE104")
        if verb == "stop" and command != "ping":
            self._unsubscribe(subject, arguments)
            return
        session_id = arguments.text("streamSessionId")
        user_id = self._venue.admission.user_of(session_id)
        wishes = self._wishes.setdefault(session_id, Subscriptions(user_id))
        if command != "ping":
            self._subscribe(wishes, subject, arguments)

    def _subscribe(self, wishes: Subscriptions, subject: str, arguments: Arguments) -> None:
        if subject in _PLAIN:
            wishes.streams.add(_PLAIN[subject])
            wishes.money_is_due = wishes.money_is_due or subject in ("Balance", "Profits")
            if subject in ("Balance", "Profits"):
                wishes.balance = None
                wishes.profits.clear()
            return
        name = arguments.text("symbol")
        if name not in self._venue.market.board.symbols:
            raise Refused("BE115")
        if subject == "Candles":
            wishes.candles.add(name)
            return
        wish = tick_wish(max(0, arguments.whole("minArrivalTime")), arguments.whole_or_none("maxLevel"))
        wishes.ticks[name] = wish
        wish.may_be_told(self._venue.now_s())
        self._tell_quote(name, wish.max_level)

    def _unsubscribe(self, subject: str, arguments: Arguments) -> None:
        for wishes in self._wishes.values():
            if subject in _PLAIN:
                wishes.streams.discard(_PLAIN[subject])
            elif subject == "Candles":
                wishes.candles.discard(arguments.text("symbol"))
            else:
                wishes.ticks.pop(arguments.text("symbol"), None)

    def _tell_quote(self, name: str, max_level: int | None) -> None:
        board = self._venue.market.board
        quote = board.quote(name)
        for level in board.depth(name):
            if max_level is None or level.number <= max_level:
                self._put("tickPrices", streamed_tick(quote, level))

    def _tell_money(self, wishes: Subscriptions) -> None:
        """Tell what has changed since it was last told."""
        books = self._venue.market.dealer.books[wishes.user_id]
        if "profit" in wishes.streams:
            profits = {deal.order: books.profit(deal) for deal in books.positions.values()}
            for number, profit in profits.items():
                if wishes.profits.get(number) != profit:
                    self._put("profit", profit_record(books.positions[number], profit))
            wishes.profits = {**profits}
        if "balance" in wishes.streams:
            funds = books.funds()
            if wishes.balance != funds:
                wishes.balance = funds
                self._put("balance", balance_record(funds))

    def _wants(self, user_id: str, stream: str) -> bool:
        return any(wishes.user_id == user_id and stream in wishes.streams for wishes in self._wishes.values())

    def _put(self, name: str, data: Record) -> None:
        self.outbox.put(name, written({"command": name, "data": data}))

    def _fail(self, request: Mapping[str, Any], code: str, text: str) -> None:
        reply: dict[str, Any] = {"status": False, "errorCode": code, "errorDescr": text}
        if "customTag" in request:
            reply["customTag"] = request["customTag"]
        self.outbox.put("error", written(reply))
