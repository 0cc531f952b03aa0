"""Lines of the what-if dialog: time added, somebody away, somebody asked for another time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_time
from fujisawa_desktop.rules.calendar import parse_time
from fujisawa_desktop.rules.planning import Addition
from fujisawa_desktop.services.interview_assumptions import Absence, Asked
from fujisawa_desktop.services.interview_view import CalendarView, Person
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    IconButton,
    LinkButton,
    NumberEdit,
    Panel,
    TextLabel,
    ValueEdit,
    row,
)

V_co = TypeVar("V_co", covariant=True)
V = TypeVar("V")


class Line(Protocol[V_co]):
    """The widgets of one supposition."""

    widgets: Sequence[QWidget]

    def value(self) -> V_co:
        """Return what is entered.

        Raises:
            ValidationError: something is missing or cannot be read.
        """


class Span:
    """A day, and from when until when."""

    def __init__(self, view: CalendarView, day: date | None, start: time | None, end: time | None) -> None:
        self.day = day_choice(view, day)
        self.start = ValueEdit(parse_time, format_time, width=72)
        self.start.setAccessibleName(_("From"))
        self.start.set_value(start or view.day_from)
        self.end = ValueEdit(parse_time, format_time, width=72)
        self.end.setAccessibleName(_("Until"))
        self.end.set_value(end or view.day_until)

    def window(self) -> tuple[datetime, datetime]:
        """Return the moments.

        Raises:
            ValidationError: one is missing or cannot be read, or they are the wrong way round.
        """
        start, end = self.start.value(), self.end.value()
        if start is None or end is None:
            raise ValidationError("interviewer.field-missing", field="start")
        if end <= start:
            raise ValidationError("span.end-before-start", field="end", start=start, end=end)
        day: date = self.day.currentData()
        return datetime.combine(day, start), datetime.combine(day, end)


class AdditionLine:
    """Interviewers' time that is not there yet."""

    def __init__(self, view: CalendarView, one: Addition | None = None) -> None:
        window = (one.start, one.end) if one is not None else None
        self._span = _span(view, window)
        self.count = NumberEdit("count", lowest=1, width=56)
        self.count.setAccessibleName(_("Interviewers"))
        self.count.set_value(one.count if one is not None else 1)
        self.courses = QComboBox()
        self.courses.setAccessibleName(_("Courses"))
        self.courses.addItem(_("All courses"), frozenset())
        for mark in view.courses:
            self.courses.addItem(mark.short_name, frozenset({mark.course_id}))
        if one is not None and one.courses and self.courses.findData(one.courses) < 0:
            names = [mark.short_name for mark in view.courses if mark.course_id in one.courses]
            self.courses.addItem(_(", ").join(names), one.courses)
        if one is not None:
            self.courses.setCurrentIndex(max(self.courses.findData(one.courses), 0))
        self._role = one.role if one is not None else ""
        self.widgets: Sequence[QWidget] = (
            self._span.day, self._span.start, self._span.end, self.count, self.courses,
        )  # fmt: skip

    def value(self) -> Addition:
        """Return what is entered."""
        count = self.count.value()
        if count is None:
            raise ValidationError("interviewer.field-missing", field="count")
        return Addition(*self._span.window(), count, self.courses.currentData(), self._role)


class AbsenceLine:
    """An interviewer who is away a whole day."""

    def __init__(self, view: CalendarView, one: Absence | None = None) -> None:
        self.interviewer = QComboBox()
        self.interviewer.setAccessibleName(_("Interviewer"))
        for column in view.interviewers:
            self.interviewer.addItem(column.name, column.interviewer_id)
        self.day = day_choice(view, one.day if one is not None else None)
        if one is not None:
            self.interviewer.setCurrentIndex(max(self.interviewer.findData(one.interviewer_id), 0))
        self.widgets: Sequence[QWidget] = (self.interviewer, self.day)

    def value(self) -> Absence:
        """Return what is entered."""
        return Absence(self.interviewer.currentData(), self.day.currentData())


class AskedLine:
    """Somebody who is asked for another time and agrees."""

    def __init__(self, view: CalendarView, people: Sequence[Person], one: Asked | None = None) -> None:
        self.person = QComboBox()
        self.person.setAccessibleName(_("Person"))
        for person in people:
            self.person.addItem(person.name, person.applicant_id)
        self._span = _span(view, one.window if one is not None else None)
        if one is not None:
            self.person.setCurrentIndex(max(self.person.findData(one.applicant_id), 0))
        self.widgets: Sequence[QWidget] = (self.person, self._span.day, self._span.start, self._span.end)

    def value(self) -> Asked:
        """Return what is entered."""
        return Asked(self.person.currentData(), self._span.window())


class LineGroup(Panel, Generic[V]):
    """A panel of lines of one kind; lines are added and removed one by one."""

    def __init__(self, title: str, heads: Sequence[str], add_text: str, make: Callable[[], Line[V]]) -> None:
        super().__init__(title, margin=Space.M)
        self._heads = heads
        self._make = make
        self.lines: list[Line[V]] = []
        self.add_button = LinkButton(add_text, self._add_empty)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self.body.addWidget(self._holder)
        self.body.addLayout(row(self.add_button, None))
        self._fill()

    def add_line(self, line: Line[V]) -> None:
        """Append a line."""
        self.lines.append(line)
        self._fill()

    def clear(self) -> None:
        """Remove all lines."""
        for line in list(self.lines):
            self._remove(line)

    def values(self) -> tuple[V, ...]:
        """Return what is entered.

        Raises:
            ValidationError: something is missing or cannot be read; its field has the focus.
        """
        return tuple(line.value() for line in self.lines)

    def _add_empty(self) -> None:
        self.add_line(self._make())
        first = self.lines[-1].widgets[0]
        first.show()
        first.setFocus()

    def _remove(self, line: Line[V]) -> None:
        self.lines.remove(line)
        for widget in line.widgets:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._fill()
        self.add_button.setFocus()

    def _fill(self) -> None:
        kept = {id(widget) for line in self.lines for widget in line.widgets}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and id(widget) not in kept:
                widget.deleteLater()
        self._holder.setVisible(bool(self.lines))
        if not self.lines:
            return
        for at, head in enumerate(self._heads):
            self._grid.addWidget(TextLabel(head, "small"), 0, at)
        for number, line in enumerate(self.lines, 1):
            for at, widget in enumerate(line.widgets):
                self._grid.addWidget(widget, number, at, Qt.AlignmentFlag.AlignLeft)
            remove = IconButton("close", _("Remove this line"), partial(self._remove, line))
            self._grid.addWidget(remove, number, len(line.widgets))
        self._grid.setColumnStretch(len(self._heads) + 1, 1)


def day_choice(view: CalendarView, day: date | None) -> QComboBox:
    """Return a choice among the days on which interviews are held."""
    choice = QComboBox()
    choice.setAccessibleName(_("Date"))
    for column in view.days:
        if column.closed is None:
            choice.addItem(format_date(column.day, year=False), column.day)
    choice.setCurrentIndex(max(choice.findData(day), 0) if day is not None else 0)
    return choice


def _span(view: CalendarView, window: tuple[datetime, datetime] | None) -> Span:
    if window is None:
        return Span(view, None, None, None)
    return Span(view, window[0].date(), window[0].time(), window[1].time())
