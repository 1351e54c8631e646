"""The log loses no line, and equal errors share one."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.item_models.subjects import MAIN, SECOND, line, naming
from workstation.desk.messages import ActivityKind
from workstation.item_models.activity_model import ActivityModel
from workstation.venues.base import Severity


def texts(model: ActivityModel) -> list[str]:
    return [model.look(row).texts[-1] for row in range(model.rowCount())]


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(list(Severity))), max_size=40), st.integers(1, 9)
)
def test_no_line_is_lost(qapp: object, said: list[tuple[str, Severity]], batch: int) -> None:
    model = ActivityModel(naming())
    lines = [line(seq, text, severity=severity) for seq, (text, severity) in enumerate(said)]
    for start in range(0, len(lines), batch):
        model.put_lines(lines[start : start + batch])
    model.flush()
    rows = [model.record_at(row) for row in range(model.rowCount())]
    assert [each for row in rows for each in row.lines] == lines
    for before, after in itertools.pairwise(rows):
        assert not before.takes(after.line)


def test_equal_errors_share_a_row(qapp: object) -> None:
    model = ActivityModel(naming())
    model.put_lines([line(seq, "refused", severity=Severity.ERROR) for seq in range(12)])
    model.flush()
    assert texts(model) == ["refused  × 12, last 11:06:51"]
    model.put_lines([line(13, "refused", severity=Severity.ERROR, key=SECOND)])
    model.flush()
    assert model.rowCount() == 2


def test_equal_notes_do_not(qapp: object) -> None:
    model = ActivityModel(naming())
    model.put_lines([line(1, "bought"), line(2, "bought")])
    model.flush()
    assert texts(model) == ["bought", "bought"]


def test_the_oldest_lines_go(qapp: object) -> None:
    model = ActivityModel(naming(), most_lines=10)
    for seq in range(100):
        model.put_lines([line(seq, f"line {seq}")])
    model.flush()
    assert 10 <= model.rowCount() <= 20
    assert texts(model)[-1] == "line 99"


def test_chips_and_search(qapp: object) -> None:
    model = ActivityModel(naming())
    model.put_lines(
        [
            line(1, "order accepted"),
            line(2, "link lost", kind=ActivityKind.CONNECTION, severity=Severity.WARNING, key=None),
            line(3, "order refused", severity=Severity.ERROR, key=SECOND),
        ]
    )
    model.flush()
    model.show_only(frozenset({ActivityKind.ORDERS}))
    assert texts(model) == ["order accepted", "order refused"]
    model.show_only(severities=frozenset({Severity.WARNING, Severity.ERROR}))
    assert texts(model) == ["link lost", "order refused"]
    model.show_only(text="17015")
    assert texts(model) == ["order refused"]
    model.show_only(account=MAIN)
    assert texts(model) == ["order accepted"]
    assert model.count(kind=ActivityKind.ORDERS) == 2
    assert model.count(severity=Severity.ERROR) == 1
    assert model.count() == 3
