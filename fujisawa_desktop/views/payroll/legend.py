"""What the signs of the grid mean, drawn as they stand there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.views.payroll.grid_model import CellLook
from fujisawa_desktop.views.payroll.grid_paint import paint_day
from fujisawa_desktop.views.payroll.words import pattern_text
from fujisawa_desktop.views.theme import SMALL_PX, Space, body_font, tokens

_SAMPLE = QSize(26, 26)


class Legend(QWidget):
    """One line under the grid: little cells with their meaning, then the usual days and the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._samples: list[tuple[CellLook, str]] = []
        self._patterns = ""
        self.show_patterns(())

    def show_patterns(self, patterns: Sequence[WorkPattern]) -> None:
        """Use the sign of the first usual day in the samples, and tell the times of all."""
        mark = patterns[0].mark if patterns else "6:00"
        self._samples = [
            (CellLook("", mark, closed=False, outside=False, tone=None), _("worked")),
            (CellLook(mark, "", closed=False, outside=False, tone=None), _("planned")),
            (CellLook("", mark, closed=False, outside=False, tone="wrong"), _("breaks a rule")),
            (CellLook("", "", closed=True, outside=False, tone=None), _("closed day")),
        ]
        keys = _("Type 9-12 · Delete clears · = as planned")
        self._patterns = "　".join([*(pattern_text(pattern) for pattern in patterns), keys])
        said = "、".join(text for _look, text in self._samples)
        self.setAccessibleName(f"{said} {self._patterns}")
        self.setToolTip(self._patterns)
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(400, _SAMPLE.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line; the end is shortened where there is no room."""
        painter = QPainter(self)
        font = body_font(SMALL_PX)
        metrics = QFontMetrics(font)
        left = 0
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for look, text in self._samples:
            option = QStyleOptionViewItem()
            option.rect = QRect(left, 1, _SAMPLE.width(), _SAMPLE.height())
            option.state = QStyle.StateFlag.State_None
            paint_day(painter, option, look, lines=False)
            left += _SAMPLE.width() + Space.XS
            painter.setFont(font)
            painter.setPen(QColor(tokens().secondary))
            painter.drawText(QRect(left, 0, 200, self.height()), middle, text)
            left += metrics.horizontalAdvance(text) + Space.M
        room = self.width() - left
        shown = metrics.elidedText(self._patterns, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 0, room, self.height()), middle, shown)
        painter.end()
