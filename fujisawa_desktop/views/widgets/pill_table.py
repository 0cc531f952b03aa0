"""A short list of texts of which one column is told in pills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt

from fujisawa_desktop.views.widgets import PILL_ROLE, DataTable, PillDelegate, PillText
from fujisawa_desktop.views.widgets.text_table import Index, TextTableModel


class PillTableModel(TextTableModel):
    """Texts with pills in one column; the words of the pills are its text."""

    def __init__(self, column: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self._pills: Sequence[Sequence[PillText]] = ()

    def show_pills(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        pills: Sequence[Sequence[PillText]],
        *,
        figures: Iterable[int] = (),
    ) -> None:
        """Show another list; the texts of the column of pills are not used."""
        self._pills = pills
        self.show_rows(headings, rows, figures=figures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the pills of their column, and the text of any other."""
        if index.column() != self._column:
            return super().data(index, role)
        if role == PILL_ROLE:
            return self._pills[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return "、".join(word for word, _tone in self._pills[index.row()])
        return super().data(index, role)


def pill_table(name: str, model: PillTableModel, column: int) -> DataTable:
    """Return a table that paints the pills of ``column``."""
    table = DataTable(name)
    table.setModel(model)
    table.setItemDelegateForColumn(column, PillDelegate(table))
    return table
