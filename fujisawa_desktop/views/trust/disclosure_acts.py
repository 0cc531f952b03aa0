"""What is done for a person who asks what is held: the whole export, and keeping the records meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.later import later
from fujisawa_desktop.services.retention_settings import Hold, HoldReason, hold_person, holds
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.outlet import FOLDER_KEY
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.services.person_export import PersonExport, export_person
    from fujisawa_desktop.views.applicants.tab import ApplicantsTab
else:
    export_person = later("person_export", "export_person")


class DisclosureActs(QObject):
    """Serves the actions about the person looked at.

    Attributes:
        choose_folder: asks for a folder; an empty text when the person decides against it.
    """

    def __init__(self, desk: Desk, tab: ApplicantsTab) -> None:
        super().__init__(tab)
        self._desk = desk
        self._tab = tab
        self.choose_folder: Callable[[], str] = self._ask_folder

    def served(self) -> Mapping[str, Callable[[], object]]:
        """Return the actions of the menu."""
        return {"tools.person-export": self.export, "tools.hold": self.hold}

    def export(self) -> None:
        """Write everything that is held about the person looked at to a file."""
        current = self._tab.current_row()
        if current is None:
            self._say_nobody()
            return
        folder = self.choose_folder()
        if not folder:
            return
        self._desk.settings.setValue(FOLDER_KEY, folder)
        self._desk.perform(
            _export,
            on_done=self._exported,
            applicant_id=current.applicant_id,
            folder=Path(folder),
            actor=self._desk.actor,
        )

    def _exported(self, result: PersonExport) -> None:
        text = ngettext(
            "Written: {file}, with {rows} record and {papers} papers.",
            "Written: {file}, with {rows} records and {papers} papers.",
            result.rows,
        )
        self._desk.notifier.say(
            text.format(file=result.file.name, rows=f"{result.rows:,}", papers=f"{result.papers:,}"), "good"
        )

    def hold(self) -> None:
        """Ask whether the records of the person looked at are kept for now."""
        current = self._tab.current_row()
        if current is None:
            self._say_nobody()
            return
        self._desk.query(
            holds,
            lambda known: HoldDialog(
                self._desk, self._tab, current.applicant_id, current.name, known.get(current.applicant_id)
            ).open(),
            owner=self,
        )

    def _ask_folder(self) -> str:
        start = str(self._desk.settings.value(FOLDER_KEY, str(Path.home())))
        return QFileDialog.getExistingDirectory(self._tab, _("Folder for the file"), start)

    def _say_nobody(self) -> None:
        self._desk.notifier.say(_("Choose a person in the list first."), "caution")


def _export(database: Database, *, applicant_id: int, folder: Path, actor: str | None) -> PersonExport:
    return export_person(
        database, applicant_id=applicant_id, folder=folder, label=texts.paper_label, actor=actor
    )


class HoldDialog(QDialog):
    """Why somebody's records are kept although their time may come."""

    def __init__(self, desk: Desk, parent: QWidget, applicant_id: int, name: str, known: Hold | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Keep records for now"))
        self.setMinimumWidth(520)
        self._desk = desk
        self._applicant_id = applicant_id
        self.reason = QComboBox()
        for one in HoldReason:
            self.reason.addItem(texts.term("hold-reason", one), one.value)
        if known is not None:
            self.reason.setCurrentIndex(self.reason.findData(known.reason.value))
        self.keep = PrimaryButton(_("Keep"), partial(self.answer, keep=True))
        self.keep.setDefault(True)
        self.release = SecondaryButton(_("Keep no longer"), partial(self.answer, keep=False))
        self.release.setEnabled(known is not None)
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(name, "heading"))
        column.addWidget(
            RunningText(
                _("Nothing of this person is erased while it is kept, whatever the period says."), "neutral"
            )
        )
        if known is not None:
            text = _("Kept since {day}.").format(day=format_date(known.since))
            column.addWidget(RunningText(text, "caution"))
        column.addWidget(FormField("reason", _("Reason"), self.reason))
        column.addLayout(row(self.release, None, self.cancel, self.keep))
        for button in (self.keep, self.release):
            button.setEnabled(button.isEnabled() and not desk.read_only)

    def answer(self, *, keep: bool) -> None:
        """Keep the records, or keep them no longer."""
        self._desk.perform(
            hold_person,
            on_done=self._done,
            applicant_id=self._applicant_id,
            reason=HoldReason(self.reason.currentData()) if keep else None,
            today=self._desk.today(),
            actor=self._desk.actor,
        )

    def _done(self, _change: ChangeSet) -> None:
        self.accept()
