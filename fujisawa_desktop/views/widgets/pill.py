"""Small rounded words that say a state; alone, in a wrapping row, or inside a table cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import SMALL_PX, Space, Tone, body_font, tokens
from fujisawa_desktop.views.widgets.text_cells import paint_ground

PILL_ROLE: Final = Qt.ItemDataRole.UserRole + 40
"""Model role whose value is a sequence of ``(text, tone)``, painted by :class:`PillDelegate`."""

PillText = tuple[str, Tone]
PILL_HEIGHT: Final = 20
_PADDING: Final = 10
_SHORTENED: Final = 80
"""Width to which a long pill gives way to others: a few letters of it."""


# A list paints the same few words for every row at every key: letters are measured once.  Only texts
# and numbers are kept: a font may not outlive the application.


def _font() -> QFont:
    return body_font(SMALL_PX)


@lru_cache(maxsize=512)
def _text_width(text: str) -> int:
    return QFontMetrics(_font()).horizontalAdvance(text)


@lru_cache(maxsize=512)
def _shortened(text: str, width: int) -> str:
    meet(text)
    return QFontMetrics(_font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def pill_size(text: str) -> QSize:
    """Return the room a pill with that text needs."""
    return QSize(_text_width(text) + 2 * _PADDING, PILL_HEIGHT)


def paint_pill(painter: QPainter, rect: QRect, text: str, tone: Tone) -> None:
    """Paint one pill into ``rect``; a text too long for it is shortened."""
    colours = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground_of(tone))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(colours.text_of(tone))
    painter.setFont(_font())
    room = rect.adjusted(_PADDING - 2, 0, 2 - _PADDING, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, _shortened(text, room.width()))
    painter.restore()


def place_pills(pills: Sequence[PillText], width: int) -> list[QRect]:
    """Return where each pill stands when a line may be ``width`` wide."""
    places: list[QRect] = []
    at = QPoint(0, 0)
    for text, _tone in pills:
        size = pill_size(text)
        if at.x() > 0 and at.x() + size.width() > width:
            at = QPoint(0, at.y() + PILL_HEIGHT + Space.XS)
        places.append(QRect(at, QSize(min(size.width(), max(width, PILL_HEIGHT)), size.height())))
        at += QPoint(size.width() + Space.S - 2, 0)
    return places


def fitted_widths(pills: Sequence[PillText], room: int) -> list[int]:
    """Return the widths of pills in one line; the longest gives way, so that short ones stay readable."""
    widths = [pill_size(text).width() for text, _tone in pills]
    over = sum(widths) + Space.XS * (len(widths) - 1) - room
    if over > 0 and len(widths) > 1:
        longest = max(range(len(widths)), key=widths.__getitem__)
        widths[longest] = max(widths[longest] - over, min(widths[longest], _SHORTENED))
    return widths


def places_in_line(pills: Sequence[PillText], cell: QRect) -> list[QRect]:
    """Return where pills stand in one line of a table's cell, as many as there is room for.

    Without room the longest is shortened, then the last left out.
    """
    places: list[QRect] = []
    left, right = cell.left() + Space.S, cell.right() - Space.XS
    top = cell.top() + (cell.height() - PILL_HEIGHT) // 2
    for wanted in fitted_widths(pills, right - left + 1):
        room = right - left + 1
        if room < PILL_HEIGHT:
            break
        width = min(wanted, room)
        places.append(QRect(left, top, width, PILL_HEIGHT))
        left += width + Space.XS
    return places


class Pill(QWidget):
    """One pill."""

    def __init__(self, text: str, tone: Tone = "neutral") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text = text
        self._tone: Tone = tone
        self.setAccessibleName(text)

    def text(self) -> str:
        """Return the word shown."""
        return self._text

    def tone(self) -> Tone:
        """Return the tone shown."""
        return self._tone

    def set(self, text: str, tone: Tone) -> None:
        """Say another state."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the word."""
        return pill_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self._text, self._tone)
        painter.end()


class PillRow(QWidget):
    """Several pills, wrapped into as many lines as they need."""

    def __init__(self, pills: Sequence[PillText] = ()) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pills: tuple[PillText, ...] = ()
        self.set_pills(pills)

    def set_pills(self, pills: Sequence[PillText]) -> None:
        """Show these states instead."""
        self._pills = tuple(pills)
        self.setAccessibleName("、".join(text for text, _tone in self._pills))
        self.updateGeometry()
        self.update()

    def pills(self) -> tuple[PillText, ...]:
        """Return what is shown."""
        return self._pills

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower row is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped lines."""
        return max((place.bottom() + 1 for place in place_pills(self._pills, width)), default=0)

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        places = place_pills(self._pills, 100_000)
        return QSize(places[-1].right() + 1, PILL_HEIGHT) if places else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Allow one pill a line."""
        return QSize(40, PILL_HEIGHT if self._pills else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pills."""
        painter = QPainter(self)
        for (text, tone), place in zip(self._pills, place_pills(self._pills, self.width()), strict=True):
            paint_pill(painter, place, text, tone)
        painter.end()


class PillDelegate(QStyledItemDelegate):
    """Paints the pills of ``PILL_ROLE`` in one line of a table cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell's ground, then its pills; without room the longest is shortened, then the last."""
        paint_ground(painter, option)
        pills: Sequence[PillText] = index.data(PILL_ROLE) or ()
        for (text, tone), place in zip(pills, places_in_line(pills, option.rect), strict=False):
            paint_pill(painter, place, text, tone)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of all pills of the cell."""
        pills: Sequence[PillText] = index.data(PILL_ROLE) or ()
        width = sum(pill_size(text).width() + Space.XS for text, _tone in pills)
        return QSize(width + Space.L, super().sizeHint(option, index).height())
