"""What is typed into a cell of the hours grid."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop import texts
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
        ("９：００～１５：４５", time(9), time(15, 45), 60),
        ("9時-12時半", time(9), time(12, 30), 0),
        ("9時から12時まで", time(9), time(12), 0),
        ("9時 30分 から 12時", time(9, 30), time(12), 0),
        ("午前 9時〜午後 1時", time(9), time(13), 60),
        ("9 AM - 1 PM", time(9), time(13), 60),
        ("0900-1200", time(9), time(12), 0),
        ("9-15:45/60", time(9), time(15, 45), 60),
        ("9-15:45 休憩45分", time(9), time(15, 45), 45),
        ("9-15:45休30", time(9), time(15, 45), 30),
        ("9-15 休憩なし", time(9), time(15), 0),
        ("9-15休無し", time(9), time(15), 0),
        ("9--12", time(9), time(12), 0),
        ("23:00-23:59", time(23), time(23, 59), 0),
        ("0-6", time(0), time(6), 0),
        ("終　日", time(9), time(16), 60),
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
        ("9-", "shift.unreadable"),
        ("9-12-15", "shift.unreadable"),
        ("9 12", "shift.unreadable"),
        ("1 0-12", "shift.unreadable"),
        ("9-12/", "shift.unreadable"),
        ("9-12/abc", "shift.unreadable"),
        ("0.375-0.5", "shift.unreadable"),
        ("9-12, 朝", "shift.unreadable"),
        ("a-b", "time.unreadable"),
        ("9-12x", "time.unreadable"),
        ("9:75-12", "time.no-such-time"),
        ("9-36:00", "time.no-such-time"),
        ("12-9", "shift.end-before-start"),
        ("22-2", "shift.end-before-start"),
        ("9-9", "shift.no-time"),
        ("9:00:30-12", "shift.seconds"),
        ("-9-12", "shift.time-negative"),
        ("－９－１２", "shift.time-negative"),
        ("9-24", "shift.midnight"),
        ("9-24:00", "shift.midnight"),
        ("18-2400", "shift.midnight"),
        ("９－２４時", "shift.midnight"),
        ("24-25", "shift.midnight"),
        ("22-25:00", "shift.next-day"),
        ("22-25", "shift.next-day"),
        ("9-24:30", "shift.next-day"),
        ("22-26時30分", "shift.next-day"),
        ("22-35:59", "shift.next-day"),
        ("9-12/180", "shift.break-too-long"),
        ("9-12/-10", "shift.break-negative"),
        ("9-12 休憩-10分", "shift.break-negative"),
    ],
)
def test_what_cannot_be_meant(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_entry(text, PATTERNS)
    assert caught.value.code == code
    said = texts.message(caught.value)
    assert texts.message(ValidationError("no.such-code", field="x"))[:12] not in said


def test_the_sentence_shows_what_was_typed() -> None:
    for text, shown in ((" 朝 ", "朝"), ("9-24:00", "24:00"), ("22-25", "25"), ("-9-12", "-9-12")):
        with pytest.raises(ValidationError) as caught:
            parse_entry(text, PATTERNS)
        assert caught.value.params["text"] == shown
        assert shown in texts.message(caught.value)


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
    for text in (
        "半, 14-16",
        "14-16、9-12",
        "9-12＋14-16",
        "9-12 14-16",
        "９－１２　１４－１６",
        "9 - 12・14 - 16",
        "9時-12時 14時-16時",
        "半 14-16/0",
    ):
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


def test_a_sign_that_another_pattern_bears_first_is_not_written() -> None:
    late = WorkPattern("半", "遅番", time(13), time(16))
    comma = WorkPattern("a,b", "二つ", time(10), time(11))
    pause = WorkPattern("休", "休み明け", time(10), time(12))
    day = date(2024, 12, 2)
    for pattern, text in ((late, "13-16"), (comma, "10-11"), (pause, "10-12")):
        shift = ShiftTime(day, pattern.start, pattern.end)
        assert format_entry([shift], [*PATTERNS, pattern]) == text
    assert format_entry([ShiftTime(day, time(9), time(12))], [*PATTERNS, late]) == "半"


@st.composite
def days_of_shifts(draw: st.DrawFn) -> list[ShiftTime]:
    """Up to four stretches of one day that do not overlap, in any order, with any break."""
    count = draw(st.integers(1, 4))
    size = {"min_size": 2 * count, "max_size": 2 * count}
    ends = sorted(draw(st.lists(st.integers(0, 1439), unique=True, **size)))  # type: ignore[arg-type]
    found = []
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        pause = draw(st.integers(0, end - start - 1))
        first, last = time(start // 60, start % 60), time(end // 60, end % 60)
        found.append(ShiftTime(date(2024, 12, 2), first, last, pause))
    return draw(st.permutations(found))


def clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


PATTERN = st.builds(
    lambda mark, name, start, span, pause: WorkPattern(
        mark,
        name,
        time(start // 60, start % 60),
        time((start + span) // 60, (start + span) % 60),
        None,
        pause,
    ),
    st.text(min_size=1, max_size=2),
    st.text(min_size=1, max_size=4),
    st.integers(0, 800),
    st.integers(61, 600),
    st.integers(0, 60),
)


@settings(deadline=None)
@given(days_of_shifts(), st.lists(PATTERN, max_size=3))
def test_what_stands_in_a_cell_is_read_as_the_same(shifts: list[ShiftTime], more: list[WorkPattern]) -> None:
    patterns = [*PATTERNS, *more]
    text = format_entry(shifts, patterns)
    assert [typed.on(shifts[0].day) for typed in parse_entry(text, patterns)] == sorted(shifts)
    assert format_entry(shifts, patterns) == format_entry(list(reversed(shifts)), patterns)


@settings(deadline=None)
@given(st.text(alphabet="0123456789-:/,、 時分半終休憩まで午前後AaPpMm〜ー.+＋９", max_size=14))
def test_what_is_read_is_written_and_read_again(text: str) -> None:
    try:
        entries = parse_entry(text, PATTERNS)
    except ValidationError:
        return
    shifts = [entry.on(date(2024, 12, 2)) for entry in entries]
    assert parse_entry(format_entry(shifts, PATTERNS), PATTERNS) == entries


@settings(deadline=None)
@given(days_of_shifts(), st.text(alphabet="abcxyzあいう朝晩?!.@#", min_size=1, max_size=3), st.booleans())
def test_nothing_is_read_in_part(shifts: list[ShiftTime], more: str, before: bool) -> None:
    text = format_entry(shifts, PATTERNS)
    with pytest.raises(ValidationError):
        parse_entry(more + text if before else text + more, PATTERNS)
