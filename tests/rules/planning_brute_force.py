"""A second, slow and obvious opinion on interview plans, for small problems only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from fujisawa_desktop.rules.planning import Candidate, Interviewer, Placement, Plan, PlanProblem

Seat = tuple[int, datetime, datetime]


def touched(problem: PlanProblem, start: datetime, end: datetime) -> bool:
    """Tell whether lunch is touched, minute by minute."""
    if problem.lunch is None:
        return False
    minutes = int((end - start) / timedelta(minutes=1))
    return any(
        problem.lunch[0] <= (start + timedelta(minutes=n)).time() < problem.lunch[1] for n in range(minutes)
    )


def slots(problem: PlanProblem, interviewer: Interviewer) -> Iterator[tuple[datetime, datetime]]:
    """Walk through every window; after lunch the grid begins anew."""
    length = timedelta(minutes=problem.slot_minutes)
    step = timedelta(minutes=1)
    for first, last in interviewer.windows:
        start = first
        while start + length <= last:
            if touched(problem, start, start + length):
                start += step
                while touched(problem, start, start + step):
                    start += step
                if problem.lunch is not None and start.time() < problem.lunch[0]:
                    start = datetime.combine(start.date(), problem.lunch[1])
                continue
            yield (start, start + length)
            start += length + timedelta(minutes=problem.gap_minutes)


def covers(candidate: Candidate, start: datetime, end: datetime) -> bool:
    """Tell whether the candidate is free in every minute."""
    minutes = int((end - start) / timedelta(minutes=1))
    return all(
        any(first <= start + timedelta(minutes=n) < last for first, last in candidate.windows)
        for n in range(minutes)
    )


def choices(problem: PlanProblem, candidate: Candidate) -> list[Seat]:
    """List every seat of one candidate."""
    booking = candidate.booking
    if booking is not None and booking.locked:
        return [(booking.interviewers[0], booking.start, booking.end)]
    return sorted(
        {
            (interviewer.key, start, end)
            for interviewer in problem.interviewers
            if interviewer.courses is None or candidate.courses <= interviewer.courses
            for start, end in slots(problem, interviewer)
            if covers(candidate, start, end)
        }
    )


def compatible(
    problem: PlanProblem, seats: list[tuple[Candidate, Seat]], candidate: Candidate, seat: Seat
) -> bool:
    """Tell whether one more seat excludes none of those taken."""
    gap = timedelta(minutes=problem.gap_minutes)
    for other, (interviewer, start, end) in seats:
        if interviewer == seat[0] and start < seat[2] + gap and seat[1] < end + gap:
            return False
        same = candidate.person is not None and candidate.person == other.person
        if same and start < seat[2] and seat[1] < end:
            return False
    return True


def best(problem: PlanProblem) -> tuple[int, int]:
    """Return how many can be placed, and how many announced times can be kept by such a plan."""
    order = sorted(problem.candidates, key=lambda one: not (one.booking is not None and one.booking.locked))
    seats_of = {candidate.key: choices(problem, candidate) for candidate in order}

    def go(index: int, seats: list[tuple[Candidate, Seat]], kept: int) -> tuple[int, int]:
        if index == len(order):
            return len(seats), kept
        candidate = order[index]
        results = [go(index + 1, seats, kept)]
        for seat in seats_of[candidate.key]:
            if compatible(problem, seats, candidate, seat):
                stays = same_time(candidate, seat[1], seat[2])
                results.append(go(index + 1, [*seats, (candidate, seat)], kept + stays))
        return max(results)

    return go(0, [], 0)


def same_time(candidate: Candidate, start: datetime, end: datetime) -> bool:
    """Tell whether an announced, movable booking is kept in time."""
    booking = candidate.booking
    return (
        booking is not None
        and booking.announced
        and not booking.locked
        and (booking.start, booking.end) == (start, end)
    )


def broken_rules(problem: PlanProblem, plan: Plan) -> list[str]:
    """Name every rule the plan breaks."""
    people = {candidate.key: candidate for candidate in problem.candidates}
    found: list[str] = []
    seats: list[tuple[Candidate, Seat]] = []
    for placement in plan.placed:
        candidate, seat = people[placement.candidate], seat_of(placement)
        if seat not in choices(problem, candidate):
            found.append(f"impossible seat {placement}")
        if not compatible(problem, seats, candidate, seat):
            found.append(f"double use {placement}")
        seats.append((candidate, seat))
    placed = [placement.candidate for placement in plan.placed]
    unplaced = [one.candidate for one in plan.unplaced]
    if sorted(placed + unplaced) != sorted(people):
        found.append("somebody is missing or twice there")
    return found


def seat_of(placement: Placement) -> Seat:
    """Return the seat of a placement with one interviewer."""
    (interviewer,) = placement.interviewers
    return interviewer, placement.start, placement.end
