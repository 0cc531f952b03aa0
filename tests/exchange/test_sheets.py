from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.table import Kind
from fujisawa_desktop.exchange.tabular import parse_table
from tests.exchange.tables import OLD_XLS


def xlsx(rows: list[list[Any]], *, first_row: int = 0, hidden_first: bool = False) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        if hidden_first:
            extra = book.add_worksheet("hidden")
            extra.write(0, 0, "x")
            page = book.add_worksheet("shown")
            page.activate()
            page.set_first_sheet()
            extra.hide()
        else:
            page = book.add_worksheet()
        formats = {
            datetime: book.add_format({"num_format": "yyyy/mm/dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy/mm/dd"}),
            time: book.add_format({"num_format": "hh:mm"}),
            timedelta: book.add_format({"num_format": "[h]:mm"}),
        }
        for index, row in enumerate(rows, start=first_row):
            for column, value in enumerate(row):
                if type(value) in formats:
                    page.write_datetime(index, column, value, formats[type(value)])
                else:
                    page.write(index, column, value)
    return stream.getvalue()


def ods(rows_xml: str) -> bytes:
    head = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="a">'
    )
    tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", head + rows_xml + tail)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return stream.getvalue()


def ods_cell(text: str, attributes: str = "") -> str:
    cell = f'<table:table-cell office:value-type="string" {attributes}>'
    return f"{cell}<text:p>{text}</text:p></table:table-cell>"


def code_of(data: bytes) -> str:
    with pytest.raises(InputFileError) as caught:
        parse_table(data, name="x")
    return caught.value.code


def test_typed_cells_become_what_a_clerk_reads() -> None:
    moment, day = datetime(2024, 10, 1, 9, 15, 3), date(2004, 2, 29)
    values = [123456789012, 45566.5, day, moment, time(9, 30), timedelta(hours=30), True, "=1+1", ""]
    table = parse_table(xlsx([[f"h{n}" for n in range(9)], values]), name="x")
    assert table.kind is Kind.XLSX
    assert table.rows[0].cells == (
        "123456789012",
        "45566.5",
        "2004-02-29",
        "2024-10-01 09:15:03",
        "09:30",
        "30:00",
        "TRUE",
        "=1+1",
        "",
    )


def test_a_number_beyond_fifteen_digits_shows_that_it_is_damaged() -> None:
    table = parse_table(xlsx([["番号"], [1.2345678901234567e17]]), name="x")
    assert "e+17" in table.rows[0].cells[0]


def test_lines_are_the_rows_of_the_sheet() -> None:
    table = parse_table(xlsx([["a", "b"], [1, 2], ["", ""], [3, 4]], first_row=4), name="x")
    assert [(row.line, row.cells) for row in table.rows] == [(6, ("1", "2")), (8, ("3", "4"))]


def test_the_first_visible_sheet_with_cells_is_read() -> None:
    table = parse_table(xlsx([["a"], [1]], hidden_first=True), name="x")
    assert table.headings == ("a",)
    book = Workbook()
    book.create_sheet("filled").append(["b"])
    book["filled"].append([1])
    stream = io.BytesIO()
    book.save(stream)
    assert parse_table(stream.getvalue(), name="x").headings == ("b",)


def test_an_apostrophe_in_a_sheet_is_text() -> None:
    assert parse_table(xlsx([["a"], ["'=1"]]), name="x").rows[0].cells == ("'=1",)


def test_an_old_xls_is_read() -> None:
    table = parse_table(OLD_XLS, name="old.xls")
    assert (table.kind, table.headings) == (Kind.XLS, ("整理番号", "氏名", "生年月日", "希望コース"))
    assert [(row.line, row.cells) for row in table.rows] == [
        (3, ("123456789012", "髙橋　葵", "2004-02-29", "DX")),
        (5, ("0012", "𠮷野", "38046.5", "=1+1")),
    ]


def test_an_xls_with_more_cells_than_any_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fujisawa_desktop.exchange.sheet_tables.MAX_CELLS", 10)
    assert code_of(OLD_XLS) == "file.bomb"


def patched(place: int, layout: str, *values: int) -> bytes:
    changed = bytearray(OLD_XLS)
    struct.pack_into(layout, changed, place, *values)
    return bytes(changed)


def test_an_xls_whose_parts_run_in_a_circle_or_beyond_its_end() -> None:
    fat = (struct.unpack_from("<I", OLD_XLS, 76)[0] + 1) * 512
    directory = struct.unpack_from("<I", OLD_XLS, 48)[0]
    size_of_book = (directory + 1) * 512 + 128 + 120
    for place, values in (
        (fat, (0,)),  # the first sector follows itself
        (fat, (0x00FFFFFF,)),  # the next sector lies beyond the file
        (fat + directory * 4, (directory,)),
        (48, (0x7FFFFFFF,)),
        (60, (0x7FFFFFFF,)),
        (68, (5, 1_000_000)),
        (76, (0x7FFFFFFF,)),
        (size_of_book, (0x7FFFFFFF,)),
        (30, (0x0040,)),
    ):
        assert code_of(patched(place, f"<{len(values)}I", *values)) == "file.damaged", (place, values)
    for length in (40, 512, 600, 1_100, 4_000):
        assert code_of(OLD_XLS[:length]) == "file.damaged"


def test_an_xls_that_claims_to_be_endless() -> None:
    dimensions = OLD_XLS.index(struct.pack("<HH", 0x0200, 14)) + 4
    assert code_of(patched(dimensions, "<IIHH", 0, 0xFFFFFFFF, 0, 4)) == "file.bomb"
    assert code_of(patched(dimensions, "<IIHH", 9, 1, 0, 4)) == "file.damaged"
    strings = OLD_XLS.index(struct.pack("<H", 0x00FC), 512) + 4
    assert code_of(patched(strings, "<II", 1, 0xFFFFFFFF)) == "file.damaged"
    number = OLD_XLS.index(struct.pack("<HH", 0x0203, 14)) + 4
    assert code_of(patched(number, "<HH", 0xFFFF, 0xFF)) == "file.bomb"


def test_ods_with_repeated_cells() -> None:
    rows = (
        f"<table:table-row>{ods_cell('番号')}{ods_cell('名')}</table:table-row>"
        f"<table:table-row>{ods_cell('1')}{ods_cell('髙橋')}"
        '<table:table-cell table:number-columns-repeated="1022"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    table = parse_table(ods(rows), name="x")
    assert (table.kind, table.rows[0].cells) == (Kind.ODS, ("1", "髙橋"))


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (1_000_000, ods_cell("x") * 5),
        (2_000, ods_cell("x", 'table:number-columns-repeated="16384"')),
    ],
)
def test_ods_that_repeats_a_cell_millions_of_times_is_a_bomb(rows: int, cells: str) -> None:
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'
    assert code_of(ods(row)) == "file.bomb"


def test_one_cell_in_the_last_corner_is_a_bomb() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "b")
    assert code_of(stream.getvalue()) == "file.bomb"


def repacked(data: bytes, changes: dict[str, bytes], *, extra: int = 0) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for number in range(extra):
            new.writestr(f"extra/{number}.txt", "")
    return stream.getvalue()


def test_what_unpacks_to_too_much_is_never_unpacked() -> None:
    good = xlsx([["a"], [1]])
    zeros = b" " * 60_000_000
    assert code_of(repacked(good, {"xl/worksheets/sheet1.xml": zeros})) == "file.bomb"
    steep = b"<a>" + b" " * 5_000_000 + b"</a>"
    assert code_of(repacked(good, {"docProps/app.xml": steep})) == "file.bomb"
    assert code_of(repacked(good, {}, extra=1_001)) == "file.bomb"


def test_size_counts_also_where_nothing_is_packed_tightly(monkeypatch: pytest.MonkeyPatch) -> None:
    good = xlsx([["a"], [1]])
    monkeypatch.setattr("fujisawa_desktop.exchange.sheet_tables.MAX_UNPACKED", 5_000)
    assert code_of(good) == "file.bomb"


def test_a_size_that_lies_is_found_out() -> None:
    good = repacked(xlsx([["a"], [1]]), {"xl/worksheets/sheet1.xml": b"<x>" + b"ab" * 400_000 + b"</x>"})
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = good.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != good
    assert code_of(lying) == "file.damaged"


def test_entities_and_broken_xml_are_refused() -> None:
    good = xlsx([["a"], [1]])
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    assert code_of(repacked(good, {"xl/worksheets/sheet1.xml": entity})) == "file.damaged"
    assert code_of(repacked(good, {"xl/worksheets/sheet1.xml": b"<worksheet>"})) == "file.damaged"


def test_archives_that_are_no_spreadsheet() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert code_of(stream.getvalue()) == "file.unknown-kind"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert code_of(locked) == "file.password"
