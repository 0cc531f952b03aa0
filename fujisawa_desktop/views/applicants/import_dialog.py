"""What a file would do, looked at before it is taken in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
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
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.import_kinds import APPLICANTS
from fujisawa_desktop.services.import_layouts import IntakeChoices
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.views.applicants import import_kinds
from fujisawa_desktop.views.applicants.columns_page import ColumnsPage
from fujisawa_desktop.views.applicants.count_tiles import CountTile, CountTiles
from fujisawa_desktop.views.applicants.course_rules_dialog import CourseRulesDialog
from fujisawa_desktop.views.applicants.import_keeping import Keeping
from fujisawa_desktop.views.applicants.import_kinds import Look
from fujisawa_desktop.views.applicants.import_options import ImportOptions
from fujisawa_desktop.views.applicants.import_report import (
    TEXT_FORMATS,
    ImportReport,
    Part,
    format_text,
    matching_rows,
    summary_of,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tasks import Job
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    ElidedLabel,
    EmptyState,
    PrimaryButton,
    RunningText,
    SearchField,
    SecondaryButton,
    TextLabel,
    plain,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_LOOKED_AT: Final = 100
"""Rows that decide how wide columns are; looking at all of 10,000 would be felt."""
_WIDE: Final = {"suspected": 4}
"""Of a list whose last column is a figure, the column that takes the room there is."""
_WRAPPED: Final = 100
"""How many rows at most are given the height their text needs."""
_WAITING, _REPORT, _PROBLEM, _COLUMNS = range(4)
_FIRST_LOOK: Final = ("rejected", "kept", "warnings", "suspected", "updated", "added", "sample")
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
        self._choices = IntakeChoices()
        self._part = self._wanted_part = ""
        self.report: ImportReport | None = None
        self.setWindowTitle(_("Import"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1120, 700)
        self._build()
        self.read()

    # --- layout --------------------------------------------------------------

    def _build(self) -> None:
        self.facts = TextLabel("", "secondary")
        self.options = ImportOptions()
        self.profile = self.options.profile
        self.options.layout_chosen.connect(self._choose_layout)
        self.options.code_chosen.connect(self._choose_code)
        self.options.columns_wanted.connect(self._open_columns)
        self.options.courses_wanted.connect(self._open_rules)
        self.columns = ColumnsPage()
        self.columns.changed.connect(self._show_go)
        self._keeping = Keeping(self._desk, self.columns, self.options, self)
        self.columns.save_wanted.connect(lambda: self._keeping.keep(self._choices.encoding))
        self.columns.delete_wanted.connect(self._keeping.forget)
        self.tiles = CountTiles()
        self.tiles.chosen.connect(self._show_part)
        self.model = TextTableModel(self)
        self.table = DataTable(_("Rows of the file"))
        self.table.setModel(self.model)
        self.table.horizontalHeader().setResizeContentsPrecision(_LOOKED_AT)
        self.filter = SearchField(_("Filter these rows"), _("Filter these rows"))
        self.filter.searched.connect(lambda _text: self._show_part(self._part))
        self.filter.go_down.connect(self.table.setFocus)
        self.save_rejected = SecondaryButton(_("Save these rows to correct them…"), self._write_rejected)
        self.summary = RunningText()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.waiting = TextLabel("", "secondary")
        self.problem = EmptyState()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._waiting_page())
        self.pages.addWidget(self._report_page())
        self.pages.addWidget(self.problem)
        self.pages.addWidget(self.columns)
        self.go = PrimaryButton("", self._go_on)
        self.go.setDefault(True)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(ElidedLabel(self._file.name, "title"))
        column.addWidget(self.facts)
        column.addWidget(self.options)
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
        column.addLayout(row(self.filter, self.save_rejected))
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
            self._show_look,
            owner=self,
            on_error=self._show_problem,
            busy=_("Reading {file}").format(file=self._file.name),
            programme_id=self._desk.programme_id,
            file=self._file,
            choices=self._choices,
        )

    def _wait(self, text: str) -> None:
        self.waiting.setText(text)
        self.bar.setRange(0, 0)
        self.pages.setCurrentIndex(_WAITING)
        self.go.setEnabled(False)
        self.options.setEnabled(False)

    def _on_progress(self, done: int, total: int) -> None:
        if self._job is not None:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _show_look(self, look: Look) -> None:
        self._job = None
        self._kind, self.report = look.kind, look.report
        self.options.setEnabled(True)
        self.go.show()
        columns = look.columns
        if columns is not None:
            self.options.offer_layouts(columns.layouts)
            self.columns.show_columns(columns)
        text = bool(columns.encoding) if columns is not None else look.file_format in TEXT_FORMATS
        self.options.show_for(applicants=columns is not None, text=text, shift=look.asks_shift)
        if self.report is None and columns is not None:
            self.facts.setText(
                _("{what} · {facts} · {rows} rows").format(
                    what=_(import_kinds.TITLES[self._kind]),
                    facts=format_text(columns.file_format, columns.encoding),
                    rows=f"{columns.rows:,}",
                )
            )
            self._open_columns()
        elif self.report is not None:
            self._show_report(self.report)

    def _show_report(self, report: ImportReport) -> None:
        self.facts.setText(
            _("{what} · {facts} · {rows} rows").format(
                what=_(import_kinds.TITLES[self._kind]), facts=report.facts, rows=f"{report.rows:,}"
            )
        )
        first = self._wanted_part or self._first_part(report)
        self._wanted_part = ""
        self.tiles.show_tiles(
            [
                CountTile(part.key, part.title, part.count, part.tone, listed=bool(part.rows))
                for part in report.parts
            ],
            first,
        )
        self.tiles.setVisible(True)
        self.filter.clear()
        self._show_part(first)
        self.summary.set_text(summary_of(report))
        self.pages.setCurrentIndex(_REPORT)
        self._show_go()
        (self.go if self.go.isEnabled() else self.stop).setFocus()

    def _show_go(self) -> None:
        """Name the next step of the page shown, and allow it when it can be done."""
        if self.pages.currentIndex() == _COLUMNS:
            self.go.setText(_("Look at the result"))
            self.go.setEnabled(not self.columns.missing() and bool(self.columns.source_key()))
        elif self.pages.currentIndex() == _REPORT and self.report is not None:
            effect = self.report.effect
            self.go.setText(
                plain(
                    ngettext("Take in {count} row", "Take in {count} rows", effect).format(
                        count=f"{effect:,}"
                    )
                )
            )
            self.go.setEnabled(effect > 0)

    def _go_on(self) -> None:
        if self.pages.currentIndex() != _COLUMNS:
            self.take_in()
            return
        self._choices = replace(
            self._choices,
            profile=self.columns.name.text().strip() or None,
            uses=self.columns.uses,
            source=self.columns.source_key(),
        )
        self.read()

    @staticmethod
    def _first_part(report: ImportReport) -> str:
        listed = {part.key for part in report.parts if part.rows}
        return next((key for key in _FIRST_LOOK if key in listed), "")

    def _show_part(self, key: str) -> None:
        if self.report is None:
            return
        self._part = key
        empty = Part(key, "", 0)
        part = next((part for part in self.report.parts if part.key == key), empty)
        rows = matching_rows(part.rows, self.filter.text())
        self.save_rejected.setVisible(key == "rejected" and bool(part.rows))
        self.model.show_rows(part.headings, rows, figures=part.figures)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(key != "sample" and key not in _WIDE)
        header.setMaximumSectionSize(320)
        self.table.resizeColumnsToContents()
        header.setMaximumSectionSize(-1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        if key in _WIDE and rows:
            header.setSectionResizeMode(_WIDE[key], QHeaderView.ResizeMode.Stretch)
        self._wrap_reasons(len(rows) if key != "sample" else 0)
        if part.rows and not rows:
            self.table.empty.say(_("No row holds these words"), _("Clear the filter to see all rows."))
            self.table.show_emptiness()
        elif not rows:
            self.table.empty.say(
                _("Nothing to list"), _("The counts above say everything there is to know about this file.")
            )
            self.table.show_emptiness()

    def _wrap_reasons(self, rows: int) -> None:
        """Show whole sentences where there are few: a reason cut off helps nobody."""
        few = 0 < rows <= _WRAPPED
        self.table.setWordWrap(few)
        heights = self.table.verticalHeader()
        for line in range(min(self.model.rowCount(), _WRAPPED)):
            needed = self.table.sizeHintForRow(line) + Space.M if few else 0
            heights.resizeSection(line, max(heights.defaultSectionSize(), needed))

    def _show_problem(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            return
        self.options.setEnabled(True)
        self.facts.setText("")
        # Another character code may be all that is needed.
        self.options.show_for(applicants=False, text=True)
        self.problem.say(
            _("This file cannot be taken in"),
            texts.message(error),
            _("Choose another file…"),
            self._choose_other,
        )
        self.pages.setCurrentIndex(_PROBLEM)
        self.go.hide()
        self.problem.button.setFocus()

    def _choose_other(self) -> None:
        self.reject()
        self.other_wanted.emit()

    # --- how the file is read -------------------------------------------------

    def _choose_layout(self) -> None:
        self._choices = replace(self._choices, profile=self.profile.currentData(), uses=(), source="")
        self.read()

    def _choose_code(self) -> None:
        """Read the file again and show its rows: they tell whether the characters are right."""
        code, shift = self.options.code.currentData(), self.options.shift.currentData()
        self._choices = replace(self._choices, encoding=code, shift=ShiftKind(shift), uses=(), source="")
        self._wanted_part = "sample"
        self.read()

    def _open_columns(self) -> None:
        self.pages.setCurrentIndex(_COLUMNS)
        self._show_go()
        self.columns.table.setFocus()

    def _open_rules(self) -> None:
        dialog = CourseRulesDialog(self._desk, self.columns.headings(), self)
        dialog.saved.connect(self.read)
        dialog.open()

    def _write_rejected(self) -> None:
        if self.report is not None:
            self._keeping.write_rejected(self._file, self.report.rejected, self._choices.encoding)

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
            choices=self._choices,
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
        with QSignalBlocker(self.options):
            super().reject()
