"""What-if: suppositions combined, planned with, made real in one act, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from appointed import add_people
from interview_scene import (
    at,
    availability_file,
    interviewer_named,
    interviewers_file,
    number,
    office_and_people,
    waiting_people,
)

from fujisawa_desktop.errors import ConflictError, ValidationError
from fujisawa_desktop.models import Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.planning import Addition
from fujisawa_desktop.rules.planning_model import Aim
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.interview_assumptions import (
    NOTHING,
    Absence,
    Asked,
    Assumptions,
    assumptions_of,
    stored_assumptions,
)
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.services.interview_load import load_of
from fujisawa_desktop.services.interview_plan import PlanView, apply_plan, make_plan
from fujisawa_desktop.services.interview_trial import make_real, new_times
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.selection import release
from fujisawa_desktop.services.unit_of_work import unit_of_work

SECOND_DAY = date(2024, 10, 31)
EVERYTHING = Assumptions(
    additions=(Addition(at(9), at(10), 2, frozenset({1})), Addition(at(9), at(10), 1, frozenset(), "職員課")),
    absences=(Absence(1, SECOND_DAY),),
    asked=(Asked(3, (at(9), at(10))),),
    slot_minutes=20,
    daily_limit=0,
    own_limits_more=2,
    lunch=(),
)


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    """Twelve people; eight of them compete for six places of one hour."""
    return office_and_people(database, programme_id, tmp_path, people=12, narrow=8)


def tried(database: Database, programme_id: int, **what: object) -> PlanView:
    assumptions = replace(NOTHING, **what)  # type: ignore[arg-type]
    return make_plan(database, programme_id=programme_id, assumptions=assumptions)


def test_suppositions_are_kept_as_they_were_said() -> None:
    for one in (EVERYTHING, NOTHING, replace(NOTHING, lunch=(time(12), time(12, 45)))):
        assert assumptions_of(stored_assumptions(one)) == one
    assert not NOTHING
    assert EVERYTHING


def test_a_shorter_interview_gives_more_places(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    assert len(make_plan(database, programme_id=programme_id).placed) == 10
    trial = tried(database, programme_id, slot_minutes=20)
    assert (len(trial.placed), trial.is_trial) == (12, True)
    assert calendar(database, programme_id=programme_id) == view


def test_an_interviewer_who_is_away_takes_places_away(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    who = interviewer_named(view, "佐野")
    trial = tried(database, programme_id, absences=(Absence(who, date(2024, 10, 30)),))
    assert len(trial.placed) == 8
    assert not any(who in one.interviewer_ids for one in trial.placed if one.start.date() != SECOND_DAY)


def test_a_person_asked_for_another_time_takes_it(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    plan = make_plan(database, programme_id=programme_id)
    asked = tuple(
        Asked(view.person_of[one.key].applicant_id, (at(15, day=SECOND_DAY), at(17, day=SECOND_DAY)))
        for one in plan.unplaced
    )
    trial = tried(database, programme_id, asked=asked)
    assert len(trial.placed) == 12
    assert not trial.assumptions.storable


def test_suppositions_hold_together(database: Database, programme_id: int, view: CalendarView) -> None:
    who = interviewer_named(view, "佐野")
    trial = tried(
        database,
        programme_id,
        absences=(Absence(who, date(2024, 10, 30)),),
        additions=(Addition(at(9), at(10), 2, frozenset()),),
    )
    assert len(trial.placed) == 12
    added = {key for one in trial.placed for key in one.interviewer_ids if key < 0}
    assert len(added) == 2


def test_a_fix_tried_made_real_and_booked_places_everybody(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    plan = make_plan(database, programme_id=programme_id)
    trial = tried(database, programme_id, additions=plan.unplaced[0].raw_additions)
    with pytest.raises(ConflictError, match=r"plan\.trial"):
        apply_plan(database, plan=trial)
    hosts = [f"応援 {number}" for number, _new in enumerate(new_times(trial.assumptions))]
    make_real(database, programme_id=programme_id, assumptions=trial.assumptions, hosts=hosts)
    again = make_plan(database, programme_id=programme_id)
    assert (len(again.placed), again.is_trial) == (12, False)
    apply_plan(database, plan=again)
    assert calendar(database, programme_id=programme_id).waiting == ()
    undo(database)
    undo(database)
    assert calendar(database, programme_id=programme_id) == view


def test_lengths_limits_lunch_and_absences_become_real_in_one_act(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    who = interviewer_named(view, "南")
    assumptions = Assumptions(
        absences=(Absence(who, SECOND_DAY),),
        slot_minutes=25,
        daily_limit=6,
        lunch=(time(12, 15), time(13)),
    )
    make_real(database, programme_id=programme_id, assumptions=assumptions, hosts=[])
    now = calendar(database, programme_id=programme_id)
    assert (now.slot_minutes, now.daily_limit, now.lunch) == (25, 6, (time(12, 15), time(13)))
    assert {start.date() for start, _end in now.interviewer_of[who].windows} == {date(2024, 10, 30)}
    undo(database)
    assert calendar(database, programme_id=programme_id) == view


@pytest.mark.parametrize("minutes", [23, 3])
def test_a_length_that_the_calendar_cannot_hold_is_neither_tried_nor_made_real(
    database: Database, programme_id: int, view: CalendarView, minutes: int
) -> None:
    odd = Assumptions(slot_minutes=minutes)
    with pytest.raises(ValidationError, match=r"programme\.slot-step"):
        make_plan(database, programme_id=programme_id, assumptions=odd)
    with pytest.raises(ValidationError, match=r"programme\.slot-step"):
        make_real(database, programme_id=programme_id, assumptions=odd, hosts=[])
    assert calendar(database, programme_id=programme_id).slot_minutes == view.slot_minutes


def test_a_lunch_without_an_end_after_its_begin_is_not_made_real(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    odd = Assumptions(lunch=(time(13), time(12)))
    with pytest.raises(ValidationError, match=r"programme\.hours-reversed"):
        make_real(database, programme_id=programme_id, assumptions=odd, hosts=[])
    assert calendar(database, programme_id=programme_id).lunch == view.lunch


def test_time_somebody_has_already_and_a_missing_name_are_said_beside_the_name(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    assumptions = Assumptions(additions=(Addition(at(9), at(10), 2, frozenset()),))
    for hosts, code in (
        (["応援", " "], "interviewer.name-missing"),
        (["応援", "応援"], "interviewer.time-overlaps"),
    ):
        with pytest.raises(ValidationError) as refused:
            make_real(database, programme_id=programme_id, assumptions=assumptions, hosts=hosts)
        assert (refused.value.code, refused.value.field) == (code, "host-1")
    assert calendar(database, programme_id=programme_id) == view


def test_the_load_counts_interviews_and_minutes_by_interviewer_day_and_course(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    plan = make_plan(database, programme_id=programme_id)
    load = load_of(view, plan)
    assert sum(one.whole.interviews for one in load.interviewers) == 10
    assert sum(one.whole.minutes for one in load.interviewers) == 300
    for one in load.interviewers:
        assert one.offered_minutes == 7 * 60
        mine = [seen for seen in plan.placed if one.interviewer_id in seen.interviewer_ids]
        for day, held in zip(load.days, one.days, strict=True):
            assert held.interviews == sum(seen.start.date() == day for seen in mine)
    assert sum(sum(one.courses) for one in load.interviewers) == 10
    apply_plan(database, plan=plan)
    assert load_of(calendar(database, programme_id=programme_id)) == load


def test_the_load_of_a_trial_shows_those_it_added(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    plan = make_plan(database, programme_id=programme_id)
    trial = tried(database, programme_id, additions=plan.unplaced[0].raw_additions)
    added = [one for one in load_of(view, trial).interviewers if one.interviewer_id < 0]
    assert sum(one.whole.interviews for one in added) == 2
    assert load_of(view, trial).busiest >= load_of(view, trial).idlest > 0


class TestSample:
    """The invented sixty of the resources, and nine people for six places among sixty."""

    @pytest.fixture
    def sixty(self, database: Database, programme_id: int, tmp_path: Path) -> PlanView:
        """Nine people can come in one hour only, in which six can be seen; fifty-one come on other days."""
        add_people(database, programme_id, waiting_people(60))
        office = [
            (who, "", day, first, last)
            for who in ("職員課 佐野", "職員課 大友", "人事 辻")
            for day in ("2024-10-30", "2024-10-31", "2024-11-01")
            for first, last in (("9:00", "12:00"), ("13:00", "17:00"))
        ]
        import_interviewers(database, programme_id=programme_id, file=interviewers_file(tmp_path, office))
        rows = [(number(index), "2024-10-30", "9:00", "10:00") for index in range(9)]
        rows += [(number(index), "2024-10-31", "9:00", "17:00") for index in range(9, 35)]
        rows += [(number(index), "2024-11-01", "9:00", "17:00") for index in range(35, 60)]
        import_availability(database, programme_id=programme_id, file=availability_file(tmp_path, rows))
        return make_plan(database, programme_id=programme_id)

    def test_fifty_seven_of_sixty_are_placed_and_it_is_proven(self, sixty: PlanView) -> None:
        assert (len(sixty.placed), sixty.total, sixty.proven_optimal) == (57, 60, True)
        placed = sixty.measure(Aim.PLACED)
        assert placed is not None
        assert (placed.value, placed.bound, placed.proven) == (57, 57, True)
        assert {one.reason for one in sixty.unplaced} == {"plan.crowded"}
        assert all(len(one.rivals) == 9 for one in sixty.unplaced)

    def test_every_fix_that_is_offered_places_all_sixty_when_it_is_tried(
        self, database: Database, programme_id: int, sixty: PlanView
    ) -> None:
        offers = {offer.code: offer for one in sixty.unplaced for offer in one.fixes}
        assert set(offers) == {"plan.fix-add-interviewers", "plan.fix-ask-others", "plan.fix-shorter"}
        for offer in offers.values():
            assert set(offer.helped) == {one.name for one in sixty.unplaced}
            trial = make_plan(database, programme_id=programme_id, assumptions=offer.assumptions)
            assert (len(trial.placed), trial.unplaced, trial.is_trial) == (60, (), True)
        assert calendar(database, programme_id=programme_id).interviews == ()

    @pytest.mark.usefixtures("sixty")
    def test_with_a_limit_a_day_raising_it_is_offered_and_works(
        self, database: Database, programme_id: int
    ) -> None:
        with unit_of_work(database, "test.limit", actor="test") as work:
            work.session.get_one(Programme, programme_id).interview_daily_limit = 8
            work.commit()
        plan = make_plan(database, programme_id=programme_id)
        offers = [
            offer for one in plan.unplaced for offer in one.fixes if offer.code == "plan.fix-raise-limit"
        ]
        assert offers
        trial = make_plan(database, programme_id=programme_id, assumptions=offers[0].assumptions)
        assert set(offers[0].helped) <= {one.name for one in trial.placed}
        make_real(database, programme_id=programme_id, assumptions=offers[0].assumptions, hosts=[])
        again = make_plan(database, programme_id=programme_id)
        assert len(again.placed) == len(trial.placed)

    def test_the_sample_of_the_resources_is_all_placed_by_every_fix(
        self, database: Database, programme_id: int
    ) -> None:
        samples = resources_dir() / "samples"
        for name in ("e-application.csv", "rikunabi.csv"):
            import_applicants(database, programme_id=programme_id, file=samples / name)
        import_decisions(database, programme_id=programme_id, file=samples / "decisions-first.csv")
        release(database, programme_id=programme_id, stage=Stage.FIRST)
        import_availability(database, programme_id=programme_id, file=samples / "availability.csv")
        import_interviewers(database, programme_id=programme_id, file=samples / "interviewers.csv")
        plan = make_plan(database, programme_id=programme_id)
        assert (len(plan.placed), plan.total, plan.proven_optimal) == (56, 60, True)
        offers = {offer.code: offer for one in plan.unplaced for offer in one.fixes}
        assert len(offers) >= 2
        for offer in offers.values():
            trial = make_plan(database, programme_id=programme_id, assumptions=offer.assumptions)
            assert len(trial.placed) == 60
        fix = plan.unplaced[0].fixes[0].assumptions
        make_real(database, programme_id=programme_id, assumptions=fix, hosts=["応援　一", "応援　二"])
        apply_plan(database, plan=make_plan(database, programme_id=programme_id))
        view = calendar(database, programme_id=programme_id)
        assert (len(view.interviews), view.waiting) == (60, ())
        assert all(one.problems == () for one in view.interviews)
