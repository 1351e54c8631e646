"""A lamp's mark, words and facts."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tests.support.dock_screen import profile, status
from tests.support.shell_bench import ShellBench
from workstation.venues.base import Channel, Lamp
from workstation.widgets.lamps import LAMP_ROLE, lamp_icon, lamp_tooltip, lamp_words, paint_lamp
from workstation.widgets.theme_colours import Role

NOW = 1_795_254_066_000_000_000
SECOND = 1_000_000_000


def shape(bench: ShellBench, lamp: Lamp) -> tuple[bool, ...]:
    """Return what is painted of a mark, without its colour."""
    picture = QImage(42, 42, QImage.Format.Format_ARGB32)
    picture.fill(bench.screen.theme.colour(Role.WINDOW))
    painter = QPainter(picture)
    paint_lamp(painter, QRectF(0, 0, 42, 42), lamp, bench.screen.theme)
    painter.end()
    ground = bench.screen.theme.colour(Role.WINDOW)
    return tuple(picture.pixelColor(x, y) != ground for x in range(42) for y in range(42))


def test_every_lamp_has_a_shape_of_its_own(bench: ShellBench) -> None:
    shapes = {lamp: shape(bench, lamp) for lamp in Lamp}
    assert len(set(shapes.values())) == len(Lamp)
    assert set(LAMP_ROLE) == set(Lamp)
    assert not lamp_icon(Lamp.LIVE, bench.screen.theme, 14).isNull()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"round_trip_ms": 12.3}, "live 12 ms"),
        ({"round_trip_ms": 0.4}, "live <1 ms"),
        ({}, "live"),
        ({"round_trip_ms": 2300.0, "lamp": Lamp.DEGRADED, "queued": 3}, "slow 2.3 s, queue 3"),
        ({"lamp": Lamp.RECONNECTING, "retry_at_ns": NOW + 2 * SECOND + 1, "retry_count": 4}, "retry in 3 s (try 4)"),
        ({"lamp": Lamp.SUSPECT, "last_in_ns": NOW - 9 * SECOND}, "no traffic 9 s, checking"),
        ({"lamp": Lamp.CONNECTING, "detail": "connecting 2/4: order entry"}, "connecting 2/4: order entry"),
        ({"lamp": Lamp.NEEDS_YOU, "detail": "password refused"}, "password refused"),
        ({"lamp": Lamp.OFF}, "off"),
    ],
)
def test_words_come_from_the_facts(changes: dict[str, object], words: str) -> None:
    lamp = changes.pop("lamp", Lamp.LIVE)
    assert isinstance(lamp, Lamp)
    assert lamp_words(replace(status(lamp), **changes), NOW) == words  # type: ignore[arg-type]


def test_a_connection_without_a_status_is_off() -> None:
    assert lamp_words(None, NOW) == "off"


def test_the_worst_channel_speaks() -> None:
    mixed = replace(status(Lamp.LIVE), lamps=((Channel.LOGIN, Lamp.LIVE), (Channel.DATA, Lamp.BLOCKED)), detail="wait")
    assert lamp_words(mixed, NOW) == "wait"


def test_the_tooltip_holds_every_fact_and_no_markup_of_the_venue() -> None:
    full = replace(
        status(Lamp.LIVE),
        last_in_ns=NOW - 2 * SECOND,
        session_started_ns=NOW - 60 * SECOND,
        retry_at_ns=NOW + 5 * SECOND,
        retry_count=2,
        queued=1,
        last_error="<img src=x> refused",
    )
    said = lamp_tooltip(replace(profile(), name="A & B"), full, NOW)
    for part in ("SIM", "ws://127.0.0.1:9/", "Login", "Order stream", "2 s ago", "in 5 s, number 2", "A &amp; B"):
        assert part in said
    assert "<img" not in said
    assert "Login" not in lamp_tooltip(profile(), None, NOW)
