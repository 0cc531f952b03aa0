"""An entry as its person typed it, beside how each cell was read; columns nobody mapped included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.exchange.column_uses import DAY
from fujisawa_desktop.exchange.columns import ColumnMapping, Field
from fujisawa_desktop.exchange.table import Kind, Row, Table
from fujisawa_desktop.models import Applicant, Application, Course, Entry, EntryAnswer, ImportBatch, ImportRow
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.import_layouts import IntakeChoices, map_file
from fujisawa_desktop.services.lookup import course_matcher
from fujisawa_desktop.services.raw_rows import latest_row_ids

ANSWER: Final = "answer"
_NAMES: Final = {
    Field.FAMILY_NAME: "name_entered",
    Field.GIVEN_NAME: "name_entered",
    Field.NAME: "name_entered",
    Field.FAMILY_KANA: "kana",
    Field.GIVEN_KANA: "kana",
    Field.STATE: "state_text",
}
"""Fields whose column is called otherwise."""


@dataclass(frozen=True, slots=True)
class TypedCell:
    """One cell.

    Attributes:
        heading: of the column, as in the file.
        cell: what stands there.
        use: the field it feeds (``answer`` for an answer), empty when it is only kept.
        value: what is stored for that field now, None where there is nothing to compare.
    """

    heading: str
    cell: str
    use: str
    value: str | date | datetime | None


@dataclass(frozen=True, slots=True)
class AsTyped:
    """The latest row an entry was read from."""

    file_name: str
    line: int
    imported_at: datetime
    cells: tuple[TypedCell, ...]


def raw_cells(session: Session, entry_id: int) -> tuple[tuple[str, str], ...]:
    """Return what the person typed, by heading: the latest row of the portal, and answers of earlier ones.

    Empty when the entry came from no file.
    """
    raw = session.scalar(_latest(entry_id).with_only_columns(ImportRow.raw))
    answers = select(EntryAnswer.heading, EntryAnswer.text).where(EntryAnswer.entry_id == entry_id)
    told = {str(heading) for heading, _cell in raw or ()}
    earlier = session.execute(answers.order_by(EntryAnswer.position))
    return (
        *((str(heading), str(cell)) for heading, cell in raw or ()),
        *((heading, text) for heading, text in earlier if heading not in told),
    )


def as_typed(database: Database, *, entry_id: int) -> AsTyped | None:
    """Return an entry as it was typed; None when it came from no file.

    Raises:
        NotFoundError: the entry is gone.
    """
    with database.read() as session:
        entry = session.get(Entry, entry_id)
        if entry is None:
            raise NotFoundError("applicant.gone")
        found = session.execute(_latest(entry_id)).one_or_none()
        if found is None:
            return None
        row, batch = found
        cells = [(str(heading), str(cell)) for heading, cell in row.raw]
        uses = _uses_then(batch.columns, len(cells)) or _uses(session, entry, cells, batch.profile)
        stored = _stored(session, entry)
        return AsTyped(
            batch.file_name,
            row.line,
            batch.imported_at,
            tuple(
                TypedCell(heading, cell, use, stored.get(use))
                for (heading, cell), use in zip(cells, uses, strict=True)
            ),
        )


def _latest(entry_id: int) -> Any:
    return (
        select(ImportRow, ImportBatch)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(ImportRow.id.in_(latest_row_ids([entry_id])))
    )


def _uses_then(columns: list[Any] | None, width: int) -> list[str]:
    """Return the field each column fed when the row came in; empty when that was not kept."""
    if columns is None or len(columns) != width:
        return []
    return [Field.WEEKDAYS.value if use.startswith(DAY) else str(use) for _heading, use in columns]


def _uses(session: Session, entry: Entry, cells: list[tuple[str, str]], profile: str) -> list[str]:
    """Return the field each column feeds, by the layout it came through or as its headings are read now."""
    table = Table(
        tuple(heading for heading, _cell in cells),
        (Row(1, tuple(cell for _heading, cell in cells)),),
        "",
        Kind.CSV,
    )
    words = course_matcher(session, entry.programme_id).words
    try:
        mapping = map_file(session, table, IntakeChoices(profile=profile or None), words)
    except NotFoundError:  # that layout is no longer kept
        mapping = map_file(session, table, IntakeChoices(), words)
    return _by_column(mapping, len(cells))


def _by_column(mapping: ColumnMapping, width: int) -> list[str]:
    uses = [""] * width
    for field, columns in mapping.fields.items():
        for column in columns:
            uses[column] = "" if field is Field.IGNORED else field.value
    for column, _day in mapping.one_hot:
        uses[column] = Field.WEEKDAYS.value
    for column in mapping.answers:
        uses[column] = ANSWER
    return uses


def _stored(session: Session, entry: Entry) -> dict[str, Any]:
    """Return what is stored now, by field."""
    person = session.get_one(Applicant, entry.applicant_id)
    courses = select(Course.short_name).join(Application, Application.course_id == Course.id)
    asked = session.scalars(
        courses.where(Application.entry_id == entry.id).order_by(Application.preference, Application.id)
    )
    found: dict[str, Any] = {Field.COURSES.value: "\n".join(asked)}
    for field in Field:
        column = _NAMES.get(field, field.value)
        owner = entry if hasattr(entry, column) else person
        if hasattr(owner, column):
            found[field.value] = getattr(owner, column)
    return found
