"""Changes of what was agreed with one person: recorded, refused, consented to, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from appointed import FOUR, staff, work
from sqlalchemy import select
from terms_scene import (
    JANUARY,
    MISAKI,
    RYOSUKE,
    appointed_with_pay_day,
    blank_form,
    change,
    issue,
    make,
    set_words,
)

from fujisawa_desktop.errors import AppError, ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, AppointmentRate, MonthClosing, TermsChange
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import Cap, ShiftKind
from fujisawa_desktop.rules.pay import Rate
from fujisawa_desktop.services.dated_terms import Past, held_on
from fujisawa_desktop.services.history import history_of, redo, undo
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.staff import Member, members
from fujisawa_desktop.services.terms_changes import (
    change_terms,
    foresee_change,
    record_consent,
    terms_view,
)
from fujisawa_desktop.services.terms_editions import Edition, ItemChange


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appointed_with_pay_day(database, programme_id)


def editions(database: Database, member: Member) -> tuple[Edition, ...]:
    return terms_view(database, appointment_id=member.appointment_id, today=JANUARY).editions


# --- the act ----------------------------------------------------------------------------


def test_a_change_alters_the_appointment_and_keeps_what_was(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    form = replace(
        blank_form(database, member),
        host_department="総務課",
        workplace="分庁舎",
        term_until=date(2025, 1, 24),
        cap_minutes=2400,
        cap_inclusive=True,
        week_days_max=2,
        rate_yen=1300,
        own={"overtime": " あり "},
    )
    expected = (
        ItemChange("term", "令和6年12月1日から令和7年1月31日まで", "令和6年12月1日から令和7年1月24日まで"),
        ItemChange(
            "renewal_limit",
            "あり（更新の回数は0回とし、令和7年1月31日を限度とします。）",
            "あり（更新の回数は0回とし、令和7年1月24日を限度とします。）",
        ),
        ItemChange("department", "デジタル推進室", "総務課"),
        ItemChange("workplace", "藤沢市役所 本庁舎", "分庁舎"),
    )
    foreseen = foresee_change(database, form=form)
    assert foreseen[:4] == expected
    assert [one.item for one in foreseen] == [
        *("term", "renewal_limit", "department", "workplace", "days", "overtime", "rate")
    ]
    assert (foreseen[-1].before, foreseen[-1].after) == ("時給1,258円", "時給1,300円")
    assert foreseen[4].before.startswith("週1日から3日程度\n月60時間未満")
    assert foreseen[4].after.startswith("週1日から2日程度\n月40時間以内")

    result = change_terms(database, form=form, actor="職員")
    assert result.edition == 1
    assert result.findings == ()
    assert result.change.kinds == {"appointment", "appointment_rate", "terms_change"}
    now = staff(database, programme_id)[RYOSUKE]
    assert (now.host_department, now.workplace) == ("総務課", "分庁舎")
    assert (now.rules.last, now.rules.week_days_max) == (date(2025, 1, 24), 2)
    assert now.rules.cap == Cap(2400, inclusive=True)
    assert now.rates == (Rate(date(2024, 12, 1), 1258), Rate(JANUARY, 1300))
    (edition,) = editions(database, member)
    assert edition.changes == foreseen
    assert (edition.edition, edition.effective_from, edition.reason) == (1, JANUARY, "業務の都合による")
    assert (edition.actor, edition.consented_on) == ("職員", None)
    with database.read() as session:
        assert session.get_one(Appointment, member.appointment_id).conditions == {"overtime": "あり"}
    assert staff(database, programme_id)[MISAKI] == four[MISAKI]


def test_foreseeing_writes_nothing(database: Database, four: dict[str, Member]) -> None:
    form = replace(blank_form(database, four[RYOSUKE]), host_department="総務課")
    assert foresee_change(database, form=form)
    assert editions(database, four[RYOSUKE]) == ()
    assert blank_form(database, four[RYOSUKE]).host_department == "デジタル推進室"


def test_editions_are_counted_and_old_ones_kept(database: Database, four: dict[str, Member]) -> None:
    member = four[RYOSUKE]
    change(database, member, host_department="総務課")
    change(database, member, date(2025, 1, 20), host_department="広報課", rate_yen=1400)
    change(database, four[MISAKI], host_department="財政課")
    second, first = editions(database, member)
    assert (first.edition, second.edition) == (1, 2)
    assert second.changes == (
        ItemChange("department", "総務課", "広報課"),
        ItemChange("rate", "時給1,258円", "時給1,400円"),
    )
    assert editions(database, four[MISAKI])[0].edition == 1


def test_pay_is_computed_with_the_rate_of_the_day(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    change(database, member, date(2024, 12, 9), rate_yen=1300)
    work(database, programme_id, member, (date(2024, 12, 6), date(2024, 12, 9)), "半")
    rows = pay_for_month(database, programme_id=programme_id, year=2024, month=12)
    assert next(row.pay for row in rows if row.number == RYOSUKE) == 3 * 1258 + 3 * 1300


def test_a_rate_of_the_same_day_is_corrected_and_a_later_one_stays(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    change(database, member, date(2025, 1, 20), rate_yen=1400)
    change(database, member, JANUARY, rate_yen=1300)
    change(database, member, JANUARY, rate_yen=1310)
    rates = staff(database, programme_id)[RYOSUKE].rates
    assert [(rate.valid_from, rate.yen) for rate in rates] == [
        (date(2024, 12, 1), 1258),
        (JANUARY, 1310),
        (date(2025, 1, 20), 1400),
    ]
    newest = editions(database, member)[0].changes
    assert newest == (
        ItemChange(
            "rate",
            "時給1,300円\n令和7年1月20日からは、時給1,400円",
            "時給1,310円\n令和7年1月20日からは、時給1,400円",
        ),
    )


def test_own_words_are_taken_away_again(database: Database, four: dict[str, Member]) -> None:
    member = four[RYOSUKE]
    change(database, member, own={"overtime": "あり"})
    change(database, member, own={"overtime": "  "})
    assert editions(database, member)[0].changes == (ItemChange("overtime", "あり", "なし"),)
    assert blank_form(database, member).own == {}


def test_the_form_begins_within_the_term(database: Database, four: dict[str, Member]) -> None:
    member = four[RYOSUKE]
    for today, day in (
        (date(2024, 11, 1), date(2024, 12, 1)),
        (JANUARY, JANUARY),
        (date(2026, 1, 1), date(2025, 1, 31)),
    ):
        view = terms_view(database, appointment_id=member.appointment_id, today=today)
        assert view.form.effective_from == day
    assert (view.name, view.number, view.rate_yen) == (FOUR[0].name, RYOSUKE, 1258)
    assert view.texts["pay_day"].startswith("翌月21日")


def test_a_month_is_seen_on_the_terms_of_its_own_time(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    work(database, programme_id, member, (date(2024, 12, 9), date(2024, 12, 10)), "終")
    change(
        database, member, host_department="総務課", workplace="分庁舎", cap_minutes=600, cap_inclusive=True
    )
    change(database, member, date(2025, 1, 20), host_department="広報課", week_days_max=1)

    def in_month(year: int, month: int) -> Member:
        with database.read() as session:
            found = members(session, programme_id, year_month=(year, month))
        return next(one for one in found if one.number == RYOSUKE)

    december, january = in_month(2024, 12), in_month(2025, 1)
    assert (december.host_department, december.workplace) == ("デジタル推進室", "藤沢市役所 本庁舎")
    assert (december.rules.cap, december.rules.week_days_max) == (Cap(3600), 3)
    assert (january.host_department, january.workplace) == ("広報課", "分庁舎")
    assert (january.rules.cap, january.rules.week_days_max) == (Cap(600, inclusive=True), 1)
    (sheet,) = make(database, programme_id, "attendance", year_month=(2024, 12), numbers=[RYOSUKE]).sheets
    facts = {fact.label: fact.text for fact in sheet.spec.facts}  # type: ignore[attr-defined]
    assert (facts["所属"], facts["勤務時間の上限"]) == ("デジタル推進室", "月60時間未満")
    places = [(member.appointment_id, date(2024, 12, day)) for day in (11, 12)]
    planned = ShiftKind.PLANNED
    enter_hours(database, programme_id=programme_id, places=places, kind=planned, text="終")
    january_places = [(member.appointment_id, date(2025, 1, day)) for day in (7, 8)]
    with pytest.raises(RuleError) as over:
        enter_hours(database, programme_id=programme_id, places=january_places, kind=planned, text="終")
    assert over.value.code == "cap.planned-not-within"


def test_what_was_recorded_later_counts_though_it_holds_from_earlier() -> None:
    past = (Past(date(2025, 1, 6), {"workplace": "乙"}), Past(date(2025, 1, 20), {"workplace": "甲"}))
    assert held_on(past, date(2025, 1, 5)) == {"workplace": "甲"}
    assert held_on(past, date(2025, 1, 10)) == {}
    assert held_on(past, date(2025, 1, 31)) == {}
    assert held_on(tuple(reversed(past)), date(2025, 1, 10)) == {"workplace": "甲"}


# --- refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "kind", "code", "field"),
    [
        ({"host_department": " "}, ValidationError, "field.required", "host_department"),
        ({"workplace": ""}, ValidationError, "field.required", "workplace"),
        ({"reason": "　"}, ValidationError, "field.required", "reason"),
        ({"term_until": date(2024, 11, 30)}, ValidationError, "term.end-before-start", "term_until"),
        ({"term_until": date(2025, 4, 1)}, ValidationError, "term.beyond-fiscal-year", "term_until"),
        ({"effective_from": date(2024, 11, 30)}, ValidationError, "terms.day-outside", "effective_from"),
        ({"effective_from": date(2025, 2, 1)}, ValidationError, "terms.day-outside", "effective_from"),
        ({"cap_minutes": 0}, ValidationError, "number.too-small", "cap_minutes"),
        ({"rate_yen": 0}, ValidationError, "number.too-small", "rate_yen"),
        ({"week_days_max": 0}, ValidationError, "programme.week-days", "week_days_max"),
        ({"week_days_max": 8}, ValidationError, "programme.week-days", "week_days_max"),
        ({"own": {"leave": "{{x}}"}}, ValidationError, "conditions.word-unknown", "conditions.leave"),
        ({"own": {"poem": "x"}}, ValidationError, "conditions.item-unknown", "conditions.poem"),
        ({}, RuleError, "terms.nothing-changed", ""),
        ({"rate_yen": 1258}, RuleError, "terms.nothing-changed", ""),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changed(
    database: Database,
    programme_id: int,
    four: dict[str, Member],
    changes: dict[str, object],
    kind: type[AppError],
    code: str,
    field: str,
) -> None:
    form = replace(blank_form(database, four[RYOSUKE]), **changes)  # type: ignore[arg-type]
    with pytest.raises(kind) as caught:
        change_terms(database, form=form)
    assert caught.value.code == code
    assert getattr(caught.value, "field", "") == field
    assert staff(database, programme_id) == four
    assert editions(database, four[RYOSUKE]) == ()


def test_an_end_before_hours_that_are_entered_is_refused(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    work(database, programme_id, member, (date(2025, 1, 20), date(2025, 1, 22)), "半")
    form = replace(blank_form(database, member), term_until=date(2025, 1, 17))
    with pytest.raises(RuleError) as caught:
        change_terms(database, form=form)
    assert caught.value.code == "terms.shifts-after"
    assert (caught.value.params["count"], caught.value.params["first"]) == (2, date(2025, 1, 20))
    change_terms(database, form=replace(form, term_until=date(2025, 1, 22)))


def test_a_rate_of_a_closed_month_is_refused(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    work(database, programme_id, four[RYOSUKE], (date(2024, 12, 9),), "半")
    close_month(database, programme_id=programme_id, year=2024, month=12)
    form = replace(blank_form(database, four[RYOSUKE], date(2024, 12, 20)), rate_yen=1300)
    with pytest.raises(RuleError) as caught:
        change_terms(database, form=form)
    assert (caught.value.code, caught.value.params["month"]) == ("terms.month-closed", 12)
    change_terms(database, form=replace(form, effective_from=date(2025, 1, 1)))
    reopen_month(database, programme_id=programme_id, year=2024, month=12, reason="訂正")
    with database.read() as session:
        assert list(session.scalars(select(MonthClosing)))
    change(database, four[RYOSUKE], date(2024, 12, 20), rate_yen=1290)


def test_somebody_else_s_change_is_a_conflict(database: Database, four: dict[str, Member]) -> None:
    form = replace(blank_form(database, four[RYOSUKE]), host_department="総務課")
    change(database, four[RYOSUKE], workplace="分庁舎")
    with pytest.raises(ConflictError):
        change_terms(database, form=form)
    assert len(editions(database, four[RYOSUKE])) == 1


def test_an_appointment_that_is_gone(database: Database) -> None:
    with pytest.raises(NotFoundError):
        terms_view(database, appointment_id=99, today=JANUARY)


# --- warnings --------------------------------------------------------------------------------


def test_a_rate_below_the_minimum_wage_is_told(database: Database, four: dict[str, Member]) -> None:
    form = replace(blank_form(database, four[RYOSUKE]), rate_yen=1100)
    (finding,) = change_terms(database, form=form).findings
    assert finding.code == "pay.below-minimum-wage"
    assert finding.params["minimum_yen"] == 1162


@pytest.mark.parametrize(("until", "codes"), [(date(2025, 2, 1), ["terms.column-ends"]), (JANUARY, [])])
def test_a_term_over_two_months_ends_column_c(
    database: Database, four: dict[str, Member], until: date, codes: list[str]
) -> None:
    form = replace(blank_form(database, four[RYOSUKE]), term_until=until)
    assert [finding.code for finding in change_terms(database, form=form).findings] == codes


# --- taking back -------------------------------------------------------------------------------


def test_a_change_is_taken_back_and_done_again(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    change(database, member, host_department="総務課", rate_yen=1300, own={"overtime": "あり"})
    changed = staff(database, programme_id)[RYOSUKE]
    undo(database)
    assert editions(database, member) == ()
    assert staff(database, programme_id) == four
    with database.read() as session:
        assert len(list(session.scalars(select(AppointmentRate)))) == 4
    redo(database)
    assert staff(database, programme_id)[RYOSUKE] == changed
    assert len(editions(database, member)) == 1


def test_once_its_paper_left_the_office_a_change_stays(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    change(database, four[RYOSUKE], host_department="総務課")
    issue(database, programme_id, "change-consent")
    with pytest.raises(RuleError) as caught:
        undo(database)
    assert caught.value.code == "undo.issued"
    assert len(editions(database, four[RYOSUKE])) == 1


def test_a_paper_about_somebody_else_does_not_hold_it(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    change(database, four[RYOSUKE], own={"overtime": "あり"})
    issue(database, programme_id, "conditions", numbers=[MISAKI])
    undo(database)
    assert editions(database, four[RYOSUKE]) == ()


def test_the_history_of_the_person_names_the_change(database: Database, four: dict[str, Member]) -> None:
    change(database, four[RYOSUKE], rate_yen=1300)
    label = history_of(database, "applicant", four[RYOSUKE].applicant_id)[0].label
    assert (label.code, label.params) == ("terms.change", {"edition": 1})


# --- consent -------------------------------------------------------------------------------------


def test_the_consent_is_recorded_and_taken_back(database: Database, four: dict[str, Member]) -> None:
    member = four[RYOSUKE]
    change(database, member, host_department="総務課")
    (edition,) = editions(database, member)
    day = date(2024, 12, 26)
    done = record_consent(database, change_id=edition.id, version=edition.version, consented_on=day)
    assert done.kinds == {"terms_change"}
    assert editions(database, member)[0].consented_on == day
    newest = history_of(database, "applicant", member.applicant_id)[0]
    assert newest.label.code == "terms.consent"
    with pytest.raises(ConflictError):
        record_consent(database, change_id=edition.id, version=edition.version, consented_on=day)
    undo(database)
    assert editions(database, member)[0].consented_on is None


def test_a_consent_needs_a_day_that_has_come(database: Database, four: dict[str, Member]) -> None:
    change(database, four[RYOSUKE], host_department="総務課")
    (edition,) = editions(database, four[RYOSUKE])
    ahead = datetime.now().date() + timedelta(days=2)
    for day, code in ((None, "field.required"), (ahead, "terms.consent-ahead")):
        with pytest.raises(ValidationError) as caught:
            record_consent(database, change_id=edition.id, version=edition.version, consented_on=day)
        assert (caught.value.code, caught.value.field) == (code, "consented_on")
    with pytest.raises(NotFoundError):
        record_consent(database, change_id=99, version=1, consented_on=JANUARY)


def test_words_of_the_programme_do_not_rewrite_an_edition(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    change(database, four[RYOSUKE], own={"overtime": "あり"})
    before = editions(database, four[RYOSUKE])
    set_words(database, programme_id, overtime="別の文")
    assert editions(database, four[RYOSUKE]) == before
    with database.read() as session:
        (row,) = session.scalars(select(TermsChange))
        assert row.changes == [{"item": "overtime", "before": "なし", "after": "あり"}]
