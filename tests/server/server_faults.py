"""A use-case of a server tried with the connection cut at its k-th call: all as before, or all done.

What is cut is the server's own process of that connection, as when the server stops or the network
is gone: everything behind the call is the real driver's and the real server's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from logical_dump import texts_of
from places import OnServer
from postgres_server import Server
from psycopg import Connection, sql
from sqlalchemy import Engine, event

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Base
from fujisawa_desktop.texts import message_for

_TENTH: Final = 10
_RIGHTS: Final = {
    "policies": "SELECT tablename, policyname, roles::text, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "grants": (
        "SELECT table_name, privilege_type, grantee FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND grantee <> current_user ORDER BY 1, 2, 3"
    ),
    "functions": (
        "SELECT proname, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
    ),
    "members": (
        "SELECT g.rolname, m.rolname FROM pg_auth_members JOIN pg_roles m ON m.oid = member"
        " JOIN pg_roles g ON g.oid = roleid JOIN pg_database d ON datname = current_database()"
        " WHERE strpos(g.rolname, '_' || d.oid || '_') > 0 ORDER BY 1, 2"
    ),
    "groups": (
        "SELECT rolname FROM pg_roles JOIN pg_database d ON datname = current_database()"
        " WHERE strpos(rolname, '_' || d.oid || '_') > 0 ORDER BY 1"
    ),
}


@dataclass
class Watch:
    """The calls of this process to one database of a server.

    Attributes:
        address: of the database.
        calls: how many were seen.
        cut_at: the number of the call before which the connection is cut; 0 for never.
        for_good: nobody comes in any more from there on.
    """

    server: Server
    address: str
    cut_at: int = 0
    for_good: bool = False
    calls: int = 0

    @property
    def name(self) -> str:
        """The name of the database."""
        return self.address.rpartition("?")[0].rpartition("/")[2]

    def seen(self, pid: int | None) -> None:
        """Count a call; cut its connection when it is its turn."""
        self.calls += 1
        if self.calls != self.cut_at:
            return
        if pid is not None:
            with self.server.connected() as admin:
                admin.execute("SELECT pg_terminate_backend(%s, 60000)", (pid,))
        if self.for_good:  # only now: what the cut act holds may be a right to this very database
            self.let_in(False)

    def let_in(self, yes: bool) -> None:
        """Open or close the database to new connections, the administrator's too."""
        statement = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        with self.server.connected() as admin:
            admin.execute(statement.format(sql.Identifier(self.name), sql.Literal(yes)))


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """See every statement and commit of the engines of this process on that server's database."""

    def statement(connection: Any, *_rest: object) -> None:
        if connection.engine.url.database == watch.name:
            watch.seen(connection.connection.dbapi_connection.info.backend_pid)

    def connecting(_dialect: object, _record: object, _args: object, params: Mapping[str, Any]) -> None:
        if params.get("dbname") == watch.name:
            watch.seen(None)

    listeners = (
        ("before_cursor_execute", statement),
        ("commit", statement),
        ("do_connect", connecting),
    )
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)


@dataclass
class Act:
    """A use-case of a server.

    Attributes:
        call: does it, with the address of the database.
        template: the database it begins with; None for one without any table.
        prepare: what has to be done in that database first.
        is_between: what an act of two acts may leave, if a repetition brings it to its end.
        logins: what it makes on the server itself.
    """

    call: Callable[[str], object]
    template: str | None = None
    prepare: Callable[[str], object] = field(default=lambda _address: None)
    is_between: Callable[[Mapping[str, object]], bool] = field(default=lambda _state: False)
    logins: tuple[str, ...] = ()


@dataclass
class Swept:
    """How many faults left all as before or all done, and what does not hold."""

    calls: int = 0
    before: int = 0
    after: int = 0
    between: int = 0
    broken: list[str] = field(default_factory=list)


def sweep(places: OnServer, server: Server, act: Act, *, samples: int | None) -> Swept:
    """Cut the connection at every call of an act, or at so many of them.

    At those, and at every tenth of all, also so that nobody comes in any more.
    """
    swept = Swept()
    with _begun(places, server, act) as watch:
        before = state_of(server, watch.name)
    with _begun(places, server, act) as watch:
        with watching(watch):
            act.call(watch.address)
        done, swept.calls = state_of(server, watch.name), watch.calls
    assert before != done
    for number in _points(swept.calls, samples):
        for for_good in (False, True) if samples or number % _TENTH == 0 else (False,):
            where = f"call {number}{', for good' if for_good else ''}"
            with _begun(places, server, act) as watch:
                watch.cut_at, watch.for_good = number, for_good
                told = _failing(act, watch)
                state = state_of(server, watch.name)
                if act.is_between(state):
                    swept.between += 1
                    act.call(watch.address)
                    again = state_of(server, watch.name)
                    state = done if _sizes(again) == _sizes(done) else again
            swept.broken += [f"{where}: {fault}" for fault in _faults(told)]
            if state == before:
                swept.before += 1
                if told is None:
                    swept.broken.append(f"{where}: nothing done and nobody told")
            elif state == done:
                swept.after += 1
            else:
                other = [name for name in {**state, **done} if state.get(name) != done.get(name)]
                swept.broken.append(f"{where}: neither before nor after: {', '.join(other)} ({told!r})")
    return swept


@contextmanager
def _begun(places: OnServer, server: Server, act: Act) -> Iterator[Watch]:
    """Make a database as the act finds it; nothing of it is left afterwards, on the server neither."""
    place = places.copy(act.template, Path("cut")) if act.template else places.new(Path("cut"))
    watch = Watch(server, str(place))
    try:
        act.prepare(watch.address)
        yield watch
    finally:
        with server.connected() as admin:
            groups = groups_of(admin, watch.name)
            places.clear()
            for role in (*groups, *act.logins):
                admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def _failing(act: Act, watch: Watch) -> BaseException | None:
    """Do the act, whatever befalls it; return what it raised."""
    try:
        with watching(watch):
            act.call(watch.address)
    except BaseException as error:  # noqa: BLE001 - whatever comes out is judged
        return error
    finally:
        watch.let_in(True)
    return None


def _points(calls: int, samples: int | None) -> list[int]:
    if samples is None or samples >= calls:
        return list(range(1, calls + 1))
    return sorted({1 + at * (calls - 1) // max(samples - 1, 1) for at in range(samples)})


def _faults(told: BaseException | None) -> Iterator[str]:
    if told is not None and not isinstance(told, AppError):
        yield f"uncaught {type(told).__name__}: {told}"
    elif told is not None and not message_for(told.code, told.params):
        yield f"no sentence for {told.code}"


def state_of(server: Server, name: str) -> dict[str, object]:
    """Return what a database says, table by table, and who may do what in it."""
    with server.connected(name) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found: dict[str, object] = {}
        for (table,) in tables.fetchall():
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            names = [column.name for column in rows.description or ()]
            found[table] = sorted(texts_of(names, rows))
        own = groups_of(connection, name)
        for what, query in _RIGHTS.items():
            said = str(connection.execute(query).fetchall())
            for at, group in enumerate(own):
                said = said.replace(group, f"group {at}")
            found[what] = said
    return found


def _sizes(state: Mapping[str, object]) -> dict[str, object]:
    """Return how much stands in each table, and what the journal says: a failure uses up numbers of rows."""
    return {
        name: len(held) if isinstance(held, list) and name != "journal_entry" else held
        for name, held in state.items()
    }


def groups_of(connection: Connection[Any], name: str) -> list[str]:
    """Return the groups of the seats of a database; they belong to the server and outlive it."""
    query = (
        "SELECT rolname FROM pg_roles, pg_database WHERE datname = %s"
        " AND strpos(rolname, '_' || pg_database.oid || '_') > 0 ORDER BY rolname"
    )
    return [group for (group,) in connection.execute(query, (name,))]


def holds_no_row(state: Mapping[str, object]) -> bool:
    """Whether a database has its tables, but nothing in them."""
    return "alembic_version" in state and not any(state[table] for table in Base.metadata.tables)
