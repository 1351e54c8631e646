"""The market data definition is kept ready; what its vendor published must stand in it."""

from workstation.venues.qst.generated import market_data_pb2


def test_published_numbers_stand() -> None:
    enums = market_data_pb2.DESCRIPTOR.enum_types_by_name
    assert enums["SymbolSource"].values_by_name["QST"].number == 1
    assert [value.number for value in enums["SubscriptionType"].values][:3] == [0, 1, 2]


def test_the_wrapper_echoes_a_request_id() -> None:
    messages = market_data_pb2.DESCRIPTOR.message_types_by_name
    assert "request_id" in messages["ClientMessage"].fields_by_name
    assert "request_id" in messages["ServerMessage"].fields_by_name
