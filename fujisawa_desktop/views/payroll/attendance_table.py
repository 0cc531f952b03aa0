"""The table of the attendance form: one hand on the keyboard, the eyes on the paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.payroll.attendance_model import TYPED, AttendanceModel, Column
from fujisawa_desktop.views.widgets import DataTable, LineEdit
from fujisawa_desktop.views.widgets.text_cells import paint_focus

Index = QModelIndex | QPersistentModelIndex

ROW: Final = 26
"""31 days and a heading fit a screen of 1080 lines, and most of them one of 800."""
_WIDTHS: Final = {
    Column.DAY: 118,
    Column.PLANNED: 104,
    Column.START: 70,
    Column.END: 70,
    Column.BREAK: 60,
    Column.REMOTE: 74,
    Column.REASON: 200,
    Column.HOURS: 64,
}
_TAB_ORDER: Final = (Column.START, Column.END, Column.BREAK)
"""Where Tab goes within a line before it goes to the next: remarks are rare."""
_DOWN, _UP, _RIGHT, _LEFT = (1, 0), (-1, 0), (0, 1), (0, -1)
_ENDS: Final = {
    Qt.Key.Key_Return: _DOWN,
    Qt.Key.Key_Enter: _DOWN,
    Qt.Key.Key_Down: _DOWN,
    Qt.Key.Key_Up: _UP,
    Qt.Key.Key_Tab: _RIGHT,
    Qt.Key.Key_Backtab: _LEFT,
}
"""Keys that end typing, and where the mark goes then: rows, columns."""
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class SheetDelegate(QStyledItemDelegate):
    """Takes what is typed into a cell.

    Signals:
        moved(int, int): typing ended with a key that goes on by so many rows and columns.
        saving(): Ctrl+Return was pressed while typing.
    """

    moved = Signal(int, int)
    saving = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor: LineEdit | None = None

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field that is typed into."""
        editor = self.editor = LineEdit("", parent)
        editor.setProperty("role", "cell")
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        if index.column() in {Column.START, Column.END, Column.BREAK}:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Write what stands in the cell."""
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        if isinstance(editor, LineEdit) and editor.text() != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, editor.text())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the field when it goes."""
        self.editor = None
        super().destroyEditor(editor, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell, with a frame where the keys are."""
        if isinstance(shade := index.data(Qt.ItemDataRole.BackgroundRole), QColor):
            painter.fillRect(option.rect, shade)  # the stylesheet would leave it out
        super().paint(painter, option, index)
        view = self.parent()
        if isinstance(view, SheetTable) and view.currentIndex() == index and view.hasFocus():
            paint_focus(painter, option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End typing with Return, Tab and the arrows up and down; leave composing alone."""
        if not isinstance(editor, LineEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if editor.composing():
            return False
        if event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(editor, event)
        key = Qt.Key(event.key())
        if key not in _ENDS:
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & _CONTROL:
            self.saving.emit()
        else:
            self.moved.emit(*_ENDS[key])
        return True


class SheetTable(DataTable):
    """Cells instead of rows; a letter begins typing.

    Signals:
        save_wanted(): Ctrl+Return, in a cell or while typing.
    """

    save_wanted = Signal()

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__(_("The sheet, day by day"), row_height=ROW)
        self._lines = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setShowGrid(True)
        self.hand = SheetDelegate(self)
        self.setItemDelegate(self.hand)
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.set_widths({int(column): width for column, width in _WIDTHS.items()})
        self.hand.moved.connect(self.go_on)
        self.hand.saving.connect(self.save_wanted)

    def go(self, row: int, column: Column) -> None:
        """Put the mark into a cell and bring it into sight."""
        index = self._lines.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_on(self, rows: int, columns: int) -> None:
        """Go on from the cell of the mark; Tab goes through the times and then to the next line."""
        here = self.currentIndex()
        if rows:
            row = min(max(here.row() + rows, 0), len(self._lines.lines) - 1)
            self.go(row, Column(here.column()))
        elif columns:
            self._step(here.row(), Column(here.column()), columns)
        self.setFocus()

    def _step(self, row: int, column: Column, by: int) -> None:
        order = list(_TAB_ORDER)
        at = order.index(column) if column in order else (len(order) - 1 if by > 0 else 0)
        line, place = divmod(row * len(order) + at + by, len(order))
        if 0 <= line < len(self._lines.lines):
            self.go(line, order[place])

    def chosen_rows(self) -> list[int]:
        """Return the lines of the chosen cells."""
        rows = {index.row() for index in self.selectedIndexes()}
        return sorted(rows or {self.currentIndex().row()})

    def commit(self) -> None:
        """Take in what is being typed."""
        editor = self.hand.editor
        if editor is not None and self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Know the keys of the form; a letter in a cell that is typed into begins typing."""
        key, here = Qt.Key(event.key()), self.currentIndex()
        is_return = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and event.modifiers() & _CONTROL:
            self.save_wanted.emit()
        elif is_return:
            self.go_on(*_DOWN)
        elif not self._lines.editable or not here.isValid() or not self._own_key(key, event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep a letter that the input method hands over at once: Qt opens the field but drops it."""
        opens = self.hand.editor is None
        super().inputMethodEvent(event)
        editor = self.hand.editor
        if opens and editor is not None and event.commitString():
            editor.setText(event.commitString())
            editor.setModified(True)

    def _own_key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        """Do what a key of the form does; say whether it is one."""
        here = self.currentIndex()
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            for row in self.chosen_rows():
                self._clear(row)
        elif key == Qt.Key.Key_Insert:
            self.go(self._lines.add_line(here.row()), Column.START)
        elif event.text() == "=":
            self.fill_planned()
        else:
            return False
        return True

    def _clear(self, row: int) -> None:
        """Empty the chosen cells of a line: a time takes the line with it, a remark only itself."""
        columns = {index.column() for index in self.selectedIndexes() if index.row() == row}
        columns = columns or {self.currentIndex().column()}
        if columns == {Column.REASON}:
            self._lines.setData(self._lines.index(row, Column.REASON), "")
        elif columns == {Column.BREAK}:
            self._lines.setData(self._lines.index(row, Column.BREAK), "")
        elif columns & {int(column) for column in TYPED}:
            self._lines.clear_line(row)

    def fill_planned(self) -> None:
        """Write the planned times into the chosen lines that are empty, and go on."""
        rows = self.chosen_rows()
        self._lines.as_planned(rows)
        self.go(min(rows[-1] + 1, len(self._lines.lines) - 1), Column.START)
