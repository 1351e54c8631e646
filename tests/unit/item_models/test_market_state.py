"""A price is fresh only while feed, line and age all say so."""

import pytest

from tests.support.dock_screen import QST
from tests.support.market_screen import XAPI, make_market_screen, market_status
from workstation.item_models.market_state import STALE_AFTER_NS, MarketState, data_lamp
from workstation.venues.base import Channel, ConnectionStatus, Lamp

NOW_NS = 10**18
S = 10**9


def state(lamp: Lamp = Lamp.LIVE) -> MarketState:
    screen, _ = make_market_screen()
    screen.services.dispatch([market_status(lamp)])
    return MarketState.of(screen.services, lambda: NOW_NS)


def test_a_young_price_on_a_live_line_is_fresh_up_to_fifteen_seconds(qapp: object) -> None:
    assert (state().freshness(XAPI, NOW_NS - 3 * S).is_fresh, state().freshness(XAPI, NOW_NS - 3 * S).text) == (
        True,
        "3 s",
    )
    assert state().freshness(XAPI, NOW_NS - STALE_AFTER_NS).is_fresh
    old = state().freshness(XAPI, NOW_NS - STALE_AFTER_NS - 1)
    assert (old.is_fresh, old.text, old.exists) == (False, "stale 15 s", True)


@pytest.mark.parametrize(
    ("lamp", "text"),
    [(Lamp.STALE, "stale 2 s"), (Lamp.RECONNECTING, "stale 2 s, reconnecting"), (Lamp.OFF, "stale 2 s, off")],
)
def test_a_line_that_is_not_live_makes_every_price_stale(qapp: object, lamp: Lamp, text: str) -> None:
    judged = state(lamp).freshness(XAPI, NOW_NS - 2 * S)
    assert (judged.is_fresh, judged.text) == (False, text)


def test_no_feed_and_no_price_are_said(qapp: object) -> None:
    assert state().freshness(QST, NOW_NS).text == "no feed"
    assert state().freshness(XAPI, 0).text == "—"
    assert state(Lamp.OFF).freshness(XAPI, 0).text == "off"
    assert not state().freshness(XAPI, 0).exists
    assert (state().title_of(XAPI), state().title_of("gone")) == ("XAPI", "gone")  # type: ignore[arg-type]


def test_the_data_line_counts_where_there_is_one(qapp: object) -> None:
    lamps = ((Channel.LOGIN, Lamp.LIVE), (Channel.TRADING, Lamp.SUSPECT))
    status = ConnectionStatus(connection_id=XAPI, venue="xapi", lamps=lamps)
    assert data_lamp(status) is Lamp.SUSPECT
    assert data_lamp(market_status(Lamp.LIVE)) is Lamp.LIVE
    assert data_lamp(None) is Lamp.OFF
