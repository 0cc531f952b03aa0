"""A PostgreSQL server as the home of a database: how it is spoken to, looked into, and what it refuses.

One unit of work at a time holds the same lock from its first statement to its commit, as ``BEGIN
IMMEDIATE`` has it on a file: what an act has checked still holds when it writes.  Who only reads sees
one state and cannot write.
"""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from fujisawa_desktop.errors import AppError, ConflictError, StorageError
from fujisawa_desktop.models import schema
from fujisawa_desktop.models.json_text import json_of

WRITER_LOCK: Final = schema.APPLICATION_ID
"""The advisory lock of the one who writes; of each database its own."""
LOCK_SECONDS: Final = "lock_seconds"
"""Option of a connection: how long it waits for the lock, when not as long as a clerk does."""
MIGRATION_SECONDS: Final = 600
"""How long one program waits while another one brings the schema up to date."""
SECRET: Final = ("password", "passfile", "sslpassword", "sslkey", "sslcert", "service", "servicefile")
"""Parts of an address that are shown to nobody."""
_CONNECT_SECONDS: Final = 10
_SESSION: Final = (
    f"-c lock_timeout={schema.BUSY_SECONDS}s"
    " -c idle_in_transaction_session_timeout=15min"  # a seat that froze must not keep all others out
    " -c standard_conforming_strings=on"
)
_ALIVE: Final = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_BINARY: Final = frozenset({"C", "POSIX", "C.UTF-8", "C.utf8"})
"""Collations that compare text by code point, as a file does."""


def server_engine(url: URL, *, writes: bool) -> Engine:
    """Return the engine of a server for reading, which cannot write, or for units of work.

    Raises:
        StorageError: the address names no kind of database that this program knows.
    """
    if url.get_backend_name() != "postgresql":
        raise StorageError("storage.bad-address")
    options = f"{url.query.get('options', '')} {_SESSION}".strip()
    isolation = "READ COMMITTED" if writes else "REPEATABLE READ"
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,  # a server that was away and is back is taken up again unnoticed
        json_serializer=json_of,
        isolation_level=isolation,
        execution_options={} if writes else {"postgresql_readonly": True},
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "client_encoding": "utf8",
            "application_name": "fujisawa-desktop",
            "options": options,
            **_ALIVE,
        },
    )
    if writes:
        event.listen(engine, "begin", _take_the_lock)
    return engine


def _take_the_lock(connection: Connection) -> None:
    if seconds := connection.get_execution_options().get(LOCK_SECONDS):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{seconds}s'")
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))


def shown_address(url: URL) -> str:
    """Return an address as it may be shown and kept: without its password."""
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.difference_update_query(SECRET).render_as_string(hide_password=False)


def spoken(place: str) -> str:
    """Return a shown address as a sentence names it: login, server and database."""
    return place.partition("://")[2].partition("?")[0] or place


def revision_on(connection: Connection, place: str) -> str | None:
    """Return the schema revision of a database of ours; ``None`` when nothing is in it yet.

    Raises:
        StorageError: it is not ours, newer than this program, or compares text otherwise than a file.
    """
    _require_form(connection, place)
    version, journal, tables = connection.exec_driver_sql(
        "SELECT to_regclass('alembic_version') IS NOT NULL, to_regclass('journal_entry') IS NOT NULL,"
        " (SELECT count(*) FROM information_schema.tables"
        "  WHERE table_schema NOT IN ('pg_catalog', 'information_schema'))"
    ).one()
    if not tables:
        return None
    if not (version and journal):
        raise StorageError("storage.server-not-ours", file=spoken(place))
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    revision = str(found or "")
    if revision > schema.SCHEMA_HEAD:
        raise StorageError("storage.newer", file=spoken(place), found=revision, known=schema.SCHEMA_HEAD)
    return revision


def may_write(connection: Connection) -> bool:
    """Return whether this login may write here at all."""
    return bool(
        connection.exec_driver_sql(
            "SELECT NOT pg_is_in_recovery() AND has_table_privilege('journal_entry', 'INSERT')"
            " AND (SELECT reset_val FROM pg_settings WHERE name = 'default_transaction_read_only') = 'off'"
        ).scalar_one()
    )


def may_erase(connection: Connection) -> bool:
    """Return whether this login may take people out of the journal: on a server its owner's alone."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(
        connection.exec_driver_sql("SELECT has_table_privilege('journal_payload', 'UPDATE')").scalar_one()
    )


def _require_form(connection: Connection, place: str) -> None:
    encoding, collation, provider = connection.exec_driver_sql(
        "SELECT pg_encoding_to_char(encoding), datcollate, datlocprovider::text"
        " FROM pg_database WHERE datname = current_database()"
    ).one()
    if encoding != "UTF8" or provider == "i" or collation not in _BINARY:
        raise StorageError("storage.server-collation", file=spoken(place), found=f"{encoding}, {collation}")


# --- what a server refuses ------------------------------------------------------

_BY_STATE: Final = {
    "55P03": "storage.busy",  # lock not available
    "40P01": "storage.busy",  # deadlock
    "40001": "storage.busy",  # serialisation
    "57014": "storage.busy",  # statement timeout
    "25006": "storage.server-read-only",
    "42501": "storage.server-may-not",
    "53100": "storage.disk-full",
    "53200": "storage.server-full",
    "53300": "storage.server-full",
    "22021": "storage.server-text",  # a character the server does not keep
    "22P05": "storage.server-text",
    "22003": "storage.server-number",
    "28P01": "storage.server-password",
    "28000": "storage.server-login",
    "3D000": "storage.server-no-database",
}
_GONE: Final = ("08", "57P", "25P03")
"""The connection broke, the server stops or starts, or took a frozen seat's transaction back."""
# Before a session stands there are only words, in English or in the server's own language.
_BY_WORDS: Final = (
    ("password authentication failed|no password supplied|パスワード認証", "storage.server-password"),
    ("too many c|connection slots|接続数が多すぎ|クライアント数が多すぎ|接続枠", "storage.server-full"),
    (
        (
            "pg_hba|not permitted to log in|ログインが許可|role .* does not exist|ロール.*存在しません|"
            "permission denied for database|データベース.*権限がありません"
        ),
        "storage.server-login",
    ),
    ("database .* does not exist|データベース.*存在しません", "storage.server-no-database"),
    (r"NUL \(0x00\)", "storage.server-text"),
)


def server_failure(error: DBAPIError, place: str) -> AppError | None:
    """Return what a server's refusal means to a clerk; ``None`` for what is a fault of the program."""
    cause: Any = error.orig
    state = getattr(cause, "sqlstate", None) or ""
    code = _BY_STATE.get(state)
    if code is None and state.startswith(_GONE):
        code = "storage.server-gone"
    if code is None and not state:
        words = str(cause)
        code = next((code for pattern, code in _BY_WORDS if re.search(pattern, words)), None)
        if code is None and (error.connection_invalidated or isinstance(error, OperationalError)):
            code = "storage.server-gone"
    if code is None:
        return None
    return ConflictError(code) if code == "storage.busy" else StorageError(code, file=spoken(place))
