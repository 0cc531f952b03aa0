"""Typing into a cell of the list: as in a spreadsheet, and safe while a word is being composed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.columns import COLUMNS
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import LineEdit, RunningText, TextDelegate, commit_typing, restyle
from fujisawa_desktop.views.widgets.text_cells import paint_focus

Index = QModelIndex | QPersistentModelIndex

_LEAST: Final = 180
_SAYS: Final = 320
_ENDS: Final = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""Keys that end typing, and where the mark goes then: rows, columns."""


class CellDelegate(TextDelegate):
    """Paints the mark of the current cell and opens the editor.

    Signals:
        moved(int, int): typing ended with a key that goes on by so many rows and columns.
    """

    moved = Signal(int, int)

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self.editor: LineEdit | None = None
        self.says = _Says(table)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell; the current one gets a frame, so that keys have a visible place."""
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, option.rect)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field that is typed into."""
        editor = LineEdit("", parent)
        editor.setProperty("role", "cell")
        title = _(COLUMNS[index.column()].title)
        editor.setAccessibleName(_("{column} of {name}").format(column=title, name=_name_beside(index)))
        editor.textEdited.connect(self._on_edited)
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Write what stands in the cell; what a person has begun to type stays."""
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay the field over the cell, wide enough to read what is typed."""
        area = option.widget.rect()
        width = min(max(option.rect.width(), _LEAST), area.width())
        left = max(min(option.rect.left(), area.right() - width), 0)
        editor.setGeometry(QRect(left, option.rect.top() + 1, width, option.rect.height() - 2))

    def type_again(self, text: str) -> None:
        """Show again what was typed and is not stored."""
        if self.editor is not None:
            self.editor.setText(text)
            self.editor.setModified(True)

    def refuse(self, text: str, reason: str) -> None:
        """Show again what was typed, and beside it why it cannot stand there."""
        if self.editor is None:
            return
        self.type_again(text)
        self.editor.selectAll()
        self.editor.setAccessibleDescription(reason)
        restyle(self.editor, "wrong", value=True)
        self.says.say(reason, self.editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End typing with Return, Tab and the arrows up and down; leave composing alone."""
        if not isinstance(editor, LineEdit):
            return super().eventFilter(editor, event)
        if event.type() is QEvent.Type.FocusOut and editor.composing():
            commit_typing()
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if editor.composing():
            return False
        key = Qt.Key(event.key())
        if key in _ENDS:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.moved.emit(*_ENDS[key])
            return True
        return super().eventFilter(editor, event)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the field when it goes."""
        self.editor = None
        self.says.hide()
        super().destroyEditor(editor, index)

    def _on_edited(self, _text: str) -> None:
        self.says.hide()
        if self.editor is not None:
            restyle(self.editor, "wrong", value=False)


class _Says(QFrame):
    """Why a text cannot stand in a cell, right under the cell."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self.setProperty("role", "panel")
        self._text = RunningText("", "wrong")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self.column.addWidget(self._text)
        self.hide()

    def text(self) -> str:
        """Return what is said."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, beside: QWidget) -> None:
        """Say it under ``beside``, or over it at the end of the list."""
        table = self.parentWidget()
        if table is None:
            return
        self._text.set_text(text)
        width = min(_SAYS, table.width() - 2 * Space.M)
        edges = self.contentsMargins() + self.column.contentsMargins()
        inner = width - edges.left() - edges.right()
        self.setFixedSize(width, self._text.heightForWidth(inner) + edges.top() + edges.bottom() + 4)
        below = beside.mapTo(table, QPoint(0, beside.height() + 2))
        if below.y() + self.height() > table.height():
            below.setY(beside.mapTo(table, QPoint(0, 0)).y() - self.height() - 2)
        below.setX(min(below.x(), table.width() - self.width() - Space.S))
        self.move(below)
        self.show()
        self.raise_()


def _name_beside(index: Index) -> str:
    model = index.model()
    return str(model.index(index.row(), 1).data() or "")
