from decimal import Decimal

import pytest

from tests.support.apart_screen import ApartDesk, apart_screen, euro, hard_finding, progress, soft_finding, wait
from workstation.desk.commands import CheckOrder, PlaceOrder, Refused, Sent
from workstation.desk.messages import SendStage
from workstation.domain.identity import ClOrdID
from workstation.services.desk_client import EngineGone
from workstation.widgets.judged_send import JudgedSend, Phase, Request
from workstation.widgets.position_terms import close_apart
from workstation.widgets.screen import Screen

KEY = ClOrdID("W1001")


def request(qty: str = "1") -> Request:
    terms = close_apart(euro(), Decimal(qty))
    return Request(
        check=CheckOrder(terms=terms), send=lambda accepted: PlaceOrder(terms=terms, gesture="Send", accepted=accepted)
    )


@pytest.fixture
def bench(qapp: object) -> tuple[JudgedSend, Screen, ApartDesk]:
    screen, desk = apart_screen()
    return JudgedSend(screen), screen, desk


Bench = tuple[JudgedSend, Screen, ApartDesk]


def test_it_is_checked_while_it_is_made_and_sent_once(bench: Bench) -> None:
    judged, screen, desk = bench
    judged.propose(request())
    assert judged.can_send
    assert not judged.send(), "a bounced key is faster than 300 ms"
    wait(screen)
    assert judged.send()
    assert not judged.send()
    assert [one.gesture for one in desk.of(PlaceOrder)] == ["Send"]
    desk.answer(Sent(cl_ord_id=KEY))
    assert judged.phase is Phase.SENT
    assert not judged.send()


def test_what_is_hard_stops_it_and_what_is_soft_wants_its_tick(bench: Bench) -> None:
    judged, screen, desk = bench
    desk.findings = (hard_finding(),)
    judged.propose(request())
    wait(screen)
    assert not judged.send()
    judged.confirm(desk.findings[0], True)
    assert not judged.can_send, "a hard finding has no tick"
    desk.findings = (soft_finding(),)
    judged.propose(request("0.5"))
    wait(screen)
    assert not judged.send()
    judged.confirm(desk.findings[0], True)
    assert judged.send()
    assert desk.of(PlaceOrder)[0].accepted == ("reference_price",)


def test_a_tick_outlives_moving_prices_but_not_another_quantity(bench: Bench) -> None:
    judged, _, desk = bench
    desk.findings = (soft_finding(text="stale: 16 s"),)
    judged.propose(request())
    judged.confirm(desk.findings[0], True)
    desk.findings = (soft_finding(text="stale: 17 s"),)
    judged.recheck()
    assert judged.can_send
    judged.propose(request("0.5"))
    assert not judged.can_send


def test_nothing_proposed_is_nothing_to_send(bench: Bench) -> None:
    judged, screen, _ = bench
    judged.propose(request())
    judged.propose(None)
    wait(screen)
    assert not judged.send()


def test_it_is_followed_until_the_venue_says_yes(bench: Bench) -> None:
    judged, screen, desk = bench
    heard: list[SendStage] = []
    judged.settled.connect(heard.append)
    judged.propose(request())
    wait(screen)
    judged.send()
    progress(screen, KEY, SendStage.JOURNALED)
    progress(screen, "W9", SendStage.REFUSED)
    desk.answer(Sent(cl_ord_id=KEY))
    assert judged.stage is SendStage.JOURNALED, "what came before the answer counts"
    progress(screen, KEY, SendStage.RECEIVED)
    assert heard == []
    progress(screen, KEY, SendStage.ACCEPTED)
    assert heard == [SendStage.ACCEPTED]
    assert judged.phase is Phase.DONE


def test_a_refusal_gives_the_fields_back_with_the_words(bench: Bench) -> None:
    judged, screen, desk = bench
    judged.propose(request())
    wait(screen)
    judged.send()
    desk.answer(Sent(cl_ord_id=KEY))
    progress(screen, KEY, SendStage.REFUSED, "No money.")
    assert judged.phase is Phase.EDITING
    assert "No money." in judged.notice
    assert not judged.send(), "not in the first 300 ms after it"


def test_doubt_is_said_and_nothing_more_can_be_sent(bench: Bench) -> None:
    judged, screen, desk = bench
    judged.propose(request())
    wait(screen)
    judged.send()
    desk.answer(Sent(cl_ord_id=KEY))
    progress(screen, KEY, SendStage.IN_DOUBT, "No answer for 10 s.")
    assert "IN DOUBT: No answer for 10 s." in judged.notice
    wait(screen)
    assert not judged.send()


def test_what_the_desk_stops_is_shown(bench: Bench) -> None:
    judged, screen, desk = bench
    judged.propose(request())
    wait(screen)
    judged.send()
    desk.answer(Refused(findings=(hard_finding(),)))
    assert judged.phase is Phase.EDITING
    assert judged.findings == (hard_finding(),)
    assert "Nothing was sent" in judged.notice


def test_an_engine_that_is_gone_is_said_and_never_tried_again(bench: Bench) -> None:
    judged, screen, desk = bench
    judged.propose(request())
    wait(screen)
    judged.send()
    desk.fail(EngineGone("gone"))
    assert "may or may not have been sent" in judged.notice
    wait(screen)
    assert not judged.send()
