from tests.support.fake_clock import FakeClock
from workstation.desk.messages import EngineMessage, SendProgress, SendStage
from workstation.desk.progress import Progress
from workstation.domain.identity import ClOrdID

W1 = ClOrdID("W1")


def stages(published: list[EngineMessage]) -> list[SendStage]:
    return [one.stage for one in published if isinstance(one, SendProgress)]


def test_stages_go_forward_only() -> None:
    published: list[EngineMessage] = []
    progress = Progress(published.append, FakeClock())
    progress.begin(W1)
    for stage in (SendStage.RECEIVED, SendStage.ON_THE_WIRE, SendStage.RECEIVED, SendStage.ACCEPTED):
        progress.reach(W1, stage)
    assert stages(published) == [SendStage.JOURNALED, SendStage.RECEIVED, SendStage.ACCEPTED]


def test_after_the_end_nothing_more_is_told_until_the_next_request() -> None:
    published: list[EngineMessage] = []
    progress = Progress(published.append, FakeClock())
    progress.begin(W1)
    progress.reach(W1, SendStage.REFUSED, "No margin.")
    progress.reach(W1, SendStage.ACCEPTED)
    progress.reach(ClOrdID("W2"), SendStage.ACCEPTED)
    assert stages(published) == [SendStage.JOURNALED, SendStage.REFUSED]
    progress.begin(W1)
    assert stages(published)[-1] is SendStage.JOURNALED


def test_doubt_may_still_end_either_way() -> None:
    published: list[EngineMessage] = []
    progress = Progress(published.append, FakeClock())
    progress.begin(W1)
    progress.reach(W1, SendStage.IN_DOUBT)
    progress.reach(W1, SendStage.RECEIVED)
    progress.reach(W1, SendStage.ACCEPTED)
    assert stages(published) == [SendStage.JOURNALED, SendStage.IN_DOUBT, SendStage.ACCEPTED]
