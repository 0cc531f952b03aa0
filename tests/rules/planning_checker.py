"""A second opinion on plans that shares no code with the planner: slow, obvious, minute by minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise, permutations

from fujisawa_desktop.rules.planning import Aim, Candidate, Interviewer, Placement, Plan, PlanProblem

MINUTE = timedelta(minutes=1)


def seats_of(problem: PlanProblem) -> tuple[str, ...]:
    return problem.panel or ("",)


def is_fixed(problem: PlanProblem, candidate: Candidate) -> bool:
    """Locked, or seen by more people than a panel has: arranged by hand."""
    booking = candidate.booking
    return booking is not None and (booking.locked or len(booking.interviewers) > len(seats_of(problem)))


def is_kept(candidate: Candidate, start: datetime, end: datetime) -> bool:
    booking = candidate.booking
    return booking is not None and (booking.start, booking.end) == (start, end)


def within(start: datetime, end: datetime, spans: Sequence[tuple[datetime, datetime]]) -> bool:
    minutes = (end - start) // MINUTE
    return all(
        any(first <= start + n * MINUTE and start + (n + 1) * MINUTE <= last for first, last in spans)
        for n in range(minutes)
    )


def at_lunch(problem: PlanProblem, moment: datetime) -> bool:
    return problem.lunch is not None and problem.lunch[0] <= moment.time() < problem.lunch[1]


def parts(problem: PlanProblem, window: tuple[datetime, datetime]) -> Iterator[tuple[datetime, datetime]]:
    """Walk along a window; lunch ends a part, and the next one begins anew."""
    first = moment = window[0]
    while moment < window[1]:
        if at_lunch(problem, moment):
            if first < moment:
                yield first, moment
            first = moment + MINUTE
        moment += MINUTE
    if first < window[1]:
        yield first, window[1]


def on_grid(problem: PlanProblem, interviewer: Interviewer, start: datetime, end: datetime) -> bool:
    step = timedelta(minutes=problem.slot_minutes + problem.gap_minutes)
    return any(
        first <= start and end <= last and (start - first) % step == timedelta()
        for window in interviewer.windows
        if window[0] < window[1]
        for first, last in parts(problem, window)
    )


def there(interviewer: Interviewer, start: datetime, end: datetime) -> bool:
    return any(first <= start and end <= last for first, last in interviewer.windows)


def roles_fit(problem: PlanProblem, panel: Sequence[Interviewer]) -> bool:
    return len(panel) == len(seats_of(problem)) and any(
        all(role in ("", one.role) for role, one in zip(seats_of(problem), order, strict=True))
        for order in permutations(panel)
    )


def panel_may(
    problem: PlanProblem, candidate: Candidate, panel: Sequence[Interviewer], start: datetime, end: datetime
) -> bool:
    """Tell whether these may see somebody then, as far as nobody else is concerned."""
    kept = is_kept(candidate, start, end)
    length = timedelta(minutes=candidate.minutes or problem.slot_minutes)
    free = within(start, end, candidate.windows) or (kept and not candidate.windows)
    return (
        free
        and (kept or end - start == length)
        and roles_fit(problem, panel)
        and all(one.courses is None or candidate.courses <= one.courses for one in panel)
        and all(on_grid(problem, one, start, end) or (kept and there(one, start, end)) for one in panel)
    )


def limit_of(problem: PlanProblem, interviewer: Interviewer) -> int | None:
    return problem.daily_limit if interviewer.daily_limit is None else interviewer.daily_limit


def clash(problem: PlanProblem, one: Placement, other: Placement) -> bool:
    """Tell whether two interviews cannot both be held."""
    people = {candidate.key: candidate.person for candidate in problem.candidates}
    gap = timedelta(minutes=problem.gap_minutes)
    shared = set(one.interviewers) & set(other.interviewers)
    near = one.start < other.end + gap and other.start < one.end + gap
    same = people[one.candidate] is not None and people[one.candidate] == people[other.candidate]
    return bool(shared and near) or (same and one.start < other.end and other.start < one.end)


def broken_rules(problem: PlanProblem, plan: Plan) -> list[str]:
    """Name every rule the plan breaks, and everything it says of itself that is not so."""
    people = {candidate.key: candidate for candidate in problem.candidates}
    office = {one.key: one for one in problem.interviewers}
    fixed = {key for key, candidate in people.items() if is_fixed(problem, candidate)}
    found: list[str] = []
    for one in plan.placed:
        candidate = people[one.candidate]
        booking = candidate.booking
        if one.candidate in fixed:
            if booking is None or (booking.interviewers, booking.start, booking.end) != one_of(one):
                found.append(f"fixed interview moved: {one}")
        elif len(set(one.interviewers)) != len(one.interviewers) or not panel_may(
            problem, candidate, [office[key] for key in one.interviewers], one.start, one.end
        ):
            found.append(f"impossible: {one}")
    for one, other in combinations(plan.placed, 2):
        if not {one.candidate, other.candidate} <= fixed and clash(problem, one, other):
            found.append(f"clash: {one} {other}")
    found += [f"limit: {key}" for key in over_limit(problem, plan.placed, fixed)]
    everybody = [one.candidate for one in plan.placed] + [one.candidate for one in plan.unplaced]
    if sorted(everybody) != sorted(people) or not fixed <= {one.candidate for one in plan.placed}:
        found.append("somebody is missing or twice there")
    if not all(one.fixes and one.reason.code for one in plan.unplaced):
        found.append("a reason or a fix is missing")
    return found + untrue(problem, plan)


def one_of(placement: Placement) -> tuple[tuple[int, ...], datetime, datetime]:
    return placement.interviewers, placement.start, placement.end


def over_limit(problem: PlanProblem, placed: Sequence[Placement], fixed: set[int]) -> list[tuple[int, date]]:
    """Return the days on which somebody holds too many and not all of them are fixed."""
    limits = {one.key: limit_of(problem, one) for one in problem.interviewers}
    held = Counter((key, one.start.date()) for one in placed for key in one.interviewers)
    chosen = {
        (key, one.start.date()) for one in placed if one.candidate not in fixed for key in one.interviewers
    }
    return [
        day
        for day, count in held.items()
        if day in chosen and (limits[day[0]] or 0) < count and limits[day[0]] is not None
    ]


def moved(problem: PlanProblem, placed: Sequence[Placement]) -> set[int]:
    times = {one.candidate: (one.start, one.end) for one in placed}
    return {
        one.key
        for one in problem.candidates
        if one.booking is not None
        and one.booking.announced
        and not is_fixed(problem, one)
        and times.get(one.key) != (one.booking.start, one.booking.end)
    }


def worth(problem: PlanProblem, placed: Sequence[Placement]) -> dict[Aim, int]:
    """Measure a plan by every aim."""
    people = {candidate.key: candidate for candidate in problem.candidates}
    supporters = {one.key for one in problem.interviewers if one.gives_support}
    days: dict[tuple[int, date], list[Placement]] = {}
    needs = 0
    for one in sorted(placed, key=lambda one: one.start):
        candidate = people[one.candidate]
        needs += candidate.finish_by is not None and one.start.date() <= candidate.finish_by
        needs += candidate.needs_support and bool(supporters & set(one.interviewers))
        for key in one.interviewers:
            days.setdefault((key, one.start.date()), []).append(one)
    load = Counter(key for one in placed for key in one.interviewers)
    known = {one.key for one in problem.interviewers}
    return {
        Aim.PLACED: len(placed),
        Aim.KEPT: len(moved(problem, placed)),
        Aim.NEEDS: needs,
        Aim.DAYS: len(days),
        Aim.LOAD: max((count for key, count in load.items() if key in known), default=0),
        Aim.COMPACT: sum(idle(problem, day) for day in days.values()),
    }


def idle(problem: PlanProblem, day: Sequence[Placement]) -> int:
    total = 0
    for one, other in pairwise(day):
        minutes = max(0, (other.start - one.end) // MINUTE)
        lunch = sum(at_lunch(problem, one.end + n * MINUTE) for n in range(minutes))
        total += max(0, minutes - lunch - problem.gap_minutes)
    return total


def untrue(problem: PlanProblem, plan: Plan) -> list[str]:
    """Name what the plan says of itself that is not so."""
    real = worth(problem, plan.placed)
    said = {measure.aim: measure.value for measure in plan.measures}
    found = [
        f"{aim}: {said.get(aim)} said, {value} counted"
        for aim, value in real.items()
        if said.get(aim) != value
    ]
    for measure in plan.measures:
        better = measure.bound - measure.value
        if (better if measure.aim in (Aim.PLACED, Aim.NEEDS) else -better) < 0:
            found.append(f"bound worse than value: {measure}")
    if set(plan.moved) != moved(problem, plan.placed):
        found.append("moved")
    if plan.proven_optimal != all(measure.proven for measure in plan.measures[:2]):
        found.append("proven")
    return found


def every_panel(problem: PlanProblem, candidate: Candidate) -> list[Placement]:
    """List every interview somebody could have, as far as nobody else is concerned."""
    times = {(candidate.booking.start, candidate.booking.end)} if candidate.booking else set()
    length = timedelta(minutes=candidate.minutes or problem.slot_minutes)
    for interviewer in problem.interviewers:
        for first, last in interviewer.windows:
            start = first
            while start + length <= last:
                times.add((start, start + length))
                start += MINUTE
    return [
        Placement(candidate.key, tuple(one.key for one in panel), start, end)
        for start, end in sorted(times)
        for panel in combinations(problem.interviewers, len(seats_of(problem)))
        if panel_may(problem, candidate, panel, start, end)
    ]


def all_worths(problem: PlanProblem) -> set[tuple[int, ...]]:
    """Measure every plan there is: small problems only.

    Each is told as gains in the order of the aims, with the announced interviewers that stay after
    the second.
    """
    fixed = {one.key for one in problem.candidates if is_fixed(problem, one)}
    still = [
        Placement(one.key, one.booking.interviewers, one.booking.start, one.booking.end)
        for one in problem.candidates
        if one.key in fixed and one.booking is not None
    ]
    choices = [every_panel(problem, one) for one in problem.candidates if one.key not in fixed]
    found: set[tuple[int, ...]] = set()

    def go(index: int, placed: list[Placement]) -> None:
        if index == len(choices):
            if not over_limit(problem, placed, fixed):
                found.add(gains(problem, placed))
            return
        go(index + 1, placed)
        for choice in choices[index]:
            if not any(clash(problem, choice, other) for other in placed):
                go(index + 1, [*placed, choice])

    go(0, still)
    return found


def gains(problem: PlanProblem, placed: Sequence[Placement]) -> tuple[int, ...]:
    """Return what a plan is worth, every aim as something to be made large."""
    real = worth(problem, placed)
    booked = {one.key: one.booking for one in problem.candidates if one.booking is not None}
    same = sum(
        len(set(one.interviewers) & set(booking.interviewers))
        for one in placed
        if (booking := booked.get(one.candidate)) is not None
        and booking.announced
        and not booking.locked
        and (one.start, one.end) == (booking.start, booking.end)
    )
    return (
        real[Aim.PLACED],
        -real[Aim.KEPT],
        same,
        real[Aim.NEEDS],
        -real[Aim.DAYS],
        -real[Aim.LOAD],
        -real[Aim.COMPACT],
    )


def overstated(problem: PlanProblem, plan: Plan) -> list[str]:
    """Name every bound of the plan that another plan, as good in the aims before, beats."""
    rivals = all_worths(problem)
    ours = gains(problem, plan.placed)
    bounds = {measure.aim: measure.bound for measure in plan.measures}
    found = []
    for place, aim in enumerate((Aim.PLACED, Aim.KEPT, None, Aim.NEEDS, Aim.DAYS, Aim.LOAD, Aim.COMPACT)):
        best = max(rival[place] for rival in rivals if rival[:place] == ours[:place])
        if aim is not None:
            bound = bounds[aim] if aim in (Aim.PLACED, Aim.NEEDS) else -bounds[aim]
            if best > bound:
                found.append(f"{aim}: {best} is possible, {bound} was said to be the bound")
    return found
