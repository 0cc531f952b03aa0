"""保存期間と廃棄: what is due today and what when, of every programme of the file."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import N_, _, format_date, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.retention import RetentionLine, retention_lines
from fujisawa_desktop.services.retention_erasing import ErasureResult
from fujisawa_desktop.services.retention_sweeping import is_unswept, sweep
from fujisawa_desktop.views.column_widths import fit_columns
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.doors import open_papers
from fujisawa_desktop.views.trust.retention_list_dialog import RetentionListDialog
from fujisawa_desktop.views.trust.retention_periods_dialog import RetentionPeriodsDialog
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    open_roomy,
    page_column,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_HEADINGS: Final = (
    N_("Records"),
    N_("Fiscal year"),
    N_("Counted from"),
    N_("Kept until"),
    N_("All lines"),
    N_("Due today"),
    N_("Kept for a reason"),
    N_("Programme"),
)
_FIGURES: Final = (4, 5, 6)
_WIDEST: Final = 300
_LEAST: Final = 120
"""Pixels of the last column, which takes what room there is."""


class RetentionWindow(QDialog):
    """One line for each kind of record of each fiscal year, and the doors to periods, list, certificate.

    Attributes:
        lines: what is shown.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Retention and erasure"))
        open_roomy(self, 1220, 660, grows=True)
        self._desk = desk
        self.lines: tuple[RetentionLine, ...] = ()
        self.notice = NoticeBar()
        self.summary = TextLabel("", "bold")
        self.model = TextTableModel(self)
        self.table = DataTable(_("Records and how long they are kept"))
        self.table.setModel(self.model)
        self.basis = RunningText("", "neutral")
        self.periods_button = SecondaryButton(_("Periods…"), self.edit_periods)
        self.certificate_button = SecondaryButton(_("Certificates of erasure…"), self.show_certificates)
        self.list_button = PrimaryButton(_("List of what is due…"), self.show_list)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._on_row())
        desk.changed.connect(self._on_changed)
        for keys, act in (("F5", self.reload), ("Esc", self.reject)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.reload()
        desk.query(is_unswept, self._remind, owner=self, on_error=self._say_error)

    def _lay_out(self) -> None:
        self.table.empty.say(
            _("Nothing to keep or to erase"),
            _("Once entries are taken in, their records stand here with the day until which they are kept."),
        )
        column = page_column(
            self,
            _("Retention and erasure"),
            _(
                "A period is counted from 1 April after the fiscal year in which a record was made. "
                "What is kept for a reason stays although its time is over. "
                "Nothing is erased unless two people have looked at the list."
            ),
        )
        column.addWidget(self.notice)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.basis)
        column.addLayout(row(self.periods_button, self.certificate_button, None, self.list_button))

    def reload(self) -> None:
        """Read again what is due on the desk's day."""
        self._desk.query(
            retention_lines,
            self._show,
            owner=self,
            latest="retention.lines",
            on_error=self._say_error,
            today=self._desk.today(),
        )

    def _show(self, lines: tuple[RetentionLine, ...]) -> None:
        self.lines = lines
        rows = [_cells(line) for line in lines]
        headings = [_(heading) for heading in _HEADINGS]
        first = not self.model.columnCount()
        self.model.show_rows(headings, rows, figures=_FIGURES)
        if first or rows:
            fit_columns(self.table, headings, rows, widest=_WIDEST)
            self.table.setColumnWidth(len(headings) - 1, _LEAST)
        if rows:
            due = next((at for at, line in enumerate(lines) if line.due), 0)
            self.table.selectRow(due)
        count = sum(line.due for line in lines)
        text = ngettext(
            "On {day}, {count} line is due for erasure.",
            "On {day}, {count} lines are due for erasure.",
            count,
        )
        self.summary.setText(text.format(day=format_date(self._desk.today()), count=f"{count:,}"))
        self._on_row()

    def chosen(self) -> RetentionLine | None:
        """Return the line looked at."""
        at = self.table.currentIndex().row()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def _programme_id(self) -> int:
        line = self.chosen()
        return line.programme_id if line is not None else self._desk.programme_id

    def edit_periods(self) -> None:
        """Let the clerk set the periods of the programme looked at."""
        dialog = RetentionPeriodsDialog(self._desk, self, programme_id=self._programme_id())
        dialog.saved.connect(self.reload)
        dialog.open()

    def show_list(self) -> None:
        """Open the list of what is due in the programme looked at, and the way to erase it."""
        dialog = RetentionListDialog(self._desk, self, programme_id=self._programme_id())
        dialog.erased.connect(self._erased)
        dialog.open()

    def show_certificates(self) -> None:
        """Open the certificates of what was erased."""
        open_papers(self._desk, "purge-certificate", self)

    def _erased(self, result: ErasureResult) -> None:
        text = ngettext(
            "Erased: {count} line; nothing is left of {people} people.",
            "Erased: {count} lines; nothing is left of {people} people.",
            result.records,
        ).format(count=f"{result.records:,}", people=f"{result.people:,}")
        if result.swept or self._desk.database.path is None:
            self.notice.show_message(
                text, "good", action=_("Print the certificate"), on_action=self.show_certificates
            )
        else:
            self._say_unswept(text)
        self.reload()

    def sweep(self) -> None:
        """Clear the free pages of the file, which another program held when records were erased."""
        self._desk.perform(sweep, on_done=self._swept, actor=self._desk.actor)

    def _remind(self, is_waiting: object) -> None:
        if is_waiting:
            self._say_unswept(_("Records were erased before."))

    def _swept(self, done: object) -> None:
        if done:
            self.notice.show_message(
                _("The free pages of the file are cleared, and the certificate says so."),
                "good",
                action=_("Print the certificate"),
                on_action=self.show_certificates,
            )
        else:
            self._say_unswept(_("The free pages of the file could not be cleared."))

    def _say_unswept(self, text: str) -> None:
        said = _(
            "{text} Another program holds the file: until its free pages are cleared, "
            "traces may be left in them. Close it there; then clear them."
        )
        self.notice.show_message(
            said.format(text=text), "caution", action=_("Clear the free pages"), on_action=self.sweep
        )

    def _on_row(self) -> None:
        line = self.chosen()
        self.basis.set_text("" if line is None else _("Basis: {text}").format(text=line.basis))
        self.basis.setVisible(line is not None and bool(line.basis))
        self.list_button.setEnabled(bool(self.lines))

    def _on_changed(self, _change: ChangeSet) -> None:
        self.reload()

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")


def _cells(line: RetentionLine) -> list[str]:
    return [
        texts.term("retention-category", line.category),
        str(line.fiscal_year),
        format_date(line.kept_from),
        format_date(line.kept_until),
        f"{line.total:,}",
        f"{line.due:,}" if line.due else "",
        f"{line.hindered:,}" if line.hindered else "",
        line.programme,
    ]


def open_retention(desk: Desk, parent: QWidget) -> RetentionWindow:
    """Open the window."""
    window = RetentionWindow(desk, parent)
    window.show()
    return window
