"""The kinds of columns that several tables have: words, figures, instants, accounts, venues."""

from collections.abc import Callable
from decimal import Decimal

from workstation.domain.identity import AccountKey
from workstation.item_models.columns import Align, Column, R, Sorts, exact_key, exact_keys, text_key, text_keys
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import NONE, date_time_text, plain_text, time_text


def words(
    key: str,
    title: str,
    tooltip: str,
    text: Callable[[R], str],
    *,
    width: int = 10,
    exact: Callable[[R], str] | None = None,
    shown: bool = True,
) -> Column[R]:
    """Return a column of words that sorts by them, blind to case."""
    return Column(
        key=key,
        title=title,
        tooltip=tooltip,
        text=text,
        sort_key=lambda record: text_key(text(record)),
        sort_keys=lambda records: text_keys(map(text, records)),
        exact=exact,
        width=width,
        shown=shown,
    )


def figures(
    key: str,
    title: str,
    tooltip: str,
    value: Callable[[R], Decimal | None],
    text: Callable[[R], str],
    *,
    width: int = 10,
    exact: Callable[[R], str] | None = None,
    shown: bool = True,
    editable: Callable[[R], bool] | None = None,
) -> Column[R]:
    """Return a column of figures that sorts by `value`; without `exact` the tooltip has all its digits."""
    return Column(
        key=key,
        title=title,
        tooltip=tooltip,
        text=text,
        sort_key=lambda record: exact_key(value(record)),
        sort_keys=lambda records: exact_keys(map(value, records)),
        exact=exact or (lambda record: all_digits(value(record))),
        sorts=Sorts.NUMBERS,
        align=Align.NUMBER,
        width=width,
        shown=shown,
        editable=editable,
    )


def instants(
    tooltip: str,
    time_ns: Callable[[R], int],
    naming: Naming,
    *,
    key: str = "time",
    title: str = "Time",
    dated: bool = False,
) -> Column[R]:
    """Return a column of times of day, or of dates and times; the tooltip has the date. 0 is unknown."""
    write = date_time_text if dated else time_text
    return Column(
        key=key,
        title=title,
        tooltip=tooltip,
        text=lambda record: write(time_ns(record), naming.zone),
        sort_key=lambda record: time_ns(record) or None,
        exact=lambda record: date_time_text(time_ns(record), naming.zone),
        sorts=Sorts.NUMBERS,
        width=23 if dated else 14,
    )


def accounts(account_of: Callable[[R], AccountKey | None], naming: Naming) -> Column[R]:
    """Return a column of the trader's own names of accounts; the tooltip has the number."""

    def alias(record: R) -> str:
        key = account_of(record)
        return naming.alias(key) if key is not None else NONE

    def exact(record: R) -> str:
        key = account_of(record)
        return f"{naming.alias(key)} ({key.account_id})" if key is not None else NONE

    return words("account", "Account", "Your name for the account", alias, width=12, exact=exact)


def venues(account_of: Callable[[R], AccountKey | None], naming: Naming) -> Column[R]:
    """Return a column of venues' signs; the tooltip names the connection."""

    def glyph(record: R) -> str:
        key = account_of(record)
        return naming.glyph_of(key.connection_id) if key is not None else NONE

    def connection(record: R) -> str:
        key = account_of(record)
        return key.connection_id if key is not None else NONE

    return Column(
        key="venue",
        title="Venue",
        tooltip="Where it is",
        text=glyph,
        sort_key=lambda record: text_key(glyph(record)),
        exact=connection,
        align=Align.MARK,
        width=7,
    )


def all_digits(value: Decimal | None) -> str:
    """Write a figure for a tooltip; blank where there is none."""
    return plain_text(value) if value is not None else NONE
