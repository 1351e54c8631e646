"""Instants in the trader's own zone, summer and winter time kept apart: a bar of July reads as July's clock read."""

from datetime import UTC, datetime, tzinfo

from workstation.item_models.number_text import UNKNOWN

_HOUR_S = 3_600


class LocalTime:
    """Offsets and texts of one zone, the computer's own unless given. Instants are whole seconds since the epoch."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone
        self._offset_of_hour: dict[int, int] = {}

    def offset_s(self, instant_s: int) -> int:
        """Return how far the local clock is ahead of UTC; zones change their clocks on the hour."""
        hour = instant_s // _HOUR_S
        offset = self._offset_of_hour.get(hour)
        if offset is None:
            local = self._local(hour * _HOUR_S)
            ahead = local.utcoffset() if local is not None else None
            offset = self._offset_of_hour[hour] = int(ahead.total_seconds()) if ahead is not None else 0
        return offset

    def text(self, instant_s: int, *, with_time: bool = True) -> str:
        """Write an instant: ``Sat 21 Nov 2026 09:41``, or without the time of day."""
        local = self._local(instant_s)
        if local is None:
            return UNKNOWN
        day = f"{_DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
        return f"{day} {local:%H:%M}" if with_time else day

    def short_text(self, instant_s: int) -> str:
        """Write an instant without its year: ``Sat 21 Nov 09:41``; 0 is unknown."""
        local = self._local(instant_s) if instant_s > 0 else None
        if local is None:
            return UNKNOWN
        return f"{_DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local:%H:%M}"

    def zone_text(self, instant_s: int) -> str:
        """Write the zone as its distance from UTC: ``UTC+5:30``."""
        minutes = self.offset_s(instant_s) // 60
        hours, rest = divmod(abs(minutes), 60)
        if not minutes:
            return "UTC"
        return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")

    def _local(self, instant_s: int) -> datetime | None:
        try:
            return datetime.fromtimestamp(instant_s, UTC).astimezone(self._zone)
        except (ValueError, OverflowError, OSError):
            return None


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
