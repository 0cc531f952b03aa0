"""Encryption at rest as a clerk handles it: unlocked, given another passphrase, encrypted, made plain.

The printed recovery key is the key of the file itself, so it opens the file and every backup made
under it without any other file.  A passphrase opens the slots beside a file, or those in the sidecar
of a backup.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fujisawa_desktop.errors import StorageError, ValidationError
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.key_slots import (
    drop_slots,
    keys_in,
    slot_for,
    slots_from,
    slots_of,
    slots_through,
)
from fujisawa_desktop.models.recrypt import erase, recrypt
from fujisawa_desktop.models.sqlite_driver import FileKey, has_plain_header
from fujisawa_desktop.models.sqlite_files import fits, inspect_file, make_folder
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.passphrases import usual_form
from fujisawa_desktop.rules.recovery_key import read, written
from fujisawa_desktop.services.databases import create_database

__all__ = [
    "FileKey",
    "PlainCopy",
    "change_key",
    "create_encrypted",
    "drop_slots",
    "encrypt_file",
    "erase_copies",
    "has_passphrase",
    "is_encrypted",
    "is_recovery_key",
    "key_name",
    "make_plain",
    "new_key",
    "plain_copies",
    "prepare_slots",
    "recovery_rows",
    "set_passphrase",
    "unlock",
    "unlock_copy",
    "unlock_with_passphrase",
    "unlock_with_recovery_key",
]


@dataclass(frozen=True, slots=True)
class PlainCopy:
    """A copy of a file that anybody can read."""

    path: Path
    size: int


def is_encrypted(path: Path) -> bool:
    """Return whether a file can be opened only with a key; what is missing or unreadable is not."""
    return key_slots.needs_key(path)


def has_passphrase(path: Path) -> bool:
    """Return whether the slots of a file are there; without them only the recovery key opens it."""
    return slots_of(path) is not None


def new_key() -> FileKey:
    """Return a key nobody has seen."""
    return key_slots.new_key()


def key_name(key: FileKey) -> str:
    """Return the eight signs by which a paper says of which key it is."""
    return key_slots.key_id(key)


def recovery_rows(key: FileKey) -> tuple[str, ...]:
    """Return a key as it is printed."""
    return written(key.raw)


def unlock_with_passphrase(path: Path, passphrase: str) -> FileKey:
    """Return the key of a file; takes about half a second, so guessing is slow.

    Raises:
        ValidationError: ``passphrase.wrong``.
        StorageError: ``storage.no-slots``, or the file itself cannot be read.
    """
    slots = slots_of(path)
    if slots is None:
        raise StorageError("storage.no-slots", file=path.name)
    found = keys_in(slots, usual_form(passphrase))
    if not found:
        raise ValidationError("passphrase.wrong", field="passphrase")
    for key in found:
        if fits(path, key):
            return key
    inspect_file(path, key=found[0])  # says what is wrong with the file
    return found[0]


def unlock_with_recovery_key(path: Path, text: str) -> FileKey:
    """Return the key of a file from what stands on its recovery paper; no other file is needed.

    Raises:
        ValidationError: what was typed is no recovery key, or ``recovery.other-file``.
        StorageError: the file itself cannot be read.
    """
    key = FileKey(read(text))
    try:
        inspect_file(path, key=key)
    except StorageError as error:
        if error.code != "storage.wrong-key":
            raise
        raise ValidationError("recovery.other-file", field="recovery", key=key_name(key)) from error
    return key


def unlock(path: Path, text: str) -> FileKey:
    """Return the key of a file from a passphrase, or from a whole recovery key.

    Raises:
        ValidationError, StorageError: as the two ways of unlocking.
    """
    if is_recovery_key(text):
        return unlock_with_recovery_key(path, text)
    return unlock_with_passphrase(path, text)


def is_recovery_key(text: str) -> bool:
    """Return whether a text is a whole recovery key, of whatever file."""
    try:
        read(text)
    except ValidationError:
        return False
    return True


def unlock_copy(copy: Path, text: str) -> FileKey:
    """Return the key of a copy from the passphrase of its day, or from a whole recovery key.

    Raises:
        ValidationError: ``restore.wrong-passphrase``, or as :func:`unlock_with_recovery_key`.
        StorageError: ``restore.no-slots``, or the copy itself cannot be read.
    """
    try:
        return unlock(copy, text)
    except ValidationError as error:
        if error.code != "passphrase.wrong":
            raise
        raise ValidationError("restore.wrong-passphrase", field="passphrase", file=copy.name) from error
    except StorageError as error:
        if error.code != "storage.no-slots":
            raise
        raise StorageError("restore.no-slots", file=copy.name) from error


def create_encrypted(
    path: Path, *, programme: Path | str, key: FileKey, passphrase: str, actor: str | None = None
) -> None:
    """Make a new encrypted file that holds a programme, whole or not at all.

    Raises:
        StorageError, NotFoundError, InputFileError: as :func:`databases.create_database`.
    """
    if path.exists():
        raise StorageError("storage.exists", file=str(path))
    make_folder(path.parent)
    prepare_slots(path, key, passphrase)
    try:
        create_database(path, programme=programme, actor=actor, key=key)
    except Exception:
        drop_slots(path)
        raise


def set_passphrase(path: Path, key: FileKey, passphrase: str) -> None:
    """Give a file another passphrase; the file itself and its recovery paper stay as they are.

    Raises:
        StorageError: the key does not open the file, or the slots cannot be written.
    """
    inspect_file(path, key=key)
    key_slots.write_slots(path, slots_from([slot_for(key, usual_form(passphrase))]))


def prepare_slots(path: Path, key: FileKey, passphrase: str) -> None:
    """Write the slots of a file that is about to be made, so that it is never there without them."""
    key_slots.write_slots(path, slots_from([slot_for(key, usual_form(passphrase))]))


def encrypt_file(path: Path, key: FileKey, passphrase: str) -> None:
    """Encrypt a plain file, whole or not at all; nobody may have it open.

    Raises:
        ConflictError, StorageError: somebody writes to it, or it cannot be written.
    """
    inspect_file(path)
    with slots_through(path, slots_from([slot_for(key, usual_form(passphrase))])):
        recrypt(path, old=None, new=key)


def change_key(path: Path, key: FileKey, new: FileKey, passphrase: str) -> None:
    """Encrypt a file under a new key: the recovery paper before opens it no more.

    Raises:
        ConflictError, StorageError: as :func:`encrypt_file`.
    """
    inspect_file(path, key=key)
    # Both slots, while it lasts: a power cut must not leave a file that its passphrase does not open.
    with slots_through(path, slots_from([slot_for(new, usual_form(passphrase))])):
        recrypt(path, old=key, new=new)


def make_plain(path: Path, key: FileKey) -> None:
    """Take the encryption away; from then on whoever gets the file can read it.

    Raises:
        ConflictError, StorageError: as :func:`encrypt_file`.
    """
    inspect_file(path, key=key)
    with slots_through(path, None):
        recrypt(path, old=key, new=None)


def plain_copies(path: Path) -> list[PlainCopy]:
    """Return the copies of an encrypted file, beside it and among its backups, that need no key."""
    folder = backup_dir(path)
    near = [*path.parent.glob("*.fjdb"), *(folder.rglob("*.fjdb") if folder.is_dir() else ())]
    found = []
    for copy in sorted(near):
        with suppress(OSError):
            if copy != path and copy.stem.startswith(path.stem) and copy.is_file() and has_plain_header(copy):
                found.append(PlainCopy(copy, copy.stat().st_size))
    return found


def erase_copies(copies: Sequence[Path]) -> list[Path]:
    """Overwrite and delete plain copies with their sidecars; return those that could not be."""
    left = []
    for copy in copies:
        try:
            erase(copy)
            copy.with_name(copy.name + key_slots.SIDECAR_SUFFIX).unlink(missing_ok=True)
        except OSError:
            left.append(copy)
    return left
