"""What is done with a whole month or a whole person: appoint, settle, terms, papers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.appointments import AppointResult, appoint
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.payroll.appointment_window import open_appointments
from fujisawa_desktop.views.payroll.conditions_dialog import ConditionsDialog
from fujisawa_desktop.views.payroll.settle_acts import SettleActs
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.terms_change_dialog import TermsChangeDialog
from fujisawa_desktop.views.payroll.words import sentence


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
        open_appointments(self._desk, self._window, appointment_id=appointment_id)

    def show_appointed(self) -> None:
        """Show everybody appointed."""
        open_appointments(self._desk, self._window)

    def show_owed(self) -> None:
        """Show which papers are still to come."""
        open_appointments(self._desk, self._window, owed=True)

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

    def _say_done(self, text: str) -> None:
        self._desk.notifier.say(text, action=_("Take it back"), on_action=self.undo_wanted.emit)
