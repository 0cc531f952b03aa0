"""Typing hours into a cell of the grid."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.payroll.grid_model import MonthModel
from fujisawa_desktop.views.payroll.grid_paint import paint_day, paint_target
from fujisawa_desktop.views.widgets import LineEdit, restyle

Index = QModelIndex | QPersistentModelIndex

_WIDTH = 148
_HEIGHT = 34
_ENDS = {
    Qt.Key.Key_Return: (0, 1),
    Qt.Key.Key_Enter: (0, 1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Tab: (1, 0),
    Qt.Key.Key_Backtab: (-1, 0),
}
"""Keys that end typing, and where the mark goes then: columns, rows."""


class DayDelegate(QStyledItemDelegate):
    """Paints a day and takes what is typed into it.

    Signals:
        moved(int, int): typing ended with a key that goes on by so many columns and rows.
        filled(str): the person wants this text in every chosen cell (Ctrl+Return).
        typing(index, str): this stands in the field now.
        typed_out(): the field is gone.

    Attributes:
        editor: the field while there is one.
        is_target: says whether a dragged cell would go to an index.
    """

    moved = Signal(int, int)
    filled = Signal(str)
    typing = Signal(object, str)
    typed_out = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor: LineEdit | None = None
        self.is_target: Callable[[Index], bool] = lambda _index: False
        self._refused: str | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the day."""
        model = index.model()
        look = model.look(index.row(), index.column()) if isinstance(model, MonthModel) else None
        if look is not None:
            paint_day(painter, option, look)
            if self.is_target(index):
                paint_target(painter, option.rect)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field that is typed into; it is wider than the day."""
        editor = LineEdit("", parent)
        editor.setProperty("role", "cell")
        editor.setPlaceholderText("9-12")
        editor.setAccessibleName(
            _("Hours of {cell}").format(
                cell=str(index.data(Qt.ItemDataRole.AccessibleTextRole)).splitlines()[0]
            )
        )
        self.editor = editor
        self._refused = None
        model = index.model()
        if isinstance(model, MonthModel):
            model.begin_typing(index)
        place = QPersistentModelIndex(index)
        editor.textChanged.connect(lambda text: self._tell(editor, place, text))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Write what stands in the cell."""
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed; a text refused before is not tried again by merely leaving the field."""
        if not isinstance(editor, LineEdit):
            return
        if editor.hasFocus() or editor.text() != self._refused:
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay the field over the day, inside the grid."""
        parent = editor.parentWidget()
        if parent is None:
            return
        area = parent.rect()
        cell = option.rect
        left = min(max(cell.center().x() - _WIDTH // 2, area.left()), area.right() - _WIDTH)
        top = cell.top() + (cell.height() - _HEIGHT) // 2
        editor.setGeometry(QRect(max(left, 0), top, _WIDTH, _HEIGHT))

    def begin_with(self, text: str) -> None:
        """Write the first letters of a new entry."""
        if self.editor is not None:
            self.editor.setText(text)
            self.editor.setModified(True)
            self.editor.textChanged.emit(text)

    def refuse(self, text: str) -> None:
        """Show again what was typed and could not be taken."""
        if self.editor is not None:
            self.editor.setText(text)
            self.editor.setModified(True)
            self.editor.textChanged.emit(text)
            self.editor.selectAll()
            self._refused = text
            restyle(self.editor, "wrong", value=True)
            self.editor.textEdited.connect(self._try_again)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End typing with Return, Tab and the arrows up and down; leave composing alone."""
        if not isinstance(editor, LineEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(editor, event)
        if editor.composing():
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            text = editor.text()
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
            self.filled.emit(text)
            return True
        if key in _ENDS:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.moved.emit(*_ENDS[key])
            return True
        return super().eventFilter(editor, event)

    def _tell(self, editor: LineEdit, place: QPersistentModelIndex, text: str) -> None:
        if editor is self.editor and place.isValid() and editor.isModified():
            self.typing.emit(place.model().index(place.row(), place.column()), text)

    def _try_again(self, _text: str) -> None:
        if self.editor is not None:
            restyle(self.editor, "wrong", value=False)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the field when it goes."""
        self.editor = None
        model = index.model()
        if isinstance(model, MonthModel):
            model.end_typing()
        self.typed_out.emit()
        super().destroyEditor(editor, index)
