"""Sentences about an order: always with the order and the account."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.ticket_bench import corn_order, make_bench
from workstation.desk.messages import SendStage
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.widgets.ticket.sending import SentOrder
from workstation.widgets.ticket.ticket_words import TicketWords

TERMS = corn_order(order_qty=Decimal(40))
SENT = SentOrder(cl_ord_id=ClOrdID("W1042"), terms=TERMS, is_replace=False)
ORDER = Order(cl_ord_id=ClOrdID("W1042"), order_id=OrderID("115332"), terms=TERMS, ord_status=OrdStatus.NEW)


@pytest.fixture
def words(qapp: object) -> TicketWords:
    return TicketWords(make_bench().services)


def test_the_button_has_a_verb_a_number_and_an_account(words: TicketWords) -> None:
    assert words.button(TERMS, is_replace=False) == "Send BUY 40 ZCZ26 to Main (17014)"
    assert words.button(TERMS, is_replace=True) == "Send REPLACE BUY 40 ZCZ26 limit 588^2 to Main (17014)"


def test_doubt_says_what_it_means_for_the_money(words: TicketWords) -> None:
    assert words.progress(TERMS, None) == words.progress(TERMS, SENT) == "BUY 40 ZCZ26 to Main (17014)"
    doubt = words.progress(TERMS, replace(SENT, stage=SendStage.IN_DOUBT))
    assert doubt.startswith("Order W1042 (BUY 40 ZCZ26, Main): no answer. It may be working.")
    assert "blocked" in doubt
    assert "115332" in words.progress(TERMS, replace(SENT, stage=SendStage.IN_DOUBT, order=ORDER))


def test_acceptance_names_the_state(words: TicketWords) -> None:
    assert words.acceptance(replace(SENT, order=ORDER)) == (
        "Accepted: Order 115332, BUY 40 ZCZ26 limit 588^2, day, Main (17014). It is working."
    )


def test_a_refusal_has_the_venues_words_on_top(words: TicketWords) -> None:
    refused = replace(SENT, stage=SendStage.REFUSED, text="Invalid price: 589.625")
    told = words.refusal(refused, values_kept=True)
    assert told.splitlines()[0] == "The order was refused: Invalid price: 589.625"
    assert told.endswith("It does not work. Every value is still here.")
    assert "still here" not in words.refusal(refused, values_kept=False)
    assert "no reason was given" in words.refusal(SENT, values_kept=True)


def test_a_refused_amendment_says_how_the_order_stands(words: TicketWords) -> None:
    told = words.refusal(replace(SENT, is_replace=True, order=ORDER), values_kept=True)
    assert told.startswith("The amendment was refused")
    assert "It is working." in told
