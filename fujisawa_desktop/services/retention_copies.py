"""Copies of the file that still hold people who are erased from it: which, where, and until when."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models import Entry, JournalEntry
from fujisawa_desktop.models.backup_files import Sidecar, read_sidecar, sidecar_path
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver, journal_of
from fujisawa_desktop.paths import backup_dir, resources_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason, gone_by
from fujisawa_desktop.rules.calendar import era_date
from fujisawa_desktop.services.backup_places import backup_settings
from fujisawa_desktop.services.backups import thinned_copies
from fujisawa_desktop.services.intake_stored import chunks


@dataclass(frozen=True, slots=True)
class CopyOfPeople:
    """One copy of the file.

    Attributes:
        made_at: when it was made, as its page says.
        holds: whether the people are in it; None where it cannot be opened with this file's key.
        reason: why it was made; None where there is no page beside it.
        gone_by: the day by which the thinning lets it go; None when somebody has to delete it: it was
            made by hand, is a copy of another file, or is not what its page says.
        is_second: it lies in the second place.
    """

    path: Path
    made_at: datetime
    holds: bool | None
    reason: BackupReason | None = None
    gone_by: date | None = None
    is_second: bool = False


@dataclass(frozen=True, slots=True)
class CopiesLeft:
    """Which copies are deleted with an erasure, and which stay.

    Attributes:
        kept: those that the thinning lets go.
        gone_by: the day by which it has let the last of them go.
        staying: those that somebody has to delete.
        is_second_missing: the second place could not be reached, so nobody looked there.
    """

    deleted: int = 0
    kept: int = 0
    gone_by: date | None = None
    staying: int = 0
    is_second_missing: bool = False


@dataclass(frozen=True, slots=True)
class FoundCopies:
    """The copies that hold people, or may do so, oldest first."""

    copies: tuple[CopyOfPeople, ...] = ()
    is_second_missing: bool = False

    def left(self, deleted: Collection[Path] = ()) -> CopiesLeft:
        """Return what a certificate says of the copies once some of them are deleted."""
        stay = [one for one in self.copies if one.path not in deleted]
        days = [one.gone_by for one in stay if one.gone_by is not None]
        return CopiesLeft(
            deleted=len(deleted),
            kept=len(days),
            gone_by=max(days, default=None),
            staying=len(stay) - len(days),
            is_second_missing=self.is_second_missing,
        )


def copies_of_people(database: Database, *, applicant_ids: Collection[int], today: date) -> FoundCopies:
    """Return the copies that hold one of these people, or may do so; none on a server."""
    with database.read() as session:
        return copies_found(session, database, applicant_ids, today)


def copies_found(
    session: Session, database: Database, applicant_ids: Collection[int], today: date
) -> FoundCopies:
    """Return the copies as :func:`copies_of_people`, seen from a unit of work."""
    if database.path is None:
        return FoundCopies()
    numbers = [
        (source, number)
        for some in chunks(sorted(applicant_ids))
        for source, number in session.execute(
            select(Entry.source, Entry.number).where(Entry.applicant_id.in_(some))
        )
    ]
    first = session.scalar(select(JournalEntry.hash).order_by(JournalEntry.seq).limit(1)) or ""
    thinned = thinned_copies(database.path, first)
    second = backup_settings(database.path).second_place
    found = (
        _copy(
            path,
            thinned.get(path),
            today,
            holds=_holds(path, numbers, database.key),
            is_second=path.parent == second,
        )
        for path in _files(database.path, second)
    )
    return FoundCopies(
        tuple(sorted((one for one in found if one.holds is not False), key=lambda one: one.made_at)),
        is_second_missing=second is not None and not second.is_dir(),
    )


def _files(database: Path, second: Path | None) -> Iterator[Path]:
    """Yield what lies beside the file and in the second place."""
    for folder in (backup_dir(database), *((second,) if second is not None else ())):
        if folder.is_dir():
            yield from folder.glob("*.fjdb")


def _copy(
    path: Path, thinned: Sidecar | None, today: date, *, holds: bool | None, is_second: bool
) -> CopyOfPeople:
    page = thinned or read_sidecar(path)
    day = gone_by(thinned.made_at, thinned.reason) if thinned is not None else None
    return CopyOfPeople(
        path=path,
        made_at=page.made_at if page is not None else _written(path),
        holds=holds,
        reason=page.reason if page is not None else None,
        # What should have gone already goes with the next copy.
        gone_by=max(day, today) if day is not None else None,
        is_second=is_second,
    )


def _written(path: Path) -> datetime:
    """Return the wall time at which a file was written last."""
    at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone()
    return at.replace(tzinfo=None, microsecond=0)


def _holds(path: Path, numbers: Sequence[tuple[str, str]], key: FileKey | None) -> bool | None:
    for own in (key, None) if key is not None else (None,):
        try:
            with closing(connect(path, key=own, read_only=True)) as connection:
                known = set(connection.execute("SELECT source, number FROM entry"))
        except driver.Error:
            continue
        return any(number in known for number in numbers)
    return None


def delete_copies(copies: Sequence[Path]) -> None:
    """Delete copies with what lies beside them.

    Raises:
        StorageError: ``retention.copy-stays``; one cannot be deleted.
    """
    for path in copies:
        try:
            path.unlink(missing_ok=True)
            sidecar_path(path).unlink(missing_ok=True)
            path.with_name(path.name + ".keys").unlink(missing_ok=True)
            journal_of(path).unlink(missing_ok=True)  # of a broken-off act
        except OSError as error:
            raise StorageError("retention.copy-stays", file=str(path)) from error


def erasure_method(dialect: str, left: CopiesLeft) -> str:
    """Return how it was erased, in the words of the certificate, which is Japanese.

    It ends with where nobody looked: on paper, in other folders, on other computers.  What became of the
    free pages of a file is not in it: that is known later (``retention_sweeping``).
    """
    words = method_words()
    said = [words["file" if dialect == "sqlite" else "server"]]
    if left.deleted:
        said.append(words["copies_deleted"].format(count=left.deleted))
    if left.kept and left.gone_by is not None:
        said.append(words["copies_kept"].format(count=left.kept, day=era_date(left.gone_by)))
    if left.staying:
        said.append(words["copies_staying"].format(count=left.staying))
    if left.is_second_missing:
        said.append(words["second_missing"])
    said.append(words["elsewhere" if dialect == "sqlite" else "elsewhere_server"])
    return "".join(said)


def method_words() -> dict[str, str]:
    """Return the sentences of which a certificate tells how it was erased."""
    path = resources_dir() / "retention" / "methods.toml"
    words: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return words
