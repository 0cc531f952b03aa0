"""What a row of a portal's file means beside the stored entry: new, changed, or nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from fujisawa_desktop.exchange.applicant_rows import ApplicantRecord
from fujisawa_desktop.exchange.profiles import denials
from fujisawa_desktop.rules.contact import postcode_digits
from fujisawa_desktop.rules.eligibility import (
    EligibilityPolicy,
    is_disqualified,
    is_late,
    is_student,
    is_withdrawn,
)
from fujisawa_desktop.rules.names import tidy_name
from fujisawa_desktop.services.applicant_keys import stored_phone
from fujisawa_desktop.services.intake_scope import Scope

_RULED: Final = frozenset({"is_late", "is_withdrawn", "is_not_student"})
"""Flags that follow from other fields by the programme's policy."""
_DERIVED: Final = _RULED | {"is_disqualified", "weekdays"}

Raw = list[list[str]]
"""Heading and cell of one row, as an import batch keeps it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one person: what is stored and what the file says."""

    field: str
    old: str | date | datetime | bool | None
    new: str | date | datetime | bool | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One record in the form in which it is stored; only what is in ``scope`` was in its file."""

    record: ApplicantRecord
    course_ids: tuple[int, ...]
    person: Mapping[str, Any]
    entry: Mapping[str, Any]
    scope: Scope

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Heading and text of every answer."""
        return self.record.answers

    def beside(self, older: Reading) -> Reading:
        """Return this reading with the fields its file did not tell from an older file's."""
        told = {name: value for name, value in self.person.items() if name in self.scope.fields}
        scope = Scope(self.scope.fields | older.scope.fields, self.scope.headings | older.scope.headings)
        return replace(self, person={**older.person, **told}, scope=scope)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as the database holds it, with the raw row it was last read from."""

    entry_id: int
    applicant_id: int
    course_ids: frozenset[int]
    person: Mapping[str, Any]
    entry: Mapping[str, Any]
    answers: tuple[tuple[str, str], ...]
    raw: Raw | None


@dataclass(slots=True)
class Difference:
    """What a changed row brings to a stored entry."""

    person: dict[str, Any] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)
    new_courses: tuple[int, ...] = ()
    answers: tuple[tuple[str, str], ...] | None = None
    """All answers as they will be; None when they stay."""
    changes: list[FieldChange] = field(default_factory=list)
    kept: list[FieldChange] = field(default_factory=list)
    """Fields a clerk has edited and the portal has changed: the clerk's value stays."""
    dropped_courses: tuple[int, ...] = ()
    """Courses the portal no longer names; the application stays."""

    def __bool__(self) -> bool:
        """Whether anything stored changes."""
        return bool(self.person or self.entry or self.new_courses or self.answers is not None)


def reading_of(
    record: ApplicantRecord, course_ids: tuple[int, ...], policy: EligibilityPolicy, scope: Scope
) -> Reading:
    """Return a record in stored form, with the flags of the programme's policy."""
    postcode = postcode_digits(record.postcode)
    person = {
        "name_entered": tidy_name(record.name_raw),
        "kana": record.kana,
        "birth_date": record.birth_date,
        "postcode": postcode if len(postcode) == 7 else record.postcode,
        "address": record.address,
        "phone": stored_phone(record.phone),
        "mail": record.mail,
        "school": record.school,
        "school_category": record.school_category,
        "faculty": record.faculty,
        "department": record.department,
        "grade": record.grade,
        "graduation": record.graduation,
    }
    said = _said(record)
    facts = {**said, "school": record.school, "school_category": record.school_category}
    return Reading(record, course_ids, person, {**said, **policy_flags(facts, policy)}, scope)


def _said(record: ApplicantRecord) -> dict[str, Any]:
    """Return what a record says of the entry itself."""
    return {
        "received_at": record.received_at,
        "state_text": record.state_text,
        "is_disqualified": is_disqualified(record.statement, denials()),
        "weekdays": "".join(record.weekdays),
    }


def policy_flags(facts: Mapping[str, Any], policy: EligibilityPolicy) -> dict[str, bool]:
    """Return the flags that follow from the stored facts of an entry and its person."""
    return {
        "is_late": is_late(facts["received_at"], policy.deadline),
        "is_withdrawn": is_withdrawn(facts["state_text"], policy),
        "is_not_student": not is_student(facts["school"], facts["school_category"], policy),
    }


def said_otherwise(
    record: ApplicantRecord, facts: Mapping[str, Any], policy: EligibilityPolicy, scope: Scope
) -> bool:
    """Return whether the same row now means something else: words or settings became known later.

    ``facts`` are the stored fields of the entry, and the person's school and kind of school.
    """
    now = {**facts, **{name: value for name, value in _said(record).items() if value is not None}}
    now.update(policy_flags({**facts, "state_text": record.state_text}, policy))
    return any(now[name] != facts[name] for name in _DERIVED & scope.fields)


def raw_of(record: ApplicantRecord) -> Raw:
    """Return the raw row of a record in the form in which it is kept."""
    return [[heading, cell] for heading, cell in record.raw]


def compare(stored: StoredEntry, new: Reading, old: Reading | None, policy: EligibilityPolicy) -> Difference:
    """Return what ``new`` brings, given ``old``, the reading of the row the entry came from.

    What the file has no column for stays.  A personal field changes only where the *file* changed;
    where a clerk had changed it too, the clerk's value stays and is named.  Without an old row the
    stored value counts as the file's.  The flags follow what will be stored, not what was refused.
    """
    difference = Difference()
    for name, value in new.person.items():
        if name not in new.scope.fields:
            continue
        current = stored.person[name]
        before = old.person[name] if old is not None and name in old.scope.fields else current
        if value in {before, current}:
            continue
        if current == before:
            difference.person[name] = value
            difference.changes.append(FieldChange(name, current, value))
        else:
            difference.kept.append(FieldChange(name, current, value))
    _compare_entry(difference, stored, new, policy)
    _compare_answers(difference, stored.answers, new)
    difference.new_courses = tuple(course for course in new.course_ids if course not in stored.course_ids)
    difference.dropped_courses = tuple(
        course for course in (old.course_ids if old else ()) if course not in new.course_ids
    )
    return difference


def _compare_entry(
    difference: Difference, stored: StoredEntry, new: Reading, policy: EligibilityPolicy
) -> None:
    told = {
        name: value
        for name, value in new.entry.items()
        if name in new.scope.fields and value is not None and name not in _RULED
    }
    facts = {**stored.person, **difference.person, **stored.entry, **told}
    flags = policy_flags(facts, policy)
    told.update((name, value) for name, value in flags.items() if name in new.scope.fields)
    for name, value in told.items():
        if value != stored.entry[name]:
            difference.entry[name] = value
            difference.changes.append(FieldChange(name, stored.entry[name], value))


def _compare_answers(difference: Difference, stored: tuple[tuple[str, str], ...], new: Reading) -> None:
    """Put the file's answers in the place of those under its headings; their order is no change."""
    kept = tuple(answer for answer in stored if not new.scope.tells_answer(answer[0]))
    wanted = (*new.answers, *kept)
    if Counter(wanted) == Counter(stored):
        return
    difference.answers = wanted
    before, after = _by_heading(stored), _by_heading(wanted)
    for heading in dict.fromkeys((*before, *after)):
        old, told = before.get(heading, ""), after.get(heading, "")
        if old != told:
            difference.changes.append(FieldChange(heading, old, told))


def _by_heading(answers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the text under each heading; a heading may stand over several columns."""
    found: dict[str, str] = {}
    for heading, text in answers:
        found[heading] = f"{found[heading]}\n{text}" if heading in found else text
    return found
