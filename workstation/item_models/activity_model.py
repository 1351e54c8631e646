"""The activity log, as rows.

A log must not lose lines and must not drown the reader either: equal errors that follow one another share one row
("× 12, last 09:41:06"), which still holds every line. The oldest lines go when there are more than the bound.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.desk.messages import ActivityKind, ActivityLine
from workstation.domain.identity import AccountKey
from workstation.item_models.column_kinds import accounts, instants, words
from workstation.item_models.columns import PLAIN, Align, Column, Dress, Sorts, Tone
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import time_text
from workstation.item_models.row_model import RowModel
from workstation.item_models.words import SEVERITY_MARKS, WORDS
from workstation.venues.base import Severity

MOST_LINES = 100_000
_DROP_AT_ONCE = 1_000
_KINDS = tuple(ActivityKind)
_SEVERITIES = tuple(Severity)
_COLLAPSING = frozenset({Severity.WARNING, Severity.ERROR})
_KIND_CODE = {kind: number * len(_SEVERITIES) for number, kind in enumerate(_KINDS)}
_SEVERITY_CODE = {severity: number for number, severity in enumerate(_SEVERITIES)}
_TONES = {Severity.SUCCESS: Tone.GOOD, Severity.WARNING: Tone.WARNING, Severity.ERROR: Tone.ALARM}


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row: a line, and the equal ones that followed it at once.

    `repeats` is shared by the successive values of one row and only grows; `count` says how much of it is meant.
    """

    line: ActivityLine
    repeats: list[ActivityLine] | None = None
    count: int = 1

    @property
    def lines(self) -> list[ActivityLine]:
        """All lines of the row, oldest first."""
        return [self.line, *(self.repeats or [])[: self.count - 1]]

    @property
    def last(self) -> ActivityLine:
        """The youngest line of the row."""
        return self.line if self.repeats is None else self.repeats[self.count - 2]

    def takes(self, line: ActivityLine) -> bool:
        """Say whether `line` is this row's line once more."""
        mine = self.line
        return (
            line.severity in _COLLAPSING
            and line.text == mine.text
            and line.severity is mine.severity
            and line.kind is mine.kind
            and line.connection_id == mine.connection_id
            and line.account == mine.account
            and line.cl_ord_id == mine.cl_ord_id
        )

    def with_repeat(self, line: ActivityLine) -> "ActivityRow":
        """Return this row with `line` added."""
        repeats = self.repeats if self.repeats is not None else []
        repeats.append(line)
        return ActivityRow(self.line, repeats, self.count + 1)


class ActivityModel(RowModel[int, ActivityRow]):
    """One row per line or run of equal errors, keyed by the first line's number."""

    def __init__(self, naming: Naming, most_lines: int = MOST_LINES, parent: QObject | None = None) -> None:
        columns = activity_columns(naming)
        self._naming = naming
        self._most_lines = most_lines
        self._youngest: ActivityRow | None = None
        self._lines = 0
        self._dresses = _dresses([column.key for column in columns].index("severity"))
        super().__init__(columns, groups=len(_KINDS) * len(_SEVERITIES), parent=parent)
        self.frame_clock.is_calm = True

    def key_of(self, record: ActivityRow) -> int:
        """Return the number of the row's first line."""
        return record.line.seq

    def group_of(self, record: ActivityRow) -> int:
        """Return the number for the row's kind and severity."""
        return _KIND_CODE[record.line.kind] + _SEVERITY_CODE[record.line.severity]

    def haystack_of(self, record: ActivityRow) -> str:
        """Return the words a line is searched by."""
        line = record.line
        alias = self._naming.alias(line.account) if line.account is not None else ""
        return f"{WORDS[line.kind]}\n{alias}\n{line.text}\n{line.cl_ord_id or ''}".casefold()

    def dress(self, record: ActivityRow) -> Dress:
        """Return the colour of the severity's sign."""
        return self._dresses.get(record.line.severity, PLAIN)

    def put_lines(self, lines: Iterable[ActivityLine]) -> None:
        """Add lines, oldest first; beyond the bound the oldest rows go."""
        rows = list(self._rows_of(lines))
        self.put_many(rows)
        if self._lines >= self._most_lines + _DROP_AT_ONCE or self._lines > 2 * self._most_lines:
            self._drop_oldest()

    def show_only(
        self,
        kinds: frozenset[ActivityKind] | None = None,
        severities: frozenset[Severity] | None = None,
        *,
        text: str = "",
        account: AccountKey | None = None,
    ) -> None:
        """Show some kinds and severities (None: all) that hold every word of `text`, of one account or all."""
        groups = None
        if kinds is not None or severities is not None:
            groups = frozenset(
                _KIND_CODE[kind] + _SEVERITY_CODE[severity]
                for kind in (_KINDS if kinds is None else kinds)
                for severity in (_SEVERITIES if severities is None else severities)
            )
        self.set_filter(
            text=text, groups=groups, accepts=None if account is None else (lambda row: row.line.account == account)
        )

    def count(self, *, kind: ActivityKind | None = None, severity: Severity | None = None) -> int:
        """Return the number of rows of a kind, a severity or both, whatever the filter."""
        return sum(
            self.counts[_KIND_CODE[k] + _SEVERITY_CODE[s]]
            for k in (_KINDS if kind is None else (kind,))
            for s in (_SEVERITIES if severity is None else (severity,))
        )

    def _rows_of(self, lines: Iterable[ActivityLine]) -> Iterator[ActivityRow]:
        row = self._youngest
        for line in lines:
            self._lines += 1
            row = row.with_repeat(line) if row is not None and row.takes(line) else ActivityRow(line)
            yield row
        self._youngest = row

    def _drop_oldest(self) -> None:
        self.flush()
        gone: list[int] = []
        for row in self.store.records:
            if self._lines <= self._most_lines:
                break
            if row is not None and row is not self._youngest:
                gone.append(row.line.seq)
                self._lines -= row.count
        self.remove(gone)


def _dresses(column: int) -> dict[Severity, Dress]:
    return {
        severity: Dress(edge=tone if severity in _COLLAPSING else None, tones={column: tone})
        for severity, tone in _TONES.items()
    }


def activity_columns(naming: Naming) -> tuple[Column[ActivityRow], ...]:
    """Return the columns of the activity log."""

    def text(row: ActivityRow) -> str:
        if row.count == 1:
            return row.line.text
        return f"{row.line.text}  × {row.count}, last {time_text(row.last.time_ns, naming.zone)[:8]}"

    return (
        instants("When it happened", lambda row: row.line.time_ns, naming),
        Column(
            key="severity",
            title="!",
            tooltip="How much it wants your eyes: i note, ✓ done, ! warning, ✕ error",
            text=lambda row: SEVERITY_MARKS[row.line.severity],
            sort_key=lambda row: _SEVERITY_CODE[row.line.severity],
            exact=lambda row: WORDS[row.line.severity],
            sorts=Sorts.NUMBERS,
            align=Align.MARK,
            width=3,
        ),
        words("kind", "Kind", "What it is about", lambda row: WORDS[row.line.kind]),
        accounts(lambda row: row.line.account, naming),
        words(
            "text",
            "What happened",
            "One sentence; select the row to read all of it",
            text,
            exact=lambda row: row.line.text,
            width=80,
        ),
    )
