"""The payments of a calendar year: by the day of payment, with what was stated and not paid told apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from appointed import work
from register_scene import (
    MISAKI,
    NET,
    RYOSUKE,
    SAKURA,
    TOTAL,
    YUI,
    Month,
    add_edition,
    change_statement,
    pay,
    stated_month,
)
from sqlalchemy import select

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Applicant, Appointment, EntryKind, Payment, PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.paper_issuing import issue_papers
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.staff import members
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.services.year_end import payment_years, year_end
from fujisawa_desktop.services.year_end_due import basis_due
from fujisawa_desktop.services.year_end_files import save_year_end


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


def add_january(month: Month) -> None:
    """Work, state and pay January for one person."""
    work(month.database, month.programme_id, month.people[RYOSUKE], (date(2025, 1, 7),), "終")
    issue_statements(month.database, programme_id=month.programme_id, year=2025, month=1, actor="test")
    with unit_of_work(month.database, "test.pay", actor="test") as act:
        row = act.session.scalars(
            select(PayStatement)
            .where(PayStatement.appointment_id == month.id(RYOSUKE))
            .where(PayStatement.year == 2025)
        ).one()
        act.session.add(
            Payment(
                statement_id=row.id,
                programme_id=month.programme_id,
                paid_on=date(2025, 2, 21),
                yen=row.net_yen,
                method="transfer",
                recorded_at=act.now,
                actor="test",
            )
        )
        act.commit()


def test_the_year_is_that_of_the_payment(month: Month) -> None:
    pay(month, RYOSUKE, on=date(2025, 1, 21))
    pay(month, SAKURA, on=date(2024, 12, 27))
    in_2024 = year_end(month.database, programme_id=month.programme_id, year=2024)
    in_2025 = year_end(month.database, programme_id=month.programme_id, year=2025)
    assert {row.number: row.taxable for row in in_2024.rows} == {SAKURA: 75_480}
    assert {row.number: row.taxable for row in in_2025.rows} == {RYOSUKE: 75_166}
    assert payment_years(month.database, programme_id=month.programme_id) == [2025, 2024]


def test_months_of_a_person_are_added_up(month: Month) -> None:
    change_statement(month, RYOSUKE, tax_yen=100, insurance_yen=50, commuting_yen=840, net_yen=75_856)
    pay(month, RYOSUKE)
    add_january(month)
    [row] = year_end(month.database, programme_id=month.programme_id, year=2025).rows
    assert (row.taxable, row.free, row.tax, row.insurance) == (75_166 + 7_548, 840, 100, 50)
    assert (row.first_paid, row.last_paid) == (date(2025, 1, 21), date(2025, 2, 21))
    assert row.months == ((2024, 12), (2025, 1))
    assert row.net == row.paid == 75_856 + 7_548
    assert (row.term_from, row.term_until, row.left_on) == (date(2024, 12, 1), date(2025, 1, 31), None)


def test_what_was_stated_and_not_paid_is_told(month: Month) -> None:
    for number in (RYOSUKE, SAKURA):
        pay(month, number)
    pay(month, MISAKI, yen=22_000)
    found = year_end(month.database, programme_id=month.programme_id, year=2025)
    assert [(one.number, one.yen, one.month) for one in found.unpaid] == [(YUI, NET[YUI], 12)]
    assert [one.number for one in found.differing] == [MISAKI]
    assert found.taxable == TOTAL - NET[YUI]


def test_a_later_edition_does_not_change_what_was_paid(month: Month) -> None:
    pay(month, YUI)
    add_edition(month, YUI, pay_yen=14_467, net_yen=14_467)
    [row] = year_end(month.database, programme_id=month.programme_id, year=2025).rows
    assert (row.taxable, row.paid) == (NET[YUI], NET[YUI])


def test_files_hold_numbers_address_and_no_my_number(month: Month, tmp_path: Path) -> None:
    with unit_of_work(month.database, "test.address", actor="test") as act:
        person = act.session.get(Applicant, month.people[YUI].applicant_id)
        terms = act.session.get(Appointment, month.id(YUI))
        assert person is not None
        assert terms is not None
        person.address, person.postcode = "藤沢市朝日町1番地の1\n見本ハイツ", "2518601"
        terms.left_on = date(2025, 1, 10)
        act.commit()
    for number in NET:
        pay(month, number)
    file = tmp_path / "year.xlsx"
    args = {"programme_id": month.programme_id, "year": 2025}
    assert save_year_end(month.database, **args, file_format="xlsx", path=file).count == 4
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    at = {name: number for number, name in enumerate(heads)}
    row = next(row for row in rows if row[at["受付番号"]] == YUI)
    assert row[at["支払金額"]] == NET[YUI]
    assert row[at["郵便番号"]] == "2518601"
    assert row[at["住所（登録されているもの）"]] == "藤沢市朝日町1番地の1 見本ハイツ"
    assert row[at["退職日"]].date() == date(2025, 1, 10)
    assert not [name for name in heads if "個人番号" in str(name)]
    [act] = recent_acts(month.database, limit=1)
    assert (act.kind, act.label.params["count"]) == (EntryKind.ISSUED, 4)
    text = tmp_path / "year.csv"
    save_year_end(month.database, **args, file_format="csv", path=text)
    assert text.read_bytes().decode("utf-8-sig").count("\r\n") == 5


def test_a_year_without_payments_is_refused(month: Month, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        save_year_end(
            month.database,
            programme_id=month.programme_id,
            year=2025,
            file_format="csv",
            path=tmp_path / "year.csv",
        )
    assert caught.value.code == "year-end.nobody"
    assert not list(tmp_path.glob("*.csv"))


class TestDue:
    """The list is due a month after somebody's last day, until it left the office (domain rules 2.5)."""

    def due(self, month: Month, today: date) -> list[tuple[date, int]]:
        with month.database.read() as session:
            staff = members(session, month.programme_id)
            found = basis_due(session, month.programme_id, staff, today)
        return [(one.day, one.count) for one in found]

    def test_after_the_last_day_of_each(self, month: Month) -> None:
        with unit_of_work(month.database, "test.left", actor="test") as act:
            terms = act.session.get(Appointment, month.id(YUI))
            assert terms is not None
            terms.left_on = date(2024, 12, 13)
            act.commit()
        assert self.due(month, date(2024, 12, 13)) == []
        assert self.due(month, date(2024, 12, 14)) == [(date(2024, 12, 13), 1)]
        assert self.due(month, date(2025, 2, 1)) == [(date(2024, 12, 13), 1), (date(2025, 1, 31), 3)]

    @pytest.mark.parametrize("way", ["file", "paper"])
    def test_until_the_list_left_the_office(self, month: Month, tmp_path: Path, way: str) -> None:
        for number in NET:
            pay(month, number)
        args = {"programme_id": month.programme_id, "year": 2025}
        if way == "file":
            save_year_end(month.database, **args, file_format="csv", path=tmp_path / "year.csv")
        else:
            draft = make_papers(month.database, programme_id=month.programme_id, kind="year-end")
            issue_papers(month.database, draft=draft, actor="test")
        # The list leaves today, long after the sample's last day.
        assert self.due(month, date(2025, 2, 1)) == []
