"""Opening an encrypted file: by its passphrase or by its recovery key, checked off the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    LinkButton,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
    tool_tip,
)

if TYPE_CHECKING:
    from fujisawa_desktop.services.unlocking import (
        FileKey,
        has_passphrase,
        unlock_copy,
        unlock_with_passphrase,
        unlock_with_recovery_key,
    )
else:
    has_passphrase, unlock_copy, unlock_with_passphrase, unlock_with_recovery_key = (
        later("unlocking", name)
        for name in ("has_passphrase", "unlock_copy", "unlock_with_passphrase", "unlock_with_recovery_key")
    )


class UnlockForm(QWidget):
    """One field, which asks for the passphrase or for the recovery key.

    Attributes:
        edit: the field.
        open_button: checks what was typed.
        other_button: goes from one way to the other.

    Signals:
        unlocked(FileKey, bool): the key of the file; whether the recovery key gave it.
    """

    unlocked = Signal(object, bool)

    def __init__(self, path: Path, tasks: Tasks, *, button: str = "", is_copy: bool = False) -> None:
        super().__init__()
        self._is_copy = is_copy
        self._path = path
        self._tasks = tasks
        self._button = button or _("Open")
        self.by_recovery = False
        self.edit = LineEdit()
        self.field = FormField("passphrase", _("Passphrase"), self.edit)
        self.hint = RunningText(
            _(
                "Enter the four rows of the paper one after the other. "
                "Capitals, blanks and hyphens do not matter."
            ),
            "neutral",
        )
        self.problem = RunningText("", "wrong")
        self.open_button = PrimaryButton(self._button, self.check)
        self.open_button.setDefault(True)
        self.other_button = LinkButton("", self.turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for widget in (self.field, self.hint, self.problem):
            column.addWidget(widget)
        column.addLayout(row(self.other_button, None))
        self.edit.returnPressed.connect(self.check)
        self._dress()
        tasks.run_read(lambda: has_passphrase(path), self._begin, lambda _error: None, owner=self)

    def turn(self) -> None:
        """Ask for the recovery key instead of the passphrase, or back."""
        self.by_recovery = not self.by_recovery
        self.edit.clear()
        self._dress()
        self.edit.setFocus()

    def check(self) -> None:
        """Check what was typed; nothing else waits for it."""
        commit_typing()
        text = self.edit.text()
        if not text or not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)
        self.edit.setEnabled(False)
        self.open_button.setText(_("Checking…"))
        self.problem.hide()
        by_passphrase = unlock_copy if self._is_copy else unlock_with_passphrase
        unlock = unlock_with_recovery_key if self.by_recovery else by_passphrase
        self._tasks.run_read(lambda: unlock(self._path, text), self._right, self._wrong, owner=self)

    def forget(self) -> None:
        """Empty the field and be ready for the next time."""
        self.edit.clear()
        self.field.clear_error()
        self.problem.hide()
        self._ready()

    def _begin(self, there: bool) -> None:  # noqa: FBT001 - the answer
        if not there and not self.by_recovery:
            self.turn()
            self.other_button.hide()
            self.hint.set_text(
                _(
                    "The page beside this copy (its name ends in .json) is missing, so no passphrase can "
                    "open it. Enter the recovery key: the four rows of the paper one after the other."
                )
                if self._is_copy
                else _(
                    "The file with the key slots (its name ends in .keys) is missing, so no passphrase can "
                    "open this file. Enter the recovery key: the four rows of the paper one after the other."
                )
            )

    def _right(self, key: FileKey) -> None:
        by_recovery = self.by_recovery
        self.forget()
        self.unlocked.emit(key, by_recovery)

    def _wrong(self, error: Exception) -> None:
        self._ready()
        if isinstance(error, ValidationError):
            self.field.set_error(texts.message(error))
        else:
            self.problem.set_text(texts.message(error))
            self.problem.show()
        self.edit.selectAll()
        self.edit.setFocus()

    def _ready(self) -> None:
        self.open_button.setText(self._button)
        self.open_button.setEnabled(True)
        self.edit.setEnabled(True)

    def _dress(self) -> None:
        recovery = self.by_recovery
        mode = QLineEdit.EchoMode
        self.edit.setEchoMode(mode.Normal if recovery else mode.Password)
        name = _("Recovery key") if recovery else _("Passphrase")
        self.field.label.setText(name)
        self.edit.setAccessibleName(name)
        self.field.clear_error()
        self.hint.setVisible(recovery)
        self.problem.hide()
        self.other_button.setText(
            _("Open with the passphrase") if recovery else _("Open with the recovery key")
        )


class UnlockDialog(QDialog):
    """Asks for the passphrase of a file that is to be opened, or of a copy that is to be looked into.

    Signals:
        unlocked(FileKey, bool): as of the form.
    """

    unlocked = Signal(object, bool)

    def __init__(
        self,
        path: Path,
        tasks: Tasks,
        parent: QWidget,
        *,
        title: str = "",
        lead: str = "",
        is_copy: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title or _("Open an encrypted file"))
        self.setMinimumWidth(520)
        self.form = UnlockForm(path, tasks, is_copy=is_copy)
        self.form.unlocked.connect(self._done)
        name = TextLabel(path.name, "heading")
        name.setToolTip(tool_tip(str(path)))
        name.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(name)
        if lead:
            column.addWidget(RunningText(lead, "neutral"))
        column.addWidget(self.form)
        column.addStretch(1)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.form.open_button))
        self.form.edit.setFocus()

    def _done(self, key: FileKey, by_recovery: bool) -> None:  # noqa: FBT001 - a signal's value
        self.accept()
        self.unlocked.emit(key, by_recovery)
