from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.venues.xapi import records
from workstation.venues.xapi.kinds import bounded, loosely, written

PRICES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=7)


@given(PRICES, st.integers(0, 10**12))
def test_what_is_written_is_read_exactly(price: Decimal, volume: int) -> None:
    record = records.TickRecord(symbol="A", ask=price, ask_volume=Decimal(volume), timestamp=volume)
    body = msgspec.json.encode(written(record))
    assert msgspec.json.decode(body, type=records.TickRecord) == record
    assert loosely(body, records.TickRecord) == record
    assert b"E" not in body.replace(b"EUR", b"")


def test_each_kind_of_number_is_written_as_the_document_does() -> None:
    record = records.SymbolRecord(ask=Decimal(4000), contract_size=Decimal("100000.0"), lot_min=Decimal("1E-2"))
    body = msgspec.json.encode(written(record, nulls=False))
    assert body == b'{"ask":4000.0,"contractSize":100000,"lotMin":0.01}'
    assert (
        msgspec.json.encode(written(records.TickRecord(ask_volume=Decimal("1.50")), nulls=False))
        == b'{"askVolume":1.5}'
    )


def test_fields_beyond_the_document_are_written_only_when_set() -> None:
    assert b"nominalValue" not in msgspec.json.encode(written(records.TradeRecord()))
    assert b'"nominalValue":null' in msgspec.json.encode(written(records.TradeRecord(nominal_value=None)))


def test_a_number_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="NaN"):
        written(records.MarginTrade(margin=Decimal("NaN")))


def test_records_within_records_are_bounded() -> None:
    bad = records.RateInfoRecord(open=Decimal("1E+99"))
    with pytest.raises(ValueError, match="bounds"):
        bounded(records.ChartAnswer(rate_infos=(bad,)))
    assert bounded((records.RateInfoRecord(open=Decimal(1)),))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"[]", records.MarginTrade),
        (b"{}", tuple[records.TradeRecord, ...]),
        (b'{"digits":"x"}', records.ChartAnswer),
        (b'{"digits":[1]}', records.ChartAnswer),
        (b'{"closed":"perhaps"}', records.TradeRecord),
        (b'{"symbol":{}}', records.TradeRecord),
        (b'{"symbol":true}', records.TradeRecord),
        (b'{"order":1e30}', records.TradeRecord),
        (b'{"sl":"price"}', records.TradeRecord),
    ],
)
def test_what_says_something_else_is_refused(body: bytes, kind: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        loosely(body, kind)
