from decimal import Decimal

from tests.support.xapi_front_bench import front_bench


def test_both_accounts_have_their_own_money() -> None:
    bench = front_bench()
    first = bench.data("getMarginLevel")
    bench.ask("logout")
    bench.log_in(bench.venue.user_ids[1])
    second = bench.data("getMarginLevel")
    assert (first["currency"], second["currency"]) == ("EUR", "USD")
    assert first["balance"] != second["balance"]
    assert second["credit"] == 250


def test_a_market_deal_is_told_in_order_and_within_300_ms() -> None:
    bench = front_bench()
    bench.subscribe("getTrades")
    bench.subscribe("getTradeStatus")
    asked = {"type": 0, "cmd": 0, "symbol": "EURUSD", "volume": 0.1, "price": 1, "customComment": "mine"}
    number = bench.data("tradeTransaction", {"tradeTransInfo": asked})["order"]
    assert bench.heard() == []
    for _ in range(5):
        bench.pass_time(0.05)
    told = bench.heard()
    assert [message["command"] for message in told] == ["trade", "trade", "tradeStatus"]
    assert [message["data"].get("type") for message in told] == [1, 0, None]
    assert all(message["data"]["customComment"] == "mine" for message in told)
    assert told[1]["data"]["order2"] == told[2]["data"]["order"] == number
    assert told[2]["data"]["requestStatus"] == 3


def test_a_pending_order_is_triggered_with_its_number() -> None:
    bench = front_bench()
    bench.subscribe("getTrades")
    number = bench.trade(type=0, cmd=2, symbol="EURUSD", volume=0.1, price=1.15)
    bench.heard()
    bench.market.move_to("EURUSD", Decimal("1.14000"), bench.venue.now_ms())
    gone, opened = bench.heard_of("trade")
    assert (gone["type"], gone["state"], gone["order"]) == (1, "Deleted", number)
    assert (opened["type"], opened["state"], opened["order2"]) == (0, "Modified", number)
    assert opened["position"] != number


def test_a_rejection_has_a_message_and_the_connection_stays() -> None:
    bench = front_bench()
    bench.subscribe("getTradeStatus")
    bench.trade(type=0, cmd=0, symbol="EURUSD", volume=60, price=1)
    [status] = bench.heard_of("tradeStatus")
    assert (status["requestStatus"], status["message"]) == (4, "Not enough money on account to perform trade")
    assert bench.main.outbox.ending is None


def test_news_are_told_when_they_are_written() -> None:
    bench = front_bench()
    bench.subscribe("getNews")
    bench.pass_time(89)
    assert bench.heard() == []
    bench.pass_time(2)
    [topic] = bench.heard_of("news")
    assert topic["key"] == bench.data("getNews", {"start": 0, "end": 0})[0]["key"]
