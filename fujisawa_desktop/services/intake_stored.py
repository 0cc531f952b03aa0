"""What the database already holds of the entries that a file names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Application, Entry, EntryAnswer, ImportRow
from fujisawa_desktop.services.intake_compare import Raw, StoredEntry
from fujisawa_desktop.services.unit_of_work import CHUNK

PERSON_COLUMNS: Final = (
    "name_entered",
    "name_official",
    "kana",
    "birth_date",
    "postcode",
    "address",
    "phone",
    "mail",
    "school",
    "school_category",
    "faculty",
    "department",
    "grade",
    "graduation",
)
ENTRY_COLUMNS: Final = (
    "number",
    "received_at",
    "state_text",
    "is_late",
    "is_withdrawn",
    "is_not_student",
    "is_disqualified",
    "weekdays",
)


@dataclass(frozen=True, slots=True)
class KnownRow:
    """An entry that is there, and the raw row it was last read from."""

    entry_id: int
    applicant_id: int
    raw: Raw | None


def known_rows(
    session: Session, programme_id: int, source: str, numbers: Sequence[str]
) -> dict[str, KnownRow]:
    """Return the entries of one portal by its number."""
    found: dict[str, KnownRow] = {}
    for chunk in chunks(numbers):
        query = select(Entry.id, Entry.applicant_id, Entry.number).where(
            Entry.programme_id == programme_id, Entry.source == source, Entry.number.in_(chunk)
        )
        rows = session.execute(query).all()
        raws = _latest_raws(session, [row.id for row in rows])
        for row in rows:
            found[row.number] = KnownRow(row.id, row.applicant_id, raws.get(row.id))
    return found


def stored_entries(session: Session, known: Iterable[KnownRow]) -> dict[int, StoredEntry]:
    """Return entries whole, by id."""
    raws = {row.entry_id: row.raw for row in known}
    found: dict[int, StoredEntry] = {}
    columns: list[ColumnElement[Any]] = [
        *(getattr(Applicant, name).label(f"person_{name}") for name in PERSON_COLUMNS),
        *(getattr(Entry, name).label(f"entry_{name}") for name in ENTRY_COLUMNS),
    ]
    for chunk in chunks(list(raws)):
        courses = _grouped(
            session, select(Application.entry_id, Application.course_id), Application.entry_id, chunk
        )
        answers = _grouped(
            session,
            select(EntryAnswer.entry_id, EntryAnswer.heading, EntryAnswer.text).order_by(
                EntryAnswer.position
            ),
            EntryAnswer.entry_id,
            chunk,
        )
        query = select(Entry.id, Entry.applicant_id, *columns).join(
            Applicant, Applicant.id == Entry.applicant_id
        )
        for row in session.execute(query.where(Entry.id.in_(chunk))).mappings():
            entry_id = row["id"]
            found[entry_id] = StoredEntry(
                entry_id=entry_id,
                applicant_id=row["applicant_id"],
                course_ids=frozenset(course for (course,) in courses.get(entry_id, ())),
                person={name: row[f"person_{name}"] for name in PERSON_COLUMNS},
                entry={name: row[f"entry_{name}"] for name in ENTRY_COLUMNS},
                answers=tuple((heading, text) for heading, text in answers.get(entry_id, ())),
                raw=raws[entry_id],
            )
    return found


def numbers_of(session: Session, applicant_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the portals' numbers of people, the oldest entry first."""
    found: dict[int, list[str]] = {}
    for chunk in chunks(applicant_ids):
        query = select(Entry.applicant_id, Entry.number).where(Entry.applicant_id.in_(chunk))
        for applicant_id, number in session.execute(query.order_by(Entry.id)):
            found.setdefault(applicant_id, []).append(number)
    return found


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the items in lists short enough for one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _latest_raws(session: Session, entry_ids: Sequence[int]) -> dict[int, Raw]:
    latest = (
        select(func.max(ImportRow.id)).where(ImportRow.entry_id.in_(entry_ids)).group_by(ImportRow.entry_id)
    )
    query = select(ImportRow.entry_id, ImportRow.raw).where(ImportRow.id.in_(latest))
    return {entry_id: raw for entry_id, raw in session.execute(query) if entry_id is not None}


def _grouped(
    session: Session, query: Any, column: Any, chunk: Sequence[int]
) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for entry_id, *rest in session.execute(query.where(column.in_(chunk))):
        found.setdefault(entry_id, []).append(tuple(rest))
    return found
