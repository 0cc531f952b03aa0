from __future__ import annotations

from datetime import date

import pytest

from fujisawa_desktop.rules.timeline import KeyDays, Phase, last_day_of_third, phase_on, points

R6 = KeyDays(
    entry_from=date(2024, 10, 1),
    entry_until=date(2024, 10, 16),
    first_result=date(2024, 10, 25),
    interview_from=date(2024, 10, 30),
    interview_until=date(2024, 11, 8),
    final_result=date(2024, 11, 20),
    term_from=date(2024, 12, 1),
    term_until=date(2025, 1, 31),
)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2024, 9, 30), Phase.BEFORE),
        (date(2024, 10, 1), Phase.ENTRY),
        (date(2024, 10, 16), Phase.ENTRY),
        (date(2024, 10, 17), Phase.FIRST),
        (date(2024, 10, 29), Phase.FIRST),
        (date(2024, 10, 30), Phase.INTERVIEWS),
        (date(2024, 11, 8), Phase.INTERVIEWS),
        (date(2024, 11, 9), Phase.FINAL),
        (date(2024, 11, 20), Phase.FINAL),
        (date(2024, 11, 21), Phase.PREPARING),
        (date(2024, 11, 30), Phase.PREPARING),
        (date(2024, 12, 1), Phase.TERM),
        (date(2025, 1, 31), Phase.TERM),
        (date(2025, 2, 1), Phase.CLOSED),
    ],
)
def test_phases_meet_without_a_gap(day: date, phase: Phase) -> None:
    assert phase_on(R6, day) is phase


def test_the_seven_points_stand_in_order() -> None:
    line = points(R6)
    assert [point.day for point in line] == sorted(point.day for point in line)
    assert [point.code for point in line if point.until] == ["interviews"]
    assert len(line) == 7


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11月中旬", date(2024, 11, 20)),
        ("１１月上旬", date(2024, 11, 10)),
        ("11月下旬ごろ", date(2024, 11, 30)),
        ("1月中旬", date(2025, 1, 20)),
        ("2025年2月下旬", date(2025, 2, 28)),
        ("追って通知", None),
        ("", None),
    ],
)
def test_thirds_of_a_month(text: str, day: date | None) -> None:
    assert last_day_of_third(text, date(2024, 11, 8)) == day
