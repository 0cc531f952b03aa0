"""Cells of long lists, painted without what only editors, icons and check boxes need.

Qt's own delegate asks the model for seven roles of each cell and lays its text out twice; of the
time from a key to the rows it found, that was half.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import body_font, tokens

LEFT: Final = 5
RIGHT: Final = 3
"""Where the stylesheet puts the text of a cell."""
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
_ALIGNMENT: Final = Qt.ItemDataRole.TextAlignmentRole
_ONE_LINE: Final = Qt.TextFlag.TextSingleLine
_USUAL: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | _ONE_LINE
_SELECTED: Final = QStyle.StateFlag.State_Selected


class TextDelegate(QStyledItemDelegate):
    """Paints plain text as the stylesheet would: one line, shortened, on the ground of a chosen row."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground and the text."""
        paint_ground(painter, option)
        text = index.data(_DISPLAY)
        if text:
            room = option.rect.adjusted(LEFT, 0, -RIGHT, 0)
            alignment = index.data(_ALIGNMENT)
            painter.setPen(QColor(tokens().ink))
            painter.drawText(
                room,
                _USUAL if alignment is None else alignment | _ONE_LINE,
                shortened(str(text), room.width()),
            )


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint what lies under the contents of a cell."""
    if option.state & _SELECTED:
        painter.fillRect(option.rect, QColor(tokens().key_pale))


def paint_focus(painter: QPainter, cell: QRect) -> None:
    """Paint the frame of the current cell, so that keys have a visible place."""
    painter.save()
    painter.setPen(QPen(QColor(tokens().key), 1))
    painter.drawRect(cell.adjusted(0, 1, -1, -2))
    painter.restore()


@lru_cache(maxsize=8)
def baseline(height: int) -> int:
    """Return how far below the top of a cell its text stands, where Qt would centre it."""
    metrics = QFontMetricsF(body_font())
    return round((height - metrics.height()) / 2 + metrics.ascent())


# The same names and schools are painted at every key; what fits into a column is found out once.
# Only texts and numbers are kept: a font may not outlive the application.
@lru_cache(maxsize=1024)
def shortened(text: str, width: int) -> str:
    """Return as much of a text as a width has room for."""
    meet(text)
    return QFontMetrics(body_font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
