"""A negative number shown as a time is no clock time, and is told of."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from fujisawa_desktop.exchange.hours_rows import read_hours
from fujisawa_desktop.exchange.negative_cells import with_negative_texts
from fujisawa_desktop.exchange.sheet_tables import read_sheets
from fujisawa_desktop.exchange.simple_rows import read_availability
from fujisawa_desktop.exchange.tabular import parse_table

Cell = str | float | tuple[float, str]


def workbook(*rows: list[Cell]) -> bytes:
    """Return a workbook; a pair is a number and the form in which it is shown."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("一覧")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(at, column, cell)
                elif isinstance(cell, tuple):
                    page.write_number(at, column, cell[0], book.add_format({"num_format": cell[1]}))
                else:
                    page.write_number(at, column, cell)
    return stream.getvalue()


HOURS: list[Cell] = ["申込番号", "勤務日", "開始", "終了", "休憩分"]


@pytest.mark.parametrize("form", ["h:mm", "[h]:mm", "yyyy/mm/dd h:mm", "h時mm分"])
@pytest.mark.parametrize("value", [-0.375, -0.0001, -1.5])
def test_a_negative_time_is_refused_in_every_form(form: str, value: float) -> None:
    data = workbook(HOURS, ["1", "2024-12-02", (value, form), (0.5, "h:mm"), 0])
    (refused,) = read_hours(parse_table(data, name="x.xlsx")).rejections
    assert (refused.line, refused.column, refused.code) == (2, "開始", "shift.time-negative")


def test_other_readers_refuse_it_too() -> None:
    data = workbook(
        ["申込番号", "日付", "開始", "終了"], ["1", "2024-12-02", (-0.375, "h:mm"), (0.75, "h:mm")]
    )
    read = read_availability(parse_table(data, name="x.xlsx"))
    assert (len(read.records), len(read.rejections)) == (0, 1)


def test_times_and_plain_numbers_are_as_they_were() -> None:
    row: list[Cell] = [(0.375, "h:mm"), -5, -1.25, 7, (45_628, "yyyy/mm/dd"), "-3"]
    cells = parse_table(workbook(["a", "b", "c", "d", "e", "f"], row), name="x").rows[0].cells
    assert cells == ("09:00", "-5", "-1.25", "7", "2024-12-02", "-3")
    headings: list[Cell] = ["a", "b", "c", "d", "e", "f"]
    assert read_sheets(workbook(headings, row), name="x")["一覧"][1] == list(cells)


def test_a_formula_that_gives_less_than_nothing() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "開始")
        page.write_formula(1, 0, "=B1-C1", book.add_format({"num_format": "h:mm"}), -0.25)
    assert parse_table(stream.getvalue(), name="x").rows[0].cells == ("-0.25",)


def test_a_file_without_negative_numbers_stays_the_same_bytes() -> None:
    data = workbook(["a"], ["-1"], [5])
    assert with_negative_texts(data) is data
