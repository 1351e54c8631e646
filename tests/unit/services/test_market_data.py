from decimal import Decimal

from pytestqt.qtbot import QtBot

from workstation.desk.messages import MarketMoved
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Candle, Depth, LiveCandle, NewsItem, Quote
from workstation.services.market_data import MarketDataService

X, Y = ConnectionID("x"), ConnectionID("y")


def key(connection: ConnectionID = X) -> InstrumentKey:
    return InstrumentKey(connection, "EURUSD")


def test_each_subject_is_held_and_announced_once_a_turn(qtbot: QtBot) -> None:
    service, heard = MarketDataService(), []
    for name in ("quotes_changed", "depths_changed", "candles_added", "news_added"):
        getattr(service, name).connect(lambda values, name=name: heard.append((name, len(values))))
    one = Decimal(1)
    candle = Candle(start_ns=1, open_px=one, high_px=one, low_px=one, close_px=one)
    service.accept(
        MarketMoved(
            quotes=(Quote(key=key(), bid_px=one),),
            depths=(Depth(key=key(), bids=(), asks=()),),
            candles=(LiveCandle(key=key(), candle=candle),),
            news=(NewsItem(connection_id=X, news_key="k", title="t", body="b", transact_time_ns=1),),
        )
    )
    service.accept(MarketMoved())
    assert heard == [("quotes_changed", 1), ("depths_changed", 1), ("candles_added", 1), ("news_added", 1)]
    assert service.quotes[key()].bid_px == one
    assert next(iter(service.news)).news_key == "k"


def test_a_removed_connection_takes_its_quotes_along(qtbot: QtBot) -> None:
    service = MarketDataService()
    service.accept(MarketMoved(quotes=(Quote(key=key()), Quote(key=key(Y)))))
    service.forget(X)
    assert list(service.quotes) == [key(Y)]
