"""What is said about a plan: what it reaches aim by aim, what it changes, and what was supposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from fujisawa_desktop.i18n import N_, _, format_date, format_minutes, format_time, ngettext
from fujisawa_desktop.rules.planning_model import Aim, Measure, Window
from fujisawa_desktop.services.interview_assumptions import Assumptions
from fujisawa_desktop.services.interview_figures import PlanFigures
from fujisawa_desktop.services.interview_plan import PlannedInterview, Seat
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.interviewer_times import NewTime
from fujisawa_desktop.texts import message_for
from fujisawa_desktop.views.interviews.words import long_span, some_names, span_text

_SPANS: Final = 4

AIM_NAMES: Final[dict[Aim, str]] = {
    Aim.PLACED: N_("People with a place"),
    Aim.KEPT: N_("Announced times changed"),
    Aim.NEEDS: N_("Wishes and needs met"),
    Aim.DAYS: N_("Interviewer-days used"),
    Aim.LOAD: N_("Interviews of the busiest"),
    Aim.COMPACT: N_("Idle time in between"),
}
"""What a plan is judged by, in the order of importance."""


def aim_value(measure: Measure, total: int) -> str:
    """Return what was reached in one aim, with its unit."""
    value = measure.value
    if measure.aim is Aim.PLACED:
        return _("{placed} / {total}").format(placed=value, total=total)
    if measure.aim is Aim.COMPACT:
        return format_minutes(value)
    return f"{value:,}"


def proof(measure: Measure) -> str:
    """Return whether no plan does better, in words; if time ran out, how much better one might be."""
    if measure.proven:
        return _("Proven to be the best")
    left = abs(measure.bound - measure.value)
    return {
        Aim.PLACED: lambda: ngettext(
            "Time ran out: at most {count} person more",
            "Time ran out: at most {count} people more",
            left,
        ),
        Aim.KEPT: lambda: ngettext(
            "Time ran out: at most {count} change fewer",
            "Time ran out: at most {count} changes fewer",
            left,
        ),
        Aim.NEEDS: lambda: ngettext(
            "Time ran out: at most {count} wish more",
            "Time ran out: at most {count} wishes more",
            left,
        ),
        Aim.DAYS: lambda: ngettext(
            "Time ran out: at most {count} day fewer",
            "Time ran out: at most {count} days fewer",
            left,
        ),
        Aim.LOAD: lambda: ngettext(
            "Time ran out: at most {count} interview fewer",
            "Time ran out: at most {count} interviews fewer",
            left,
        ),
        Aim.COMPACT: lambda: ngettext(
            "Time ran out: at most {count} minute less",
            "Time ran out: at most {count} minutes less",
            left,
        ),
    }[measure.aim]().format(count=f"{left:,}")


def seat_words(seat: Seat | None) -> str:
    """Return ``10/30 9:00–9:30 職員課　佐野``; in a comparison no place is said as well."""
    if seat is None:
        return _("No place")
    names = "・".join(seat.interviewers) or _("added interviewer")
    return _("{span}, {interviewer}").format(span=span_text(seat.start, seat.end), interviewer=names)


def move_words(one: PlannedInterview) -> str:
    """Return where somebody was and where the plan puts them."""
    if one.before is None:
        return seat_words(one.seat)
    before, after = one.before, one.seat
    if (before.start, before.end) == (after.start, after.end):
        return _("{span}: {before} → {after}").format(
            span=span_text(after.start, after.end),
            before="・".join(before.interviewers),
            after="・".join(after.interviewers) or _("added interviewer"),
        )
    return _("{before} → {after}").format(
        before=span_text(before.start, before.end), after=span_text(after.start, after.end)
    )


def assumption_lines(assumptions: Assumptions, view: CalendarView) -> list[str]:
    """Return what was supposed, one sentence each."""
    return [
        *_people_lines(assumptions, view),
        *_setting_lines(assumptions),
    ]


def _people_lines(assumptions: Assumptions, view: CalendarView) -> list[str]:
    lines = []
    for one in assumptions.additions:
        text = ngettext(
            "{span}: {count} interviewer more", "{span}: {count} interviewers more", one.count
        ).format(span=long_span(one.start, one.end), count=one.count)
        lines.append(_with_wishes(text, one.role, one.courses, view))
    for absence in assumptions.absences:
        column = view.interviewer_of.get(absence.interviewer_id)
        lines.append(
            _("{interviewer} is away on {day}").format(
                interviewer=column.name if column else "", day=format_date(absence.day, year=False)
            )
        )
    return [*lines, *_asked_lines(assumptions, view)]


def _asked_lines(assumptions: Assumptions, view: CalendarView) -> list[str]:
    """Return who is asked for which times; people who are asked for the same ones together."""
    names_of = {person.applicant_id: person.name for person in view.people}
    windows_of: dict[int, list[Window]] = {}
    for asked in assumptions.asked:
        windows_of.setdefault(asked.applicant_id, []).append(asked.window)
    people_of: dict[tuple[Window, ...], list[str]] = {}
    for applicant_id, windows in windows_of.items():
        people_of.setdefault(tuple(windows), []).append(names_of.get(applicant_id, ""))
    lines = []
    for several, names in people_of.items():
        spans = [span_text(*window) for window in several[:_SPANS]]
        if len(several) > _SPANS:
            spans.append("…")
        lines.append(
            _("{person} can also come at {span}").format(person=some_names(names), span=_(", ").join(spans))
        )
    return lines


def _with_wishes(text: str, role: str, courses: frozenset[int], view: CalendarView) -> str:
    """Return a text with the role and the courses that are wanted behind it."""
    names = [mark.short_name for mark in view.courses if mark.course_id in courses]
    wanted = [role, *names] if role else names
    return _("{text} ({courses})").format(text=text, courses=_(", ").join(wanted)) if wanted else text


def _setting_lines(assumptions: Assumptions) -> list[str]:
    lines = []
    if assumptions.slot_minutes is not None:
        lines.append(_("Interviews of {count} minutes").format(count=assumptions.slot_minutes))
    if assumptions.daily_limit is not None:
        lines.append(
            _("At most {count} interviews a day for each interviewer").format(count=assumptions.daily_limit)
            if assumptions.daily_limit
            else _("No limit of interviews a day")
        )
    if assumptions.own_limits_more:
        lines.append(
            ngettext(
                "{count} interview a day more for those with a limit of their own",
                "{count} interviews a day more for those with a limit of their own",
                assumptions.own_limits_more,
            ).format(count=assumptions.own_limits_more)
        )
    if assumptions.lunch is not None:
        lines.append(
            _("Lunch from {start} to {end}").format(
                start=format_time(assumptions.lunch[0]), end=format_time(assumptions.lunch[1])
            )
            if assumptions.lunch
            else _("No lunch break")
        )
    return lines


def storable_lines(assumptions: Assumptions, view: CalendarView) -> list[str]:
    """Return what besides added time becomes real."""
    return assumption_lines(replace(assumptions, additions=(), asked=()), view)


def new_time_words(new: NewTime, view: CalendarView) -> str:
    """Return which time is to be added: when, and for which courses."""
    day = format_date(new.day, year=False)
    span = _("{day} {start}–{end}").format(day=day, start=format_time(new.start), end=format_time(new.end))
    return _with_wishes(span, new.role, new.course_ids, view)


def figure_rows(several: Sequence[PlanFigures]) -> list[tuple[str, list[str]]]:
    """Return a table of figures: a name, and what each plan says."""
    aims = [aim for aim in Aim if any(figures.measure(aim) for figures in several)]
    plain: list[tuple[str, Callable[[PlanFigures], int]]] = [
        (_("To be booked"), lambda one: one.new),
        (_("To be moved"), lambda one: one.moved),
        (_("To be taken out"), lambda one: one.lost),
    ]
    rows = []
    if Aim.PLACED not in aims:
        name = _(AIM_NAMES[Aim.PLACED])
        rows.append((name, [f"{one.placed:,}" for one in several]))
    if Aim.KEPT not in aims:
        rows.append((_(AIM_NAMES[Aim.KEPT]), [str(one.announced_moved) for one in several]))
    rows += [(_(AIM_NAMES[aim]), [_aim_cell(one, aim) for one in several]) for aim in aims]
    return rows + [(name, [f"{value(one):,}" for one in several]) for name, value in plain]


def _aim_cell(figures: PlanFigures, aim: Aim) -> str:
    measure = figures.measure(aim)
    if measure is None:
        return {Aim.PLACED: str(figures.placed), Aim.KEPT: str(figures.announced_moved)}.get(aim, "–")
    value = f"{measure.value:,}" if aim is Aim.PLACED else aim_value(measure, figures.total)
    return value if measure.proven else _("{value} (not proven)").format(value=value)


def fix_words(code: str, params: dict[str, object]) -> str:
    """Return what would help, as a sentence."""
    return message_for(code, params)
