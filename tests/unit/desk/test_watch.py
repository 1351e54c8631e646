from dataclasses import replace

from tests.support.fake_clock import FakeClock
from tests.support.fake_venue import ACCOUNT, limit_terms
from workstation.desk.watch import Watch
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order

DOUBTFUL = Order(cl_ord_id=ClOrdID("W1"), terms=limit_terms(), ord_status=OrdStatus.IN_DOUBT)


def asked_at(watch: Watch, clock: FakeClock, seconds: int) -> list[int]:
    asked = []
    for second in range(1, seconds + 1):
        clock.advance(1)
        if watch.due_accounts() == (ACCOUNT,):
            asked.append(second)
    return asked


def test_an_order_in_doubt_is_asked_about_after_2_5_15_and_then_every_30_seconds() -> None:
    clock = FakeClock()
    watch = Watch(clock)
    watch.note(DOUBTFUL)
    assert asked_at(watch, clock, 80) == [2, 5, 15, 45, 75]


def test_a_waiting_order_is_asked_about_from_5_seconds_on() -> None:
    clock = FakeClock()
    watch = Watch(clock)
    watch.note(replace(DOUBTFUL, ord_status=OrdStatus.PENDING_CANCEL))
    assert asked_at(watch, clock, 50) == [5, 15, 45]


def test_a_settled_order_is_left_alone() -> None:
    clock = FakeClock()
    watch = Watch(clock)
    watch.note(DOUBTFUL)
    watch.note(replace(DOUBTFUL, ord_status=OrdStatus.NEW))
    assert len(watch) == 0
    assert asked_at(watch, clock, 60) == []


def test_repeated_news_of_the_same_state_do_not_start_the_schedule_again() -> None:
    clock = FakeClock()
    watch = Watch(clock)
    watch.note(DOUBTFUL)
    clock.advance(1.5)
    watch.note(replace(DOUBTFUL, text="again"))
    clock.advance(1)
    assert watch.due_accounts() == (ACCOUNT,)


def test_news_that_only_books_confirm_hurry_the_question() -> None:
    clock = FakeClock()
    watch = Watch(clock)
    watch.hurry(replace(DOUBTFUL, ord_status=OrdStatus.NEW))
    watch.hurry(DOUBTFUL)
    assert watch.due_accounts() == (ACCOUNT,)
    assert watch.due_accounts() == (), "once"


def test_two_orders_of_one_account_are_one_question() -> None:
    clock = FakeClock()
    watch = Watch(clock)
    watch.note(DOUBTFUL)
    watch.note(replace(DOUBTFUL, cl_ord_id=ClOrdID("W2")))
    clock.advance(3)
    assert watch.due_accounts() == (ACCOUNT,)
