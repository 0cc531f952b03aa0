"""What the calendar says in words: in tool tips, to screen readers, and beside the grid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from html import escape

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_short_date, format_time, ngettext, weekday
from fujisawa_desktop.rules.calendar import ClosedReason, holiday_name
from fujisawa_desktop.services.interview_plan import PlanView, UnplacedPerson
from fujisawa_desktop.services.interview_view import (
    Attendance,
    Booked,
    CalendarView,
    DayColumn,
    InterviewerColumn,
    Person,
    meeting_url_of,
)
from fujisawa_desktop.texts.interviews import PROBLEMS
from fujisawa_desktop.views.interviews.board import Board, Card, CardState, Place

_SPANS_SHOWN = 3
_NAMES_SHOWN = 12


def family_name(name: str) -> str:
    """Return what stands before the first space of a name: enough for a narrow card."""
    parts = name.split()
    return parts[0] if parts else name


def day_head(day: date) -> str:
    """Return ``10/30 水``."""
    return f"{format_short_date(day)} {weekday(day)}"


def day_count(board: Board, day: date, *, stored: bool = False) -> str:
    """Return how many interviews a day has: as shown, or as stored whatever plan is looked at."""
    count = board.stored_on(day) if stored else board.count_on(day)
    return ngettext("{count} interview", "{count} interviews", count).format(count=count)


def closed_reason_words(day: DayColumn) -> str:
    """Return why the office is closed on a day: ``文化の日``."""
    if day.closed is None:
        return ""
    return {
        ClosedReason.SATURDAY: _("Saturday, closed"),
        ClosedReason.SUNDAY: _("Sunday, closed"),
        ClosedReason.HOLIDAY: holiday_name(day.day) or _("Holiday"),
        ClosedReason.YEAR_END: _("Turn of the year, closed"),
        ClosedReason.CITY: day.name or _("Closed"),
    }[day.closed]


def closed_words(day: DayColumn) -> str:
    """Return which day it is and why the office is closed: ``11月4日（月）　文化の日 振替休日``."""
    return _("{day}: {reason}").format(day=format_date(day.day, year=False), reason=closed_reason_words(day))


def span_text(start: datetime, end: datetime) -> str:
    """Return ``10/30 9:00–10:00``."""
    return _("{day} {start}–{end}").format(
        day=format_short_date(start.date()), start=format_time(start), end=format_time(end)
    )


def long_span(start: datetime, end: datetime) -> str:
    """Return ``10月30日（水） 9:00–9:30``."""
    return _("{day} {start}–{end}").format(
        day=format_date(start.date(), year=False), start=format_time(start), end=format_time(end)
    )


def times_text(person: Person, most: int = _SPANS_SHOWN) -> str:
    """Return when a person can come, in one short line: at most so many stretches, the others counted."""
    if not person.windows:
        return _("No times named yet")
    shown = _(", ").join(span_text(*window) for window in person.windows[:most])
    if len(person.windows) == 1:
        return _("Only {span}").format(span=shown)
    more = len(person.windows) - most
    if more <= 0:
        return shown
    return ngettext("{spans} and {count} more", "{spans} and {count} more", more).format(
        spans=shown, count=more
    )


def times_in_ever_fewer_words(person: Person) -> list[str]:
    """Return when a person can come, for a place of unknown width: the longest line first."""
    lines = [times_text(person, most) for most in range(_SPANS_SHOWN, 0, -1)]
    if person.windows:
        more = len(person.windows) - 1
        lines.append(span_text(*person.windows[0]) + (f" +{more}" if more else ""))
    return lines


def all_times(person: Person) -> str:
    """Return when a person can come, one stretch a line."""
    return "\n".join(long_span(*window) for window in person.windows) or _("No times named yet")


def courses_text(board: Board, person: Person) -> str:
    """Return the names of a person's courses."""
    return _(", ").join(mark.short_name for mark in board.marks_of(person))


def interviewer_courses(board: Board, interviewer: InterviewerColumn) -> str:
    """Return the courses an interviewer sees."""
    marks = [mark.short_name for mark in board.view.courses if mark.course_id in interviewer.course_ids]
    return _(", ").join(marks) if marks else _("All courses")


def state_words(card: Card) -> list[str]:
    """Return what is to be known about an interview besides who and when."""
    words = []
    if card.state is CardState.NEW:
        words.append(_("In the plan, not booked yet"))
    elif card.state is CardState.MOVED:
        words.append(_("Moved here by the plan, not booked yet"))
    elif card.booked is not None:
        words += [*_told_words(card.booked), *_day_words(card.booked)]
        if card.booked.is_locked:
            words.append(_("Fixed: plans leave it here"))
        words += [_(PROBLEMS[code]) for code in card.booked.problems]
    return words


def _told_words(booked: Booked) -> list[str]:
    """Return whether the person knows the time, and which other one was told."""
    if booked.announced:
        return [_("The time was announced")]
    if booked.announced_start is None or booked.announced_end is None:
        return [_("Not announced yet")]
    old = long_span(booked.announced_start, booked.announced_end)
    return [_("Changed since it was announced; told was {span}").format(span=old)]


def _day_words(booked: Booked) -> list[str]:
    """Return what was recorded on the day."""
    if booked.attendance is Attendance.ABSENT:
        return [_("Did not come")]
    if booked.attendance is None:
        return []
    if booked.late_minutes is None:
        return [_("Came")]
    return [
        ngettext("Came {count} minute late", "Came {count} minutes late", booked.late_minutes).format(
            count=booked.late_minutes
        )
    ]


def who_holds(board: Board, card: Card) -> str:
    """Return the names of all who hold an interview, in the order of the office."""
    held = [board.columns[one.column].interviewer.name for one in board.cards_of(card.person.key)]
    return _(", ").join(held)


def card_lines(board: Board, card: Card) -> list[str]:
    """Return all that is known about an interview, the most important first."""
    return [
        _("{name} ({kana})").format(name=card.person.name, kana=card.person.kana),
        long_span(card.start, card.end),
        who_holds(board, card),
        courses_text(board, card.person),
        *state_words(card),
        *_noted(board, card),
    ]


def _noted(board: Board, card: Card) -> list[str]:
    """Return where an online interview takes place and what was noted on the day."""
    booked = card.booked
    if booked is None:
        return []
    url = meeting_url_of(board.view, booked)
    return [
        *([_("Online: {address}").format(address=url)] if url else []),
        *([_("Note: {text}").format(text=booked.day_note)] if booked.day_note else []),
    ]


def place_line(board: Board, place: Place) -> str:
    """Return which place it is: day, time and interviewer."""
    interviewer = board.columns[place.column].interviewer
    return _("{span}, {interviewer}").format(
        span=long_span(place.start, place.end), interviewer=interviewer.name
    )


def place_words(board: Board, place: Place, carried: Person | None, leaving: int | None) -> str:
    """Return what a screen reader says about the place the cursor is on."""
    card = board.card_at(place)
    if card is not None and carried is None:
        return _(", ").join(card_lines(board, card))
    line = place_line(board, place)
    if carried is None:
        interviewer = board.columns[place.column].interviewer
        free = interviewer.is_there(place.start, place.end)
        return _("{place}: free").format(place=line) if free else _("{place}: away").format(place=line)
    return _("{place}: {fit}").format(
        place=line, fit=fit_reason(board, carried, place, leaving) or _("possible")
    )


def fit_reason(board: Board, person: Person, place: Place, leaving: int | None) -> str:
    """Return in one sentence why a place does not suit the person in hand; empty when it does."""
    verdict = board.verdict(person, place, leaving)
    if verdict.other is not None:
        return _taken_by(board, person, place, verdict.other)
    if not verdict.code:
        return ""
    sentences = {
        "interview.applicant-away": _("{person} did not name this time."),
        "interview.interviewer-away": _("{interviewer} is away at this time."),
        "interview.wrong-course": _("{interviewer} does not see people for {courses}."),
        "interview.lunch": _("This is lunch time."),
        "interview.closed-day": _("The office is closed on this day."),
        "interview.outside-hours": _("This is outside the hours of the interviews."),
        "interview.outside-period": _("This day is outside the interview period."),
        "interview.daily-limit": _("{interviewer} has as many interviews on this day as the limit allows."),
        "interview.no-seat": _("{interviewer} has no role in the panel."),
        "interview.panel-incomplete": _("The panel would not be complete at this time."),
        "interview.bad-length": _("The interview would not end on this day."),
    }
    return sentences.get(verdict.code, _("This time is taken.")).format(
        person=person.name,
        interviewer=board.columns[place.column].interviewer.name,
        courses=courses_text(board, person),
    )


def _taken_by(board: Board, person: Person, place: Place, other: Booked) -> str:
    span = span_text(other.start, other.end)
    them = board.view.person_of[other.key]
    if them.applicant_id == person.applicant_id:
        return _("{person} has another interview: {span}.").format(person=person.name, span=span)
    return _("{interviewer} sees {person}: {span}.").format(
        interviewer=board.columns[place.column].interviewer.name, person=them.name, span=span
    )


def swap_words(other: Card) -> str:
    """Return what dropping an interview on another one leads to."""
    return _("Exchange with {person}").format(person=other.person.name)


def stretch_words(card: Card, end: datetime) -> str:
    """Return how long an interview would be, as said while its end is moved."""
    minutes = round((end - card.start).total_seconds() / 60)
    return _("{name}: {span}, {minutes} minutes").format(
        name=card.person.name, span=long_span(card.start, end), minutes=minutes
    )


def as_tool_tip(lines: Sequence[str]) -> str:
    """Return lines as a tool tip; nothing in them can become markup."""
    return "<p style='white-space:pre'>" + "<br>".join(escape(line) for line in lines) + "</p>"


def some_names(names: Sequence[str]) -> str:
    """Return names, of very many only the first."""
    shown = "・".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    if more <= 0:
        return shown
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=shown, count=more
    )


def result_line(plan: PlanView) -> str:
    """Return the result of a plan in a few words."""
    placed, total = len(plan.placed), len(plan.placed) + len(plan.unplaced)
    if plan.is_trial:
        return _("{placed} of {total}, if what was tried were so").format(placed=placed, total=total)
    if plan.proven_optimal:
        return _("{placed} of {total}: proven to be the most").format(placed=placed, total=total)
    return _("{placed} of {total}: not proven, time ran out").format(placed=placed, total=total)


def result_words(plan: PlanView) -> tuple[str, ...]:
    """Return the result of a plan in ever fewer words, for a place of unknown width."""
    placed, total = len(plan.placed), len(plan.placed) + len(plan.unplaced)
    figures = _("{placed} / {total}").format(placed=placed, total=total)
    if plan.proven_optimal and not plan.is_trial:
        return (
            result_line(plan),
            _("{placed} / {total}: the most").format(placed=placed, total=total),
            figures,
        )
    return result_line(plan), figures


def nothing_to_plan(view: CalendarView) -> str:
    """Return why a plan cannot be made of this calendar; empty when it can."""
    if not any(person.waits for person in view.people):
        return _("Nobody waits for an interview, so there is nothing to plan.")
    if not view.interviewers:
        return _("There are no interviewers' times yet. Take in their file, or enter the times by hand.")
    return ""


def reason_sentence(one: UnplacedPerson) -> str:
    """Return why somebody has no place."""
    return texts.message_for(one.reason, one.reason_params)
