"""The key slots of an encrypted file: its key, wrapped under a passphrase, in a small file beside it.

The database is encrypted with a random key of 32 bytes.  Each slot holds that key wrapped (AES key
wrap, RFC 3394) under a key made from the passphrase (scrypt, RFC 7914), so a new passphrase rewrites
this file only.  While a file is being encrypted anew there are two slots, for the key before and the
key after: whichever opens the file is the right one, wherever the power failed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.sqlite_driver import KEY_BYTES, PLAIN_HEADER, FileKey, has_plain_header

SLOTS_SUFFIX: Final = ".keys"
SIDECAR_SUFFIX: Final = ".json"
_VERSION: Final = 1
_WORK: Final = 2**17
"""scrypt's N: with r = 8, 128 MiB and about half a second for each guess (OWASP's first choice)."""
_BLOCK: Final = 8
_SALT_BYTES: Final = 32
_MOST_WORK: Final = 2**20
_MOST_BYTES: Final = 1_000_000
"""A sidecar is a small file; nothing larger is read."""
_PAGE: Final = 4096
_RANDOM_BITS: Final = 7.5
"""Bits a byte in a page of random bytes (7.95 on average); a page of a plain database has below 6."""

Slots = dict[str, Any]


def slots_path(database: Path) -> Path:
    """Return the file that holds the key slots of a database file."""
    return database.with_name(database.name + SLOTS_SUFFIX)


def slots_of(database: Path) -> Slots | None:
    """Return the key slots of a file: beside it, or in the sidecar of a backup; None without any."""
    beside = _read(slots_path(database))
    if beside is not None and _usable(beside):
        return beside
    sidecar = _read(database.with_name(database.name + SIDECAR_SUFFIX))
    found = sidecar.get("keys") if sidecar is not None else None
    return found if isinstance(found, dict) and _usable(found) else None


def new_key() -> FileKey:
    """Return a key nobody has seen."""
    return FileKey(secrets.token_bytes(KEY_BYTES))


def key_id(key: FileKey) -> str:
    """Return a short name of a key, for papers and slots; nothing of the key can be told from it."""
    return hmac.new(key.raw, b"fujisawa-desktop key id", hashlib.sha256).hexdigest()[:8].upper()


def slot_for(key: FileKey, passphrase: str) -> dict[str, Any]:
    """Return a slot that gives the key back to whoever knows the passphrase."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap  # noqa: PLC0415 - a native library

    salt = os.urandom(_SALT_BYTES)
    wrapped = aes_key_wrap(_stretched(passphrase, salt, _WORK, _BLOCK), key.raw)
    return {
        "key_id": key_id(key),
        "kdf": {"name": "scrypt", "n": _WORK, "r": _BLOCK, "p": 1, "salt": _text(salt)},
        "wrapped": _text(wrapped),
    }


def keys_in(slots: Slots, passphrase: str) -> list[FileKey]:
    """Return the keys that a passphrase opens, those of the newest slot first."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap  # noqa: PLC0415 - as above

    found = []
    for slot in reversed(slots["slots"]):
        kdf = slot["kdf"]
        stretched = _stretched(passphrase, _bytes(kdf["salt"]), kdf["n"], kdf["r"])
        with suppress(InvalidUnwrap):
            found.append(FileKey(aes_key_unwrap(stretched, _bytes(slot["wrapped"]))))
    return found


def slots_from(slots: Sequence[Mapping[str, Any]]) -> Slots:
    """Return what is written for these slots."""
    return {"version": _VERSION, "cipher": "sqlcipher-4", "slots": [dict(slot) for slot in slots]}


def write_slots(database: Path, slots: Slots) -> None:
    """Write the slots beside a file, whole or not at all, down to the disk.

    Raises:
        StorageError: they cannot be written.
    """
    _write(slots_path(database), json.dumps(slots, indent=1).encode())


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError("storage.cannot-write", file=str(path)) from error


def drop_slots(database: Path) -> None:
    """Throw the slots beside a file away."""
    with suppress(OSError):
        slots_path(database).unlink(missing_ok=True)


def slots_of_key(slots: Slots | None, key: FileKey) -> Slots | None:
    """Return those of the slots that lead to this very key; None without any."""
    own = [slot for slot in slots["slots"] if slot["key_id"] == key_id(key)] if slots is not None else []
    return slots_from(own) if own else None


def slots_to_keep(database: Path, key: FileKey, copies: Iterable[Path] = ()) -> Slots | None:
    """Return the slots a copy of an encrypted file carries: so its passphrase opens it on any computer.

    Where the slots beside the file are gone or are another file's, those that the first of the
    earlier ``copies`` carried for the same key.
    """
    for place in (database, *copies):
        own = slots_of_key(slots_of(place), key)
        if own is not None:
            return own
    return None


@contextmanager
def slots_through(database: Path, slots: Slots | None) -> Iterator[None]:
    """Let a file have other slots after the body, None for none at all; both stand there while it lasts.

    A power cut meanwhile leaves a file that some passphrase opens, whichever of the two it is then.

    Raises:
        StorageError: they cannot be written, or those that stand there cannot be read: taken for none,
            they would be thrown away, and with them the passphrase.
    """
    kept = _held(slots_path(database))
    before = _parsed(kept)
    held = before["slots"] if before is not None and _usable(before) else ()
    if slots is not None:
        write_slots(database, slots_from([*held, *slots["slots"]]))
    try:
        yield
    except Exception:
        if kept is None:
            drop_slots(database)
        elif slots is not None:
            _write(slots_path(database), kept)
        raise
    if slots is None:
        drop_slots(database)
        return
    # It is done; a slot of another key that stays opens nothing any more.
    with suppress(StorageError):
        write_slots(database, slots)


def names_key(slots: Slots | None, key: FileKey) -> bool:
    """Return whether the slots are of this very key."""
    return slots is not None and any(slot["key_id"] == key_id(key) for slot in slots["slots"])


def looks_encrypted(path: Path) -> bool:
    """Return whether a file is encrypted: it has slots, or its first page is nothing but chance.

    A plain file of which the beginning was destroyed is not mistaken for one: the rest of its first
    page stays readable.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        page = file.read(_PAGE)
    if page.startswith(PLAIN_HEADER) or len(page) < _PAGE:
        return False
    return _entropy(page) >= _RANDOM_BITS


def needs_key(path: Path) -> bool:
    """Return whether a file can be opened only with a key; what is missing or unreadable is not."""
    try:
        return path.is_file() and (
            looks_encrypted(path) or (not has_plain_header(path) and slots_of(path) is not None)
        )
    except OSError:
        return False


def _entropy(data: bytes) -> float:
    """Return bits a byte."""
    counts = Counter(data).values()
    return -sum(count / len(data) * math.log2(count / len(data)) for count in counts)


def _stretched(passphrase: str, salt: bytes, work: int, block: int) -> bytes:
    memory = 256 * work * block
    return hashlib.scrypt(
        passphrase.encode(), salt=salt, n=work, r=block, p=1, maxmem=memory, dklen=KEY_BYTES
    )


def _usable(slots: Slots) -> bool:
    """Return whether slots are of a form we know, and cost no more than they should."""
    try:
        return slots["version"] == _VERSION and all(
            slot["kdf"]["name"] == "scrypt"
            and 1 < slot["kdf"]["n"] <= _MOST_WORK
            and slot["kdf"]["n"] & (slot["kdf"]["n"] - 1) == 0
            and slot["kdf"]["r"] == _BLOCK
            and slot["kdf"]["p"] == 1
            and bool(_bytes(slot["kdf"]["salt"]))
            and len(_bytes(slot["wrapped"])) == KEY_BYTES + 8
            and isinstance(slot["key_id"], str)
            for slot in slots["slots"]
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return _parsed(path.read_bytes()) if path.stat().st_size <= _MOST_BYTES else None
    except OSError:
        return None


def _held(path: Path) -> bytes | None:
    """Return what stands in a file of slots, whatever it is; None when there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError("storage.cannot-use", file=str(path)) from error


def _parsed(data: bytes | None) -> dict[str, Any] | None:
    if data is None or len(data) > _MOST_BYTES:
        return None
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
