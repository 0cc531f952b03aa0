"""Weeks copied, and the usual week put into a month; on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from appointed import FOUR, appoint_four, at, staff, work
from hours_scene import acts, agree, cell_at, dec, person_of

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Appointment
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours import Cell
from fujisawa_desktop.services.hours_fill import (
    UsualResult,
    copy_week,
    fill_usual_week,
)
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
MONDAY = date(2024, 12, 2)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


@pytest.fixture
def cell(database: Database, programme_id: int) -> Callable[[str, date], Cell]:
    return partial(cell_at, database, programme_id)


class TestWeeks:
    def test_onto_the_next_for_several_people(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(2), dec(4)), "終", PLANNED)
        work(database, programme_id, four[SAKURA], (dec(3),), "9-15:45", PLANNED)
        work(database, programme_id, four[RYOSUKE], (dec(10),), "半", PLANNED)  # not in the copied week
        before = acts(database)
        people = [four[RYOSUKE].appointment_id, four[SAKURA].appointment_id]
        result = copy_week(
            database, programme_id=programme_id, appointment_ids=people, monday=dec(4), kind=PLANNED
        )
        assert (result.change.label.code, result.change.label.params) == ("hours.week-copied", {"count": 4})
        assert acts(database) - before == 1
        assert [cell(RYOSUKE, dec(day)).planned_minutes for day in (9, 10, 11)] == [360, 0, 360]
        assert cell(SAKURA, dec(10)).planned_minutes == 345
        undo(database)
        assert [cell(RYOSUKE, dec(day)).planned_minutes for day in (9, 10, 11)] == [0, 180, 0]

    def test_onto_several_over_the_edge_of_the_month(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(19),), "半", PLANNED)
        one = four[RYOSUKE].appointment_id
        with pytest.raises(RuleError, match=r"shift\.closed-year-end"):
            copy_week(
                database,
                programme_id=programme_id,
                appointment_ids=[one],
                monday=dec(16),
                kind=PLANNED,
                weeks=2,
            )
        assert cell(RYOSUKE, dec(26)) == Cell()
        work(database, programme_id, four[RYOSUKE], (date(2025, 1, 7),), "半", PLANNED)
        copy_week(
            database,
            programme_id=programme_id,
            appointment_ids=[one],
            monday=date(2025, 1, 6),
            kind=PLANNED,
            weeks=3,
        )
        days = [date(2025, 1, 7) + timedelta(weeks=week) for week in range(1, 4)]
        assert [cell(RYOSUKE, day).planned_minutes for day in days] == [180, 180, 180]

    def test_a_holiday_in_the_next_week_refuses_all(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (date(2025, 1, 6), date(2025, 1, 8)), "半", PLANNED)
        with pytest.raises(RuleError, match=r"shift\.closed-holiday"):
            copy_week(
                database,
                programme_id=programme_id,
                appointment_ids=[four[RYOSUKE].appointment_id],
                monday=date(2025, 1, 6),
                kind=PLANNED,
            )
        assert cell(RYOSUKE, date(2025, 1, 15)) == Cell()

    def test_an_empty_week_is_not_copied(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(9),), "半", PLANNED)
        with pytest.raises(RuleError, match=r"hours\.week-empty"):
            copy_week(
                database,
                programme_id=programme_id,
                appointment_ids=[four[RYOSUKE].appointment_id],
                monday=MONDAY,
                kind=PLANNED,
            )
        assert cell(RYOSUKE, dec(9)).planned_minutes == 180


class TestUsualWeek:
    def fill(
        self, database: Database, programme_id: int, four: dict[str, Member], *numbers: str, month: int = 12
    ) -> UsualResult:
        return fill_usual_week(
            database,
            programme_id=programme_id,
            year=2024 if month == 12 else 2025,
            month=month,
            appointment_ids=[four[number].appointment_id for number in numbers],
        )

    def test_the_open_days_of_the_month(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        agree(database, four[RYOSUKE], {"0": "半", "3": "13-16"})
        before = acts(database)
        result = self.fill(database, programme_id, four, RYOSUKE)
        assert (result.filled, result.kept) == (8, 0)
        assert [(one.day, one.code) for one in result.skipped] == [(dec(30), "shift.closed-year-end")]
        assert result.change.label.params == {"count": 8, "year": 2024, "month": 12}
        assert acts(database) - before == 1
        planned = [day for day in range(1, 32) if cell(RYOSUKE, dec(day)).planned]
        assert planned == [2, 5, 9, 12, 16, 19, 23, 26]
        undo(database)
        assert cell(RYOSUKE, dec(2)) == Cell()

    def test_what_the_cap_refuses_is_left_out_and_told(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        agree(database, four[RYOSUKE], {"0": "終", "2": "終", "4": "終", "3": "9-9:59"})
        result = self.fill(database, programme_id, four, RYOSUKE)
        codes = {one.code for one in result.skipped}
        assert "cap.planned-not-below" in codes
        assert person_of(database, programme_id, RYOSUKE, dec(1)).left.minutes < 360
        assert all(one.person == "楜澤　涼介" for one in result.skipped)
        refused = [one.day for one in result.skipped if one.code.startswith("cap.")]
        assert refused
        assert all(cell(RYOSUKE, day) == Cell() for day in refused if day is not None)

    def test_hours_that_stand_there_stay(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        agree(database, four[RYOSUKE], {"0": "半"})
        work(database, programme_id, four[RYOSUKE], (dec(2),), "終", PLANNED)
        work(database, programme_id, four[RYOSUKE], (dec(9),), "10-11", WORKED)
        result = self.fill(database, programme_id, four, RYOSUKE)
        assert (result.filled, result.kept) == (2, 2)
        assert cell(RYOSUKE, dec(2)).planned_minutes == 360
        assert cell(RYOSUKE, dec(9)).planned == ()

    def test_people_without_a_week_or_with_one_nobody_can_read(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        agree(database, four[SAKURA], {"0": "朝から"})
        agree(database, four[MISAKI], {"0": " "})
        agree(database, four[YUI], {"1": "半"})
        result = self.fill(database, programme_id, four, RYOSUKE, SAKURA, MISAKI, YUI)
        told = {(one.person, one.code) for one in result.skipped}
        assert told >= {
            ("楜澤　涼介", "hours.usual-none"),
            ("髙橋　美咲", "hours.usual-none"),
            ("葛城　さくら", "shift.unreadable"),
        }
        assert cell(YUI, dec(3)).planned_minutes == 180
        assert cell(SAKURA, dec(2)) == Cell()

    def test_only_inside_the_term_and_in_open_months(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        for number in (RYOSUKE, SAKURA):
            agree(database, four[number], {"0": "半"})
        with unit_of_work(database, "test.left", actor="test") as unit:
            row = unit.session.get(Appointment, four[RYOSUKE].appointment_id)
            assert row is not None
            row.left_on = dec(10)
            unit.commit()
        close_month(
            database,
            programme_id=programme_id,
            year=2024,
            month=12,
            appointment_ids=[four[SAKURA].appointment_id],
        )
        result = self.fill(database, programme_id, four, RYOSUKE, SAKURA)
        assert result.filled == 2
        assert [(one.day, one.code) for one in result.skipped] == [(None, "month.closed")]
        assert cell(RYOSUKE, dec(16)) == Cell()
        january = self.fill(database, programme_id, four, RYOSUKE, month=1)
        assert [(one.day, one.code) for one in january.skipped] == [(None, "hours.usual-outside")]
        assert not january.change.changed

    def test_once_more_changes_nothing(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        agree(database, four[RYOSUKE], {"0": "半"})
        self.fill(database, programme_id, four, RYOSUKE)
        again = self.fill(database, programme_id, four, RYOSUKE)
        assert (again.filled, again.kept, again.change.changed) == (0, 4, False)


def test_the_week_agreed_upon_is_read_with_the_person(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    agree(database, four[YUI], {"2": "終"})
    assert staff(database, programme_id)[YUI].usual_week == {2: "終"}
    work(database, programme_id, four[YUI], (dec(4),), "9-12", PLANNED)
    person = person_of(database, programme_id, YUI, dec(1))
    assert person.outlook.usual == {2: 360}
    assert person.cells[dec(4)].planned[0].end == at(12)
