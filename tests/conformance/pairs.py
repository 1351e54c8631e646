"""The venues that the conformance cases run for: each is a connection and, as its far end, the built-in venue.

A new venue joins all cases by one more entry in :data:`PAIRS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from tests.conformance.truth import QstTruth, Truth, XapiTruth
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile
from workstation.runtime.backoff import Backoff
from workstation.runtime.clock import Clock
from workstation.simulators.serve import Simulator
from workstation.venues.base import EventSink, VenueConnection
from workstation.venues.qst.capabilities import qst_capabilities
from workstation.venues.qst.connection import QstConnection
from workstation.venues.qst.correlation import ANSWER_WITHIN_S
from workstation.venues.qst.link import Timing
from workstation.venues.qst.link_status import DEAD_AFTER_S
from workstation.venues.xapi.capabilities import xapi_capabilities
from workstation.venues.xapi.connection import XapiConnection
from workstation.venues.xapi.pacing import GAP_S
from workstation.venues.xapi.session import Timing as XapiTiming
from workstation.venues.xapi.trade_requests import REPLY_S

Build = Callable[[ConnectionProfile, Mapping[str, str], EventSink, Clock], VenueConnection]


class Promise(Enum):
    """What some venues promise and others do not; the text says what it means that one does not."""

    REPLACES = "orders cannot be changed there"
    CANCELS_BY_SYMBOL = "there is no mass cancel there"
    CANCELS_MANY = "one message cancels one order there"
    CANCELS_ONE_BY_ONE = "one message cancels several orders there"
    HOLDS_POSITIONS_APART = "there is one net position an instrument there, and nothing is attached to it"
    HOLDS_ONE_POSITION = "positions are held apart there, so that a close names the one it closes"
    ONE_SESSION = "a second login of the same client leaves the first alone there"
    ONE_PLACEMENT_AT_A_TIME = "no placement waits for the answer of the one before there"
    SEVERAL_ACCOUNTS = "one login is one account there"
    ANSWERS_ON_RECEIPT = "an answer is given there only when the request's fate is known"
    ANSWERS_WITH_THE_FATE = "an answer says there only that the request was received"
    FILLS_IN_PARTS = "an order trades whole or not at all there"
    FILLS_WHOLE = "an order may trade in parts there"
    LISTS_ACTIVITY = "there is no history in lines there"
    TELLS_IN_WORDS = "nothing is told in words there unless something is wrong"
    STREAM_APART = "there is one link for everything there"
    PACED = "requests may follow each other at once there"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireNames:
    """What a venue's own protocol calls its messages, for faults on purpose.

    `place_answers` are all that tell the fate of one placement, the direct answer first.
    """

    login: str
    place: str
    place_answers: tuple[str, ...]
    cancel: str
    cancel_answers: tuple[str, ...]
    replace: str
    book: str
    order_news: str

    @property
    def place_answer(self) -> str:
        return self.place_answers[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuePair:
    """One venue over one transport, and what the cases must know of it.

    `password` is the secret that is spoiled to be refused. A request without answer is unknown after
    `answer_within_s`. A silent link is suspect when so much time has passed as `quiet_s` has, in these steps, then
    dead after `dead_after_s` more at the latest, for which its error has the words `silent_words`.
    `books_hold_ended` says that the books list orders that have ended, too; `entered_elsewhere` is what a report says
    of an order that is not ours; `refused_in_the_answer` that the words of a refusal are in the answer. `places` turns
    the announced profile into that of this transport.
    """

    name: str
    venue: str
    build: Build
    truth: Callable[[Simulator], Truth]
    capabilities: Capabilities
    promises: frozenset[Promise]
    names: WireNames
    password: str
    answer_within_s: float
    quiet_s: tuple[float, ...]
    dead_after_s: float
    silent_words: str
    books_hold_ended: bool
    entered_elsewhere: bool | None
    refused_in_the_answer: bool
    build_paced: Build | None = None
    """Builds a connection that keeps the venue's real pace."""
    places: Callable[[ConnectionProfile, Simulator], ConnectionProfile] = lambda profile, _: profile


def _told_by(capabilities: Capabilities) -> set[Promise]:
    """Return the promises that the capabilities make."""
    made = {
        Promise.REPLACES: capabilities.replaces,
        Promise.CANCELS_BY_SYMBOL: capabilities.cancels_by_symbol,
        Promise.CANCELS_MANY: capabilities.cancels_many,
        Promise.CANCELS_ONE_BY_ONE: not capabilities.cancels_many,
        Promise.HOLDS_POSITIONS_APART: capabilities.holds_positions_apart,
        Promise.HOLDS_ONE_POSITION: not capabilities.holds_positions_apart,
    }
    return {promise for promise, holds in made.items() if holds}


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
    name="qst",
    venue="qst",
    build=_build_qst,
    truth=QstTruth,
    capabilities=qst_capabilities(),
    promises=frozenset(
        {
            Promise.ONE_SESSION,
            Promise.ONE_PLACEMENT_AT_A_TIME,
            Promise.SEVERAL_ACCOUNTS,
            Promise.ANSWERS_ON_RECEIPT,
            Promise.FILLS_IN_PARTS,
            Promise.LISTS_ACTIVITY,
            Promise.TELLS_IN_WORDS,
            *_told_by(qst_capabilities()),
        }
    ),
    names=WireNames(
        login="LoginRequest",
        place="PlaceOrderRequest",
        place_answers=("PlaceOrderResponse",),
        cancel="CancelOrderRequest",
        cancel_answers=("CancelOrderResponse",),
        replace="CancelReplaceOrderRequest",
        book="OrderBookRequest",
        order_news="Order",
    ),
    password="password",
    answer_within_s=ANSWER_WITHIN_S,
    quiet_s=(DEAD_AFTER_S / 2,),
    dead_after_s=DEAD_AFTER_S,
    silent_words="silent",
    books_hold_ended=True,
    entered_elsewhere=False,
    refused_in_the_answer=False,
)


def build_xapi(
    profile: ConnectionProfile,
    secrets: Mapping[str, str],
    sink: EventSink,
    clock: Clock,
    *,
    gap_s: float = 0.001,
    tick_s: float = 0.01,
) -> VenueConnection:
    def retry() -> Backoff:
        return Backoff(first_s=0.005, factor=1.5, limit_s=0.05)

    timing = XapiTiming(tick_s=tick_s, gap_s=gap_s, open_s=5.0, leave_s=0.5, overloaded_s=0.01, retry=retry)
    return XapiConnection(profile, secrets, sink, clock, backoff=retry(), timing=timing)


def _on_websocket(profile: ConnectionProfile, simulator: Simulator) -> ConnectionProfile:
    base = simulator.xapi.ws_url
    return replace(profile, url=f"{base}/demo", settings={**profile.settings, "stream_url": f"{base}/demoStream"})


XAPI_SOCKETS = VenuePair(
    name="xapi sockets",
    venue="xapi",
    build=build_xapi,
    build_paced=partial(build_xapi, gap_s=GAP_S, tick_s=0.001),
    truth=XapiTruth,
    capabilities=xapi_capabilities(),
    promises=frozenset(
        {
            Promise.ANSWERS_WITH_THE_FATE,
            Promise.FILLS_WHOLE,
            Promise.STREAM_APART,
            Promise.PACED,
            *_told_by(xapi_capabilities()),
        }
    ),
    names=WireNames(
        login="login",
        place="tradeTransactionRequest",
        place_answers=("tradeTransaction", "tradeStatus"),
        cancel="tradeTransactionRequest",
        cancel_answers=("tradeTransaction", "tradeStatus"),
        replace="tradeTransactionRequest",
        book="getTrades",
        order_news="trade",
    ),
    password="password",
    answer_within_s=REPLY_S,
    quiet_s=(16.0, 6.0),  # so long until it pings, and so long without an answer until it is suspect
    dead_after_s=10.0,
    silent_words="did not answer",
    books_hold_ended=False,
    entered_elsewhere=None,
    refused_in_the_answer=True,
)

XAPI_WEBSOCKET = replace(XAPI_SOCKETS, name="xapi WebSocket", places=_on_websocket)

PAIRS = (QST, XAPI_SOCKETS, XAPI_WEBSOCKET)
