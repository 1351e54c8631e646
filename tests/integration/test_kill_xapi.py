"""kill -9 around a send on XAPI's wire: nothing lost, nothing sent twice, and the next start knows by our key.

As for the other venue, see `test_kill_program`; here the next child's book is compared with the dealer's.
"""

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_kill_program import AT_A_STEP, AT_ANY_TIME, Reaper, Rounds
from workstation.runtime.clock import SystemClock
from workstation.simulators.otc.dealer import DealerRules
from workstation.simulators.otc.deals import DealTold, Deed, Outcome
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.simulators.xapi_front.manners import Manners
from workstation.storage.journal import Journal
from workstation.storage.journal_verify import verify
from workstation.storage.records import RecordKind

KILLS = 30
AT_A_MESSAGE = ("tradeTransactionRequest", "tradeTransaction", "tradeStatus", "trade", "getTradesRequest", "login")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 and no fork on Windows")


class Placed:
    """Observes the dealer, and counts the orders that came to be by our key."""

    def __init__(self) -> None:
        self.numbers: dict[int, str] = {}
        self.deleted: set[int] = set()

    def deal_told(self, user_id: str, told: DealTold) -> None:
        if told.kind == Deed.PENDING:
            self.numbers.setdefault(told.deal.order, told.deal.custom_comment or "")
            if told.gone:
                self.deleted.add(told.deal.order)

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        """Of no interest: what was refused is no order."""

    def money_changed(self, user_id: str) -> None:
        """Of no interest."""


class XapiRounds(Rounds):
    """The same for the dealer."""

    venue = "xapi"
    at_a_message = AT_A_MESSAGE
    during_login = ("getTradesRequest", "login")
    moments = (*AT_A_STEP, *AT_A_MESSAGE, AT_ANY_TIME)

    def __init__(self, folder: Path, simulator: Simulator, reaper: Reaper, placed: Placed) -> None:
        super().__init__(folder, simulator, reaper)
        self.placed = placed
        self._books = simulator.otc.dealer.books[simulator.xapi.user_id]

    def compare(self, book: list[dict[str, Any]]) -> None:
        """Check that our book has each of the dealer's orders once and true, and no other as working."""
        working = {row["number"]: row for row in book if row["status"] == "NEW"}
        assert len(working) == sum(row["status"] == "NEW" for row in book), json.dumps(book)
        assert set(working) == {str(number) for number in self._books.pendings}, json.dumps(book)
        for number, deal in self._books.pendings.items():
            row = working[str(number)]
            assert (row["symbol"], row["side"]) == (deal.symbol, "BUY" if deal.operation.buys else "SELL")
            assert (row["qty"], row["price"]) == (str(deal.volume), str(deal.open_price)), (row, deal)
            assert row["ours"], f"{row} was taken for somebody else's"
        settled = {"NEW", "CANCELED", "NOT_PLACED", "REJECTED"}
        for row in book:
            if row["status"] == "IN_DOUBT":  # deleted by our own cancel, of which no list of the venue tells
                assert int(row["number"]) in self.placed.deleted, row
            else:
                assert row["status"] in settled, row
        self.compared += 1


def intended(path: Path) -> list[str]:
    """Return the keys of the placements that were written to the journal."""
    journal = Journal.open(path, SystemClock())
    try:
        rows = [row for row in journal.read_from(1) if row.kind is RecordKind.INTENT and row.body["request"] == "NEW"]
    finally:
        journal.close()
    return [str(row.cl_ord_id) for row in rows]


@pytest.mark.timeout(240)
def test_no_kill_loses_an_order_or_sends_one_twice(tmp_path: Path) -> None:
    async def main() -> None:
        reaper, placed = Reaper(), Placed()
        options = SimulatorOptions(
            seed=7,
            step_s=None,
            xapi_manners=Manners(pace_s=0.0),
            xapi_rules=DealerRules(execution_ms=0),  # the children's clocks run ahead of the venue's
            faults={"xapi": reaper},
        )
        async with running_simulator(options) as simulator:
            simulator.otc.dealer.observe(placed)
            rounds = XapiRounds(tmp_path, simulator, reaper, placed)
            async with rounds.starting():
                for turn in range(KILLS):
                    await rounds.one(turn)
                await rounds.last()
            assert verify(rounds.journal).fault == ""
            keys = intended(rounds.journal)
        at_venue = Counter(placed.numbers.values())
        assert sum(rounds.done.values()) == KILLS
        assert rounds.compared > KILLS // 2
        assert len(placed.numbers) > KILLS, "too few orders to prove anything"
        assert max(at_venue.values()) == 1, "something was sent twice"
        assert set(at_venue) <= set(keys)
        assert len(set(keys)) == len(keys), "a key was given out twice"

    asyncio.run(main())
