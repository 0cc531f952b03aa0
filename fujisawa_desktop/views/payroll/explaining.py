"""Keeps grid, pay, charts and the pane beside together: who is chosen, and what is explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.services.pay_details import ToldMonth
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.amount_dialog import AmountDialog, SumDialog
from fujisawa_desktop.views.payroll.amounts import Amount, Explanation, explain_sum
from fujisawa_desktop.views.payroll.charts_panel import ChartsPanel
from fujisawa_desktop.views.payroll.grid import HoursGrid
from fujisawa_desktop.views.payroll.pay_model import amount_of
from fujisawa_desktop.views.payroll.pay_table import PayPanel
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.side import ExplanationPane

SIDE_DELAY: Final = 90
"""Milliseconds the pane beside waits: running along the grid stays smooth, typed text is painted first."""


PUT_OFF_MOST: Final = 4
"""So many times more it waits while something is read or stored."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What is explained: an amount of ``appointment_id``, its sum, or (no amount) the day of the grid.

    Somebody who left may have pay for a correction and no row in the grid.
    """

    appointment_id: int = 0
    amount: Amount | None = None
    at_sums: bool = False


class Explaining(QObject):
    """The month view's memory of what a person looks at."""

    def __init__(
        self,
        desk: Desk,
        shown: Shown,
        grid: HoursGrid,
        pay: PayPanel,
        charts: ChartsPanel,
        side: ExplanationPane,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._grid = grid
        self._pay = pay
        self._charts = charts
        self._side = side
        self._window = window
        self.looking = Looking()
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(SIDE_DELAY)
        self.soon.timeout.connect(self._show_when_calm)
        self._put_off = 0
        grid.picked.connect(self._on_cell)
        pay.amount_picked.connect(self._on_amount)
        pay.amount_opened.connect(self._on_opened)

    def follow(self) -> None:
        """Choose in the other parts whoever is chosen in the grid, after anything was read anew."""
        self._choose_pay(self._grid.days.currentIndex().row())
        self.soon.start()  # its many texts come after the hours are painted

    def _show_when_calm(self) -> None:
        """Let what is under way be shown first, but not for ever: an act or a reading comes before words."""
        self._put_off += 1
        if self._desk.tasks.pending and self._put_off <= PUT_OFF_MOST:
            self.soon.start()
            return
        self.show()

    def show(self) -> None:
        """Explain what the person looks at: a sum, an amount, or a day of the grid."""
        self._put_off = 0
        view = self._shown.view
        if self.looking == Looking():
            self._choose_pay(self._grid.days.currentIndex().row())
        if view is not None:
            self._charts.show_month(view, self._grid.days.currentIndex().row())
        with self._side.rewriting():
            self._explain(view)

    def _explain(self, view: MonthView | None) -> None:
        looking = self.looking
        if view is None or not (view.people or self._shown.rows):
            self._side.show_nothing()
            return
        if looking.at_sums and self._shown.rows:
            amount = looking.amount or Amount.NET
            self._side.show_sum(self.sum_of(amount), amount)
            return
        here, may_write = self._grid.days.currentIndex(), not self._desk.read_only
        pay, told = self._shown.pay(looking.appointment_id), self._shown.told(looking.appointment_id)
        if looking.amount is not None and pay is not None and told is not None:
            person = self._shown.person(looking.appointment_id)
            self._side.show_amount(view, person, pay, told, looking.amount, may_write=may_write)
        elif 0 <= here.row() < len(view.people):
            person = view.people[here.row()]
            own = person.member.appointment_id
            day = self._grid.model.day(here.column())
            self._side.show_day(
                view, person, self._shown.pay(own), self._shown.told(own), day, may_write=may_write
            )
        else:
            self._side.show_nothing()

    def open(self, appointment_id: int, amount: Amount) -> None:
        """Show everything behind an amount in a window of its own; 0 stands for the sums."""
        if not appointment_id:
            SumDialog(self._window, self.sum_of(amount)).open()
        elif (told := self._shown.told(appointment_id)) is not None:
            self.open_told(appointment_id, told, amount)

    def open_told(self, appointment_id: int, told: ToldMonth, amount: Amount) -> None:
        """The same for any month of a person."""
        AmountDialog(self._desk, self._window, now=told, appointment_id=appointment_id, amount=amount).open()

    def sum_of(self, amount: Amount) -> Explanation:
        """Return of what the sum of a column is made."""
        year, month = self._shown.month or (0, 0)
        people = [(row.name, amount_of(row, amount)) for row in self._shown.rows]
        return explain_sum(amount, people, year, month)

    def _choose_pay(self, row: int) -> None:
        view = self._shown.view
        if view is not None and 0 <= row < len(view.people):
            own = view.people[row].member.appointment_id
            rows = [one.appointment_id for one in self._shown.rows]
            self._pay.table.choose(rows.index(own) if own in rows else -1)

    def _on_cell(self, _row: int, _column: int) -> None:
        self.looking = Looking()
        self.soon.start()  # the mark in the pay moves along with it

    def _on_amount(self, row: int, amount: Amount | None) -> None:
        if row < 0:
            self.looking = Looking(0, amount or Amount.NET, at_sums=True)
        elif row < len(self._shown.rows):
            own = self._shown.rows[row].appointment_id
            there = self._grid.model.row_of(own)
            if there is not None:
                self._grid.choose_row(there)
            self.looking = Looking(own, amount or Amount.PAY)
        self.soon.start()

    def _on_opened(self, row: int, amount: Amount | None) -> None:
        rows = self._shown.rows
        self.open(rows[row].appointment_id if 0 <= row < len(rows) else 0, amount or Amount.PAY)
