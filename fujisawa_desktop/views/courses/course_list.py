"""The list of courses at the left: one card each, chosen by mouse or arrow keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.courses import CourseRow
from fujisawa_desktop.views.theme import BODY_PX, HEADING_PX, Space, Tone, body_font, tokens
from fujisawa_desktop.views.widgets import paint_pill, pill_size, tool_tip

NEW_ID = -1
"""Stands for a course that is being typed and not stored yet."""


def capacity_text(course: CourseRow) -> str:
    """Return the places: 2名程度, or 2名."""
    text = _("about {count} places") if course.capacity_approximate else _("{count} places")
    return text.format(count=course.capacity)


class CourseCard(QWidget):
    """One course, painted; the list chooses it."""

    HEIGHT = 88

    def __init__(self, title: str, department: str, counts: str, pills: Sequence[tuple[str, Tone]]) -> None:
        super().__init__()
        self._texts = (title, department, counts)
        self._pills = tuple(pills)
        self.chosen = False
        self.focused = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said = [title, department, counts, *(text for text, _tone in pills)]
        self.setAccessibleName("、".join(text for text in said if text))
        self.setToolTip(tool_tip(self.accessibleName()))

    def set_chosen(self, *, chosen: bool, focused: bool) -> None:
        """Draw it as the chosen one, or not; ``focused``: the arrow keys go here."""
        self.chosen, self.focused = chosen, focused
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a card's height."""
        return QSize(200, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frame, name, department, counts and states."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().adjusted(1, 1, -2, -Space.S)
        width = 3 if self.focused else 2 if self.chosen else 1
        painter.setPen(QPen(QColor(colours.key if self.chosen else colours.line), width))
        painter.setBrush(QColor(colours.key_pale if self.chosen else colours.panel))
        painter.drawRoundedRect(frame, 8, 8)
        inner = frame.adjusted(Space.M, Space.S, -Space.M, -Space.S)
        sizes = (
            (HEADING_PX, True, colours.ink),
            (BODY_PX, False, colours.secondary),
            (BODY_PX, False, colours.secondary),
        )
        line = inner.adjusted(0, 0, 0, 0)
        line.setHeight(21)
        for text, (size, bold, colour) in zip(self._texts, sizes, strict=True):
            painter.setFont(body_font(size, bold=bold))
            painter.setPen(QColor(colour))
            room = line.width() - (self._pill_room() if text is self._texts[1] else 0)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            line.translate(0, 22)
        right = inner.right()
        for text, tone in self._pills:
            size_ = pill_size(text)
            place = line.translated(0, -44)
            place.setLeft(right - size_.width() + 1)
            place.setSize(size_)
            paint_pill(painter, place, text, tone)
            right -= size_.width() + Space.XS
        painter.end()

    def _pill_room(self) -> int:
        return sum(pill_size(text).width() + Space.XS for text, _tone in self._pills)


class CourseList(QListWidget):
    """All courses of the programme.

    Signals:
        picked(int): the person chose the course of this id (``NEW_ID`` for the new one).
    """

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Courses"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "cards")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current)

    def show_courses(self, rows: Sequence[CourseRow], drafts: Collection[int], chosen: int | None) -> None:
        """Show these courses, those in ``drafts`` marked as not saved; keeps quiet about the choice."""
        with QSignalBlocker(self):
            self._fill(rows, drafts)
        self.choose(chosen)

    def choose(self, course_id: int | None) -> None:
        """Mark one course as chosen without telling anybody."""
        with QSignalBlocker(self):
            for at in range(self.count()):
                if self.item(at).data(Qt.ItemDataRole.UserRole) == course_id:
                    self.setCurrentRow(at)
        self._mark()

    def ids(self) -> list[int]:
        """Return the ids in order."""
        return [self.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.count())]

    def _fill(self, rows: Sequence[CourseRow], drafts: Collection[int]) -> None:
        self.clear()
        for course in rows:
            pills: list[tuple[str, Tone]] = [
                (_("Public"), "good") if course.published else (_("Not public"), "neutral")
            ]
            if course.over_capacity:
                pills.append((_("Over capacity"), "caution"))
            if course.id in drafts:
                pills = [(_("Not saved"), "caution")]
            counts = _("{applied} applied, {places}").format(
                applied=course.applications, places=capacity_text(course)
            )
            self._append(course.id, CourseCard(course.short_name, course.host_department, counts, pills))
        if NEW_ID in drafts:
            card = CourseCard(_("New course"), "", _("Not stored yet"), [(_("Not saved"), "caution")])
            self._append(NEW_ID, card)

    def _append(self, course_id: int, card: CourseCard) -> None:
        item = QListWidgetItem(self)
        item.setData(Qt.ItemDataRole.UserRole, course_id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, card.accessibleName())
        item.setSizeHint(QSize(0, CourseCard.HEIGHT))
        self.setItemWidget(item, card)

    def _mark(self) -> None:
        for at in range(self.count()):
            card = self.itemWidget(self.item(at))
            if isinstance(card, CourseCard):
                chosen = at == self.currentRow()
                card.set_chosen(chosen=chosen, focused=chosen and self.hasFocus())

    def _on_current(self, current: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        self._mark()
        if current is not None:
            self.picked.emit(current.data(Qt.ItemDataRole.UserRole))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the arrow keys go here."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they go elsewhere."""
        super().focusOutEvent(event)
        self._mark()
