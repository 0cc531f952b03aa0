"""Appointing people on the programme's terms, and the terms of one person."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Appointment,
    AppointmentRate,
    Course,
    Entry,
    Programme,
    Reply,
    ReplyKind,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.hours import Finding
from fujisawa_desktop.rules.insurance import StudentType
from fujisawa_desktop.rules.pay import Rate, minimum_wage_findings, rate_on
from fujisawa_desktop.rules.selection import ApplicationStatus, check_move
from fujisawa_desktop.rules.tax import TaxColumn, default_column
from fujisawa_desktop.rules.term import check_term
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.dated_figures import minimum_wages
from fujisawa_desktop.services.hand_ins import add_hand_ins, circumstances, follow_terms
from fujisawa_desktop.services.rulings import standing_flags
from fujisawa_desktop.services.staff import Member, members
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_WEEK_MINUTES: Final = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who was not appointed, and why."""

    number: str
    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppointResult:
    """What became of an appointing act.

    Attributes:
        change: what was written.
        appointed: numbers of the people appointed now.
        already: numbers named that were appointed before.
        unanswered: how many announced passes have not answered yet.
        refused: those who could not be appointed.
        findings: what a clerk should look into about the terms.
    """

    change: ChangeSet
    appointed: tuple[str, ...]
    already: tuple[str, ...]
    unanswered: int
    refused: tuple[Refusal, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TermsForm:
    """What a clerk sets for one person: the way to the office, tax, insurance, and what the person told.

    Attributes:
        student: None while nobody asked.
        needs_permit: a foreign student, who needs a permit to work beside the studies.
        other_week_minutes: a week at other employers; None while nobody asked.
    """

    appointment_id: int
    version: int
    commuting_mode: CommutingMode
    round_trip_yen: int
    pass_yen: int
    commuting_cap_yen: int | None
    tax_column: TaxColumn
    employment_insurance: bool
    student: StudentType | None = None
    needs_permit: bool = False
    permit_until: date | None = None
    other_week_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    application: Application
    entry: Entry
    person: Applicant
    course: Course


def appoint(
    database: Database,
    *,
    programme_id: int,
    numbers: Sequence[str] | None = None,
    accept: bool = False,
    actor: str | None = None,
) -> AppointResult:
    """Make appointments of announced final passes that were accepted, all in one act.

    Args:
        database: the open database.
        programme_id: the programme.
        numbers: portal numbers; ``None`` means everybody who can be appointed.
        accept: record the acceptance of those who have not answered, in the same act.
        actor: who does it.

    Raises:
        NotFoundError: ``appoint.unknown-number``.
        RuleError: a person named cannot be appointed and nobody else was (``appoint.flag-stands``: a
            clerk said that a flag of the entry stands); or the terms of the programme themselves
            cannot stand.
    """
    with unit_of_work(database, "appoint", actor=actor) as work:
        programme = _programme(work.session, programme_id)
        rates, findings = _terms(work.session, programme)
        candidates = _candidates(work.session, programme_id, numbers)
        taken = {
            row.applicant_id: row.application_id
            for row in work.session.scalars(
                select(Appointment).where(Appointment.programme_id == programme_id)
            )
        }
        standing = standing_flags(work.session, [candidate.entry.id for candidate in candidates])
        appointed: list[str] = []
        rows: list[Appointment] = []
        already: list[str] = []
        refused: list[Refusal] = []
        for candidate in candidates:
            number = candidate.entry.number
            if candidate.application.status is ApplicationStatus.APPOINTED:
                already.append(number)
                continue
            refusal = _refusal(candidate, taken, standing, accept=accept)
            if refusal is not None:
                refused.append(Refusal(number, refusal, {"number": number}))
                continue
            _accept(work, candidate.application)
            rows.append(_add_appointment(work, programme, candidate, rates))
            taken[candidate.person.id] = candidate.application.id
            appointed.append(number)
        unanswered = [entry for entry in refused if entry.code == "appoint.not-accepted"]
        if numbers is None:  # people who have simply not answered yet are no failure of this act
            refused = [entry for entry in refused if entry.code != "appoint.not-accepted"]
        if refused and not appointed:
            raise RuleError(refused[0].code, **refused[0].params)
        add_hand_ins(work, rows)
        change = work.commit(count=len(appointed))
    return AppointResult(
        change, tuple(appointed), tuple(already), len(unanswered), tuple(refused), tuple(findings)
    )


def appointments(database: Database, programme_id: int) -> list[Member]:
    """Return everybody appointed in the programme, in order of kana."""
    with database.read() as session:
        return members(session, programme_id)


def terms_form(database: Database, *, appointment_id: int) -> TermsForm:
    """Return what can be set for one person.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        row = _appointment(session, appointment_id)
        return TermsForm(
            appointment_id=row.id,
            version=row.version,
            commuting_mode=CommutingMode(row.commuting_mode),
            round_trip_yen=row.round_trip_yen,
            pass_yen=row.pass_yen or 0,
            commuting_cap_yen=row.commuting_cap_yen,
            tax_column=TaxColumn(row.tax_column),
            employment_insurance=row.employment_insurance,
            student=StudentType(row.student_type) if row.student_type else None,
            needs_permit=row.needs_permit,
            permit_until=row.permit_until,
            other_week_minutes=row.other_week_minutes,
        )


def save_terms(database: Database, *, form: TermsForm, actor: str | None = None) -> ChangeSet:
    """Store what a clerk set for one person; pay is computed anew from it.

    Where it changes which papers are needed (扶養控除等申告書 for 甲欄, a permit), the same act says so.

    Raises:
        ValidationError: a negative amount, a way of refunding without its fare or pass, more hours than
            a week has, or the last day of a permit that is not needed.
        ConflictError: somebody else changed the same terms meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    _check_form(form)
    with unit_of_work(database, "appointment.terms", actor=actor) as work:
        row = _appointment(work.session, form.appointment_id)
        if row.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        before = circumstances(row, _programme(work.session, row.programme_id))
        row.commuting_mode = form.commuting_mode.value
        row.round_trip_yen = form.round_trip_yen
        row.pass_yen = form.pass_yen or None
        row.commuting_cap_yen = form.commuting_cap_yen
        row.tax_column = form.tax_column.value
        row.employment_insurance = form.employment_insurance
        row.student_type = form.student.value if form.student is not None else ""
        row.needs_permit, row.permit_until = form.needs_permit, form.permit_until
        row.other_week_minutes = form.other_week_minutes
        if circumstances(row, _programme(work.session, row.programme_id)) != before:
            follow_terms(work, row, before)
        return work.commit()


def _check_form(form: TermsForm) -> None:
    amounts = {
        "round_trip_yen": form.round_trip_yen,
        "pass_yen": form.pass_yen,
        "commuting_cap_yen": form.commuting_cap_yen or 0,
    }
    for name, amount in amounts.items():
        if amount < 0:
            raise ValidationError("commuting.negative", field=name)
    by_days = form.commuting_mode in {CommutingMode.PER_DAY, CommutingMode.MIN_OF_BOTH}
    by_pass = form.commuting_mode in {CommutingMode.MONTHLY_PASS, CommutingMode.MIN_OF_BOTH}
    if by_days and not form.round_trip_yen:
        raise ValidationError("commuting.fare-missing", field="round_trip_yen")
    if by_pass and not form.pass_yen:
        raise ValidationError("commuting.pass-missing", field="pass_yen")
    if not 0 <= (form.other_week_minutes or 0) <= _WEEK_MINUTES:
        raise ValidationError("appointment.other-week", field="other_week_minutes", most_hm=_WEEK_MINUTES)
    if form.permit_until is not None and not form.needs_permit:
        raise ValidationError("appointment.permit-not-needed", field="permit_until")


def _programme(session: Session, programme_id: int) -> Programme:
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    return programme


def _appointment(session: Session, appointment_id: int) -> Appointment:
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise NotFoundError("appointment.missing")
    return row


def _terms(session: Session, programme: Programme) -> tuple[list[Rate], list[Finding]]:
    """Return the rates that an appointment takes over, and warnings about them."""
    for finding in check_term(programme.term_from, programme.term_until):
        raise RuleError(finding.code, **finding.params)
    known = [Rate(rate.from_day, rate.yen) for rate in programme.rates]
    current = rate_on(known, programme.term_from)
    rates = [current, *(rate for rate in known if rate.valid_from > programme.term_from)]
    wages = minimum_wages(session, programme.minimum_wages)
    days = [max(rate.valid_from, programme.term_from) for rate in rates]
    found = [
        finding
        for rate, day in zip(rates, days, strict=True)
        for finding in minimum_wage_findings(rate.yen, day, wages)
    ]
    return rates, found


def _candidates(session: Session, programme_id: int, numbers: Sequence[str] | None) -> list[_Candidate]:
    query = (
        select(Application, Entry, Applicant, Course)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Course, Course.id == Application.course_id)
        .where(Entry.programme_id == programme_id)
        .order_by(Applicant.sort_key, Entry.number, Application.preference)
    )
    if numbers is None:
        ready = (ApplicationStatus.FINAL_PASSED, ApplicationStatus.ACCEPTED)
        rows = session.execute(query.where(Application.status.in_(ready)))
        return [_Candidate(*row) for row in rows]
    found = [_Candidate(*row) for row in session.execute(query.where(Entry.number.in_(numbers)))]
    unknown = sorted(set(numbers) - {candidate.entry.number for candidate in found})
    if unknown:
        raise NotFoundError("appoint.unknown-number", numbers=unknown)
    return _best_of_each(found)


def _best_of_each(found: list[_Candidate]) -> list[_Candidate]:
    """Keep of every entry the applications that passed; of one that passed nowhere the first."""
    kept: list[_Candidate] = []
    by_entry: dict[int, list[_Candidate]] = {}
    for candidate in found:
        by_entry.setdefault(candidate.entry.id, []).append(candidate)
    passed = {ApplicationStatus.FINAL_PASSED, ApplicationStatus.ACCEPTED, ApplicationStatus.APPOINTED}
    for group in by_entry.values():
        kept.extend([one for one in group if one.application.status in passed] or group[:1])
    return kept


def _refusal(
    candidate: _Candidate, taken: dict[int, int], standing: Container[int], *, accept: bool
) -> str | None:
    status = candidate.application.status
    if candidate.person.id in taken:
        return "appoint.two-courses"
    if status is ApplicationStatus.FINAL_PASSED and not accept:
        return "appoint.not-accepted"
    if status not in {ApplicationStatus.FINAL_PASSED, ApplicationStatus.ACCEPTED}:
        return "appoint.not-passed"
    if candidate.entry.id in standing:
        return "appoint.flag-stands"
    return None


def _accept(work: UnitOfWork, application: Application) -> None:
    if application.status is ApplicationStatus.FINAL_PASSED:
        check_move(application.status, ApplicationStatus.ACCEPTED)
        application.status = ApplicationStatus.ACCEPTED
        work.session.add(Reply(application_id=application.id, kind=ReplyKind.ACCEPTED, replied_at=work.now))
    check_move(application.status, ApplicationStatus.APPOINTED)
    application.status = ApplicationStatus.APPOINTED


def _add_appointment(
    work: UnitOfWork, programme: Programme, candidate: _Candidate, rates: Sequence[Rate]
) -> Appointment:
    row = Appointment(
        programme_id=programme.id,
        applicant_id=candidate.person.id,
        application_id=candidate.application.id,
        course_id=candidate.course.id,
        host_department=candidate.course.host_department,
        workplace=programme.workplace,
        appointed_at=work.now,
        **_copied_terms(programme),
    )
    row.rates = [AppointmentRate(from_day=rate.valid_from, yen=rate.yen) for rate in rates]
    work.session.add(row)
    return row


def _copied_terms(programme: Programme) -> dict[str, Any]:
    column = TaxColumn(programme.tax_column)
    if column is TaxColumn.HEI:  # 丙欄 ends after two months, whatever the programme says
        column = default_column(programme.term_from, programme.term_until)
    return {
        "term_from": programme.term_from,
        "term_until": programme.term_until,
        "cap_minutes": programme.cap_minutes,
        "cap_inclusive": programme.cap_inclusive,
        "week_days_max": programme.week_days_max,
        "pay_rounding": programme.pay_rounding,
        "tax_column": column.value,
        "commuting_mode": programme.commuting_mode,
        "commuting_cap_yen": programme.commuting_cap_yen,
    }
