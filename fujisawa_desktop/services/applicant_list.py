"""The list of applicants: pages, counts and ids, as frozen rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Applicant,
    Application,
    Course,
    Decision,
    Entry,
    Interview,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import ApplicationStatus, Progress, Result, Stage, progress_of
from fujisawa_desktop.services.applicant_query import (
    DUPLICATE,
    FLAGS,
    STANDING,
    ListQuery,
    application_parts,
    entry_count,
    entry_ids,
    flag_condition,
    from_entries,
)
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.list_narrowing import entry_part, ranking
from fujisawa_desktop.services.rulings import FlagVerdict, verdicts_of
from fujisawa_desktop.services.search_memory import SearchMemory, memory_of, remembered

_COUNTED: Final = 1_000
"""Hits up to which a page counts the whole list."""

_FLAG_COLUMNS: Final = (
    (EntryFlag.LATE.value, "is_late"),
    (EntryFlag.WITHDRAWN.value, "is_withdrawn"),
    (EntryFlag.NOT_STUDENT.value, "is_not_student"),
    (EntryFlag.DISQUALIFIED.value, "is_disqualified"),
)
_FLAG_NAMES: Final = tuple(column for _flag, column in _FLAG_COLUMNS)


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
        waived: flags in spite of which a clerk lets the entry take part.
        standing: flags that a clerk said stand.
        progress: where each application stands between the screenings, alongside ``courses``.
        scores: points of the first screening in hundredths, alongside ``courses``.
        ranks: places by points within each course, alongside; empty when they were not asked for.
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
    department: str = ""
    graduation: str = ""
    phone: str = ""
    mail: str = ""
    weekdays: str = ""
    name_official: str = ""
    note: str = ""
    scores: tuple[int | None, ...] = ()
    ranks: tuple[int | None, ...] = ()
    waived: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    progress: tuple[Progress | None, ...] = ()


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


def list_page(
    database: Database, query: ListQuery, offset: int = 0, limit: int = 100, *, ranks: bool = False
) -> list[ApplicantRow]:
    """Return a part of the list; the places by points, which look at everybody, only if asked for."""
    with database.read() as session:
        memory = memory_of(session, database, query.programme_id)
        rows = _lines(session, memory, _page_ids(session, memory, query, offset, limit))
        return with_ranks(session, rows) if ranks else rows


def _page_ids(
    session: Session, memory: SearchMemory | None, query: ListQuery, offset: int, limit: int
) -> list[int]:
    known = remembered(memory, query, offset + limit)
    if known is not None:
        return known[offset:]
    dialect = session.get_bind().dialect.name
    return list(session.scalars(entry_ids(query, dialect).limit(limit).offset(offset)))


def _lines(session: Session, memory: SearchMemory | None, ids: Sequence[int]) -> list[ApplicantRow]:
    return rows_of(session, ids) if memory is None else memory.lines_of(ids, partial(rows_of, session))


def first_page(database: Database, query: ListQuery, limit: int = 100) -> FirstPage:
    """Return the first part of the list and, when that costs nothing more, the number of all entries.

    A few hundred hits are counted by the same look through the keys that finds the page; of more
    hits the page comes at once, and :func:`list_count` may follow.
    """
    with database.read() as session:
        memory = memory_of(session, database, query.programme_id)
        ids = _page_ids(session, memory, query, 0, _COUNTED + 1)
        total = len(ids) if len(ids) <= _COUNTED else None
        return FirstPage(tuple(_lines(session, memory, ids[:limit])), total)


def facet_counts(database: Database, query: ListQuery) -> FacetCounts:
    """Return the counts beside the filters."""
    dialect = database.dialect
    with database.read() as session:
        by_course = _per_application(replace(query, course_ids=frozenset()), dialect, Application.course_id)
        by_status = _per_application(replace(query, statuses=frozenset()), dialect, Application.status)
        flags = select(
            *(func.count().filter(flag_condition(flag, is_open=query.open_flags)) for flag in FLAGS)
        )
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
    # The statements are made once and run below the ORM: making them took longer than the database.
    connection = session.connection()
    found: dict[int, ApplicantRow] = {}
    for chunk in chunks(ids):
        applied = _by_entry(connection.execute(_APPLICATIONS, {"ids": chunk}))
        entries = connection.execute(_ENTRIES, {"ids": chunk}).all()
        flagged = [one.id for one in entries if any(getattr(one, name) for _flag, name in _FLAG_COLUMNS)]
        ruled = verdicts_of(connection, flagged) if flagged else {}
        for entry in entries:
            found[entry.id] = _row(entry, applied.get(entry.id, []), ruled)
    return [found[entry_id] for entry_id in ids if entry_id in found]


def with_ranks(session: Session, rows: Sequence[ApplicantRow]) -> list[ApplicantRow]:
    """Return the rows with each application's place by points among those of its course."""
    wanted = [key for row in rows for key, score in _scored(row) if score is not None]
    ranked = ranking().subquery()
    places: dict[int, int] = {}
    for chunk in chunks(wanted):
        query = select(ranked.c.id, ranked.c.rank).where(ranked.c.id.in_(chunk))
        places.update((found[0], found[1]) for found in session.execute(query))
    return [replace(row, ranks=tuple(places.get(key) for key, _score in _scored(row))) for row in rows]


def _scored(row: ApplicantRow) -> list[tuple[int, int | None]]:
    return list(zip(row.application_ids, row.scores, strict=True))


def flags_of(entry: Mapping[Any, Any], *, duplicate: bool) -> tuple[str, ...]:
    """Return the flags of an entry's columns in their fixed order."""
    found = [flag for flag, column in _FLAG_COLUMNS if entry[column]]
    return (*found, DUPLICATE) if duplicate else tuple(found)


def best_status(statuses: Sequence[ApplicationStatus]) -> ApplicationStatus:
    """Return the state an entry is shown with."""
    if len(statuses) == 1:
        return statuses[0]
    return max(statuses, key=STANDING.index, default=ApplicationStatus.RECEIVED)


def _per_application(query: ListQuery, dialect: str, column: Any) -> Select[Any, int]:
    # The course or state that is counted must be that of the application which fulfils the filter.
    own = application_parts(query)
    bare = replace(query, course_ids=frozenset(), statuses=frozenset(), narrowing=entry_part(query.narrowing))
    # An entry has one application for a course, but may have two in the same state.
    number = func.count() if column is Application.course_id else func.count(Application.entry_id.distinct())
    statement = from_entries(select(column, number), bare, dialect)
    return statement.join(Application, Application.entry_id == Entry.id).where(*own).group_by(column)


def _pairs(session: Session, query: Select[Any, int]) -> dict[Any, int]:
    return {row[0]: row[1] for row in session.execute(query) if row[1]}


def _is_doubtful() -> ColumnElement[bool]:
    doubt = SuspectedDuplicate.verdict == SuspicionVerdict.OPEN
    return or_(
        exists().where(SuspectedDuplicate.first_id == Entry.applicant_id, doubt),
        exists().where(SuspectedDuplicate.second_id == Entry.applicant_id, doubt),
    )


_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_ENTRIES: Final = (
    select(
        Entry.id,
        Entry.applicant_id,
        Entry.number,
        Entry.source,
        Entry.received_at,
        *(getattr(Entry, column) for column in _FLAG_NAMES),
        Applicant.name_entered,
        Applicant.name_official,
        Applicant.kana,
        Applicant.school,
        Applicant.faculty,
        Applicant.grade,
        Applicant.department,
        Applicant.graduation,
        Applicant.phone,
        Applicant.mail,
        Applicant.note,
        Entry.weekdays,
        _is_doubtful().label("is_doubtful"),
    )
    .join(Applicant, Applicant.id == Entry.applicant_id)
    .where(Entry.id.in_(_IDS))
)
_APPLICATIONS: Final = (
    select(
        Application.entry_id,
        Application.id,
        Application.course_id,
        Course.short_name,
        Application.status,
        Application.score,
        Interview.id,
        Interview.attendance,
        Decision.stage,
        Decision.result,
        Decision.reserve_rank,
    )
    .join(Course, Course.id == Application.course_id)
    .outerjoin(Interview, about_application())
    .outerjoin(Decision, and_(Decision.application_id == Application.id, Decision.announced_at.is_(None)))
    .where(Application.entry_id.in_(_IDS))
    .order_by(Application.preference, Application.id, Decision.id)
)
"""The applications of some entries, each once for every result that waits to be announced."""


@dataclass(slots=True)
class _Applied:
    """One application of an entry with the results noted for it."""

    id: int
    course_id: int
    course: str
    status: ApplicationStatus
    score: int | None
    progress: Progress | None
    pending: list[PendingResult] = field(default_factory=list)


def _by_entry(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, list[_Applied]]:
    found: dict[int, list[_Applied]] = {}
    for entry_id, key, course_id, course, status, score, meeting, attendance, stage, result, rank in rows:
        applied = found.setdefault(entry_id, [])
        if not applied or applied[-1].id != key:
            progress = progress_of(status, booked=meeting is not None, attendance=attendance)
            applied.append(_Applied(key, course_id, course, status, score, progress))
        if stage is not None:
            applied[-1].pending.append(PendingResult(key, stage, result, rank))
    return found


def _row(
    entry: Row[*tuple[Any, ...]],
    applied: Sequence[_Applied],
    ruled: Mapping[tuple[int, FlagVerdict], AbstractSet[str]],
) -> ApplicantRow:
    # Unpacked, since asking a row for its columns by name takes longer than reading it.
    (
        entry_id, applicant_id, number, source, received_at, *marks, name_entered, name_official, kana,
        school, faculty, grade, department, graduation, phone, mail, note, weekdays, is_doubtful,
    ) = entry  # fmt: skip
    flags = flags_of(dict(zip(_FLAG_NAMES, marks, strict=True)), duplicate=is_doubtful)
    waived, standing = (
        ruled.get((entry_id, verdict), frozenset()) for verdict in (FlagVerdict.WAIVED, FlagVerdict.STANDS)
    )
    return ApplicantRow(
        entry_id=entry_id,
        applicant_id=applicant_id,
        application_ids=tuple([one.id for one in applied]),
        course_ids=tuple([one.course_id for one in applied]),
        number=number,
        source=source,
        name=name_official or name_entered,
        kana=kana,
        school=school,
        faculty=faculty,
        grade=grade,
        courses=tuple([one.course for one in applied]),
        status=best_status([one.status for one in applied]),
        statuses=tuple([one.status for one in applied]),
        pending=tuple([noted for one in applied for noted in one.pending]),
        flags=flags,
        received_at=received_at,
        department=department,
        graduation=graduation,
        phone=phone,
        mail=mail,
        weekdays=weekdays,
        name_official=name_official or "",
        note=note,
        scores=tuple([one.score for one in applied]),
        waived=tuple([flag for flag in flags if flag in waived]),
        standing=tuple([flag for flag in flags if flag in standing]),
        progress=tuple([one.progress for one in applied]),
    )
