"""What one interview is about: an entry, a person with all entries, or one application."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest
from appointed import Person as Applied
from appointed import add_people
from interview_scene import OFFICE, at, interviewer_named, interviewers_file
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Course,
    Entry,
    Interview,
    InterviewScope,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Attendance, Progress, Result, Stage
from fujisawa_desktop.services.applicant_list import rows_of
from fujisawa_desktop.services.application_views import applications_of
from fujisawa_desktop.services.interview_announcing import announcements_of, unannounced
from fujisawa_desktop.services.interview_booking import book, cancel
from fujisawa_desktop.services.interview_calendar import calendar, interview_rows
from fujisawa_desktop.services.interview_imports import import_interviewers
from fujisawa_desktop.services.interview_links import applications_seen, interviews_about
from fujisawa_desktop.services.interview_places import PlaceState, possible_times
from fujisawa_desktop.services.interview_view import Booked, CalendarView
from fujisawa_desktop.services.mail_drafts import MailDraft, MailKind, MailOrder, drafts_of
from fujisawa_desktop.services.mails import write_mails
from fujisawa_desktop.services.papers import issue_papers, make_papers
from fujisawa_desktop.services.selection import record_decisions
from fujisawa_desktop.services.selection_marks import record_attendance
from fujisawa_desktop.services.unit_of_work import unit_of_work

ONE = ("髙橋　美咲", "タカハシ ミサキ")


@pytest.fixture
def entries(database: Database, programme_id: int, tmp_path: Path) -> tuple[int, int]:
    """One person with two entries, each for one course; the first asks for the second course too."""
    people = (Applied("A1", *ONE, 0, Status.FIRST_PASSED), Applied("B2", *ONE, 1, Status.FIRST_PASSED))
    add_people(database, programme_id, people)
    office = (*OFFICE, ("人事課 西", "", "2024-10-30", "9:00", "12:00"))
    import_interviewers(database, programme_id=programme_id, file=interviewers_file(tmp_path, office))
    with unit_of_work(database, "test.second-course", actor="test") as work:
        first, second = work.session.scalars(select(Entry).order_by(Entry.number))
        course = work.session.scalars(select(Course).order_by(Course.position)).all()[1]
        more = {"applicant_id": first.applicant_id, "entry_id": first.id, "course_id": course.id}
        work.session.add(Application(**more, preference=2, status=Status.FIRST_PASSED))
        keys = first.id, second.id
        work.commit()
    return keys


def use(database: Database, programme_id: int, scope: InterviewScope) -> CalendarView:
    with unit_of_work(database, "test.scope", actor="test") as work:
        work.session.get_one(Programme, programme_id).interview_scope = scope
        work.commit()
    return calendar(database, programme_id=programme_id)


def booked(
    database: Database, programme_id: int, entry_id: int, start: datetime, course_id: int | None = None
) -> Booked:
    view = calendar(database, programme_id=programme_id)
    book(
        database, programme_id=programme_id, entry_id=entry_id, course_id=course_id, start=start,
        interviewer_ids=[interviewer_named(view, "佐野")], actor="test",
    )  # fmt: skip
    found = calendar(database, programme_id=programme_id).interviews
    return next(one for one in found if one.start == start)


def with_address(database: Database) -> None:
    with unit_of_work(database, "test.address", actor="test") as work:
        for person in work.session.scalars(select(Applicant)):
            person.mail, person.postcode, person.address = "a@example.jp", "2518601", "藤沢市朝日町1-1"
        work.commit()


def messages(database: Database, programme_id: int) -> tuple[MailDraft, ...]:
    with database.read() as session:
        return tuple(drafts_of(session, MailOrder(programme_id, MailKind.INTERVIEW_INVITATION)))


def timetable_courses(database: Database, programme_id: int) -> list[str]:
    draft = make_papers(database, programme_id=programme_id, kind="interview-timetable")
    with_course = [repr(asdict(sheet.spec)) for sheet in draft.sheets]  # type: ignore[call-overload]
    names = ("DX・スマートシティ・子ども・子育て政策", "DX・スマートシティ", "子ども・子育て政策")
    return [name for name in names if any(f"'{name}'" in text for text in with_course)]


def applied(database: Database) -> dict[int, tuple[int, int]]:
    with database.read() as session:
        return {
            row.id: (row.entry_id, row.course_id)
            for row in session.scalars(select(Application).order_by(Application.id))
        }


def progress_of_entries(database: Database) -> list[tuple[Progress | None, ...]]:
    with database.read() as session:
        entry_ids = list(session.scalars(select(Entry.id).order_by(Entry.id)))
        found = [tuple(one.progress for one in applications_of(session, key)) for key in entry_ids]
        assert [row.progress for row in rows_of(session, entry_ids)] == found
        return found


class TestByEntry:
    def test_there_is_one_row_an_entry(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        view = use(database, programme_id, InterviewScope.ENTRY)
        assert [(one.key, one.entry_ids, len(one.course_ids)) for one in view.people] == [
            (entries[0], (entries[0],), 2),
            (entries[1], (entries[1],), 1),
        ]
        booked(database, programme_id, entries[0], at(9))
        with pytest.raises(NotFoundError, match=r"interview\.unknown-person"):
            booked(database, programme_id, entries[1], at(9, 30), course_id=1)
        assert progress_of_entries(database) == [
            (Progress.BOOKED, Progress.BOOKED),
            (Progress.ARRANGING,),
        ]


class TestByPerson:
    def test_one_interview_is_about_all_entries(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        (person,) = use(database, programme_id, InterviewScope.PERSON).people
        assert (person.key, person.entry_ids, len(person.course_ids)) == (entries[0], entries, 2)
        one = booked(database, programme_id, entries[1], at(9))
        assert (one.entry_id, one.course_id, one.problems) == (entries[0], None, ())
        with pytest.raises(ConflictError, match=r"interview\.has-one"):
            booked(database, programme_id, entries[1], at(9, 30))
        assert progress_of_entries(database) == [(Progress.BOOKED,) * 2, (Progress.BOOKED,)]
        with database.read() as session:
            assert sorted(applications_seen(session, one.interview_id)) == list(applied(database))
            assert interviews_about(session, applied(database)) == [one.interview_id]
        (row,) = interview_rows(database, programme_id=programme_id)
        assert len(row.courses) == 2

    def test_marks_and_checks_of_the_selection_find_it_through_the_person(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        use(database, programme_id, InterviewScope.PERSON)
        booked(database, programme_id, entries[0], at(9))
        last = list(applied(database))[-1]
        record_attendance(database, application_ids=[last], attendance=Attendance.ABSENT)
        assert progress_of_entries(database) == [(Progress.ABSENT,) * 2, (Progress.ABSENT,)]
        for key in applied(database):
            with pytest.raises(RuleError, match=r"selection\.absent"):
                record_decisions(database, application_ids=[key], stage=Stage.FINAL, result=Result.PASS)

    def test_a_second_interview_after_a_merge_is_marked_and_can_be_cancelled(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        use(database, programme_id, InterviewScope.ENTRY)
        booked(database, programme_id, entries[0], at(9))
        extra = booked(database, programme_id, entries[1], at(10))
        view = use(database, programme_id, InterviewScope.PERSON)
        assert [one.problems for one in view.interviews] == [(), ("second-interview",)]
        assert [one.entry_ids for one in view.people] == [(entries[0],), (entries[1],)]
        cancel(database, interview_id=extra.interview_id)
        (person,) = calendar(database, programme_id=programme_id).people
        assert person.entry_ids == entries

    def test_one_letter_and_one_message_name_all_courses(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        use(database, programme_id, InterviewScope.PERSON)
        one = booked(database, programme_id, entries[0], at(9))
        with_address(database)
        draft = make_papers(database, programme_id=programme_id, kind="interview-invitation")
        assert [sheet.interview_id for sheet in draft.sheets] == [one.interview_id]
        assert sorted(draft.sheets[0].application_ids) == list(applied(database))
        (message,) = messages(database, programme_id)
        assert sorted(message.application_ids) == list(applied(database))
        assert timetable_courses(database, programme_id) == ["DX・スマートシティ・子ども・子育て政策"]
        issue_papers(database, draft=draft)
        assert unannounced(database, programme_id) == ()
        assert [told.start for told in announcements_of(database, entries[1])] == [at(9)]

    def test_somebody_of_the_same_name_between_the_entries_makes_no_second_letter(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        add_people(
            database,
            programme_id,
            (Applied("C3", "髙橋　美咲", "タカハシ ミサキ", 0, Status.FIRST_PASSED),),
        )
        with unit_of_work(database, "test.later-entry", actor="test") as work:
            later = work.session.scalars(select(Entry).where(Entry.number == "C3")).one()
            owner = work.session.get_one(Entry, entries[0]).applicant_id
            second = work.session.get_one(Entry, entries[1])
            second.applicant_id, later.applicant_id = later.applicant_id, owner
            for row in work.session.scalars(select(Application)):
                row.applicant_id = work.session.get_one(Entry, row.entry_id).applicant_id
            work.commit()
        use(database, programme_id, InterviewScope.PERSON)
        booked(database, programme_id, entries[0], at(9))
        booked(database, programme_id, entries[1], at(9, 30))
        with_address(database)
        draft = make_papers(database, programme_id=programme_id, kind="interview-invitation")
        assert [len(sheet.application_ids) for sheet in draft.sheets] == [3, 1]
        assert [len(one.application_ids) for one in messages(database, programme_id)] == [3, 1]

    def test_the_timetable_names_what_the_score_sheet_names(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        use(database, programme_id, InterviewScope.PERSON)
        booked(database, programme_id, entries[0], at(9))
        with unit_of_work(database, "test.left", actor="test") as work:
            for row in work.session.scalars(select(Application).where(Application.entry_id == entries[0])):
                if row.preference == 2:
                    row.status = Status.WITHDRAWN
            work.session.scalars(
                select(Application).where(Application.entry_id == entries[1])
            ).one().status = Status.FIRST_FAILED
            work.commit()
        assert timetable_courses(database, programme_id) == ["DX・スマートシティ"]


class TestByApplication:
    def test_each_application_has_its_own(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        view = use(database, programme_id, InterviewScope.APPLICATION)
        assert {one.key: (one.entry_id, one.course_id) for one in view.people} == applied(database)
        first, second, _third = view.people
        one = booked(database, programme_id, entries[0], at(9), course_id=first.course_id)
        assert (one.key, one.course_id) == (first.key, first.course_id)
        with pytest.raises(NotFoundError, match=r"interview\.unknown-person"):
            booked(database, programme_id, entries[0], at(9, 30))
        with pytest.raises(ConflictError, match=r"interview\.has-one"):
            booked(database, programme_id, entries[0], at(9, 30), course_id=first.course_id)
        fresh = calendar(database, programme_id=programme_id)
        assert [one.key for one in fresh.waiting] == [person.key for person in view.people[1:]]
        place = possible_times(fresh, second.key).at(interviewer_named(fresh, "佐野"), at(9))
        assert (place.state, place.code) == (PlaceState.CONFLICT, "interview.interviewer-taken")
        with pytest.raises(ConflictError, match=r"interview\.applicant-taken"):
            book(
                database, programme_id=programme_id, entry_id=entries[0], course_id=second.course_id,
                start=at(9, 15), interviewer_ids=[interviewer_named(view, "西")], despite=True,
            )  # fmt: skip
        booked(database, programme_id, entries[0], at(9, 30), course_id=second.course_id)
        assert progress_of_entries(database)[0] == (Progress.BOOKED, Progress.BOOKED)

    def test_marks_are_of_one_application(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        view = use(database, programme_id, InterviewScope.APPLICATION)
        first, second = view.people[:2]
        booked(database, programme_id, entries[0], at(9), course_id=first.course_id)
        booked(database, programme_id, entries[0], at(9, 30), course_id=second.course_id)
        record_attendance(database, application_ids=[first.key], attendance=Attendance.ABSENT)
        assert progress_of_entries(database)[0] == (Progress.ABSENT, Progress.BOOKED)
        with database.read() as session:
            assert session.scalars(select(Interview.attendance).order_by(Interview.starts_at)).all() == [
                Attendance.ABSENT,
                None,
            ]

    def test_each_has_its_letter_and_its_message(
        self, database: Database, programme_id: int, entries: tuple[int, int], tmp_path: Path
    ) -> None:
        first, second = use(database, programme_id, InterviewScope.APPLICATION).people[:2]
        for person, start in ((first, at(9)), (second, at(9, 30))):
            booked(database, programme_id, entries[0], start, course_id=person.course_id)
        with_address(database)
        draft = make_papers(database, programme_id=programme_id, kind="interview-invitation")
        assert [sheet.application_ids for sheet in draft.sheets] == [(first.key,), (second.key,)]
        found = messages(database, programme_id)
        assert [one.application_ids for one in found] == [(first.key,), (second.key,)]
        assert [("午前9時00分" in one.body, "午前9時30分から" in one.body) for one in found] == [
            (True, False),
            (False, True),
        ]
        assert timetable_courses(database, programme_id) == ["DX・スマートシティ", "子ども・子育て政策"]
        order = MailOrder(programme_id, MailKind.INTERVIEW_INVITATION)
        write_mails(database, order=order, drafts=found[:1], folder=tmp_path, checked_by="鈴木", actor="佐藤")
        assert [one.course_id for one in unannounced(database, programme_id)] == [second.course_id]

    def test_an_interview_whose_application_is_gone_stays_to_be_cancelled(
        self, database: Database, programme_id: int, entries: tuple[int, int]
    ) -> None:
        first = use(database, programme_id, InterviewScope.APPLICATION).people[0]
        one = booked(database, programme_id, entries[0], at(9), course_id=first.course_id)
        with unit_of_work(database, "test.gone", actor="test") as work:
            work.session.delete(work.session.get_one(Application, first.key))
            work.commit()
        view = calendar(database, programme_id=programme_id)
        left = view.interview_of[one.interview_id]
        assert left.key == -one.interview_id
        assert "no-interview-needed" in left.problems
        cancel(database, interview_id=one.interview_id)
        assert calendar(database, programme_id=programme_id).interviews == ()
