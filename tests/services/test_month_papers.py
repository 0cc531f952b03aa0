"""Papers of one month made from the database: attendance sheets and pay statements."""

from __future__ import annotations

from datetime import date, time

import pytest
from appointed import DECEMBER, FOUR, Person, add_people, sample_december, work
from paper_scene import make
from pdf_reading import pypdf_text

from fujisawa_desktop.errors import (
    RuleError,
)
from fujisawa_desktop.models import (
    ClosedDay,
    Shift,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.unit_of_work import unit_of_work


def test_the_attendance_sheet_shows_the_sample_month(database: Database, programme_id: int) -> None:
    sample_december(database, programme_id)
    draft = make(database, programme_id, "attendance", year_month=DECEMBER)
    assert draft.page_count == 4
    assert draft.file_name == "出勤簿_2024-12.pdf"
    text = pypdf_text(draft.pdf, [page.number for page in draft.pages].index("100000245489"))
    for part in (
        "令和6年12月分",
        "楜澤　涼介",
        "デジタル推進室",
        "令和6年12月1日～令和7年1月31日",
        "月60時間未満",
        "9:00 15:45 1:00 5:45",
        "10日",
        "59時間45分",
        "0時間14分",
        "年末年始",
    ):
        assert part in text, part


def test_planned_and_worked_time_stand_beside_each_other(database: Database, programme_id: int) -> None:
    four = sample_december(database, programme_id)
    misaki = four["100000253408"]
    day = (date(2024, 12, 25),)
    work(database, programme_id, misaki, day, "9-12", ShiftKind.PLANNED)
    work(database, programme_id, misaki, day, "9-10:30")
    work(database, programme_id, misaki, day, "9-10:30, 13-14")
    draft = make(database, programme_id, "attendance", year_month=DECEMBER, numbers=[misaki.number])
    (sheet,) = draft.sheets
    rows = [row for row in sheet.spec.days if row.planned or row.starts]  # type: ignore[union-attr]
    assert [(row.day, row.planned, row.starts, row.worked) for row in rows[-2:]] == [
        ("25", "9:00～12:00", "9:00", "1:30"),
        ("", "", "13:00", "1:00"),
    ]
    totals = {fact.label: fact.text for fact in sheet.spec.totals}  # type: ignore[union-attr]
    assert totals["勤務予定の合計"] == "3時間"
    assert totals["勤務日数"] == "7日"


def test_what_is_odd_about_a_day_is_noted(database: Database, programme_id: int) -> None:
    misaki = sample_december(database, programme_id)["100000253408"]
    with unit_of_work(database, "test", actor="test") as act:
        common = {
            "appointment_id": misaki.appointment_id,
            "kind": ShiftKind.WORKED,
            "ends": time(12),
            "break_minutes": 0,
            "minutes": 180,
        }
        sunday, online = date(2024, 12, 15), date(2024, 12, 26)
        act.session.add(Shift(day=sunday, starts=time(9), holiday_order="市民まつり", **common))
        act.session.add(Shift(day=online, starts=time(9), is_remote=True, reason="資料作成", **common))
        act.commit()
    draft = make(database, programme_id, "attendance", year_month=DECEMBER, numbers=[misaki.number])
    notes = {row.day: row.note for row in draft.sheets[0].spec.days}  # type: ignore[union-attr]
    assert notes["15"] == "休日勤務命令（市民まつり）"
    assert notes["26"] == "在宅　資料作成"
    january = make(database, programme_id, "attendance", year_month=(2025, 1), numbers=[misaki.number])
    assert january.sheets[0].spec.days[12].note == "成人の日"  # type: ignore[union-attr]


def test_a_closed_day_of_the_city_is_named(database: Database, programme_id: int) -> None:
    sample_december(database, programme_id)
    with unit_of_work(database, "test", actor="test") as act:
        act.session.add(ClosedDay(programme_id=programme_id, day=date(2024, 12, 24), name="市庁舎点検日"))
        act.commit()
    draft = make(database, programme_id, "attendance", year_month=DECEMBER, numbers=["100000245489"])
    (sheet,) = draft.sheets
    day = sheet.spec.days[23]  # type: ignore[union-attr]
    assert (day.day, day.is_closed, day.note) == ("24", True, "市庁舎点検日")
    assert draft.page_count == 1


@pytest.mark.parametrize(
    ("person", "pay"),
    list(zip([person.number for person in FOUR], ["75,166", "75,480", "22,644", "10,693"], strict=True)),
)
def test_pay_statements_are_right_to_the_yen(
    database: Database, programme_id: int, person: str, pay: str
) -> None:
    sample_december(database, programme_id)
    draft = make(database, programme_id, "pay-statement", year_month=DECEMBER, numbers=[person])
    text = pypdf_text(draft.pdf)
    assert f"差引支給額 {pay}円" in text
    assert "時給1,258円" in text
    assert "日額表丙欄" in text
    assert "対象外" in text


def test_a_statement_with_open_tax_is_not_printed(database: Database, programme_id: int) -> None:
    four = sample_december(database, programme_id)
    work(database, programme_id, four["RN26003219"], (date(2024, 12, 5),), "9-18/60")
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, "pay-statement", year_month=DECEMBER)
    assert (caught.value.code, caught.value.params["numbers"]) == ("papers.pay-open", ["RN26003219"])


def test_papers_of_a_month_need_an_appointment(database: Database, programme_id: int) -> None:
    with pytest.raises(RuleError) as nobody:
        make(database, programme_id, "attendance", year_month=DECEMBER)
    assert nobody.value.code == "month.nobody"
    sample_december(database, programme_id)
    add_people(database, programme_id, (Person("55", "他　人", "タ ニン", 0, Status.RECEIVED),))
    with pytest.raises(RuleError) as other:
        make(database, programme_id, "pay-statement", year_month=DECEMBER, numbers=["55"])
    assert other.value.code == "papers.not-appointed"


def test_without_a_month_it_is_the_first_of_the_term(database: Database, programme_id: int) -> None:
    sample_december(database, programme_id)
    assert make(database, programme_id, "attendance").file_name == "出勤簿_2024-12.pdf"
