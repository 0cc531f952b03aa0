"""What is known of each copy before one is chosen, and what returning to it does."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.backup_files import read_sidecar, sidecar_path
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import EntryKind
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.backup_places import BackupSettings, save_backup_settings
from fujisawa_desktop.services.backups import BackupReason, make_backup
from fujisawa_desktop.services.databases import check_database, create_database, opened
from fujisawa_desktop.services.history import undo_state
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.restoring import (
    CopyPlace,
    CopyState,
    chosen_copy,
    copies_of,
    examine,
    loss_of,
)
from fujisawa_desktop.services.returning import restore_backup
from tests.backup_drill import change, dump

pytestmark = pytest.mark.file_only("copies of files are brought back")

NOW = datetime(2026, 11, 26, 9)


@pytest.fixture
def file(database: Database) -> Path:
    assert database.path is not None
    database.dispose()
    return database.path


def copy_of(file: Path, minutes: int = 0, reason: BackupReason = BackupReason.TIMED) -> Path:
    with opened(file) as database:
        return make_backup(database, reason=reason, now=NOW + timedelta(minutes=minutes)).path


def make_backup_now(file: Path) -> Path:
    with opened(file) as database:
        return make_backup(database).path


def last_entry(file: Path) -> tuple[EntryKind, str, dict[str, object]]:
    from sqlalchemy import select

    from fujisawa_desktop.models import JournalEntry

    with opened(file) as database, database.read() as session:
        found = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1)).one()
        return found.kind, found.label, dict(found.params)


def test_the_copies_of_both_places_are_listed_the_newest_first(file: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    old = copy_of(file, reason=BackupReason.IMPORT)
    save_backup_settings(file, BackupSettings(str(tmp_path / "stick")))
    change(file, 1)
    new = copy_of(file, 5)
    found = copies_of(file)
    assert [(one.path.name, one.place) for one in found] == [
        (new.name, CopyPlace.SECOND),
        (new.name, CopyPlace.BESIDE),
        (old.name, CopyPlace.BESIDE),
    ] or [(one.path.name, one.place) for one in found] == [
        (new.name, CopyPlace.BESIDE),
        (new.name, CopyPlace.SECOND),
        (old.name, CopyPlace.BESIDE),
    ]
    assert found[-1].reason is BackupReason.IMPORT
    assert found[-1].counts is not None
    assert found[-1].counts["course"] == 2
    assert examine(found[0]).state is CopyState.WHOLE


def test_copies_of_a_file_with_a_longer_name_are_not_listed(file: Path) -> None:
    longer = file.with_name(f"{file.stem}-2.fjdb")
    shutil.copy(file, longer)
    copy_of(longer)
    assert copies_of(file) == ()


def test_a_copy_without_a_page_is_readable_or_damaged(file: Path) -> None:
    copy = copy_of(file)
    sidecar_path(copy).unlink()
    (listed,) = copies_of(file)
    assert listed.counts is None
    assert listed.state is CopyState.UNREAD
    seen = examine(listed)
    assert seen.state is CopyState.READABLE
    assert seen.counts is not None
    assert seen.counts["course"] == 2
    copy.write_bytes(b"\0" * 5000)
    assert examine(chosen_copy(copy)).state is CopyState.DAMAGED


def test_a_page_that_is_no_page_is_as_none(file: Path) -> None:
    copy = copy_of(file)
    for text in ("", "{", "[]", '{"made_at": "gestern"}', "null"):
        sidecar_path(copy).write_text(text, encoding="utf-8")
        assert read_sidecar(copy) is None
        assert len(copies_of(file)) == 1


def test_what_would_be_lost_is_named(file: Path) -> None:
    copy = copy_of(file)
    assert loss_of(file, copy).acts == 0
    for number in range(3):
        change(file, number)
    loss = loss_of(file, copy)
    assert loss.acts == 3
    assert [one.label for one in loss.shown] == ["course.edit"] * 3
    assert loss.shown[0].seq > loss.shown[-1].seq
    assert not loss.is_other_file


def test_what_is_lost_is_counted_from_where_both_part(file: Path) -> None:
    first = copy_of(file)
    change(file, 1)
    second = copy_of(file, 1)
    restore_backup(file, source=first)
    change(file, 2)
    assert loss_of(file, second).acts == 2, "the return and the act after it are not in the second copy"


def test_a_copy_of_another_file_says_so(file: Path, tmp_path: Path) -> None:
    copy = copy_of(file)
    create_database(tmp_path / "other.fjdb", programme="r6", actor="other")
    assert loss_of(tmp_path / "other.fjdb", copy).is_other_file


def test_of_a_file_that_cannot_be_read_nothing_is_claimed(file: Path) -> None:
    copy = copy_of(file)
    file.write_bytes(b"\0" * 10_000)
    assert loss_of(file, copy).acts is None


def test_returning_is_written_into_the_journal_and_can_be_taken_back(file: Path) -> None:
    copy = copy_of(file)
    change(file, 1)
    change(file, 2)
    before = dump(file)
    done = restore_backup(file, source=copy, actor="職員")
    assert last_entry(file) == (
        EntryKind.RESTORED,
        "file.restored",
        {"made_at": "2026-11-26 09:00:00", "lost": 2, "first": 2, "last": 3},
    )
    with opened(file) as database:
        assert check_journal(database).is_whole
        assert undo_state(database).undo is None, "a return is not undone by Undo"
    assert done.kept is not None
    kept = read_sidecar(done.kept)
    assert kept is not None
    assert kept.reason is BackupReason.RESTORE
    restore_backup(file, source=done.kept)
    assert dump(file, without_last_act=True) == before


def test_no_return_and_no_way_back_is_taken_for_tampering(file: Path) -> None:
    """Copies made on a branch that was left know acts the journal has no more; its own entries say so."""
    kept: list[Path] = []
    for number in range(3):
        copy_of(file, number)
        change(file, number)
    for at in (0, 1, 0, 2):
        source = copies_of(file)[-1].path if at == 0 else kept[-at]
        change(file, at)
        done = restore_backup(file, source=source)
        assert done.kept is not None
        kept.append(done.kept)
        with opened(file) as database:
            report = check_database(database)
            assert report.is_whole, report.journal.findings
    copy = make_backup_now(file)
    with opened(file) as database:
        assert copy.name in {anchor.source for anchor in check_database(database).journal.anchors}


def test_a_copy_that_changed_since_is_refused_even_where_sqlite_finds_nothing(file: Path) -> None:
    copy = copy_of(file)
    data = copy.read_bytes()
    at = data.index("藤沢市".encode())
    copy.write_bytes(data[:at] + "横浜市".encode() + data[at + 9 :])
    before = file.read_bytes()
    with pytest.raises(StorageError, match=r"restore\.differs"):
        restore_backup(file, source=copy)
    assert file.read_bytes() == before
    assert list(backup_dir(file).glob("*before-restore*")) == []


def test_nothing_is_left_beside_the_file(file: Path, tmp_path: Path) -> None:
    copy = copy_of(file)
    change(file, 1)
    restore_backup(file, source=copy)
    assert not list(file.parent.glob("*.restoring*"))
