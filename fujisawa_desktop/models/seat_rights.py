"""What each kind of seat may see of each table: one decision for every table, none by default.

A host department sees its own course (domain rules 7.2: raters and notes of others are withheld, and
nobody needs an account number to plan a day of work).  A table nobody decided about shows it nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class HostSees(StrEnum):
    """What a host department sees of a table."""

    ALL = "all"
    """Nothing in it is about a person."""
    OWN = "own"
    """Rows of its own course."""
    NOTHING = "nothing"


_ALL: Final = (
    "programme", "course", "hourly_rate", "work_pattern", "closed_day", "contact", "dated_figure", "setting",
    "interviewer", "interviewer_course", "interviewer_availability", "interview_criterion",
    "criterion", "screening_rule", "journal_entry",
)  # fmt: skip
_NOTHING: Final = (
    "announcement", "applicant_availability", "availability_text", "calendar_event", "course_rule",
    "decision", "decision_correction", "dispatch", "document_number", "erasure", "flag_ruling", "hand_in",
    "import_batch", "import_profile", "import_row", "interview_announcement", "interview_draft",
    "interview_need", "interview_review", "interview_score", "journal_payload", "journal_subject", "notice",
    "outgoing_set", "paper_template", "pay_statement", "payment", "person_merge", "register_layout", "reply",
    "retention_rule", "review", "reviewer", "reviewer_course", "saved_view", "score",
    "suspected_duplicate", "terms_change", "transfer_account",
)  # fmt: skip
COURSE: Final = "seat_course()"
_OWN_COURSE: Final = f"a.course_id = {COURSE}"


def _found(tables: str, *conditions: str) -> str:
    """Return the condition that a row is found somewhere else."""
    return f"EXISTS (SELECT 1 FROM {tables} WHERE {' AND '.join(conditions)})"  # noqa: S608 - names of ours


def _by_appointment(table: str) -> str:
    return _found("appointment a", f"a.id = {table}.appointment_id", _OWN_COURSE)


def _by_interview(table: str) -> str:
    return _found("interview i", f"i.id = {table}.interview_id")


def _by_entry(column: str) -> str:
    return _found("application a", f"a.entry_id = {column}", _OWN_COURSE)


def _by_person(column: str) -> str:
    return _found(
        "application a JOIN entry e ON e.id = a.entry_id", f"e.applicant_id = {column}", _OWN_COURSE
    )


OWN: Final[dict[str, str]] = {
    "application": f"course_id = {COURSE}",
    "entry": _by_entry("entry.id"),
    "entry_answer": _by_entry("entry_answer.entry_id"),
    "applicant": _by_person("applicant.id"),
    "applicant_note": f"kind = 'shared' AND {_by_person('applicant_note.applicant_id')}",
    # An interview about one application is of that course alone; one about an entry is of all it names.
    "interview": f"(course_id = {COURSE} OR course_id IS NULL AND {_by_entry('interview.entry_id')})",
    "interview_seat": _by_interview("interview_seat"),
    "interview_unit": _by_interview("interview_unit"),
    "appointment": f"course_id = {COURSE}",
    "appointment_rate": _by_appointment("appointment_rate"),
    "shift": _by_appointment("shift"),
    "hours_correction": _by_appointment("hours_correction"),
    "month_closing": _by_appointment("month_closing"),
    "month_confirmation": _by_appointment("month_confirmation"),
    "seat": "login = session_user",
}
"""Condition of a row's visibility to a host department, in SQL."""
DECIDED: Final[dict[str, HostSees]] = {
    **dict.fromkeys(_ALL, HostSees.ALL),
    **dict.fromkeys(_NOTHING, HostSees.NOTHING),
    **dict.fromkeys(OWN, HostSees.OWN),
}
KEPT: Final = frozenset({"journal_entry", "journal_payload", "journal_subject"})
"""Tables to which a clerk adds, and in which nobody changes anything."""
ADMINISTERED: Final = frozenset({"seat"})
"""Tables only the administrator writes."""


def host_condition(table: str) -> str:
    """Return which rows a host department sees, in SQL; nothing of a table nobody decided about."""
    match DECIDED.get(table, HostSees.NOTHING):
        case HostSees.ALL:
            return "true"
        case HostSees.OWN:
            return OWN[table]
    return "false"


def clerk_verbs(table: str) -> tuple[str, ...]:
    """Return what a clerk may do with a table, as a server calls it."""
    if table in ADMINISTERED:
        return ("SELECT",)
    if table in KEPT:
        return ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", "DELETE")
