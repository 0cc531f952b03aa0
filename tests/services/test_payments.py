"""Marking statements as paid: what is refused, what is locked from then on, taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, explain, sample_december
from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Payment, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import issue_statements, pay_for_month
from fujisawa_desktop.services.payments import (
    Method,
    PaymentResult,
    PaymentRow,
    mark_paid,
    payments_view,
    take_payment_back,
)
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
YEAR, MONTH = DECEMBER
PAID_ON = date(2025, 1, 21)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    found = sample_december(database, programme_id)
    explain(database, found[SAKURA])
    return found


@pytest.fixture
def stated(database: Database, programme_id: int, four: dict[str, Member]) -> dict[str, Member]:
    close_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
    issue_statements(database, programme_id=programme_id, year=YEAR, month=MONTH)
    return four


def pay(database: Database, programme_id: int, *members: Member, **options: object) -> PaymentResult:
    ids = [member.appointment_id for member in members] or None
    values = {"year": YEAR, "month": MONTH, "paid_on": PAID_ON, "appointment_ids": ids, **options}
    return mark_paid(database, programme_id=programme_id, **values)


def rows(database: Database, programme_id: int, month: tuple[int, int] = DECEMBER) -> dict[str, PaymentRow]:
    view = payments_view(database, programme_id=programme_id, year=month[0], month=month[1])
    return {row.number: row for row in view.rows}


def change_terms(database: Database, member: Member, **values: object) -> None:
    form = terms_form(database, appointment_id=member.appointment_id)
    save_terms(database, form=replace(form, **values))


class TestMarking:
    def test_everybody_with_the_amount_of_the_statement(
        self, database: Database, programme_id: int, stated: dict[str, Member]
    ) -> None:
        result = pay(database, programme_id)
        assert (len(result.numbers), result.yen, result.left_out) == (4, 183_983, ())
        assert 183_983 == 75_166 + 75_480 + 22_644 + 10_693
        row = rows(database, programme_id)[YUI]
        assert (row.net, row.paid_on, row.method) == (10_693, PAID_ON, "transfer")
        with database.read() as session:
            assert sorted(session.scalars(select(Payment.yen))) == [10_693, 22_644, 75_166, 75_480]
        states = pay_for_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
        assert {state.state for state in states} == {MonthState.PAID}
        newest = history_of(database, "applicant", stated[YUI].applicant_id)[0]
        assert newest.label.code == "pay.paid"

    def test_some_first_and_the_others_later(
        self, database: Database, programme_id: int, stated: dict[str, Member]
    ) -> None:
        pay(database, programme_id, stated[YUI], method=Method.OTHER)
        assert rows(database, programme_id)[YUI].method == "other"
        later = pay(database, programme_id, paid_on=date(2025, 1, 24))
        assert (len(later.numbers), later.left_out) == (3, ())
        assert rows(database, programme_id)[YUI].paid_on == PAID_ON

    @pytest.mark.usefixtures("stated")
    def test_the_pay_day_of_the_programme_is_the_usual_day(
        self, database: Database, programme_id: int
    ) -> None:
        with pytest.raises(ValidationError, match=r"payment\.no-day"):
            pay(database, programme_id, paid_on=None)
        with unit_of_work(database, "test", actor="test") as act:
            act.session.scalars(select(Programme)).one().pay_day = 21
            act.commit()
        issue = {"programme_id": programme_id, "year": YEAR, "month": MONTH}
        assert payments_view(database, **issue).pay_day == PAID_ON
        pay(database, programme_id, paid_on=None)
        assert rows(database, programme_id)[YUI].paid_on == PAID_ON

    def test_undo(self, database: Database, programme_id: int, stated: dict[str, Member]) -> None:
        pay(database, programme_id, stated[YUI])
        undo(database)
        assert rows(database, programme_id)[YUI].paid_on is None


class TestRefusals:
    @pytest.mark.usefixtures("stated")
    def test_a_day_before_the_work(self, database: Database, programme_id: int) -> None:
        with pytest.raises(ValidationError, match=r"payment\.before-month"):
            pay(database, programme_id, paid_on=date(2024, 11, 30))

    def test_who_has_no_statement(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        close_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
        with pytest.raises(RuleError, match=r"payment\.not-stated"):
            pay(database, programme_id, four[YUI])
        with pytest.raises(RuleError, match=r"payment\.nobody"):
            pay(database, programme_id)
        issue_statements(database, programme_id=programme_id, year=YEAR, month=MONTH, numbers=[RYOSUKE])
        result = pay(database, programme_id)
        assert result.numbers == (RYOSUKE,)
        assert {(one.number, one.code) for one in result.left_out} == {
            (number, "payment.not-stated") for number in (SAKURA, YUI, MISAKI)
        }

    def test_an_open_month(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        issue_statements(database, programme_id=programme_id, year=YEAR, month=MONTH)
        with pytest.raises(RuleError, match=r"payment\.not-closed"):
            pay(database, programme_id, four[YUI])

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"commuting_mode": CommutingMode.PER_DAY, "round_trip_yen": 840}, "payment.differs"),
            ({"tax_column": TaxColumn.MANUAL}, "payment.tax-open"),
        ],
    )
    def test_amounts_that_no_longer_hold(
        self,
        database: Database,
        programme_id: int,
        stated: dict[str, Member],
        values: dict[str, object],
        code: str,
    ) -> None:
        change_terms(database, stated[YUI], **values)
        with pytest.raises(RuleError) as caught:
            pay(database, programme_id, stated[YUI])
        assert caught.value.code == code
        result = pay(database, programme_id)
        assert [(one.number, one.code) for one in result.left_out] == [(YUI, code)]

    def test_twice(self, database: Database, programme_id: int, stated: dict[str, Member]) -> None:
        pay(database, programme_id, stated[YUI])
        with pytest.raises(RuleError, match=r"payment\.already"):
            pay(database, programme_id, stated[YUI])

    @pytest.mark.usefixtures("stated")
    def test_people_who_are_not_there(self, database: Database, programme_id: int) -> None:
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            pay(database, programme_id, appointment_ids=[999])
        with pytest.raises(RuleError, match=r"month\.nobody"):
            pay(database, programme_id, year=2025, month=6, paid_on=date(2025, 7, 1))

    def test_somebody_whose_term_is_over_is_paid_for_a_correction(
        self, database: Database, programme_id: int, stated: dict[str, Member]
    ) -> None:
        form = CorrectionForm(
            programme_id, stated[YUI].appointment_id, TEN_DAYS[0], "終", "誤記", pay_month=(2025, 2)
        )
        correct_day(database, form=form)
        issue_statements(database, programme_id=programme_id, year=2025, month=2)
        result = pay(database, programme_id, year=2025, month=2, paid_on=date(2025, 3, 21))
        assert (result.numbers, result.yen) == ((YUI,), 14_677 - 10_693)

    def test_less_than_nothing_is_never_paid(
        self, database: Database, programme_id: int, stated: dict[str, Member]
    ) -> None:
        form = CorrectionForm(programme_id, stated[YUI].appointment_id, TEN_DAYS[0], "", "欠勤")
        correct_day(database, form=replace(form, pay_month=(2025, 2)))
        with pytest.raises(RuleError, match=r"payment\.nobody"):
            pay(database, programme_id, year=2025, month=2, paid_on=date(2025, 3, 21))


class TestLocking:
    def test_a_paid_statement_is_never_replaced(
        self, database: Database, programme_id: int, stated: dict[str, Member]
    ) -> None:
        pay(database, programme_id, stated[YUI])
        change_terms(database, stated[YUI], commuting_mode=CommutingMode.PER_DAY, round_trip_yen=840)
        change_terms(database, stated[MISAKI], commuting_mode=CommutingMode.PER_DAY, round_trip_yen=840)
        month = {"programme_id": programme_id, "year": YEAR, "month": MONTH, "cause": "運賃の改定"}
        with pytest.raises(RuleError, match=r"pay\.already-paid"):
            issue_statements(database, numbers=[YUI], **month)
        result = issue_statements(database, **month)
        assert result.numbers == (MISAKI,)
        assert [(one.number, one.code) for one in result.left_out] == [(YUI, "pay.already-paid")]
        assert rows(database, programme_id)[YUI].net == 10_693


class TestTakingBack:
    def test_with_a_reason(self, database: Database, programme_id: int, stated: dict[str, Member]) -> None:
        month = {"programme_id": programme_id, "year": YEAR, "month": MONTH}
        pay(database, programme_id)
        with pytest.raises(ValidationError, match=r"payment\.reason-missing"):
            take_payment_back(database, reason=" ", **month)
        change = take_payment_back(
            database, reason="口座の誤り", appointment_ids=[stated[YUI].appointment_id], **month
        )
        assert change.label.params["reason"] == "口座の誤り"
        assert [number for number, row in rows(database, programme_id).items() if row.paid_on is None] == [
            YUI
        ]
        take_payment_back(database, reason="振込の中止", **month)
        with pytest.raises(RuleError, match=r"payment\.none"):
            take_payment_back(database, reason="もう一度", **month)
        undo(database)
        assert rows(database, programme_id)[MISAKI].paid_on == PAID_ON
