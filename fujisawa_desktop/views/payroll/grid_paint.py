"""How the month's grid is painted: heads of days, names, totals against the cap, hours."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fujisawa_desktop.i18n import weekday
from fujisawa_desktop.services.hours import DayHead, PersonMonth
from fujisawa_desktop.views.payroll.grid_model import CELL_ROLE, NAME, CellLook
from fujisawa_desktop.views.payroll.words import cap_state
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import HOURS_ROW_HEIGHT, SMALL_PX, Space, Tokens, body_font, tokens
from fujisawa_desktop.views.widgets import paint_cap_bar

Index = QModelIndex | QPersistentModelIndex

HEAD_HEIGHT: Final = 44
_SIZES: Final = (13, 12, 11)
_TIGHTEST: Final = 70
"""Per cent of their width to which figures are narrowed before any of them would be cut."""


def fitting_font(text: str, width: int, *, bold: bool = False) -> QFont:
    """Return the largest font in which ``text`` fits; the smallest is narrowed as far as it must be."""
    font = body_font(_SIZES[0], bold=bold)
    for size in _SIZES:
        font = body_font(size, bold=bold)
        if QFontMetrics(font).horizontalAdvance(text) <= width:
            return font
    advance = QFontMetrics(font).horizontalAdvance(text)
    font.setStretch(max(_TIGHTEST, width * 100 // max(advance, 1)))
    return font


def name_lines(name: str, width: int) -> tuple[str, str]:
    """Return a name on one line, or on two where only that keeps it legible: family, given name.

    The second line is empty when the first holds all, and is then free for the course.
    """
    family, _gap, given = name.replace("\u3000", " ").partition(" ")
    fits = QFontMetrics(body_font(_SIZES[-1])).horizontalAdvance(name) <= width
    return (name, "") if fits or not given else (family, given)


def _paint_line(painter: QPainter, room: QRect, text: str, font: QFont) -> None:
    meet(text)
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class DayHeads(QHeaderView):
    """Day of the month over day of the week; closed days are grey and narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(8)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one day."""
        head = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, CELL_ROLE)
        if not isinstance(head, DayHead):
            return
        colours = tokens()
        painter.save()
        painter.fillRect(rect, QColor(colours.closed if head.closed else colours.header))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(colours.secondary if head.closed else colours.ink))
        middle = Qt.AlignmentFlag.AlignCenter
        number, name = str(head.day.day), weekday(head.day)
        painter.setFont(fitting_font(number, rect.width() - 2, bold=not head.closed))
        painter.drawText(QRect(rect.left(), rect.top() + 4, rect.width(), 18), middle, number)
        painter.setFont(fitting_font(name, rect.width() - 1))
        painter.drawText(QRect(rect.left(), rect.top() + 22, rect.width(), 18), middle, name)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Return the height of two lines."""
        return QSize(super().sizeHint().width(), HEAD_HEIGHT)


class PersonDelegate(QStyledItemDelegate):
    """Paints a name with the sign of its course, and a total against the cap.

    Attributes:
        current: the row that is chosen among the days.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.current = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one of the two fixed columns."""
        person = index.data(CELL_ROLE)
        if not isinstance(person, PersonMonth):
            return
        colours = tokens()
        painter.save()
        chosen = index.row() == self.current
        painter.fillRect(option.rect, QColor(colours.key_pale if chosen else colours.panel))
        if chosen and index.column() == NAME:
            painter.fillRect(
                QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(colours.key)
            )
        _lines(painter, option.rect, colours)
        if index.column() == NAME:
            self._paint_name(painter, option.rect, person, colours)
        else:
            paint_cap_bar(painter, option.rect.adjusted(Space.S, 2, -Space.S, -2), cap_state(person))
        painter.restore()

    @staticmethod
    def _paint_name(painter: QPainter, rect: QRect, person: PersonMonth, colours: Tokens) -> None:
        room = rect.adjusted(Space.S + 2, 5, -Space.XS, -5)
        upper = QRect(room.left(), room.top(), room.width(), room.height() // 2)
        lower = upper.translated(0, upper.height())
        first, second = name_lines(person.member.name, room.width())
        painter.setPen(QColor(colours.ink))
        _paint_line(painter, upper, first, fitting_font(first, room.width()))
        if second:
            _paint_line(painter, lower, second, fitting_font(second, room.width()))
        else:
            painter.setPen(QColor(colours.secondary))
            _paint_line(painter, lower, person.member.course_short, body_font(_SIZES[-1]))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of an hours row."""
        return QSize(100, HOURS_ROW_HEIGHT)


def paint_day(painter: QPainter, option: QStyleOptionViewItem, look: CellLook, *, lines: bool = True) -> None:
    """Paint one person's day, with the lines of the grid around it.

    Worked time stands on a pale ground, planned time in a frame; a triangle marks what breaks a
    rule.  Where the two differ, the plan stands small above what was worked.
    """
    colours = tokens()
    rect = option.rect
    painter.save()
    shut = look.closed or look.outside
    painter.fillRect(rect, QColor(colours.closed if shut else colours.panel))
    if lines:
        _lines(painter, rect, colours)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect.adjusted(0, 0, -1, -1), QColor(colours.hover if shut else colours.key_pale))
    inner = rect.adjusted(1, 5, -2, -6)
    if look.worked:
        _paint_worked(painter, inner, look, colours)
    elif look.planned:
        _paint_planned(painter, inner, look, colours)
    if look.tone is not None:
        _paint_sign(painter, rect, colours.text_of(look.tone))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(colours.key), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
    painter.restore()


def _paint_worked(painter: QPainter, inner: QRect, look: CellLook, colours: Tokens) -> None:
    wrong = look.tone == "wrong"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.wrong_pale if wrong else colours.key_soft))
    painter.setOpacity(1.0 if wrong else 0.55)
    painter.drawRoundedRect(QRectF(inner), 4, 4)
    painter.setOpacity(1.0)
    text = inner
    if look.planned and look.planned != look.worked:
        top = QRect(inner.left(), inner.top() + 1, inner.width(), 13)
        small = fitting_font(look.planned, inner.width() - 1)
        small.setPixelSize(min(small.pixelSize(), SMALL_PX - 1))
        painter.setFont(small)
        painter.setPen(QColor(colours.key))
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, look.planned)
        text = inner.adjusted(0, 12, 0, 0)
    painter.setFont(fitting_font(look.worked, inner.width() - 1))
    painter.setPen(QColor(colours.wrong if wrong else colours.ink))
    painter.drawText(text, Qt.AlignmentFlag.AlignCenter, look.worked)


def _paint_planned(painter: QPainter, inner: QRect, look: CellLook, colours: Tokens) -> None:
    colour = QColor(colours.wrong if look.tone == "wrong" else colours.key)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1)
    pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(colour)
    painter.setFont(fitting_font(look.planned, inner.width() - 1))
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, look.planned)


def _paint_sign(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Paint a triangle into the upper right corner."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corner = rect.topRight() + QPoint(-1, 1)
    painter.drawPolygon(QPolygon([corner, corner - QPoint(9, 0), corner + QPoint(0, 9)]))


def _lines(painter: QPainter, rect: QRect, colours: Tokens) -> None:
    painter.setPen(QColor(colours.line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
