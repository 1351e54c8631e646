from tests.support.otc_bench import NOW_MS
from workstation.simulators.otc.news_wire import PAST_TOPICS, NewsWire
from workstation.simulators.otc.venue_time import DAY_MS


def test_the_past_holds_a_few_dozen_stories_and_one_with_a_script() -> None:
    topics = NewsWire(seed=1, now_ms=NOW_MS).between(0, NOW_MS)
    assert len(topics) == PAST_TOPICS
    assert [topic.time_ms for topic in topics] == sorted(topic.time_ms for topic in topics)
    assert len({topic.key for topic in topics}) == PAST_TOPICS
    assert sum("<script>" in topic.body for topic in topics) == 1
    assert sum('<a href="https://' in topic.body for topic in topics) == PAST_TOPICS - 1
    assert topics == NewsWire(seed=1, now_ms=NOW_MS).between(0, NOW_MS)


def test_stories_go_on() -> None:
    wire = NewsWire(seed=1, now_ms=NOW_MS)
    assert wire.due(NOW_MS) is None
    topic = wire.due(NOW_MS + DAY_MS)
    assert topic is not None
    assert wire.due(NOW_MS + DAY_MS) is None
    assert wire.between(NOW_MS, NOW_MS + DAY_MS) == [topic]
