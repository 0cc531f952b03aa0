"""How far a month is: being entered, confirmed, closed, paid."""

from __future__ import annotations

from datetime import date

import pytest
from appointed import DECEMBER, FOUR, sample_december, work
from sqlalchemy import select

from fujisawa_desktop.models import Payment, PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.hours import month_view
from fujisawa_desktop.services.month_confirmations import confirm_month
from fujisawa_desktop.services.month_states import MonthState, month_states
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.pay import issue_statements, pay_for_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
YEAR, MONTH = DECEMBER


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


def states(database: Database, programme_id: int, month: tuple[int, int] = DECEMBER) -> dict[str, MonthState]:
    """By number, from the grid; the pay and the function itself must say the same."""
    grid = month_view(database, programme_id=programme_id, year=month[0], month=month[1])
    pay = pay_for_month(database, programme_id=programme_id, year=month[0], month=month[1])
    with database.read() as session:
        plain = month_states(session, programme_id, *month)
    found = {person.member.number: person.state for person in grid.people}
    assert {row.number: row.state for row in pay} == found
    assert {plain[person.member.appointment_id] for person in grid.people} == set(found.values())
    return found


def pay_out(database: Database, programme_id: int, appointment_id: int) -> None:
    with unit_of_work(database, "test.pay", actor="test") as act:
        newest = act.session.scalars(
            select(PayStatement)
            .where(PayStatement.appointment_id == appointment_id)
            .order_by(PayStatement.edition.desc())
        ).first()
        assert newest is not None
        act.session.add(
            Payment(
                statement_id=newest.id,
                programme_id=programme_id,
                paid_on=date(2025, 1, 21),
                yen=newest.net_yen,
                method="other",
                recorded_at=act.now,
                actor="test",
            )
        )
        act.commit()


def test_everybody_begins_open(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    assert set(states(database, programme_id).values()) == {MonthState.OPEN}


def test_closing_and_opening_again(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    mine = [four[YUI].appointment_id]
    close_month(database, programme_id=programme_id, year=YEAR, month=MONTH, appointment_ids=mine)
    found = states(database, programme_id)
    assert found.pop(YUI) is MonthState.CLOSED
    assert set(found.values()) == {MonthState.OPEN}
    assert set(states(database, programme_id, (2025, 1)).values()) == {MonthState.OPEN}
    reopen_month(database, programme_id=programme_id, year=YEAR, month=MONTH, reason="訂正")
    assert states(database, programme_id)[YUI] is MonthState.OPEN


def test_confirmed_as_long_as_the_time_is_what_was_confirmed(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    confirm_month(
        database,
        programme_id=programme_id,
        year=YEAR,
        month=MONTH,
        appointment_ids=[four[YUI].appointment_id, four[MISAKI].appointment_id],
        confirmed_on=date(2024, 12, 27),
        confirmed_by="子育て企画課長",
    )
    assert states(database, programme_id)[YUI] is MonthState.CONFIRMED
    assert states(database, programme_id)[RYOSUKE] is MonthState.OPEN
    assert states(database, programme_id, (2025, 1))[YUI] is MonthState.OPEN
    # Days around the month are not part of what was confirmed.
    work(database, programme_id, four[YUI], (date(2025, 1, 6),), "半")
    assert states(database, programme_id)[YUI] is MonthState.CONFIRMED
    work(database, programme_id, four[YUI], (date(2024, 12, 5),), "半")
    found = states(database, programme_id)
    assert (found[YUI], found[MISAKI]) == (MonthState.OPEN, MonthState.CONFIRMED)
    close_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
    assert states(database, programme_id)[MISAKI] is MonthState.CLOSED


def test_paid_says_more_than_closed(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    close_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
    issue_statements(database, programme_id=programme_id, year=YEAR, month=MONTH)
    pay_out(database, programme_id, four[RYOSUKE].appointment_id)
    found = states(database, programme_id)
    assert found[RYOSUKE] is MonthState.PAID
    assert found[YUI] is MonthState.CLOSED
    assert found[SAKURA] is MonthState.OPEN  # over the cap, and nobody has said why
