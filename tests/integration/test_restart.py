"""The program ends and starts again on the same journal, while the venue goes on: the same orders, each once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from pathlib import Path

from tests.support.joined_engine import JoinedEngine, below, joined_engine, saved_profile
from tests.support.moving_clock import MovingClock
from workstation.desk.commands import ReplaceOrder, Sent
from workstation.desk.messages import ActivityKind, ActivityLine
from workstation.domain.executions import Execution
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side
from workstation.domain.orders import Order
from workstation.simulators.market import Market
from workstation.simulators.serve import SimulatorOptions, running_simulator
from workstation.storage.journal_reads import rows_from
from workstation.storage.journal_rows import Row, read_row
from workstation.storage.journal_schema import open_for_reading
from workstation.storage.journal_verify import verify
from workstation.storage.records import RecordKind

CORN = "ZCZ26"
Run = Callable[[JoinedEngine, Market], Awaitable[None]]


def play(folder: Path, *runs: Run) -> None:
    """Give each of `runs` a program of its own, one after the other, at one venue."""

    async def main() -> None:
        clock = MovingClock()
        async with running_simulator(SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0), clock) as simulator:
            for run in runs:
                async with joined_engine(folder, *saved_profile(simulator), clock) as desk:
                    await desk.live()
                    await run(desk, simulator.market)
        assert verify(folder / "journal.sqlite").fault == ""

    asyncio.run(main())


async def replaced(desk: JoinedEngine, key: ClOrdID, **changes: object) -> Order:
    """Replace an order, and wait until its new terms work."""
    terms = replace(desk.order(key).terms, **changes)  # type: ignore[arg-type]
    answer = await desk.ask(ReplaceOrder(cl_ord_id=key, terms=terms, gesture="Ctrl+E"))
    assert isinstance(answer, Sent), answer
    await desk.until(lambda: desk.order(key).terms == terms and desk.order(key).pending_terms is None, "replaced")
    return desk.order(key)


def test_the_former_numbers_of_an_order_are_its_own_after_a_restart(tmp_path: Path) -> None:
    """The venue's book still lists them as cancelled: they must not come back as somebody else's orders."""

    async def first(desk: JoinedEngine, market: Market) -> None:
        keys = [await desk.place(desk.terms(CORN, below(market, CORN, ticks))) for ticks in (10, 11)]
        for key in keys:
            await desk.is_in(key, OrdStatus.NEW)
            await replaced(desk, key, order_qty=Decimal(2))
            await replaced(desk, key, order_qty=Decimal(3))
        await desk.cancel(keys[0])
        await desk.is_in(keys[0], OrdStatus.CANCELED)

    async def second(desk: JoinedEngine, market: Market) -> None:
        assert len(market.orders("17014")) == 6
        assert {key: order.ord_status for key, order in desk.orders().items()} == {
            "W7f3a-1001": OrdStatus.CANCELED,
            "W7f3a-1002": OrdStatus.NEW,
        }
        assert not desk.said("entered elsewhere")

    play(tmp_path, first, second)


def test_what_was_traded_before_a_replacement_is_counted_once_over_a_restart(tmp_path: Path) -> None:
    async def first(desk: JoinedEngine, market: Market) -> None:
        price, qty = market.depth(CORN, Side.SELL)[0]
        key = await desk.place(desk.terms(CORN, price, qty=int(qty) + 5))
        await desk.is_in(key, OrdStatus.PARTIALLY_FILLED)
        await replaced(desk, key, price=below(market, CORN, 5))
        assert desk.traded(key) == qty
        traded.append(qty)
        await desk.cancel(key)
        await desk.is_in(key, OrdStatus.CANCELED)

    async def second(desk: JoinedEngine, market: Market) -> None:
        assert desk.all_of(Execution) == []
        [order] = desk.orders().values()
        assert (order.ord_status, [order.cum_qty]) == (OrdStatus.CANCELED, traded)

    traded: list[Decimal] = []
    play(tmp_path, first, second)


def test_order_keys_go_on_where_the_last_run_ended(tmp_path: Path) -> None:
    keys: list[ClOrdID] = []

    async def run(desk: JoinedEngine, market: Market) -> None:
        keys.append(await desk.place(desk.terms(CORN, below(market, CORN, 10 + len(keys)))))
        await desk.is_in(keys[-1], OrdStatus.NEW)
        assert list(desk.orders()) == keys

    play(tmp_path, run, run, run)
    assert keys == ["W7f3a-1001", "W7f3a-1002", "W7f3a-1003"]


def test_what_happened_while_the_program_was_closed_is_told_once(tmp_path: Path) -> None:
    async def first(desk: JoinedEngine, market: Market) -> None:
        for ticks in (10, 11):
            key = await desk.place(desk.terms(CORN, below(market, CORN, ticks)))
            await desk.is_in(key, OrdStatus.NEW)
        number = desk.order(ClOrdID("W7f3a-1001")).order_id
        assert number is not None
        numbers.append(int(number))

    async def between(desk: JoinedEngine, market: Market) -> None:
        assert len(desk.said("While you were away")) == 1

    async def second(desk: JoinedEngine, market: Market) -> None:
        [line] = desk.said("While you were away", "W7f3a-1001 ")
        assert "cancelled" in line
        assert desk.order(ClOrdID("W7f3a-1002")).ord_status is OrdStatus.NEW

    numbers: list[int] = []

    async def main() -> None:
        clock = MovingClock()
        async with running_simulator(SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0), clock) as simulator:
            for run in (first, second, between):
                async with joined_engine(tmp_path, *saved_profile(simulator), clock) as desk:
                    await desk.live()
                    await run(desk, simulator.market)
                if run is first:
                    simulator.market.cancel(numbers[0], clock.now_ns())

    asyncio.run(main())


def runs_of(folder: Path) -> list[list[Row]]:
    """Return the journal's rows, those of each run together."""
    reader = open_for_reading(folder / "journal.sqlite")
    found: list[list[Row]] = []
    for row in map(read_row, rows_from(reader, 1)):
        if row.kind is RecordKind.OPENED:
            found.append([])
        found[-1].append(row)
    reader.close()
    return found


def test_the_journal_grows_at_a_restart_by_what_is_new_alone(tmp_path: Path) -> None:
    """The venue lists its books and its history at every login; what the journal holds is not written again."""

    async def place_three(desk: JoinedEngine, market: Market) -> None:
        for ticks in (10, 11, 12):
            await desk.is_in(await desk.place(desk.terms(CORN, below(market, CORN, ticks))), OrdStatus.NEW)

    async def place_one(desk: JoinedEngine, market: Market) -> None:
        await desk.is_in(await desk.place(desk.terms(CORN, below(market, CORN, 13))), OrdStatus.NEW)

    async def nothing(desk: JoinedEngine, market: Market) -> None:
        shown = [line for line in desk.all_of(ActivityLine) if line.kind is ActivityKind.VENUE]
        assert len({line.text for line in shown}) >= 4

    play(tmp_path, place_three, nothing, place_one, nothing, nothing)
    listed = [
        [item for row in rows if isinstance(row.body.get("items"), list) for item in row.body["items"]]  # type: ignore[attr-defined]
        for rows in runs_of(tmp_path)
    ]
    # three orders, each received and accepted: in the book, in the history, and in a sentence; then one more
    assert [len(items) for items in listed] == [0, 3 + 6 + 6, 0, 1 + 2 + 2, 0]
    assert len(set(chain.from_iterable(listed))) == 20
    books = [row.body["message"] for row in runs_of(tmp_path)[-1] if row.body.get("type") == "OrderBookResponse"]
    assert len(books) == 3
    assert "orderNumber" not in "".join(map(str, books))
