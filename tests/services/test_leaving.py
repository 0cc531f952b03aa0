"""Leaving before the end of the term: the plans after it go, work after it stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, appoint_four, staff, work
from sqlalchemy import select
from terms_scene import blank_form

from fujisawa_desktop.errors import AppError, ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.hours import month_view
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.leaving import (
    LeavingForm,
    foresee_leaving,
    record_leaving,
    take_back_leaving,
)
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.terms_changes import change_terms

RYOSUKE, SAKURA = FOUR[0].number, FOUR[1].number
LAST = date(2024, 12, 20)


@pytest.fixture
def member(database: Database, programme_id: int) -> Member:
    """Somebody who worked until December 13 and has plans until January 10."""
    found = appoint_four(database, programme_id)[RYOSUKE]
    work(database, programme_id, found, TEN_DAYS[:6], "半")
    days = (date(2024, 12, 18), date(2024, 12, 20), date(2024, 12, 23), date(2025, 1, 8), date(2025, 1, 10))
    work(database, programme_id, found, days, "終", ShiftKind.PLANNED)
    return staff(database, programme_id)[RYOSUKE]


def form(member: Member, left_on: date | None = LAST, reason: str = "一身上の都合") -> LeavingForm:
    return LeavingForm(member.appointment_id, member.version, left_on, reason)


def stored(database: Database, member: Member) -> tuple[date | None, str]:
    with database.read() as session:
        row = session.get_one(Appointment, member.appointment_id)
        return row.left_on, row.leaving_reason


def planned(database: Database, member: Member) -> list[date]:
    query = select(Shift.day).where(
        Shift.appointment_id == member.appointment_id, Shift.kind == ShiftKind.PLANNED
    )
    with database.read() as session:
        return sorted(session.scalars(query))


def test_what_was_planned_after_the_last_day_goes_with_it(
    database: Database, programme_id: int, member: Member
) -> None:
    assert foresee_leaving(database, form=form(member)) == 3
    assert stored(database, member) == (None, "")  # nothing is written by foreseeing
    left = record_leaving(database, form=form(member, reason="　一身上の都合 "))
    assert left.planned == 3
    assert left.change.kinds == {"appointment", "shift"}
    assert left.change.label.params == {"count": 3}
    assert stored(database, member) == (LAST, "一身上の都合")
    assert planned(database, member) == [date(2024, 12, 18), LAST]
    now = staff(database, programme_id)[RYOSUKE]
    assert (now.rules.last, now.agreed_until) == (LAST, date(2025, 1, 31))
    assert history_of(database, "applicant", member.applicant_id)[0].label.code == "leaving.record"


def test_taking_it_back_by_undo_brings_the_plans_back(
    database: Database, programme_id: int, member: Member
) -> None:
    before = planned(database, member)
    record_leaving(database, form=form(member))
    undo(database)
    assert planned(database, member) == before
    assert stored(database, member) == (None, "")
    assert staff(database, programme_id)[RYOSUKE].rules.last == date(2025, 1, 31)


def test_taking_it_back_later_lets_the_term_run_to_its_end(
    database: Database, programme_id: int, member: Member
) -> None:
    record_leaving(database, form=form(member))
    later = staff(database, programme_id)[RYOSUKE]
    change = take_back_leaving(database, appointment_id=later.appointment_id, version=later.version)
    assert change.label.code == "leaving.take-back"
    assert stored(database, member) == (None, "")
    assert planned(database, member) == [date(2024, 12, 18), LAST]  # planned anew where wanted
    with pytest.raises(RuleError, match=r"leaving\.none"):
        take_back_leaving(
            database,
            appointment_id=later.appointment_id,
            version=staff(database, programme_id)[RYOSUKE].version,
        )


def test_the_last_day_can_be_corrected(database: Database, programme_id: int, member: Member) -> None:
    record_leaving(database, form=form(member))
    now = staff(database, programme_id)[RYOSUKE]
    assert record_leaving(database, form=form(now, date(2024, 12, 18))).planned == 1
    assert stored(database, member)[0] == date(2024, 12, 18)


def test_nobody_works_after_leaving(database: Database, programme_id: int, member: Member) -> None:
    record_leaving(database, form=form(member))
    with pytest.raises(RuleError, match=r"shift\.outside-term"):
        enter_hours(
            database,
            programme_id=programme_id,
            places=[(member.appointment_id, date(2024, 12, 23))],
            kind=ShiftKind.PLANNED,
            text="半",
        )
    january = month_view(database, programme_id=programme_id, year=2025, month=1)
    assert RYOSUKE not in {one.member.number for one in january.people}
    assert SAKURA in {one.member.number for one in january.people}


@pytest.mark.parametrize(
    ("left_on", "reason", "code", "field"),
    [
        (None, "x", "field.required", "left_on"),
        (LAST, " ", "field.required", "reason"),
        (LAST, "あ" * 201, "leaving.reason-long", "reason"),
        (LAST, "１２３４ ５６７８ ９０１２", "hand-in.twelve-digits", "reason"),
        (date(2024, 11, 30), "x", "leaving.outside-term", "left_on"),
        (date(2025, 1, 31), "x", "leaving.outside-term", "left_on"),
        (date(2025, 2, 1), "x", "leaving.outside-term", "left_on"),
    ],
)
def test_what_cannot_be(
    database: Database, member: Member, left_on: date | None, reason: str, code: str, field: str
) -> None:
    before = planned(database, member)
    for act in (foresee_leaving, record_leaving):
        with pytest.raises(ValidationError) as caught:
            act(database, form=form(member, left_on, reason))
        assert (caught.value.code, caught.value.field) == (code, field)
    assert (stored(database, member), planned(database, member)) == ((None, ""), before)


@pytest.mark.parametrize("day", [date(2024, 12, 1), date(2025, 1, 30)])
def test_the_first_day_and_the_last_but_one_can_be(database: Database, programme_id: int, day: date) -> None:
    found = appoint_four(database, programme_id)[RYOSUKE]
    record_leaving(database, form=form(found, day))
    assert stored(database, found)[0] == day


def test_work_after_the_last_day_stands_in_the_way(database: Database, member: Member) -> None:
    with pytest.raises(RuleError) as caught:
        record_leaving(database, form=form(member, date(2024, 12, 12)))
    assert caught.value.code == "leaving.worked-after"
    assert caught.value.params == {"date": date(2024, 12, 13), "last": date(2024, 12, 12)}
    assert len(planned(database, member)) == 5
    record_leaving(database, form=form(member, date(2024, 12, 13)))  # on the day itself


def test_a_closed_month_with_days_after_it_stands_in_the_way(
    database: Database, programme_id: int, member: Member
) -> None:
    year, month = DECEMBER
    close_month(database, programme_id=programme_id, year=year, month=month)
    with pytest.raises(RuleError) as caught:
        record_leaving(database, form=form(member))
    assert caught.value.code == "leaving.month-closed"
    assert caught.value.params == {"year": 2024, "month": 12, "last": LAST}
    record_leaving(database, form=form(member, date(2024, 12, 31)))  # the month itself is whole
    undo(database)
    reopen_month(database, programme_id=programme_id, year=year, month=month, reason="退職")
    assert record_leaving(database, form=form(member)).planned == 3


def test_a_later_closed_month_stands_in_the_way_too(
    database: Database, programme_id: int, member: Member
) -> None:
    close_month(database, programme_id=programme_id, year=2025, month=1)
    with pytest.raises(RuleError, match=r"leaving\.month-closed"):
        record_leaving(database, form=form(member))


def test_somebody_else_was_faster(database: Database, member: Member) -> None:
    terms = terms_form(database, appointment_id=member.appointment_id)
    save_terms(database, form=replace(terms, other_week_minutes=60))
    acts = (
        lambda: record_leaving(database, form=form(member)),
        lambda: take_back_leaving(database, appointment_id=member.appointment_id, version=member.version),
    )
    for act in acts:
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            act()


def test_an_appointment_that_is_not_there(database: Database) -> None:
    missing = LeavingForm(99, 1, LAST, "x")
    acts = (
        lambda: foresee_leaving(database, form=missing),
        lambda: record_leaving(database, form=missing),
        lambda: take_back_leaving(database, appointment_id=99, version=1),
    )
    for act in acts:
        with pytest.raises(NotFoundError, match=r"appointment\.missing"):
            act()


def test_the_term_is_not_made_to_end_before_the_person_left(
    database: Database, programme_id: int, member: Member
) -> None:
    record_leaving(database, form=form(member))
    now = staff(database, programme_id)[RYOSUKE]
    shorter = replace(blank_form(database, now, date(2024, 12, 16)), term_until=date(2024, 12, 19))
    with pytest.raises(AppError) as caught:
        change_terms(database, form=shorter)
    assert caught.value.code == "terms.shifts-after"
    enter_hours(
        database,
        programme_id=programme_id,
        places=[(now.appointment_id, LAST)],
        kind=ShiftKind.PLANNED,
        text="",
    )
    with pytest.raises(RuleError, match=r"terms\.left-after"):
        change_terms(database, form=shorter)
