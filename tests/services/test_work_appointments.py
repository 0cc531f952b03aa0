"""Appointing people and the terms of one person, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import FOUR, Person, add_people, appoint_four, staff
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import (
    Application,
    Appointment,
    AppointmentRate,
    Entry,
    HourlyRate,
    Programme,
    Reply,
    ReplyKind,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode, CommutingRule
from fujisawa_desktop.rules.hours import Cap
from fujisawa_desktop.rules.pay import Rate, Rounding
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import (
    Refusal,
    TermsForm,
    appoint,
    appointments,
    save_terms,
    terms_form,
)
from fujisawa_desktop.services.history import history_of, redo, undo
from fujisawa_desktop.services.unit_of_work import unit_of_work

PASSED = FOUR[0].number


def statuses(database: Database) -> dict[str, Status]:
    with database.read() as session:
        rows = session.execute(
            select(Entry.number, Application.status).join(Entry, Entry.id == Application.entry_id)
        )
        return {row.number: row.status for row in rows}


def change_programme(database: Database, programme_id: int, **values: object) -> None:
    with unit_of_work(database, "test.programme", actor="test") as work:
        programme = work.session.get(Programme, programme_id)
        for name, value in values.items():
            setattr(programme, name, value)
        work.commit()


class TestAppoint:
    def test_everybody_who_accepted(self, database: Database, programme_id: int) -> None:
        people = tuple(replace(person, status=Status.ACCEPTED) for person in FOUR)
        add_people(database, programme_id, people)
        result = appoint(database, programme_id=programme_id)
        assert sorted(result.appointed) == sorted(person.number for person in FOUR)
        assert (result.already, result.unanswered, result.refused, result.findings) == ((), 0, (), ())
        assert {"appointment", "appointment_rate", "application"} <= result.change.kinds
        assert result.change.label.params == {"count": 4}
        assert set(statuses(database).values()) == {Status.APPOINTED}
        with database.read() as session:
            assert session.scalars(select(Reply)).all() == []

    def test_the_terms_are_the_programmes(self, database: Database, programme_id: int) -> None:
        member = appoint_four(database, programme_id)[PASSED]
        assert (member.name, member.host_department) == ("楜澤　涼介", "デジタル推進室")
        assert member.workplace == "藤沢市役所 本庁舎"
        assert (member.rules.first, member.rules.last) == (date(2024, 12, 1), date(2025, 1, 31))
        assert member.rules.cap == Cap(3600, inclusive=False)
        assert member.rules.week_days_max == 3
        assert member.rates == (Rate(date(2024, 12, 1), 1258),)
        assert (member.rounding, member.tax_column) == (Rounding.A, TaxColumn.HEI)
        assert member.commuting == CommutingRule(CommutingMode.NONE)
        assert not member.insured

    def test_in_order_of_kana(self, database: Database, programme_id: int) -> None:
        appoint_four(database, programme_id)
        names = [member.kana for member in appointments(database, programme_id)]
        assert names == [
            "カツラギ サクラ",
            "クルミザワ リョウスケ",
            "タカナシ ユイ",
            "タカハシ ミサキ",
        ]

    def test_who_has_not_answered_waits(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id, (FOUR[0], replace(FOUR[1], status=Status.ACCEPTED)))
        result = appoint(database, programme_id=programme_id)
        assert result.appointed == (FOUR[1].number,)
        assert result.unanswered == 1
        assert result.refused == ()
        assert statuses(database)[PASSED] is Status.FINAL_PASSED

    def test_acceptance_can_be_recorded_in_the_same_act(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id, FOUR[:1])
        result = appoint(database, programme_id=programme_id, accept=True)
        assert result.appointed == (PASSED,)
        with database.read() as session:
            reply = session.scalars(select(Reply)).one()
        assert reply.kind is ReplyKind.ACCEPTED
        undo(database)
        assert statuses(database)[PASSED] is Status.FINAL_PASSED
        assert staff(database, programme_id) == {}
        with database.read() as session:
            assert session.scalars(select(AppointmentRate)).all() == []
        redo(database)
        assert list(staff(database, programme_id)) == [PASSED]

    def test_a_second_time_changes_nothing(self, database: Database, programme_id: int) -> None:
        appoint_four(database, programme_id)
        again = appoint(database, programme_id=programme_id, accept=True)
        assert (again.change.changed, again.appointed, again.unanswered) == (False, (), 0)
        named = appoint(database, programme_id=programme_id, numbers=[PASSED])
        assert (named.change.changed, named.already) == (False, (PASSED,))

    def test_only_those_named(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id)
        result = appoint(database, programme_id=programme_id, numbers=[PASSED], accept=True)
        assert result.appointed == (PASSED,)
        assert list(staff(database, programme_id)) == [PASSED]

    def test_an_unknown_number(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id)
        with pytest.raises(NotFoundError, match=r"appoint\.unknown-number") as caught:
            appoint(database, programme_id=programme_id, numbers=[PASSED, "9"], accept=True)
        assert caught.value.params == {"numbers": ["9"]}
        assert staff(database, programme_id) == {}

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            (Status.FINAL_PASSED, "appoint.not-accepted"),
            (Status.FIRST_PASSED, "appoint.not-passed"),
            (Status.FINAL_RESERVE, "appoint.not-passed"),
            (Status.WITHDRAWN, "appoint.not-passed"),
        ],
    )
    def test_who_cannot_be_appointed(
        self, database: Database, programme_id: int, status: Status, code: str
    ) -> None:
        add_people(database, programme_id, (replace(FOUR[0], status=status),))
        with pytest.raises(RuleError) as caught:
            appoint(database, programme_id=programme_id, numbers=[PASSED])
        assert (caught.value.code, caught.value.params) == (code, {"number": PASSED})
        assert statuses(database)[PASSED] is status

    def test_one_refused_among_others_is_named(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id, (FOUR[0], replace(FOUR[1], status=Status.FIRST_FAILED)))
        numbers = [person.number for person in FOUR[:2]]
        result = appoint(database, programme_id=programme_id, numbers=numbers, accept=True)
        assert result.appointed == (PASSED,)
        refusal = Refusal(FOUR[1].number, "appoint.not-passed", {"number": FOUR[1].number})
        assert result.refused == (refusal,)

    def test_one_person_cannot_be_appointed_twice(self, database: Database, programme_id: int) -> None:
        first = replace(FOUR[0], status=Status.ACCEPTED)
        second = Person("RN1", first.name, first.kana, 1, Status.ACCEPTED)
        add_people(database, programme_id, (first, second))
        result = appoint(database, programme_id=programme_id)
        assert result.appointed == (first.number,)
        assert [refusal.code for refusal in result.refused] == ["appoint.two-courses"]

    def test_rates_that_begin_later_are_taken_over(self, database: Database, programme_id: int) -> None:
        with unit_of_work(database, "test.rates", actor="test") as work:
            for day, yen in ((date(2024, 4, 1), 1100), (date(2025, 1, 1), 1300)):
                work.session.add(HourlyRate(programme_id=programme_id, from_day=day, yen=yen))
            work.commit()
        member = appoint_four(database, programme_id)[PASSED]
        assert member.rates == (Rate(date(2024, 12, 1), 1258), Rate(date(2025, 1, 1), 1300))

    def test_a_rate_below_the_minimum_wage_is_said(self, database: Database, programme_id: int) -> None:
        change_programme(database, programme_id, minimum_wages=[["2024-10-01", 1300]])
        add_people(database, programme_id, FOUR[:1])
        result = appoint(database, programme_id=programme_id, accept=True)
        assert [finding.code for finding in result.findings] == ["pay.below-minimum-wage"]

    def test_terms_that_cannot_stand(self, database: Database, programme_id: int) -> None:
        add_people(database, programme_id, FOUR[:1])
        change_programme(database, programme_id, term_until=date(2025, 4, 30))
        with pytest.raises(RuleError, match=r"term\.beyond-fiscal-year"):
            appoint(database, programme_id=programme_id, accept=True)
        change_programme(database, programme_id, term_from=date(2024, 11, 1), term_until=date(2025, 1, 31))
        with pytest.raises(RuleError, match=r"pay\.no-rate"):
            appoint(database, programme_id=programme_id, accept=True)

    def test_a_longer_term_leaves_the_tax_column_open(self, database: Database, programme_id: int) -> None:
        change_programme(database, programme_id, term_until=date(2025, 2, 28))
        assert appoint_four(database, programme_id)[PASSED].tax_column is TaxColumn.MANUAL

    def test_another_column_is_kept(self, database: Database, programme_id: int) -> None:
        change_programme(database, programme_id, tax_column="otsu")
        assert appoint_four(database, programme_id)[PASSED].tax_column is TaxColumn.OTSU

    def test_no_such_programme(self, database: Database) -> None:
        with pytest.raises(NotFoundError, match=r"programme\.none"):
            appoint(database, programme_id=99)

    def test_it_stands_in_the_persons_history(self, database: Database, programme_id: int) -> None:
        member = appoint_four(database, programme_id)[PASSED]
        assert history_of(database, "applicant", member.applicant_id)[0].label.code == "appoint"


class TestTerms:
    @pytest.fixture
    def form(self, database: Database, programme_id: int) -> TermsForm:
        member = appoint_four(database, programme_id)[PASSED]
        return terms_form(database, appointment_id=member.appointment_id)

    def test_a_form_as_appointed(self, form: TermsForm) -> None:
        assert (form.commuting_mode, form.round_trip_yen, form.pass_yen) == (CommutingMode.NONE, 0, 0)
        assert (form.tax_column, form.employment_insurance) == (TaxColumn.HEI, False)

    def test_saving_and_taking_back(self, database: Database, programme_id: int, form: TermsForm) -> None:
        new = replace(
            form,
            commuting_mode=CommutingMode.MIN_OF_BOTH,
            round_trip_yen=840,
            pass_yen=15_000,
            commuting_cap_yen=10_000,
            tax_column=TaxColumn.OTSU,
            employment_insurance=True,
        )
        change = save_terms(database, form=new)
        assert change.kinds == {"appointment"}
        member = staff(database, programme_id)[PASSED]
        assert member.commuting == CommutingRule(CommutingMode.MIN_OF_BOTH, 840, 15_000, 10_000)
        assert (member.tax_column, member.insured) == (TaxColumn.OTSU, True)
        undo(database)
        assert terms_form(database, appointment_id=form.appointment_id).tax_column is TaxColumn.HEI

    def test_saving_what_stands_there_is_no_act(self, database: Database, form: TermsForm) -> None:
        assert not save_terms(database, form=form).changed

    def test_somebody_else_was_faster(self, database: Database, form: TermsForm) -> None:
        save_terms(database, form=replace(form, tax_column=TaxColumn.KOU))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save_terms(database, form=replace(form, tax_column=TaxColumn.OTSU))

    @pytest.mark.parametrize(
        ("values", "code", "field"),
        [
            ({"round_trip_yen": -1}, "commuting.negative", "round_trip_yen"),
            ({"pass_yen": -1}, "commuting.negative", "pass_yen"),
            ({"commuting_cap_yen": -1}, "commuting.negative", "commuting_cap_yen"),
            ({"commuting_mode": CommutingMode.PER_DAY}, "commuting.fare-missing", "round_trip_yen"),
            ({"commuting_mode": CommutingMode.MONTHLY_PASS}, "commuting.pass-missing", "pass_yen"),
            (
                {"commuting_mode": CommutingMode.MIN_OF_BOTH, "round_trip_yen": 840},
                "commuting.pass-missing",
                "pass_yen",
            ),
        ],
    )
    def test_what_cannot_be(
        self, database: Database, form: TermsForm, values: dict[str, object], code: str, field: str
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            save_terms(database, form=replace(form, **values))
        assert (caught.value.code, caught.value.field) == (code, field)

    def test_an_appointment_that_is_not_there(self, database: Database) -> None:
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            terms_form(database, appointment_id=99)


def test_a_stored_appointment_has_its_own_terms(database: Database, programme_id: int) -> None:
    """They are a copy: a later change of the programme does not reach them."""
    appoint_four(database, programme_id)
    change_programme(database, programme_id, cap_minutes=1200, week_days_max=0)
    with database.read() as session:
        assert {row.cap_minutes for row in session.scalars(select(Appointment))} == {3600}
