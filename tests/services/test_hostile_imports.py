"""Hostile and damaged files through the whole import: refused in words, nothing changed, little memory."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile_files import HOSTILE, formulas, largest_file
from sqlalchemy import text
from twisted_files import each, ods, shuffled, xlsx
from twisted_files import text as as_text

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, InputFileError
from fujisawa_desktop.exchange.table import MAX_BYTES
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Base
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.intake import import_applicants, preview_applicants
from fujisawa_desktop.services.journal_check import check_journal
from tests.exchange.tables import OLD_XLS

MOST_MEMORY = 300
"""Megabytes that the whole process may take at its peak."""
MUTATIONS = 2_000
EACH_WHOLE = 100
"""After so many files every row of the database is compared too."""
PIECES = (b'"', b",", b"\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"=1+1")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_clear_words(
    name: str, database: Database, programme_id: int, tmp_path: Path
) -> None:
    make, code = HOSTILE[name]
    path = tmp_path / "応募データ.xlsx"
    path.write_bytes(make())
    before = contents(database)
    with pytest.raises(InputFileError) as caught:
        import_applicants(database, programme_id=programme_id, file=path)
    assert caught.value.code == code
    assert contents(database) == before
    for language in ("ja", "en"):
        set_language(language)
        told = texts.message(caught.value)
        assert path.name in told
        assert code not in told


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is counted otherwise elsewhere")
def test_all_hostile_files_together_stay_below_300_megabytes(database: Database, tmp_path: Path) -> None:
    files = []
    for name, (make, _code) in HOSTILE.items():
        path = tmp_path / f"{name}.csv"
        path.write_bytes(make())
        files.append(str(path))
    found = probe(database, *files)
    assert found["codes"] == {name: code for name, (_make, code) in HOSTILE.items()}
    assert found["peak"] < MOST_MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is counted otherwise elsewhere")
def test_the_largest_file_is_taken_in_below_300_megabytes(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "largest.csv"
    path.write_bytes(largest_file())
    assert path.stat().st_size > MAX_BYTES * 3 / 4
    found = probe(database, str(path))
    assert found["codes"] == {"largest": ""}
    assert found["peak"] < MOST_MEMORY


def probe(database: Database, *files: str) -> dict[str, Any]:
    """Take files in, one after the other, in a process of its own."""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("hostile_probe.py")), database.place, *files],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        timeout=300,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_formulas_are_text_and_stay_text(database: Database, programme_id: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(formulas())
    result = import_applicants(database, programme_id=programme_id, file=path)
    assert result.added == 0
    assert len(result.rejected) + result.unchanged == 10


def contents(database: Database) -> str:
    """Return a digest of every row of every table."""
    digest = hashlib.sha256()
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(text(f"SELECT * FROM {table.name} ORDER BY 1")):  # noqa: S608
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def state_of(database: Database) -> bytes:
    """Return SQLite's own counters of changes and of pages: every commit raises the first.

    On a server there is no such counter: a digest of all rows stands for it.
    """
    if database.path is None:
        return contents(database).encode()
    with database.path.open("rb") as stream:
        return stream.read(100)[24:32]


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Flip bits, cut the end, or put bytes in; sometimes all of it."""
    made = bytearray(data)
    kind = dice.randrange(4)
    if kind in {0, 3}:
        for _ in range(dice.randint(1, 10)):
            made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    if kind in {1, 3}:
        del made[dice.randrange(1, len(made)) :]
    if kind in {2, 3}:
        at = dice.randrange(len(made) + 1)
        piece = dice.choice(
            [b'"', b",", b"\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"=1+1"]
        )
        made[at:at] = piece * dice.choice([1, 1, 1, 50])
    return bytes(made)


def seeds() -> list[bytes]:
    few = each()[:5]
    turned = each(shuffled)[:5]
    return [
        as_text(few, "cp932"),
        as_text(turned, "utf-8-sig"),
        as_text(few, "utf-16", separator="\t"),
        xlsx(few),
        ods(turned),
        OLD_XLS,
    ]


def test_two_thousand_mutated_files_never_crash_and_change_nothing_on_failure(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    """Any file is taken in or refused by a coded error; a refusal leaves the database as it was."""
    dice = random.Random(20_241_001)
    originals = seeds()
    path = tmp_path / "応募.csv"
    taken = refused = 0
    codes: set[str] = set()
    before, whole = state_of(database), contents(database)
    for number in range(MUTATIONS):
        path.write_bytes(mutated(originals[number % len(originals)], dice))
        try:
            # Every third file goes all the way; what a look refuses, taking in refuses by the same steps.
            if number % 3 == 0:
                result = import_applicants(database, programme_id=programme_id, file=path, actor="test")
                assert result.rows == result.added + result.updated + result.unchanged + len(result.rejected)
                taken += 1
                if result.change.changed:
                    before, whole = state_of(database), ""
            else:
                preview_applicants(database, programme_id=programme_id, file=path)
        except AppError as error:
            refused += 1
            codes.add(error.code)
        assert state_of(database) == before
        if number % EACH_WHOLE == 0:
            now = contents(database)
            assert whole in {"", now}
            whole = now
    assert codes <= set(texts.text_book().messages)
    assert taken > 100
    assert refused > 500
    assert check_journal(database).broken_at is None
