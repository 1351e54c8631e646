from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.fake_venue import VenueOrder, limit_terms
from workstation.desk.last_words import LastWords, words_of
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.domain.orders import Order

KEY = ClOrdID("W1")
REPORT = replace(VenueOrder(OrderID("115001"), limit_terms(), 7).report(), cum_qty=Decimal(6))


def order(status: OrdStatus) -> Order:
    return Order(cl_ord_id=KEY, terms=limit_terms(), ord_status=status)


def test_the_last_report_of_an_order_is_kept_while_it_leaves_it_in_doubt() -> None:
    words = LastWords()
    assert words.of(KEY) == ""
    words.note(order(OrdStatus.IN_DOUBT), REPORT)
    assert words.of(KEY) == "115001 REPORT_NEW REPORT_NEW 6 - 5 588.75 -"
    words.note(order(OrdStatus.NEW), REPORT)
    assert words.of(KEY) == ""


@pytest.mark.parametrize(
    ("changes", "news"),
    [
        ({"transact_time_ns": 9}, False),
        ({"cum_qty": Decimal("6.00")}, False),
        ({"cum_qty": Decimal(7)}, True),
        ({"avg_px": Decimal(588)}, True),
        ({"event": OrderEvent.REPORT_CANCELED}, True),
        ({"venue_status": "ended"}, True),
        ({"order_id": OrderID("9")}, True),
        ({"terms": limit_terms(qty="6")}, True),
    ],
)
def test_the_same_news_has_the_same_words(changes: dict[str, object], news: bool) -> None:
    assert (words_of(replace(REPORT, **changes)) != words_of(REPORT)) is news  # type: ignore[arg-type]
