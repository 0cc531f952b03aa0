from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange import table as table_module
from fujisawa_desktop.exchange.table import Kind, build_table
from fujisawa_desktop.exchange.tabular import parse_table, read_table

PLAIN = "整理番号,氏名\r\n1,髙橋\r\n"


def code_of(data: bytes, *, encoding: str | None = None) -> tuple[str, dict[str, object]]:
    with pytest.raises(InputFileError) as caught:
        parse_table(data, name="x.csv", encoding=encoding)
    return caught.value.code, caught.value.params


@pytest.mark.parametrize(
    ("encoding", "mark", "expected"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("cp932", b"", "cp932"),
        ("iso2022_jp_ext", b"", "iso2022_jp"),
    ],
)
def test_encodings_are_found_without_guessing(encoding: str, mark: bytes, expected: str) -> None:
    text = PLAIN if encoding != "iso2022_jp_ext" else PLAIN.replace("髙", "高")
    table = parse_table(mark + text.encode(encoding), name="x.csv")
    assert table.encoding == expected
    assert table.headings == ("整理番号", "氏名")
    assert table.rows[0].cells[1] in {"髙橋", "高橋"}


def test_a_chosen_encoding_is_obeyed_and_an_unknown_one_refused() -> None:
    data = "番号,名\r\n1,あ\r\n".encode("cp932")
    assert parse_table(data, name="x", encoding="cp932").rows[0].cells == ("1", "あ")
    assert code_of(data, encoding="utf-8")[0] == "file.encoding-chosen"
    assert code_of(data, encoding="klingon")[0] == "file.encoding-unknown"


def test_nec_extensions_of_shift_jis_are_read() -> None:
    table = parse_table("名\r\n①㈱髙﨑濵～－\r\n".encode("cp932"), name="x")
    assert table.rows[0].cells == ("①㈱髙﨑濵～－",)


def test_a_damaged_utf8_file_is_not_read_as_shift_jis() -> None:
    good = ("番号,氏名\r\n" + "1,くるみざわりょうすけ\r\n" * 50).encode()
    place = good.rindex("み".encode())
    damaged = good[:place] + b"\xff" + good[place + 1 :]
    assert code_of(damaged) == ("file.encoding", {"file": "x.csv", "line": 51})


@pytest.mark.parametrize("junk", [b"\xfd\xfe\xff", b"\x81", b"\xa0\xa0"])
def test_bytes_that_no_encoding_has_are_named_by_line(junk: bytes) -> None:
    code, params = code_of("番号,名\r\n1,あ\r\n2,".encode("cp932") + junk + b"\r\n")
    assert (code, params["line"]) == ("file.encoding", 3)


def test_lines_are_physical_lines_of_the_file() -> None:
    data = '\r\n番号,文\r\n\r\n1,"一\r\n二 ""三"""\r\n,\r\n2,終\r\n\r\n'.encode()
    table = parse_table(data, name="x")
    assert table.headings == ("番号", "文")
    assert [(row.line, row.cells) for row in table.rows] == [
        (4, ("1", '一\r\n二 "三"')),
        (7, ("2", "終")),
    ]


def test_old_line_ends_count_too() -> None:
    assert [row.line for row in parse_table(b"a\r1\r2\r", name="x").rows] == [2, 3]
    assert [row.line for row in parse_table(b"a\n\n1\n2", name="x").rows] == [3, 4]


def test_tabs_and_commas_are_told_apart_by_the_first_line() -> None:
    tsv = parse_table("番号\t氏名, 漢字\r\n1\ta,b\r\n".encode(), name="x.csv")
    assert (tsv.kind, tsv.rows[0].cells) == (Kind.TSV, ("1", "a,b"))
    csv = parse_table('"番\t号",氏名\r\n1,2\r\n'.encode(), name="x.tsv")
    assert (csv.kind, csv.headings) == (Kind.CSV, ("番\t号", "氏名"))


def test_short_rows_are_filled_and_long_ones_keep_their_text() -> None:
    table = parse_table(b"a,b,,\r\n1\r\n1,2,,,\r\n1,2,3\r\n", name="x")
    assert table.headings == ("a", "b")
    assert [row.cells for row in table.rows] == [("1", ""), ("1", "2"), ("1", "2", "3")]


def test_our_own_formula_guard_comes_off_and_nothing_else() -> None:
    table = parse_table(b"a\r\n\"'=1+1\"\r\n'abc\r\n''-1\r\n=1\r\n'\r\n", name="x")
    assert [row.cells[0] for row in table.rows] == ["=1+1", "'abc", "'-1", "=1", "'"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"\r\n , \r\n", "file.empty"),
        (b"\xef\xbb\xbf", "file.empty"),
        (b"a,b\r\n\r\n,\r\n", "file.headings-only"),
        (b"a,b\r\n1,\x00\r\n", "file.nul"),
        (b'a,b\r\n1,"open\r\n2,x\r\n', "file.quote-open"),
        (b'a,b\r\n1,"x"y\r\n', "file.quote-stray"),
        (b'a,b\r\n1,"' + b"x" * 140_000 + b'"\r\n', "file.cell-too-long"),
        (b"a" + b"," * 2_000 + b"b\r\n1\r\n", "file.too-many-columns"),
        (b"%PDF-1.7 ...", "file.unknown-kind"),
        (b"<html><table><tr><td>1", "file.unknown-kind"),
        (b"SQLite format 3\x00....", "file.unknown-kind"),
        (b"PK\x03\x04 no archive", "file.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file.damaged"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "file.encoding"),
    ],
)
def test_what_is_no_table_is_refused_in_clear_words(data: bytes, code: str) -> None:
    assert code_of(data)[0] == code


def test_a_nul_in_any_cell_is_refused() -> None:
    with pytest.raises(InputFileError) as caught:
        build_table([(1, ["a"]), (7, ["\0"])], name="x.xls", encoding="", kind=Kind.XLS)
    assert (caught.value.code, caught.value.params["line"]) == ("file.nul", 7)


def test_the_line_of_a_fault_is_where_its_row_begins() -> None:
    assert code_of(b'a\r\n1\r\n"2\r\n3')[1]["line"] == 3
    assert code_of(b"a\r\n1\r\n\x00")[1]["line"] == 3


def test_control_z_at_the_end_is_no_row() -> None:
    assert len(parse_table(b"a\r\n1\r\n\x1a", name="x").rows) == 1


def test_limits_on_rows_and_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(table_module, "MAX_ROWS", 3)
    assert len(parse_table(b"a\r\n1\r\n2\r\n3\r\n", name="x").rows) == 3
    assert code_of(b"a\r\n1\r\n2\r\n3\r\n4\r\n")[0] == "file.too-many-rows"
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(table_module.MAX_BYTES + 1)
    with pytest.raises(InputFileError) as caught:
        read_table(large)
    assert caught.value.code == "file.too-large"


def test_paths_that_are_no_readable_file(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, "file.is-directory"),
        (tmp_path / "none.csv", "file.missing"),
        (tmp_path / "none" / "x.csv", "file.missing"),
    ):
        with pytest.raises(InputFileError) as caught:
            read_table(path)
        assert caught.value.code == code
        assert caught.value.params["file"] == path.name


def test_a_file_is_read_whatever_its_name_ends_in(tmp_path: Path) -> None:
    path = tmp_path / "応募者.xlsx"
    path.write_bytes(PLAIN.encode("cp932"))
    assert read_table(path).kind is Kind.CSV
