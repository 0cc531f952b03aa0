"""The top of the list of applicants while the tab itself is still being read: people first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import N_, _
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import DataTable, Panel, SearchField

_WIDTHS: Final = (216, 316)
_HEADINGS: Final = (N_("Number"), N_("Name"), N_("School"), N_("Course"))
_COLUMN_WIDTHS: Final = {0: 128, 1: 112, 2: 160, 3: 126}
_NOWHERE: Final = QModelIndex()


class Row(Protocol):
    """What is shown of a person."""

    @property
    def number(self) -> str:
        """Number of the entry."""

    @property
    def name(self) -> str:
        """Name as the list shows it."""

    @property
    def school(self) -> str:
        """University."""

    @property
    def faculty(self) -> str:
        """Faculty."""

    @property
    def courses(self) -> tuple[str, ...]:
        """Short names of the courses."""


class FirstRows(QAbstractTableModel):
    """The people of a first look."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._lines = [
            (row.number, row.name, f"{row.school} {row.faculty}".strip(), "、".join(row.courses))
            for row in rows
        ]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many people are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        """Return a cell's text."""
        return self._lines[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return a column's heading."""
        across = orientation is Qt.Orientation.Horizontal
        return _(_HEADINGS[section]) if across and role == Qt.ItemDataRole.DisplayRole else None


class FirstLook(QWidget):
    """Laid out as the tab that takes its place."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.model = FirstRows(rows)
        self.table = DataTable(_("Applicants"))
        self.table.setModel(self.model)
        self.table.set_widths(_COLUMN_WIDTHS)
        search = SearchField("", _("Applicants"))
        search.setEnabled(False)
        left, right = Panel(), QWidget()
        left.setFixedWidth(_WIDTHS[0])
        right.setFixedWidth(_WIDTHS[1])
        centre = QVBoxLayout()
        centre.setSpacing(Space.S)
        centre.addWidget(search)
        centre.addWidget(self.table, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        line.setSpacing(Space.M)
        line.addWidget(left)
        line.addLayout(centre, 1)
        line.addWidget(right)
