"""Every code that reaches the screen has a word of its own."""

from enum import Enum

import pytest

from workstation.desk.messages import ActivityKind, SendStage
from workstation.domain.connection import Environment
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.item_models.words import SEVERITY_MARKS, SHORT_TIF, WORDS, word
from workstation.venues.base import Lamp, Severity

SHOWN: list[type[Enum]] = [
    OrdStatus,
    Side,
    OrdType,
    TimeInForce,
    PositionEffect,
    Environment,
    Severity,
    ActivityKind,
    Lamp,
]


@pytest.mark.parametrize("kind", SHOWN)
def test_words_are_complete_and_different(kind: type[Enum]) -> None:
    words = [WORDS[code] for code in kind]
    assert len(set(words)) == len(words)


def test_marks_tell_severities_apart_without_colour() -> None:
    assert len(set(SEVERITY_MARKS.values())) == len(Severity)
    assert set(SHORT_TIF) == set(TimeInForce)


def test_a_code_without_a_word_shows_its_name() -> None:
    assert word(SendStage.ON_THE_WIRE) == "on the wire"
