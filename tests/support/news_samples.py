"""News and calendar events for tests."""

from tests.support.chart_bench import XAPI
from tests.support.dock_screen import START_NS
from workstation.domain.identity import ConnectionID
from workstation.domain.market_data import CalendarEvent, Impact, NewsItem

MINUTE_NS = 60 * 10**9
HOUR_NS = 60 * MINUTE_NS
NOW_NS = START_NS + MINUTE_NS
"""What the clock of the tests' screen says."""


def news(
    key: str, title: str, body: str = "<p>Body.</p>", minutes_ago: int = 1, connection: ConnectionID = XAPI
) -> NewsItem:
    """Return one piece of news."""
    at_ns = NOW_NS - minutes_ago * MINUTE_NS
    return NewsItem(connection_id=connection, news_key=key, title=title, body=body, transact_time_ns=at_ns)


def event(
    title: str,
    hours: float,
    impact: Impact = Impact.LOW,
    country: str = "US",
    current: str = "",
    *,
    connection: ConnectionID = XAPI,
) -> CalendarEvent:
    """Return an event so many hours from now."""
    return CalendarEvent(
        connection_id=connection,
        country=country,
        title=title,
        impact=impact,
        period="OCT",
        previous="3.1%",
        forecast="3.0%",
        current=current,
        transact_time_ns=NOW_NS + round(hours * HOUR_NS),
    )
