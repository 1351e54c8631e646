from workstation.domain.capabilities import Capabilities
from workstation.domain.order_terms import OrdType, TimeInForce

VENUE = Capabilities(
    venue="qst",
    title="QST",
    glyph="Q",
    forms=frozenset(
        {
            (OrdType.LIMIT, TimeInForce.DAY),
            (OrdType.LIMIT, TimeInForce.FILL_OR_KILL),
            (OrdType.MARKET, TimeInForce.DAY),
        }
    ),
    refusals={OrdType.STOP_LIMIT: "not confirmed"},
)


def test_a_type_has_its_times_in_force() -> None:
    assert VENUE.times_in_force(OrdType.LIMIT) == {TimeInForce.DAY, TimeInForce.FILL_OR_KILL}
    assert VENUE.times_in_force(OrdType.STOP) == frozenset()


def test_every_refusal_has_a_reason() -> None:
    assert VENUE.why_not(OrdType.STOP_LIMIT) == "not confirmed"
    assert "QST" in VENUE.why_not(OrdType.STOP)
