"""The key of an encrypted file on the command line: from a file that holds the passphrase, or asked for."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fujisawa_desktop.errors import AppError, StorageError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.passphrases import require_usable
from fujisawa_desktop.services.later import later

if TYPE_CHECKING:
    from fujisawa_desktop.services.recovery_papers import recovery_paper
    from fujisawa_desktop.services.table_files import save_file
    from fujisawa_desktop.services.unlocking import (
        FileKey,
        is_encrypted,
        is_recovery_key,
        recovery_rows,
        unlock,
        unlock_copy,
    )
else:
    is_encrypted, is_recovery_key, recovery_rows, unlock, unlock_copy = (
        later("unlocking", name)
        for name in ("is_encrypted", "is_recovery_key", "recovery_rows", "unlock", "unlock_copy")
    )
    recovery_paper = later("recovery_papers", "recovery_paper")
    save_file = later("table_files", "save_file")


def key_for(arguments: argparse.Namespace, place: str | Path) -> FileKey | None:
    """Return the key of a file; None for one without encryption and for a database on a server.

    Raises:
        StorageError: ``storage.encrypted``; there is no passphrase and nobody to be asked for one.
        ValidationError: the passphrase or recovery key is not of this file.
    """
    text = _asked(arguments, place)
    return unlock(Path(place), text) if text is not None else None


def key_for_copy(arguments: argparse.Namespace, copy: Path) -> tuple[FileKey | None, bool]:
    """Return the key of a copy, None for one without encryption, and whether a passphrase gave it.

    Raises:
        StorageError, ValidationError: as :func:`key_for`.
    """
    text = _asked(arguments, copy)
    if text is None:
        return None, False
    return unlock_copy(copy, text), not is_recovery_key(text)


def keys_at_hand(arguments: argparse.Namespace, file: Path) -> list[FileKey]:
    """Return the key of a file if the passphrase that was named happens to open it too."""
    text = _passphrase_from(arguments.passphrase_file)
    if text is None or not is_encrypted(file):
        return []
    try:
        return [unlock(file, text)]
    except AppError:
        return []


def new_passphrase(arguments: argparse.Namespace) -> str | None:
    """Return the passphrase a new file is to have; None for a file without encryption.

    Raises:
        ValidationError: it is too short.
        StorageError: ``passphrase.file-unreadable``.
    """
    return passphrase_of(arguments.passphrase_file)


def passphrase_of(file: Path | None) -> str | None:
    """Return a passphrase for a file that is to be made, from a file that holds it.

    Raises:
        ValidationError: it is too short.
        StorageError: ``passphrase.file-unreadable``.
    """
    text = _passphrase_from(file)
    if text is not None:
        require_usable(text, text)
    return text


def hand_out_key(key: FileKey, file: str, paper: Path | None, *, tell: Callable[[str], None]) -> None:
    """Put the recovery key of a file on paper; without ``paper`` it is told, once.

    Raises:
        StorageError: the paper cannot be written.
    """
    if paper is not None:
        save_file(paper, recovery_paper(key, file=file, made_on=date.today()))
        tell(_("Written: {file}").format(file=paper))
        return
    tell(_("Recovery key of this file. Write it down and keep it away from this computer:"))
    for row in recovery_rows(key):
        tell(f"    {row}")


def _asked(arguments: argparse.Namespace, place: str | Path) -> str | None:
    """Return what opens a file; None where nothing has to."""
    path = Path(place)
    if "://" in str(place) or not is_encrypted(path):
        return None
    text = _passphrase_from(arguments.passphrase_file)
    if text is None:
        if not sys.stdin.isatty():
            raise StorageError("storage.encrypted", file=str(path))
        text = getpass.getpass(_("Passphrase or recovery key of {file}: ").format(file=path.name))
    return text


def _passphrase_from(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError("passphrase.file-unreadable", file=str(file)) from error
    if not lines or not lines[0]:
        raise StorageError("passphrase.file-unreadable", file=str(file))
    return lines[0]
