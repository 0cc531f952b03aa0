"""Closing and opening months: what stands against it, who is left out, what stays closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, explain, sample_december, work
from sqlalchemy import select

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import AppointmentRate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day
from fujisawa_desktop.services.month_checklist import PersonCheck, month_checklist, unknown_holidays
from fujisawa_desktop.services.month_confirmations import confirm_month
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.months import MonthResult, close_month, reopen_month
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.payments import mark_paid
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
YEAR, MONTH = DECEMBER
TODAY = date(2024, 12, 25)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


def checks(database: Database, programme_id: int, today: date = TODAY) -> dict[str, PersonCheck]:
    found = month_checklist(database, programme_id=programme_id, year=YEAR, month=MONTH, today=today)
    return {check.number: check for check in found}


def codes(check: PersonCheck) -> list[tuple[str, bool]]:
    return [(obstacle.finding.code, obstacle.refuses) for obstacle in check.obstacles]


def close(database: Database, programme_id: int, *members: Member) -> MonthResult:
    ids = [member.appointment_id for member in members] or None
    return close_month(database, programme_id=programme_id, year=YEAR, month=MONTH, appointment_ids=ids)


def reopen(database: Database, programme_id: int, *members: Member) -> MonthResult:
    ids = [member.appointment_id for member in members] or None
    return reopen_month(
        database, programme_id=programme_id, year=YEAR, month=MONTH, reason="誤記", appointment_ids=ids
    )


class TestChecklist:
    @pytest.mark.usefixtures("four")
    def test_everybody_is_listed_with_what_stands_against_closing(
        self, database: Database, programme_id: int
    ) -> None:
        found = checks(database, programme_id)
        assert list(found) == [SAKURA, RYOSUKE, YUI, MISAKI]
        assert codes(found[SAKURA]) == [("close.reason-missing", True), ("close.unconfirmed", False)]
        assert codes(found[RYOSUKE]) == [("close.unconfirmed", False)]
        assert [check.refused for check in found.values()] == [True, False, False, False]
        assert found[YUI].worked == 510
        obstacle = found[SAKURA].obstacles[0]
        assert obstacle.about is not None
        assert (obstacle.day, obstacle.about.code) == (date(2024, 12, 23), "cap.worked-not-below")

    def test_a_reason_or_an_order_is_enough(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[YUI], (date(2024, 12, 8),), "半")
        assert codes(checks(database, programme_id)[YUI])[0] == ("close.reason-missing", True)
        explain(database, four[YUI])
        explain(database, four[SAKURA])
        assert not any(check.refused for check in checks(database, programme_id).values())

    def test_many_days_a_week_are_only_a_hint(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[YUI], tuple(date(2024, 12, day) for day in (2, 3, 4, 5)), "半")
        assert not checks(database, programme_id)[YUI].refused

    def test_planned_days_that_passed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        days = tuple(date(2024, 12, day) for day in (6, 17, 19, 26))  # worked, passed, passed, to come
        work(database, programme_id, four[YUI], days, "半", ShiftKind.PLANNED)
        (obstacle, _unconfirmed) = reversed(checks(database, programme_id)[YUI].obstacles)
        assert obstacle.finding.code == "close.planned-not-worked"
        assert (obstacle.day, obstacle.finding.params["days"]) == (date(2024, 12, 17), 2)
        early = checks(database, programme_id, date(2024, 12, 17))[YUI]
        assert [code for code, _refuses in codes(early)] == ["close.unconfirmed"]

    def test_what_the_department_confirmed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm_month(
            database,
            programme_id=programme_id,
            year=YEAR,
            month=MONTH,
            appointment_ids=[four[YUI].appointment_id],
            confirmed_on=TODAY,
            confirmed_by="課長",
        )
        assert (checks(database, programme_id)[YUI].state, codes(checks(database, programme_id)[YUI])) == (
            MonthState.CONFIRMED,
            [],
        )

    def test_a_tax_that_has_to_be_typed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        form = terms_form(database, appointment_id=four[YUI].appointment_id)
        save_terms(database, form=replace(form, tax_column=TaxColumn.MANUAL))
        found = checks(database, programme_id)[YUI]
        assert codes(found)[-1] == ("close.tax-open", False)
        about = found.obstacles[-1].about
        assert about is not None
        assert about.code == "tax.column-open"

    def test_work_before_the_first_rate(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        with unit_of_work(database, "test", actor="test") as act:
            mine = AppointmentRate.appointment_id == four[YUI].appointment_id
            for rate in act.session.scalars(select(AppointmentRate).where(mine)):
                rate.from_day = date(2024, 12, 4)
            act.commit()
        found = checks(database, programme_id)
        assert codes(found[YUI])[0] == ("pay.no-rate", True)
        assert not found[RYOSUKE].refused
        assert [one.number for one in close(database, programme_id).left_out] == [SAKURA, YUI]

    def test_what_is_closed_has_nothing_against_it(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        close(database, programme_id, four[YUI])
        check = checks(database, programme_id)[YUI]
        assert (check.is_closed, check.obstacles) == (True, ())

    def test_holidays_nobody_has_published(self) -> None:
        assert unknown_holidays(2026) == []
        assert unknown_holidays(2027)[0].finding.params == {"year": 2027}


class TestClosing:
    def test_who_cannot_be_closed_does_not_keep_the_others(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        result = close(database, programme_id)
        assert result.numbers == (RYOSUKE, YUI, MISAKI)
        (left,) = result.left_out
        assert (left.number, left.code, left.params["person"]) == (
            SAKURA,
            "month.not-closable",
            "葛城　さくら",
        )
        assert result.change.label.params["count"] == 3
        explain(database, four[SAKURA])
        assert close(database, programme_id).numbers == (SAKURA,)
        undo(database)
        assert checks(database, programme_id)[SAKURA].state is MonthState.OPEN

    def test_nobody_can_be_closed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        with pytest.raises(RuleError) as caught:
            close(database, programme_id, four[SAKURA])
        assert (caught.value.code, caught.value.params["persons"]) == (
            "month.nobody-closable",
            ["葛城　さくら"],
        )

    def test_closed_opened_and_closed_again(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        close(database, programme_id, four[YUI])
        assert reopen(database, programme_id).numbers == (YUI,)
        assert close(database, programme_id, four[YUI]).numbers == (YUI,)
        undo(database)
        undo(database)
        assert checks(database, programme_id)[YUI].state is MonthState.CLOSED


class TestOpeningAgain:
    @pytest.fixture
    def closed(self, database: Database, programme_id: int, four: dict[str, Member]) -> dict[str, Member]:
        close(database, programme_id)
        return four

    def test_a_paid_month_stays_closed(
        self, database: Database, programme_id: int, closed: dict[str, Member]
    ) -> None:
        issue_statements(database, programme_id=programme_id, year=YEAR, month=MONTH)
        mark_paid(
            database,
            programme_id=programme_id,
            year=YEAR,
            month=MONTH,
            paid_on=date(2025, 1, 21),
            appointment_ids=[closed[YUI].appointment_id],
        )
        with pytest.raises(RuleError, match=r"month\.paid"):
            reopen(database, programme_id, closed[YUI])
        result = reopen(database, programme_id)
        assert result.numbers == (RYOSUKE, MISAKI)
        assert [(one.number, one.code) for one in result.left_out] == [(YUI, "month.paid")]
        with pytest.raises(RuleError, match=r"month\.closed"):
            work(database, programme_id, closed[YUI], TEN_DAYS[:1], "終")

    def test_a_corrected_month_stays_closed(
        self, database: Database, programme_id: int, closed: dict[str, Member]
    ) -> None:
        form = CorrectionForm(programme_id, closed[YUI].appointment_id, TEN_DAYS[0], "終", "誤記")
        correct_day(database, form=form)
        with pytest.raises(RuleError, match=r"month\.corrected"):
            reopen(database, programme_id, closed[YUI])
        undo(database)
        assert reopen(database, programme_id, closed[YUI]).numbers == (YUI,)
