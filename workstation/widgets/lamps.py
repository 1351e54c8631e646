"""A connection's lamp: a mark, a word and an age, because a green light alone is only a claim.

The shapes differ, so that the lamps can be told apart without colour. The words are made from the facts of the
status at the moment they are shown.
"""

import math
from collections.abc import Callable
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from workstation.domain.connection import ConnectionProfile
from workstation.item_models.number_text import UNKNOWN, age_text, duration_text, time_text
from workstation.item_models.words import word
from workstation.venues.base import Channel, ConnectionStatus, Lamp
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

LAMP_ROLE = {
    Lamp.LIVE: Role.GOOD,
    Lamp.STALE: Role.WARNING,
    Lamp.DEGRADED: Role.WARNING,
    Lamp.SYNCING: Role.ACCENT,
    Lamp.CONNECTING: Role.ACCENT,
    Lamp.SUSPECT: Role.WARNING,
    Lamp.RECONNECTING: Role.WARNING,
    Lamp.NEEDS_YOU: Role.ERROR,
    Lamp.BLOCKED: Role.ERROR,
    Lamp.OFF: Role.TEXT_MUTED,
}
CHANNEL_WORD = {
    Channel.LOGIN: "login",
    Channel.TRADING: "trading",
    Channel.ORDER_STREAM: "order stream",
    Channel.DATA: "data",
}
_NS_PER_S = 1_000_000_000


def lamp_words(status: ConnectionStatus | None, now_ns: int) -> str:
    """Return the words beside the lamp, worst channel first."""
    if status is None:
        return word(Lamp.OFF)
    words = _worst_words(status, now_ns)
    queued = f", queue {status.queued}" if status.queued else ""
    return words + queued


def _worst_words(status: ConnectionStatus, now_ns: int) -> str:
    worst = status.worst
    if worst is Lamp.LIVE:
        return f"live {_milliseconds(status.round_trip_ms)}".rstrip()
    if worst is Lamp.RECONNECTING and status.retry_at_ns:
        left_s = max(0, math.ceil((status.retry_at_ns - now_ns) / _NS_PER_S))
        return f"retry in {duration_text(left_s)} (try {status.retry_count})"
    if worst is Lamp.SUSPECT and status.last_in_ns:
        return f"no traffic {age_text(status.last_in_ns, now_ns)}, checking"
    if worst is Lamp.DEGRADED and not status.detail:
        return f"slow {_milliseconds(status.round_trip_ms)}".rstrip()
    return status.detail or word(worst)


def lamp_tooltip(profile: ConnectionProfile, status: ConnectionStatus | None, now_ns: int) -> str:
    """Return every fact behind the lamp as rich text: one row per channel, then the figures."""
    rows = [("Environment", word(profile.environment)), ("Endpoint", profile.url)]
    if status is not None:
        rows += [(CHANNEL_WORD[channel].capitalize(), word(lamp)) for channel, lamp in status.lamps]
        rows += _figures(status, now_ns)
    body = "".join(f"<tr><td>{escape(name)}&nbsp;&nbsp;</td><td>{escape(value)}</td></tr>" for name, value in rows)
    error = f"<p>{escape(status.last_error)}</p>" if status is not None and status.last_error else ""
    return f"<b>{escape(profile.name)}</b><table>{body}</table>{error}"


def _figures(status: ConnectionStatus, now_ns: int) -> list[tuple[str, str]]:
    median, p99 = _milliseconds(status.round_trip_ms), _milliseconds(status.round_trip_p99_ms)
    rows = [
        ("Session since", time_text(status.session_started_ns) + " UTC" if status.session_started_ns else UNKNOWN),
        ("Last in", _ago(status.last_in_ns, now_ns)),
        ("Last out", _ago(status.last_out_ns, now_ns)),
        ("Round trip", f"{median or UNKNOWN} median, {p99 or UNKNOWN} p99"),
    ]
    if status.retry_at_ns > now_ns:
        left_s = math.ceil((status.retry_at_ns - now_ns) / _NS_PER_S)
        rows.append(("Next try", f"in {duration_text(left_s)}, number {status.retry_count}"))
    if status.queued:
        rows.append(("Queued", str(status.queued)))
    return rows


def _ago(instant_ns: int, now_ns: int) -> str:
    return f"{age_text(instant_ns, now_ns)} ago" if instant_ns else UNKNOWN


def _milliseconds(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 1000:
        return f"{value / 1000:.1f} s"
    return f"{value:.0f} ms" if value >= 1 else "<1 ms"


def lamp_icon(lamp: Lamp, theme: Theme, pixels: int) -> QIcon:
    """Return the mark of `lamp` as an icon of `pixels`, sharp at double density."""
    icon = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap(QSize(pixels, pixels) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_lamp(painter, QRectF(0, 0, pixels, pixels), lamp, theme)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def paint_lamp(painter: QPainter, area: QRectF, lamp: Lamp, theme: Theme) -> None:
    """Paint the mark of `lamp` into a square."""
    colour = theme.colour(LAMP_ROLE[lamp])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = area.width() / 14
    painter.translate(area.center())
    painter.scale(unit, unit)
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    _MARKS[lamp](painter, colour, theme.colour(Role.WINDOW))
    painter.restore()


_DISC = QRectF(-5, -5, 10, 10)


def _ring(painter: QPainter, _colour: QColor, _ground: QColor) -> None:
    painter.drawEllipse(_DISC)


def _ring_with_dots(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.drawEllipse(_DISC)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x in (-2.6, 0.0, 2.6):
        painter.drawEllipse(QPointF(x, 0), 0.9, 0.9)


def _half_disc(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.drawEllipse(_DISC)
    painter.setBrush(colour)
    painter.drawPie(_DISC, 90 * 16, 180 * 16)


def _disc(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(_DISC)


def _disc_with_mark(painter: QPainter, colour: QColor, ground: QColor) -> None:
    _disc(painter, colour, ground)
    painter.setPen(QPen(ground, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(0, -3), QPointF(0, 0.8))
    painter.drawPoint(QPointF(0, 3.2))


def _disc_with_slash(painter: QPainter, colour: QColor, ground: QColor) -> None:
    _disc(painter, colour, ground)
    painter.setPen(QPen(ground, 1.8))
    painter.drawLine(QPointF(-3, 3), QPointF(3, -3))


def _ring_with_question(painter: QPainter, _colour: QColor, _ground: QColor) -> None:
    painter.drawEllipse(_DISC)
    painter.drawArc(QRectF(-1.9, -3.2, 3.8, 3.6), -60 * 16, 240 * 16)
    painter.drawPoint(QPointF(0, 2.9))


def _ring_with_arrow(painter: QPainter, _colour: QColor, _ground: QColor) -> None:
    painter.drawArc(_DISC, 50 * 16, 290 * 16)
    painter.drawPolyline([QPointF(1.4, -5.8), QPointF(3.6, -3.6), QPointF(5.8, -6)])


def _key(painter: QPainter, _colour: QColor, _ground: QColor) -> None:
    painter.drawEllipse(QPointF(-2.8, 0), 2.5, 2.5)
    painter.drawPolyline([QPointF(-0.3, 0), QPointF(5.6, 0), QPointF(5.6, 2.6)])
    painter.drawLine(QPointF(3, 0), QPointF(3, 2))


def _hand(painter: QPainter, _colour: QColor, _ground: QColor) -> None:
    for x, top in ((-3.0, -2.5), (-1.0, -5.0), (1.0, -5.0), (3.0, -3.5)):
        painter.drawLine(QPointF(x, top), QPointF(x, 1))
    painter.drawArc(QRectF(-4.5, -3.5, 8, 9), 180 * 16, 180 * 16)


_MARKS: dict[Lamp, Callable[[QPainter, QColor, QColor], None]] = {
    Lamp.OFF: _ring,
    Lamp.CONNECTING: _ring_with_dots,
    Lamp.SYNCING: _half_disc,
    Lamp.LIVE: _disc,
    Lamp.STALE: _disc_with_mark,
    Lamp.DEGRADED: _disc_with_slash,
    Lamp.SUSPECT: _ring_with_question,
    Lamp.RECONNECTING: _ring_with_arrow,
    Lamp.NEEDS_YOU: _key,
    Lamp.BLOCKED: _hand,
}
