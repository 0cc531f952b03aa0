"""Many cells in one act: blocks, weeks, moves, and the usual week; on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from appointed import FOUR, TEN_DAYS, appoint_four, work
from hours_scene import acts, cell_at, dec

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.history import history_of, redo, undo
from fujisawa_desktop.services.hours import Cell
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.hours_fill import (
    Way,
    enter_block,
    move_hours,
)
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member

PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
MONDAY = date(2024, 12, 2)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


@pytest.fixture
def cell(database: Database, programme_id: int) -> Callable[[str, date], Cell]:
    return partial(cell_at, database, programme_id)


class TestBlocks:
    def test_each_cell_its_own_text_in_one_act(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[SAKURA], (dec(3),), "終", PLANNED)
        before = acts(database)
        first, second = four[RYOSUKE].appointment_id, four[SAKURA].appointment_id
        result = enter_block(
            database,
            programme_id=programme_id,
            texts={(first, dec(2)): "終", (first, dec(3)): "９－１２", (second, dec(3)): ""},
            kind=PLANNED,
            way=Way.PASTED,
        )
        assert (result.change.label.code, result.change.label.params) == ("hours.pasted", {"count": 3})
        assert acts(database) - before == 1
        assert cell(RYOSUKE, dec(2)).planned_minutes == 360
        assert cell(RYOSUKE, dec(3)).planned_minutes == 180
        assert cell(SAKURA, dec(3)) == Cell()
        undo(database)
        assert (cell(RYOSUKE, dec(2)), cell(SAKURA, dec(3)).planned_minutes) == (Cell(), 360)
        redo(database)
        assert cell(RYOSUKE, dec(3)).planned_minutes == 180
        assert len(history_of(database, "applicant", four[SAKURA].applicant_id)) >= 2

    @pytest.mark.parametrize(
        ("text", "code"), [("朝", "shift.unreadable"), ("9-24", "shift.midnight"), ("9-9", "shift.no-time")]
    )
    def test_a_text_nobody_can_read_names_its_cell(
        self, database: Database, programme_id: int, four: dict[str, Member], cell, text: str, code: str
    ) -> None:
        one = four[RYOSUKE].appointment_id
        with pytest.raises(ValidationError) as caught:
            enter_block(
                database,
                programme_id=programme_id,
                texts={(one, dec(2)): "終", (one, dec(3)): text},
                kind=PLANNED,
                way=Way.DOWN,
            )
        assert caught.value.code == code
        assert (caught.value.params["person"], caught.value.params["cell"]) == ("楜澤　涼介", dec(3))
        assert cell(RYOSUKE, dec(2)) == Cell()

    def test_only_what_will_stand_there_is_judged(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        """Nine full days and one of 5:59: changing the long with the short one never passes the cap."""
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[1:], "終", PLANNED)
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:1], "9-15:59", PLANNED)
        one = four[RYOSUKE].appointment_id
        for texts in (
            {(one, TEN_DAYS[0]): "終", (one, TEN_DAYS[1]): "9-15:59"},
            {(one, TEN_DAYS[0]): "9-15:59", (one, TEN_DAYS[1]): "終"},
        ):
            enter_block(database, programme_id=programme_id, texts=texts, kind=PLANNED, way=Way.PASTED)
        with pytest.raises(RuleError, match=r"cap\.planned-not-below"):
            enter_block(
                database,
                programme_id=programme_id,
                texts={(one, TEN_DAYS[0]): "終", (one, TEN_DAYS[1]): "終"},
                kind=PLANNED,
                way=Way.PASTED,
            )
        assert cell(RYOSUKE, TEN_DAYS[0]).planned_minutes == 359

    def test_a_closed_month_and_strangers_are_refused(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        close_month(database, programme_id=programme_id, year=2024, month=12)
        for place, error, code in (
            ((four[RYOSUKE].appointment_id, dec(2)), RuleError, "month.closed"),
            ((9999, dec(2)), NotFoundError, "appointment.missing"),
        ):
            with pytest.raises(error) as caught:
                enter_block(
                    database, programme_id=programme_id, texts={place: "半"}, kind=WORKED, way=Way.RIGHT
                )
            assert caught.value.code == code

    def test_worked_time_is_kept_and_says_which_cells_want_a_reason(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        one = four[RYOSUKE].appointment_id
        result = enter_block(
            database,
            programme_id=programme_id,
            texts={(one, dec(2)): "9-16/0", (one, dec(3)): "半", (one, dec(7)): "半"},
            kind=WORKED,
            way=Way.PASTED,
        )
        assert [finding.code for finding in result.findings] == ["shift.break-short", "shift.closed-saturday"]
        assert result.unexplained == ((one, dec(2)), (one, dec(7)))
        assert cell(RYOSUKE, dec(2)).unexplained
        assert not cell(RYOSUKE, dec(3)).unexplained

    def test_the_day_that_breaks_the_cap_wants_the_reason(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[1:], "終")
        one = four[RYOSUKE].appointment_id
        result = enter_hours(
            database, programme_id=programme_id, places=[(one, TEN_DAYS[0])], kind=WORKED, text="終"
        )
        assert result.unexplained == ((one, TEN_DAYS[9]),)

    def test_what_is_written_beside_a_shift_stays_when_it_is_typed_again(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        one = four[RYOSUKE].appointment_id
        enter_hours(
            database,
            programme_id=programme_id,
            places=[(one, dec(7))],
            kind=PLANNED,
            text="半",
            holiday_order="市民まつり",
        )
        work(database, programme_id, four[RYOSUKE], (dec(7),), "10-12", PLANNED)
        assert cell(RYOSUKE, dec(7)).holiday_order == "市民まつり"
        work(database, programme_id, four[RYOSUKE], (dec(7),), "10-13", WORKED)
        assert cell(RYOSUKE, dec(7)).findings == ()
        with database.read() as session:
            assert {row.holiday_order for row in session.query(Shift)} == {"市民まつり"}


class TestMoving:
    def move(self, database: Database, programme_id: int, moves: dict, **more: object):
        return move_hours(database, programme_id=programme_id, moves=moves, kind=PLANNED, **more)

    def test_to_another_day(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(2),), "9-12, 13-15", PLANNED)
        one = four[RYOSUKE].appointment_id
        before = acts(database)
        result = self.move(database, programme_id, {(one, dec(2)): (one, dec(4))})
        assert (result.change.label.code, result.change.label.params) == ("hours.moved", {"count": 1})
        assert acts(database) - before == 1
        assert cell(RYOSUKE, dec(2)) == Cell()
        assert cell(RYOSUKE, dec(4)).planned_minutes == 300
        undo(database)
        assert cell(RYOSUKE, dec(2)).planned_minutes == 300
        assert cell(RYOSUKE, dec(4)) == Cell()

    def test_a_copy_stays_where_it_was_too(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(2),), "終", PLANNED)
        one, two = four[RYOSUKE].appointment_id, four[SAKURA].appointment_id
        result = self.move(database, programme_id, {(one, dec(2)): (two, dec(4))}, copy=True)
        assert result.change.label.code == "hours.copied"
        assert cell(RYOSUKE, dec(2)).planned_minutes == 360
        assert cell(SAKURA, dec(4)).planned_minutes == 360

    def test_moving_within_a_full_month_is_no_new_time(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:9], "終", PLANNED)
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[9:], "9-15:59", PLANNED)
        one = four[RYOSUKE].appointment_id
        self.move(database, programme_id, {(one, TEN_DAYS[0]): (one, dec(3))})
        assert cell(RYOSUKE, dec(3)).planned_minutes == 360
        with pytest.raises(RuleError, match=r"cap\.planned-not-below"):
            self.move(database, programme_id, {(one, dec(3)): (one, dec(5))}, copy=True)

    @pytest.mark.parametrize(
        ("target", "code"), [(dec(7), "shift.closed-saturday"), (date(2025, 2, 3), "shift.outside-term")]
    )
    def test_a_rule_refuses_the_new_place(
        self, database: Database, programme_id: int, four: dict[str, Member], cell, target: date, code: str
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(2),), "終", PLANNED)
        one = four[RYOSUKE].appointment_id
        with pytest.raises(RuleError) as caught:
            self.move(database, programme_id, {(one, dec(2)): (one, target)})
        assert caught.value.code == code
        assert cell(RYOSUKE, dec(2)).planned_minutes == 360

    def test_nothing_is_lost_under_a_moved_cell(
        self, database: Database, programme_id: int, four: dict[str, Member], cell
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(2),), "終", PLANNED)
        work(database, programme_id, four[RYOSUKE], (dec(4),), "半", PLANNED)
        one = four[RYOSUKE].appointment_id
        for copies in (False, True):
            with pytest.raises(RuleError) as caught:
                self.move(database, programme_id, {(one, dec(2)): (one, dec(4))}, copy=copies)
            assert caught.value.code == "hours.target-taken"
        assert cell(RYOSUKE, dec(4)).planned_minutes == 180
        self.move(database, programme_id, {(one, dec(2)): (one, dec(4)), (one, dec(4)): (one, dec(2))})
        assert cell(RYOSUKE, dec(4)).planned_minutes == 360
        assert cell(RYOSUKE, dec(2)).planned_minutes == 180

    def test_an_empty_cell_and_the_same_cell_move_nothing(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(2),), "終", PLANNED)
        one = four[RYOSUKE].appointment_id
        for moves in ({(one, dec(3)): (one, dec(4))}, {(one, dec(2)): (one, dec(2))}):
            with pytest.raises(RuleError, match=r"hours\.nothing-to-move"):
                self.move(database, programme_id, moves)
