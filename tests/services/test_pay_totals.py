"""Statements, register, file for the bank and payments agree, and whoever disagrees is found."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from appointed import Person, add_people, staff
from register_scene import (
    MISAKI,
    NET,
    PAY_DAY,
    RYOSUKE,
    SAKURA,
    TODAY,
    TOTAL,
    YUI,
    Month,
    add_account,
    change_statement,
    close,
    pay,
    reopen,
    set_consignor,
    state,
    stated_month,
)

from fujisawa_desktop.exchange.zengin import contents_of
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import open_days
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.pay_totals import PayTotals, Total, pay_totals
from fujisawa_desktop.services.transfer_file import write_transfer

DAYS = open_days(date(2024, 12, 2), date(2024, 12, 27))
ENTRIES = ("終", "半", "9-11:50", "9:10-12", "13-16", "9-15:45", "9-11, 13-15:20")


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


def totals(month: Month) -> PayTotals:
    return pay_totals(month.database, **month.args)


def codes(month: Month) -> dict[str, tuple[str, ...]]:
    return {one.number: one.codes for one in totals(month).people}


def test_before_anything_is_paid(month: Month) -> None:
    found = totals(month)
    assert found.stated == found.register == found.transfer == Total(4, TOTAL)
    assert found.paid == Total(0, 0)
    assert found.agree
    assert found.people == ()


def test_a_month_that_is_still_open_agrees_too(month: Month) -> None:
    reopen(month)
    assert totals(month).agree
    assert totals(month).transfer == Total(4, TOTAL)


def test_all_four_agree_when_all_are_paid(month: Month) -> None:
    for number in NET:
        pay(month, number)
    found = totals(month)
    assert found.stated == found.register == found.transfer == found.paid == Total(4, TOTAL)
    assert found.agree


@pytest.mark.parametrize(
    ("spoil", "number", "expected"),
    [
        (lambda m: add_account(m, YUI, confirmed_at=None), YUI, ("totals.not-transferred",)),
        (lambda m: pay(m, RYOSUKE), YUI, ("totals.not-paid",)),
        (lambda m: pay(m, YUI, yen=10_000), YUI, ("totals.paid-differs",)),
        (lambda m: pay(m, YUI, method="other"), YUI, ("totals.paid-otherwise",)),
        (
            lambda m: change_statement(m, YUI, tax_yen=5),
            YUI,
            ("register.differs", "register.sum-wrong", "totals.not-transferred"),
        ),
    ],
)
def test_every_disagreement_is_found_and_named(
    month: Month, spoil: Callable[[Month], None], number: str, expected: tuple[str, ...]
) -> None:
    spoil(month)
    assert codes(month)[number] == expected


def test_each_total_comes_from_its_own_source(month: Month) -> None:
    change_statement(month, YUI, tax_yen=5)
    found = totals(month)
    assert (found.stated.yen, found.register.yen, found.transfer.yen) == (TOTAL, TOTAL - 5, TOTAL - NET[YUI])


def test_what_explains_a_difference_is_no_mistake(month: Month) -> None:
    for number in (RYOSUKE, SAKURA, MISAKI):
        pay(month, number)
    pay(month, YUI, method="other")
    found = totals(month)
    assert found.agree
    assert (found.transfer, found.paid) == (Total(3, TOTAL - NET[YUI]), Total(4, TOTAL))
    assert codes(month) == {YUI: ("totals.paid-otherwise",)}


def random_month(database: Database, programme_id: int, chance: random.Random) -> Month:
    """Somebody's month as it may be: any hours, rates of the programme, everybody with an account."""
    people = tuple(
        Person(f"R{number:04d}", f"試験　{number}", f"シケン {'アイウエオカキク'[number]}", number % 2)
        for number in range(chance.randint(1, 6))
    )
    add_people(database, programme_id, people)
    appoint(database, programme_id=programme_id, accept=True, actor="test")
    month = Month(database, programme_id, staff(database, programme_id))
    for member in month.people.values():
        for day in chance.sample(DAYS, chance.randint(0, 9)):
            enter_hours(
                database,
                programme_id=programme_id,
                places=[(member.appointment_id, day)],
                kind=ShiftKind.WORKED,
                text=chance.choice(ENTRIES),
                actor="test",
            )
    state(month)
    close(month)
    for number in month.people:
        add_account(month, number)
    set_consignor(month)
    return month


@pytest.mark.parametrize("seed", range(6))
def test_random_months_agree_and_a_seeded_disagreement_is_found(
    database: Database, programme_id: int, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    month = random_month(database, programme_id, chance)
    target = tmp_path / "transfer.txt"
    before = totals(month)
    assert before.agree
    assert before.stated == before.register
    assert before.transfer == before.stated
    if before.stated.yen:
        write_transfer(database, **month.args, pay_date=PAY_DAY, path=target, today=TODAY)
        assert contents_of(target.read_bytes()).yen == before.stated.yen
    seeded = chance.choice(list(month.people))
    for number in month.people:
        pay(month, number, yen=None if number != seeded else 999_999)
    after = totals(month)
    assert [one.number for one in after.mistaken] == [seeded]
    assert after.paid.yen != after.stated.yen
