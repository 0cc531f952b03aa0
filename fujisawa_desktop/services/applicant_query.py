"""The question a list asks, as SQL: filter, sort and page are the database's work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from fujisawa_desktop.models import Applicant, Application, Entry, SuspectedDuplicate, SuspicionVerdict
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicant_keys import key_terms

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
}
_ENTRY_SORTS: Final[dict[str, InstrumentedAttribute[Any]]] = {
    "number": Entry.number,
    "source": Entry.source,
    "received_at": Entry.received_at,
}
SORTS: Final = (*_PERSON_SORTS, *_ENTRY_SORTS, "courses", "status", "flags")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a clerk wants to see.

    Attributes:
        text: the search box; every word must be found.
        course_ids: any of these courses.
        statuses: any application, of those courses, in any of these states.
        flags: any of late, withdrawn, not-student, duplicate.
        sources: any of these portals.
        entry_ids: only these entries (a group kept from elsewhere); None means all.
        sorts: columns (of ``SORTS``) with ``asc`` or ``desc``, the most important first.
    """

    programme_id: int
    text: str = ""
    course_ids: frozenset[int] = frozenset()
    statuses: frozenset[ApplicationStatus] = frozenset()
    flags: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    entry_ids: frozenset[int] | None = None
    sorts: tuple[tuple[str, str], ...] = (("kana", "asc"),)


def from_entries(statement: Select[*_Columns], query: ListQuery, dialect: str) -> Select[*_Columns]:
    """Let a statement read the entries a query finds.

    People are joined only for the search box: a hundred thousand look-ups are what a count costs.
    """
    terms = key_terms(query.text)
    if not terms:
        return statement.select_from(Entry).where(
            Entry.programme_id == query.programme_id, *_entry_conditions(query)
        )
    return _from_people(statement, query, terms, dialect)


def flag_condition(flag: str) -> ColumnElement[bool]:
    """Return the condition under which an entry bears a flag."""
    plain: dict[str, ColumnElement[bool]] = {
        EntryFlag.LATE.value: Entry.is_late.is_(True),
        EntryFlag.WITHDRAWN.value: Entry.is_withdrawn.is_(True),
        EntryFlag.NOT_STUDENT.value: Entry.is_not_student.is_(True),
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
        wanted = _PERSON_SORTS[name] if name in _PERSON_SORTS else (_sort_expression(name),)
        columns.extend(column.desc() if direction == "desc" else column.asc() for column in wanted)
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
    return (
        statement.select_from(Applicant)
        .join(Entry, Entry.applicant_id == Applicant.id)
        .where(
            Applicant.programme_id == query.programme_id,
            *(_contains(term, dialect) for term in terms),
            *_entry_conditions(query),
        )
    )


def _entry_conditions(query: ListQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.course_ids or query.statuses:
        wanted.append(_application_exists(query))
    if query.flags:
        wanted.append(or_(*(flag_condition(flag) for flag in sorted(query.flags))))
    if query.sources:
        wanted.append(Entry.source.in_(sorted(query.sources)))
    if query.entry_ids is not None:
        wanted.append(Entry.id.in_(sorted(query.entry_ids)))
    return wanted


def _contains(term: str, dialect: str) -> ColumnElement[bool]:
    # Both find a plain substring; LIKE would fold letters and read % and _ in the term.
    find = func.instr if dialect == "sqlite" else func.strpos
    return find(Applicant.search_key, term) > 0


def _application_exists(query: ListQuery) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [Application.entry_id == Entry.id]
    if query.course_ids:
        wanted.append(Application.course_id.in_(sorted(query.course_ids)))
    if query.statuses:
        wanted.append(Application.status.in_(sorted(query.statuses)))
    return exists().where(and_(*wanted))


def _sort_expression(name: str) -> ColumnElement[Any]:
    if name == "status":
        return _status_rank()
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
