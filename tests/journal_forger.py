# ruff: noqa: S608 - the names of tables and columns are written here
"""A journal, and everything somebody could do to it with another program; each forgery says what it did."""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fujisawa_desktop.models import EntryKind, Setting
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.schema import APPLICATION_ID
from fujisawa_desktop.models.sqlite_driver import FileKey, connect
from fujisawa_desktop.rules.journal_marks import Anchor
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.journal_findings import Finding, Part, Tampering
from fujisawa_desktop.services.unit_of_work import unit_of_work

ENTRIES = 40
_FIRST = "SELECT min(id) FROM journal_subject WHERE seq = ?"
TABLES = ("journal_payload", "journal_subject", "journal_entry")
HEADER = ["seq", "at", "actor", "kind", "label", "params", "reverses", "payload_digest", "previous_hash"]


@dataclass
class Forged:
    """What was done: acceptable findings as (part, kind), and the entries they may name."""

    told: set[tuple[Part, Tampering]]
    seqs: set[int]
    anchors: list[Anchor] = field(default_factory=list)


def write_journal(database: Database, count: int = ENTRIES) -> None:
    """Make acts, undone ones, and papers, about one person or several."""
    draw = random.Random(count)
    for number in range(count):
        kind = EntryKind.ISSUED if number % 7 == 6 else EntryKind.ACT
        with unit_of_work(
            database, "test.act", actor=draw.choice("甲乙丙"), kind=kind, z=number, a=1
        ) as work:
            work.session.add(Setting(key=f"k{number}", value={"name": "楜澤", "at": number}))
            for subject in draw.sample(range(1, 30), draw.randint(1, 4)):
                work.concerns("applicant", subject)
            work.commit()


@contextmanager
def past_triggers(path: Path) -> Iterator[Any]:
    """Open a file as somebody who takes the triggers away and puts them back."""
    with closing(connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _name, sql in triggers:
            connection.execute(sql)
        connection.commit()


def anchor_of(path: Path, seq: int, source: str = "紙") -> Anchor:
    """Return what a register printed after an entry would say."""
    with closing(connect(path)) as connection:
        (found,) = connection.execute("SELECT hash FROM journal_entry WHERE seq = ?", (seq,)).fetchone()
    return Anchor(seq, found, source)


def findings_of(path: Path, anchors: list[Anchor], *, key: FileKey | None = None) -> tuple[Finding, ...]:
    """Return what the check says of a file."""
    database = open_database(path, read_only=True, key=key)
    try:
        return check_journal(database, anchors=anchors).findings
    finally:
        database.dispose()


def rehash(connection: Any, seq: int, *, previous: str | None = None) -> str:
    """Give an entry the hash its columns call for, as the program would."""
    row = connection.execute(
        f"SELECT {', '.join(HEADER)} FROM journal_entry WHERE seq = ?", (seq,)
    ).fetchone()
    header = list(row)
    header[1] = str(header[1]).replace(" ", "T").removesuffix(".000000")
    header[5] = json.loads(header[5])
    header[8] = previous if previous is not None else header[8]
    text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    made = hashlib.sha256(text.encode()).hexdigest()
    connection.execute(
        "UPDATE journal_entry SET previous_hash = ?, hash = ? WHERE seq = ?", (header[8], made, seq)
    )
    return made


def renumber(connection: Any, first: int, by: int) -> None:
    """Move all entries from ``first`` on, with what belongs to them."""
    connection.execute("PRAGMA foreign_keys = OFF")
    for table in TABLES:
        connection.execute(f"UPDATE {table} SET seq = -(seq + ?) WHERE seq >= ?", (by, first))
        connection.execute(f"UPDATE {table} SET seq = -seq WHERE seq < 0")


def drop(connection: Any, first: int, last: int, tables: tuple[str, ...] = TABLES) -> None:
    """Take entries away."""
    for table in tables:
        connection.execute(f"DELETE FROM {table} WHERE seq BETWEEN ? AND ?", (first, last))


CHANGES = {
    "at": "'2020-01-02 03:04:05.000000'",
    "actor": "actor || '×'",
    "kind": "CASE kind WHEN 'act' THEN 'issued' ELSE 'act' END",
    "label": "'test.other'",
    "params": "'{\"a\":2}'",
    "reverses": "coalesce(reverses, 0) + 1",
    "payload_digest": "substr(payload_digest, 2) || substr(payload_digest, 1, 1) || 'f'",
    "previous_hash": "'0' || substr(previous_hash, 1, 62) || 'e'",
    "hash": "'0' || substr(hash, 1, 62) || 'e'",
}


def change_entry(path: Path, draw: random.Random) -> Forged:
    seq, column = draw.randint(1, ENTRIES), draw.choice(sorted(CHANGES))
    with past_triggers(path) as connection:
        connection.execute(f"UPDATE journal_entry SET {column} = {CHANGES[column]} WHERE seq = ?", (seq,))
    return Forged({(Part.ENTRY, Tampering.CHANGED)}, {seq})


def change_one_and_its_hash(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(1, ENTRIES - 1)
    with past_triggers(path) as connection:
        connection.execute("UPDATE journal_entry SET actor = '丁' WHERE seq = ?", (seq,))
        rehash(connection, seq)
    # Of the last two it cannot be told which of them was written anew.
    return Forged({(Part.ENTRY, Tampering.CHANGED)}, {seq, seq + 1} if seq == ENTRIES - 1 else {seq})


def rewrite_all_after(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(3, ENTRIES)
    safe = draw.randint(1, seq - 1)
    anchors = [anchor_of(path, safe), anchor_of(path, ENTRIES)]
    with past_triggers(path) as connection:
        connection.execute("UPDATE journal_entry SET actor = '丁' WHERE seq = ?", (seq,))
        previous = rehash(connection, seq)
        for later in range(seq + 1, ENTRIES + 1):
            previous = rehash(connection, later, previous=previous)
    return Forged({(Part.ENTRY, Tampering.REWRITTEN)}, set(range(safe + 1, ENTRIES + 1)), anchors)


def delete_entries(path: Path, draw: random.Random) -> Forged:
    first = draw.randint(1, ENTRIES - 1)
    last = min(first + draw.choice([0, 0, 1, 5]), ENTRIES - 1)
    with past_triggers(path) as connection:
        drop(connection, first, last, draw.choice([TABLES, ("journal_entry",)]))
    return Forged({(Part.ENTRY, Tampering.DELETED)}, set(range(first, last + 1)))


def delete_and_close_the_gap(path: Path, draw: random.Random) -> Forged:
    first = draw.randint(1, ENTRIES - 1)
    last = min(first + draw.choice([0, 0, 1, 9]), ENTRIES - 1)
    with past_triggers(path) as connection:
        drop(connection, first, last)
        renumber(connection, last + 1, first - last - 1)
    return Forged({(Part.ENTRY, Tampering.DELETED)}, set(range(first, last + 1)))


def insert_entry(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(1, ENTRIES)
    with past_triggers(path) as connection:
        renumber(connection, seq, 1)
        columns = "at, actor, kind, label, params, reverses, payload_digest"
        connection.execute(
            f"INSERT INTO journal_entry (seq, {columns}, previous_hash, hash) SELECT ?, {columns}, ?, ? "
            "FROM journal_entry WHERE seq = ?",
            (seq, "ab" * 32, "cd" * 32, 1 if seq > 1 else 2),
        )
        connection.execute(
            "INSERT INTO journal_payload (seq, data) VALUES (?, ?)", (seq, zlib.compress(b"{}"))
        )
        if draw.random() < 0.5:
            before = connection.execute("SELECT hash FROM journal_entry WHERE seq = ?", (seq - 1,)).fetchone()
            rehash(connection, seq, previous=before[0] if before else "0" * 64)
    # Put before the last one with a hash that fits, it cannot be told which of the two came from elsewhere.
    return Forged({(Part.ENTRY, Tampering.INSERTED)}, {seq, seq + 1} if seq == ENTRIES else {seq})


def copy_to_the_end(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(1, ENTRIES - 2)
    with past_triggers(path) as connection:
        connection.execute(
            "INSERT INTO journal_entry SELECT ?, at, actor, kind, label, params, reverses, payload_digest, "
            "previous_hash, hash FROM journal_entry WHERE seq = ?",
            (ENTRIES + 1, seq),
        )
        connection.execute(
            "INSERT INTO journal_payload SELECT ?, data, NULL FROM journal_payload WHERE seq = ?",
            (ENTRIES + 1, seq),
        )
    return Forged({(Part.ENTRY, Tampering.INSERTED)}, {ENTRIES + 1})


def swap_entries(path: Path, draw: random.Random) -> Forged:
    one, two = sorted(draw.sample(range(1, ENTRIES + 1), 2))
    with past_triggers(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in TABLES:
            for old, new in ((one, -1), (two, one), (-1, two)):
                connection.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (new, old))
    return Forged({(Part.ENTRY, Tampering.SWAPPED)}, {one, two})


def swap_belongings(path: Path, draw: random.Random) -> Forged:
    one, two = sorted(draw.sample(range(1, ENTRIES + 1), 2))
    part, table = draw.choice([(Part.PAYLOAD, "journal_payload"), (Part.SUBJECTS, "journal_subject")])
    with past_triggers(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        whom = [
            connection.execute(
                "SELECT kind, subject_id FROM journal_subject WHERE seq = ? ORDER BY 1, 2", (seq,)
            ).fetchall()
            for seq in (one, two)
        ]
        if part is Part.SUBJECTS and whom[0] == whom[1]:
            return swap_belongings(path, draw)
        for old, new in ((one, -1), (two, one), (-1, two)):
            connection.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (new, old))
    return Forged({(part, Tampering.SWAPPED)}, {one, two})


def change_payload(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(1, ENTRIES)
    with past_triggers(path) as connection:
        (data,) = connection.execute("SELECT data FROM journal_payload WHERE seq = ?", (seq,)).fetchone()
        if draw.random() < 0.5:
            text = zlib.decompress(data).replace("楜".encode(), "胡".encode(), 1)
            data = zlib.compress(text, 1)
        else:
            at = draw.randrange(len(data))
            data = data[:at] + bytes([data[at] ^ 1 << draw.randrange(8)]) + data[at + 1 :]
        connection.execute("UPDATE journal_payload SET data = ? WHERE seq = ?", (data, seq))
    return Forged({(Part.PAYLOAD, Tampering.CHANGED)}, {seq})


def delete_payload(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(1, ENTRIES)
    with past_triggers(path) as connection:
        drop(connection, seq, seq, ("journal_payload",))
    return Forged({(Part.PAYLOAD, Tampering.DELETED)}, {seq})


def pretend_an_erasure(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(1, ENTRIES - 1)
    with past_triggers(path) as connection:
        connection.execute(
            "UPDATE journal_payload SET data = ?, erased_by = ? WHERE seq = ?",
            (zlib.compress(b"{}"), draw.randint(seq + 1, ENTRIES), seq),
        )
    return Forged({(Part.PAYLOAD, Tampering.CHANGED)}, {seq})


def touch_subjects(path: Path, draw: random.Random) -> Forged:
    seq = draw.randint(1, ENTRIES)
    statement = draw.choice(
        [
            f"UPDATE journal_subject SET subject_id = 99 WHERE id = ({_FIRST})",
            f"DELETE FROM journal_subject WHERE id = ({_FIRST})",
            "DELETE FROM journal_subject WHERE seq = ?",
            "INSERT INTO journal_subject (seq, kind, subject_id) VALUES (?, 'applicant', 77)",
            (
                "INSERT INTO journal_subject (seq, kind, subject_id) "
                "SELECT seq, kind, subject_id FROM journal_subject WHERE seq = ? LIMIT 1"
            ),
            "UPDATE journal_subject SET kind = 'course' WHERE seq = ?",
        ]
    )
    with past_triggers(path) as connection:
        connection.execute(statement, (seq,))
    return Forged({(Part.SUBJECTS, Tampering.CHANGED)}, {seq})


def stray_belongings(path: Path, draw: random.Random) -> Forged:
    first = draw.randint(2, ENTRIES - 1)
    with past_triggers(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO journal_payload (seq, data) VALUES (?, ?)",
            (ENTRIES + first, zlib.compress(b"{}")),
        )
    return Forged({(Part.ENTRY, Tampering.TRUNCATED)}, set(range(ENTRIES + 1, ENTRIES + first + 1)))


def cut_the_end(path: Path, draw: random.Random) -> Forged:
    first = draw.randint(2, ENTRIES)
    anchors = [anchor_of(path, draw.randint(first, ENTRIES))]
    tables = draw.choice([TABLES, ("journal_entry",)])
    with past_triggers(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        drop(connection, first, ENTRIES, tables)
    return Forged({(Part.ENTRY, Tampering.TRUNCATED)}, set(range(first, ENTRIES + 1)), anchors)


def cut_and_write_anew(path: Path, draw: random.Random) -> Forged:
    first = draw.randint(2, ENTRIES)
    anchors = [anchor_of(path, ENTRIES)]
    if first > 2:
        anchors.append(anchor_of(path, draw.randint(1, first - 1)))
    safe = max([one.entries for one in anchors if one.entries < first], default=0)
    with past_triggers(path) as connection:
        drop(connection, first, ENTRIES)
    database = open_database(path)
    with unit_of_work(database, "test.act", actor="丁") as work:
        work.session.add(Setting(key="anew", value=1))
        work.commit()
    database.dispose()
    told = {(Part.ENTRY, Tampering.REWRITTEN), (Part.ENTRY, Tampering.TRUNCATED)}
    return Forged(told, set(range(safe + 1, ENTRIES + 1)), anchors)


FORGERIES: tuple[Callable[[Path, random.Random], Forged], ...] = (
    change_entry,
    change_one_and_its_hash,
    rewrite_all_after,
    delete_entries,
    delete_and_close_the_gap,
    insert_entry,
    copy_to_the_end,
    swap_entries,
    swap_belongings,
    change_payload,
    delete_payload,
    pretend_an_erasure,
    touch_subjects,
    stray_belongings,
    cut_the_end,
    cut_and_write_anew,
)


def encrypted(path: Path, target: Path, key: FileKey) -> Path:
    """Write a file anew under a key, whatever is wrong with its rows."""
    target.unlink(missing_ok=True)
    with closing(connect(path)) as connection:
        connection.isolation_level = None
        connection.execute(f"ATTACH DATABASE ? AS target KEY \"x'{key.raw.hex()}'\"", (str(target),))
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        connection.execute(f"PRAGMA target.application_id = {APPLICATION_ID}")
        connection.execute("DETACH DATABASE target")
    return target


def located(path: Path, forged: Forged, *, key: FileKey | None = None) -> None:
    """Raise unless the check names what was done, where it was done, and nothing else.

    Raises:
        AssertionError: with what it found.
    """
    found = findings_of(path, forged.anchors, key=key)
    assert found, "nothing was noticed"
    for one in found:
        assert (one.part, one.kind) in forged.told, (one, forged)
        assert forged.seqs & set(range(one.seq, one.through + 1)), (one, forged)
        assert set(range(one.seq, one.through + 1)) <= forged.seqs, (one, forged)
