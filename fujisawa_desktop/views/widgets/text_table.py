"""A short, finished list of texts as a table: the lists inside dialogs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.widgets import tool_tip

Index = QModelIndex | QPersistentModelIndex
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class TextTableModel(QAbstractTableModel):
    """Headings and rows of text; every cell is its own tool tip."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._figures: frozenset[int] = frozenset()

    def show_rows(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, figures: Iterable[int] = ()
    ) -> None:
        """Show another list; columns of figures stand at the right."""
        self.beginResetModel()
        self._figures = frozenset(figures)
        self._headings = headings
        self._rows = rows
        self.endResetModel()

    def add_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show more rows below those that are there; what is chosen and where one has scrolled stay."""
        if rows:
            known = len(self._rows)
            self.beginInsertRows(QModelIndex(), known, known + len(rows) - 1)
            self._rows = [*self._rows, *rows]
            self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._figures:
            return _RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        meet(text)
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation is Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._figures:
            return _RIGHT
        return None
