"""Rows as text for other programs: tab-separated for the clipboard, comma-separated for files.

A spreadsheet runs a cell that begins like a formula. Texts come from venues, so such a cell gets an apostrophe in
front, unless it is plainly a number.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from workstation.item_models.number_text import ascii_text
from workstation.item_models.row_table import RowTable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?")
_BREAKS = str.maketrans("\t\n\r\u2028\u2029", "     ")


def safe_cell(text: str) -> str:
    """Return a cell's text with ASCII signs, that no spreadsheet takes for a formula."""
    plain = ascii_text(text)
    if plain.lstrip().startswith(_FORMULA) and not _NUMBER.fullmatch(plain):
        return f"'{plain}"
    return plain


def cells(model: RowTable[Any, Any], rows: Iterable[int], columns: Sequence[int]) -> Iterable[list[str]]:
    """Yield the texts of `rows`, one list per row."""
    for row in rows:
        texts = model.look(row).texts
        yield [safe_cell(texts[column]) for column in columns]


def tsv_text(model: RowTable[Any, Any], rows: Iterable[int], columns: Sequence[int], *, titles: bool = False) -> str:
    """Return rows as lines of tab-separated cells; breaks and tabs within a cell become blanks."""
    lines = [[model.columns[column].title for column in columns]] if titles else []
    lines += cells(model, rows, columns)
    return "".join("\t".join(cell.translate(_BREAKS) for cell in line) + "\n" for line in lines)


def csv_text(model: RowTable[Any, Any], columns: Sequence[int], rows: Iterable[int] | None = None) -> str:
    """Return rows (None: all that are shown) as CSV with a line of titles (RFC 4180, UTF-8 when written)."""
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow([model.columns[column].title for column in columns])
    writer.writerows(cells(model, range(model.rowCount()) if rows is None else rows, columns))
    return into.getvalue()
