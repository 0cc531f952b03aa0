"""Warnings about an appointment, each at the minute or day of its rule (1.1, 1.4, 1.11, 1.13, 2.2, 2.6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.rules.appointing import SAID_ONLY, AppointmentFacts, appointing_findings
from fujisawa_desktop.rules.hours import Finding, Severity
from fujisawa_desktop.rules.insurance import StudentType
from fujisawa_desktop.rules.pay import Rate
from fujisawa_desktop.rules.tax import TaxColumn

START, END = date(2024, 12, 1), date(2025, 1, 31)
MONDAY = date(2024, 12, 2)
WAGES = (Rate(date(2024, 10, 1), 1162), Rate(date(2025, 10, 4), 1225))
DAY = StudentType.DAY


def facts(**changes: Any) -> AppointmentFacts:
    values: dict[str, Any] = {
        "term_from": START,
        "term_until": END,
        "rates": (Rate(START, 1258),),
        "minimum_wages": WAGES,
        "week_most": 3 * 360,
        "student": DAY,
        **changes,
    }
    return AppointmentFacts(**values)


def found(**changes: Any) -> dict[str, Finding]:
    """Return what is found, without what is only said of everybody."""
    findings = appointing_findings(facts(**changes))
    return {finding.code: finding for finding in findings if finding.code not in SAID_ONLY}


def test_the_programme_of_the_seed_gives_no_warning() -> None:
    (said,) = appointing_findings(facts())
    assert said.code == "appointing.bonus-not-due"


def test_nothing_is_ever_decided() -> None:
    findings = appointing_findings(
        facts(
            student=None,
            needs_permit=True,
            usual_week=1680,
            term_until=date(2025, 4, 30),
            rates=(Rate(START, 1000),),
        )
    )
    assert {finding.severity for finding in findings} == {Severity.WARN}


# --- term and rate ---------------------------------------------------------------------


def test_a_term_ends_with_the_fiscal_year() -> None:
    assert "term.beyond-fiscal-year" not in found(term_until=date(2025, 3, 31))
    assert found(term_until=date(2025, 4, 1))["term.beyond-fiscal-year"].params["last"] == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("rates", "start", "end", "expected"),
    [
        pytest.param(((START, 1258),), START, END, None, id="1.11 the seed's rate in 2024"),
        pytest.param(((START, 1161),), START, END, (1161, 1162), id="a yen less"),
        pytest.param(((START, 1162),), START, END, None, id="the wage itself"),
        pytest.param(
            ((date(2025, 9, 1), 1200),), date(2025, 9, 1), date(2025, 10, 3), None, id="before it rises"
        ),
        pytest.param(
            ((date(2025, 9, 1), 1200),),
            date(2025, 9, 1),
            date(2025, 10, 4),
            (1200, 1225),
            id="on the day it rises",
        ),
        pytest.param(
            ((START, 1258), (date(2025, 1, 1), 1100)), START, END, (1100, 1162), id="a later rate of the term"
        ),
        pytest.param(((START, 1258), (date(2025, 2, 1), 1100)), START, END, None, id="a rate after the term"),
    ],
)
def test_minimum_wage_by_day(
    rates: tuple[tuple[date, int], ...], start: date, end: date, expected: tuple[int, int] | None
) -> None:
    changes = {"rates": tuple(Rate(*rate) for rate in rates), "term_from": start, "term_until": end}
    finding = found(**changes).get("pay.below-minimum-wage")
    params = None if finding is None else (finding.params["rate_yen"], finding.params["minimum_yen"])
    assert params == expected


def test_a_rate_below_two_wages_is_told_for_both() -> None:
    findings = appointing_findings(
        facts(
            rates=(Rate(date(2025, 9, 1), 1000),), term_from=date(2025, 9, 1), term_until=date(2025, 10, 31)
        )
    )
    wages = [one.params["minimum_yen"] for one in findings if one.code == "pay.below-minimum-wage"]
    assert wages == [1162, 1225]


def test_days_before_the_first_rate_say_nothing_of_the_wage() -> None:
    assert "pay.below-minimum-wage" not in found(rates=(Rate(date(2025, 1, 6), 1258),))


# --- hours a week -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("usual", "planned", "code"),
    [
        (1199, 0, None),
        (1200, 0, "appointing.usual-week-long"),
        (0, 1199, None),
        (0, 1200, "appointing.week-long"),
        (1200, 1260, "appointing.week-long"),
        (1260, 1260, "appointing.usual-week-long"),
    ],
)
def test_twenty_hours_a_week(usual: int, planned: int, code: str | None) -> None:
    weeks = {MONDAY: planned, MONDAY + timedelta(days=7): 60} if planned else {}
    long = {"appointing.usual-week-long", "appointing.week-long"}
    assert set(found(usual_week=usual, weeks=weeks)) & long == ({code} if code else set())


def test_the_busiest_week_is_named_the_first_of_equal_ones() -> None:
    weeks = {MONDAY + timedelta(days=7): 1300, MONDAY: 1300, MONDAY + timedelta(days=14): 1200}
    finding = found(weeks=weeks)["appointing.week-long"]
    assert finding.params == {"week_hm": 1300, "monday": MONDAY}


@pytest.mark.parametrize(
    ("own", "other", "told"), [(1080, 1320, False), (1080, 1321, True), (1080, None, False), (2500, 0, False)]
)
def test_hours_at_other_employers_are_added_up(own: int, other: int | None, told: bool) -> None:
    assert ("appointing.week-with-others" in found(usual_week=own, other_week=other)) is told


# --- kind of student (2.6) ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("student", "insured", "week", "days", "code"),
    [
        pytest.param(DAY, False, 1200, 62, None, id="2.6 day students are outside"),
        pytest.param(DAY, True, 1200, 62, "appointing.insured-day-student", id="insured all the same"),
        pytest.param(
            StudentType.EVENING, False, 1200, 31, "appointing.may-be-insured", id="evening, 31 days"
        ),
        pytest.param(StudentType.CORRESPONDENCE, False, 1200, 62, "appointing.may-be-insured", id="by post"),
        pytest.param(StudentType.ON_LEAVE, False, 1200, 62, "appointing.may-be-insured", id="on leave"),
        pytest.param(StudentType.EVENING, False, 1199, 62, None, id="a minute short of 20 hours"),
        pytest.param(StudentType.EVENING, False, 1200, 30, None, id="a day short of 31"),
        pytest.param(StudentType.EVENING, True, 1200, 62, None, id="insured as it should be"),
        pytest.param(StudentType.EVENING, True, 1199, 62, "appointing.insured-few-hours", id="few hours"),
        pytest.param(StudentType.EVENING, True, 1200, 30, "appointing.insured-short-term", id="short term"),
        pytest.param(None, False, 0, 62, "appointing.student-unasked", id="nobody asked"),
    ],
)
def test_kind_of_student_against_the_insurance(
    student: StudentType | None, insured: bool, week: int, days: int, code: str | None
) -> None:
    codes = set(
        found(student=student, insured=insured, usual_week=week, term_until=START + timedelta(days=days - 1))
    )
    about = {one for one in codes if "insured" in one or "student" in one}
    assert about == ({code} if code else set())


# --- residence status (1.4) ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "own", "other", "codes"),
    [
        (END, 1080, 600, set()),
        (END, 1080, 601, {"appointing.permit-week"}),
        (END, 1681, 0, {"appointing.permit-week"}),
        (END - timedelta(days=1), 0, 0, {"appointing.permit-ends"}),
        (None, 0, 0, {"appointing.permit-unknown"}),
        (END, 0, None, {"appointing.other-work-unasked"}),
        (
            None,
            1681,
            None,
            {"appointing.permit-unknown", "appointing.permit-week", "appointing.other-work-unasked"},
        ),
    ],
)
def test_permit_of_28_hours_with_all_other_work(
    until: date | None, own: int, other: int | None, codes: set[str]
) -> None:
    told = found(needs_permit=True, permit_until=until, usual_week=own, other_week=other)
    assert {code for code in told if "permit" in code or "other-work" in code} == codes
    without = found(needs_permit=False, permit_until=None, usual_week=own, other_week=other)
    assert not [code for code in without if "permit" in code or "other-work" in code]


# --- tax and allowances ----------------------------------------------------------------------


def test_column_c_for_exactly_two_months() -> None:
    assert "appointing.column-c-ends" not in found(term_until=date(2025, 1, 31))
    assert found(term_until=date(2025, 2, 1))["appointing.column-c-ends"].params == {"last": END}
    assert "appointing.column-c-ends" not in found(term_until=date(2025, 3, 31), tax_column=TaxColumn.KOU)
    assert "appointing.column-open" in found(tax_column=TaxColumn.MANUAL)


@pytest.mark.parametrize(
    ("end", "week", "may"),
    [
        (date(2025, 1, 31), 1080, False),
        (date(2025, 5, 31), 930, True),
        (date(2025, 5, 30), 930, False),
        (date(2025, 5, 31), 929, False),
    ],
)
def test_allowances_from_six_months_and_15_hours_30(end: date, week: int, may: bool) -> None:
    codes = {finding.code for finding in appointing_findings(facts(term_until=end, week_most=week))}
    assert ("appointing.bonus-may-be-due" in codes) is may
    assert ("appointing.bonus-not-due" in codes) is not may


# --- sentences ----------------------------------------------------------------------------------


def every_finding() -> dict[str, Finding]:
    scenes = (
        facts(student=None, needs_permit=True, term_until=date(2025, 4, 30), usual_week=1700, other_week=900),
        facts(term_until=date(2025, 5, 31), rates=(Rate(START, 900),), weeks={MONDAY: 1300}),
        facts(insured=True, tax_column=TaxColumn.MANUAL),
        facts(student=StudentType.EVENING, usual_week=1200),
        facts(student=StudentType.EVENING, insured=True),
        facts(student=StudentType.EVENING, insured=True, term_until=START),
        facts(needs_permit=True, permit_until=START),
        facts(term_until=date(2024, 11, 1)),
    )
    return {finding.code: finding for scene in scenes for finding in appointing_findings(scene)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_warning_has_a_sentence_and_names_its_rule(language: str) -> None:
    set_language(language)
    known = set(texts.text_book().terms["rule-source"])
    told = every_finding()
    assert set(told) == known
    for code, finding in told.items():
        said = texts.message_for(code, finding.params)
        assert "{" not in said
        assert code not in said
        assert texts.term("rule-source", code) != code


@settings(deadline=None)
@given(
    usual=st.integers(0, 3000),
    weeks=st.dictionaries(
        st.integers(0, 8).map(lambda at: MONDAY + timedelta(weeks=at)), st.integers(0, 3000)
    ),
    other=st.none() | st.integers(0, 3000),
)
def test_more_work_elsewhere_never_takes_a_warning_away(
    usual: int, weeks: dict[date, int], other: int | None
) -> None:
    scene = {"usual_week": usual, "weeks": weeks, "needs_permit": True, "permit_until": END}
    before = set(found(**scene, other_week=other or 0))
    assert before <= set(found(**scene, other_week=(other or 0) + 60))
