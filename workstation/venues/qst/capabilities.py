"""What QST offers the ticket, and why it offers no more.

Fill and kill, and fill or kill, are order types on this wire (QST spec 5.1); here they are times in force of a limit
order. A stop with limit stays off until the vendor says which of its two prices is the trigger (7.2, no. 6). What the
definition file has no word for is not offered (7.3, rule 7).
"""

from enum import Enum

from workstation.domain.capabilities import Capabilities
from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce
from workstation.venues.qst.codec import Codec, default_codec
from workstation.venues.qst.messages import LifeTime, OrderType, PlaceOrderRequest, PositionType

_CODES = (
    "AUD BRL CAD CHF CLP CNH CNY CZK EUR GBP HKD HUF INR ILS JPY KRW MXN MYR NOK NZD PLN RUB SDG SEK SGD TRY TWD",
    "USD ZAR",
)
CURRENCIES = tuple(code for codes in _CODES for code in codes.split())
"""Currencies in which QST states an account's money (QST spec 3.14)."""

FORMS: dict[tuple[OrdType, TimeInForce], tuple[OrderType, LifeTime]] = {
    (OrdType.MARKET, TimeInForce.DAY): (OrderType.MKT, LifeTime.DAY),
    (OrdType.LIMIT, TimeInForce.DAY): (OrderType.LMT, LifeTime.DAY),
    (OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL): (OrderType.LMT, LifeTime.GTC),
    (OrdType.LIMIT, TimeInForce.GOOD_TILL_DATE): (OrderType.LMT, LifeTime.GTD),
    (OrdType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL): (OrderType.FAK, LifeTime.DAY),
    (OrdType.LIMIT, TimeInForce.FILL_OR_KILL): (OrderType.FOK, LifeTime.DAY),
    (OrdType.STOP, TimeInForce.DAY): (OrderType.STOP, LifeTime.DAY),
    (OrdType.STOP, TimeInForce.GOOD_TILL_CANCEL): (OrderType.STOP, LifeTime.GTC),
    (OrdType.STOP, TimeInForce.GOOD_TILL_DATE): (OrderType.STOP, LifeTime.GTD),
}
"""How each pair of type and time in force is written; a pair that is not here is not offered."""

EFFECTS = {PositionEffect.OPEN: PositionType.OPEN, PositionEffect.CLOSE: PositionType.CLOSE}

STOP_LIMIT_REFUSED = (
    "QST has not confirmed which price of a stop with limit is the trigger, so this type is off: "
    "the order could work at the wrong price. Use a stop or a limit order."
)
_NO_WORD = "QST's message definition has no word for this, so it cannot be sent."


def qst_capabilities(codec: Codec | None = None) -> Capabilities:
    """Return the vocabulary that the definition file of `codec` can express."""
    binding = (codec or default_codec()).binding
    forms = frozenset(
        form
        for form, (order_type, life_time) in FORMS.items()
        if binding.offers(PlaceOrderRequest, "order_type", order_type)
        and binding.offers(PlaceOrderRequest, "life_time", life_time)
    )
    effects = frozenset(
        effect for effect, word in EFFECTS.items() if binding.offers(PlaceOrderRequest, "position_type", word)
    )
    refusals: dict[Enum, str] = {OrdType.STOP_LIMIT: STOP_LIMIT_REFUSED}
    spoken = {word for form in forms for word in form}
    refusals.update({word: _NO_WORD for form in FORMS for word in form if word not in spoken})
    refusals.update({effect: _NO_WORD for effect in EFFECTS if effect not in effects})
    return Capabilities(
        venue="qst",
        title="QST",
        glyph="Q",
        forms=forms,
        position_effects=effects,
        refusals=refusals,
        replaces=True,
        cancels_by_symbol=True,
        echoes_cl_ord_id=False,
        has_market_data=False,
        currencies=CURRENCIES,
    )
