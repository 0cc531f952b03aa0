"""The key as it stands on paper: written, read back, and what is wrong with it told by its row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.rules.recovery_key import read, same_row, written


def refusal(error: pytest.ExceptionInfo[AppError]) -> str:
    return error.value.code


@given(st.binary(min_size=32, max_size=32))
def test_what_is_printed_is_read_back(raw: bytes) -> None:
    rows = written(raw)
    assert read("\n".join(rows)) == raw
    assert read("".join(rows).lower().replace(" ", "").replace("0", "ｏ").replace("1", "l")) == raw


@given(st.binary(min_size=32, max_size=32), st.integers(0, 59), st.integers(1, 31))
def test_one_wrong_letter_is_found_in_its_row(raw: bytes, at: int, by: int) -> None:
    letters = list("".join(written(raw)).replace(" ", ""))
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    letters[at] = signs[(signs.index(letters[at]) + by) % 32]
    with pytest.raises(ValidationError) as error:
        read("".join(letters))
    assert (refusal(error), error.value.params["row"]) == ("recovery.row", at // 15 + 1)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 3), st.integers(0, 11))
def test_two_letters_changed_round_are_found(raw: bytes, row: int, at: int) -> None:
    letters = list("".join(written(raw)).replace(" ", ""))
    place = row * 15 + at
    if letters[place] == letters[place + 1]:
        return
    letters[place : place + 2] = reversed(letters[place : place + 2])
    with pytest.raises(ValidationError) as error:
        read("".join(letters))
    assert error.value.params["row"] == row + 1


@pytest.mark.parametrize(
    ("text", "code"), [("", "recovery.length"), ("ABC", "recovery.length"), ("U" * 60, "recovery.sign")]
)
def test_what_is_no_key_is_told(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as error:
        read(text)
    assert refusal(error) == code


def test_a_row_is_compared_as_it_is_typed() -> None:
    row = written(bytes(range(32)))[2]
    assert same_row(row.lower().replace(" ", ""), row)
    assert not same_row(row[:-1], row)
    assert not same_row("", row)
