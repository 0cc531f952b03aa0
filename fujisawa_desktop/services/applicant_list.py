"""The list of applicants: pages, counts and ids, as frozen rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Applicant,
    Application,
    Course,
    Decision,
    Entry,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicant_query import (
    DUPLICATE,
    FLAGS,
    STANDING,
    ListQuery,
    entry_count,
    entry_ids,
    flag_condition,
    from_entries,
)
from fujisawa_desktop.services.intake_stored import chunks

_COUNTED: Final = 1_000
"""Hits up to which a page counts the whole list."""


@dataclass(frozen=True, slots=True)
class PendingResult:
    """A decision that is taken but not announced."""

    application_id: int
    stage: Stage
    result: Result
    reserve_rank: int | None


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """One entry as a line of the list.

    Attributes:
        courses: short names, in the person's order; ``application_ids`` run alongside.
        status: the best state among the applications.
        statuses: the state of each application, alongside ``courses``.
        pending: decisions not announced yet.
        flags: of late, withdrawn, not-student, disqualified, duplicate.
    """

    entry_id: int
    applicant_id: int
    application_ids: tuple[int, ...]
    course_ids: tuple[int, ...]
    number: str
    source: str
    name: str
    kana: str
    school: str
    faculty: str
    grade: str
    courses: tuple[str, ...]
    status: ApplicationStatus
    statuses: tuple[ApplicationStatus, ...]
    pending: tuple[PendingResult, ...]
    flags: tuple[str, ...]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The beginning of a list; ``total`` is None when there are too many to count on the way."""

    rows: tuple[ApplicantRow, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many entries each choice of a filter would show, the other filters staying as they are."""

    courses: Mapping[int, int]
    statuses: Mapping[ApplicationStatus, int]
    flags: Mapping[str, int]
    sources: Mapping[str, int]


def list_count(database: Database, query: ListQuery) -> int:
    """Return how many entries the query finds."""
    with database.read() as session:
        return session.scalar(entry_count(query, database.dialect)) or 0


def list_ids(database: Database, query: ListQuery) -> list[int]:
    """Return the ids of all entries the query finds, in its order."""
    with database.read() as session:
        return list(session.scalars(entry_ids(query, database.dialect)))


def list_page(database: Database, query: ListQuery, offset: int = 0, limit: int = 100) -> list[ApplicantRow]:
    """Return a part of the list."""
    with database.read() as session:
        statement = entry_ids(query, database.dialect).limit(limit).offset(offset)
        return rows_of(session, list(session.scalars(statement)))


def first_page(database: Database, query: ListQuery, limit: int = 100) -> FirstPage:
    """Return the first part of the list and, when that costs nothing more, the number of all entries.

    A few hundred hits are counted by the same look through the keys that finds the page; of more
    hits the page comes at once, and :func:`list_count` may follow.
    """
    with database.read() as session:
        statement = entry_ids(query, database.dialect).limit(_COUNTED + 1)
        ids = list(session.scalars(statement))
        total = len(ids) if len(ids) <= _COUNTED else None
        return FirstPage(tuple(rows_of(session, ids[:limit])), total)


def facet_counts(database: Database, query: ListQuery) -> FacetCounts:
    """Return the counts beside the filters."""
    dialect = database.dialect
    with database.read() as session:
        by_course = _per_application(replace(query, course_ids=frozenset()), dialect, Application.course_id)
        by_status = _per_application(replace(query, statuses=frozenset()), dialect, Application.status)
        flags = select(*(func.count().filter(flag_condition(flag)) for flag in FLAGS))
        by_flag = from_entries(flags, replace(query, flags=frozenset()), dialect)
        by_source = from_entries(
            select(Entry.source, func.count()), replace(query, sources=frozenset()), dialect
        ).group_by(Entry.source)
        return FacetCounts(
            courses=_pairs(session, by_course),
            statuses=_pairs(session, by_status),
            flags=dict(zip(FLAGS, session.execute(by_flag).one(), strict=True)),
            sources=_pairs(session, by_source),
        )


def rows_of(session: Session, ids: Sequence[int]) -> list[ApplicantRow]:
    """Return entries as lines of the list, in the order of ``ids``."""
    found: dict[int, ApplicantRow] = {}
    for chunk in chunks(ids):
        applications = _applications(session, chunk)
        pending = _pending(session, chunk)
        entries = session.execute(_entry_columns().where(Entry.id.in_(chunk))).mappings().all()
        doubtful = _doubtful(session, [entry["applicant_id"] for entry in entries])
        for entry in entries:
            found[entry["id"]] = _row(
                entry, applications.get(entry["id"], []), pending.get(entry["id"], ()), doubtful
            )
    return [found[entry_id] for entry_id in ids if entry_id in found]


def flags_of(entry: Mapping[Any, Any], *, duplicate: bool) -> tuple[str, ...]:
    """Return the flags of an entry's columns in their fixed order."""
    flags = {
        EntryFlag.LATE.value: entry["is_late"],
        EntryFlag.WITHDRAWN.value: entry["is_withdrawn"],
        EntryFlag.NOT_STUDENT.value: entry["is_not_student"],
        EntryFlag.DISQUALIFIED.value: entry["is_disqualified"],
        DUPLICATE: duplicate,
    }
    return tuple(flag for flag, set_ in flags.items() if set_)


def best_status(statuses: Sequence[ApplicationStatus]) -> ApplicationStatus:
    """Return the state an entry is shown with."""
    return max(statuses, key=STANDING.index, default=ApplicationStatus.RECEIVED)


def _per_application(query: ListQuery, dialect: str, column: Any) -> Select[Any, int]:
    # The course or state that is counted must be that of the application which fulfils the filter.
    own = []
    if query.course_ids:
        own.append(Application.course_id.in_(sorted(query.course_ids)))
    if query.statuses:
        own.append(Application.status.in_(sorted(query.statuses)))
    bare = replace(query, course_ids=frozenset(), statuses=frozenset())
    # An entry has one application for a course, but may have two in the same state.
    number = func.count() if column is Application.course_id else func.count(Application.entry_id.distinct())
    statement = from_entries(select(column, number), bare, dialect)
    return statement.join(Application, Application.entry_id == Entry.id).where(*own).group_by(column)


def _pairs(session: Session, query: Select[Any, int]) -> dict[Any, int]:
    return {row[0]: row[1] for row in session.execute(query) if row[1]}


def _entry_columns() -> Select[*tuple[Any, ...]]:
    return select(
        Entry.id,
        Entry.applicant_id,
        Entry.number,
        Entry.source,
        Entry.received_at,
        Entry.is_late,
        Entry.is_withdrawn,
        Entry.is_not_student,
        Entry.is_disqualified,
        Applicant.name_entered,
        Applicant.name_official,
        Applicant.kana,
        Applicant.school,
        Applicant.faculty,
        Applicant.grade,
    ).join(Applicant, Applicant.id == Entry.applicant_id)


def _row(
    entry: Mapping[Any, Any],
    applications: Sequence[tuple[int, int, str, ApplicationStatus]],
    pending: Sequence[PendingResult],
    doubtful: set[int],
) -> ApplicantRow:
    return ApplicantRow(
        entry_id=entry["id"],
        applicant_id=entry["applicant_id"],
        application_ids=tuple(application[0] for application in applications),
        course_ids=tuple(application[1] for application in applications),
        number=entry["number"],
        source=entry["source"],
        name=entry["name_official"] or entry["name_entered"],
        kana=entry["kana"],
        school=entry["school"],
        faculty=entry["faculty"],
        grade=entry["grade"],
        courses=tuple(application[2] for application in applications),
        status=best_status([application[3] for application in applications]),
        statuses=tuple(application[3] for application in applications),
        pending=tuple(pending),
        flags=flags_of(entry, duplicate=entry["applicant_id"] in doubtful),
        received_at=entry["received_at"],
    )


def _applications(
    session: Session, ids: Sequence[int]
) -> dict[int, list[tuple[int, int, str, ApplicationStatus]]]:
    query = (
        select(
            Application.entry_id, Application.id, Application.course_id, Course.short_name, Application.status
        )
        .join(Course, Course.id == Application.course_id)
        .where(Application.entry_id.in_(ids))
        .order_by(Application.preference, Application.id)
    )
    found: dict[int, list[tuple[int, int, str, ApplicationStatus]]] = {}
    for row in session.execute(query):
        found.setdefault(row[0], []).append((row[1], row[2], row[3], row[4]))
    return found


def _pending(session: Session, ids: Sequence[int]) -> dict[int, list[PendingResult]]:
    query = (
        select(Application.entry_id, Application.id, Decision.stage, Decision.result, Decision.reserve_rank)
        .join(Decision, Decision.application_id == Application.id)
        .where(Application.entry_id.in_(ids), Decision.announced_at.is_(None))
        .order_by(Application.preference, Decision.id)
    )
    found: dict[int, list[PendingResult]] = {}
    for row in session.execute(query):
        found.setdefault(row[0], []).append(PendingResult(row[1], row[2], row[3], row[4]))
    return found


def _doubtful(session: Session, applicant_ids: Sequence[int]) -> set[int]:
    query = select(SuspectedDuplicate.first_id, SuspectedDuplicate.second_id).where(
        SuspectedDuplicate.verdict == SuspicionVerdict.OPEN,
        or_(
            SuspectedDuplicate.first_id.in_(applicant_ids),
            SuspectedDuplicate.second_id.in_(applicant_ids),
        ),
    )
    return {applicant_id for pair in session.execute(query) for applicant_id in pair}
