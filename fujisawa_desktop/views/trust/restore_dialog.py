"""Returning to a copy: which there are, what each holds, whether it is whole, and what would be lost."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QVBoxLayout

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.later import later
from fujisawa_desktop.services.restoring import (
    BackupCopy,
    CopyState,
    Loss,
    chosen_copy,
    copies_of,
    examine,
    loss_of,
    was_encrypted,
)
from fujisawa_desktop.views.column_widths import fit_columns
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.restore_plain import ask_protection
from fujisawa_desktop.views.trust.restore_words import (
    FIGURES,
    cells,
    erased_text,
    headings,
    held_text,
    loss_text,
    lost_cells,
    lost_headings,
)
from fujisawa_desktop.views.trust.unlock_form import UnlockDialog
from fujisawa_desktop.views.widgets import (
    DataTable,
    ElidedLabel,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    open_roomy,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from fujisawa_desktop.services.returning import Protection, Restored, restore_backup
    from fujisawa_desktop.services.unlocking import FileKey
else:
    Protection, restore_backup = (later("returning", name) for name in ("Protection", "restore_backup"))


class RestoreDialog(QDialog):
    """The copies of one file; works without any file open, and when the file itself cannot be read.

    A copy is opened by the key of the open file, or by what is typed for it here.

    Attributes:
        file: whose copies are shown.
        copies: what the list shows.
        loss: what the chosen copy does not hold, once that is known.
        unlock: asks for the passphrase of the chosen copy.
        agree: says that people who were erased since may come back.
    """

    def __init__(self, window: MainWindow, file: Path) -> None:
        super().__init__(window)
        self._window = window
        self.file = file
        self.copies: list[BackupCopy] = []
        self.loss: Loss | None = None
        desk = window.desk
        held = desk.database.key if desk is not None else None
        self._own = held.copy() if held is not None else None
        self._keys: list[FileKey] = [self._own] if self._own is not None else []
        self._asked: list[tuple[FileKey, Path]] = []
        self._laid_aside = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Return to a backup"))
        open_roomy(self, 1160, 700, grows=True)
        self.notice = NoticeBar()
        self.name = ElidedLabel("", "bold")
        self.model, self.lost_model = TextTableModel(self), TextTableModel(self)
        self.table = _table(_("Copies of the file"), self.model)
        self.lost = _table(_("Acts that would be lost"), self.lost_model)
        self.held, self.told = RunningText("", "neutral"), RunningText("")
        self.erased = RunningText("", "caution")
        self.unlock = SecondaryButton(_("Enter its passphrase…"), self.ask_passphrase)
        self.agree = QCheckBox(_("I have read this. The people erased since then may come back."))
        self.agree.toggled.connect(lambda _on: self._enable())
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

    def ask_passphrase(self) -> None:
        """Ask for what opens the chosen copy; it opens all others under the same key, too."""
        copy = self.chosen()
        if copy is None:
            return
        dialog = UnlockDialog(
            copy.path,
            self._window.tasks,
            self,
            title=_("Open an encrypted copy"),
            lead=_(
                "The passphrase of the day on which the copy was made opens it, or the recovery key of that "
                "day. What opens the copy opens the file afterwards."
            ),
            is_copy=True,
        )
        dialog.unlocked.connect(partial(self._unlocked, copy.path))
        dialog.open()

    def restore(self) -> None:
        """Bring the file back to the chosen copy; what it holds now is kept."""
        copy = self.chosen()
        if copy is None or not self.ok.isEnabled():
            return
        if copy.encrypted or not was_encrypted(self.file):
            self._go(copy, None, copy.key)
            return
        ask_protection(self._window, self, self.file, self._own, partial(self._go_under, copy))

    def _go_under(self, copy: BackupCopy, key: FileKey | None, passphrase: str | None) -> None:
        self._go(copy, Protection(key, passphrase), key)

    def _go(self, copy: BackupCopy, under: Protection | None, after: FileKey | None) -> None:
        """Do it; a file that gets another key is closed first, since it is put in place anew."""
        window, desk = self._window, self._window.desk
        actor = desk.actor if desk is not None else None
        if desk is not None and desk.database.key != after:
            window.aside_wanted.emit()
            self._laid_aside = window.desk is None
            if not self._laid_aside:
                return
        elif not window.may_leave():
            return
        self.ok.setEnabled(False)
        self.cancel.setEnabled(False)
        keys = [*self._keys, *([after] if after is not None else [])]
        window.tasks.run_long(
            _("Returning to the copy"),
            lambda _progress: restore_backup(
                self.file,
                source=copy.path,
                key=copy.key,
                keys=keys,
                under=under,
                asked=self._asked_for(copy),
                actor=actor,
            ),
            self._restored,
            self._refused,
            writes=True,
            owner=self,
        )

    def _asked_for(self, copy: BackupCopy) -> Path | None:
        """Return of which copy the passphrase was typed that opens this one, too."""
        own = [path for key, path in self._asked if key == copy.key]
        return copy.path if copy.path in own else next(iter(own), None)

    def _unlocked(self, path: Path, key: FileKey, by_recovery: bool) -> None:  # noqa: FBT001 - a signal's value
        if not by_recovery:
            self._asked.append((key, path))
        self._keys.append(key)
        self.copies = [
            replace(one, state=CopyState.UNREAD) if one.state is CopyState.LOCKED else one
            for one in self.copies
        ]
        self._paint(keep=True)
        self._examine_next()

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
            self._window.tasks.run_read(
                partial(examine, waiting, keys=tuple(self._keys)),
                self._examined,
                self._failed,
                owner=self,
                aside=True,
            )

    def _examined(self, found: BackupCopy) -> None:
        at = next((at for at, one in enumerate(self.copies) if one.path == found.path), None)
        if at is not None:
            self.copies[at] = found
            self._paint(keep=True)
            if at == self.table.currentIndex().row():
                self._ask_loss()
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
        rows = [cells(one) for one in self.copies]
        self.model.show_rows(headings(), rows, figures=FIGURES)
        fit_columns(self.table, headings(), rows)
        if keep and at >= 0:
            self.table.select_row(at)
        self._enable()

    def _ask_loss(self) -> None:
        """Ask what returning to the chosen copy would take away."""
        copy = self.chosen()
        self.loss = None
        self._show_lost([])
        self.told.set_text("")
        self.agree.setChecked(False)
        self._enable()
        if copy is None or copy.state not in {CopyState.WHOLE, CopyState.READABLE}:
            return
        file, keys = self.file, tuple(self._keys)
        self._window.tasks.run_read(
            lambda: loss_of(file, copy.path, key=copy.key, keys=keys),
            self._show_loss,
            lambda _error: None,  # what cannot be read says so in its line of the list
            owner=self,
            latest="restore-loss",
        )

    def _show_loss(self, loss: Loss) -> None:
        self.loss = loss
        self.told.set_text(loss_text(loss))
        self.lost.empty.say(_("Nothing would be lost"), _("The copy holds every act of the file."))
        self._show_lost([lost_cells(one) for one in loss.shown])
        self._enable()

    def _show_lost(self, rows: list[tuple[str, ...]]) -> None:
        self.lost_model.show_rows(lost_headings(), rows)
        fit_columns(self.lost, lost_headings(), rows)

    def _enable(self) -> None:
        """Offer what can be done with the chosen copy as far as it is known."""
        copy, loss = self.chosen(), self.loss
        self.held.set_text(held_text(copy) if copy is not None else "")
        self.held.setVisible(bool(self.held.toPlainText()))
        self.unlock.setVisible(copy is not None and copy.state is CopyState.LOCKED)
        self.told.setVisible(bool(self.told.toPlainText()))
        self.lost.setVisible(loss is not None and loss.acts is not None and not loss.is_other_file)
        comes_back = loss is not None and bool(loss.erased)
        self.erased.set_text(erased_text(loss) if loss is not None and comes_back else "")
        self.erased.setVisible(comes_back)
        self.agree.setVisible(comes_back)
        read_only = self._window.desk is not None and self._window.desk.read_only
        known = copy is not None and copy.state in {CopyState.WHOLE, CopyState.READABLE} and loss is not None
        self.ok.setEnabled(known and not read_only and (not comes_back or self.agree.isChecked()))

    def _restored(self, done: Restored) -> None:
        window, file = self._window, self.file
        self.accept()
        window.reopen_wanted.emit(file, done.key.copy() if done.key is not None else None)
        text = (
            _("The file is at the state of the copy again.")
            if done.kept is None
            else _(
                "The file is at the state of the copy again. What it held before is kept as {file}; "
                "return to that copy to take this back."
            ).format(file=done.kept.name)
        )
        window.notifier.say(text, "good" if done.kept is None else "caution")
        if done.key is not None and not done.has_passphrase:
            window.notifier.say(
                _("Only the recovery key opens the file now. Set a new passphrase."),
                "caution",
                action=_("Passphrase and encryption…"),
                on_action=window.actions_table["tools.secrets"].trigger,
            )
        if done.loss.erased:
            window.notifier.say(
                _("People who were erased since the copy was made are in the file again. Erase them again."),
                "caution",
                action=_("Retention and erasure…"),
                on_action=window.actions_table["tools.retention"].trigger,
            )

    def _refused(self, error: Exception) -> None:
        if self._laid_aside:
            self._laid_aside = False
            own = self._own.copy() if self._own is not None else None
            self._window.reopen_wanted.emit(self.file, own)
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
        line = row(self.held, self.unlock)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.told)
        column.addWidget(self.lost, 2)
        column.addWidget(self.erased)
        column.addWidget(self.agree)
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
