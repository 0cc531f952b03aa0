from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Literal

import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_scene import fill, rows, score, single

from fujisawa_desktop.errors import Cancelled, RuleError
from fujisawa_desktop.exchange.legacy_text import substituted, unwritable
from fujisawa_desktop.exchange.tables_out import Sheet, cp932_bytes, csv_bytes, xlsx_bytes
from fujisawa_desktop.exchange.tabular import parse_table
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_cells import fill_down, save_cell
from fujisawa_desktop.services.applicants import ListQuery, list_ids
from fujisawa_desktop.services.exports_journal import record_list
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.list_copy import copied_rows
from fujisawa_desktop.services.list_export import (
    CELLS,
    list_export,
    list_rows,
    unwritable_people,
)
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.texts import label, term

HOSTILE = (
    "=1+1", "+81-90-0000-0001", "-", "@handle", "=cmd|' /C calc'!A0", "\t=1", "＝1+1", "＠x", "'=1", "''",
    "0090", "1234567890123456", "1E+10", "10/1", "TRUE", "#N/A", "<b>x</b>", "a\tb", 'say "so"', "改\n行",
    "\u202eabc", "𠮷野", "葛\U000e0100城", "①㈱髙﨑", "～－", "http://example.invalid/", "!", "|",
    "%TEMP%", "{=1}",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hostile_texts_stay_texts_and_come_back_equal(kind: str) -> None:
    sheet = Sheet("一覧", ("番号", "値"), [(str(at), text) for at, text in enumerate(HOSTILE)])
    data = csv_bytes(sheet) if kind == "csv" else xlsx_bytes(sheet)
    back = parse_table(data, name=f"list.{kind}")
    assert [row.cells[1].strip() for row in back.rows] == [text.strip() for text in HOSTILE]
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            page = parts.read("xl/worksheets/sheet1.xml").decode()
            assert "<f>" not in page
            assert "hyperlink" not in page
        cells = openpyxl.load_workbook(io.BytesIO(data)).active
        assert cells is not None
        assert cells.freeze_panes == "A2"
        assert cells.auto_filter.ref is not None
        assert {cell.data_type for row in cells["B2:B31"] for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_cell_of_an_export_comes_back_equal(
    database: Database, programme_id: int, kind: Literal["csv", "xlsx"]
) -> None:
    fill(database, programme_id)
    first, *others = rows(database, ListQuery(programme_id))
    for row, text in zip(others, HOSTILE, strict=False):
        save_cell(database, applicant_ids=[row.applicant_id], field="note", text=text)
    listed = rows(database, ListQuery(programme_id))
    assert listed[0] == first
    query = ListQuery(programme_id)
    data = list_export(
        database, query=query, file_format=kind, words=term, title="応募者", columns=tuple(CELLS)
    )
    table = parse_table(data, name=f"list.{kind}")
    assert table.headings == tuple(term("column", name) for name in CELLS)
    for name in ("number", "name", "kana", "school", "grade", "phone", "mail", "courses", "note"):
        place = list(CELLS).index(name)
        back = [row.cells[place].strip() for row in table.rows]
        assert back == [str(CELLS[name](row, term)).strip() for row in listed], name


def test_cp932_names_the_person_and_the_column_before_anything_is_written(
    database: Database, programme_id: int
) -> None:
    fill(database, programme_id)
    query = ListQuery(programme_id, text="新井")
    first = rows(database, query)[0]
    save_cell(database, applicant_ids=[first.applicant_id], field="name_official", text="𠮷井 葛\U000e0100子")
    [cell] = [
        one for one in unwritable_people(database, query=query, words=term) if one.number == first.number
    ]
    assert (cell.heading, cell.characters) == (term("column", "name"), ("𠮷", "葛\U000e0100"))
    with pytest.raises(RuleError):
        list_export(database, query=query, file_format="csv-cp932", words=term, title="")
    data = list_export(database, query=query, file_format="csv-cp932", words=term, title="", substitute=True)
    assert "〓井" in data.decode("cp932")
    assert "？" not in data.decode("cp932")


def test_a_sheet_that_fits_is_written_in_cp932() -> None:
    sheet = Sheet("", ("氏名",), [("髙﨑 濵①㈱～−",), ("=1",)])
    back = parse_table(cp932_bytes(sheet), name="x.csv")
    assert back.encoding == "cp932"
    assert [row.cells[0] for row in back.rows] == ["髙﨑 濵①㈱～－", "=1"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_substituted_text_can_always_be_written(text: str) -> None:
    assert not unwritable(substituted(text))
    substituted(text).encode("cp932")
    assert unwritable(text) or substituted(text) == text


def test_the_roster_holds_exactly_the_list_in_its_order(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    query = ListQuery(programme_id, text="新井", sorts=(("number", "desc"),))
    data = list_export(
        database,
        query=query,
        file_format="pdf",
        words=term,
        title="応募者",
        columns=("number", "name", "school"),
        made_at=datetime(2024, 10, 20, 9, 30),
    )
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    places = [text.index(row.number) for row in rows(database, query)]
    assert places == sorted(places)
    assert term("list", "mark") in text
    assert "2024-10-20 09:30" in text


def test_what_left_as_a_file_is_recorded_without_names_and_bars_nothing(
    database: Database, programme_id: int
) -> None:
    fill(database, programme_id)
    [first] = rows(database, ListQuery(programme_id), 1)
    save_cell(database, applicant_ids=[first.applicant_id], field="note", text="一")
    change = record_list(database, file_format="xlsx", count=400, actor="職員")
    assert change.changed
    [recorded] = recent_acts(database, limit=1)
    assert (recorded.kind, recorded.actor) == (EntryKind.EXPORTED, "職員")
    assert recorded.label.params == {"file_format": "xlsx", "count": 400}
    assert label(recorded.label.code, recorded.label.params) in {
        "List exported (400, Excel)",
        "一覧の書き出し（400件、Excel）",
    }
    assert undo(database).label.params["code"] == "applicant.cell"
    record_list(database, file_format="csv", count=1)
    assert redo(database).changed
    assert rows(database, ListQuery(programme_id), 1)[0].note == "一"
    assert check_journal(database).broken_at is None


def test_long_work_tells_how_far_it_is_and_can_be_stopped(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    query = ListQuery(programme_id)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        copied_rows(database, query=query, ranges=[(0, 399)], columns=["number"], words=term, progress=stop)
    with pytest.raises(Cancelled):
        list_rows(database, query=query, columns=["number"], progress=stop)
    ids = list_ids(database, query)
    [first] = rows(database, query, 1)
    save_cell(database, applicant_ids=[first.applicant_id], field="note", text="同じ")
    with pytest.raises(Cancelled):
        fill_down(database, entry_ids=ids, field="note", progress=stop)
    assert told[:2] == [(0, 400), (0, 400)]
    assert len(told) == 3
    assert [row.note for row in rows(database, query, 2)] == ["同じ", ""]


def test_a_copy_of_some_rows_says_numbers_as_they_are(database: Database, programme_id: int) -> None:
    """Points and places that are equal as numbers are written as each is."""
    fill(database, programme_id)
    found = single(rows(database, ListQuery(programme_id)), 3)
    score(database, {row.application_ids[0]: 100 * (3 - at) for at, row in enumerate(found)})
    query = ListQuery(
        programme_id, entry_ids=frozenset(row.entry_id for row in found), sorts=(("score", "desc"),)
    )
    copied = copied_rows(
        database, query=query, ranges=[(0, 0), (2, 2)], columns=["rank", "score"], words=lambda _f, v: str(v)
    )
    assert copied.text.split("\n") == ["rank\tscore", "1\t3.0", "3\t1.0"]
    assert copied.count == 2
