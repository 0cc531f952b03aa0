"""Correcting days of closed months: what a later pay carries, what is refused, taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import FOUR, TEN_DAYS, sample_december, work

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.hours_corrections import (
    CorrectionForm,
    CorrectionResult,
    CorrectionRow,
    correct_day,
    correctable_people,
    corrections_of,
    foresee_correction,
    settled_day,
    withdraw_correction,
)
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import PayRow, issue_statements, pay_for_month
from fujisawa_desktop.services.staff import Member

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
DECEMBER, JANUARY, FEBRUARY, MARCH = (2024, 12), (2025, 1), (2025, 2), (2025, 3)
SECOND = date(2024, 12, 2)
JANUARY_DAYS = tuple(date(2025, 1, day) for day in (6, 8, 10))


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    """December as in the sample, closed; January with three half days of Misaki."""
    found = sample_december(database, programme_id)
    close_month(database, programme_id=programme_id, year=2024, month=12)
    work(database, programme_id, found[MISAKI], JANUARY_DAYS, "半")
    return found


class Clerk:
    def __init__(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        self.database, self.programme_id, self.four = database, programme_id, four

    def form(
        self, text: str, *, number: str = MISAKI, day: date = SECOND, **values: object
    ) -> CorrectionForm:
        form = CorrectionForm(
            self.programme_id, self.four[number].appointment_id, day, text, "出勤簿の転記誤り"
        )
        return replace(form, **values)

    def correct(self, text: str, **values: object) -> CorrectionResult:
        return correct_day(self.database, form=self.form(text, **values), actor="test")

    def rows(self) -> list[CorrectionRow]:
        return corrections_of(self.database, programme_id=self.programme_id)

    def pay(self, month: tuple[int, int], number: str = MISAKI) -> PayRow:
        rows = pay_for_month(self.database, programme_id=self.programme_id, year=month[0], month=month[1])
        return next(row for row in rows if row.number == number)

    def state(self, month: tuple[int, int], **options: object) -> None:
        issue_statements(
            self.database, programme_id=self.programme_id, year=month[0], month=month[1], **options
        )

    def take_back(self, row: CorrectionRow) -> None:
        withdraw_correction(
            self.database, programme_id=self.programme_id, correction_id=row.id, version=row.version
        )


@pytest.fixture
def clerk(database: Database, programme_id: int, four: dict[str, Member]) -> Clerk:
    return Clerk(database, programme_id, four)


class TestCarrying:
    def test_the_next_month_pays_the_difference(self, clerk: Clerk) -> None:
        before = clerk.pay(DECEMBER)
        result = clerk.correct("終")
        assert (result.pay_month, result.findings) == (JANUARY, ())
        assert clerk.pay(DECEMBER).amounts == before.amounts == (1080, 22_644, 0, 0, 0, 22_644)
        row = clerk.pay(JANUARY)
        assert (row.minutes, row.pay, row.corrected_pay, row.net) == (540, 11_322, 3_774, 15_096)
        (month,) = row.corrections
        assert (month.year, month.month, month.minutes, month.pay, month.commuting) == (
            2024,
            12,
            180,
            3_774,
            0,
        )
        assert (month.minutes_before, month.minutes_after) == (1080, 1260)
        assert [(day.day, day.before, day.after, day.reason) for day in month.days] == [
            (SECOND, 180, 360, "出勤簿の転記誤り")
        ]
        assert clerk.pay(JANUARY, YUI).corrections == ()

    def test_how_it_came_about_is_told(self, clerk: Clerk) -> None:
        clerk.correct("終")
        steps = clerk.pay(JANUARY).steps
        assert [step.code for step in steps][-3:] == [
            "explain.corrected-day",
            "explain.corrected-hours",
            "explain.corrected-pay",
        ]
        assert steps[-1].params == {
            "year": 2024,
            "month": 12,
            "before_yen": 22_644,
            "after_yen": 26_418,
            "change_yen": 3_774,
        }

    def test_the_month_is_rounded_once_and_not_the_day(self, clerk: Clerk) -> None:
        # Three times 2:50 are 10,693 yen; without one of them 7,129 (7,128.67), so 3,564 less, not 3,565.
        clerk.correct("", number=YUI)
        assert clerk.pay(JANUARY, YUI).corrected_pay == 7_129 - 10_693

    def test_a_second_correction_of_the_day_stands_on_the_first(self, clerk: Clerk) -> None:
        clerk.correct("終")
        clerk.correct("9-15")
        assert [(row.minutes, row.is_newest) for row in clerk.rows()] == [(180, False), (-60, True)]
        row = clerk.pay(JANUARY)
        assert (row.corrections[0].minutes, row.corrected_pay) == (120, 2_516)

    def test_what_one_month_settled_the_next_does_not_settle_again(self, clerk: Clerk) -> None:
        clerk.correct("終")
        clerk.state(JANUARY)
        assert clerk.correct("9-15").pay_month == FEBRUARY
        assert clerk.pay(JANUARY).corrected_pay == 3_774
        later = clerk.pay(FEBRUARY)
        assert (later.minutes, later.pay, later.corrected_pay, later.net) == (0, 0, -1_258, -1_258)

    def test_after_the_term_only_people_with_a_correction_have_a_row(self, clerk: Clerk) -> None:
        close_month(clerk.database, programme_id=clerk.programme_id, year=2025, month=1)
        clerk.state(JANUARY)
        assert clerk.correct("半", day=JANUARY_DAYS[0], number=YUI).pay_month == FEBRUARY
        rows = pay_for_month(clerk.database, programme_id=clerk.programme_id, year=2025, month=2)
        assert [(row.number, row.net, row.state) for row in rows] == [(YUI, 3_774, MonthState.OPEN)]
        clerk.state(FEBRUARY)
        assert not clerk.pay(FEBRUARY, YUI).differs

    def test_two_earlier_months_have_a_line_each(self, clerk: Clerk) -> None:
        close_month(clerk.database, programme_id=clerk.programme_id, year=2025, month=1)
        clerk.correct("終", pay_month=FEBRUARY)
        clerk.correct("", day=JANUARY_DAYS[0])
        row = clerk.pay(FEBRUARY)
        assert [(one.year, one.month, one.pay) for one in row.corrections] == [
            (2024, 12, 3_774),
            (2025, 1, -3_774),
        ]
        assert row.net == 0

    def test_commuting_of_a_day_nobody_came(self, clerk: Clerk) -> None:
        form = terms_form(clerk.database, appointment_id=clerk.four[MISAKI].appointment_id)
        save_terms(
            clerk.database, form=replace(form, commuting_mode=CommutingMode.PER_DAY, round_trip_yen=840)
        )
        clerk.correct("")
        row = clerk.pay(JANUARY)
        assert (row.commuting, row.corrected_commuting, row.corrected_pay) == (2_520, -840, -3_774)
        assert row.net == 11_322 + 2_520 - 840 - 3_774
        assert row.steps[-1].code == "explain.corrected-commuting"

    def test_the_statement_keeps_it(self, clerk: Clerk) -> None:
        clerk.correct("終")
        clerk.state(JANUARY)
        row = clerk.pay(JANUARY)
        assert row.stated is not None
        assert (row.stated.pay, row.stated.corrected_pay, row.stated.net) == (11_322, 3_774, 15_096)
        assert not row.differs


class TestTax:
    def set_column(self, clerk: Clerk, column: TaxColumn) -> None:
        form = terms_form(clerk.database, appointment_id=clerk.four[MISAKI].appointment_id)
        save_terms(clerk.database, form=replace(form, tax_column=column, employment_insurance=True))

    def test_column_b_is_taken_of_the_sum(self, clerk: Clerk) -> None:
        self.set_column(clerk, TaxColumn.OTSU)
        clerk.correct("終")
        row = clerk.pay(JANUARY)
        insurance = 91  # 15,096 × 6/1000 = 90.576
        assert (row.insurance, row.taxable, row.tax) == (insurance, 15_096 - insurance, 459)
        assert row.net == 15_096 - insurance - 459

    def test_column_c_judges_the_day_as_corrected(self, clerk: Clerk) -> None:
        clerk.correct("9-18/60")
        row = clerk.pay(JANUARY)
        assert row.tax is None
        problem = row.problems[0]
        assert (problem.code, problem.params["day_yen"]) == ("tax.hei-above", 10_064)

    def test_less_than_nothing_is_taxed_as_nothing_and_never_stated(self, clerk: Clerk) -> None:
        self.set_column(clerk, TaxColumn.OTSU)
        for day in TEN_DAYS[:6]:
            clerk.correct("", day=day)
        row = clerk.pay(JANUARY)
        assert (row.taxable, row.tax, row.insurance, row.net) == (0, 0, 0, 11_322 - 22_644)
        assert row.problems[0].code == "pay.negative-net"
        with pytest.raises(RuleError, match=r"pay\.below-nothing"):
            clerk.state(JANUARY, numbers=[MISAKI])
        result = issue_statements(clerk.database, programme_id=clerk.programme_id, year=2025, month=1)
        assert [one.number for one in result.left_out] == [MISAKI]
        assert len(result.numbers) == 3
        assert clerk.pay(JANUARY).stated is None


class TestRefusals:
    def test_a_reason_is_needed(self, clerk: Clerk) -> None:
        with pytest.raises(ValidationError, match=r"correction\.reason-missing"):
            clerk.correct("終", reason="　")
        assert clerk.rows() == []

    @pytest.mark.parametrize(
        ("text", "values", "code"),
        [
            ("終", {"day": JANUARY_DAYS[0]}, "correction.month-open"),
            ("半", {}, "correction.nothing-changed"),
            ("", {"day": date(2024, 12, 3)}, "correction.nothing-changed"),
            ("9-12, 11-14", {}, "shift.overlap"),
            ("終", {"pay_month": DECEMBER}, "correction.pay-month-early"),
        ],
    )
    def test_what_cannot_be(self, clerk: Clerk, text: str, values: dict[str, object], code: str) -> None:
        for act in (correct_day, foresee_correction):
            with pytest.raises(RuleError) as caught:
                act(clerk.database, form=clerk.form(text, **values))
            assert caught.value.code == code
        assert clerk.rows() == []

    def test_a_month_already_stated_carries_nothing_more(self, clerk: Clerk) -> None:
        clerk.state(JANUARY)
        with pytest.raises(RuleError, match=r"correction\.pay-month-stated"):
            clerk.correct("終", pay_month=JANUARY)

    def test_a_later_correction_is_not_settled_before_the_one_it_stands_on(self, clerk: Clerk) -> None:
        clerk.correct("終", pay_month=MARCH)
        with pytest.raises(RuleError, match=r"correction\.pay-month-early"):
            clerk.correct("9-15", pay_month=FEBRUARY)
        assert clerk.correct("9-15").pay_month == MARCH

    @pytest.mark.parametrize("text", ["x", "25-26", "12-9", "9-24:30"])
    def test_what_cannot_be_read(self, clerk: Clerk, text: str) -> None:
        with pytest.raises(ValidationError):
            clerk.correct(text)

    def test_nobody(self, clerk: Clerk) -> None:
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            correct_day(clerk.database, form=replace(clerk.form("終"), appointment_id=999))

    def test_worked_time_is_a_fact_and_kept_with_its_findings(self, clerk: Clerk) -> None:
        result = clerk.correct("9-19/30", day=date(2024, 12, 8))
        assert {finding.code for finding in result.findings} == {
            "shift.closed-sunday",
            "shift.break-short",
            "shift.over-eight-hours",
            "shift.many-days",
        }
        assert len(clerk.rows()) == 1


class TestTakingBack:
    def test_by_an_act(self, clerk: Clerk) -> None:
        clerk.correct("終")
        clerk.take_back(clerk.rows()[0])
        assert clerk.rows() == []
        assert clerk.pay(JANUARY).corrections == ()
        undo(clerk.database)
        assert clerk.pay(JANUARY).corrected_pay == 3_774

    def test_by_undo(self, clerk: Clerk) -> None:
        clerk.correct("終")
        undo(clerk.database)
        assert clerk.pay(JANUARY).corrections == ()

    def test_not_once_the_pay_is_stated(self, clerk: Clerk) -> None:
        clerk.correct("終")
        clerk.state(JANUARY)
        (row,) = clerk.rows()
        assert row.is_stated
        with pytest.raises(RuleError, match=r"correction\.stated"):
            clerk.take_back(row)

    def test_the_newest_first(self, clerk: Clerk) -> None:
        clerk.correct("終")
        clerk.correct("9-15")
        first, second = clerk.rows()
        with pytest.raises(RuleError, match=r"correction\.not-newest"):
            clerk.take_back(first)
        clerk.take_back(second)
        clerk.take_back(first)
        assert clerk.rows() == []

    def test_one_that_is_gone_or_changed(self, clerk: Clerk) -> None:
        clerk.correct("終")
        (row,) = clerk.rows()
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            clerk.take_back(replace(row, version=row.version + 1))
        clerk.take_back(row)
        with pytest.raises(NotFoundError, match=r"correction\.missing"):
            clerk.take_back(row)


def test_what_it_would_do_is_foreseen(clerk: Clerk) -> None:
    seen = foresee_correction(clerk.database, form=clerk.form("終", reason=""))
    assert (seen.minutes, seen.pay, seen.commuting) == (180, 3_774, 0)
    assert (seen.pay_month, seen.state) == (JANUARY, MonthState.CLOSED)
    assert clerk.rows() == []
    clerk.correct("終")
    seen = foresee_correction(clerk.database, form=clerk.form("9-15"))
    assert (seen.minutes, seen.pay, seen.before[0].minutes) == (-60, -1_258, 360)


def test_a_day_as_it_is_settled(clerk: Clerk) -> None:
    def minutes() -> list[int]:
        found = settled_day(
            clerk.database,
            programme_id=clerk.programme_id,
            appointment_id=clerk.four[MISAKI].appointment_id,
            day=SECOND,
        )
        texts.append(found.text)
        return [shift.minutes for shift in found.shifts]

    texts: list[str] = []
    assert minutes() == [180]
    clerk.correct("9-11, 13-15")
    assert minutes() == [120, 120]
    assert texts == ["半", "9-11, 13-15"]


def test_people_with_closed_months(clerk: Clerk) -> None:
    found = correctable_people(clerk.database, programme_id=clerk.programme_id)
    assert [(one.number, one.months) for one in found] == [
        (number, (DECEMBER,)) for number in (RYOSUKE, YUI, MISAKI)
    ]


def test_it_stands_in_the_persons_history(clerk: Clerk) -> None:
    clerk.correct("終")
    newest = history_of(clerk.database, "applicant", clerk.four[MISAKI].applicant_id)[0]
    assert (newest.label.code, newest.label.params) == ("hours.correct", {"date": "2024-12-02"})
