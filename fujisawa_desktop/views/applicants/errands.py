"""What the tab does beyond showing: taking files in, deciding, announcing, making papers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import ApplicationStatus, Stage
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery
from fujisawa_desktop.services.import_kinds import APPLICANTS
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.list_copy import chosen_numbers
from fujisawa_desktop.services.promotion import ReserveOverview, reserves
from fujisawa_desktop.services.selection import ReleaseResult
from fujisawa_desktop.views.applicants import import_kinds
from fujisawa_desktop.views.applicants.batches_dialog import BatchesDialog
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.applicants.deeds import BY_KEY, Deed
from fujisawa_desktop.views.applicants.exporting import FOLDER_KEY
from fujisawa_desktop.views.applicants.import_dialog import ImportDialog
from fujisawa_desktop.views.applicants.release_dialog import ReleaseDialog
from fujisawa_desktop.views.applicants.table import Range
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import begin_papers
from fujisawa_desktop.views.screening import open_screening

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Errands(QObject):
    """Opens the dialogs of the tab and tells afterwards what was done and what comes next.

    Signals:
        duplicates_wanted(): show the people in doubt.
        undecided_wanted(Stage): show the people without a result of a screening.
        act_wanted(str): go on with an action of the window.
        person_wanted(int): show one entry.
        people_wanted(str, object): show some entries as a group of that name.

    Attributes:
        courses: id and short name of the programme's courses.
    """

    duplicates_wanted = Signal()
    undecided_wanted = Signal(object)
    act_wanted = Signal(str)
    person_wanted = Signal(int)
    people_wanted = Signal(str, object)

    def __init__(self, desk: Desk, tab: QWidget) -> None:
        super().__init__(tab)
        self._desk = desk
        self._tab = tab
        self._waiting: list[Path] = []
        self.courses: dict[int, str] = {}

    # --- files in ------------------------------------------------------------

    def choose_files(self) -> None:
        """Let the person choose files and look at them one after the other."""
        names, _filter = QFileDialog.getOpenFileNames(
            self._tab,
            _("Choose files to take in"),
            self._folder(),
            _("Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)"),
        )
        if names:
            self._desk.settings.setValue(FOLDER_KEY, str(Path(names[0]).parent))
            self.take_in([Path(name) for name in names])

    def take_in(self, files: Sequence[Path]) -> None:
        """Show what each file would do, one dialog after the other."""
        if not self._desk.read_only:
            self._waiting.extend(files)
            self._next_file()

    def show_imports(self) -> None:
        """List the files that were taken in."""
        BatchesDialog(self._desk, self._tab).open()

    def _next_file(self) -> None:
        if not self._waiting or self._tab.findChild(ImportDialog) is not None:
            return
        dialog = ImportDialog(self._desk, self._waiting.pop(0), self._tab)
        dialog.taken_in.connect(self._tell_import)
        dialog.other_wanted.connect(self.choose_files)
        dialog.destroyed.connect(self._next_file)
        dialog.open()

    def _tell_import(self, kind: str, result: ImportResult) -> None:
        told = [
            _("{added} added, {updated} changed, {unchanged} unchanged.").format(
                added=f"{result.added:,}", updated=f"{result.updated:,}", unchanged=f"{result.unchanged:,}"
            )
        ]
        if result.rejected:
            told.append(
                ngettext(
                    "{count} row was not taken in.", "{count} rows were not taken in.", len(result.rejected)
                ).format(count=f"{len(result.rejected):,}")
            )
        doubts = len(result.suspected_duplicates)
        if doubts:
            told.append(
                ngettext(
                    "{count} pair may be one person.", "{count} pairs may be one person.", doubts
                ).format(count=f"{doubts:,}")
            )
        told.append(_(import_kinds.NEXT_STEPS[kind]))
        tone: Literal["good", "caution"] = "caution" if result.rejected else "good"
        if kind == APPLICANTS and doubts:
            self._desk.notifier.say(
                "\n".join(told), tone, action=_("Show those in doubt"), on_action=self.duplicates_wanted.emit
            )
        else:
            self._desk.notifier.say("\n".join(told), tone)

    # --- decisions -----------------------------------------------------------

    @staticmethod
    def stage_of(row: ApplicantRow | None) -> Stage:
        """Return the screening that is due for somebody: the final one once the first is passed."""
        beyond = row is not None and row.status is not ApplicationStatus.RECEIVED
        return Stage.FINAL if beyond else Stage.FIRST

    def decide(self, key: str, chosen: Sequence[int], shown: Sequence[int]) -> None:
        """Open the dialog for a deed."""
        if not shown:
            self._desk.notifier.say(_("There is nobody in the list to decide about."), "caution")
            return
        dialog = DecisionDialog(
            self._desk, BY_KEY[key], chosen=chosen, shown=shown, courses=self.courses, parent=self._tab
        )
        dialog.recorded.connect(self._tell_deed)
        dialog.open()

    def open_screening(self) -> None:
        """Open the window in which entries are read, scored and ranked."""
        open_screening(self._desk, self._tab)

    def release(self, stage: Stage) -> None:
        """Open the check that ends in announcing a screening."""
        if self._desk.read_only:
            return
        dialog = ReleaseDialog(self._desk, stage, self._tab)
        dialog.released.connect(self._tell_release)
        dialog.undecided_wanted.connect(self.undecided_wanted)
        dialog.person_wanted.connect(self.person_wanted)
        dialog.people_wanted.connect(self.people_wanted)
        dialog.open()

    def _tell_deed(self, deed: Deed, count: int) -> None:
        if deed.noted:
            text = ngettext(
                "{deed}: noted for {count}. It becomes known when the screening is announced.",
                "{deed}: noted for {count}. They become known when the screening is announced.",
                count,
            )
        else:
            text = ngettext("{deed}: recorded for {count}.", "{deed}: recorded for {count}.", count)
        if deed.key == "withdraw":
            self._desk.query(
                reserves,
                self._tell_vacancy,
                owner=self,
                programme_id=self._desk.programme_id,
                today=self._desk.today(),
            )
        self._desk.notifier.say(
            text.format(deed=_(deed.title), count=f"{count:,}"),
            action=_("Take it back"),
            on_action=partial(self.act_wanted.emit, "edit.undo"),
        )

    def _tell_vacancy(self, overview: ReserveOverview) -> None:
        """After a withdrawal, offer the next reserve at once."""
        for course in overview.courses:
            if course.next is not None:
                text = _("{course}: a place is free. Next among the reserves: no. {rank}, {number} {name}.")
                self._desk.notifier.say(
                    text.format(
                        course=course.course,
                        rank=course.next.rank,
                        number=course.next.number,
                        name=course.next.name,
                    ),
                    "caution",
                    action=_("Look at the reserves"),
                    on_action=partial(self.act_wanted.emit, "selection.reserves"),
                )
                return

    def _tell_release(self, result: ReleaseResult) -> None:
        warned = [texts.message_for(warning.code, warning.params) for warning in result.warnings]
        text = _("Announced: {passed} passed, {reserve} reserve, {failed} failed. Next, make the letters.")
        told = text.format(
            passed=f"{result.passed:,}", reserve=f"{result.reserve:,}", failed=f"{result.failed:,}"
        )
        paper = "papers.first-result" if result.stage is Stage.FIRST else "papers.final-result"
        self._desk.notifier.say(
            "\n".join([told, *warned]),
            "caution" if warned else "good",
            action=_("Make the letters"),
            on_action=partial(self.act_wanted.emit, paper),
        )

    # --- papers --------------------------------------------------------------

    def make_papers(self, kind: str, query: ListQuery | None = None, ranges: Sequence[Range] = ()) -> None:
        """Begin a paper for some rows of a list, for a group, or for everybody it is for."""
        if query is None or not (ranges or query.entry_ids):
            begin_papers(self._desk, kind, self._tab)
            return
        self._desk.query(
            chosen_numbers,
            lambda numbers: begin_papers(self._desk, kind, self._tab, numbers=numbers),
            owner=self,
            query=query,
            ranges=ranges or ((0, len(query.entry_ids or ())),),
        )

    def _folder(self) -> str:
        return str(self._desk.settings.value(FOLDER_KEY, "") or Path.home())
