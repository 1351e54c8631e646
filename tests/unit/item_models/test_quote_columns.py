"""Figures that need more than a price."""

from decimal import Decimal

import pytest

from tests.support.market_screen import fx, key
from workstation.domain.market_data import Quote
from workstation.item_models.quote_columns import change_share, signed_price_text

EURO = fx("EURUSD", "Euro")


@pytest.mark.parametrize(
    ("amount", "text"),
    [(None, "—"), ("NaN", "—"), ("0", "0"), ("0.0001", "▲ +0.00010"), ("-0.0001", "▼ −0.00010")],
)
def test_a_difference_is_signed(amount: str | None, text: str) -> None:
    assert signed_price_text(None if amount is None else Decimal(amount), EURO) == text


@pytest.mark.parametrize(
    ("bid", "close", "share"), [("1.1", "1", "10"), ("0.9", "1", "-10"), ("1", "0", None), (None, "1", None)]
)
def test_the_change_in_per_cent(bid: str | None, close: str, share: str | None) -> None:
    quote = Quote(key=key("EURUSD"), bid_px=None if bid is None else Decimal(bid), prev_close_px=Decimal(close))
    assert change_share(quote) == (None if share is None else Decimal(share))
