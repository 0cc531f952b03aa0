"""Stretching, swapping, panels and limits: each act, what refuses it, undone and done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from interview_scene import FIRST_DAY, at, entry_of, interviewer_named, office_and_people
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    ClosedDay,
    Interview,
    Interviewer,
    InterviewReview,
    InterviewUnit,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Attendance
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_booking import (
    book,
    cancel,
    change_interviewers,
    move,
    set_locked,
    stretch,
    swap,
)
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_needs import Need, set_need
from fujisawa_desktop.services.interview_view import Booked, CalendarView
from fujisawa_desktop.services.unit_of_work import unit_of_work

ANYBODY, DX, CHILD = "佐野", "辻", "南"
LATER = FIRST_DAY + timedelta(days=1)


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    return office_and_people(database, programme_id, tmp_path, narrow=2)


@pytest.fixture
def booked(database: Database, programme_id: int, view: CalendarView) -> Callable[..., Booked]:
    def do(person: int, who: str | tuple[str, ...], start: datetime, **more: object) -> Booked:
        names = (who,) if isinstance(who, str) else who
        book(
            database, programme_id=programme_id, entry_id=entry_of(view, person), start=start,
            interviewer_ids=[interviewer_named(view, name) for name in names], actor="test", **more,  # type: ignore[arg-type]
        )  # fmt: skip
        return calendar(database, programme_id=programme_id).booked_of[entry_of(view, person)]

    return do


def now(database: Database, programme_id: int, one: Booked) -> Booked:
    return calendar(database, programme_id=programme_id).interview_of[one.interview_id]


def units(database: Database, one: Booked) -> int:
    with database.read() as session:
        return len(
            session.scalars(
                select(InterviewUnit.id).where(InterviewUnit.interview_id == one.interview_id)
            ).all()
        )


def edit(database: Database, model: type, key: int, **values: object) -> None:
    with unit_of_work(database, "test.edit", actor="test") as work:
        row = work.session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)
        work.commit()


class TestStretching:
    def test_takes_and_frees_units_and_is_undone_and_done_again(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, DX, at(9))
        change = stretch(database, interview_id=one.interview_id, end=at(9, 45), version=one.version)
        assert change.label.code == "interview.stretch"
        assert (now(database, programme_id, one).end, units(database, one)) == (at(9, 45), 18)
        stretch(database, interview_id=one.interview_id, end=at(9, 5))
        assert (now(database, programme_id, one).end, units(database, one)) == (at(9, 5), 2)
        undo(database)
        assert (now(database, programme_id, one).end, units(database, one)) == (at(9, 45), 18)
        redo(database)
        assert now(database, programme_id, one).end == at(9, 5)

    @pytest.mark.parametrize(
        ("end", "code"),
        [
            (at(9), "interview.bad-length"),
            (at(8, 55), "interview.bad-length"),
            (at(9, 33), "interview.not-on-the-grid"),
            (at(9, 0, LATER), "interview.bad-length"),
            (at(10, 5), "interview.applicant-away"),
            (at(12, 5), "interview.lunch"),
        ],
    )
    def test_an_end_that_cannot_be_is_refused(
        self, database: Database, programme_id: int, booked: Callable[..., Booked], end: datetime, code: str
    ) -> None:
        one = booked(0, DX, at(9))
        with pytest.raises(RuleError) as refused:
            stretch(database, interview_id=one.interview_id, end=end)
        assert refused.value.code == code
        assert now(database, programme_id, one) == one

    def test_into_the_next_interview_is_refused_by_name(
        self, database: Database, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, ANYBODY, at(9))
        booked(1, ANYBODY, at(9, 30))
        with pytest.raises(ConflictError) as refused:
            stretch(database, interview_id=one.interview_id, end=at(9, 35), despite=True)
        assert refused.value.code == "interview.interviewer-taken"
        assert refused.value.params["person"] == "葛城　さくら"

    def test_a_person_who_needs_longer_is_booked_for_longer(
        self, database: Database, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        person = view.person_of[entry_of(view, 0)]
        set_need(database, applicant_id=person.applicant_id, need=Need(minutes=45, needs_support=True))
        one = booked(0, DX, at(9))
        assert (one.end, one.problems) == (at(9, 45), ("no-support",))
        undo(database)
        edit(database, Interviewer, interviewer_named(view, DX), gives_support=True)
        assert booked(0, DX, at(9), end=at(9, 20)).problems == ()


class TestSwapping:
    def test_exchanges_times_and_interviewers_as_one_act(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        one, other = booked(0, DX, at(9)), booked(1, ANYBODY, at(9, 30))
        with pytest.raises(RuleError, match=r"interview\.wrong-course"):
            swap(database, first_id=one.interview_id, second_id=other.interview_id)
        change_interviewers(
            database,
            interview_id=one.interview_id,
            interviewer_ids=[interviewer_named(view, ANYBODY)],
        )
        change_interviewers(
            database,
            interview_id=other.interview_id,
            interviewer_ids=[interviewer_named(view, CHILD)],
        )
        with pytest.raises(RuleError, match=r"interview\.wrong-course"):
            swap(database, first_id=one.interview_id, second_id=other.interview_id)
        change_interviewers(
            database,
            interview_id=other.interview_id,
            interviewer_ids=[interviewer_named(view, ANYBODY)],
        )
        change = swap(database, first_id=one.interview_id, second_id=other.interview_id)
        assert change.label.code == "interview.swap"
        assert now(database, programme_id, one).start == at(9, 30)
        assert now(database, programme_id, other).start == at(9)
        undo(database)
        assert now(database, programme_id, one).start == at(9)
        redo(database)
        assert now(database, programme_id, one).start == at(9, 30)

    def test_lengths_stay_and_may_not_overlap_then(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        one, other = booked(0, ANYBODY, at(9), end=at(9, 20)), booked(1, ANYBODY, at(9, 20))
        with pytest.raises(ConflictError, match=r"interview\.interviewer-taken"):
            swap(database, first_id=one.interview_id, second_id=other.interview_id, despite=True)
        assert now(database, programme_id, one) == one

    def test_what_is_fixed_missing_stale_or_the_same_is_refused(
        self, database: Database, booked: Callable[..., Booked]
    ) -> None:
        one, other = booked(0, ANYBODY, at(9)), booked(1, ANYBODY, at(9, 30))
        keys = {"first_id": one.interview_id, "second_id": other.interview_id}
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            swap(database, **keys, versions=(one.version, other.version + 1))
        with pytest.raises(NotFoundError, match=r"interview\.missing"):
            swap(database, first_id=one.interview_id, second_id=999)
        with pytest.raises(NotFoundError, match=r"interview\.missing"):
            swap(database, first_id=one.interview_id, second_id=one.interview_id)
        set_locked(database, interview_id=other.interview_id, locked=True)
        with pytest.raises(RuleError, match=r"interview\.locked"):
            swap(database, **keys)


class TestPanels:
    @pytest.fixture
    def panel(self, database: Database, programme_id: int, view: CalendarView) -> None:
        edit(database, Programme, programme_id, interview_panel=["職員課", "受入部署"])
        edit(database, Interviewer, interviewer_named(view, ANYBODY), role="職員課")
        edit(database, Interviewer, interviewer_named(view, DX), role="受入部署")

    @pytest.mark.usefixtures("panel")
    def test_a_whole_panel_takes_the_time_of_all(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, (ANYBODY, DX), at(9))
        assert (one.problems, units(database, one)) == ((), 18)
        move(database, interview_id=one.interview_id, start=at(9, 30))
        moved = now(database, programme_id, one)
        assert (moved.start, moved.interviewer_ids) == (at(9, 30), one.interviewer_ids)
        with pytest.raises(ConflictError, match=r"interview\.interviewer-taken"):
            booked(1, ANYBODY, at(9, 45), despite=True)
        undo(database)
        assert now(database, programme_id, one).start == at(9)

    @pytest.mark.usefixtures("panel")
    def test_a_missing_role_and_somebody_without_a_seat_are_named(
        self, booked: Callable[..., Booked]
    ) -> None:
        with pytest.raises(RuleError) as refused:
            booked(0, ANYBODY, at(9))
        assert (refused.value.code, refused.value.params["roles"]) == (
            "interview.panel-incomplete",
            ["受入部署"],
        )
        with pytest.raises(RuleError, match=r"interview\.no-seat"):
            booked(1, (ANYBODY, CHILD), at(9))
        assert booked(0, ANYBODY, at(9), despite=True).problems == ("panel-incomplete",)

    def test_the_same_interviewer_twice_or_nobody_is_refused(self, booked: Callable[..., Booked]) -> None:
        with pytest.raises(RuleError, match=r"interview\.interviewer-twice"):
            booked(0, (ANYBODY, ANYBODY), at(9), despite=True)
        with pytest.raises(RuleError, match=r"interview\.nobody"):
            booked(0, (), at(9), despite=True)


class TestLimitsAndDays:
    def test_the_own_limit_comes_before_the_programmes(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        edit(database, Programme, programme_id, interview_daily_limit=1)
        booked(0, ANYBODY, at(9))
        with pytest.raises(RuleError) as refused:
            booked(1, ANYBODY, at(9, 30))
        assert refused.value.code == "interview.daily-limit"
        assert (refused.value.params["held"], refused.value.params["limit"]) == (1, 1)
        edit(database, Interviewer, interviewer_named(view, ANYBODY), daily_limit=2)
        booked(1, ANYBODY, at(9, 30))
        edit(database, Interviewer, interviewer_named(view, ANYBODY), daily_limit=1)
        assert now(database, programme_id, booked(2, ANYBODY, at(13, day=LATER))).problems == ()
        full = [one for one in calendar(database, programme_id=programme_id).interviews if one.problems]
        assert [one.problems for one in full] == [("daily-limit",), ("daily-limit",)]

    def test_closed_days_and_hours_can_be_overridden_the_period_cannot(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        with unit_of_work(database, "test.closed", actor="test") as work:
            work.session.add(ClosedDay(programme_id=programme_id, day=FIRST_DAY, name="開庁記念日"))
            work.commit()
        with pytest.raises(RuleError, match=r"interview\.closed-day"):
            booked(0, DX, at(9))
        assert booked(0, DX, at(9), despite=True).problems == ("closed-day",)
        with pytest.raises(RuleError, match=r"interview\.outside-hours"):
            booked(2, ANYBODY, at(7, day=LATER))
        outside = FIRST_DAY + timedelta(days=90)
        with pytest.raises(RuleError, match=r"interview\.outside-period"):
            booked(1, ANYBODY, at(9, day=outside), despite=True)


class TestWhatTookPlaceStays:
    def acts(self, database: Database, one: Booked, other: int) -> dict[str, Callable[[], ChangeSet]]:
        key = one.interview_id
        return {
            "move": lambda: move(database, interview_id=key, start=at(9, 10), despite=True),
            "stretch": lambda: stretch(database, interview_id=key, end=at(9, 10), despite=True),
            "cancel": lambda: cancel(database, interview_id=key),
            "swap": lambda: swap(database, first_id=other, second_id=key, despite=True),
        }

    def test_recorded_attendance(
        self, database: Database, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        one, other = booked(0, ANYBODY, at(9)), booked(1, ANYBODY, at(9, 30))
        edit(database, Interview, one.interview_id, attendance=Attendance.ATTENDED)
        for act in self.acts(database, one, other.interview_id).values():
            with pytest.raises(RuleError, match=r"interview\.attended"):
                act()
        who = [interviewer_named(view, DX)]
        change_interviewers(database, interview_id=one.interview_id, interviewer_ids=who)

    def test_points_that_were_given(
        self, database: Database, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        one, other = booked(0, ANYBODY, at(9)), booked(1, ANYBODY, at(9, 30))
        with unit_of_work(database, "test.review", actor="test") as work:
            work.session.add(
                InterviewReview(
                    interview_id=one.interview_id,
                    interviewer_id=interviewer_named(view, ANYBODY),
                    comment="",
                    saved_at=work.now,
                )
            )
            work.commit()
        for act in self.acts(database, one, other.interview_id).values():
            with pytest.raises(RuleError, match=r"interview\.reviewed"):
                act()
        both = [interviewer_named(view, ANYBODY), interviewer_named(view, DX)]
        with pytest.raises(RuleError, match=r"interview\.reviewed"):
            change_interviewers(database, interview_id=one.interview_id, interviewer_ids=both[1:])
        change_interviewers(database, interview_id=one.interview_id, interviewer_ids=both)


def test_who_interviews_changes_without_the_person_being_told_anew(
    database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
) -> None:
    one = booked(0, DX, at(9))
    edit(database, Interview, one.interview_id, announced_at=datetime(2024, 10, 25))
    who = [interviewer_named(view, ANYBODY)]
    change = change_interviewers(database, interview_id=one.interview_id, interviewer_ids=who)
    assert change.label.code == "interview.change-interviewers"
    assert now(database, programme_id, one).announced
    undo(database)
    assert now(database, programme_id, one).interviewer_ids == one.interviewer_ids
    set_locked(database, interview_id=one.interview_id, locked=True)
    with pytest.raises(RuleError, match=r"interview\.locked"):
        change_interviewers(database, interview_id=one.interview_id, interviewer_ids=who)


def test_lunch_of_the_scene_is_noon(view: CalendarView) -> None:
    assert view.lunch == (time(12), time(13))
