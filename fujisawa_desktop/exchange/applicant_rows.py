"""Applicants' rows as typed records, or the reason why a row cannot be taken in."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, repeat
from typing import Any, Final, NamedTuple, TypeVar

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.columns import WEEKDAYS, ColumnMapping, Field, weekdays_of
from fujisawa_desktop.exchange.contact_values import ContactValue, phone_value, postcode_value
from fujisawa_desktop.exchange.mojibake import is_garbled, lost_character
from fujisawa_desktop.exchange.row_values import (
    SPREADSHEET_DIGITS,
    Rejection,
    RowWarning,
    all_rounded,
    clean,
    expected_digits,
    portal_number,
    shown_params,
)
from fujisawa_desktop.exchange.table import Table
from fujisawa_desktop.rules.calendar import parse_date, parse_datetime, parse_year_month
from fujisawa_desktop.rules.names import half_width, kana_form, private_use

_COURSE_PARTS: Final = re.compile(r"「[^」]*」[^；;、,，/／\n|]*|[^；;、,，/／\n|「]+")
_UNMARKED: Final = frozenset({"", "0", "×", "x", "X", "-", "－", "FALSE", "false", "いいえ", "不可"})
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_ODD: Final = re.compile("[\ufffd\x80-\x9f縺繧繝ｦ-ﾟ\u00c0-\u00ff\ue000-\uf8ff\U000f0000-\U0010ffff豌]")
"""Characters for which a cell is looked at closely: 豌 begins 豌丞錐, which is 氏名 read wrongly."""
_NAMES: Final = frozenset({Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME})
_BETWEEN: Final = {
    Field.NAME: "\u3000",
    Field.PHONE: "-",
    Field.POSTCODE: "-",
    Field.BIRTH_DATE: "/",
    Field.RECEIVED_AT: " ",
    Field.GRADUATION: "/",
}
"""What stands between the parts of a value that a file spreads over several columns."""

_Value = TypeVar("_Value")
_Fault = tuple[str, dict[str, object]]
"""Code and parameters of what is wrong with a text."""


class ApplicantRecord(NamedTuple):
    """One entry as its portal wrote it, read by type; texts are as entered.

    Attributes:
        line: where the row begins in its file.
        number: the portal's own number.
        received_at: when it arrived, wall time; None when the file does not say.
        name_raw: family and given name with a full-width space when they came apart.
        kana: the reading in full-width katakana; as entered when it is none.
        graduation: month as ``2027-03``, empty when unknown.
        course_texts: the courses asked for, as the portal names them, in order of preference.
        weekdays: days the person can work, of 月火水木金土日.
        statement: what the person says about 欠格条項; it is among the answers too.
        answers: heading and text of every column that is no other field and holds text.
        headings, cells: the row as it stands in the file.
    """

    line: int
    number: str
    received_at: datetime | None
    state_text: str
    name_raw: str
    kana: str
    birth_date: date | None
    postcode: str
    address: str
    phone: str
    mail: str
    school: str
    school_category: str
    faculty: str
    department: str
    grade: str
    graduation: str
    course_texts: tuple[str, ...]
    weekdays: tuple[str, ...]
    statement: str
    answers: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def raw(self) -> tuple[tuple[str, str], ...]:
        """Every heading and cell of the row; put together on demand, as they stand in the table too."""
        return tuple(zip(self.headings, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class ApplicantsRead:
    """What a table of applicants gave; every row is a record or a rejection."""

    records: tuple[ApplicantRecord, ...]
    rejections: tuple[Rejection, ...]
    warnings: tuple[RowWarning, ...]


def read_applicants(table: Table, mapping: ColumnMapping) -> ApplicantsRead:
    """Read every row of a table by its mapping."""
    return _Reader(table, mapping).read()


class _Reader:
    """Reads the columns of one table, each different text of a column once.

    Every method reads one field of all rows, in the order in which :meth:`read` names them: the first
    reason refuses a row, and of a refused row nothing more is told.
    """

    def __init__(self, table: Table, mapping: ColumnMapping) -> None:
        self._table = table
        self._mapping = mapping
        self._rows = range(len(table.rows))
        # Rows that have cells beyond the headings are refused.
        cells = tuple(zip(*(row.cells for row in table.rows), strict=False))
        self._cells: Sequence[tuple[str, ...]] = cells or ((),) * len(table.headings)
        self._roles = {index: field for field, indexes in mapping.fields.items() for index in indexes}
        self._refused: dict[int, Rejection] = {}
        self._warned: list[tuple[int, RowWarning]] = []
        self._unread: dict[int, list[tuple[str, str]]] = {}

    def read(self) -> ApplicantsRead:
        self._check_widths()
        self._check_characters()
        columns: dict[str, Sequence[Any]] = {
            "number": self._numbers(),
            "name_raw": self._names(),
            "birth_date": self._typed(Field.BIRTH_DATE, parse_date),
            "received_at": self._received_at(),
            "state_text": self._texts(Field.STATE),
            "kana": self._kana(),
            "postcode": self._contact(Field.POSTCODE, postcode_value),
            "address": self._texts(Field.ADDRESS),
            "phone": self._contact(Field.PHONE, phone_value),
            "mail": self._mail(),
            "school": self._texts(Field.SCHOOL),
            "school_category": self._texts(Field.SCHOOL_CATEGORY),
            "faculty": self._texts(Field.FACULTY),
            "department": self._texts(Field.DEPARTMENT),
            "grade": list(map(half_width, self._texts(Field.GRADE))),
            "graduation": self._graduation(),
            "course_texts": self._courses(),
            "weekdays": self._weekdays(),
            "statement": self._statement(),
            "answers": self._answers(),
            "line": [row.line for row in self._table.rows],
            "headings": [self._table.headings] * len(self._rows),
            "cells": [row.cells for row in self._table.rows],
        }
        rows = zip(*(columns[name] for name in ApplicantRecord._fields), strict=True)
        records = (ApplicantRecord._make(row) for at, row in enumerate(rows) if at not in self._refused)
        rejections = (self._refused[at] for at in sorted(self._refused))
        warnings = (warning for _at, warning in sorted(self._warned, key=lambda told: told[0]))
        return ApplicantsRead(tuple(records), tuple(rejections), tuple(warnings))

    def _texts(self, field: Field) -> list[str]:
        """Return a field of every row as text; what several columns hold of it is joined."""
        columns = [
            [clean(cell) if "=" in cell else cell.strip() for cell in self._cells[column]]
            for column in self._mapping.fields.get(field, ())
        ]
        if len(columns) > 1:
            between = _BETWEEN.get(field, " ")
            return [between.join(filter(None, parts)) for parts in zip(*columns, strict=True)]
        return columns[0] if columns else [""] * len(self._rows)

    def _heading(self, field: Field) -> str:
        column = self._mapping.column(field)
        return "" if column is None else self._table.headings[column]

    def _refuse(self, at: int, heading: str, code: str, params: Mapping[str, object]) -> None:
        if at not in self._refused:
            self._refused[at] = Rejection(self._table.rows[at].line, heading, code, dict(params))

    def _warn(self, at: int, heading: str, code: str, **params: object) -> None:
        if at not in self._refused:
            self._warned.append((at, RowWarning(self._table.rows[at].line, code, params, heading)))

    def _keep_unread(self, at: int, field: Field, text: str) -> None:
        """Let a text that a field could not be read from be shown among the answers."""
        self._unread.setdefault(at, []).append((self._heading(field), text))

    def _check_widths(self) -> None:
        for at, row in enumerate(self._table.rows):
            if len(row.cells) > len(self._table.headings):
                self._refuse(at, "", "row.too-many-cells", {})

    def _check_characters(self) -> None:
        """Refuse what was read wrongly or lost; a 外字 in a free answer is only told."""
        unchecked = {*_NAMES, Field.IGNORED}  # names have reasons of their own; the ignored may be anything
        odd = [
            column
            for column, cells in enumerate(self._cells)
            if self._roles.get(column) not in unchecked and _ODD.search("\n".join(set(cells)))
        ]
        for at in self._rows if odd else ():
            for column in odd:
                if at not in self._refused and _ODD.search(self._cells[column][at]):
                    self._check_cell(at, column)

    def _check_cell(self, at: int, column: int) -> None:
        cell, heading = self._cells[column][at], self._table.headings[column]
        if lost := lost_character(cell):
            self._refuse(at, heading, "text.lost", {"character": f"U+{ord(lost):04X}"})
        elif is_garbled(cell):
            self._refuse(at, heading, "text.garbled", {"text": cell[:20]})
        elif own := private_use(cell):
            character = f"U+{ord(own[0]):04X}"
            if column in self._roles:
                self._refuse(at, heading, "text.private-use", {"character": character})
            else:
                self._warn(at, heading, "text.private-use-kept", character=character)

    def _typed(self, field: Field, read: Callable[[str], _Value]) -> list[_Value | None]:
        """Return what a field holds; a row whose text cannot be read is refused, an empty text is None."""
        texts = self._texts(field)
        values, faults = _read_each(filter(None, texts), read)
        for at in _places(texts, faults):
            self._refuse(at, self._heading(field), *faults[texts[at]])
        return list(map(values.get, texts))

    def _contact(self, field: Field, read: Callable[[str], ContactValue]) -> list[str]:
        values = self._typed(field, read)
        for at, value in enumerate(values):
            if value is not None and value.warning:
                self._warn(at, self._heading(field), value.warning, text=value.text[:40])
        return ["" if value is None else value.text for value in values]

    def _mail(self) -> list[str]:
        mails = list(map(half_width, self._texts(Field.MAIL)))
        for at, mail in enumerate(mails):
            if mail and not _MAIL.fullmatch(mail):
                self._warn(at, self._heading(Field.MAIL), "mail.unreadable", text=mail[:60])
        return mails

    def _numbers(self) -> list[str]:
        texts = self._texts(Field.NUMBER)
        values, faults = _read_each(texts, portal_number)
        digits, rounded = expected_digits(texts), all_rounded(texts)
        for number in filter(str.isdecimal, values.values()):
            if digits and len(number) < digits:
                faults[number] = "number.digits-lost", {"text": number, "digits": digits}
            elif rounded and len(number) > SPREADSHEET_DIGITS:
                faults[number] = "number.damaged", {"text": number}
        numbers = [values.get(text, text) for text in texts]
        for at in _places(numbers, faults):
            self._refuse(at, self._heading(Field.NUMBER), *faults[numbers[at]])
        return numbers

    def _names(self) -> list[str]:
        whole = self._texts(Field.NAME)
        parts = zip(self._texts(Field.FAMILY_NAME), self._texts(Field.GIVEN_NAME), strict=True)
        names = [name or "\u3000".join(filter(None, pair)) for name, pair in zip(whole, parts, strict=True)]
        in_parts = Field.FAMILY_NAME if Field.FAMILY_NAME in self._mapping.fields else Field.NAME
        any_odd = _ODD.search("\n".join(names))
        for at, name in enumerate(names):
            if (not name or any_odd) and (fault := _name_fault(name)):
                heading = self._heading(Field.NAME if whole[at] else in_parts)
                self._refuse(at, heading, *fault)
        return names

    def _kana(self) -> list[str]:
        whole = self._texts(Field.KANA)
        parts = zip(self._texts(Field.FAMILY_KANA), self._texts(Field.GIVEN_KANA), strict=True)
        texts = [text or " ".join(pair).strip() for text, pair in zip(whole, parts, strict=True)]
        values, faults = _read_each(filter(None, texts), kana_form)
        present = {Field.KANA, Field.FAMILY_KANA} & self._mapping.fields.keys()
        if present:
            faults[""] = "kana.missing", {}
        for at in _places(texts, faults):
            heading = self._heading(Field.KANA if whole[at] else Field.FAMILY_KANA)
            code, params = faults[texts[at]]
            self._warn(at, heading, code, **params)
        return [values[text] if text in values else half_width(text) for text in texts]

    def _received_at(self) -> list[datetime | None]:
        moments = self._typed(Field.RECEIVED_AT, parse_datetime)
        if Field.RECEIVED_AT in self._mapping.fields:
            for at in _places(moments, {None}):
                self._warn(at, self._heading(Field.RECEIVED_AT), "received-at.missing")
        return moments

    def _graduation(self) -> list[str]:
        texts = self._texts(Field.GRADUATION)
        months, faults = _read_each(filter(None, texts), parse_year_month)
        for at in _places(texts, faults):
            code, params = faults[texts[at]]
            self._warn(at, self._heading(Field.GRADUATION), code, **params)
            self._keep_unread(at, Field.GRADUATION, texts[at])
        written = {text: f"{year}-{month:02d}" for text, (year, month) in months.items()}
        return [written.get(text, "") for text in texts]

    def _statement(self) -> list[str]:
        texts = self._texts(Field.STATEMENT)
        if Field.STATEMENT in self._mapping.fields:
            for at in _places(texts, {""}):
                self._warn(at, self._heading(Field.STATEMENT), "statement.missing")
        return texts

    def _courses(self) -> list[tuple[str, ...]]:
        columns = [self._cells[column] for column in self._mapping.fields.get(Field.COURSES, ())]
        cells = list(zip(*columns, strict=True)) if columns else [()] * len(self._rows)
        parts = {texts: tuple(dict.fromkeys(chain(*map(course_parts, texts)))) for texts in set(cells)}
        return [parts[texts] for texts in cells]

    def _weekdays(self) -> list[tuple[str, ...]]:
        if self._mapping.one_hot:
            marks = list(zip(*(self._cells[column] for column, _day in self._mapping.one_hot), strict=True))
            days = [day for _column, day in self._mapping.one_hot]
            known = {row: _marked_days(days, row) for row in set(marks)}
            return [known[row] for row in marks]
        texts = self._texts(Field.WEEKDAYS)
        named = {text: weekdays_of(text) if text else () for text in set(texts)}
        unread = {text for text, found in named.items() if found is None}
        for at in _places(texts, unread):
            self._warn(at, self._heading(Field.WEEKDAYS), "weekdays.unreadable", text=texts[at][:60])
            self._keep_unread(at, Field.WEEKDAYS, texts[at])
        return [named[text] or () for text in texts]

    def _answers(self) -> list[tuple[tuple[str, str], ...]]:
        """Return the answers; what a field could not be read from is shown among them."""
        shown = sorted((*self._mapping.answers, *self._mapping.fields.get(Field.STATEMENT, ())))
        columns = [
            [(heading, cell) if cell.strip() else None for cell in self._cells[column]]
            for column in shown
            for heading in [self._table.headings[column]]
        ]
        rows = zip(*columns, strict=True) if columns else repeat((), len(self._rows))
        answers = [tuple(filter(None, row)) for row in rows]
        for at, unread in self._unread.items():
            answers[at] = (*unread, *answers[at])
        return answers


def _read_each(
    texts: Iterable[str], read: Callable[[str], _Value]
) -> tuple[dict[str, _Value], dict[str, _Fault]]:
    """Read each different text once; return the values, and what is wrong with those that have none."""
    values: dict[str, _Value] = {}
    faults: dict[str, _Fault] = {}
    for text in set(texts):
        try:
            values[text] = read(text)
        except ValidationError as error:
            # Not the error itself: it would keep the rows of every frame that led to it.
            faults[text] = error.code, shown_params(error)
    return values, faults


def _places(column: Sequence[_Value], wanted: Collection[_Value]) -> list[int]:
    """Return the rows at which a column holds a wanted value."""
    return [at for at, value in enumerate(column) if value in wanted] if wanted else []


def _name_fault(name: str) -> _Fault | None:
    """Return the reason why a name cannot be taken in, or None."""
    if not name:
        return "name.missing", {}
    if lost := private_use(name):
        return "name.private-use", {"character": f"U+{ord(lost[0]):04X}"}
    if lost_character(name):
        return "name.replaced", {}
    if is_garbled(name):
        return "text.garbled", {"text": name[:20]}
    return None


def _marked_days(days: Sequence[str], marks: Sequence[str]) -> tuple[str, ...]:
    marked = {day for day, mark in zip(days, marks, strict=True) if clean(mark) not in _UNMARKED}
    return tuple(day for day in WEEKDAYS if day in marked)


def course_parts(text: str) -> tuple[str, ...]:
    """Split a cell that names several courses; signs inside 「」 belong to a name."""
    return tuple(part for match in _COURSE_PARTS.findall(clean(text)) if (part := match.strip()))
