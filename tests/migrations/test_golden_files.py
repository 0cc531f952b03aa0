"""Files that earlier versions of the program wrote, each after a walk through the whole job (40 people).

They are kept as those versions left them, so a migration is tried on what offices really have.
"""

from __future__ import annotations

import lzma
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.migrate import downgrade, upgrade
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.models.sqlite_driver import connect
from fujisawa_desktop.services.databases import check_database

GOLDEN: Final = Path(__file__).with_name("golden")
REVISIONS: Final = sorted(path.name.split(".")[0] for path in GOLDEN.glob("*.fjdb.xz"))

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def unpacked(revision: str, folder: Path) -> Path:
    path = folder / f"{revision}.fjdb"
    path.write_bytes(lzma.decompress((GOLDEN / f"{revision}.fjdb.xz").read_bytes()))
    return path


def rows_of(path: Path) -> Rows:
    """Return the columns and rows of every table, in an order that does not hang on the file."""
    with closing(connect(path, read_only=True)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version" and not name.startswith("sqlite_")
        ]
        return {name: _rows(connection, name) for name in names}


def _rows(connection: Any, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the name comes from the schema
    columns = [column[0] for column in cursor.description]
    return columns, sorted(cursor.fetchall(), key=repr)


def only(rows: Rows, columns: dict[str, list[str]]) -> str:
    """Return the digest of some columns of some tables."""
    found = []
    for table, names in sorted(columns.items()):
        have, values = rows[table]
        places = [have.index(name) for name in names]
        found.append((table, sorted((tuple(row[at] for at in places) for row in values), key=repr)))
    return sha256(repr(found).encode()).hexdigest()


REWRITTEN: Final = {"0004": {"programme": {"texts"}}}
"""Columns that a migration writes anew on purpose: placeholders in texts (see test_texts_renewed)."""


def kept_columns(revision: str, rows: Rows) -> dict[str, list[str]]:
    changed: dict[str, set[str]] = {}
    for step, tables in REWRITTEN.items():
        if step > revision:
            changed.update(tables)
    return {
        table: [name for name in columns if name not in changed.get(table, set())]
        for table, (columns, _values) in rows.items()
    }


def test_every_earlier_schema_has_a_golden_file() -> None:
    assert [f"{number:04}" for number in range(1, int(SCHEMA_HEAD))] == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_file_of_an_earlier_version_keeps_all_it_holds(revision: str, tmp_path: Path) -> None:
    path = unpacked(revision, tmp_path)
    before = rows_of(path)
    kept = kept_columns(revision, before)
    assert sum(len(values) for _columns, values in before.values()) > 900
    database = open_database(path)
    try:
        report = check_database(database)
    finally:
        database.dispose()
    assert only(rows_of(path), kept) == only(before, kept)
    assert report.is_whole
    (copy,) = (tmp_path / "backups").glob("*.fjdb")
    assert rows_of(copy) == before


@pytest.mark.parametrize("revision", REVISIONS)
def test_up_down_and_up_again_ends_where_up_ends(revision: str, tmp_path: Path) -> None:
    path = unpacked(revision, tmp_path)
    database = open_database(path)

    def move(change: Any, *to: str) -> None:
        with database.engines.writer.connect() as connection:
            change(connection, *to)
            connection.commit()

    try:
        once = rows_of(path)
        move(downgrade, revision)
        move(upgrade)
        again = rows_of(path)
    finally:
        database.dispose()
    old_columns = {
        table: columns for table, (columns, _values) in rows_of(unpacked(revision, tmp_path)).items()
    }
    kept = {
        table: [name for name in columns if name in once[table][0]]
        for table, columns in old_columns.items()
        if table in once
    }
    assert only(again, kept) == only(once, kept)
    assert {table: columns for table, (columns, _values) in again.items()} == {
        table: columns for table, (columns, _values) in once.items()
    }


@pytest.mark.parametrize(
    "statement", ["PRAGMA application_id = 7", "UPDATE alembic_version SET version_num = '9999'"]
)
def test_what_is_not_ours_or_newer_is_refused_and_left_as_it_is(statement: str, tmp_path: Path) -> None:
    path = unpacked(REVISIONS[-1], tmp_path)
    with closing(connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    before = sha256(path.read_bytes()).hexdigest()
    with pytest.raises(StorageError, match=r"storage\.(not-ours|newer)"):
        open_database(path)
    assert sha256(path.read_bytes()).hexdigest() == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
