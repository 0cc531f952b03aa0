"""Rows of a list that hold whole sentences, with the line height Japanese needs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fujisawa_desktop.views.theme import Space, body_font, tokens
from fujisawa_desktop.views.widgets.running_text import line_height
from fujisawa_desktop.views.widgets.text_cells import paint_focus, paint_ground

Index = QModelIndex | QPersistentModelIndex

SENTENCE_ROLE: Final = Qt.ItemDataRole.UserRole + 100
"""True for rows that are painted as sentences; any other row is painted as usual."""
_SIGN: Final = 18
_LEFT: Final = Space.M
_TEXT_LEFT: Final = _LEFT + _SIGN + Space.S
_AROUND: Final = Space.XS


class SentenceDelegate(QStyledItemDelegate):
    """Breaks a sentence at the width of the list and leaves room between its lines."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height all lines need at the width of the list."""
        if not index.data(SENTENCE_ROLE):
            return super().sizeHint(option, index)
        font = body_font()
        lines = broken(str(index.data()), font, self._view.viewport().width() - _TEXT_LEFT - Space.M)
        return QSize(0, len(lines) * line_height(font) + 2 * _AROUND)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the sign and the lines."""
        if not index.data(SENTENCE_ROLE):
            super().paint(painter, option, index)
            return
        paint_ground(painter, option)
        font, area = body_font(), option.rect
        height = line_height(font)
        sign = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(sign, QIcon):
            at = QPoint(area.left() + _LEFT, area.top() + _AROUND + (height - _SIGN) // 2)
            sign.paint(painter, QRect(at, QSize(_SIGN, _SIGN)))
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink))
        metrics = QFontMetrics(font)
        base = area.top() + _AROUND + (height + metrics.ascent() - metrics.descent()) // 2
        for line in broken(str(index.data()), font, area.width() - _TEXT_LEFT - Space.M):
            painter.drawText(area.left() + _TEXT_LEFT, base, line)
            base += height
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, area)


def broken(text: str, font: QFont, width: int) -> list[str]:
    """Return the lines a text takes at a width; its own line breaks are kept."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 40))
            lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
    return lines
