"""A copy of a database file that was proven before it counts, with a page beside it that says what it is.

``NAME.fjdb.json`` holds when and why the copy was made, its digest, what it counts and the head of its
journal, so that a list of copies needs to open none of them, and a single flipped byte is noticed.
SQLAlchemy is not used here: copies are made and read when a file cannot be opened for work.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any, Final, TypeVar

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.key_slots import slots_to_keep
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver
from fujisawa_desktop.models.sqlite_files import make_folder
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason

T = TypeVar("T")
SIDECAR_SUFFIX: Final = ".json"
QUICK_FROM: Final = 64 << 20
"""Bytes from which a new copy is checked without comparing every index with its table: that takes
seconds, and ``check`` does it."""
_MAPPED: Final = 1 << 30
"""Of the finished copy only: the live file is not mapped, as a stick pulled out would end the program."""
_PASSED: Final = 10
"""Pages kept while copying: each is needed once, and more would only be carried to and fro."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What stands beside a copy.

    Attributes:
        made_at: local wall time.
        reason: why it was made.
        schema: form of the tables.
        size: bytes of the copy.
        sha256: of the copy as a whole.
        counts: rows of each table.
        journal_first: hash of the first act: the same for all copies of one file.
        journal_head: hash of the last act.
        entries: how many acts.
        orphans: rows whose parent is missing, as they are in the file itself.
        encrypted: it can be opened with a key only.
        keys: what leads to the key, as it stood beside the file.
    """

    made_at: datetime
    reason: BackupReason
    schema: str
    size: int
    sha256: str
    counts: Mapping[str, int]
    journal_first: str
    journal_head: str
    entries: int
    orphans: int
    encrypted: bool
    keys: Mapping[str, Any] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the journal of a file begins and how far it goes."""

    first: str
    last: str
    entries: int


def sidecar_path(copy: Path) -> Path:
    """Return the page beside a copy."""
    return copy.with_name(copy.name + SIDECAR_SUFFIX)


def write_copy(
    source: Path,
    target: Path,
    *,
    reason: BackupReason,
    made_at: datetime,
    key: FileKey | None = None,
    keys: Mapping[str, Any] | None = None,
) -> Sidecar:
    """Copy a live file, prove the copy and put it in place with its page; all or nothing.

    The copy is one state of the file: a writer waits until it is taken.  Its page holds the key slots
    of the file (``keys``: others), also where those beside the file are gone and an earlier copy has them.

    Raises:
        StorageError: the copy cannot be written, or is not what the file holds.
    """
    make_folder(target.parent)
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        counts, head, schema = _taken(source, part, key)
        sha256, orphans = _proven(part, target, key, counts)
        slots = keys or (slots_to_keep(source, key, _earlier(source)) if key is not None else None)
        sidecar = Sidecar(
            made_at, reason, schema, part.stat().st_size, sha256, counts, head.first, head.last,
            head.entries, orphans, key is not None, slots,
        )  # fmt: skip
        place(part, target, sidecar)
    except (OSError, driver.Error, UnicodeDecodeError) as error:
        raise StorageError("storage.cannot-write", file=str(target)) from error
    finally:
        _dropped(part)
    return sidecar


def _earlier(source: Path) -> Iterator[Path]:
    """Yield the copies beside a file, the newest first."""
    yield from sorted(backup_dir(source).glob(f"{escape(source.stem)}-*.fjdb"), key=_made, reverse=True)


def _made(copy: Path) -> str:
    page = read_sidecar(copy)
    return page.made_at.isoformat() if page is not None else ""


def place(part: Path, target: Path, sidecar: Sidecar) -> None:
    """Put a finished copy and its page in place; a copy never stands with the page of another.

    One that cannot get its page is taken away again; only where it replaced an earlier one it stays,
    without a page: a copy that is not proven is better than none.
    """
    beside, page, is_first = sidecar_path(target), sidecar_path(part), not target.exists()
    page.write_bytes(_written(sidecar))
    _synchronised(page)
    beside.unlink(missing_ok=True)
    part.replace(target)
    try:
        page.replace(beside)
    except OSError:
        if is_first:
            with suppress(OSError):
                target.unlink()
        raise


def duplicate(copy: Path, target: Path, sidecar: Sidecar) -> None:
    """Bring a copy with its page to another place, and prove it there.

    Raises:
        StorageError: it cannot be written, or arrived otherwise than it left.
    """
    part = target.with_name(target.name + ".part")
    try:
        with copy.open("rb") as old, part.open("wb") as new:
            while piece := old.read(1 << 20):
                new.write(piece)
            new.flush()
            os.fsync(new.fileno())
        if digest_of(part) != sidecar.sha256:
            raise StorageError("storage.backup-damaged", file=str(target))
        place(part, target, sidecar)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(target)) from error
    finally:
        _dropped(part)


def _dropped(part: Path) -> None:
    """Remove what is left of a copy that did not come to its end."""
    for one in (part, sidecar_path(part)):
        with suppress(OSError):
            one.unlink(missing_ok=True)


def read_sidecar(copy: Path) -> Sidecar | None:
    """Return the page beside a copy; nothing when there is none or it cannot be read."""
    try:
        found = json.loads(sidecar_path(copy).read_text(encoding="utf-8"))
        found["made_at"] = datetime.fromisoformat(found["made_at"])
        found["reason"] = BackupReason(found["reason"])
        known = {name: found.get(name) for name in Sidecar.__dataclass_fields__}
        return Sidecar(**known)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def head_of(path: Path, *, key: FileKey | None = None) -> Head:
    """Return where the journal of a file begins and how far it goes.

    Raises:
        StorageError: the file cannot be read.
    """
    with reading(path, key) as connection:
        return _head(connection)


def counts_in(path: Path, *, key: FileKey | None = None) -> dict[str, int]:
    """Return how many rows each table of a file has.

    Raises:
        StorageError: the file cannot be read.
    """
    with reading(path, key) as connection:
        return _counts(connection)


@contextmanager
def reading(path: Path, key: FileKey | None) -> Iterator[driver.Connection]:
    """Yield a connection that only reads a file, whatever state it is in.

    Raises:
        StorageError: the file cannot be read.
    """
    try:
        with closing(connect(path, key=key, read_only=True)) as connection:
            yield connection
    except driver.OperationalError as error:
        raise StorageError("storage.cannot-use", file=str(path)) from error
    except (driver.DatabaseError, UnicodeDecodeError) as error:
        raise StorageError("storage.damaged", file=str(path)) from error


def _taken(source: Path, part: Path, key: FileKey | None) -> tuple[dict[str, int], Head, str]:
    """Copy one state of the file and return what that state counts."""
    with (
        closing(connect(source, key=key, read_only=True)) as old,
        closing(connect(part, key=key)) as new,
    ):
        old.isolation_level = None
        old.execute("BEGIN")  # what is counted and what is copied is one state
        counts, head = _counts(old), _head(old)
        form = old.execute("SELECT version_num FROM alembic_version").fetchone()
        schema = str(form[0]) if form else ""
        for one in (old, new):
            one.execute(f"PRAGMA cache_size = {_PASSED}")
        new.execute("PRAGMA synchronous = OFF")  # made safe once, when it is whole
        new.execute("PRAGMA journal_mode = OFF")
        old.backup(new)
        old.execute("ROLLBACK")
    return counts, head, schema


def _proven(part: Path, target: Path, key: FileKey | None, counts: Mapping[str, int]) -> tuple[str, int]:
    """Read a copy back in several ways at once; return its digest and its rows without a parent.

    Raises:
        StorageError: ``storage.backup-damaged``.
    """
    whole = "quick_check" if part.stat().st_size >= QUICK_FROM else "integrity_check"

    def asked(question: Callable[[driver.Connection], T]) -> T:
        with closing(connect(part, key=key, read_only=True)) as copy:
            copy.execute(f"PRAGMA mmap_size = {_MAPPED}")
            return question(copy)

    with ThreadPoolExecutor(max_workers=3, thread_name_prefix="backup") as pool:
        checked = pool.submit(asked, lambda copy: copy.execute(f"PRAGMA {whole}(1)").fetchone())
        digest = pool.submit(digest_of, part)
        orphans = pool.submit(asked, lambda copy: len(copy.execute("PRAGMA foreign_key_check").fetchall()))
        safe = pool.submit(_synchronised, part)
        again = pool.submit(asked, _counts)
    safe.result()
    if checked.result() != ("ok",) or again.result() != counts:
        raise StorageError("storage.backup-damaged", file=str(target))
    return digest.result(), orphans.result()


def _synchronised(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _counts(connection: driver.Connection) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - its own names
        for (name,) in names
    }


def _head(connection: driver.Connection) -> Head:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal_entry'").fetchone():
        return Head("", "", 0)  # the form before the first
    ends = "SELECT hash FROM journal_entry ORDER BY seq {way} LIMIT 1"
    first = connection.execute(ends.format(way="ASC")).fetchone()
    last = connection.execute(ends.format(way="DESC")).fetchone()
    entries = connection.execute("SELECT count(*) FROM journal_entry").fetchone()[0]
    return Head(first[0] if first else "", last[0] if last else "", entries)


def _written(sidecar: Sidecar) -> bytes:
    values = asdict(sidecar)
    values["made_at"] = sidecar.made_at.isoformat()
    values["reason"] = sidecar.reason.value
    return json.dumps(values, ensure_ascii=False, indent=1).encode() + b"\n"
