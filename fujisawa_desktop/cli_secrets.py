"""The key of an encrypted file on the command line: from a file that holds the passphrase, or asked for."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.passphrases import require_usable
from fujisawa_desktop.services.later import later

if TYPE_CHECKING:
    from fujisawa_desktop.services.unlocking import FileKey, is_encrypted, unlock
else:
    is_encrypted, unlock = (later("unlocking", name) for name in ("is_encrypted", "unlock"))


def key_for(arguments: argparse.Namespace, place: str | Path) -> FileKey | None:
    """Return the key of a file; None for one without encryption and for a database on a server.

    Raises:
        StorageError: ``storage.encrypted``; there is no passphrase and nobody to be asked for one.
        ValidationError: the passphrase or recovery key is not of this file.
    """
    path = Path(place)
    if "://" in str(place) or not is_encrypted(path):
        return None
    text = _passphrase_from(arguments)
    if text is None:
        if not sys.stdin.isatty():
            raise StorageError("storage.encrypted", file=str(path))
        text = getpass.getpass(_("Passphrase or recovery key of {file}: ").format(file=path.name))
    return unlock(path, text)


def new_passphrase(arguments: argparse.Namespace) -> str | None:
    """Return the passphrase a new file is to have; None for a file without encryption.

    Raises:
        ValidationError: it is too short.
        StorageError: ``passphrase.file-unreadable``.
    """
    text = _passphrase_from(arguments)
    if text is not None:
        require_usable(text, text)
    return text


def _passphrase_from(arguments: argparse.Namespace) -> str | None:
    file: Path | None = arguments.passphrase_file
    if file is None:
        return None
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError("passphrase.file-unreadable", file=str(file)) from error
    if not lines or not lines[0]:
        raise StorageError("passphrase.file-unreadable", file=str(file))
    return lines[0]
