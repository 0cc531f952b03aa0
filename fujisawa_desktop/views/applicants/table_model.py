"""The list as the table sees it: as long as the whole answer, but holding only the pages looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.applicants import ApplicantRow
from fujisawa_desktop.views.applicants.columns import COLUMNS, STATUS, typed_text
from fujisawa_desktop.views.applicants.words import row_pills
from fujisawa_desktop.views.widgets import PILL_ROLE, PillText, tool_tip

PAGE_ROWS: Final = 32
"""As many as a full-HD screen shows: each row more is time between a key and its rows."""
_KEPT_PAGES: Final = 100
Index = QModelIndex | QPersistentModelIndex


class ApplicantTableModel(QAbstractTableModel):
    """Rows of one answer, page by page.

    Signals:
        page_wanted(int): a row of that page was asked for and is not here yet.
        cell_typed(ApplicantRow, int, str): a person typed this into a column of that row.

    Attributes:
        editable: whether cells may be typed into.
    """

    page_wanted = Signal(int)
    cell_typed = Signal(object, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._pages: OrderedDict[int, Sequence[ApplicantRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._places: dict[int, int] = {}
        self._said: dict[tuple[int, int, int], str | Sequence[PillText] | None] = {}
        self.editable = False

    def show_answer(self, count: int, pages: Mapping[int, Sequence[ApplicantRow]]) -> None:
        """Start anew with another answer of ``count`` rows."""
        self.beginResetModel()
        self._count = count
        self._forget()
        for number, rows in pages.items():
            self._keep(number, rows)
        self.endResetModel()

    def set_count(self, count: int) -> None:
        """Make the list longer once its whole length is known."""
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def show_changes(self, pages: Mapping[int, Sequence[ApplicantRow]]) -> None:
        """Take in new contents of the same rows in the same order; other pages are read again."""
        self._forget()
        for number, rows in pages.items():
            self._keep(number, rows)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))

    def add_page(self, number: int, rows: Sequence[ApplicantRow]) -> None:
        """Take in a page that was wanted."""
        self._asked.discard(number)
        if not rows:
            return
        self._keep(number, rows)
        first = number * PAGE_ROWS
        last = min(first + len(rows), self._count) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def row_at(self, row: int) -> ApplicantRow | None:
        """Return one row, ``None`` while its page is not here (it is then asked for)."""
        if not 0 <= row < self._count:
            return None
        number, place = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            if number not in self._asked:
                self._asked.add(number)
                self.page_wanted.emit(number)
            return None
        return page[place] if place < len(page) else None

    def rows_here(self, ranges: Sequence[tuple[int, int]]) -> list[ApplicantRow]:
        """Return those rows of some ranges whose pages are here; the others are not asked for."""
        first = {number: number * PAGE_ROWS for number in sorted(self._pages)}
        return [
            row
            for top, bottom in ranges
            for number, start in first.items()
            if start <= bottom and start + PAGE_ROWS > top
            for row in self._pages[number][max(top - start, 0) : bottom - start + 1]
        ]

    def place_of(self, entry_id: int) -> int | None:
        """Return the row of an entry whose page is here."""
        return self._places.get(entry_id)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows the answer has."""
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, the pills or the tool tip of a cell."""
        column = index.column()
        if role == _ALIGNMENT:
            return _RIGHT if COLUMNS[column].figures else None
        row = self.row_at(index.row()) if role in _ROLES else None
        if row is None:
            return "…" if role == _DISPLAY and column == 0 else None
        if role == _EDIT:
            return typed_text(COLUMNS[column], row)
        said = self._words(row, column, _PILLS if role == _PILLS else _DISPLAY)
        return tool_tip(str(said)) if role == _TOOL_TIP else said

    def said(self, number: int, column: int) -> str | Sequence[PillText]:
        """Return what a cell shows: pills in the column of states, elsewhere a text."""
        row = self.row_at(number)
        if row is None:
            return "…" if column == 0 else ""
        said = self._words(row, column, _PILLS if column == STATUS else _DISPLAY)
        return said if said is not None else ""

    def _words(self, row: ApplicantRow, column: int, role: int) -> str | Sequence[PillText] | None:
        # A row is painted again for each letter typed and each row passed: its words are found once.
        key = (row.entry_id, column, role)
        if key not in self._said:
            self._said[key] = _said(row, column, pills=role == _PILLS)
        return self._said[key]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells that hold a field of the person be typed into."""
        flags = super().flags(index)
        if self.editable and index.isValid() and COLUMNS[index.column()].field:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; the list shows it once it is stored."""
        row = self.row_at(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        if str(value) != typed_text(COLUMNS[index.column()], row):
            self.cell_typed.emit(row, index.column(), str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section].title)
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return _("A click sorts; Shift and a click sort within what is sorted.")
        return None

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
        self._places.clear()
        self._said.clear()

    def _keep(self, number: int, rows: Sequence[ApplicantRow]) -> None:
        self._pages[number] = rows
        first = number * PAGE_ROWS
        self._places.update((row.entry_id, first + at) for at, row in enumerate(rows))
        while len(self._pages) > _KEPT_PAGES:
            _number, dropped = self._pages.popitem(last=False)
            self._said.clear()
            for row in dropped:
                self._places.pop(row.entry_id, None)


def _said(row: ApplicantRow, column: int, *, pills: bool) -> str | Sequence[PillText] | None:
    if pills:
        return row_pills(row) if column == STATUS else None
    return COLUMNS[column].text(row)


# Painting asks for several roles of every cell; plain numbers are compared far faster than Qt's names.
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_EDIT: Final = int(Qt.ItemDataRole.EditRole)
_TOOL_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_PILLS: Final = int(PILL_ROLE)
_ROLES: Final = frozenset({_DISPLAY, _EDIT, _PILLS, _TOOL_TIP, int(Qt.ItemDataRole.AccessibleTextRole)})
