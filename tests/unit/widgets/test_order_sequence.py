import pytest

from tests.support.apart_screen import ApartDesk, apart_screen, euro, hard_finding, order_told, soft_finding, wait
from workstation.desk.commands import PlaceOrder, Refused, Sent
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.services.desk_client import EngineGone
from workstation.widgets.order_sequence import OrderSequence, StepState
from workstation.widgets.position_terms import close_apart, reverse_apart
from workstation.widgets.screen import Screen

Bench = tuple[OrderSequence, Screen, ApartDesk]


def reverse(*, findings: tuple[object, ...] = ()) -> Bench:
    screen, desk = apart_screen()
    desk.findings = findings  # type: ignore[assignment]
    sequence = OrderSequence(reverse_apart(euro(), screen.services), "Send", screen, in_turn=True)
    wait(screen)
    return sequence, screen, desk


def both() -> Bench:
    screen, desk = apart_screen()
    terms = (close_apart(euro("7")), close_apart(euro("8", "-0.4")))
    sequence = OrderSequence(terms, "Send", screen, in_turn=False)
    wait(screen)
    return sequence, screen, desk


def states(sequence: OrderSequence) -> list[StepState]:
    return [step.state for step in sequence.steps]


def told(bench: Bench, place: int, status: OrdStatus, text: str = "") -> None:
    order_told(bench[1], f"W{place}", bench[0].steps[place].terms, status, text)


def sent(bench: Bench, place: int) -> None:
    bench[2].answer(Sent(cl_ord_id=ClOrdID(f"W{place}")))


def test_the_second_goes_only_after_the_first_has_filled(qapp: object) -> None:
    bench = sequence, _, desk = reverse()
    heard: list[bool] = []
    sequence.finished.connect(lambda: heard.append(True))
    assert sequence.send()
    assert not sequence.send()
    sent(bench, 0)
    assert len(desk.of(PlaceOrder)) == 1
    told(bench, 0, OrdStatus.NEW)
    assert len(desk.of(PlaceOrder)) == 1
    told(bench, 0, OrdStatus.FILLED)
    told(bench, 0, OrdStatus.FILLED)
    assert [one.terms for one in desk.of(PlaceOrder)] == [step.terms for step in sequence.steps]
    sent(bench, 1)
    assert heard == []
    told(bench, 1, OrdStatus.FILLED)
    assert heard == [True]
    assert states(sequence) == [StepState.FILLED, StepState.FILLED]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (OrdStatus.REJECTED, StepState.REFUSED),
        (OrdStatus.CANCELED, StepState.ENDED),
        (OrdStatus.IN_DOUBT, StepState.IN_DOUBT),
    ],
)
def test_after_anything_but_a_fill_the_second_is_never_sent(qapp: object, status: OrdStatus, state: StepState) -> None:
    bench = sequence, _, desk = reverse()
    sequence.send()
    sent(bench, 0)
    told(bench, 0, status, "why")
    assert states(sequence) == [state, StepState.STOPPED]
    told(bench, 0, OrdStatus.FILLED)
    assert len(desk.of(PlaceOrder)) == 1, "a fill that shows up later starts nothing"


def test_a_fill_that_came_before_the_answer_counts(qapp: object) -> None:
    bench = sequence, _, desk = reverse()
    sequence.send()
    told(bench, 0, OrdStatus.FILLED)
    sent(bench, 0)
    assert len(desk.of(PlaceOrder)) == 2


def test_a_first_order_that_the_gates_stop_ends_it(qapp: object) -> None:
    sequence, _, desk = reverse()
    sequence.send()
    desk.answer(Refused(findings=(hard_finding(),)))
    assert states(sequence) == [StepState.REFUSED, StepState.STOPPED]
    assert sequence.steps[0].text == "There is no such position."


def test_stopping_keeps_back_what_was_not_sent(qapp: object) -> None:
    bench = sequence, _, desk = reverse()
    sequence.send()
    sequence.stop()
    sent(bench, 0)
    told(bench, 0, OrdStatus.FILLED)
    assert states(sequence) == [StepState.FILLED, StepState.STOPPED]
    assert len(desk.of(PlaceOrder)) == 1


def test_all_go_together_and_a_refusal_stops_no_other(qapp: object) -> None:
    bench = sequence, _, desk = both()
    heard: list[bool] = []
    sequence.finished.connect(lambda: heard.append(True))
    sequence.send()
    assert len(desk.of(PlaceOrder)) == 2
    desk.answer(Refused(findings=(hard_finding(),)))
    sent(bench, 1)
    told(bench, 1, OrdStatus.FILLED)
    assert states(sequence) == [StepState.REFUSED, StepState.FILLED]
    assert heard == [True]


def test_every_order_is_checked_before_the_first_is_sent(qapp: object) -> None:
    sequence, _, desk = reverse(findings=(hard_finding(),))
    assert not sequence.send()
    assert len(sequence.findings) == 1, "equal findings are said once"
    assert desk.of(PlaceOrder) == []
    soft = soft_finding()
    sequence, _, desk = reverse(findings=(soft,))
    assert not sequence.send()
    sequence.confirm(soft, True)
    assert sequence.send()
    assert desk.of(PlaceOrder)[0].accepted == (soft.gate,)


def test_an_engine_that_is_gone_leaves_doubt(qapp: object) -> None:
    sequence, _, desk = reverse()
    sequence.send()
    desk.fail(EngineGone("gone"))
    assert states(sequence)[0] is StepState.IN_DOUBT
    assert "may or may not have been sent" in sequence.notice
    assert len(desk.of(PlaceOrder)) == 1
