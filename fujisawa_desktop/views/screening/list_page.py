"""A list with the form of what is chosen beside it, as the editors of criteria and reviewers have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import Saving, do_beside_others
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import DataTable, Panel, PrimaryButton, SecondaryButton, TextArea, row
from fujisawa_desktop.views.widgets.text_table import TextTableModel

S = TypeVar("S")


class ListPage(QWidget, Generic[S]):
    """A list at the left, the form of what is chosen at the right; without a choice the form adds.

    Signals:
        failed(Exception): a refusal that belongs to no field.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, name: str, widths: dict[int, int]) -> None:
        super().__init__()
        self._desk = desk
        self.setup: S | None = None
        self.current_id: int | None = None
        self._ids: list[int] = []
        self._clean: tuple[object, ...] | None = None
        self._keeping = False
        self.model = TextTableModel(self)
        self.table = DataTable(name)
        self.table.setModel(self.model)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self._widths = widths
        self.form = Panel()
        self.form.setFixedWidth(340)
        self.new_button = SecondaryButton(_("New (Ctrl+N)"), self.start_new)
        self.up_button = SecondaryButton(_("Up"), partial(self.move_row, -1))
        self.down_button = SecondaryButton(_("Down"), partial(self.move_row, 1))
        self.remove_button = SecondaryButton(_("Remove"), self.remove)
        self.save_button = PrimaryButton(_("Save (Ctrl+S)"), self.save)
        self.buttons = row(self.new_button, self.up_button, self.down_button, self.remove_button, None)
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addWidget(self.table, 1)
        left.addLayout(self.buttons)
        self.record: OpenRecord[Any] = OpenRecord(desk, self.form, again=self._again, save=self.save)
        beside = QHBoxLayout()
        beside.setSpacing(Space.M)
        beside.addLayout(left, 1)
        beside.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(self.record.hint)
        whole.addLayout(beside, 1)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _old: self._on_row(now.row()))
        for keys, act in (("Ctrl+N", self.start_new), ("Ctrl+S", self.save), ("Del", self.remove)):
            target = self.table if keys == "Del" else self
            shortcut = QShortcut(QKeySequence(keys), target)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- for the page -----------------------------------------------------------------

    def rows_of(self, setup: S) -> tuple[list[int], Sequence[str], list[tuple[str, ...]]]:
        """Return ids, headings and cells."""
        raise NotImplementedError

    def fill(self, setup: S, row_id: int | None) -> None:
        """Fill the form with a row, or empty it."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Return where typing begins."""
        raise NotImplementedError

    def save(self) -> None:
        """Store the form."""
        raise NotImplementedError

    def move_row(self, by: int) -> None:
        """Move the chosen row."""
        raise NotImplementedError

    def remove(self) -> None:
        """Take the chosen row out."""
        raise NotImplementedError

    def saving(self, setup: S, row_id: int) -> Saving[Any]:
        """Return how a row that is shown is saved."""
        raise NotImplementedError

    # --- shared -----------------------------------------------------------------------

    def show_setup(self, setup: S) -> None:
        """Show the stored list; what is chosen stays chosen, and what is being typed stays."""
        self.setup = setup
        typing = self.is_dirty()
        ids, headings, cells = self.rows_of(setup)
        self._ids = ids
        kept = self.current_id
        self._keeping = typing
        self.model.show_rows(headings, cells)
        self.table.set_widths(self._widths)
        if kept in ids:
            self.table.select_row(ids.index(kept))
        self._keeping = False
        if not typing:
            self._show_form(kept if kept in ids else None)

    def is_dirty(self) -> bool:
        """Return whether something was typed that is not saved."""
        return self._clean is not None and self._typed() != self._clean

    def _typed(self) -> tuple[object, ...]:
        """Return what stands in the fields of the form."""
        return (
            *(edit.text() for edit in self.form.findChildren(QLineEdit)),
            *(edit.toPlainText() for edit in self.form.findChildren(TextArea)),
            *(box.currentData() for box in self.form.findChildren(QComboBox)),
            *(box.isChecked() for box in self.form.findChildren(QCheckBox)),
        )

    def _again(self) -> None:
        """Show what is stored in place of what was typed."""
        self._show_form(self.current_id)

    def store(self, typed: Any, act: Callable[..., Any], /, **given: Any) -> None:
        """Save the row in the form beside what others saved of it, or add it with ``act``."""
        if self._desk.read_only:
            return
        self._desk.notifier.clear_fields(self.form)
        done = while_open(self, partial(self._stored, self._typed()))
        if self.record.saving is not None and self.current_id is not None:
            self.record.save(typed, on_done=done, on_error=while_open(self, self._refused))
        else:
            self._desk.perform(
                act, on_done=done, on_error=while_open(self, self._refused), actor=self._desk.actor, **given
            )

    def _stored(self, typed: tuple[object, ...], _change: object) -> None:
        self._clean = typed

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self.form)
        else:
            self.failed.emit(error)

    def start_new(self) -> None:
        """Empty the form for one more."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self._show_form(None)
        self.first_field().setFocus()

    def _on_row(self, at: int) -> None:
        if self._keeping:
            return
        self._show_form(self._ids[at] if 0 <= at < len(self._ids) else None)

    def _show_form(self, row_id: int | None) -> None:
        self.current_id = row_id
        self._desk.notifier.clear_fields(self.form)
        self.record.rest()
        if self.setup is not None:
            self.fill(self.setup, row_id)
            if row_id is not None:
                self.record.open(self.saving(self.setup, row_id))
        self._clean = self._typed()
        chosen = row_id is not None and not self._desk.read_only
        for button in (self.up_button, self.down_button, self.remove_button):
            button.setEnabled(chosen)
        self.save_button.setEnabled(not self._desk.read_only)
        self.new_button.setEnabled(not self._desk.read_only)

    def remove_read(self, saving: Saving[Any]) -> None:
        """Take the chosen row out, unless somebody else changed it since it was read: then it is asked."""
        if not self._desk.read_only:
            self._desk.notifier.clear_fields(self.form)
            removing = replace(
                saving,
                on_error=while_open(self, self.failed.emit),
                given=lambda form: {"version": form.version},
                deed=_("(removed)"),
            )
            do_beside_others(self._desk, removing)

    def perform(self, act: Callable[..., Any], **kwargs: Any) -> None:
        """Do one act; a refusal stands above the page."""
        if not self._desk.read_only:
            self._desk.notifier.clear_fields(self.form)
            on_error = while_open(self, self.failed.emit)
            self._desk.perform(act, on_error=on_error, actor=self._desk.actor, **kwargs)
