"""What is greyed while somebody is dragged is what a booking would be refused for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from fujisawa_desktop import texts
from fujisawa_desktop.rules.calendar import ClosedReason
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.services.interview_checks import OVERRIDABLE, Rulebook, Sitting, Weight
from fujisawa_desktop.services.interview_places import PlaceState, complete_panel, possible_times
from fujisawa_desktop.services.interview_view import (
    Booked,
    CalendarView,
    CourseMark,
    DayColumn,
    InterviewerColumn,
    Person,
)

MONDAY = date(2024, 10, 28)
UNIT = timedelta(minutes=5)
PANELS: tuple[tuple[str, ...], ...] = ((), ("職員課",), ("職員課", "受入部署"), ("", "職員課"), ("", ""))


def scene(seed: int) -> CalendarView:
    """Return some calendar: interviewers, people and interviews at chance, always the same by seed."""
    dice = Random(seed)
    days = (
        DayColumn(MONDAY, None),
        DayColumn(MONDAY + timedelta(days=1), dice.choice([None, ClosedReason.CITY])),
    )

    def span(day: date) -> Window:
        first = 8 * 12 + dice.randrange(60)
        start = datetime.combine(day, time()) + first * UNIT
        return start, start + dice.randrange(6, 70) * UNIT

    interviewers = tuple(
        InterviewerColumn(
            key,
            f"面接官{key}",
            frozenset(dice.sample([1, 2], dice.randrange(3))),
            tuple(sorted(span(dice.choice(days).day) for _ in range(dice.randrange(4)))),
            role=dice.choice(["職員課", "受入部署", ""]),
            daily_limit=dice.choice([None, None, 1, 2]),
            gives_support=dice.random() < 0.3,
        )
        for key in range(1, 5)
    )
    people = tuple(
        Person(
            key, key if key != 3 else 2, f"A{key}", f"名{key}", "カナ", "",
            frozenset(dice.sample([1, 2], dice.randrange(1, 3))), True, False,
            tuple(sorted(span(dice.choice(days).day) for _ in range(dice.randrange(3)))),
            minutes=dice.choice([None, 45]),
        )
        for key in range(1, 7)
    )  # fmt: skip
    interviews = []
    for number, person in enumerate(people[1:], 1):
        start = datetime.combine(dice.choice(days).day, time(8)) + dice.randrange(110) * UNIT
        end = start + dice.randrange(1, 12) * UNIT
        who = tuple(sorted(dice.sample([1, 2, 3, 4], dice.randrange(1, 3))))
        interviews.append(Booked(number, 1, person.entry_id, start, end, who, False, False, ()))
    return CalendarView(
        slot_minutes=30,
        gap_minutes=dice.choice([0, 5, 10]),
        day_from=time(8, 30),
        day_until=time(17, 15),
        lunch=dice.choice([None, (time(12), time(13))]),
        days=days,
        courses=(CourseMark(1, "一", "①"), CourseMark(2, "二", "②")),
        interviewers=interviewers,
        people=people,
        interviews=tuple(interviews),
        panel=dice.choice(PANELS),
        daily_limit=dice.choice([None, 3]),
    )


@pytest.mark.parametrize("seed", range(12))
def test_every_place_answers_as_a_booking_there_would(seed: int) -> None:
    view = scene(seed)
    rules = Rulebook(view)
    for person in view.people[:2]:
        booked = view.booked_of.get(person.key)
        moved = booked.interview_id if booked is not None else None
        places = possible_times(view, person.key, interview_id=moved)
        assert places.length == timedelta(minutes=person.minutes or 30)
        for day in view.days:
            for unit in (0, *range(95, 225), 280, 287):
                start = datetime.combine(day.day, time()) + unit * UNIT
                for column in view.interviewers:
                    who = complete_panel(view, person.key, [column.interviewer_id], start, interview_id=moved)
                    sitting = Sitting(
                        person.entry_id, person.applicant_id, who, start, start + places.length, moved
                    )
                    weighty = (one for one in rules.findings(person, sitting) if one.weight > Weight.REMARK)
                    first = next(weighty, None)
                    place = places.at(column.interviewer_id, start)
                    assert place.code == (f"interview.{first.code}" if first else ""), (start, who)
                    assert place.first <= start < place.until
                    wanted = PlaceState.FREE
                    if first is not None:
                        soft = first.weight is Weight.SOFT
                        wanted = PlaceState.UNAVAILABLE if soft else PlaceState.CONFLICT
                    assert place.state is wanted


def test_the_codes_that_can_be_overridden_are_those_of_soft_findings_and_all_have_a_sentence() -> None:
    said = texts.text_book().messages
    seen: dict[str, Weight] = {}
    for seed in range(60):
        view = scene(seed)
        rules = Rulebook(view)
        for booked in view.interviews:
            person = view.person_of[booked.key]
            for end in (booked.end, booked.start, booked.end + timedelta(minutes=1)):
                who = (*booked.interviewer_ids, *booked.interviewer_ids)[: seed % 4]
                sitting = Sitting(booked.entry_id, person.applicant_id, who, booked.start, end)
                for finding in rules.findings(person, sitting):
                    seen[finding.code] = finding.weight
    assert all(f"interview.{code}" in said for code, weight in seen.items() if weight > Weight.REMARK)
    assert {f"interview.{code}" for code, weight in seen.items() if weight is Weight.SOFT} == OVERRIDABLE
    assert {code for code, weight in seen.items() if weight is Weight.HARD} == {
        "not-on-the-grid", "bad-length", "nobody", "interviewer-twice", "wrong-course",
        "interviewer-taken", "applicant-taken",
    }  # fmt: skip


def test_a_day_outside_the_period_is_no_place() -> None:
    view = scene(1)
    place = possible_times(view, 1).at(1, datetime.combine(MONDAY + timedelta(days=30), time(9)))
    assert (place.state, place.code) == (PlaceState.CONFLICT, "interview.outside-period")


class TestCompletingAPanel:
    def view(self, *, panel: tuple[str, ...], support: bool = False) -> CalendarView:
        whole = (datetime.combine(MONDAY, time(9)), datetime.combine(MONDAY, time(17)))
        people = tuple(
            Person(
                key, key, f"A{key}", "名", "カナ", "", frozenset({1}), True, False, (),
                needs_support=support,
            )
            for key in (1, 2)
        )  # fmt: skip
        roles = ("職員課", "受入部署", "受入部署", "受入部署")
        return CalendarView(
            slot_minutes=30, gap_minutes=0, day_from=time(8, 30), day_until=time(17, 15), lunch=None,
            days=(DayColumn(MONDAY, None),), courses=(CourseMark(1, "一", "①"),),
            interviewers=tuple(
                InterviewerColumn(
                    key, f"面接官{key}", frozenset({2}) if key == 2 else frozenset(), (whole,),
                    role=role, gives_support=key == 4,
                )
                for key, role in enumerate(roles, 1)
            ),
            people=people,
            interviews=(
                Booked(5, 1, 2, at(9), at(9, 30), (3,), False, False, ()),
                Booked(6, 1, 2, at(11), at(11, 30), (4,), False, False, ()),
                Booked(7, 1, 2, at(12), at(12, 30), (4,), False, False, ()),
            ),
            panel=panel,
        )  # fmt: skip

    def test_takes_who_may_see_the_course_is_free_and_least_busy(self) -> None:
        view = self.view(panel=("職員課", "受入部署"))
        assert complete_panel(view, 1, [1], at(10)) == (1, 3)
        assert complete_panel(view, 1, [1], at(9)) == (1, 4)
        assert complete_panel(view, 1, [4], at(10)) == (4, 1)

    def test_prefers_support_where_it_is_needed_and_who_is_in_it_already(self) -> None:
        assert complete_panel(self.view(panel=("職員課", "受入部署"), support=True), 1, [1], at(10)) == (1, 4)
        assert complete_panel(self.view(panel=("", "")), 2, [1], at(11), interview_id=6) == (1, 4)

    def test_leaves_a_seat_empty_that_nobody_can_take(self) -> None:
        view = self.view(panel=("職員課", "職員課"))
        assert complete_panel(view, 1, [1], at(10)) == (1,)
        places = possible_times(view, 1)
        assert places.at(1, at(10)).code == "interview.panel-incomplete"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY, time(hour, minute))
