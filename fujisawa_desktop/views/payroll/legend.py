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
_GAP = "　"


class Legend(QWidget):
    """One line under the grid: little cells with their meaning, then the usual days and the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._samples: list[tuple[CellLook, str]] = []
        self._texts: list[str] = []
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
        self._texts = [*(pattern_text(pattern) for pattern in patterns), keys]
        said = "、".join(text for _look, text in self._samples)
        self.setAccessibleName(f"{said} {_GAP.join(self._texts)}")
        self.setToolTip("\n".join(self._texts))
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(400, _SAMPLE.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the signs and what they mean, then the explanations that have room."""
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
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), middle, self._fitting(left))
        painter.end()

    def _fitting(self, left: int) -> str:
        """Return as many of the explanations as there is room for; the tool tip has them all."""
        metrics = QFontMetrics(body_font(SMALL_PX))
        shown = ""
        for text in self._texts:
            longer = f"{shown}{_GAP}{text}" if shown else text
            if left + metrics.horizontalAdvance(longer) > self.width():
                break
            shown = longer
        return shown
