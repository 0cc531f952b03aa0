"""The view of one person: whose term is shown, and what is explained of it."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.pay_details import ToldMonth
from fujisawa_desktop.services.person_term import PersonTerm, person_term
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.amounts import Amount
from fujisawa_desktop.views.payroll.explaining import Explaining
from fujisawa_desktop.views.payroll.person_view import PersonView
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.side import ExplanationPane


class PersonActs(QObject):
    """Reads a person's term when it is to be seen, and again when something changed.

    Signals:
        day_wanted(int, date): go to this person's day in the month.
    """

    day_wanted = Signal(int, object)

    def __init__(
        self,
        desk: Desk,
        shown: Shown,
        view: PersonView,
        side: ExplanationPane,
        explaining: Explaining,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._view = view
        self._side = side
        self._explaining = explaining
        self._appointment_id = 0
        view.person_wanted.connect(self.show_person)
        view.day_wanted.connect(self._go_to)
        view.month_picked.connect(self.explain)
        view.amount_opened.connect(self._open)

    def begin(self, appointment_id: int) -> None:
        """Show somebody of the month shown."""
        month = self._shown.view
        if month is not None and month.people:
            self._view.show_people(month.people, appointment_id)
            self.show_person(appointment_id)

    def show_person(self, appointment_id: int) -> None:
        """Read one person's term and show it."""
        self._appointment_id = appointment_id
        self._desk.query(
            person_term,
            partial(self._show, appointment_id),
            owner=self._view,
            latest="payroll.person",
            programme_id=self._desk.programme_id,
            appointment_id=appointment_id,
        )

    def reload(self) -> None:
        """Read the person shown again."""
        if self._appointment_id:
            self.show_person(self._appointment_id)

    def explain(self) -> None:
        """Tell beside how the amount came about that the mark stands on."""
        view, month, told = self._view, self._view.month(), self._view.told()
        shown = self._shown.view
        if shown is None or month is None or told is None:
            self._side.show_nothing()
            return
        self._side.show_amount(
            shown, month.person, month.pay, told, view.amount, may_write=not self._desk.read_only
        )

    def open_amount(self, amount: Amount) -> None:
        """Show everything behind an amount of the month the mark stands on."""
        told = self._view.told()
        if told is not None:
            self._open(told, amount)

    def _show(self, appointment_id: int, term: PersonTerm) -> None:
        if appointment_id == self._appointment_id:
            self._view.show_term(term)
            self.explain()

    def _open(self, told: ToldMonth, amount: Amount) -> None:
        self._explaining.open_told(self._appointment_id, told, amount)

    def _go_to(self, appointment_id: int, day: date) -> None:
        self.day_wanted.emit(appointment_id, day)
