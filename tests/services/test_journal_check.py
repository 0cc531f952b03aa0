"""The journal refuses to be rewritten, and a check says what was done to which entry all the same."""

from __future__ import annotations

import hashlib
import random
import shutil
import zlib
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import EntryKind, JournalEntry, JournalPayload, JournalSubject, Setting
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.models.sqlite_driver import connect, driver
from fujisawa_desktop.rules.journal_marks import Anchor, mark_of, read_anchor
from fujisawa_desktop.services.history import payload_of
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.journal_findings import Finding, Part, Tampering
from fujisawa_desktop.services.unit_of_work import unit_of_work
from tests.journal_forger import (
    ENTRIES,
    FORGERIES,
    anchor_of,
    drop,
    findings_of,
    located,
    past_triggers,
    rehash,
    write_journal,
)

pytestmark = pytest.mark.file_only("a copy of the file is forged")

TABLES = ("journal_entry", "journal_payload", "journal_subject")


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


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.sampled_from(FORGERIES), seed=st.integers(0, 1 << 32), block=st.sampled_from([1, 2, 7, 39, 1000])
)
def test_whatever_was_done_is_located(
    whole: Path, tmp_path: Path, which: object, seed: int, block: int
) -> None:
    forged_file = Path(shutil.copyfile(whole, tmp_path / "forged.fjdb"))
    forge = next(one for one in FORGERIES if one is which)
    with patch("fujisawa_desktop.services.journal_check._BLOCK", block):
        located(forged_file, forge(forged_file, random.Random(seed)))


def test_a_whole_journal_is_whole_and_its_anchors_hold(whole: Path) -> None:
    database = open_database(whole, read_only=True)
    anchors = [anchor_of(whole, 3), anchor_of(whole, ENTRIES)]
    report = check_journal(database, anchors=anchors)
    assert report.is_whole
    assert (report.entries, report.newest, report.head) == (ENTRIES, ENTRIES, anchors[1].mark)
    assert report.anchors == tuple(anchors)
    assert report.unsealed == 0
    after = check_journal(database, since=anchors[0])
    assert (after.is_whole, after.entries, after.checked_from) == (True, ENTRIES, 4)
    database.dispose()


def test_every_forgery_at_once_is_still_told_one_by_one(copy: Path) -> None:
    with past_triggers(copy) as connection:
        connection.execute("UPDATE journal_entry SET actor = '×' WHERE seq = 3")
        drop(connection, 10, 12)
        connection.execute("UPDATE journal_payload SET data = ? WHERE seq = 20", (zlib.compress(b"{}"),))
        connection.execute("UPDATE journal_subject SET subject_id = 99 WHERE seq = 30 AND id % 2 = 0")
        connection.execute("UPDATE journal_subject SET subject_id = 98 WHERE seq = 30")
    assert findings_of(copy, []) == (
        Finding(Part.ENTRY, Tampering.CHANGED, 3, 3),
        Finding(Part.ENTRY, Tampering.DELETED, 10, 12),
        Finding(Part.PAYLOAD, Tampering.CHANGED, 20, 20),
        Finding(Part.SUBJECTS, Tampering.CHANGED, 30, 30),
    )


@pytest.mark.parametrize("column", ["actor", "label"])
def test_bytes_where_a_text_belongs_are_told_like_any_change(copy: Path, column: str) -> None:
    with past_triggers(copy) as connection:
        connection.execute(f"UPDATE journal_entry SET {column} = CAST({column} AS BLOB) WHERE seq = 20")  # noqa: S608
    assert findings_of(copy, []) == (Finding(Part.ENTRY, Tampering.CHANGED, 20, 20),)


def test_a_cut_end_is_seen_with_the_line_of_a_printed_register_only(copy: Path) -> None:
    full = anchor_of(copy, ENTRIES)
    printed = read_anchor(
        f"操作記録　{ENTRIES}件", mark_of(full.mark).lower().replace("-", "‐"), source="発送簿"
    )
    with past_triggers(copy) as connection:
        drop(connection, ENTRIES - 2, ENTRIES)
    assert findings_of(copy, []) == ()
    assert findings_of(copy, [printed]) == (
        Finding(Part.ENTRY, Tampering.TRUNCATED, ENTRIES - 2, ENTRIES, source="発送簿"),
    )


def test_a_journal_written_anew_is_seen_between_two_anchors(copy: Path) -> None:
    anchors = [anchor_of(copy, seq) for seq in (5, 15, 30)]
    with past_triggers(copy) as connection:
        connection.execute("UPDATE journal_entry SET label = 'test.other' WHERE seq = 9")
        previous = rehash(connection, 9)
        for seq in range(10, ENTRIES + 1):
            previous = rehash(connection, seq, previous=previous)
    assert findings_of(copy, []) == ()
    first, second = findings_of(copy, anchors)
    assert (first.kind, first.seq, first.through) == (Tampering.REWRITTEN, 6, 15)
    assert (second.seq, second.through) == (6, 30)


def test_states_given_up_by_a_restore_are_explained(copy: Path) -> None:
    late = anchor_of(copy, ENTRIES)
    with past_triggers(copy) as connection:
        drop(connection, 21, ENTRIES)
    database = open_database(copy)
    with unit_of_work(database, "test.restored", kind=EntryKind.RESTORED) as work:
        work.commit()
    report = check_journal(database, anchors=[late])
    database.dispose()
    assert report.is_whole
    assert [(one.kind, one.through) for one in report.findings] == [(Tampering.RESTORED, ENTRIES)]


def test_entries_of_older_versions_hold_without_a_seal_of_their_subjects(copy: Path) -> None:
    with past_triggers(copy) as connection:
        previous = "0" * 64
        for seq in range(1, ENTRIES + 1):
            (data,) = connection.execute("SELECT data FROM journal_payload WHERE seq = ?", (seq,)).fetchone()
            old = hashlib.sha256(zlib.decompress(data)).hexdigest()
            connection.execute("UPDATE journal_entry SET payload_digest = ? WHERE seq = ?", (old, seq))
            previous = rehash(connection, seq, previous=previous)
    database = open_database(copy)
    report = check_journal(database)
    database.dispose()
    assert (report.is_whole, report.unsealed) == (True, ENTRIES)
    with past_triggers(copy) as connection:
        connection.execute("UPDATE journal_payload SET data = ? WHERE seq = 2", (zlib.compress(b"{}"),))
    assert findings_of(copy, []) == (Finding(Part.PAYLOAD, Tampering.CHANGED, 2, 2),)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {} SET seq = seq", "DELETE FROM {}", "DELETE FROM {} WHERE seq = 1"])
def test_another_program_cannot_change_the_journal(copy: Path, table: str, act: str) -> None:
    with closing(connect(copy)) as connection, pytest.raises(driver.IntegrityError, match="kept as it was"):
        connection.execute(act.format(table))
    assert findings_of(copy, []) == ()


@pytest.mark.parametrize("model", [JournalEntry, JournalPayload, JournalSubject])
def test_the_program_itself_cannot_change_the_journal(copy: Path, model: type[JournalEntry]) -> None:
    database = open_database(copy)
    for statement in (update(model).values(seq=model.seq), delete(model)):
        with database.write() as session, pytest.raises(DBAPIError, match="kept as it was"):
            session.execute(statement)
    with database.write() as session:
        session.delete(session.get_one(model, 1))
        with pytest.raises(DBAPIError, match="kept as it was"):
            session.commit()
    database.dispose()
    assert findings_of(copy, []) == ()


def test_only_an_erasure_may_rewrite_what_an_entry_holds(copy: Path) -> None:
    database = open_database(copy)
    with unit_of_work(database, "test.act") as work, pytest.raises(ValueError, match="only an erasure"):
        work.rewrite_payload(2, {})
    with unit_of_work(database, "test.erased", kind=EntryKind.ERASED, count=2) as work:
        for seq in (2, 3):
            work.rewrite_payload(seq, {"setting": {}})
        change = work.commit()
    report = check_journal(database)
    assert report.is_whole
    with database.read() as session:
        assert session.get_one(JournalPayload, 2).erased_by == change.seq
        assert unpack(session.get_one(JournalPayload, 3).data)[0] == {"setting": {}}
        with pytest.raises(RuleError, match=r"undo\.erased"):
            payload_of(session, 3)
        assert [
            row[0]
            for row in unpack(session.get_one(JournalPayload, change.seq).data)[0]["journal_payload"][
                "rewritten"
            ]
        ] == [2, 3]
    with unit_of_work(database, "test.erased", kind=EntryKind.ERASED) as work:
        work.rewrite_payload(2, {})
        work.commit()
    assert check_journal(database).is_whole
    database.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_payload SET data = x'00' WHERE seq = 2",
        "UPDATE journal_subject SET subject_id = 99 WHERE seq = 2",
        "UPDATE journal_payload SET erased_by = 1 WHERE seq = 2",
    ],
)
def test_what_an_erasure_left_is_checked_too(copy: Path, statement: str) -> None:
    database = open_database(copy)
    with unit_of_work(database, "test.erased", kind=EntryKind.ERASED) as work:
        work.rewrite_payload(2, {})
        work.commit()
    database.dispose()
    with past_triggers(copy) as connection:
        connection.execute(statement)
    assert findings_of(copy, []) == (Finding(Part.PAYLOAD, Tampering.CHANGED, 2, 2),)


def test_what_was_erased_cannot_be_put_back_unnoticed(copy: Path) -> None:
    with closing(connect(copy)) as connection:
        (data,) = connection.execute("SELECT data FROM journal_payload WHERE seq = 2").fetchone()
    database = open_database(copy)
    with unit_of_work(database, "test.erased", kind=EntryKind.ERASED) as work:
        work.rewrite_payload(2, {})
        work.commit()
    database.dispose()
    with past_triggers(copy) as connection:
        connection.execute("UPDATE journal_payload SET data = ?, erased_by = NULL WHERE seq = 2", (data,))
    assert findings_of(copy, []) == (Finding(Part.PAYLOAD, Tampering.CHANGED, 2, 2),)


def test_an_erasure_is_named_by_an_entry_of_its_kind(copy: Path) -> None:
    with closing(connect(copy)) as connection, pytest.raises(driver.IntegrityError, match="kept as it was"):
        connection.execute("UPDATE journal_payload SET data = x'00', erased_by = 1 WHERE seq = 2")


def test_a_large_payload_is_read_as_any_other(empty_database: Database) -> None:
    draw = random.Random(1)
    with unit_of_work(empty_database, "test.act") as work:
        work.session.add(
            Setting(key="k", value="".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(99_999)))
        )
        work.commit()
    assert check_journal(empty_database).is_whole


@pytest.mark.parametrize(
    ("count", "mark", "entries", "signs"),
    [
        ("1,234", "7k3m-0000-zzzz", 1234, "7K3M0000ZZZZ"),
        ("操作記録 １２３４件", "７Ｋ３Ｍ－ＯＯＯＯ－ＺＺＺＺ", 1234, "7K3M0000ZZZZ"),
        ("５", "il0o il0o il0o", 5, "110011001100"),
        ("7", "AB" * 32, 7, "ab" * 32),
    ],
)
def test_an_anchor_is_read_as_people_type_it(count: str, mark: str, entries: int, signs: str) -> None:
    assert read_anchor(count, mark) == Anchor(entries, signs)


@pytest.mark.parametrize(
    ("count", "mark", "code"),
    [
        ("", "7K3M-0000-ZZZZ", "count"),
        ("0", "7K3M-0000-ZZZZ", "count"),
        ("3", "7K3M", "mark"),
        ("3", "7K3M-0000-ZZZU", "mark"),
    ],
)
def test_what_is_no_anchor_is_refused(count: str, mark: str, code: str) -> None:
    with pytest.raises(RuleError, match=rf"journal\.anchor-{code}"):
        read_anchor(count, mark)


@given(st.integers(0, (1 << 256) - 1))
def test_a_mark_is_of_its_hash(number: int) -> None:
    text = f"{number:064x}"
    assert Anchor(1, mark_of(text).replace("-", "")).holds(text)
    assert not Anchor(1, mark_of(text).replace("-", "")).holds(f"{number ^ 1 << 250:064x}")
