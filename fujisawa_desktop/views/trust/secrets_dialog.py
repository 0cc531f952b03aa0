"""Passphrase and encryption of the open file, and when the window locks itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.passphrase_form import NewPassphraseForm
from fujisawa_desktop.views.widgets import (
    FormField,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    plain,
    row,
)

MOST_MINUTES: Final = 480


@dataclass(frozen=True, slots=True)
class SecretState:
    """How the open file is protected.

    Attributes:
        file: its name; empty for a database on a server.
        key_number: of the key; empty for a file without encryption.
        may_change: this window may write to it.
        minutes: idle time after which the window locks itself; 0 for never.
    """

    file: str
    key_number: str
    may_change: bool
    minutes: int


class SecretsDialog(QDialog):
    """Says how the file is protected and offers what can be done about it.

    Signals:
        wanted(str): ``passphrase``, ``new-key``, ``encrypt``, ``decrypt`` or ``copies``.
        minutes_set(int): lock after so many idle minutes; 0 never.
    """

    wanted = Signal(str)
    minutes_set = Signal(int)

    def __init__(self, state: SecretState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Passphrase and encryption"))
        self.setMinimumWidth(600)
        self.buttons: dict[str, SecondaryButton] = {}
        self.minutes = NumberEdit("minutes")
        self.lock_box = QCheckBox(_("Lock the window when nobody uses it"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self._protection(state))
        column.addWidget(self._lock(state))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.finished.connect(lambda _result: self._keep(state))

    def _protection(self, state: SecretState) -> Panel:
        panel = Panel(plain(state.file) if state.file else _("Database on a server"))
        if not state.file:
            panel.body.addWidget(
                RunningText(_("A database on a server is protected on the server, not here."), "neutral")
            )
            return panel
        if state.key_number:
            said = _(
                "This file is encrypted. It opens with its passphrase, or with the recovery key number "
                "{number}. Its backups are encrypted with the same key."
            ).format(number=state.key_number)
            offers = {
                "passphrase": _("Change the passphrase…"),
                "new-key": _("New key and new recovery paper…"),
                "copies": _("Copies that need no key…"),
                "decrypt": _("Remove the encryption…"),
            }
        else:
            said = _(
                "This file is not encrypted: whoever gets at the disk or at a backup can read everything in "
                "it."
            )
            offers = {"encrypt": _("Encrypt this file…")}
        panel.body.addWidget(RunningText(said, "good" if state.key_number else "caution"))
        for name, text in offers.items():
            button = SecondaryButton(text, partial(self._want, name))
            button.setEnabled(state.may_change)
            self.buttons[name] = button
            panel.body.addLayout(row(button, None))
        if not state.may_change:
            panel.body.addWidget(
                RunningText(
                    _("The file is open for reading only, so nothing of this can be changed."), "neutral"
                )
            )
        return panel

    def _lock(self, state: SecretState) -> Panel:
        panel = Panel(_("Locking the window"))
        self.lock_box.setChecked(state.minutes > 0)
        self.minutes.set_value(state.minutes or 10)
        self.minutes.setEnabled(state.minutes > 0)
        self.lock_box.toggled.connect(self.minutes.setEnabled)
        panel.body.addWidget(self.lock_box)
        panel.body.addWidget(FormField("minutes", _("Idle time"), self.minutes, unit=_("minutes")))
        panel.body.addWidget(
            RunningText(
                _(
                    "A locked window shows nothing of the file, and what was copied from it is taken off the "
                    "clipboard. What you typed is still there afterwards. An encrypted file asks for its "
                    "passphrase; without encryption anybody at this computer can go on, so lock Windows too "
                    "(Windows key + L)."
                ),
                "neutral",
            )
        )
        return panel

    def _want(self, what: str) -> None:
        self.accept()
        self.wanted.emit(what)

    def _keep(self, state: SecretState) -> None:
        minutes = self.chosen_minutes(state.minutes)
        if minutes != state.minutes:
            self.minutes_set.emit(minutes)

    def chosen_minutes(self, before: int) -> int:
        """Return what was chosen; what cannot be read leaves it as it was."""
        if not self.lock_box.isChecked():
            return 0
        try:
            minutes = self.minutes.value()
        except ValidationError:
            return before
        return min(max(minutes or 1, 1), MOST_MINUTES)


class NewPassphraseDialog(QDialog):
    """Another passphrase for an open file.

    Signals:
        chosen(str): the passphrase.
    """

    chosen = Signal(str)

    def __init__(self, lead: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("New passphrase"))
        self.setMinimumWidth(520)
        self.form = NewPassphraseForm()
        self.form.finished.connect(self.take)
        self.save_button = PrimaryButton(_("Set the passphrase"), self.take)
        self.save_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("New passphrase"), "heading"))
        column.addWidget(RunningText(lead, "neutral"))
        column.addWidget(self.form)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.save_button))
        self.form.first.setFocus()

    def take(self) -> None:
        """Take it if it can be used."""
        passphrase = self.form.passphrase()
        if passphrase is not None:
            self.form.clear()
            self.accept()
            self.chosen.emit(passphrase)


class PlainCopiesDialog(QDialog):
    """Lists the copies anybody can read and offers to erase them.

    Signals:
        erase_wanted(): all of them.
    """

    erase_wanted = Signal()

    def __init__(self, names: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Copies that need no key"))
        self.setMinimumWidth(640)
        count = len(names)
        said = (
            ngettext(
                "{count} copy of this file can still be read by anybody. Erased copies cannot be brought "
                "back; on a flash disk (SSD, USB stick) traces may stay all the same.",
                "{count} copies of this file can still be read by anybody. Erased copies cannot be brought "
                "back; on a flash disk (SSD, USB stick) traces may stay all the same.",
                count,
            ).format(count=count)
            if count
            else _("Beside this file and in its folder of backups, no copy can be read without the key.")
        )
        self.list = QListWidget()
        self.list.addItems(names)
        self.list.setAccessibleName(_("Copies that need no key"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # what tells them apart stands at the end
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.erase_button = PrimaryButton(_("Erase all of them"), self._erase)
        self.list.setVisible(bool(count))
        self.erase_button.setVisible(bool(count))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(RunningText(said, "caution" if count else "good"))
        column.addWidget(self.list)
        column.addWidget(
            RunningText(
                _("Copies you put elsewhere (USB sticks, shared folders, mails) are not known here."),
                "neutral",
            )
        )
        column.addLayout(
            row(
                None,
                SecondaryButton(_("Leave them") if count else _("Close"), self.reject),
                self.erase_button,
            )
        )

    def _erase(self) -> None:
        self.accept()
        self.erase_wanted.emit()
