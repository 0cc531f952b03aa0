"""Copies of the file that still hold people who are erased from it: which, where, and until when."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models import Entry
from fujisawa_desktop.models.backup_files import read_sidecar, sidecar_path
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver
from fujisawa_desktop.paths import backup_dir, resources_dir
from fujisawa_desktop.rules.backup_thinning import PERIOD_WEEKS, PERIODS, BackupReason
from fujisawa_desktop.services.backup_places import backup_settings
from fujisawa_desktop.services.intake_stored import chunks

KEPT_AT_MOST: Final = timedelta(weeks=(PERIODS + 1) * PERIOD_WEEKS)
"""After so long the thinning has let go of every copy that the program made."""


@dataclass(frozen=True, slots=True)
class CopyOfPeople:
    """One copy of the file.

    Attributes:
        made_at: when it was made.
        holds: whether the people are in it; None where it cannot be opened with this file's key.
        by_hand: a clerk made it, so it is never thinned.
    """

    path: Path
    made_at: datetime
    holds: bool | None
    by_hand: bool

    @property
    def gone_by(self) -> date | None:
        """The day by which the thinning lets it go; None when somebody has to delete it."""
        return None if self.by_hand else (self.made_at + KEPT_AT_MOST).date()


@dataclass(frozen=True, slots=True)
class CopiesLeft:
    """Which copies are deleted with an erasure, and which stay."""

    deleted: int = 0
    kept: int = 0
    gone_by: date | None = None
    by_hand: int = 0


def copies_of_people(database: Database, *, applicant_ids: Collection[int]) -> tuple[CopyOfPeople, ...]:
    """Return the copies that hold one of these people, or may do so; none on a server."""
    if database.path is None:
        return ()
    with database.read() as session:
        numbers = [
            (source, number)
            for some in chunks(sorted(applicant_ids))
            for source, number in session.execute(
                select(Entry.source, Entry.number).where(Entry.applicant_id.in_(some))
            )
        ]
    found = (_copy(path, numbers, database.key) for path in _files(database.path))
    return tuple(one for one in found if one.holds is not False)


def _files(database: Path) -> Iterator[Path]:
    """Yield what lies beside the file and in the second place, copies of other files left to their own."""
    second = backup_settings(database).second_place
    for folder in (backup_dir(database), *((second,) if second is not None else ())):
        if folder.is_dir():
            yield from sorted(folder.glob("*.fjdb"))


def _copy(path: Path, numbers: Sequence[tuple[str, str]], key: FileKey | None) -> CopyOfPeople:
    page = read_sidecar(path)
    return CopyOfPeople(
        path=path,
        made_at=page.made_at if page is not None else _written(path),
        holds=_holds(path, numbers, key),
        # What has no page beside it is never thinned either.
        by_hand=page is None or page.reason is BackupReason.BY_HAND,
    )


def _written(path: Path) -> datetime:
    """Return the wall time at which a file was written last."""
    at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone()
    return at.replace(tzinfo=None, microsecond=0)


def _holds(path: Path, numbers: Sequence[tuple[str, str]], key: FileKey | None) -> bool | None:
    for own in dict.fromkeys((key, None)):
        try:
            with closing(connect(path, key=own, read_only=True)) as connection:
                known = set(connection.execute("SELECT source, number FROM entry"))
        except driver.Error:
            continue
        return any(number in known for number in numbers)
    return None


def copies_left(found: Iterable[CopyOfPeople], deleted: Collection[Path]) -> CopiesLeft:
    """Return what a certificate says of the copies."""
    stay = [one for one in found if one.path not in deleted]
    days = [one.gone_by for one in stay if one.gone_by is not None]
    return CopiesLeft(
        deleted=len(deleted),
        kept=len(days),
        gone_by=max(days, default=None),
        by_hand=len(stay) - len(days),
    )


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
        except OSError as error:
            raise StorageError("retention.copy-stays", file=str(path)) from error


def erasure_method(dialect: str, left: CopiesLeft | None) -> str:
    """Return how it was erased, in the words of the certificate, which is Japanese."""
    path = resources_dir() / "notices" / "purge-certificate.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))["methods"]
    said = [words["file" if dialect == "sqlite" else "server"]]
    if left is not None:
        if left.deleted:
            said.append(words["copies_deleted"].format(count=left.deleted))
        if left.kept and left.gone_by is not None:
            day = left.gone_by
            said.append(
                words["copies_kept"].format(count=left.kept, year=day.year, month=day.month, day=day.day)
            )
        if left.by_hand:
            said.append(words["copies_by_hand"].format(count=left.by_hand))
    return "".join(said)
