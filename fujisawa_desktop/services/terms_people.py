"""Appointed people with all that a paper about their terms says; shared by papers and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Appointment, Course
from fujisawa_desktop.rules.calendar import era_fiscal_year
from fujisawa_desktop.rules.commuting import CommutingMode, CommutingRule
from fujisawa_desktop.rules.hours import Cap
from fujisawa_desktop.rules.pay import Rate, Rounding
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.condition_texts import TermsFacts, condition_texts, condition_values
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.programme_view import ProgrammeView
from fujisawa_desktop.services.staff import Member, members


@dataclass(frozen=True, slots=True)
class TermsPerson:
    """One appointed person.

    Attributes:
        member: who it is, and the terms as agreed.
        application_id: what was applied for.
        birth_date: None when it is not stored.
        facts: what the terms are.
        own: items that are otherwise than the programme says, by key.
    """

    member: Member
    application_id: int
    birth_date: date | None
    facts: TermsFacts
    own: Mapping[str, str]


def terms_people(
    session: Session, programme: ProgrammeView, *, appointment_id: int | None = None
) -> list[TermsPerson]:
    """Return everybody appointed, or only one, in order of kana."""
    ids = None if appointment_id is None else [appointment_id]
    staff = members(session, programme.id, appointment_ids=ids)
    query = (
        select(Appointment, Applicant.birth_date, Course)
        .join(Applicant, Applicant.id == Appointment.applicant_id)
        .join(Course, Course.id == Appointment.course_id)
        .where(Appointment.programme_id == programme.id)
    )
    rows = {row[0].id: row for row in session.execute(query)}
    people = []
    for member in staff:
        appointment, birth_date, course = rows[member.appointment_id]
        people.append(
            TermsPerson(
                member,
                appointment.application_id,
                birth_date,
                _facts(programme, course, member),
                dict(appointment.conditions),
            )
        )
    return people


def _facts(programme: ProgrammeView, course: Course, member: Member) -> TermsFacts:
    rules = member.rules
    return TermsFacts(
        municipality=programme.municipality,
        employment_kind=programme.employment_kind,
        term_from=rules.first,
        term_until=member.agreed_until,
        host_department=member.host_department,
        workplace=member.workplace,
        course=course.name,
        contents=course.contents,
        duties=course.duties,
        patterns=programme.patterns,
        week_days_min=programme.week_days_min,
        week_days_max=rules.week_days_max or programme.week_days_max,
        cap=rules.cap,
        closed_days=programme.closed_days,
        rates=member.rates,
        rounding=member.rounding,
        pay_day=programme.pay_day,
        pay_month_offset=programme.pay_month_offset,
        commuting=member.commuting,
        tax_column=member.tax_column,
        insured=member.insured,
    )


def programme_facts(programme: ProgrammeView, course: Course) -> TermsFacts:
    """Return the terms that somebody would be appointed on for a course."""
    return TermsFacts(
        municipality=programme.municipality,
        employment_kind=programme.employment_kind,
        term_from=programme.term_from,
        term_until=programme.term_until,
        host_department=course.host_department,
        workplace=programme.workplace,
        course=course.name,
        contents=course.contents,
        duties=course.duties,
        patterns=programme.patterns,
        week_days_min=programme.week_days_min,
        week_days_max=programme.week_days_max,
        cap=Cap(programme.cap_minutes, programme.cap_inclusive),
        closed_days=programme.closed_days,
        rates=tuple(Rate(rate.from_day, rate.yen) for rate in programme.rates),
        rounding=Rounding(programme.pay_rounding),
        pay_day=programme.pay_day,
        pay_month_offset=programme.pay_month_offset,
        commuting=CommutingRule(CommutingMode(programme.commuting_mode), cap=programme.commuting_cap_yen),
        tax_column=TaxColumn(programme.tax_column),
        insured=False,
    )


def person_values(
    words: Wording, programme: ProgrammeView, person: TermsPerson, *, since: date | None = None
) -> dict[str, str]:
    """Return what the placeholders of a person's items stand for."""
    return {
        **programme_values(programme),
        **condition_values(words, person.facts, since=since),
        "氏名": person.member.name,
        "受付番号": person.member.number,
    }


def programme_values(programme: ProgrammeView) -> dict[str, str]:
    """Return what placeholders stand for that are the same for everybody."""
    return {"年度": era_fiscal_year(programme.fiscal_year), "実施回名": programme.title}


def person_texts(
    words: Wording, programme: ProgrammeView, person: TermsPerson, *, since: date | None = None
) -> dict[str, str]:
    """Return every item of a person's terms as it is printed; "" for one that is empty."""
    values = person_values(words, programme, person, since=since)
    return condition_texts(words, person.own, programme.conditions, values)
