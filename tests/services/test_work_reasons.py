"""Why worked time broke a rule, the forecast of a month, and what is told while hours are typed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product

import pytest
from appointed import FOUR, TEN_DAYS, appoint_four, work
from hours_scene import agree, cell_at, dec, person_of

from fujisawa_desktop.errors import AppError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours import month_view
from fujisawa_desktop.services.hours_cells import cell_of, judge_typed, week_heads, week_month, week_total
from fujisawa_desktop.services.hours_entry import Place, enter_hours
from fujisawa_desktop.services.hours_fill import move_hours
from fujisawa_desktop.services.hours_reasons import explain_work
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member

PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


class TestReasons:
    def test_a_reason_is_kept_with_the_hours(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (dec(2), dec(3)), "9-16/0")
        one = four[RYOSUKE].appointment_id
        assert person_of(database, programme_id, RYOSUKE, dec(1)).unexplained == 2
        change = explain_work(
            database, programme_id=programme_id, places=[(one, dec(2)), (one, dec(4))], reason=" 窓口の応援 "
        )
        assert (change.label.code, change.label.params) == ("hours.reason", {"count": 1})
        assert cell_at(database, programme_id, RYOSUKE, dec(2)).reason == "窓口の応援"
        assert person_of(database, programme_id, RYOSUKE, dec(1)).unexplained == 1
        undo(database)
        assert cell_at(database, programme_id, RYOSUKE, dec(2)).reason == ""
        assert person_of(database, programme_id, RYOSUKE, dec(1)).unexplained == 2

    def test_it_stays_while_the_time_is_corrected_and_goes_with_it(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        one = four[RYOSUKE].appointment_id
        work(database, programme_id, four[RYOSUKE], (dec(2),), "9-16/0")
        explain_work(database, programme_id=programme_id, places=[(one, dec(2))], reason="窓口の応援")
        work(database, programme_id, four[RYOSUKE], (dec(2),), "8:55-16/0, 17-18")
        cell = cell_at(database, programme_id, RYOSUKE, dec(2))
        assert (cell.worked_minutes, cell.reason) == (485, "窓口の応援")
        move_hours(database, programme_id=programme_id, moves={(one, dec(2)): (one, dec(3))}, kind=WORKED)
        assert cell_at(database, programme_id, RYOSUKE, dec(3)).reason == "窓口の応援"
        work(database, programme_id, four[RYOSUKE], (dec(3),), "")
        work(database, programme_id, four[RYOSUKE], (dec(3),), "9-16/0")
        assert cell_at(database, programme_id, RYOSUKE, dec(3)).reason == ""

    def test_a_plan_wants_none_and_a_fourth_day_neither(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], tuple(dec(day) for day in (2, 3, 4, 5)), "半")
        assert person_of(database, programme_id, RYOSUKE, dec(1)).unexplained == 0
        work(database, programme_id, four[RYOSUKE], (dec(9),), "9-18:30/60")
        assert person_of(database, programme_id, RYOSUKE, dec(1)).unexplained == 1  # over eight hours

    def test_every_day_from_the_cap_on_wants_one(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (*TEN_DAYS, dec(25)), "終")
        assert person_of(database, programme_id, RYOSUKE, dec(1)).unexplained == 2

    @pytest.mark.parametrize("reason", ["", "  ", "　"])
    def test_an_empty_one_is_none(
        self, database: Database, programme_id: int, four: dict[str, Member], reason: str
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            explain_work(
                database,
                programme_id=programme_id,
                places=[(four[RYOSUKE].appointment_id, dec(2))],
                reason=reason,
            )
        assert (caught.value.code, caught.value.field) == ("hours.reason-missing", "reason")

    def test_only_work_is_explained_and_only_in_open_months(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        one = four[RYOSUKE].appointment_id
        work(database, programme_id, four[RYOSUKE], (dec(2),), "半", PLANNED)
        with pytest.raises(RuleError, match=r"hours\.nothing-worked"):
            explain_work(database, programme_id=programme_id, places=[(one, dec(2))], reason="x")
        work(database, programme_id, four[RYOSUKE], (dec(2),), "半")
        close_month(database, programme_id=programme_id, year=2024, month=12)
        with pytest.raises(RuleError, match=r"month\.closed"):
            explain_work(database, programme_id=programme_id, places=[(one, dec(2))], reason="x")
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            explain_work(database, programme_id=programme_id, places=[(999, dec(2))], reason="x")


class TestForecast:
    def row(self, database: Database, programme_id: int, today: date | None = None):
        view = month_view(database, programme_id=programme_id, year=2024, month=12, today=today)
        return next(one for one in view.people if one.member.number == RYOSUKE)

    def test_the_agreed_week_goes_on(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        agree(database, four[RYOSUKE], {"0": "終", "2": "終", "4": "終", "1": "読めない"})
        assert self.row(database, programme_id).forecast == dec(23)
        work(database, programme_id, four[RYOSUKE], (dec(2),), "半")
        assert self.row(database, programme_id).forecast == dec(25)
        assert self.row(database, programme_id, today=dec(13)).forecast is None

    def test_without_one_the_habit_goes_on(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        assert self.row(database, programme_id).forecast is None
        work(database, programme_id, four[RYOSUKE], (dec(2), dec(4), dec(6), dec(9), dec(11)), "終")
        assert self.row(database, programme_id).forecast == dec(23)

    def test_what_is_broken_already_is_the_day(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], TEN_DAYS, "終")
        row = self.row(database, programme_id, today=dec(27))
        assert row.forecast == row.over_on == dec(23)


class TestWeeks:
    def test_seven_days_over_the_edge_of_a_month(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[RYOSUKE], (date(2025, 1, 2),), "9-16/0")
        work(database, programme_id, four[RYOSUKE], (dec(31),), "半")
        view = month_view(database, programme_id=programme_id, year=2024, month=12)
        heads = week_heads(view, dec(30))
        assert [head.day for head in heads] == [dec(30) + timedelta(days=at) for at in range(7)]
        assert all(head.closed is not None for head in heads)
        assert heads[2].holiday == "元日"
        assert week_month(dec(30)) == (2025, 1)
        assert week_month(dec(23)) == (2024, 12)
        person = person_of(database, programme_id, RYOSUKE, dec(1))
        assert cell_of(person, dec(31)).worked_minutes == 180
        beside = cell_of(person, date(2025, 1, 2))
        assert beside.worked_minutes == 420
        assert {one.code for one in beside.findings} == {"shift.closed-year-end", "shift.break-short"}
        assert cell_of(person, date(2025, 1, 3)).worked == ()
        assert week_total(person, dec(30)) == (600, 2)
        assert week_total(person, dec(2)) == (0, 0)


def put(
    database: Database, programme_id: int, place: Place, kind: ShiftKind, text: str
) -> tuple[str, list[str]]:
    """Enter a text; returns the code of its refusal, and what is odd about it."""
    try:
        result = enter_hours(database, programme_id=programme_id, places=[place], kind=kind, text=text)
    except AppError as error:
        return error.code, []
    return "", sorted(finding.code for finding in result.findings)


class TestVerdict:
    def test_it_says_what_the_act_does(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        """What is told before Return is what happens at Return, for plan and work, on any day."""
        rng = random.Random(6)
        one = four[RYOSUKE].appointment_id
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:8], "終", PLANNED)
        work(database, programme_id, four[RYOSUKE], (dec(3), dec(5)), "13-15")
        enter_hours(
            database,
            programme_id=programme_id,
            places=[(one, dec(14))],
            kind=PLANNED,
            text="半",
            holiday_order="式典",
        )
        texts = ("終", "半", "9-15:59", "9-16/0", "9-19", "22-2", "9-12 11-13", "", "x", "9-24", "9-12 13-17")
        days = [dec(day) for day in (1, 2, 3, 6, 7, 14, 19, 23, 30)]
        cases = list(product(texts, days, ShiftKind))
        said = set()
        for text, day, kind in rng.sample(cases, 70):
            verdict = judge_typed(person_of(database, programme_id, RYOSUKE, dec(1)), day, kind, text)
            refused, odd = put(database, programme_id, (one, day), kind, text)
            told = (
                verdict.error.code if verdict.error else verdict.findings[0].code if verdict.refused else ""
            )
            assert told == refused
            if not refused:
                assert sorted(one.code for one in verdict.findings) == odd
            said.add(refused)
        assert {"", "cap.planned-not-below", "shift.overlap", "shift.closed-saturday"} <= said
