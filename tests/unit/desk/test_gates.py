from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from tests.support.fake_venue import limit_terms
from tests.support.gate_contexts import NOW_S, context_of, order_of
from workstation.desk.commands import Finding, Hardness
from workstation.desk.gates import GateContext, RecentIntent, ask, hard, soft, standing
from workstation.desk.order_desk import GATES
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, TimeInForce

NUMBERS = st.decimals(allow_nan=True, allow_infinity=True)


def test_hard_findings_come_first_and_the_order_of_the_gates_stays() -> None:
    def gentle(context: GateContext) -> Iterator[Finding]:
        yield soft("a", "perhaps")

    def strict(context: GateContext) -> Iterator[Finding]:
        yield hard("b", "no")
        yield hard("c", "no again")

    assert [one.gate for one in ask((gentle, strict, gentle), context_of())] == ["b", "c", "a", "a"]


def test_only_soft_findings_that_were_accepted_by_name_fall_away() -> None:
    findings = (hard("lock", "locked"), soft("size", "large"), soft("duplicate", "again"))
    assert [one.gate for one in standing(findings, ("size", "lock"))] == ["lock", "duplicate"]
    assert standing((), ("size",)) == ()


def test_nothing_stands_against_a_legal_order() -> None:
    assert ask(GATES, context_of()) == ()


def test_the_subject_of_a_sentence_says_what_would_be_sent() -> None:
    assert context_of().what == "The order"
    assert context_of(replaces=order_of()).what == "The replacement"


@given(
    qty=NUMBERS,
    price=st.none() | NUMBERS,
    stop_px=st.none() | NUMBERS,
    ord_type=st.sampled_from(OrdType),
    time_in_force=st.sampled_from(TimeInForce),
    expiry=st.none() | st.integers(),
    replaced=st.none() | st.sampled_from(OrdStatus),
    symbol=st.text(max_size=5),
)
def test_whatever_is_typed_the_gates_answer_in_words(
    qty: object,
    price: object,
    stop_px: object,
    ord_type: OrdType,
    time_in_force: TimeInForce,
    expiry: object,
    replaced: OrdStatus | None,
    symbol: str,
) -> None:
    terms = limit_terms(
        order_qty=qty,
        price=price,
        stop_px=stop_px,
        ord_type=ord_type,
        time_in_force=time_in_force,
        expire_date_ms=expiry,
        symbol=symbol,
    )
    earlier = RecentIntent(cl_ord_id=ClOrdID("W1"), terms=terms, at_s=NOW_S - 1, at_ns=1)
    order = None if replaced is None else order_of(replaced)
    for finding in ask(GATES, context_of(terms, recent=(earlier,), replaces=order)):
        assert finding.gate
        assert finding.text.endswith(".")
        assert finding.hardness in Hardness
