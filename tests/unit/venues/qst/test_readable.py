import json
from decimal import Decimal

from workstation.venues.qst import messages as qst
from workstation.venues.qst.binding import default_binding
from workstation.venues.qst.readable import json_writer

RECORDS = default_binding().records


def written(message: object) -> object:
    return json.loads(json_writer(RECORDS[type(message).__name__])(message), parse_float=str)


def test_what_says_nothing_is_left_out_and_numbers_keep_their_digits() -> None:
    text = json_writer(RECORDS["PlaceOrderRequest"])(
        qst.PlaceOrderRequest(contract="ZCZ26", price=Decimal("588.750"), quantity=Decimal("1E+2"), side="BUY")
    )
    assert '"price": 588.750' in text
    assert '"quantity": 100' in text
    assert "limit" not in text


def test_records_inside_lists_and_whole_numbers_are_written_in_the_files_names() -> None:
    book = qst.OrderBookResponse(orders=(qst.Order(order_number="1", order_date=1639052460612), qst.Order()))
    assert written(book) == {"orders": [{"orderNumber": "1", "orderDate": "1639052460612"}, {}]}
    assert written(qst.CancelOrdersRequest(order_ids=("1", 'two "2"'))) == {"orderIds": ["1", 'two "2"']}


def test_text_other_than_ascii_and_marks_of_json_survive() -> None:
    text = 'Größe "A"\n\x7f\ud800'
    assert written(qst.ServerErrorMessage(message=text, code=7)) == {"message": text, "code": "7"}


def test_a_secret_is_never_written() -> None:
    text = json_writer(RECORDS["LoginRequest"])(qst.LoginRequest(username="me", password="s3cret"))
    assert json.loads(text)["password"] == "***"
    assert "s3cret" not in text


def test_a_message_without_fields_is_an_empty_object() -> None:
    assert json_writer(RECORDS["OrderBookRequest"])(qst.OrderBookRequest()) == "{}"
