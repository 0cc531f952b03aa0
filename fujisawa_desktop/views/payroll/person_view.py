"""One person over the whole term: months against the cap, weeks, pay, statements, corrections, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.services.hours import PersonMonth
from fujisawa_desktop.services.pay_details import ToldMonth, told_now
from fujisawa_desktop.services.person_term import PersonTerm, TermMonth
from fujisawa_desktop.views.payroll.amounts import Amount
from fujisawa_desktop.views.payroll.chart_data import term_chart
from fujisawa_desktop.views.payroll.charts import WeekChart
from fujisawa_desktop.views.payroll.pay_table import PayPanel
from fujisawa_desktop.views.payroll.person_lists import correction_rows, hand_in_rows, statement_rows
from fujisawa_desktop.views.payroll.words import cap_state, days_left_text, month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    CapBar,
    DataTable,
    ElidedLabel,
    IconButton,
    Panel,
    RunningText,
    TextLabel,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_CHART_LEAST: Final = 176
_LIST_LEAST: Final = 118
_CHOICE_WIDTH: Final = 300


class PersonView(QWidget):
    """The whole of one person.

    Attributes:
        choice: whose; the names can be typed.
        pay: a row a month.
        lists: statements, corrections, papers to hand in.

    Signals:
        person_wanted(int): show the person of this appointment.
        day_wanted(int, date): go to this person's day in the grid.
        month_picked(): another month or amount is looked at.
        amount_opened(object, object): a :class:`ToldMonth` and the amount to be explained in full.
    """

    person_wanted = Signal(int)
    day_wanted = Signal(int, object)
    month_picked = Signal()
    amount_opened = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.term: PersonTerm | None = None
        self.amount = Amount.PAY
        self.at_sums = False
        self.choice = QComboBox()
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.choice.setFixedWidth(_CHOICE_WIDTH)
        self.choice.setAccessibleName(_("Person"))
        self._make_searchable()
        self.before = IconButton("up", _("Previous person (Alt+↑)"), lambda: self.step(-1))
        self.after = IconButton("down", _("Next person (Alt+↓)"), lambda: self.step(1))
        self.before.setShortcut("Alt+Up")
        self.after.setShortcut("Alt+Down")
        self.about = ElidedLabel("", "secondary")
        self.caps = QHBoxLayout()
        self.caps.setSpacing(Space.S)
        self.pay = PayPanel(_("Months of the term"), _("Month"))
        self.chart = WeekChart(_("Hours by week"))
        self.caption = ElidedLabel("", "secondary")
        self.lists = {
            name: _List(title)
            for name, title in (
                ("statements", _("Statements")),
                ("corrections", _("Corrections after closing")),
                ("hand_ins", _("Papers to hand in")),
            )
        }
        self._lay_out()
        self._connect()

    # whom

    def show_people(self, people: Sequence[PersonMonth], appointment_id: int) -> None:
        """Offer these people, and choose one."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for person in people:
                self.choice.addItem(person.member.name, person.member.appointment_id)
            self.choice.setCurrentIndex(self.choice.findData(appointment_id))

    def step(self, by: int) -> None:
        """Go to another person, as far as there are any."""
        at = min(max(self.choice.currentIndex() + by, 0), self.choice.count() - 1)
        self.choice.setCurrentIndex(at)

    def appointment_id(self) -> int | None:
        """Return who is chosen."""
        found = self.choice.currentData()
        return int(found) if found is not None else None

    # showing

    def show_term(self, term: PersonTerm) -> None:
        """Show a person's term."""
        self.term = term
        rules = term.member.rules
        self.about.set_whole(
            _("{department} · {first} to {last}").format(
                department=term.member.host_department,
                first=format_date(rules.first),
                last=format_date(rules.last),
            )
        )
        self._show_caps(term.months)
        rows = [replace(one.pay, name=month_name(one.year, one.month)) for one in term.months]
        self.pay.show_rows(rows)
        if rows and not self.pay.table.currentIndex().isValid():
            self.pay.table.place(self.pay.table.pay.index(0, self.pay.table.pay.column_of(Amount.PAY)))
        self.chart.show_weeks(term_chart(term))
        self.chart.choose(0)
        self.caption.set_whole(_("Full: worked, outline: planned."))
        self.lists["statements"].show_rows(*statement_rows(term.statements))
        self.lists["corrections"].show_rows(*correction_rows(term.corrections))
        self.lists["hand_ins"].show_rows(*hand_in_rows(term.hand_ins))

    def month(self) -> TermMonth | None:
        """Return the month the mark stands on."""
        row = self.pay.table.currentIndex().row()
        months = self.term.months if self.term is not None else ()
        return months[row] if 0 <= row < len(months) else None

    def told(self) -> ToldMonth | None:
        """Return the figures of that month."""
        month = self.month()
        return _told(month) if month is not None else None

    def _show_caps(self, months: Sequence[TermMonth]) -> None:
        while (item := self.caps.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for month in months:
            self.caps.addWidget(_CapCard(month), 1)

    def _open(self, row: int, amount: Amount | None) -> None:
        months = self.term.months if self.term is not None else ()
        if 0 <= row < len(months):
            self.amount_opened.emit(_told(months[row]), amount or Amount.PAY)

    def _picked(self, row: int, amount: Amount | None) -> None:
        self.amount = amount or Amount.PAY
        self.at_sums = row < 0
        self.month_picked.emit()

    def _go_to(self, _row: int, day: date) -> None:
        own = self.appointment_id()
        if own is not None:
            self.day_wanted.emit(own, day)

    # building

    def _make_searchable(self) -> None:
        completer = self.choice.completer()
        if isinstance(completer, QCompleter):
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._choose)
        self.pay.amount_picked.connect(self._picked)
        self.pay.amount_opened.connect(self._open)
        self.chart.told.connect(self.caption.set_whole)
        self.chart.wanted.connect(self._go_to)

    def _choose(self, at: int) -> None:
        found = self.choice.itemData(at)
        if found is not None:
            self.person_wanted.emit(int(found))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        for widget in (self.before, self.choice, self.after):
            head.addWidget(widget)
        head.addWidget(self.about, 1)
        weeks = Panel(_("Hours by week"), margin=Space.M)
        weeks.header.insertWidget(1, self.caption, 20)
        weeks.body.addWidget(self.chart, 1)
        weeks.setMinimumHeight(_CHART_LEAST)
        below = QHBoxLayout()
        below.setSpacing(Space.S)
        for each, share in zip(self.lists.values(), (12, 10, 9), strict=True):
            below.addWidget(each, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addLayout(self.caps)
        column.addWidget(self.pay, 3)
        column.addWidget(weeks, 4)
        column.addLayout(below, 4)


class _CapCard(Panel):
    """One month against the cap, with what it leaves."""

    def __init__(self, month: TermMonth) -> None:
        super().__init__("", margin=Space.S)
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(TextLabel(month_name(month.year, month.month), "bold"))
        line.addWidget(CapBar(cap_state(month.person)), 1)
        self.body.setSpacing(0)
        self.body.addLayout(line)
        self.body.addWidget(ElidedLabel(days_left_text(month.person), "secondary"))


class _List(Panel):
    """A short list under a heading; a sentence where there is nothing."""

    def __init__(self, title: str) -> None:
        super().__init__(title, margin=Space.M)
        self.table = DataTable(title, row_height=28)
        self.table.setProperty("role", "pay")
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.model = TextTableModel(self)
        self.table.setModel(self.model)
        self.none = RunningText("", "neutral")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.none)
        self.setMinimumHeight(_LIST_LEAST)

    def show_rows(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[int], none: str
    ) -> None:
        """Show another list."""
        self.model.show_rows(headings, rows, figures=figures)
        columns = self.table.horizontalHeader()
        columns.setStretchLastSection(False)
        for at in range(len(headings)):
            mode = QHeaderView.ResizeMode.ResizeToContents if at else QHeaderView.ResizeMode.Stretch
            columns.setSectionResizeMode(at, mode)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.none.set_text(none)


def _told(month: TermMonth) -> ToldMonth:
    worked = (shift for cell in month.person.cells.values() for shift in cell.worked)
    return told_now(month.pay, month.year, month.month, worked)
