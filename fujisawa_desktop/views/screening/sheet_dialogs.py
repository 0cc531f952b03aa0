"""Score sheets: giving them out, and looking at one that came back before it is taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.score_sheet_import import (
    SheetChange,
    SheetPreview,
    SheetTaken,
    import_score_sheet,
    preview_score_sheet,
)
from fujisawa_desktop.services.score_sheets import SheetsIssued, issue_score_sheets
from fujisawa_desktop.services.screening_setup import ScreeningSetup
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.screening.ranking_page import FOLDER_KEY
from fujisawa_desktop.views.screening.words import points_text, state_word
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class IssueDialog(QDialog):
    """Asks for whom, blind or not, and where to; then the sheets are written and recorded.

    Signals:
        issued(SheetsIssued): what was written.
    """

    issued = Signal(object)

    def __init__(self, desk: Desk, setup: ScreeningSetup, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Give out score sheets"))
        self.setMinimumWidth(520)
        self._desk = desk
        self.boxes: dict[int, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(TextLabel(_("For whom"), "bold"))
        for one in setup.reviewers:
            box = QCheckBox("　".join(part for part in (one.name, one.department) if part).replace("&", "&&"))
            box.setChecked(True)
            box.toggled.connect(lambda _on: self._enable())
            self.boxes[one.id] = box
            column.addWidget(box)
        self.blind = QCheckBox(_("Without names, schools and contact (blind)"))
        self.blind.setChecked(setup.rule.is_blind)
        column.addSpacing(Space.S)
        column.addWidget(self.blind)
        column.addWidget(
            RunningText(
                _(
                    "Each reviewer gets one Excel file a course, with the applications to read and "
                    "fields for the "
                    "points. It holds personal data: send it as your office prescribes. "
                    "That it left the office is recorded."
                ),
                "neutral",
            )
        )
        self.trouble = RunningText("", "wrong")
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.go = PrimaryButton(_("Choose a folder and write…"), self.write)
        self.go.setDefault(True)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.go))
        self._enable()

    def _chosen(self) -> list[int]:
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def _enable(self) -> None:
        self.go.setEnabled(bool(self._chosen()))

    def write(self) -> None:
        """Ask for the folder and write the sheets."""
        folder = str(self._desk.settings.value(FOLDER_KEY, "") or Path.home())
        name = QFileDialog.getExistingDirectory(self, _("Folder for the score sheets"), folder)
        if not name:
            return
        self._desk.settings.setValue(FOLDER_KEY, name)
        self.go.setEnabled(False)
        self._desk.perform(
            issue_score_sheets,
            on_done=while_open(self, self._done),
            on_error=while_open(self, self._fail),
            programme_id=self._desk.programme_id,
            reviewer_ids=self._chosen(),
            folder=Path(name),
            blind=self.blind.isChecked(),
            made_on=self._desk.today(),
            actor=self._desk.actor,
        )

    def _done(self, issued: SheetsIssued) -> None:
        self.issued.emit(issued)
        self.accept()

    def _fail(self, error: Exception) -> None:
        self.trouble.set_text(texts.message(error))
        self.trouble.show()
        self._enable()


class SheetImportDialog(QDialog):
    """Shows what a score sheet would change, old beside new, and what is refused and why.

    Signals:
        taken_in(SheetTaken): it was taken in.

    Attributes:
        preview: what was found, None until it is read.
    """

    taken_in = Signal(object)

    def __init__(self, desk: Desk, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Take in a score sheet"))
        self.resize(860, 560)
        self._desk = desk
        self._file = file
        self.preview: SheetPreview | None = None
        self.summary = TextLabel(_("Reading {file} …").format(file=file.name), "heading")
        self.summary.setWordWrap(True)
        self.counts = RunningText()
        self.cautions = RunningText("", "caution")
        self.cautions.hide()
        self.refused_title = TextLabel(_("Not taken in"), "bold")
        self.refused_model = TextTableModel(self)
        self.refused = DataTable(_("Not taken in"), row_height=46)
        self.refused.setModel(self.refused_model)
        self.refused.setWordWrap(True)
        self.changes_title = TextLabel(_("What is taken in"), "bold")
        self.changes_model = TextTableModel(self)
        self.changes = DataTable(_("What is taken in"))
        self.changes.setModel(self.changes_model)
        self.go = PrimaryButton(_("Take in"), self.take_in)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        for widget in (self.summary, self.counts, self.cautions, self.refused_title):
            column.addWidget(widget)
        column.addWidget(self.refused, 2)
        column.addWidget(self.changes_title)
        column.addWidget(self.changes, 3)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.go))
        for part in (self.refused_title, self.refused, self.changes_title, self.changes):
            part.hide()
        desk.query(
            preview_score_sheet,
            self._show,
            owner=self,
            on_error=self._fail,
            programme_id=desk.programme_id,
            file=file,
        )

    def _show(self, preview: SheetPreview) -> None:
        self.preview = preview
        self.summary.setText(
            _("{reviewer}, {course}").format(reviewer=preview.reviewer, course=preview.course)
        )
        self.counts.set_text(
            _(
                "{rows} rows: {added} new, {changed} changed, {unchanged} as before, {blank} blank, "
                "{refused} not taken in."
            ).format(
                rows=preview.rows,
                added=len(preview.added),
                changed=len(preview.changed),
                unchanged=preview.unchanged,
                blank=preview.blank,
                refused=len(preview.refused),
            )
        )
        if preview.missing:
            self.cautions.set_text(
                _("These numbers were given out and are not in the sheet any more: {numbers}").format(
                    numbers=_(", ").join(preview.missing)
                )
            )
            self.cautions.show()
        self._show_tables(preview)
        count = len(preview.added) + len(preview.changed)
        self.go.setText(
            ngettext("Take in {count} row", "Take in {count} rows", count).format(count=f"{count:,}")
        )
        self.go.setEnabled(count > 0 and not self._desk.read_only)
        self.go.setFocus()

    def _show_tables(self, preview: SheetPreview) -> None:
        for part in (self.refused_title, self.refused):
            part.setVisible(bool(preview.refused))
        self.refused_model.show_rows(
            (_("Row"), _("Column"), _("Number"), _("Why")),
            [
                (str(one.line), one.column, one.number, texts.message_for(one.code, one.params))
                for one in preview.refused
            ],
        )
        self.refused.set_widths({0: 52, 1: 64, 2: 128})
        shown = (*preview.changed, *preview.added)
        for part in (self.changes_title, self.changes):
            part.setVisible(bool(shown))
        self.changes_model.show_rows(
            (_("Row"), _("Number"), _("In the program"), _("In the sheet"), _("Differences")),
            [
                (
                    str(one.line),
                    one.number,
                    _said(one.old_total, one, old=True),
                    _said(one.new_total, one, old=False),
                    _differences(one),
                )
                for one in shown
            ],
        )
        self.changes.set_widths({0: 52, 1: 128, 2: 118, 3: 118})

    def take_in(self) -> None:
        """Take in the good rows as one act."""
        self.go.setEnabled(False)
        self._desk.perform(
            import_score_sheet,
            on_done=while_open(self, self._done),
            on_error=while_open(self, self._fail),
            programme_id=self._desk.programme_id,
            file=self._file,
            actor=self._desk.actor,
        )

    def _done(self, taken: SheetTaken) -> None:
        self.taken_in.emit(taken)
        self.accept()

    def _fail(self, error: Exception) -> None:
        self.summary.setText(_("{file} cannot be taken in").format(file=self._file.name))
        self.cautions.set_text(texts.message(error))
        self.cautions.show()
        self.go.setEnabled(False)


def _said(total: int | None, one: SheetChange, *, old: bool) -> str:
    if total is not None:
        return points_text(total)
    return state_word(one.old_state if old else one.new_state)


def _differences(one: SheetChange) -> str:
    if one.old_state is None:
        return _("new")
    parts = [
        _("{criterion} {old} → {new}").format(
            criterion=name, old="–" if old is None else old, new="–" if new is None else new
        )
        for name, old, new in one.details
    ]
    if one.comment_changes:
        parts.append(_("comment"))
    return _(", ").join(parts)
