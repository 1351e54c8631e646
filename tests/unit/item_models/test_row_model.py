"""Whatever happens, a model shows what a plain list would show, and Qt is told the truth about it."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.unit.item_models.sample import Item, SampleModel, shown
from workstation.item_models import arranged_rows, haystacks, row_model, row_order, row_store, row_table

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
amounts = st.one_of(st.none(), st.decimals(-5, 5, places=1), st.just(Decimal("NaN")), st.just(Decimal("0.123456789")))
words = st.sampled_from(["", "Ash", "beech", "cedar", "Cedar x", "elm"])
items = st.builds(Item, st.integers(0, 12), amounts, words, st.integers(0, 2))


class Model(RuleBasedStateMachine):
    """Batches, sorts, filters, holds and removals in any order, next to a dictionary."""

    slowly = False
    """Whether work in slices does one step per turn of the loop, as on a very slow machine."""

    def __init__(self) -> None:
        super().__init__()
        ticks = itertools.count()
        self.model = SampleModel((lambda: float(next(ticks))) if self.slowly else (lambda: 0.0))
        self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.known: dict[int, Item] = {}
        self.came: list[int] = []
        self.sorted_by = (-1, False)
        self.text = ""
        self.groups: frozenset[int] | None = None
        self.held = False
        self.selected: dict[int, QPersistentModelIndex] = {}

    @rule(batch=st.lists(items, max_size=20))
    def put(self, batch: list[Item]) -> None:
        for item in batch:
            if item.key not in self.known:
                self.came.append(item.key)
            self.known[item.key] = item
        self.model.put_many(batch)
        self.model.flush()
        self._forget_unshown()

    @rule(gone=st.sets(st.integers(0, 12), max_size=8))
    def remove(self, gone: set[int]) -> None:
        self.model.remove(gone)
        for key in gone & self.known.keys():
            del self.known[key]
            self.came.remove(key)
            self.selected.pop(key, None)

    @rule(column=st.integers(-1, 2), descending=st.booleans())
    def sort(self, column: int, descending: bool) -> None:
        self.sorted_by = (column, descending)
        self.model.sort(column, DESCENDING if descending else ASCENDING)
        self._forget_unshown()

    @precondition(lambda self: self.model.is_arranging)
    @rule(batch=st.lists(items, min_size=1, max_size=6), finish=st.booleans())
    def put_meanwhile(self, batch: list[Item], finish: bool) -> None:
        self.put(batch)
        if finish:
            self.model.finish_arranging()
            self._forget_unshown()

    @precondition(lambda self: self.held)
    @rule(batch=st.lists(items, min_size=1, max_size=6))
    def put_and_let_go(self, batch: list[Item]) -> None:
        self.put(batch)
        self.hold(False)

    @rule(text=words, groups=st.one_of(st.none(), st.frozensets(st.integers(0, 2))))
    def narrow(self, text: str, groups: frozenset[int] | None) -> None:
        self.text, self.groups = text, groups
        self.model.set_filter(text=text, groups=groups)
        self._forget_unshown()

    @rule(expected=st.booleans())
    def expect_a_search(self, expected: bool) -> None:
        self.model.prepare_search(expected)
        self._forget_unshown()

    @rule(turns=st.integers(1, 12))
    def turn(self, turns: int) -> None:
        for _ in range(turns):
            QCoreApplication.processEvents()
        self._forget_unshown()

    @rule()
    def refresh(self) -> None:
        self.model.refresh_texts()
        self._forget_unshown()

    @rule(held=st.booleans())
    def hold(self, held: bool) -> None:
        self.held = held
        self.model.hold(held)
        self._forget_unshown()

    @precondition(lambda self: self.model.rowCount() > 0)
    @rule(data=st.data())
    def remember_a_row(self, data: st.DataObject) -> None:
        row = data.draw(st.integers(0, self.model.rowCount() - 1))
        self.selected[self.model.record_at(row).key] = QPersistentModelIndex(self.model.index(row, 1))

    @invariant()
    def shows_what_it_should(self) -> None:
        rows = shown(self.model)
        assert len({item.key for item in rows}) == len(rows)
        if not self.held and not self.model.is_arranging:
            assert [item.key for item in rows] == self._expected()
        for row, item in enumerate(rows):
            assert item == self.known[item.key]
            assert self.model.row_of(item.key) == row
            assert self.model.data(self.model.index(row, 0)) == str(item.key)
        assert list(self.model.counts) == [sum(item.group == g for item in self.known.values()) for g in range(3)]

    @invariant()
    def remembered_rows_went_along(self) -> None:
        for key, index in self.selected.items():
            assert index.isValid()
            assert self.model.record_at(index.row()).key == key

    def _forget_unshown(self) -> None:
        rows = {item.key for item in shown(self.model)}
        for key in [key for key in self.selected if key not in rows]:
            assert not self.selected.pop(key).isValid()

    def _expected(self) -> list[int]:
        passing = [key for key in self.came if self._passes(self.known[key])]
        column, descending = self.sorted_by
        if column < 0:
            return passing[::-1] if descending else passing
        known = [key for key in passing if self._sort_key(key, column) is not None]
        unknown = [key for key in passing if self._sort_key(key, column) is None]
        known.sort(key=lambda key: self._sort_key(key, column))  # type: ignore[arg-type, return-value]
        return known[::-1] + unknown[::-1] if descending else known + unknown

    def _sort_key(self, key: int, column: int) -> Decimal | str | int | None:
        item = self.known[key]
        if column == 0:
            return item.key
        if column == 2:
            return item.word.casefold() or None
        return None if item.amount is None or item.amount.is_nan() else item.amount

    def _passes(self, item: Item) -> bool:
        words = " ".join((str(item.key), "—" if item.amount is None else f"{item.amount:f}", item.word)).casefold()
        return (self.groups is None or item.group in self.groups) and all(
            word in words for word in self.text.casefold().split()
        )


class SlowModel(Model):
    """The same with sorting and filtering spread over many turns, and changes in between."""

    slowly = True


@pytest.fixture(autouse=True)
def _small_limits(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_table, "_FEW", 2)
    monkeypatch.setattr(row_model, "_FEW_MOVES", 3)
    monkeypatch.setattr(row_model, "_COMPACT_FROM", 4)
    monkeypatch.setattr(arranged_rows, "_AT_ONCE", 0)
    monkeypatch.setattr(arranged_rows, "STEP", 8)
    monkeypatch.setattr(row_order, "RUN", 4)
    monkeypatch.setattr(row_store, "STEP", 5)
    monkeypatch.setattr(row_store, "_STEP_OF_WORDS", 3)
    monkeypatch.setattr(haystacks, "BLOCK", 10)


@pytest.mark.parametrize("machine", [Model, SlowModel])
def test_model_and_list_agree(machine: type[Model]) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=120, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
