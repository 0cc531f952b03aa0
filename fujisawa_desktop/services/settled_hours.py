"""One person's worked time as it is settled now, and what a further correction of it would be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import PayStatement
from fujisawa_desktop.rules.calendar import add_months
from fujisawa_desktop.rules.hours import Finding, PersonShifts, Severity, ShiftKind, ShiftTime, check_shift
from fujisawa_desktop.rules.shift_entry import TypedShift, parse_entry
from fujisawa_desktop.services.month_states import MonthState, month_states
from fujisawa_desktop.services.pay_corrections import DayCorrection, Month, corrected_shifts, day_corrections
from fujisawa_desktop.services.staff import StoredShift, members, shifts_of, work_terms


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """What a clerk enters; ``text`` is typed like a cell of the grid, empty when nobody worked.

    ``pay_month`` is the month of work whose pay carries the difference; ``None`` lets the program choose.
    ``seen`` is the day as it was settled on the screen; ``None`` does not compare.
    """

    programme_id: int
    appointment_id: int
    day: date
    text: str
    reason: str
    pay_month: Month | None = None
    seen: str | None = None


class SettledHours:
    """One person's worked time as it is settled: as closed, with the corrections made since.

    Attributes:
        member: whose.
        corrections: by day and edition.
        worked: the worked time of all months, with the newest correction of each day.
        stated: months whose pay was stated.
        patterns: the usual days of the programme.
    """

    def __init__(self, session: Session, programme_id: int, appointment_id: int) -> None:
        """Read them.

        Raises:
            NotFoundError: ``appointment.missing``.
        """
        ids = [appointment_id]
        found = members(session, programme_id, appointment_ids=ids)
        if not found:
            raise NotFoundError("appointment.missing")
        self.member = found[0]
        self._session = session
        self.patterns = work_terms(session, programme_id).patterns
        self._programme_id = programme_id
        shifts = shifts_of(session, programme_id, appointment_ids=ids).get(appointment_id, [])
        self._shifts = shifts
        self.corrections = day_corrections(session, programme_id, appointment_ids=ids).get(appointment_id, ())
        self.worked = corrected_shifts(_worked(shifts), self.corrections)
        self.stated = stated_months(session, ids).get(appointment_id, frozenset())

    def on(self, day: date) -> tuple[StoredShift, ...]:
        """Return what is settled for a day."""
        return tuple(shift for shift in self.worked if shift.time.day == day)

    def worked_in(self, month: Month) -> list[StoredShift]:
        """Return what was worked in a month, as closed."""
        return [s for s in _worked(self._shifts) if (s.time.day.year, s.time.day.month) == month]

    def newest(self, day: date) -> DayCorrection | None:
        """Return the correction of a day that counts now."""
        mine = [one for one in self.corrections if one.day == day]
        return max(mine, key=lambda one: one.edition) if mine else None

    def correction(self, form: CorrectionForm, now: datetime) -> tuple[DayCorrection, tuple[Finding, ...]]:
        """Return the correction a form asks for, checked, and what is odd about it.

        Raises:
            ValidationError: the text cannot be read.
            RuleError: ``correction.month-open``, ``correction.nothing-changed``,
                ``correction.pay-month-early``, ``correction.pay-month-stated``, ``shift.overlap``.
        """
        self._require_closed(form.day)
        before = self.on(form.day)
        after = self._after(form, before, parse_entry(form.text, self.patterns))
        if [_as_typed(shift) for shift in before] == [_as_typed(shift) for shift in after]:
            raise RuleError("correction.nothing-changed", date=form.day, person=self.member.name)
        findings = self._check(form.day, [shift.time for shift in after])
        last = self.newest(form.day)
        correction = DayCorrection(
            id=0,  # not stored yet
            version=0,
            appointment_id=form.appointment_id,
            day=form.day,
            edition=last.edition + 1 if last else 1,
            before=before,
            after=after,
            reason=form.reason.strip(),
            pay_month=self._pay_month(form, last),
            recorded_at=now,
            actor="",
        )
        return correction, tuple(findings)

    def _require_closed(self, day: date) -> None:
        states = month_states(self._session, self._programme_id, day.year, day.month)
        if states[self.member.appointment_id] not in {MonthState.CLOSED, MonthState.PAID}:
            raise RuleError("correction.month-open", year=day.year, month=day.month, person=self.member.name)

    @staticmethod
    def _after(
        form: CorrectionForm, before: Sequence[StoredShift], typed: Iterable[TypedShift]
    ) -> tuple[StoredShift, ...]:
        """Return the day as typed; what begins at the same time stays work at home or in the office."""
        remote = {shift.time.start: shift.is_remote for shift in before}
        return tuple(
            StoredShift(
                id=0,
                appointment_id=form.appointment_id,
                kind=ShiftKind.WORKED,
                time=entry.on(form.day),
                is_remote=remote.get(entry.start, False),
                holiday_order="",
                reason=form.reason.strip(),
            )
            for entry in typed
        )

    def _check(self, day: date, wanted: Iterable[ShiftTime]) -> list[Finding]:
        planned = [shift.time for shift in self._shifts if shift.kind is ShiftKind.PLANNED]
        worked = [shift.time for shift in self.worked if shift.time.day != day]
        rules = self.member.rules_in(day)
        found: list[Finding] = []
        for shift in wanted:
            around = PersonShifts(planned, worked)
            for finding in check_shift(shift, kind=ShiftKind.WORKED, rules=rules, others=around):
                if finding.severity is Severity.REFUSE:
                    raise RuleError(finding.code, **{**finding.params, "person": self.member.name})
                found.append(finding)
            worked.append(shift)
        return list({finding.code: finding for finding in found}.values())

    def _pay_month(self, form: CorrectionForm, last: DayCorrection | None) -> Month:
        """Return the month that carries the difference: the one asked for, or the first that can."""
        least = _following((form.day.year, form.day.month))
        if last is not None:
            least = max(least, last.pay_month)
        if form.pay_month is None:
            while least in self.stated:
                least = _following(least)
            return least
        year, month = form.pay_month
        if form.pay_month < least:
            raise RuleError(
                "correction.pay-month-early",
                year=year,
                month=month,
                first_year=least[0],
                first_month=least[1],
            )
        if form.pay_month in self.stated:
            raise RuleError("correction.pay-month-stated", year=year, month=month, person=self.member.name)
        return form.pay_month


def stated_months(session: Session, appointment_ids: Iterable[int]) -> dict[int, frozenset[Month]]:
    """Return the months whose pay was stated, by appointment."""
    query = (
        select(PayStatement.appointment_id, PayStatement.year, PayStatement.month)
        .where(PayStatement.appointment_id.in_(sorted(set(appointment_ids))))
        .distinct()
    )
    found: dict[int, frozenset[Month]] = {}
    for appointment_id, year, month in session.execute(query):
        found[appointment_id] = found.get(appointment_id, frozenset()) | {(year, month)}
    return found


def _worked(shifts: Iterable[StoredShift]) -> list[StoredShift]:
    return [shift for shift in shifts if shift.kind is ShiftKind.WORKED]


def _as_typed(shift: StoredShift) -> tuple[ShiftTime, bool]:
    return shift.time, shift.is_remote


def _following(month: Month) -> Month:
    first = add_months(date(*month, 1), 1)
    return first.year, first.month
