"""Somebody whose flag stands takes no part in interviews, and everybody is told why."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_scene import FIRST_DAY, at, entry_of, interviewer_named, office_and_people

from fujisawa_desktop.errors import ConflictError, RuleError
from fujisawa_desktop.models import Entry, FlagVerdict
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar, waiting
from fujisawa_desktop.services.interview_plan import apply_plan, make_plan
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.overview import overview
from fujisawa_desktop.services.rulings import rule_flag
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    return office_and_people(database, programme_id, tmp_path, people=3)


def confirm(database: Database, entry_id: int, verdict: FlagVerdict = FlagVerdict.STANDS) -> None:
    """Say what a clerk decided about a flag that was noticed after the pass."""
    with unit_of_work(database, "test.people") as work:
        work.session.get_one(Entry, entry_id).is_not_student = True
        work.commit()
    rule_flag(database, entry_id=entry_id, flag="not-student", verdict=verdict, reason="在学証明")


def booked(database: Database, programme_id: int, view: CalendarView, person: int) -> None:
    book(
        database,
        programme_id=programme_id,
        entry_id=entry_of(view, person),
        interviewer_id=interviewer_named(view, "佐野"),
        start=at(9),
        despite=True,
    )


def test_no_interview_is_booked_or_planned(database: Database, programme_id: int, view: CalendarView) -> None:
    confirm(database, entry_of(view, 0))
    with pytest.raises(RuleError, match=r"interview\.not-waiting"):
        booked(database, programme_id, view, 0)
    assert len(waiting(database, programme_id=programme_id)) == 2
    plan = make_plan(database, programme_id=programme_id)
    planned = {one.entry_id for one in (*plan.placed, *plan.unplaced)}
    assert planned == {entry_of(view, 1), entry_of(view, 2)}
    todos = overview(database, programme_id, FIRST_DAY).todos
    assert [todo.params.get("count") for todo in todos if todo.action == "plan.make"] == [2], todos


def test_an_interview_booked_before_says_what_is_wrong(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    booked(database, programme_id, view, 0)
    confirm(database, entry_of(view, 0))
    (interview,) = calendar(database, programme_id=programme_id).interviews
    assert "flag-stands" in interview.problems
    plan = make_plan(database, programme_id=programme_id)
    assert plan.released == (), "a person decides whether it is cancelled"


def test_a_plan_made_before_is_not_booked(database: Database, programme_id: int, view: CalendarView) -> None:
    plan = make_plan(database, programme_id=programme_id)
    confirm(database, entry_of(view, 0))
    with pytest.raises(ConflictError, match=r"plan\.outdated"):
        apply_plan(database, plan=plan)


def test_who_takes_part_all_the_same_is_booked(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    confirm(database, entry_of(view, 0), FlagVerdict.WAIVED)
    booked(database, programme_id, view, 0)
    (interview,) = calendar(database, programme_id=programme_id).interviews
    assert "flag-stands" not in interview.problems
