"""Copies that hold who is erased, free pages, and the certificates that say what became of both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from paper_scene import make
from pdf_reading import pages_text
from retention_scene import LATER, erase_due, sentinels, walked
from sqlalchemy import select

from fujisawa_desktop.models import Applicant, EntryKind, Erasure, JournalEntry
from fujisawa_desktop.models.backup_files import read_sidecar, sidecar_path
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.sqlite_driver import connect
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason, DatedCopy, kept_copies
from fujisawa_desktop.rules.calendar import era_date
from fujisawa_desktop.services import retention_erasing
from fujisawa_desktop.services.backup_occasions import OCCASIONS, backup_before
from fujisawa_desktop.services.backup_places import BackupSettings, save_backup_settings
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import check_database
from fujisawa_desktop.services.history import undo_state
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.retention_copies import FoundCopies, copies_of_people
from fujisawa_desktop.services.retention_sweeping import UNSWEPT, is_unswept, sweep

pytestmark = pytest.mark.file_only("copies and free pages are a file's")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """A programme of sixty people, walked through the whole job."""
    database = open_database(walked(tmp_path))
    yield database
    database.dispose()


@pytest.fixture
def programme(file: Database) -> int:
    return current_programme_id(file)


def path_of(database: Database) -> Path:
    assert database.path is not None
    return database.path


def found(database: Database, today: date = LATER) -> FoundCopies:
    people = [one.applicant_id for one in sentinels(database)]
    return copies_of_people(database, applicant_ids=people, today=today)


def methods(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.scalars(select(Erasure.method)))


def printed(database: Database, programme: int) -> str:
    draft = make(database, programme, "purge-certificate", dated=date(2060, 4, 2))
    return "".join("".join(pages_text(draft.pdf)).split())


def test_the_certificate_says_the_free_pages_are_cleared_once_they_are(
    file: Database, programme: int
) -> None:
    result = erase_due(file, programme)
    assert result.swept
    assert not is_unswept(file)
    [method] = methods(file)
    assert method.endswith("に上書きして詰め直しました。")
    assert "まだ済んでいません" not in method
    assert method in printed(file, programme)
    with file.read() as session:
        assert not [one for one in session.scalars(select(Erasure.counts)) if UNSWEPT in one]


def test_while_another_program_reads_the_file_the_certificate_says_it_is_not_done(
    file: Database, programme: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(connect(path_of(file), key=file.key, read_only=True)) as other:
        cleared = Database.sweep

        def held(database: Database) -> None:
            other.isolation_level = None
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM applicant").fetchone()
            cleared(database)

        monkeypatch.setattr(Database, "sweep", held)
        result = erase_due(file, programme)
        assert not result.swept
        other.execute("ROLLBACK")
    monkeypatch.undo()
    [method] = methods(file)
    assert method.endswith("まだ済んでいません。")
    assert "ほかのパソコンに複製したファイルなど" in method
    assert "確認していません。ファイルの空き領域" in method
    assert "詰め直しました" not in method
    assert method in printed(file, programme)
    assert is_unswept(file)

    state = undo_state(file)
    assert sweep(file, actor="職員")
    [after] = methods(file)
    assert after.startswith(method.rpartition("ファイルの空き領域")[0])
    assert after.endswith("に上書きして詰め直しました。")
    assert after in printed(file, programme)
    assert not is_unswept(file)
    with file.read() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
        assert last is not None
        assert (last.label, last.kind, last.actor) == ("retention.swept", EntryKind.ERASED, "職員")
    assert undo_state(file) == state, "it is no act to take back"
    assert check_journal(file).findings == ()
    assert check_database(file).is_whole


def test_clearing_free_pages_after_nothing_was_erased_writes_nothing(file: Database) -> None:
    with file.read() as session:
        before = list(session.scalars(select(JournalEntry.seq)))
    assert sweep(file)
    with file.read() as session:
        assert list(session.scalars(select(JournalEntry.seq))) == before


def test_no_copy_is_made_before_an_erasure(file: Database, programme: int) -> None:
    assert "erase" not in OCCASIONS
    assert backup_before(file, "erase", {}) is None
    erase_due(file, programme)
    assert not backup_dir(path_of(file)).exists() or not list(backup_dir(path_of(file)).glob("*.fjdb"))


def test_a_copy_made_after_the_list_was_read_is_deleted_and_counted_too(
    file: Database, programme: int
) -> None:
    assert found(file).copies == ()
    late = make_backup(file, reason=BackupReason.TIMED)
    result = erase_due(file, programme, with_copies=True)
    assert result.deleted == (late.path,)
    assert not late.path.exists()
    assert not sidecar_path(late.path).exists()
    assert "バックアップ1件を同時に削除しました。" in methods(file).pop()


def test_a_copy_that_falls_due_during_an_erasure_waits_and_holds_nobody(
    file: Database, programme: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Thread] = []
    asked = retention_erasing.copies_found

    def then_due(*given: Any) -> FoundCopies:
        answer = asked(*given)
        started.append(Thread(target=make_backup, args=(file,), kwargs={"reason": BackupReason.TIMED}))
        started[0].start()
        started[0].join(0.2)
        return answer

    monkeypatch.setattr(retention_erasing, "copies_found", then_due)
    assert erase_due(file, programme).people >= 50
    started[0].join()
    with file.read() as session:
        stay = set(session.scalars(select(Applicant.id)))
    [copy] = backup_dir(path_of(file)).glob("*.fjdb")
    with closing(connect(copy, key=file.key, read_only=True)) as inside:
        assert {key for (key,) in inside.execute("SELECT id FROM applicant")} == stay


def test_copies_are_told_with_reason_day_and_place(file: Database, programme: int, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    save_backup_settings(path_of(file), BackupSettings(str(second)))
    made = datetime(2060, 3, 2, 9)
    by_hand = make_backup(file, now=made)
    by_itself = make_backup(file, reason=BackupReason.RESTORE, now=made + timedelta(hours=1))
    strange = by_hand.path.with_name("copied-by-somebody.fjdb")
    strange.write_bytes(by_hand.path.read_bytes())
    told = {one.path: one for one in found(file).copies}
    assert set(told) == {
        by_hand.path,
        by_itself.path,
        second / by_hand.path.name,
        second / by_itself.path.name,
        strange,
    }
    assert {path: one.is_second for path, one in told.items()} == {
        path: path.parent == second for path in told
    }
    assert told[by_hand.path].reason is BackupReason.BY_HAND
    assert told[by_itself.path].reason is BackupReason.RESTORE
    assert told[strange].reason is None
    assert [one.gone_by for one in (told[by_hand.path], told[strange])] == [None, None]
    assert told[by_hand.path].made_at == made
    page = read_sidecar(by_itself.path)
    assert page is not None
    assert told[by_itself.path].made_at == page.made_at
    day = told[by_itself.path].gone_by
    assert day is not None
    assert day > date(2061, 3, 1), "longer than a year"
    left = found(file).left([by_itself.path])
    assert (left.deleted, left.kept, left.gone_by, left.staying) == (1, 1, day, 3)
    erase_due(file, programme)
    [method] = methods(file)
    assert f"バックアップ2件は、世代の整理により{era_date(day)}までに" in method
    assert "世代の整理の対象とならないバックアップ3件は、別に削除します。" in method


def test_a_second_place_that_cannot_be_reached_is_said(
    file: Database, programme: int, tmp_path: Path
) -> None:
    second = tmp_path / "drive"
    second.mkdir()
    save_backup_settings(path_of(file), BackupSettings(str(second)))
    second.rmdir()
    assert found(file).is_second_missing
    erase_due(file, programme)
    assert "2つ目の保存先は、接続されていなかったため、確認していません。" in methods(file).pop()


def test_a_copy_that_stays_is_gone_by_the_day_that_is_named(file: Database) -> None:
    made = datetime(2060, 1, 10, 9, 0)
    make_backup(file, reason=BackupReason.TIMED, now=made)
    day = found(file).left().gone_by
    assert day is not None
    copy = DatedCopy("old", made, BackupReason.TIMED)
    newest = DatedCopy("new", datetime.combine(day, time(12)), BackupReason.TIMED)
    assert "old" not in kept_copies([copy, newest], now=datetime.combine(day, time(13)))
    assert "old" in kept_copies([copy, newest], now=datetime.combine(day, time()) - timedelta(minutes=1))
    late = made.date() + timedelta(days=800)
    assert found(file, late).left().gone_by == late, "it goes with the next copy"
    assert copies_of_people(file, applicant_ids=[], today=LATER).copies == ()
