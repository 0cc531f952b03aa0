"""The charts of the month in a panel: both beside each other, or one of them where there is no room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.views.payroll.chart_data import person_chart, week_chart
from fujisawa_desktop.views.payroll.charts import ROW, HoursChart, PersonChart, WeekChart
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Button, ElidedLabel, Panel, TextLabel

BOTH_FROM: Final = 700
"""Pixels from which both charts stand beside each other."""
_NOBODY_YET: Final = -2
PEOPLE_AT_ONCE: Final = 8
"""So many people have a bar in each week; of more, the person chosen alone."""


class ChartsPanel(Panel):
    """Hours by week and by person.

    Attributes:
        caption: says what the bar says that is pointed at.

    Signals:
        wanted(int, date): go to this person's day.
    """

    wanted = Signal(int, object)

    def __init__(self) -> None:
        super().__init__("", margin=Space.S)
        self._view: MonthView | None = None
        self._row = _NOBODY_YET
        self.weeks = WeekChart(_("Hours by week"))
        self.people = PersonChart(_("Hours by person"))
        self.by_week = self._switch(_("By week"))
        self.by_person = self._switch(_("By person"))
        self._group = QButtonGroup(self)
        for button in (self.by_week, self.by_person):
            self._group.addButton(button)
        self.by_week.setChecked(True)
        self.caption = ElidedLabel("", "secondary")
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.people)
        self.week_part = _Part(_("Hours by week"), self.weeks)
        self.person_part = _Part(_("Hours by person"), self._scroll)
        self._lay_out()
        self._connect()

    def show_month(self, view: MonthView, row: int) -> None:
        """Show a month and who is chosen in it; what is shown already is left alone."""
        if view is not self._view:
            self._view = view
            self.people.show_people(person_chart(view))
            self._row = _NOBODY_YET
        self.choose(row)

    def choose(self, row: int) -> None:
        """Show whose bars are those of the person chosen."""
        view = self._view
        if view is None or row == self._row:
            return
        every = len(view.people) <= PEOPLE_AT_ONCE
        if self._row == _NOBODY_YET or not every:
            rows = range(len(view.people)) if every else [row] if 0 <= row < len(view.people) else []
            self.weeks.show_weeks(week_chart(view, list(rows)))
        self._row = row
        self.weeks.choose(row)
        self.people.choose(row)
        if 0 <= row < len(view.people):
            self.caption.set_whole(self._who(view.people[row].member.name, every=every))

    def charts(self) -> tuple[HoursChart, HoursChart]:
        """Return both."""
        return self.weeks, self.people

    def _who(self, name: str, *, every: bool) -> str:
        if every:
            return _("Strong: {person}. Full: worked, outline: planned.").format(person=name)
        return _("By week: {person}. Full: worked, outline: planned.").format(person=name)

    def _switch(self, text: str) -> Button:
        button = Button(text, self._show_parts, "chip")
        button.setCheckable(True)
        return button

    def _show_parts(self) -> None:
        both = self.width() >= BOTH_FROM
        for button in (self.by_week, self.by_person):
            button.setVisible(not both)
        for part, chosen in ((self.week_part, self.by_week), (self.person_part, self.by_person)):
            part.setVisible(both or chosen.isChecked())
            part.title.setVisible(both)

    def _follow(self) -> None:
        bar = self.people.current()
        if bar is not None:
            at = list(self.people.bars()).index(bar)
            self._scroll.ensureVisible(0, at * ROW + ROW // 2, 0, ROW)

    def _connect(self) -> None:
        for chart in self.charts():
            chart.told.connect(self.caption.set_whole)
            chart.wanted.connect(self.wanted)
        self.people.told.connect(lambda _said: self._follow())

    def _lay_out(self) -> None:
        for at, widget in enumerate((self.by_week, self.by_person)):
            self.header.insertWidget(at, widget)
        self.header.insertWidget(2, self.caption, 20)
        both = QHBoxLayout()
        both.setSpacing(Space.XL)
        both.addWidget(self.week_part, 1)
        both.addWidget(self.person_part, 1)
        self.body.addLayout(both, 1)
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both charts where there is room."""
        super().resizeEvent(event)
        self._show_parts()


class _Part(QWidget):
    """A chart under its name."""

    def __init__(self, name: str, chart: QWidget) -> None:
        super().__init__()
        self.title = TextLabel(name, "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.title)
        column.addWidget(chart, 1)
