"""One appointment at a glance, and the list of all with what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from appointed import FOUR, TEN_DAYS, appoint_four, staff, work
from terms_scene import change

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import HandIn, Programme, TransferAccount
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import HandInKind
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.insurance import StudentType
from fujisawa_desktop.services.appointment_view import (
    AppointedRow,
    AppointmentView,
    appointment_list,
    appointment_view,
)
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.hand_ins import receive_hand_ins
from fujisawa_desktop.services.leaving import LeavingForm, record_leaving
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.services.usual_week import save_usual_week

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


def view(database: Database, member: Member) -> AppointmentView:
    return appointment_view(database, appointment_id=member.appointment_id)


def listed(database: Database, programme_id: int, today: date) -> dict[str, AppointedRow]:
    rows = appointment_list(database, programme_id=programme_id, today=today)
    assert [row.member.number for row in rows] == [SAKURA, RYOSUKE, YUI, MISAKI]  # by kana
    return {row.member.number: row for row in rows}


def told(database: Database, member: Member, **values: object) -> None:
    form = terms_form(database, appointment_id=member.appointment_id)
    save_terms(database, form=replace(form, **values))  # type: ignore[arg-type]


def store_account(database: Database, member: Member, *, confirmed: bool) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        act.session.add(
            TransferAccount(
                appointment_id=member.appointment_id,
                bank_code="0998",
                bank_kana="ﾃｽﾄｷﾞﾝｺｳ",
                branch_code="045",
                branch_kana="ﾌｼﾞｻﾜ",
                account_number="0012345",
                holder_kana="ｸﾙﾐｻﾞﾜ ﾘﾖｳｽｹ",
                confirmed_at=act.now if confirmed else None,
            )
        )
        act.commit()


def test_as_appointed(database: Database, four: dict[str, Member]) -> None:
    shown = view(database, four[RYOSUKE])
    assert shown.member == four[RYOSUKE]
    assert (shown.student, shown.needs_permit, shown.permit_until) == (None, False, None)
    assert (shown.other_week_minutes, shown.left_on, shown.leaving_reason) == (None, None, "")
    assert (shown.usual_minutes, shown.editions, shown.last_worked) == (0, (), None)
    assert (shown.account_stored, shown.account_confirmed) == (False, False)
    assert [row.kind for row in shown.hand_ins] == list(HandInKind)
    assert {finding.code for finding in shown.findings} == {
        "appointing.student-unasked",
        "appointing.bonus-not-due",
    }


@pytest.mark.parametrize(
    ("days", "needed", "until"),
    [
        pytest.param(8, 15, date(2025, 1, 31), id="1.2 eight days by the end of the month: until the end"),
        pytest.param(8, None, date(2024, 12, 31), id="1.2 without a number of days: one month"),
        pytest.param(8, 8, date(2024, 12, 31), id="1.2 enough days in the month"),
    ],
)
def test_conditional_period(
    database: Database,
    programme_id: int,
    four: dict[str, Member],
    days: int,
    needed: int | None,
    until: date,
) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        act.session.get_one(Programme, programme_id).probation_days = needed
        act.commit()
    work(database, programme_id, four[RYOSUKE], TEN_DAYS[:days], "半")
    conditional = view(database, four[RYOSUKE]).conditional
    assert (conditional.until, conditional.worked_days, conditional.needed_days) == (until, days, needed)


def test_the_fifteenth_day_worked_ends_the_conditional_period(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    january = tuple(date(2025, 1, day) for day in (6, 7, 8, 9, 10, 14))
    work(database, programme_id, four[RYOSUKE], (*TEN_DAYS[:8], *january), "半")
    assert view(database, four[RYOSUKE]).conditional.until == date(2025, 1, 31)  # fourteen so far
    work(database, programme_id, four[RYOSUKE], (date(2025, 1, 15),), "半")
    assert view(database, four[RYOSUKE]).conditional.until == date(2025, 1, 15)


def test_of_somebody_who_left_it_ends_with_the_last_day(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    work(database, programme_id, member, TEN_DAYS[:3], "半")
    record_leaving(
        database, form=LeavingForm(member.appointment_id, member.version, date(2024, 12, 20), "都合")
    )
    shown = view(database, member)
    assert (shown.left_on, shown.leaving_reason) == (date(2024, 12, 20), "都合")
    assert shown.conditional.until == date(2024, 12, 20)
    assert shown.last_worked == TEN_DAYS[2]
    assert listed(database, programme_id, date(2024, 12, 24))[RYOSUKE].left_on == date(2024, 12, 20)


def test_warnings_from_what_is_usual_and_planned(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    member = four[RYOSUKE]
    told(
        database,
        member,
        student=StudentType.EVENING,
        needs_permit=True,
        permit_until=date(2025, 1, 10),
        other_week_minutes=600,
    )
    now = staff(database, programme_id)[RYOSUKE]
    save_usual_week(
        database,
        appointment_id=now.appointment_id,
        version=now.version,
        entries=dict.fromkeys((0, 1, 2), "終"),
    )
    assert view(database, member).usual_minutes == 1080
    codes = {finding.code for finding in view(database, member).findings}
    assert codes == {"appointing.permit-ends", "appointing.bonus-not-due"}
    work(
        database,
        programme_id,
        member,
        tuple(date(2024, 12, day) for day in (9, 10, 11, 12)),
        "9-15/60",
        ShiftKind.PLANNED,
    )
    found = {finding.code: finding.params for finding in view(database, member).findings}
    assert found["appointing.week-long"] == {"week_hm": 1200, "monday": date(2024, 12, 9)}
    assert found["appointing.permit-week"]["total_hm"] == 1800
    assert "appointing.may-be-insured" in found


def test_changes_of_the_terms_are_shown(database: Database, four: dict[str, Member]) -> None:
    change(database, four[RYOSUKE], rate_yen=1300)
    shown = view(database, four[RYOSUKE])
    assert [edition.edition for edition in shown.editions] == [1]
    assert [(rate.valid_from, rate.yen) for rate in shown.member.rates] == [
        (date(2024, 12, 1), 1258),
        (date(2025, 1, 6), 1300),
    ]


def test_the_list_says_what_is_missing(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        for row in act.session.query(HandIn):
            row.due_on = date(2024, 12, 2) if row.kind == "oath" else date(2024, 11, 29)
        act.commit()
    rows = listed(database, programme_id, date(2024, 12, 2))
    assert {(row.missing, row.overdue, row.has_account) for row in rows.values()} == {(9, 8, False)}
    assert {row.to_check for row in rows.values()} == {1}  # nobody asked how they study
    every = [(four[YUI].appointment_id, kind) for kind in HandInKind]
    receive_hand_ins(database, places=every, received_on=date.today() - timedelta(days=1))
    store_account(database, four[YUI], confirmed=True)
    store_account(database, four[MISAKI], confirmed=False)
    told(database, four[YUI], student=StudentType.DAY)
    rows = listed(database, programme_id, date(2024, 12, 2))
    yui, misaki = rows[YUI], rows[MISAKI]
    assert (yui.missing, yui.overdue, yui.has_account, yui.to_check) == (0, 0, True, 0)
    assert (misaki.missing, misaki.has_account) == (9, False)
    assert view(database, four[MISAKI]).account_stored
    assert not view(database, four[MISAKI]).account_confirmed


def test_looking_writes_nothing(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        act.delete_many(HandIn, [row.id for row in act.session.query(HandIn)])
        act.commit()
    view(database, four[RYOSUKE])
    assert listed(database, programme_id, date(2024, 12, 2))[RYOSUKE].missing == 9
    with database.read() as session:
        assert session.query(HandIn).count() == 0


def test_what_is_not_there(database: Database) -> None:
    with pytest.raises(NotFoundError, match=r"appointment\.missing"):
        appointment_view(database, appointment_id=99)
    with pytest.raises(NotFoundError, match=r"programme\.none"):
        appointment_list(database, programme_id=99, today=date(2024, 12, 2))
