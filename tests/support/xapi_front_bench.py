"""The built-in XAPI venue without sockets: a market held still, and sessions that tests drive by hand."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.support.fake_clock import FakeClock
from workstation.simulators.otc.dealer import DealerRules
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.xapi_front.main_session import MainSession
from workstation.simulators.xapi_front.manners import Manners
from workstation.simulators.xapi_front.stream_session import StreamSession
from workstation.simulators.xapi_front.venue import PASSWORD, XapiVenue

Message = dict[str, Any]
PAST_EXECUTION_S = 0.1


@dataclass
class FrontBench:
    """A venue, a main session and a stream session of one client, and the clock."""

    clock: FakeClock
    venue: XapiVenue
    main: MainSession
    stream: StreamSession
    wakes: list[None] = field(default_factory=list)
    session_id: str = ""

    @property
    def market(self) -> OtcMarket:
        return self.venue.market

    def raw(self, command: str, arguments: object = None, **fields: object) -> bytes:
        """Hand in a request on main and return the bytes of its reply."""
        if arguments is not None:
            fields["arguments"] = arguments
        request = json.loads(json.dumps({"command": command, **fields}), parse_float=Decimal)
        self.main.outbox.waiting.clear()
        self.main.receive(request)
        [(_, text)] = self.main.outbox.waiting
        return text

    def ask(self, command: str, arguments: object = None, **fields: object) -> Message:
        reply: Message = json.loads(self.raw(command, arguments, **fields), parse_float=Decimal)
        return reply

    def data(self, command: str, arguments: object = None) -> Any:
        reply = self.ask(command, arguments)
        assert reply["status"] is True, reply
        return reply["returnData"]

    def error(self, command: str, arguments: object = None) -> str:
        reply = self.ask(command, arguments)
        assert reply["status"] is False, reply
        assert reply["errorDescr"]
        return str(reply["errorCode"])

    def log_in(self, user_id: str = "") -> None:
        reply = self.ask("login", {"userId": user_id or self.venue.user_ids[0], "password": PASSWORD})
        self.session_id = reply["streamSessionId"]

    def subscribe(self, command: str, **fields: object) -> None:
        self.stream.receive({"command": command, "streamSessionId": self.session_id, **fields})

    def heard(self) -> list[Message]:
        """Return and forget what went out on the stream."""
        messages = [json.loads(text, parse_float=Decimal) for _, text in self.stream.outbox.waiting]
        self.stream.outbox.waiting.clear()
        return messages

    def heard_of(self, name: str) -> list[Message]:
        return [message["data"] for message in self.heard() if message.get("command") == name]

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.venue.pulse()

    def trade(self, **fields: object) -> int:
        """Send a trade request, wait for its execution, and return its number."""
        number: int = self.data("tradeTransaction", {"tradeTransInfo": fields})["order"]
        self.pass_time(PAST_EXECUTION_S)
        return number

    def bought(self, **fields: object) -> Message:
        """Open a position and return its record."""
        number = self.trade(**({"type": 0, "cmd": 0, "symbol": "EURUSD", "volume": 0.1, "price": 1} | fields))
        [record] = [row for row in self.data("getTrades", {"openedOnly": True}) if row["order2"] == number]
        return dict(record)


def front_bench(*, logged_in: bool = True, **manners: object) -> FrontBench:
    clock = FakeClock()
    market = OtcMarket(seed=1, now_ms=clock.now_ns() // 1_000_000, rules=DealerRules())
    venue = XapiVenue(market, clock, Manners(**manners))  # type: ignore[arg-type]
    wakes: list[None] = []

    def wake() -> None:
        wakes.append(None)

    bench = FrontBench(clock, venue, MainSession(venue, wake), StreamSession(venue, wake), wakes)
    if logged_in:
        bench.log_in()
    return bench
