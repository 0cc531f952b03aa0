"""How the month's grid is painted: heads of days, names, totals against the cap, hours."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fujisawa_desktop.i18n import format_minutes, format_short_date, weekday
from fujisawa_desktop.services.hours import DayHead, PersonMonth
from fujisawa_desktop.services.hours_cells import week_total
from fujisawa_desktop.views.payroll.grid_model import CELL_ROLE, NAME, TOTAL, CellLook
from fujisawa_desktop.views.payroll.grid_words import cap_day, days_left, week_days, worked_planned
from fujisawa_desktop.views.payroll.words import cap_state
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import Space, Tokens, body_font, tokens

Index = QModelIndex | QPersistentModelIndex

HEAD_HEIGHT: Final = 44
ROW_HEIGHT: Final = 52
"""Three lines about a month and its bar; the days have room for a plan above what was worked."""
ROOMY: Final = 60
"""Width from which on a day shows start and end instead of a sign."""
_SIZES: Final = (13, 12, 11)
_FAINT: Final = 0.6
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_FOCUS: Final = QStyle.StateFlag.State_HasFocus.value
"""As numbers: to ask Qt's flags takes a tenth of the time of painting a day."""
_PLAN_HEIGHT: Final = 15
_LINE: Final = 18
_TIGHTEST: Final = 70
"""Per cent of their width to which figures are narrowed before any of them would be cut."""


@lru_cache(maxsize=4096)
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
        roomy = rect.width() >= ROOMY
        number = format_short_date(head.day) if roomy else str(head.day.day)
        name = " ".join(filter(None, (weekday(head.day), head.holiday if roomy else "")))
        painter.setFont(fitting_font(number, rect.width() - 2, bold=not head.closed))
        painter.drawText(QRect(rect.left(), rect.top() + 4, rect.width(), 18), middle, number)
        painter.setFont(fitting_font(name, rect.width() - 1))
        painter.drawText(QRect(rect.left(), rect.top() + 22, rect.width(), 18), middle, name)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Return the height of two lines."""
        return QSize(super().sizeHint().width(), HEAD_HEIGHT)


class PersonDelegate(QStyledItemDelegate):
    """Paints a name with its course and week, and a month against the cap.

    Attributes:
        current: the row that is chosen among the days.
        week: Monday of the week the mark stands in.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.current = -1
        self.week: date | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one of the fixed columns."""
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
        room = option.rect.adjusted(Space.S, 2, -Space.S, -2)
        if index.column() == NAME:
            self._paint_name(painter, option.rect.adjusted(Space.S + 2, 1, -Space.XS, -1), person, colours)
        elif index.column() == TOTAL:
            paint_month(painter, room, person, colours)
        elif self.week is not None:
            paint_week(painter, room, person, self.week, colours)
        painter.restore()

    def _paint_name(self, painter: QPainter, room: QRect, person: PersonMonth, colours: Tokens) -> None:
        upper = QRect(room.left(), room.top(), room.width(), 18)
        middle, lower = upper.translated(0, 16), upper.translated(0, 31)
        first, second = name_lines(person.member.name, room.width())
        painter.setPen(QColor(colours.ink))
        _paint_line(painter, upper, first, fitting_font(first, room.width()))
        if second:
            _paint_line(painter, middle, second, fitting_font(second, room.width()))
        else:
            painter.setPen(QColor(colours.secondary))
            _paint_line(painter, middle, person.member.course_short, body_font(_SIZES[-1]))
        if self.week is not None:
            said, tone = week_days(person, self.week)
            painter.setPen(colours.text_of(tone))
            _paint_line(painter, lower, said, _small(said, room.width()))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of an hours row."""
        return QSize(100, ROW_HEIGHT)


def paint_month(painter: QPainter, room: QRect, person: PersonMonth, colours: Tokens) -> None:
    """Paint a month against the cap: all together, worked and planned, what is left, the day of the cap."""
    state = cap_state(person)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    line = QRect(room.left(), room.top() - 1, room.width(), 16)
    total = f"▲ {format_minutes(state.total)}" if state.reached else format_minutes(state.total)
    painter.setFont(body_font(bold=True))
    painter.setPen(QColor(colours.wrong if state.reached else colours.ink))
    painter.drawText(line, left, total)
    taken = QFontMetrics(painter.font()).horizontalAdvance(total) + Space.S
    painter.setFont(fitting_font(state.cap_text(), room.width() - taken))
    painter.setPen(QColor(colours.secondary))
    painter.drawText(line, right, state.cap_text())
    _paint_bar(painter, QRectF(room.left(), room.top() + 16, room.width(), 4), person, colours)
    said = worked_planned(person)
    painter.setFont(_small(said, room.width()))
    painter.setPen(QColor(colours.secondary))
    painter.drawText(line.translated(0, 21), left, said)
    _paint_outlook(painter, line.translated(0, 33), person, colours)


def paint_week(painter: QPainter, room: QRect, person: PersonMonth, monday: date, colours: Tokens) -> None:
    """Paint a week's sum over its days against what is usual."""
    minutes, _days = week_total(person, monday)
    said, tone = week_days(person, monday)
    middle = Qt.AlignmentFlag.AlignCenter
    painter.setFont(body_font(bold=True))
    painter.setPen(QColor(colours.ink))
    painter.drawText(QRect(room.left(), room.top() + 4, room.width(), 18), middle, format_minutes(minutes))
    painter.setFont(_small(said, room.width()))
    painter.setPen(colours.text_of(tone))
    painter.drawText(QRect(room.left(), room.top() + 26, room.width(), 16), middle, said)


def _paint_outlook(painter: QPainter, line: QRect, person: PersonMonth, colours: Tokens) -> None:
    """Paint what is left at the left, and the day of the cap at the right."""
    said, day = days_left(person), cap_day(person)
    share = line.width() if day is None else line.width() * 11 // 20
    painter.setFont(_small(said, share))
    painter.setPen(QColor(colours.secondary))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
    if day is not None:
        painter.setFont(_small(day[0], line.width() - share - Space.XS))
        painter.setPen(colours.text_of(day[1]))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, day[0])


def _paint_bar(painter: QPainter, track: QRectF, person: PersonMonth, colours: Tokens) -> None:
    state = cap_state(person)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    scale = track.width() / max(state.cap, state.total, 1)
    for colour, minutes in (
        (colours.neutral_pale, max(state.cap, state.total, 1)),
        (colours.wrong if state.reached else colours.key_soft, state.total),
        (colours.key, min(state.worked, state.cap)),
    ):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(
            QRectF(track.topLeft(), track.size()).adjusted(0, 0, minutes * scale - track.width(), 0), 2, 2
        )


@lru_cache(maxsize=4096)
def _small(text: str, width: int) -> QFont:
    """Return the smallest font, narrowed only where the text would not fit."""
    font = body_font(_SIZES[-1])
    advance = QFontMetrics(font).horizontalAdvance(text)
    if advance > width:
        font.setStretch(max(_TIGHTEST, width * 100 // max(advance, 1)))
    return font


def paint_day(painter: QPainter, option: QStyleOptionViewItem, look: CellLook, *, lines: bool = True) -> None:
    """Paint one person's day, with the lines of the grid around it.

    Worked time stands on a pale ground, planned time in a frame; a triangle marks what breaks a
    rule.  Where the two differ, the plan stands small above what was worked.
    """
    colours = tokens()
    rect, state = option.rect, option.state.value
    painter.save()
    shut = look.closed or look.outside
    painter.fillRect(rect, QColor(colours.closed if shut else colours.panel))
    if lines:
        _lines(painter, rect, colours)
    if state & _SELECTED:
        painter.fillRect(rect.adjusted(0, 0, -1, -1), QColor(colours.hover if shut else colours.key_pale))
    inner = rect.adjusted(1, 5, -2, -6)
    if look.faint:
        painter.setOpacity(_FAINT)
    if look.worked:
        _paint_worked(painter, inner, look, colours)
    elif look.planned:
        _paint_planned(painter, inner, look, colours)
    painter.setOpacity(1.0)
    if look.tone is not None:
        _paint_sign(painter, rect, colours.text_of(look.tone), hollow=look.explained)
    if state & _FOCUS:
        painter.setPen(QPen(QColor(colours.key), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
    painter.restore()


def paint_target(painter: QPainter, rect: QRect) -> None:
    """Paint the frame of the day a dragged cell would go to."""
    painter.save()
    painter.setPen(QPen(QColor(tokens().key), 2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(2, 2, -3, -3))
    painter.restore()


def _paint_worked(painter: QPainter, inner: QRect, look: CellLook, colours: Tokens) -> None:
    wrong = look.tone == "wrong"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    differs = bool(look.planned) and look.planned != look.worked
    field = inner.adjusted(0, _PLAN_HEIGHT, 0, 0) if differs else inner
    solid = painter.opacity()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.wrong_pale if wrong else colours.key_soft))
    painter.setOpacity(solid if wrong else solid * 0.55)
    painter.drawRoundedRect(QRectF(field), 4, 4)
    painter.setOpacity(solid)
    if differs:
        plan = QRect(inner.left(), inner.top(), inner.width(), _PLAN_HEIGHT - 1)
        painter.setBrush(QColor(colours.panel))
        _paint_frame(painter, plan, colours.key)
        painter.setPen(QColor(colours.key))
        text = look.planned.replace("\n", " ")
        small = _small(text, inner.width() - 3)
        painter.setFont(small)
        painter.drawText(plan, Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(QColor(colours.wrong if wrong else colours.ink))
    _paint_text(painter, field, look.worked, "" if differs else look.hours)


def _paint_planned(painter: QPainter, inner: QRect, look: CellLook, colours: Tokens) -> None:
    colour = colours.wrong if look.tone == "wrong" else colours.key
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colours.panel))
    _paint_frame(painter, inner, colour)
    painter.setPen(QColor(colour))
    _paint_text(painter, inner, look.planned, look.hours)


def _paint_frame(painter: QPainter, rect: QRect, colour: str) -> None:
    pen = QPen(QColor(colour), 1)
    pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_text(painter: QPainter, field: QRect, text: str, hours: str) -> None:
    """Paint the lines of a day into the middle of it; the hours below where there is room."""
    lines = text.split("\n")
    if hours and len(lines) == 1:
        lines.append(hours)
    step = min(_LINE, field.height() // len(lines))
    top = field.top() + (field.height() - step * len(lines)) // 2
    for at, line in enumerate(lines):
        width = field.width() - 1
        painter.setFont(_small(line, width) if step < _SIZES[0] + 1 else fitting_font(line, width))
        place = QRect(field.left(), top + at * step, field.width(), step)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, line)


def _paint_sign(painter: QPainter, rect: QRect, colour: QColor, *, hollow: bool) -> None:
    """Paint a triangle into the upper right corner; a hollow one once somebody wrote the reason."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().panel) if hollow else colour)
    corner = rect.topRight() + QPoint(-1, 1)
    painter.drawPolygon(QPolygon([corner, corner - QPoint(9, 0), corner + QPoint(0, 9)]))


def _lines(painter: QPainter, rect: QRect, colours: Tokens) -> None:
    painter.setPen(QColor(colours.line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
