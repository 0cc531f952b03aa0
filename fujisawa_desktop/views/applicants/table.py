"""The table of applicants: columns that give way, cells to type into, selections of any size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.cell_block import CellBlock
from fujisawa_desktop.views.applicants.cell_editor import CellDelegate
from fujisawa_desktop.views.applicants.column_menu import column_menu
from fujisawa_desktop.views.applicants.columns import COLUMNS, PLACES, STATUS
from fujisawa_desktop.views.applicants.row_painter import paint_rows
from fujisawa_desktop.views.applicants.sort_header import SortHeader, sorts_from
from fujisawa_desktop.views.applicants.table_model import PAGE_ROWS, ApplicantTableModel
from fujisawa_desktop.views.widgets import DataTable, PillDelegate

STATE_KEY: Final = "applicants"
HIDDEN_KEY: Final = "columns/applicants-hidden-2"
SORTS_KEY: Final = "columns/applicants-sorts-1"
TOUCHED_KEY: Final = "columns/applicants-touched-1"
_LEAST_STATUS: Final = 212
_HIDING_STATUS: Final = 170
_CHOSEN_STATUS: Final = 120
_ROOMY_STATUS: Final = 250
_SCHOOL: Final = PLACES["school"]
_SHRINKING: Final = tuple(PLACES[key] for key in ("school", "name", "courses"))
"""Columns that shrink for the state, the first one first."""
_SHRINK_FIRST: Final = 2
"""Columns that give way no earlier than this are hidden only when shrinking is not enough."""
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_COPY_COLUMN: Final = QKeyCombination(_CONTROL | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C)
_FILL_DOWN: Final = QKeyCombination(_CONTROL, Qt.Key.Key_D)
_GROUP: Final = QKeyCombination(_CONTROL, Qt.Key.Key_G)
Range = tuple[int, int]
"""First and last row, both included."""


class ApplicantTable(DataTable):
    """The list itself.

    Signals:
        sort_wanted(): the list is to be sorted in another way.
        copy_wanted(bool): Ctrl+C for the rows or the block; true (Ctrl+Shift+C) for the current column.
        paste_wanted(): Ctrl+V.
        fill_wanted(): Ctrl+D.
        group_wanted(): Ctrl+G.
        columns_changed(): other columns are shown.
        columns_wanted(): columns are to be chosen and ordered.
        menu_wanted(QPoint): menu key or right button, in global coordinates.
        typed(str): letters typed over the list, meant for the search box.
    """

    sort_wanted = Signal()
    copy_wanted = Signal(bool)
    paste_wanted = Signal()
    fill_wanted = Signal()
    group_wanted = Signal()
    columns_changed = Signal()
    columns_wanted = Signal()
    menu_wanted = Signal(QPoint)
    typed = Signal(str)

    def __init__(self, model: ApplicantTableModel, parent: QWidget | None = None) -> None:
        super().__init__(_("Applicants"), parent=parent)
        self.rows = model
        self.header = SortHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        # A heading asks whether its column is chosen, which looks at every row: it gets nothing to look at.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.setItemDelegateForColumn(STATUS, PillDelegate(self))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        self.cells.moved.connect(self.move_by)
        self.block = CellBlock(self)
        self._chosen_hidden: frozenset[str] | None = None
        self._touched = False
        self._adjusting = True
        header = self.header
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        self._widths = {at: column.width for at, column in enumerate(COLUMNS)}
        self.set_widths(self._widths)
        self._adjusting = False
        header.setSectionResizeMode(STATUS, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._on_resized)
        header.sorts_changed.connect(self.sort_wanted)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.column_menu().popup(header.viewport().mapToGlobal(at))
        )

    def current_column(self) -> int:
        """Return the column of the current cell, the first one when there is none."""
        return max(self.currentIndex().column(), 0)

    def move_by(self, rows: int, columns: int) -> None:
        """Go to a cell further down or to the right."""
        now = self.currentIndex()
        shown = self.visible_columns()
        at = shown.index(now.column()) if now.column() in shown else 0
        to = self.rows.index(
            min(max(now.row() + rows, 0), self.rows.rowCount() - 1),
            shown[min(max(at + columns, 0), len(shown) - 1)],
        )
        self.place(to)
        self.setFocus()

    def select_row(self, row: int) -> None:
        """Choose one row and bring it into sight; the current column stays."""
        index = self.rows.index(row, self.current_column())
        self.block.clear()
        self.place(index)
        self.scrollTo(index)

    # --- selection -----------------------------------------------------------

    def selected_ranges(self) -> list[Range]:
        """Return the chosen rows as ranges from top to bottom; one range for all of 100,000 rows."""
        merged: list[Range] = []
        chosen = self.selectionModel().selection()
        parts = (chosen.at(number) for number in range(chosen.size()))
        for top, bottom in sorted((part.top(), part.bottom()) for part in parts):
            if merged and top <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(bottom, merged[-1][1]))
            else:
                merged.append((top, bottom))
        return merged

    def selected_count(self) -> int:
        """Return how many rows are chosen."""
        return sum(bottom - top + 1 for top, bottom in self.selected_ranges())

    def selected_rows(self) -> list[int]:
        """Return the numbers of the chosen rows."""
        return [row for top, bottom in self.selected_ranges() for row in range(top, bottom + 1)]

    def select_ranges(self, ranges: Iterable[Range], current: int | None) -> None:
        """Choose exactly these rows and make one of them the current one."""
        last = len(COLUMNS) - 1
        chosen = QItemSelection()
        for top, bottom in ranges:
            chosen.select(self.rows.index(top, 0), self.rows.index(bottom, last))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flag.ClearAndSelect)
        if current is not None:
            to = self.rows.index(current, self.current_column())
            self.selectionModel().setCurrentIndex(to, flag.NoUpdate)

    def pages_in_sight(self) -> list[int]:
        """Return the pages that hold a visible row."""
        first = self.rowAt(0)
        if first < 0:
            return [0]
        last = self.rowAt(self.viewport().height() - 1)
        last = self.rows.rowCount() - 1 if last < 0 else last
        return list(range(first // PAGE_ROWS, last // PAGE_ROWS + 1))

    # --- columns -------------------------------------------------------------

    def fit_columns(self) -> None:
        """Hide columns that have no room, least needed first; what the person chose goes before."""
        hidden = set(self._chosen_hidden or ())
        if self._chosen_hidden is None:
            hidden = self._without_room()
        self._adjusting = True
        for at, column in enumerate(COLUMNS):
            if self.isColumnHidden(at) != (column.key in hidden):
                self.setColumnHidden(at, column.key in hidden)
        self._give_states_room(hidden)
        if not self._touched:
            self._share_room(hidden)
        self._adjusting = False

    def _without_room(self) -> set[str]:
        """Return the columns to hide: the state keeps its room, and the last ones shrink before they go."""
        hidden = {column.key for column in COLUMNS if column.extra}
        giving = sorted((c.gives_way, at) for at, c in enumerate(COLUMNS) if c.gives_way)
        while giving:
            order, at = giving.pop()
            last = order <= _SHRINK_FIRST
            least = _HIDING_STATUS if last else _LEAST_STATUS
            if self._taken(hidden, narrow=last) + least <= self.viewport().width():
                break
            hidden.add(COLUMNS[at].key)
        return hidden

    def _taken(self, hidden: AbstractSet[str], *, narrow: bool = False) -> int:
        """Return the room of the columns beside the state, or the least of it."""
        return sum(
            self._narrow(at) if narrow else self._widths[at]
            for at, one in enumerate(COLUMNS)
            if at != STATUS and one.key not in hidden
        )

    def _narrow(self, at: int) -> int:
        return self._widths[at] if self._touched else COLUMNS[at].narrow or self._widths[at]

    def _give_states_room(self, hidden: AbstractSet[str]) -> None:
        """Let the states take what is left; where nothing is left the list becomes wider than its place."""
        mode = QHeaderView.ResizeMode
        taken = self._taken(hidden, narrow=True)
        if self._chosen_hidden is not None and taken + _CHOSEN_STATUS > self.viewport().width():
            self.header.setSectionResizeMode(STATUS, mode.Interactive)
            self.header.resizeSection(STATUS, _LEAST_STATUS)
        else:
            self.header.setSectionResizeMode(STATUS, mode.Stretch)

    def _share_room(self, hidden: AbstractSet[str]) -> None:
        """Let columns shrink until the states have their room, or universities take half of what is left."""
        room = self.viewport().width() - self._taken(hidden)
        widths = {at: self._widths[at] for at in _SHRINKING if COLUMNS[at].key not in hidden}
        if room > _ROOMY_STATUS and _SCHOOL in widths:
            widths[_SCHOOL] += min((room - _ROOMY_STATUS) // 2, COLUMNS[_SCHOOL].width)
        missing = _LEAST_STATUS - room
        for at, width in widths.items():
            shrunk = min(max(missing, 0), self._widths[at] - self._narrow(at))
            missing -= shrunk
            self.setColumnWidth(at, width - shrunk)

    def column_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        return column_menu(self)

    def shown_keys(self) -> tuple[str, ...]:
        """Return the keys of the columns shown, from left to right."""
        return tuple(COLUMNS[at].key for at in self.visible_columns())

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show exactly these columns in this order; the number and the state are never missing."""
        wanted = [key for key in dict.fromkeys((*keys,)) if key in PLACES]
        wanted = [*(key for key in ("number",) if key not in wanted), *wanted]
        wanted.extend(key for key in ("status",) if key not in wanted)
        for place, key in enumerate(wanted):
            self.header.moveSection(self.header.visualIndex(PLACES[key]), place)
        self._choose_hidden(frozenset(PLACES) - frozenset(wanted))

    def show_automatically(self) -> None:
        """Show what there is room for, in the usual order."""
        for at in range(len(COLUMNS)):
            self.header.moveSection(self.header.visualIndex(at), at)
        self._choose_hidden(None)

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or hide one column from now on, whatever the room."""
        hidden = {column.key for at, column in enumerate(COLUMNS) if self.isColumnHidden(at)}
        self._choose_hidden(frozenset(hidden - {key} if shown else hidden | {key}))

    def chooses_columns(self) -> bool:
        """Return whether the columns are a person's choice."""
        return self._chosen_hidden is not None

    def _choose_hidden(self, hidden: frozenset[str] | None) -> None:
        self._chosen_hidden = hidden
        self.fit_columns()
        self.columns_changed.emit()

    def save_columns(self, settings: QSettings) -> None:
        """Remember widths, order, sorting and the choice of columns."""
        self.remember(settings, STATE_KEY)
        settings.setValue(TOUCHED_KEY, int(self._touched))
        settings.setValue(SORTS_KEY, ",".join(f"{key}:{way}" for key, way in self.header.sorts))
        if self._chosen_hidden is None:
            settings.remove(HIDDEN_KEY)
        else:
            settings.setValue(HIDDEN_KEY, ",".join(sorted(self._chosen_hidden)) or "-")

    def load_columns(self, settings: QSettings) -> None:
        """Take up what was remembered."""
        header = self.header
        header.show_sorts(sorts_from(str(settings.value(SORTS_KEY, ""))))
        blocked = header.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        if self.recall(settings, STATE_KEY):
            self._touched = str(settings.value(TOUCHED_KEY, 0)) == "1"
            for at in range(len(COLUMNS)):
                if self._touched and not self.isColumnHidden(at):
                    self._widths[at] = header.sectionSize(at)
        header.blockSignals(blocked)
        text = cast("str | None", settings.value(HIDDEN_KEY))
        self._chosen_hidden = None if text is None else frozenset(text.split(",")) - {"-"}
        self.fit_columns()

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if new > 0 and not self._adjusting:
            self._widths[column] = new
            self._touched = self._touched or column != STATUS

    # --- keys ----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, also rows that are not loaded; letters go to the search box."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit(False)  # noqa: FBT003 - a signal's argument
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.keyCombination() == _COPY_COLUMN:
            self.copy_wanted.emit(True)  # noqa: FBT003 - a signal's argument
        elif event.keyCombination() == _FILL_DOWN:
            self.fill_wanted.emit()
        elif event.keyCombination() == _GROUP:
            self.group_wanted.emit()
        elif not self.block.takes_key(event):
            super().keyPressEvent(event)

    def selectAll(self) -> None:
        """Choose all rows, whole."""
        self.block.clear()
        super().selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose rows; a block of cells begins or ends here."""
        self.block.pressed(event)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose rows, and draw a block over columns."""
        super().mouseMoveEvent(event)
        self.block.moved(event)

    def keyboardSearch(self, search: str) -> None:
        """Send letters to the search box: looking through 100,000 rows here would load them all."""
        if search.strip():
            self.typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu at the pointer, or at the current row when it was a key."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(at)

    def paint_now(self) -> None:
        """Paint the rows at once, before anything else that changed with them is laid out and painted."""
        self.executeDelayedItemsLayout()
        self.viewport().repaint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in one go; the delegates stay for typing and for the room of a cell."""
        paint_rows(self, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way."""
        super().resizeEvent(event)
        self.fit_columns()


def ids_of(ranges: Sequence[Range], ids: Sequence[int]) -> list[int]:
    """Return the entries of some rows, in the order of the list."""
    return [entry for top, bottom in ranges for entry in ids[top : bottom + 1]]


def ranges_of(entries: Iterable[int], ids: Sequence[int]) -> list[Range]:
    """Return where some entries stand in the list now; those that left it are left out."""
    wanted = frozenset(entries)
    ranges: list[Range] = []
    for row, entry in enumerate(ids):
        if entry not in wanted:
            continue
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges
