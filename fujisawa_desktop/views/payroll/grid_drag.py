"""Dragging a filled cell of the hours grid to another day: it moves there, with Ctrl it is copied."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView

from fujisawa_desktop.views.payroll.grid_model import FIRST_DAY, MonthModel

_CTRL = Qt.KeyboardModifier.ControlModifier


class CellDrag:
    """One drag, from the press to the release.

    Only a filled cell that alone is chosen can be taken hold of: any other press chooses cells,
    as everywhere.  The view asks what is under way to paint it.
    """

    def __init__(self, view: QTableView, model: MonthModel) -> None:
        self._view = view
        self._model = model
        self._source: QPersistentModelIndex | None = None
        self._pressed_at = QPoint()
        self._target: QPersistentModelIndex | None = None

    @property
    def running(self) -> bool:
        """Whether a cell is on its way."""
        return self._target is not None

    @property
    def held(self) -> bool:
        """Whether the button is down on a cell that could be dragged."""
        return self._source is not None

    def can_take(self, index: QModelIndex) -> bool:
        """Say whether a cell can be dragged."""
        chosen = self._view.selectionModel().selectedIndexes()
        alone = len(chosen) == 1 and chosen[0] == index
        return alone and self._model.can_edit(index) and bool(index.data(Qt.ItemDataRole.EditRole))

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of a cell; answers whether the press is used up."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() != Qt.MouseButton.LeftButton or shift:
            return False
        place = event.position().toPoint()
        index = self._view.indexAt(place)
        if not self.can_take(index):
            return False
        self._source, self._pressed_at = QPersistentModelIndex(index), place
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Follow the mouse; answers whether the move is used up."""
        if self._source is None:
            self._show_hand(event)
            return False
        place = event.position().toPoint()
        far = (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if not self.running and not far:
            return True
        index = self._view.indexAt(place)
        free = index.isValid() and index.column() >= FIRST_DAY and self._model.can_edit(index)
        self._target = QPersistentModelIndex(index if free else QModelIndex())
        copies = bool(event.modifiers() & _CTRL)
        shape = Qt.CursorShape.DragCopyCursor if copies else Qt.CursorShape.DragMoveCursor
        self._view.viewport().setCursor(shape if free else Qt.CursorShape.ForbiddenCursor)
        self._view.viewport().update()
        return True

    def release(self) -> tuple[QModelIndex, QModelIndex] | None:
        """Let go; answers from where to where, if the cell was really taken to another."""
        source, target = self._source, self._target
        self.cancel()
        if source is None or target is None or not source.isValid() or not target.isValid():
            return None
        if source == target:
            return None
        model = self._model
        return model.index(source.row(), source.column()), model.index(target.row(), target.column())

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._source = self._target = None
        self._view.viewport().unsetCursor()
        self._view.viewport().update()

    def is_target(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Say whether the cell would go here."""
        target = self._target
        if target is None or not target.isValid():
            return False
        return (target.row(), target.column()) == (index.row(), index.column())

    def _show_hand(self, event: QMouseEvent) -> None:
        viewport = self._view.viewport()
        if event.buttons() == Qt.MouseButton.NoButton:
            if self.can_take(self._view.indexAt(event.position().toPoint())):
                viewport.setCursor(Qt.CursorShape.OpenHandCursor)
            else:
                viewport.unsetCursor()
