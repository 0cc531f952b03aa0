"""The year on one line: what is over, what is now, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.theme import Space, Tokens, body_font, tokens


@dataclass(frozen=True, slots=True)
class Milestone:
    """One point of the year; ``until`` makes it a period."""

    label: str
    when: str
    day: date
    until: date | None = None

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.until or self.day


def position_of(today: date, milestones: Sequence[Milestone]) -> float:
    """Return where ``today`` stands: 0 at the first milestone, 1 at the last, even steps between."""
    steps = len(milestones) - 1
    if steps < 1 or today <= milestones[0].day:
        return 0.0
    for at in range(steps):
        here, following = milestones[at].day, milestones[at + 1].day
        if today < following:
            share = (today - here).days / max((following - here).days, 1)
            return (at + share) / steps
    return 1.0


class Timeline(QWidget):
    """Milestones at even distances, the line filled up to today."""

    TOP = 16
    HEIGHT = 74

    def __init__(self) -> None:
        super().__init__()
        self._milestones: tuple[Milestone, ...] = ()
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_milestones(self, milestones: Sequence[Milestone], today: date) -> None:
        """Show this year as of ``today``."""
        self._milestones = tuple(milestones)
        self._today = today
        parts = [f"{point.label} {point.when} {self._state(point)}" for point in self._milestones]
        self.setAccessibleName("、".join(parts))
        self.update()

    def milestones(self) -> tuple[Milestone, ...]:
        """Return what is shown."""
        return self._milestones

    def _state(self, point: Milestone) -> str:
        if self._is_now(point):
            return _("now")
        return _("past") if point.last < self._today else _("to come")

    def _is_now(self, point: Milestone) -> bool:
        return point.day <= self._today <= point.last

    def sizeHint(self) -> QSize:
        """Ask for a wide strip."""
        return QSize(700, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow window."""
        return QSize(420, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line and its points."""
        if not self._milestones:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        margin = self._room() / 2
        length = max(self.width() - 2 * margin, 1.0)
        self._paint_line(painter, colours, margin, length)
        last = max(len(self._milestones) - 1, 1)
        for at, point in enumerate(self._milestones):
            self._paint_point(painter, colours, point, margin + length * at / last, 2 * margin)
        painter.end()

    def _room(self) -> float:
        """Return the width one label may take."""
        return min(self.width() / max(len(self._milestones), 1), 150.0)

    def _paint_line(self, painter: QPainter, colours: Tokens, margin: float, length: float) -> None:
        start = QPointF(margin, self.TOP)
        painter.setPen(QPen(QColor(colours.line), 3))
        painter.drawLine(start, QPointF(margin + length, self.TOP))
        here = margin + length * position_of(self._today, self._milestones)
        if here > margin:
            painter.setPen(QPen(QColor(colours.key), 3))
            painter.drawLine(start, QPointF(here, self.TOP))

    def _paint_point(
        self, painter: QPainter, colours: Tokens, point: Milestone, x: float, room: float
    ) -> None:
        over, now = point.last < self._today, self._is_now(point)
        reached = over or now
        painter.setPen(QPen(QColor(colours.key if reached else colours.field_line), 2))
        painter.setBrush(QColor(colours.key if over else colours.panel))
        painter.drawEllipse(QPointF(x, self.TOP), 7, 7)
        if now:
            painter.setBrush(QColor(colours.key))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(x, self.TOP), 3, 3)
        elif over:
            painter.setPen(QPen(QColor(colours.on_key), 2))
            painter.drawPolyline(
                [QPointF(x - 3, self.TOP), QPointF(x - 1, self.TOP + 3), QPointF(x + 4, self.TOP - 3)]
            )
        box = QRectF(x - room / 2, self.TOP + 13, room, 20)
        for text, colour, bold in (
            (point.label, colours.key if now else colours.ink, now),
            (point.when, colours.secondary, False),
        ):
            font = body_font(bold=bold)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room - Space.XS))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
            box.translate(0, 20)
