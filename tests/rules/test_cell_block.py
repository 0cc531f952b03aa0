"""Cells as text on the clipboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.rules.cell_block import read_block, tiled, write_block


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("終", [["終"]]),
        ("終\t半", [["終", "半"]]),
        ("終\t半\r\n\t9-12\r\n", [["終", "半"], ["", "9-12"]]),
        ("終\n半\n", [["終"], ["半"]]),
        ("終\r半", [["終"], ["半"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("\t", [["", ""]]),
        ("\n", [[""]]),
        ('"9-12\n13-15"\t終', [["9-12\n13-15", "終"]]),
        ('"er sagte ""ja"""', [['er sagte "ja"']]),
        ('"offen', [['"offen']]),
        ('"a"b\tc', [["ab", "c"]]),
    ],
)
def test_reading(text: str, cells: list[list[str]]) -> None:
    assert read_block(text) == cells


def test_writing() -> None:
    assert write_block([["終", ""], ["9-12, 13-15", "半"]]) == "終\t\n9-12, 13-15\t半"
    assert write_block([["a\tb", '"c']]) == '"a\tb"\t"""c"'


@given(
    st.integers(1, 4).flatmap(
        lambda wide: st.lists(st.lists(st.text(), min_size=wide, max_size=wide), min_size=1)
    )
)
def test_what_is_written_is_read_again(cells: list[list[str]]) -> None:
    if cells[-1] == [""]:
        return  # a last line with nothing on it is no row
    assert read_block(write_block(cells)) == cells


@given(st.text())
def test_any_text_is_cells(text: str) -> None:
    cells = read_block(text)
    assert len({len(row) for row in cells}) <= 1


def test_a_block_is_repeated_where_it_fits() -> None:
    assert tiled([["a"]], 2, 3) == [["a"] * 3] * 2
    assert tiled([["a", "b"]], 2, 4) == [["a", "b", "a", "b"]] * 2
    assert tiled([["a", "b"]], 1, 3) == [["a", "b"]]
    assert tiled([["a"], ["b"]], 1, 1) == [["a"], ["b"]]
    assert tiled([["a"], ["b"]], 4, 1) == [["a"], ["b"], ["a"], ["b"]]
