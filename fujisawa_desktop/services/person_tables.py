"""Where everything about one person stands: erasing and disclosing both follow this one map.

A test compares it with all tables: a new one that leads to a person, and stands neither here nor
among the exceptions, is noticed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Base, PersonMerge
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.intake_stored import chunks

APPLICANT: Final = "applicant"
CONTENT: Final = "content"
"""What somebody applied with: of category 申込, or 任用 for who was appointed."""
SKELETON: Final = "skeleton"
"""What the other records hang on; it goes with the last of them."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table with rows about people.

    Attributes:
        links: columns that lead to a person, each with the table it leads to; any of them may be empty.
        share: a category's value, ``CONTENT``, ``SKELETON``, or empty where the row itself says.
        blanked: column → (whose share it belongs to, what stands there once that is gone).
    """

    table: str
    links: tuple[tuple[str, str], ...]
    share: str
    blanked: Mapping[str, tuple[str, Any]] = field(default_factory=lambda: MappingProxyType({}))


def _emptied(share: str, *columns: str) -> dict[str, tuple[str, Any]]:
    return dict.fromkeys(columns, (share, ""))


_PERSON: Final = ("applicant_id", APPLICANT)
_ENTRY: Final = ("entry_id", "entry")
_APPLICATION: Final = ("application_id", "application")
_APPOINTMENT: Final = ("appointment_id", "appointment")
_INTERVIEW: Final = ("interview_id", "interview")
_PAY, _SELECTION = Category.PAY.value, Category.SELECTION.value

HELD: Final[tuple[Held, ...]] = (
    Held(
        APPLICANT,
        (),
        SKELETON,
        {
            **_emptied(CONTENT, "character_note", "postcode", "address", "phone", "mail", "school"),
            **_emptied(CONTENT, "school_category", "faculty", "department", "grade", "graduation", "note"),
            "birth_date": (CONTENT, None),
        },
    ),
    Held("entry", (_PERSON,), SKELETON, _emptied(CONTENT, "state_text", "weekdays")),
    Held("application", (_ENTRY, _PERSON), SKELETON, {"score": (_SELECTION, None)}),
    Held("appointment", (_APPLICATION, _PERSON), SKELETON),
    Held("appointment_rate", (_APPOINTMENT,), SKELETON),
    Held("person_merge", (("kept_id", APPLICANT), ("gone_id", APPLICANT)), CONTENT),
    Held("entry_answer", (_ENTRY,), CONTENT),
    Held("flag_ruling", (_ENTRY,), CONTENT),
    Held("applicant_note", (_PERSON,), CONTENT),
    Held("suspected_duplicate", (("first_id", APPLICANT), ("second_id", APPLICANT)), CONTENT),
    Held("applicant_availability", (_PERSON,), _SELECTION),
    Held("availability_text", (_PERSON,), _SELECTION),
    Held("interview_need", (_PERSON,), _SELECTION),
    Held("decision", (_APPLICATION,), _SELECTION),
    Held("decision_correction", (_APPLICATION, ("decision_id", "decision")), _SELECTION),
    Held("reply", (_APPLICATION,), _SELECTION),
    Held("review", (_APPLICATION,), _SELECTION),
    Held("score", (("review_id", "review"),), _SELECTION),
    Held("interview", (_ENTRY, _PERSON), _SELECTION),
    Held("interview_announcement", (_ENTRY, _PERSON), _SELECTION),
    Held("interview_seat", (_INTERVIEW,), _SELECTION),
    Held("interview_unit", (_INTERVIEW,), _SELECTION),
    Held("interview_review", (_INTERVIEW,), _SELECTION),
    Held("interview_score", (("review_id", "interview_review"),), _SELECTION),
    Held("hand_in", (_APPOINTMENT,), Category.APPOINTMENT.value),
    Held("terms_change", (_APPOINTMENT,), Category.APPOINTMENT.value),
    Held("shift", (_APPOINTMENT,), _PAY),
    Held("month_confirmation", (_APPOINTMENT,), _PAY),
    Held("month_closing", (_APPOINTMENT,), _PAY),
    Held("hours_correction", (_APPOINTMENT,), _PAY),
    Held("transfer_account", (_APPOINTMENT,), _PAY),
    Held("pay_statement", (_APPOINTMENT,), _PAY),
    Held("payment", (("statement_id", "pay_statement"),), _PAY),
    Held("dispatch", (_PERSON, _ENTRY), Category.SENT.value),
    Held("notice", (_PERSON, _APPLICATION), ""),
    Held("import_row", (_ENTRY,), Category.RAW.value),
)
"""In an order in which every table stands after those it hangs on."""
BY_TABLE: Final = {held.table: held for held in HELD}

_OFFICE: Final = "about the office and its people, not about applicants"
_RULES: Final = "settings and figures without people"
_JOURNAL: Final = "kept for the chain; rows of people are taken out of the payloads"
APART: Final[dict[str, str]] = {
    "programme": _OFFICE,
    "hourly_rate": _RULES,
    "work_pattern": _RULES,
    "closed_day": _RULES,
    "contact": _OFFICE,
    "course": _OFFICE,
    "course_rule": _RULES,
    "import_profile": _RULES,
    "import_batch": "names files and counts; a person's name in a file's name is blotted out",
    "announcement": "counts only",
    "document_number": "numbers with their kind; a person's name in a subject is blotted out",
    "erasure": "counts only",
    "retention_rule": _RULES,
    "interviewer": _OFFICE,
    "interviewer_course": _OFFICE,
    "interviewer_availability": _OFFICE,
    "interview_criterion": _RULES,
    "interview_draft": "plans of a whole programme; deleted with its first selection records",
    "calendar_event": "digests without names; deleted with the interviews of their time",
    "screening_rule": _RULES,
    "criterion": _RULES,
    "reviewer": _OFFICE,
    "reviewer_course": _OFFICE,
    "saved_view": "a search that names an erased person is deleted",
    "setting": "values of the office; who is kept for now stands there as a number, which goes with them",
    "paper_template": _RULES,
    "dated_figure": _RULES,
    "register_layout": _RULES,
    "seat": _OFFICE,
    "outgoing_set": "names of files on their way; gone once they are in their places or said to be lost",
    "journal_entry": _JOURNAL,
    "journal_payload": _JOURNAL,
    "journal_subject": "numbers without names, which nothing leads from once the person is gone",
}
"""Every other table, with the reason why none of its rows is a person's."""

NOT_LEADING: Final[dict[tuple[str, str], str]] = {
    ("notice", "corrects_id"): "leads to another paper to the same person",
}
"""Columns of the tables above that refer to such a table and are not followed, with the reason."""

_PAY_PAPERS: Final = frozenset(
    {"attendance", "pay-statement", "year-end", "confirmation", "register", "transfer-list"}
)
_SELECTION_PAPERS: Final = frozenset(
    {"decision-record", "score-sheet", "interview-timetable", "interviewer-timetable", "door-list"}
)
_APPOINTMENT_PAPERS: Final = frozenset(
    {
        "appointment",
        "conditions",
        "change-notice",
        "change-consent",
        "leaving-notice",
        "acceptance",
        "oath",
        "hand-in-guide",
    }
)


def paper_category(kind: str) -> Category:
    """Return to which records a paper of this kind belongs; the dispatch ledger to what was sent."""
    if kind in _PAY_PAPERS:
        return Category.PAY
    if kind in _SELECTION_PAPERS:
        return Category.SELECTION
    return Category.APPOINTMENT if kind in _APPOINTMENT_PAPERS else Category.SENT


def share_of(held: Held, row: Mapping[str, Any]) -> str:
    """Return the share a row belongs to; a paper's hangs on its kind."""
    return held.share or paper_category(str(row["kind"])).value


def table_of(name: str) -> Table:
    """Return a stored table."""
    return Base.metadata.tables[name]


def group_of(session: Session, people: Collection[int]) -> dict[int, int]:
    """Return everybody who is, or was merged into, one of these people → that person."""
    found = {person: person for person in people}
    newest: Collection[int] = sorted(people)
    while newest:
        merged: dict[int, int] = {}
        for chunk in chunks(list(newest)):
            query = select(PersonMerge.gone_id, PersonMerge.kept_id).where(PersonMerge.kept_id.in_(chunk))
            merged.update({gone: found[kept] for gone, kept in session.execute(query)})
        newest = sorted(merged.keys() - found.keys())
        found.update(merged)
    return found


def rows_of(session: Session, people: Iterable[int]) -> dict[str, list[int]]:
    """Return the ids of all rows about these people, by table, each table after those it hangs on."""
    found: dict[str, list[int]] = {APPLICANT: sorted(people)}
    for held in HELD:
        if held.table == APPLICANT:
            continue
        table, ids = table_of(held.table), set[int]()
        for column, parent in held.links:
            for chunk in chunks(found[parent]):
                ids.update(session.scalars(select(table.c.id).where(table.c[column].in_(chunk))))
        found[held.table] = sorted(ids)
    return found
