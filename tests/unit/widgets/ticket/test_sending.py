"""How far an order has come: forward only, settled once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.ticket_bench import corn_order
from workstation.desk.messages import SendProgress, SendStage
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.widgets.ticket.sending import SentOrder

OURS = ClOrdID("W1")
TERMS = corn_order()
NEW_TERMS = corn_order(price=Decimal(590))
FRESH = SentOrder(cl_ord_id=OURS, terms=TERMS, is_replace=False)
AMENDED = SentOrder(cl_ord_id=OURS, terms=NEW_TERMS, is_replace=True)


def progress(stage: SendStage, text: str = "", of: ClOrdID = OURS) -> SendProgress:
    return SendProgress(cl_ord_id=of, stage=stage, text=text)


def order(status: OrdStatus, **more: object) -> Order:
    values: dict[str, object] = {"cl_ord_id": OURS, "terms": TERMS, "ord_status": status, **more}
    return Order(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        (OrdStatus.PENDING_NEW, None),
        (OrdStatus.UNRECOGNISED, None),
        (OrdStatus.NEW, SendStage.ACCEPTED),
        (OrdStatus.FILLED, SendStage.ACCEPTED),
        (OrdStatus.CANCELED, SendStage.ACCEPTED),
        (OrdStatus.REJECTED, SendStage.REFUSED),
        (OrdStatus.NOT_PLACED, SendStage.REFUSED),
        (OrdStatus.IN_DOUBT, SendStage.IN_DOUBT),
    ],
)
def test_the_state_of_a_new_order_settles_it(status: OrdStatus, stage: SendStage | None) -> None:
    assert FRESH.after_order(order(status)).stage is stage


def test_received_is_not_settled() -> None:
    sent = FRESH.after_progress(progress(SendStage.RECEIVED))
    assert not sent.settled


def test_a_replace_is_accepted_when_its_terms_are_in_force() -> None:
    assert AMENDED.after_order(order(OrdStatus.PENDING_REPLACE)).stage is None
    assert AMENDED.after_order(order(OrdStatus.NEW)).stage is None  # the old terms: no answer yet
    assert AMENDED.after_order(order(OrdStatus.NEW, terms=NEW_TERMS)).stage is SendStage.ACCEPTED


def test_a_replace_of_an_order_that_closed_with_its_old_terms_is_refused() -> None:
    assert AMENDED.after_order(order(OrdStatus.FILLED)).stage is SendStage.REFUSED


def test_a_replace_in_doubt_is_said() -> None:
    assert AMENDED.after_order(order(OrdStatus.IN_DOUBT)).stage is SendStage.IN_DOUBT


def test_doubt_is_left_by_evidence_only() -> None:
    doubted = FRESH.after_progress(progress(SendStage.IN_DOUBT))
    assert doubted.after_progress(progress(SendStage.RECEIVED)).stage is SendStage.IN_DOUBT
    assert doubted.after_order(order(OrdStatus.NEW)).stage is SendStage.ACCEPTED


def test_the_venues_words_are_kept() -> None:
    sent = FRESH.after_progress(progress(SendStage.REFUSED, "Invalid price"))
    assert sent.after_progress(progress(SendStage.REFUSED)).text == "Invalid price"


def test_news_of_another_order_changes_nothing() -> None:
    other = ClOrdID("W2")
    assert FRESH.after_progress(progress(SendStage.ACCEPTED, of=other)) == FRESH
    assert FRESH.after_order(order(OrdStatus.NEW, cl_ord_id=other)) == FRESH


@given(st.lists(st.sampled_from([*SendStage, *OrdStatus])))
def test_a_stage_never_goes_back_and_a_settled_order_stays(news: list[SendStage | OrdStatus]) -> None:
    rank = list(SendStage)
    steps = {SendStage.JOURNALED: 1, SendStage.ON_THE_WIRE: 2, SendStage.RECEIVED: 3, SendStage.IN_DOUBT: 4}
    sent = FRESH
    for item in news:
        now = sent.after_progress(progress(item)) if isinstance(item, SendStage) else sent.after_order(order(item))
        if sent.settled:
            assert now.stage is sent.stage
        elif sent.stage is not None:
            assert now.stage in rank
            assert steps.get(now.stage, 5) >= steps[sent.stage]
        sent = now
