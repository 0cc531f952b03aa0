"""What the grid says about a person's month and week, in the few words a cell has room for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_minutes, format_short_date, format_time, ngettext
from fujisawa_desktop.rules.entry_verdict import Verdict
from fujisawa_desktop.rules.hours import ShiftTime, refused
from fujisawa_desktop.services.hours import Cell, PersonMonth
from fujisawa_desktop.services.hours_cells import week_total
from fujisawa_desktop.views.payroll.words import cap_state, days_left_text, sentence, span_text
from fujisawa_desktop.views.theme import Tone


def spans_text(shifts: Sequence[ShiftTime]) -> str:
    """Return start and end of each stretch, a line each: ``9:00–16:00``."""
    return "\n".join(f"{format_time(shift.start)}–{format_time(shift.end)}" for shift in shifts)


def worked_planned(person: PersonMonth) -> str:
    """Return what was worked, and what is planned besides."""
    return _("{worked} worked + {planned} planned").format(
        worked=format_minutes(person.worked), planned=format_minutes(person.expected - person.worked)
    )


def days_left(person: PersonMonth) -> str:
    """Return how many days of the longest and of the shortest pattern the cap still holds."""
    patterns = sorted(person.outlook.patterns, key=lambda pattern: pattern.minutes)
    if not patterns:
        return _("{hours} left").format(hours=format_minutes(person.left.minutes))
    if len(patterns) == 1:
        return _("left: {mark} {days}").format(mark=patterns[0].mark, days=person.left.full_days)
    return _("left: {long} {full}, {short} {half}").format(
        long=patterns[-1].mark,
        full=person.left.full_days,
        short=patterns[0].mark,
        half=person.left.half_days,
    )


def cap_day(person: PersonMonth) -> tuple[str, Tone] | None:
    """Return when the cap is broken: by what stands there, or if it goes on as usual."""
    if person.over_on is not None:
        return _("▲ over {date}").format(date=format_short_date(person.over_on)), "wrong"
    forecast = person.forecast
    return None if forecast is None else (_("cap {date}").format(date=format_short_date(forecast)), "caution")


def week_days(person: PersonMonth, monday: date) -> tuple[str, Tone]:
    """Return on how many days of a week there is work, against what is usual."""
    days, most = week_total(person, monday)[1], person.member.rules.week_days_max
    if most is None:
        return ngettext("{count} day", "{count} days", days).format(count=days), "neutral"
    return _("{days} of 1–{most} days").format(days=days, most=most), "caution" if days > most else "neutral"


def week_line(person: PersonMonth, monday: date) -> str:
    """Return a week's sum and days."""
    minutes, _days = week_total(person, monday)
    return _("Week from {date}: {hours}, {days}").format(
        date=format_short_date(monday), hours=format_minutes(minutes), days=week_days(person, monday)[0]
    )


def outlook_lines(person: PersonMonth) -> list[str]:
    """Return all about a month against its cap, for a tool tip and a screen reader."""
    state = cap_state(person)
    lines = [
        _("Worked {worked}, planned {planned}, cap {cap}").format(
            worked=format_minutes(state.worked),
            planned=format_minutes(state.planned),
            cap=state.cap_text(),
        )
    ]
    if person.over_on is not None:
        lines.append(_("With {day} the cap is broken.").format(day=format_date(person.over_on, year=False)))
    else:
        lines.append(days_left_text(person))
        lines.append(_forecast_line(person))
    count = person.unexplained
    if count:
        said = ngettext("{count} day of work wants a reason.", "{count} days of work want a reason.", count)
        lines.append(said.format(count=count))
    return lines


def said_lines(cell: Cell) -> list[str]:
    """Return what was written about a day: the order, the reason, or that one is wanted."""
    lines = []
    if cell.holiday_order:
        lines.append(_("Order: {text}").format(text=cell.holiday_order))
    if cell.reason:
        lines.append(_("Reason: {text}").format(text=cell.reason))
    elif cell.unexplained:
        lines.append(_("A reason is wanted before the month is closed (F4)."))
    return lines


def verdict_lines(text: str, verdict: Verdict) -> list[tuple[Tone, str]]:
    """Return what is said under the field while somebody types: tone and sentence."""
    if not text.strip():
        return [("neutral", _("An empty field clears the day."))]
    if verdict.error is not None:
        begun = verdict.error.code == "shift.unreadable"
        said = _("For example 9-12, 9:00-15:45/60, or 9-12 13-15") if begun else texts.message(verdict.error)
        return [("neutral", said)]
    understood = " / ".join(span_text(shift) for shift in verdict.shifts)
    return [
        ("neutral" if verdict.refused else "good", understood),
        *(("wrong" if refused([one]) else "caution", sentence(one)) for one in verdict.findings),
    ]


def _forecast_line(person: PersonMonth) -> str:
    forecast = person.forecast
    if forecast is None:
        return _("If it goes on as usual, the cap is not reached this month.")
    return _("If it goes on as usual, the cap is reached on {date}.").format(
        date=format_date(forecast, year=False)
    )
