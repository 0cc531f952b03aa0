"""Document numbers as clerks type them, and the gaps between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.numbering import HIGHEST, check_number, gaps, read_number, written_ranges

NUMBERS = st.sets(st.integers(min_value=1, max_value=400))


@pytest.mark.parametrize(
    "text", ["123", "１２３", " 123 ", "第123号", "藤職第１２３号", "藤職 第 123 号", "0123", "藤職123"]
)
def test_every_form_in_which_a_number_is_typed(text: str) -> None:
    assert read_number(text, sign="藤職") == 123


def test_a_sign_in_full_width_letters_is_the_same_sign() -> None:
    assert read_number("ＡＢ第5号", sign="AB") == 5
    assert read_number("AB第5号", sign="ＡＢ") == 5


@pytest.mark.parametrize("text", ["", "百", "12の2", "12-1", "1.5", "-3", "総務第3号", "3号4", "1" * 41])
def test_what_is_no_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_number(text, sign="藤職")
    assert (caught.value.code, caught.value.params["text"]) == ("numbers.unreadable", text)


@pytest.mark.parametrize("number", [0, -1, HIGHEST + 1])
def test_a_number_out_of_reach_is_refused(number: int) -> None:
    with pytest.raises(ValidationError) as caught:
        check_number(number)
    assert caught.value.code == "numbers.out-of-range"
    check_number(1)
    check_number(HIGHEST)


@given(NUMBERS)
def test_taken_numbers_and_gaps_together_are_every_number(taken: set[int]) -> None:
    missing = [number for first, last in gaps(taken) for number in range(first, last + 1)]
    assert sorted([*taken, *missing]) == list(range(1, max(taken, default=0) + 1))


@given(NUMBERS)
def test_gaps_do_not_touch_each_other(taken: set[int]) -> None:
    found = list(gaps(taken))
    assert all(first <= last for first, last in found)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(found))


@given(NUMBERS)
def test_written_ranges_name_every_number_once(numbers: set[int]) -> None:
    read: list[int] = []
    for part in filter(None, written_ranges(numbers).split("、")):
        first, _, last = part.partition("～")
        read += range(int(first), int(last or first) + 1)
    assert read == sorted(numbers)


def test_ranges_as_a_clerk_writes_them() -> None:
    assert written_ranges([3]) == "3"
    assert written_ranges([5, 3, 4, 8, 8]) == "3～5、8"
    assert written_ranges([]) == ""
