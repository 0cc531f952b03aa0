"""Opening: what is refused, what is set, what a copy holds."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2 as sqlite3

from fujisawa_desktop.errors import ConflictError, StorageError
from fujisawa_desktop.models import Base, Setting
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.engines import database_url
from fujisawa_desktop.models.sqlite_files import inspect_file
from fujisawa_desktop.services.unit_of_work import unit_of_work


def test_settings_of_every_connection(empty_database: Database) -> None:
    with empty_database.write() as session:
        values = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "query_only")
        }
    assert values == {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "query_only": 0}


def test_a_reading_session_cannot_write(empty_database: Database) -> None:
    with pytest.raises(StorageError), empty_database.read() as session:
        session.execute(text("DELETE FROM setting"))


def test_a_file_that_could_not_be_made_is_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Database] = []
    dispose = Database.dispose

    def fail(_connection: object) -> None:
        raise StorageError("storage.disk-full")

    monkeypatch.setattr(Database, "dispose", lambda self: (closed.append(self), dispose(self)))
    monkeypatch.setattr("fujisawa_desktop.models.engines._mark_as_ours", fail)
    with pytest.raises(StorageError, match="disk-full"):
        open_database(tmp_path / "new.fjdb", create=True)
    assert len(closed) == 1


def test_a_file_that_cannot_be_read_for_a_moment_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path) -> bool:
        raise OSError(5, "Input/output error")

    path = tmp_path / "a.fjdb"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    monkeypatch.setattr("fujisawa_desktop.models.sqlite_files.looks_encrypted", fail)
    with pytest.raises(StorageError, match=r"storage\.cannot-read"):
        inspect_file(path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a database at all, but long enough to be looked at" * 40, "storage.damaged"),
        (b"", "storage.not-ours"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_left(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.fjdb"
    path.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        open_database(path)
    assert caught.value.code == code
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"storage\.not-ours"):
        open_database(path)
    assert path.read_bytes() == before


def test_a_cut_file_is_refused_in_words(empty_database: Database, tmp_path: Path) -> None:
    assert empty_database.path is not None
    path = tmp_path / "cut.fjdb"
    path.write_bytes(empty_database.path.read_bytes()[:5000])
    with pytest.raises(StorageError) as caught:
        open_database(path)
    assert caught.value.code == "storage.damaged"


def test_a_missing_file_is_not_made_by_accident(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"storage\.missing"):
        open_database(tmp_path / "nowhere.fjdb")
    assert list(tmp_path.iterdir()) == []


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"storage\.is-directory"):
        open_database(tmp_path)


def test_a_bad_address_is_refused() -> None:
    with pytest.raises(StorageError, match=r"storage\.bad-address"):
        database_url("://")


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(database_url("postgresql+psycopg://clerk:secret@localhost/x"))


def test_a_read_only_file_opens_for_reading(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = empty_database.path
    assert path is not None
    path.chmod(stat.S_IREAD)
    monkeypatch.setattr("os.access", lambda _path, mode: mode != 2)
    database = open_database(path)
    assert database.read_only
    with database.read() as session:
        assert session.get(Setting, "x") is None
    database.dispose()


def test_a_second_writer_waits_and_is_told(empty_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fujisawa_desktop.models.schema.BUSY_SECONDS", 0)
    assert empty_database.path is not None
    second = open_database(empty_database.path)
    with unit_of_work(empty_database, "test.a") as first:
        first.session.add(Setting(key="a", value=1))
        first.session.flush()
        with pytest.raises(ConflictError, match=r"storage\.busy"), unit_of_work(second, "test.b") as work:
            work.session.add(Setting(key="b", value=1))
            work.commit()
        first.commit()
    second.dispose()


def test_a_backup_opens_and_holds_what_was_there(empty_database: Database, tmp_path: Path) -> None:
    with unit_of_work(empty_database, "test.a") as work:
        work.session.add(Setting(key="a", value={"b": [1, "二"]}))
        work.commit()
    copy = tmp_path / "kept" / "copy.fjdb"
    empty_database.backup(copy)
    other = open_database(copy)
    with other.read() as session:
        assert session.get_one(Setting, "a").value == {"b": [1, "二"]}
    other.dispose()
    assert sorted(path.name for path in copy.parent.iterdir()) == ["copy.fjdb", "copy.fjdb.json"]


def test_a_backup_to_an_impossible_place_is_told(empty_database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match=r"storage\.cannot-write"):
        empty_database.backup(tmp_path / "file" / "copy.fjdb")


def test_errors_never_carry_values(empty_database: Database) -> None:
    with pytest.raises(OperationalError) as caught, empty_database.engines.writer.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "楜澤 涼介"})
    assert "楜澤" not in str(caught.value)


def test_every_table_can_be_made_on_postgresql() -> None:
    dialect = postgresql.dialect()
    for table in Base.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))
        for name in (table.name, *(str(constraint.name) for constraint in table.constraints)):
            assert len(name) <= 63, f"{name} is cut by PostgreSQL"


def test_dates_have_no_zone() -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            assert not getattr(column.type, "timezone", False), f"{table.name}.{column.name}"
