"""Earlier imports: what came in when, through whom, and taking one back whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.import_batches import BatchRow, import_batches, take_back_import
from fujisawa_desktop.views.applicants import import_kinds
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import DataTable, RunningText, SecondaryButton, row
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class BatchesDialog(QDialog):
    """Lists all imports of the programme, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: Sequence[BatchRow] = ()
        self.setWindowTitle(_("Earlier imports"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1080, 520)
        self.model = TextTableModel(self)
        self.table = DataTable(_("Earlier imports"))
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_button())
        self.table.empty.say(
            _("Nothing was imported yet"),
            _("Files that were taken in are listed here with what they brought."),
        )
        self.answer = RunningText("", "wrong")
        self.answer.hide()
        self.back = SecondaryButton(_("Take this import back"), self.take_back)
        self.back.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "An import can be taken back whole as long as no later work hangs on it. "
                    "What was taken back can be done again."
                )
            )
        )
        column.addWidget(self.table, 1)
        column.addWidget(self.answer)
        column.addLayout(row(self.back, None, SecondaryButton(_("Close"), self.reject)))
        self.reload()

    def reload(self) -> None:
        """Query the imports again."""
        self._desk.query(import_batches, self._show, owner=self, programme_id=self._desk.programme_id)

    def _show(self, rows: list[BatchRow]) -> None:
        at = max(self.table.currentIndex().row(), 0)
        self.rows = rows
        self.model.show_rows(_headings(), [_cells(one) for one in rows], figures=(4, 5, 6, 7))
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)
        if rows:
            self.table.select_row(min(at, len(rows) - 1))
        self.table.setFocus()
        self._show_button()

    def _show_button(self) -> None:
        chosen = self._chosen()
        self.back.setEnabled(chosen is not None and chosen.in_force and not self._desk.read_only)

    def _chosen(self) -> BatchRow | None:
        at = self.table.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def take_back(self) -> None:
        """Take the chosen import back as one act."""
        chosen = self._chosen()
        if chosen is None:
            return
        self.answer.hide()
        self.back.setEnabled(False)
        self._desk.perform(
            take_back_import,
            on_done=self._done,
            on_error=self._refused,
            seq=chosen.seq,
            actor=self._desk.actor,
        )

    def _done(self, _change: ChangeSet) -> None:
        self._desk.notifier.say(_("The import was taken back. “Redo” brings it in again."), "good")
        self.reload()

    def _refused(self, error: Exception) -> None:
        self.answer.set_text(texts.message(error))
        self.answer.show()
        self._show_button()


def _headings() -> tuple[str, ...]:
    return (
        _("When"),
        _("Who"),
        _("What"),
        _("File"),
        _("Rows"),
        _("Added"),
        _("Changed"),
        _("Refused"),
        _("Now"),
    )


def _cells(one: BatchRow) -> tuple[str, ...]:
    counts = (one.counts.get(key, 0) for key in ("rows", "added", "updated", "rejected"))
    return (
        format_datetime(one.imported_at),
        one.actor,
        _(import_kinds.TITLES[one.kind]),
        one.file_name,
        *(f"{count:,}" for count in counts),
        _("in force") if one.in_force else _("taken back"),
    )
