"""A venue that says too much, or nonsense, on a link that works: every word kept, no order lost, the desk there."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from tests.support import hostile_venue as deeds
from tests.support.hostile_venue import Deed, HostileVenue, hostile_venue
from tests.support.joined_engine import JoinedEngine, below, joined_engine, saved_profile
from tests.support.moving_clock import MovingClock
from tests.support.qst_bench import ORDER
from workstation.desk.commands import Checked, CheckOrder
from workstation.domain.order_states import OrdStatus
from workstation.simulators.market import Market
from workstation.simulators.serve import SimulatorOptions, running_simulator
from workstation.storage.journal_verify import verify
from workstation.venues.base import Lamp
from workstation.venues.qst.codec import encode_server
from workstation.venues.qst.messages import AccountInformation, NetPosition, OETextNotification, Order

CORN = "ZCZ26"
COUNT = 10_000
Steps = Callable[[JoinedEngine, HostileVenue, Market], Awaitable[None]]


def play(folder: Path, steps: Steps) -> None:
    async def main() -> None:
        clock = MovingClock()
        options = SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0, close_s=0.1)
        async with (
            running_simulator(options, clock) as simulator,
            hostile_venue(simulator.url) as hand,
            joined_engine(folder, *saved_profile(simulator, hand.url), clock) as desk,
        ):
            await desk.live()
            await steps(desk, hand, simulator.market)
        assert verify(folder / "journal.sqlite").fault == ""

    asyncio.run(main())


async def working_order(desk: JoinedEngine, market: Market, ticks: int = 10) -> Order:
    """Place an order, and return the venue's record of it."""
    key = await desk.place(desk.terms(CORN, below(market, CORN, ticks)))
    order = await desk.is_in(key, OrdStatus.NEW)
    assert order.order_id is not None
    return replace(ORDER, order_number=order.order_id, contract=CORN, quantity=Decimal(1), price=order.terms.price)


def test_ten_thousand_orders_are_all_in_the_book_once(tmp_path: Path) -> None:
    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        record = await working_order(desk, market)
        strangers = [replace(record, order_number=str(900_000 + n), entered_by="elsewhere") for n in range(COUNT)]
        flood = asyncio.get_running_loop().create_task(hand.tell(*strangers))
        await desk.until(lambda: len(desk.heard) > 1_000, "the flood has begun")
        answer = await desk.ask(CheckOrder(terms=desk.terms(CORN, below(market, CORN, 20))))
        assert isinstance(answer, Checked), "the desk answers in the middle of it"
        await flood
        mine = await working_order(desk, market, 21)
        numbers = [order.order_id for order in desk.orders().values()]
        assert len(numbers) == len(set(numbers)) == COUNT + 2
        assert mine.order_number in numbers
        assert hand.links == 1

    play(tmp_path, steps)


def test_ten_thousand_repetitions_of_one_order_change_nothing(tmp_path: Path) -> None:
    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        record = await working_order(desk, market)
        shown = len(desk.all_of(type(desk.order(next(iter(desk.orders()))))))
        lines = len(desk.lines())
        await hand.tell(*[replace(record, filled_quantity=Decimal(0))] * COUNT)
        await working_order(desk, market, 21)
        [first, second] = desk.orders().values()
        assert (first.ord_status, second.ord_status) == (OrdStatus.NEW, OrdStatus.NEW)
        assert len([one for one in desk.heard if one == first]) <= 2
        assert len(desk.lines()) < lines + 20
        assert shown > 0

    play(tmp_path, steps)


def test_ten_thousand_texts_are_each_kept_in_their_order(tmp_path: Path) -> None:
    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        texts = [OETextNotification(title="all", body=f"Word {n} of the venue\nAccount #17014") for n in range(COUNT)]
        await hand.tell(*texts)
        await working_order(desk, market)
        said = [int(line.split("Word ")[1].split()[0]) for line in desk.said("Word ", "of the venue")]
        assert said == list(range(COUNT))

    play(tmp_path, steps)


def test_a_flood_of_money_and_positions_ends_at_the_last_word(tmp_path: Path) -> None:
    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        for n in range(0, COUNT, 2):
            await hand.tell(
                NetPosition(account_number="17015", contract=CORN, side="LONG", quantity=Decimal(n), position_id="x"),
                AccountInformation(account_number="17015", currency_code="USD", net_liquidation_value=Decimal(n)),
            )
        await working_order(desk, market)
        held = desk.engine._floor.money.net_qty(desk.account("17015"), CORN)
        assert held == Decimal(COUNT - 2)
        await desk.live()  # while the backlog was worked off the lamp may have said, truly, that the link is slow
        assert not desk.said("reconnecting")

    play(tmp_path, steps)


def test_a_flood_before_the_login_is_answered_is_no_way_in(tmp_path: Path) -> None:
    """The venue speaks of orders before it has let us in: the link is dropped and named, nothing of it is believed."""

    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        record = await working_order(desk, market)

        async def speak(client: ServerConnection, frame: bytes) -> None:
            for n in range(1_000):
                await client.send(encode_server(replace(record, order_number=str(n + 1)), 0))
            await client.send(frame)

        hand.arm("LoginResponse", speak)
        await hand.drop()
        await desk.until(lambda: hand.links == 3 and desk.lamp is Lamp.LIVE, "the third link is live")
        assert desk.said("broke its own protocol", "before the login was answered")
        assert [order.order_id for order in desk.orders().values()] == [record.order_number]

    play(tmp_path, steps)


def _nonsense(record: Order) -> dict[str, Order]:
    """Return reports of our own order that no venue should send."""
    return {
        "more traded than ordered": replace(record, filled_quantity=Decimal(99), status="Partially Filled"),
        "a negative quantity": replace(record, quantity=Decimal(-1)),
        "no side": replace(record, side=""),
        "an unknown state": replace(record, status="Frobnicated"),
        "another account": replace(record, account_number="17015"),
        "no account": replace(record, account_number=""),
        "an unknown account": replace(record, account_number="666"),
        "no number": replace(record, order_number=""),
        "an unknown contract": replace(record, contract="NOPE"),
        "a date before time": replace(record, order_date=-(1 << 62)),
        "no price": replace(record, price=None),
    }


@pytest.mark.parametrize("what", _nonsense(ORDER))
def test_a_report_that_makes_no_sense_loses_no_order(tmp_path: Path, what: str) -> None:
    """After it the book can be asked for again, and then says what is true."""

    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        record = await working_order(desk, market)
        [key] = desk.orders()
        await hand.tell(_nonsense(record)[what])
        probe = await working_order(desk, market, 21)
        assert desk.order(key).ord_status not in (OrdStatus.FILLED, OrdStatus.CANCELED, OrdStatus.NOT_PLACED)
        await hand.drop()
        await desk.until(lambda: hand.links >= 2 and desk.lamp is Lamp.LIVE, "live again")
        working = {order.order_id: order for order in desk.orders().values() if not order.is_closed}
        assert {record.order_number, probe.order_number} <= set(working)

    play(tmp_path, steps)


FRAMES: dict[str, tuple[Deed, str]] = {
    "garbage": (deeds.garbage, "broke its own protocol"),
    "a text frame": (deeds.text, "broke its own protocol"),
    "a truncated report": (deeds.truncated, "broke its own protocol"),
    "a close": (deeds.closed, "with code 1011"),
    "a broken line": (deeds.broken, "without a goodbye"),
    "half a report, then silence": (deeds.half_a_message, "No answer to|was silent"),
    "silence": (deeds.silence, "No answer to|was silent"),
}
"""Silence here is that of the venue: what stands before it still answers pings."""


@pytest.mark.parametrize("at", ["PlaceOrderResponse", "Order"])
@pytest.mark.parametrize("name", FRAMES)
def test_a_link_spoiled_in_the_middle_of_an_order(tmp_path: Path, name: str, at: str) -> None:
    deed, words = FRAMES[name]

    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        hand.arm(at, deed)
        key = await desk.place(desk.terms(CORN, below(market, CORN, 10)))
        await hand.spoiled.wait()
        again: Callable[[], bool] = lambda: hand.links == 2 and desk.lamp is Lamp.LIVE  # noqa: E731
        await (desk.while_time_passes if "silent" in words else desk.until)(again, "the second link is live")
        order = await desk.is_in(key, OrdStatus.NEW)
        assert [str(held.number) for held in market.orders("17014")] == [order.order_id]
        assert len(desk.orders()) == 1
        assert re.search(words, desk.errors() + "\n".join(desk.lines()))

    play(tmp_path, steps)


def test_an_empty_frame_changes_nothing_or_is_named(tmp_path: Path) -> None:
    async def steps(desk: JoinedEngine, hand: HostileVenue, market: Market) -> None:
        await hand.send(b"")
        await desk.until(lambda: desk.said("QST"), "the empty frame is named")
        await desk.live()
        await working_order(desk, market)

    play(tmp_path, steps)
