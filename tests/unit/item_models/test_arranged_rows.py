"""The screen keeps its old order until the new one is complete, and the last wish wins."""

import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from tests.unit.item_models.sample import Item, SampleModel, shown
from workstation.item_models import arranged_rows, haystacks, row_order, row_store


def slow_clock() -> Callable[[], float]:
    ticks = itertools.count()
    return lambda: float(next(ticks))


@pytest.fixture
def model(qapp: object, monkeypatch: pytest.MonkeyPatch) -> SampleModel:
    monkeypatch.setattr(arranged_rows, "_AT_ONCE", 0)
    monkeypatch.setattr(arranged_rows, "STEP", 10)
    monkeypatch.setattr(row_order, "RUN", 10)
    monkeypatch.setattr(row_store, "STEP", 10)
    monkeypatch.setattr(haystacks, "BLOCK", 10)
    made = SampleModel(slow_clock())
    made.put_many([Item(key, Decimal(key * 37 % 101), f"w{key:03d}") for key in range(100)])
    made.flush()
    return made


def test_the_old_order_stays_until_the_new_one_is_complete(model: SampleModel, qtbot: QtBot) -> None:
    before = shown(model)
    with qtbot.waitSignal(model.arranged):
        model.sort(1)
        assert model.is_arranging
        assert shown(model) == before
    amounts = [item.amount for item in shown(model)]
    assert amounts == sorted(amounts, key=lambda amount: amount or 0)
    assert not model.is_arranging


def test_a_newer_wish_replaces_the_older(model: SampleModel) -> None:
    model.sort(1)
    model.set_filter(text="w09")
    model.sort(0)
    model.finish_arranging()
    assert [item.key for item in shown(model)] == [*range(90, 100)]


def test_what_comes_meanwhile_takes_its_place(model: SampleModel) -> None:
    model.sort(1)
    model.put_many([Item(500, Decimal("0.5"), "new"), Item(0, Decimal(999), "changed")])
    model.flush()
    model.finish_arranging()
    keys = [item.key for item in shown(model)]
    assert keys[0] == 500
    assert keys[-1] == 0


def test_one_more_letter_looks_only_at_what_is_shown(model: SampleModel) -> None:
    model.set_filter(text="w01")
    model.finish_arranging()
    asked: list[int] = []

    def accepts(item: Item) -> bool:
        asked.append(item.key)
        return True

    model.set_filter(text="w011", accepts=accepts)
    model.finish_arranging()
    assert [item.key for item in shown(model)] == asked == [11]


def test_haystacks_are_dropped_with_the_search(model: SampleModel) -> None:
    model.set_filter(text="w")
    model.finish_arranging()
    assert model.store.haystacks is not None
    model.set_filter()
    model.finish_arranging()
    assert model.store.haystacks is None
    assert model.rowCount() == 100


def test_the_number_of_rows_is_told(model: SampleModel) -> None:
    told: list[int] = []
    model.shown_changed.connect(told.append)
    model.set_filter(text="w09")
    model.finish_arranging()
    assert told == [10]


def test_words_are_made_while_a_search_is_expected_and_dropped_after_it(model: SampleModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.arranged):
        model.prepare_search(True)
    assert model.store.haystacks is not None
    ready = model.store.haystacks
    for text in ("w09", ""):
        model.set_filter(text=text)
        model.finish_arranging()
    assert model.store.haystacks is ready
    model.put_many([Item(3, Decimal(1), "changed"), Item(777, Decimal(1), "changed")])
    model.flush()
    model.set_filter(text="changed")
    model.finish_arranging()
    assert [item.key for item in shown(model)] == [3, 777]
    model.prepare_search(False)
    assert model.store.haystacks is ready
    model.set_filter()
    model.finish_arranging()
    assert model.store.haystacks is None


def test_rows_that_leave_and_come_in_one_filter(model: SampleModel) -> None:
    model.sort(1)
    model.finish_arranging()
    for wanted in ("w09", "w01", ""):
        model.set_filter(text=wanted)
        model.finish_arranging()
        amounts = [item.amount for item in shown(model)]
        assert len(amounts) == (100 if not wanted else 10)
        assert amounts == sorted(amounts, key=lambda amount: amount or 0)


def test_few_rows_are_arranged_within_the_call(qapp: object) -> None:
    model = SampleModel(slow_clock())
    model.put_many([Item(key, Decimal(-key), f"w{key}") for key in range(20)])
    model.flush()
    model.sort(1)
    model.set_filter(text="w1")
    assert [item.key for item in shown(model)] == [*range(19, 9, -1), 1]
    assert not model.is_arranging
