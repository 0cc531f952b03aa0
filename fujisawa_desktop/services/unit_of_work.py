"""One gesture = one transaction = one journal entry.

Rows changed through the ORM are recorded at flush; bulk acts go through ``insert_many``,
``update_many`` and ``delete_many``, which record in the same form.  Leaving the block without
``commit()`` takes everything back.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, object_mapper
from sqlalchemy.orm.exc import StaleDataError

from fujisawa_desktop.errors import ConflictError
from fujisawa_desktop.models import (
    Base,
    EntryKind,
    JournalEntry,
    JournalPayload,
    JournalSubject,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import (
    GENESIS,
    PAYLOADS,
    canonical_params,
    entry_hash,
    pack,
    rewritten_part,
    sealed,
)
from fujisawa_desktop.models.watching import call
from fujisawa_desktop.services import recorder_events as _recorder_events  # noqa: F401 - listens
from fujisawa_desktop.services.bulk_rows import defaults_of, insert_columns
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.recorder import Recorder
from fujisawa_desktop.services.storable import refuse_unstorable, refuse_unstorable_rows
from fujisawa_desktop.services.watching import own_acts

CHUNK: Final = 500
"""Rows per statement where ids are listed; SQLite allows 32,766 values."""
LINKS: Final = ("applicant_id", "application_id", "entry_id")
"""Columns that lead from a row to the person it concerns."""


def system_actor() -> str:
    """Return the name the operating system knows the clerk by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class UnitOfWork:
    """The open act; handed out by :func:`unit_of_work` only.

    Attributes:
        session: for reading and for ORM changes within the act.
        actor: who does it.
        now: one moment for the whole act.
    """

    def __init__(
        self, session: Session, label: Label, actor: str, kind: EntryKind, own: set[int] | None = None
    ) -> None:
        self.session = session
        self.label = label
        self.actor = actor
        self.kind = kind
        self.now = datetime.now().replace(microsecond=0)
        self.reverses: int | None = None
        self.recorder = Recorder()
        self._subjects: set[tuple[str, int]] = set()
        self._left: dict[int, tuple[bytes, str]] = {}
        self._own = set() if own is None else own
        session.info["recorder"] = self.recorder

    def concerns(self, kind: str, subject_id: int) -> None:
        """Say whom the act concerns where the rows themselves do not."""
        self._subjects.add((kind, subject_id))

    def rewrite_payload(self, seq: int, payload: Mapping[str, Mapping[str, Any]]) -> None:
        """Leave only ``payload`` of what an earlier entry holds, once this erasure is committed.

        Its subjects stay.  The database allows it only to an entry of the kind ``erased``, which
        names the digest of what is left, so the chain holds.
        """
        if self.kind is not EntryKind.ERASED:
            raise ValueError("only an erasure rewrites what an entry holds")
        table = _table(JournalSubject)
        query = select(table.c.kind, table.c.subject_id).where(table.c.seq == seq)
        data, digest = pack(payload)
        subjects = [(row.kind, row.subject_id) for row in self.session.connection().execute(query)]
        self._left[seq] = data, sealed(digest, subjects)

    def insert_many(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Insert many rows in few statements and return their ids in order."""
        if not rows:
            return []
        refuse_unstorable_rows(rows)
        defaults = defaults_of(_table(model))
        full = [{**defaults, **row} for row in rows]
        return self.insert_columns(model, {name: [row[name] for row in full] for name in full[0]})

    def insert_columns(self, model: type[Base], columns: Mapping[str, Sequence[Any]]) -> list[int]:
        """Insert many rows given column by column and return their ids in order.

        Every column is as long as the others; those not named hold their defaults.
        """
        count = len(next(iter(columns.values())))
        if not count:
            return []
        self.session.flush()
        table = _table(model)
        defaults = {name: [value] * count for name, value in defaults_of(table).items()}
        full: dict[str, Sequence[Any]] = {**defaults, **columns}
        ids = self._insert(table, full)
        full["id"] = ids
        self.recorder.inserted_many(table.name, tuple(full), ids, zip(*full.values(), strict=True))
        return ids

    def _insert(self, table: Table, columns: dict[str, Sequence[Any]]) -> list[int]:
        """Insert rows; on SQLite their ids are given here, which is far faster than asking for each."""
        connection = self.session.connection()
        if "id" not in columns:
            if connection.dialect.name != "sqlite":
                statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
                rows = zip(*columns.values(), strict=True)
                return list(
                    connection.scalars(statement, [dict(zip(columns, row, strict=True)) for row in rows])
                )
            # Nobody else can insert meanwhile: the transaction took the write lock when it began.
            first = (connection.scalar(select(func.max(table.c.id))) or 0) + 1
            columns = {**columns, "id": range(first, first + len(next(iter(columns.values()))))}
        insert_columns(connection, table, columns)
        return list(columns["id"])

    def update_many(self, model: type[Base], changes: Mapping[int, Mapping[str, Any]]) -> int:
        """Change columns of many rows by id; counts the version of versioned tables.

        Every change must name the same columns.  Returns how many rows really changed.
        """
        if not changes:
            return 0
        refuse_unstorable_rows(changes.values())
        self.session.flush()
        table = _table(model)
        names = list(next(iter(changes.values())))
        versioned = "version" in table.c
        wanted = [*names, "version"] if versioned else names
        statements: list[dict[str, Any]] = []
        for row in self._rows_by_id(table, list(changes), wanted):
            after = dict(changes[row["id"]])
            before = {name: row[name] for name in names}
            if before == after:
                continue
            if versioned:
                before["version"], after["version"] = row["version"], row["version"] + 1
            self.recorder.updated(table.name, row["id"], before, dict(after))
            statements.append({"key_": row["id"], **after})
        if statements:
            values: dict[str, Any] = {name: bindparam(name) for name in wanted}
            self.session.connection().execute(
                table.update().where(table.c.id == bindparam("key_")).values(values), statements
            )
            self.session.expire_all()
        return len(statements)

    def restart_versions(self, model: type[Base], ids: Sequence[int]) -> int:
        """Let rows count their versions from 1 again; for a repair of what no act can have written."""
        return self._set_versions(model, ids, lambda _old: 1)

    def count_version(self, row: Base) -> None:
        """Count a version of a row of which only parts change that stand in rows of their own.

        To be called before anything is flushed: a row that is changed itself counts its own version.
        """
        if not self.session.is_modified(row, include_collections=False):
            self.count_versions(type(row), object_mapper(row).primary_key_from_instance(row))

    def count_versions(self, model: type[Base], ids: Sequence[int]) -> None:
        """Count a version of many rows, as `count_version` does of one."""
        self._set_versions(model, ids, lambda old: old + 1)

    def _set_versions(self, model: type[Base], ids: Sequence[int], new: Callable[[int], int]) -> int:
        self.session.flush()
        table = _table(model)
        found = list(self._rows_by_id(table, ids, ["version"]))
        for row in found:
            old = row["version"]
            self.recorder.updated(table.name, row["id"], {"version": old}, {"version": new(old)})
        if found:
            self.session.connection().execute(
                table.update().where(table.c.id == bindparam("key_")).values(version=bindparam("version_")),
                [{"key_": row["id"], "version_": new(row["version"])} for row in found],
            )
            self.session.expire_all()
        return len(found)

    def delete_many(self, model: type[Base], ids: Sequence[int]) -> int:
        """Delete rows by id; rows that hang on them must be deleted first, so that undo knows them."""
        self.session.flush()
        table = _table(model)
        found = list(self._rows_by_id(table, ids, [column.name for column in table.c]))
        for row in found:
            self.recorder.deleted(table.name, row["id"], dict(row))
        if found:
            self.session.connection().execute(
                table.delete().where(table.c.id == bindparam("key_")), [{"key_": row["id"]} for row in found]
            )
            self.session.expire_all()
        return len(found)

    def commit(self, **params: object) -> ChangeSet:
        """Write the journal entry and commit; ``params`` complete the label (counts, dates).

        Raises:
            ConflictError: somebody else changed the same row, or a place is taken.
        """
        label = Label(self.label.code, {**self.label.params, **params})
        with integrity_as_conflict():
            self.session.flush()
        kinds = self.recorder.tables()
        if not kinds and self.kind is EntryKind.ACT:
            self.session.rollback()
            return ChangeSet(None, label, frozenset())
        seq = self._write_entry(label)
        call(self.session.connection(), seq)
        self._own.add(seq)  # before anybody can see it: the watcher must not take it for another's
        try:
            with integrity_as_conflict():
                self.session.commit()
        except BaseException:
            self._own.discard(seq)
            raise
        self.recorder.clear()
        return ChangeSet(seq, label, kinds)

    def write_entry(self) -> int:
        """Write an entry of its own for what was done so far, as when several acts are taken back."""
        self.session.flush()
        seq = self._write_entry(self.label)
        self.recorder.clear()
        self._subjects.clear()
        self.session.expire_all()
        return seq

    def _write_entry(self, label: Label) -> int:
        refuse_unstorable({"actor": self.actor, "params": dict(label.params)})
        connection = self.session.connection()
        journal = _table(JournalEntry)
        last = connection.execute(
            select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)
        ).one_or_none()
        seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
        payload = self.recorder.payload()
        if self._left:
            payload[PAYLOADS] = rewritten_part({seq: digest for seq, (_, digest) in self._left.items()})
        data, digest = pack(payload)
        subjects = self._subjects | self._recorded_subjects()
        header: dict[str, Any] = {
            "seq": seq,
            "at": self.now,
            "actor": self.actor,
            "kind": self.kind,
            "label": label.code,
            "params": canonical_params({name: _plain(value) for name, value in label.params.items()}),
            "reverses": self.reverses,
            "payload_digest": sealed(digest, subjects),
            "previous_hash": previous,
        }
        connection.execute(insert(journal).values(**header, hash=entry_hash(**header)))
        connection.execute(insert(_table(JournalPayload)).values(seq=seq, data=data))
        self._leave(seq)
        if subjects:
            kinds, keys = zip(*sorted(subjects), strict=True)
            columns = {"seq": [seq] * len(keys), "kind": kinds, "subject_id": keys}
            insert_columns(connection, _table(JournalSubject), columns)
        return seq

    def _leave(self, seq: int) -> None:
        """Write what an erasure leaves of earlier entries; ``seq`` is its own."""
        table = _table(JournalPayload)
        for left, (data, _digest) in self._left.items():
            self.session.connection().execute(
                table.update().where(table.c.seq == left).values(data=data, erased_by=seq)
            )

    def _recorded_subjects(self) -> set[tuple[str, int]]:
        """Find the applicants behind the touched rows, through entries and applications if need be."""
        found: dict[str, set[int]] = {link: set() for link in LINKS}
        for table, key, row in self._old_rows_with_links():
            if table == "applicant":
                found["applicant_id"].add(key)
            elif link := next((name for name in LINKS if row.get(name)), None):
                found[link].add(row[link])
        for table, fresh in self.recorder.new_rows():
            if table == "applicant":
                found["applicant_id"].update(fresh.by_key)
                continue
            rows: Collection[tuple[Any, ...]] = fresh.by_key.values()
            for link in _links(Base.metadata.tables[table]):
                place = fresh.columns.index(link)
                found[link].update(row[place] for row in rows if row[place])
                rows = [row for row in rows if not row[place]]
        people = found["applicant_id"]
        for table in ("application", "entry"):
            people.update(self._people_of(table, found[f"{table}_id"]))
        return {("applicant", key) for key in people}

    def _people_of(self, table: str, ids: set[int]) -> Iterator[int]:
        """Yield the people of applications or entries; those new in this act are not asked for."""
        fresh = dict(self.recorder.new_rows()).get(table)
        known = fresh.column("applicant_id") if fresh else {}
        yield from (known[key] for key in ids & known.keys())
        others = sorted(ids - known.keys())
        for row in self._rows_by_id(Base.metadata.tables[table], others, ["applicant_id"]):
            yield row["applicant_id"]

    def _old_rows_with_links(self) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
        """Yield rows that were there before; a change that left the linking columns alone gets them read."""
        incomplete: dict[str, list[int]] = {}
        links = {table: _links(Base.metadata.tables[table]) for table in self.recorder.tables()}
        for table, key, row in self.recorder.old_rows():
            linking = links[table]
            if linking and not any(name in row for name in linking):
                incomplete.setdefault(table, []).append(key)
            else:
                yield table, key, row
        for table, keys in incomplete.items():
            for found in self._rows_by_id(Base.metadata.tables[table], keys, links[table]):
                yield table, found["id"], found

    def _rows_by_id(self, table: Table, ids: Sequence[int], names: Sequence[str]) -> Iterator[dict[str, Any]]:
        columns = [table.c.id, *(table.c[name] for name in names if name != "id")]
        for start in range(0, len(ids), CHUNK):
            query = select(*columns).where(table.c.id.in_(ids[start : start + CHUNK]))
            for row in self.session.connection().execute(query).mappings():
                yield dict(row)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


def _links(table: Table) -> list[str]:
    return [name for name in LINKS if name in table.c]


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]


@contextmanager
def integrity_as_conflict() -> Iterator[None]:
    """Say in our words that a row was changed by somebody else or a place is taken."""
    try:
        yield
    except StaleDataError as error:
        raise ConflictError("conflict.changed-meanwhile") from error
    except IntegrityError as error:
        raise ConflictError("conflict.taken") from error


@contextmanager
def unit_of_work(
    database: Database,
    code: str,
    *,
    actor: str | None = None,
    kind: EntryKind = EntryKind.ACT,
    **params: object,
) -> Iterator[UnitOfWork]:
    """Open an act called ``code``; nothing is kept unless ``commit()`` is called inside.

    Use ``kind=EntryKind.ISSUED`` for what leaves the office: it is journalled and never undone.
    """
    with database.write() as session:
        work = UnitOfWork(
            session, Label(code, dict(params)), actor or system_actor(), kind, own_acts(database)
        )
        try:
            yield work
        finally:
            session.rollback()
