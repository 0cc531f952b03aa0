"""What a file would do, looked at before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHeaderView,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.import_kinds import APPLICANTS, profile_names
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.views.applicants import import_kinds
from fujisawa_desktop.views.applicants.count_tiles import CountTile, CountTiles
from fujisawa_desktop.views.applicants.import_report import ImportReport, Part
from fujisawa_desktop.views.applicants.text_table import TextTableModel
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tasks import Job
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    ElidedLabel,
    EmptyState,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    plain,
    row,
)

_LOOKED_AT: Final = 100
"""Rows that decide how wide columns are; looking at all of 10,000 would be felt."""
_WRAPPED: Final = 100
"""How many rows at most are given the height their text needs."""
_FIRST_LOOK: Final = ("rejected", "warnings", "suspected", "updated", "added", "sample")
"""Which list is opened first: what needs a decision goes before what is fine."""


class ImportDialog(QDialog):
    """Reads one file off the GUI thread, shows what it would do, and takes it in on demand.

    Signals:
        taken_in(str, ImportResult): kind of file and what was done.
        other_wanted(): the file cannot be used; another one is to be chosen.
    """

    taken_in = Signal(str, object)
    other_wanted = Signal()

    def __init__(self, desk: Desk, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file = file
        self._job: Job | None = None
        self._kind = APPLICANTS
        self.report: ImportReport | None = None
        self.setWindowTitle(_("Import"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 620)
        self._build()
        self.read()

    # --- layout --------------------------------------------------------------

    def _build(self) -> None:
        self.facts = TextLabel("", "secondary")
        self.profile = QComboBox()
        self.profile.setAccessibleName(_("Layout of the file"))
        self.profile.addItem(_("Recognise the layout"), None)
        for source, name in profile_names():
            self.profile.addItem(name, source)
        self.profile.currentIndexChanged.connect(lambda _at: self.read())
        self.tiles = CountTiles()
        self.tiles.chosen.connect(self._show_part)
        self.model = TextTableModel(self)
        self.table = DataTable(_("Rows of the file"))
        self.table.setModel(self.model)
        self.table.horizontalHeader().setResizeContentsPrecision(_LOOKED_AT)
        self.summary = RunningText()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.waiting = TextLabel("", "secondary")
        self.problem = EmptyState()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._waiting_page())
        self.pages.addWidget(self._report_page())
        self.pages.addWidget(self.problem)
        self.go = PrimaryButton("", self.take_in)
        self.go.setDefault(True)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(ElidedLabel(self._file.name, "title"))
        column.addLayout(row(self.facts, None, self.profile))
        column.addWidget(self.pages, 1)
        column.addLayout(row(None, self.stop, self.go))
        self._desk.tasks.long_progress.connect(self._on_progress)

    def _waiting_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.waiting, 0, Qt.AlignmentFlag.AlignHCenter)
        self.bar.setMaximumWidth(420)
        self.bar.setMinimumWidth(280)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _report_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.tiles)
        column.addWidget(self.table, 1)
        column.addWidget(self.summary)
        return page

    # --- reading -------------------------------------------------------------

    def read(self) -> None:
        """Read the file and find out what it would do."""
        self._cancel_job()
        self._wait(_("Reading the file. Nothing is written yet."))
        self._job = self._desk.query(
            import_kinds.preview,
            self._show_report,
            owner=self,
            on_error=self._show_problem,
            busy=_("Reading {file}").format(file=self._file.name),
            programme_id=self._desk.programme_id,
            file=self._file,
            profile=self.profile.currentData(),
        )

    def _wait(self, text: str) -> None:
        self.waiting.setText(text)
        self.bar.setRange(0, 0)
        self.pages.setCurrentIndex(0)
        self.go.setEnabled(False)
        self.profile.setEnabled(False)

    def _on_progress(self, done: int, total: int) -> None:
        if self._job is not None:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _show_report(self, answer: tuple[str, ImportReport]) -> None:
        self._job = None
        self._kind, self.report = answer
        report = self.report
        self.facts.setText(
            _("{what} · {facts} · {rows} rows").format(
                what=_(import_kinds.TITLES[self._kind]), facts=report.facts, rows=f"{report.rows:,}"
            )
        )
        self.profile.setVisible(self._kind == APPLICANTS)
        self.profile.setEnabled(True)
        first = self._first_part(report)
        self.tiles.show_tiles(
            [
                CountTile(part.key, part.title, part.count, part.tone, listed=bool(part.rows))
                for part in report.parts
            ],
            first,
        )
        self.tiles.setVisible(True)
        self._show_part(first)
        self.summary.set_text(self._summary(report))
        self.go.setText(
            plain(
                ngettext("Take in {count} row", "Take in {count} rows", report.effect).format(
                    count=f"{report.effect:,}"
                )
            )
        )
        self.go.setEnabled(report.effect > 0)
        self.pages.setCurrentIndex(1)
        (self.go if self.go.isEnabled() else self.stop).setFocus()

    @staticmethod
    def _first_part(report: ImportReport) -> str:
        listed = {part.key for part in report.parts if part.rows}
        return next((key for key in _FIRST_LOOK if key in listed), "")

    @staticmethod
    def _summary(report: ImportReport) -> str:
        refused = report.part("rejected").count
        if not report.effect and refused:
            return _(
                "There is nothing to take in. Correct the rows shown in the file, or at the portal, "
                "and choose the file again."
            )
        if not report.effect:
            return _("The list already says all of this, so there is nothing to take in.")
        if refused:
            return ngettext(
                "{count} row stays out for the reason shown; the others go in. "
                "All of it can be undone in one step.",
                "{count} rows stay out for the reasons shown; the others go in. "
                "All of it can be undone in one step.",
                refused,
            ).format(count=refused)
        return _("All rows can be taken in. All of it can be undone in one step.")

    def _show_part(self, key: str) -> None:
        if self.report is None:
            return
        empty = Part(key, "", 0)
        part = next((part for part in self.report.parts if part.key == key), empty)
        self.model.show_rows(part.headings, part.rows, figures=part.figures)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(key != "sample")
        header.setMaximumSectionSize(320)
        self.table.resizeColumnsToContents()
        header.setMaximumSectionSize(-1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._wrap_reasons(len(part.rows) if key != "sample" else 0)
        if not part.rows:
            self.table.empty.say(
                _("Nothing to list"), _("The counts above say everything there is to know about this file.")
            )
            self.table.show_emptiness()

    def _wrap_reasons(self, rows: int) -> None:
        """Show whole sentences where there are few: a reason cut off helps nobody."""
        few = 0 < rows <= _WRAPPED
        self.table.setWordWrap(few)
        heights = self.table.verticalHeader()
        for line in range(rows if few else 0):
            needed = self.table.sizeHintForRow(line)
            heights.resizeSection(line, max(heights.defaultSectionSize(), needed + Space.M))

    def _show_problem(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            return
        self.profile.setEnabled(True)
        self.problem.say(
            _("This file cannot be taken in"),
            texts.message(error),
            _("Choose another file…"),
            self._choose_other,
        )
        self.pages.setCurrentIndex(2)
        self.go.hide()
        self.problem.button.setFocus()

    def _choose_other(self) -> None:
        self.reject()
        self.other_wanted.emit()

    # --- taking in -----------------------------------------------------------

    def take_in(self) -> None:
        """Take the file in as one act."""
        if self.report is None or not self.report.effect:
            return
        self._wait(_("Taking the rows in. You can still stop; then nothing is kept."))
        self._job = self._desk.perform(
            import_kinds.take_in,
            on_done=self._done,
            on_error=self._failed,
            busy=_("Taking in {file}").format(file=self._file.name),
            kind=self._kind,
            programme_id=self._desk.programme_id,
            file=self._file,
            profile=self.profile.currentData(),
            actor=self._desk.actor,
        )

    def _done(self, result: ImportResult) -> None:
        self._job = None
        self.taken_in.emit(self._kind, result)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._job = None
            self._desk.notifier.show(error)
            return
        self._show_problem(error)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def reject(self) -> None:
        """Stop whatever runs; nothing of it is kept."""
        self._cancel_job()
        with QSignalBlocker(self.profile):
            super().reject()
