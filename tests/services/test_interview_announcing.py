"""Who must be told a new time: only those for whom it differs from what they believe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    Application,
    Course,
    Entry,
    FlagVerdict,
    Interview,
    InterviewAnnouncement,
    InterviewScope,
    Programme,
    ReplyKind,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_announcing import (
    Affected,
    News,
    announce,
    announcements_of,
    unannounced,
)
from fujisawa_desktop.services.interview_booking import book, cancel, change_interviewers, move, stretch
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_day import mark
from fujisawa_desktop.services.interview_view import Attendance, Booked, CalendarView
from fujisawa_desktop.services.papers import issue_papers, make_papers
from fujisawa_desktop.services.rulings import rule_flag
from fujisawa_desktop.services.selection import record_replies
from fujisawa_desktop.services.unit_of_work import unit_of_work

ANYBODY, DX = "佐野", "辻"


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    return office_and_people(database, programme_id, tmp_path, narrow=2)


@pytest.fixture
def booked(database: Database, programme_id: int, view: CalendarView) -> Callable[..., Booked]:
    def do(person: int, start: datetime, who: str = ANYBODY) -> Booked:
        book(
            database, programme_id=programme_id, entry_id=entry_of(view, person), start=start,
            interviewer_ids=[interviewer_named(view, who)], actor="test", despite=True,
        )  # fmt: skip
        return calendar(database, programme_id=programme_id).booked_of[entry_of(view, person)]

    return do


def now(database: Database, programme_id: int, one: Booked) -> Booked:
    return calendar(database, programme_id=programme_id).interview_of[one.interview_id]


def news(database: Database, programme_id: int) -> list[tuple[News, str, datetime | None, datetime | None]]:
    return [
        (one.news, one.number[-1], one.old and one.old[0], one.new and one.new[0])
        for one in unannounced(database, programme_id)
    ]


def due(database: Database, programme_id: int, person: str) -> list[Affected]:
    return [one for one in unannounced(database, programme_id) if one.number[-1] == person]


class TestWhoIsAffected:
    def test_new_moved_and_cancelled_ones_with_old_and_new_time(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        first, second, third = booked(0, at(9)), booked(1, at(9, 30)), booked(2, at(10))
        assert news(database, programme_id) == [
            (News.NEW, "0", None, at(9)), (News.NEW, "1", None, at(9, 30)), (News.NEW, "2", None, at(10)),
        ]  # fmt: skip
        change = announce(database, programme_id=programme_id, actor="test")
        assert (change.label.code, change.label.params) == ("interview.announce", {"count": 3})
        assert news(database, programme_id) == []
        assert now(database, programme_id, first).announced_start == at(9)
        move(database, interview_id=first.interview_id, start=at(11), despite=True)
        cancel(database, interview_id=third.interview_id)
        assert news(database, programme_id) == [
            (News.MOVED, "0", at(9), at(11)),
            (News.CANCELLED, "2", at(10), None),
        ]
        moved = now(database, programme_id, first)
        assert (moved.announced, moved.announced_start, moved.announced_end) == (False, at(9), at(9, 30))
        stretch(database, interview_id=second.interview_id, end=at(10, 5), despite=True)
        assert (News.MOVED, "1", at(9, 30), at(9, 30)) in news(database, programme_id)
        (affected,) = (one for one in unannounced(database, programme_id) if one.number.endswith("0"))
        assert (affected.interviewers, affected.interview_id) == (("職員課　佐野",), first.interview_id)
        assert affected.told_at is not None

    def test_what_comes_back_to_the_told_time_need_not_be_told_again(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, at(9))
        announce(database, programme_id=programme_id)
        told_at = now(database, programme_id, one)
        move(database, interview_id=one.interview_id, start=at(9, 30))
        move(database, interview_id=one.interview_id, start=at(9))
        assert now(database, programme_id, one).announced
        cancel(database, interview_id=one.interview_id)
        again = booked(0, at(9))
        assert (again.announced, again.announced_start) == (True, told_at.start)
        assert news(database, programme_id) == []

    def test_another_interviewer_at_the_same_time_is_no_news(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, at(9))
        announce(database, programme_id=programme_id)
        who = [interviewer_named(view, DX)]
        change_interviewers(database, interview_id=one.interview_id, interviewer_ids=who)
        assert news(database, programme_id) == []

    def test_who_came_and_who_withdrew_is_told_nothing(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        one, gone = booked(0, at(9)), booked(1, at(9, 30))
        announce(database, programme_id=programme_id)
        move(database, interview_id=one.interview_id, start=at(10), despite=True)
        mark(database, interview_id=one.interview_id, attendance=Attendance.ATTENDED)
        cancel(database, interview_id=gone.interview_id)
        assert news(database, programme_id) == [(News.CANCELLED, "1", at(9, 30), None)]
        with database.read() as session:
            key = session.scalar(select(Application.id).where(Application.entry_id == entry_of(view, 1)))
        record_replies(database, application_ids=[key or 0], kind=ReplyKind.WITHDRAWN)
        assert news(database, programme_id) == []

    def test_nobody_whose_flag_stands_is_told_a_time_but_that_it_is_off(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        told, new = booked(0, at(9)), booked(1, at(9, 30))
        announce(database, programme_id=programme_id, people=due(database, programme_id, "0"))
        move(database, interview_id=told.interview_id, start=at(10), despite=True)
        for one in (told, new):
            with unit_of_work(database, "test.flag") as work:
                work.session.get_one(Entry, one.entry_id).is_not_student = True
                work.commit()
            rule_flag(
                database, entry_id=one.entry_id, flag="not-student", verdict=FlagVerdict.STANDS, reason="退学"
            )
        assert news(database, programme_id) == []
        cancel(database, interview_id=told.interview_id)
        assert news(database, programme_id) == [(News.CANCELLED, "0", at(9), None)]

    def test_an_unknown_programme_is_refused(self, database: Database) -> None:
        with pytest.raises(NotFoundError, match=r"programme\.none"):
            unannounced(database, 999)


class TestTelling:
    def test_only_those_named_and_a_cancellation_once(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        one, _other = booked(0, at(9)), booked(1, at(9, 30))
        announce(database, programme_id=programme_id, people=due(database, programme_id, "0"))
        assert news(database, programme_id) == [(News.NEW, "1", None, at(9, 30))]
        cancel(database, interview_id=one.interview_id)
        announce(database, programme_id=programme_id, people=due(database, programme_id, "0"), actor="佐藤")
        assert news(database, programme_id) == [(News.NEW, "1", None, at(9, 30))]
        told = announcements_of(database, entry_of(view, 0))
        assert [(row.start, row.is_cancelled) for row in told] == [(at(9), True), (at(9), False)]
        assert told[0].actor == "佐藤"
        with pytest.raises(RuleError, match=r"interview\.nobody-to-tell"):
            announce(database, programme_id=programme_id, people=[])
        assert booked(0, at(9)).announced_start is None
        assert (News.NEW, "0", None, at(9)) in news(database, programme_id)

    def test_a_time_that_does_not_hold_any_more_is_not_recorded_as_told(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, at(9))
        shown = due(database, programme_id, "0")
        move(database, interview_id=one.interview_id, start=at(9, 30))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            announce(database, programme_id=programme_id, people=shown)
        assert news(database, programme_id) == [(News.NEW, "0", None, at(9, 30))]

    def test_of_two_interviews_of_one_entry_only_the_one_named_is_told(
        self, database: Database, programme_id: int, view: CalendarView
    ) -> None:
        entry_id = entry_of(view, 0)
        with unit_of_work(database, "test.two-courses", actor="test") as work:
            work.session.get_one(Programme, programme_id).interview_scope = InterviewScope.APPLICATION
            first = work.session.scalars(select(Application).where(Application.entry_id == entry_id)).one()
            courses = list(work.session.scalars(select(Course.id).order_by(Course.position)))
            more = next(key for key in courses if key != first.course_id)
            work.session.add(
                Application(
                    applicant_id=first.applicant_id, entry_id=entry_id, course_id=more, preference=2,
                    status=Status.FIRST_PASSED,
                )
            )  # fmt: skip
            work.commit()
        for course_id, start in zip(courses, (at(9), at(9, 30)), strict=True):
            book(
                database, programme_id=programme_id, entry_id=entry_id, course_id=course_id, start=start,
                interviewer_ids=[interviewer_named(view, ANYBODY)],
            )  # fmt: skip
        one, other = due(database, programme_id, "0")
        announce(database, programme_id=programme_id, people=[one])
        assert due(database, programme_id, "0") == [other]

    def test_it_is_undone_and_done_again(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, at(9))
        announce(database, programme_id=programme_id)
        undo(database)
        assert news(database, programme_id) == [(News.NEW, "0", None, at(9))]
        assert not now(database, programme_id, one).announced
        redo(database)
        assert news(database, programme_id) == []

    def test_once_a_letter_left_the_office_it_is_not_undone(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, at(9))
        announce(database, programme_id=programme_id)
        move(database, interview_id=one.interview_id, start=at(9, 30))
        draft = make_papers(
            database, programme_id=programme_id, kind="interview-invitation",
            dated=datetime(2024, 10, 25).date(), numbers=[view.person_of[entry_of(view, 0)].number],
        )  # fmt: skip
        issue_papers(database, draft=draft)
        assert news(database, programme_id) == []
        told = announcements_of(database, entry_of(view, 0))
        assert [row.start for row in told] == [at(9, 30), at(9)]
        with pytest.raises(RuleError, match=r"undo\.(issued|nothing)"):
            undo(database)
        assert len(announcements_of(database, entry_of(view, 0))) == 2

    @pytest.mark.parametrize("is_moved", [True, False])
    def test_a_letter_whose_time_does_not_hold_any_more_is_not_recorded(
        self, database: Database, programme_id: int, booked: Callable[..., Booked], is_moved: bool
    ) -> None:
        one = booked(0, at(9))
        draft = make_papers(database, programme_id=programme_id, kind="interview-invitation")
        if is_moved:
            move(database, interview_id=one.interview_id, start=at(9, 30))
        else:
            cancel(database, interview_id=one.interview_id)
        with pytest.raises(ConflictError) as refused:
            issue_papers(database, draft=draft)
        assert (refused.value.code, refused.value.params) == ("papers.interview-changed", {"count": 1})
        assert announcements_of(database, one.entry_id) == ()

    def test_times_told_before_announcements_were_kept_count_as_told(
        self, database: Database, programme_id: int, booked: Callable[..., Booked]
    ) -> None:
        one = booked(0, at(9))
        with unit_of_work(database, "test.told", actor="test") as work:
            work.session.get_one(Interview, one.interview_id).announced_at = work.now
            work.commit()
        assert news(database, programme_id) == []
        assert now(database, programme_id, one).announced_start == at(9)

    def test_a_person_seen_once_is_told_once_whichever_entry_it_is_booked_on(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        with unit_of_work(database, "test.scope", actor="test") as work:
            work.session.get_one(Programme, programme_id).interview_scope = InterviewScope.PERSON
            work.commit()
        one = booked(0, at(9))
        announce(database, programme_id=programme_id)
        cancel(database, interview_id=one.interview_id)
        applicant = view.person_of[entry_of(view, 0)].applicant_id
        with unit_of_work(database, "test.other-entry", actor="test") as work:
            row = work.session.scalars(select(InterviewAnnouncement)).one()
            row.entry_id = entry_of(view, 1)
            work.commit()
        assert [one.applicant_id for one in unannounced(database, programme_id)] == [applicant]
        assert booked(0, at(9)).announced
        assert news(database, programme_id) == []

    def test_a_person_seen_once_who_withdrew_one_entry_of_two_is_told_that_it_is_off(
        self, database: Database, programme_id: int, view: CalendarView, booked: Callable[..., Booked]
    ) -> None:
        with unit_of_work(database, "test.one-person", actor="test") as work:
            work.session.get_one(Programme, programme_id).interview_scope = InterviewScope.PERSON
            applicant = work.session.get_one(Entry, entry_of(view, 0)).applicant_id
            work.session.get_one(Entry, entry_of(view, 1)).applicant_id = applicant
            for row in work.session.scalars(
                select(Application).where(Application.entry_id == entry_of(view, 1))
            ):
                row.applicant_id = applicant
            work.commit()
        one = booked(0, at(9))
        announce(database, programme_id=programme_id)
        with database.read() as session:
            mine = select(Application.id).where(Application.applicant_id == applicant)
            keys = session.scalars(mine.order_by(Application.entry_id == entry_of(view, 1))).all()
        record_replies(database, application_ids=keys[:1], kind=ReplyKind.WITHDRAWN)
        cancel(database, interview_id=one.interview_id)
        assert news(database, programme_id) == [(News.CANCELLED, "0", at(9), None)]
        record_replies(database, application_ids=keys[1:], kind=ReplyKind.WITHDRAWN)
        assert news(database, programme_id) == []
