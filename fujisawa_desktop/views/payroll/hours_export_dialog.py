"""Hours as a file: which months, planned or worked; the file has the headings that an import reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.list_tables import hours_table
from fujisawa_desktop.services.table_files import ListTable
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.table_saving import TableSaver
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)


class HoursExportDialog(QDialog):
    """Two choices, then the system's own question where the file goes.

    Attributes:
        saver: writes the file.
    """

    def __init__(self, desk: Desk, parent: QWidget, *, year_month: tuple[int, int]) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Export hours"))
        self.setMinimumWidth(460)
        self.notices = NoticeBar()
        self.saver = TableSaver(desk, self, lambda text: self.notices.show_message(text, "good"))
        self.months = QComboBox()
        self._month = year_month
        self.months.addItem(month_name(*year_month), "month")
        self.months.addItem(_("The whole programme"), "")
        self.kinds = QComboBox()
        self.kinds.addItem(_("Planned and worked"), "")
        for kind in ShiftKind:
            self.kinds.addItem(texts.term("shift", kind), kind.value)
        self.go = PrimaryButton(_("Write the file…"), self.write)
        self.go.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Export hours"), "heading"))
        column.addWidget(
            RunningText(
                _("Excel or csv, one stretch of work a row. The import reads the file as it is written."),
                "neutral",
            )
        )
        column.addWidget(self.notices)
        column.addWidget(FormField("months", _("Months"), self.months))
        column.addWidget(FormField("kinds", _("What"), self.kinds))
        column.addLayout(row(None, SecondaryButton(_("Close"), self.reject), self.go))

    def write(self) -> None:
        """Read the hours, ask for a name, and write."""
        kind = self.kinds.currentData()
        self._desk.query(
            hours_table,
            self._save,
            owner=self,
            programme_id=self._desk.programme_id,
            year_month=self._month if self.months.currentData() else None,
            kind=ShiftKind(kind) if kind else None,
        )

    def _save(self, table: ListTable) -> None:
        if not table.rows:
            self.notices.show_message(_("There are no such hours. No file was written."), "caution")
            return
        self.saver.save(table)
