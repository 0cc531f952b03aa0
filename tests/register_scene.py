"""A month that was stated, with accounts and a consignor: tests of what leaves the office about pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from appointed import DECEMBER, FOUR, sample_december
from sqlalchemy import select

from fujisawa_desktop.models import MonthClosing, Payment, PayStatement, TransferAccount
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.consignor import ConsignorForm, consignor_form, save_consignor
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
YEAR, MONTH = DECEMBER
TODAY = date(2025, 1, 10)
PAY_DAY = date(2025, 1, 21)
NET = {RYOSUKE: 75_166, SAKURA: 75_480, MISAKI: 22_644, YUI: 10_693}
TOTAL = sum(NET.values())
CONSIGNOR: dict[str, Any] = {
    "code": "0000012345",
    "name_kana": "フジサワシ",
    "bank_code": "0999",
    "bank_kana": "ミホンギンコウ",
    "branch_code": "123",
    "branch_kana": "ホンテン",
    "account_kind": 1,
    "account_number": "1234567",
}
HOLDERS = {
    RYOSUKE: "クルミザワ リョウスケ",
    SAKURA: "カツラギ サクラ",
    MISAKI: "タカハシ ミサキ",
    YUI: "タカナシ ユイ",
}


@dataclass(frozen=True)
class Month:
    """The sample month: people by number, and the whole as arguments of the services."""

    database: Database
    programme_id: int
    people: Mapping[str, Member]

    @property
    def args(self) -> dict[str, int]:
        return {"programme_id": self.programme_id, "year": YEAR, "month": MONTH}

    def id(self, number: str) -> int:
        return self.people[number].appointment_id


def state(month: Month, **options: Any) -> None:
    """State the month as the hours stand."""
    issue_statements(month.database, **month.args, actor="test", **{"cause": "試験", **options})


def add_account(month: Month, number: str, **values: Any) -> None:
    """Enter somebody's account; ``values`` are otherwise than usual."""
    usual: dict[str, Any] = {
        "bank_code": "0998",
        "bank_kana": "ﾃｽﾄｷﾞﾝｺｳ",
        "branch_code": "045",
        "branch_kana": "ﾌｼﾞｻﾜ",
        "account_number": f"{month.id(number):07d}",
        "holder_kana": HOLDERS.get(number, "ﾃｽﾄ"),
        "confirmed_at": datetime(2024, 12, 2, 9, 0),
    }
    with unit_of_work(month.database, "test.account", actor="test") as work:
        row = work.session.scalar(
            select(TransferAccount).where(TransferAccount.appointment_id == month.id(number))
        )
        if row is None:
            row = TransferAccount(appointment_id=month.id(number), **{**usual, **values})
            work.session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        work.commit()


def set_consignor(month: Month, **values: Any) -> None:
    """Enter who orders the transfers."""
    form = consignor_form(month.database, programme_id=month.programme_id)
    wanted = ConsignorForm(form.programme_id, form.version, {**CONSIGNOR, **values})
    save_consignor(month.database, form=wanted, actor="test")


def pay(
    month: Month, number: str, *, on: date = PAY_DAY, yen: int | None = None, method: str = "transfer"
) -> None:
    """Record that somebody's newest statement was paid."""
    with unit_of_work(month.database, "test.pay", actor="test") as work:
        newest = work.session.scalars(
            select(PayStatement)
            .where(PayStatement.appointment_id == month.id(number))
            .where(PayStatement.year == YEAR, PayStatement.month == MONTH)
            .order_by(PayStatement.edition.desc())
        ).first()
        assert newest is not None
        work.session.add(
            Payment(
                statement_id=newest.id,
                programme_id=month.programme_id,
                paid_on=on,
                yen=newest.net_yen if yen is None else yen,
                method=method,
                recorded_at=work.now,
                actor=work.actor,
            )
        )
        work.commit()


def change_statement(month: Month, number: str, **values: Any) -> None:
    """Put other amounts into somebody's statement, as a damaged file would hold."""
    with unit_of_work(month.database, "test.damage", actor="test") as work:
        for row in work.session.scalars(
            select(PayStatement).where(PayStatement.appointment_id == month.id(number))
        ):
            for name, value in values.items():
                setattr(row, name, value)
        work.commit()


def add_edition(month: Month, number: str, **values: Any) -> None:
    """Store a later edition of somebody's statement with other amounts."""
    with unit_of_work(month.database, "test.edition", actor="test") as work:
        newest = work.session.scalars(
            select(PayStatement)
            .where(PayStatement.appointment_id == month.id(number))
            .where(PayStatement.year == YEAR, PayStatement.month == MONTH)
            .order_by(PayStatement.edition.desc())
        ).first()
        assert newest is not None
        names = [column.key for column in PayStatement.__table__.columns if column.key != "id"]
        kept = {name: getattr(newest, name) for name in names}
        work.session.add(PayStatement(**{**kept, "edition": newest.edition + 1, **values}))
        work.commit()


def close(month: Month) -> None:
    """Close the month for everybody, whatever stands against it."""
    reopen(month)
    with unit_of_work(month.database, "test.close", actor="test") as work:
        for number in month.people:
            work.session.add(
                MonthClosing(appointment_id=month.id(number), year=YEAR, month=MONTH, closed_at=work.now)
            )
        work.commit()


def reopen(month: Month) -> None:
    """Let the hours of the month be changed again."""
    with unit_of_work(month.database, "test.reopen", actor="test") as work:
        for row in work.session.scalars(select(MonthClosing)).all():
            work.session.delete(row)
        work.commit()


def worked_month(database: Database, programme_id: int) -> Month:
    """The sample month: worked, nothing stated."""
    return Month(database, programme_id, sample_december(database, programme_id))


def stated_month(database: Database, programme_id: int) -> Month:
    """The sample month: stated and closed, with the accounts of all four and a consignor."""
    month = worked_month(database, programme_id)
    state(month)
    close(month)
    for number in HOLDERS:
        add_account(month, number)
    set_consignor(month)
    return month
