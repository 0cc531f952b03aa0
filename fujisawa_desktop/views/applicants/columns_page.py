"""The columns of a portal's file, each with what it holds and what it is read as: to be settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.file_columns import ANSWER, RAW, FileColumns, all_uses, with_use
from fujisawa_desktop.services.import_layouts import Layout
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.words import field_word, joined, use_word
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    ElidedLabel,
    LineEdit,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
    tool_tip,
)

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_MIME: Final = "application/x-fujisawa-column-use"
_USE: Final = Qt.ItemDataRole.UserRole
_REQUIRED: Final = ("number", "name", "courses")


class ColumnsModel(QAbstractTableModel):
    """One line for each column of the file; a use can be dropped on it.

    Signals:
        dropped(int, str): a use was dropped on a line.
    """

    dropped = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._columns: FileColumns | None = None
        self._uses: Sequence[str] = ()

    def show(self, columns: FileColumns, uses: Sequence[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._columns, self._uses = columns, uses
        self.endResetModel()

    def set_uses(self, uses: Sequence[str]) -> None:
        """Show other uses of the same columns."""
        self._uses = uses
        self.dataChanged.emit(self.index(0, 2), self.index(self.rowCount() - 1, 2))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns the file has."""
        return 0 if parent.isValid() else len(self._uses)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return heading, values, use."""
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Column of the file"), _("What it holds"), _("Read as"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell; what is read as a field stands out."""
        if self._columns is None or not index.isValid():
            return None
        use = self._uses[index.row()]
        if role == Qt.ItemDataRole.FontRole and index.column() == 2 and use not in {RAW, ANSWER}:
            bold = QFont()
            bold.setBold(True)
            return bold
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        heading = self._columns.headings[index.row()] or _("(no heading)")
        text = (heading, " / ".join(self._columns.samples[index.row()]), use_word(use))[index.column()]
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a field be dropped on every line."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDropEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        """Return what may be dropped here."""
        return [_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        """Return what dropping does: the field stays in its list."""
        return Qt.DropAction.CopyAction

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, at: int, _column: int, parent: Index
    ) -> bool:
        """Tell which use was dropped on which line."""
        line = parent.row() if parent.isValid() else at
        if not data.hasFormat(_MIME) or not 0 <= line < self.rowCount():
            return False
        self.dropped.emit(line, bytes(data.data(_MIME).data()).decode())
        return True


class FieldList(QListWidget):
    """All uses a column can have, to be dragged on one; those in use are ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Fields to drag on a column"))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for use in all_uses():
            item = QListWidgetItem(use_word(use))
            item.setData(_USE, use)
            self.addItem(item)

    def show_state(self, uses: Sequence[str], missing: Sequence[str]) -> None:
        """Tick what is in use and mark what must still be chosen."""
        for at in range(self.count()):
            item = self.item(at)
            use = str(item.data(_USE))
            mark = "✓ " if use in uses and use not in {RAW, ANSWER} else "　 "
            word = use_word(use)
            text = _("{field} (required)").format(field=word) if use in _REQUIRED else word
            item.setText(mark + text)
            bold = item.font()
            bold.setBold(use in missing)
            item.setFont(bold)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Return the use that is dragged."""
        data = QMimeData()
        data.setData(_MIME, str(items[0].data(_USE)).encode())
        return data


class ColumnsPage(QWidget):
    """Table of columns, list of fields, and keeping the layout under a name.

    Signals:
        changed(): a use, the source or the name was changed.
        save_wanted(): keep this layout.
        delete_wanted(): forget the layout of that name.
    """

    changed = Signal()
    save_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: FileColumns | None = None
        self.uses: tuple[str, ...] = ()
        self._before: tuple[str, ...] = ()
        self.state = RunningText()
        self.model = ColumnsModel()
        self.model.dropped.connect(self.assign)
        self.table = DataTable(_("Columns of the file"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self.table.setAcceptDrops(True)
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.table.setDragDropOverwriteMode(True)
        self.table.set_widths({0: 200, 1: 300})
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_current())
        self.fields = FieldList()
        self.fields.setFixedWidth(250)
        self.fields.itemActivated.connect(
            lambda item: self.assign(self.table.currentIndex().row(), str(item.data(_USE)))
        )
        self.heading = ElidedLabel("", "bold")
        self.use = QComboBox()
        self.use.setAccessibleName(_("Read this column as"))
        self.use.setMinimumWidth(250)
        self.use.setMaxVisibleItems(20)
        for use in all_uses():
            self.use.addItem(use_word(use), use)
        self.use.currentIndexChanged.connect(self._chosen)
        self.table.activated.connect(lambda _index: self.use.setFocus())
        self.source = QComboBox()
        self.source.setEditable(True)
        self.source.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.source.setAccessibleName(_("Portal the file comes from"))
        self.source.setMinimumWidth(150)
        self.source.currentTextChanged.connect(lambda _text: self.changed.emit())
        self.name = LineEdit()
        self.name.setAccessibleName(_("Name of the layout"))
        self.name.setPlaceholderText(_("Name of the layout"))
        self.name.textChanged.connect(lambda _text: self._show_name())
        self.save = SecondaryButton(_("Keep the layout"), self.save_wanted.emit)
        self.delete = SecondaryButton(_("Forget it"), self.delete_wanted.emit)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.state)
        beside = row(self.table, self.fields)
        beside.setStretch(0, 1)
        column.addLayout(beside, 1)
        line = row(self.heading, TextLabel(_("is read as"), "secondary"), self.use)
        line.setStretch(0, 1)
        column.addLayout(line)
        keeping = row(
            TextLabel(_("Portal"), "secondary"),
            self.source,
            Space.M,
            TextLabel(_("Layout"), "secondary"),
            self.name,
            self.save,
            self.delete,
        )
        keeping.setStretch(4, 1)
        column.addLayout(keeping)

    def show_columns(self, columns: FileColumns) -> None:
        """Show the columns of a file as they are recognised."""
        self._columns = columns
        self.uses = columns.uses
        self.model.show(columns, self.uses)
        with QSignalBlocker(self.source), QSignalBlocker(self.name):
            self.source.clear()
            for source in columns.sources:
                self.source.addItem(term("source", source), source)
            self.source.setCurrentIndex(max(self.source.findData(columns.source), 0))
            self.name.setText(columns.profile if columns.profile in columns.layouts else "")
        missing = columns.missing(self.uses)
        first = next((at for at, use in enumerate(self.uses) if missing and use == ANSWER), 0)
        self.table.select_row(first)
        self._show_state()
        self._show_name()

    def source_key(self) -> str:
        """Return the key of the portal that is chosen or typed."""
        text = self.source.currentText().strip()
        at = self.source.findText(text)
        return str(self.source.itemData(at)) if at >= 0 else text

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the file."""
        return self._columns.headings if self._columns is not None else ()

    def settled(self) -> tuple[tuple[str, str], ...]:
        """Return heading and use of every column."""
        return self._columns.columns(self.uses) if self._columns is not None else ()

    def kept(self, name: str) -> Layout | None:
        """Return the layout that was kept under a name when the file was read."""
        layouts = self._columns.kept if self._columns is not None else ()
        return next((layout for layout in layouts if layout.name == name), None)

    def take_kept(self, layouts: Sequence[Layout]) -> tuple[str, ...]:
        """Note which layouts are kept now; return their names."""
        if self._columns is None:
            return ()
        self._columns = replace(self._columns, kept=tuple(layouts))
        self._show_name()
        return self._columns.layouts

    def missing(self) -> tuple[str, ...]:
        """Return what must still be chosen."""
        return self._columns.missing(self.uses) if self._columns is not None else _REQUIRED

    def assign(self, line: int, use: str) -> None:
        """Read a column as something else."""
        if not 0 <= line < len(self.uses) or self.uses[line] == use:
            return
        self._settle(with_use(self.uses, line, use))
        self.table.select_row(line)
        self._show_current()

    def _settle(self, uses: tuple[str, ...]) -> None:
        self.uses = uses
        self.model.set_uses(uses)
        self._show_state()
        self.changed.emit()

    def _chosen(self, at: int) -> None:
        """Take a choice of the box; a field that the arrow keys only pass stays where it was."""
        line = self.table.currentIndex().row()
        if 0 <= line < len(self.uses):
            self._settle(with_use(self._before, line, str(self.use.itemData(at))))

    def _show_current(self) -> None:
        self._before = self.uses
        line = self.table.currentIndex().row()
        if self._columns is None or not 0 <= line < len(self.uses):
            return
        self.heading.set_whole(self._columns.headings[line] or _("(no heading)"))
        with QSignalBlocker(self.use):
            self.use.setCurrentIndex(self.use.findData(self.uses[line]))

    def _show_state(self) -> None:
        missing = self.missing()
        self.fields.show_state(self.uses, missing)
        if missing:
            words = joined(field_word(field) for field in missing)
            self.state.set_text(
                _(
                    "Choose the column for: {fields}. Drag a field on a column, or choose it below the list. "
                    "What is read as nothing else stays as an answer."
                ).format(fields=words)
            )
        else:
            self.state.set_text(
                _(
                    "Everything that must be there has a column. Drag a field on a column, or choose it "
                    "below the list, to change it."
                )
            )

    def _show_name(self) -> None:
        name = self.name.text().strip()
        self.save.setEnabled(bool(name))
        self.delete.setEnabled(self._columns is not None and name in self._columns.layouts)
        self.changed.emit()
