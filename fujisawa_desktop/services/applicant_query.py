"""The question a list asks, as SQL: filter, sort and page are the database's work."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from fujisawa_desktop.models import (
    Applicant,
    Application,
    Decision,
    Entry,
    Interview,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import ApplicationStatus, Attendance, Result
from fujisawa_desktop.services.applicant_keys import key_terms
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.list_narrowing import (
    Narrowing,
    application_conditions,
    entry_conditions,
)
from fujisawa_desktop.services.rulings import open_flag_condition

_Columns = TypeVarTuple("_Columns")

DUPLICATE: Final = "duplicate"
FLAGS: Final = (*(flag.value for flag in EntryFlag), DUPLICATE)

STANDING: Final = (
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.INELIGIBLE,
    ApplicationStatus.FIRST_FAILED,
    ApplicationStatus.FINAL_FAILED,
    ApplicationStatus.RECEIVED,
    ApplicationStatus.FIRST_PASSED,
    ApplicationStatus.FINAL_RESERVE,
    ApplicationStatus.FINAL_PASSED,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.APPOINTED,
)
"""From least to best: an entry for two courses is shown with the best of its states."""

_PERSON_SORTS: Final[dict[str, tuple[InstrumentedAttribute[Any], ...]]] = {
    "kana": (),
    "name": (),
    "school": (Applicant.school, Applicant.faculty),
    "faculty": (Applicant.faculty,),
    "grade": (Applicant.grade,),
    "department": (Applicant.department,),
    "graduation": (Applicant.graduation,),
    "phone": (Applicant.phone,),
    "mail": (Applicant.mail,),
    "name_official": (Applicant.name_official,),
    "note": (Applicant.note,),
}
_ENTRY_SORTS: Final[dict[str, InstrumentedAttribute[Any]]] = {
    "number": Entry.number,
    "source": Entry.source,
    "received_at": Entry.received_at,
    "weekdays": Entry.weekdays,
}
_BLANKS_LAST: Final = frozenset(
    {"grade", "department", "graduation", "phone", "mail", "name_official", "note", "weekdays"}
)
"""Who has nothing there stands last either way, as in a spreadsheet."""
SORTS: Final = (*_PERSON_SORTS, *_ENTRY_SORTS, "courses", "status", "flags", "score", "pending", "progress")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a clerk wants to see.

    Attributes:
        text: the search box; every word must be found.
        course_ids: any of these courses.
        statuses: any application, of those courses, in any of these states.
        flags: any of late, withdrawn, not-student, disqualified, duplicate.
        open_flags: only flags that nobody has decided about; any of them when none is named.
        sources: any of these portals.
        entry_ids: only these entries (a group kept from elsewhere); None means all.
        narrowing: further conditions: points, results noted, days, years.
        sorts: columns (of ``SORTS``) with ``asc`` or ``desc``, the most important first.
    """

    programme_id: int
    text: str = ""
    course_ids: frozenset[int] = frozenset()
    statuses: frozenset[ApplicationStatus] = frozenset()
    flags: frozenset[str] = frozenset()
    open_flags: bool = False
    sources: frozenset[str] = frozenset()
    entry_ids: frozenset[int] | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    sorts: tuple[tuple[str, str], ...] = (("kana", "asc"),)


def from_entries(statement: Select[*_Columns], query: ListQuery, dialect: str) -> Select[*_Columns]:
    """Let a statement read the entries a query finds.

    People are joined only for the search box: a hundred thousand look-ups are what a count costs.
    """
    terms = key_terms(query.text)
    if not terms:
        return statement.select_from(Entry).where(
            Entry.programme_id == query.programme_id, *_entry_conditions(query, dialect)
        )
    return _from_people(statement, query, terms, dialect)


def flag_condition(flag: str, *, is_open: bool = False) -> ColumnElement[bool]:
    """Return the condition under which an entry bears a flag, or one that nobody has decided about."""
    if is_open and flag != DUPLICATE:
        return open_flag_condition(flag)
    plain: dict[str, ColumnElement[bool]] = {
        EntryFlag.LATE.value: Entry.is_late.is_(True),
        EntryFlag.WITHDRAWN.value: Entry.is_withdrawn.is_(True),
        EntryFlag.NOT_STUDENT.value: Entry.is_not_student.is_(True),
        EntryFlag.DISQUALIFIED.value: Entry.is_disqualified.is_(True),
    }
    if flag in plain:
        return plain[flag]
    doubt = SuspectedDuplicate.verdict == SuspicionVerdict.OPEN
    return or_(
        Entry.applicant_id.in_(select(SuspectedDuplicate.first_id).where(doubt)),
        Entry.applicant_id.in_(select(SuspectedDuplicate.second_id).where(doubt)),
    )


def entry_ids(query: ListQuery, dialect: str) -> Select[int]:
    """Return the statement for the ids of the entries, sorted, in an order without ties."""
    people = any(name in _PERSON_SORTS for name, _direction in query.sorts)
    last_downwards = bool(query.sorts) and query.sorts[-1][1] == "desc"
    if people:
        statement = _from_people(select(Entry.id), query, key_terms(query.text), dialect)
        # Equals stand in the order of the list's index, so that SQLite reads it and sorts nothing.
        ties: list[Any] = [Applicant.sort_key, Applicant.id, Entry.id]
    else:
        statement = from_entries(select(Entry.id), query, dialect)
        ties = [Entry.id]
    columns: list[Any] = []
    for name, direction in query.sorts:
        wanted = _PERSON_SORTS[name] if name in _PERSON_SORTS else (_sort_expression(name, query),)
        if name in _BLANKS_LAST:
            blank = func.coalesce(wanted[0], "") if name == "name_official" else wanted[0]
            columns.append(blank == "")
        ordered = [column.desc() if direction == "desc" else column.asc() for column in wanted]
        # Who has no points yet stands last either way, as in a spreadsheet.
        columns.extend([one.nulls_last() for one in ordered] if name == "score" else ordered)
        if name in {"kana", "name"}:
            columns.append(Applicant.sort_key.desc() if direction == "desc" else Applicant.sort_key.asc())
    columns.extend(tie.desc() if last_downwards and people else tie.asc() for tie in ties)
    return statement.order_by(*columns)


def entry_count(query: ListQuery, dialect: str) -> Select[int]:
    """Return the statement for the number of entries."""
    return from_entries(select(func.count()), query, dialect)


def _from_people(
    statement: Select[*_Columns], query: ListQuery, terms: Sequence[str], dialect: str
) -> Select[*_Columns]:
    ours = Applicant.programme_id == query.programme_id
    if not terms and any(_PERSON_SORTS.get(name) for name, _direction in query.sorts):
        # The list's index lacks the column: each person would be fetched through it, all over the
        # file, which takes eight times as long as reading the table from its beginning to its end.
        ours = Applicant.programme_id + 0 == query.programme_id
    return (
        statement.select_from(Applicant)
        .join(Entry, Entry.applicant_id == Applicant.id)
        .where(
            ours,
            *(_contains(term, dialect) for term in terms),
            *_entry_conditions(query, dialect),
        )
    )


def _entry_conditions(query: ListQuery, dialect: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    of_application = application_parts(query)
    if of_application:
        wanted.append(exists().where(and_(Application.entry_id == Entry.id, *of_application)))
    if query.flags or query.open_flags:
        asked = sorted(query.flags or FLAGS)
        wanted.append(or_(*(flag_condition(flag, is_open=query.open_flags) for flag in asked)))
    if query.sources:
        wanted.append(Entry.source.in_(sorted(query.sources)))
    if query.entry_ids is not None:
        wanted.append(_among(query.entry_ids, dialect))
    wanted.extend(entry_conditions(query.narrowing))
    return wanted


def _among(ids: Iterable[int], dialect: str) -> ColumnElement[bool]:
    """Return the condition for being one of any number of entries; statements hold few parameters."""
    if dialect == "sqlite":
        listed = func.json_each(json.dumps(sorted(ids))).table_valued("value")
        # Plus nothing, or SQLite tries every listed id anew for every person.
        return (Entry.id + 0).in_(select(listed.c.value))
    return Entry.id.in_(bindparam(None, sorted(ids), expanding=True, literal_execute=True))


def _contains(term: str, dialect: str) -> ColumnElement[bool]:
    # Both find a plain substring; LIKE would fold letters and read % and _ in the term.
    find = func.instr if dialect == "sqlite" else func.strpos
    return find(Applicant.search_key, term) > 0


def application_parts(query: ListQuery) -> list[ColumnElement[bool]]:
    """Return what one and the same application of an entry must fulfil; nothing when any entry will do."""
    wanted: list[ColumnElement[bool]] = []
    if query.course_ids:
        wanted.append(Application.course_id.in_(sorted(query.course_ids)))
    if query.statuses:
        wanted.append(Application.status.in_(sorted(query.statuses)))
    wanted.extend(application_conditions(query.narrowing))
    return wanted


def _sort_expression(name: str, query: ListQuery) -> ColumnElement[Any]:
    if name == "score":
        return _best_score(query)
    if name in _RANKS:
        return _RANKS[name]()
    if name == "courses":
        return (
            select(func.min(Application.course_id)).where(Application.entry_id == Entry.id).scalar_subquery()
        )
    if name == "flags":
        return case((or_(*(flag_condition(flag) for flag in FLAGS)), 0), else_=1)
    return _ENTRY_SORTS[name].expression


def _status_rank() -> ColumnElement[int]:
    ranks = {status: rank for rank, status in enumerate(STANDING)}
    return (
        select(func.max(case(ranks, value=Application.status, else_=0)))
        .where(Application.entry_id == Entry.id)
        .scalar_subquery()
    )


def _progress_rank() -> ColumnElement[int]:
    """Return how far the interview is; who is not between the screenings stands last."""
    # A set made once: asking for each of 100,000 entries takes longer.
    between = Entry.id.in_(
        select(Application.entry_id).where(Application.status == ApplicationStatus.FIRST_PASSED)
    )
    ranks = {Attendance.ATTENDED: 2, Attendance.ABSENT: 3}
    booked = (
        select(func.min(case(ranks, value=Interview.attendance, else_=1)))
        .join(Application, about_application())
        .where(Application.entry_id == Entry.id, Application.status == ApplicationStatus.FIRST_PASSED)
        .scalar_subquery()
    )
    return case((~between, 9), else_=func.coalesce(booked, 0))


def _best_score(query: ListQuery) -> ColumnElement[Any]:
    """Return the best points of an entry, of the courses that are looked at."""
    own = [Application.course_id.in_(sorted(query.course_ids))] if query.course_ids else []
    return select(func.max(Application.score)).where(Application.entry_id == Entry.id, *own).scalar_subquery()


def _noted_result() -> ColumnElement[Any]:
    ranks = {Result.PASS: 0, Result.RESERVE: 1, Result.FAIL: 2}
    best = func.min(case(ranks, value=Decision.result, else_=3))
    waiting = (
        select(best)
        .join(Application, Application.id == Decision.application_id)
        .where(Application.entry_id == Entry.id, Decision.announced_at.is_(None))
        .scalar_subquery()
    )
    return func.coalesce(waiting, 3)


_RANKS: Final[dict[str, Callable[[], ColumnElement[Any]]]] = {
    "pending": _noted_result,
    "progress": _progress_rank,
    "status": _status_rank,
}
