"""報酬支給台帳: a month's pay of everybody as it was stated, and who keeps it from being final.

The register is made from the stored statements alone.  The hours as they stand are read beside
them only to say whose statement is missing or no longer true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay import PayRow, pay_in
from fujisawa_desktop.services.stated_pay import StatedPay, stated_pay

NOT_STATED: Final = "register.not-stated"
DIFFERS: Final = "register.differs"
GONE: Final = "register.gone"
SUM_WRONG: Final = "register.sum-wrong"
_OPEN: Final = frozenset({MonthState.OPEN, MonthState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person's row is missing or not to be relied on; ``code`` is one of this module's."""

    appointment_id: int
    number: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows added up: how many, minutes and yen, column by column."""

    people: int
    days: int
    minutes: int
    pay: int
    premium: int
    corrected_pay: int
    commuting: int
    corrected_commuting: int
    taxed_commuting: int
    taxable: int
    tax: int
    insurance: int

    @property
    def net(self) -> int:
        """What the columns come to; not the sum of the stored nets, so that it tells when they differ."""
        gross = self.pay + self.corrected_pay + self.commuting + self.corrected_commuting
        return gross - self.tax - self.insurance


@dataclass(frozen=True, slots=True)
class CourseRows:
    """The rows of one course."""

    course_id: int
    course: str
    rows: tuple[StatedPay, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A month's register.

    Attributes:
        rows: who was stated, in the order of kana.
        doubts: who keeps the register from being final, and why; empty for a final one.
        hours_open: appointments whose hours of the month can still be changed.
    """

    programme_id: int
    year: int
    month: int
    rows: tuple[StatedPay, ...]
    doubts: tuple[Doubt, ...]
    hours_open: frozenset[int] = frozenset()

    @property
    def is_final(self) -> bool:
        """Whether everybody of the month is stated, as the hours stand."""
        return not self.doubts

    def doubts_of(self, appointment_id: int) -> tuple[Doubt, ...]:
        """Return what is to be said of one person."""
        return tuple(doubt for doubt in self.doubts if doubt.appointment_id == appointment_id)

    def courses(self) -> list[CourseRows]:
        """Return the rows course by course."""
        found: dict[int, list[StatedPay]] = {}
        for row in self.rows:
            found.setdefault(row.course_id, []).append(row)
        return [CourseRows(key, rows[0].course, tuple(rows)) for key, rows in sorted(found.items())]


def register_rows(database: Database, *, programme_id: int, year: int, month: int) -> Register:
    """Return the register of a month of work, from the stored statements.

    Raises:
        NotFoundError: ``programme.none``.
        RuleError: ``pay.no-rate`` when somebody worked before the first rate begins.
    """
    with database.read() as session:
        return register_in(session, database, programme_id, year, month)


def register_in(session: Session, database: Database, programme_id: int, year: int, month: int) -> Register:
    """Return the register, for services that hold a session; raises as :func:`register_rows`."""
    rows = stated_pay(session, programme_id, year, month)
    expected = pay_in(session, database, programme_id, year, month)
    doubts = tuple(_doubts(rows, expected))
    still_open = {row.appointment_id for row in expected if row.state in _OPEN}
    hours_open = frozenset(still_open & _working(session, programme_id, year, month))
    return Register(programme_id, year, month, tuple(rows), doubts, hours_open)


def sums(rows: Iterable[StatedPay]) -> Sums:
    """Return rows added up."""
    listed: Sequence[StatedPay] = tuple(rows)
    return Sums(
        people=len(listed),
        days=sum(row.days for row in listed),
        minutes=sum(row.minutes for row in listed),
        pay=sum(row.pay for row in listed),
        premium=sum(row.premium for row in listed),
        corrected_pay=sum(row.corrected_pay for row in listed),
        commuting=sum(row.commuting for row in listed),
        corrected_commuting=sum(row.corrected_commuting for row in listed),
        taxed_commuting=sum(row.taxed_commuting for row in listed),
        taxable=sum(row.taxable for row in listed),
        tax=sum(row.tax for row in listed),
        insurance=sum(row.insurance for row in listed),
    )


def _working(session: Session, programme_id: int, year: int, month: int) -> set[int]:
    """Return whose term touches the month; after the term there are no hours to close."""
    days = month_days(year, month)
    last = func.coalesce(Appointment.left_on, Appointment.term_until)
    query = select(Appointment.id).where(
        Appointment.programme_id == programme_id, Appointment.term_from <= days[-1], last >= days[0]
    )
    return set(session.scalars(query))


def _doubts(rows: Sequence[StatedPay], expected: Sequence[PayRow]) -> Iterable[Doubt]:
    """Yield who is not stated, whose statement is no longer true, and whose parts do not add up."""
    stated = {row.appointment_id: row for row in rows}
    listed = {row.appointment_id for row in expected}
    for now in expected:
        if now.appointment_id not in stated:
            yield Doubt(now.appointment_id, now.number, now.name, NOT_STATED)
        elif now.differs:
            yield Doubt(now.appointment_id, now.number, now.name, DIFFERS)
    for row in rows:
        if row.appointment_id not in listed:
            yield Doubt(row.appointment_id, row.number, row.name, GONE)
        if row.summed != row.net:
            yield Doubt(row.appointment_id, row.number, row.name, SUM_WRONG)
