"""Numbers are shown exactly, signs and unknowns cannot be misread, and typed text is never guessed at."""

from datetime import UTC, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.instrument import Instrument
from workstation.domain.price_format import PriceFormat
from workstation.item_models import number_text as text
from workstation.item_models.number_text import Unreadable, parse_number

D = Decimal
exact = st.decimals(-(10**12), 10**12, places=6)


def instrument(price_format: PriceFormat, tick: str) -> Instrument:
    return Instrument(
        symbol="X",
        description="X",
        exchange="X",
        currency="USD",
        tick_size=D(tick),
        lot_size=D(1),
        multiplier=D(1),
        price_format=price_format,
    )


CORN = instrument(PriceFormat(2, 8), "0.25")
INDEX = instrument(PriceFormat(2), "0.25")


def test_prices_are_written_in_the_instruments_notation() -> None:
    assert text.price_text(D("588.25"), CORN) == "588^2"
    assert text.price_text(D("-1.5"), INDEX) == "−1.50"
    assert text.price_text(D("588.3"), CORN) == "588.3"
    assert text.price_text(D("1.5"), None) == "1.5"
    assert text.price_text(None, CORN) == ""
    assert text.price_text(D("NaN"), CORN) == "—"


def test_averages_are_rounded_and_say_so_by_more_places() -> None:
    assert text.average_text(D("588.25"), CORN) == "588^2"
    assert text.average_text(D(100) / 3, INDEX) == "33.3333"
    assert text.average_text(D(-100) / 3, None) == "−33.333333"
    assert text.average_text(D("Infinity"), None) == "—"
    assert text.average_text(None, None) == ""


def test_quantities() -> None:
    assert [text.qty_text(D(q)) for q in ("1E+3", "10000.50", "0", "-0.0", "-5")] == [
        "1,000",
        "10,000.5",
        "0",
        "0",
        "−5",
    ]
    assert text.qty_text(None) == "—"
    assert [text.net_qty_text(D(q)) for q in ("-5", "0", "10")] == ["−5 short", "0", "+10"]
    assert text.net_qty_text(None) == "—"


def test_money_is_never_rounded_and_unknown_is_not_zero() -> None:
    assert text.money_text(D("1204.5")) == "1,204.50"
    assert text.money_text(D("1204.567"), "USD") == "1,204.567 USD"
    assert text.money_text(D("-0.00")) == "0.00"
    assert text.money_text(None) == "—"
    assert text.money_text(D(7), places=0) == "7"


def test_profit_and_loss_carries_sign_and_arrow() -> None:
    assert text.pnl_text(D("1204.5"), "USD") == "▲ +1,204.50 USD"
    assert text.pnl_text(D("-35")) == "▼ −35.00"
    assert text.pnl_text(D(0)) == "0.00"
    assert text.pnl_text(None) == "—"
    assert text.ascii_text(text.pnl_text(D("-35"))) == "-35.00"


def test_share() -> None:
    assert text.share_text(D(1), D(3)) == "33.3 %"
    assert text.share_text(D(1), D(0)) == "n/a"
    assert text.share_text(None, D(1)) == text.share_text(D(1), D("NaN")) == "—"


@given(exact)
def test_what_is_shown_is_what_is_meant(value: Decimal) -> None:
    for shown in (text.plain_text(value), text.qty_text(value), text.money_text(value)):
        assert "E" not in shown
        assert D(text.ascii_text(shown).replace(",", "")) == value


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_any_decimal_can_be_shown(value: Decimal) -> None:
    for write in (text.plain_text, text.qty_text, text.money_text, text.pnl_text, text.net_qty_text):
        assert 0 < len(write(value)) < 300
    assert len(text.average_text(value, None)) < 300
    assert len(text.share_text(value, D(3))) < 300


def test_times() -> None:
    nine = 1_795_000_000 * 10**9 + 5_999_999
    assert text.time_text(nine, UTC) == "11:06:40.005"
    assert text.time_text(nine, timezone(timedelta(hours=5, minutes=30))) == "16:36:40.005"
    assert text.date_time_text(nine, UTC) == "2026-11-18 11:06:40.005"
    assert text.time_text(0) == text.date_time_text(0) == text.time_text(2**70) == "—"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3_599, "59 min"), (7_200, "2 h"), (200_000, "2 d")]
)
def test_ages(seconds: int, shown: str) -> None:
    assert text.age_text(10**9, (seconds + 1) * 10**9) == shown


def test_an_age_is_unknown_or_nothing_rather_than_wrong() -> None:
    assert text.age_text(0, 10**9) == "—"
    assert text.age_text(5 * 10**9, 10**9) == "0 s"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1250.5", "1250.5"),
        (" 1,250.5 ", "1250.5"),
        ("10k", "10000"),
        ("2.5M", "2500000"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("+.5", "0.5"),
        ("1 000", "1000"),
        ("1.2345k", "1234.5"),
    ],
)
def test_typed_numbers(typed: str, value: str) -> None:
    found = parse_number(typed)
    assert found == D(value)
    assert "E" not in str(found)


@pytest.mark.parametrize(
    "typed", ["", "  ", "k", "abc", "1e5", "nan", "inf", "1,5", "1,23,456", "1.234,5", "--1", "١٢", "1.2.3"]
)
def test_what_is_no_number_gets_a_reason(typed: str) -> None:
    found = parse_number(typed)
    assert isinstance(found, Unreadable)
    assert found.reason.endswith(".")


def test_a_comma_is_read_only_where_it_means_one_thing() -> None:
    assert parse_number("1,234") == D(1234)
    assert parse_number("1,5", decimal_comma=True) == D("1.5")
    assert parse_number("1,234,567", decimal_comma=True) == D(1234567)
    asked = parse_number("1,234", decimal_comma=True)
    assert isinstance(asked, Unreadable)
    assert "1234 or 1.234" in asked.reason


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_a_number_or_a_reason(typed: str, decimal_comma: bool) -> None:
    found = parse_number(typed, decimal_comma=decimal_comma)
    assert isinstance(found, Unreadable) or found.is_finite()


@given(exact)
def test_what_is_shown_can_be_typed(value: Decimal) -> None:
    assert parse_number(text.qty_text(value)) == value
