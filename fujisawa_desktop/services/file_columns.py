"""The columns of an applicants' file with what they hold and what they are taken for, to be settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from fujisawa_desktop.exchange.column_uses import (
    ANSWER,
    DAY,
    RAW,
    Columns,
    Layout,
    all_uses,
    mapping_of,
    missing_fields,
    uses_of,
    with_use,
)
from fujisawa_desktop.exchange.columns import Field
from fujisawa_desktop.exchange.profiles import OTHER_SOURCE, shipped_profiles
from fujisawa_desktop.exchange.text_tables import ENCODINGS
from fujisawa_desktop.models import Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.course_routes import CourseRouter, course_router
from fujisawa_desktop.services.import_files import ImportFile
from fujisawa_desktop.services.import_layouts import (
    IntakeChoices,
    map_file,
    refuse_own_list,
    settle_encoding,
    stored_layouts,
)

__all__ = ["ANSWER", "DAY", "ENCODINGS", "RAW", "FileColumns", "all_uses", "read_columns", "with_use"]

_SAMPLES: Final = 3
_LOOKED_AT: Final = 200
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class FileColumns:
    """What a clerk needs to settle the columns of a file.

    Attributes:
        headings: as they stand in the file.
        samples: per column the first few different values.
        uses: what each column is taken for.
        profile, source: the layout and the portal it was taken for; ``profile`` may be empty.
        encoding: character code of a text file; empty for a sheet.
        file_format: csv, tsv, xlsx, xls or ods.
        rows: rows below the headings.
        kept: the layouts clerks kept.
        sources: keys of all portals known so far.
        needs_course: entries must name a course, and no rule finds it in another column.
    """

    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    uses: tuple[str, ...]
    profile: str
    source: str
    encoding: str
    file_format: str
    rows: int
    kept: tuple[Layout, ...]
    sources: tuple[str, ...]
    needs_course: bool

    @property
    def layouts(self) -> tuple[str, ...]:
        """The names of the layouts clerks kept."""
        return tuple(layout.name for layout in self.kept)

    def missing(self, uses: Sequence[str]) -> tuple[str, ...]:
        """Return what has no column though it must: number, name, courses."""
        mapping = mapping_of(uses, profile="", source="")
        lacking = [field.value for field in missing_fields(mapping)]
        if self.needs_course and Field.COURSES not in mapping.fields:
            lacking.append(Field.COURSES.value)
        return tuple(lacking)

    def columns(self, uses: Sequence[str]) -> Columns:
        """Return heading and use of every column, as a layout keeps them."""
        return tuple(zip(self.headings, uses, strict=True))


def read_columns(database: Database, *, programme_id: int, file: Path, choices: IntakeChoices) -> FileColumns:
    """Return the columns of a file; nothing needs to be recognised for that.

    Raises:
        InputFileError: the file cannot be read as a table, or is a list this program wrote.
        NotFoundError: the chosen layout or the programme does not exist.
    """
    settled = settle_encoding(database, file, choices)
    opened = ImportFile.open(file, encoding=settled.encoding)
    refuse_own_list(opened)
    table = opened.table
    with database.read() as session:
        router = course_router(session, programme_id)
        mapping = map_file(session, table, settled, router.matcher.words)
        kept = stored_layouts(session)
        used = session.scalars(select(Entry.source).where(Entry.programme_id == programme_id).distinct())
        sources = dict.fromkeys(
            (
                *(profile.source for profile in shipped_profiles()),
                *(layout.source for layout in kept),
                *used,
                OTHER_SOURCE,
            )
        )
    return FileColumns(
        headings=table.headings,
        samples=tuple(
            _samples([row.cells[column] for row in table.rows[:_LOOKED_AT]])
            for column in range(len(table.headings))
        ),
        uses=uses_of(mapping, len(table.headings)),
        profile=mapping.profile,
        source=mapping.source,
        encoding=table.encoding,
        file_format=table.kind.value,
        rows=len(table.rows),
        kept=tuple(kept),
        sources=tuple(sources),
        needs_course=_needs_course(router, table.headings),
    )


def _needs_course(router: CourseRouter, headings: Sequence[str]) -> bool:
    return not router.can_route(mapping_of((), profile="", source=""), headings)


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    filled = dict.fromkeys(" ".join(cell.split())[:_LONGEST] for cell in cells if cell.strip())
    return tuple(filled)[:_SAMPLES]
