"""The shipped scripts build exactly the schema of the models, and can be taken back."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, event, func, inspect, select
from sqlcipher3 import dbapi2 as sqlite3

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models import Base
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.migrate import configuration, downgrade, upgrade
from fujisawa_desktop.models.schema import APPLICATION_ID, SCHEMA_HEAD


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path / 'schema.db'}")


def revisions() -> list[str]:
    scripts = ScriptDirectory.from_config(configuration())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def schema(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND name != 'alembic_version' ORDER BY name"
        )
        return [(row[0], row[1]) for row in rows]


def test_the_constant_names_the_newest_script() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == SCHEMA_HEAD


def test_head_equals_the_models(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_head_equals_create_all(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        upgrade(connection)
    other = create_engine(f"sqlite:///{tmp_path / 'created.db'}")
    Base.metadata.create_all(other)
    migrated, created = inspect(engine), inspect(other)
    for table in Base.metadata.tables:
        assert {c["name"] for c in migrated.get_columns(table)} == {
            c["name"] for c in created.get_columns(table)
        }
        assert {str(u["name"]) for u in migrated.get_unique_constraints(table)} == {
            str(u["name"]) for u in created.get_unique_constraints(table)
        }
        assert {str(u["name"]) for u in migrated.get_check_constraints(table)} == {
            str(u["name"]) for u in created.get_check_constraints(table)
        }


@pytest.mark.parametrize("revision", revisions())
def test_each_revision_can_be_taken_back(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        upgrade(connection, revision)
    with_it = schema(engine)
    with engine.begin() as connection:
        downgrade(connection, "-1")
    with engine.begin() as connection:
        upgrade(connection, revision)
    assert schema(engine) == with_it
    with engine.begin() as connection:
        downgrade(connection, "base")
    assert schema(engine) == []


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.fjdb"
    open_database(path, create=True).dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"storage\.newer"):
        open_database(path)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["newer.fjdb"]


def test_an_older_file_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "older.fjdb"
    open_database(path, create=True).dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ''")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            if name != "alembic_version":
                connection.execute(f'DROP TABLE "{name}"')
        connection.execute("DELETE FROM alembic_version")
    connection.close()
    open_database(path).dispose()
    copies = list((tmp_path / "backups").glob("*.fjdb"))
    assert len(copies) == 1
    assert copies[0].name.startswith("older-before-")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA_HEAD,)]
    connection.close()


def test_our_files_say_so_in_their_header(tmp_path: Path) -> None:
    path = tmp_path / "a.fjdb"
    open_database(path, create=True).dispose()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    connection.close()


def test_the_second_schema_keeps_what_hangs_on_the_rows_it_widens(tmp_path: Path) -> None:
    """Widening ``entry`` or ``application`` must not delete decisions, answers and interviews."""
    old = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    event.listen(old, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys = ON"))
    with old.begin() as connection:
        upgrade(connection, "0001")
        tables = MetaData()
        tables.reflect(connection)
        for name, row in _FIRST_ROWS:
            connection.execute(tables.tables[name].insert().values(**row))
    with old.begin() as connection:
        upgrade(connection)
        counts = {
            name: connection.execute(select(func.count()).select_from(tables.tables[name])).scalar_one()
            for name, _row in _FIRST_ROWS
        }
        assert counts == dict.fromkeys(counts, 1)
        assert connection.exec_driver_sql("SELECT is_disqualified FROM entry").scalar_one() == 0
        downgrade(connection, "0001")
        assert connection.exec_driver_sql("SELECT count(*) FROM decision").scalar_one() == 1


_DAY = date(2024, 10, 1)
_MOMENT = datetime(2024, 10, 1, 9)
_FIRST_ROWS: list[tuple[str, dict[str, object]]] = [
    (
        "programme",
        {
            **dict.fromkeys(
                (
                    "code", "title", "short_title", "municipality", "office", "sender", "sender_note",
                    "document_sign", "employment_kind", "eligibility", "workplace", "workplace_note",
                    "home_page_url", "final_result_text", "pay_rounding", "commuting_mode", "tax_column",
                ),
                "",
            ),
            **dict.fromkeys(
                (
                    "entry_from", "entry_until", "first_result_on", "interview_from", "interview_until",
                    "term_from", "term_until",
                ),
                _DAY,
            ),
            "cap_sources": [], "minimum_wages": [], "school_words": [], "refused_words": [],
            "withdrawn_words": [],
            "id": 1, "fiscal_year": 2024, "entry_deadline": _MOMENT, "interview_slot_minutes": 30,
            "interview_gap_minutes": 0, "interview_day_from": time(9), "interview_day_until": time(17),
            "cap_minutes": 3600, "cap_inclusive": False, "week_days_min": 1, "week_days_max": 3,
            "pay_month_offset": 1, "texts": {}, "version": 1,
        },
    ),
    (
        "course",
        {
            **dict.fromkeys(
                (
                    "name", "short_name", "sign", "host_department", "tagline", "flyer_text", "summary",
                    "background", "initiatives", "contents", "wanted", "duties",
                ),
                "",
            ),
            "id": 1, "programme_id": 1, "position": 1, "capacity": 2, "capacity_approximate": True,
            "published": True, "match_words": [], "version": 1,
        },
    ),
    (
        "applicant",
        {
            **dict.fromkeys(
                (
                    "name_entered", "character_note", "kana", "search_key", "sort_key", "postcode",
                    "address", "phone", "mail", "school", "school_category", "faculty", "department",
                    "grade", "graduation", "note",
                ),
                "",
            ),
            "id": 1, "programme_id": 1, "version": 1,
        },
    ),
    (
        "entry",
        {
            "id": 1, "programme_id": 1, "applicant_id": 1, "source": "other", "number": "1",
            "received_at": _MOMENT, "state_text": "", "is_late": False, "is_withdrawn": False,
            "is_not_student": False, "weekdays": "",
        },
    ),
    (
        "application",
        {
            "id": 1, "applicant_id": 1, "entry_id": 1, "course_id": 1, "preference": 1,
            "status": "received", "version": 1,
        },
    ),
    (
        "decision",
        {
            "id": 1, "application_id": 1, "stage": "first", "result": "pass", "decided_at": _MOMENT,
            "reason": "", "version": 1,
        },
    ),
]  # fmt: skip
"""The least that a file of the first schema holds about one decided application."""
