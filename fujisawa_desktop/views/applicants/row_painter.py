"""The rows of the list painted in one go, pixel for pixel as its delegates would.

Between a key and the rows it found, the view spent two thirds of the time asking Python, cell by
cell, whether it can be typed into, how it is aligned and what stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from fujisawa_desktop.views.applicants.columns import COLUMNS, STATUS
from fujisawa_desktop.views.theme import Tone, tokens
from fujisawa_desktop.views.widgets import PillText
from fujisawa_desktop.views.widgets.pill import PILL_HEIGHT, paint_pill, places_in_line
from fujisawa_desktop.views.widgets.text_cells import LEFT, RIGHT, baseline, paint_focus, shortened

if TYPE_CHECKING:
    from fujisawa_desktop.views.applicants.table import ApplicantTable

_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_FIGURES: Final = _MIDDLE | int(Qt.AlignmentFlag.AlignRight)


class _Place(NamedTuple):
    """Where a column stands in the viewport."""

    column: int
    left: int
    width: int


def paint_rows(table: ApplicantTable, dirty: QRect) -> None:
    """Paint the rows of the list that reach into ``dirty``."""
    columns = _columns_in(table, dirty)
    first, last = table.rowAt(dirty.top()), table.rowAt(dirty.bottom())
    if first < 0 or not columns:
        return
    last = table.rows.rowCount() - 1 if last < 0 else last
    painter = QPainter(table.viewport())
    colours = tokens()
    ink, ground = QColor(colours.ink), QColor(colours.key_pale)
    current, selection = table.currentIndex(), table.selectionModel()
    block = [place for place in columns if place.column in table.block.columns()]
    under = _mixed(colours.key_pale, colours.key_soft) if block else ""
    for number in range(first, last + 1):
        top, height = table.rowViewportPosition(number), table.rowHeight(number)
        chosen = selection.isSelected(table.rows.index(number, 0))
        if chosen:
            left, end = columns[0].left, columns[-1].left + columns[-1].width
            painter.fillRect(left, top, end - left, height, ground)
            for place in block:
                painter.fillRect(place.left, top, place.width, height, QColor(under))
        painter.setPen(ink)
        for place in columns:
            said = table.rows.said(number, place.column)
            if not said:
                continue
            if place.column == STATUS and not isinstance(said, str):
                cell = QRect(place.left, top, place.width, height)
                marked = under if place in block else colours.key_pale
                _paint_pills(painter, cell, said, marked if chosen else colours.panel)
            else:
                room = place.width - LEFT - RIGHT
                text = shortened(str(said), room)
                if COLUMNS[place.column].figures:
                    painter.drawText(place.left + LEFT, top, room, height, _FIGURES, text)
                else:
                    # At a point and not within a frame: Qt need not look for a place, half of the time.
                    painter.drawText(place.left + LEFT, top + baseline(height), text)
    _paint_frames(painter, table)
    if current.isValid() and current.column() != STATUS and table.hasFocus():
        paint_focus(painter, table.visualRect(current))
    painter.end()


def _columns_in(table: ApplicantTable, dirty: QRect) -> list[_Place]:
    header = table.horizontalHeader()
    places = (
        _Place(column, header.sectionViewportPosition(column), header.sectionSize(column))
        for column in table.visible_columns()
    )
    return [at for at in places if at.left <= dirty.right() and at.left + at.width > dirty.left()]


def _paint_frames(painter: QPainter, table: ApplicantTable) -> None:
    """Frame the block: each part of the chosen rows that hangs together."""
    columns = table.block.columns()
    if not columns:
        return
    header = table.horizontalHeader()
    left = header.sectionViewportPosition(columns[0])
    right = header.sectionViewportPosition(columns[-1]) + header.sectionSize(columns[-1])
    below = table.viewport().height() + 2
    painter.setPen(QPen(QColor(tokens().key), 1))
    for first, last in table.selected_ranges():
        top = max(table.rowViewportPosition(first), -2)
        bottom = min(table.rowViewportPosition(last) + table.rowHeight(last), below)
        if top < bottom:
            painter.drawRect(left, top, right - left - 1, bottom - top - 1)


def _mixed(one: str, other: str) -> str:
    """Return a colour between two, nearer to the first."""
    first, second = QColor(one), QColor(other)
    parts = ((3 * getattr(first, part)() + getattr(second, part)()) // 4 for part in ("red", "green", "blue"))
    return QColor(*parts).name()


def _paint_pills(painter: QPainter, cell: QRect, pills: Sequence[PillText], under: str) -> None:
    ratio = painter.device().devicePixelRatioF()
    for (text, tone), place in zip(pills, places_in_line(pills, cell), strict=False):
        painter.drawImage(place.topLeft(), _picture(text, tone, place.width(), under, ratio))


# A list says the same few states in every row; a picture is painted thirty times as fast as a pill.
# What lies under it belongs to it: letters are smoothed against their ground.  An image, since a pixmap
# may not outlive the application, as what is kept here does.
@lru_cache(maxsize=512)
def _picture(text: str, tone: Tone, width: int, under: str, ratio: float) -> QImage:
    picture = QImage(round(width * ratio), round(PILL_HEIGHT * ratio), QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(under))
    painter = QPainter(picture)
    paint_pill(painter, QRect(0, 0, width, PILL_HEIGHT), text, tone)
    painter.end()
    return picture
