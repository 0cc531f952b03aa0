from __future__ import annotations

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.tables_out import EXCEL_CELL, Sheet, csv_bytes, xlsx_bytes
from fujisawa_desktop.exchange.tabular import parse_table

HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+81-90-0000-0000",
    "-1",
    "-",
    "@",
    "\t=1",
    "\r=1",
    "'=1",
    "''",
    "＝1",
    "http://example.com",
    "<img src=x>",
    "\u202eabc",
    "a\x0bb",
    "a\r\nb",
    "a\nb",
    '"',
    '""a"',
    ",",
    "𠮷野家🍣 葛󠄀城",
    "x" * 10_000,
    "_x000B_",
    "1e5",
    "00123",
    "TRUE",
    " lead",
)
CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
) | st.sampled_from(HOSTILE)


def sheet(rows: list[list[str]]) -> Sheet:
    width = len(rows[0])
    return Sheet("一覧", tuple(f"列{n}" for n in range(width)), rows)


def test_csv_is_what_excel_opens() -> None:
    moment = datetime(2024, 10, 1, 9, 5)
    data = csv_bytes(
        Sheet("t", ("番号", "x"), [["001", -5], [None, 1.5], [date(2024, 10, 1), moment], ["a", time(9)]])
    )
    assert data.decode("utf-8-sig").split("\r\n") == [
        '"番号","x"',
        '"001","-5"',
        '"","1.5"',
        '"2024-10-01","2024-10-01 09:05"',
        '"a","09:00"',
        "",
    ]
    assert data.startswith(b"\xef\xbb\xbf")


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_csv_comes_back_as_it_was(rows: list[list[str]]) -> None:
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    if not kept:
        return
    table = parse_table(csv_bytes(sheet(rows)), name="x")
    assert [list(row.cells) for row in table.rows] == kept


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_csv_text_begins_like_a_formula(text: str) -> None:
    cell = csv_bytes(Sheet("t", ("h",), [[text]])).decode("utf-8-sig").split("\r\n", 1)[1]
    assert cell[1:2] not in set("=+-@\t\r＝＋－＠")


def test_xlsx_holds_texts_as_texts() -> None:
    rows = [[text, index] for index, text in enumerate(HOSTILE)]
    data = xlsx_bytes(Sheet("応募者", ("文", "数"), rows))
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    for index, text in enumerate(HOSTILE, start=2):
        cell = page.cell(index, 1)
        assert (cell.data_type, cell.hyperlink, cell.number_format) == ("s", None, "@"), text
    assert {page.cell(row, 2).data_type for row in range(2, len(HOSTILE) + 2)} == {"n"}
    again = parse_table(data, name="x")
    assert [row.cells[0] for row in again.rows] == list(HOSTILE)


def test_xlsx_dates_are_dates() -> None:
    data = xlsx_bytes(
        Sheet("t", ("a", "b", "c"), [[date(2024, 2, 29), datetime(2024, 10, 1, 9, 5), time(9)]])
    )
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    assert [page.cell(2, n).value for n in (1, 2, 3)] == [
        datetime(2024, 2, 29),
        datetime(2024, 10, 1, 9, 5),
        time(9),
    ]


def test_columns_are_wide_enough_for_japanese() -> None:
    data = xlsx_bytes(Sheet("t", ("短", "x"), [["あ" * 20, "y"], ["い", "z" * 300]]))
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    assert page.column_dimensions["A"].width >= 40
    assert 55 <= page.column_dimensions["B"].width <= 65


def test_what_excel_cannot_hold_is_refused_rather_than_cut() -> None:
    with pytest.raises(RuleError) as caught:
        xlsx_bytes(Sheet("t", ("a", "文"), [["", ""], ["", "x" * (EXCEL_CELL + 1)]]))
    assert (caught.value.code, caught.value.params["row"], caught.value.params["heading"]) == (
        "export.cell-too-long",
        3,
        "文",
    )
    assert xlsx_bytes(Sheet("t", ("a",), [["x" * EXCEL_CELL]]))


def test_any_title_makes_a_sheet_and_an_empty_list_has_headings() -> None:
    for title in ("[応募者]/2024:一覧*?" + "長" * 40, "", "'", "History"):
        data = xlsx_bytes(Sheet(title, ("a",), []))
        assert openpyxl.load_workbook(io.BytesIO(data)).active is not None


def test_a_heading_is_written_like_a_text() -> None:
    sheet = Sheet("一覧", ("氏\0名", "=1+1"), [["見本", "1"]])
    for data, name in ((csv_bytes(sheet), "a.csv"), (xlsx_bytes(sheet), "a.xlsx")):
        assert parse_table(data, name=name).headings == ("氏名", "=1+1")
    half = Sheet("一覧", ("\ud800",), [["見本"]])
    assert "\ufffd" in csv_bytes(half).decode("utf-8-sig")
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(half))).active
    assert page is not None
    assert page["A1"].value == "\ufffd"
