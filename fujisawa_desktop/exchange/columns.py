"""Which column of an applicants' file holds what: headings first, contents where headings say nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.table import Table
from fujisawa_desktop.rules.names import search_key

WEEKDAYS: Final = "月火水木金土日"


class Field(StrEnum):
    """What a column of an applicants' file can be."""

    NUMBER = "number"
    RECEIVED_AT = "received_at"
    STATE = "state"
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    KANA = "kana"
    FAMILY_KANA = "family_kana"
    GIVEN_KANA = "given_kana"
    BIRTH_DATE = "birth_date"
    POSTCODE = "postcode"
    ADDRESS = "address"
    PHONE = "phone"
    MAIL = "mail"
    SCHOOL = "school"
    SCHOOL_CATEGORY = "school_category"
    FACULTY = "faculty"
    DEPARTMENT = "department"
    GRADE = "grade"
    GRADUATION = "graduation"
    COURSES = "courses"
    WEEKDAYS = "weekdays"
    STATEMENT = "statement"
    """欠格条項の確認: read as a flag, and shown among the answers too."""
    IGNORED = "ignored"
    """Nothing a clerk reads; kept in the raw row only."""


SEVERAL: Final = frozenset({Field.COURSES, Field.WEEKDAYS, Field.IGNORED})
"""Fields of which every column counts that a heading names."""

_LETTERS: Final = "0-9A-Za-z\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\U0003ffff〒"
_AROUND: Final = re.compile(f"[^{_LETTERS}]")
_MARKS: Final = re.compile(r"必須|任意")
_ONE_HOT: Final = re.compile(rf"(?:.*曜日|.*可能日|.*希望日)?([{WEEKDAYS}])(?:曜日?)?")
_ENOUGH_ONE_HOT: Final = 3
_SAMPLE: Final = 500
"""Rows looked at when a column is known by its contents."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which columns of one table feed which field; a person may change it before the import.

    Attributes:
        profile: name of the profile it came from.
        source: key of the portal; with the portal's number it identifies an entry.
        fields: column indexes per field, in the order they are joined.
        one_hot: columns that stand for one weekday each and hold a mark (1, ○) or nothing.
        answers: columns shown as answers of the entry, in the file's order.
    """

    profile: str
    source: str
    fields: Mapping[Field, tuple[int, ...]]
    one_hot: tuple[tuple[int, str], ...] = ()
    answers: tuple[int, ...] = ()

    def column(self, field: Field) -> int | None:
        """Return the first column of a field, or None."""
        return next(iter(self.fields.get(field, ())), None)

    def with_column(self, field: Field, columns: Sequence[int]) -> ColumnMapping:
        """Return the mapping with ``columns`` given to ``field`` and taken from all other uses."""
        taken = set(columns)
        fields = {
            other: tuple(index for index in indexes if index not in taken)
            for other, indexes in self.fields.items()
        }
        fields[field] = tuple(columns)
        return replace(
            self,
            fields={key: indexes for key, indexes in fields.items() if indexes},
            one_hot=tuple(pair for pair in self.one_hot if pair[0] not in taken),
            answers=tuple(index for index in self.answers if index not in taken),
        )


@dataclass(frozen=True, slots=True)
class Headings:
    """Known headings per field, the likelier first, and patterns for parts of headings."""

    columns: Mapping[Field, tuple[str, ...]]
    patterns: Mapping[Field, tuple[str, ...]]


@lru_cache(maxsize=2048)
def heading_key(heading: str) -> str:
    """Return a heading without what layouts vary: width, case, brackets, spaces, kana, 必須 marks."""
    return _AROUND.sub("", _MARKS.sub("", search_key(unicodedata.normalize("NFKC", heading)))).upper()


def known_columns(headings: Sequence[str], known: Mapping[Field, tuple[str, ...]]) -> dict[Field, list[int]]:
    """Return the columns whose whole heading is a known one; each column serves one field."""
    places: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        places.setdefault(heading_key(heading), []).append(index)
    found: dict[Field, list[int]] = {}
    taken: set[int] = set()
    for field, names in known.items():
        for name in names:
            free = [index for index in places.get(heading_key(name), ()) if index not in taken]
            chosen = free if field in SEVERAL else free[: 0 if field in found else 1]
            if chosen:
                found.setdefault(field, []).extend(chosen)
                taken.update(chosen)
    return found


def map_columns(
    table: Table,
    *,
    profile: str,
    source: str,
    own: Mapping[Field, tuple[str, ...]],
    common: Headings,
    course_words: Iterable[str],
) -> ColumnMapping:
    """Match a table's headings, first to a profile's own, then to the common ones.

    Raises:
        InputFileError: no column for the portal's number or for the name can be recognised.
    """
    fields = known_columns(table.headings, own)
    one_hot = _one_hot_columns(table.headings)
    taken = {index for indexes in fields.values() for index in indexes} | {index for index, _ in one_hot}
    for field, indexes in known_columns(table.headings, common.columns).items():
        _add(fields, field, indexes, taken)
    for field, patterns in common.patterns.items():
        _add(fields, field, _matching(table.headings, patterns), taken)
    _add_address_parts(table.headings, fields, taken)
    if one_hot:
        fields.pop(Field.WEEKDAYS, None)
    _check_contents(table, fields, [search_key(word) for word in course_words], weekdays=not one_hot)
    if Field.NUMBER not in fields:
        raise InputFileError("import.no-number-column")
    if Field.NAME not in fields and Field.FAMILY_NAME not in fields:
        raise InputFileError("import.no-name-column")
    used = {index for indexes in fields.values() for index in indexes} | {index for index, _ in one_hot}
    return ColumnMapping(
        profile=profile,
        source=source,
        fields={field: tuple(indexes) for field, indexes in fields.items()},
        one_hot=one_hot,
        answers=tuple(index for index in range(len(table.headings)) if index not in used),
    )


def _add(fields: dict[Field, list[int]], field: Field, indexes: Iterable[int], taken: set[int]) -> None:
    if field in fields and field is not Field.IGNORED:
        return
    free = [index for index in indexes if index not in taken]
    chosen = free if field in SEVERAL else free[:1]
    if chosen:
        fields.setdefault(field, []).extend(chosen)
        taken.update(chosen)


def _add_address_parts(headings: Sequence[str], fields: dict[Field, list[int]], taken: set[int]) -> None:
    """Let 住所2 and 住所3 follow 住所 or 住所1."""
    if Field.ADDRESS not in fields:
        return
    stem = heading_key(headings[fields[Field.ADDRESS][0]]).rstrip("1")
    parts = {f"{stem}{number}" for number in range(2, 10)}
    more = [index for index, heading in enumerate(headings) if heading_key(heading) in parts]
    fields[Field.ADDRESS].extend(index for index in more if index not in taken)
    taken.update(more)


def _matching(headings: Sequence[str], patterns: Iterable[str]) -> list[int]:
    return [
        index
        for index, heading in enumerate(headings)
        if any(re.search(pattern, heading_key(heading)) for pattern in patterns)
    ]


def _one_hot_columns(headings: Sequence[str]) -> tuple[tuple[int, str], ...]:
    found = [
        (index, match[1])
        for index, heading in enumerate(headings)
        if (match := _ONE_HOT.fullmatch(heading_key(heading)))
    ]
    days = {day for _, day in found}
    # 月 and 日 alone may be parts of a date.
    return tuple(found) if len(days) == len(found) >= _ENOUGH_ONE_HOT else ()


def _check_contents(
    table: Table, fields: dict[Field, list[int]], course_words: Sequence[str], *, weekdays: bool
) -> None:
    """Find the columns of courses and weekdays by what they hold, where headings are numbers (設問1)."""

    def names_course(text: str) -> bool:
        return any(word in search_key(text) for word in course_words)

    if course_words:
        _prefer_by_contents(table, fields, Field.COURSES, names_course)
    if weekdays:
        _prefer_by_contents(table, fields, Field.WEEKDAYS, lambda text: bool(weekdays_of(text)))


def _prefer_by_contents(
    table: Table, fields: dict[Field, list[int]], field: Field, fits: Callable[[str], bool]
) -> None:
    present = fields.get(field, [])
    if any(_share(table, index, fits) >= 0.5 for index in present):
        return
    elsewhere = {index for other, indexes in fields.items() if other is not field for index in indexes}
    free = [index for index in range(len(table.headings)) if index not in elsewhere and index not in present]
    best = max(free, key=lambda index: _share(table, index, fits), default=None)
    if best is not None and _share(table, best, fits) >= 0.8:
        fields[field] = [best]


def _share(table: Table, column: int, fits: Callable[[str], bool]) -> float:
    texts = [row.cells[column] for row in table.rows[:_SAMPLE] if row.cells[column].strip()]
    return sum(map(fits, texts)) / len(texts) if texts else 0.0


def weekdays_of(text: str) -> tuple[str, ...] | None:
    """Return the weekdays a cell names (``月曜日;水曜日``, ``月水``), or None when it says anything else."""
    plain = re.sub(r"曜日?", "", unicodedata.normalize("NFKC", text))
    days = re.sub(r"[\s,;、。・/|.]", "", plain)
    if not days or any(day not in WEEKDAYS for day in days):
        return None
    return tuple(day for day in WEEKDAYS if day in days)
