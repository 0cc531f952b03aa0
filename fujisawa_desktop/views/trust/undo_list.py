"""取り消せる操作の一覧: the acts in force, newest first; choosing one goes back to before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.undo_list import UndoRow, undo_list, undo_through
from fujisawa_desktop.views.column_widths import fit_columns
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    open_roomy,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_ACT: Final = 2
_WIDEST: Final = 440
"""Pixels of a reason or a name; longer ones are shortened and told whole in their tool tip."""


class UndoListDialog(QDialog):
    """Lists what can be taken back and takes it back, all down to the chosen act or nothing.

    Attributes:
        rows: the acts, newest first; the last may be one that cannot be taken back.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[UndoRow, ...] = ()
        self.setWindowTitle(_("Acts that can be taken back"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_roomy(self, 1100, 620, grows=True)
        self.notice = NoticeBar()
        self.model = TextTableModel(self)
        self.table = DataTable(_("Acts, newest first"))
        self.table.setModel(self.model)
        self.table.empty.say(
            _("There is nothing to take back"),
            _("Every act stands here until it is taken back, also after the program was closed."),
        )
        self.told = RunningText("")
        self.undo_button = PrimaryButton(_("Take back"), self.undo)
        self.close_button = SecondaryButton(_("Close"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "Choose an act: it and everything done after it is taken back, in one go. "
                    "Redo brings the acts back."
                )
            )
        )
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addLayout(row(None, self.close_button, self.undo_button))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())
        self._enable()
        self.reload()

    def reload(self) -> None:
        """Read the acts again."""
        self._desk.query(undo_list, self._show, owner=self, latest="trust.undo-list")

    def chosen(self) -> int:
        """Return how many acts would be taken back."""
        at = self.table.currentIndex().row()
        return at + 1 if 0 <= at < len(self.rows) else 0

    def undo(self) -> None:
        """Take back everything down to the chosen act."""
        count = self.chosen()
        if not count or not self.undo_button.isEnabled():
            return
        self._desk.perform(
            undo_through,
            on_done=self._undone,
            on_error=self._refused,
            busy=_("Taking back"),
            seq=self.rows[count - 1].seq,
            actor=self._desk.actor,
        )

    def _show(self, rows: tuple[UndoRow, ...]) -> None:
        self.rows = rows
        headings = (_("When"), _("Who"), _("Act"), _("Cannot be taken back because"))
        lines = [
            (
                format_datetime(one.at),
                one.actor,
                texts.label(one.label.code, one.label.params),
                texts.term("undo-reason", one.barred) if one.barred else "",
            )
            for one in rows
        ]
        self.model.show_rows(headings, lines)
        self._fit(headings, lines)
        if rows:
            self.table.select_row(0)
            self.table.setFocus()
        self._enable()

    def _fit(self, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        """Let the reason, in the last row, be read whole; the names of the acts take the rest."""
        fit_columns(self.table, headings, lines[::-1], widest=_WIDEST)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_ACT, QHeaderView.ResizeMode.Stretch)

    def _enable(self) -> None:
        count = self.chosen()
        barred = any(one.barred for one in self.rows[:count])
        self.undo_button.setEnabled(bool(count) and not barred and not self._desk.read_only)
        told = ""
        if barred:
            told = _("What cannot be taken back also keeps everything before it; correct it instead.")
        elif count:
            text = ngettext("{count} act will be taken back.", "{count} acts will be taken back.", count)
            told = text.format(count=f"{count:,}")
            others = dict.fromkeys(one.actor for one in self.rows[:count] if one.actor != self._desk.actor)
            if others:
                whose = _("Among them are acts of {names}; tell them before you take these back.")
                told = f"{told} {whose.format(names='、'.join(others))}"
        self.told.set_text(told)

    def _undone(self, _change: ChangeSet) -> None:
        self.notice.show_message(_("Taken back. Redo brings the acts back one by one."), "good")
        self.reload()

    def _refused(self, error: Exception) -> None:
        text = _("Nothing was taken back.")
        self.notice.show_message(f"{text} {texts.message(error)}", "wrong")
