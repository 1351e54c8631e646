import pytest

from tests.support.fake_clock import FakeClock
from workstation.desk.messages import EngineMessage, SendProgress, SendStage
from workstation.desk.progress import Progress
from workstation.domain.identity import ClOrdID

KEY = ClOrdID("W1001")


def told(*stages: SendStage) -> list[str]:
    published: list[EngineMessage] = []
    progress = Progress(published.append, FakeClock())
    progress.begin(KEY)
    for stage in stages:
        progress.reach(KEY, stage, "words")
    return [one.stage.value for one in published if isinstance(one, SendProgress)]


def test_stages_are_told_in_order_and_once() -> None:
    stages = [SendStage.ON_THE_WIRE, SendStage.ON_THE_WIRE, SendStage.RECEIVED, SendStage.ACCEPTED, SendStage.ACCEPTED]
    assert told(*stages) == ["JOURNALED", "ON_THE_WIRE", "RECEIVED", "ACCEPTED"]


def test_a_stage_is_never_taken_back() -> None:
    assert told(SendStage.RECEIVED, SendStage.ON_THE_WIRE) == ["JOURNALED", "RECEIVED"]
    assert told(SendStage.IN_DOUBT, SendStage.RECEIVED) == ["JOURNALED", "IN_DOUBT"]


@pytest.mark.parametrize("end", [SendStage.ACCEPTED, SendStage.REFUSED])
def test_an_end_is_an_end_even_out_of_doubt(end: SendStage) -> None:
    other = SendStage.REFUSED if end is SendStage.ACCEPTED else SendStage.ACCEPTED
    assert told(SendStage.IN_DOUBT, end, other) == ["JOURNALED", "IN_DOUBT", end.value]


def test_nothing_is_told_of_a_request_that_was_never_begun() -> None:
    published: list[EngineMessage] = []
    Progress(published.append, FakeClock()).reach(KEY, SendStage.RECEIVED)
    assert published == []


def test_the_next_request_of_an_order_begins_anew() -> None:
    published: list[EngineMessage] = []
    progress = Progress(published.append, FakeClock())
    for _ in range(2):
        progress.begin(KEY)
        progress.reach(KEY, SendStage.ACCEPTED)
    assert len(published) == 4
