"""kill -9 at every moment of trading on a real wire: nothing lost, nothing sent twice, and the next start knows.

A child trades without end at the built-in venue, which lives in this process and holds the truth. It is killed: by
itself at a step of a send, by the venue when a certain message comes or goes, or at any moment. The next child starts
on the same journal, and its book is compared with the venue's, order by order.
"""

import asyncio
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.program_to_kill import MOST_ACTIONS
from workstation.runtime.clock import SystemClock
from workstation.simulators.engine_orders import EngineOrder, Stage
from workstation.simulators.faults import Fault, FaultPlan
from workstation.simulators.market import Market
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.storage.journal import Journal
from workstation.storage.journal_verify import verify
from workstation.storage.order_records import terms_of_body
from workstation.storage.records import RecordKind

KILLS = 104
PATIENCE_S = 60.0
SYMBOLS = 8
ROOT = Path(__file__).resolve().parents[2]
AT_A_STEP = ("before the disk", "after the disk", "on the wire")
AT_A_MESSAGE = (
    "PlaceOrderRequest",
    "PlaceOrderResponse",
    "Order",
    "OETextNotification",
    "CancelOrderRequest",
    "CancelReplaceOrderRequest",
    "OrderBookRequest",
    "OELoginResponse",
)
AT_ANY_TIME = "any time"
MOMENTS = (*AT_A_STEP, *AT_A_MESSAGE, AT_ANY_TIME)
DURING_LOGIN = ("OrderBookRequest", "OELoginResponse")
STATUS_OF = {
    Stage.FILLED: "FILLED",
    Stage.CANCELED: "CANCELED",
    Stage.REJECTED: "REJECTED",
    Stage.EXPIRED: "EXPIRED",
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 and no fork on Windows")


class Reaper(FaultPlan):
    """No fault of the venue, but the hand that kills its client when a message passes for the n-th time."""

    def __init__(self) -> None:
        super().__init__()
        self._pid = self._left = 0
        self._message = ""

    def await_message(self, pid: int, message: str, nth: int) -> None:
        self._pid, self._message, self._left = pid, message, nth

    def inbound(self, name: str) -> Fault | None:
        self._passes(name)
        return None

    def outbound(self, name: str) -> Fault | None:
        self._passes(name)
        return None

    def _passes(self, name: str) -> None:
        if self._pid and name == self._message:
            self._left -= 1
            if self._left == 0:
                kill(self._pid)
                self._pid = 0


def kill(pid: int) -> None:
    """Kill a child that still lives: its parent has not reaped it before its control line has ended."""
    os.kill(pid, signal.SIGKILL)


class Line:
    """What one child says, and what it is told."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def hear(self) -> dict[str, Any]:
        """Return the next word; nothing once the child is dead."""
        async with asyncio.timeout(PATIENCE_S):
            try:
                line = await self._reader.readline()
            except ConnectionError:
                return {}
        return json.loads(line) if line.endswith(b"\n") else {}

    def tell(self, word: str) -> None:
        self._writer.write(word.encode() + b"\n")

    async def ended(self) -> None:
        while await self.hear():
            pass
        self._writer.close()


class Rounds:
    """Kills one child after the other, and compares what the next one believes with the truth."""

    venue = "qst"
    moments: tuple[str, ...] = MOMENTS
    at_a_message: tuple[str, ...] = AT_A_MESSAGE
    during_login: tuple[str, ...] = DURING_LOGIN

    def __init__(self, folder: Path, simulator: Simulator, reaper: Reaper) -> None:
        self.journal = folder / "journal.sqlite"
        self.done: Counter[str] = Counter()
        self.compared = 0
        self._control = folder / "control"
        self._simulator, self._reaper = simulator, reaper
        self._announcement = simulator.announcement
        self._chance = random.Random(20261121)
        self._lines: asyncio.Queue[Line] = asyncio.Queue()
        self._living = 0
        self._starter: asyncio.subprocess.Process

    @asynccontextmanager
    async def starting(self) -> AsyncIterator[None]:
        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._lines.put_nowait(Line(reader, writer))

        server = await asyncio.start_unix_server(connected, str(self._control), limit=1 << 24)
        self._starter = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.program_to_kill", cwd=ROOT, stdin=asyncio.subprocess.PIPE
        )
        assert self._starter.stdin is not None
        async with server:
            try:
                yield
            finally:
                if self._living:  # a comparison failed: nobody waits for this child any more
                    kill(self._living)
                self._starter.stdin.close()
                ended = await self._starter.wait()
        assert ended == 0

    async def begin(self, turn: int, moment: str) -> tuple[int, Line]:
        """Start a child; it waits for a word before it opens the journal."""
        job = {
            "control": str(self._control),
            "journal": str(self.journal),
            "venue": self.venue,
            "announcement": self._announcement,
            "symbols": SYMBOLS,
            "seed": turn,
            "first": turn * MOST_ACTIONS,
            "moment": moment if moment in AT_A_STEP else "",
            "countdown": self._chance.randint(1, 8),
        }
        assert self._starter.stdin is not None
        self._starter.stdin.write(json.dumps(job).encode() + b"\n")
        async with asyncio.timeout(PATIENCE_S):
            line = await self._lines.get()
        self._living = int((await line.hear())["pid"])
        return self._living, line

    async def one(self, turn: int) -> None:
        """Let one child trade, and kill it."""
        moment = self.moments[turn % len(self.moments)]
        pid, line = await self.begin(turn, moment)
        if moment in self.during_login:
            nth = self._chance.randint(1, 3) if moment == self.during_login[0] else 1
            self._reaper.await_message(pid, moment, nth)
        line.tell("begin")
        heard = await line.hear()
        if heard:
            self.compare(heard["book"])
            if moment in self.at_a_message:
                self._reaper.await_message(pid, moment, self._chance.randint(1, 6))
            line.tell("trade")
            # Whatever a child was to meet and did not, this ends it; for some it is the moment that is wanted.
            limit_s = self._chance.uniform(0.0, 0.1) if moment == AT_ANY_TIME else 0.5
            late = asyncio.get_running_loop().call_later(limit_s, kill, pid)
            await line.ended()
            late.cancel()
        else:
            await line.ended()
        self._living = 0
        self.done[moment] += 1

    async def last(self) -> None:
        """Start once more, compare, and end in order."""
        _, line = await self.begin(self.done.total() + 1, "")
        line.tell("begin")
        self.compare((await line.hear())["book"])
        line.tell("end")
        await line.ended()
        self._living = 0

    def compare(self, book: list[dict[str, Any]]) -> None:
        """Check that every order of the venue is in our book once and true, and that nothing else works there."""
        held = {str(order.number): order for order in orders_of(self._simulator.market)}
        rows: dict[str, dict[str, Any]] = {}
        for row in book:
            if row["number"] is None:
                assert row["status"] in ("NOT_PLACED", "REJECTED"), json.dumps(row)
            else:
                assert row["number"] not in rows, row
                rows[row["number"]] = row
        for number, order in held.items():
            if order.stage is not Stage.REPLACED:
                assert number in rows, f"{order} is lost; {json.dumps(book)}"
                assert_true(rows[number], order)
        for number, row in rows.items():
            assert held[number].stage is not Stage.REPLACED, f"{json.dumps(row)} was replaced: {held[number]}"
        self.compared += 1


def assert_true(row: dict[str, Any], order: EngineOrder) -> None:
    ticket = order.ticket
    working = "PARTIALLY_FILLED" if order.cum_qty else "NEW"
    assert row["status"] == STATUS_OF.get(order.stage, working), (row, order)
    assert (row["account"], row["symbol"], row["side"]) == (order.owner, ticket.symbol, ticket.side.value), (row, order)
    numbers = [Decimal(row[name]) for name in ("qty", "price", "cum_qty")]
    assert numbers == [ticket.order_qty, ticket.price, order.cum_qty], (row, order)
    assert row["ours"], f"{row} was taken for somebody else's"


def orders_of(market: Market) -> list[EngineOrder]:
    return [order for account in market.account_rows for order in market.orders(account.account_id)]


def placed(market: Market) -> Counter[tuple[object, ...]]:
    """Count the placements that reached the venue, by what they looked like."""
    first = [order for order in orders_of(market) if order.replaces is None]
    return Counter(
        (order.owner, order.ticket.symbol, order.ticket.side, order.ticket.order_qty, order.ticket.price)
        for order in first
    )


def intended(path: Path) -> Counter[tuple[object, ...]]:
    """Count the placements that were written to the journal."""
    journal = Journal.open(path, SystemClock())
    try:
        rows = [row for row in journal.read_from(1) if row.kind is RecordKind.INTENT and row.body["request"] == "NEW"]
    finally:
        journal.close()
    keys = [row.cl_ord_id for row in rows]
    assert len(set(keys)) == len(keys), "a key was given out twice"
    found = [terms_of_body(row.body["terms"]) for row in rows]
    return Counter((one.account.account_id, one.symbol, one.side, one.order_qty, one.price) for one in found)


@pytest.mark.timeout(240)
def test_no_kill_loses_an_order_or_sends_one_twice(tmp_path: Path) -> None:
    async def main() -> None:
        reaper = Reaper()
        options = SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0, faults={"qst": reaper})
        async with running_simulator(options) as simulator:
            rounds = Rounds(tmp_path, simulator, reaper)
            async with rounds.starting():
                for turn in range(KILLS):
                    await rounds.one(turn)
                await rounds.last()
            assert verify(rounds.journal).fault == ""
            at_venue, on_disk = placed(simulator.market), intended(rounds.journal)
        assert sum(rounds.done.values()) == KILLS
        assert rounds.compared > KILLS // 2
        assert sum(at_venue.values()) > KILLS, "too few orders to prove anything"
        assert [looks for looks, count in at_venue.items() if count > on_disk[looks]] == []
        assert max(at_venue.values()) == 1, "something was sent twice"

    asyncio.run(main())
