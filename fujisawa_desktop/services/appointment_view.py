"""Everything about one appointment at a glance, and the list of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Appointment, Programme, TransferAccount
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.appointing import SAID_ONLY, AppointmentFacts, appointing_findings
from fujisawa_desktop.rules.hand_ins import HandInState
from fujisawa_desktop.rules.hours import Finding, expected_by_day, minutes_by_day, week_of
from fujisawa_desktop.rules.insurance import StudentType
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.rules.term import conditional_until
from fujisawa_desktop.services.hand_ins import HandInRow, hand_ins_of
from fujisawa_desktop.services.staff import (
    Member,
    StoredShift,
    WorkTerms,
    members,
    person_shifts,
    shifts_of,
    work_terms,
)
from fujisawa_desktop.services.terms_editions import Edition, editions_of
from fujisawa_desktop.services.usual_week import week_minutes

_MISSING: Final = frozenset({HandInState.MISSING, HandInState.OVERDUE})


@dataclass(frozen=True, slots=True)
class AppointedRow:
    """One line of the list.

    Attributes:
        missing, overdue: how many papers are needed and have not come; the overdue ones are among both.
        has_account: the account is stored and was compared with its paper.
        to_check: how many warnings there are.
        left_on: last day of somebody who left, or None.
    """

    member: Member
    missing: int
    overdue: int
    has_account: bool
    to_check: int
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Conditional:
    """条件付採用: until when as it looks now, after so many days worked of so many needed."""

    until: date
    worked_days: int
    needed_days: int | None


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """One appointment.

    Attributes:
        member: who it is, and the terms as agreed, rates with their days among them.
        version: of the appointment, for what is saved.
        student: None while nobody asked.
        usual_minutes: of the usual week.
        patterns: usual days of the programme.
        hand_ins: in the order of the list.
        account_stored, account_confirmed: what is known of the account.
        conditional: the conditional period.
        findings: what should be looked into; each rests on a rule.
        editions: changes of the terms, the newest first.
        last_worked: last day on which work is recorded.
    """

    member: Member
    version: int
    student: StudentType | None
    needs_permit: bool
    permit_until: date | None
    other_week_minutes: int | None
    left_on: date | None
    leaving_reason: str
    usual_minutes: int
    patterns: tuple[WorkPattern, ...]
    hand_ins: tuple[HandInRow, ...]
    account_stored: bool
    account_confirmed: bool
    conditional: Conditional
    findings: tuple[Finding, ...]
    editions: tuple[Edition, ...]
    last_worked: date | None


def appointment_list(database: Database, *, programme_id: int, today: date) -> tuple[AppointedRow, ...]:
    """Return everybody appointed in the programme with what is missing, in order of kana.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        terms = work_terms(session, programme_id)
        staff = members(session, programme_id)
        papers = hand_ins_of(session, programme_id)
        shifts = shifts_of(session, programme_id)
        rows = _rows(session, programme_id)
        confirmed = _accounts(session, rows)
        found = []
        for member in staff:
            row = rows[member.appointment_id]
            states = Counter(one.state(today) for one in papers[row.id])
            findings = _findings(row, member, terms, shifts.get(row.id, ()))
            found.append(
                AppointedRow(
                    member=member,
                    missing=sum(states[state] for state in _MISSING),
                    overdue=states[HandInState.OVERDUE],
                    has_account=confirmed.get(row.id, False),
                    to_check=sum(finding.code not in SAID_ONLY for finding in findings),
                    left_on=row.left_on,
                )
            )
    return tuple(found)


def appointment_view(database: Database, *, appointment_id: int) -> AppointmentView:
    """Return one appointment.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        row = session.get(Appointment, appointment_id)
        if row is None:
            raise NotFoundError("appointment.missing")
        terms = work_terms(session, row.programme_id)
        (member,) = members(session, row.programme_id, appointment_ids=[row.id])
        stored = shifts_of(session, row.programme_id, appointment_ids=[row.id]).get(row.id, [])
        worked = sorted(minutes_by_day(person_shifts(stored).worked))
        needed = session.get_one(Programme, row.programme_id).probation_days
        confirmed = _accounts(session, [row.id])
        return AppointmentView(
            member=member,
            version=row.version,
            student=_student(row),
            needs_permit=row.needs_permit,
            permit_until=row.permit_until,
            other_week_minutes=row.other_week_minutes,
            left_on=row.left_on,
            leaving_reason=row.leaving_reason,
            usual_minutes=week_minutes(member.usual_week, terms.patterns),
            patterns=terms.patterns,
            hand_ins=hand_ins_of(session, row.programme_id, appointment_ids=[row.id])[row.id],
            account_stored=row.id in confirmed,
            account_confirmed=confirmed.get(row.id, False),
            conditional=Conditional(
                conditional_until(row.term_from, member.rules.last, worked, needed_days=needed),
                len(worked),
                needed,
            ),
            findings=tuple(_findings(row, member, terms, stored)),
            editions=editions_of(session, row.id),
            last_worked=worked[-1] if worked else None,
        )


def _findings(
    row: Appointment, member: Member, terms: WorkTerms, stored: Iterable[StoredShift]
) -> list[Finding]:
    weeks: Counter[date] = Counter()
    for day, minutes in expected_by_day(person_shifts(stored)).items():
        weeks[week_of(day)] += minutes
    longest = max((pattern.minutes for pattern in terms.patterns), default=0)
    return appointing_findings(
        AppointmentFacts(
            term_from=row.term_from,
            term_until=row.term_until,
            rates=member.rates,
            minimum_wages=terms.minimum_wages,
            week_most=row.week_days_max * longest,
            usual_week=week_minutes(member.usual_week, terms.patterns),
            weeks=weeks,
            other_week=row.other_week_minutes,
            student=_student(row),
            insured=row.employment_insurance,
            needs_permit=row.needs_permit,
            permit_until=row.permit_until,
            tax_column=member.tax_column,
        )
    )


def _student(row: Appointment) -> StudentType | None:
    return StudentType(row.student_type) if row.student_type else None


def _rows(session: Session, programme_id: int) -> dict[int, Appointment]:
    query = select(Appointment).where(Appointment.programme_id == programme_id)
    return {row.id: row for row in session.scalars(query)}


def _accounts(session: Session, appointment_ids: Iterable[int]) -> dict[int, bool]:
    """Return by appointment whether the account that is stored was compared with its paper."""
    wanted = set(appointment_ids)
    query = select(TransferAccount.appointment_id, TransferAccount.confirmed_at)
    return {key: at is not None for key, at in session.execute(query) if key in wanted}
