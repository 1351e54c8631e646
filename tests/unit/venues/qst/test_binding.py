"""The vendor's own file may be spelled and numbered otherwise: the binding finds its way, or says what is missing."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.qst_protos import PROTOS, loaded
from workstation.venues.base import MalformedFrame
from workstation.venues.qst import messages as qst
from workstation.venues.qst.binding import Binding, default_binding, normalised
from workstation.venues.qst.codec import Codec
from workstation.venues.qst.coercion import Unwritable

OURS = (PROTOS / "order_routing.proto").read_text(encoding="utf-8")


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def vendor_like(text: str) -> str:
    """Respell our file: snake case, other numbers, other members, ids as integers, other types and wrapper names."""
    text = text.replace("package qst.orderrouting", "package vendor.routing")
    text = text.replace("message ClientMessage", "message Upstream").replace(
        "message ServerMessage", "message Downstream"
    )
    text = re.sub(
        r"(\w+) \w+ = (\d\d);",
        lambda m: (
            f"{m[1]} member_{snake(m[1])} = {m[2]};"
            if m[1].endswith(("Request", "Response", "ErrorMessage", "AsyncServerMessage", "ServerMessage"))
            else m[0]
        ),
        text,
    )
    text = text.replace("string orderNumber", "int64 orderNumber").replace("string orderId ", "int64 orderId ")
    text = text.replace("repeated string orderIds", "repeated int64 orderIds")
    text = text.replace("string quantity", "double quantity").replace("uint64 requestId", "string requestId")
    text = re.sub(
        r"(\w+) (\w+) = (\d+);",
        lambda m: (
            f"{m[1]} {snake(m[2])} = {int(m[3]) + 100};" if m[1] not in ("", "option") and m[1][0].isalpha() else m[0]
        ),
        text,
    )
    text = text.replace("STOP_ORDER_TYPE = 3", "STP_ORDER_TYPE = 9")
    return text.replace("FOK_ORDER_TYPE = 7", "SOMETHING_ELSE_ORDER_TYPE = 7")


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Codec:
    folder: Path = tmp_path_factory.mktemp("vendor")
    return Codec(Binding(loaded(vendor_like(OURS), folder)))


def test_our_file_resolves_completely() -> None:
    assert default_binding().problems == ()


def test_another_spelling_resolves_completely(vendor: Codec) -> None:
    assert vendor.binding.problems == ()


PLACEMENT = qst.PlaceOrderRequest(
    contract="ZCZ26",
    side="BUY",
    quantity=Decimal(2),
    order_type="STOP_ORDER_TYPE",
    life_time="DAY_ORDER_LIFE_TIME",
    price=Decimal("588.75"),
    override_account="17014",
)
ORDER = qst.Order(
    order_number="115332",
    account_number="297999",
    quantity=Decimal(1),
    price=Decimal("588.75"),
    side="SELL",
    order_type="LMT_ORDER_TYPE",
    order_date=1639052460612,
    status="New Order",
)


def test_requests_cross_another_spelling_unchanged(vendor: Codec) -> None:
    frame = vendor.encode_client(PLACEMENT, 7)
    back = vendor.decode_client(frame)
    assert (back.request_id, back.message) == (7, PLACEMENT)
    cancel = qst.CancelOrdersRequest(order_ids=("115257", "115259"))
    assert vendor.decode_client(vendor.encode_client(cancel, 8)).message == cancel


def test_notifications_cross_another_spelling_unchanged(vendor: Codec) -> None:
    back = vendor.decode_server(vendor.encode_server(ORDER)).message
    assert isinstance(back, qst.Order)
    assert (back.order_number, back.quantity, back.price, back.side) == ("115332", 1, Decimal("588.75"), "SELL")


def test_the_other_spelling_really_is_another(vendor: Codec) -> None:
    assert vendor.encode_client(PLACEMENT, 7) != Codec(default_binding()).encode_client(PLACEMENT, 7)


def test_a_word_that_the_file_lacks_is_not_offered(vendor: Codec) -> None:
    offers = vendor.binding.offers
    assert offers(qst.PlaceOrderRequest, "order_type", "STOP_ORDER_TYPE")
    assert not offers(qst.PlaceOrderRequest, "order_type", "FOK_ORDER_TYPE")
    assert not offers(qst.PlaceOrderRequest, "no_such_field", "FOK_ORDER_TYPE")
    with pytest.raises(Unwritable):
        vendor.encode_client(qst.PlaceOrderRequest(order_type="FOK_ORDER_TYPE"), 1)


@pytest.mark.parametrize(
    ("remove", "problem"),
    [
        ("  string orderId = 1;\n", "CancelOrderRequest.order_id"),
        ("  string contract = 1;\n", "PlaceOrderRequest.contract"),
        ("  LMT_ORDER_TYPE = 1;", "LMT_ORDER_TYPE"),
        ("    PlaceOrderRequest placeOrderRequest = 66;\n", "PlaceOrderRequest"),
        ("    LoginRequest loginRequest = 60;\n", "LoginRequest"),
        ("  string status = 7;", "Order.status"),
    ],
)
def test_what_is_missing_is_named(remove: str, problem: str, tmp_path: Path) -> None:
    assert remove in OURS
    binding = Binding(loaded(OURS.replace(remove, "", 1), tmp_path))
    assert any(problem in each for each in binding.problems), binding.problems


def test_a_type_that_cannot_hold_a_value_is_named(tmp_path: Path) -> None:
    binding = Binding(loaded(OURS.replace("string orderId = 1;", "bytes orderId = 1;", 1), tmp_path))
    assert any("CancelOrderRequest.order_id has a type" in each for each in binding.problems)


def test_plain_optional_members_serve_as_well_as_a_oneof(tmp_path: Path) -> None:
    plain = re.sub(r"oneof \w+ \{(.*?)\n  \}", r"\1", OURS, flags=re.DOTALL)
    codec = Codec(Binding(loaded(plain, tmp_path)))
    assert "oneof" not in plain
    assert codec.binding.problems == ()
    assert (
        codec.decode_server(codec.encode_server(ORDER)).message
        == Codec(default_binding()).decode_server(Codec(default_binding()).encode_server(ORDER)).message
    )


def test_two_messages_in_one_envelope_are_malformed(tmp_path: Path) -> None:
    plain = re.sub(r"oneof \w+ \{(.*?)\n  \}", r"\1", OURS, flags=re.DOTALL)
    codec = Codec(Binding(loaded(plain, tmp_path)))
    first = codec.encode_server(qst.LogoutResponse(), 1)
    with pytest.raises(MalformedFrame, match="several messages"):
        codec.decode_server(first + codec.encode_server(ORDER))
    with pytest.raises(MalformedFrame, match="several notifications"):
        codec.decode_server(codec.encode_server(ORDER) + codec.encode_server(qst.NetPosition(contract="ZCZ26")))


def test_a_required_field_of_an_older_syntax_is_set(tmp_path: Path) -> None:
    old = OURS.replace('syntax = "proto3"', 'syntax = "proto2"')
    old = re.sub(r"^(  )(?!repeated|optional|oneof|  )(\w+ \w+ = \d+;)", r"\1required \2", old, flags=re.MULTILINE)
    old = re.sub(r"^  required ([A-Z_]+ = )", r"  \1", old, flags=re.MULTILINE)
    old = re.sub(r"(message (?:Client|Server)Message \{[^\n]*\n  )required ", r"\1optional ", old)
    binding = Binding(loaded(old, tmp_path))
    frame = Codec(binding).encode_client(qst.CancelOrderRequest(order_id="115256"), 3)
    assert Codec(binding).decode_client(frame).message == qst.CancelOrderRequest(order_id="115256")


def test_names_are_compared_without_underscores_and_capitals() -> None:
    assert normalised("user_name") == normalised("userName") == normalised("UserName")
