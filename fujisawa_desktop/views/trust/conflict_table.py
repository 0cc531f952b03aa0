"""What others changed meanwhile as a table: for a paste over many cells, and for acts without fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import Comparison, FieldPair, Side
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.conflict_dialog import ConflictAsking, Words, by_whom
from fujisawa_desktop.views.widgets import DataTable
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    F = TypeVar("F", bound=DataclassInstance)
else:
    F = TypeVar("F")

Index = QModelIndex | QPersistentModelIndex
_NOW, _MINE = 3, 4
_WIDTHS: Final = {0: 200, 1: 215, 2: 170}
_ROWS_SHOWN: Final = 12
"""So many rows the dialog makes room for; more are scrolled."""


class ConflictTable(ConflictAsking[F]):
    """One row for each value that differs: what, by whom and when, before, now, mine.

    An act without fields (``whole``) is done on top of theirs or left; of many cells each row is chosen.

    Attributes:
        pairs: the values, in the order of the rows.
        table, model: the rows.
    """

    def __init__(
        self,
        comparison: Comparison[F],
        words: Words,
        parent: QWidget | None,
        on_choice: Callable[[F], object],
        on_stop: Callable[[], object] | None = None,
        *,
        whole: bool,
        deed: str = "",
    ) -> None:
        super().__init__(comparison, words, parent, on_choice, on_stop)
        self._whole = whole
        self._deed = deed
        self.pairs: Sequence[FieldPair] = (
            comparison.pairs
            if whole
            else (*comparison.clashes, *(one for one in comparison.merges if one.theirs != one.base))
        )
        self.model = _Sides(self)
        self.table = _SidesTable(_("What was changed meanwhile"))
        self.table.setModel(self.model)
        self._fill()
        if whole:
            self.stop_button.setText(_("Keep theirs"))
            self.save_button.setText(_("Put mine"))
        self.put_together(self._explanation(), self.table, both=not whole and bool(comparison.clashes))
        self.table.asked.connect(self.turn)
        self.resize(1060, 300 + 34 * min(len(self.pairs), _ROWS_SHOWN))
        self.setMinimumSize(620, 340)
        self.table.select_row(0)
        (self.stop_button if whole else self.table).setFocus()

    def chosen(self) -> dict[str, Side]:
        """Return whose value stands in each row both changed."""
        sides = self.model.sides
        return {pair.name: sides[at] for at, pair in enumerate(self.pairs) if pair.is_clash}

    def choose_all(self, side: Side) -> None:
        """Take one person's values in every row both changed."""
        self.model.put({at: side for at, pair in enumerate(self.pairs) if pair.is_clash})
        self.save_button.setFocus()

    def turn(self, at: int) -> None:
        """Take the other person's value in one row both changed."""
        if not self._whole and self.pairs[at].is_clash:
            mine = self.model.sides[at] is Side.MINE
            self.model.put({at: Side.THEIRS if mine else Side.MINE})

    def _fill(self) -> None:
        headings = (_("What"), _("Changed by"), _("Before the change"), _("Now"), _("Mine"))
        rows = [self._cells(pair) for pair in self.pairs]
        wanted = Side.MINE if self._whole else Side.THEIRS
        sides = [wanted if self._whole or pair.is_clash else pair.merged for pair in self.pairs]
        self.model.show_sides(headings, rows, sides, marked=not self._whole)
        self.table.set_widths(_WIDTHS)
        for column in (_NOW, _MINE):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _cells(self, pair: FieldPair) -> tuple[str, ...]:
        touched = pair.theirs != pair.base
        before, now = self.shown(pair, pair.base), self.shown(pair, pair.theirs)
        mine = self._deed or self.shown(pair, pair.mine)
        return self._words.label(pair.name), by_whom(pair.hand) if touched else _("Mine"), before, now, mine

    def _explanation(self) -> str:
        if self._whole:
            return _(
                "What you did has not been saved yet. Look at what was changed meanwhile: keep theirs as it "
                "is, or do yours on top of it."
            )
        return _(
            "Nothing has been saved yet. In each row the marked value stands in the end; Space or a click "
            "marks the other one."
        )


class _Sides(TextTableModel):
    """The rows, with a mark at the value that stands in the end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sides: list[Side] = []
        self._marked = False

    def show_sides(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], sides: list[Side], *, marked: bool
    ) -> None:
        """Show other rows; ``marked``: say in each whose value stands."""
        self.sides, self._marked = sides, marked
        self.show_rows(headings, rows)

    def put(self, sides: dict[int, Side]) -> None:
        """Let somebody else's value stand in some rows."""
        for at, side in sides.items():
            self.sides[at] = side
        if self.sides:
            self.dataChanged.emit(self.index(0, _NOW), self.index(len(self.sides) - 1, _MINE))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, and whether its value stands in the end."""
        column = index.column()
        if role == Qt.ItemDataRole.CheckStateRole and self._marked and column in (_NOW, _MINE):
            stands = self.sides[index.row()] is (Side.MINE if column == _MINE else Side.THEIRS)
            return Qt.CheckState.Checked if stands else Qt.CheckState.Unchecked
        return super().data(index, role)


class _SidesTable(DataTable):
    """Space, Return or a click asks for the other value of a row.

    Signals:
        asked(int): the row.
    """

    asked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.setWordWrap(True)  # the end of a value may be all in which two of them differ
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.activated.connect(lambda index: self.asked.emit(index.row()))
        self.clicked.connect(self._clicked)

    def sizeHintForRow(self, row: int) -> int:
        """Return the height of the lines of a row, with air between it and its neighbours."""
        return super().sizeHintForRow(row) + Space.M

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space as a click on the value that does not stand."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        unchecked = Qt.CheckState.Unchecked
        if index.data(Qt.ItemDataRole.CheckStateRole) == unchecked:
            self.asked.emit(index.row())
