"""Seats on a server: each role tries each verb on each table, and a host department sees its course only."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from appointed import add_people
from cli_driver import run_command
from places import Places
from postgres_server import Server, server_of_this_run
from psycopg import sql
from sqlalchemy import select

from fujisawa_desktop.errors import AppError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models import Applicant, Base, Course, EntryKind, JournalEntry, JournalSubject
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.seat_exports import EXPORTS
from fujisawa_desktop.models.seat_rights import ADMINISTERED, DECIDED, KEPT, OWN, HostSees, clerk_verbs
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.exports_journal import list_label, record_export
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.outgoing import export_list
from fujisawa_desktop.services.retention_erasing import erase, may_erase_here
from fujisawa_desktop.services.seats import SeatRole, add_seat, own_seat, remove_seat, seats

TABLES = sorted(Base.metadata.tables)
Login = Callable[..., str]


@pytest.fixture
def server(places: Places, request: pytest.FixtureRequest) -> Server:
    if request.config.getoption("engine") == "sqlite":
        pytest.skip("seats are a server's")
    return server_of_this_run()


@pytest.fixture
def login(database: Database, server: Server, request: pytest.FixtureRequest) -> Iterator[Login]:
    """Give somebody a seat and return the login; all are gone after the test."""
    made: list[str] = []

    def give(role: SeatRole, course: str | None = None, mark: str = "") -> str:
        name = f"席{mark}_{database.name}_{role.value}_{len(made)}"[:50]
        made.append(name)
        add_seat(database, login=name, role=role, course=course, name="席の人")
        return name

    yield give
    with server.connected(database.name) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def opened(database: Database, server: Server, login: str) -> Database:
    return open_database(server.address(database.name, user=login))


def tried(database: Database, server: Server, login: str, statement: sql.Composable) -> str:
    """Return the state of the server's refusal of a statement that is taken back, empty when it was done."""
    with psycopg.connect(
        host=str(server.folder), port=server.port, user=login, dbname=database.name
    ) as connection:
        try:
            connection.execute(statement)
        except psycopg.Error as error:
            connection.rollback()
            return error.sqlstate or "?"
        connection.rollback()
    return ""


def statement(verb: str, table: str) -> sql.Composable:
    name, key = (
        sql.Identifier(table),
        sql.Identifier(next(iter(Base.metadata.tables[table].primary_key)).name),
    )
    forms = {
        "SELECT": "SELECT * FROM {t}",
        "INSERT": "INSERT INTO {t} SELECT * FROM {t} WHERE false",
        "UPDATE": "UPDATE {t} SET {k} = {k} WHERE false",
        "DELETE": "DELETE FROM {t} WHERE false",
    }
    return sql.SQL(forms[verb]).format(t=name, k=key)


def test_every_table_has_a_decision_about_host_departments() -> None:
    assert sorted(set(TABLES) - set(DECIDED)) == []
    assert sorted(set(DECIDED) - set(TABLES)) == []


@pytest.mark.parametrize("role", list(SeatRole))
def test_every_role_tries_every_verb_on_every_table(
    database: Database, programme_id: int, server: Server, login: Login, role: SeatRole
) -> None:
    sign = courses(database, programme_id)[0].sign
    name = login(role, sign if role is SeatRole.HOST else None)
    wrong = []
    for table in TABLES:
        allowed = clerk_verbs(table) if role is SeatRole.CLERK else ("SELECT",)
        for verb in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            state = tried(database, server, name, statement(verb, table))
            if state != ("" if verb in allowed else "42501"):
                wrong.append((table, verb, state))
    assert wrong == []
    assert set(TABLES) >= KEPT | ADMINISTERED


def test_a_host_department_sees_the_people_of_its_course_and_nobody_else(
    database: Database, programme_id: int, server: Server, login: Login
) -> None:
    add_people(database, programme_id)
    appoint(database, programme_id=programme_id, accept=True)
    own, other = courses(database, programme_id)[:2]
    host = opened(database, server, login(SeatRole.HOST, own.sign))
    try:
        with host.read() as session:
            names = set(session.scalars(select(Applicant.name_entered)))
            seen = {
                table: len(session.execute(select(Base.metadata.tables[table])).all()) for table in TABLES
            }
        assert names == {"楜澤　涼介", "髙橋　美咲"}
        assert seen["appointment"] == seen["application"] == 2
        assert seen["seat"] == 1
        hidden = [table for table in TABLES if DECIDED[table] is HostSees.NOTHING and seen[table]]
        assert hidden == []
        assert host.read_only
        sat = own_seat(host).seat
        assert sat is not None
        assert (sat.role, sat.course) == (SeatRole.HOST, own.short_name)
    finally:
        host.dispose()
    with database.read() as session:
        filled = {t for t in OWN if session.execute(select(Base.metadata.tables[t]).limit(1)).first()}
    assert {"applicant", "application", "entry", "appointment", "appointment_rate", "seat"} <= filled
    assert other.id != own.id


def test_a_clerk_works_and_a_reader_is_refused_in_words(
    database: Database, programme_id: int, server: Server, login: Login
) -> None:
    clerk, reader = (opened(database, server, login(role)) for role in (SeatRole.CLERK, SeatRole.READER))
    try:
        form = course(clerk, courses(clerk, programme_id)[0].id)
        assert save_course(clerk, form=replace(form, summary="職員の概要"), actor="職員").changed
        assert course(reader, form.id or 0).summary == "職員の概要"
        assert (clerk.read_only, reader.read_only) == (False, True)
        with pytest.raises(AppError) as refused:
            save_course(reader, form=course(reader, form.id or 0), actor="閲覧者")
        assert refused.value.code == "storage.read-only"
        with pytest.raises(RuleError) as not_mine:
            add_seat(clerk, login="誰か", role=SeatRole.CLERK)
        assert not_mine.value.code == "seat.not-administrator"
    finally:
        clerk.dispose()
        reader.dispose()


def test_a_seat_is_changed_and_taken_back(
    database: Database, programme_id: int, server: Server, login: Login
) -> None:
    name = login(SeatRole.CLERK)
    add_seat(database, login=name, role=SeatRole.READER)
    assert [(one.login, one.role, one.name) for one in seats(database)] == [(name, SeatRole.READER, "席の人")]
    assert tried(database, server, name, statement("UPDATE", "applicant")) == "42501"
    remove_seat(database, login=name)
    assert seats(database) == ()
    assert tried(database, server, name, statement("SELECT", "applicant")) == "42501"
    with pytest.raises(NotFoundError):
        remove_seat(database, login=name)


def test_what_cannot_be_a_seat_is_refused(database: Database, server: Server) -> None:
    for more in ({"role": SeatRole.HOST}, {"role": SeatRole.CLERK, "course": "A"}):
        with pytest.raises(ValidationError):
            add_seat(database, login="誰か", **more)  # type: ignore[arg-type]
    with pytest.raises(RuleError) as above:
        add_seat(database, login="postgres", role=SeatRole.READER)
    assert above.value.code == "seat.above-rights"
    with database.read() as session:
        assert session.scalar(select(Course.id)) is not None


# --- what leaves through a seat that only reads ---------------------------------


def entries(database: Database) -> list[JournalEntry]:
    with database.read() as session:
        return list(session.scalars(select(JournalEntry).order_by(JournalEntry.seq)))


@pytest.mark.parametrize("role", [SeatRole.READER, SeatRole.HOST])
def test_what_a_seat_that_only_reads_takes_out_stands_in_the_journal(
    database: Database, programme_id: int, server: Server, login: Login, tmp_path: Path, role: SeatRole
) -> None:
    sign = courses(database, programme_id)[0].sign
    name = login(role, sign if role is SeatRole.HOST else None)
    seat = opened(database, server, name)
    before = len(entries(database))
    try:
        with FileSet(tmp_path) as files:
            files.add("list.csv", b"x")
            change = export_list(seat, files, file_format="csv-cp932", count=3, name="attendance")
        record_export(seat, "person.exported", actor="別人", subjects=[("applicant", 7)], rows=40, papers=2)
    finally:
        seat.dispose()
    assert (tmp_path / "list.csv").read_bytes() == b"x"
    first, second = entries(database)[before:]
    assert (first.seq, first.kind, first.actor) == (change.seq, EntryKind.EXPORTED, name)
    assert (first.label, first.params) == (
        "list.exported-other",
        {"count": 3, "file_format": "csv-cp932", "list": "attendance"},
    )
    assert (second.actor, second.params) == (name, {"papers": 2, "rows": 40})
    with database.read() as session:
        told = session.scalars(select(JournalSubject).where(JournalSubject.seq == second.seq)).all()
    assert [(one.kind, one.subject_id) for one in told] == [("applicant", 7)]
    assert check_journal(database).is_whole


def test_nothing_else_goes_through_that_door(
    database: Database, programme_id: int, server: Server, login: Login
) -> None:
    name, before = login(SeatRole.READER), len(entries(database))
    call = "SELECT seat_export({label}, {params}, {at}, {subjects})"
    good = {
        "label": sql.Literal("list.exported"),
        "params": sql.Literal('{"count": 3}'),
        "at": sql.SQL("now()::timestamp"),
        "subjects": sql.SQL("'{7, 7, 3}'::bigint[]"),
    }

    def state(**other: sql.Composable) -> str:
        return tried(database, server, name, sql.SQL(call).format(**{**good, **other}))

    assert state() == ""
    bad = (
        {"label": sql.Literal("retention.erased")},
        {"label": sql.Literal("papers.issue")},
        {"params": sql.Literal('{"name": "楜澤　涼介"}')},
        {"params": sql.Literal('{"count": 1, "count": 2}')},
        {"params": sql.Literal('{"count": {"a": 1}}')},
        {"params": sql.Literal('{"Count 1": 1}')},
        {"params": sql.Literal(json.dumps({f"k{'x' * at}": at for at in range(9)}))},
        {"at": sql.SQL("now()::timestamp - interval '3 days'")},
        {"subjects": sql.SQL("array(SELECT generate_series(1::bigint, 101))")},
    )
    assert [state(**one) for one in bad] == ["42501"] * len(bad)
    assert state(params=sql.Literal("[1]")) != ""
    assert state(params=sql.Literal("no json")) != ""
    for table in ("journal_entry", "journal_payload", "journal_subject", "outgoing_set"):
        assert tried(database, server, name, statement("INSERT", table)) == "42501"
    assert tried(database, server, login(SeatRole.CLERK), sql.SQL(call).format(**good)) == "42501"
    assert len(entries(database)) == before + 1  # the seat of the clerk


def test_the_administrator_alone_erases_on_a_server(
    database: Database, programme_id: int, server: Server, login: Login
) -> None:
    clerk, reader = (opened(database, server, login(role)) for role in (SeatRole.CLERK, SeatRole.READER))
    wanted = {"programme_id": programme_id, "confirmed": 1, "witness": "別の職員", "today": date(2060, 4, 1)}
    try:
        for seat in (clerk, reader):
            assert not may_erase_here(seat)
            with pytest.raises(RuleError) as refused:
                erase(seat, actor="職員", **wanted)  # type: ignore[arg-type]
            assert refused.value.code == "retention.administrator"
        assert may_erase_here(database)
        with pytest.raises(RuleError) as nothing:
            erase(database, actor="管理者", **wanted)  # type: ignore[arg-type]
        assert nothing.value.code == "retention.nothing-due"
    finally:
        clerk.dispose()
        reader.dispose()


def test_texts_are_hashed_there_as_they_are_here(
    database: Database, server: Server, login: Login, programme_id: int
) -> None:
    """A login with signs that JSON writes in its own way; odd figures; nothing at all."""
    seat = opened(database, server, login(SeatRole.READER, mark='"\\ é'))
    try:
        for counts in ({}, {"count": 0, "reference": True, "z": None, "aa": 1, "a_b": 2, "ab": 999_999_999}):
            record_export(seat, "register.written", **counts)
    finally:
        seat.dispose()
    assert check_journal(database).is_whole


def test_the_server_knows_every_name_of_an_export() -> None:
    package = Path(__file__).resolve().parents[2] / "fujisawa_desktop"
    written = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    calls = re.findall(r'(?:record_export|export_files)\(\s*[a-z_.]+,\s*(?:code=)?"([a-z.-]+)"', written)
    calls += re.findall(r'record_export, code="([a-z.-]+)"', written)
    calls += re.findall(r'"(papers\.(?:draft|copy)-out)"', written)
    assert {*calls, *(list_label(name)[0] for name in ("applicants", "hours"))} == {*EXPORTS}


@pytest.mark.file_only("a file has no seats")
def test_a_file_has_no_seats_and_says_so(database: Database) -> None:
    with pytest.raises(RuleError) as refused:
        seats(database)
    assert refused.value.code == "seat.needs-server"
    assert own_seat(database).seat is None
    answer = run_command("--database", database.path, "seats", "list")
    assert answer.code == 1
    assert run_command("--database", database.path, "seats", "add").code == 2
