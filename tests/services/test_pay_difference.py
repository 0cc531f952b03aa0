"""What a new computation would replace, shown before it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, sample_december, work
from sqlalchemy import select

from fujisawa_desktop.models import Appointment, AppointmentRate, PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.pay_difference import Changed, DayChange, PayDifference, pay_differences
from fujisawa_desktop.services.payments import mark_paid
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
YEAR, MONTH = DECEMBER


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    found = sample_december(database, programme_id)
    issue_statements(database, programme_id=programme_id, year=YEAR, month=MONTH)
    return found


def differences(database: Database, programme_id: int, **options: object) -> list[PayDifference]:
    values = {"year": YEAR, "month": MONTH, **options}
    return pay_differences(database, programme_id=programme_id, **values)


def amounts(difference: PayDifference) -> dict[str, tuple[int, int | None]]:
    return {amount.name: (amount.before, amount.after) for amount in difference.amounts}


def set_terms(database: Database, member: Member, **values: object) -> None:
    form = terms_form(database, appointment_id=member.appointment_id)
    save_terms(database, form=replace(form, **values))


@pytest.mark.usefixtures("four")
def test_nothing_when_the_amounts_hold(database: Database, programme_id: int) -> None:
    assert differences(database, programme_id) == []


def test_hours(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    work(database, programme_id, four[YUI], TEN_DAYS[:1], "半")
    work(database, programme_id, four[YUI], (date(2024, 12, 11),), "9-10")
    (found,) = differences(database, programme_id)
    assert (found.number, found.edition, found.is_paid, found.changed) == (YUI, 1, False, (Changed.HOURS,))
    assert amounts(found) == {
        "minutes": (510, 580),
        "pay": (10_693, 12_161),
        "net": (10_693, 12_161),
    }
    assert found.days == (
        DayChange(date(2024, 12, 2), 170, 180),
        DayChange(date(2024, 12, 11), 0, 60),
    )
    assert differences(database, programme_id, numbers=[RYOSUKE]) == []
    assert found.net is not None


def test_hours_that_moved_to_another_time_leave_the_amounts(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    work(database, programme_id, four[YUI], TEN_DAYS[:1], "10-12:50")
    assert differences(database, programme_id) == []


def test_commuting(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    set_terms(database, four[YUI], commuting_mode=CommutingMode.PER_DAY, round_trip_yen=840)
    (found,) = differences(database, programme_id)
    assert found.changed == (Changed.COMMUTING,)
    assert amounts(found) == {"commuting": (0, 2_520), "net": (10_693, 13_213)}


def test_the_tax_column(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    set_terms(database, four[YUI], tax_column=TaxColumn.OTSU)
    (found,) = differences(database, programme_id)
    assert (found.changed, amounts(found)) == (
        (Changed.TAX_COLUMN,),
        {"tax": (0, 327), "net": (10_693, 10_366)},
    )
    set_terms(database, four[YUI], tax_column=TaxColumn.MANUAL)
    assert amounts(differences(database, programme_id)[0]) == {"tax": (0, None), "net": (10_693, None)}
    typed = differences(database, programme_id, manual_tax={four[YUI].appointment_id: 100})
    assert amounts(typed[0]) == {"tax": (0, 100), "net": (10_693, 10_593)}


def test_insurance_and_rounding(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    set_terms(database, four[YUI], employment_insurance=True)
    assert differences(database, programme_id)[0].changed == (Changed.INSURANCE,)
    with unit_of_work(database, "test", actor="test") as act:
        act.session.scalars(
            select(Appointment).where(Appointment.id == four[RYOSUKE].appointment_id)
        ).one().pay_rounding = "C"
        act.commit()
    assert differences(database, programme_id)[0].changed == (Changed.ROUNDING,)


def test_the_rate(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        act.session.add(
            AppointmentRate(appointment_id=four[YUI].appointment_id, from_day=date(2024, 12, 4), yen=1300)
        )
        act.commit()
    assert differences(database, programme_id)[0].changed == (Changed.RATE,)


def test_corrections_of_earlier_months(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    close_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
    issue_statements(database, programme_id=programme_id, year=2025, month=1, numbers=[MISAKI])
    correct_day(
        database, form=CorrectionForm(programme_id, four[YUI].appointment_id, TEN_DAYS[0], "終", "誤記")
    )
    assert differences(database, programme_id, year=2025, month=1) == []  # never stated: nothing to replace
    issue_statements(database, programme_id=programme_id, year=2025, month=1, numbers=[YUI])
    assert differences(database, programme_id, year=2025, month=1) == []


def test_nothing_of_the_person_changed(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        mine = PayStatement.appointment_id == four[YUI].appointment_id
        act.session.scalars(select(PayStatement).where(mine)).one().tax_yen = 5
        act.commit()
    (found,) = differences(database, programme_id)
    assert found.changed == (Changed.FIGURES,)


def test_what_was_paid_says_so(database: Database, programme_id: int, four: dict[str, Member]) -> None:
    close_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
    mark_paid(
        database,
        programme_id=programme_id,
        year=YEAR,
        month=MONTH,
        paid_on=date(2025, 1, 21),
        appointment_ids=[four[YUI].appointment_id],
    )
    set_terms(database, four[YUI], tax_column=TaxColumn.OTSU)
    assert differences(database, programme_id)[0].is_paid
