"""Attendance workbooks that come back: what they would change, and taking them in."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.exchange.attendance_books_in import (
    ReadBook,
    ReadPerson,
    ReadRow,
    read_attendance_book,
)
from fujisawa_desktop.exchange.hours_rows import read_break, read_clock, read_remote
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import parse_date, parse_month
from fujisawa_desktop.rules.names import half_width
from fujisawa_desktop.services.attendance_books import person_heading, person_key, row_key
from fujisawa_desktop.services.attendance_return import (
    AttendanceMonth,
    Stretch,
    look_at,
    months_on_record,
    replace_month,
    stretch_of,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_TIMES: Final = ("start", "end", "break")


@dataclass(frozen=True, slots=True)
class BookRefusal:
    """Something that is not taken in: on whose sheet, where, and why; an empty place: the whole sheet."""

    number: str
    name: str
    place: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonTaken:
    """What a sheet does to a person's month.

    Attributes:
        changed: days that are otherwise than on record.
        findings: how many things are odd about the month as it will be.
    """

    number: str
    name: str
    before: int
    after: int
    changed: tuple[date, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class BookTaken:
    """What a workbook did, or would do when ``change.seq`` is None.

    Attributes:
        signed_on, signed_by: what the department wrote on the first sheet; a confirmation is recorded
            apart, once the hours are right.
    """

    change: ChangeSet
    year: int
    month: int
    department: str
    people: tuple[PersonTaken, ...]
    refused: tuple[BookRefusal, ...]
    signed_on: date | None
    signed_by: str

    @property
    def effect(self) -> int:
        """How many people's months are changed."""
        return sum(bool(one.changed) for one in self.people)


def take_attendance_book(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    dry_run: bool = False,
    actor: str | None = None,
) -> BookTaken:
    """Take in what a department wrote into the sheets of its people, as one act.

    A cell that cannot be read leaves its day as it is on record, and is named; a sheet of somebody
    whose hours were changed since it was sent is left out as a whole.

    Raises:
        InputFileError: the file is no attendance workbook.
        RuleError: ``sheet.other-programme``.
        NotFoundError: ``programme.none``.
    """
    book = read_attendance_book(file)
    with unit_of_work(database, "hours.attendance-book", actor=actor) as work:
        taking = _Taking(work, programme_id, book)
        for person in book.people:
            taking.take(person)
        effect = sum(bool(one.changed) for one in taking.taken)
        if dry_run or not effect:
            change = ChangeSet(None, work.label, frozenset())
        else:
            change = work.commit(count=effect, year=taking.year, month=taking.month)
    return BookTaken(
        change=change,
        year=taking.year,
        month=taking.month,
        department=next(iter(book.about.get("department", ("",))), ""),
        people=tuple(taking.taken),
        refused=tuple(taking.refused),
        signed_on=_day(book.signed_on),
        signed_by=book.signed_by,
    )


class _Taking:
    """Works through the sheets of a workbook within one act."""

    def __init__(self, work: UnitOfWork, programme_id: int, book: ReadBook) -> None:
        self._work = work
        self._programme_id = programme_id
        programme = programme_of(work.session, programme_id)
        stated = book.about.get("programme", ("", ""))
        if tuple(stated[:2]) != (str(programme.id), programme.title):
            raise RuleError("sheet.other-programme")
        self.year, self.month = parse_month(book.about.get("month", ("",))[0])
        self._months = months_on_record(work.session, programme_id, self.year, self.month)
        self.taken: list[PersonTaken] = []
        self.refused = [
            BookRefusal(number, name, "", "attendance.sheet-gone") for number, name in book.missing
        ]

    def take(self, person: ReadPerson) -> None:
        """Take in one person's sheet, or say why not."""
        month = self._known(person)
        if month is None:
            return
        before = len(self.refused)
        wanted = self._wanted(month, person)
        same = set(wanted) == set(month.worked)
        if not same and person_key(self._programme_id, month) != person.key:
            del self.refused[before:]  # single rows do not matter any more
            self._refuse(person, "", "attendance.changed-since-sheet")
            return
        if not same and month.closed:
            params = {"year": month.year, "month": month.month, "person": month.member.name}
            self._refuse(person, "", "month.closed", **params)
            return
        look = look_at(month, wanted)
        if not same:
            replace_month(self._work, month, wanted)
        self.taken.append(
            PersonTaken(
                person.number,
                person.name,
                sum(one.time.minutes for one in month.worked),
                look.minutes,
                _changed_days(month.worked, wanted),
                sum(len(marks) for marks in look.findings.values()),
            )
        )

    def _refuse(self, person: ReadPerson, place: str, code: str, /, **params: Any) -> None:
        self.refused.append(BookRefusal(person.number, person.name, place, code, params))

    def _known(self, person: ReadPerson) -> AttendanceMonth | None:
        """Return the month the sheet is about, if it is one that was given out and says so still."""
        stated = person.key.partition("-")[0]
        month = self._months.get(int(stated)) if stated.isascii() and stated.isdecimal() else None
        if month is None or (person.number, person.name) != (month.member.number, month.member.name):
            self._refuse(person, "", "attendance.not-appointed")
            return None
        if person.heading != person_heading(month.member):
            self._refuse(person, "", "attendance.heading-changed")
            return None
        return month

    def _wanted(self, month: AttendanceMonth, person: ReadPerson) -> list[Stretch]:
        """Return the month as the sheet wants it; a day with something unreadable stays as it is."""
        found: dict[date, list[Stretch]] = {}
        spoiled: set[date] = set()
        counts = Counter(row.key for row in person.rows)
        for row in person.rows:
            day = self._day_of(month, person, row, spoiled, twice=counts[row.key] > 1)
            if day is None:
                continue
            try:
                stretch = self._stretch(person, row, day)
            except ValidationError:
                spoiled.add(day)
                continue
            if stretch is not None:
                found.setdefault(day, []).append(stretch)
        seen = {row.key for row in person.rows}
        for one in month.days:
            keys = {row_key(person.key, one.day.isoformat(), part) for part in range(len(one.worked))}
            if not keys <= seen and person.key == person_key(self._programme_id, month):
                spoiled.add(one.day)  # a row with hours on record is gone from the sheet
                self._refuse(person, "", "attendance.row-gone", date=one.day)
        for day_, parts in found.items():
            if clash := _clash(parts):
                spoiled.add(day_)
                self._refuse(
                    person, "", "shift.overlap", date=day_, start=clash.time.start, end=clash.time.end
                )
        kept = [one for one in month.worked if one.time.day in spoiled]
        return sorted(
            [*kept, *(one for day_, parts in found.items() if day_ not in spoiled for one in parts)]
        )

    def _day_of(
        self, month: AttendanceMonth, person: ReadPerson, row: ReadRow, spoiled: set[date], *, twice: bool
    ) -> date | None:
        """Return the day a row is about; a row that was not given out so is named, and spoils its day."""
        iso, _dash, _digest = row.key.rpartition("-")
        day_text, _dash, part = iso.rpartition("-")
        known = row.key in person.issued and part.isdecimal()
        if not known or twice or row.key != row_key(person.key, day_text, int(part)):
            self._refuse(person, str(row.line), "attendance.row-unknown")
            spoiled.update(one.day for one in month.days if one.day.isoformat() == day_text)
            return None
        if day_text != "extra":
            day = date.fromisoformat(day_text)
            if half_width(row.cells["day"]) != str(day.day):
                self._refuse(person, _place(person, row, "day"), "attendance.day-changed", date=day)
                spoiled.add(day)
                return None
            return day
        if not any(row.cells[code] for code in (*_TIMES, "day")):
            return None
        number = half_width(row.cells["day"]).removesuffix("日")
        last = calendar.monthrange(month.year, month.month)[1]
        if not number.isdecimal() or not 1 <= int(number) <= last:
            self._refuse(person, _place(person, row, "day"), "attendance.day-unreadable", text=number)
            return None
        return date(month.year, month.month, int(number))

    def _stretch(self, person: ReadPerson, row: ReadRow, day: date) -> Stretch | None:
        """Return the work of a row, nothing when there is none; what cannot be read is named."""
        if not any(row.cells[code] for code in ("start", "end")) and row.cells["break"] in {"", "0"}:
            return None
        code = "start"
        try:
            start = read_clock(_filled(row, code))
            code = "end"
            end = read_clock(_filled(row, code))
            code = "break"
            pause = read_break(row.cells[code] or "0")
            code = "remote"
            away = read_remote(row.cells[code])
            code = "end"
            return stretch_of(day, start, end, pause, is_remote=away, reason=row.cells["reason"])
        except ValidationError as error:
            column = "break" if error.field == "break" else code
            params = {name: value for name, value in error.params.items() if name != "field"}
            self._refuse(person, _place(person, row, column), error.code, **params)
            raise


def _filled(row: ReadRow, code: str) -> str:
    text = row.cells[code]
    if not text:
        raise ValidationError("attendance.incomplete", field=code)
    return text


def _place(person: ReadPerson, row: ReadRow, code: str) -> str:
    return f"{person.places.get(code, '')}{row.line}"


def _clash(parts: Sequence[Stretch]) -> Stretch | None:
    """Return a stretch that another one of the day overlaps."""
    ordered = sorted(parts)
    return next((one for one, other in pairwise(ordered) if other.time.start < one.time.end), None)


def _changed_days(before: Sequence[Stretch], after: Sequence[Stretch]) -> tuple[date, ...]:
    return tuple(sorted({one.time.day for one in {*before} ^ {*after}}))


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValidationError:
        return None
