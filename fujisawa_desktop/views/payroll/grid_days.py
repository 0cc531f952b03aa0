"""The days of the hours grid: typed into directly, with the keys and the mouse of a spreadsheet."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.hours_entry import Place
from fujisawa_desktop.services.hours_fill import Way
from fujisawa_desktop.views.payroll.grid_clip import (
    Texts,
    copied_text,
    filled_down,
    filled_right,
    pasted_texts,
)
from fujisawa_desktop.views.payroll.grid_drag import CellDrag
from fujisawa_desktop.views.payroll.grid_edit import DayDelegate
from fujisawa_desktop.views.payroll.grid_menu import fill_hours_menu
from fujisawa_desktop.views.payroll.grid_model import FIRST_DAY, MonthModel
from fujisawa_desktop.views.payroll.grid_paint import ROW_HEIGHT, DayHeads
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard

OPEN_LEAST: Final = 27
OPEN_EASY: Final = 30
CLOSED_WIDTH: Final = 18
CLOSED_LEAST: Final = 16
WEEK_LEAST: Final = 70
_AS_PLANNED: Final = frozenset("=＝")
_KEYS: Final = {
    (Qt.Key.Key_D.value, True): "down",
    (Qt.Key.Key_R.value, True): "right",
    (Qt.Key.Key_K.value, True): "copy-week:1",
    (Qt.Key.Key_U.value, True): "usual-week",
    (Qt.Key.Key_F4.value, False): "reason",
    (Qt.Key.Key_F7.value, False): "period",
    (Qt.Key.Key_Delete.value, False): "clear",
    (Qt.Key.Key_Backspace.value, False): "clear",
}
"""Key, and whether with Ctrl → act."""
_STANDARD: Final = {
    QKeySequence.StandardKey.Copy: "copy",
    QKeySequence.StandardKey.Cut: "cut",
    QKeySequence.StandardKey.Paste: "paste",
}


class GridTable(QTableView):
    """What both halves of the grid share."""

    def __init__(self, model: MonthModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "grid")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()


class DaysView(GridTable):
    """The days, and every act on chosen ones.

    Signals:
        cleared(places): Delete was pressed on these cells.
        as_planned(places): ``=`` was pressed: what was planned there was worked.
        stepped(int): Page Up or Page Down asks for another month or week.
        block(texts, Way): these texts are to stand in these cells.
        dragged(moves, bool): hours are taken from cells to others; ``True``: copied.
        asked(str): an act that is not the grid's own: ``copy-week:2``, ``usual-week``, ``reason``,
            ``period``, ``fill:終``.
        refused(AppError): an act of the grid is not possible.
    """

    cleared = Signal(object)
    as_planned = Signal(object)
    stepped = Signal(int)
    block = Signal(object, object)
    dragged = Signal(object, bool)
    asked = Signal(str)
    refused = Signal(object)

    def __init__(self, model: MonthModel) -> None:
        super().__init__(model)
        self._month = model
        self.setAccessibleName(_("Hours by day"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalHeader(DayHeads(self))
        self.setMouseTracking(True)
        self.drag = CellDrag(self, model)
        self.days = DayDelegate(self)
        self.days.is_target = self.drag.is_target
        self.setItemDelegate(self.days)
        self.days.moved.connect(self.move_mark)
        self.days.filled.connect(self._fill)

    def chosen_places(self) -> list[Place]:
        """Return the chosen cells that hours may be typed into, by row and day."""
        places = [self._month.place(index) for index in self.chosen() if self._month.can_edit(index)]
        return [place for place in places if place is not None]

    def chosen(self) -> list[QModelIndex]:
        """Return the chosen cells by row and day."""
        return sorted(self.selectionModel().selectedIndexes(), key=lambda at: (at.row(), at.column()))

    def chosen_rows(self) -> list[int]:
        """Return the rows with chosen cells."""
        return sorted({index.row() for index in self.chosen()})

    def go(self, row: int, column: int) -> None:
        """Put the mark on a cell."""
        index = self._month.index(row, max(column, FIRST_DAY))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def move_mark(self, columns: int, rows: int) -> None:
        """Move the mark by so many columns and rows, as far as there are any."""
        here = self.currentIndex()
        row = min(max(here.row() + rows, 0), self._month.rowCount() - 1)
        column = min(max(here.column() + columns, FIRST_DAY), self._month.columnCount() - 1)
        self.go(row, column)

    def reopen(self, row: int, column: int, text: str) -> None:
        """Let the person go on with a text that could not be taken."""
        self.go(row, column)
        self.setFocus()
        self.edit(self._month.index(row, column))
        self.days.refuse(text)

    def fit_columns(self) -> None:
        """Divide the width among the days: closed ones narrow, open ones as wide as there is room."""
        columns = range(FIRST_DAY, self._month.columnCount())
        narrow = {column for column in columns if self._month.is_narrow(column)}
        wide = [column for column in columns if column not in narrow]
        least = OPEN_LEAST if self._month.monday is None else WEEK_LEAST
        closed_width = CLOSED_WIDTH
        each, rest = self._share(len(wide), len(narrow) * closed_width)
        if each < OPEN_EASY:
            closed_width = CLOSED_LEAST
            each, rest = self._share(len(wide), len(narrow) * closed_width)
        if each < least:
            each, rest = least, 0
        for column in range(FIRST_DAY):
            self.hideColumn(column)
        for column in narrow:
            self.setColumnWidth(column, closed_width)
        for at, column in enumerate(wide):
            self.setColumnWidth(column, each + (at < rest))

    def do(self, act: str) -> None:
        """Do an act on the chosen cells by its name (see :mod:`grid_menu`)."""
        places = self.chosen_places()
        if act == "edit":
            self.edit(self.currentIndex())
        elif act in {"clear", "as-planned"}:
            if places:
                (self.cleared if act == "clear" else self.as_planned).emit(places)
        elif act in {"copy", "cut"}:
            if chosen := self.chosen():
                put_on_clipboard(self, copied_text(self._month, chosen), rows=len(chosen))
            if act == "cut" and places:
                self.cleared.emit(places)
        elif act == "paste":
            self._paste()
        elif act in {"down", "right"}:
            fill, way = (filled_down, Way.DOWN) if act == "down" else (filled_right, Way.RIGHT)
            self._put(fill(self._month, self.chosen()), way)
        else:
            self.asked.emit(act)

    def menu(self) -> QMenu:
        """Return the menu of the chosen cells."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_hours_menu(
            menu,
            patterns=self._month.view.patterns if self._month.view is not None else (),
            writable=bool(self.chosen_places()),
            worked=any(self._month.cell(at.row(), at.column()).worked for at in self.chosen()),
            do=self.do,
        )
        return menu

    def _share(self, columns: int, taken: int) -> tuple[int, int]:
        """Divide what is left of the width; the second number is how many columns get a pixel more."""
        return divmod(self.viewport().width() - taken, columns) if columns else (0, 0)

    def _fill(self, text: str) -> None:
        if places := self.chosen_places():
            self._month.typed.emit(places, text)

    def _paste(self) -> None:
        try:
            texts = pasted_texts(self._month, self.chosen(), QGuiApplication.clipboard().text())
        except AppError as error:
            self.refused.emit(error)
        else:
            self._put(texts, Way.PASTED)

    def _put(self, texts: Texts, way: Way) -> None:
        if texts and self._month.editable:
            self.block.emit(texts, way)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key stands for; the rest is typing."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ctrl = held == Qt.KeyboardModifier.ControlModifier
        own = _KEYS.get((event.key(), ctrl), "") if ctrl or held == Qt.KeyboardModifier.NoModifier else ""
        act = next((name for key, name in _STANDARD.items() if event.matches(key)), own)
        if self.drag.held and event.key() == Qt.Key.Key_Escape:
            self.drag.cancel()
        elif act:
            self.do(act)
        elif event.text() in _AS_PLANNED and event.text():
            self.do("as-planned")
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_mark(0, 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a filled cell that alone is chosen; any other press chooses."""
        if not self.drag.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a cell that is dragged."""
        if not self.drag.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put a dragged cell down."""
        if not self.drag.held:
            super().mouseReleaseEvent(event)
            return
        found = self.drag.release()
        if found is None:
            return
        places = [self._month.place(index) for index in found]
        if places[0] is not None and places[1] is not None:
            copies = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.go(found[1].row(), found[1].column())
            self.dragged.emit({places[0]: places[1]}, copies)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer everything; by the menu key beside the mark."""
        here = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            here = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu().popup(here)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep a letter that the input method hands over at once: Qt opens the field but drops it."""
        opens = self.days.editor is None
        super().inputMethodEvent(event)
        if opens and self.days.editor is not None and event.commitString():
            self.days.begin_with(event.commitString())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus; from the field above a day it comes without painting all days again."""
        if self._is_for_the_field(event):
            here = self.currentIndex()
            editable = bool(here.flags() & Qt.ItemFlag.ItemIsEditable)
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, editable)
            self.update(here)
            return
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give the focus away; to the field above a day without painting all days again."""
        if self._is_for_the_field(event):
            self.update(self.currentIndex())
            return
        super().focusOutEvent(event)

    def _is_for_the_field(self, event: QFocusEvent) -> bool:
        return self.days.editor is not None and event.reason() == Qt.FocusReason.OtherFocusReason

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the days to the new width."""
        super().resizeEvent(event)
        self.fit_columns()
