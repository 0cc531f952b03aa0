"""What is done with a whole month or a whole person: appoint, close, compute, terms, papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.appointments import AppointResult, TermsForm, appoint, terms_form
from fujisawa_desktop.services.hours import MonthView, PersonMonth
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.pay import PayRow, StatementResult, issue_statements
from fujisawa_desktop.services.pay_details import ToldMonth, told_now
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.payroll.amounts import Amount
from fujisawa_desktop.views.payroll.conditions_dialog import ConditionsDialog
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog, TaxDialog, TermsDialog
from fujisawa_desktop.views.payroll.terms_change_dialog import TermsChangeDialog
from fujisawa_desktop.views.payroll.words import month_name, sentence


@dataclass(slots=True)
class Shown:
    """What the tab shows now."""

    month: tuple[int, int] | None = None
    view: MonthView | None = None
    rows: list[PayRow] = field(default_factory=list)

    def person(self, appointment_id: int) -> PersonMonth | None:
        """Return a person of the month shown."""
        people = self.view.people if self.view is not None else ()
        return next((one for one in people if one.member.appointment_id == appointment_id), None)

    def pay(self, appointment_id: int) -> PayRow | None:
        """Return a person's pay of the month shown."""
        return next((row for row in self.rows if row.appointment_id == appointment_id), None)

    def told(self, appointment_id: int) -> ToldMonth | None:
        """Return a person's pay of the month shown with all it rests on."""
        row, person = self.pay(appointment_id), self.person(appointment_id)
        if row is None or self.month is None:
            return None
        cells = person.cells.values() if person is not None else ()
        return told_now(row, *self.month, (shift for cell in cells for shift in cell.worked))

    @property
    def all_closed(self) -> bool:
        """Whether everybody's month is closed."""
        return bool(self.view and self.view.people) and all(
            person.closed for person in (self.view.people if self.view else ())
        )


@dataclass(frozen=True, slots=True)
class Looking:
    """What the pane beside explains: an amount of the person chosen, its sum, or (``None``) the day."""

    amount: Amount | None = None
    at_sums: bool = False


class MonthActs(QObject):
    """Runs these acts and says what came of them.

    Signals:
        undo_wanted(): the person wants the act back at once.
    """

    undo_wanted = Signal()

    def __init__(self, desk: Desk, shown: Shown, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._window = window

    def appoint(self) -> None:
        """Appoint everybody who accepted."""
        self._desk.perform(
            appoint,
            programme_id=self._desk.programme_id,
            actor=self._desk.actor,
            on_done=self._appointed,
        )

    def close_or_reopen(self) -> None:
        """Close the month for everybody, or open it again with a reason."""
        if self._shown.month is None:
            return
        if self._shown.all_closed:
            ReasonDialog(
                self._window,
                title=_("Open {month} again").format(month=month_name(*self._shown.month)),
                explanation=_(
                    "The hours of the month can then be changed. The reason is kept in the history."
                ),
                answer=_("Open the month"),
                on_reason=self._reopen,
            ).open()
            return
        self._on_month(close_month, _("{month} is closed now."))

    def compute(self) -> None:
        """State the month's pay as it is now."""
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

    def set_terms(self, appointment_id: int) -> None:
        """Let the clerk set one person's commuting, tax column and insurance."""
        self._desk.query(
            terms_form,
            partial(self._show_terms, appointment_id),
            owner=self._window,
            appointment_id=appointment_id,
        )

    def change_terms(self, appointment_id: int) -> None:
        """Let the clerk change what was agreed with one person, and print what belongs to it."""
        TermsChangeDialog(self._desk, self._window, appointment_id=appointment_id).open()

    def edit_conditions(self) -> None:
        """Let the clerk write the items of the conditions notice."""
        ConditionsDialog(self._desk, self._window).open()

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

    def show_papers(self, kind: str) -> None:
        """Open the preview of a paper of this month."""
        open_papers(self._desk, kind, self._window, year_month=self._shown.month)

    # what came of them

    def _appointed(self, result: AppointResult) -> None:
        notifier = self._desk.notifier
        count = len(result.appointed)
        if result.refused:
            first = result.refused[0]
            notifier.say(texts.message_for(first.code, first.params), "caution")
        elif result.findings:
            notifier.say(sentence(result.findings[0]), "caution")
        elif count:
            text = ngettext("{count} person was appointed.", "{count} people were appointed.", count)
            self._say_done(text.format(count=count))
        elif result.unanswered:
            text = ngettext(
                "{count} person passed but has not accepted yet. "
                "Record the acceptance in the list of applicants.",
                "{count} people passed but have not accepted yet. "
                "Record the acceptances in the list of applicants.",
                result.unanswered,
            )
            notifier.say(text.format(count=result.unanswered), "caution")
        else:
            notifier.say(
                _("Nobody is waiting to be appointed. Announce the final screening and record who accepts."),
                "caution",
            )

    def _reopen(self, reason: str) -> None:
        self._on_month(partial(reopen_month, reason=reason), _("{month} is open again."))

    def _on_month(self, act: Callable[..., object], said: str) -> None:
        if self._shown.month is None:
            return
        year, month = self._shown.month
        text = said.format(month=month_name(year, month))
        self._desk.perform(
            act,
            programme_id=self._desk.programme_id,
            year=year,
            month=month,
            actor=self._desk.actor,
            on_done=lambda _change: self._say_done(text),
        )

    def _state(self, tax: dict[int, int], numbers: list[str] | None = None) -> None:
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
            actor=self._desk.actor,
            on_done=self._stated,
        )

    def _stated(self, result: StatementResult) -> None:
        count = len(result.numbers)
        if not count:
            self._desk.notifier.say(_("The amounts computed before still hold. Nothing was changed."), "key")
            return
        text = ngettext(
            "The pay of {count} person was computed.", "The pay of {count} people was computed.", count
        )
        self._say_done(text.format(count=count))

    def _show_terms(self, appointment_id: int, form: TermsForm) -> None:
        person = self._shown.person(appointment_id)
        if person is not None:
            TermsDialog(self._desk, self._window, person=person.member.name, form=form).open()

    def _say_done(self, text: str) -> None:
        self._desk.notifier.say(text, action=_("Take it back"), on_action=self.undo_wanted.emit)
