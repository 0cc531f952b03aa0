"""Files under a key for tests: encrypted, moved to another computer, opened there."""

from __future__ import annotations

import shutil
from pathlib import Path

from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.backup_files import sidecar_path
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.databases import check_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.unlocking import encrypt_file, new_key, recovery_rows, unlock

PASSPHRASE = "川べりの 三毛猫と紙芝居"  # noqa: S105 - of files that live for a test
OTHER = "another four words"


def encrypted(path: Path, passphrase: str = PASSPHRASE) -> FileKey:
    """Encrypt a file; return its key."""
    key = new_key()
    encrypt_file(path, key, passphrase)
    return key


def paper(key: FileKey) -> str:
    """What a person types from the recovery paper of a key."""
    return " ".join(recovery_rows(key)).lower()


def on_another_computer(copy: Path, folder: Path) -> Path:
    """Take a copy and its page, and nothing else, to another place."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sidecar_path(copy), folder)
    return Path(shutil.copy(copy, folder))


def opens(path: Path, text: str) -> FileKey:
    """Open a file with what a person types, look whether it is whole, and return its key."""
    key = unlock(path, text)
    with opened(path, key=key) as database:
        current_programme_id(database)
        assert check_database(database).is_whole
    return key


def lose_slots(path: Path) -> None:
    """Take away what stands beside a file and leads to its key."""
    key_slots.slots_path(path).unlink()
