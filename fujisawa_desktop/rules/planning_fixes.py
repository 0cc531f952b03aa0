"""What would help those without a place, tried by planning again before it is offered.

Each place more takes one slot of somebody's time, so a fix for n people never takes less than n
slots.  The slots are laid so that as few added interviewers as possible are needed at once, as
early as possible.  Then the whole plan is made again with them: only if everybody named gets a
place is the fix offered.  If somebody else would take the added time, that person joins the fix.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from fujisawa_desktop.rules.planning_model import (
    Addition,
    Booking,
    Candidate,
    Fix,
    Interviewer,
    PlanProblem,
    Reason,
    Window,
    grid,
    merged,
    with_additions,
    without_lunch,
)
from fujisawa_desktop.rules.planning_options import Option
from fujisawa_desktop.rules.planning_reasons import Rivalry
from fujisawa_desktop.rules.planning_search import Assignment, Effort, assign

_WITHOUT_TRYING: Final = {
    "plan.no-availability": "plan.fix-ask-times",
    "plan.window-too-short": "plan.fix-ask-longer",
    "plan.time-ran-out": "plan.fix-plan-again",
}


@dataclass(frozen=True, slots=True)
class _Remedy:
    """Added time that gives everybody of ``people`` (positions) a place."""

    people: frozenset[int]
    additions: tuple[Addition, ...]
    moved: int = 0


def fixes_for(rivalry: Rivalry, reasons: dict[int, Reason], effort: Effort) -> dict[int, Fix]:
    """Find for each unplaced position what would help.

    Raises:
        Cancelled: the person pressed 中止.
    """
    fixes = {
        position: Fix(_WITHOUT_TRYING[reason.code])
        for position, reason in reasons.items()
        if reason.code in _WITHOUT_TRYING
    }
    for circle in _circles(rivalry, [position for position in reasons if position not in fixes]):
        if not circle <= fixes.keys():
            remedy = _tried(rivalry, circle, effort)
            for position in circle | remedy.people:
                fixes[position] = _fix(rivalry, remedy, position)
    return fixes


def _fix(rivalry: Rivalry, remedy: _Remedy, position: int) -> Fix:
    if position not in remedy.people:
        return Fix("plan.fix-ask-times")
    table = rivalry.table
    minutes = sum(
        addition.count * ((addition.end - addition.start) // timedelta(minutes=1))
        for addition in remedy.additions
    )
    return Fix(
        "plan.fix-add-interviewers",
        {"people": len(remedy.people), "minutes": minutes, "moved": remedy.moved},
        tuple(table.candidates[person].key for person in sorted(remedy.people)),
        remedy.additions,
    )


def _circles(rivalry: Rivalry, positions: list[int]) -> list[frozenset[int]]:
    """Gather the unplaced whose groups overlap: time added for one is open to the others too."""
    circles: list[tuple[set[int], set[int]]] = []
    for position in positions:
        members, groups = {position}, set(rivalry.group(position))
        apart = []
        for circle in circles:
            if circle[1] & groups:
                members |= circle[0]
                groups |= circle[1]
            else:
                apart.append(circle)
        circles = [*apart, (members, groups)]
    return [frozenset(members) for members, _ in circles]


def _tried(rivalry: Rivalry, circle: frozenset[int], effort: Effort) -> _Remedy:
    """Lay the added time for a circle and plan again with it, until everybody named has a place."""
    before = frozenset(rivalry.unplaced)
    named = circle
    while True:
        remedy = _laid(rivalry, named, effort)
        again = assign(with_additions(rivalry.table.problem, remedy.additions), effort)
        after = frozenset(again.unplaced())
        if not remedy.people & after:
            return replace(remedy, moved=len(again.moved()))
        newcomers = before - after - named
        if not newcomers:
            return _Remedy(frozenset(), ())
        named |= newcomers


def _laid(rivalry: Rivalry, named: frozenset[int], effort: Effort) -> _Remedy:
    """Give the named people slots of as few added interviewers as can be."""
    problem = rivalry.table.problem
    windows = _windows_from_each_start(rivalry, named)
    slots = {slot for window in windows for slot in grid(window, problem.slot, problem.gap)}
    size = -(-len(named) // len(slots))
    found = assign(_side_problem(rivalry, named, windows, size), effort)
    # One added interviewer a person is always enough, if anything is.
    while len(found.held) < len(named) and size < len(named):
        size += 1
        found = assign(_side_problem(rivalry, named, windows, size), effort)
    positions = {rivalry.table.candidates[position].key: position for position in named}
    people = frozenset(positions[found.table.candidates[held].key] for held in found.held)
    return _Remedy(people, _additions(found))


def _windows_from_each_start(rivalry: Rivalry, named: frozenset[int]) -> tuple[Window, ...]:
    """Return spans from every moment somebody becomes free to the end of the group's day.

    Interviews pushed as early as they go start when somebody becomes free or right after another
    one, so these grids hold a best arrangement.
    """
    problem = rivalry.table.problem
    parts = [
        part
        for position in named
        for window in merged(rivalry.table.candidates[position].windows)
        for part in without_lunch(window, problem.lunch)
    ]
    last: dict[date, datetime] = {}
    for start, end in parts:
        last[start.date()] = max(end, last.get(start.date(), end))
    spans = {part for start, _ in parts for part in without_lunch((start, last[start.date()]), problem.lunch)}
    return tuple(sorted(spans))


def _side_problem(
    rivalry: Rivalry, named: frozenset[int], windows: tuple[Window, ...], size: int
) -> PlanProblem:
    """Only the named people and ``size`` added interviewers who may see anybody."""
    table = rivalry.table
    people = [replace(table.candidates[position], booking=None) for position in sorted(named)]
    added = tuple(Interviewer(-number, "", None, windows) for number in range(1, size + 1))
    return replace(table.problem, candidates=(*people, *_twins(rivalry, named)), interviewers=added)


def _twins(rivalry: Rivalry, named: frozenset[int]) -> list[Candidate]:
    """Return the placed candidacies of the same people, fixed where they are."""
    table = rivalry.table
    persons = {table.candidates[position].person for position in named} - {None}
    return [
        replace(
            table.candidates[option.candidate],
            booking=Booking((option.interviewer,), option.start, option.end, locked=True),
        )
        for option in (*rivalry.assignment.held.values(), *table.locked)
        if table.candidates[option.candidate].person in persons
    ]


def _additions(found: Assignment) -> tuple[Addition, ...]:
    """Join neighbouring interviews of one added interviewer, then count equal spans."""
    by_interviewer: dict[int, list[Option]] = defaultdict(list)
    for option in sorted(found.held.values(), key=lambda option: option.start):
        by_interviewer[option.interviewer].append(option)
    counted: Counter[tuple[datetime, datetime, tuple[int, ...]]] = Counter()
    for options in by_interviewer.values():
        for run in _runs(options, found.table.problem.gap):
            courses = {
                course for option in run for course in found.table.candidates[option.candidate].courses
            }
            counted[run[0].start, run[-1].end, tuple(sorted(courses))] += 1
    return tuple(
        Addition(start, end, times, frozenset(courses))
        for (start, end, courses), times in sorted(counted.items())
    )


def _runs(options: list[Option], gap: timedelta) -> list[list[Option]]:
    runs: list[list[Option]] = []
    for option in options:
        if runs and option.start == runs[-1][-1].end + gap:
            runs[-1].append(option)
        else:
            runs.append([option])
    return runs
