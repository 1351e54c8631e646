from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import Fate, limit_terms
from workstation.desk.commands import (
    BrokersWord,
    Done,
    Doubt,
    QueryOrder,
    ReadDoubt,
    Refused,
    ReplaceOrder,
    SettleByHand,
)
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import SettledByHand
from workstation.storage.records import RecordKind

HAND = "Settle by hand in the dialog"


def unseen(bench: DeskBench) -> ClOrdID:
    """Lose a placement, with a position that nobody can explain, so that no book settles it."""
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    bench.connection.time_out()
    bench.venue.net_qty = Decimal(3)
    return key


def vanished(bench: DeskBench) -> ClOrdID:
    """Let an order that had a number vanish from the complete book."""
    key = bench.place()
    bench.deliver()
    bench.clock.advance(1)
    bench.venue.orders.clear()
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    return key


def asked_twice(bench: DeskBench) -> None:
    for _ in range(2):
        bench.wait(6)


def settle(bench: DeskBench, key: ClOrdID, said: BrokersWord, **more: Any) -> Done | Refused:
    command = SettleByHand(cl_ord_id=key, said=said, typed=more.pop("typed", key), gesture=HAND, **more)
    answer = bench.ask(command)
    assert isinstance(answer, Done | Refused)
    return answer


def refusal(answer: Done | Refused) -> str:
    assert isinstance(answer, Refused), answer
    return answer.findings[0].text


def doubt(bench: DeskBench, key: ClOrdID) -> Doubt:
    answer = bench.ask(ReadDoubt(cl_ord_id=key))
    assert isinstance(answer, Doubt)
    return answer


def test_it_is_left_to_the_books_until_they_were_asked_twice(bench: DeskBench) -> None:
    key = unseen(bench)
    for count in range(2):
        assert f"asked about it {count} of 2 times" in doubt(bench, key).obstacle
        assert f"{count} of 2 times" in refusal(settle(bench, key, BrokersWord.NEVER_PLACED))
        assert isinstance(bench.ask(QueryOrder(cl_ord_id=key)), Done)
    assert doubt(bench, key).obstacle == ""
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_what_is_known_and_what_is_missing_is_said(bench: DeskBench) -> None:
    key = unseen(bench)
    assert "No complete book" in doubt(bench, key).missing
    bench.wait(2)
    assert "does not show it, which alone proves nothing" in doubt(bench, key).missing
    asked_twice(bench)
    known = doubt(bench, key)
    assert (known.asked, known.books) == (2, 2)
    assert "the position in ZCZ26 is 3 where our trades make 0" in known.missing
    assert known.words == tuple(BrokersWord)
    assert known.suggested is None


def test_a_numbered_order_cannot_have_been_never_placed(bench: DeskBench) -> None:
    key = vanished(bench)
    asked_twice(bench)
    assert BrokersWord.NEVER_PLACED not in doubt(bench, key).words
    assert "does not say how number 115001 ended" in doubt(bench, key).missing
    assert "so it was placed" in refusal(settle(bench, key, BrokersWord.NEVER_PLACED))


@pytest.mark.parametrize(
    ("said", "more", "status", "cum_qty"),
    [
        (BrokersWord.TRADED, {"cum_qty": Decimal(5), "avg_px": Decimal("588.25")}, OrdStatus.FILLED, 5),
        (BrokersWord.TRADED, {"cum_qty": Decimal(2), "avg_px": Decimal("588.25")}, OrdStatus.CANCELED, 2),
        (BrokersWord.CANCELED, {}, OrdStatus.CANCELED, 0),
        (BrokersWord.EXPIRED, {}, OrdStatus.EXPIRED, 0),
        (BrokersWord.NEVER_PLACED, {}, OrdStatus.NOT_PLACED, 0),
    ],
)
def test_the_brokers_word_closes_it_and_sends_nothing(
    bench: DeskBench, said: BrokersWord, more: dict[str, Decimal], status: OrdStatus, cum_qty: int
) -> None:
    key = unseen(bench)
    asked_twice(bench)
    sent = len(bench.venue.received)
    assert isinstance(settle(bench, key, said, **more), Done)
    order = bench.order(key)
    assert (order.ord_status, order.cum_qty, order.avg_px) == (status, cum_qty, more.get("avg_px"))
    assert order.by_hand == SettledByHand(cum_qty=Decimal(0), avg_px=None)
    assert order.text.startswith("Settled by hand: you said that the broker reports:")
    assert bench.said(f"Order {key}", "was settled by hand", "has not confirmed it")
    assert bench.executions() == [], "the trader's word is no trade of the venue's"
    assert len(bench.venue.received) == sent


def test_it_is_in_the_journal_as_the_traders_word(bench: DeskBench) -> None:
    key = unseen(bench)
    asked_twice(bench)
    settle(bench, key, BrokersWord.TRADED, cum_qty=Decimal(5), avg_px=Decimal("588.25"))
    (click,) = [
        row
        for row in bench.journal.read_order(key)
        if row.kind is RecordKind.CLICK and row.body["action"] == "SETTLE_BY_HAND"
    ]
    assert (click.body["said"], click.body["cum_qty"], click.body["avg_px"]) == ("TRADED", "5", "588.25")
    assert (click.body["typed"], click.body["gesture"]) == (key, HAND)


@pytest.mark.parametrize(
    ("said", "more", "why"),
    [
        (BrokersWord.CANCELED, {"typed": "W9"}, "key was not typed"),
        (BrokersWord.TRADED, {}, "Say how much"),
        (BrokersWord.TRADED, {"cum_qty": Decimal(5)}, "average price"),
        (BrokersWord.TRADED, {"cum_qty": Decimal(6), "avg_px": Decimal(1)}, "Not more than 5"),
        (BrokersWord.NEVER_PLACED, {"cum_qty": Decimal(1), "avg_px": Decimal(1)}, "cannot have traded"),
    ],
)
def test_what_cannot_be_is_refused(bench: DeskBench, said: BrokersWord, more: dict[str, Any], why: str) -> None:
    key = unseen(bench)
    asked_twice(bench)
    assert why in refusal(settle(bench, key, said, **more))
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_no_less_than_the_venue_has_reported(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.sink(bench.venue.fill(OrderID("115001"), "2").report())
    bench.clock.advance(1)
    bench.venue.orders.clear()
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    asked_twice(bench)
    assert "reported 2 traded" in refusal(settle(bench, key, BrokersWord.TRADED, cum_qty=Decimal(1)))
    settle(bench, key, BrokersWord.CANCELED)
    assert (bench.order(key).cum_qty, bench.order(key).avg_px) == (2, Decimal("588.75"))


def test_only_an_order_in_doubt_can_be_settled(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    assert "not in doubt" in refusal(settle(bench, key, BrokersWord.CANCELED))
    assert "no order W9" in refusal(settle(bench, ClOrdID("W9"), BrokersWord.CANCELED))
    assert isinstance(bench.ask(ReadDoubt(cl_ord_id=ClOrdID("W9"))), Refused)


def test_a_journal_that_cannot_be_written_leaves_it_in_doubt(bench: DeskBench) -> None:
    key = unseen(bench)
    asked_twice(bench)
    bench.journal.failing = True
    bench.connection.fates = [Fate.NOT_SENT]
    bench.refuse(limit_terms(price="580"))
    assert "journal" in refusal(settle(bench, key, BrokersWord.CANCELED))
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_a_later_report_of_the_venue_wins(bench: DeskBench) -> None:
    key = vanished(bench)
    asked_twice(bench)
    settle(bench, key, BrokersWord.TRADED, cum_qty=Decimal(5), avg_px=Decimal(600))
    entered = bench.venue.enter(limit_terms())
    late = replace(bench.venue.fill(entered.order_id, "2").report(), order_id=OrderID("115001"))
    bench.connection.sink(late)
    order = bench.order(key)
    assert (order.ord_status, order.cum_qty, order.avg_px) == (OrdStatus.PARTIALLY_FILLED, 2, Decimal("588.75"))
    assert order.by_hand is None
    assert [(one.last_qty, one.last_px) for one in bench.executions()] == [(2, Decimal("588.75"))]
    assert bench.said("no longer in doubt", "counts before what was settled by hand")


def overfilled(bench: DeskBench) -> ClOrdID:
    """Let the venue report more traded than ordered, in every book."""
    key = bench.place()
    bench.deliver()
    bench.venue.orders[OrderID("115001")].cum_qty = Decimal(6)
    asked_twice(bench)
    bench.ask(QueryOrder(cl_ord_id=key))
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    asked_twice(bench)
    return key


@pytest.mark.parametrize("restarts", [False, True])
def test_to_hear_the_same_again_does_not_undo_the_traders_word(bench: DeskBench, restarts: bool) -> None:
    key = overfilled(bench)
    assert isinstance(settle(bench, key, BrokersWord.CANCELED), Done)
    if restarts:
        bench.restart()
    for _ in range(2):
        bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert bench.order(key).ord_status is OrdStatus.CANCELED
    assert bench.order(key).by_hand is not None


@pytest.mark.parametrize("traded", ["4", "7"])
def test_news_undoes_it_still(bench: DeskBench, traded: str) -> None:
    key = overfilled(bench)
    settle(bench, key, BrokersWord.CANCELED)
    bench.venue.orders[OrderID("115001")].cum_qty = Decimal(traded)
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert bench.order(key).by_hand is None
    assert bench.order(key).ord_status is (OrdStatus.PARTIALLY_FILLED if traded == "4" else OrdStatus.IN_DOUBT)


def test_a_nameless_order_is_still_known_when_the_venue_shows_it_late(bench: DeskBench) -> None:
    key = unseen(bench)
    late = bench.venue.enter(limit_terms())
    bench.venue.orders.clear()
    asked_twice(bench)
    settle(bench, key, BrokersWord.CANCELED)
    bench.connection.sink(late.report())
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.NEW, "115001")


def test_it_stays_settled_and_undoable_over_a_restart(bench: DeskBench) -> None:
    key = vanished(bench)
    asked_twice(bench)
    settle(bench, key, BrokersWord.CANCELED)
    bench.restart()
    assert bench.order(key).ord_status is OrdStatus.CANCELED
    entered = bench.venue.enter(limit_terms())
    bench.connection.sink(replace(entered.report(), order_id=OrderID("115001")))
    assert bench.order(key).ord_status is OrdStatus.NEW


def test_an_unconfirmed_change_may_be_what_traded(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(qty="8"), gesture=GESTURE))
    bench.connection.time_out()
    asked = bench.connection.reloads
    for _ in range(2):
        bench.ask(QueryOrder(cl_ord_id=key))
    assert bench.connection.reloads == asked + 2
    settle(bench, key, BrokersWord.TRADED, cum_qty=Decimal(8), avg_px=Decimal(588))
    assert (bench.order(key).ord_status, bench.order(key).terms.order_qty) == (OrdStatus.FILLED, 8)
    assert bench.order(key).pending_terms is None


def test_a_day_order_of_an_earlier_day_that_vanished_has_probably_expired(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.clock.advance(20 * 3600)
    bench.venue.orders.clear()
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert doubt(bench, key).suggested is None, "no book has come since it fell into doubt"
    asked_twice(bench)
    assert doubt(bench, key).suggested is BrokersWord.EXPIRED
