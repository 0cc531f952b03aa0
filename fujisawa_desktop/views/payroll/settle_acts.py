"""What settles a month: closing and opening it, stating the pay, correcting afterwards, paying."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_yen, ngettext
from fujisawa_desktop.services.hours_corrections import CorrectionResult
from fujisawa_desktop.services.left_out import LeftOut
from fujisawa_desktop.services.months import MonthResult
from fujisawa_desktop.services.pay import StatementResult, issue_statements
from fujisawa_desktop.services.pay_difference import PayDifference, pay_differences
from fujisawa_desktop.services.payments import PaymentResult
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.close_dialog import CloseDialog, ReopenDialog
from fujisawa_desktop.views.payroll.correction_dialog import CorrectionDialog
from fujisawa_desktop.views.payroll.corrections_dialog import CorrectionsDialog
from fujisawa_desktop.views.payroll.dialogs import TaxDialog
from fujisawa_desktop.views.payroll.difference_dialog import DifferenceDialog
from fujisawa_desktop.views.payroll.payment_dialog import PaymentDialog
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.words import month_name, sentence


class SettleActs(QObject):
    """Runs these acts and says what came of them.

    Signals:
        undo_wanted(): the person wants the act back at once.
        go_wanted(int, date): go to this day of this appointment.
    """

    undo_wanted = Signal()
    go_wanted = Signal(int, object)

    def __init__(self, desk: Desk, shown: Shown, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._window = window

    # closing

    def close_or_reopen(self) -> None:
        """Close the month of some or all people, or open it again once everybody's is closed."""
        if self._shown.all_closed:
            self.reopen()
        elif self._shown.month is not None:
            dialog = CloseDialog(self._desk, self._window, month=self._shown.month)
            dialog.wanted.connect(self.go_wanted)
            dialog.closed_month.connect(self._closed)
            dialog.open()

    def reopen(self) -> None:
        """Open a closed month again, for some or all people, with a reason."""
        view = self._shown.view
        if self._shown.month is None or view is None:
            return
        if not any(person.closed for person in view.people):
            year, month = self._shown.month
            said = texts.message_for("month.not-closed", {"year": year, "month": month})
            self._desk.notifier.say(said, "key")
            return
        dialog = ReopenDialog(self._desk, self._window, month=self._shown.month, people=list(view.people))
        dialog.opened_month.connect(self._opened)
        dialog.open()

    # stating

    def compute(self) -> None:
        """State the month's pay as it is now, after showing what that would replace."""
        if self._shown.month is None:
            return
        if self._desk.read_only:
            self._desk.notifier.say(
                _("The amounts shown are those of the hours as they stand. This file is only read."), "key"
            )
            return
        if waiting := next((row for row in self._shown.rows if row.tax is None), None):
            self.type_tax(waiting.appointment_id)
            return
        self._state({})

    def type_tax(self, appointment_id: int) -> None:
        """Ask for the tax of one person that the program does not know, then state the pay with it."""
        row = self._shown.pay(appointment_id)
        if row is None:
            return
        why = next((sentence(problem) for problem in row.problems if problem.code.startswith("tax.")), "")
        TaxDialog(
            self._window,
            person=row.name,
            why=why,
            on_tax=lambda tax: self._state({appointment_id: tax}, [row.number]),
        ).open()

    # correcting and paying

    def correct(self, appointment_id: int | None = None, day: date | None = None) -> None:
        """Correct a day of a closed month."""
        dialog = CorrectionDialog(self._desk, self._window, appointment_id=appointment_id, day=day)
        dialog.corrected.connect(self._corrected)
        dialog.open()

    def show_corrections(self) -> None:
        """List what was corrected after closing."""
        CorrectionsDialog(self._desk, self._window, on_new=self.correct).open()

    def pay(self) -> None:
        """Mark the pay of the month as paid."""
        if self._shown.month is not None:
            dialog = PaymentDialog(self._desk, self._window, month=self._shown.month)
            dialog.paid.connect(self._paid)
            dialog.open()

    # what came of them

    def _closed(self, result: MonthResult) -> None:
        count = len(result.numbers)
        text = ngettext(
            "The month of {count} person is closed now.", "The month of {count} people is closed now.", count
        )
        self._say_done(text.format(count=count), result.left_out)

    def _opened(self, result: MonthResult) -> None:
        count = len(result.numbers)
        text = ngettext(
            "The month of {count} person is open again.", "The month of {count} people is open again.", count
        )
        self._say_done(text.format(count=count), result.left_out)

    def _state(self, tax: dict[int, int], numbers: list[str] | None = None) -> None:
        """Ask first if amounts that were stated would be replaced."""
        if self._shown.month is None:
            return
        year, month = self._shown.month
        self._desk.query(
            pay_differences,
            partial(self._ask_or_state, tax, numbers),
            owner=self._window,
            latest="pay.differences",
            programme_id=self._desk.programme_id,
            year=year,
            month=month,
            numbers=numbers,
            manual_tax=tax,
        )

    def _ask_or_state(
        self, tax: dict[int, int], numbers: list[str] | None, found: list[PayDifference]
    ) -> None:
        fresh = sum(
            row.stated is None and (numbers is None or row.number in numbers) for row in self._shown.rows
        )
        nothing_to_replace = all(one.is_paid for one in found)
        if self._shown.month is None or not found or (nothing_to_replace and fresh):
            self._issue(tax, numbers, "")
            return
        DifferenceDialog(
            self._window,
            month=self._shown.month,
            differences=found,
            fresh=fresh,
            on_cause=partial(self._issue, tax, numbers),
            on_correct=self.correct,
        ).open()

    def _issue(self, tax: dict[int, int], numbers: list[str] | None, cause: str) -> None:
        if self._shown.month is None:
            return
        year, month = self._shown.month
        self._desk.perform(
            issue_statements,
            programme_id=self._desk.programme_id,
            year=year,
            month=month,
            numbers=numbers,
            manual_tax=tax,
            cause=cause,
            actor=self._desk.actor,
            on_done=self._stated,
        )

    def _stated(self, result: StatementResult) -> None:
        count = len(result.numbers)
        if not count and result.left_out:
            self._desk.notifier.say(_why(result.left_out), "caution")
            return
        if not count:
            self._desk.notifier.say(_("The amounts computed before still hold. Nothing was changed."), "key")
            return
        text = ngettext(
            "The pay of {count} person was computed.", "The pay of {count} people was computed.", count
        )
        self._say_done(text.format(count=count), result.left_out)

    def _corrected(self, result: CorrectionResult) -> None:
        said = _("The correction is recorded. It is settled with the pay of {month}.")
        self._say_done(said.format(month=month_name(*result.pay_month)))

    def _paid(self, result: PaymentResult) -> None:
        count = len(result.numbers)
        text = ngettext(
            "{count} person was marked as paid: {yen} yen.",
            "{count} people were marked as paid: {yen} yen in all.",
            count,
        )
        self._say_done(text.format(count=count, yen=format_yen(result.yen)), result.left_out)

    def _say_done(self, text: str, left_out: Sequence[LeftOut] = ()) -> None:
        """Say what was done and who was left out, and offer to take it back."""
        said = "\n".join([text, *([_why(left_out)] if left_out else [])])
        self._desk.notifier.say(
            said,
            "caution" if left_out else "good",
            action=_("Take it back"),
            on_action=self.undo_wanted.emit,
        )


def _why(left_out: Sequence[LeftOut]) -> str:
    """Return why people were left out: a sentence for each, the first three of them."""
    return "\n".join(texts.message_for(one.code, one.params) for one in left_out[:3])
