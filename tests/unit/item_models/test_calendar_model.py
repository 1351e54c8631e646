"""Events in order of time; the next stands out, and says how long until then."""

from datetime import UTC

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from tests.support.news_samples import NOW_NS, event
from tests.unit.item_models.subjects import QST
from workstation.domain.market_data import CalendarEvent, Impact
from workstation.item_models.calendar_model import CalendarModel, countdown_text
from workstation.item_models.columns import Tone
from workstation.item_models.local_time import LocalTime
from workstation.item_models.naming import Naming

XAPI = event("x", 1).connection_id
CLOCK = [NOW_NS]


@pytest.fixture(autouse=True)
def clock() -> None:
    CLOCK[0] = NOW_NS


def make_model(*events: CalendarEvent) -> CalendarModel:
    naming = Naming(
        instrument_of=lambda _connection, _symbol: None,
        account_of=lambda _key: None,
        glyph_of=lambda _connection: "X",
        now_ns=lambda: CLOCK[0],
    )
    model = CalendarModel(naming, LocalTime(UTC))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.replace(XAPI, events)
    return model


def shown(model: CalendarModel) -> list[str]:
    model.flush()
    model.finish_arranging()
    return sorted(model.look(row).texts[4] for row in range(model.rowCount()))


def marked(model: CalendarModel) -> list[str]:
    model.flush()
    return [record.event.title for record in model.store.records if record is not None and record.is_next]


def test_a_row(qapp: object) -> None:
    model = make_model(event("Payrolls", 2, Impact.HIGH))
    model.flush()
    assert model.look(0).texts == (
        "Sat 21 Nov 11:42",
        "in 2 h 0 min",
        "US",
        "●●● high",
        "Payrolls",
        "OCT",
        "3.1%",
        "3.0%",
        "—",
    )
    assert model.look(0).dress.strong


def test_the_next_is_the_soonest_and_of_several_the_weightiest(qapp: object) -> None:
    model = make_model(event("later", 5), event("small", 2), event("large", 2, Impact.HIGH), event("over", -1))
    assert marked(model) == ["large"]
    CLOCK[0] += 3 * 3_600 * 10**9
    coming = model.mark_next()
    assert coming is not None
    assert coming.title == "later"
    assert marked(model) == ["later"]
    CLOCK[0] += 9 * 3_600 * 10**9
    assert model.mark_next() is None
    assert marked(model) == []


def test_what_is_over_steps_back_and_what_weighs_stands_out(qapp: object) -> None:
    model = make_model(event("over", -1), event("next", 1), event("large", 2, Impact.HIGH), event("small", 3))
    model.flush()
    dresses = {model.look(row).texts[4]: model.look(row).dress for row in range(4)}
    assert dresses["over"].dim
    assert dresses["next"].edge is Tone.WAITING
    assert list(dresses["large"].tones.values()) == [Tone.WARNING]
    assert not dresses["small"].tones


def test_a_released_figure_replaces_the_dash(qapp: object) -> None:
    model = make_model(event("CPI", -0.1))
    model.replace(XAPI, [event("CPI", -0.1, current="2.9%")])
    model.flush()
    assert model.rowCount() == 1
    assert model.look(0).texts[-1] == "2.9%"


def test_what_a_venue_no_longer_announces_goes_and_other_venues_stay(qapp: object) -> None:
    model = make_model(event("a", 1), event("b", 2))
    model.replace(QST, [event("c", 3, connection=QST)])
    model.replace(XAPI, [event("b", 2)])
    assert shown(model) == ["b", "c"]
    model.replace(XAPI, [])
    assert shown(model) == ["c"]


def test_filters(qapp: object) -> None:
    model = make_model(
        event("over", -2), event("low", 1), event("high", 1, Impact.HIGH, "Japan"), event("?", 2, Impact.UNKNOWN)
    )
    model.show_only(least=Impact.MEDIUM)
    assert shown(model) == ["high"]
    model.show_only(country="US")
    assert shown(model) == ["?", "low", "over"]
    model.show_only(since_ns=NOW_NS)
    assert shown(model) == ["?", "high", "low"]
    model.show_only(text="japan")
    assert shown(model) == ["high"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1, ""),
        (0, "in 0 s"),
        (59, "in 59 s"),
        (249, "in 4 min 9 s"),
        (3_900, "in 1 h 5 min"),
        (97_200, "in 1 d 3 h"),
    ],
)
def test_countdown(seconds: int, text: str) -> None:
    assert countdown_text(NOW_NS + seconds * 10**9, NOW_NS) == text


def test_an_unknown_time_has_no_countdown() -> None:
    assert countdown_text(0, NOW_NS) == ""
