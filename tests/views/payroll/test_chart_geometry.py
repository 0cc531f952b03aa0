"""Where bars stand, by plain numbers."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.rules.hours import ShiftTime
from fujisawa_desktop.services.hours import Cell
from fujisawa_desktop.views.payroll.chart_data import hours_by_week, weeks_of
from fujisawa_desktop.views.payroll.chart_geometry import (
    Box,
    Hours,
    axis_top,
    length,
    lying_bars,
    standing_bars,
)

AREA = Box(40, 10, 300, 120)
HOURS = st.builds(Hours, st.integers(0, 4000), st.integers(0, 4000))


def test_an_axis_has_few_lines_at_whole_hours() -> None:
    assert axis_top(0) == (120, 120)
    assert axis_top(18 * 60) == (18 * 60, 6 * 60)
    assert axis_top(18 * 60 + 1) == (24 * 60, 6 * 60)
    assert axis_top(60 * 60) == (60 * 60, 20 * 60)
    assert axis_top(400 * 60) == (400 * 60, 100 * 60)


def test_a_bar_is_as_high_as_its_share_of_the_axis() -> None:
    columns = standing_bars([[Hours(9 * 60, 0)], [Hours(6 * 60, 3 * 60)]], AREA, 18 * 60)
    worked = columns.groups[0][0].worked
    assert (worked.height, worked.bottom) == (60, 130)
    both = columns.groups[1][0]
    assert (both.worked.height, both.planned.height) == (40, 20)
    assert both.planned.bottom == both.worked.top
    assert columns.limit == 10
    assert columns.lines == ((0, 130), (360, 90), (720, 50), (1080, 10))


def test_nothing_has_no_height_and_a_minute_can_be_seen() -> None:
    columns = standing_bars([[Hours(), Hours(1, 0)]], AREA, 18 * 60)
    assert [bar.worked.height for bar in columns.groups[0]] == [0, 2]
    assert standing_bars([], AREA).groups == ()


@settings(deadline=None)
@given(st.lists(st.lists(HOURS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_bars_stay_in_their_area_and_do_not_overlap(groups: list[list[Hours]]) -> None:
    columns = standing_bars(groups, AREA, None)
    flat = [column for group in columns.groups for column in group]
    for column in flat:
        assert column.worked.bottom <= AREA.bottom
        assert column.planned.top >= AREA.top - 2
        assert AREA.left <= column.strip.left
        assert column.strip.right <= AREA.right
    for before, after in pairwise(flat):
        assert before.strip.right <= after.strip.left


@settings(deadline=None)
@given(st.lists(st.lists(HOURS, min_size=2, max_size=2), min_size=1, max_size=6))
def test_every_bar_is_found_where_it_stands(groups: list[list[Hours]]) -> None:
    columns = standing_bars(groups, AREA, None)
    for group, bars in enumerate(columns.groups):
        for bar, column in enumerate(bars):
            assert columns.at(column.strip.left, column.strip.top) == (group, bar)
    assert columns.at(AREA.right + 1, AREA.top) is None


def test_lying_bars_stand_under_one_another_on_one_scale() -> None:
    first, second = lying_bars([Hours(1800, 0), Hours(900, 900)], Box(100, 0, 200, 0), 26, 12, 3600)
    assert (first.worked.left, first.worked.width, first.planned.width) == (100, 100, 0)
    assert (second.worked.width, second.planned.left, second.planned.width) == (50, 150, 50)
    assert (first.worked.top, second.worked.top) == (7, 33)
    assert length(3600, 200, 3600) == 200


def test_weeks_begin_on_mondays_and_keep_to_the_days_given() -> None:
    days = [date(2024, 12, day) for day in range(1, 32)]
    weeks = weeks_of(days)
    assert [(week.first.day, week.last.day) for week in weeks] == [
        (1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 31),
    ]  # fmt: skip
    assert weeks[1].name() == "12/2–12/8"


def test_a_day_that_was_worked_is_not_counted_as_planned_too() -> None:
    day = date(2024, 12, 2)
    long, short = ShiftTime(day, time(9), time(16), 60), ShiftTime(day, time(9), time(12))
    cells = {day: Cell((long,), (short,)), date(2024, 12, 3): Cell((short,), ())}
    assert hours_by_week(cells) == {day: Hours(180, 180)}
