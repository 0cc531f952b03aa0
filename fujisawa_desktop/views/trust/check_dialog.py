"""What a check found: whom it concerns, what is wrong, and the button that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.later import later
from fujisawa_desktop.texts.journal_findings import finding_text
from fujisawa_desktop.views.column_widths import fit_columns, give_room_to
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    open_roomy,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from fujisawa_desktop.services.databases import CheckReport, check_database
    from fujisawa_desktop.services.integrity import Finding, Repaired, repair_findings
else:
    check_database = later("databases", "check_database")
    repair_findings = later("integrity", "repair_findings")


class CheckDialog(QDialog):
    """Lists everything that contradicts itself.

    Attributes:
        report: what is shown.
    """

    def __init__(self, desk: Desk, parent: QWidget, report: CheckReport) -> None:
        super().__init__(parent)
        self._desk = desk
        self.report = report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Check of the file"))
        open_roomy(self, 1080, 620)
        self.notice = NoticeBar()
        self.summary = RunningText("", "neutral")
        self.model = TextTableModel(self)
        self.table = DataTable(_("What was found"))
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self.table.empty.say(_("The data agree with each other"), _("Nothing has to be mended."))
        self.detail = RunningText("")
        self.close_button = SecondaryButton(_("Close"), self.reject)
        self.repair_button = PrimaryButton(_("Mend"), self.repair)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._explain())
        self.show_report(report)

    def show_report(self, report: CheckReport) -> None:
        """Show what a check found."""
        self.report = report
        headings = (_("Whom"), _("What is wrong"), _("Help"))
        rows = [
            *map(_cells, report.findings),
            *(("–", one, _("to be looked into")) for one in self._of_journal()),
        ]
        self.model.show_rows(headings, rows)
        fit_columns(self.table, headings, rows)
        give_room_to(self.table, 1)
        count = self.model.rowCount()
        mendable = sum(one.is_repairable for one in report.findings)
        text = ngettext("{count} point was found.", "{count} points were found.", count)
        self.summary.set_text(text.format(count=count))
        button = ngettext("Mend {count} point", "Mend {count} points", mendable)
        self.repair_button.setText(button.format(count=mendable))
        self.repair_button.setEnabled(bool(mendable) and not self._desk.read_only)
        if count:
            self.table.select_row(0)
        self.table.setFocus()
        self._explain()
        self._warn()

    def repair(self) -> None:
        """Mend what can be mended: a copy first, then one act that can be taken back."""
        self.repair_button.setEnabled(False)
        self._desk.perform(
            repair_findings, actor=self._desk.actor, on_done=self._repaired, on_error=self._refused
        )

    def _repaired(self, done: Repaired) -> None:
        if done.removed.changed:
            self._desk.publish(done.removed)
        text = ngettext("{count} point was mended.", "{count} points were mended.", done.count)
        self.notice.show_message(text.format(count=done.count), "good")
        self._desk.query(check_database, self.show_report, owner=self, on_error=self._refused)

    def _refused(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")
        self.repair_button.setEnabled(not self._desk.read_only)

    def _explain(self) -> None:
        at = self.table.currentIndex().row()
        findings = self.report.findings
        told = [*(texts.message_for(one.code, one.told) for one in findings), *self._of_journal()]
        self.detail.set_text(told[at] if 0 <= at < len(told) else "")

    def _of_journal(self) -> list[str]:
        """Return everything that was done to the journal, a line each."""
        journal = self.report.journal
        if journal.is_whole:
            return []
        return [_("Journal: {finding}").format(finding=finding_text(one)) for one in journal.findings]

    def _warn(self) -> None:
        """Say what no repair mends: a damaged file, a journal that is not as it was written."""
        if self.report.faults:
            self.notice.show_message(
                _(
                    "The file is damaged, and parts of it may not be readable. "
                    "Keep a copy of it and open the latest backup."
                ),
                "wrong",
            )
        elif self.report.journal.broken_at is not None:
            self.notice.show_message(
                _(
                    "Act {number} of the journal is not as it was written; somebody or something changed the "
                    "file from outside. Keep a copy of the file and open the latest backup."
                ).format(number=self.report.journal.broken_at),
                "wrong",
            )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Check of the file"), "heading"))
        column.addWidget(self.notice)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(
            RunningText(
                _(
                    "Before anything is mended, a copy of the file is made. What was mended is one act that "
                    "“Undo” takes back; only records that belonged to nothing do not come back by it."
                ),
                "neutral",
            )
        )
        column.addLayout(row(None, self.close_button, self.repair_button))


def _cells(one: Finding) -> tuple[str, str, str]:
    who = _("{name} ({number})").format(name=one.person, number=one.number) if one.person else "–"
    help_ = _("can be mended") if one.is_repairable else _("to be looked into")
    return who, texts.message_for(one.code, one.told), help_
