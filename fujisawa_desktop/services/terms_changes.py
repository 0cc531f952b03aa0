"""勤務条件の変更: what is otherwise from a day on, before and after as printed, and the consent.

A change is one act: it changes the appointment where it holds the value, and keeps an edition that
says what was and what is.  Both texts are those of the notice, so that papers and screen say the
same.  Once a paper about the person has left the office, the journal does not take the act back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import (
    Appointment,
    AppointmentRate,
    Programme,
    Shift,
    TermsChange,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.conditions import CONDITION_ITEMS, condition_item
from fujisawa_desktop.rules.hours import Cap, Finding, Severity
from fujisawa_desktop.rules.pay import Rate, minimum_wage_findings, rate_on
from fujisawa_desktop.rules.tax import TaxColumn, default_column
from fujisawa_desktop.rules.term import check_term
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.condition_texts import check_conditions, condition_words
from fujisawa_desktop.services.dated_figures import minimum_wages
from fujisawa_desktop.services.dated_terms import HELD, WAS
from fujisawa_desktop.services.month_states import first_closed_from
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.programme_view import ProgrammeView, view_of
from fujisawa_desktop.services.terms_editions import Edition, ItemChange, editions_of
from fujisawa_desktop.services.terms_people import TermsPerson, person_texts, terms_people
from fujisawa_desktop.services.unit_of_work import UnitOfWork, integrity_as_conflict, unit_of_work

_DAYS_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class TermsChangeForm:
    """What holds from a day on.

    Attributes:
        own: items that are otherwise than the programme says, by key, all of them.
        rate_yen: None leaves the rate, with what was agreed for later days.
        rate_now: the rate on the day of the form, as it was read.
    """

    appointment_id: int
    version: int
    effective_from: date
    reason: str
    host_department: str
    workplace: str
    term_until: date
    cap_minutes: int
    cap_inclusive: bool
    week_days_max: int
    rate_yen: int | None
    own: Mapping[str, str]
    rate_now: int | None = None


@dataclass(frozen=True, slots=True)
class TermsView:
    """One person's terms: what can be changed, what is printed now, and the changes so far.

    Attributes:
        form: nothing is changed in it yet.
        name, number: of the person.
        first: first day of the term.
        rate_yen: the rate on the day of the form.
        texts: every item as it is printed now.
        editions: the newest first.
        placeholders: words in braces that an item may use, each with an example.
    """

    form: TermsChangeForm
    name: str
    number: str
    first: date
    rate_yen: int
    texts: Mapping[str, str]
    editions: tuple[Edition, ...]
    placeholders: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TermsChanged:
    """What was recorded, and what a clerk should look into."""

    change: ChangeSet
    edition: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    programme: ProgrammeView
    words: Wording
    person: TermsPerson
    wages: Sequence[Rate]


# --- read ----------------------------------------------------------------------


def terms_view(database: Database, *, appointment_id: int, today: date) -> TermsView:
    """Return one person's terms; the form begins with ``today``, or the day of the term nearest to it.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        row = _appointment(session, appointment_id)
        scene = _scene(session, row)
        facts = scene.person.facts
        day = min(max(today, facts.term_from), facts.term_until)
        form = TermsChangeForm(
            appointment_id=row.id,
            version=row.version,
            effective_from=day,
            reason="",
            host_department=row.host_department,
            workplace=row.workplace,
            term_until=row.term_until,
            cap_minutes=row.cap_minutes,
            cap_inclusive=row.cap_inclusive,
            week_days_max=row.week_days_max,
            rate_yen=None,
            own=dict(row.conditions),
            rate_now=rate_on(facts.rates, day).yen,
        )
        member = scene.person.member
        return TermsView(
            form=form,
            name=member.name,
            number=member.number,
            first=facts.term_from,
            rate_yen=rate_on(facts.rates, day).yen,
            texts=person_texts(scene.words, scene.programme, scene.person),
            editions=editions_of(session, row.id),
            placeholders=condition_words(),
        )


def foresee_change(database: Database, *, form: TermsChangeForm) -> tuple[ItemChange, ...]:
    """Return what the papers would say of a change; nothing is written.

    Raises:
        ValidationError, RuleError, NotFoundError: as :func:`change_terms`.
    """
    with database.read() as session:
        row = _appointment(session, form.appointment_id)
        scene = _scene(session, row)
        _check(form, row)
        return _compared(scene, form)


# --- change --------------------------------------------------------------------


def change_terms(database: Database, *, form: TermsChangeForm, actor: str | None = None) -> TermsChanged:
    """Record that terms of one appointment are otherwise from a day on, and change the appointment.

    Raises:
        ValidationError: a field is empty or cannot be; its name is the form's, or the item's key.
        RuleError: ``terms.nothing-changed``; ``terms.item-empty``, an item of the notice would say
            nothing any more; ``terms.shifts-after``, hours stand after the new end;
            ``terms.month-closed``, the rate would change a month that is closed; ``terms.left-after``,
            the person left after the new end.
        ConflictError: somebody else changed the appointment meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, "terms.change", actor=actor) as work, integrity_as_conflict():
        row = _appointment(work.session, form.appointment_id)
        if row.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        scene = _scene(work.session, row)
        _check(form, row)
        changes = _compared(scene, form)
        if not changes:
            raise RuleError("terms.nothing-changed")
        if emptied := [one.item for one in changes if not one.after and condition_item(one.item).is_required]:
            raise RuleError("terms.item-empty", condition=emptied)
        _check_hours(work.session, form)
        if row.left_on is not None and row.left_on > form.term_until:
            raise RuleError("terms.left-after", left=row.left_on, last=form.term_until)
        number = 1 + (
            work.session.scalar(
                select(func.max(TermsChange.edition)).where(TermsChange.appointment_id == row.id)
            )
            or 0
        )
        told = [asdict(change) for change in changes]
        if was := {name: getattr(row, name) for name in HELD if getattr(row, name) != _held(form, name)}:
            told[0][WAS] = was
        _apply(work, row, form)
        work.session.add(
            TermsChange(
                appointment_id=row.id,
                edition=number,
                effective_from=form.effective_from,
                changes=told,
                reason=form.reason.strip(),
                recorded_at=work.now,
                actor=work.actor,
            )
        )
        work.concerns("applicant", row.applicant_id)
        change = work.commit(edition=number)
    return TermsChanged(change, number, tuple(_findings(scene, form)))


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """The day on which a person consented to a change."""

    change_id: int
    version: int
    consented_on: date | None


def consent_form(database: Database, *, change_id: int) -> ConsentForm:
    """Return the consent to a change as stored now.

    Raises:
        NotFoundError: ``terms.change-missing``.
    """
    with database.read() as session:
        row = session.get(TermsChange, change_id)
        if row is None:
            raise NotFoundError("terms.change-missing")
        return ConsentForm(row.id, row.version, row.consented_on)


def record_consent(
    database: Database, *, change_id: int, version: int, consented_on: date | None, actor: str | None = None
) -> ChangeSet:
    """Record the day on which the person consented to a change.

    Raises:
        ValidationError: ``field.required``, or ``terms.consent-ahead`` for a day still to come.
        ConflictError: somebody else changed it meanwhile.
        NotFoundError: ``terms.change-missing``.
    """
    if consented_on is None:
        raise ValidationError("field.required", field="consented_on")
    with unit_of_work(database, "terms.consent", actor=actor) as work:
        row = work.session.get(TermsChange, change_id)
        if row is None:
            raise NotFoundError("terms.change-missing")
        if row.version != version:
            raise ConflictError("conflict.changed-meanwhile")
        if consented_on > work.now.date():
            raise ValidationError("terms.consent-ahead", field="consented_on", date=consented_on)
        row.consented_on = consented_on
        work.concerns("applicant", _appointment(work.session, row.appointment_id).applicant_id)
        return work.commit(edition=row.edition)


def _held(form: TermsChangeForm, name: str) -> object:
    value = getattr(form, name)
    return value.strip() if isinstance(value, str) else value


def _apply(work: UnitOfWork, row: Appointment, form: TermsChangeForm) -> None:
    for name in HELD:
        setattr(row, name, _held(form, name))
    row.term_until = form.term_until
    own = _own(form)
    if row.conditions != own:
        row.conditions = own
    if form.rate_yen is None:
        return
    work.count_version(row)
    for rate in row.rates:
        if rate.from_day == form.effective_from:
            rate.yen = form.rate_yen
            return
    row.rates.append(AppointmentRate(from_day=form.effective_from, yen=form.rate_yen))


def _compared(scene: _Scene, form: TermsChangeForm) -> tuple[ItemChange, ...]:
    """Return the items that the notice would print otherwise, in its order."""
    person = scene.person
    facts = person.facts
    rates = [rate for rate in facts.rates if form.rate_yen is None or rate.valid_from != form.effective_from]
    if form.rate_yen is not None:
        rates.append(Rate(form.effective_from, form.rate_yen))
    later = replace(
        person,
        own=_own(form),
        facts=replace(
            facts,
            host_department=form.host_department.strip(),
            workplace=form.workplace.strip(),
            term_until=form.term_until,
            cap=Cap(form.cap_minutes, form.cap_inclusive),
            week_days_max=form.week_days_max,
            rates=tuple(sorted(rates)),
        ),
    )
    day = form.effective_from
    before = person_texts(scene.words, scene.programme, person, since=day)
    after = person_texts(scene.words, scene.programme, later, since=day)
    return tuple(
        ItemChange(item.key, before[item.key], after[item.key])
        for item in CONDITION_ITEMS
        if before[item.key] != after[item.key]
    )


def _own(form: TermsChangeForm) -> dict[str, str]:
    return {key: text.strip() for key, text in form.own.items() if text.strip()}


def _check(form: TermsChangeForm, row: Appointment) -> None:
    for name in ("host_department", "workplace", "reason"):
        if not str(getattr(form, name)).strip():
            raise ValidationError("field.required", field=name)
    for finding in check_term(row.term_from, form.term_until):
        raise ValidationError(finding.code, field="term_until", **finding.params)
    if not row.term_from <= form.effective_from <= form.term_until:
        raise ValidationError(
            "terms.day-outside", field="effective_from", first=row.term_from, last=form.term_until
        )
    for name, value in (("cap_minutes", form.cap_minutes), ("rate_yen", form.rate_yen)):
        if value is not None and value < 1:
            raise ValidationError("number.too-small", field=name, lowest=1)
    if not 1 <= form.week_days_max <= _DAYS_A_WEEK:
        raise ValidationError("programme.week-days", field="week_days_max", lowest=1)
    check_conditions(form.own)


def _check_hours(session: Session, form: TermsChangeForm) -> None:
    """Refuse what would contradict hours that are entered, or pay that is fixed."""
    count, first = session.execute(
        select(func.count(), func.min(Shift.day)).where(
            Shift.appointment_id == form.appointment_id, Shift.day > form.term_until
        )
    ).one()
    if count:
        raise RuleError("terms.shifts-after", count=count, first=first, last=form.term_until)
    if form.rate_yen is None:
        return
    closed = first_closed_from(session, form.appointment_id, form.effective_from)
    if closed is not None:
        raise RuleError("terms.month-closed", year=closed[0], month=closed[1])


def _findings(scene: _Scene, form: TermsChangeForm) -> Sequence[Finding]:
    found: list[Finding] = []
    if form.rate_yen is not None:
        found += minimum_wage_findings(form.rate_yen, form.effective_from, scene.wages)
    member, facts = scene.person.member, scene.person.facts
    if (
        member.tax_column is TaxColumn.HEI
        and form.term_until > facts.term_until
        and default_column(facts.term_from, form.term_until) is not TaxColumn.HEI
    ):
        found.append(Finding("terms.column-ends", Severity.WARN, {"last": form.term_until}))
    return found


def _scene(session: Session, row: Appointment) -> _Scene:
    programme = view_of(session.get_one(Programme, row.programme_id))
    (person,) = terms_people(session, programme, appointment_id=row.id)
    words = wording_in_use(session, programme, PaperKind.CONDITIONS.value)
    return _Scene(programme, words, person, minimum_wages(session, programme.minimum_wages))


def _appointment(session: Session, appointment_id: int) -> Appointment:
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise NotFoundError("appointment.missing")
    return row
