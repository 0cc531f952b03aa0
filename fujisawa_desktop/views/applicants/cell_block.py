"""A block of cells in the list: some columns of the chosen rows, for copying them alone.

Rows stay what is chosen: everything else a person does with the list is done with whole rows, and
the block only says which of their columns go to the clipboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

if TYPE_CHECKING:
    from fujisawa_desktop.views.applicants.table import ApplicantTable

_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_MOVES: Final = frozenset(
    {*_STEPS, *_ENDS, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


class CellBlock(QObject):
    """The columns of the block: from the cell it began in to the one it was drawn to.

    Shift and an arrow to the side, or the mouse drawn over several columns, make one; Esc, a click or
    an arrow without Shift ends it.  Drawn back to the column it began in it is gone too: one column
    alone has a key of its own.

    Signals:
        changed(): there is a block, another one, or none any more.
    """

    changed = Signal()

    def __init__(self, table: ApplicantTable) -> None:
        super().__init__(table)
        self._table = table
        self._first = self._last = -1
        self._drawing = False
        table.rows.modelReset.connect(self.clear)
        table.columns_changed.connect(self.clear)
        table.header.sectionMoved.connect(self.clear)
        # Of a frame that grew by a row its old lower edge has to go too.
        table.selectionModel().selectionChanged.connect(self._on_rows_chosen)

    def __bool__(self) -> bool:
        """Return whether there is a block."""
        return bool(self.columns())

    def columns(self) -> list[int]:
        """Return the columns of the block from left to right; none when there is no block."""
        if self._first == self._last:
            return []
        shown = self._table.visible_columns()
        if self._first not in shown or self._last not in shown:
            return []
        left, right = sorted((shown.index(self._first), shown.index(self._last)))
        return shown[left : right + 1]

    def clear(self) -> None:
        """End the block."""
        self._draw(-1, -1)

    def _draw(self, first: int, last: int) -> None:
        before, (self._first, self._last) = (self._first, self._last), (first, last)
        if before != (first, last) and (first != last or before[0] != before[1]):
            self._paint_again()
            self.changed.emit()

    def _on_rows_chosen(self) -> None:
        if self:
            self._paint_again()

    def _paint_again(self) -> None:
        self._table.viewport().update()

    # --- keys ----------------------------------------------------------------

    def takes_key(self, event: QKeyEvent) -> bool:
        """Serve Shift with an arrow to the side, Home or End, and Esc; return whether it was one of them.

        Any other key that moves ends the block, unless Shift holds it.
        """
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self:
            self.clear()
            return True
        held = event.modifiers() & ~_KEYPAD
        if key in _MOVES and not held & Qt.KeyboardModifier.ShiftModifier:
            self.clear()
        now = self._table.currentIndex()
        shown = self._table.visible_columns()
        if held != Qt.KeyboardModifier.ShiftModifier or now.column() not in shown:
            return False
        if key in _STEPS:
            at = shown.index(now.column()) + _STEPS[key]
            to = shown[min(max(at, 0), len(shown) - 1)]
        elif key in _ENDS:
            to = shown[_ENDS[key]]
        else:
            return False
        self._go(now.column(), to)
        return True

    def _go(self, begun: int, to: int) -> None:
        first = self._first if self else begun
        index = self._table.rows.index(self._table.currentIndex().row(), to)
        self._table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._table.scrollTo(index)
        self._draw(first, to)

    # --- mouse ---------------------------------------------------------------

    def pressed(self, event: QMouseEvent) -> None:
        """Begin where the button went down; with Shift draw a block that is there to that column."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        column = self._table.columnAt(event.position().toPoint().x())
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._draw(column, column)
        elif self and column >= 0:
            self._draw(self._first, column)
        self._drawing = column >= 0

    def moved(self, event: QMouseEvent) -> None:
        """Draw the block to the column under the pointer while the button is down."""
        if self._drawing and event.buttons() & Qt.MouseButton.LeftButton:
            column = self._table.columnAt(event.position().toPoint().x())
            if column >= 0 and self._first >= 0:
                self._draw(self._first, column)
