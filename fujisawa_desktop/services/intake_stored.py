"""What the database already holds of the entries that a file names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fujisawa_desktop.exchange.column_uses import Columns, mapping_of
from fujisawa_desktop.models import Applicant, Application, Entry, EntryAnswer, ImportBatch, ImportRow
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.services.intake_compare import Raw, StoredEntry
from fujisawa_desktop.services.intake_scope import scope_of
from fujisawa_desktop.services.raw_rows import latest_row_ids, portal_rows

_AT_ONCE: Final = 2_500
"""People per statement: each statement costs as much as some hundred people more in it."""
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


FACTS: Final = (
    *(getattr(Entry, name) for name in ENTRY_COLUMNS),
    Applicant.school,
    Applicant.school_category,
)


@dataclass(frozen=True, slots=True)
class KnownRow:
    """An entry that is there, and the raw row it was last read from.

    Attributes:
        facts: its stored fields, and the person's school and kind of school.
        course_ids: the courses it is for.
        columns: how the columns of the raw row were read; None when that was not kept.
    """

    entry_id: int
    applicant_id: int
    facts: Mapping[str, Any]
    course_ids: frozenset[int]
    raw: Raw | None
    columns: Columns | None = None


def known_rows(
    session: Session, programme_id: int, source: str, numbers: Sequence[str]
) -> dict[str, KnownRow]:
    """Return the entries of one portal by its number."""
    found: dict[str, KnownRow] = {}
    batches = _Batches(session)
    for chunk in chunks(numbers):
        query = (
            select(Entry.id, Entry.applicant_id, *FACTS)
            .join(Applicant, Applicant.id == Entry.applicant_id)
            .where(Entry.programme_id == programme_id, Entry.source == source, Entry.number.in_(chunk))
        )
        rows = session.execute(query).mappings().all()
        ids = [row["id"] for row in rows]
        if not ids:
            continue
        raws = _raws(session, latest_row_ids(ids))
        courses = _courses(session, ids)
        for row in rows:
            raw, batch_id = raws.get(row["id"], (None, None))
            found[row["number"]] = KnownRow(
                row["id"],
                row["applicant_id"],
                dict(row),
                courses.get(row["id"], frozenset()),
                raw,
                batches.columns(batch_id),
            )
    return found


def named_elsewhere(
    session: Session, programme_id: int, numbers: Sequence[str]
) -> dict[tuple[str, str], str]:
    """Return the portals of entries by number and folded name, both as entered and official.

    ``numbers`` are those the portal of a file has not brought yet; another portal may use the same
    one, but not for somebody of the same name.
    """
    found: dict[tuple[str, str], str] = {}
    for chunk in chunks(numbers):
        query = (
            select(Entry.number, Entry.source, Applicant.name_entered, Applicant.name_official)
            .join(Applicant, Applicant.id == Entry.applicant_id)
            .where(Entry.programme_id == programme_id, Entry.number.in_(chunk))
        )
        for number, source, *names in session.execute(query):
            found.update(((number, search_key(name)), source) for name in names if name)
    return found


def earlier_rows(
    session: Session, lacking: Mapping[int, frozenset[str]]
) -> Iterator[tuple[int, Raw, Columns | None]]:
    """Yield entry, raw row and its columns of earlier files, the newest first.

    Of each entry those rows are given whose file told a field that is still lacking.

    Args:
        session: for reading.
        lacking: by entry, the stored fields that its latest file did not tell.
    """
    batches = _Batches(session)
    for chunk in chunks(list(lacking)):
        wanted = {entry_id: set(lacking[entry_id]) for entry_id in chunk}
        query = portal_rows(ImportRow.id, chunk).add_columns(ImportRow.entry_id, ImportRow.batch_id)
        chosen: list[int] = []
        for row_id, entry_id, batch_id in session.execute(query.order_by(ImportRow.id.desc())):
            told = batches.fields(batch_id)
            if told is None or wanted[entry_id] & told:
                chosen.append(row_id)
                wanted[entry_id] -= told or set()
        for part in chunks(chosen):
            rows = select(ImportRow.entry_id, ImportRow.raw, ImportRow.batch_id)
            for entry_id, raw, batch_id in session.execute(
                rows.where(ImportRow.id.in_(part)).order_by(ImportRow.id.desc())
            ):
                yield entry_id, raw, batches.columns(batch_id)


class _Batches:
    """How the columns of earlier files were read, asked once each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._columns: dict[int, Columns | None] = {}

    def columns(self, batch_id: int | None) -> Columns | None:
        if batch_id is None:
            return None
        if batch_id not in self._columns:
            stored = self._session.scalar(select(ImportBatch.columns).where(ImportBatch.id == batch_id))
            self._columns[batch_id] = (
                None if stored is None else tuple((heading, use) for heading, use in stored)
            )
        return self._columns[batch_id]

    def fields(self, batch_id: int) -> frozenset[str] | None:
        """Return the stored fields that a file told; None when that was not kept."""
        columns = self.columns(batch_id)
        if columns is None:
            return None
        mapping = mapping_of([use for _heading, use in columns], profile="", source="")
        return scope_of(mapping, ()).fields


def stored_entries(session: Session, known: Iterable[KnownRow]) -> dict[int, StoredEntry]:
    """Return entries whole, by id."""
    raws = {row.entry_id: row.raw for row in known}
    found: dict[int, StoredEntry] = {}
    columns: list[ColumnElement[Any]] = [
        *(getattr(Applicant, name).label(f"person_{name}") for name in PERSON_COLUMNS),
        *(getattr(Entry, name).label(f"entry_{name}") for name in ENTRY_COLUMNS),
    ]
    for chunk in chunks(list(raws)):
        courses = _courses(session, chunk)
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
                course_ids=courses.get(entry_id, frozenset()),
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
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]


def _raws(session: Session, row_ids: Any) -> dict[int, tuple[Raw, int]]:
    query = select(ImportRow.entry_id, ImportRow.raw, ImportRow.batch_id).where(ImportRow.id.in_(row_ids))
    return {
        entry_id: (raw, batch_id)
        for entry_id, raw, batch_id in session.execute(query)
        if entry_id is not None
    }


def _courses(session: Session, entry_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    query = select(Application.entry_id, Application.course_id)
    rows = _grouped(session, query, Application.entry_id, entry_ids)
    return {entry_id: frozenset(course for (course,) in found) for entry_id, found in rows.items()}


def _grouped(
    session: Session, query: Any, column: Any, chunk: Sequence[int]
) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for entry_id, *rest in session.execute(query.where(column.in_(chunk))):
        found.setdefault(entry_id, []).append(tuple(rest))
    return found
