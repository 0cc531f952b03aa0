"""The pay of the month: a row a person, each amount can be walked onto and opened, and the sums below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHeaderView, QStyleOptionViewItem, QTableView, QVBoxLayout

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.views.payroll.amounts import NAMES, Amount
from fujisawa_desktop.views.payroll.pay_model import NAME, PayModel, SumModel
from fujisawa_desktop.views.theme import Space, body_font
from fujisawa_desktop.views.widgets import DataTable, PillDelegate, TextDelegate, rule
from fujisawa_desktop.views.widgets.text_cells import paint_focus

Index = QModelIndex | QPersistentModelIndex
ROWS_IN_SIGHT: Final = 4
WIDEST_NAME: Final = 216
ROW_HEIGHT: Final = 30
"""Lower than the rows of a list: the whole month stands on one screen."""
NAME_LEAST: Final = 130
AMOUNT_LEAST: Final = 84
_EDGE: Final = 1
_MEASURED: Final = 40
"""The longest names that are measured; of a thousand, the widest is among them."""


class AmountDelegate(TextDelegate):
    """Paints an amount, with a frame around the one that is explained."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        font = index.data(Qt.ItemDataRole.FontRole)
        painter.save()
        painter.setFont(font or body_font())
        super().paint(painter, option, index)
        painter.restore()
        table = self.parent()
        if isinstance(table, QTableView) and table.hasFocus() and table.currentIndex() == index:
            paint_focus(painter, option.rect)


class PayTable(DataTable):
    """The people.

    Signals:
        picked(int, int): the mark stands on this row and column.
        opened(int, int): this amount is to be explained in full.
        left_below(int): the mark was moved down from the last row, in this column.
    """

    picked = Signal(int, int)
    opened = Signal(int, int)
    left_below = Signal(int)

    def __init__(self, name: str, first: str) -> None:
        super().__init__(name, row_height=ROW_HEIGHT)
        self.setProperty("role", "pay")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.pay = PayModel(self, first)
        self.sums = SumModel(self.pay)
        self.setModel(self.pay)
        self._pills = PillDelegate(self)
        self._pill_column = -1
        self._figures = AmountDelegate(self)
        self.setItemDelegate(self._figures)
        columns = self.horizontalHeader()
        columns.setSectionsMovable(False)
        columns.setMinimumSectionSize(56)
        columns.setFixedHeight(ROW_HEIGHT)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.pay.columns_changed.connect(self.lay_out_columns)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda at: self.opened.emit(at.row(), at.column()))
        self.lay_out_columns()

    def lay_out_columns(self) -> None:
        """Give each column the room of its heading, and the last one the states."""
        if self._pill_column >= 0:
            self.setItemDelegateForColumn(self._pill_column, self._figures)
        self._pill_column = self.pay.state
        self.setItemDelegateForColumn(self._pill_column, self._pills)
        metrics = QFontMetrics(body_font(bold=True))
        self.setColumnWidth(NAME, max(self.columnWidth(NAME), NAME_LEAST))
        for column, amount in enumerate(self.pay.amounts, 1):
            needed = metrics.horizontalAdvance(_(NAMES[amount])) + 2 * Space.M
            self.setColumnWidth(column, max(AMOUNT_LEAST, needed))

    def widen_amounts(self) -> None:
        """Give each amount the room of its sum: no figure is ever cut."""
        metrics = QFontMetrics(body_font(bold=True))
        for column in range(1, self.pay.state):
            text = str(self.sums.index(0, column).data() or "") if self.pay.rows else ""
            needed = metrics.horizontalAdvance(text) + Space.M
            if needed > self.columnWidth(column):
                self.setColumnWidth(column, needed)

    def widen_names(self) -> None:
        """Give the names the room the longest of them needs, but never less than they have."""
        metrics = QFontMetrics(body_font())
        names = sorted((row.name for row in self.pay.rows), key=len)[-_MEASURED:]
        longest = max(map(metrics.horizontalAdvance, names), default=0)
        needed = min(longest + 2 * Space.M, WIDEST_NAME)
        if needed > self.columnWidth(NAME):
            self.setColumnWidth(NAME, needed)

    def choose(self, row: int) -> None:
        """Mark a person without telling anybody; the mark stays in its column."""
        if 0 <= row < len(self.pay.rows) and self.selected_rows() != [row]:
            column = max(self.currentIndex().column(), NAME)
            with QSignalBlocker(self):
                self.place(self.pay.index(row, column))
                self.scrollTo(self.pay.index(row, column))

    def selection_as_text(self) -> str:
        """Return the chosen rows for a spreadsheet; with everybody chosen, the sums too."""
        text = super().selection_as_text()
        if len(self.selected_rows()) < len(self.pay.rows):
            return text
        sums = (self.sums.index(0, column).data() for column in range(self.sums.columnCount()))
        return "\n".join((text, "\t".join(str(cell or "") for cell in sums)))

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and current.row() < len(self.pay.rows):
            self.picked.emit(current.row(), current.column())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the amount; Down from the last row goes on to the sums."""
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self.opened.emit(here.row(), here.column())
            return
        if event.key() == Qt.Key.Key_Down and not event.modifiers() and here.row() == len(self.pay.rows) - 1:
            self.left_below.emit(here.column())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say again where the mark stands: the pane beside explains what one works with."""
        super().focusInEvent(event)
        here = self.currentIndex()
        if here.isValid():
            self.picked.emit(here.row(), here.column())


class SumRow(QTableView):
    """The row of sums, in the columns of the table above it.

    Signals:
        picked(int): the mark stands on the sum of this column.
        opened(int): this sum is to be explained in full.
        left_above(int): the mark was moved up from this column.
    """

    picked = Signal(int)
    opened = Signal(int)
    left_above = Signal(int)

    def __init__(self, table: PayTable) -> None:
        super().__init__()
        self._table = table
        self.sums = table.sums
        self.setModel(self.sums)
        self.setAccessibleName(_("Sums of the month"))
        self.setProperty("role", "sums")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(AmountDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setFixedHeight(ROW_HEIGHT + 1)
        table.horizontalHeader().sectionResized.connect(self._take_widths)
        table.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        self.sums.modelReset.connect(self._take_widths)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))
        self.doubleClicked.connect(lambda at: self.opened.emit(at.column()))

    def go(self, column: int) -> None:
        """Put the mark on the sum of a column."""
        self.setFocus()
        self.setCurrentIndex(self.sums.index(0, column))

    def _take_widths(self) -> None:
        for column in range(self.sums.columnCount()):
            self.setColumnWidth(column, self._table.columnWidth(column))

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.column())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up goes back to the people; Return opens the sum."""
        here = self.currentIndex()
        if event.key() == Qt.Key.Key_Up and here.isValid():
            self.left_above.emit(here.column())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self.opened.emit(here.column())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say again where the mark stands."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.sums.rowCount():
            self.setCurrentIndex(self.sums.index(0, self.sums.column_of(Amount.NET)))
        self._tell(self.currentIndex())


class PayPanel(QFrame):
    """The table and its sums in one frame; the sums stay in sight.

    Args:
        name: what the table is called.
        first: heading of the first column, where it does not hold names.

    Signals:
        amount_picked(int, object): this amount of a row is looked at; ``None``: name or state; row -1: sums.
        amount_opened(int, object): the same, to be explained in full.
    """

    amount_picked = Signal(int, object)
    amount_opened = Signal(int, object)

    def __init__(self, name: str = "", first: str = "") -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.table = PayTable(name or _("Pay of the month"), first)
        self.sums = SumRow(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(rule())
        column.addWidget(self.sums)
        self.table.picked.connect(self._on_picked)
        self.table.opened.connect(lambda row, at: self.amount_opened.emit(row, self.table.pay.amount(at)))
        self.table.left_below.connect(self.sums.go)
        self.sums.picked.connect(lambda at: self.amount_picked.emit(-1, self.table.pay.amount(at)))
        self.sums.opened.connect(lambda at: self.amount_opened.emit(-1, self.table.pay.amount(at)))
        self.sums.left_above.connect(self._back)

    def show_rows(self, rows: Sequence[PayRow]) -> None:
        """Show these amounts, as high as they need."""
        self.table.pay.show(rows)
        self.table.widen_names()
        self.table.widen_amounts()
        self.setMinimumHeight(self._height_of(min(max(len(rows), 1), ROWS_IN_SIGHT)))
        self.setMaximumHeight(self._height_of(len(rows)))

    def _height_of(self, rows: int) -> int:
        return (rows + 2) * ROW_HEIGHT + 2 * _EDGE + 5

    def _on_picked(self, row: int, column: int) -> None:
        self.amount_picked.emit(row, self.table.pay.amount(column))

    def _back(self, column: int) -> None:
        self.table.setFocus()
        self.table.place(self.table.pay.index(len(self.table.pay.rows) - 1, column))
        self.table.scrollToBottom()
