"""A whole database copied: from a file to a server, from a server to a file, with its journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.database import Database, file_of
from fujisawa_desktop.models.key_slots import slot_for, slots_from, slots_through
from fujisawa_desktop.models.row_copy import copy_rows, held_in
from fujisawa_desktop.models.servers import spoken
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.models.sqlite_files import make_folder
from fujisawa_desktop.rules.passphrases import usual_form
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.server_passwords import with_password


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds; it was read back and is equal to what it was made from.

    Attributes:
        place: the file or the address, as it may be shown.
        counts: rows of each table.
        digest: over every value of every row.
    """

    place: str
    counts: dict[str, int]
    digest: str

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.counts.values())


def copy_database(
    source: str | Path,
    target: str | Path,
    *,
    source_key: FileKey | None = None,
    target_key: FileKey | None = None,
    passphrase: str | None = None,
    progress: Progress | None = None,
) -> Copied:
    """Copy everything from one database into an empty one, whole or not at all.

    Args:
        source: a file or an address; others may go on working there, one state of it is copied.
        target: a file that does not exist yet, or the address of a database without any row of ours.
        source_key: what the file is encrypted with.
        target_key: what the new file is to be encrypted with.
        passphrase: what opens the new file besides the recovery key, which is its key.
        progress: is told rows done and in all; may raise to leave everything as it was.

    Raises:
        StorageError: the target holds something, the copy is not equal, or either cannot be used.
    """
    with opened(source, key=source_key) as old:
        return copy_opened(old, target, target_key=target_key, passphrase=passphrase, progress=progress)


def copy_opened(
    old: Database,
    target: str | Path,
    *,
    target_key: FileKey | None = None,
    passphrase: str | None = None,
    progress: Progress | None = None,
) -> Copied:
    """Copy an open database; as :func:`copy_database`."""
    with _opening(target, target_key, passphrase), _prepared(target, target_key) as new:
        with old.engines.whole() as reading, new.engines.founding() as writing:
            taken = copy_rows(reading, writing, progress)
            if held_in(writing) != taken:
                raise StorageError("copy.differs", file=spoken(new.place))
            writing.commit()
        place = new.place if file_of(target) is None else str(file_of(target))
    return Copied(place, taken.counts, taken.digest)


@contextmanager
def _opening(target: str | Path, key: FileKey | None, passphrase: str | None) -> Iterator[None]:
    """Put the slots of a new encrypted file in place before it, so that it is never there without them."""
    path = file_of(target)
    if path is None or key is None or path.exists():
        yield
        return
    make_folder(path.parent)
    slots = slots_from([slot_for(key, usual_form(passphrase))]) if passphrase is not None else None
    with slots_through(path, slots):
        yield


@contextmanager
def _prepared(target: str | Path, key: FileKey | None) -> Iterator[Database]:
    """Yield the database to fill; a file gets its name when all is done."""
    path = file_of(target)
    if path is None:
        database = Database(with_password(target), read_only=False)
        try:
            yield database
        finally:
            database.dispose()
        return
    if path.exists():
        raise StorageError("storage.exists", file=str(path))
    make_folder(path.parent)
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        database = Database(part, read_only=False, key=key)
        try:
            yield database
        finally:
            database.dispose()
        part.rename(path)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(path)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
