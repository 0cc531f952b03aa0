"""Appointed people with their terms, as the rules want them; shared by hours, months and pay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Appointment,
    AppointmentRate,
    ClosedDay,
    Course,
    Entry,
    MonthClosing,
    Programme,
)
from fujisawa_desktop.models import WorkPattern as StoredPattern
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.commuting import CommutingMode, CommutingRule
from fujisawa_desktop.rules.hours import Cap, ShiftRules
from fujisawa_desktop.rules.pay import Rate, Rounding
from fujisawa_desktop.rules.premium import PremiumTerms
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.dated_figures import minimum_wages
from fujisawa_desktop.services.dated_terms import Past, held_on, past_terms
from fujisawa_desktop.services.shift_rows import StoredShift, person_shifts, shifts_of

__all__ = [
    "CapSource",
    "Member",
    "StoredShift",
    "WorkTerms",
    "closed_days",
    "closed_months",
    "members",
    "person_shifts",
    "shifts_of",
    "work_terms",
]


@dataclass(frozen=True, slots=True)
class Member:
    """One appointed person: who it is, and the terms as agreed."""

    appointment_id: int
    applicant_id: int
    entry_id: int
    number: str
    name: str
    kana: str
    course_name: str
    course_short: str
    course_sign: str
    host_department: str
    workplace: str
    rules: ShiftRules
    rates: tuple[Rate, ...]
    rounding: Rounding
    tax_column: TaxColumn
    commuting: CommutingRule
    insured: bool
    version: int
    usual_week: Mapping[int, str]
    """What the person usually works: weekday (0 is Monday) → entry as typed into the grid."""
    agreed_until: date
    """Last day of the term as agreed; ``rules.last`` is earlier for somebody who left."""
    past: tuple[Past, ...] = ()
    """Changes of the terms, the newest first."""

    def rules_in(self, month_of: date) -> ShiftRules:
        """Return the terms that hold at the end of the month of a day."""
        held = held_on(self.past, month_days(month_of.year, month_of.month)[-1])
        cap = self.rules.cap
        return replace(
            self.rules,
            cap=Cap(held.get("cap_minutes", cap.minutes), held.get("cap_inclusive", cap.inclusive)),
            week_days_max=held.get("week_days_max", self.rules.week_days_max),
        )


@dataclass(frozen=True, slots=True)
class CapSource:
    """A sentence of the programme's papers that names the cap, and how it reads."""

    document: str
    text: str
    inclusive: bool


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """What the programme says about work and pay for everybody."""

    programme_id: int
    first: date
    last: date
    closed_days: frozenset[date]
    patterns: tuple[WorkPattern, ...]
    cap: Cap
    cap_sources: tuple[CapSource, ...]
    pay_day: int | None
    pay_month_offset: int
    minimum_wages: tuple[Rate, ...]
    premium: PremiumTerms


def work_terms(session: Session, programme_id: int) -> WorkTerms:
    """Return the programme's terms of work.

    Raises:
        NotFoundError: ``programme.none``.
    """
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    patterns = session.scalars(
        select(StoredPattern)
        .where(StoredPattern.programme_id == programme_id)
        .order_by(StoredPattern.position)
    )
    return WorkTerms(
        programme_id=programme_id,
        first=programme.term_from,
        last=programme.term_until,
        closed_days=closed_days(session, programme_id),
        patterns=tuple(
            WorkPattern(row.sign, row.name, row.starts, row.ends, row.break_from, row.break_minutes)
            for row in patterns
        ),
        cap=Cap(programme.cap_minutes, programme.cap_inclusive),
        cap_sources=tuple(
            CapSource(source["document"], source["text"], source["inclusive"])
            for source in programme.cap_sources
        ),
        pay_day=programme.pay_day,
        pay_month_offset=programme.pay_month_offset,
        minimum_wages=minimum_wages(session, programme.minimum_wages),
        premium=premium_terms(programme),
    )


def premium_terms(programme: Programme) -> PremiumTerms:
    """Return from when on the programme pays a premium."""
    return PremiumTerms(
        programme.premium_day_minutes, programme.premium_week_minutes, programme.premium_percent
    )


def closed_days(session: Session, programme_id: int) -> frozenset[date]:
    """Return the city's own closed days."""
    return frozenset(session.scalars(select(ClosedDay.day).where(ClosedDay.programme_id == programme_id)))


def members(
    session: Session,
    programme_id: int,
    *,
    year_month: tuple[int, int] | None = None,
    appointment_ids: Iterable[int] | None = None,
    also: Collection[int] = (),
) -> list[Member]:
    """Return the appointed people in order of their kana.

    Args:
        session: an open session.
        programme_id: the programme.
        year_month: only those whose term touches this month, on the terms at its end.
        appointment_ids: only these.
        also: appointments that are wanted beside those of the month, though their term does not touch it.
    """
    query = (
        select(*_MEMBER_COLUMNS)
        .join(Applicant, Applicant.id == Appointment.applicant_id)
        .join(Application, Application.id == Appointment.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Course, Course.id == Appointment.course_id)
        .where(Appointment.programme_id == programme_id)
        .order_by(Applicant.sort_key, Appointment.id)
    )
    if appointment_ids is not None:
        query = query.where(Appointment.id.in_(sorted(set(appointment_ids))))
    if year_month is not None:
        days = month_days(*year_month)
        last = func.coalesce(Appointment.left_on, Appointment.term_until)
        touched = and_(Appointment.term_from <= days[-1], last >= days[0])
        query = query.where(or_(touched, Appointment.id.in_(sorted(also))) if also else touched)
    rows = session.execute(query).all()
    wanted = None if appointment_ids is None else [row.appointment_id for row in rows]
    rates = _rates(session, programme_id, wanted)
    closed = closed_days(session, programme_id)
    past = past_terms(session, programme_id, wanted)
    staff = [
        _member(row, rates.get(row.appointment_id, ()), closed, past.get(row.appointment_id, ()))
        for row in rows
    ]
    return staff if year_month is None else [_at_the_end_of(member, *year_month) for member in staff]


def _at_the_end_of(member: Member, year: int, month: int) -> Member:
    """Return somebody on the terms that hold on the last day of a month."""
    if not member.past:
        return member
    last = month_days(year, month)[-1]
    held = held_on(member.past, last)
    return replace(
        member,
        host_department=held.get("host_department", member.host_department),
        workplace=held.get("workplace", member.workplace),
        rules=member.rules_in(last),
    )


def _rates(
    session: Session, programme_id: int, appointment_ids: Collection[int] | None
) -> dict[int, tuple[Rate, ...]]:
    query = (
        select(AppointmentRate.appointment_id, AppointmentRate.from_day, AppointmentRate.yen)
        .join(Appointment, Appointment.id == AppointmentRate.appointment_id)
        .where(Appointment.programme_id == programme_id)
        .order_by(AppointmentRate.from_day)
    )
    if appointment_ids is not None:
        query = query.where(AppointmentRate.appointment_id.in_(appointment_ids))
    found: dict[int, tuple[Rate, ...]] = {}
    for appointment_id, from_day, yen in session.execute(query):
        found[appointment_id] = (*found.get(appointment_id, ()), Rate(from_day, yen))
    return found


# Columns instead of entities: a thousand people are read in a third of the time.
_MEMBER_COLUMNS: Final = (
    Appointment.id.label("appointment_id"),
    Appointment.applicant_id,
    Entry.id.label("entry_id"),
    Entry.number,
    func.coalesce(func.nullif(Applicant.name_official, ""), Applicant.name_entered).label("name"),
    Applicant.kana,
    Course.name.label("course_name"),
    Course.short_name.label("course_short"),
    Course.sign.label("course_sign"),
    Appointment.host_department,
    Appointment.workplace,
    Appointment.term_from,
    Appointment.term_until,
    Appointment.left_on,
    Appointment.cap_minutes,
    Appointment.cap_inclusive,
    Appointment.week_days_max,
    Appointment.pay_rounding,
    Appointment.tax_column,
    Appointment.commuting_mode,
    Appointment.round_trip_yen,
    Appointment.pass_yen,
    Appointment.commuting_cap_yen,
    Appointment.employment_insurance,
    Appointment.usual_week,
    Appointment.version,
)


def _member(row: Any, rates: Sequence[Rate], closed: frozenset[date], past: tuple[Past, ...]) -> Member:
    """Return a row of ``_MEMBER_COLUMNS`` as the rules want it."""
    return Member(
        appointment_id=row.appointment_id,
        applicant_id=row.applicant_id,
        entry_id=row.entry_id,
        number=row.number,
        name=row.name,
        kana=row.kana,
        course_name=row.course_name,
        course_short=row.course_short,
        course_sign=row.course_sign,
        host_department=row.host_department,
        workplace=row.workplace,
        rules=ShiftRules(
            row.term_from,
            row.left_on or row.term_until,
            Cap(row.cap_minutes, row.cap_inclusive),
            closed,
            row.week_days_max or None,
        ),
        rates=tuple(rates),
        rounding=Rounding(row.pay_rounding),
        tax_column=TaxColumn(row.tax_column),
        commuting=CommutingRule(
            CommutingMode(row.commuting_mode),
            row.round_trip_yen,
            row.pass_yen or 0,
            row.commuting_cap_yen,
        ),
        insured=row.employment_insurance,
        version=row.version,
        usual_week={int(weekday): str(entry) for weekday, entry in row.usual_week.items()},
        agreed_until=row.term_until,
        past=past,
    )


def closed_months(
    session: Session, programme_id: int, *, appointment_ids: Iterable[int] | None = None
) -> frozenset[tuple[int, int, int]]:
    """Return (appointment, year, month) of every month that is closed now."""
    query = (
        select(MonthClosing.appointment_id, MonthClosing.year, MonthClosing.month)
        .join(Appointment, Appointment.id == MonthClosing.appointment_id)
        .where(Appointment.programme_id == programme_id, MonthClosing.reopened_at.is_(None))
    )
    if appointment_ids is not None:
        query = query.where(MonthClosing.appointment_id.in_(sorted(set(appointment_ids))))
    return frozenset((row[0], row[1], row[2]) for row in session.execute(query))
