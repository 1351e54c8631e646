"""Exports keep their shape whatever the venue wrote, and run nowhere as a formula."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.item_models.sample import Item, SampleModel
from workstation.item_models.export import csv_text, safe_cell, tsv_text


def model(*words: str) -> SampleModel:
    made = SampleModel()
    made.put_many([Item(number, Decimal("1.50"), word) for number, word in enumerate(words)])
    made.flush()
    return made


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("−35.00", "-35.00"),
        ("-5 short", "'-5 short"),
        ("@x", "'@x"),
        ("▼ −3.5", "-3.5"),
        ("ok", "ok"),
    ],
)
def test_safe_cells(text: str, safe: str) -> None:
    assert safe_cell(text) == safe


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_lines_and_cells_stay_in_place(qapp: object, words: list[str]) -> None:
    found = tsv_text(model(*words), range(len(words)), [0, 2])
    assert [len(row.split("\t")) for row in found.split("\n")[:-1]] == [2] * len(words)
    rows = list(csv.reader(io.StringIO(csv_text(model(*words), [2, 1]), newline="")))
    assert rows[0] == ["Word", "Amount"]
    assert [row[0] for row in rows[1:]] == [safe_cell(word) for word in words]


def test_titles_and_chosen_rows(qapp: object) -> None:
    assert tsv_text(model("a", "b"), [1], [2, 0], titles=True) == "Word\tKey\nb\t1\n"
