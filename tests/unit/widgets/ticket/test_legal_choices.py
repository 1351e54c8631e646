"""Choices: exactly what the venue takes, every other one with its reason."""

import pytest

from tests.support.ticket_bench import BARE_CAPABILITIES, QST_CAPABILITIES
from workstation.domain.capabilities import Capabilities
from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce
from workstation.widgets.ticket.legal_choices import (
    ord_type_choices,
    position_effect_choices,
    reason_against,
    time_in_force_choices,
)


@pytest.mark.parametrize("capabilities", [QST_CAPABILITIES, BARE_CAPABILITIES])
def test_legal_pairs_are_exactly_the_venues_forms(capabilities: Capabilities) -> None:
    offered = {
        (kind.value, tif.value)
        for kind in ord_type_choices(capabilities)
        if kind.legal and kind.value
        for tif in time_in_force_choices(capabilities, kind.value)
        if tif.legal
    }
    assert offered == capabilities.forms


@pytest.mark.parametrize("capabilities", [QST_CAPABILITIES, BARE_CAPABILITIES, None])
def test_every_word_is_listed_and_every_disabled_one_has_a_reason(capabilities: Capabilities | None) -> None:
    kinds = ord_type_choices(capabilities)
    assert {choice.value for choice in kinds} == set(OrdType)
    for kind in OrdType:
        tifs = time_in_force_choices(capabilities, kind)
        assert {choice.value for choice in tifs} == set(TimeInForce)
        assert all(choice.legal or len(choice.reason) > 10 for choice in (*kinds, *tifs))


def test_the_venues_own_reason_is_used() -> None:
    choice = next(c for c in ord_type_choices(QST_CAPABILITIES) if c.value is OrdType.STOP_LIMIT)
    assert "which of its two prices" in choice.reason


def test_a_time_in_force_says_with_which_type_it_would_go() -> None:
    choices = time_in_force_choices(QST_CAPABILITIES, OrdType.MARKET)
    assert reason_against(choices, TimeInForce.FILL_OR_KILL) == "QST takes “all at once or not at all” only with limit."


def test_the_venue_may_always_decide_the_effect() -> None:
    choices = position_effect_choices(BARE_CAPABILITIES)
    assert reason_against(choices, None) == ""
    assert reason_against(choices, PositionEffect.OPEN)
    assert all(choice.legal for choice in position_effect_choices(QST_CAPABILITIES))


def test_a_value_that_is_not_listed_is_not_offered() -> None:
    assert reason_against((), OrdType.LIMIT)
