"""The seats of a database on a server as the server keeps them: roles, grants, rows each may see.

Made by an administrator's login, which owns the tables and is bound by none of it.  Doing it again
changes nothing; after a migration it takes in the new tables.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from fujisawa_desktop.models.registry import Base
from fujisawa_desktop.models.seat import SeatRole
from fujisawa_desktop.models.seat_exports import make_export_function
from fujisawa_desktop.models.seat_rights import clerk_verbs, host_condition

_POLICY: Final = "seat_{role}"
_MOST_BYTES: Final = 63
"""The longest name a server keeps; a longer one would be cut silently."""


def group_of(connection: Connection, role: SeatRole) -> str:
    """Return the name of the server's role for all seats of one kind in this database."""
    name = str(connection.exec_driver_sql("SELECT current_database()").scalar_one())
    oid = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()")
    tail = f"_{oid.scalar_one()}_{role.value}"
    room = _MOST_BYTES - len(tail.encode())
    return name.encode()[:room].decode(errors="ignore") + tail


def settle_rights(connection: Connection) -> None:
    """Make the groups and give each what it may do, table by table."""
    groups = {role: group_of(connection, role) for role in SeatRole}
    for group in groups.values():
        if not _exists(connection, group):
            connection.exec_driver_sql(f"CREATE ROLE {quoted(group)} NOLOGIN")
    _make_function(connection)
    everybody = ", ".join(quoted(group) for group in groups.values())
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {everybody}")
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {everybody}")
    connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION seat_course() TO {everybody}")
    clerk = quoted(groups[SeatRole.CLERK])
    connection.exec_driver_sql(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {clerk}")
    for table in sorted(Base.metadata.tables):
        _settle_table(connection, table, groups)
    readers = ", ".join(quoted(groups[role]) for role in (SeatRole.READER, SeatRole.HOST))
    make_export_function(connection, readers)


def _settle_table(connection: Connection, table: str, groups: dict[SeatRole, str]) -> None:
    connection.exec_driver_sql(f"ALTER TABLE {quoted(table)} ENABLE ROW LEVEL SECURITY")
    connection.exec_driver_sql(f"REVOKE ALL ON {quoted(table)} FROM PUBLIC")
    for role, group in groups.items():
        verbs = clerk_verbs(table) if role is SeatRole.CLERK else ("SELECT",)
        condition = host_condition(table) if role is SeatRole.HOST else "true"
        policy = quoted(_POLICY.format(role=role.value))
        which = "ALL" if role is SeatRole.CLERK else "SELECT"
        check = " WITH CHECK (true)" if role is SeatRole.CLERK else ""
        connection.exec_driver_sql(f"REVOKE ALL ON {quoted(table)} FROM {quoted(group)}")
        connection.exec_driver_sql(f"GRANT {', '.join(verbs)} ON {quoted(table)} TO {quoted(group)}")
        connection.exec_driver_sql(f"DROP POLICY IF EXISTS {policy} ON {quoted(table)}")
        connection.exec_driver_sql(
            f"CREATE POLICY {policy} ON {quoted(table)} FOR {which} TO {quoted(group)}"
            f" USING ({condition}){check}"
        )


def _make_function(connection: Connection) -> None:
    """Let a policy know the course of whoever asks, whatever rows of ``seat`` they may see."""
    connection.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION seat_course() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER"
        " SET search_path = public, pg_temp AS $$ SELECT course_id FROM public.seat"
        " WHERE login = session_user AND role = 'host' $$"
    )
    connection.exec_driver_sql("REVOKE ALL ON FUNCTION seat_course() FROM PUBLIC")


def admit(connection: Connection, login: str, role: SeatRole, password: str | None) -> None:
    """Let a login in with one role; it is made if the server does not know it yet."""
    secret = "" if password is None else f" PASSWORD {_literal(connection, password)}"
    if not _exists(connection, login):
        connection.exec_driver_sql(f"CREATE ROLE {quoted(login)} LOGIN{secret}")
    elif secret:
        connection.exec_driver_sql(f"ALTER ROLE {quoted(login)} LOGIN{secret}")
    dismiss(connection, login)
    database = connection.exec_driver_sql("SELECT current_database()").scalar_one()
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {quoted(str(database))} TO {quoted(login)}")
    connection.exec_driver_sql(f"GRANT {quoted(group_of(connection, role))} TO {quoted(login)}")


def dismiss(connection: Connection, login: str) -> None:
    """Take every role in this database from a login; the login itself stays the server's matter."""
    for role in SeatRole:
        group = group_of(connection, role)
        if _exists(connection, group) and _exists(connection, login):
            connection.exec_driver_sql(f"REVOKE {quoted(group)} FROM {quoted(login)}")


def is_above_rights(connection: Connection, login: str) -> bool:
    """Return whether a login is bound by no rights: a superuser, or the owner of the tables."""
    return bool(
        connection.exec_driver_sql(
            "SELECT COALESCE((SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s), false)"
            " OR EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'seat' AND tableowner = %s)",
            (login, login),
        ).scalar_one()
    )


def current_login(connection: Connection) -> str:
    """Return the login of this connection."""
    return str(connection.exec_driver_sql("SELECT session_user").scalar_one())


def may_administer(connection: Connection) -> bool:
    """Return whether this login owns the tables and may make roles."""
    return bool(
        connection.exec_driver_sql(
            "SELECT pg_has_role((SELECT tableowner FROM pg_tables WHERE tablename = 'seat' LIMIT 1), 'USAGE')"
            " AND (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user)"
        ).scalar_one()
    )


def quoted(name: str) -> str:
    """Return a name as a server reads it; a percent sign is the driver's and is doubled."""
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'


def _literal(connection: Connection, text: str) -> str:
    found = connection.exec_driver_sql("SELECT quote_literal(%s)", (text,)).scalar_one()
    return str(found).replace("%", "%%")


def _exists(connection: Connection, name: str) -> bool:
    query = "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)"
    return bool(connection.exec_driver_sql(query, (name,)).scalar_one())
