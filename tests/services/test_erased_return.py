"""People who were erased and come back with an older copy: said before, kept in mind until erased again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from retention_scene import LATER, erase_due, sentinels, walked

from fujisawa_desktop import texts
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import check_database, opened
from fujisawa_desktop.services.overview import overview
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.restoring import loss_of
from fujisawa_desktop.services.returning import Restored, restore_backup
from tests.backup_drill import change
from tests.cli_driver import run_command
from tests.secret_files import PASSPHRASE, encrypted

pytestmark = pytest.mark.file_only("copies of files are brought back")

NOW = datetime(2026, 11, 26, 9)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = walked(tmp_path)
    open_database(path).dispose()  # brought up to date
    return path


def copied(file: Path, minutes: int = 0, key: FileKey | None = None) -> Path:
    with opened(file, key=key) as database:
        return make_backup(database, now=NOW + timedelta(minutes=minutes)).path


def erased(file: Path, key: FileKey | None = None) -> date:
    with opened(file, key=key) as database:
        erase_due(database, current_programme_id(database))
    return datetime.now().date()


def back(file: Path, copy: Path) -> Restored:
    return restore_backup(file, source=copy, actor="職員")


def people(file: Path) -> int:
    with opened(file) as database:
        return len(sentinels(database))


def due_work(file: Path) -> list[str]:
    """What Home says first, where it is about erasures."""
    with opened(file) as database:
        found = overview(database, programme_id=current_programme_id(database), today=LATER)
    return [texts.message_for(one.code, one.params) for one in found.todos if one.code == "todo.erase-again"]


def told_by_check(file: Path) -> list[str]:
    with opened(file) as database:
        report = check_database(database)
        assert report.journal.is_whole, report.journal.findings
        found = [one for one in report.findings if one.kind == "erasure-undone"]
        return [texts.message_for(one.code, one.told) for one in found]


def test_erasures_after_the_copy_are_told_before_it_is_restored(file: Path) -> None:
    copy = copied(file)
    assert loss_of(file, copy).erased == ()
    day = erased(file)
    assert loss_of(file, copy).erased_on == (day,)
    assert loss_of(file, copied(file, 5)).erased == ()


def test_what_came_back_is_due_work_until_it_is_erased_again(file: Path) -> None:
    copy = copied(file)
    before = people(file)
    day = erased(file)
    left = people(file)
    assert left < before
    assert due_work(file) == told_by_check(file) == []
    done = back(file, copy)
    assert done.loss.erased_on == (day,)
    assert people(file) == before
    [said] = due_work(file)
    assert texts._shown({"days": [day]})["days"] in said
    [told] = told_by_check(file)
    assert "1件" in told
    erased(file)
    assert people(file) == left
    assert due_work(file) == told_by_check(file) == []


def test_the_way_back_leaves_nothing_to_repeat(file: Path) -> None:
    copy = copied(file)
    erased(file)
    left = people(file)
    done = back(file, copy)
    assert due_work(file)
    assert done.kept is not None
    assert back(file, done.kept).loss.erased == ()
    assert people(file) == left
    assert due_work(file) == told_by_check(file) == []


def test_a_second_return_does_not_forget_what_the_first_brought_back(file: Path) -> None:
    oldest = copied(file)
    change(file, 1)
    copy = copied(file, 1)
    day = erased(file)
    back(file, copy)
    assert back(file, oldest).loss.erased_on == (day,), "the people are in the oldest copy, too"
    assert len(due_work(file)) == 1
    erased(file)
    assert due_work(file) == []


def test_of_a_file_that_cannot_be_read_no_erasure_is_claimed(file: Path) -> None:
    copy = copied(file)
    erased(file)
    file.write_bytes(b"\0" * 10_000)
    assert loss_of(file, copy).erased == ()
    back(file, copy)
    assert due_work(file) == []


@pytest.mark.parametrize("secret", [False, True], ids=["plain", "encrypted"])
def test_the_command_line_refuses_until_it_is_said_that_they_may_come_back(
    file: Path, tmp_path: Path, secret: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_slots, "_WORK", 2**10)
    key, door = None, ["--database", file]
    if secret:
        key = encrypted(file)
        (tmp_path / "secret.txt").write_text(PASSPHRASE, encoding="utf-8")
        door += ["--passphrase-file", tmp_path / "secret.txt"]
    copy = copied(file, key=key)
    day = erased(file, key)
    before = file.read_bytes()
    shown = run_command(*door, "restore", copy, "--preview", "--json")
    assert shown.json["erased"] == [day.isoformat()]
    refused = run_command(*door, "restore", copy)
    assert refused.code == 1
    assert "--bring-back-erased" in refused.err
    assert file.read_bytes() == before
    done = run_command(*door, "restore", copy, "--bring-back-erased")
    assert done.code == 0
    assert "retention due" in done.err
    checked = run_command(*door, "check", "--json")
    assert [one["kind"] for one in checked.json["findings"]] == ["erasure-undone"]
