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
from fujisawa_desktop.models.key_slots import keys_in, looks_encrypted, slot_for, slots_from, slots_of
from fujisawa_desktop.models.recrypt import erase, recrypt
from fujisawa_desktop.models.sqlite_driver import FileKey, has_plain_header
from fujisawa_desktop.models.sqlite_files import inspect_file, make_folder
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
    "key_name",
    "make_plain",
    "new_key",
    "plain_copies",
    "prepare_slots",
    "recovery_rows",
    "set_passphrase",
    "unlock",
    "unlock_with_passphrase",
    "unlock_with_recovery_key",
]

_UNFIT = frozenset({"storage.wrong-key", "storage.damaged"})


@dataclass(frozen=True, slots=True)
class PlainCopy:
    """A copy of a file that anybody can read."""

    path: Path
    size: int


def is_encrypted(path: Path) -> bool:
    """Return whether a file can be opened only with a key; what is missing or unreadable is not."""
    try:
        return path.is_file() and (
            looks_encrypted(path) or (not has_plain_header(path) and slots_of(path) is not None)
        )
    except OSError:
        return False


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
        if _fits(path, key):
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
    try:
        read(text)
    except ValidationError:
        return unlock_with_passphrase(path, text)
    return unlock_with_recovery_key(path, text)


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


def drop_slots(path: Path) -> bool:
    """Throw the slots of a file away; returns whether they are gone.

    Beside a plain file nobody reads them, and the next encryption writes over them.
    """
    try:
        key_slots.slots_path(path).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def encrypt_file(path: Path, key: FileKey, passphrase: str) -> None:
    """Encrypt a plain file, whole or not at all; nobody may have it open.

    Raises:
        ConflictError, StorageError: somebody writes to it, or it cannot be written.
    """
    inspect_file(path)
    prepare_slots(path, key, passphrase)
    try:
        recrypt(path, old=None, new=key)
    except Exception:
        drop_slots(path)
        raise


def change_key(path: Path, key: FileKey, new: FileKey, passphrase: str) -> None:
    """Encrypt a file under a new key: the recovery paper before opens it no more.

    Raises:
        ConflictError, StorageError: as :func:`encrypt_file`.
    """
    inspect_file(path, key=key)
    before = slots_of(path)
    slot = slot_for(new, usual_form(passphrase))
    # Both, while it lasts: a power cut must not leave a file that its passphrase does not open.
    key_slots.write_slots(path, slots_from([*(before["slots"] if before is not None else ()), slot]))
    try:
        recrypt(path, old=key, new=new)
    except Exception:
        if before is None:
            drop_slots(path)
        else:
            key_slots.write_slots(path, before)
        raise
    # It is done; a slot of the old key that stays opens nothing any more.
    with suppress(StorageError, OSError):
        key_slots.write_slots(path, slots_from([slot]))


def make_plain(path: Path, key: FileKey) -> None:
    """Take the encryption away; from then on whoever gets the file can read it.

    Raises:
        ConflictError, StorageError: as :func:`encrypt_file`.
    """
    inspect_file(path, key=key)
    recrypt(path, old=key, new=None)
    drop_slots(path)


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


def _fits(path: Path, key: FileKey) -> bool:
    """Return whether a key opens a file; what else may be wrong with it is told when it is opened."""
    try:
        inspect_file(path, key=key)
    except StorageError as error:
        return error.code not in _UNFIT
    return True
