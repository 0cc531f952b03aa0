"""What a server does as a file does: one writer, readers of one state, one migration, refusals in words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from places import OnServer
from postgres_server import ADMIN, ADMIN_PASSWORD, Keeper, Server
from sqlalchemy import create_engine, select, text

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, ConflictError, StorageError
from fujisawa_desktop.models import Setting
from fujisawa_desktop.models import servers as servers_module
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.engines import known_failures
from fujisawa_desktop.models.migrate import upgrade
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.services.unit_of_work import unit_of_work

ADVISORY = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
PASSWORD = "geheim"  # noqa: S105 - of a login that lives for one test
ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = ("ア", "ｱ", "あ", "亜", "A", "a", "é", "髙", "𠮷", "-", " ", "_", "Ａ", "\U000e0100")


@pytest.fixture
def made(fresh: str) -> str:
    """The address of a migrated database."""
    open_database(fresh, create=True).dispose()
    return fresh


def name_in(address: str) -> str:
    return address.rpartition("?")[0].rpartition("/")[2]


def put(database: Database, key: str, value: object = 1) -> None:
    with unit_of_work(database, "test.put", actor="test") as work:
        work.session.add(Setting(key=key, value=value))
        work.commit()


def test_who_cannot_write_in_time_hears_that_another_is_saving(
    made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers_module, "_SESSION", "-c lock_timeout=100ms")
    one, other = open_database(made), open_database(made)
    with one.write() as saving:
        saving.execute(text("SELECT 1"))  # it has begun
        with pytest.raises(ConflictError, match=r"storage\.busy"):
            put(other, "b")
        with other.read() as session:
            assert session.scalars(select(Setting.key)).all() == []
    put(other, "b")
    one.dispose()
    other.dispose()


def test_who_reads_sees_one_state_and_cannot_write(made: str) -> None:
    database = open_database(made)
    with database.read() as session:
        assert session.scalars(select(Setting.key)).all() == []
        put(database, "a")
        assert session.scalars(select(Setting.key)).all() == []
    with pytest.raises(StorageError, match=r"storage\.server-read-only"), database.read() as session:
        session.execute(text("DELETE FROM setting"))
    with database.read() as session:
        assert session.scalars(select(Setting.key)).all() == ["a"]
    database.dispose()


def test_texts_stand_in_the_order_of_a_file(made: str, tmp_path: Path) -> None:
    orders = []
    for place in (made, tmp_path / "a.fjdb"):
        database = open_database(place, create=True)
        with unit_of_work(database, "test.put", actor="test") as work:
            work.session.add_all([Setting(key=word, value=1) for word in WORDS])
            work.commit()
        with database.read() as session:
            orders.append(session.scalars(select(Setting.key).order_by(Setting.key)).all())
        database.dispose()
    assert orders[0] == orders[1] == sorted(WORDS)


@pytest.mark.parametrize(("value", "code"), [("a\0b", "text.unstorable")])
def test_what_a_server_does_not_store_is_refused_in_words(made: str, value: str, code: str) -> None:
    database = open_database(made)
    with pytest.raises(AppError) as refused:
        put(database, value)
    assert refused.value.code == code
    database.dispose()


# --- one migration at a time --------------------------------------------------------


def old_schema(address: str, revision: str = "0005") -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        upgrade(connection, revision)
    engine.dispose()


def opening(address: str) -> subprocess.Popen[bytes]:
    code = "import sys, fujisawa_desktop.models.database as d; d.open_database(sys.argv[1]).dispose()"
    return subprocess.Popen(
        [sys.executable, "-c", code, address], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def revision_of(server: Server, address: str) -> str:
    with server.connected(name_in(address)) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert row is not None
    return str(row[0])


def test_of_two_programs_that_open_an_old_database_one_migrates(server: Server, fresh: str) -> None:
    old_schema(fresh)
    both = [opening(fresh), opening(fresh)]
    assert [one.wait(120) for one in both] == [0, 0]
    assert revision_of(server, fresh) == SCHEMA_HEAD


def test_killed_while_it_migrates_the_database_is_old_or_new(server: Server, on_server: OnServer) -> None:
    address = str(on_server.new(Path("killed")))
    old_schema(address)
    for _ in range(3):
        child = opening(address)
        with server.connected(name_in(address)) as connection:
            while child.poll() is None:  # until its migration holds the lock
                held = connection.execute(ADVISORY).fetchone()
                if held and held[0]:
                    break
        child.kill()
        child.wait()
        assert revision_of(server, address) in {"0005", SCHEMA_HEAD}
    open_database(address).dispose()
    assert revision_of(server, address) == SCHEMA_HEAD


def test_a_newer_database_is_refused_and_left_alone(server: Server, made: str) -> None:
    with server.connected(name_in(made)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"storage\.newer"):
        open_database(made)
    assert revision_of(server, made) == "9999"


def test_an_empty_or_foreign_database_is_not_written_to(server: Server, fresh: str) -> None:
    with pytest.raises(StorageError, match=r"storage\.server-empty"):
        open_database(fresh)
    with server.connected(name_in(fresh)) as connection:
        connection.execute("CREATE TABLE theirs (id int)")
    for create in (False, True):
        with pytest.raises(StorageError, match=r"storage\.server-not-ours"):
            open_database(fresh, create=create)


def test_a_database_that_sorts_otherwise_is_refused(server: Server) -> None:
    with server.connected() as connection:
        connection.execute(
            "CREATE DATABASE otherwise TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            " LOCALE_PROVIDER icu ICU_LOCALE 'ja'"
        )
    try:
        with pytest.raises(StorageError, match=r"storage\.server-collation"):
            open_database(server.address("otherwise"), create=True)
    finally:
        server.drop("otherwise")


# --- who may not come in, or not write ----------------------------------------------

Login = Callable[..., str]


def test_a_clerk_who_may_not_migrate_is_told_whom_to_ask(server: Server, fresh: str, login: Login) -> None:
    old_schema(fresh)
    name = login("x")
    with server.connected(name_in(fresh)) as connection:
        connection.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}")
    with pytest.raises(StorageError, match=r"storage\.server-may-not-migrate"):
        open_database(server.address(name_in(fresh), user=name))
    with server.connected(name_in(fresh)) as connection:
        connection.execute(f"DROP OWNED BY {name}")
    assert revision_of(server, fresh) == "0005"


def test_a_login_that_may_only_read_opens_for_reading(server: Server, made: str, login: Login) -> None:
    name = login("x")
    with server.connected(name_in(made)) as connection:
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    database = open_database(server.address(name_in(made), user=name))
    assert database.read_only
    with pytest.raises(StorageError, match=r"storage\.read-only"):
        put(database, "a")
    database.dispose()
    with server.connected(name_in(made)) as connection:
        connection.execute(f"DROP OWNED BY {name}")


@pytest.mark.parametrize(
    ("database", "password", "options", "code"),
    [
        ("", "falsch", "", "storage.server-password"),
        ("", None, "", "storage.server-password"),
        ("nowhere", "geheim", "", "storage.server-no-database"),
        ("", "geheim", "LOGIN CONNECTION LIMIT 0", "storage.server-full"),
        ("", "geheim", "NOLOGIN", "storage.server-login"),
    ],
)
def test_who_is_not_let_in_hears_why_and_no_password_is_said(
    server: Server, made: str, login: Login, database: str, password: str | None, options: str, code: str
) -> None:
    name = login("geheim", options)
    address = server.guarded_address(database or name_in(made), user=name, password=password)
    with pytest.raises(AppError) as refused:
        open_database(address)
    assert refused.value.code == code
    said = texts.message(refused.value) + str(refused.value) + repr(refused.value.params)
    assert "geheim" not in said
    assert "falsch" not in said
    assert name in said or code == "storage.busy"


def test_the_place_of_a_database_holds_no_password(server: Server, made: str, login: Login) -> None:
    name = login(PASSWORD)
    with server.connected(name_in(made)) as connection:
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    database = open_database(server.guarded_address(name_in(made), user=name, password=PASSWORD))
    assert "geheim" not in f"{database.place} {database.name} {database.engines.reader!r}"
    assert database.place.startswith(f"postgresql+psycopg://{name}@127.0.0.1:")
    database.dispose()
    with server.connected(name_in(made)) as connection:
        connection.execute(f"DROP OWNED BY {name}")


def test_a_server_that_goes_away_says_so_and_is_taken_up_again(tmp_path: Path) -> None:
    with Keeper() as keeper:
        keeper.server.create("work")
        address = keeper.server.guarded_address("work", user=ADMIN, password=ADMIN_PASSWORD)
        database = open_database(address, create=True)
        put(database, "before")
        with database.write() as session:
            session.add(Setting(key="lost", value=1))
            keeper.go_down()
            with pytest.raises(StorageError, match=r"storage\.server-gone"), known_failures(database.place):
                session.commit()
            session.close()
        with pytest.raises(StorageError, match=r"storage\.server-gone"):
            put(database, "while it is away")
        keeper.come_up()
        put(database, "after")
        with database.read() as session:
            assert session.scalars(select(Setting.key).order_by(Setting.key)).all() == ["after", "before"]
        database.dispose()
    assert not keeper.server.folder.exists()
