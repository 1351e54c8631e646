"""How far each request of the trader has come; a stage is told once and never taken back."""

from collections.abc import Callable

from workstation.desk.messages import EngineMessage, SendProgress, SendStage
from workstation.domain.identity import ClOrdID
from workstation.runtime.clock import Clock

_RANK = {
    SendStage.JOURNALED: 1,
    SendStage.ON_THE_WIRE: 2,
    SendStage.RECEIVED: 3,
    SendStage.IN_DOUBT: 4,
    SendStage.ACCEPTED: 5,
    SendStage.REFUSED: 5,
}


class Progress:
    """Publishes the stages of requests under way."""

    def __init__(self, publish: Callable[[EngineMessage], None], clock: Clock) -> None:
        self._publish = publish
        self._clock = clock
        self._reached: dict[ClOrdID, SendStage] = {}

    def begin(self, cl_ord_id: ClOrdID) -> None:
        """Take note that a request of this order is on disk."""
        self._reached[cl_ord_id] = SendStage.JOURNALED
        self._tell(cl_ord_id, SendStage.JOURNALED, "")

    def reach(self, cl_ord_id: ClOrdID, stage: SendStage, text: str = "") -> None:
        """Tell `stage`, unless this or a later one was told for the request, or none is under way."""
        reached = self._reached.get(cl_ord_id)
        if reached is None or _RANK[stage] <= _RANK[reached]:
            return
        if _RANK[stage] == _RANK[SendStage.ACCEPTED]:
            del self._reached[cl_ord_id]
        else:
            self._reached[cl_ord_id] = stage
        self._tell(cl_ord_id, stage, text)

    def _tell(self, cl_ord_id: ClOrdID, stage: SendStage, text: str) -> None:
        self._publish(SendProgress(cl_ord_id=cl_ord_id, stage=stage, text=text, time_ns=self._clock.now_ns()))
