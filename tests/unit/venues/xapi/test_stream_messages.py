from workstation.venues.xapi.stream_messages import STREAM_COMMANDS


def test_every_subscription_has_its_stop() -> None:
    feeds = ["Balance", "Candles", "KeepAlive", "News", "Profits", "TickPrices", "Trades", "TradeStatus"]
    assert set(STREAM_COMMANDS) == {f"{verb}{feed}" for feed in feeds for verb in ("get", "stop")} | {"ping"}
    assert all(kind.keyed is not name.startswith("stop") for name, kind in STREAM_COMMANDS.items())
