"""What a person wrote, with marks under what was understood, what was not, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Any, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextCharFormat, QTextCursor, QTextLine
from PySide6.QtWidgets import QTextEdit

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_minutes
from fujisawa_desktop.rules.availability_grid import Grid
from fujisawa_desktop.rules.availability_text import Reading, Verdict
from fujisawa_desktop.views.interviews.words import day_head
from fujisawa_desktop.views.theme import tokens
from fujisawa_desktop.views.widgets import TextArea

_DAYS_SHOWN: Final = 4
_WAVE: Final = 3


class Line(Enum):
    """The line under a piece of the text; the sort is told by more than colour."""

    PLAIN = auto()
    """Understood."""
    DASHED = auto()
    """Can be read in two ways."""
    WAVY = auto()
    """Not understood."""


class WrittenText(TextArea):
    """The answer as it was written."""

    def __init__(self) -> None:
        super().__init__(lines=7, most=7)
        self._lines: list[tuple[int, int, Line]] = []

    def show_reading(self, reading: Reading) -> None:
        """Mark what was understood (line below), what is in doubt (dashes), what was not (waves)."""
        self._lines = [
            *((one.start, one.end, Line.PLAIN) for one in reading.phrases),
            *((one.start, one.end, Line.DASHED) for one in reading.doubts),
            *((one.start, one.end, Line.WAVY) for one in reading.gaps),
        ]
        colours = tokens()
        grounds = {
            Line.PLAIN: colours.good_pale,
            Line.DASHED: colours.caution_pale,
            Line.WAVY: colours.wrong_pale,
        }
        self.setExtraSelections([self._ground(start, end, grounds[line]) for start, end, line in self._lines])
        self.viewport().update()

    def lines(self) -> list[tuple[int, int, Line]]:
        """Return what is marked, and how."""
        return list(self._lines)

    def go_to(self, start: int, end: int) -> None:
        """Select a piece of the text, so that it is seen."""
        self.setTextCursor(self._cursor(start, end))
        self.ensureCursorVisible()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the lines below its pieces."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        colours = tokens()
        inks = {Line.PLAIN: colours.good, Line.DASHED: colours.caution, Line.WAVY: colours.wrong}
        for start, end, line in self._lines:
            painter.setPen(QPen(QColor(inks[line]), 1.5, _PENS[line]))
            for left, right, bottom in self._stretches(start, end):
                y = bottom + 2 if line is Line.DASHED else bottom
                painter.drawPolyline(
                    _wave(left, right, y) if line is Line.WAVY else [QPointF(left, y), QPointF(right, y)]
                )
        painter.end()

    def _stretches(self, start: int, end: int) -> Iterator[tuple[float, float, float]]:
        """Yield left, right and bottom of a piece of the text on each line of the screen."""
        cursor = self._cursor(start, end)
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        block = self.document().findBlock(first)
        while block.isValid() and block.position() < last:
            place = self.document().documentLayout().blockBoundingRect(block).topLeft()
            place -= QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            layout = block.layout()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                begin = block.position() + line.textStart()
                low, high = max(first, begin), min(last, begin + line.textLength())
                if low < high:
                    left, right = (_x(line, at - block.position()) for at in (low, high))
                    y = place.y() + line.y() + line.ascent() + line.descent() + 1
                    yield place.x() + left, place.x() + right, y
            block = block.next()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_in_qt(text, start))
        cursor.setPosition(_in_qt(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _ground(self, start: int, end: int, colour: str) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(colour))
        mark.format = look
        mark.cursor = self._cursor(start, end)
        return mark


_PENS: Final = {
    Line.PLAIN: Qt.PenStyle.SolidLine,
    Line.DASHED: Qt.PenStyle.DashLine,
    Line.WAVY: Qt.PenStyle.SolidLine,
}


def _x(line: QTextLine, at: int) -> float:
    found: Any = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)


def _wave(left: float, right: float, y: float) -> list[QPointF]:
    count = max(int((right - left) / _WAVE), 1)
    return [QPointF(left + at * _WAVE, y + (1.5 if at % 2 else -0.5)) for at in range(count + 1)]


def _in_qt(text: str, place: int) -> int:
    """Return a place counted as Qt counts: characters beyond the basic plane are two."""
    return len(text[:place].encode("utf-16-le")) // 2


def grid_words(grid: Grid) -> str:
    """Return times in a few words: ``10/30 水 9:00–12:00, …``; many days are counted."""
    days: dict[str, list[str]] = {}
    for day, start, end in grid.spans():
        days.setdefault(day_head(day), []).append(f"{format_minutes(start)}–{format_minutes(end)}")
    if not days:
        return _("nothing within the interview hours")
    lines = [f"{day} {' '.join(spans)}" for day, spans in days.items()]
    more = len(lines) - _DAYS_SHOWN
    shown = _(", ").join(lines[:_DAYS_SHOWN])
    return shown if more <= 0 else _("{times} and {count} more days").format(times=shown, count=more)


def reading_rows(text: str, reading: Reading) -> list[tuple[int, int, tuple[str, str, str]]]:
    """Return what is listed below the text: place, and sign, words as written, how they were read."""
    signs = {Verdict.YES: "○", Verdict.NO: "×", Verdict.MAYBE: "△"}
    rows = [
        (one.start, one.end, (signs[one.verdict], _line(text, one.start, one.end), grid_words(one.times)))
        for one in reading.phrases
    ]
    rows += [
        (
            one.start,
            one.end,
            ("!", _line(text, one.start, one.end), texts.message_for(one.code, one.params)),
        )
        for one in reading.doubts
    ]
    rows += [
        (one.start, one.end, ("?", _line(text, one.start, one.end), _("not understood")))
        for one in reading.gaps
    ]
    return sorted(rows, key=lambda one: (one[0], one[1], one[2]))


def _line(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
