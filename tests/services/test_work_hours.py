"""The month's grid and entering hours into it, on a real database."""

from __future__ import annotations

from datetime import date

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, appoint_four, at, sample_december, work
from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import ClosedDay, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import ClosedReason
from fujisawa_desktop.rules.hours import Remaining, ShiftKind, ShiftTime
from fujisawa_desktop.services.history import history_of, redo, undo
from fujisawa_desktop.services.hours import (
    Cell,
    HoursRow,
    MonthView,
    PersonMonth,
    hours_rows,
    month_view,
    opening_month,
)
from fujisawa_desktop.services.hours_entry import EntryResult, enter_hours, work_as_planned
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
DAY = date(2024, 12, 2)
RYOSUKE = FOUR[0].number


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


def december(database: Database, programme_id: int) -> MonthView:
    return month_view(database, programme_id=programme_id, year=2024, month=12)


def row_of(view: MonthView, number: str) -> PersonMonth:
    return next(person for person in view.people if person.member.number == number)


def codes(result: EntryResult) -> list[str]:
    return [finding.code for finding in result.findings]


class TestEntering:
    @pytest.fixture
    def put(self, database: Database, programme_id: int, four: dict[str, Member]):
        def put(
            text: str, *days: date, kind: ShiftKind = PLANNED, number: str = RYOSUKE, order: str = ""
        ) -> EntryResult:
            return enter_hours(
                database,
                programme_id=programme_id,
                places=[(four[number].appointment_id, day) for day in (days or (DAY,))],
                kind=kind,
                text=text,
                holiday_order=order,
            )

        return put

    @pytest.fixture
    def cell(self, database: Database, programme_id: int):
        def cell(day: date = DAY, number: str = RYOSUKE) -> Cell:
            return row_of(december(database, programme_id), number).cells.get(day, Cell())

        return cell

    def test_plan_and_work_lie_in_one_cell(self, put, cell) -> None:
        put("終")
        put("９－１２", kind=WORKED)
        assert cell().planned == (ShiftTime(DAY, at(9), at(16), 60),)
        assert cell().worked == (ShiftTime(DAY, at(9), at(12)),)
        assert (cell().planned_minutes, cell().worked_minutes) == (360, 180)

    def test_typing_again_replaces(self, put, cell, database: Database) -> None:
        put("終")
        put("9-11:50")
        assert cell().planned == (ShiftTime(DAY, at(9), at(11, 50)),)
        put("半, 13-15")
        assert cell().planned_minutes == 300
        put("13-15")
        assert cell().planned == (ShiftTime(DAY, at(13), at(15)),)
        with database.read() as session:
            assert [row.minutes for row in session.scalars(select(Shift))] == [120]

    def test_an_empty_text_clears_one_kind_only(self, put, cell) -> None:
        put("終")
        put("終", kind=WORKED)
        assert put("").change.label.code == "hours.planned-cleared"
        assert cell() == Cell(worked=(ShiftTime(DAY, at(9), at(16), 60),))

    def test_many_cells_are_one_act(self, put, cell, database: Database) -> None:
        result = put("半", *TEN_DAYS)
        assert result.change.label.params == {"count": 10}
        undo(database)
        assert cell() == Cell()
        redo(database)
        assert cell().planned_minutes == 180

    def test_the_same_again_is_no_act(self, put) -> None:
        put("半")
        assert not put("9-12").change.changed
        assert not put("", date(2024, 12, 3)).change.changed

    @pytest.mark.parametrize("text", ["朝", "9-25", "16-9"])
    def test_what_cannot_be_read(self, put, cell, text: str) -> None:
        put("半")
        with pytest.raises(ValidationError):
            put(text)
        assert cell().planned_minutes == 180

    @pytest.mark.parametrize(
        ("text", "day", "code"),
        [
            ("9-16/0", DAY, "shift.break-short"),
            ("半", date(2024, 12, 1), "shift.closed-sunday"),
            ("半", date(2024, 12, 30), "shift.closed-year-end"),
            ("半", date(2025, 2, 3), "shift.outside-term"),
            ("半, 11-13", DAY, "shift.overlap"),
        ],
    )
    def test_a_plan_that_breaks_a_rule_is_refused(self, put, cell, text: str, day: date, code: str) -> None:
        with pytest.raises(RuleError) as caught:
            put(text, day)
        assert caught.value.code == code
        assert caught.value.params["person"] == "楜澤　涼介"
        assert cell(day) == Cell()

    def test_planning_up_to_the_cap_and_not_over_it(self, put, cell) -> None:
        put("終", *TEN_DAYS[:9])
        with pytest.raises(RuleError, match=r"cap\.planned-not-below") as caught:
            put("終", TEN_DAYS[9])
        assert (caught.value.params["total_hm"], caught.value.params["cap_hm"]) == (3600, 3600)
        put("9-15:59", TEN_DAYS[9])
        assert cell(TEN_DAYS[9]).planned_minutes == 359

    def test_one_refused_cell_refuses_all(self, put, cell) -> None:
        with pytest.raises(RuleError, match=r"cap\.planned-not-below"):
            put("終", *TEN_DAYS)
        assert cell(TEN_DAYS[0]) == Cell()

    def test_worked_time_over_the_cap_is_kept_and_told(self, put, cell) -> None:
        put("終", *TEN_DAYS[:9], kind=WORKED)
        assert codes(put("終", TEN_DAYS[9], kind=WORKED)) == ["cap.worked-not-below"]
        assert [finding.code for finding in cell(TEN_DAYS[9]).findings] == ["cap.worked-not-below"]

    def test_worked_time_may_break_other_rules_but_not_overlap(self, put) -> None:
        sunday = date(2024, 12, 1)
        assert codes(put("9-16/0", sunday, kind=WORKED)) == ["shift.closed-sunday", "shift.break-short"]
        with pytest.raises(RuleError, match=r"shift\.overlap"):
            put("半, 11-13", kind=WORKED)

    def test_a_fourth_day_of_a_week_is_told(self, put) -> None:
        week = [date(2024, 12, day) for day in (2, 3, 4, 5)]
        assert codes(put("半", *week)) == ["shift.many-days"]

    def test_work_on_a_closed_day_can_be_ordered(self, put, cell) -> None:
        saturday = date(2024, 12, 7)
        assert codes(put("半", saturday, order="市民まつり")) == []
        assert cell(saturday).findings == ()
        assert codes(put("9-11", saturday)) == []  # the order stands until the cell is cleared

    def test_the_citys_own_closed_days(self, put, database: Database, programme_id: int) -> None:
        with unit_of_work(database, "test.closed", actor="test") as act:
            act.session.add(ClosedDay(programme_id=programme_id, day=DAY, name="停電"))
            act.commit()
        with pytest.raises(RuleError, match=r"shift\.closed-city"):
            put("半")
        assert december(database, programme_id).days[1].closed is ClosedReason.CITY

    def test_a_closed_month_stays_as_it_is(self, put, database: Database, programme_id: int) -> None:
        put("半", kind=WORKED)
        close_month(database, programme_id=programme_id, year=2024, month=12)
        for text in ("終", ""):
            with pytest.raises(RuleError, match=r"month\.closed"):
                put(text, kind=WORKED)
        put("半", date(2025, 1, 6))
        reopen_month(database, programme_id=programme_id, year=2024, month=12, reason="誤記")
        put("終", kind=WORKED)

    def test_somebody_not_appointed(self, database: Database, programme_id: int) -> None:
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            enter_hours(database, programme_id=programme_id, places=[(99, DAY)], kind=PLANNED, text="半")

    def test_it_stands_in_the_persons_history(self, put, database: Database, four: dict[str, Member]) -> None:
        put("半")
        labels = [row.label.code for row in history_of(database, "applicant", four[RYOSUKE].applicant_id)]
        assert labels[0] == "hours.planned"
        other = history_of(database, "applicant", four[FOUR[1].number].applicant_id)
        assert other[0].label.code == "appoint"


class TestAsPlanned:
    def test_plan_becomes_work(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        member = four[RYOSUKE]
        work(database, programme_id, member, TEN_DAYS[:3], "終", PLANNED)
        work(database, programme_id, member, TEN_DAYS[:1], "半")
        places = [(member.appointment_id, day) for day in TEN_DAYS[:4]]
        result = work_as_planned(database, programme_id=programme_id, places=places)
        assert result.change.label.params == {"count": 2}
        person = row_of(december(database, programme_id), RYOSUKE)
        assert [person.cells[day].worked_minutes for day in TEN_DAYS[:3]] == [180, 360, 360]
        with pytest.raises(RuleError, match=r"hours\.nothing-planned"):
            work_as_planned(database, programme_id=programme_id, places=places)


class TestMonthView:
    def test_days_of_december(self, database: Database, programme_id: int) -> None:
        view = december(database, programme_id)
        assert len(view.days) == 31
        assert view.days[0].closed is ClosedReason.SUNDAY
        assert sum(head.closed is None for head in view.days) == 20
        assert (view.people, view.first, view.last) == ((), date(2024, 12, 1), date(2025, 1, 31))
        january = month_view(database, programme_id=programme_id, year=2025, month=1)
        assert january.days[12].holiday == "成人の日"
        assert sum(head.closed is None for head in january.days) == 19

    def test_cap_with_its_sources(self, database: Database, programme_id: int) -> None:
        view = december(database, programme_id)
        assert (view.cap.minutes, view.cap.inclusive) == (3600, False)
        readings = {(source.document, source.inclusive) for source in view.cap_sources}
        assert readings == {("記者発表資料", False), ("チラシ", True)}
        assert [pattern.mark for pattern in view.patterns] == ["終", "半"]

    def test_the_sample_month(self, database: Database, programme_id: int) -> None:
        sample_december(database, programme_id)
        view = december(database, programme_id)
        rows = {person.member.number: person for person in view.people}
        worked = {number: person.worked for number, person in rows.items()}
        assert worked == {
            "100000245489": 3585,
            "100000237570": 3600,
            "100000253408": 1080,
            "RN26003219": 510,
        }
        assert rows["100000245489"].left == Remaining(14, 0, 0)
        assert rows["100000245489"].over_on is None
        assert rows["100000237570"].over_on == date(2024, 12, 23)
        assert rows["100000237570"].left == Remaining(0, 0, 0)
        assert rows["RN26003219"].left == Remaining(3089, 8, 17)
        assert rows["RN26003219"].week_days == {date(2024, 12, 2): 3}
        assert not any(person.closed for person in view.people)

    def test_planned_and_worked_together(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:4], "終", PLANNED)
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:1], "半")
        person = row_of(december(database, programme_id), RYOSUKE)
        assert (person.worked, person.expected) == (180, 180 + 3 * 360)

    def test_weeks_reach_over_the_edge_of_the_month(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (date(2024, 12, 26), date(2025, 1, 6)), "半")
        january = month_view(database, programme_id=programme_id, year=2025, month=1)
        person = row_of(january, RYOSUKE)
        assert person.worked == 180
        assert list(person.cells) == [date(2025, 1, 6)]
        assert person.week_days == {date(2024, 12, 23): 1, date(2025, 1, 6): 1}

    @pytest.mark.usefixtures("four")
    def test_only_people_whose_term_touches_the_month(self, database: Database, programme_id: int) -> None:
        for year, month, count in ((2024, 11, 0), (2024, 12, 4), (2025, 1, 4), (2025, 2, 0)):
            view = month_view(database, programme_id=programme_id, year=year, month=month)
            assert len(view.people) == count

    def test_a_closed_month_is_marked(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        close_month(
            database,
            programme_id=programme_id,
            year=2024,
            month=12,
            appointment_ids=[four[RYOSUKE].appointment_id],
        )
        closed = {p.member.number: p.closed for p in december(database, programme_id).people}
        assert [number for number, is_closed in closed.items() if is_closed] == [RYOSUKE]


class TestOpeningMonth:
    @pytest.mark.parametrize(
        ("today", "worked", "expected"),
        [
            (date(2025, 1, 15), (), (2025, 1)),
            (date(2024, 11, 1), (), (2024, 12)),
            (date(2026, 11, 22), (), (2024, 12)),
            (date(2026, 11, 22), (date(2025, 1, 6), DAY), (2025, 1)),
            (date(2026, 11, 22), (DAY,), (2024, 12)),
            (date(2024, 12, 1), (date(2025, 1, 6),), (2024, 12)),
        ],
    )
    def test_which(
        self,
        database: Database,
        programme_id: int,
        four: dict[str, Member],
        today: date,
        worked: tuple[date, ...],
        expected: tuple[int, int],
    ) -> None:
        if worked:
            work(database, programme_id, four[RYOSUKE], worked, "半")
        work(database, programme_id, four[RYOSUKE], (date(2025, 1, 31),), "半", PLANNED)
        assert opening_month(database, programme_id=programme_id, today=today) == expected


def test_hours_as_a_list(database: Database, programme_id: int) -> None:
    four = appoint_four(database, programme_id)
    work(database, programme_id, four[RYOSUKE], (DAY,), "半", PLANNED)
    work(database, programme_id, four[RYOSUKE], (date(2025, 1, 6),), "終")
    rows = hours_rows(database, programme_id=programme_id)
    assert rows[0] == HoursRow(
        RYOSUKE,
        "楜澤　涼介",
        "DX・スマートシティ",
        PLANNED,
        ShiftTime(DAY, at(9), at(12)),
        host_department="デジタル推進室",
    )
    assert [row.shift.day for row in rows] == [DAY, date(2025, 1, 6)]
    only = hours_rows(database, programme_id=programme_id, year_month=DECEMBER)
    assert [row.kind for row in only] == [PLANNED]


class TestClosing:
    @pytest.mark.usefixtures("four")
    def test_closing_and_reopening(self, database: Database, programme_id: int) -> None:
        change = close_month(database, programme_id=programme_id, year=2024, month=12).change
        assert change.label.params == {"year": 2024, "month": 12, "count": 4}
        with pytest.raises(RuleError, match=r"month\.already-closed"):
            close_month(database, programme_id=programme_id, year=2024, month=12)
        change = reopen_month(
            database, programme_id=programme_id, year=2024, month=12, reason=" 誤記 "
        ).change
        assert change.label.params["count"] == 4
        assert not any(person.closed for person in december(database, programme_id).people)
        with pytest.raises(RuleError, match=r"month\.not-closed"):
            reopen_month(database, programme_id=programme_id, year=2024, month=12, reason="もう一度")
        close_month(database, programme_id=programme_id, year=2024, month=12)
        assert all(person.closed for person in december(database, programme_id).people)
        undo(database)
        assert not any(person.closed for person in december(database, programme_id).people)

    def test_a_reason_is_needed(self, database: Database, programme_id: int) -> None:
        with pytest.raises(ValidationError) as caught:
            reopen_month(database, programme_id=programme_id, year=2024, month=12, reason="　")
        assert (caught.value.code, caught.value.field) == ("month.reason-missing", "reason")

    def test_nobody_there(self, database: Database, programme_id: int) -> None:
        with pytest.raises(RuleError, match=r"month\.nobody"):
            close_month(database, programme_id=programme_id, year=2024, month=12)
