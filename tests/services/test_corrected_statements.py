"""The pay statement on paper, when it settles corrections of earlier months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import FOUR, sample_december, work
from paper_scene import make
from pdf_reading import pypdf_text

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.paper_checks import CheckKind, paper_checks
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.payments import mark_paid
from fujisawa_desktop.services.staff import Member

MISAKI = FOUR[2].number
JANUARY, FEBRUARY = (2025, 1), (2025, 2)


@pytest.fixture
def misaki(database: Database, programme_id: int) -> Member:
    """December closed, three half days in January; she comes by train for 840 yen a day."""
    member = sample_december(database, programme_id)[MISAKI]
    form = terms_form(database, appointment_id=member.appointment_id)
    save_terms(database, form=replace(form, commuting_mode=CommutingMode.PER_DAY, round_trip_yen=840))
    close_month(database, programme_id=programme_id, year=2024, month=12)
    work(database, programme_id, member, tuple(date(2025, 1, day) for day in (6, 8, 10)), "半")
    return member


def correct(database: Database, programme_id: int, member: Member, day: date, text: str, reason: str) -> None:
    correct_day(
        database, form=CorrectionForm(programme_id, member.appointment_id, day, text, reason), actor="test"
    )


def printed(database: Database, programme_id: int, month: tuple[int, int]) -> str:
    draft = make(database, programme_id, "pay-statement", year_month=month, numbers=[MISAKI])
    assert draft.page_count == 1
    return pypdf_text(draft.pdf)


def test_each_earlier_month_has_its_lines(database: Database, programme_id: int, misaki: Member) -> None:
    correct(database, programme_id, misaki, date(2024, 12, 2), "", "欠勤の報告漏れ")
    correct(database, programme_id, misaki, date(2024, 12, 4), "終", "出勤簿の転記誤り")
    text = printed(database, programme_id, JANUARY)
    for said in (
        "3　過去の月の訂正（追給・減額）",
        "令和6年12月分　報酬",
        "令和6年12月2日：3:00 → 0:00（欠勤の報告漏れ）",
        "令和6年12月4日：3:00 → 6:00（出勤簿の転記誤り）",
        "月の合計　18:00 → 18:00（差　0:00）",
        "令和6年12月分　通勤費",
        "訂正前5,040円 → 訂正後4,200円",
        "△840円",
        "4　控除",
        "差引支給額 13,002円",
    ):
        assert said in text, said


def test_without_corrections_the_sections_are_as_before(
    database: Database, programme_id: int, misaki: Member
) -> None:
    text = printed(database, programme_id, JANUARY)
    assert "訂正" not in text
    assert "3　控除" in text


def test_what_was_paid_is_printed_as_it_was_stated(
    database: Database, programme_id: int, misaki: Member
) -> None:
    january = {"programme_id": programme_id, "year": 2025, "month": 1}
    ids = [misaki.appointment_id]
    correct(database, programme_id, misaki, date(2024, 12, 2), "", "欠勤の報告漏れ")
    close_month(database, appointment_ids=ids, **january)
    issue_statements(database, numbers=[MISAKI], **january)
    before = printed(database, programme_id, JANUARY)
    mark_paid(database, paid_on=date(2025, 2, 21), appointment_ids=ids, **january)
    form = terms_form(database, appointment_id=misaki.appointment_id)
    save_terms(database, form=replace(form, round_trip_yen=1_000))
    after = printed(database, programme_id, JANUARY)
    assert after == before
    assert "差引支給額 9,228円" in after


def test_somebody_whose_term_is_over_gets_a_statement_too(
    database: Database, programme_id: int, misaki: Member
) -> None:
    close_month(database, programme_id=programme_id, year=2025, month=1)
    issue_statements(database, programme_id=programme_id, year=2025, month=1)
    correct(database, programme_id, misaki, date(2025, 1, 10), "9-12:50", "残業の申出")
    text = printed(database, programme_id, FEBRUARY)
    assert "勤務がありません。" in text
    assert "令和7年1月分　報酬" in text
    assert "（差　0:50）" in text
    assert "差引支給額 1,048円" in text


def unsure(database: Database, programme_id: int) -> set[CheckKind]:
    draft = make(database, programme_id, "pay-statement", year_month=JANUARY, numbers=[MISAKI])
    return {check.kind for check in paper_checks(database, draft=draft)} & {
        CheckKind.NOT_STATED,
        CheckKind.OUTDATED,
    }


def test_a_check_tells_whether_the_amounts_are_those_that_were_computed(
    database: Database, programme_id: int, misaki: Member
) -> None:
    assert unsure(database, programme_id) == {CheckKind.NOT_STATED}
    issue_statements(database, programme_id=programme_id, year=2025, month=1)
    assert unsure(database, programme_id) == set()
    before = printed(database, programme_id, JANUARY)
    work(database, programme_id, misaki, (date(2025, 1, 14),), "半")
    assert printed(database, programme_id, JANUARY) == before
    assert unsure(database, programme_id) == {CheckKind.OUTDATED}
    issue_statements(database, programme_id=programme_id, year=2025, month=1, cause="出勤簿の追加")
    assert unsure(database, programme_id) == set()
    assert printed(database, programme_id, JANUARY) != before
