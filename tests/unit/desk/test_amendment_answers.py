from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.apart_venue import apart_bench, held
from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import ACCOUNT, Fate
from workstation.desk.commands import AmendPosition, Disconnect, Sent
from workstation.desk.history import history_of
from workstation.desk.messages import SendStage
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID
from workstation.storage.records import RecordKind
from workstation.venues.base import Outcome, PositionReported, RequestAnswered

KEY = ClOrdID("P7f3a-1001")
STOP = Decimal("1.09000")


@pytest.fixture
def bench() -> Iterator[DeskBench]:
    one = apart_bench()
    yield one
    one.close()


def amend(bench: DeskBench, *fates: Fate) -> None:
    bench.connection.fates = list(fates)
    answer = bench.ask(AmendPosition(account=ACCOUNT, symbol="EURUSD", position_id="7", gesture="Send", stop_loss=STOP))
    assert isinstance(answer, Sent), answer
    assert answer.cl_ord_id == KEY


def tell(bench: DeskBench, position: Position) -> None:
    async def one_event() -> None:
        bench.connection.sink(PositionReported(position=position))

    bench.run(one_event())


def last(bench: DeskBench) -> SendStage:
    return bench.stages(KEY)[-1]


def test_a_refusal_leaves_the_old_stops_and_says_so(bench: DeskBench) -> None:
    amend(bench, Fate.REFUSED)
    bench.deliver()
    assert last(bench) is SendStage.REFUSED
    assert bench.said("Change P7f3a-1001 of position 7", "refused: No margin. The old stops stay in force.")


def test_no_answer_is_in_doubt_until_the_books_show_what_is_in_force(bench: DeskBench) -> None:
    amend(bench, Fate.ANSWER_LOST)
    bench.connection.time_out()
    assert last(bench) is SendStage.IN_DOUBT
    assert bench.said("IN DOUBT (stop loss 1.09000, no take profit)", "The old stops or the new ones may be in force.")
    bench.wait(3)
    assert last(bench) is SendStage.ACCEPTED
    assert bench.said("no longer in doubt: in force, as the venue shows (stop loss 1.09000")
    assert len(bench.venue.received) == 1, "nothing is sent again"


def test_a_request_that_was_lost_is_settled_as_not_in_force(bench: DeskBench) -> None:
    amend(bench, Fate.LOST_ON_THE_WAY)
    bench.connection.time_out()
    bench.wait(3)
    tell(bench, held(open_pnl=Decimal(3)))
    assert last(bench) is SendStage.IN_DOUBT, "the venue may still be about to do it"
    bench.wait(5)
    assert last(bench) is SendStage.REFUSED
    assert bench.said("not in force: the venue shows no stop loss, no take profit.")
    assert bench.venue.received == []


def test_a_link_that_is_back_at_once_does_not_prove_that_it_is_not_in_force(bench: DeskBench) -> None:
    amend(bench, Fate.LOST_ON_THE_WAY)
    bench.connection.drop()
    bench.connection.log_in()
    assert last(bench) is SendStage.IN_DOUBT
    bench.venue.positions["7"] = held(stop_loss=STOP)  # it was in the venue's socket, and is done a moment later
    bench.wait(2)
    assert last(bench) is SendStage.ACCEPTED


def test_received_is_not_in_force_and_an_older_state_in_the_stream_settles_nothing(bench: DeskBench) -> None:
    amend(bench)
    bench.deliver(1)
    tell(bench, held(open_pnl=Decimal(3)))
    assert last(bench) is SendStage.RECEIVED
    bench.connection.waiting = []
    bench.venue.positions["7"] = held()  # the venue forgot it
    bench.wait(6)
    assert last(bench) is SendStage.REFUSED
    assert bench.said("not in force: the venue shows no stop loss")


def test_an_answer_that_comes_after_the_position_showed_it_settles_at_once(bench: DeskBench) -> None:
    amend(bench)
    answer, report = bench.connection.waiting
    bench.connection.waiting = [report, answer]
    bench.deliver(1)
    assert last(bench) is SendStage.ON_THE_WIRE
    bench.deliver()
    assert last(bench) is SendStage.ACCEPTED


def test_a_position_that_closed_meanwhile_ends_it(bench: DeskBench) -> None:
    amend(bench)
    bench.deliver(1)
    tell(bench, held(net_qty="0"))
    assert last(bench) is SendStage.REFUSED
    assert bench.said("the position is closed, so no stop of it is in force any more.")


def test_a_position_that_the_books_no_longer_hold_ends_it_too(bench: DeskBench) -> None:
    amend(bench, Fate.LOST_ON_THE_WAY)
    bench.connection.time_out()
    bench.venue.positions.pop("7")
    bench.wait(3)
    assert last(bench) is SendStage.REFUSED
    assert bench.said("the position is closed")


def test_a_refusal_after_received_counts_and_later_words_change_nothing(bench: DeskBench) -> None:
    amend(bench)
    bench.deliver(1)
    request = bench.venue.received[0]
    bench.connection.waiting = [
        RequestAnswered(request=request, outcome=Outcome.REFUSED, text="Too near."),
        RequestAnswered(request=request, outcome=Outcome.UNKNOWN),
    ]
    bench.deliver()
    assert last(bench) is SendStage.REFUSED
    assert not bench.said("IN DOUBT")


def test_a_lost_link_is_doubt_and_the_next_login_settles_it(bench: DeskBench) -> None:
    amend(bench, Fate.ANSWER_LOST)
    bench.connection.drop()
    assert last(bench) is SendStage.IN_DOUBT
    bench.connection.log_in()
    assert last(bench) is SendStage.ACCEPTED


def test_a_connection_that_is_switched_off_owes_no_answer_any_more(bench: DeskBench) -> None:
    amend(bench, Fate.LOST_ON_THE_WAY)
    bench.ask(Disconnect(connection_id=ACCOUNT.connection_id))
    assert last(bench) is SendStage.IN_DOUBT


@pytest.mark.parametrize("fate", [Fate.ARRIVES, Fate.ANSWER_LOST, Fate.LOST_ON_THE_WAY])
def test_a_change_without_an_end_is_told_at_every_start_until_it_has_one(bench: DeskBench, fate: Fate) -> None:
    amend(bench, fate)
    if fate is Fate.ARRIVES:
        bench.deliver(1)  # received, and no more is heard
    else:
        bench.connection.time_out()
    for _ in range(2):
        bench.end_orderly()
        bench.start(log_in=False)
        assert bench.said("Change P7f3a-1001 of position 7", "IN DOUBT (stop loss", "The program ended before")
    bench.clock.advance(5)
    bench.connection.log_in()
    assert bench.said("not in force" if fate is Fate.LOST_ON_THE_WAY else "no longer in doubt: in force")
    bench.end_orderly()
    bench.start()
    assert not bench.said("P7f3a-1001"), "it has its end"


@pytest.mark.parametrize(
    ("fate", "words"),
    [(Fate.ANSWER_LOST, "no longer in doubt: in force"), (Fate.LOST_ON_THE_WAY, "not in force: the venue shows")],
)
def test_after_a_crash_it_is_told_at_the_start_and_the_first_books_settle_it(
    bench: DeskBench, fate: Fate, words: str
) -> None:
    amend(bench, fate)
    reached = len(bench.venue.received)
    bench.restart(log_in=False)
    assert bench.said("Change P7f3a-1001 of position 7", "IN DOUBT (stop loss", "The program ended before")
    bench.clock.advance(5)
    bench.connection.log_in()
    assert bench.said(words)
    assert not bench.journal.open_intents()
    assert len(bench.venue.received) == reached
    bench.restart()
    assert not bench.said("P7f3a-1001"), "it is told once"


def test_a_crash_between_disk_and_wire_is_told_too(bench: DeskBench) -> None:
    def die(_outgoing: object) -> None:
        raise SystemError

    bench.connection.before_send = die
    with pytest.raises(SystemError):
        bench.ask(AmendPosition(account=ACCOUNT, symbol="EURUSD", position_id="7", gesture="Send", stop_loss=STOP))
    bench.crash()
    bench.clock.advance(5)
    bench.start()
    assert bench.said("not in force: the venue shows no stop loss")
    assert bench.venue.received == []


def test_an_unreadable_intent_is_named(bench: DeskBench) -> None:
    amend(bench, Fate.LOST_ON_THE_WAY)
    bench.crash()
    (row,) = [row for row in bench.journal.rows if row.kind is RecordKind.INTENT]
    row.body["amendment"] = {}  # type: ignore[index]
    bench.start()
    assert bench.said("P7f3a-1001", "cannot be read", "Compare with the broker.")


def test_its_timeline_reads_like_an_orders(bench: DeskBench) -> None:
    amend(bench)
    bench.deliver()
    titles = [entry.title for entry in history_of(KEY, bench.journal.read_order(KEY)).entries]
    assert titles[0].startswith("Written to disk before sending: change of the position")
    assert any("received the change of the position" in title for title in titles)
