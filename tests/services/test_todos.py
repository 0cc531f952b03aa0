from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fujisawa_desktop.rules.timeline import KeyDays
from fujisawa_desktop.services.todos import EndCount, MonthCount, Situation, TodoItem, Urgency, todos
from fujisawa_desktop.texts import message_for, term
from fujisawa_desktop.views.action_table import ACTIONS

DAYS = KeyDays(
    entry_from=date(2024, 10, 1),
    entry_until=date(2024, 10, 16),
    first_result=date(2024, 10, 25),
    interview_from=date(2024, 10, 30),
    interview_until=date(2024, 11, 8),
    final_result=date(2024, 11, 20),
    term_from=date(2024, 12, 1),
    term_until=date(2025, 1, 31),
)
BUSY = Situation(
    entries=400,
    imported_all=True,
    suspicions=30,
    first_open=3,
    first_pending=2,
    first_letters=4,
    to_book=3,
    invitations=57,
    interviews_today=9,
    final_open=53,
    final_pending=4,
    final_letters=4,
    replies=2,
    to_appoint=2,
    owing=3,
    owed_since=date(2024, 11, 29),
    without_hours=1,
    to_close=(MonthCount(2024, 12, 4),),
    statements=(MonthCount(2024, 12, 4),),
    to_certify=(EndCount(date(2024, 12, 13), 1),),
)


def past(**counts: Any) -> Situation:
    """Return a situation in which all entries are in."""
    return Situation(entries=5, imported_all=True, **counts)


def listed(situation: Situation, today: date, **moved: date) -> list[TodoItem]:
    return list(todos(situation, replace(DAYS, **moved), today))


def codes(situation: Situation, today: date) -> list[str]:
    return [item.code.removeprefix("todo.") for item in listed(situation, today)]


def only(situation: Situation, today: date) -> TodoItem:
    (item,) = listed(situation, today)
    return item


@pytest.mark.parametrize(
    ("today", "situation", "expected"),
    [
        (date(2024, 9, 20), Situation(), ["check-courses"]),
        (date(2024, 10, 5), Situation(), ["import"]),
        (date(2024, 10, 5), Situation(entries=5, first_open=5), []),
        (date(2024, 10, 16), Situation(entries=5, first_open=5), []),
        (date(2024, 10, 17), Situation(entries=5, first_open=5), ["import-rest", "first-decisions"]),
        (
            date(2024, 10, 17),
            Situation(entries=5, imported_all=True, first_open=5, unscored=3),
            ["score", "first-decisions"],
        ),
        (date(2024, 10, 17), past(first_open=5), ["first-decisions"]),
        (date(2024, 10, 5), Situation(entries=5, first_open=4, first_pending=1), ["first-decisions"]),
        (date(2024, 10, 20), past(first_pending=5), ["release-first"]),
        (date(2024, 10, 25), past(first_letters=5, to_book=2), ["first-letters", "plan"]),
        (date(2024, 10, 28), past(invitations=2), ["invitations"]),
        (date(2024, 10, 29), past(final_open=2), []),
        (date(2024, 10, 30), past(final_open=2), ["final-decisions"]),
        (date(2024, 10, 20), past(final_open=2, final_pending=1), ["final-decisions"]),
        (date(2024, 11, 12), past(final_pending=2), ["release-final"]),
        (
            date(2024, 11, 20), past(final_letters=2, replies=1, to_appoint=1),
            ["final-letters", "replies", "appoint"],
        ),
        (date(2024, 11, 28), past(without_hours=2), ["hours"]),
        (date(2024, 12, 3), past(owing=2, owed_since=date(2024, 11, 29)), ["hand-ins"]),
        (date(2025, 1, 6), past(to_close=(MonthCount(2024, 12, 4),)), ["close-month"]),
        (date(2025, 1, 6), past(statements=(MonthCount(2024, 12, 4),)), ["statements"]),
        (date(2025, 2, 1), past(to_certify=(EndCount(date(2025, 1, 31), 4),)), ["year-end"]),
        (date(2025, 3, 1), past(), []),
    ],
)  # fmt: skip
def test_each_step_asks_for_the_next(today: date, situation: Situation, expected: list[str]) -> None:
    assert codes(situation, today) == expected


@pytest.mark.parametrize(
    ("situation", "today", "due", "urgency"),
    [
        (Situation(), date(2024, 9, 20), date(2024, 9, 30), Urgency.LATER),
        (Situation(), date(2024, 9, 30), date(2024, 9, 30), Urgency.TODAY),
        (Situation(), date(2024, 9, 29), date(2024, 9, 30), Urgency.TOMORROW),
        (Situation(), date(2024, 10, 18), date(2024, 10, 17), Urgency.OVERDUE),
        (past(to_book=1), date(2024, 10, 26), date(2024, 10, 29), Urgency.LATER),
        (past(to_book=1), date(2024, 11, 1), date(2024, 11, 8), Urgency.LATER),
        (past(invitations=1), date(2024, 11, 1), date(2024, 11, 1), Urgency.TODAY),
        (past(to_appoint=1), date(2024, 11, 20), date(2024, 11, 29), Urgency.LATER),
        (
            past(to_certify=(EndCount(date(2025, 1, 31), 4),)),
            date(2025, 2, 28),
            date(2025, 2, 28),
            Urgency.TODAY,
        ),
        (
            past(to_certify=(EndCount(date(2024, 12, 13), 1),)),
            date(2025, 1, 14),
            date(2025, 1, 13),
            Urgency.OVERDUE,
        ),
        (
            past(owing=1, owed_since=date(2024, 11, 29)),
            date(2024, 12, 3), date(2024, 11, 29), Urgency.OVERDUE,
        ),
        (past(suspicions=1), date(2024, 11, 20), None, Urgency.NOW),
        (
            past(to_close=(MonthCount(2024, 12, 1),)),
            date(2025, 1, 4), date(2025, 1, 6), Urgency.LATER,
        ),
        (
            past(to_close=(MonthCount(2025, 1, 1),)),
            date(2025, 2, 10), date(2025, 2, 3), Urgency.OVERDUE,
        ),
    ],
)  # fmt: skip
def test_days_due_are_open_days(
    situation: Situation, today: date, due: date | None, urgency: Urgency
) -> None:
    item = only(situation, today)
    assert (item.due, item.urgency) == (due, urgency)


def test_the_most_urgent_stands_first_and_what_has_no_day_after_today() -> None:
    urgencies = [item.urgency for item in listed(BUSY, date(2024, 11, 6))]
    order = [Urgency.OVERDUE, Urgency.TODAY, Urgency.NOW, Urgency.TOMORROW, Urgency.LATER]
    assert urgencies == sorted(urgencies, key=order.index)
    assert set(urgencies) == {Urgency.OVERDUE, Urgency.TODAY, Urgency.NOW, Urgency.LATER}


def test_closed_days_of_the_city_move_a_day_due() -> None:
    closed = frozenset({date(2024, 9, 30)})
    (item,) = todos(Situation(), DAYS, date(2024, 9, 20), closed)
    assert item.due == date(2024, 9, 27)


def test_a_calendar_beyond_the_published_holidays_is_said() -> None:
    later = {"term_from": date(2027, 1, 5), "term_until": date(2027, 3, 31)}
    done = past()
    items = listed(done, date(2026, 12, 1), **later)
    assert [(item.code, item.action, item.params) for item in items] == [
        ("todo.holidays-unpublished", "", {"year": 2027})
    ]
    assert listed(done, date(2027, 4, 1), **later) == []


def test_a_city_closed_for_weeks_still_gets_a_day() -> None:
    closed = frozenset(date(2024, 10, day) for day in range(1, 32)) | {
        date(2024, 11, day) for day in range(1, 20)
    }
    (item,) = todos(Situation(), DAYS, date(2024, 10, 16), frozenset(closed))
    assert item.due == date(2024, 10, 17)


@pytest.mark.parametrize("today", [date(2024, 9, 1), date(2024, 10, 5), date(2024, 11, 6), date(2025, 2, 3)])
def test_every_line_has_a_sentence_a_word_and_an_action(today: date) -> None:
    known = {action.id for action in ACTIONS}
    for situation in (BUSY, Situation(), replace(BUSY, imported_all=False, first_open=0, final_open=0)):
        for item in listed(situation, today):
            assert "{" not in message_for(item.code, item.params)
            assert item.code not in message_for(item.code, item.params)
            assert item.action in known
            assert term("todo", item.code) != item.code
