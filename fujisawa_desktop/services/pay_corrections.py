"""What corrected days of closed months bring to the pay of a later month.

The pay of a month itself stays that of its hours as they were closed.  A correction replaces a
whole day; the month of work *N* that carries it pays for an earlier month *M* what *M* comes to with
all corrections carried until *N*, less what it came to with those carried before *N*.  So whatever
is corrected, and in whichever order, all months together pay what the hours as corrected are worth.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, HoursCorrection
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.commuting import Commuting
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.hours import ShiftKind, ShiftTime, minutes_by_day
from fujisawa_desktop.rules.pay import Pay
from fujisawa_desktop.services.staff import StoredShift, shifts_of

Month = tuple[int, int]
"""Year and month."""
Gross = Callable[[date, Sequence[StoredShift]], tuple[Pay, Commuting]]
"""Pay and commuting of a month, given its first day and what was worked in it."""
_CLOCK: Final = "%H:%M"


@dataclass(frozen=True, slots=True)
class DayCorrection:
    """A day of a closed month as it should have been, as stored."""

    id: int
    version: int
    appointment_id: int
    day: date
    edition: int
    before: tuple[StoredShift, ...]
    after: tuple[StoredShift, ...]
    reason: str
    pay_month: Month
    """Month of work whose pay carries the difference."""
    recorded_at: datetime
    actor: str

    @property
    def month(self) -> Month:
        """Month of the day that was corrected."""
        return self.day.year, self.day.month


@dataclass(frozen=True, slots=True)
class CorrectedDay:
    """A corrected day: minutes as they were settled before, and as they are settled now.

    ``yen`` is what the day alone brings now, for the tax that is judged by day.
    """

    day: date
    before: int
    after: int
    reason: str
    yen: int = 0


@dataclass(frozen=True, slots=True)
class CorrectedMonth:
    """What is paid (or, where negative, kept back) for one earlier month; minutes and yen."""

    year: int
    month: int
    minutes_before: int
    minutes_after: int
    pay_before: int
    pay_after: int
    commuting_before: int
    commuting_after: int
    taxable_commuting: int
    """Change of the taxed part of that month's commuting."""
    days: tuple[CorrectedDay, ...]

    @property
    def minutes(self) -> int:
        """Minutes more (or less) than were settled."""
        return self.minutes_after - self.minutes_before

    @property
    def pay(self) -> int:
        """Yen of pay more (or less)."""
        return self.pay_after - self.pay_before

    @property
    def commuting(self) -> int:
        """Yen of commuting more (or less)."""
        return self.commuting_after - self.commuting_before


@dataclass(frozen=True, slots=True)
class Carried:
    """One person's corrections as far as a month carries them, and the hours they correct."""

    pay_month: Month
    corrections: tuple[DayCorrection, ...] = ()
    """All that are carried until this month, of those earlier months which it pays something for."""
    worked: Mapping[Month, Sequence[StoredShift]] = field(default_factory=dict)
    """What was worked in these earlier months, as closed."""


NOTHING: Final = Carried((0, 0))


def carried_by(
    session: Session,
    programme_id: int,
    year: int,
    month: int,
    *,
    appointment_ids: Collection[int] | None = None,
) -> dict[int, Carried]:
    """Return what a month carries, by appointment; people without corrections are not among them."""
    pay_month = (year, month)
    known = day_corrections(session, programme_id, until=pay_month, appointment_ids=appointment_ids)
    wanted: dict[int, list[DayCorrection]] = {}
    for appointment_id, corrections in known.items():
        months = {one.month for one in corrections if one.pay_month == pay_month}
        if months:
            wanted[appointment_id] = [one for one in corrections if one.month in months]
    if not wanted:
        return {}
    days = [one.day for corrections in wanted.values() for one in corrections]
    first = min(days).replace(day=1)
    last = month_days(max(days).year, max(days).month)[-1]
    shifts = shifts_of(session, programme_id, first=first, last=last, appointment_ids=wanted)
    return {
        appointment_id: Carried(
            pay_month, tuple(corrections), _worked(shifts.get(appointment_id, ()), corrections)
        )
        for appointment_id, corrections in wanted.items()
    }


def day_corrections(
    session: Session,
    programme_id: int,
    *,
    until: Month | None = None,
    appointment_ids: Iterable[int] | None = None,
) -> dict[int, tuple[DayCorrection, ...]]:
    """Return stored corrections by appointment, in order of day and edition.

    ``until`` leaves out those that a later month carries.
    """
    query = (
        select(HoursCorrection)
        .join(Appointment, Appointment.id == HoursCorrection.appointment_id)
        .where(Appointment.programme_id == programme_id)
        .order_by(HoursCorrection.appointment_id, HoursCorrection.day, HoursCorrection.edition)
    )
    if until is not None:
        carried_in = HoursCorrection.pay_year * 12 + HoursCorrection.pay_month
        query = query.where(carried_in <= until[0] * 12 + until[1])
    if appointment_ids is not None:
        query = query.where(HoursCorrection.appointment_id.in_(sorted(set(appointment_ids))))
    rows = (_correction(row) for row in session.scalars(query))
    return {key: tuple(mine) for key, mine in groupby(rows, key=lambda row: row.appointment_id)}


def corrected_months(carried: Carried, gross: Gross) -> tuple[CorrectedMonth, ...]:
    """Return what a month pays for earlier ones, in order of these months."""
    return tuple(_corrected_month(carried, month, gross) for month in sorted(carried.worked))


def corrected_shifts(
    worked: Iterable[StoredShift], corrections: Iterable[DayCorrection]
) -> list[StoredShift]:
    """Return worked time with the newest correction of each day in the place of what was closed."""
    newest: dict[date, DayCorrection] = {}
    for one in corrections:
        if one.day not in newest or one.edition > newest[one.day].edition:
            newest[one.day] = one
    kept = [shift for shift in worked if shift.time.day not in newest]
    return sorted([*kept, *(shift for one in newest.values() for shift in one.after)], key=_time)


def correction_steps(months: Iterable[CorrectedMonth]) -> list[Step]:
    """Return how the amounts for earlier months came about."""
    steps: list[Step] = []
    for one in months:
        named: dict[str, object] = {"year": one.year, "month": one.month}
        steps += [
            Step(
                "explain.corrected-day",
                {"date": day.day, "before_hm": day.before, "after_hm": day.after, "reason": day.reason},
            )
            for day in one.days
        ]
        hours = {"before_hm": one.minutes_before, "after_hm": one.minutes_after, "change_hm": one.minutes}
        steps.append(Step("explain.corrected-hours", {**named, **hours}))
        pay = {"before_yen": one.pay_before, "after_yen": one.pay_after, "change_yen": one.pay}
        steps.append(Step("explain.corrected-pay", {**named, **pay}))
        if one.commuting:
            fare = {
                "before_yen": one.commuting_before,
                "after_yen": one.commuting_after,
                "change_yen": one.commuting,
            }
            steps.append(Step("explain.corrected-commuting", {**named, **fare}))
    return steps


def stored_day(shifts: Iterable[StoredShift]) -> list[dict[str, Any]]:
    """Return the worked time of a day as a correction stores it."""
    return [
        {
            "starts": shift.time.start.strftime(_CLOCK),
            "ends": shift.time.end.strftime(_CLOCK),
            "break_minutes": shift.time.break_minutes,
            "is_remote": shift.is_remote,
        }
        for shift in shifts
    ]


def _corrected_month(carried: Carried, month: Month, gross: Gross) -> CorrectedMonth:
    first = date(*month, 1)
    here = [one for one in carried.corrections if one.month == month]
    earlier = [one for one in here if one.pay_month < carried.pay_month]
    settled = corrected_shifts(carried.worked[month], earlier)
    settled_now = corrected_shifts(carried.worked[month], here)
    pay_before, fare_before = gross(first, settled)
    pay_after, fare_after = gross(first, settled_now)
    reasons = {one.day: one.reason for one in here if one.pay_month == carried.pay_month}
    before = minutes_by_day(shift.time for shift in settled)
    after = minutes_by_day(shift.time for shift in settled_now)
    return CorrectedMonth(
        year=month[0],
        month=month[1],
        minutes_before=pay_before.minutes,
        minutes_after=pay_after.minutes,
        pay_before=pay_before.yen,
        pay_after=pay_after.yen,
        commuting_before=fare_before.yen,
        commuting_after=fare_after.yen,
        taxable_commuting=fare_after.taxable - fare_before.taxable,
        days=tuple(
            CorrectedDay(day, before.get(day, 0), after.get(day, 0), reason, pay_after.day_pays.get(day, 0))
            for day, reason in sorted(reasons.items())
        ),
    )


def _worked(
    shifts: Iterable[StoredShift], corrections: Iterable[DayCorrection]
) -> dict[Month, list[StoredShift]]:
    found: dict[Month, list[StoredShift]] = {one.month: [] for one in corrections}
    for shift in shifts:
        month = (shift.time.day.year, shift.time.day.month)
        if shift.kind is ShiftKind.WORKED and month in found:
            found[month].append(shift)
    return found


def _correction(row: HoursCorrection) -> DayCorrection:
    return DayCorrection(
        id=row.id,
        version=row.version,
        appointment_id=row.appointment_id,
        day=row.day,
        edition=row.edition,
        before=tuple(_stored(row, part) for part in row.before),
        after=tuple(_stored(row, part) for part in row.after),
        reason=row.reason,
        pay_month=(row.pay_year, row.pay_month),
        recorded_at=row.recorded_at,
        actor=row.actor,
    )


def _stored(row: HoursCorrection, part: Mapping[str, Any]) -> StoredShift:
    starts, ends = time.fromisoformat(part["starts"]), time.fromisoformat(part["ends"])
    return StoredShift(
        id=0,  # no row of its own
        appointment_id=row.appointment_id,
        kind=ShiftKind.WORKED,
        time=ShiftTime(row.day, starts, ends, int(part["break_minutes"])),
        is_remote=bool(part["is_remote"]),
        holiday_order="",
        reason=row.reason,
    )


def _time(shift: StoredShift) -> ShiftTime:
    return shift.time
