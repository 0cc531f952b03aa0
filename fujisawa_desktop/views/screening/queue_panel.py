"""Who is read, who is next: the list at the left, with the progress above it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_queue import Queue, QueueRow
from fujisawa_desktop.views.screening.words import points_text, state_pill, state_word
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    PILL_ROLE,
    DataTable,
    ElidedLabel,
    PillDelegate,
    TextLabel,
    row,
    tool_tip,
)

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
NUMBER, NAME, STATE = range(3)


class QueueModel(QAbstractTableModel):
    """One line for each entry in reading order."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow, ...] = ()

    def show(self, rows: tuple[QueueRow, ...]) -> None:
        """Show other rows, or the same ones in other states."""
        ids = [one.application_id for one in rows]
        if ids == [one.application_id for one in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, STATE))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return number, name, state."""
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Number"), _("Name"), _("State"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        one = self.rows[index.row()]
        if index.column() == STATE:
            return self._state(one, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return one.number if index.column() == NUMBER else one.name
        if role == Qt.ItemDataRole.ToolTipRole:
            flags = [texts.term("flag", flag) for flag in one.flags]
            return tool_tip("\n".join([part for part in (one.number, one.name) if part] + flags))
        return None

    @staticmethod
    def _state(one: QueueRow, role: int) -> object:
        word, tone = state_pill(one.state, one.total)
        if role == PILL_ROLE:
            return [(f"✓ {points_text(one.total)}" if one.total is not None else word, tone)]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return word
        return None

    def row_of(self, application_id: int | None) -> int:
        """Return the row of an application, -1 for none."""
        return next((at for at, one in enumerate(self.rows) if one.application_id == application_id), -1)


class QueuePanel(QWidget):
    """Progress and list.

    Signals:
        chosen(int): another application was chosen.
        excluded_wanted(bool): flagged and withdrawn entries are wanted too.
    """

    chosen = Signal(int)
    excluded_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(210)
        self._silent = False
        self.figure = TextLabel("", "figure")
        self.of_all = TextLabel("", "secondary")
        self.counts = ElidedLabel("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.model = QueueModel()
        self.table = DataTable(_("Applications to read"))
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(STATE, PillDelegate(self.table))
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.table.set_widths({NUMBER: 130, NAME: 84, STATE: 86})
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.excluded = QCheckBox()
        self.excluded.toggled.connect(self.excluded_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        line = row(self.figure, self.of_all, None)
        line.setAlignment(self.of_all, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        column.addWidget(self.bar)
        column.addWidget(self.counts)
        column.addWidget(self.table, 1)
        column.addWidget(self.excluded)
        self.show_queue(Queue((), 0, has_criteria=True))

    def show_queue(self, queue: Queue) -> None:
        """Show the entries and how far the reviewer is."""
        whole, finished = len(queue.rows), queue.finished
        self.figure.setText(f"{finished:,}")
        self.of_all.setText(_("of {count} done").format(count=f"{whole:,}"))
        self.bar.setRange(0, max(whole, 1))
        self.bar.setValue(finished)
        told = [
            f"{state_word(state)} {count:,}"
            for state in (None, ReviewState.SKIPPED, ReviewState.DRAFT, ReviewState.RECUSED)
            if (count := queue.count(state))
        ]
        self.counts.set_whole("・".join(told))
        self._silent = True
        kept = self.current()
        self.model.show(queue.rows)
        self.table.setColumnHidden(NAME, not self.names_anybody())
        if kept is not None:
            self.go_to(kept)
        self._silent = False
        self.excluded.setVisible(queue.left_out > 0 or self.excluded.isChecked())
        if not self.excluded.isChecked():
            self.excluded.setText(
                ngettext(
                    "Show {count} flagged or withdrawn too",
                    "Show {count} flagged or withdrawn too",
                    queue.left_out,
                ).format(count=f"{queue.left_out:,}")
            )

    def names_anybody(self) -> bool:
        """Return whether names stand in the list."""
        return any(one.name for one in self.model.rows)

    def current(self) -> int | None:
        """Return the application chosen."""
        at = self.table.currentIndex().row()
        return self.model.rows[at].application_id if 0 <= at < len(self.model.rows) else None

    def go_to(self, application_id: int) -> None:
        """Choose an application without telling so."""
        at = self.model.row_of(application_id)
        if at >= 0 and at != self.table.currentIndex().row():
            before, self._silent = self._silent, True
            self.table.select_row(at)
            self._silent = before

    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._silent and now.isValid():
            self.chosen.emit(self.model.rows[now.row()].application_id)
