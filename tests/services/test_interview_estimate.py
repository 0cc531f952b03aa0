"""The estimate from what a programme sets and whom it has."""

from __future__ import annotations

from pathlib import Path

from appointed import Person, add_people
from interview_scene import office_and_people

from fujisawa_desktop.models import Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.interview_estimate import estimate, estimate_basis
from fujisawa_desktop.services.unit_of_work import unit_of_work


def test_the_programme_says_how_days_look_and_who_passed(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    office_and_people(database, programme_id, tmp_path, people=12)
    add_people(database, programme_id, (Person("9", "名　無", "ナナシ", 0, Status.FIRST_FAILED),))
    basis = estimate_basis(database, programme_id=programme_id)
    assert (basis.day.per_day, basis.day.days, basis.day.seats) == (14, 7, 1)
    assert [course.passed for course in basis.courses[:2]] == [6, 6]
    assert all(course.capacity > 0 for course in basis.courses)
    # Three interviewers, three hours on the first day and four on the second.
    assert (basis.supply_slots, basis.supply_minutes) == (3 * 14, 3 * 7 * 60)


def test_the_present_interviewers_are_enough_or_the_course_that_is_short_is_named(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    office_and_people(database, programme_id, tmp_path, people=12)
    basis = estimate_basis(database, programme_id=programme_id)
    first, second = basis.courses[:2]
    enough = estimate(basis, {first.course_id: 21, second.course_id: 21})
    assert (enough.is_enough, enough.allowance.interviews, enough.short) == (True, 42, ())
    short = estimate(basis, {first.course_id: 30, second.course_id: 5}, reserve_percent=20)
    assert (short.is_enough, short.allowance.interviews, short.short) == (False, 33, (first.short_name,))
    assert (short.people, short.demand.slots, short.demand.interviewer_days) == (35, 42, 3)


def test_panels_and_limits_of_the_programme_count(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    office_and_people(database, programme_id, tmp_path, people=12)
    with unit_of_work(database, "test.panel", actor="test") as work:
        row = work.session.get_one(Programme, programme_id)
        row.interview_panel = ["", ""]
        row.interview_daily_limit = 4
        work.commit()
    basis = estimate_basis(database, programme_id=programme_id)
    assert (basis.day.per_day, basis.day.seats, basis.supply_slots) == (4, 2, 3 * 8 // 2)
    found = estimate(basis, {basis.courses[0].course_id: 9})
    assert (found.demand.interviewer_days, found.demand.a_day) == (6, 2)
