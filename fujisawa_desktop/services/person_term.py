"""One appointed person over the whole term: each month's hours and pay, statements, corrections, papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import add_months
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.services.hand_ins import HandInRow, hand_ins_of
from fujisawa_desktop.services.hours import PersonMonth, person_month
from fujisawa_desktop.services.pay_corrections import DayCorrection, day_corrections
from fujisawa_desktop.services.pay_details import StatedMonth, stated_months
from fujisawa_desktop.services.pay_rows import PayRow, load_month, pay_row
from fujisawa_desktop.services.staff import Member, members, work_terms


@dataclass(frozen=True, slots=True)
class TermMonth:
    """One month of the person: hours, and pay as computed now."""

    year: int
    month: int
    person: PersonMonth
    pay: PayRow


@dataclass(frozen=True, slots=True)
class PersonTerm:
    """Everything about one person's work and pay.

    Attributes:
        months: those of the term, and later ones that pay a correction only have no hours and are left out.
        statements: every edition, the latest month and edition first.
        corrections: of closed months, in order of day and edition.
        hand_ins: papers to hand in, in the order of the list.
    """

    member: Member
    months: tuple[TermMonth, ...]
    patterns: tuple[WorkPattern, ...]
    statements: tuple[StatedMonth, ...]
    corrections: tuple[DayCorrection, ...]
    hand_ins: tuple[HandInRow, ...]


def person_term(database: Database, *, programme_id: int, appointment_id: int) -> PersonTerm:
    """Return one person's whole term.

    Raises:
        NotFoundError: ``programme.none``, or ``appointment.missing``.
        RuleError: ``pay.no-rate`` when somebody worked before the first rate begins.
    """
    with database.read() as session:
        found = members(session, programme_id, appointment_ids=[appointment_id])
        if not found:
            raise NotFoundError("appointment.missing")
        hand_ins = hand_ins_of(session, programme_id, appointment_ids=[appointment_id])
        corrections = day_corrections(session, programme_id, appointment_ids=[appointment_id])
        patterns = work_terms(session, programme_id).patterns
    member = found[0]
    return PersonTerm(
        member=member,
        months=tuple(_months_of(database, programme_id, member)),
        patterns=patterns,
        statements=tuple(stated_months(database, appointment_id=appointment_id)),
        corrections=corrections.get(appointment_id, ()),
        hand_ins=hand_ins.get(appointment_id, ()),
    )


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    at = first.replace(day=1)
    while at <= last:
        yield at.year, at.month
        at = add_months(at, 1)


def _months_of(database: Database, programme_id: int, member: Member) -> Iterator[TermMonth]:
    own = member.appointment_id
    for year, month in _months(member.rules.first, member.rules.last):
        person = person_month(database, programme_id=programme_id, appointment_id=own, year=year, month=month)
        with database.read() as session:
            data = load_month(session, programme_id, year, month, appointment_ids=[own])
        if person is not None and data.staff:
            yield TermMonth(year, month, person, pay_row(data, data.staff[0]))
