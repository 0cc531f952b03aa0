"""出勤簿 as workbooks for the host departments: one for each department and month."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import InputFileError, RuleError
from fujisawa_desktop.exchange.attendance_books import (
    AttendanceBook,
    BookPerson,
    BookRow,
    BookWords,
    attendance_book_bytes,
)
from fujisawa_desktop.exchange.file_names import file_name, free_name, sheet_name
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.calendar import ClosedReason, era_date, weekday_kanji
from fujisawa_desktop.rules.hours import ShiftTime
from fujisawa_desktop.services.attendance_return import (
    AttendanceMonth,
    SheetDay,
    Stretch,
    months_on_record,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.outgoing import export_list
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_wording import Wording, clock_short
from fujisawa_desktop.services.staff import Member

SPARE_ROWS: Final = 6
"""Rows for a second stretch of work on days that had one."""
_SHEET_NAME: Final = 25


@dataclass(frozen=True, slots=True)
class BookFile:
    """One workbook that is not written yet."""

    department: str
    name: str
    book: AttendanceBook

    def data(self) -> bytes:
        """Return the workbook."""
        return attendance_book_bytes(self.book)


@dataclass(frozen=True, slots=True)
class BooksIssued:
    """Workbooks that were written; ``people`` on all of them."""

    change: ChangeSet
    files: tuple[str, ...]
    people: int


@lru_cache
def book_wording() -> Wording:
    """Return the words of the workbooks.

    Raises:
        InputFileError: the file cannot be read.
    """
    path = resources_dir() / "hours" / "attendance-book.toml"
    try:
        return Wording(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputFileError("screening.template-broken", file=path.name) from error


def person_key(programme_id: int, month: AttendanceMonth) -> str:
    """Return what a person's sheet is known by: the appointment, and a digest of what must not change."""
    member = month.member
    parts = (programme_id, month.year, month.month, member.appointment_id, member.number, member.name)
    text = "\x1f".join((*map(str, parts), month.digest))
    return f"{member.appointment_id}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def row_key(sheet_key: str, day: str, part: int) -> str:
    """Return what a row is known by: its day, and a digest that ties it to its sheet."""
    text = f"{sheet_key}\x1f{day}\x1f{part}"
    return f"{day}-{part}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def make_attendance_books(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    made_on: date,
    departments: Sequence[str] | None = None,
) -> list[BookFile]:
    """Return one workbook for each department with everybody whose term touches the month.

    Raises:
        NotFoundError: ``programme.none``.
        RuleError: ``month.nobody``.
    """
    with database.read() as session:
        staff: dict[str, list[AttendanceMonth]] = {}
        for known in months_on_record(session, programme_id, year, month).values():
            department = known.member.host_department
            if departments is None or department in departments:
                staff.setdefault(department, []).append(known)
        if not staff:
            raise RuleError("month.nobody", year=year, month=month)
        maker = _Maker(session, programme_id, year, month, made_on)
        books = [maker.made(name, people) for name, people in sorted(staff.items())]
    taken: set[str] = set()
    return [replace(book, name=free_name(book.name, taken)) for book in books]


def issue_attendance_books(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    folder: Path,
    made_on: date,
    departments: Sequence[str] | None = None,
    actor: str | None = None,
) -> BooksIssued:
    """Write the workbooks into a folder and record that they left the office.

    Raises:
        StorageError: the folder cannot be written to; then it is as before, and nothing is recorded.
    """
    files = make_attendance_books(
        database,
        programme_id=programme_id,
        year=year,
        month=month,
        made_on=made_on,
        departments=departments,
    )
    people = sum(len(file.book.people) for file in files)
    with FileSet(folder) as written:
        for file in files:
            written.add(file.name, file.data())
        change = export_list(
            database, written, file_format="xlsx", count=people, name="attendance", actor=actor
        )
    return BooksIssued(change, tuple(file.name for file in files), people)


class _Maker:
    """Makes the workbooks of one month."""

    def __init__(self, session: Session, programme_id: int, year: int, month: int, made_on: date) -> None:
        self._programme = programme_of(session, programme_id)
        self._year, self._month = year, month
        self._made_on = made_on
        self._words = book_wording()

    def made(self, department: str, people: Sequence[AttendanceMonth]) -> BookFile:
        sheets = tuple(self._person(at, month) for at, month in enumerate(people, 1))
        book = AttendanceBook(
            words=self._book_words(department),
            people=sheets,
            about=(
                ("programme", str(self._programme.id), self._programme.title),
                ("month", f"{self._year}-{self._month:02d}"),
                ("department", department),
                ("made", self._made_on.isoformat()),
            ),
        )
        parts = (self._words.text("file_name"), f"{self._year}-{self._month:02d}", department)
        return BookFile(department, file_name(parts, ".xlsx"), book)

    def _person(self, at: int, month: AttendanceMonth) -> BookPerson:
        member = month.member
        key = person_key(self._programme.id, month)
        return BookPerson(
            sheet=f"{at} {sheet_name(member.name, most=_SHEET_NAME)}".strip(),
            key=key,
            number=member.number,
            name=member.name,
            heading=person_heading(member),
            rows=(*(row for day in month.days for row in self._rows(key, day)), *self._spare(key)),
        )

    def _rows(self, key: str, day: SheetDay) -> Iterator[BookRow]:
        pairs = list(zip_longest(day.planned, day.worked)) or [(None, None)]
        for part, (plan, work) in enumerate(pairs):
            row = BookRow(
                key=row_key(key, day.day.isoformat(), part),
                day=str(day.day.day),
                weekday=weekday_kanji(day.day),
                planned=_span(plan) or (self._why_closed(day) if part == 0 else ""),
                is_closed=day.closed is not None or not day.in_term,
            )
            yield row if work is None else _with_work(row, work)

    def _spare(self, key: str) -> Iterator[BookRow]:
        for part in range(SPARE_ROWS):
            yield BookRow(row_key(key, "extra", part), "", "", self._words.text("extra"), is_closed=False)

    def _why_closed(self, day: SheetDay) -> str:
        if not day.in_term:
            return self._words.text("outside")
        if day.closed is None:
            return ""
        if day.closed is ClosedReason.YEAR_END:
            return self._words.text("year_end")
        return day.holiday or self._words.text("closed")

    def _book_words(self, department: str) -> BookWords:
        words = self._words
        month = f"{era_date(date(self._year, self._month, 1)).removesuffix('1日')}"
        said = ("first_sheet", "title", "confirmation", "statement", "signed_on", "signed_by", "total",
                "remote", "input_time", "input_break")  # fmt: skip
        return BookWords(
            month=words.said("month", 月=month, 受入部署=department),
            instructions=words.text("instructions").strip(),
            columns=words.words("columns"),
            **{name: words.text(name) for name in said},
        )


def person_heading(member: Member) -> str:
    """Return what stands above the days of a person's sheet."""
    return book_wording().said("person", 氏名=member.name, 番号=member.number)


def _span(shift: ShiftTime | None) -> str:
    return f"{clock_short(shift.start)}～{clock_short(shift.end)}" if shift else ""


def _with_work(row: BookRow, stretch: Stretch) -> BookRow:
    return replace(
        row,
        start=stretch.time.start,
        end=stretch.time.end,
        break_minutes=stretch.time.break_minutes,
        is_remote=stretch.is_remote,
        reason=stretch.reason,
    )
