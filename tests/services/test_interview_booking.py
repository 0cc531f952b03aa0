"""Booking, moving and cancelling on a real database, also by two at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest
from appointed import Person, add_people
from interview_scene import at, entry_of, interviewer_named, office_and_people
from sqlalchemy import func, select

from fujisawa_desktop.errors import AppError, ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import Application, Entry, Interview, InterviewSeat, InterviewUnit, Programme
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services import interview_checks
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_booking import book, cancel, move, set_locked
from fujisawa_desktop.services.interview_calendar import calendar, interview_rows, waiting
from fujisawa_desktop.services.interview_view import Booked, CalendarView
from fujisawa_desktop.services.unit_of_work import unit_of_work

ANYBODY, DX, CHILD = "佐野", "辻", "南"


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    """Eight people: 0, 1 can come on the first day from nine to ten, the others the next afternoon."""
    return office_and_people(database, programme_id, tmp_path, narrow=2)


@pytest.fixture
def booking(database: Database, programme_id: int, view: CalendarView) -> Callable[..., ChangeSet]:
    def do(person: int, who: str, start: datetime, **more: bool) -> ChangeSet:
        return book(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, person),
            interviewer_id=interviewer_named(view, who),
            start=start,
            actor="test",
            **more,
        )

    return do


def only(database: Database, programme_id: int) -> Booked:
    (interview,) = calendar(database, programme_id=programme_id).interviews
    return interview


def rows_of(database: Database) -> tuple[int, int, int]:
    with database.read() as session:
        counts = [session.scalar(select(func.count(m.id))) for m in (Interview, InterviewSeat, InterviewUnit)]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


class TestBooking:
    def test_takes_the_time_of_both(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        change = booking(0, DX, at(9))
        assert change.label.code == "interview.book"
        interview = only(database, programme_id)
        assert (interview.start, interview.end) == (at(9), at(9, 30))
        assert interview.interviewer_ids == (interviewer_named(view, DX),)
        assert interview.problems == ()
        assert rows_of(database) == (1, 1, 12)
        assert len(waiting(database, programme_id=programme_id)) == 7

    def test_is_undone_and_done_again(self, database: Database, booking: Callable[..., ChangeSet]) -> None:
        booking(0, DX, at(9))
        undo(database)
        assert rows_of(database) == (0, 0, 0)
        redo(database)
        assert rows_of(database) == (1, 1, 12)

    @pytest.mark.parametrize(
        ("person", "who", "start", "code"),
        [
            (1, DX, at(9), "interview.wrong-course"),
            (0, DX, at(9, 3), "interview.not-on-the-grid"),
            (0, DX, at(13), "interview.interviewer-away"),
            (0, DX, at(12), "interview.lunch"),
            (0, DX, at(11), "interview.applicant-away"),
        ],
    )
    def test_what_does_not_fit_is_refused_in_words(
        self,
        database: Database,
        booking: Callable[..., ChangeSet],
        person: int,
        who: str,
        start: datetime,
        code: str,
    ) -> None:
        with pytest.raises(RuleError) as refused:
            booking(person, who, start)
        assert refused.value.code == code
        assert rows_of(database) == (0, 0, 0)

    @pytest.mark.parametrize(("start", "problem"), [(at(13), "interviewer-away"), (at(11), "applicant-away")])
    def test_what_was_only_not_wished_can_be_booked_all_the_same_and_is_marked(
        self,
        database: Database,
        programme_id: int,
        booking: Callable[..., ChangeSet],
        start: datetime,
        problem: str,
    ) -> None:
        booking(0, DX, start, despite=True)
        assert problem in only(database, programme_id).problems

    def test_taken_time_is_refused_even_then(self, booking: Callable[..., ChangeSet]) -> None:
        booking(0, ANYBODY, at(9))
        with pytest.raises(ConflictError) as refused:
            booking(1, ANYBODY, at(9, 15), despite=True)
        assert refused.value.code == "interview.interviewer-taken"
        assert refused.value.params["start"] == at(9)
        booking(1, ANYBODY, at(9, 30))

    @pytest.mark.parametrize(("first", "second"), [(at(9), at(9, 30)), (at(9, 30), at(9))])
    def test_the_gap_of_the_programme_is_kept(
        self,
        database: Database,
        programme_id: int,
        booking: Callable[..., ChangeSet],
        first: datetime,
        second: datetime,
    ) -> None:
        with unit_of_work(database, "test.gap", actor="test") as work:
            work.session.get_one(Programme, programme_id).interview_gap_minutes = 10
            work.commit()
        booking(0, ANYBODY, first)
        with pytest.raises(RuleError, match=r"interview\.gap") as refused:
            booking(1, ANYBODY, second)
        assert refused.value.params["minutes"] == 10
        booking(1, ANYBODY, second, despite=True)
        near = calendar(database, programme_id=programme_id).interviews
        assert [one.problems for one in near] == [("gap",), ("gap",)]

    def test_a_person_has_one_interview_an_entry_and_one_place_at_a_time(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        with pytest.raises(ConflictError, match=r"interview\.has-one"):
            booking(0, ANYBODY, at(9, 30))
        second = Person("RN9", "髙橋　美咲", "タカハシ ミサキ", 1, Status.FIRST_PASSED)
        add_people(database, programme_id, (second,))
        with unit_of_work(database, "test.merge", actor="test") as work:
            fresh = calendar(database, programme_id=programme_id)
            twin = next(person for person in fresh.people if person.number == "RN9")
            first = fresh.person_of[entry_of(view, 0)]
            work.session.get_one(Entry, twin.entry_id).applicant_id = first.applicant_id
            work.commit()
        with pytest.raises(ConflictError, match=r"interview\.applicant-taken"):
            book(
                database,
                programme_id=programme_id,
                entry_id=twin.entry_id,
                interviewer_id=interviewer_named(view, CHILD),
                start=at(9, 15),
                despite=True,
            )

    def test_only_those_who_passed_are_booked(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        set_status(database, entry_of(view, 0), Status.WITHDRAWN)
        assert "no-interview-needed" in only(database, programme_id).problems
        cancel(database, interview_id=only(database, programme_id).interview_id)
        with pytest.raises(NotFoundError, match=r"interview\.unknown-person"):
            booking(0, DX, at(9))

    def test_somebody_whose_selection_went_on_is_not_booked_again(
        self, database: Database, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        set_status(database, entry_of(view, 0), Status.FINAL_PASSED)
        with pytest.raises(RuleError, match=r"interview\.not-waiting"):
            booking(0, ANYBODY, at(9, 30))

    def test_unknown_interviewers_are_refused(
        self, database: Database, programme_id: int, view: CalendarView
    ) -> None:
        with pytest.raises(NotFoundError, match=r"interview\.unknown-interviewer"):
            book(
                database,
                programme_id=programme_id,
                entry_id=entry_of(view, 0),
                interviewer_id=999,
                start=at(9),
            )


class TestMoving:
    def test_frees_the_old_time_and_takes_the_new(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        before = only(database, programme_id)
        move(
            database,
            interview_id=before.interview_id,
            interviewer_id=interviewer_named(view, ANYBODY),
            start=at(9, 30),
            version=before.version,
        )
        after = only(database, programme_id)
        assert (after.start, after.interviewer_ids) == (at(9, 30), (interviewer_named(view, ANYBODY),))
        assert rows_of(database) == (1, 1, 12)
        undo(database)
        assert only(database, programme_id).start == at(9)

    def test_to_overlap_its_own_old_time_is_possible(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        key = only(database, programme_id).interview_id
        move(database, interview_id=key, interviewer_id=interviewer_named(view, DX), start=at(9, 10))
        assert only(database, programme_id).start == at(9, 10)

    def test_to_where_it_is_changes_nothing(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        key = only(database, programme_id).interview_id
        change = move(database, interview_id=key, interviewer_id=interviewer_named(view, DX), start=at(9))
        assert not change.changed

    def test_a_new_time_is_not_announced_yet_a_new_interviewer_keeps_it(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        key = only(database, programme_id).interview_id
        with unit_of_work(database, "test.announce", actor="test") as work:
            work.session.get_one(Interview, key).announced_at = work.now
            work.commit()
        move(database, interview_id=key, interviewer_id=interviewer_named(view, ANYBODY), start=at(9))
        assert only(database, programme_id).announced
        move(database, interview_id=key, interviewer_id=interviewer_named(view, ANYBODY), start=at(9, 30))
        assert not only(database, programme_id).announced

    def test_an_interview_changed_meanwhile_is_not_overwritten(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        seen = only(database, programme_id)
        who = interviewer_named(view, ANYBODY)
        move(database, interview_id=seen.interview_id, interviewer_id=who, start=at(9, 30))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            move(
                database,
                interview_id=seen.interview_id,
                interviewer_id=who,
                start=at(9),
                version=seen.version,
            )
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            cancel(database, interview_id=seen.interview_id, version=seen.version)

    def test_a_fixed_interview_stays_until_it_is_released(
        self, database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
    ) -> None:
        booking(0, DX, at(9))
        key, who = only(database, programme_id).interview_id, interviewer_named(view, DX)
        set_locked(database, interview_id=key, locked=True)
        with pytest.raises(RuleError, match=r"interview\.locked"):
            move(database, interview_id=key, interviewer_id=who, start=at(9, 30))
        with pytest.raises(RuleError, match=r"interview\.locked"):
            cancel(database, interview_id=key)
        set_locked(database, interview_id=key, locked=False)
        cancel(database, interview_id=key)
        assert rows_of(database) == (0, 0, 0)

    def test_what_is_gone_cannot_be_moved(self, database: Database, view: CalendarView) -> None:
        with pytest.raises(NotFoundError, match=r"interview\.missing"):
            move(database, interview_id=5, interviewer_id=interviewer_named(view, DX), start=at(9))


class TestTwoAtOnce:
    def test_of_two_connections_that_want_one_place_one_gets_it(
        self, database: Database, programme_id: int, view: CalendarView
    ) -> None:
        other = open_database(database.place)
        for start in (at(9), at(9, 30), at(10), at(10, 30), at(11)):
            barrier = Barrier(2)
            tries = [(database, entry_of(view, 2)), (other, entry_of(view, 4))]
            with ThreadPoolExecutor(2) as pool:
                jobs = [pool.submit(attempt, *job, programme_id, view, start, barrier) for job in tries]
            outcomes = [job.result() for job in jobs]
            assert sorted(outcomes) == ["done", "interview.interviewer-taken"]
            cancel(database, interview_id=only(database, programme_id).interview_id)
        other.dispose()

    def test_the_database_itself_refuses_when_nobody_looked_before(
        self,
        database: Database,
        booking: Callable[..., ChangeSet],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(interview_checks.Rulebook, "check", lambda *_args, **_more: None)
        booking(0, ANYBODY, at(9))
        with pytest.raises(ConflictError) as refused:
            booking(1, ANYBODY, at(9, 15))
        assert refused.value.code == "interview.taken"
        assert rows_of(database) == (1, 1, 12)


def attempt(
    database: Database,
    entry_id: int,
    programme_id: int,
    view: CalendarView,
    start: datetime,
    barrier: Barrier,
) -> str:
    barrier.wait()
    try:
        book(
            database,
            programme_id=programme_id,
            entry_id=entry_id,
            interviewer_id=interviewer_named(view, ANYBODY),
            start=start,
            despite=True,
        )
    except AppError as error:
        return error.code
    return "done"


def test_rows_for_lists_come_by_time_with_names(
    database: Database, programme_id: int, view: CalendarView, booking: Callable[..., ChangeSet]
) -> None:
    booking(1, CHILD, at(9, 30))
    booking(0, DX, at(9))
    rows = interview_rows(database, programme_id=programme_id)
    assert [(row.name, row.start, row.interviewers, row.courses) for row in rows] == [
        ("髙橋　美咲", at(9), ("デジタル推進室　辻",), ("DX・スマートシティ",)),
        ("葛城　さくら", at(9, 30), ("子育て企画課　南",), ("子ども・子育て政策",)),
    ]


def set_status(database: Database, entry_id: int, status: Status) -> None:
    with unit_of_work(database, "test.status", actor="test") as work:
        for row in work.session.scalars(select(Application).where(Application.entry_id == entry_id)):
            row.status = status
        work.commit()
