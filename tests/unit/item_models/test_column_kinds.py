"""The common columns write, sort and explain as they say."""

from decimal import Decimal

from tests.unit.item_models.subjects import MAIN, NOW_NS, naming
from workstation.domain.identity import AccountKey
from workstation.item_models import column_kinds as kinds
from workstation.item_models.columns import Column


def test_words_sort_blind_to_case() -> None:
    column: Column[str] = kinds.words("a", "A", "", lambda text: text)
    assert column.sort_key("B") == column.sort_key("b") != column.sort_key("c")
    assert column.sort_key("") is None
    assert column.keys_of(["B", ""]) == [column.sort_key("B"), None]


def test_figures_sort_by_value_and_show_all_digits() -> None:
    column: Column[Decimal | None] = kinds.figures("a", "A", "", lambda value: value, lambda _value: "x")
    assert column.sort_key(Decimal(2)) < column.sort_key(Decimal(10))  # type: ignore[operator]
    assert column.keys_of([Decimal(10), None]) == [column.sort_key(Decimal(10)), None]
    assert column.exact is not None
    assert (column.exact(Decimal("-1.50")), column.exact(None)) == ("−1.50", "")


def test_instants() -> None:
    column: Column[int] = kinds.instants("", lambda time_ns: time_ns, naming())
    assert (column.text(NOW_NS), column.text(0), column.sort_key(0)) == ("11:06:40.000", "—", None)
    assert column.exact is not None
    assert column.exact(NOW_NS) == "2026-11-18 11:06:40.000"


def test_accounts_and_venues_may_be_none() -> None:
    account: Column[AccountKey | None] = kinds.accounts(lambda key: key, naming())
    venue: Column[AccountKey | None] = kinds.venues(lambda key: key, naming())
    assert (account.text(MAIN), account.text(None)) == ("Main", "")
    assert (venue.text(MAIN), venue.text(None)) == ("Q", "")
    assert account.exact is not None
    assert venue.exact is not None
    assert (account.exact(MAIN), account.exact(None)) == ("Main (17014)", "")
    assert (venue.exact(MAIN), venue.exact(None)) == ("qst-demo", "")
