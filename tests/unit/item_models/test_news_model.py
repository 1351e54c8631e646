"""News are there once, the youngest on top; what was read stays read."""

from datetime import UTC

from PySide6.QtTest import QAbstractItemModelTester

from tests.support.news_samples import news
from tests.unit.item_models.subjects import CORN, QST, naming
from workstation.item_models.columns import Tone
from workstation.item_models.local_time import LocalTime
from workstation.item_models.news_model import NewsGroup, NewsModel, names_of


def make_model() -> NewsModel:
    model = NewsModel(naming(), LocalTime(UTC))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def titles(model: NewsModel) -> list[str]:
    model.flush()
    model.finish_arranging()
    return [model.look(row).texts[2] for row in range(model.rowCount())]


def test_a_row(qapp: object) -> None:
    model = make_model()
    model.take([news("1", "ECB\nholds", minutes_ago=3)])
    model.flush()
    assert model.look(0).texts == ("●", "Sat 21 Nov 09:39", "ECB holds", "Q")
    assert model.look(0).dress.strong
    assert model.look(0).dress.edge is Tone.WAITING


def test_told_twice_is_there_once_and_stays_read(qapp: object) -> None:
    model = make_model()
    item = news("1", "ECB holds")
    model.take([item])
    model.flush()
    row = model.get((item.connection_id, "1"))
    assert row is not None
    model.mark_read(row)
    model.flush()
    model.take([item])
    model.flush()
    assert model.rowCount() == 1
    assert model.counts[NewsGroup.READ] == 1
    assert model.look(0).texts[0] == ""


def test_what_was_read_in_an_earlier_run_is_read(qapp: object) -> None:
    model = make_model()
    item = news("1", "ECB holds")
    model.take([item, news("2", "Oil")], is_read=[(item.connection_id, "1")])
    model.show_only(unread=True)
    assert titles(model) == ["Oil"]


def test_the_same_key_of_two_venues_is_two_news(qapp: object) -> None:
    model = make_model()
    model.take([news("1", "a"), news("1", "b", connection=QST)])
    assert sorted(titles(model)) == ["a", "b"]


def test_words_are_found_in_title_and_body_and_never_in_tags(qapp: object) -> None:
    model = make_model()
    model.take([news("1", "Rates", "<div>Lagarde speaks</div>"), news("2", "Oil")])
    model.show_only(text="lagarde RATES")
    assert titles(model) == ["Rates"]
    model.show_only(text="div")
    assert titles(model) == []


def test_news_about_a_symbol(qapp: object) -> None:
    model = make_model()
    model.take([news("1", "EUR/USD steady"), news("2", "eurusd falls"), news("3", "Corn up"), news("4", "Oil")])
    model.show_only(about=names_of("EURUSD", None))
    assert sorted(titles(model)) == ["EUR/USD steady", "eurusd falls"]
    model.show_only(about=names_of("ZCZ26", CORN))
    assert titles(model) == ["Corn up"]
    model.show_only(about=())
    assert len(titles(model)) == 4


def test_a_new_item_is_placed_by_its_time(qapp: object) -> None:
    model = make_model()
    columns = [column.key for column in model.columns]
    model.sort(columns.index("time"), __import__("PySide6.QtCore").QtCore.Qt.SortOrder.DescendingOrder)
    model.take([news("1", "old", minutes_ago=60)])
    model.take([news("2", "new", minutes_ago=1)])
    model.take([news("3", "late", minutes_ago=30)])
    assert titles(model) == ["new", "late", "old"]
