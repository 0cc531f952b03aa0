"""What follows a decision: the check and the announcement, mails, ledger, reserves, corrections, sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import ApplicationStatus, Stage
from fujisawa_desktop.services.mail_drafts import MailKind
from fujisawa_desktop.services.mails import MailsWritten
from fujisawa_desktop.views.applicants.correction_dialog import CorrectionDialog
from fujisawa_desktop.views.applicants.ledger_dialog import LedgerDialog
from fujisawa_desktop.views.applicants.mail_dialog import MailDialog
from fujisawa_desktop.views.applicants.reserve_dialog import ReserveDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.trust.disclosure_acts import DisclosureActs

if TYPE_CHECKING:
    from fujisawa_desktop.views.applicants.tab import ApplicantsTab


_KINDS: Final = {
    ApplicationStatus.FIRST_FAILED: MailKind.FIRST_FAIL,
    ApplicationStatus.FINAL_PASSED: MailKind.FINAL_PASS,
    ApplicationStatus.FINAL_RESERVE: MailKind.FINAL_RESERVE,
    ApplicationStatus.FINAL_FAILED: MailKind.FINAL_FAIL,
}
"""Which message somebody in a state most likely waits for."""


class Aftermath(QObject):
    """Serves the actions about decisions and opens their dialogs.

    Args:
        desk: the desk.
        tab: the list whose people are meant; parent of the dialogs.
    """

    def __init__(self, desk: Desk, tab: ApplicantsTab) -> None:
        super().__init__(tab)
        self._desk = desk
        self._tab = tab
        self._errands = tab.errands
        self.disclosure_acts = DisclosureActs(desk, tab)
        self._errands.person_wanted.connect(tab.go_to_entry)
        self._errands.people_wanted.connect(self.show_group)

    def served(self) -> Mapping[str, Callable[[], object]]:
        """Return the actions of the selection that follow a decision."""
        return {
            "selection.rehearse": self.rehearse,
            "selection.release-first": partial(self._errands.release, Stage.FIRST),
            "selection.release-final": partial(self._errands.release, Stage.FINAL),
            "selection.mails": self.mails,
            "selection.ledger": self.ledger,
            "selection.reserves": self.reserves,
            "selection.correct": self.correct,
            "selection.disclosure": self.disclosure,
            "selection.record": partial(open_papers, self._desk, "decision-record", self._tab),
            **self.disclosure_acts.served(),
        }

    def show_group(self, name: str, entry_ids: Sequence[int]) -> None:
        """Let these people be the working group under a name, and show them only."""
        self._tab.question.clear()
        self._desk.group.take(entry_ids, name)
        self._tab.centre.group_chip.only_button.setChecked(True)
        self._tab.table.setFocus()

    def rehearse(self) -> None:
        """Open the check of the screening that is due for the person looked at."""
        self._errands.release(self._errands.stage_of(self._tab.current_row()))

    def mails(self, kind: MailKind | None = None) -> None:
        """Open the check view of result mails; without a kind, that of the person looked at."""
        row = self._tab.current_row()
        likely = _KINDS.get(row.status, MailKind.FIRST_PASS) if row is not None else MailKind.FIRST_PASS
        dialog = MailDialog(self._desk, kind or likely, self._tab)
        dialog.written.connect(self._tell_written)
        dialog.open()

    def _tell_written(self, result: MailsWritten) -> None:
        count = len(result.files)
        text = ngettext(
            "{count} message was written into {folder}. Send it, then mark it as sent in the ledger.",
            "{count} messages were written into {folder}. Send them, then mark them as sent in the ledger.",
            count,
        )
        self._desk.notifier.say(
            text.format(count=f"{count:,}", folder=result.folder.name),
            "good",
            action=_("Open the ledger"),
            on_action=self.ledger,
        )

    def ledger(self) -> None:
        """Open the dispatch ledger."""
        LedgerDialog(self._desk, self._tab).open()

    def reserves(self) -> None:
        """Open the reserves of the courses."""
        dialog = ReserveDialog(self._desk, self._tab)
        dialog.promoted.connect(self._tell_promoted)
        dialog.open()

    def _tell_promoted(self, number: str) -> None:
        self._desk.notifier.say(
            _("{number} moved up. Next, tell the person by mail or letter.").format(number=number),
            "good",
            action=_("Write the mail"),
            on_action=partial(self.mails, MailKind.PROMOTION),
        )

    def correct(self) -> None:
        """Open the correction of what was announced about the person looked at."""
        row = self._tab.current_row()
        if row is None:
            self._say_nobody()
            return
        dialog = CorrectionDialog(self._desk, row.entry_id, self._tab)
        dialog.corrected.connect(self._tell_corrected)
        dialog.open()

    def _tell_corrected(self, number: str, stage: Stage) -> None:
        kind = "first-result" if stage is Stage.FIRST else "final-result"
        self._desk.notifier.say(
            _("The result of {number} was corrected. Next, send the correcting letter or mail.").format(
                number=number
            ),
            "good",
            action=_("Make the letter"),
            on_action=partial(open_papers, self._desk, kind, self._tab, numbers=[number]),
        )

    def disclosure(self) -> None:
        """Open the disclosure sheet of the person looked at."""
        row = self._tab.current_row()
        if row is None:
            self._say_nobody()
            return
        open_papers(self._desk, "disclosure", self._tab, numbers=[row.number])

    def _say_nobody(self) -> None:
        self._desk.notifier.say(_("Choose a person in the list first."), "caution")
