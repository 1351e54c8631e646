"""The sweep over joined texts finds exactly the rows that hold the word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.item_models import haystacks
from workstation.item_models.haystacks import Haystacks, both

texts = st.lists(st.text(alphabet="ab\n\x1e", max_size=5), max_size=40)
words = st.text(alphabet="ab", min_size=1, max_size=3)


@pytest.fixture(autouse=True, scope="module")
def small_blocks() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(haystacks, "BLOCK", 16)
        patch.setattr(haystacks, "_SWEEP_MOST", 2)
        yield


def found(kept: Haystacks, word: str, within: bytes | None = None) -> list[int]:
    flags = b""
    while len(flags) < len(kept):
        start, stop = len(flags), min(len(flags) + 16, len(kept))
        flags += kept.having(word, start, stop, None if within is None else within[start:stop])
    return [slot for slot, flag in enumerate(flags) if flag]


@given(texts, words, st.data())
def test_rows_that_hold_a_word(rows: list[str], word: str, data: st.DataObject) -> None:
    kept = Haystacks(list(rows))
    assert found(kept, word) == [slot for slot, text in enumerate(rows) if word in text]
    within = bytes(data.draw(st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows))))
    assert found(kept, word, within) == [slot for slot, text in enumerate(rows) if within[slot] and word in text]


@given(texts, texts, words)
def test_changes_are_found(rows: list[str], more: list[str], word: str) -> None:
    kept, known = Haystacks(list(rows)), list(rows)
    found(kept, word)
    kept.extend(more)
    known += more
    assert found(kept, word) == [slot for slot, text in enumerate(known) if word in text]
    for slot in range(0, len(known), 3):
        kept[slot] = known[slot] = word
    assert found(kept, word) == [slot for slot, text in enumerate(known) if word in text]
    kept.renumber(range(0, len(known), 2))
    known = known[::2]
    assert found(kept, word) == [slot for slot, text in enumerate(known) if word in text]
    assert [kept[slot] for slot in range(len(kept))] == known


def test_a_part_of_a_block() -> None:
    kept = Haystacks([f"row {number}" for number in range(40)])
    assert kept.having("row 2", 18, 30) == bytes(number in (2, *range(20, 30)) for number in range(18, 30))


def test_both() -> None:
    assert both(b"\1\0\1", bytearray(b"\1\1\0")) == b"\1\0\0"
    assert both(b"", b"") == b""
