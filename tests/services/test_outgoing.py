"""Files and their record: recorded first, seen afterwards, brought to their end by the next start."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.exchange import file_sets, files
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models import EntryKind, JournalEntry, OutgoingSet
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services import outgoing
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.outgoing import (
    RecordedError,
    export_list,
    let_out,
    note_lost,
    save_list,
    settle_outgoing,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work

NAMES = ("甲.pdf", "乙.pdf")


class End(BaseException):
    """The end of the program."""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def issue(database: Database, folder: Path) -> None:
    with (
        FileSet(folder) as new,
        unit_of_work(database, "papers.issue", actor="a", kind=EntryKind.ISSUED) as work,
    ):
        for name in NAMES:
            new.add(name, name.encode())
        let_out(work, new, kind="first-result", count=len(NAMES))


def seen(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def counted(database: Database) -> tuple[int, int]:
    """Return how many entries there are, and how many sets on their way."""
    with database.read() as session:
        entries = session.scalar(select(func.count()).select_from(JournalEntry)) or 0
        return entries, session.scalar(select(func.count()).select_from(OutgoingSet)) or 0


def newest(database: Database) -> int | None:
    with database.read() as session:
        return session.scalar(select(func.max(JournalEntry.seq)))


def end_before_placing(database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(_self: FileSet) -> None:
        raise End

    with monkeypatch.context() as broken:
        broken.setattr(FileSet, "place", end)
        with pytest.raises(End):
            issue(database, folder)


def hold(name: str, *, probing: bool) -> Callable[..., Path]:
    """Return a rename that another program refuses: always, or only once the place was tried."""
    real = Path.replace

    def replace(self: Path, target: Any) -> Path:
        if Path(target).name == name and (probing or self != Path(target)):
            raise PermissionError(errno.EACCES, "sharing violation")
        return real(self, target)

    return replace


def test_nothing_is_seen_before_it_is_recorded(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real, looked = counted(database)[0], FileSet.place, []

    def place(self: FileSet) -> Any:
        looked.append((seen(folder), counted(database)))
        return real(self)

    monkeypatch.setattr(FileSet, "place", place)
    issue(database, folder)
    assert looked == [({}, (before + 1, 1))]
    assert counted(database) == (before + 1, 0)
    assert seen(folder) == {name: name.encode() for name in NAMES}
    assert len(list(folder.iterdir())) == len(NAMES)
    assert check_journal(database).is_whole


def test_the_next_start_puts_in_place_what_was_recorded(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_before_placing(database, folder, monkeypatch)
    assert seen(folder) == {}
    before = counted(database)[0]
    assert settle_outgoing(database) == ()
    assert seen(folder) == {name: name.encode() for name in NAMES}
    assert counted(database) == (before, 0)
    assert settle_outgoing(database) == ()


def test_what_is_nowhere_is_told_at_every_start_until_somebody_saw_to_it(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_before_placing(database, folder, monkeypatch)
    next(path for path in folder.iterdir() if path.read_bytes() == NAMES[1].encode()).unlink()
    (lost,) = settle_outgoing(database)
    assert (lost.missing, lost.waiting, lost.folder) == (("乙.pdf",), (), folder)
    assert (lost.label.code, lost.label.params["count"]) == ("papers.issue", len(NAMES))
    assert seen(folder) == {"甲.pdf": NAMES[0].encode()}
    assert settle_outgoing(database) == (lost,)
    change = note_lost(database, lost=lost, actor="a")
    assert change.changed
    assert settle_outgoing(database) == ()
    with database.read() as session:
        entry = session.get_one(JournalEntry, change.seq)
    assert (entry.kind, entry.params) == (EntryKind.EXPORTED, {"seq": lost.seq, "count": 1})


def test_a_file_that_is_not_what_was_recorded_counts_as_missing(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_before_placing(database, folder, monkeypatch)
    for path in folder.iterdir():
        path.write_bytes(b"half")
    (lost,) = settle_outgoing(database)
    assert lost.missing == NAMES
    assert seen(folder) == {}


def test_a_place_held_in_the_last_moment_gets_its_file_later(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "乙.pdf").write_bytes(b"old")
    with monkeypatch.context() as held:
        held.setattr(Path, "replace", hold("乙.pdf", probing=False))
        with pytest.raises(RecordedError) as caught:
            issue(database, folder)
        assert (caught.value.code, caught.value.params) == ("write.recorded", {"count": 1, "file": "乙.pdf"})
        assert (caught.value.change.seq, caught.value.change.label.code) == (newest(database), "papers.issue")
        (lost,) = settle_outgoing(database)
        assert (lost.missing, lost.waiting) == ((), ("乙.pdf",))
    monkeypatch.setattr(file_sets, "QUIET_SECONDS", -1)
    with FileSet(folder):
        pass  # it takes away what was broken off, not what waits
    assert seen(folder) == {"甲.pdf": NAMES[0].encode(), "乙.pdf": b"old"}
    assert settle_outgoing(database) == ()
    assert seen(folder) == {name: name.encode() for name in NAMES}
    assert len(list(folder.iterdir())) == len(NAMES)


def test_a_place_held_before_keeps_all_as_it_was(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "乙.pdf").write_bytes(b"old")
    before = counted(database)
    monkeypatch.setattr(Path, "replace", hold("乙.pdf", probing=True))
    with pytest.raises(StorageError) as caught:
        issue(database, folder)
    assert caught.value.code == "write.in-use"
    assert counted(database) == before
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"乙.pdf": b"old"}


def test_what_is_on_its_way_on_another_machine_is_left_alone(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_before_placing(database, folder, monkeypatch)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(outgoing.platform, "node", lambda: "another PC")
        assert settle_outgoing(database) == ()
    assert seen(folder) == {}
    assert counted(database)[1] == 1


def test_a_list_is_recorded_with_its_file(database: Database, folder: Path) -> None:
    before = counted(database)
    out = save_list(
        database, path=folder / "l.csv", data=b"x", file_format="csv", count=3, name="dispatch", actor="a"
    )
    assert (out.path, out.file_format, out.count) == (folder / "l.csv", "csv", 3)
    assert seen(folder) == {"l.csv": b"x"}
    assert counted(database) == (before[0] + 1, 0)
    with database.read() as session:
        entry = session.get_one(JournalEntry, out.change.seq)
    assert (entry.kind, entry.label) == (EntryKind.EXPORTED, "list.exported-other")
    assert entry.params == {"list": "dispatch", "file_format": "csv", "count": 3}


@pytest.mark.file_only("a file is opened for reading only")
def test_who_may_only_read_exports_all_the_same(
    database: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert database.path is not None
    reading = Database(database.path, read_only=True)
    before = counted(database)
    with caplog.at_level("INFO"), FileSet(folder) as new:
        new.add("list.csv", b"x")
        export_list(reading, new, file_format="csv", count=3, name="attendance")
    reading.dispose()
    assert seen(folder) == {"list.csv": b"x"}
    assert counted(database) == before
    assert "list.exported-other" in caplog.text
    assert settle_outgoing(reading) == ()
