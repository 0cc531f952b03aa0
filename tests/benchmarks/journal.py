"""The check of a long journal, beside a bare SHA-256 chain over the same texts."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.journal import EntryKind, entry_header, pack, sealed
from fujisawa_desktop.models.journal_lines import head_of, quick_lines
from fujisawa_desktop.models.sqlite_driver import connect
from fujisawa_desktop.services.databases import create_database
from fujisawa_desktop.services.journal_check import check_journal
from tests.benchmarks.scene import KEPT, Figure

WANTED_ENTRIES: Final = 1_000_000
WANTED_SECONDS: Final = 1.0
_PIECE: Final = 20_000
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - the reading of a disk is not what is measured
_DAY: Final = datetime(2026, 4, 1, 8, 30)


def journal(entries: Sequence[int] = (100_000, WANTED_ENTRIES)) -> list[Figure]:
    """Check journals of so many entries."""
    return [_journal(count) for count in entries]


def _journal(entries: int) -> Figure:
    place = _MEMORY if _MEMORY.is_dir() else KEPT
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="journal-", dir=place))
    try:
        path = folder / "long.fjdb"
        create_database(path, programme="r6", actor="benchmark")
        write_entries(path, entries)
        bare = _bare(path)
        checked, seconds = _checked(path)
    finally:
        shutil.rmtree(folder)
    limit = WANTED_SECONDS if entries == WANTED_ENTRIES else None
    return Figure(
        f"journal check, {checked:,} entries (CPU)",
        f"{seconds:.2f} s",
        f"{bare:.2f} s bare chain",
        seconds / bare,
        "" if limit is None else f"≤ {limit:.0f} s",
        limit is None or seconds <= limit,
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
    """Return the CPU seconds that hashing alone takes, everything ready in memory."""
    database = open_database(path, read_only=True)
    with database.read() as session:
        texts = [
            (head, data, (subjects or "").encode())
            for _seq, head, _hash, _unusual, data, subjects in quick_lines(session.connection())
            if data is not None
        ]
    database.dispose()
    sha256, started = hashlib.sha256, time.process_time()
    for head, data, subjects in texts:
        sha256(head).hexdigest()
        sha256(data).hexdigest()
        sha256(subjects).hexdigest()
    return time.process_time() - started


def _checked(path: Path) -> tuple[int, float]:
    """Return how many entries were checked, and the CPU seconds it took."""
    database = open_database(path, read_only=True)
    try:
        started = time.process_time()
        report = check_journal(database)
        taken = time.process_time() - started
        with database.read() as session:
            assert head_of(session.connection()) == (report.newest, report.head)
    finally:
        database.dispose()
    assert report.is_whole
    return report.entries, taken
