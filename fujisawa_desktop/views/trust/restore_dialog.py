"""Returning to a copy: which there are, what each holds, whether it is whole, and what would be lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime, ngettext
from fujisawa_desktop.services.later import later
from fujisawa_desktop.services.restoring import (
    ACTS,
    APPOINTMENTS,
    COURSES,
    PEOPLE,
    BackupCopy,
    CopyState,
    Loss,
    chosen_copy,
    copies_of,
    examine,
    loss_of,
)
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    ElidedLabel,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from fujisawa_desktop.services.databases import Restored, restore_backup
else:
    restore_backup = later("databases", "restore_backup")

_FIGURES: Final = (3, 4, 5, 6, 7)


class RestoreDialog(QDialog):
    """The copies of one file; works without any file open, and when the file itself cannot be read.

    Attributes:
        file: whose copies are shown.
        copies: what the list shows.
    """

    def __init__(self, window: MainWindow, file: Path) -> None:
        super().__init__(window)
        self._window = window
        self.file = file
        self.copies: list[BackupCopy] = []
        self.loss: Loss | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Return to a backup"))
        self.resize(1160, 700)
        self.notice = NoticeBar()
        self.name = ElidedLabel("", "bold")
        self.model, self.lost_model = TextTableModel(self), TextTableModel(self)
        self.table = _table(_("Copies of the file"), self.model)
        self.lost = _table(_("Acts that would be lost"), self.lost_model)
        self.told = RunningText("")
        self.other_file = SecondaryButton(_("Another file…"), self.choose_file)
        self.other_copy = SecondaryButton(_("A copy from elsewhere…"), self.choose_copy)
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        self.ok = PrimaryButton(_("Return to this copy"), self.restore)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._ask_loss())
        self.reload()

    def reload(self) -> None:
        """List the copies, then read each as a whole, one after the other."""
        self.name.set_whole(str(self.file))
        self._show([])
        file = self.file
        self._window.tasks.run_read(lambda: list(copies_of(file)), self._listed, self._failed, owner=self)

    def choose_file(self) -> None:
        """Show the copies of another file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Open a file"), str(self.file.parent), _("Internship files (*.fjdb)")
        )
        if chosen:
            self.file = Path(chosen)
            self.reload()

    def choose_copy(self) -> None:
        """Put a copy that lies anywhere else at the top of the list."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("A copy from elsewhere"), str(self.file.parent), _("Internship files (*.fjdb)")
        )
        if chosen:
            path = Path(chosen)
            self._window.tasks.run_read(
                lambda: chosen_copy(path), self._chosen_elsewhere, self._failed, owner=self
            )

    def restore(self) -> None:
        """Bring the file back to the chosen copy; what it holds now is kept."""
        copy = self.chosen()
        if copy is None or not copy.is_usable or not self._window.may_leave():
            return
        desk = self._window.desk
        key = desk.database.key if desk is not None else None
        actor = desk.actor if desk is not None else None
        self.ok.setEnabled(False)
        self.cancel.setEnabled(False)
        self._window.tasks.run_long(
            _("Returning to the copy"),
            lambda _progress: restore_backup(self.file, source=copy.path, key=key, actor=actor),
            self._restored,
            self._refused,
            writes=True,
            owner=self,
        )

    def chosen(self) -> BackupCopy | None:
        """Return the copy the list stands on."""
        at = self.table.currentIndex().row()
        return self.copies[at] if 0 <= at < len(self.copies) else None

    def _listed(self, copies: list[BackupCopy]) -> None:
        self._show(copies)
        self._examine_next()

    def _chosen_elsewhere(self, copy: BackupCopy) -> None:
        self._show([copy, *(one for one in self.copies if one.path != copy.path)])
        self._examine_next()

    def _examine_next(self) -> None:
        """Read the next copy nobody has read yet, while the list can be used already."""
        waiting = next((one for one in self.copies if one.state is CopyState.UNREAD), None)
        if waiting is not None:
            desk = self._window.desk
            key = desk.database.key if desk is not None else None
            self._window.tasks.run_read(
                partial(examine, waiting, key=key), self._examined, self._failed, owner=self, aside=True
            )

    def _examined(self, found: BackupCopy) -> None:
        at = next((at for at, one in enumerate(self.copies) if one.path == found.path), None)
        if at is not None:
            self.copies[at] = found
            self._paint(keep=True)
        self._examine_next()

    def _show(self, copies: list[BackupCopy]) -> None:
        self.copies = copies
        self._paint(keep=False)
        if copies:
            self.table.select_row(0)
            self.table.setFocus()
        self._ask_loss()

    def _paint(self, *, keep: bool) -> None:
        at = self.table.currentIndex().row()
        self.model.show_rows(_headings(), [_cells(one) for one in self.copies], figures=_FIGURES)
        self.table.resizeColumnsToContents()
        if keep and at >= 0:
            self.table.select_row(at)
        self._enable()

    def _ask_loss(self) -> None:
        """Ask what returning to the chosen copy would take away."""
        copy = self.chosen()
        self.loss = None
        self.lost_model.show_rows(_lost_headings(), [])
        self.told.set_text("")
        self._enable()
        if copy is None:
            return
        desk = self._window.desk
        key = desk.database.key if desk is not None else None
        file = self.file
        self._window.tasks.run_read(
            lambda: loss_of(file, copy.path, key=key),
            self._show_loss,
            lambda _error: None,  # what cannot be read says so in its line of the list
            owner=self,
            latest="restore-loss",
        )

    def _show_loss(self, loss: Loss) -> None:
        self.loss = loss
        self.told.set_text(_loss_text(loss))
        known = loss.acts is not None and not loss.is_other_file
        self.lost.setVisible(known)
        if known:
            self.lost.empty.say(_("Nothing would be lost"), _("The copy holds every act of the file."))
        self.lost_model.show_rows(
            _lost_headings(),
            [(format_datetime(one.at), one.actor, texts.label(one.label, one.params)) for one in loss.shown],
        )
        self.lost.resizeColumnsToContents()
        self._enable()

    def _enable(self) -> None:
        copy = self.chosen()
        read_only = self._window.desk is not None and self._window.desk.read_only
        self.ok.setEnabled(copy is not None and copy.is_usable and not read_only)

    def _restored(self, done: Restored) -> None:
        window, file = self._window, self.file
        self.accept()
        window.reopen_wanted.emit(file)
        text = (
            _("The file is at the state of the copy again.")
            if done.kept is None
            else _(
                "The file is at the state of the copy again. What it held before is kept as {file}; "
                "return to that copy to take this back."
            ).format(file=done.kept.name)
        )
        window.notifier.say(text, "good" if done.kept is None else "caution")

    def _refused(self, error: Exception) -> None:
        self.cancel.setEnabled(True)
        self._enable()
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    def _lay_out(self) -> None:
        self.table.empty.say(
            _("There is no copy of this file"),
            _("Choose another file, or a copy that lies elsewhere, for example on a stick."),
        )
        self.other_file.setVisible(self._window.desk is None)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        line = row(TextLabel(_("File"), "secondary"), self.name, self.other_file)
        line.setStretch(1, 1)
        column.addLayout(line)
        column.addWidget(self.notice)
        column.addWidget(self.table, 3)
        column.addWidget(self.told)
        column.addWidget(self.lost, 2)
        column.addWidget(
            RunningText(
                _("What the file holds now is kept as a copy first, so you can come back to it."), "neutral"
            )
        )
        column.addLayout(row(self.other_copy, None, self.cancel, self.ok))


def _table(name: str, model: TextTableModel) -> DataTable:
    table = DataTable(name)
    table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
    table.setModel(model)
    return table


def _headings() -> tuple[str, ...]:
    return (
        _("When"),
        _("Occasion"),
        _("Where it lies"),
        _("Size"),
        _("Persons"),
        _("Courses"),
        _("Appointments"),
        _("Acts"),
        _("State"),
    )


def _lost_headings() -> tuple[str, ...]:
    return (_("When"), _("Who"), _("What"))


def _cells(one: BackupCopy) -> tuple[str, ...]:
    counts = one.counts or {}
    figures = (
        f"{counts[name]:,}" if name in counts else "–" for name in (PEOPLE, COURSES, APPOINTMENTS, ACTS)
    )
    state = texts.term("backup-state", one.state)
    return (
        format_datetime(one.made_at),
        texts.term("backup-reason", one.reason) if one.reason is not None else one.path.stem,
        texts.term("backup-place", one.place),
        _("{size} MB").format(size=f"{one.size / 1_000_000:.1f}"),
        *figures,
        state,
    )


def _loss_text(loss: Loss) -> str:
    if loss.acts is None:
        return _("The file itself cannot be read, so what would be lost is not known. It is kept as it is.")
    if loss.is_other_file:
        return _("This is a copy of another file that had the same name. Nothing of both is the same.")
    if not loss.acts:
        return _("The copy holds every act of the file: nothing would be lost.")
    text = ngettext(
        "{count} act was done since and would be lost:",
        "{count} acts were done since and would be lost:",
        loss.acts,
    )
    return text.format(count=loss.acts)
