"""廃棄: records whose time is over go for good — rows, journal, snapshots, freed pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models import (
    Applicant,
    CalendarEvent,
    DocumentNumber,
    EntryKind,
    Erasure,
    ImportBatch,
    Interview,
    InterviewDraft,
    Notice,
    SavedView,
    Setting,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.servers import may_erase
from fujisawa_desktop.rules.blotting import blotted
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.applicant_keys import applicant_keys
from fujisawa_desktop.services.backups import no_copies_meanwhile
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.courses import course_figures
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.intake_stored import chunks, numbers_of
from fujisawa_desktop.services.kept_counts import COURSES, STAGES, STATISTICS, lowered
from fujisawa_desktop.services.overview import stage_figures
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.person_tables import APPLICANT, BY_TABLE, HELD, rows_of, table_of
from fujisawa_desktop.services.retention import candidates_in
from fujisawa_desktop.services.retention_copies import (
    CopiesLeft,
    copies_found,
    delete_copies,
    erasure_method,
)
from fujisawa_desktop.services.retention_doomed import Doomed, Group, doomed_by
from fujisawa_desktop.services.retention_payloads import JournalWalk, OnceRow
from fujisawa_desktop.services.retention_settings import HOLDS, periods_in
from fujisawa_desktop.services.retention_sweeping import pending, sweep
from fujisawa_desktop.services.unit_of_work import UnitOfWork, system_actor, unit_of_work

_PARTS: Final = 5
_KEYS: Final = frozenset({"name_entered", "name_official", "kana", "phone", "mail", "school"})


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """What an erasure did.

    Attributes:
        erasure_ids: one for each certificate.
        people: people of whom nothing is left.
        records: lines of the list that were erased.
        acts: acts of the journal that were emptied of them.
        copies: what became of copies of the file that held them.
        deleted: the copies that were deleted along with them.
        swept: freed pages were cleared; else (another program held the file) the next erasure does it.
    """

    change: ChangeSet
    erasure_ids: tuple[int, ...]
    people: int
    records: int
    acts: int
    copies: CopiesLeft
    deleted: tuple[Path, ...]
    swept: bool


def erase(
    database: Database,
    *,
    programme_id: int,
    confirmed: int,
    witness: str,
    today: date,
    categories: Collection[Category] = tuple(Category),
    with_copies: bool = False,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ErasureResult:
    """Erase everything of a programme that is due; it cannot be undone.

    No copy of the file is made before it: that would keep exactly what is erased.  Which copies hold
    the people is asked anew here, so none that was made since the list was read goes unnoticed.

    Args:
        database: the open database.
        programme_id: the programme.
        confirmed: how many lines the list had that the clerks read; another number refuses.
        witness: who else looked at the list.
        today: what is due is due on this day.
        categories: only records of these kinds.
        with_copies: copies of the file that hold these people are deleted along with them.
        actor: who erases.
        progress: hears (done, all); may raise to stop, and nothing was erased.

    Raises:
        RuleError: ``retention.nothing-due``, ``retention.count-differs``; ``retention.administrator``, on a
            server this login may not.
        ValidationError: ``retention.witness-missing``, ``retention.witness-same``.
        StorageError: a copy cannot be deleted; nothing was erased.
    """
    who = actor or system_actor()
    _check_witness(witness, who)
    if not may_erase_here(database):
        raise RuleError("retention.administrator")
    parts = Parts(_PARTS, progress)
    with (
        no_copies_meanwhile(),
        unit_of_work(database, "retention.erased", actor=who, kind=EntryKind.ERASED) as work,
    ):
        _clear_what_is_freed(work)
        due = [
            one
            for one in candidates_in(work.session, programme_id, today)
            if one.is_due and one.category in categories
        ]
        if not due:
            raise RuleError("retention.nothing-due")
        if len(due) != confirmed:
            raise RuleError("retention.count-differs", confirmed=confirmed, found=len(due))
        people = {one.applicant_id for one in due if one.applicant_id is not None}
        found = copies_found(work.session, database, people, today)
        deleted = tuple(one.path for one in found.copies) if with_copies else ()
        doomed = doomed_by(work.session, programme_id, due, today)
        before = _figures(work.session, programme_id, today)
        parts.ended()
        acts = _rewrite_journal(work, doomed, parts)
        _blank_rows(work, doomed)
        _delete_rows(work.session, doomed)
        _scrub_others(work, doomed)
        parts.ended()
        statistics = {
            name: lowered(figures, _figures(work.session, programme_id, today)[name])
            for name, figures in before.items()
        }
        method = erasure_method(database.dialect, found.left(deleted))
        rows = _certificates(work, doomed, statistics, acts, witness.strip(), method)
        work.concerns("programme", programme_id)
        parts.ended()
        delete_copies(deleted)
        change = work.commit(count=len(due), people=len(doomed.whole))
    database.kept.clear()
    return ErasureResult(
        change,
        tuple(row.id for row in rows),
        len(doomed.whole),
        len(due),
        acts,
        found.left(deleted),
        deleted,
        sweep(database, actor=who),
    )


def may_erase_here(database: Database) -> bool:
    """Return whether this login may erase: on a server only the one who owns the database."""
    with database.read() as session:
        return database.path is not None or may_erase(session.connection())


def _check_witness(witness: str, actor: str) -> None:
    if not witness.strip():
        raise ValidationError("retention.witness-missing", field="witness")
    if "".join(witness.split()).casefold() == "".join(actor.split()).casefold():
        raise ValidationError("retention.witness-same", field="witness")


def _clear_what_is_freed(work: UnitOfWork) -> None:
    connection = work.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _figures(session: Session, programme_id: int, today: date) -> dict[str, dict[str, int]]:
    """Return what the overview counts, and how many people of which grade and kind of school there are."""
    people = select(Applicant.grade, Applicant.school_category).where(Applicant.programme_id == programme_id)
    found = session.execute(people).all()
    return {
        STAGES: stage_figures(session, programme_id, today),
        COURSES: course_figures(session, programme_id),
        "grades": dict(Counter(row.grade for row in found if row.grade)),
        "schools": dict(Counter(row.school_category for row in found if row.school_category)),
    }


# --- the journal -------------------------------------------------------------


def _rewrite_journal(work: UnitOfWork, doomed: Doomed, parts: Parts) -> int:
    """Take what goes out of every act of the journal; return how many acts said something of it."""
    walk = JournalWalk(work.session)
    walk.follow(lambda done: parts.within(done % 1000, 1000))
    parts.ended()
    times = _interview_times(work.session, doomed)

    def others(table: str, values: dict[str, Any]) -> bool:
        return _goes_along(doomed, times, table, values)

    def scrub(table: str, node: OnceRow | None, values: dict[str, Any]) -> dict[str, Any]:
        return _scrubbed(doomed, table, node, values)

    acts = 0
    for seq, payload in walk.left(doomed.takes_row, scrub, others):
        work.rewrite_payload(seq, payload)
        acts += 1
    parts.ended()
    return acts


def _scrubbed(doomed: Doomed, table: str, node: OnceRow | None, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a row that stays without what goes of it."""
    changed = dict(values)
    if node is not None and table in BY_TABLE:
        blanks = doomed.blanks(table, node.people())
        changed.update({name: blank for name, blank in blanks.items() if name in values})
        if blanks and table == APPLICANT and "search_key" in changed:
            changed["search_key"] = ""
    if (names := _BLOTTED.get(table)) and (traces := doomed.traces_in(table, values)):
        for name in names:
            if name in changed:
                changed[name] = blotted(changed[name], traces)
    return changed if changed != values else values


_BLOTTED: Final[Mapping[str, tuple[str, ...]]] = {
    "notice": ("snapshot",),
    "document_number": ("subject",),
    "import_batch": ("file_name",),
}
"""Texts of records that stay, out of which people are blotted."""


def _goes_along(doomed: Doomed, times: set[tuple[Any, Any]], table: str, values: Mapping[str, Any]) -> bool:
    """Tell whether a row goes that is nobody's: plans kept aside, events of interviews, searches."""
    takes_selection = any(
        Category.SELECTION.value in shares or person in doomed.whole
        for person, shares in doomed.shares.items()
    )
    if table == InterviewDraft.__tablename__:
        return takes_selection and values.get("programme_id", doomed.programme_id) == doomed.programme_id
    if table == CalendarEvent.__tablename__:
        return (values.get("starts_at"), values.get("ends_at")) in times
    if table == SavedView.__tablename__ and doomed.traces:
        return _names_somebody(doomed, values)
    return False


def _names_somebody(doomed: Doomed, view: Mapping[str, Any]) -> bool:
    own = {"name": view.get("name", ""), "query": view.get("query", {})}
    return bool(blotted(own["query"], doomed.traces) != own["query"] or doomed.traces.name(str(own["name"])))


def _interview_times(session: Session, doomed: Doomed) -> set[tuple[Any, Any]]:
    """Return the times of interviews that go, unless one that stays is at the same time."""
    going = doomed.rows.get(Interview.__tablename__, set())
    gone: set[tuple[Any, Any]] = set()
    stays: set[tuple[Any, Any]] = set()
    query = select(Interview.id, Interview.starts_at, Interview.ends_at)
    for key, starts, ends in session.execute(query.where(Interview.programme_id == doomed.programme_id)):
        (gone if key in going else stays).add((starts, ends))
    return gone - stays


# --- the rows ----------------------------------------------------------------


def _blank_rows(work: UnitOfWork, doomed: Doomed) -> None:
    """Empty what goes of rows that stay: the address of a person whose points are still kept, and so on."""
    connection = work.session.connection()
    alike: dict[frozenset[str], list[int]] = {}
    for root in sorted(set(doomed.shares) - doomed.whole):
        alike.setdefault(frozenset(doomed.shares[root]), []).append(root)
    for roots in alike.values():
        for name, ids in rows_of(work.session, roots).items():
            blanks = doomed.blanks(name, roots[:1])
            table = table_of(name)
            for some in chunks(ids if blanks else ()):
                connection.execute(update(table).where(table.c.id.in_(some)).values(**blanks))
            if name == APPLICANT and _KEYS & set(blanks):
                _renew_keys(work.session, roots)


def _renew_keys(session: Session, people: Sequence[int]) -> None:
    """Let people be found by what is left of them."""
    table, connection = table_of(APPLICANT), session.connection()
    renewed = update(table).where(table.c.id == bindparam("key_"))
    for some in chunks(people):
        numbers = numbers_of(session, some)
        rows = connection.execute(select(table).where(table.c.id.in_(some))).mappings()
        keys = [
            (
                row["id"],
                applicant_keys(numbers=numbers.get(row["id"], ()), **{name: row[name] for name in _KEYS}),
            )
            for row in rows
        ]
        connection.execute(
            renewed.values(search_key=bindparam("search"), sort_key=bindparam("sort")),
            [{"key_": key, "search": search, "sort": sort} for key, (search, sort) in keys],
        )


def _delete_rows(session: Session, doomed: Doomed) -> None:
    """Delete the rows, those that hang on others first; nothing of them is recorded."""
    connection = session.connection()
    times = _interview_times(session, doomed)
    papers = table_of(Notice.__tablename__)
    for some in chunks(sorted(doomed.rows.get(papers.name, ()))):
        connection.execute(update(papers).where(papers.c.corrects_id.in_(some)).values(corrects_id=None))
    for held in reversed(HELD):
        table = table_of(held.table)
        gone = delete(table).where(table.c.id == bindparam("key_"))
        for some in chunks(sorted(doomed.rows.get(held.table, ()))):
            connection.execute(gone, [{"key_": key} for key in some])
    for model in (InterviewDraft, CalendarEvent, SavedView):
        table = table_of(model.__tablename__)
        rows = connection.execute(select(table).where(table.c.programme_id == doomed.programme_id)).mappings()
        going = [row["id"] for row in rows if _goes_along(doomed, times, table.name, dict(row))]
        for some in chunks(going):
            connection.execute(delete(table).where(table.c.id.in_(some)))


def _scrub_others(work: UnitOfWork, doomed: Doomed) -> None:
    """Blot people out of lists, subjects and names of files, and let nothing be kept for them."""
    connection = work.session.connection()
    for model in (Notice, DocumentNumber, ImportBatch):
        table = table_of(model.__tablename__)
        query = select(table).where(table.c.programme_id == doomed.programme_id)
        if model is Notice:
            query = query.where(table.c.applicant_id.is_(None))
        for row in connection.execute(query).mappings().all():
            changed = _scrubbed(doomed, table.name, None, dict(row))
            different = {name: value for name, value in changed.items() if value != row[name]}
            if different:
                connection.execute(update(table).where(table.c.id == row["id"]).values(**different))
    held = work.session.get(Setting, HOLDS)
    if held is not None:
        left = {key: one for key, one in held.value.items() if doomed.group.get(int(key)) not in doomed.whole}
        if left != held.value:
            held.value = left


def _certificates(
    work: UnitOfWork,
    doomed: Doomed,
    statistics: Mapping[str, Mapping[str, int]],
    acts: int,
    witness: str,
    method: str,
) -> list[Erasure]:
    """Record what was erased, one row for each kind and fiscal year: counts, nobody's name."""
    periods = periods_in(work.session, doomed.programme_id)
    waiting = pending(work.session.connection().dialect.name)
    rows = []
    for place, group in enumerate(sorted(doomed.counts, key=_in_order)):
        counts: dict[str, Any] = {name: count for name, count in doomed.counts[group].items() if count}
        if not place:
            counts["journal"] = acts
            counts[STATISTICS] = {name: dict(figures) for name, figures in statistics.items()}
        counts.update(waiting)
        rows.append(
            Erasure(
                programme_id=doomed.programme_id,
                category=group[0].value,
                kept_from=group[1],
                kept_until=group[2],
                counts=counts,
                method=method + "".join(waiting.values()),
                basis=periods[group[0]].basis,
                erased_at=work.now,
                actor=work.actor,
                witness=witness,
            )
        )
    work.session.add_all(rows)
    work.session.flush()
    return rows


def _in_order(group: Group) -> tuple[int, date]:
    return list(Category).index(group[0]), group[1]
