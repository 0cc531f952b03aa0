"""The pay of the month: a row a person, and the sums under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView

from fujisawa_desktop.i18n import N_, _, format_minutes, format_yen, ngettext
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.views.payroll.words import pay_pills, sentence
from fujisawa_desktop.views.theme import ROW_HEIGHT, Space, body_font
from fujisawa_desktop.views.widgets import PILL_ROLE, DataTable, PillDelegate, tool_tip

Index = QModelIndex | QPersistentModelIndex

HEADINGS: Final = (
    N_("Name"),
    N_("Hours"),
    N_("Pay"),
    N_("Commuting"),
    N_("Income tax"),
    N_("Insurance"),
    N_("To be paid"),
    N_("State"),
)
ROWS_IN_SIGHT: Final = 5
WIDEST_NAME: Final = 260
STATE: Final = len(HEADINGS) - 1
_OPEN: Final = "—"


class PayModel(QAbstractTableModel):
    """Shows ``PayRow`` values; the last row holds the sums."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[PayRow] = ()

    def show(self, rows: Sequence[PayRow]) -> None:
        """Show these amounts."""
        same = [row.appointment_id for row in rows] == [row.appointment_id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows), STATE))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the people and one row of sums."""
        return 0 if parent.isValid() or not self.rows else len(self.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings; figures stand at the right, so do their headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let people be chosen; the row of sums is only read."""
        if index.row() < len(self.rows):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    def data(  # noqa: PLR0911 - one answer for each role
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return texts, states and alignment."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if index.row() == len(self.rows):
            return self._sum_data(index.column(), role)
        row = self.rows[index.row()]
        if role == PILL_ROLE:
            return pay_pills(row) if index.column() == STATE else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip("\n".join(sentence(finding) for finding in row.problems) or row.name)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == STATE:
            return "、".join(text for text, _tone in pay_pills(row))
        return self._text(row, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    @staticmethod
    def _text(row: PayRow, column: int) -> str:
        amounts = (row.pay, row.commuting, row.tax, row.insurance or None, row.net)
        if column == 0:
            return row.name
        if column == 1:
            return format_minutes(row.minutes)
        if column == STATE:
            return ""
        amount = amounts[column - 2]
        return _OPEN if amount is None else format_yen(amount)

    def _sum_data(self, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole:
            font: QFont = body_font(bold=True)
            return font
        if role != Qt.ItemDataRole.DisplayRole or column == STATE:
            return None
        if column == 0:
            count = len(self.rows)
            return ngettext("{count} person", "{count} people", count).format(count=count)
        if column == 1:
            return format_minutes(sum(row.minutes for row in self.rows))
        names = ("pay", "commuting", "tax", "insurance", "net")
        amounts = [getattr(row, names[column - 2]) for row in self.rows]
        nothing = None in amounts or (names[column - 2] == "insurance" and not any(amounts))
        return _OPEN if nothing else format_yen(sum(amounts))

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column in (0, STATE) else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class PayTable(DataTable):
    """The table of the pay.

    Signals:
        picked(int): the person chose this row.
    """

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Pay of the month"))
        self.setProperty("role", "pay")
        self.pay = PayModel(self)
        self.setModel(self.pay)
        self.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(STATE, PillDelegate(self))
        columns = self.horizontalHeader()
        columns.setSectionsMovable(False)
        columns.setMinimumSectionSize(56)
        metrics = QFontMetrics(body_font(bold=True))
        for column, heading in enumerate(HEADINGS[:STATE]):
            least = 130 if column == 0 else 84
            self.setColumnWidth(column, max(least, metrics.horizontalAdvance(_(heading)) + 2 * Space.M))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[PayRow]) -> None:
        """Show these amounts, as high as they need."""
        self.pay.show(rows)
        self._widen_names()
        self.setMinimumHeight((min(self.pay.rowCount(), ROWS_IN_SIGHT) + 1) * ROW_HEIGHT + 4)
        self.setMaximumHeight((self.pay.rowCount() + 1) * ROW_HEIGHT + 4)

    def _widen_names(self) -> None:
        """Give the names the room the longest of them needs, but never less than they have."""
        metrics = QFontMetrics(body_font())
        longest = max((metrics.horizontalAdvance(row.name) for row in self.pay.rows), default=0)
        needed = min(longest + 2 * Space.M, WIDEST_NAME)
        if needed > self.columnWidth(0):
            self.setColumnWidth(0, needed)

    def choose(self, row: int) -> None:
        """Mark a person without telling anybody."""
        if 0 <= row < len(self.pay.rows) and self.selected_rows() != [row]:
            with QSignalBlocker(self):
                self.select_row(row)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and current.row() < len(self.pay.rows):
            self.picked.emit(current.row())
