"""Choosing and ordering the columns of the list, by keyboard or by dragging."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.columns import COLUMNS, PLACES
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import PrimaryButton, RunningText, SecondaryButton, row

_ALWAYS = ("number", "status")
_ROW = 28


class ColumnDialog(QDialog):
    """All columns, those shown ticked, in their order.

    Signals:
        chosen(tuple): keys of the columns to show, from left to right.
        automatic(): show what there is room for.
    """

    chosen = Signal(object)
    automatic = Signal()

    def __init__(self, shown: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Columns of the list"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(420, 700)
        self.columns = _ColumnList()
        for key in (*shown, *(column.key for column in COLUMNS if column.key not in shown)):
            self.columns.addItem(_item(key, shown=key in shown))
        self.columns.setCurrentRow(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _("The space bar shows or hides a column, Alt with an arrow or dragging moves it."), "neutral"
            )
        )
        column.addWidget(self.columns, 1)
        self.up_button = SecondaryButton(_("Up"), lambda: self.columns.move_current(-1))
        self.down_button = SecondaryButton(_("Down"), lambda: self.columns.move_current(1))
        column.addLayout(row(self.up_button, self.down_button, None))
        self.done_button = PrimaryButton(_("Show these"), self._done)
        self.done_button.setDefault(True)
        column.addLayout(
            row(
                SecondaryButton(_("What there is room for"), self._automatic),
                None,
                SecondaryButton(_("Cancel"), self.reject),
                self.done_button,
            )
        )
        self.columns.setFocus()

    def keys(self) -> tuple[str, ...]:
        """Return the ticked columns from top to bottom."""
        items = (self.columns.item(at) for at in range(self.columns.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def _done(self) -> None:
        self.chosen.emit(self.keys())
        self.accept()

    def _automatic(self) -> None:
        self.automatic.emit()
        self.accept()


class _ColumnList(QListWidget):
    """The columns; dragging or Alt with an arrow moves one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Columns of the list"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def move_current(self, by: int) -> None:
        """Move the current column up or down."""
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
        """Alt with an arrow moves the column."""
        way = _way(event)
        if way:
            self.move_current(way)
        else:
            super().keyPressEvent(event)


def _way(event: QKeyEvent) -> int:
    """Return by how many places a key moves a column; 0 when it moves none."""
    if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return 0
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)


def _item(key: str, *, shown: bool) -> QListWidgetItem:
    item = QListWidgetItem(_(COLUMNS[PLACES[key]].title))
    item.setData(Qt.ItemDataRole.UserRole, key)
    item.setSizeHint(QSize(0, _ROW))
    flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled
    item.setFlags(flags if key in _ALWAYS else flags | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
    return item
