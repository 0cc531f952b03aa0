"""What a row of a portal's file means beside the stored entry: new, changed, or nothing new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from fujisawa_desktop.exchange.applicant_rows import ApplicantRecord
from fujisawa_desktop.exchange.profiles import denials
from fujisawa_desktop.rules.contact import postcode_digits
from fujisawa_desktop.rules.eligibility import EligibilityPolicy, EntryFlag, entry_flags, is_disqualified
from fujisawa_desktop.rules.names import tidy_name
from fujisawa_desktop.services.applicant_keys import stored_phone

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
    """One record in the form in which it is stored."""

    record: ApplicantRecord
    course_ids: tuple[int, ...]
    person: Mapping[str, Any]
    entry: Mapping[str, Any]

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Heading and text of every answer."""
        return self.record.answers


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
    answers_changed: bool = False
    changes: list[FieldChange] = field(default_factory=list)
    kept: list[FieldChange] = field(default_factory=list)
    """Fields a clerk has edited and the portal has changed: the clerk's value stays."""
    dropped_courses: tuple[int, ...] = ()
    """Courses the portal no longer names; the application stays."""

    def __bool__(self) -> bool:
        """Whether anything stored changes."""
        return bool(self.person or self.entry or self.new_courses or self.answers_changed)


def reading_of(record: ApplicantRecord, course_ids: tuple[int, ...], policy: EligibilityPolicy) -> Reading:
    """Return a record in stored form, with the flags of the programme's policy."""
    flags = entry_flags(
        received_at=record.received_at,
        state_text=record.state_text,
        school=record.school,
        school_category=record.school_category,
        policy=policy,
    )
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
    entry = {
        "received_at": record.received_at,
        "state_text": record.state_text,
        "is_late": EntryFlag.LATE in flags,
        "is_withdrawn": EntryFlag.WITHDRAWN in flags,
        "is_not_student": EntryFlag.NOT_STUDENT in flags,
        "is_disqualified": is_disqualified(record.statement, denials()),
        "weekdays": "".join(record.weekdays),
    }
    return Reading(record, course_ids, person, entry)


def raw_of(record: ApplicantRecord) -> Raw:
    """Return the raw row of a record in the form in which it is kept."""
    return [[heading, cell] for heading, cell in record.raw]


def compare(stored: StoredEntry, new: Reading, old: Reading | None) -> Difference:
    """Return what ``new`` brings, given ``old``, the reading of the row the entry came from.

    A personal field changes only where the *file* changed; where a clerk had changed it too, the
    clerk's value stays and is named.  Without an old row the stored value counts as the file's.
    """
    difference = Difference()
    for name, value in new.person.items():
        current = stored.person[name]
        before = old.person[name] if old is not None else current
        if value in {before, current}:
            continue
        if current == before:
            difference.person[name] = value
            difference.changes.append(FieldChange(name, current, value))
        else:
            difference.kept.append(FieldChange(name, current, value))
    for name, value in new.entry.items():
        if value is not None and value != stored.entry[name]:
            difference.entry[name] = value
            difference.changes.append(FieldChange(name, stored.entry[name], value))
    if new.answers != stored.answers:
        difference.answers_changed = True
        _compare_answers(difference, dict(stored.answers), dict(new.answers))
    difference.new_courses = tuple(course for course in new.course_ids if course not in stored.course_ids)
    difference.dropped_courses = tuple(
        course for course in (old.course_ids if old else ()) if course not in new.course_ids
    )
    return difference


def _compare_answers(difference: Difference, stored: dict[str, str], new: dict[str, str]) -> None:
    for heading in dict.fromkeys((*stored, *new)):
        if stored.get(heading, "") != new.get(heading, ""):
            difference.changes.append(FieldChange(heading, stored.get(heading, ""), new.get(heading, "")))
