from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import ACCOUNT, CONNECTION, limit_terms
from workstation.desk.attribution import CLOCK_TOLERANCE_NS, Purpose, Unresolved
from workstation.desk.evidence import APART_NS, Evidence
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_terms import Side
from workstation.venues.base import ActivityItem, Lamp

Build = Callable[..., Unresolved]


@pytest.fixture
def unresolved(bench: DeskBench) -> Build:
    def build(*absent_after_ns: int, answered: bool = True, **changes: object) -> Unresolved:
        sent_ns = bench.clock.now_ns()
        one = Unresolved(
            cl_ord_id=ClOrdID("W1"),
            purpose=Purpose.NEW,
            terms=limit_terms(),
            sent_ns=sent_ns,
            answered_ns=sent_ns + 1 if answered else 0,
            net_qty=Decimal(0),
            traded_qty=Decimal(0),
            absent_ns=[sent_ns + after_ns for after_ns in absent_after_ns],
        )
        for name, value in changes.items():
            setattr(one, name, value)
        return one

    return build


@pytest.mark.parametrize(
    ("absent_after_ns", "proved"),
    [((), False), ((10,), False), ((10, 9 + APART_NS), False), ((10, 10 + APART_NS), True)],
)
def test_within_one_session_two_books_five_seconds_apart_are_proof(
    bench: DeskBench, unresolved: Build, absent_after_ns: tuple[int, ...], proved: bool
) -> None:
    assert bool(Evidence(bench.floor).proof_of_absence(unresolved(*absent_after_ns))) is proved


def test_nothing_is_proved_while_an_answer_may_still_come(bench: DeskBench, unresolved: Build) -> None:
    waiting = unresolved(10, 10 + APART_NS, answered=False)
    assert Evidence(bench.floor).proof_of_absence(waiting) == ""


def test_a_book_older_than_the_answer_proves_nothing(bench: DeskBench, unresolved: Build) -> None:
    one = unresolved(10, 10 + APART_NS)
    one.answered_ns = one.absent_ns[-1] + 1
    assert Evidence(bench.floor).proof_of_absence(one) == ""


def test_after_a_lost_link_one_book_is_proof_once_the_connection_is_live(bench: DeskBench, unresolved: Build) -> None:
    evidence = Evidence(bench.floor)
    one = unresolved()
    evidence.link_lost(CONNECTION)
    bench.clock.advance(5)
    one.absent_ns.append(bench.clock.now_ns())
    assert "loaded after a fresh login" in evidence.proof_of_absence(one)
    bench.connection.status(Lamp.SYNCING)
    assert evidence.proof_of_absence(one) == ""


def test_a_fresh_login_right_after_the_send_proves_nothing_yet(bench: DeskBench, unresolved: Build) -> None:
    evidence = Evidence(bench.floor)
    one = unresolved()
    evidence.link_lost(CONNECTION)
    one.absent_ns.append(one.sent_ns + APART_NS - 1)
    assert evidence.proof_of_absence(one) == "", "the venue may still read it"
    one.absent_ns.append(one.sent_ns + APART_NS)
    assert "loaded after a fresh login" in evidence.proof_of_absence(one)


def test_a_book_from_before_the_link_was_lost_is_no_fresh_one(bench: DeskBench, unresolved: Build) -> None:
    evidence = Evidence(bench.floor)
    one = unresolved(10)
    bench.clock.advance(1)
    evidence.link_lost(CONNECTION)
    assert evidence.proof_of_absence(one) == ""


def test_nothing_speaks_against_an_order_that_left_no_trace(bench: DeskBench, unresolved: Build) -> None:
    assert Evidence(bench.floor).against(unresolved()) == ""


@pytest.mark.parametrize(("price", "against"), [("588.75", True), ("589", False)])
def test_an_order_of_the_same_looks_speaks_against_whoever_entered_it(
    bench: DeskBench, unresolved: Build, price: str, against: bool
) -> None:
    one = unresolved()
    bench.connection.sink(bench.venue.enter(limit_terms(price=price), by_us=False).report())
    assert ("order number 115001 looks the same" in Evidence(bench.floor).against(one)) is against


def test_an_order_of_the_same_looks_that_was_seen_before_the_send_is_another(
    bench: DeskBench, unresolved: Build
) -> None:
    bench.connection.sink(bench.venue.enter(limit_terms(), by_us=False).report())
    assert Evidence(bench.floor).against(unresolved()) == ""


@pytest.mark.parametrize(
    ("number", "after_ns", "against"),
    [("115009", 0, True), ("115009", -CLOCK_TOLERANCE_NS - 1, False), ("115001", 0, False), (None, 0, False)],
)
def test_a_number_in_the_venues_history_that_no_book_holds_speaks_against(
    bench: DeskBench, unresolved: Build, number: str | None, after_ns: int, against: bool
) -> None:
    bench.connection.sink(bench.venue.enter(limit_terms(price="600"), by_us=False).report())
    one, evidence = unresolved(), Evidence(bench.floor)
    item = ActivityItem(
        key="1",
        account=ACCOUNT,
        text="Filled.",
        transact_time_ns=one.sent_ns + after_ns,
        order_id=None if number is None else OrderID(number),
    )
    evidence.take_history(ACCOUNT, (item,))
    assert bool(evidence.against(one)) is against


def test_a_position_speaks_against_unless_our_trades_explain_it(bench: DeskBench, unresolved: Build) -> None:
    evidence, one = Evidence(bench.floor), unresolved()
    bench.place(limit_terms(qty="2", price="580", side=Side.SELL))
    bench.deliver()
    bench.connection.sink(bench.venue.fill(OrderID("115001"), "2").report())
    bench.floor.money.take_position(Position(key=ACCOUNT, symbol="ZCZ26", net_qty=Decimal(-2)))
    assert evidence.against(one) == "", "the sale explains it"
    bench.floor.money.take_position(Position(key=ACCOUNT, symbol="ZCZ26", net_qty=Decimal(3)))
    assert "the position in ZCZ26 is 3 where our trades make -2" in evidence.against(one)


def test_an_unknown_position_and_a_change_say_nothing(bench: DeskBench, unresolved: Build) -> None:
    bench.floor.money.take_position(Position(key=ACCOUNT, symbol="ZCZ26", net_qty=Decimal(3)))
    evidence = Evidence(bench.floor)
    assert evidence.against(unresolved()) != ""
    assert evidence.against(unresolved(net_qty=None)) == ""
    assert evidence.against(unresolved(purpose=Purpose.REPLACE)) == ""
