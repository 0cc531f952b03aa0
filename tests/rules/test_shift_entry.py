"""What is typed into a cell of the hours grid."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.hours import ShiftTime
from fujisawa_desktop.rules.shift_entry import (
    TypedShift,
    WorkPattern,
    format_entry,
    parse_entry,
    pattern_of,
    usual_break,
)

FULL = WorkPattern("終", "終日", time(9), time(16), time(12), 60)
HALF = WorkPattern("半", "半日", time(9), time(12))
PATTERNS = (HALF, FULL)


@pytest.mark.parametrize(
    ("text", "start", "end", "pause"),
    [
        ("9-12", time(9), time(12), 0),
        ("９－１２", time(9), time(12), 0),
        ("９ー１２", time(9), time(12), 0),
        ("9〜16", time(9), time(16), 60),
        ("9～16", time(9), time(16), 60),
        ("9:00-15:45", time(9), time(15, 45), 60),
        ("９：００－１５：４５", time(9), time(15, 45), 60),
        ("0900-1545", time(9), time(15, 45), 60),
        ("9時から12時", time(9), time(12), 0),
        ("9時30分-12時", time(9, 30), time(12), 0),
        ("13-16", time(13), time(16), 0),
        ("9-16/45", time(9), time(16), 45),
        ("9-16/0", time(9), time(16), 0),
        (" 9 - 12 ", time(9), time(12), 0),
        ("10-17／６０分", time(10), time(17), 60),
        ("半", time(9), time(12), 0),
        ("半日", time(9), time(12), 0),
        ("終", time(9), time(16), 60),
        ("終日", time(9), time(16), 60),
    ],
)
def test_what_a_clerk_may_type(text: str, start: time, end: time, pause: int) -> None:
    assert parse_entry(text, PATTERNS) == (TypedShift(start, end, pause),)


@pytest.mark.parametrize("text", ["", "  ", "　", "、"])
def test_an_empty_cell(text: str) -> None:
    assert parse_entry(text, PATTERNS) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9", "shift.unreadable"),
        ("2:50", "shift.unreadable"),
        ("朝", "shift.unreadable"),
        ("9-12-15", "shift.unreadable"),
        ("12-9", "shift.end-before-start"),
        ("22-2", "shift.end-before-start"),
        ("9-12/180", "shift.break-too-long"),
    ],
)
def test_what_cannot_be_meant(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_entry(text, PATTERNS)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["9-25", "9-24:00", "9:75-12", "a-b"])
def test_times_that_do_not_exist(text: str) -> None:
    with pytest.raises(ValidationError):
        parse_entry(text, PATTERNS)


def test_a_pattern_is_recognised_to_the_minute() -> None:
    day = date(2024, 12, 2)
    assert pattern_of(ShiftTime(day, time(9), time(16), 60), PATTERNS) is FULL
    assert pattern_of(ShiftTime(day, time(9), time(16), 0), PATTERNS) is None
    assert (FULL.minutes, HALF.minutes) == (360, 180)


def test_lunch_counts_only_when_it_lies_inside() -> None:
    assert usual_break(time(9), time(12, 30), PATTERNS) == 0
    assert usual_break(time(12), time(13), PATTERNS) == 60
    assert usual_break(time(9), time(17), [HALF]) == 0
    short = WorkPattern("短", "短時間", time(10), time(15), time(12), 45)
    assert usual_break(time(9), time(17), [short, FULL]) == 60
    assert usual_break(time(9), time(17), [FULL, short]) == 60


@settings(deadline=None)
@given(st.text(max_size=12))
def test_anything_typed_is_read_or_refused(text: str) -> None:
    try:
        entries = parse_entry(text, PATTERNS)
    except ValidationError:
        return
    assert all(entry.on(date(2024, 12, 2)).minutes > 0 for entry in entries)


def test_two_stretches_of_one_day() -> None:
    expected = (TypedShift(time(9), time(12), 0), TypedShift(time(14), time(16), 0))
    for text in ("半, 14-16", "14-16、9-12", "9-12＋14-16"):
        assert parse_entry(text, PATTERNS) == expected


@pytest.mark.parametrize(
    ("start", "end", "pause", "text"),
    [
        (time(9), time(16), 60, "終"),
        (time(9), time(12), 0, "半"),
        (time(9), time(11, 50), 0, "9-11:50"),
        (time(9), time(15, 45), 60, "9-15:45"),
        (time(9), time(16), 45, "9-16/45"),
        (time(13, 30), time(16), 0, "13:30-16"),
    ],
)
def test_what_stands_in_a_cell(start: time, end: time, pause: int, text: str) -> None:
    shift = ShiftTime(date(2024, 12, 2), start, end, pause)
    assert format_entry([shift], PATTERNS) == text
    assert [typed.on(shift.day) for typed in parse_entry(text, PATTERNS)] == [shift]


def test_a_cell_with_two_stretches_is_written_in_order() -> None:
    day = date(2024, 12, 2)
    shifts = [ShiftTime(day, time(13), time(16)), ShiftTime(day, time(9), time(12))]
    assert format_entry(shifts, PATTERNS) == "半, 13-16"


@settings(deadline=None)
@given(st.times(), st.times())
def test_what_is_shown_can_be_typed_again(start: time, end: time) -> None:
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    if start >= end:
        return
    text = f"{start:%H:%M}-{end:%H:%M}/0"
    assert parse_entry(text, PATTERNS) == (TypedShift(start, end, 0),)
