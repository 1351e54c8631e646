"""The ticket offers what the wire can say, and says why not more."""

from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce
from workstation.venues.qst.capabilities import FORMS, qst_capabilities
from workstation.venues.qst.codec import Codec, default_codec
from workstation.venues.qst.messages import OrderType


class FewerWords:
    """A definition file that does not know one order type."""

    def offers(self, _: type, __: str, word: str) -> bool:
        return word not in (OrderType.FOK, "OPEN_POSITION_TYPE")


def test_our_file_offers_every_form_and_never_a_stop_with_limit() -> None:
    offered = qst_capabilities()
    assert offered.forms == frozenset(FORMS)
    assert not offered.times_in_force(OrdType.STOP_LIMIT)
    assert "trigger" in offered.why_not(OrdType.STOP_LIMIT)
    assert not offered.echoes_cl_ord_id
    assert offered.cancels_by_symbol
    assert "USD" in offered.currencies


def test_a_word_that_is_missing_disappears_from_the_ticket() -> None:
    codec = Codec(default_codec().binding)
    codec.binding = FewerWords()  # type: ignore[assignment]
    offered = qst_capabilities(codec)
    assert TimeInForce.FILL_OR_KILL not in offered.times_in_force(OrdType.LIMIT)
    assert "no word" in offered.why_not(TimeInForce.FILL_OR_KILL)
    assert offered.position_effects == {PositionEffect.CLOSE}
    assert TimeInForce.DAY not in offered.refusals
