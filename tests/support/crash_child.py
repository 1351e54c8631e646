"""Programs to be killed: the real engine on the real journal, started by a fork each, so that hundreds take seconds.

Reads one JSON object per line. For each it forks a child that opens the journal, says what it recovered before it
connects, connects, says what it holds then, does what it is told and kills itself with SIGKILL at the named step.
Its clock is `later_s` seconds ahead, as if so much time had passed since its predecessor died.
With the step "no" it ends after it has said what it holds. When a child is gone, its end is said. Run as a module.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.desk_bench import FakeCredentials, FakeSettings
from tests.support.fake_venue import CAPABILITIES, CONNECTION, limit_terms
from tests.support.line_venue import LineConnection
from workstation.desk.commands import CancelOrders, Command, PlaceOrder, ReplaceOrder
from workstation.desk.engine import Engine
from workstation.desk.messages import EngineMessage
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ClOrdID
from workstation.domain.orders import Order
from workstation.runtime.clock import SystemClock
from workstation.storage.connections import save_connections
from workstation.storage.journal import Journal
from workstation.venues.base import ConnectionStatus, EventSink, Lamp, VenueKind

GESTURE = "Ctrl+Enter in the ticket"


class _LaterClock(SystemClock):
    """The computer's clock, some seconds ahead."""

    def __init__(self, later_s: int) -> None:
        self._later_ns = later_s * 1_000_000_000

    def now_ns(self) -> int:
        return super().now_ns() + self._later_ns


class _Dying:
    """Kills this process at one step."""

    def __init__(self, step: str) -> None:
        self.step = step
        self.armed = False

    def reached(self, step: str) -> None:
        if self.armed and step == self.step:
            os.kill(os.getpid(), signal.SIGKILL)


class _MortalJournal(Journal):
    """The real journal, with two more places to die at."""

    dying: _Dying

    async def commit(self, records: Any) -> None:
        self.dying.reached("before the disk")
        await super().commit(records)
        self.dying.reached("after the disk")


def _say(**words: object) -> None:
    os.write(1, json.dumps(words).encode() + b"\n")


async def _live(order: Mapping[str, Any]) -> None:
    dying = _Dying(order["step"])
    clock = _LaterClock(order["later_s"])
    journal = _MortalJournal.open(Path(order["journal"]), clock)
    journal.dying = dying
    settings, live = FakeSettings(), asyncio.Event()
    url = f"ws://127.0.0.1:{order['port']}"
    profile = ConnectionProfile(
        connection_id=CONNECTION, venue="qst", name="QST", environment=Environment.DEMO, url=url
    )
    save_connections(settings, [profile])
    orders: dict[ClOrdID, Order] = {}

    def publish(message: EngineMessage) -> None:
        if isinstance(message, Order):
            orders[message.cl_ord_id] = message
        elif isinstance(message, ConnectionStatus) and message.worst is Lamp.LIVE:
            asyncio.get_running_loop().call_soon(live.set)

    def factory(built_from: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> LineConnection:
        return LineConnection(built_from, sink, dying.reached, clock)

    kinds = {"qst": VenueKind(factory=factory, capabilities=CAPABILITIES)}
    engine = Engine(journal, settings, FakeCredentials(), kinds, clock, publish, draw_part=lambda: "7f3a")
    engine.prepare()
    _say(recovered=_states(orders))
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(engine.run())
        await live.wait()
        _say(held=_states(orders))
        dying.armed = True
        if order["step"] != "no":
            await engine.handle(_command(order))
            await asyncio.Event().wait()  # death comes with what the venue says
        running.cancel()
    journal.close()


def _command(order: Mapping[str, Any]) -> Command:
    terms = limit_terms(qty="1", price=order.get("price", "1"))
    key = ClOrdID(order.get("key", ""))
    if order["do"] == "place":
        return PlaceOrder(terms=terms, gesture=GESTURE)
    if order["do"] == "replace":
        return ReplaceOrder(cl_ord_id=key, terms=terms, gesture=GESTURE)
    return CancelOrders(cl_ord_ids=(key,), gesture=GESTURE)


def _states(orders: Mapping[ClOrdID, Order]) -> dict[str, dict[str, object]]:
    return {
        key: {
            "status": order.ord_status.value,
            "number": order.order_id,
            "price": str(order.terms.price),
            "ours": order.ours,
        }
        for key, order in orders.items()
    }


def serve() -> None:
    """Fork one child per line until the input ends."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(_live(json.loads(line)))
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        _say(ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    serve()
