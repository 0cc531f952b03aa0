"""Text files in every character code, chosen or found, and text that was read in the wrong one."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.mojibake import is_garbled, lost_character
from fujisawa_desktop.exchange.tabular import parse_table
from fujisawa_desktop.exchange.text_tables import ENCODINGS
from tests.exchange.tables import read_with

ROWS = "整理番号,氏名,希望コース\r\n" + "".join(f"{n},見本　太郎,DX\r\n" for n in range(10))
MARKS = {"utf-8-sig": b"", "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def code_of(data: bytes, encoding: str | None = None) -> str:
    with pytest.raises(InputFileError) as caught:
        parse_table(data, name="x.csv", encoding=encoding)
    return caught.value.code


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_offered_code_reads_its_files(encoding: str) -> None:
    for mark in {b"", MARKS.get(encoding, b"")}:
        table = parse_table(mark + ROWS.encode(encoding), name="x", encoding=encoding)
        assert table.headings == ("整理番号", "氏名", "希望コース")
        assert table.rows[9].cells == ("9", "見本　太郎", "DX")


def test_a_byte_order_mark_is_no_part_of_a_quoted_heading() -> None:
    quoted = '"整理番号","氏名"\r\n"1","a"\r\n'
    for encoding, mark in (("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE)):
        table = parse_table(mark + quoted.encode(encoding), name="x", encoding=encoding)
        assert table.headings == ("整理番号", "氏名")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_found(encoding: str) -> None:
    table = parse_table(ROWS.encode(encoding), name="x")
    assert (table.encoding, table.headings[0]) == (encoding, "整理番号")


def test_a_few_empty_bytes_are_damage_and_not_utf16() -> None:
    assert code_of(b"a,b\r\n1,\x00\r\n" + b"1,2\r\n" * 20) == "file.nul"


def test_euc_jp_is_never_found_but_can_be_chosen() -> None:
    data = ROWS.encode("euc_jp")
    with pytest.raises(InputFileError):
        parse_table(data, name="x")
    assert parse_table(data, name="x", encoding="euc_jp").rows[0].cells[1] == "見本　太郎"


def test_a_wrong_choice_is_never_accepted() -> None:
    utf8 = ROWS.encode()
    assert code_of(utf8, "cp932") in {"file.garbled", "file.encoding-chosen"}
    assert code_of(utf8[:-1] + b" ", "latin-1") == "file.garbled"
    assert code_of(ROWS.encode("cp932"), "utf-8") == "file.encoding-chosen"


def test_a_garbled_file_is_refused_with_its_line() -> None:
    garbled = "氏名,よみ\r\n".encode().decode("cp932", "replace")
    with pytest.raises(InputFileError) as caught:
        parse_table(f"{garbled}\r\n1,2\r\n".encode(), name="x")
    assert (caught.value.code, caught.value.params["line"]) == ("file.garbled", 1)
    good = "番号,よみ\r\n" + "1,{}\r\n" * 4
    cells = ["ふつう", *("くるみざわ".encode().decode("cp932", "ignore") for _ in range(3))]
    with pytest.raises(InputFileError) as caught:
        parse_table(good.format(*cells).encode(), name="x")
    assert caught.value.params["line"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "豌丞錐",
        "縺ゅ→",
        "縺上ｋ縺ｿ",
        "くるみざわ".encode().decode("cp932", "ignore"),
        "楜澤".encode().decode("cp932", "ignore"),
        "氏名".encode().decode("latin-1"),
        "ふじさわ".encode().decode("cp1252", "ignore"),
    ],
)
def test_garbled_text_is_known(text: str) -> None:
    assert is_garbled(text)


@pytest.mark.parametrize(
    "text", ["ｸﾙﾐｻﾞﾜ ﾘｮｳｽｹ", "楜澤　涼介", "縺れた糸をほどく", "José Müller", "①㈱髙﨑", "繧", ""]
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert not is_garbled(text)
    assert not lost_character(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x3041, max_codepoint=0x30FA), min_size=3, max_size=30))
def test_kana_read_in_the_wrong_code_is_always_known(text: str) -> None:
    wrong = text.encode().decode("cp932", "replace")
    assert is_garbled(wrong) or lost_character(wrong)
    assert not is_garbled(text)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("志望理由", "学び\ufffdたい", "text.lost"),
        ("志望理由", "学び\x85たい", "text.lost"),
        ("志望理由", "学びたいです".encode().decode("cp932", "ignore"), "text.garbled"),
        ("大学・大学院名", "見本\ue001大学", "text.private-use"),
        ("氏名（漢字）", "豌丞錐", "text.garbled"),
        ("氏名（漢字）", "高\x92橋", "name.replaced"),
    ],
)
def test_rows_with_lost_or_garbled_text_are_refused_one_by_one(column: str, cell: str, code: str) -> None:
    result = read_with({}, {column: cell}, {})
    assert [record.line for record in result.records] == [2, 4]
    assert [(row.line, row.column, row.code) for row in result.rejections] == [(3, column, code)]


def test_a_gaiji_in_an_answer_is_told_and_kept() -> None:
    result = read_with({"志望理由": "\ue000さんに学びたい"})
    assert [(w.line, w.column, w.code) for w in result.warnings] == [(2, "志望理由", "text.private-use-kept")]
    assert result.records[0].answers == (("志望理由", "\ue000さんに学びたい"),)
