"""While a file's rows pile up nothing walks them in search of cycles, and at the end neither."""

from __future__ import annotations

import gc

import pytest

from fujisawa_desktop.services.import_files import many_rows

ROWS = 20_000


def test_rows_that_are_left_are_not_walked_at_once() -> None:
    gc.enable()  # tests run without
    with many_rows():
        assert not gc.isenabled()
        rows: list[list[int]] = [[number] for number in range(ROWS)]
        assert len(gc.get_objects(generation=0)) >= ROWS
    assert gc.isenabled()
    assert len(gc.get_objects(generation=0)) < ROWS
    assert len(rows) == ROWS
    gc.collect()  # what counts as old is still looked through


def test_who_held_the_search_back_before_holds_it_on() -> None:
    gc.disable()
    try:
        with many_rows(), pytest.raises(ValueError, match="row"):
            rows: list[list[int]] = [[number] for number in range(ROWS)]
            raise ValueError("row")
        assert not gc.isenabled()
        assert len(gc.get_objects(generation=0)) < ROWS, "the window's own search does not walk them either"
        assert len(rows) == ROWS
    finally:
        gc.enable()
