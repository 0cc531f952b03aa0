"""Items of the 勤務条件通知書, the conditional month, and who may get allowances."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.rules.conditions import (
    CONDITION_GROUPS,
    CONDITION_ITEMS,
    CONDITION_KEYS,
    condition_item,
    may_get_bonus,
    parse_hours,
    probation_end,
)
from fujisawa_desktop.texts import term

LAW = {
    "term",  # ① 労働契約の期間
    "renewal",  # ② 更新の基準
    "workplace",
    "duties",  # ③ 就業の場所、業務
    "hours",
    "overtime",
    "break",
    "closed_days",
    "leave",  # ④ 始業終業、所定外、休憩、休日、休暇
    "rate",
    "calculation",
    "pay_method",
    "cutoff",
    "pay_day",  # ⑤ 報酬
    "leaving",  # ⑥ 退職（解雇の事由を含む）
}
SINCE_2024 = {"workplace_range", "duties_range", "renewal_limit"}
LOCAL = {"social_insurance", "employment_insurance", "accident", "bonus", "retirement_pay", "commuting"}
DAYS = st.dates(date(2019, 5, 1), date(2040, 3, 31))


def test_every_item_of_the_law_is_there_and_required() -> None:
    required = {item.key for item in CONDITION_ITEMS if item.is_required}
    assert required >= LAW | SINCE_2024 | LOCAL
    assert CONDITION_KEYS - required == {"oath", "other"}


def test_items_and_groups_have_one_name_each() -> None:
    keys = [item.key for item in CONDITION_ITEMS]
    assert len(keys) == len(set(keys)) == len({item.name for item in CONDITION_ITEMS})
    assert len({group.name for group in CONDITION_GROUPS}) == len(CONDITION_GROUPS)
    assert condition_item("rate").name == "報酬の額"


def test_screen_and_paper_call_an_item_the_same() -> None:
    set_language("ja")
    assert [term("condition", item.key) for item in CONDITION_ITEMS] == [
        item.name for item in CONDITION_ITEMS
    ]
    assert [term("condition-group", group.key) for group in CONDITION_GROUPS] == [
        group.name for group in CONDITION_GROUPS
    ]


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        (date(2024, 12, 1), date(2025, 1, 31), date(2024, 12, 31)),  # the programme of R6
        (date(2025, 1, 31), date(2025, 3, 31), date(2025, 2, 27)),  # February has no 31st
        (date(2024, 12, 1), date(2024, 12, 20), date(2024, 12, 20)),  # a term shorter than a month
        (date(2024, 4, 1), date(2025, 3, 31), date(2024, 4, 30)),
    ],
)
def test_the_first_month_is_conditional(start: date, end: date, last: date) -> None:
    assert probation_end(start, end) == last


@given(DAYS, st.integers(0, 365))
def test_the_conditional_period_lies_within_the_term(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    last = probation_end(start, end)
    assert start <= last <= end
    assert (last - start).days <= 30


@pytest.mark.parametrize(
    ("start", "end", "week", "may"),
    [
        (date(2024, 12, 1), date(2025, 1, 31), 3 * 360, False),  # two months: never, whatever the hours
        (date(2024, 12, 1), date(2025, 1, 31), 5 * 465, False),
        (date(2024, 10, 1), date(2025, 3, 31), 15 * 60 + 30, True),  # both limits just reached
        (date(2024, 10, 1), date(2025, 3, 30), 15 * 60 + 30, False),
        (date(2024, 10, 1), date(2025, 3, 31), 15 * 60 + 29, False),
    ],
)
def test_allowances_need_six_months_and_fifteen_and_a_half_hours(
    start: date, end: date, week: int, may: bool
) -> None:
    assert may_get_bonus(start, end, week) is may


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("60", 3600),
        ("６０", 3600),
        ("59:45", 3585),
        ("５９：４５", 3585),
        ("60:00", 3600),
        ("54時間20分", 3260),
        ("60時間", 3600),
        (" 7:05 ", 425),
        ("0", 0),
    ],
)
def test_spans_are_read_as_they_are_written(text: str, minutes: int) -> None:
    assert parse_hours(text) == minutes


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "60:60", "60 5", "12:", "時間", "60:00:00", "六十"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_hours(text)
    assert caught.value.code == "number.unreadable"


@given(st.integers(0, 9999 * 60 + 59))
def test_what_is_shown_is_read_back(minutes: int) -> None:
    assert parse_hours(f"{minutes // 60}:{minutes % 60:02d}") == minutes
