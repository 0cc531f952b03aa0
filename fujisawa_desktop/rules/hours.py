"""Working time: minutes of a shift, breaks, the monthly cap, days a week, and what a shift may not do.

Sources: 労働基準法34条 (breaks) and 37条 (over eight hours); the programme's own terms for the
cap, the term and the days a week; 地方公務員法22条の2 for the end of the term.

A *planned* shift that breaks a hard rule is refused.  *Worked* time is a fact: it is kept and
warned about, unless it is impossible (two places at one time).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import closed_reason

DAY_LIMIT_MINUTES: Final = 480  # 労基法32条2項: eight hours a day
_ONLY_A_HINT: Final = frozenset({"shift.many-days"})  # 週1～3日「程度」: nobody has to explain a fourth day
_BREAKS: Final = ((480, 60), (360, 45))  # 労基法34条: more than this work needs this break


class ShiftKind(StrEnum):
    """What a shift says: what was agreed, or what happened."""

    PLANNED = "planned"
    WORKED = "worked"


class Severity(StrEnum):
    """What a finding does: keep the shift out, or let it in with a word."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule a shift, a month or a term breaks; the sentence belongs to ``code``."""

    code: str
    severity: Severity
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class ShiftTime:
    """One stretch of work on one day, in wall time; ``break_minutes`` of it are not paid."""

    day: date
    start: time
    end: time
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """Minutes worked, the break taken off."""
        return worked_minutes(self.start, self.end, self.break_minutes)


@dataclass(frozen=True, slots=True)
class Cap:
    """The month's limit.  ``inclusive``: 以内, reaching it is allowed; otherwise 未満, it is not."""

    minutes: int
    inclusive: bool = False

    @property
    def most(self) -> int:
        """The highest number of minutes that is still allowed."""
        return self.minutes if self.inclusive else self.minutes - 1


@dataclass(frozen=True, slots=True)
class ShiftRules:
    """The terms a shift is held against: one appointment of one programme."""

    first: date
    last: date
    cap: Cap
    closed_days: frozenset[date] = frozenset()
    week_days_max: int | None = None


@dataclass(frozen=True, slots=True)
class PersonShifts:
    """The other shifts of one person, of any month; the shift being judged is not among them."""

    planned: Sequence[ShiftTime] = ()
    worked: Sequence[ShiftTime] = ()


@dataclass(frozen=True, slots=True)
class Remaining:
    """What the cap leaves: minutes, and how many days of each pattern fit into them."""

    minutes: int
    full_days: int
    half_days: int


def minute_of_day(moment: time) -> int:
    """Return minutes since midnight."""
    return moment.hour * 60 + moment.minute


@lru_cache(maxsize=4_096)  # many people work the same hours
def worked_minutes(start: time, end: time, break_minutes: int = 0) -> int:
    """Return the minutes worked between two wall times of one day, less the break.

    Raises:
        ValidationError: ``shift.no-time`` (both ends are one moment), ``shift.end-before-start``
            (work over midnight has to be entered as two days), ``shift.seconds``,
            ``shift.break-negative``, ``shift.break-too-long``.
    """
    if start.second or end.second:
        raise ValidationError("shift.seconds", field="start", start=start, end=end)
    span = minute_of_day(end) - minute_of_day(start)
    if span == 0:
        raise ValidationError("shift.no-time", field="end", start=start)
    if span < 0:
        raise ValidationError("shift.end-before-start", field="end", start=start, end=end)
    if break_minutes < 0:
        raise ValidationError("shift.break-negative", field="break", minutes=break_minutes)
    if break_minutes >= span:
        raise ValidationError("shift.break-too-long", field="break", minutes=break_minutes, span_hm=span)
    return span - break_minutes


def break_needed(minutes: int) -> int:
    """Return the break in minutes the law asks for that much work (労基法34条)."""
    return next((needed for over, needed in _BREAKS if minutes > over), 0)


def exceeds(total: int, cap: Cap) -> bool:
    """Say whether ``total`` minutes of a month break the cap; minutes are never rounded first."""
    return total > cap.most


def remaining(total: int, cap: Cap, *, full_day: int = 360, half_day: int = 180) -> Remaining:
    """Return what may still be planned in a month that holds ``total`` minutes."""
    left = max(0, cap.most - total)
    return Remaining(left, left // full_day, left // half_day)


def minutes_by_day(shifts: Iterable[ShiftTime]) -> dict[date, int]:
    """Return the minutes worked per day, in order of days."""
    totals: dict[date, int] = {}
    for shift in shifts:
        totals[shift.day] = totals.get(shift.day, 0) + shift.minutes
    return dict(sorted(totals.items()))


def expected_by_day(shifts: PersonShifts) -> dict[date, int]:
    """Return minutes per day as the month now stands: what was worked, else what is planned."""
    return dict(sorted((minutes_by_day(shifts.planned) | minutes_by_day(shifts.worked)).items()))


def month_total(by_day: Mapping[date, int], month_of: date) -> int:
    """Return the minutes of the calendar month of ``month_of``."""
    return sum(minutes for day, minutes in by_day.items() if _same_month(day, month_of))


def cap_broken_on(by_day: Mapping[date, int], cap: Cap) -> date | None:
    """Return the first day on which the running total of one month breaks the cap, if any does."""
    total = 0
    for day, minutes in sorted(by_day.items()):
        total += minutes
        if exceeds(total, cap):
            return day
    return None


@lru_cache(maxsize=4_096)
def week_of(day: date) -> date:
    """Return the Monday that starts the week of ``day``."""
    return day - timedelta(days=day.weekday())


def days_per_week(days: Iterable[date]) -> dict[date, int]:
    """Return, per Monday, on how many different days of that week there is work."""
    return dict(sorted(Counter(week_of(day) for day in set(days)).items()))


def check_shift(
    shift: ShiftTime,
    *,
    kind: ShiftKind,
    rules: ShiftRules,
    others: PersonShifts,
    ordered: bool = False,
) -> list[Finding]:
    """Return everything a shift breaks, hard rules first.

    Args:
        shift: the time to judge; its own minutes must be valid (see :func:`worked_minutes`).
        kind: planned time is refused where worked time is only warned about.
        rules: the terms of the appointment.
        others: the person's other shifts.
        ordered: work on a closed day has been ordered (休日勤務命令), so that is no finding.
    """
    hard = Severity.REFUSE if kind is ShiftKind.PLANNED else Severity.WARN
    same_kind = others.planned if kind is ShiftKind.PLANNED else others.worked
    findings = [
        *_check_day(shift, rules, hard, ordered=ordered),
        *_check_overlap(shift, same_kind),
        *_check_breaks([shift, *(other for other in same_kind if other.day == shift.day)], hard),
        *_check_cap(shift, kind, rules.cap, others),
        *_check_week(shift, rules, others),
    ]
    return sorted(findings, key=lambda finding: finding.severity is Severity.WARN)


def check_day(
    shifts: Iterable[ShiftTime],
    *,
    kind: ShiftKind,
    rules: ShiftRules,
    others: PersonShifts,
    ordered: bool = False,
) -> list[Finding]:
    """Return everything that the new contents of one cell break, each stretch judged with those before it.

    ``others`` are the person's other shifts: without what stood in the cell before.
    """
    planned, worked = list(others.planned), list(others.worked)
    found: list[Finding] = []
    for shift in shifts:
        found += check_shift(
            shift, kind=kind, rules=rules, others=PersonShifts(planned, worked), ordered=ordered
        )
        (planned if kind is ShiftKind.PLANNED else worked).append(shift)
    return found


def needs_reason(finding: Finding) -> bool:
    """Say whether worked time with this finding has to be explained before its month is closed.

    Hard rules, and work over eight hours (domain-rules 1.8); 週1～3日程度 is a hint only.
    """
    return finding.code not in _ONLY_A_HINT


def month_findings(
    shifts: PersonShifts, rules: ShiftRules, month_of: date, *, ordered: frozenset[date] = frozenset()
) -> dict[date, list[Finding]]:
    """Return what stands in the month of ``month_of`` and breaks a rule, day by day.

    A day that was worked is judged by what was worked, any other by what is planned.  Days of
    the weeks around the month may be among ``shifts``; they count for the days a week only.
    """
    worked, planned = _by_day(shifts.worked), _by_day(shifts.planned)
    found: dict[date, list[Finding]] = {}
    for day in sorted({*worked, *planned}):
        if _same_month(day, month_of):
            parts, hard = (worked[day], Severity.WARN) if day in worked else (planned[day], Severity.REFUSE)
            found[day] = list(_day_findings(tuple(parts), rules, hard, ordered=day in ordered))
    _add_cap_findings(found, expected_by_day(shifts), set(worked), rules.cap)
    _add_week_findings(found, {*worked, *planned}, rules.week_days_max)
    return {day: findings for day, findings in found.items() if findings}


def refused(findings: Iterable[Finding]) -> bool:
    """Say whether one of the findings keeps the shift out."""
    return any(finding.severity is Severity.REFUSE for finding in findings)


@lru_cache(maxsize=8_192)  # many people work the same days on the same terms
def _day_findings(
    parts: tuple[ShiftTime, ...], rules: ShiftRules, hard: Severity, *, ordered: bool
) -> tuple[Finding, ...]:
    """Return what is wrong with the parts of one day by themselves, whatever the rest of the month holds."""
    return (
        *_check_day(parts[0], rules, hard, ordered=ordered),
        *(clash for before, after in pairwise(parts) for clash in _check_overlap(after, [before])),
        *_check_breaks(parts, hard),
    )


def _check_day(shift: ShiftTime, rules: ShiftRules, hard: Severity, *, ordered: bool) -> list[Finding]:
    findings = []
    if not rules.first <= shift.day <= rules.last:
        params = {"date": shift.day, "first": rules.first, "last": rules.last}
        findings.append(Finding("shift.outside-term", hard, params))
    reason = closed_reason(shift.day, rules.closed_days)
    if reason is not None and not ordered:
        findings.append(Finding(f"shift.closed-{reason.value}", hard, {"date": shift.day}))
    return findings


def _check_overlap(shift: ShiftTime, same_kind: Sequence[ShiftTime]) -> list[Finding]:
    # Nobody works twice at one time and the minutes would be paid twice: no fact, a slip of the pen.
    return [
        Finding("shift.overlap", Severity.REFUSE, {"date": shift.day, "start": other.start, "end": other.end})
        for other in same_kind
        if other.day == shift.day and other.start < shift.end and shift.start < other.end
    ]


def _check_breaks(shifts: Iterable[ShiftTime], hard: Severity) -> list[Finding]:
    """Judge one whole day: time between two shifts is free time and counts as a break."""
    parts = sorted(shifts)
    day, minutes = parts[0].day, sum(part.minutes for part in parts)
    free = sum(part.break_minutes for part in parts) + sum(
        max(0, minute_of_day(after.start) - minute_of_day(before.end)) for before, after in pairwise(parts)
    )
    findings = []
    needed = break_needed(minutes)
    if free < needed:
        params = {"date": day, "worked_hm": minutes, "needed": needed, "given": free}
        findings.append(Finding("shift.break-short", hard, params))
    if minutes > DAY_LIMIT_MINUTES:
        params = {"date": day, "worked_hm": minutes}
        findings.append(Finding("shift.over-eight-hours", Severity.WARN, params))
    return findings


def _check_cap(shift: ShiftTime, kind: ShiftKind, cap: Cap, others: PersonShifts) -> list[Finding]:
    if kind is ShiftKind.WORKED:
        by_day = minutes_by_day([*others.worked, shift])
    else:
        before = month_total(expected_by_day(others), shift.day)
        by_day = expected_by_day(PersonShifts([*others.planned, shift], others.worked))
        if month_total(by_day, shift.day) <= before:
            return []  # time was worked that day already: the plan adds nothing to the month
    total = month_total(by_day, shift.day)
    if not exceeds(total, cap):
        return []
    return [_cap_finding(kind, cap, total, shift.day)]


def _cap_finding(kind: ShiftKind, cap: Cap, total: int, day: date) -> Finding:
    severity = Severity.REFUSE if kind is ShiftKind.PLANNED else Severity.WARN
    code = f"cap.{kind.value}-not-{'within' if cap.inclusive else 'below'}"
    return Finding(code, severity, {"total_hm": total, "cap_hm": cap.minutes, "date": day})


def _check_week(shift: ShiftTime, rules: ShiftRules, others: PersonShifts) -> list[Finding]:
    if rules.week_days_max is None:
        return []
    days = {other.day for other in (*others.planned, *others.worked)} | {shift.day}
    count = days_per_week(days)[week_of(shift.day)]
    if count <= rules.week_days_max:
        return []
    params = {"date": shift.day, "days": count, "most": rules.week_days_max}
    return [Finding("shift.many-days", Severity.WARN, params)]


def _add_cap_findings(
    found: dict[date, list[Finding]], expected: Mapping[date, int], worked: set[date], cap: Cap
) -> None:
    """Mark the day on which the running total breaks the cap, and every later one of the month."""
    total = 0
    for day, minutes in expected.items():
        if day in found:
            total += minutes
            if exceeds(total, cap):
                kind = ShiftKind.WORKED if day in worked else ShiftKind.PLANNED
                found[day].append(_cap_finding(kind, cap, total, day))


def _add_week_findings(found: dict[date, list[Finding]], days: set[date], most: int | None) -> None:
    if most is None:
        return
    counts: Counter[date] = Counter()
    for day in sorted(days):
        counts[week_of(day)] += 1
        if counts[week_of(day)] > most and day in found:
            params = {"date": day, "days": counts[week_of(day)], "most": most}
            found[day].append(Finding("shift.many-days", Severity.WARN, params))


def _by_day(shifts: Iterable[ShiftTime]) -> dict[date, list[ShiftTime]]:
    days: dict[date, list[ShiftTime]] = {}
    for shift in sorted(shifts):
        days.setdefault(shift.day, []).append(shift)
    return days


def _same_month(day: date, other: date) -> bool:
    return (day.year, day.month) == (other.year, other.month)
