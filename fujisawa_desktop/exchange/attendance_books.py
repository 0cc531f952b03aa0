"""Attendance sheets for host departments: one protected workbook out, the same one in.

The first sheet is what the department signs, then each person has one.  A hidden sheet says whose
sheets these are and which rows they had; a hidden first column holds the key of each row, a hidden
row above the headings says what each column is.  Protection has no password: it keeps accidents
away, and whatever was changed all the same is noticed when the workbook comes back.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any, Final

from fujisawa_desktop.exchange.score_sheets import CODES, KEY_SHEET, column_letters
from fujisawa_desktop.exchange.tables_out import EXCEL_CELL

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FORMAT: Final = "fujisawa-attendance-book/1"
COLUMNS: Final = ("day", "weekday", "planned", "start", "end", "break", "remote", "reason", "hours")
TYPED: Final = frozenset({"start", "end", "break", "remote", "reason"})
"""Columns that the department fills in."""
SIGNED_ON: Final = "signed-on"
SIGNED_BY: Final = "signed-by"
_WIDTHS: Final = {"day": 6, "weekday": 5, "planned": 15, "start": 9, "end": 9, "break": 11, "remote": 7,
                  "reason": 36, "hours": 11}  # fmt: skip
_DAY_MINUTES: Final = 1440
_LAST_MINUTE: Final = 1439 / _DAY_MINUTES
_LONGEST_BREAK: Final = 600
_HEAD: Final = 5
"""Rows above the first day: title, person, instructions, codes, headings."""


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row of a person's sheet; without a day it is for one more stretch of work."""

    key: str
    day: str
    weekday: str
    planned: str
    is_closed: bool
    start: time | None = None
    end: time | None = None
    break_minutes: int | None = None
    is_remote: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BookPerson:
    """One person's sheet."""

    sheet: str
    key: str
    """What the sheet is known by: the appointment, and a digest of what was on record."""
    number: str
    name: str
    heading: str
    rows: tuple[BookRow, ...]


@dataclass(frozen=True, slots=True)
class BookWords:
    """All words of a workbook, finished."""

    first_sheet: str
    title: str
    confirmation: str
    month: str
    instructions: str
    statement: str
    signed_on: str
    signed_by: str
    total: str
    remote: str
    input_time: str
    input_break: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AttendanceBook:
    """The sheets of one department and month; ``about`` are lines of the hidden sheet."""

    words: BookWords
    people: tuple[BookPerson, ...]
    about: tuple[tuple[str, ...], ...]


def attendance_book_bytes(book: AttendanceBook) -> bytes:
    """Return the workbook."""
    # A large writer that only these sheets and lists need.
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        _Writer(workbook, book).write()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of a workbook."""

    def __init__(self, workbook: Workbook, book: AttendanceBook) -> None:
        self._workbook = workbook
        self._book = book
        base = {"font_name": "BIZ UDPゴシック", "font_size": 10, "valign": "vcenter"}
        grid = {**base, "border": 1, "border_color": "#8A8A8E"}
        box = {**grid, "locked": False, "bg_color": "#FFF8DC"}
        closed = {**grid, "bg_color": "#E6E6E9"}
        span = {"num_format": "[h]:mm", "align": "right"}
        self._styles = {
            "title": workbook.add_format({**base, "bold": True, "font_size": 15}),
            "line": workbook.add_format({**base, "bold": True, "font_size": 11}),
            "wrapped": workbook.add_format({**base, "text_wrap": True, "valign": "top"}),
            "heading": workbook.add_format({**grid, "bold": True, "bg_color": "#F0F1F3", "align": "center"}),
            "key": workbook.add_format({"num_format": "@", "font_size": 8}),
            "text": workbook.add_format({**grid, "num_format": "@"}),
            "closed": workbook.add_format({**closed, "num_format": "@"}),
            "hours": workbook.add_format({**grid, **span}),
            "hours-closed": workbook.add_format({**closed, **span}),
            "whole": workbook.add_format({**grid, "num_format": "0", "align": "right"}),
            "clock": workbook.add_format({**box, "num_format": "h:mm", "align": "right"}),
            "break": workbook.add_format({**box, "num_format": "0", "align": "right"}),
            "mark": workbook.add_format({**box, "num_format": "@", "align": "center"}),
            "typed": workbook.add_format({**box, "num_format": "@"}),
            "date": workbook.add_format({**box, "num_format": "yyyy/mm/dd", "align": "left"}),
        }

    def write(self) -> None:
        first = self._workbook.add_worksheet(self._book.words.first_sheet)
        for person in self._book.people:
            self._person(person)
        self._first(first)
        self._about()

    # --- one person

    def _person(self, person: BookPerson) -> None:
        page, words = self._workbook.add_worksheet(person.sheet), self._book.words
        page.write_string(0, 1, words.title, self._styles["title"])
        page.write_string(1, 1, person.heading, self._styles["line"])
        page.merge_range(2, 1, 2, len(COLUMNS), "", self._styles["wrapped"])
        page.write_string(2, 1, words.instructions, self._styles["wrapped"])
        page.set_row(2, 32)
        page.set_row(3, None, None, {"hidden": True})
        page.write_string(3, 0, CODES, self._styles["key"])
        for at, code in enumerate(COLUMNS, 1):
            page.write_string(3, at, code, self._styles["key"])
            page.write_string(4, at, words.columns[code], self._styles["heading"])
        for at, row in enumerate(person.rows, _HEAD):
            self._row(page, at, row)
        last = _HEAD + len(person.rows)
        page.write_string(last, _column("planned"), words.total, self._styles["heading"])
        place = column_letters(_column("hours"))
        minutes = sum(_minutes(row) for row in person.rows)
        page.write_formula(
            last, _column("hours"), f"=SUM({place}{_HEAD + 1}:{place}{last})", self._styles["hours"],
            minutes / _DAY_MINUTES,
        )  # fmt: skip
        self._rules(page, last - 1)
        self._dress(page, last)

    def _row(self, page: Worksheet, at: int, row: BookRow) -> None:
        closed = "closed" if row.is_closed else "text"
        page.write_string(at, 0, row.key, self._styles["key"])
        day = closed if row.day else "typed"
        page.write_string(at, _column("day"), row.day, self._styles[day])
        page.write_string(at, _column("weekday"), row.weekday, self._styles[closed])
        page.write_string(at, _column("planned"), row.planned, self._styles[closed])
        for code, moment in (("start", row.start), ("end", row.end)):
            if moment is None:
                page.write_blank(at, _column(code), None, self._styles["clock"])
            else:
                page.write_datetime(at, _column(code), moment, self._styles["clock"])
        if row.break_minutes is None:
            page.write_blank(at, _column("break"), None, self._styles["break"])
        else:
            page.write_number(at, _column("break"), row.break_minutes, self._styles["break"])
        mark = self._book.words.remote if row.is_remote else ""
        page.write_string(at, _column("remote"), mark, self._styles["mark"])
        page.write_string(at, _column("reason"), row.reason[:EXCEL_CELL], self._styles["typed"])
        start, end, pause = (f"{column_letters(_column(code))}{at + 1}" for code in ("start", "end", "break"))
        formula = f"=IF(AND(ISNUMBER({start}),ISNUMBER({end})),{end}-{start}-N({pause})/{_DAY_MINUTES},0)"
        style = self._styles["hours-closed" if row.is_closed else "hours"]
        page.write_formula(at, _column("hours"), formula, style, _minutes(row) / _DAY_MINUTES)

    def _rules(self, page: Worksheet, last: int) -> None:
        words = self._book.words
        clock: dict[str, Any] = {
            "validate": "time", "criteria": "between", "minimum": 0, "maximum": _LAST_MINUTE,
            "error_message": words.input_time,
        }  # fmt: skip
        pause: dict[str, Any] = {
            "validate": "integer", "criteria": "between", "minimum": 0, "maximum": _LONGEST_BREAK,
            "error_message": words.input_break,
        }  # fmt: skip
        for code in ("start", "end"):
            page.data_validation(_HEAD, _column(code), last, _column(code), clock)
        page.data_validation(_HEAD, _column("break"), last, _column("break"), pause)
        marks = {"validate": "list", "source": [words.remote]}
        page.data_validation(_HEAD, _column("remote"), last, _column("remote"), marks)

    def _dress(self, page: Worksheet, last: int) -> None:
        page.set_column(0, 0, 10, None, {"hidden": True})
        for code in COLUMNS:
            page.set_column(_column(code), _column(code), _WIDTHS[code])
        page.freeze_panes(_HEAD, _column("start"))
        page.set_selection(_HEAD, _column("start"), _HEAD, _column("start"))
        _for_paper(page)
        page.print_area(0, 1, last, len(COLUMNS))

    # --- what is signed

    def _first(self, page: Worksheet) -> None:
        words, people = self._book.words, self._book.people
        page.write_string(0, 0, words.confirmation, self._styles["title"])
        page.write_string(1, 0, words.month, self._styles["line"])
        for at, code in enumerate(("number", "name", "days", "hours")):
            page.write_string(3, at, words.columns[code], self._styles["heading"])
        for at, person in enumerate(people, 4):
            self._first_row(page, at, person)
        last = 4 + len(people)
        page.write_string(last, 0, words.total, self._styles["heading"])
        page.write_string(last, 1, "", self._styles["heading"])
        days = sum(len({row.day for row in one.rows if _minutes(row)}) for one in people)
        page.write_formula(last, 2, f"=SUM(C5:C{last})", self._styles["whole"], days)
        minutes = sum(_minutes(row) for one in people for row in one.rows)
        page.write_formula(last, 3, f"=SUM(D5:D{last})", self._styles["hours"], minutes / _DAY_MINUTES)
        page.write_string(last + 2, 0, words.statement, self._styles["line"])
        for at, (label, style) in enumerate(
            ((words.signed_on, "date"), (words.signed_by, "typed")), last + 4
        ):
            page.write_string(at, 0, label, self._styles["heading"])
            page.merge_range(at, 1, at, 3, "", self._styles[style])
        for column, width in enumerate((18, 26, 10, 14)):
            page.set_column(column, column, width)
        _for_paper(page)

    def _first_row(self, page: Worksheet, at: int, person: BookPerson) -> None:
        page.write_string(at, 0, person.number, self._styles["text"])
        page.write_string(at, 1, person.name, self._styles["text"])
        name = person.sheet.replace("'", "''")
        first, last = _HEAD + 1, _HEAD + len(person.rows)
        place, day = column_letters(_column("hours")), column_letters(_column("day"))
        days = len({row.day for row in person.rows if _minutes(row)})
        # Days with work: each is counted once, however many rows it has.
        area = f"'{name}'!{day}{first}:{day}{last}"
        worked = f"'{name}'!{place}{first}:{place}{last}"
        counted = f'=SUMPRODUCT(({worked}>0)/(COUNTIFS({area},{area}&"",{worked},">0")+({worked}<=0)))'
        page.write_formula(at, 2, counted, self._styles["whole"], days)
        minutes = sum(_minutes(row) for row in person.rows)
        page.write_formula(
            at, 3, f"='{name}'!{place}{last + 1}", self._styles["hours"], minutes / _DAY_MINUTES
        )

    def _about(self) -> None:
        page = self._workbook.add_worksheet(KEY_SHEET)
        lines: list[Sequence[str]] = [("format", FORMAT), *self._book.about]
        place = 4 + len(self._book.people) + 4
        lines += [(SIGNED_ON, str(place), "1"), (SIGNED_BY, str(place + 1), "1")]
        for person in self._book.people:
            lines.append(("person", person.sheet, person.key, person.number, person.name))
            lines.extend(("row", person.sheet, row.key) for row in person.rows)
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                page.write_string(at, column, text, self._styles["key"])
        page.protect()
        page.very_hidden()


def _column(code: str) -> int:
    return COLUMNS.index(code) + 1


def _minutes(row: BookRow) -> int:
    if row.start is None or row.end is None:
        return 0
    span = (row.end.hour - row.start.hour) * 60 + row.end.minute - row.start.minute
    return span - (row.break_minutes or 0)


def _for_paper(page: Worksheet) -> None:
    """Make a sheet fit one page of A4, and keep its locked cells."""
    page.set_paper(9)
    page.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.5)
    page.fit_to_pages(1, 1)
    page.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
