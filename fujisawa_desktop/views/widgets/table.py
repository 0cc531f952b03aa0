"""The table of every list: 34 px rows, remembered columns, copying into Excel, an empty state."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QSettings,
    Qt,
)
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from fujisawa_desktop.views.theme import ROW_HEIGHT
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard
from fujisawa_desktop.views.widgets.empty_state import EmptyState
from fujisawa_desktop.views.widgets.pill import PILL_ROLE

_LAYOUT_VERSION = 1
_ROW_ALONE: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_UP_OR_DOWN: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class DataTable(QTableView):
    """A read-only table of whole rows.

    Attributes:
        empty: what stands in the middle while the model has no row.
    """

    def __init__(self, name: str, *, row_height: int = ROW_HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placed = False
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height)
        rows.setMinimumSectionSize(row_height)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.setSectionsMovable(True)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setFixedHeight(ROW_HEIGHT)
        bold = QFont(columns.font())
        bold.setBold(True)
        columns.setFont(bold)
        self.empty = EmptyState()
        self.empty.setParent(self.viewport())
        self.empty.hide()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show ``model`` and keep the empty state in step with it."""
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self.show_emptiness)
            model.rowsInserted.connect(self.show_emptiness)
            model.rowsRemoved.connect(self.show_emptiness)
        self.show_emptiness()

    def show_emptiness(self) -> None:
        """Show the empty state while there is no row and it has something to say."""
        model: QAbstractItemModel | None = self.model()
        empty = (model is None or model.rowCount() == 0) and bool(self.empty.title())
        self.empty.setVisible(empty)
        if empty:
            self.empty.setGeometry(self.viewport().rect())

    def set_widths(self, widths: dict[int, int]) -> None:
        """Give columns their first widths."""
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def remember(self, settings: QSettings, key: str) -> None:
        """Write column widths and order under ``key``."""
        settings.setValue(self._state_key(key), self.horizontalHeader().saveState())

    def recall(self, settings: QSettings, key: str) -> bool:
        """Read them again; ignored when the table has other columns by now."""
        state = settings.value(self._state_key(key))
        return isinstance(state, QByteArray) and self.horizontalHeader().restoreState(state)

    def _state_key(self, key: str) -> str:
        model: QAbstractItemModel | None = self.model()
        columns = model.columnCount() if model is not None else 0
        return f"columns/{key}-{_LAYOUT_VERSION}-{columns}"

    def selected_rows(self) -> list[int]:
        """Return the numbers of the chosen rows, from top to bottom."""
        selection: QItemSelectionModel | None = self.selectionModel()
        return [] if selection is None else sorted(index.row() for index in selection.selectedRows())

    def select_row(self, row: int) -> None:
        """Choose one row and bring it into sight."""
        index = self.model().index(row, 0)
        self.place(index)
        self.scrollTo(index)

    def place(self, index: QModelIndex) -> None:
        """Choose the row of a cell alone; Shift extends from it."""
        self.selectionModel().setCurrentIndex(index, _ROW_ALONE)
        self._placed = True

    def visible_columns(self) -> list[int]:
        """Return the columns shown, from left to right."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(at) for at in range(header.count()))
        return [column for column in order if not self.isColumnHidden(column)]

    def _extend_from_here(self, held: Qt.KeyboardModifier) -> None:
        """Before Shift extends: let it begin at the row that was placed.

        Qt goes on from where Shift began the last time, until a click or a key without Shift moves to
        another cell; nothing else makes it forget.
        """
        if held & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.ShiftModifier:
            return
        now, shown = self.currentIndex(), self.visible_columns()
        if self._placed and now.column() in shown and len(shown) > 1:
            at = shown.index(now.column())
            key, beside = (Qt.Key.Key_Right, at - 1) if at else (Qt.Key.Key_Left, 1)
            aside = now.siblingAtColumn(shown[beside])
            self.selectionModel().setCurrentIndex(aside, QItemSelectionModel.SelectionFlag.NoUpdate)
            super().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        self._placed = False

    def selection_as_text(self) -> str:
        """Return the chosen rows with their headings, tab between cells, as Excel takes them in."""
        model = self.model()
        columns = self.visible_columns()
        lines = [[str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns]]
        lines.extend([self._cell_text(row, column) for column in columns] for row in self.selected_rows())
        return "\n".join("\t".join(cells) for cells in lines)

    def _cell_text(self, row: int, column: int) -> str:
        index = self.model().index(row, column)
        pills = index.data(PILL_ROLE)
        text = "、".join(word for word, _tone in pills) if pills else str(index.data() or "")
        return text.replace("\t", " ").replace("\n", " ")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows; Return opens the current one like a double click."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.selected_rows():
            put_on_clipboard(self, self.selection_as_text(), rows=len(self.selected_rows()))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        if event.key() in _UP_OR_DOWN:
            self._extend_from_here(event.modifiers())
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With Shift, choose the rows from the current one to this."""
        self._extend_from_here(event.modifiers())
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state in the middle."""
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
