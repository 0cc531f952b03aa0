"""Seats on a server: who may work with this database, and how far; made by an administrator.

Which login may do what the server itself enforces; the table ``seat`` says it in the office's words.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Course, Seat, SeatRole
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.seat_roles import (
    admit,
    current_login,
    dismiss,
    is_above_rights,
    may_administer,
    settle_rights,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.unit_of_work import unit_of_work

__all__ = ["OwnSeat", "SeatRole", "SeatView", "add_seat", "own_seat", "remove_seat", "renew_rights", "seats"]


@dataclass(frozen=True, slots=True)
class SeatView:
    """One login, what it may do, and of which course when it is a host department's."""

    login: str
    role: SeatRole
    name: str
    course: str


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """Who sits here.

    Attributes:
        seat: None for a login without one: the administrator's, or a file.
        may_administer: seats can be added from here.
    """

    seat: SeatView | None
    may_administer: bool


def seats(database: Database) -> tuple[SeatView, ...]:
    """Return the seats this login may see, by login.

    Raises:
        RuleError: ``seat.needs-server``.
    """
    _require_server(database)
    with database.read() as session:
        return tuple(_view(session, row) for row in session.scalars(select(Seat).order_by(Seat.login)))


def own_seat(database: Database) -> OwnSeat:
    """Return what this login is; on a file everybody may do everything, and there are no seats."""
    if database.path is not None:
        return OwnSeat(None, may_administer=False)
    with database.read() as session:
        connection = session.connection()
        row = session.scalar(select(Seat).where(Seat.login == current_login(connection)))
        return OwnSeat(_view(session, row) if row is not None else None, may_administer(connection))


def add_seat(
    database: Database,
    *,
    login: str,
    role: SeatRole | str,
    course: str | None = None,
    name: str = "",
    password: str | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Let somebody work with this database, or change how far; one act, on the server too.

    Args:
        database: on a server, opened by an administrator.
        login: as the server knows the person; made there if need be.
        role: how far.
        course: sign, short name or name of a host department's course.
        name: whose it is, for the list.
        password: of a new login; None leaves it to the server.
        actor: who does it.

    Raises:
        RuleError: ``seat.needs-server``, ``seat.not-administrator``, ``seat.above-rights`` (the login
            owns the database, nothing would bind it).
        ValidationError: an empty login, a host department without a course, or another seat with one.
        NotFoundError: ``course.gone``.
    """
    _require_server(database)
    login, role = login.strip(), SeatRole(role)
    if not login:
        raise ValidationError("field.required", field="login")
    if (role is SeatRole.HOST) != bool(course):
        raise ValidationError("seat.course", field="course")
    _require_administrator(database)
    with unit_of_work(database, "seat.add", actor=actor) as work:
        connection = work.session.connection()
        if is_above_rights(connection, login):
            raise RuleError("seat.above-rights", login=login)
        row = work.session.scalar(select(Seat).where(Seat.login == login))
        if row is None:
            row = Seat(login=login, role=role, name=name.strip())
            work.session.add(row)
        row.role, row.name = role, name.strip() or row.name
        row.course_id = _course_id(work.session, course) if course else None
        settle_rights(connection)
        admit(connection, login, role, password)
        return work.commit()


def remove_seat(database: Database, *, login: str, actor: str | None = None) -> ChangeSet:
    """Take a login's rights in this database away; the login itself stays on the server.

    Raises:
        RuleError: ``seat.needs-server``, ``seat.not-administrator``.
        NotFoundError: ``seat.unknown``.
    """
    _require_server(database)
    _require_administrator(database)
    with unit_of_work(database, "seat.remove", actor=actor) as work:
        row = work.session.scalar(select(Seat).where(Seat.login == login.strip()))
        if row is None:
            raise NotFoundError("seat.unknown", login=login.strip())
        work.session.delete(row)
        dismiss(work.session.connection(), row.login)
        return work.commit()


def renew_rights(database: Database) -> None:
    """Give all seats their rights anew, also in tables that a newer version brought.

    Raises:
        RuleError: ``seat.needs-server``, ``seat.not-administrator``.
    """
    _require_server(database)
    _require_administrator(database)
    with database.write() as session:
        settle_rights(session.connection())
        session.commit()


def _require_server(database: Database) -> None:
    if database.path is not None:
        raise RuleError("seat.needs-server")


def _require_administrator(database: Database) -> None:
    with database.read() as session:
        if not may_administer(session.connection()):
            raise RuleError("seat.not-administrator")


def _course_id(session: Session, text: str) -> int:
    wanted = text.strip()
    for row in session.scalars(select(Course).order_by(Course.programme_id.desc(), Course.position)):
        if wanted in {row.sign, row.short_name, row.name}:
            return row.id
    raise NotFoundError("course.gone")


def _view(session: Session, row: Seat) -> SeatView:
    course = session.get(Course, row.course_id) if row.course_id is not None else None
    return SeatView(row.login, row.role, row.name, course.short_name if course is not None else "")
