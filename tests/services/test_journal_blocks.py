"""Blocks of the journal: taken when every entry is as it was written, and only then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.journal import GENESIS
from fujisawa_desktop.models.journal_blocks import Block, Blocks
from fujisawa_desktop.models.journal_lines import SubjectDigests
from fujisawa_desktop.services import journal_check
from fujisawa_desktop.services.journal_check import check_journal
from tests.journal_forger import CHANGES, ENTRIES, past_triggers, write_journal

pytestmark = pytest.mark.file_only("blocks are read from a file")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("journal") / "whole.fjdb"
    database = open_database(path, create=True)
    write_journal(database)
    database.dispose()
    return path


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(whole, tmp_path / "copy.fjdb"))


@pytest.fixture
def journal(whole: Path) -> Iterator[Database]:
    database = open_database(whole, read_only=True)
    yield database
    database.dispose()


def blocks_of(path: Path, size: int) -> list[Block]:
    database = open_database(path, read_only=True)
    try:
        with database.read() as session:
            blocks = Blocks(session.connection(), after=0, through=ENTRIES, size=size)
            return list(blocks.read())
    finally:
        database.dispose()


def taken(path: Path, size: int) -> list[int]:
    """Return the first entries of the blocks that are taken, each compared with the hash before it."""
    before, found, digest_of = GENESIS, [], SubjectDigests()
    for block in blocks_of(path, size):
        if block.is_as_written(before, digest_of) is not None:
            found.append(block.first)
        before = block.hash_of(block.last)
    return found


@pytest.mark.parametrize("size", [1, 7, ENTRIES, 1000])
def test_blocks_of_an_untouched_journal_are_all_taken(whole: Path, size: int) -> None:
    assert taken(whole, size) == list(range(1, ENTRIES + 1, size))


@pytest.mark.parametrize("column", sorted(CHANGES))
def test_a_block_with_a_changed_entry_is_not_taken(copy: Path, column: str) -> None:
    with past_triggers(copy) as connection:
        connection.execute(f"UPDATE journal_entry SET {column} = {CHANGES[column]} WHERE seq = 15")  # noqa: S608
    refused = set(range(1, ENTRIES + 1, 5)) - set(taken(copy, 5))
    # Its own block, and the next one's first entry when the hash before it is no longer the one it names.
    assert 11 in refused
    assert refused <= {11, 16}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_payload SET data = x'00' WHERE seq = 15",
        "UPDATE journal_payload SET data = CAST(data AS TEXT) WHERE seq = 15",
        "UPDATE journal_payload SET erased_by = 20 WHERE seq = 15",
        "DELETE FROM journal_payload WHERE seq = 15",
        "DELETE FROM journal_entry WHERE seq = 15",
        "DELETE FROM journal_subject WHERE seq = 15",
        "INSERT INTO journal_subject (seq, kind, subject_id) VALUES (15, 'applicant', 999)",
        "INSERT INTO journal_subject (seq, kind, subject_id) VALUES (14.5, 'applicant', 999)",
        "UPDATE journal_subject SET kind = kind || char(10) || kind WHERE seq = 15",
        "UPDATE journal_subject SET subject_id = '7,8' WHERE seq = 15",
        "UPDATE journal_entry SET hash = CAST(hash AS BLOB) WHERE seq = 15",
        "UPDATE journal_entry SET actor = CAST('甲' AS BLOB) WHERE seq = 15",
        "UPDATE journal_entry SET params = params || char(10) WHERE seq = 15",
    ],
)
def test_a_block_that_something_was_done_to_is_not_taken(copy: Path, statement: str) -> None:
    with past_triggers(copy) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
    assert set(range(1, ENTRIES + 1, 5)) - set(taken_alone(copy)) == {11}


def taken_alone(path: Path) -> list[int]:
    """Return the first entries of the blocks that are taken, each compared with what it says is before."""
    return [
        block.first
        for block in blocks_of(path, 5)
        if block.values is not None and block.is_as_written(block.values[4][:64].decode(), SubjectDigests())
    ]


def test_digits_moved_from_one_hash_to_the_next_are_noticed(copy: Path) -> None:
    with past_triggers(copy) as connection:
        (one,) = connection.execute("SELECT hash FROM journal_entry WHERE seq = 13").fetchone()
        connection.execute("UPDATE journal_entry SET hash = ? WHERE seq = 13", (one[:-1],))
        connection.execute("UPDATE journal_entry SET hash = ? || hash WHERE seq = 14", (one[-1],))
    assert 11 not in taken(copy, 5)


def test_a_block_with_more_than_is_held_at_once_is_read_line_by_line(
    journal: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujisawa_desktop.models.journal_blocks._MOST", 10)
    assert [block.values for block in blocks_of(journal.path or Path(), 10)] == [None] * 4
    report = check_journal(journal)
    assert (report.is_whole, report.entries) == (True, ENTRIES)


def test_a_check_can_be_stopped_and_nobody_reads_on(
    journal: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_check, "_BLOCK", 2)
    heard: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        heard.append((done, total))
        if done >= 10:
            raise Cancelled

    with pytest.raises(Cancelled):
        check_journal(journal, progress=stop)
    assert heard == [(done, ENTRIES) for done in (2, 4, 6, 8, 10)]
    assert check_journal(journal).is_whole
