"""What the tab says about shifts, findings and states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_minutes, format_time
from fujisawa_desktop.rules.hours import Finding, ShiftTime
from fujisawa_desktop.rules.shift_entry import WorkPattern, pattern_of
from fujisawa_desktop.services.hours import Cell, PersonMonth
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.services.staff import CapSource
from fujisawa_desktop.views.theme import Tone
from fujisawa_desktop.views.widgets import CapState, PillText

_NEUTRAL: Final[Tone] = "neutral"
_KEY: Final[Tone] = "key"
_GOOD: Final[Tone] = "good"
_SOFT: Final = frozenset({"shift.many-days", "shift.over-eight-hours", "pay.premium-to-check"})
"""Findings that ask for a look; every other one breaks a hard rule."""


def plain_day(day: date) -> str:
    """Return ``2025/1/21``, for columns of days."""
    return f"{day.year}/{day.month}/{day.day}"


def month_name(year: int, month: int) -> str:
    """Return ``2024年12月``."""
    return _("{month}/{year}").format(year=year, month=month)


def tone_of(findings: Iterable[Finding]) -> Tone | None:
    """Return the tone of the gravest finding."""
    codes = {finding.code for finding in findings}
    if not codes:
        return None
    return "caution" if codes <= _SOFT else "wrong"


def sentence(finding: Finding) -> str:
    """Return what a finding says."""
    return texts.message_for(finding.code, finding.params)


def short_text(shifts: Sequence[ShiftTime], patterns: Sequence[WorkPattern]) -> str:
    """Return what stands in a narrow cell: the sign of a usual day, else the hours worked."""
    if not shifts:
        return ""
    pattern = pattern_of(shifts[0], patterns) if len(shifts) == 1 else None
    return pattern.mark if pattern else format_minutes(sum(shift.minutes for shift in shifts))


def source_of(code: str) -> str:
    """Return on what a step or a finding rests, by the longest beginning of its code that is known."""
    known = texts.text_book().terms
    fitting = [start for start in known["source"] if code.startswith(start)]
    if fitting:
        return texts.term("source", max(fitting, key=len))
    return texts.term("rule-source", code) if code in known.get("rule-source", {}) else ""


def finding_source(finding: Finding, caps: Iterable[CapSource]) -> str:
    """Return on what a finding rests; for the cap it is the sentence of the programme's own paper."""
    if not finding.code.startswith("cap."):
        return source_of(finding.code)
    inclusive = finding.code.endswith("-within")
    said = (
        _("{document}: “{text}”").format(document=one.document, text=one.text)
        for one in caps
        if one.inclusive == inclusive
    )
    return next(said, "")


def running_total(person: PersonMonth, day: date) -> int:
    """Return the minutes of the month until a day: worked, and planned where nothing was worked yet."""
    return sum(
        cell.worked_minutes if cell.worked else cell.planned_minutes
        for at, cell in person.cells.items()
        if at <= day
    )


def span_text(shift: ShiftTime, *, length: bool = True) -> str:
    """Return ``9:00–16:00 休憩60分 6:00``; the last only with ``length``."""
    span = f"{format_time(shift.start)}–{format_time(shift.end)}"
    if not length:
        minutes = shift.break_minutes
        return _("{span}, break {minutes} min").format(span=span, minutes=minutes) if minutes else span
    hours = format_minutes(shift.minutes)
    if not shift.break_minutes:
        return _("{span} = {hours}").format(span=span, hours=hours)
    return _("{span}, break {minutes} min = {hours}").format(
        span=span, minutes=shift.break_minutes, hours=hours
    )


def cell_lines(cell: Cell) -> list[tuple[str, str]]:
    """Return what is planned and worked on a day: name and text."""
    lines = [(_("Planned"), span_text(shift)) for shift in cell.planned]
    return lines + [(_("Worked"), span_text(shift)) for shift in cell.worked]


def cap_state(person: PersonMonth) -> CapState:
    """Return a person's month against the cap."""
    return CapState(person.worked, person.expected - person.worked, person.cap.minutes, person.cap.inclusive)


def pattern_text(pattern: WorkPattern) -> str:
    """Return ``「終」9:00–16:00（休憩60分）``."""
    span = f"{format_time(pattern.start)}–{format_time(pattern.end)}"
    if pattern.break_minutes:
        return _("“{mark}” {span} (break {minutes} min)").format(
            mark=pattern.mark, span=span, minutes=pattern.break_minutes
        )
    return _("“{mark}” {span}").format(mark=pattern.mark, span=span)


def pay_pills(row: PayRow) -> list[PillText]:
    """Return the states of one person's pay, the most urgent first."""
    pills: list[PillText] = []
    codes = {finding.code for finding in row.problems}
    if row.tax is None:
        pills.append((_("Tax to type"), "wrong"))
    if any(code.startswith("cap.") for code in codes):
        pills.append((_("Over the cap"), "wrong"))
    elif codes and row.tax is not None:
        pills.append((_("To check"), "caution"))
    if row.differs:
        pills.append((_("Changed since computed"), "caution"))
    elif row.stated is not None and row.state is not MonthState.PAID:
        pills.append((_("Computed"), "good"))
    pills.append(state_pill(row.state))
    return pills


def state_pill(state: MonthState) -> PillText:
    """Return how far one person's month is: being entered, confirmed, closed, paid."""
    return {
        MonthState.OPEN: (_("Being entered"), _NEUTRAL),
        MonthState.CONFIRMED: (_("Confirmed"), _KEY),
        MonthState.CLOSED: (_("Month closed"), _GOOD),
        MonthState.PAID: (_("Paid"), _GOOD),
    }[state]


def month_pill(people: Sequence[PersonMonth]) -> PillText:
    """Return the state of the whole month."""
    states = {person.state for person in people}
    if len(states) == 1:
        return state_pill(states.pop())
    if states == {MonthState.CLOSED, MonthState.PAID}:
        return (_("Partly paid"), "caution")
    if states & {MonthState.CLOSED, MonthState.PAID}:
        return (_("Partly closed"), "caution")
    return (_("Partly confirmed"), "caution")


def days_left_text(person: PersonMonth) -> str:
    """Return what may still be planned, in the words of the patterns."""
    left = person.left
    if left.full_days:
        return _("{hours} are left: {full} full days, or {half} half days.").format(
            hours=format_minutes(left.minutes), full=left.full_days, half=left.half_days
        )
    if left.half_days:
        return _("{hours} are left: one half day, no full day.").format(hours=format_minutes(left.minutes))
    return _("{hours} are left: neither a full nor a half day fits any more.").format(
        hours=format_minutes(left.minutes)
    )
