"""Rows of files with fixed headings: decisions, availability and interviewers here, hours beside.

Columns may stand in any order and further columns are ignored; the portal's number may bear the
heading of its portal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final, Generic, TypeVar

from fujisawa_desktop.errors import InputFileError, ValidationError
from fujisawa_desktop.exchange.columns import Field, heading_key
from fujisawa_desktop.exchange.interviewer_facts import (
    FACT_COLUMNS,
    LIMIT,
    ROLE,
    SUPPORT,
    URL,
    FactsSaid,
    read_limit,
    read_support,
    read_url,
)
from fujisawa_desktop.exchange.profiles import common_headings
from fujisawa_desktop.exchange.row_values import Rejection, RowRefused, clean, portal_number, shown_params
from fujisawa_desktop.exchange.table import Row, Table
from fujisawa_desktop.rules.calendar import parse_date, parse_time
from fujisawa_desktop.rules.names import tidy_name
from fujisawa_desktop.rules.selection import Result, Stage

NUMBER: Final = "申込番号"
_STAGE: Final = "選考"
_RESULT: Final = "結果"
_COURSE: Final = "コース"
_INTERVIEWER: Final = "面接官"
_DAY: Final = "日付"
START: Final = "開始"
END: Final = "終了"
OTHER_NAMES: Final[Mapping[str, Sequence[str]]] = {"区分": ("予定・実績", "予定実績", "予実", "種別")}
"""What else a column may be called."""

_STAGES: Final = {
    Stage.FIRST: {"1次", "一次", "1次選考", "一次選考", "1次選考(書類)", "書類", "書類選考", "first"},
    Stage.FINAL: {"最終", "最終選考", "2次", "二次", "2次選考", "二次選考", "面接", "final"},
}
_RESULTS: Final = {
    Result.PASS: {"合格", "合", "通過", "○", "〇", "pass"},
    Result.FAIL: {"不合格", "否", "不通過", "×", "fail"},
}
_RESERVE: Final = re.compile(r"(?:補欠|reserve)(?:\(?第?(\d{1,3})位?\)?)?")

_Record = TypeVar("_Record")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One decision; without course texts it counts for every course of the entry."""

    line: int
    number: str
    stage: Stage
    result: Result
    reserve_rank: int | None
    course_text: str


@dataclass(frozen=True, slots=True)
class AvailabilityRecord:
    """A time in which a person can be interviewed."""

    line: int
    number: str
    day: date
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class InterviewerRecord:
    """A time in which an interviewer can see people; an empty course text means any course."""

    line: int
    name: str
    course_text: str
    day: date
    start: time
    end: time
    facts: FactsSaid = field(default_factory=FactsSaid)


@dataclass(frozen=True, slots=True)
class RowsRead(Generic[_Record]):
    """What a table gave; every row is a record or a rejection."""

    records: tuple[_Record, ...]
    rejections: tuple[Rejection, ...]


def read_decisions(table: Table) -> RowsRead[DecisionRecord]:
    """Read 申込番号, 選考, 結果 and, where given, コース; 補欠1 is the first reserve.

    Raises:
        InputFileError: a column is missing.
    """

    def record(cells: Cells) -> DecisionRecord:
        result, rank = cells.typed(_RESULT, read_result)
        return DecisionRecord(
            line=cells.line,
            number=cells.typed(NUMBER, portal_number),
            stage=cells.typed(_STAGE, _stage),
            result=result,
            reserve_rank=rank,
            course_text=cells.text(_COURSE),
        )

    return read_rows(table, (NUMBER, _STAGE, _RESULT), (_COURSE,), record)


def read_availability(table: Table) -> RowsRead[AvailabilityRecord]:
    """Read 申込番号, 日付, 開始, 終了.

    Raises:
        InputFileError: a column is missing.
    """

    def record(cells: Cells) -> AvailabilityRecord:
        start, end = cells.span()
        return AvailabilityRecord(
            line=cells.line,
            number=cells.typed(NUMBER, portal_number),
            day=cells.typed(_DAY, parse_date),
            start=start,
            end=end,
        )

    return read_rows(table, (NUMBER, _DAY, START, END), (), record)


def read_interviewers(table: Table) -> RowsRead[InterviewerRecord]:
    """Read 面接官, コース (empty: any), 日付, 開始, 終了; where given 役割, 1日の上限, 配慮対応, 会議URL.

    Raises:
        InputFileError: a column is missing.
    """

    def record(cells: Cells) -> InterviewerRecord:
        start, end = cells.span()
        return InterviewerRecord(
            line=cells.line,
            name=cells.typed(_INTERVIEWER, tidy_name),
            course_text=cells.text(_COURSE),
            day=cells.typed(_DAY, parse_date),
            start=start,
            end=end,
            facts=FactsSaid(
                cells.if_any(ROLE, tidy_name),
                cells.if_any(LIMIT, read_limit),
                cells.if_any(SUPPORT, read_support),
                cells.if_any(URL, read_url),
            ),
        )

    return read_rows(table, (_INTERVIEWER, _DAY, START, END), (_COURSE, *FACT_COLUMNS), record)


class Cells:
    """The cells of one row by heading; a reading that fails names line and column."""

    def __init__(self, row: Row, columns: Mapping[str, int], headings: Sequence[str]) -> None:
        self.line = row.line
        self._row = row
        self._columns = columns
        self._headings = headings

    def has(self, heading: str) -> bool:
        """Say whether the table has this column."""
        return heading in self._columns

    def text(self, heading: str) -> str:
        """Return a cell without outer space; empty when there is no such column."""
        column = self._columns.get(heading)
        return "" if column is None else clean(self._row.cells[column])

    def typed(self, heading: str, parse: Callable[[str], _Value]) -> _Value:
        """Return what a cell that must not be empty means; else the row is refused."""
        text = self.text(heading)
        shown = self._headings[self._columns[heading]]
        if not text:
            raise RowRefused(Rejection(self.line, shown, "cell.missing", {"column": shown}))
        try:
            return parse(text)
        except ValidationError as error:
            raise RowRefused(Rejection(self.line, shown, error.code, shown_params(error))) from error

    def if_any(self, heading: str, parse: Callable[[str], _Value]) -> _Value | None:
        """Return what a cell means, or None when it is empty or there is no such column."""
        return self.typed(heading, parse) if self.text(heading) else None

    def span(self) -> tuple[time, time]:
        """Return start and end; the row is refused unless they follow each other."""
        start, end = self.typed(START, parse_time), self.typed(END, parse_time)
        if end <= start:
            shown = self._headings[self._columns[END]]
            raise RowRefused(
                Rejection(self.line, shown, "span.end-before-start", {"start": start, "end": end})
            )
        return start, end


def read_rows(
    table: Table,
    required: Sequence[str],
    optional: Sequence[str],
    record: Callable[[Cells], _Record],
) -> RowsRead[_Record]:
    """Read every row of a table; one that cannot be read is a rejection and the others go on.

    Raises:
        InputFileError: a required column is missing.
    """
    columns = _columns(table, required, optional)
    records: list[_Record] = []
    rejections: list[Rejection] = []
    for row in table.rows:
        try:
            if len(row.cells) > len(table.headings):
                raise RowRefused(Rejection(row.line, "", "row.too-many-cells"))
            records.append(record(Cells(row, columns, table.headings)))
        except RowRefused as refused:
            rejections.append(refused.rejection)
    return RowsRead(tuple(records), tuple(rejections))


def _columns(table: Table, required: Sequence[str], optional: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, heading in enumerate(table.headings):
        places.setdefault(heading_key(heading), index)
    found: dict[str, int] = {}
    for heading in (*required, *optional):
        names = (heading, *_other_names(heading))
        place = next((places[heading_key(name)] for name in names if heading_key(name) in places), None)
        if place is not None:
            found[heading] = place
    missing = [heading for heading in required if heading not in found]
    if missing:
        raise InputFileError(
            "import.column-missing", columns="、".join(missing), found="、".join(table.headings[:20])
        )
    return found


def _other_names(heading: str) -> Sequence[str]:
    return common_headings().columns[Field.NUMBER] if heading == NUMBER else OTHER_NAMES.get(heading, ())


def folded(text: str) -> str:
    """Return a cell as its words are compared: half-width, without space, in small letters."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def _stage(text: str) -> Stage:
    for stage, names in _STAGES.items():
        if folded(text) in names:
            return stage
    raise ValidationError("decision.stage-unknown", field="stage", text=text)


def read_result(text: str) -> tuple[Result, int | None]:
    """Return the result a cell names, and the rank of a reserve (補欠1).

    Raises:
        ValidationError: ``decision.result-unknown``.
    """
    plain = folded(text)
    for result, names in _RESULTS.items():
        if plain in names:
            return result, None
    reserve = _RESERVE.fullmatch(plain)
    if reserve is None or reserve[1] == "0":
        raise ValidationError("decision.result-unknown", field="result", text=text)
    return Result.RESERVE, int(reserve[1]) if reserve[1] else None
