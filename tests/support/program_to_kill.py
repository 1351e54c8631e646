"""Programs to be killed: the engine as it trades, real journal and real connection, each started by a fork.

Reads one JSON object per line on standard input and forks a child for each. The child connects to the job's control
socket, says its process id, recovers from the journal, logs in, says its whole order book when every doubt is settled,
waits for a word, and then trades without end: it places, fills, replaces and cancels until somebody kills it. While it
settles, its clock is some seconds ahead, as if they had passed since its predecessor was killed: no book proves
anything sooner. With a `moment` it kills itself at that step of a send. Run as a module.
"""

import asyncio
import itertools
import json
import os
import random
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.desk_bench import FakeCredentials, FakeSettings
from workstation.desk.commands import CancelOrders, Command, PlaceOrder, ReplaceOrder
from workstation.desk.engine import Engine
from workstation.desk.messages import EngineMessage
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.engine_room import announced_profiles
from workstation.runtime.clock import SystemClock
from workstation.storage.connections import save_connections
from workstation.storage.journal import Journal
from workstation.storage.records import Record
from workstation.venues.base import ConnectionStatus, EventSink, Lamp, VenueConnection, VenueKind
from workstation.venues.qst.capabilities import qst_capabilities
from workstation.venues.qst.connection import QstConnection
from workstation.venues.xapi.capabilities import xapi_capabilities
from workstation.venues.xapi.connection import XapiConnection
from workstation.venues.xapi.session import Timing

GESTURE = "Ctrl+Enter in the ticket"
MOST_ACTIONS = 40
"""What one child may send; its orders then all differ from those of every other child."""
SETTLE_S = 20.0
_MANY_OPEN = 25
_UNSETTLED = frozenset({OrdStatus.IN_DOUBT, OrdStatus.PENDING_NEW, OrdStatus.PENDING_REPLACE, OrdStatus.PENDING_CANCEL})


class _Clock(SystemClock):
    """The computer's clock, `ahead_s` seconds ahead."""

    ahead_s = 6

    def now_ns(self) -> int:
        return super().now_ns() + self.ahead_s * 1_000_000_000


class _Mortal(Journal):
    """The real journal, with places to die at: before a commit, after it, and in the turn after the bytes left."""

    moment = ""
    countdown = 0

    async def commit(self, records: Sequence[Record]) -> None:
        self.countdown -= 1
        self._reached("before the disk")
        await super().commit(records)
        if self.countdown == 0 and self.moment == "on the wire":
            asyncio.get_running_loop().call_soon(self._die)
        self._reached("after the disk")

    def _reached(self, moment: str) -> None:
        if self.countdown == 0 and moment == self.moment:
            self._die()

    @staticmethod
    def _die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Program:
    """One child."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._job = job
        self._chance = random.Random(job["seed"])
        self._orders: dict[str, Order] = {}
        self._lamp = Lamp.OFF
        self._clock = _Clock()
        self._changed = asyncio.Event()

    async def run(self) -> None:
        reader, writer = await asyncio.open_unix_connection(self._job["control"], limit=1 << 24)
        _say(writer, pid=os.getpid())
        await reader.readline()
        venue = self._job["venue"]
        [(profile, secrets)] = announced_profiles({venue: self._job["announcement"][venue]})
        journal = _Mortal.open(Path(self._job["journal"]), self._clock)
        engine = self._engine(journal, profile, secrets)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(engine.run())
            await self._until(lambda: self._lamp is Lamp.LIVE and not self._unsettled())
            self._clock.ahead_s = 0
            _say(writer, book=[_row(order) for order in self._orders.values()])
            if (await reader.readline()).strip() == b"trade":
                journal.moment, journal.countdown = self._job["moment"], self._job["countdown"]
                await self._trade(engine, profile)
                await asyncio.Event().wait()
            running.cancel()
        journal.close()

    def _engine(self, journal: Journal, profile: ConnectionProfile, secrets: dict[str, str]) -> Engine:
        settings, credentials = FakeSettings(), FakeCredentials()
        save_connections(settings, [profile])
        credentials.kept[profile.connection_id] = secrets
        kinds = {"qst": self._qst(), "xapi": self._xapi()}
        return Engine(journal, settings, credentials, kinds, self._clock, self._publish)

    def _qst(self) -> VenueKind:
        """Return QST with this program's clock."""

        def factory(profile: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> VenueConnection:
            return QstConnection(profile, secrets, sink, clock=self._clock)

        return VenueKind(factory=factory, capabilities=qst_capabilities())

    def _xapi(self) -> VenueKind:
        """Return XAPI with this program's clock, and without the waits between requests: a child lives for moments."""

        def factory(profile: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> VenueConnection:
            return XapiConnection(profile, secrets, sink, self._clock, timing=Timing(tick_s=0.02, gap_s=0.002))

        return VenueKind(factory=factory, capabilities=xapi_capabilities())

    def _publish(self, message: EngineMessage) -> None:
        if isinstance(message, Order):
            self._orders[message.cl_ord_id] = message
        elif isinstance(message, ConnectionStatus):
            self._lamp = message.worst
        self._changed.set()

    def _unsettled(self) -> list[Order]:
        return [one for one in self._orders.values() if one.ord_status in _UNSETTLED and not self._is_gone(one)]

    def _is_gone(self, order: Order) -> bool:
        """Say whether no book will ever tell more: XAPI lists no order that was deleted while nobody listened."""
        return self._job["venue"] == "xapi" and order.ord_status is OrdStatus.IN_DOUBT and order.order_id is not None

    async def _until(self, holds: Any) -> None:
        try:
            async with asyncio.timeout(SETTLE_S):
                while not holds():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return  # what is not settled stands in the book that is said next

    # -- trading -------------------------------------------------------------------------------------------------

    async def _trade(self, engine: Engine, profile: ConnectionProfile) -> None:
        open_orders = [order for order in self._orders.values() if not order.is_closed]
        if len(open_orders) > _MANY_OPEN:
            await engine.handle(CancelOrders(cl_ord_ids=tuple(one.cl_ord_id for one in open_orders), gesture="Del"))
        first = self._job["first"]
        for number in range(first, first + MOST_ACTIONS, 2):
            await asyncio.gather(*(engine.handle(self._command(profile, n)) for n in (number, number + 1)))

    def _command(self, profile: ConnectionProfile, number: int) -> Command:
        working = [order for order in self._orders.values() if order.ord_status is OrdStatus.NEW and order.order_id]
        chance = self._chance.random()
        if working and chance < 0.2:
            return CancelOrders(cl_ord_ids=(self._chance.choice(working).cl_ord_id,), gesture="Del")
        if working and chance < 0.4:
            order = self._chance.choice(working)
            terms = self._changed_terms(order, number)
            return ReplaceOrder(cl_ord_id=order.cl_ord_id, terms=terms, gesture="Ctrl+E", accepted=("duplicate",))
        if self._job["venue"] == "xapi":
            return PlaceOrder(terms=self._xapi_terms(profile, number), gesture=GESTURE)
        return PlaceOrder(terms=self._terms(profile, number, crossing=chance > 0.85), gesture=GESTURE)

    def _changed_terms(self, order: Order, number: int) -> OrderTerms:
        """Return other terms for an order that works: another quantity or, where that cannot be, another price."""
        if self._job["venue"] == "qst":
            return replace(order.terms, order_qty=Decimal(5 + number % 3))
        [row] = [one for one in self._job["announcement"]["xapi"]["instruments"] if one["symbol"] == order.terms.symbol]
        further = Decimal(row["tick_size"]) * (-1 if order.terms.side is Side.BUY else 1)
        return replace(order.terms, price=(order.terms.price or Decimal(0)) + further)

    def _xapi_terms(self, profile: ConnectionProfile, number: int) -> OrderTerms:
        """Return terms of an order that rests, of another symbol or price than every other."""
        venue = self._job["announcement"]["xapi"]
        listed = venue["instruments"][: self._job["symbols"]]
        rest, place = divmod(number, len(listed))
        side = Side.BUY if number % 2 else Side.SELL
        touch = Decimal(listed[place]["bid" if side is Side.BUY else "ask"])
        away = Decimal(listed[place]["tick_size"]) * (30 + 2 * rest)
        return OrderTerms(
            account=AccountKey(profile.connection_id, venue["user_id"]),
            symbol=listed[place]["symbol"],
            side=side,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.GOOD_TILL_CANCEL,
            order_qty=Decimal("0.01"),
            price=touch - away if side is Side.BUY else touch + away,
        )

    def _terms(self, profile: ConnectionProfile, number: int, *, crossing: bool) -> OrderTerms:
        """Return terms that no other order has: of another symbol, price, account or quantity."""
        venue = self._job["announcement"]["qst"]
        listed = venue["instruments"][: self._job["symbols"]]
        rest, place = divmod(number, len(listed))
        rest, ticks = divmod(rest, 50)
        qty, account = divmod(rest, 3)
        side = Side.BUY if number % 2 else Side.SELL
        touch = Decimal(listed[place]["bid" if side is Side.BUY else "ask"])
        away = Decimal(listed[place]["tick_size"]) * (-(20 + ticks) if crossing else 5 + ticks)
        return OrderTerms(
            account=AccountKey(profile.connection_id, venue["accounts"][account]),
            symbol=listed[place]["symbol"],
            side=side,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.DAY,
            order_qty=Decimal(qty + 1),
            price=touch - away if side is Side.BUY else touch + away,
        )


def _row(order: Order) -> dict[str, object]:
    terms = order.terms
    return {
        "key": order.cl_ord_id,
        "number": order.order_id,
        "status": order.ord_status.value,
        "account": terms.account.account_id,
        "symbol": terms.symbol,
        "side": terms.side.value,
        "qty": str(terms.order_qty),
        "price": str(terms.price),
        "cum_qty": str(order.cum_qty),
        "ours": order.ours,
        "text": order.text,
    }


def _say(writer: asyncio.StreamWriter, **words: object) -> None:
    writer.write(json.dumps(words).encode() + b"\n")


def main() -> None:
    """Fork one child per line; the next only when the one before is gone."""
    for line in itertools.chain(sys.stdin):
        child = os.fork()
        if child == 0:
            asyncio.run(Program(json.loads(line)).run())
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
