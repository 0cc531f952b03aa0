"""Bars drawn with QPainter: counts per step, and hours against a cap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fujisawa_desktop.i18n import _, format_minutes
from fujisawa_desktop.views.theme import Space, Tone, body_font, tokens


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    label: str
    value: int
    tone: Tone = "key"


class BarChart(QWidget):
    """Horizontal bars with their numbers; the longest one fills the room."""

    ROW = 28

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_bars(())

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        said = "、".join(f"{bar.label} {bar.value:,}" for bar in self._bars)
        self.setAccessibleName(f"{self._name} {said}".strip())
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """Return what is shown."""
        return self._bars

    def sizeHint(self) -> QSize:
        """Ask for one row a bar."""
        return QSize(260, self.ROW * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow panel."""
        return QSize(180, self.ROW * len(self._bars))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, bars and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(body_font())
        metrics = QFontMetrics(body_font())
        names = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0) + Space.L
        names = min(names, self.width() // 2)
        numbers = (
            max((metrics.horizontalAdvance(f"{bar.value:,}") for bar in self._bars), default=0) + Space.S
        )
        room = max(self.width() - names - numbers, 1)
        highest = max((bar.value for bar in self._bars), default=0) or 1
        for at, bar in enumerate(self._bars):
            self._paint_bar(painter, metrics, bar, QRect(0, at * self.ROW, names, self.ROW), room / highest)
        painter.end()

    def _paint_bar(
        self, painter: QPainter, metrics: QFontMetrics, bar: Bar, name: QRect, scale: float
    ) -> None:
        colours = tokens()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.secondary))
        shown = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, name.width() - Space.S)
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | middle, shown)
        length = max(bar.value * scale, 3.0) if bar.value else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text_of(bar.tone))
        painter.drawRoundedRect(QRectF(name.right(), name.top() + 6, length, self.ROW - 12), 3, 3)
        painter.setPen(QColor(colours.ink))
        number = QRect(name.right() + round(length) + Space.S, name.top(), 90, self.ROW)
        painter.drawText(number, Qt.AlignmentFlag.AlignLeft | middle, f"{bar.value:,}")


@dataclass(frozen=True, slots=True)
class CapState:
    """Minutes of a month against the cap.

    Attributes:
        worked, planned: minutes; planned counts only what is not worked yet.
        cap: minutes; ``inclusive``: the cap itself is allowed (以内), else it must stay below (未満).
    """

    worked: int
    planned: int
    cap: int
    inclusive: bool

    @property
    def total(self) -> int:
        """Return worked and planned minutes together."""
        return self.worked + self.planned

    @property
    def reached(self) -> bool:
        """Return whether the total is more than the cap allows."""
        return self.total > self.cap if self.inclusive else self.total >= self.cap

    def cap_text(self) -> str:
        """Return the cap in words: 60時間未満."""
        hours = f"{self.cap // 60}" if self.cap % 60 == 0 else format_minutes(self.cap)
        if self.inclusive:
            return _("up to {hours} h").format(hours=hours)
        return _("under {hours} h").format(hours=hours)


def paint_cap_bar(painter: QPainter, rect: QRect, state: CapState) -> None:
    """Paint total, cap in words and the bar under them into ``rect`` (44 px is a good height)."""
    colours = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(body_font(bold=state.reached))
    line = QRect(rect.left(), rect.top() + 3, rect.width(), 20)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(colours.wrong if state.reached else colours.ink))
    sign = "▲ " if state.reached else ""
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, sign + format_minutes(state.total))
    painter.setFont(body_font(12))
    painter.setPen(QColor(colours.secondary))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, state.cap_text())
    track = QRectF(rect.left(), rect.top() + 27, rect.width(), 7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.neutral_pale))
    painter.drawRoundedRect(track, 3, 3)
    scale = track.width() / max(state.cap, state.total, 1)
    painter.setBrush(QColor(colours.wrong if state.reached else colours.key_soft))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), state.total * scale, 7), 3, 3)
    painter.setBrush(QColor(colours.key))
    within = min(state.worked, state.cap) * scale
    painter.drawRoundedRect(QRectF(track.left(), track.top(), within, 7), 3, 3)
    painter.restore()


class CapBar(QWidget):
    """Hours of one person against the cap, always in sight."""

    def __init__(self, state: CapState) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._state = state
        self.set_state(state)

    def set_state(self, state: CapState) -> None:
        """Show other hours."""
        self._state = state
        self.setAccessibleName(
            _("Worked {worked}, planned {planned}, cap {cap}").format(
                worked=format_minutes(state.worked),
                planned=format_minutes(state.planned),
                cap=state.cap_text(),
            )
        )
        self.update()

    def state(self) -> CapState:
        """Return what is shown."""
        return self._state

    def sizeHint(self) -> QSize:
        """Ask for a row's height."""
        return QSize(160, 40)

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow column."""
        return QSize(110, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        paint_cap_bar(painter, self.rect(), self._state)
        painter.end()
