"""A list to tick and to put in order: the space bar ticks, Alt with an arrow or dragging moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

_ROW = 28


class OrderedList(QListWidget):
    """Named items with a tick each.

    Signals:
        changed(): an item was ticked, unticked or moved.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemChanged.connect(lambda _item: self.changed.emit())
        self.model().rowsMoved.connect(lambda *_move: self.changed.emit())
        self.model().rowsRemoved.connect(lambda *_move: self.changed.emit())

    def add(self, key: str, text: str, *, ticked: bool, fixed: bool = False) -> None:
        """Append an item; the tick of a fixed one cannot be taken away."""
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setSizeHint(QSize(0, _ROW))
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled
        item.setFlags(flags if fixed else flags | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.addItem(item)

    def keys(self) -> tuple[str, ...]:
        """Return the ticked items from top to bottom."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def move_current(self, by: int) -> None:
        """Move the current item up or down."""
        now = self.currentRow()
        to = now + by
        if now >= 0 and 0 <= to < self.count():
            self.insertItem(to, self.takeItem(now))
            self.setCurrentRow(to)

    def event(self, event: QEvent) -> bool:
        """Keep Alt with an arrow from the shortcuts of the window behind."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _way(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the item."""
        way = _way(event)
        if way:
            self.move_current(way)
        else:
            super().keyPressEvent(event)


def _way(event: QKeyEvent) -> int:
    """Return by how many places a key moves an item; 0 when it moves none."""
    if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return 0
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
