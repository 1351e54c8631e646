import asyncio
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.support.apart_venue import apart_bench, closing, held
from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import ACCOUNT, Fate
from workstation.desk.commands import AmendPosition, Checked, CheckPosition, Kill, Refused, Sent, SetLock
from workstation.desk.messages import SendStage
from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import PositionAmendRequest
from workstation.domain.order_terms import Side
from workstation.storage.records import RecordKind
from workstation.venues.base import Lamp, NotExpressible, Outgoing, PositionReported


@pytest.fixture
def bench() -> Iterator[DeskBench]:
    one = apart_bench()
    yield one
    one.close()


def amend(stop: str | None = "1.09000", position_id: str = "7", **changes: Any) -> AmendPosition:
    return AmendPosition(
        account=ACCOUNT,
        symbol="EURUSD",
        position_id=position_id,
        gesture="Send in the dialog",
        stop_loss=None if stop is None else Decimal(stop),
        **changes,
    )


def sent(bench: DeskBench, command: AmendPosition) -> ClOrdID:
    answer = bench.ask(command)
    assert isinstance(answer, Sent), answer
    return answer.cl_ord_id


def test_it_is_on_disk_before_it_is_on_the_wire_and_in_force_when_the_venue_shows_it(bench: DeskBench) -> None:
    on_disk: list[list[RecordKind]] = []

    def look(outgoing: Outgoing) -> None:
        on_disk.append(bench.journal.kinds(ClOrdID("P7f3a-1001")))

    bench.connection.before_send = look
    key = sent(bench, amend(take_profit=Decimal("1.2")))
    assert key == "P7f3a-1001"
    assert on_disk == [[RecordKind.INTENT, RecordKind.FRAME_OUT]]
    bench.deliver(1)
    assert bench.stages(key)[-1] is SendStage.RECEIVED, "received is not in force"
    bench.deliver()
    assert bench.stages(key)[-1] is SendStage.ACCEPTED
    assert bench.said("Change P7f3a-1001 of position 7", "in force, as the venue shows (stop loss 1.09000, take profit")
    assert bench.venue.received == [
        PositionAmendRequest(
            cl_ord_id=key,
            account=ACCOUNT,
            symbol="EURUSD",
            position_id="7",
            side=Side.BUY,
            qty=Decimal("1.5"),
            stop_loss=Decimal("1.09000"),
            take_profit=Decimal("1.2"),
            comment="by hand",
        )
    ]
    assert not bench.journal.open_intents()
    kinds = [row.kind for row in bench.journal.rows]
    assert kinds.index(RecordKind.CLICK) < kinds.index(RecordKind.VERDICT) < kinds.index(RecordKind.INTENT)


def test_checking_sends_and_records_nothing(bench: DeskBench) -> None:
    before = len(bench.journal.rows)
    assert bench.ask(CheckPosition(amend=amend())) == Checked(findings=())
    answer = bench.ask(CheckPosition(amend=amend(position_id="9")))
    assert [one.gate for one in answer.findings] == ["position"]
    assert len(bench.journal.rows) == before
    assert bench.venue.received == []


def test_what_the_gates_stop_is_said_and_goes_nowhere(bench: DeskBench) -> None:
    answer = bench.ask(amend(None))
    assert isinstance(answer, Refused)
    assert [one.gate for one in answer.findings] == ["unchanged"]
    assert bench.said("Change of position 7 (EURUSD, Main) not sent.", "Nothing of position 7 would change.")
    assert bench.venue.received == []


@pytest.mark.parametrize("command", [SetLock(locked=True), Kill(gesture="F12")])
def test_neither_lock_nor_kill_lets_it_pass(bench: DeskBench, command: SetLock | Kill) -> None:
    bench.ask(command)
    assert isinstance(bench.ask(amend()), Refused)
    bench.ask(SetLock(locked=True))
    assert bench.venue.received == []


def test_a_second_change_waits_for_the_end_of_the_first(bench: DeskBench) -> None:
    async def twice() -> list[object]:
        first = asyncio.ensure_future(bench.engine.handle(amend("1.09000")))
        second = asyncio.ensure_future(bench.engine.handle(amend("1.08000")))
        return [await first, await second]

    first, second = bench.run(twice())
    assert isinstance(first, Sent)
    assert isinstance(second, Refused)
    assert second.findings[0].gate == "under_way"
    assert len(bench.venue.received) == 1
    bench.deliver()
    sent(bench, amend("1.08000"))


def test_a_position_that_is_being_closed_is_not_changed(bench: DeskBench) -> None:
    bench.place(closing())
    answer = bench.ask(amend())
    assert isinstance(answer, Refused)
    assert answer.findings[0].gate == "under_way"


def test_a_lock_between_disk_and_wire_keeps_it_here(bench: DeskBench) -> None:
    bench.journal.during_commit = lambda: bench.engine._locks.lock(locked=True)
    answer = bench.ask(amend())
    assert isinstance(answer, Refused)
    assert "The desk was locked before it left." in answer.findings[0].text
    assert bench.venue.received == []
    assert not bench.journal.open_intents()
    assert not bench.engine._positions._amendments.of_account(ACCOUNT)


def test_a_close_between_disk_and_wire_keeps_it_here(bench: DeskBench) -> None:
    gone = PositionReported(position=held(net_qty="0"))
    bench.journal.during_commit = lambda: bench.connection.sink(gone)
    answer = bench.ask(amend())
    assert isinstance(answer, Refused)
    assert "The position was closed before it left." in answer.findings[0].text
    assert bench.venue.received == []


def test_what_did_not_leave_is_never_in_doubt(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.NOT_SENT]
    answer = bench.ask(amend())
    assert isinstance(answer, Refused)
    assert "Nothing reached the venue; the old stops stay in force." in answer.findings[0].text
    assert bench.stages(ClOrdID("P7f3a-1001"))[-1] is SendStage.REFUSED
    assert not bench.journal.open_intents()
    assert not bench.said("IN DOUBT")
    assert sent(bench, amend()) == "P7f3a-1002"


def test_a_failing_journal_sends_nothing(bench: DeskBench) -> None:
    bench.journal.failing = True
    answer = bench.ask(amend())
    assert isinstance(answer, Refused)
    assert answer.findings[0].gate == "journal"
    assert bench.venue.received == []
    bench.journal.failing = False
    bench.wait(6)
    sent(bench, amend())


def test_what_the_venue_has_no_words_for_is_refused(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(request: object) -> Outgoing:
        raise NotExpressible("No words.")

    monkeypatch.setattr(bench.connection, "encode", encode)
    answer = bench.ask(amend())
    assert isinstance(answer, Refused)
    assert answer.findings[0].gate == "expressible"


def test_a_link_that_is_down_stops_it_at_the_gate(bench: DeskBench) -> None:
    bench.connection.status(Lamp.RECONNECTING)
    answer = bench.ask(amend())
    assert isinstance(answer, Refused)
    assert answer.findings[0].gate == "connection"


@pytest.mark.parametrize("paced", [SetLock(locked=True), Kill(gesture="F12")])
def test_what_waits_for_its_turn_when_the_desk_is_locked_never_leaves(bench: DeskBench, paced: SetLock | Kill) -> None:
    bench.connection.paces = True

    async def locked_while_waiting() -> object:
        waiting = asyncio.ensure_future(bench.engine.handle(amend()))
        for _ in range(5):
            await asyncio.sleep(0)
        assert len(bench.connection.queue) == 1
        await bench.engine.handle(paced)
        return await waiting

    answer = bench.run(locked_while_waiting())
    assert isinstance(answer, Refused)
    assert bench.venue.received == []
    assert not bench.journal.open_intents()
