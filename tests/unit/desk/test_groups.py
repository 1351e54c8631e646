import asyncio
from dataclasses import replace
from typing import Any

import pytest

from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import ACCOUNT, CONNECTION, Fate, limit_terms
from workstation.desk.commands import Refused, SetLock
from workstation.desk.findings import Hardness
from workstation.desk.group_commands import (
    CheckGroup,
    GroupChecked,
    GroupPolicy,
    GroupReceipt,
    LegState,
    PlaceGroup,
)
from workstation.desk.groups import DECIDED_WITHIN_S
from workstation.domain.account import Account
from workstation.domain.connection import Environment
from workstation.domain.identity import AccountKey, OrderID
from workstation.domain.order_requests import NewOrderSingle, OrderCancelRequest
from workstation.domain.orders import OrderTerms
from workstation.storage.records import RecordKind
from workstation.venues.base import AccountsListed, Outgoing

ACCOUNTS = (ACCOUNT, AccountKey(CONNECTION, "17015"), AccountKey(CONNECTION, "17016"))
ALL, STOP = GroupPolicy.SEND_ALL_AND_REPORT, GroupPolicy.STOP_AT_FIRST_REJECT
CHECK, CANCEL = GroupPolicy.CHECK_ALL_FIRST, GroupPolicy.CANCEL_REST_ON_REJECT
A, R, D, N = LegState.ACCEPTED, LegState.REJECTED, LegState.IN_DOUBT, LegState.NOT_SENT
LEGS = tuple(limit_terms(qty=str(qty), account=account) for qty, account in zip((4, 3, 2), ACCOUNTS, strict=True))
BAD = replace(LEGS[1], order_qty=LEGS[1].order_qty + LEGS[1].order_qty / 2)


@pytest.fixture
def three(bench: DeskBench) -> DeskBench:
    listed = tuple(
        Account(key=key, venue="qst", environment=Environment.DEMO, name=name, alias="")
        for key, name in zip(ACCOUNTS, ("Main", "Hedge", "Test"), strict=True)
    )
    bench.connection.sink(AccountsListed(accounts=listed))
    return bench


def command(policy: GroupPolicy, legs: tuple[OrderTerms, ...] = LEGS) -> PlaceGroup:
    return PlaceGroup(legs=legs, policy=policy, gesture="Send in the group dialog", accepted=((),) * len(legs))


def begun(bench: DeskBench, asked: PlaceGroup) -> "asyncio.Task[Any]":
    async def begin() -> "asyncio.Task[Any]":
        return asyncio.get_running_loop().create_task(bench.engine.handle(asked))

    task = bench.run(begin())
    bench.settle()
    return task


def ended(bench: DeskBench, task: "asyncio.Task[Any]") -> Any:
    """Deliver and let time pass until the group has its receipt."""
    for _ in range(6):
        bench.deliver()
        if task.done():
            break
    else:
        bench.clock.advance(DECIDED_WITHIN_S + 1)
        bench.connection.time_out()
        bench.run(bench.engine.tick())
        bench.settle()
        bench.clock.advance(DECIDED_WITHIN_S + 1)
        bench.run(bench.engine.tick())
        bench.settle()

    async def over() -> Any:
        return await task

    return bench.run(over())


def placed(bench: DeskBench, asked: PlaceGroup) -> GroupReceipt:
    receipt = ended(bench, begun(bench, asked))
    assert isinstance(receipt, GroupReceipt), receipt
    return receipt


def states(receipt: GroupReceipt) -> list[LegState]:
    return [leg.state for leg in receipt.legs]


def news(bench: DeskBench) -> list[NewOrderSingle]:
    return [one for one in bench.venue.received if isinstance(one, NewOrderSingle)]


def test_checking_says_per_leg_what_stands_against_it_and_sends_nothing(three: DeskBench) -> None:
    answer = three.ask(CheckGroup(legs=(LEGS[0], BAD, LEGS[2])))
    assert isinstance(answer, GroupChecked)
    assert [[one.hardness for one in leg] for leg in answer.findings] == [[], [Hardness.HARD], []]
    assert three.venue.received == []


@pytest.mark.parametrize("policy", GroupPolicy)
def test_every_leg_goes_to_its_account_with_its_exact_size(three: DeskBench, policy: GroupPolicy) -> None:
    receipt = placed(three, command(policy))
    assert states(receipt) == [A, A, A]
    assert [one.terms for one in news(three)] == list(LEGS)
    assert [leg.terms for leg in receipt.legs] == list(LEGS)
    assert three.said(f"Group {receipt.group_id}, 3 accounts, 9 in all: 3 accepted; 0 traded so far.")


def test_the_group_is_on_disk_before_its_first_leg_leaves(three: DeskBench) -> None:
    seen: list[bool] = []

    def look(_outgoing: Outgoing) -> None:
        durable = three.journal.rows[: three.journal.durable]
        seen.append(any(row.body.get("action") == "PLACE_GROUP" for row in durable))

    three.connection.before_send = look
    receipt = placed(three, command(ALL))
    assert seen == [True] * 3
    (group,) = [row for row in three.journal.rows if row.body.get("action") == "PLACE_GROUP"]
    assert (group.body["group"], group.body["policy"], len(group.body["legs"])) == (  # type: ignore[arg-type]
        receipt.group_id,
        "SEND_ALL_AND_REPORT",
        3,
    )
    gestures = [row.body["gesture"] for row in three.journal.rows if row.kind is RecordKind.CLICK][-3:]
    assert gestures == [f"Send in the group dialog, {receipt.group_id} leg {leg} of 3" for leg in (1, 2, 3)]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_check_all_first_sends_nothing_when_one_leg_does_not_pass(three: DeskBench, place: int) -> None:
    legs = tuple(BAD if leg == place else one for leg, one in enumerate(LEGS))
    legs = tuple(replace(one, account=account) for one, account in zip(legs, ACCOUNTS, strict=True))
    answer = three.ask(command(CHECK, legs))
    assert isinstance(answer, Refused)
    assert answer.findings[0].text.startswith(("Main: ", "Hedge: ", "Test: ")[place])
    assert three.venue.received == []
    assert three.said("Group order for 3 accounts: nothing was sent.")


@pytest.mark.parametrize(
    ("policy", "expected", "reached"),
    [
        (CHECK, [A, R, A], 3),
        (ALL, [A, R, A], 3),
        (STOP, [A, R, N], 2),
        (CANCEL, [LegState.CANCEL_SENT, R, LegState.CANCEL_SENT], 3),
    ],
)
def test_each_policy_when_the_venue_refuses_a_leg(
    three: DeskBench, policy: GroupPolicy, expected: list[LegState], reached: int
) -> None:
    three.connection.fates = [Fate.ARRIVES, Fate.REFUSED]
    receipt = placed(three, command(policy))
    assert states(receipt) == expected
    assert len(news(three)) == reached
    assert "No margin." in receipt.legs[1].text
    working = [order.terms.account for order in three.floor.book.open_orders()]
    assert (
        working
        == {
            CHECK: [ACCOUNTS[0], ACCOUNTS[2]],
            ALL: [ACCOUNTS[0], ACCOUNTS[2]],
            STOP: [ACCOUNTS[0]],
            CANCEL: [],
        }[policy]
    )


@pytest.mark.parametrize(
    ("policy", "expected"),
    [(ALL, [A, N, A]), (STOP, [A, N, N]), (CANCEL, [LegState.CANCEL_SENT, N, N])],
)
def test_each_policy_when_the_desk_itself_refuses_a_leg(
    three: DeskBench, policy: GroupPolicy, expected: list[LegState]
) -> None:
    receipt = placed(three, command(policy, (LEGS[0], BAD, LEGS[2])))
    assert states(receipt) == expected
    assert "not a multiple of the lot" in receipt.legs[1].text


def test_a_leg_without_an_answer_stops_a_group_that_waits_for_each(three: DeskBench) -> None:
    three.connection.fates = [Fate.LOST_ON_THE_WAY]
    receipt = placed(three, command(STOP))
    assert states(receipt)[0] in (D, LegState.WAITING)
    assert states(receipt)[1:] == [N, N]


def test_a_leg_in_doubt_is_no_reject_and_cancels_nothing(three: DeskBench) -> None:
    three.connection.fates = [Fate.ARRIVES, Fate.LOST_ON_THE_WAY]
    task = begun(three, command(CANCEL))
    three.deliver()
    three.connection.time_out()
    three.settle()
    receipt = ended(three, task)
    assert states(receipt) == [A, D, A]
    assert not [one for one in three.venue.received if isinstance(one, OrderCancelRequest)]


def test_a_leg_that_traded_stays_traded_and_says_so(three: DeskBench) -> None:
    three.connection.fates = [Fate.ARRIVES, Fate.ARRIVES, Fate.REFUSED]
    task = begun(three, command(CANCEL))
    filled = three.venue.fill(OrderID("115001"), "4")
    three.connection.waiting.append(filled.report())
    receipt = ended(three, task)
    assert (receipt.legs[0].state, receipt.legs[0].cum_qty) == (A, 4)
    assert receipt.legs[0].text.startswith("filled")
    assert states(receipt)[1:] == [LegState.CANCEL_SENT, R]
    assert "4 traded so far" in receipt.text


def test_nothing_leaves_when_the_group_cannot_be_written(three: DeskBench) -> None:
    three.journal.failing = True
    answer = three.ask(command(ALL))
    assert isinstance(answer, Refused)
    assert answer.findings[0].gate == "journal"
    assert three.venue.received == []


@pytest.mark.parametrize(("legs", "why"), [((), "no legs"), ((LEGS[0], LEGS[0]), "twice")])
def test_a_group_that_is_none_is_refused(three: DeskBench, legs: tuple[OrderTerms, ...], why: str) -> None:
    answer = three.ask(command(ALL, legs))
    assert isinstance(answer, Refused)
    assert why in answer.findings[0].text


def test_a_lock_stops_every_leg(three: DeskBench) -> None:
    three.ask(SetLock(locked=True))
    receipt = placed(three, command(ALL))
    assert states(receipt) == [N, N, N]
    assert three.venue.received == []


def test_group_numbers_never_repeat(three: DeskBench) -> None:
    first = placed(three, command(ALL))
    three.clock.advance(60)
    second = placed(three, command(ALL))
    assert first.group_id != second.group_id
    assert second.spread_ns > 0
