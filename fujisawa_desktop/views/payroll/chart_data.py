"""What the charts of a month show: hours of each week and of each person, with their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from fujisawa_desktop.i18n import _, format_minutes, format_short_date, ngettext
from fujisawa_desktop.rules.hours import week_of
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.services.hours import Cell, MonthView, PersonMonth
from fujisawa_desktop.services.person_term import PersonTerm
from fujisawa_desktop.views.payroll.chart_geometry import Hours
from fujisawa_desktop.views.payroll.words import cap_state
from fujisawa_desktop.views.widgets import CapState


@dataclass(frozen=True, slots=True)
class Week:
    """One week, as far as it lies in what is shown."""

    first: date
    last: date

    def name(self) -> str:
        """Return ``12/2–12/6``."""
        if self.first == self.last:
            return format_short_date(self.first)
        return f"{format_short_date(self.first)}–{format_short_date(self.last)}"

    def label(self) -> str:
        """Return what has room under a bar: ``12/2〜``."""
        return _("{day}–").format(day=format_short_date(self.first))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: whose (its row in the month), its hours, the day it leads to, and how to say what it shows.

    ``over``: the limit is broken; ``cap``: minutes the person's own cap stands at, where it is drawn.
    """

    row: int
    hours: Hours
    day: date
    tell: Callable[[], str]
    over: bool = False
    cap: int = 0

    @property
    def said(self) -> str:
        """What the bar says; put together only for the one that is looked at."""
        return self.tell()


@dataclass(frozen=True, slots=True)
class WeekChartData:
    """Bars of each week, one a person, in the order of ``names``; ``limit`` in minutes."""

    weeks: tuple[Week, ...]
    names: tuple[str, ...]
    bars: tuple[tuple[Bar, ...], ...]
    limit: int | None
    limit_said: str

    def table(self, most: int | None = None) -> list[list[str]]:
        """Return the same as a table: a line a person, a column a week; or its first lines."""
        head = [_("Name"), *(week.name() for week in self.weeks)]
        return [
            head,
            *(
                [name, *(format_minutes(group[at].hours.total) for group in self.bars)]
                for at, name in enumerate(self.names[:most])
            ),
        ]


@dataclass(frozen=True, slots=True)
class PersonChartData:
    """One bar a person, the longest first."""

    names: tuple[str, ...]
    bars: tuple[Bar, ...]
    cap_said: str

    def table(self, most: int | None = None) -> list[list[str]]:
        """Return the same as a table, or its first lines."""
        head = [_("Name"), _("Worked"), _("Planned"), _("Total")]
        rows = [
            [name, *map(format_minutes, (bar.hours.worked, bar.hours.planned, bar.hours.total))]
            for name, bar in zip(self.names[:most], self.bars[:most], strict=True)
        ]
        return [head, *rows]


def weeks_of(days: Sequence[date]) -> list[Week]:
    """Return the weeks of a run of days; Monday begins one."""
    found: list[Week] = []
    for day in days:
        if found and week_of(found[-1].first) == week_of(day):
            found[-1] = Week(found[-1].first, day)
        else:
            found.append(Week(day, day))
    return found


def hours_by_week(cells: Mapping[date, Cell]) -> dict[date, Hours]:
    """Return Monday → hours; a day that was worked counts as worked only."""
    found: dict[date, Hours] = {}
    for day, cell in cells.items():
        had = found.get(week_of(day), Hours())
        planned = 0 if cell.worked else cell.planned_minutes
        found[week_of(day)] = Hours(had.worked + cell.worked_minutes, had.planned + planned)
    return found


def week_chart(view: MonthView, rows: Sequence[int]) -> WeekChartData:
    """Return the weeks of a month for the people of some rows."""
    weeks = weeks_of([head.day for head in view.days])
    people = [view.people[row] for row in rows]
    by_week = [hours_by_week(person.cells) for person in people]
    limit = week_limit(people[0], view.patterns) if people else None
    bars = tuple(
        tuple(
            week_bar(row, person, week, hours.get(week_of(week.first), Hours()), limit)
            for row, person, hours in zip(rows, people, by_week, strict=True)
        )
        for week in weeks
    )
    names = tuple(person.member.name for person in people)
    said = limit_text(people[0], limit) if people else ""
    return WeekChartData(tuple(weeks), names, bars, limit, said)


def term_chart(term: PersonTerm) -> WeekChartData:
    """Return the weeks of one person's whole term."""
    rules = term.member.rules
    days = [rules.first + timedelta(days=at) for at in range((rules.last - rules.first).days + 1)]
    cells = {day: cell for month in term.months for day, cell in month.person.cells.items()}
    by_week = hours_by_week(cells)
    if not term.months:
        return WeekChartData((), (), (), None, "")
    first = term.months[0].person
    everything = replace(
        first,
        cells=cells,
        week_days={day: most for one in term.months for day, most in one.person.week_days.items()},
    )
    limit = week_limit(first, term.patterns)
    weeks = weeks_of(days)
    bars = tuple(
        (week_bar(0, everything, week, by_week.get(week_of(week.first), Hours()), limit),) for week in weeks
    )
    return WeekChartData(tuple(weeks), (term.member.name,), bars, limit, limit_text(first, limit))


def week_bar(row: int, person: PersonMonth, week: Week, hours: Hours, limit: int | None) -> Bar:
    """Return the bar of one person's week."""
    days = person.week_days.get(week_of(week.first), 0)
    most = person.member.rules.week_days_max
    over = bool(most and days > most) or bool(limit and hours.total > limit)
    first = next((day for day in sorted(person.cells) if week.first <= day <= week.last), week.first)
    return Bar(row, hours, first, partial(_week_said, person.member.name, week, hours, days), over)


def _week_said(name: str, week: Week, hours: Hours, days: int) -> str:
    counted = ngettext("{count} day", "{count} days", days).format(count=days)
    return _("{person}, {week}: {hours} ({days})").format(
        person=name, week=week.name(), hours=format_minutes(hours.total), days=counted
    )


def week_limit(person: PersonMonth, patterns: Sequence[WorkPattern]) -> int | None:
    """Return the minutes of as many full days as a week has at most by the programme (週1～3日)."""
    most = person.member.rules.week_days_max
    longest = max((pattern.minutes for pattern in patterns), default=0)
    return most * longest if most and longest else None


def limit_text(person: PersonMonth, limit: int | None) -> str:
    """Return what the line of the limit says."""
    if limit is None:
        return ""
    return _("{days} full days a week = {hours}").format(
        days=person.member.rules.week_days_max, hours=format_minutes(limit)
    )


def person_chart(view: MonthView) -> PersonChartData:
    """Return everybody's month, the most hours first."""
    order = sorted(range(len(view.people)), key=lambda row: (-view.people[row].expected, row))
    people = [view.people[row] for row in order]
    bars = tuple(_person_bar(row, view.people[row], view.days[0].day) for row in order)
    caps = {person.cap: person for person in people}
    said = dict.fromkeys(cap_state(person).cap_text() for person in caps.values())
    return PersonChartData(tuple(person.member.name for person in people), bars, " / ".join(said))


def _person_bar(row: int, person: PersonMonth, first: date) -> Bar:
    state = cap_state(person)
    day = person.over_on or min(person.cells, default=first)
    said = partial(_person_said, person.member.name, state)
    return Bar(row, Hours(state.worked, state.planned), day, said, state.reached, state.cap)


def _person_said(name: str, state: CapState) -> str:
    return _("{person}: worked {worked}, planned {planned}, {cap}").format(
        person=name,
        worked=format_minutes(state.worked),
        planned=format_minutes(state.planned),
        cap=state.cap_text(),
    )
