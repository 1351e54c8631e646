from decimal import Decimal

import pytest

from tests.support.apart_venue import apart_context, closing, held
from tests.support.fake_venue import CAPABILITIES
from tests.support.gate_contexts import fired
from workstation.desk.gates import GateContext, ask
from workstation.desk.position_gates import (
    POSITION_GATES,
    nothing_is_under_way,
    position_is_open,
    something_changes,
    venue_amends_positions,
)
from workstation.domain.order_terms import Side


def amending(stop: str | None = "1.09000", **changes: object) -> GateContext:
    terms = closing(side=Side.BUY, position_effect=None, stop_loss=None if stop is None else Decimal(stop))
    return apart_context(terms, **{"position": held(), "amends_position": True, **changes})


def test_a_legal_change_meets_nothing() -> None:
    assert ask(POSITION_GATES, amending()) == ()


def test_a_venue_without_stops_on_positions_says_so() -> None:
    assert fired(venue_amends_positions, amending(capabilities=CAPABILITIES)) == [
        "HARD: QST holds no stops on positions."
    ]


@pytest.mark.parametrize("gone", [None, held(net_qty="0")])
def test_a_position_that_is_gone_is_not_changed(gone: object) -> None:
    assert fired(position_is_open, amending(position=gone)) == ["HARD: Main has no open position 7 in EURUSD."]


def test_one_request_about_a_position_at_a_time() -> None:
    assert "is under way and has no end yet" in fired(nothing_is_under_way, amending(amendment_under_way=True))[0]
    assert "closes position 7 is under way" in fired(nothing_is_under_way, amending(closing_qty=Decimal(1)))[0]
    assert not fired(nothing_is_under_way, amending())


def test_something_must_change() -> None:
    same = held(stop_loss=Decimal("1.09"))
    assert fired(something_changes, amending(position=same)) == ["HARD: Nothing of position 7 would change."]
    assert not fired(something_changes, amending(None, position=same)), "taking a stop away is a change"
    assert not fired(something_changes, amending(position=None))


def test_a_stop_on_the_wrong_side_of_the_market_is_stopped() -> None:
    assert [one.gate for one in ask(POSITION_GATES, amending("1.10050"))] == ["stop_loss"]
