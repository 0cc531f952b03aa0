"""Encryption and locking in the window: unlocking before a file opens, keys and passphrases after."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.trust.key_dialogs import Chosen, KeyDialog, NewFileDialog
from fujisawa_desktop.views.trust.lock import IdleLock
from fujisawa_desktop.views.trust.secrets_dialog import (
    NewPassphraseDialog,
    PlainCopiesDialog,
    SecretsDialog,
    SecretState,
)
from fujisawa_desktop.views.trust.unlock_form import UnlockDialog

if TYPE_CHECKING:
    from fujisawa_desktop.app import Program
    from fujisawa_desktop.models.sqlite_driver import FileKey
    from fujisawa_desktop.services.unlocking import (
        PlainCopy,
        change_key,
        encrypt_file,
        erase_copies,
        key_name,
        make_plain,
        plain_copies,
        set_passphrase,
    )
else:
    change_key, encrypt_file, erase_copies, key_name, make_plain, plain_copies, set_passphrase = (
        later("unlocking", name)
        for name in (
            "change_key",
            "encrypt_file",
            "erase_copies",
            "key_name",
            "make_plain",
            "plain_copies",
            "set_passphrase",
        )
    )


class SecretActs:
    """What the window does about passphrases, keys and its lock.

    Attributes:
        lock: locks the window when nobody uses it.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self.lock = IdleLock(program.window, program.tasks, program.memory)
        program.window.serve({"tools.secrets": self.show, "file.lock": self.lock.lock})

    # before a file is open

    def ask_for_new_file(self, path: Path) -> None:
        """Ask where a new file is to lie and whether it is encrypted, then make it."""
        program = self._program
        dialog = NewFileDialog(path, program.tasks, program.memory, program.window)
        dialog.chosen.connect(lambda chosen: program.create(chosen.path, chosen.key, chosen.passphrase))
        dialog.open()

    def unlock(self, path: Path) -> None:
        """Ask for the passphrase of a file and open it."""
        dialog = UnlockDialog(path, self._program.tasks, self._program.window)
        dialog.unlocked.connect(partial(self._open, path))
        dialog.open()

    def _open(self, path: Path, key: FileKey, by_recovery: object) -> None:
        self._program.open(path, key)
        if by_recovery:
            self._ask_passphrase(
                path,
                key,
                _(
                    "The file was opened with its recovery key. Set a new passphrase now; "
                    "the recovery paper stays as it is."
                ),
            )

    # while one is open

    def show(self) -> None:
        """Say how the file is protected and offer what can be done."""
        desk = self._program.desk
        if desk is None:
            return
        database = desk.database
        state = SecretState(
            file=database.path.name if database.path is not None else "",
            key_number=key_name(database.key) if database.key is not None else "",
            may_change=not database.read_only,
            minutes=self.lock.minutes,
        )
        dialog = SecretsDialog(state, self._program.window)
        dialog.wanted.connect(self._act)
        dialog.minutes_set.connect(self.lock.set_minutes)
        dialog.open()

    def _act(self, what: str) -> None:
        desk = self._program.desk
        if desk is None or desk.database.path is None:
            return
        path, key = desk.database.path, desk.database.key
        if what == "encrypt":
            self._choose_key(
                path,
                _("Encrypt this file"),
                _("The file is written anew under a key. Whoever opens it is then asked for the passphrase."),
                self._encrypt,
            )
        elif key is None:
            return
        elif what == "copies":
            self._ask_copies(path)
        else:
            self._unlock_first(path, what)

    def _unlock_first(self, path: Path, what: str) -> None:
        """Ask for passphrase or recovery key once more: somebody may have sat down at an open window."""
        dialog = UnlockDialog(
            path, self._program.tasks, self._program.window, title=_("Passphrase and encryption")
        )
        dialog.unlocked.connect(lambda key, _by_recovery: self._act_with(path, key, what))
        dialog.open()

    def _act_with(self, path: Path, key: FileKey, what: str) -> None:
        if what == "passphrase":
            lead = _(
                "The file and its recovery paper stay as they are; the passphrase before opens it no more."
            )
            self._ask_passphrase(path, key, lead)
        elif what == "new-key":
            self._choose_key(
                path,
                _("New key"),
                _(
                    "The file is written anew under another key, and the recovery paper before no longer "
                    "opens it. Backups made until now stay under the old key: keep the old paper as long as "
                    "you keep them."
                ),
                partial(self._change_key, key),
            )
        elif what == "decrypt":
            self._rewrite(
                _("Removing the encryption"),
                path,
                lambda: make_plain(path, key),
                None,
                _("{file} is no longer encrypted: whoever gets at it can read it.").format(file=path.name),
            )

    def _ask_passphrase(self, path: Path, key: FileKey, lead: str) -> None:
        dialog = NewPassphraseDialog(lead, self._program.window)
        dialog.chosen.connect(partial(self._set_passphrase, path, key))
        dialog.open()

    def _set_passphrase(self, path: Path, key: FileKey, passphrase: str) -> None:
        program = self._program
        program.tasks.run_write(
            lambda: set_passphrase(path, key, passphrase),
            lambda _nothing: program.notifier.say(_("The new passphrase is set.")),
            program.notifier.show,
            owner=program.window,
        )

    def _choose_key(self, path: Path, title: str, lead: str, then: Callable[[Chosen], object]) -> None:
        program = self._program
        dialog = KeyDialog(
            path, program.tasks, program.memory, program.window, title=title, lead=lead, last=title
        )
        dialog.chosen.connect(then)
        dialog.open()

    def _encrypt(self, chosen: Chosen) -> None:
        key, passphrase = chosen.key, chosen.passphrase
        if key is not None and passphrase is not None:
            self._rewrite(
                _("Encrypting the file"),
                chosen.path,
                lambda: encrypt_file(chosen.path, key, passphrase),
                key,
                _("{file} is encrypted now.").format(file=chosen.path.name),
                then=partial(self._ask_copies, chosen.path),
            )

    def _change_key(self, old: FileKey, chosen: Chosen) -> None:
        key, passphrase = chosen.key, chosen.passphrase
        if key is not None and passphrase is not None:
            self._rewrite(
                _("Writing the file anew"),
                chosen.path,
                lambda: change_key(chosen.path, old, key, passphrase),
                key,
                _("{file} has a new key now. The old recovery paper no longer opens it.").format(
                    file=chosen.path.name
                ),
            )

    def _rewrite(
        self,
        title: str,
        path: Path,
        work: Callable[[], object],
        key: FileKey | None,
        said: str,
        *,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Close the file, write it anew, and open it again, whatever came of it."""
        program = self._program
        held = program.desk.database.key if program.desk is not None else None
        before = held.copy() if held is not None else None
        if not program.lay_aside():
            return

        def done(_nothing: object) -> None:
            program.open(path, key)
            program.notifier.say(said)
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            program.open(path, before)
            program.notifier.show(error)

        program.tasks.run_long(
            title, lambda _progress: work(), done, failed, writes=True, owner=program.window
        )

    def _ask_copies(self, path: Path) -> None:
        program = self._program
        program.tasks.run_read(
            lambda: plain_copies(path),
            partial(self._show_copies, path),
            program.notifier.show,
            owner=program.window,
        )

    def _show_copies(self, path: Path, copies: list[PlainCopy]) -> None:
        names = [str(copy.path.relative_to(path.parent)) for copy in copies]
        dialog = PlainCopiesDialog(names, self._program.window)
        dialog.erase_wanted.connect(lambda: self._erase([copy.path for copy in copies]))
        dialog.open()

    def _erase(self, copies: list[Path]) -> None:
        program = self._program

        def done(left: list[Path]) -> None:
            if left:
                program.notifier.show(StorageError("storage.cannot-erase", files=[one.name for one in left]))
                return
            text = ngettext("{count} copy was erased.", "{count} copies were erased.", len(copies))
            program.notifier.say(text.format(count=len(copies)))

        program.tasks.run_write(
            lambda: erase_copies(copies), done, program.notifier.show, owner=program.window
        )
