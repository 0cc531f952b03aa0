from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from staged_people import NOON, Staged, note_decision, stage

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import (
    Appointment,
    AppointmentRate,
    HandIn,
    ImportBatch,
    Interview,
    MonthClosing,
    Notice,
    PayStatement,
    Shift,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import Cap, ShiftKind
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.rules.timeline import Phase
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.overview import MonthCard, Overview, overview
from fujisawa_desktop.services.programmes import programme, save_programme
from fujisawa_desktop.services.unit_of_work import unit_of_work

S = ApplicationStatus


class Office:
    """One database and the acts a test needs."""

    def __init__(self, database: Database, programme_id: int) -> None:
        self.database = database
        self.programme_id = programme_id
        self.course_id = courses(database, programme_id)[0].id

    def stage(self, status: ApplicationStatus = S.RECEIVED, *, flag: str = "") -> Staged:
        return stage(self.database, self.programme_id, self.course_id, status, flag=flag)

    def add(self, row: object) -> None:
        with unit_of_work(self.database, "test.row") as work:
            work.session.add(row)
            work.commit()

    def imported(self, at: datetime, kind: str = "applicants") -> None:
        self.add(
            ImportBatch(
                programme_id=self.programme_id, kind=kind, file_name="a.csv", sha256="", encoding="utf-8",
                imported_at=at, counts={},
            )
        )  # fmt: skip

    def interview(self, person: Staged, starts: datetime, announced: datetime | None = None) -> None:
        self.add(
            Interview(
                programme_id=self.programme_id, entry_id=person.entry_id, applicant_id=person.applicant_id,
                starts_at=starts, ends_at=starts + timedelta(minutes=30), announced_at=announced,
            )
        )  # fmt: skip

    def letter(self, person: Staged, kind: str) -> None:
        self.add(
            Notice(
                programme_id=self.programme_id, applicant_id=person.applicant_id, kind=kind,
                dated=NOON.date(), issued_at=NOON, snapshot={}, sha256="",
            )
        )  # fmt: skip

    def appoint(self, rate_from: date = date(2024, 12, 1)) -> int:
        person = self.stage(S.APPOINTED)
        row = Appointment(
            programme_id=self.programme_id, applicant_id=person.applicant_id,
            application_id=person.application_id, course_id=self.course_id, host_department="見本課",
            workplace="見本庁舎", term_from=date(2024, 12, 1), term_until=date(2025, 1, 31), cap_minutes=3600,
            cap_inclusive=False, week_days_max=3, pay_rounding="A", tax_column="hei", commuting_mode="none",
            appointed_at=NOON, rates=[AppointmentRate(from_day=rate_from, yen=1258)],
        )  # fmt: skip
        self.add(row)
        return row.id

    def work_day(self, appointment_id: int, kind: ShiftKind, day: date, minutes: int = 360) -> None:
        ends = (datetime.combine(day, time(9)) + timedelta(minutes=minutes)).time()
        self.add(
            Shift(
                appointment_id=appointment_id, kind=kind, day=day, starts=time(9), ends=ends, break_minutes=0,
                minutes=minutes,
            )
        )  # fmt: skip

    def look(self, today: date) -> Overview:
        return overview(self.database, self.programme_id, today)

    def todo(self, today: date) -> dict[str, dict[str, object]]:
        return {item.code.removeprefix("todo."): item.params for item in self.look(today).todos}

    def stages(self, today: date) -> dict[str, int]:
        return {row.code: row.count for row in self.look(today).stages}


@pytest.fixture
def office(database: Database, programme_id: int) -> Office:
    return Office(database, programme_id)


class TestYear:
    def test_an_empty_year(self, office: Office) -> None:
        seen = office.look(date(2024, 10, 5))
        assert (seen.short_title, seen.fiscal_year, seen.phase) == (
            "R6藤沢市長期インターンシップ",
            2024,
            Phase.ENTRY,
        )
        assert [(point.code, point.day) for point in seen.points] == [
            ("entry-from", date(2024, 10, 1)),
            ("entry-until", date(2024, 10, 16)),
            ("first-result", date(2024, 10, 25)),
            ("interviews", date(2024, 10, 30)),
            ("final-result", date(2024, 11, 20)),
            ("term-from", date(2024, 12, 1)),
            ("term-until", date(2025, 1, 31)),
        ]
        assert [point.text for point in seen.points if point.text] == ["11月中旬"]
        assert seen.points[3].until == date(2024, 11, 8)
        assert [item.code for item in seen.todos] == ["todo.import"]
        assert all(row.count == 0 for row in seen.stages)
        assert len(seen.courses) == 2
        assert seen.month is None

    def test_a_fixed_day_of_the_final_result_needs_no_text(self, office: Office) -> None:
        form = programme(office.database, office.programme_id)
        save_programme(office.database, form=replace(form, final_result_on=date(2024, 11, 15)))
        point = office.look(date(2024, 10, 5)).points[4]
        assert (point.day, point.text) == (date(2024, 11, 15), "")

    def test_a_text_that_names_no_day_means_before_the_term(self, office: Office) -> None:
        form = programme(office.database, office.programme_id)
        save_programme(office.database, form=replace(form, final_result_text="追って"))
        assert office.look(date(2024, 10, 5)).points[4].day == date(2024, 11, 30)

    def test_a_programme_that_is_gone(self, office: Office) -> None:
        with pytest.raises(NotFoundError, match=r"programme\.gone"):
            overview(office.database, 999, date(2024, 10, 5))


class TestSteps:
    def test_counts_per_step(self, office: Office) -> None:
        for flag in ("is_late", "is_withdrawn", "is_not_student"):
            office.stage(flag=flag)
        for status in (S.RECEIVED, S.FIRST_FAILED, S.FINAL_RESERVE, S.FINAL_PASSED, S.ACCEPTED, S.APPOINTED):
            office.stage(status)
        person = office.stage(S.FIRST_PASSED)
        office.interview(person, datetime(2024, 11, 5, 9, 0))
        assert office.stages(date(2024, 11, 5))["interviewed"] == 0
        assert office.stages(date(2024, 11, 6)) == {
            "entries": 10,
            "eligible": 7,
            "first-passed": 5,
            "interviewed": 1,
            "final-passed": 3,
            "accepted": 2,
        }

    def test_first_decisions(self, office: Office) -> None:
        people = [office.stage() for _ in range(3)]
        late = office.stage(flag="is_late")
        office.imported(datetime(2024, 10, 17, 9, 0))
        today = date(2024, 10, 18)
        assert office.todo(today) == {"first-decisions": {"open": 3, "noted": 0}}
        note_decision(office.database, people[0].application_id, Stage.FIRST, Result.PASS)
        note_decision(office.database, late.application_id, Stage.FIRST, Result.FAIL)
        assert office.todo(today) == {"first-decisions": {"open": 2, "noted": 2}}
        for person in people[1:]:
            note_decision(office.database, person.application_id, Stage.FIRST, Result.FAIL)
        assert office.todo(today) == {"release-first": {"count": 4}}

    def test_an_import_before_the_deadline_is_not_the_last(self, office: Office) -> None:
        office.stage(S.FIRST_FAILED, flag="is_late")
        office.imported(datetime(2024, 10, 16, 23, 0))
        office.imported(datetime(2024, 10, 20), kind="decisions")
        assert "import-rest" in office.todo(date(2024, 10, 18))
        office.imported(datetime(2024, 10, 17, 8, 31))
        assert "import-rest" not in office.todo(date(2024, 10, 18))

    def test_letters_interviews_and_invitations(self, office: Office) -> None:
        first, second, failed = (
            office.stage(status) for status in (S.FIRST_PASSED, S.FIRST_PASSED, S.FIRST_FAILED)
        )
        office.imported(datetime(2024, 10, 17, 9, 0))
        assert office.todo(date(2024, 10, 26)) == {"first-letters": {"count": 3}, "plan": {"count": 2}}
        for person in (first, second, failed):
            office.letter(person, "first-result")
        office.interview(first, datetime(2024, 11, 5, 9, 0))
        office.interview(second, datetime(2024, 11, 6, 9, 0), announced=NOON)
        assert office.todo(date(2024, 10, 26)) == {"invitations": {"count": 1}}
        found = office.todo(date(2024, 11, 6))
        assert found == {"interviews-today": {"count": 1}, "final-decisions": {"open": 2, "noted": 0}}

    def test_final_decisions_to_appointment(self, office: Office) -> None:
        office.imported(datetime(2024, 10, 17, 9, 0))
        today = date(2024, 11, 12)
        person = office.stage(S.FIRST_PASSED)
        office.letter(person, "first-result")
        note_decision(office.database, person.application_id, Stage.FINAL, Result.PASS)
        assert office.todo(today) == {"release-final": {"count": 1}}
        for status in (S.FINAL_PASSED, S.ACCEPTED, S.FINAL_RESERVE):
            office.letter(office.stage(status), "first-result")
        found = office.todo(today)
        assert found["final-letters"] == {"count": 3}
        assert found["replies"] == {"count": 1}
        assert found["appoint"] == {"count": 1}

    def test_papers_that_were_due_are_owed_until_the_person_leaves(self, office: Office) -> None:
        first, second = office.appoint(), office.appoint()
        for appointment, kind, due, needed, received in (
            (first, "oath", date(2024, 12, 2), True, None),
            (first, "account", date(2024, 11, 29), True, None),
            (first, "pledge", date(2024, 11, 20), False, None),
            (second, "oath", date(2024, 12, 2), True, None),
            (second, "account", date(2024, 11, 29), True, date(2024, 11, 28)),
        ):
            office.add(
                HandIn(
                    appointment_id=appointment, kind=kind, due_on=due, is_needed=needed, received_on=received
                )
            )  # fmt: skip
        assert "hand-ins" not in office.todo(date(2024, 11, 29))  # due on the day itself
        assert office.todo(date(2024, 11, 30))["hand-ins"] == {"count": 1}
        assert office.todo(date(2024, 12, 3))["hand-ins"] == {"count": 2}
        (item,) = [one for one in office.look(date(2024, 12, 3)).todos if one.code == "todo.hand-ins"]
        assert (item.action, item.due) == ("work.hand-ins", date(2024, 11, 29))
        assert "hand-ins" in office.todo(date(2025, 1, 31))
        assert "hand-ins" not in office.todo(date(2025, 2, 1))

    def test_what_was_noted_of_a_withdrawn_application_waits_for_nothing(self, office: Office) -> None:
        person = office.stage(S.WITHDRAWN)
        note_decision(office.database, person.application_id, Stage.FIRST, Result.PASS)
        office.imported(datetime(2024, 10, 17, 9, 0))
        assert office.todo(date(2024, 10, 18)) == {}

    def test_only_open_suspicions_count(self, office: Office) -> None:
        one, two, three = office.stage(), office.stage(), office.stage()
        for first, second, verdict in (
            (one, two, SuspicionVerdict.OPEN),
            (one, three, SuspicionVerdict.DIFFERENT),
        ):
            office.add(
                SuspectedDuplicate(
                    first_id=first.applicant_id, second_id=second.applicant_id, score=85, is_same=False,
                    reasons=["kana"], verdict=verdict,
                )
            )  # fmt: skip
        assert office.todo(date(2024, 10, 5)) == {"suspicions": {"count": 1}}


class TestWork:
    def test_hours_and_pay_of_the_month_as_they_stand(self, office: Office) -> None:
        first, second = office.appoint(), office.appoint()
        for number in range(2, 12):
            office.work_day(first, ShiftKind.WORKED, date(2024, 12, number), 359)
        office.work_day(second, ShiftKind.PLANNED, date(2024, 12, 2), 180)
        office.work_day(second, ShiftKind.PLANNED, date(2025, 1, 6), 180)
        expected = MonthCard(
            year=2024, month=12, people=2, minutes=3770, worked_minutes=3590, top_minutes=3590,
            cap=Cap(3600, inclusive=False), pay_yen=75270 + 3774,
        )  # fmt: skip
        assert office.look(date(2024, 12, 10)).month == expected
        assert office.look(date(2024, 11, 1)).month == expected
        january = office.look(date(2025, 5, 1)).month
        assert january is not None
        assert (january.year, january.month, january.minutes, january.pay_yen) == (2025, 1, 180, 3774)

    def test_work_before_the_first_rate_leaves_the_pay_open(self, office: Office) -> None:
        appointment = office.appoint(rate_from=date(2024, 12, 10))
        office.work_day(appointment, ShiftKind.WORKED, date(2024, 12, 2))
        office.work_day(office.appoint(), ShiftKind.WORKED, date(2024, 12, 3))
        card = office.look(date(2024, 12, 10)).month
        assert card is not None
        assert (card.minutes, card.pay_yen) == (720, None)

    def test_months_to_close_and_statements(self, office: Office) -> None:
        office.imported(datetime(2024, 10, 17, 9, 0))
        first, second = office.appoint(), office.appoint()
        office.work_day(first, ShiftKind.WORKED, date(2024, 12, 2))
        assert "close-month" not in office.todo(date(2024, 12, 31))
        assert office.todo(date(2025, 1, 6))["close-month"] == {"month": 12, "count": 2}
        assert office.todo(date(2025, 1, 6))["hours"] == {"count": 1}
        for appointment, reopened in ((first, None), (second, NOON)):
            office.add(
                MonthClosing(
                    appointment_id=appointment, year=2024, month=12, closed_at=NOON, reopened_at=reopened
                )
            )
        found = office.todo(date(2025, 1, 6))
        assert found["close-month"] == {"month": 12, "count": 1}
        assert found["statements"] == {"month": 12, "count": 1}
        office.add(
            PayStatement(
                appointment_id=first, year=2024, month=12, edition=1, made_at=NOON, minutes=360, pay_yen=7548,
                commuting_yen=0, tax_yen=0, insurance_yen=0, net_yen=7548, snapshot={},
            )
        )  # fmt: skip
        assert "statements" not in office.todo(date(2025, 1, 6))
        after = [item for item in office.look(date(2025, 2, 1)).todos if item.code == "todo.close-month"]
        assert [item.params["month"] for item in after] == [12, 1]
        assert "hours" not in office.todo(date(2025, 2, 1))
