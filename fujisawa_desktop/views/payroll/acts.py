"""What is done with a whole month or a whole person: appoint, settle, terms, papers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.appointments import AppointResult, TermsForm, appoint, terms_form
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.payroll.amounts import Amount
from fujisawa_desktop.views.payroll.conditions_dialog import ConditionsDialog
from fujisawa_desktop.views.payroll.dialogs import TermsDialog
from fujisawa_desktop.views.payroll.settle_acts import SettleActs
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.terms_change_dialog import TermsChangeDialog
from fujisawa_desktop.views.payroll.words import sentence


@dataclass(frozen=True, slots=True)
class Looking:
    """What the pane beside explains: an amount of the person chosen, its sum, or (``None``) the day."""

    amount: Amount | None = None
    at_sums: bool = False


class MonthActs(QObject):
    """Runs these acts and says what came of them.

    Attributes:
        settle: closing, stating, correcting and paying.

    Signals:
        undo_wanted(): the person wants the act back at once.
    """

    undo_wanted = Signal()

    def __init__(self, desk: Desk, shown: Shown, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._window = window
        self.settle = SettleActs(desk, shown, window)
        self.settle.undo_wanted.connect(self.undo_wanted)

    def appoint(self) -> None:
        """Appoint everybody who accepted."""
        self._desk.perform(
            appoint,
            programme_id=self._desk.programme_id,
            actor=self._desk.actor,
            on_done=self._appointed,
        )

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

    def _show_terms(self, appointment_id: int, form: TermsForm) -> None:
        person = self._shown.person(appointment_id)
        if person is not None:
            TermsDialog(self._desk, self._window, person=person.member.name, form=form).open()

    def _say_done(self, text: str) -> None:
        self._desk.notifier.say(text, action=_("Take it back"), on_action=self.undo_wanted.emit)
