"""Score sheets for reviewers who are not at this PC: one protected workbook out, the same one in.

A hidden sheet says whose sheet it is and which rows it had; a hidden first column holds the key of
each row, a hidden row above the headings says what each column is.  Protection has no password: it
keeps accidents away, and whatever was changed all the same is noticed when the sheet comes back.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fujisawa_desktop.exchange.tables_out import EXCEL_CELL
from fujisawa_desktop.rules.screening import Yardstick, weighted_total

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FORMAT: Final = "fujisawa-score-sheet/1"
KEY_SHEET: Final = "_key"
CODES: Final = "_codes"
"""Stands in the first cell of the hidden row that names the columns."""
_LIST_MOST: Final = 30
_ROW_MOST: Final = 400
"""Points of height; Excel knows no higher row than 409."""
_LINE: Final = 14.5
_ANSWER_WIDTH: Final = 60
POINTS_PREFIX: Final = "points-"


@dataclass(frozen=True, slots=True)
class SheetCriterion:
    """One column of points."""

    id: int
    name: str
    most: int
    weight: int
    heading: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One row: whom it is about, what there is to read, and what was said before.

    Attributes:
        key: what the row is known by when it comes back.
        name, school: empty in a blind sheet.
        choice: what was chosen before, in a sheet with choices.
    """

    key: str
    number: str
    name: str
    school: str
    answers: tuple[tuple[str, str], ...]
    points: Mapping[int, int]
    recused: bool
    comment: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """All words of a sheet, finished; ``{most}`` in a message is the criterion's maximum."""

    sheet: str
    reading_sheet: str
    title: str
    lines: tuple[str, ...]
    instructions: str
    columns: Mapping[str, str]
    continued: str
    input_title: str
    input_points: str
    error_points: str
    input_recuse: str
    recused: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A whole score sheet.

    Attributes:
        about: lines of the hidden sheet, each a list of texts.
        choices: what can be chosen in the column ``recuse``; without any it says who does not judge.
    """

    words: SheetWords
    criteria: tuple[SheetCriterion, ...]
    entries: tuple[SheetEntry, ...]
    is_blind: bool
    about: tuple[tuple[str, ...], ...]
    choices: tuple[str, ...] = ()


def score_sheet_bytes(sheet: ScoreSheet) -> bytes:
    """Return the workbook."""
    # A large writer that only this export needs.
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        _Writer(book, sheet).write()
    return stream.getvalue()


class _Writer:
    """Writes the three sheets of a workbook."""

    def __init__(self, book: Workbook, sheet: ScoreSheet) -> None:
        self._book = book
        self._sheet = sheet
        base = {"font_name": "BIZ UDPゴシック", "font_size": 10, "valign": "top"}
        grid = {**base, "border": 1, "border_color": "#8A8A8E", "text_wrap": True}
        box = {**grid, "locked": False, "bg_color": "#FFF8DC", "valign": "vcenter"}
        self._styles = {
            "title": book.add_format({**base, "bold": True, "font_size": 15}),
            "line": book.add_format(base),
            "wrapped": book.add_format({**base, "text_wrap": True}),
            "heading": book.add_format(
                {**grid, "bold": True, "bg_color": "#F0F1F3", "align": "center", "valign": "vcenter"}
            ),
            "text": book.add_format({**grid, "num_format": "@"}),
            "key": book.add_format({"num_format": "@", "font_size": 8}),
            "points": book.add_format({**box, "align": "center", "num_format": "0", "font_size": 12}),
            "total": book.add_format({**grid, "align": "center", "valign": "vcenter", "num_format": "0.00"}),
            "recuse": book.add_format({**box, "align": "center", "num_format": "@"}),
            "comment": book.add_format({**box, "num_format": "@", "valign": "top"}),
        }
        named = [] if sheet.is_blind else ["name", "school"]
        self._codes = [
            "key", "no", "number", *named, "answers",
            *(f"{POINTS_PREFIX}{one.id}" for one in sheet.criteria),
            "total", "recuse", "comment",
        ]  # fmt: skip
        self._first = len(sheet.words.lines) + 4

    def write(self) -> None:
        page = self._book.add_worksheet(self._sheet.words.sheet)
        self._head(page)
        for at, entry in enumerate(self._sheet.entries):
            self._entry(page, self._first + at, at + 1, entry)
        self._dress(page)
        self._reading()
        self._about()

    def _column(self, code: str) -> int:
        return self._codes.index(code)

    def _head(self, page: Worksheet) -> None:
        words, last = self._sheet.words, len(self._codes) - 1
        page.write_string(0, 1, words.title, self._styles["title"])
        for at, text in enumerate(words.lines, 1):
            page.write_string(at, 1, text, self._styles["line"])
        above = self._first - 3
        page.merge_range(above, 1, above, last, "", self._styles["wrapped"])
        page.write_string(above, 1, words.instructions, self._styles["wrapped"])
        page.set_row(above, _LINE * (words.instructions.count("\n") + 1) + 4)
        page.set_row(self._first - 2, None, None, {"hidden": True})
        points = {f"{POINTS_PREFIX}{one.id}": one.heading for one in self._sheet.criteria}
        for at, code in enumerate(self._codes):
            page.write_string(self._first - 2, at, CODES if code == "key" else code, self._styles["key"])
            heading = points.get(code) or words.columns.get(code, "")
            page.write_string(self._first - 1, at, heading, self._styles["heading"])
        page.set_row(self._first - 1, 62)

    def _entry(self, page: Worksheet, at: int, number: int, entry: SheetEntry) -> None:
        answers = _joined(entry.answers, self._sheet.words.continued)
        texts = {
            "key": entry.key, "number": entry.number, "name": entry.name, "school": entry.school,
            "answers": answers,
        }  # fmt: skip
        for code, text in texts.items():
            if code in self._codes:
                page.write_string(
                    at, self._column(code), text, self._styles["key" if code == "key" else "text"]
                )
        page.write_number(at, self._column("no"), number, self._styles["text"])
        for one in self._sheet.criteria:
            self._points(page, at, one, entry.points.get(one.id))
        self._total(page, at, entry)
        recused = self._sheet.words.recused if entry.recused else ""
        page.write_string(at, self._column("recuse"), entry.choice or recused, self._styles["recuse"])
        page.write_string(at, self._column("comment"), entry.comment[:EXCEL_CELL], self._styles["comment"])
        page.set_row(at, min(max(_lines(answers) * _LINE + 6, 44), _ROW_MOST))

    def _points(self, page: Worksheet, at: int, one: SheetCriterion, given: int | None) -> None:
        column = self._column(f"{POINTS_PREFIX}{one.id}")
        if given is None:
            page.write_blank(at, column, None, self._styles["points"])
        else:
            page.write_number(at, column, given, self._styles["points"])

    def _rule_of(self, one: SheetCriterion) -> dict[str, Any]:
        """Return what Excel lets in: a list to choose from where it is short enough to look through."""
        words = self._sheet.words
        rule: dict[str, Any] = {
            "input_title": words.input_title,
            "input_message": words.input_points.format(most=one.most),
            "error_title": words.input_title,
            "error_message": words.error_points.format(most=one.most),
        }
        if one.most <= _LIST_MOST:
            return rule | {"validate": "list", "source": list(range(one.most + 1))}
        return rule | {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": one.most}

    def _total(self, page: Worksheet, at: int, entry: SheetEntry) -> None:
        criteria = self._sheet.criteria
        cells = [_cell(at, self._column(f"{POINTS_PREFIX}{one.id}")) for one in criteria]
        highest = sum(one.most * one.weight for one in criteria)
        whole = "+".join(f"{cell}*{one.weight}" for cell, one in zip(cells, criteria, strict=True))
        formula = f'=IF(COUNT({",".join(cells)})={len(cells)},ROUND(({whole})/{highest}*100,2),"")'
        value: float | str = ""
        if all(one.id in entry.points for one in criteria):
            yardsticks = [Yardstick(one.id, one.most, one.weight) for one in criteria]
            value = weighted_total(entry.points, yardsticks) / 100
        page.write_formula(at, self._column("total"), formula, self._styles["total"], value)

    def _dress(self, page: Worksheet) -> None:
        widths = {"no": 5, "number": 14, "name": 13, "school": 15, "answers": _ANSWER_WIDTH, "total": 9,
                  "recuse": 7, "comment": 24}  # fmt: skip
        for at, code in enumerate(self._codes):
            page.set_column(at, at, widths.get(code, 10), None, {"hidden": code == "key"})
        words, column = self._sheet.words, self._column("recuse")
        last = self._first + max(len(self._sheet.entries), 1) - 1
        page.data_validation(
            self._first, column, last, column,
            {"validate": "list", "source": list(self._sheet.choices) or [words.recused],
             "input_title": words.input_title, "input_message": words.input_recuse},
        )  # fmt: skip
        for one in self._sheet.criteria:
            place = self._column(f"{POINTS_PREFIX}{one.id}")
            page.data_validation(self._first, place, last, place, self._rule_of(one))
        page.freeze_panes(self._first, self._column("answers"))
        page.set_selection(self._first, self._column("answers") + 1, self._first, self._column("answers") + 1)
        _for_paper(page, self._first - 1)
        page.print_area(0, 1, last, len(self._codes) - 1)

    def _reading(self) -> None:
        page = self._book.add_worksheet(self._sheet.words.reading_sheet)
        columns = self._sheet.words.columns
        for at, code in enumerate(("number", "heading", "text")):
            page.write_string(0, at, columns[code], self._styles["heading"])
        line = 1
        for entry in self._sheet.entries:
            for heading, text in entry.answers:
                for piece in _pieces(text):
                    for at, cell in enumerate((entry.number, heading[:EXCEL_CELL], piece)):
                        page.write_string(line, at, cell, self._styles["text"])
                    page.set_row(line, min(max(_lines(piece) * _LINE + 6, 20), _ROW_MOST))
                    line += 1
        page.set_column(0, 0, 16)
        page.set_column(1, 1, 24)
        page.set_column(2, 2, _ANSWER_WIDTH + 12)
        page.freeze_panes(1, 0)
        _for_paper(page, 0)

    def _about(self) -> None:
        page = self._book.add_worksheet(KEY_SHEET)
        lines = [("format", FORMAT), *self._sheet.about]
        lines.extend(
            ("criterion", str(one.id), one.name, str(one.most), str(one.weight))
            for one in self._sheet.criteria
        )
        lines.extend(("row", entry.key, entry.number) for entry in self._sheet.entries)
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                page.write_string(at, column, text, self._styles["key"])
        page.protect()
        page.very_hidden()


def _for_paper(page: Worksheet, heading: int) -> None:
    """Make a sheet fit A4 across, with its heading on every page, and keep its locked cells."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(heading)
    page.set_footer("&C&P / &N")
    page.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})


def _joined(answers: Sequence[tuple[str, str]], continued: str) -> str:
    text = "\n".join(f"【{heading}】{answer}" for heading, answer in answers)
    most = EXCEL_CELL - len(continued)
    return text if len(text) <= EXCEL_CELL else text[:most] + continued


def _pieces(text: str) -> list[str]:
    """Return a text in pieces that a row can show whole, on the screen and on paper."""
    room = (_ANSWER_WIDTH - 2) // 2
    most = int((_ROW_MOST - 6) / _LINE)
    lines = [line[at : at + room] for line in text.split("\n") for at in range(0, max(len(line), 1), room)]
    if len(lines) <= most:
        return [text]
    ends: list[str] = []
    for line in text.split("\n"):
        starts = range(0, max(len(line), 1), room * most)
        ends.extend(line[at : at + room * most] for at in starts)
    return ends


def _lines(text: str) -> int:
    """Return how many lines a text takes in the column of answers."""
    return sum(max(math.ceil(_width(line) / (_ANSWER_WIDTH - 2)), 1) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _cell(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Return what Excel calls a column: 0 is A, 26 is AA."""
    letters, left = "", column + 1
    while left:
        left, at = divmod(left - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters
