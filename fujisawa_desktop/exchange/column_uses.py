"""The columns of a file as a person settles them: one use for each column, and layouts kept of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as value
from typing import Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.columns import SEVERAL, WEEKDAYS, ColumnMapping, Field, heading_key

ANSWER: Final = "answer"
"""Shown as an answer of the entry."""
RAW: Final = ""
"""Kept in the raw row only."""
DAY: Final = "day:"
"""Before a weekday: the column holds a mark when that day is possible."""
JOINED: Final = SEVERAL | {
    Field.NAME,
    Field.KANA,
    Field.PHONE,
    Field.POSTCODE,
    Field.ADDRESS,
    Field.BIRTH_DATE,
    Field.RECEIVED_AT,
    Field.GRADUATION,
    Field.STATEMENT,
}
"""Fields that several columns may make up together."""

Columns = tuple[tuple[str, str], ...]
"""Heading and use of every column, in the file's order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a person settled the columns of one source's file.

    Attributes:
        name: what the person calls it.
        source: key of the portal.
        columns: heading and use of every column it was settled for.
        encoding: character code the person chose; empty when it is found by itself.
        version: of the stored layout it was read from.
    """

    name: str
    source: str
    columns: Columns
    encoding: str = ""
    version: int = value(default=0, compare=False)


def all_uses() -> tuple[str, ...]:
    """Return every use a column can have."""
    fields = (field.value for field in Field if field is not Field.IGNORED)
    return (*fields, *(f"{DAY}{day}" for day in WEEKDAYS), ANSWER, RAW)


def uses_of(mapping: ColumnMapping, count: int) -> tuple[str, ...]:
    """Return what each of ``count`` columns is used for."""
    uses = [RAW] * count
    for field, columns in mapping.fields.items():
        for column in columns:
            uses[column] = RAW if field is Field.IGNORED else field.value
    for column, day in mapping.one_hot:
        uses[column] = f"{DAY}{day}"
    for column in mapping.answers:
        uses[column] = ANSWER
    return tuple(uses)


def mapping_of(uses: Sequence[str], *, profile: str, source: str) -> ColumnMapping:
    """Return the mapping that reads each column as it is used."""
    fields: dict[Field, list[int]] = {}
    one_hot: list[tuple[int, str]] = []
    answers: list[int] = []
    for column, use in enumerate(uses):
        if use == ANSWER:
            answers.append(column)
        elif use.startswith(DAY):
            one_hot.append((column, use.removeprefix(DAY)))
        else:
            fields.setdefault(Field.IGNORED if use == RAW else Field(use), []).append(column)
    return ColumnMapping(
        profile=profile,
        source=source,
        fields={field: tuple(columns) for field, columns in fields.items()},
        one_hot=tuple(one_hot),
        answers=tuple(answers),
    )


def with_use(uses: Sequence[str], column: int, use: str) -> tuple[str, ...]:
    """Return the uses with one changed; a field of one column leaves the column it had before."""
    changed = list(uses)
    changed[column] = use
    alone = use not in {ANSWER, RAW} and (use.startswith(DAY) or Field(use) not in JOINED)
    for other, before in enumerate(uses):
        if alone and other != column and before == use:
            changed[other] = ANSWER
    return tuple(changed)


def missing_fields(mapping: ColumnMapping) -> tuple[Field, ...]:
    """Return the fields that every file must have and this mapping lacks: number and name."""
    lacking = [] if Field.NUMBER in mapping.fields else [Field.NUMBER]
    if not {Field.NAME, Field.FAMILY_NAME} & set(mapping.fields):
        lacking.append(Field.NAME)
    return tuple(lacking)


def require_columns(mapping: ColumnMapping) -> ColumnMapping:
    """Return the mapping if number and name have a column.

    Raises:
        InputFileError: one of them has none.
    """
    for field in missing_fields(mapping):
        raise InputFileError(f"import.no-{field.value}-column")
    return mapping


def fingerprint(headings: Iterable[str]) -> str:
    """Return what is the same for the same headings in any order and way of writing."""
    keys = sorted(heading_key(heading) for heading in headings)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def find_layout(headings: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout settled for these headings; their order and further columns do not matter.

    Of several that fit, one for exactly these headings wins, then the one that knows most of them.
    """
    own = fingerprint(headings)
    fitting = [layout for layout in layouts if _fits(layout, headings)]
    return max(
        fitting,
        key=lambda layout: (
            fingerprint(heading for heading, _use in layout.columns) == own,
            len(layout.columns),
        ),
        default=None,
    )


def apply_layout(layout: Layout, headings: Sequence[str], recognised: ColumnMapping) -> ColumnMapping:
    """Return the mapping by a layout; columns it does not know are read as recognised."""
    known: dict[str, list[str]] = {}
    for heading, use in layout.columns:
        known.setdefault(heading_key(heading), []).append(use)
    settled = {use for _heading, use in layout.columns} - {ANSWER, RAW}
    uses = list(uses_of(recognised, len(headings)))
    for column, heading in enumerate(headings):
        told = known.get(heading_key(heading))
        if told:
            uses[column] = told.pop(0)
        elif uses[column] in settled or (uses[column].startswith(DAY) and Field.WEEKDAYS.value in settled):
            uses[column] = ANSWER
    return mapping_of(uses, profile=layout.name, source=layout.source)


def _fits(layout: Layout, headings: Sequence[str]) -> bool:
    wanted = _counted(heading for heading, use in layout.columns if use not in {ANSWER, RAW})
    present = _counted(headings)
    return bool(wanted) and all(present.get(key, 0) >= count for key, count in wanted.items())


def _counted(headings: Iterable[str]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for heading in headings:
        key = heading_key(heading)
        counts[key] = counts.get(key, 0) + 1
    return counts
