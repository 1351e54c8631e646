"""The venues that the conformance cases run for: each is a connection and, as its far end, the built-in venue.

A new venue joins all cases by one more entry in :data:`PAIRS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workstation.domain.connection import ConnectionProfile
from workstation.runtime.backoff import Backoff
from workstation.runtime.clock import Clock
from workstation.venues.base import EventSink, VenueConnection
from workstation.venues.qst.connection import QstConnection
from workstation.venues.qst.correlation import ANSWER_WITHIN_S
from workstation.venues.qst.link import Timing
from workstation.venues.qst.link_status import DEAD_AFTER_S

Build = Callable[[ConnectionProfile, Mapping[str, str], EventSink, Clock], VenueConnection]


@dataclass(frozen=True, slots=True, kw_only=True)
class WireNames:
    """What a venue's own protocol calls its messages, for faults on purpose."""

    place: str
    place_answer: str
    cancel: str
    cancel_answer: str
    replace: str
    book: str
    order_news: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuePair:
    """One venue, and what the cases must know of it.

    `password` is the secret that is spoiled to be refused. A request without answer is unknown after
    `answer_within_s`, a silent link is dead after `dead_after_s`. `one_placement_at_a_time` says that the connection
    holds placements back until the one before is answered; `one_session` that a second login ends the first.
    """

    venue: str
    build: Build
    names: WireNames
    password: str
    answer_within_s: float
    dead_after_s: float
    one_placement_at_a_time: bool
    one_session: bool


def _build_qst(
    profile: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink, clock: Clock
) -> VenueConnection:
    return QstConnection(
        profile,
        secrets,
        sink,
        clock,
        backoff=Backoff(first_s=0.005, factor=1.5, limit_s=0.05),
        timing=Timing(tick_s=0.01, ping_s=0.5, open_s=5.0, leave_s=0.5, slow_reader_pause_s=0.05),
    )


QST = VenuePair(
    venue="qst",
    build=_build_qst,
    names=WireNames(
        place="PlaceOrderRequest",
        place_answer="PlaceOrderResponse",
        cancel="CancelOrderRequest",
        cancel_answer="CancelOrderResponse",
        replace="CancelReplaceOrderRequest",
        book="OrderBookRequest",
        order_news="Order",
    ),
    password="password",
    answer_within_s=ANSWER_WITHIN_S,
    dead_after_s=DEAD_AFTER_S,
    one_placement_at_a_time=True,
    one_session=True,
)

PAIRS = (QST,)
