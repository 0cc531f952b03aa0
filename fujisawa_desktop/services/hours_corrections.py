"""訂正: a day of a closed month as it should have been, settled with the pay of a later month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import HoursCorrection
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import Finding, ShiftTime
from fujisawa_desktop.rules.shift_entry import format_entry
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.month_states import MonthState, month_states
from fujisawa_desktop.services.pay_corrections import (
    DayCorrection,
    Month,
    corrected_shifts,
    day_corrections,
    stored_day,
)
from fujisawa_desktop.services.pay_rows import load_month, month_gross
from fujisawa_desktop.services.settled_hours import CorrectionForm, SettledHours, stated_months
from fujisawa_desktop.services.staff import Member, closed_months, members
from fujisawa_desktop.services.unit_of_work import unit_of_work

__all__ = [
    "Correctable",
    "CorrectionForm",
    "CorrectionResult",
    "CorrectionRow",
    "Foreseen",
    "SettledDay",
    "correct_day",
    "correctable_people",
    "correction_form",
    "corrections_of",
    "foresee_correction",
    "one_correction",
    "settled_day",
    "withdraw_correction",
]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a correction would do, in minutes and yen; ``findings`` are odd about it but no obstacle.

    Attributes:
        before: the day as it is settled now.
        after: the day as it would be.
        pay_month: the month whose pay would carry the difference.
        state: how far the month of the day is.
        pay, commuting: yen more, or less where negative.
    """

    before: tuple[ShiftTime, ...]
    after: tuple[ShiftTime, ...]
    findings: tuple[Finding, ...]
    pay_month: Month
    state: MonthState
    pay: int
    commuting: int

    @property
    def minutes(self) -> int:
        """Minutes more, or less where negative."""
        return _minutes(self.after) - _minutes(self.before)


@dataclass(frozen=True, slots=True)
class Correctable:
    """Somebody with closed months, the earliest first."""

    appointment_id: int
    number: str
    name: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class SettledDay:
    """The worked time of a day, and the text that stands for it in a cell."""

    shifts: tuple[ShiftTime, ...]
    text: str


@dataclass(frozen=True, slots=True)
class CorrectionResult:
    """What was corrected, by which pay it is settled, and what is odd about it though it was kept."""

    change: ChangeSet
    pay_month: Month
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction for the list.

    Attributes:
        is_newest: no later correction of the same day stands on it.
        is_stated: the pay that carries it was stated, so it can no longer be taken back.
    """

    id: int
    version: int
    appointment_id: int
    number: str
    name: str
    day: date
    before: tuple[ShiftTime, ...]
    after: tuple[ShiftTime, ...]
    reason: str
    pay_month: Month
    recorded_at: datetime
    actor: str
    is_newest: bool
    is_stated: bool

    @property
    def minutes(self) -> int:
        """Minutes more, or less where negative."""
        return _minutes(self.after) - _minutes(self.before)


def correctable_people(database: Database, *, programme_id: int) -> list[Correctable]:
    """Return everybody who has a closed month, in order of kana."""
    with database.read() as session:
        staff = members(session, programme_id)
        closed = closed_months(session, programme_id)
    months: dict[int, list[Month]] = {}
    for appointment_id, year, month in sorted(closed):
        months.setdefault(appointment_id, []).append((year, month))
    return [
        Correctable(member.appointment_id, member.number, member.name, tuple(months[member.appointment_id]))
        for member in staff
        if member.appointment_id in months
    ]


def settled_day(database: Database, *, programme_id: int, appointment_id: int, day: date) -> SettledDay:
    """Return the worked time of a day as it is settled now, with what was corrected before.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        settled = SettledHours(session, programme_id, appointment_id)
    shifts = tuple(shift.time for shift in settled.on(day))
    return SettledDay(shifts, _settled_text(settled, day))


def correction_form(
    database: Database, *, programme_id: int, appointment_id: int, day: date
) -> CorrectionForm:
    """Return a day as it is settled now, with nothing corrected yet.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    text = settled_day(database, programme_id=programme_id, appointment_id=appointment_id, day=day).text
    return CorrectionForm(programme_id, appointment_id, day, text, "", seen=text)


def one_correction(
    database: Database, *, programme_id: int, appointment_id: int, correction_id: int
) -> CorrectionRow:
    """Return one correction as it stands now.

    Raises:
        NotFoundError: ``correction.missing``.
    """
    for row in corrections_of(database, programme_id=programme_id, appointment_ids=[appointment_id]):
        if row.id == correction_id:
            return row
    raise NotFoundError("correction.missing")


def foresee_correction(database: Database, *, form: CorrectionForm) -> Foreseen:
    """Return what :func:`correct_day` would do; the reason may still be empty.

    Raises:
        the same as :func:`correct_day`, save for the reason.
    """
    with database.read() as session:
        settled = SettledHours(session, form.programme_id, form.appointment_id)
        correction, findings = settled.correction(form, datetime.now())
        pay_month = correction.pay_month
        first, ids = form.day.replace(day=1), [form.appointment_id]
        data = load_month(session, form.programme_id, *pay_month, appointment_ids=ids, corrected=first)
        states = month_states(session, form.programme_id, *correction.month)
    carried = [one for one in settled.corrections if one.pay_month <= pay_month]
    worked = settled.worked_in(correction.month)
    pay_before, fare_before = month_gross(data, settled.member, first, corrected_shifts(worked, carried))
    settled_then = corrected_shifts(worked, [*carried, correction])
    pay_after, fare_after = month_gross(data, settled.member, first, settled_then)
    return Foreseen(
        before=tuple(shift.time for shift in correction.before),
        after=tuple(shift.time for shift in correction.after),
        findings=findings,
        pay_month=pay_month,
        state=states[form.appointment_id],
        pay=pay_after.yen - pay_before.yen,
        commuting=fare_after.yen - fare_before.yen,
    )


def correct_day(database: Database, *, form: CorrectionForm, actor: str | None = None) -> CorrectionResult:
    """Record what a day of a closed month should have been; the difference comes with a later pay.

    The hours of the month stay as they were closed.  What breaks a rule of worked time is kept and
    returned; two places at one time are refused.

    Raises:
        NotFoundError: ``appointment.missing``.
        ValidationError: ``correction.reason-missing``, or the text cannot be read.
        RuleError: ``correction.month-open`` for a month that can still be typed into,
            ``correction.nothing-changed``, ``correction.pay-month-early``,
            ``correction.pay-month-stated``, or ``shift.overlap``.
        ConflictError: the day is settled otherwise by now than it was on the screen.
    """
    if not form.reason.strip():
        raise ValidationError("correction.reason-missing", field="reason")
    with unit_of_work(database, "hours.correct", actor=actor, date=form.day) as work:
        settled = SettledHours(work.session, form.programme_id, form.appointment_id)
        if form.seen is not None and _settled_text(settled, form.day) != form.seen:
            raise ConflictError("conflict.changed-meanwhile")
        correction, findings = settled.correction(form, work.now)
        row = HoursCorrection(
            appointment_id=form.appointment_id,
            day=form.day,
            edition=correction.edition,
            before=stored_day(correction.before),
            after=stored_day(correction.after),
            reason=correction.reason,
            pay_year=correction.pay_month[0],
            pay_month=correction.pay_month[1],
            recorded_at=work.now,
            actor=work.actor,
        )
        work.session.add(row)
        work.concerns("applicant", settled.member.applicant_id)
        change = work.commit()
    return CorrectionResult(change, correction.pay_month, findings)


def corrections_of(
    database: Database, *, programme_id: int, appointment_ids: Collection[int] | None = None
) -> list[CorrectionRow]:
    """Return the corrections of everybody or of some, by person in order of kana and by day."""
    with database.read() as session:
        staff = members(session, programme_id, appointment_ids=appointment_ids)
        known = day_corrections(session, programme_id, appointment_ids=appointment_ids)
        stated = stated_months(session, known)
    return [
        _row(member, one, known[member.appointment_id], stated)
        for member in staff
        for one in known.get(member.appointment_id, ())
    ]


def withdraw_correction(
    database: Database, *, programme_id: int, correction_id: int, version: int, actor: str | None = None
) -> ChangeSet:
    """Take a correction off the record, as long as the pay that carries it has not been stated.

    Raises:
        NotFoundError: ``correction.missing``.
        ConflictError: somebody else changed it meanwhile.
        RuleError: ``correction.stated``, or ``correction.not-newest`` while a later one stands on it.
    """
    with unit_of_work(database, "hours.correction-withdrawn", actor=actor) as work:
        stored = work.session.get(HoursCorrection, correction_id)
        if stored is None:
            raise NotFoundError("correction.missing")
        if stored.version != version:
            raise ConflictError("conflict.changed-meanwhile")
        settled = SettledHours(work.session, programme_id, stored.appointment_id)
        mine = next(one for one in settled.corrections if one.id == correction_id)
        if mine.pay_month in settled.stated:
            year, month = mine.pay_month
            raise RuleError("correction.stated", year=year, month=month, person=settled.member.name)
        if mine is not settled.newest(mine.day):
            raise RuleError("correction.not-newest", date=mine.day, person=settled.member.name)
        work.session.delete(stored)
        work.concerns("applicant", settled.member.applicant_id)
        return work.commit(date=mine.day)


def _row(
    member: Member, one: DayCorrection, mine: Sequence[DayCorrection], stated: Mapping[int, Collection[Month]]
) -> CorrectionRow:
    return CorrectionRow(
        id=one.id,
        version=one.version,
        appointment_id=member.appointment_id,
        number=member.number,
        name=member.name,
        day=one.day,
        before=tuple(shift.time for shift in one.before),
        after=tuple(shift.time for shift in one.after),
        reason=one.reason,
        pay_month=one.pay_month,
        recorded_at=one.recorded_at,
        actor=one.actor,
        is_newest=one.edition == max(other.edition for other in mine if other.day == one.day),
        is_stated=one.pay_month in stated.get(member.appointment_id, ()),
    )


def _settled_text(settled: SettledHours, day: date) -> str:
    return format_entry(tuple(shift.time for shift in settled.on(day)), settled.patterns)


def _minutes(shifts: Iterable[ShiftTime]) -> int:
    return sum(shift.minutes for shift in shifts)
