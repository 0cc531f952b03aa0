"""The full check of a long journal, beside a bare SHA-256 chain over rows as the driver gives them."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.journal import EntryKind, entry_header, pack, sealed
from fujisawa_desktop.models.journal_lines import HEAD_IN_SQLITE, head_of
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.models.sqlite_driver import connect
from fujisawa_desktop.services.databases import create_database
from fujisawa_desktop.services.journal_check import check_journal
from tests.benchmarks.scene import KEPT, Figure, middle

WANTED_ENTRIES: Final = 1_000_000
WANTED_SECONDS: Final = 1.0
_PIECE: Final = 20_000
_DAY: Final = datetime(2026, 4, 1, 8, 30)
_ROWS: Final = f"""
    SELECT CAST({HEAD_IN_SQLITE} AS BLOB), e.previous_hash, e.hash, substr(e.payload_digest, 1, 40), p.data
    FROM journal_entry e JOIN journal_payload p ON p.seq = e.seq ORDER BY e.seq"""  # noqa: S608 - no values


def journal(entries: Sequence[int] = (100_000, WANTED_ENTRIES), *, runs: int = 3) -> list[Figure]:
    """Check journals of so many entries."""
    return [_journal(count, runs) for count in entries]


def journal_file(entries: int) -> Path:
    """Return a file with so long a journal; made once and kept below ``build``."""
    file = KEPT / f"journal-{entries}-{SCHEMA_HEAD}.fjdb"
    if file.exists():
        return file
    print(f"making a journal of {entries:,} entries, once …", file=sys.stderr)  # noqa: T201
    part = file.with_suffix(".making")
    part.unlink(missing_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    create_database(part, programme="r6", actor="benchmark")
    write_entries(part, entries)
    part.rename(file)
    return file


def _journal(entries: int, runs: int) -> Figure:
    path = journal_file(entries)
    _bare(path)  # the reading of a disk is not what is measured
    taken = [(_checked(path), _bare(path)) for _run in range(runs)]
    seconds, processor = (middle(values) for values in zip(*(one for one, _peer in taken), strict=True))
    bare = middle([peer for _one, peer in taken])
    is_wanted = entries == WANTED_ENTRIES
    return Figure(
        f"journal, full check of {entries:,} entries",
        f"{seconds:.2f} s ({processor:.2f} s CPU)",
        f"{bare:.2f} s bare chain over its rows",
        seconds / bare,
        f"≤ {WANTED_SECONDS:.0f} s" if is_wanted else "",
        not is_wanted or seconds <= WANTED_SECONDS,
    )


def write_entries(path: Path, count: int) -> None:
    """Append acts to the journal of a file, as the program would have written them one by one."""
    with closing(connect(path)) as connection:
        (seq, previous) = connection.execute("SELECT max(seq), hash FROM journal_entry").fetchone()
        rows = _rows(seq + 1, previous, count)
        while some := [row for _at, row in zip(range(_PIECE), rows, strict=False)]:
            entries, payloads, subjects = zip(*some, strict=True)
            connection.executemany("INSERT INTO journal_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries)
            connection.executemany("INSERT INTO journal_payload (seq, data) VALUES (?, ?)", payloads)
            connection.executemany(
                "INSERT INTO journal_subject (seq, kind, subject_id) VALUES (?, ?, ?)",
                [one for concerned in subjects for one in concerned],
            )
        connection.commit()


def _rows(first: int, previous: str, count: int) -> Iterator[tuple[Any, Any, Any]]:
    """Yield entry, payload and subjects: one person mostly, sometimes nobody or two."""
    for seq in range(first, first + count):
        at = _DAY + timedelta(seconds=seq)
        data, digest = pack(
            {"applicant": {"updated": [[seq % 5_000, {"note": f"備考 {seq}"}, {"note": ""}]]}}
        )
        subjects = [("applicant", seq % 5_000 + more) for more in range((1, 1, 1, 2, 0)[seq % 5])]
        params = {"count": seq % 7}
        header = {
            "seq": seq,
            "at": at,
            "actor": "佐藤",
            "kind": EntryKind.ACT,
            "label": "applicant.saved",
            "params": params,
            "reverses": None,
            "payload_digest": sealed(digest, subjects),
            "previous_hash": previous,
        }
        previous = hashlib.sha256(entry_header(**header).encode()).hexdigest()
        told = json.dumps(params, separators=(",", ":"))
        stored = header | {"at": f"{at:%Y-%m-%d %H:%M:%S}.000000", "kind": "act", "params": told}
        yield (*stored.values(), previous), (seq, data), [(seq, *one) for one in subjects]


def _bare(path: Path) -> float:
    """Return the seconds a loop takes that reads rows and hashes: no subjects, nothing located."""
    sha256, started = hashlib.sha256, time.monotonic()
    with closing(connect(path, read_only=True)) as connection:
        before = None
        for head, previous, found, digest, data in connection.execute(_ROWS):
            assert sha256(head).hexdigest() == found
            assert sha256(data).hexdigest()[:40] == digest
            assert before is None or previous == before
            before = found
    return time.monotonic() - started


def _checked(path: Path) -> tuple[float, float]:
    """Return the seconds a full check took, and those of the processor."""
    database = open_database(path, read_only=True)
    try:
        started, busy = time.monotonic(), time.process_time()
        report = check_journal(database)
        taken = time.monotonic() - started, time.process_time() - busy
        with database.read() as session:
            assert head_of(session.connection()) == (report.newest, report.head)
    finally:
        database.dispose()
    assert report.is_whole
    return taken
