"""Applicants' rows as typed records, or the reason why a row cannot be taken in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.columns import WEEKDAYS, ColumnMapping, Field, weekdays_of
from fujisawa_desktop.exchange.contact_values import ContactValue, phone_value, postcode_value
from fujisawa_desktop.exchange.mojibake import is_garbled, lost_character
from fujisawa_desktop.exchange.row_values import (
    Rejection,
    RowRefused,
    RowWarning,
    clean,
    portal_number,
    shown_params,
)
from fujisawa_desktop.exchange.table import Row, Table
from fujisawa_desktop.rules.calendar import parse_date, parse_datetime, parse_year_month
from fujisawa_desktop.rules.names import half_width, kana_form, private_use

_COURSE_PARTS: Final = re.compile(r"「[^」]*」[^；;、,，/／\n|]*|[^；;、,，/／\n|「]+")
_UNMARKED: Final = frozenset({"", "0", "×", "x", "X", "-", "－", "FALSE", "false", "いいえ", "不可"})
_SPREADSHEET_DIGITS: Final = 15
_LONG_NUMBER: Final = 8

_ODD: Final = re.compile("[\ufffd\x80-\x9f縺繧繝ｦ-ﾟ\u00c0-\u00ff\ue000-\uf8ff\U000f0000-\U0010ffff]|豌丞錐")
"""Characters for which a row is looked at closely."""
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


@dataclass(frozen=True, slots=True)
class ApplicantRecord:
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
    reader = _Reader(table, mapping)
    records: list[ApplicantRecord] = []
    rejections: list[Rejection] = []
    for row in table.rows:
        try:
            records.append(reader.record(row))
        except RowRefused as refused:
            rejections.append(refused.rejection)
    return ApplicantsRead(tuple(records), tuple(rejections), tuple(reader.warnings))


class _Reader:
    """Reads the rows of one table; knows what only the whole table tells (lengths of numbers)."""

    def __init__(self, table: Table, mapping: ColumnMapping) -> None:
        self.warnings: list[RowWarning] = []
        self._table = table
        self._mapping = mapping
        self._unread: list[tuple[str, str]] = []
        self._columns = {field: indexes[0] for field, indexes in mapping.fields.items() if indexes}
        self._spread = {field: indexes for field, indexes in mapping.fields.items() if len(indexes) > 1}
        self._roles = {index: field for field, indexes in mapping.fields.items() for index in indexes}
        self._shown = sorted((*mapping.answers, *mapping.fields.get(Field.STATEMENT, ())))
        number_column = self._columns.get(Field.NUMBER)
        numbers = [row.cells[number_column] for row in table.rows] if number_column is not None else []
        self._digits = _expected_digits(numbers)
        self._rounded = _all_rounded(numbers)

    def record(self, row: Row) -> ApplicantRecord:
        if len(row.cells) > len(self._table.headings):
            raise RowRefused(Rejection(row.line, "", "row.too-many-cells", {}))
        self._unread = []
        if _ODD.search("\n".join(row.cells)):
            self._check_characters(row)
        return ApplicantRecord(
            line=row.line,
            number=self._number(row),
            name_raw=self._name(row),
            birth_date=self._typed(row, Field.BIRTH_DATE, parse_date),
            received_at=self._received_at(row),
            state_text=self._text(row, Field.STATE),
            kana=self._kana(row),
            postcode=self._contact(row, Field.POSTCODE, postcode_value),
            address=self._joined(row, Field.ADDRESS),
            phone=self._contact(row, Field.PHONE, phone_value),
            mail=self._mail(row),
            school=self._text(row, Field.SCHOOL),
            school_category=self._text(row, Field.SCHOOL_CATEGORY),
            faculty=self._text(row, Field.FACULTY),
            department=self._text(row, Field.DEPARTMENT),
            grade=half_width(self._text(row, Field.GRADE)),
            graduation=self._graduation(row),
            course_texts=self._courses(row),
            weekdays=self._weekdays(row),
            statement=self._statement(row),
            answers=self._answers(row),
            headings=self._table.headings,
            cells=row.cells,
        )

    def _text(self, row: Row, field: Field) -> str:
        if field in self._spread:
            parts = (clean(row.cells[column]) for column in self._spread[field])
            return _BETWEEN.get(field, " ").join(part for part in parts if part)
        column = self._columns.get(field)
        return "" if column is None else clean(row.cells[column])

    def _joined(self, row: Row, field: Field) -> str:
        parts = (clean(row.cells[column]) for column in self._mapping.fields.get(field, ()))
        return " ".join(part for part in parts if part)

    def _heading(self, field: Field) -> str:
        column = self._columns.get(field)
        return "" if column is None else self._table.headings[column]

    def _refuse(self, row: Row, field: Field, code: str, params: Mapping[str, object]) -> RowRefused:
        return RowRefused(Rejection(row.line, self._heading(field), code, dict(params)))

    def _warn(self, row: Row, field: Field, code: str, **params: object) -> None:
        self.warnings.append(RowWarning(row.line, code, params, self._heading(field)))

    def _check_characters(self, row: Row) -> None:
        """Refuse what was read wrongly or lost; a 外字 in a free answer is only told."""
        for column, cell in enumerate(row.cells):
            field, heading = self._roles.get(column), self._table.headings[column]
            if field in _NAMES or field is Field.IGNORED:
                continue  # names have reasons of their own; what is ignored may be anything
            if lost := lost_character(cell):
                params = {"character": f"U+{ord(lost):04X}"}
                raise RowRefused(Rejection(row.line, heading, "text.lost", params))
            if is_garbled(cell):
                raise RowRefused(Rejection(row.line, heading, "text.garbled", {"text": cell[:20]}))
            if own := private_use(cell):
                params = {"character": f"U+{ord(own[0]):04X}"}
                if field is not None:
                    raise RowRefused(Rejection(row.line, heading, "text.private-use", params))
                self.warnings.append(RowWarning(row.line, "text.private-use-kept", params, heading))

    def _contact(self, row: Row, field: Field, read: Callable[[str], ContactValue]) -> str:
        value = self._typed(row, field, read)
        if value is None:
            return ""
        if value.warning:
            self._warn(row, field, value.warning, text=value.text[:40])
        return value.text

    def _mail(self, row: Row) -> str:
        mail = half_width(self._text(row, Field.MAIL))
        if mail and not re.fullmatch(r"[^@\s]+@[^@\s]+", mail):
            self._warn(row, Field.MAIL, "mail.unreadable", text=mail[:60])
        return mail

    def _number(self, row: Row) -> str:
        try:
            number = portal_number(self._text(row, Field.NUMBER))
        except ValidationError as error:
            raise self._refuse(row, Field.NUMBER, error.code, shown_params(error)) from error
        if number.isdecimal():
            if self._digits and len(number) < self._digits:
                params = {"text": number, "digits": self._digits}
                raise self._refuse(row, Field.NUMBER, "number.digits-lost", params)
            if self._rounded and len(number) > _SPREADSHEET_DIGITS:
                raise self._refuse(row, Field.NUMBER, "number.damaged", {"text": number})
        return number

    def _name(self, row: Row) -> str:
        name = self._text(row, Field.NAME)
        field = Field.NAME
        if not name:
            field = Field.FAMILY_NAME if Field.FAMILY_NAME in self._columns else Field.NAME
            parts = (self._text(row, Field.FAMILY_NAME), self._text(row, Field.GIVEN_NAME))
            name = "\u3000".join(part for part in parts if part)
        if not name:
            raise self._refuse(row, field, "name.missing", {})
        lost = private_use(name)
        if lost:
            raise self._refuse(row, field, "name.private-use", {"character": f"U+{ord(lost[0]):04X}"})
        if lost_character(name):
            raise self._refuse(row, field, "name.replaced", {})
        if is_garbled(name):
            raise self._refuse(row, field, "text.garbled", {"text": name[:20]})
        return name

    def _kana(self, row: Row) -> str:
        entered = self._text(row, Field.KANA)
        field = Field.KANA
        if not entered:
            field = Field.FAMILY_KANA
            entered = f"{self._text(row, Field.FAMILY_KANA)} {self._text(row, Field.GIVEN_KANA)}".strip()
        if not entered:
            if field in self._columns or Field.KANA in self._columns:
                self._warn(row, field, "kana.missing")
            return ""
        try:
            return kana_form(entered)
        except ValidationError as error:
            self._warn(row, field, error.code, **shown_params(error))
            return half_width(entered)

    def _typed(self, row: Row, field: Field, parse: Callable[[str], _Value]) -> _Value | None:
        text = self._text(row, field)
        if not text:
            return None
        try:
            return parse(text)
        except ValidationError as error:
            raise self._refuse(row, field, error.code, shown_params(error)) from error

    def _received_at(self, row: Row) -> datetime | None:
        moment = self._typed(row, Field.RECEIVED_AT, parse_datetime)
        if moment is None and Field.RECEIVED_AT in self._columns:
            self._warn(row, Field.RECEIVED_AT, "received-at.missing")
        return moment

    def _graduation(self, row: Row) -> str:
        text = self._text(row, Field.GRADUATION)
        if not text:
            return ""
        try:
            year, month = parse_year_month(text)
        except ValidationError as error:
            self._warn(row, Field.GRADUATION, error.code, **shown_params(error))
            self._unread.append((self._heading(Field.GRADUATION), text))
            return ""
        return f"{year}-{month:02d}"

    def _statement(self, row: Row) -> str:
        text = self._text(row, Field.STATEMENT)
        if not text and Field.STATEMENT in self._columns:
            self._warn(row, Field.STATEMENT, "statement.missing")
        return text

    def _courses(self, row: Row) -> tuple[str, ...]:
        texts = (row.cells[column] for column in self._mapping.fields.get(Field.COURSES, ()))
        return tuple(dict.fromkeys(part for text in texts for part in course_parts(text)))

    def _weekdays(self, row: Row) -> tuple[str, ...]:
        if self._mapping.one_hot:
            marked = {day for index, day in self._mapping.one_hot if clean(row.cells[index]) not in _UNMARKED}
            return tuple(day for day in WEEKDAYS if day in marked)
        text = self._joined(row, Field.WEEKDAYS)
        days = weekdays_of(text) if text else ()
        if days is None:
            self._warn(row, Field.WEEKDAYS, "weekdays.unreadable", text=text[:60])
            self._unread.append((self._heading(Field.WEEKDAYS), text))
        return days or ()

    def _answers(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Return the answers; what a field could not be read from is shown among them."""
        headings = self._table.headings
        answers = [(headings[index], row.cells[index]) for index in self._shown]
        return (*self._unread, *(answer for answer in answers if answer[1].strip()))


def course_parts(text: str) -> tuple[str, ...]:
    """Split a cell that names several courses; signs inside 「」 belong to a name."""
    return tuple(part for match in _COURSE_PARTS.findall(clean(text)) if (part := match.strip()))


def _expected_digits(numbers: Sequence[str]) -> int:
    """Return the length that nearly all long numbers of a file share, else 0.

    A spreadsheet drops leading zeros: among twelve-digit numbers one of eleven digits is damaged.
    """
    lengths = Counter(len(text) for number in numbers if (text := clean(number)).isdecimal())
    if not lengths:
        return 0
    length, count = lengths.most_common(1)[0]
    return length if length >= _LONG_NUMBER and count * 10 >= lengths.total() * 9 else 0


def _all_rounded(numbers: Sequence[str]) -> bool:
    """Return whether every number beyond 15 digits ends in zeros there, as a spreadsheet leaves them."""
    long = [
        text for number in numbers if (text := clean(number)).isdecimal() and len(text) > _SPREADSHEET_DIGITS
    ]
    return len(long) > 1 and all(not text[_SPREADSHEET_DIGITS:].strip("0") for text in long)
