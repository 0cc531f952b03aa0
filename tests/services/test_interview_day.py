"""The day itself: came, late, absent, another day, withdrew, and where the meeting is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import ApplicantNote, Application, Interview, Reply
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_announcing import News, announce, unannounced
from fujisawa_desktop.services.interview_booking import book, set_locked
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_day import (
    mark,
    meeting_url_of,
    postpone,
    save_details,
    withdraw,
)
from fujisawa_desktop.services.interview_settings import interviewer_settings, save_interviewer
from fujisawa_desktop.services.interview_view import Attendance, Booked, CalendarView
from fujisawa_desktop.services.unit_of_work import unit_of_work

URL = "https://meet.example.jp/j/123"


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    return office_and_people(database, programme_id, tmp_path, narrow=2)


@pytest.fixture
def key(database: Database, programme_id: int, view: CalendarView) -> int:
    book(
        database, programme_id=programme_id, entry_id=entry_of(view, 0), start=at(9),
        interviewer_ids=[interviewer_named(view, "佐野"), interviewer_named(view, "辻")],
    )  # fmt: skip
    return only(database, programme_id).interview_id


def only(database: Database, programme_id: int) -> Booked:
    (one,) = calendar(database, programme_id=programme_id).interviews
    return one


def notes(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(ApplicantNote.text)))


class TestMarking:
    @pytest.mark.parametrize(
        ("attendance", "late", "code"),
        [
            (Attendance.ATTENDED, None, "selection.attended"),
            (Attendance.ATTENDED, 12, "interview.late"),
            (Attendance.ABSENT, None, "selection.absent"),
        ],
    )
    def test_is_one_act_undone_and_done_again(
        self, database: Database, programme_id: int, key: int, attendance: Attendance,
        late: int | None, code: str,
    ) -> None:  # fmt: skip
        change = mark(database, interview_id=key, attendance=attendance, late_minutes=late)
        assert change.label.code == code
        one = only(database, programme_id)
        assert (one.attendance, one.late_minutes) == (attendance, late)
        undo(database)
        one = only(database, programme_id)
        assert (one.attendance, one.late_minutes) == (None, None)
        redo(database)
        assert mark(database, interview_id=key, attendance=None).label.code == "selection.attendance-clear"
        one = only(database, programme_id)
        assert (one.attendance, one.late_minutes) == (None, None)

    def test_what_cannot_be_is_refused(self, database: Database, key: int, view: CalendarView) -> None:
        for attendance, late in ((Attendance.ABSENT, 5), (None, 5), (Attendance.ATTENDED, 0)):
            with pytest.raises(ValidationError, match=r"interview\.late-minutes"):
                mark(database, interview_id=key, attendance=attendance, late_minutes=late)
        with pytest.raises(RuleError, match=r"selection\.attendance-none"):
            mark(database, interview_id=key, attendance=None)
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            mark(database, interview_id=key, attendance=Attendance.ATTENDED, version=99)
        with pytest.raises(NotFoundError, match=r"interview\.missing"):
            mark(database, interview_id=99, attendance=Attendance.ATTENDED)
        set_status(database, entry_of(view, 0), Status.FINAL_PASSED)
        with pytest.raises(RuleError, match=r"selection\.attendance-not-due"):
            mark(database, interview_id=key, attendance=Attendance.ATTENDED)


class TestAnotherDay:
    def test_the_person_waits_again_and_the_old_time_is_to_be_called_off(
        self, database: Database, programme_id: int, key: int, view: CalendarView
    ) -> None:
        announce(database, programme_id=programme_id)
        save_details(database, interview_id=key, url="", note=" 接続できず ")
        change = postpone(database, interview_id=key, reason="体調不良")
        assert change.label.code == "interview.postpone"
        fresh = calendar(database, programme_id=programme_id)
        assert fresh.interviews == ()
        assert entry_of(view, 0) in {person.entry_id for person in fresh.waiting}
        assert notes(database) == ["接続できず\n体調不良"]
        (off,) = unannounced(database, programme_id)
        assert (off.news, off.old) == (News.CANCELLED, (at(9), at(9, 30)))
        undo(database)
        assert (only(database, programme_id).day_note, notes(database)) == ("接続できず", [])
        redo(database)
        assert notes(database) == ["接続できず\n体調不良"]

    def test_the_time_is_no_longer_one_in_which_the_person_can_come(
        self, database: Database, programme_id: int, key: int, view: CalendarView
    ) -> None:
        entry = entry_of(view, 0)
        assert view.person_of[entry].windows == ((at(9), at(10)),)
        postpone(database, interview_id=key)
        fresh = calendar(database, programme_id=programme_id)
        assert fresh.person_of[entry].windows == ((at(9, 30), at(10)),)
        undo(database)
        assert calendar(database, programme_id=programme_id).person_of[entry].windows == ((at(9), at(10)),)

    def test_also_after_an_absence_but_not_after_an_interview_or_while_it_is_fixed(
        self, database: Database, programme_id: int, key: int
    ) -> None:
        set_locked(database, interview_id=key, locked=True)
        with pytest.raises(RuleError, match=r"interview\.locked"):
            postpone(database, interview_id=key)
        set_locked(database, interview_id=key, locked=False)
        mark(database, interview_id=key, attendance=Attendance.ATTENDED)
        with pytest.raises(RuleError, match=r"interview\.attended"):
            postpone(database, interview_id=key)
        mark(database, interview_id=key, attendance=Attendance.ABSENT)
        postpone(database, interview_id=key)
        assert calendar(database, programme_id=programme_id).interviews == ()
        assert notes(database) == []


class TestWithdrawing:
    def test_frees_the_time_and_records_the_answer_as_one_act(
        self, database: Database, programme_id: int, key: int, view: CalendarView
    ) -> None:
        announce(database, programme_id=programme_id)
        change = withdraw(database, interview_id=key, reason_code="health", channel="電話")
        assert change.label.code == "selection.withdrawn"
        assert calendar(database, programme_id=programme_id).interviews == ()
        assert unannounced(database, programme_id) == ()
        with database.read() as session:
            reply = session.scalars(select(Reply)).one()
            assert (reply.reason_code, reply.channel) == ("health", "電話")
        assert status_of(database, entry_of(view, 0)) is Status.WITHDRAWN
        undo(database)
        assert only(database, programme_id).start == at(9)
        assert status_of(database, entry_of(view, 0)) is Status.FIRST_PASSED
        redo(database)
        assert status_of(database, entry_of(view, 0)) is Status.WITHDRAWN

    def test_an_interview_that_took_place_stays(
        self, database: Database, programme_id: int, key: int
    ) -> None:
        mark(database, interview_id=key, attendance=Attendance.ATTENDED)
        with pytest.raises(ValidationError, match=r"selection\.reason-unknown"):
            withdraw(database, interview_id=key, reason_code="whim")
        withdraw(database, interview_id=key)
        assert only(database, programme_id).attendance is Attendance.ATTENDED
        with pytest.raises(RuleError, match=r"interview\.not-waiting"):
            withdraw(database, interview_id=key)


class TestWhereItTakesPlace:
    def test_the_own_address_comes_before_that_of_the_first_interviewer_who_has_one(
        self, database: Database, programme_id: int, key: int
    ) -> None:
        def url() -> str:
            view = calendar(database, programme_id=programme_id)
            return meeting_url_of(view, view.interviews[0])

        assert url() == ""
        second = next(
            row for row in interviewer_settings(database, programme_id=programme_id) if "辻" in row.name
        )
        save_interviewer(database, settings=replace(second, meeting_url=f"{URL}/tsuji"))
        assert url() == f"{URL}/tsuji"
        save_details(database, interview_id=key, url=f" {URL} ", note="")
        assert url() == URL
        undo(database)
        assert url() == f"{URL}/tsuji"
        with pytest.raises(ValidationError, match=r"interview\.url"):
            save_details(database, interview_id=key, url="http://meet.example.jp", note="")
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save_details(database, interview_id=key, url=URL, note="", version=99)
        with pytest.raises(NotFoundError, match=r"interview\.missing"):
            save_details(database, interview_id=99, url=URL, note="")


def set_status(database: Database, entry_id: int, status: Status) -> None:
    with unit_of_work(database, "test.status", actor="test") as work:
        for row in work.session.scalars(select(Application).where(Application.entry_id == entry_id)):
            row.status = status
        work.commit()


def status_of(database: Database, entry_id: int) -> Status:
    with database.read() as session:
        return session.scalars(select(Application.status).where(Application.entry_id == entry_id)).one()


def test_no_note_is_kept_of_nothing(database: Database, key: int) -> None:
    assert save_details(database, interview_id=key, url="", note="  ").changed is False
    with database.read() as session:
        assert session.get_one(Interview, key).day_note == ""
