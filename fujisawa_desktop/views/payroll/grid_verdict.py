"""What is said under the field while hours are typed: what was understood, and what a rule would say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.views.theme import SMALL_PX, Space, Tone, body_font, tokens

WIDTH: Final = 330
_GAP: Final = 3
_SIGN_WIDTH: Final = 18
_ROOM: Final = WIDTH - 2 * Space.S - _SIGN_WIDTH
_SIGNS: Final[dict[Tone, str]] = {"good": "✓", "caution": "▲", "wrong": "×", "neutral": "…", "key": "…"}
_LINE: Final = 18


class VerdictNote(QWidget):
    """A note beside a cell; it takes neither the focus nor the mouse.

    Attributes:
        lines: what is said: tone and sentence.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines: tuple[tuple[Tone, str], ...] = ()
        self.hide()

    def say(self, lines: Sequence[tuple[Tone, str]], cell: QRect) -> None:
        """Show these lines beside a cell, given in the coordinates of the parent widget."""
        self.lines = tuple(lines)
        self.setAccessibleName(self.said())
        self.resize(WIDTH, self._height())
        area = self._over.rect()
        left = min(max(cell.center().x() - WIDTH // 2, area.left()), max(area.right() - WIDTH, 0))
        below, above = cell.bottom() + _GAP, cell.top() - _GAP - self.height()
        fits_below = below + self.height() <= area.bottom()
        self.move(left, below if fits_below or above < area.top() else above)
        self.show()
        self.raise_()
        self.update()

    def said(self) -> str:
        """Return all that is said, for a screen reader."""
        return "\n".join(text for _tone, text in self.lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines, each with a sign of its tone."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.field_line), 1))
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(body_font(SMALL_PX))
        top = Space.XS + 1
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for tone, text in self.lines:
            painter.setPen(colours.text_of(tone))
            painter.drawText(QRect(Space.S, top, _SIGN_WIDTH, _LINE), middle, _SIGNS[tone])
            painter.setPen(QColor(colours.ink if tone == "good" else colours.text_of(tone)))
            for line in wrapped(text, _ROOM):
                painter.drawText(QRect(Space.S + _SIGN_WIDTH, top, _ROOM, _LINE), middle, line)
                top += _LINE
        painter.end()

    def _height(self) -> int:
        return sum(len(wrapped(text, _ROOM)) for _tone, text in self.lines) * _LINE + 2 * Space.XS + 2


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text that small letters need in a width."""
    layout = QTextLayout(text, body_font(SMALL_PX))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines
