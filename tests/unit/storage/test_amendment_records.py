import json
from decimal import Decimal

import pytest

from tests.support.fake_venue import ACCOUNT
from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import PositionAmendRequest
from workstation.domain.order_terms import Side
from workstation.storage.amendment_records import amendment_body, amendment_of_body
from workstation.storage.order_records import UnreadableOrder

KEY = ClOrdID("P1001")
REQUEST = PositionAmendRequest(
    cl_ord_id=KEY,
    account=ACCOUNT,
    symbol="EURUSD",
    position_id="7",
    side=Side.SELL,
    qty=Decimal("0.40"),
    stop_loss=Decimal("1.10500"),
    trailing_offset=Decimal("0.0010"),
    comment="by hand",
)


def test_what_is_read_is_what_was_written() -> None:
    assert amendment_of_body(KEY, json.loads(json.dumps(amendment_body(REQUEST)))) == REQUEST


@pytest.mark.parametrize("change", [{"qty": "much"}, {"side": "LONG"}, {"account": None}, {"stop_loss": "x"}])
def test_what_we_did_not_write_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UnreadableOrder):
        amendment_of_body(KEY, {**amendment_body(REQUEST), **change})


@pytest.mark.parametrize("body", [None, {}, {"account": {"connection_id": "x", "account_id": "y"}}])
def test_a_body_without_fields_is_refused(body: object) -> None:
    with pytest.raises(UnreadableOrder):
        amendment_of_body(KEY, body)
