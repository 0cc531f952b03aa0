"""The pay of a month: computed, stated, and stated again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, appoint_four, sample_december, staff, work
from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, AppointmentRate, PayStatement, Programme, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import PayRow, issue_statements, pay_for_month, steps_of
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


def december(database: Database, programme_id: int) -> dict[str, PayRow]:
    year, month = DECEMBER
    rows = pay_for_month(database, programme_id=programme_id, year=year, month=month)
    return {row.number: row for row in rows}


def set_terms(database: Database, member: Member, **values: object) -> None:
    form = terms_form(database, appointment_id=member.appointment_id)
    save_terms(database, form=replace(form, **values))


def change(database: Database, model: type, row_id: int | None, **values: object) -> None:
    with unit_of_work(database, "test.change", actor="test") as act:
        rows = act.session.scalars(select(model)).all()
        for row in rows:
            if row_id is None or row.id == row_id:
                for name, value in values.items():
                    setattr(row, name, value)
        act.commit()


def state(database: Database, programme_id: int, **options: object):
    return issue_statements(database, programme_id=programme_id, year=2024, month=12, **options)


@pytest.mark.usefixtures("four")
class TestAmounts:
    def test_the_sample_to_the_yen(self, database: Database, programme_id: int) -> None:
        rows = december(database, programme_id)
        assert {number: row.amounts for number, row in rows.items()} == {
            RYOSUKE: (3585, 75_166, 0, 0, 0, 75_166),
            SAKURA: (3600, 75_480, 0, 0, 0, 75_480),
            MISAKI: (1080, 22_644, 0, 0, 0, 22_644),
            YUI: (510, 10_693, 0, 0, 0, 10_693),
        }
        assert [row.kana for row in rows.values()] == sorted(row.kana for row in rows.values())
        assert sum(rows[RYOSUKE].days.values()) == 3585

    def test_a_month_without_work(self, database: Database, programme_id: int) -> None:
        rows = pay_for_month(database, programme_id=programme_id, year=2025, month=1)
        assert [row.amounts for row in rows] == [(0, 0, 0, 0, 0, 0)] * 4
        assert pay_for_month(database, programme_id=programme_id, year=2025, month=2) == []

    def test_how_an_amount_came_about(self, database: Database, programme_id: int) -> None:
        row = december(database, programme_id)[RYOSUKE]
        assert [step.code for step in row.steps] == [
            "explain.worked",
            "explain.rate",
            "explain.product",
            "explain.rounding-a",
            "explain.tax-hei",
            "explain.commuting-none",
        ]
        assert row.steps[4].params == {"day_yen": 7_548, "limit_yen": 9_300}
        assert row.problems == ()

    def test_what_has_to_be_looked_into(self, database: Database, programme_id: int) -> None:
        problems = december(database, programme_id)[SAKURA].problems
        assert [problem.code for problem in problems] == ["cap.worked-not-below"]
        assert problems[0].params["date"] == date(2024, 12, 23)

    def test_each_kind_of_problem_is_named_once(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        change(database, Programme, None, minimum_wages=[["2024-10-01", 1300]])
        work(database, programme_id, four[YUI], TEN_DAYS[:3], "9-19/30")
        codes = [problem.code for problem in december(database, programme_id)[YUI].problems]
        assert codes == [
            "tax.hei-above",
            "shift.break-short",
            "shift.over-eight-hours",
            "pay.premium-to-check",
            "pay.below-minimum-wage",
        ]

    def test_commuting_is_paid_and_not_taxed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        set_terms(database, four[RYOSUKE], commuting_mode=CommutingMode.PER_DAY, round_trip_yen=840)
        row = december(database, programme_id)[RYOSUKE]
        assert (row.commuting, row.tax, row.net) == (8_400, 0, 83_566)
        assert row.taxable == 75_166

    def test_days_at_home_bring_no_fare(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        set_terms(database, four[YUI], commuting_mode=CommutingMode.PER_DAY, round_trip_yen=1_000)
        with database.read() as session:
            first = session.scalars(
                select(Shift.id).where(Shift.appointment_id == four[YUI].appointment_id).order_by(Shift.day)
            ).first()
        change(database, Shift, first, is_remote=True)
        assert december(database, programme_id)[YUI].commuting == 2_000
        work(database, programme_id, four[YUI], TEN_DAYS[:1], "9-11:50, 13-14")
        assert december(database, programme_id)[YUI].commuting == 3_000

    @pytest.mark.parametrize(
        ("column", "tax"), [(TaxColumn.KOU, 0), (TaxColumn.OTSU, 2_302), (TaxColumn.HEI, 0)]
    )
    def test_tax_columns(
        self,
        database: Database,
        programme_id: int,
        four: dict[str, Member],
        column: TaxColumn,
        tax: int,
    ) -> None:
        set_terms(database, four[RYOSUKE], tax_column=column)
        row = december(database, programme_id)[RYOSUKE]
        assert (row.tax, row.net) == (tax, 75_166 - tax)

    def test_insurance_when_a_clerk_turned_it_on(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        set_terms(database, four[SAKURA], employment_insurance=True, tax_column=TaxColumn.OTSU)
        row = december(database, programme_id)[SAKURA]
        assert (row.insurance, row.taxable, row.tax) == (453, 75_027, 2_298)
        assert row.net == 75_480 - 453 - 2_298
        assert row.steps[-1].code == "explain.insurance"

    def test_the_rounding_of_the_appointment(self, database: Database, programme_id: int) -> None:
        change(database, Appointment, None, pay_rounding="C")
        assert december(database, programme_id)[RYOSUKE].pay == 75_480
        change(database, Appointment, None, pay_rounding="B")
        assert december(database, programme_id)[RYOSUKE].pay == 75_165

    def test_a_new_rate_within_the_month(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        with unit_of_work(database, "test.rate", actor="test") as act:
            act.session.add(
                AppointmentRate(
                    appointment_id=four[MISAKI].appointment_id, from_day=date(2024, 12, 6), yen=1300
                )
            )
            act.commit()
        row = december(database, programme_id)[MISAKI]
        assert row.pay == 6 * 1258 + 12 * 1300
        assert [step.code for step in row.steps].count("explain.rate") == 2

    def test_the_day_of_payment(self, database: Database, programme_id: int) -> None:
        assert december(database, programme_id)[RYOSUKE].paid_on is None
        change(database, Programme, None, pay_day=19)
        assert december(database, programme_id)[RYOSUKE].paid_on == date(2025, 1, 17)

    def test_a_closed_month_says_so(self, database: Database, programme_id: int) -> None:
        assert not december(database, programme_id)[RYOSUKE].closed
        close_month(database, programme_id=programme_id, year=2024, month=12)
        assert december(database, programme_id)[RYOSUKE].closed


@pytest.mark.usefixtures("four")
class TestStating:
    def test_amounts_are_kept_as_they_were_stated(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        result = state(database, programme_id)
        assert (len(result.numbers), result.unchanged) == (4, 0)
        row = december(database, programme_id)[RYOSUKE]
        assert row.stated is not None
        assert (row.stated.edition, row.stated.pay, row.stated.net) == (1, 75_166, 75_166)
        assert not row.differs
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[9:], "半")
        row = december(database, programme_id)[RYOSUKE]
        assert row.differs
        assert row.stated is not None
        assert row.stated.minutes == 3585

    def test_a_new_edition_only_where_something_changed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        state(database, programme_id)
        again = state(database, programme_id)
        assert (again.numbers, again.unchanged, again.change.changed) == ((), 4, False)
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[9:], "半")
        with pytest.raises(ValidationError, match=r"pay\.cause-missing"):
            state(database, programme_id, cause=" ")
        corrected = state(database, programme_id, cause="出勤簿の誤記")
        assert (corrected.numbers, corrected.unchanged) == ((RYOSUKE,), 3)
        with database.read() as session:
            editions = session.execute(
                select(PayStatement.edition, PayStatement.minutes, PayStatement.cause)
                .where(PayStatement.appointment_id == four[RYOSUKE].appointment_id)
                .order_by(PayStatement.edition)
            ).all()
        assert [tuple(row) for row in editions] == [(1, 3585, ""), (2, 3420, "出勤簿の誤記")]
        undo(database)
        assert december(database, programme_id)[RYOSUKE].differs

    def test_only_those_named(self, database: Database, programme_id: int) -> None:
        assert state(database, programme_id, numbers=[YUI]).numbers == (YUI,)
        assert december(database, programme_id)[RYOSUKE].stated is None
        with pytest.raises(NotFoundError, match=r"pay\.unknown-number"):
            state(database, programme_id, numbers=[YUI, "9"])

    def test_the_snapshot_tells_the_whole_story(self, database: Database, programme_id: int) -> None:
        state(database, programme_id)
        row = december(database, programme_id)[RYOSUKE]
        with database.read() as session:
            stored = session.scalars(
                select(PayStatement).where(PayStatement.appointment_id == row.appointment_id)
            ).one()
        snapshot = stored.snapshot
        assert (snapshot["name"], snapshot["host_department"]) == ("楜澤　涼介", "デジタル推進室")
        assert snapshot["days"][0] == {
            "day": "2024-12-02",
            "start": "09:00",
            "end": "16:00",
            "break_minutes": 60,
            "minutes": 360,
        }
        assert sum(day["minutes"] for day in snapshot["days"]) == snapshot["minutes"] == 3585
        assert (snapshot["pay"], snapshot["net"], snapshot["paid_on"]) == (75_166, 75_166, None)
        assert steps_of(snapshot) == row.steps

    def test_tax_the_program_does_not_know_is_asked_for(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        set_terms(database, four[RYOSUKE], tax_column=TaxColumn.MANUAL)
        row = december(database, programme_id)[RYOSUKE]
        assert (row.tax, row.net) == (None, None)
        assert [problem.code for problem in row.problems] == ["tax.column-open"]
        with pytest.raises(RuleError, match=r"pay\.tax-open"):
            state(database, programme_id)
        assert december(database, programme_id)[SAKURA].stated is None

    def test_a_typed_tax_holds_for_the_amount_it_was_typed_for(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        set_terms(database, four[RYOSUKE], tax_column=TaxColumn.MANUAL)
        state(database, programme_id, manual_tax={four[RYOSUKE].appointment_id: 1_234})
        row = december(database, programme_id)[RYOSUKE]
        assert (row.tax, row.net, row.tax_typed, row.problems) == (1_234, 73_932, True, ())
        assert "explain.tax-typed" in [step.code for step in row.steps]
        assert not row.differs
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[9:], "半")
        assert december(database, programme_id)[RYOSUKE].tax is None

    def test_a_typed_tax_does_not_replace_a_known_one(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        state(database, programme_id, manual_tax={four[RYOSUKE].appointment_id: 1_234})
        assert december(database, programme_id)[RYOSUKE].tax == 0

    def test_a_negative_tax(self, database: Database, programme_id: int) -> None:
        with pytest.raises(ValidationError, match=r"tax\.negative"):
            state(database, programme_id, manual_tax={1: -1})

    def test_it_stands_in_the_persons_history(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        state(database, programme_id, numbers=[YUI])
        newest = history_of(database, "applicant", four[YUI].applicant_id)[0]
        assert newest.label.code == "pay.state"


def test_nobody_is_appointed(database: Database, programme_id: int) -> None:
    with pytest.raises(RuleError, match=r"month\.nobody"):
        state(database, programme_id)


def test_work_before_the_first_rate(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)
    change(database, AppointmentRate, None, from_day=date(2024, 12, 10))
    member = staff(database, programme_id)[YUI]
    work(database, programme_id, member, TEN_DAYS[:1], "半")
    with pytest.raises(RuleError, match=r"pay\.no-rate"):
        december(database, programme_id)
