"""支払額一覧（年間）: what was paid to whom in a calendar year, the basis for the 源泉徴収票.

The year is that of the payment, not that of the work.  The 票 itself is made by the office in charge of
salaries, with the My Number that is stored nowhere here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Appointment, Course
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import add_months
from fujisawa_desktop.services.stated_pay import StatedPay, all_stated_pay, paid_statements


@dataclass(frozen=True, slots=True)
class YearRow:
    """What one person was paid in a year, in yen.

    Attributes:
        address: as it is stored now; the one of January 1 has to be asked for.
        months: months of work that were paid, in their order.
        taxable: 支払金額: pay and taxed commuting expenses.
        free: commuting expenses that are not taxed.
        tax_columns: columns of the tax table that were used.
        paid: what was recorded as paid.
    """

    appointment_id: int
    applicant_id: int
    number: str
    name: str
    kana: str
    postcode: str
    address: str
    course: str
    department: str
    term_from: date
    term_until: date
    left_on: date | None
    first_paid: date
    last_paid: date
    months: tuple[tuple[int, int], ...]
    taxable: int
    free: int
    tax: int
    insurance: int
    tax_columns: tuple[str, ...]
    paid: int

    @property
    def net(self) -> int:
        """What the columns come to."""
        return self.taxable + self.free - self.tax - self.insurance


@dataclass(frozen=True, slots=True)
class Open:
    """A month of somebody that was stated but not paid, or paid otherwise than stated."""

    appointment_id: int
    number: str
    name: str
    year: int
    month: int
    yen: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The payments of a calendar year.

    Attributes:
        rows: who was paid, in the order of kana.
        unpaid: what was stated and is to be paid in this year, and was not.
        differing: what was paid otherwise than stated.
    """

    programme_id: int
    year: int
    rows: tuple[YearRow, ...]
    unpaid: tuple[Open, ...]
    differing: tuple[Open, ...]

    @property
    def taxable(self) -> int:
        """支払金額 of all together."""
        return sum(row.taxable for row in self.rows)

    @property
    def free(self) -> int:
        """Commuting expenses of all together that are not taxed."""
        return sum(row.free for row in self.rows)

    @property
    def tax(self) -> int:
        """Tax of all together."""
        return sum(row.tax for row in self.rows)

    @property
    def insurance(self) -> int:
        """Insurance of all together."""
        return sum(row.insurance for row in self.rows)


def year_end(database: Database, *, programme_id: int, year: int) -> YearEnd:
    """Return what a programme paid in a calendar year."""
    with database.read() as session:
        return year_end_in(session, programme_id, year)


def year_end_in(session: Session, programme_id: int, year: int) -> YearEnd:
    """Return the same, for services that hold a session."""
    paid = [row for row in paid_statements(session, programme_id) if _paid_on(row).year == year]
    return YearEnd(
        programme_id=programme_id,
        year=year,
        rows=tuple(_rows(session, programme_id, paid)),
        unpaid=tuple(
            _open(row)
            for row in all_stated_pay(session, programme_id)
            if row.paid is None and row.net and due_on(row).year == year
        ),
        differing=tuple(_open(row) for row in paid if row.paid is not None and row.paid.yen != row.net),
    )


def payment_years(database: Database, *, programme_id: int) -> list[int]:
    """Return the calendar years in which something was paid or is to be paid, the latest first."""
    with database.read() as session:
        return payment_years_in(session, programme_id)


def payment_years_in(session: Session, programme_id: int) -> list[int]:
    """Return the same, for services that hold a session."""
    years = {_paid_on(row).year for row in paid_statements(session, programme_id)}
    years |= {due_on(row).year for row in all_stated_pay(session, programme_id) if row.paid is None}
    return sorted(years, reverse=True)


def due_on(row: StatedPay) -> date:
    """Return when a statement is to be paid: the day it names, else some day of the month after the work."""
    return row.pay_day or add_months(date(row.year, row.month, 1), 1)


def _paid_on(row: StatedPay) -> date:
    return row.paid.paid_on if row.paid is not None else due_on(row)


def _open(row: StatedPay) -> Open:
    return Open(row.appointment_id, row.number, row.name, row.year, row.month, row.net)


def _rows(session: Session, programme_id: int, paid: Sequence[StatedPay]) -> Iterable[YearRow]:
    by_person: dict[int, list[StatedPay]] = {}
    for one in paid:
        by_person.setdefault(one.appointment_id, []).append(one)
    query = (
        select(Appointment, Applicant, Course.name)
        .join(Applicant, Applicant.id == Appointment.applicant_id)
        .join(Course, Course.id == Appointment.course_id)
        .where(Appointment.programme_id == programme_id)
        .order_by(Applicant.sort_key, Appointment.id)
    )
    for terms, person, course in session.execute(query):
        if terms.id in by_person:
            yield _row(terms, person, course, by_person[terms.id])


def _row(terms: Appointment, person: Applicant, course: str, months: Sequence[StatedPay]) -> YearRow:
    days = [_paid_on(one) for one in months]
    return YearRow(
        appointment_id=terms.id,
        applicant_id=person.id,
        number=months[-1].number,
        name=person.name,
        kana=person.kana,
        postcode=person.postcode,
        address=" ".join(person.address.split("\n")),
        course=course,
        department=terms.host_department,
        term_from=terms.term_from,
        term_until=terms.term_until,
        left_on=terms.left_on,
        first_paid=min(days),
        last_paid=max(days),
        months=tuple(sorted((one.year, one.month) for one in months)),
        taxable=sum(one.all_pay + one.taxed_commuting for one in months),
        free=sum(one.free_commuting for one in months),
        tax=sum(one.tax for one in months),
        insurance=sum(one.insurance for one in months),
        tax_columns=tuple(dict.fromkeys(one.tax_column for one in months)),
        paid=sum(one.paid.yen for one in months if one.paid is not None),
    )
