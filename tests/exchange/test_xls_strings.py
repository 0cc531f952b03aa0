from __future__ import annotations

import struct

import pytest

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange import sheet_tables
from fujisawa_desktop.exchange.tabular import parse_table
from fujisawa_desktop.exchange.xls_check import xls_extent
from fujisawa_desktop.exchange.xls_strings import string_lengths
from tests.exchange.tables import OLD_XLS


def counted(count: int) -> bytes:
    return struct.pack("<II", count, count)


def narrow(text: bytes, flags: int = 0) -> bytes:
    return struct.pack("<HB", len(text), flags) + text


def test_narrow_wide_rich_and_extended_strings() -> None:
    wide = struct.pack("<HB", 2, 1) + "髙橋".encode("utf-16-le")
    rich = struct.pack("<HBH", 3, 8, 2) + b"abc" + bytes(8)
    extended = struct.pack("<HBI", 1, 4, 5) + b"x" + bytes(5)
    both = struct.pack("<HBHI", 2, 12, 1, 3) + b"yz" + bytes(7)
    part = counted(5) + narrow(b"hello") + wide + rich + extended + both
    assert string_lengths([part]) == [5, 2, 3, 1, 2]


def test_strings_run_on_in_the_next_record() -> None:
    head = counted(3) + struct.pack("<HB", 6, 0) + b"abc"
    middle = b"\x01" + "def".encode("utf-16-le") + narrow(b"xy")
    assert string_lengths([head, middle, narrow(b"last")]) == [6, 2, 4]
    rich = counted(2) + struct.pack("<HBH", 1, 8, 2) + b"a" + bytes(3)
    assert string_lengths([rich, bytes(5) + narrow(b"b")]) == [1, 1]


@pytest.mark.parametrize(
    "parts", [[counted(2) + narrow(b"a")], [counted(1) + struct.pack("<HB", 9, 0) + b"a"]]
)
def test_a_table_that_ends_too_early_is_damage(parts: list[bytes]) -> None:
    with pytest.raises((struct.error, IndexError)):
        string_lengths(parts)


def test_the_letters_that_the_cells_of_an_old_file_show_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    table = parse_table(OLD_XLS, name="x")
    texts = [*table.headings, *(cell for row in table.rows for cell in row.cells)]
    letters = xls_extent(OLD_XLS).letters
    assert 0 < letters <= sum(map(len, texts)) + 2
    monkeypatch.setattr(sheet_tables, "MAX_LETTERS", letters - 1)
    with pytest.raises(InputFileError) as caught:
        parse_table(OLD_XLS, name="x")
    assert caught.value.code == "file.bomb"
