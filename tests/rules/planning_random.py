"""Random small interview plans, the same for the same seed on every machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from fujisawa_desktop.rules.planning import Booking, Candidate, Interviewer, PlanProblem, Window

DAYS = (datetime(2031, 7, 1), datetime(2031, 7, 2))
PANELS = ((), (), (), ("", ""), ("A", "B"), ("A", ""))
ROLES = ("", "A", "B")


def random_problem(seed: int, *, people: int = 7, interviewers: int = 4) -> PlanProblem:
    """Make one problem: every rule and every kind of booking comes up among a few hundred seeds."""
    random = Random(seed)
    panel = random.choice(PANELS)
    alike = windows(random, most=3)
    office = tuple(
        Interviewer(
            key,
            f"interviewer {key}",
            random.choice((None, None, frozenset({1}), frozenset({1, 2}))),
            alike if random.random() < 0.5 else windows(random, most=2),
            role=random.choice(ROLES) if random.random() < 0.4 else ("A", "B")[key % 2],
            daily_limit=random.choice((None, None, None, 1, 2)),
            gives_support=random.random() < 0.4,
        )
        for key in range(1, random.randint(1, interviewers) + 1)
    )
    slot = random.choice((20, 30))
    lengths = (None, None, 15, 45, 60) if random.random() < 0.3 else (None,)
    candidates = tuple(
        Candidate(
            key,
            random.choice("ABC") + str(key),
            random.choice((frozenset({1}), frozenset({2}), frozenset({1, 2}))),
            alike if random.random() < 0.3 else windows(random, most=3),
            person=random.choice((None, None, None, 1, 2)),
            minutes=random.choice(lengths),
            finish_by=random.choice((None, None, DAYS[0].date())),
            needs_support=random.random() < 0.2,
        )
        for key in range(1, random.randint(1, people) + 1)
    )
    problem = PlanProblem(
        candidates,
        office,
        slot_minutes=slot,
        gap_minutes=random.choice((0, 0, 10)),
        lunch=random.choice((None, (time(12), time(13)))),
        panel=panel,
        daily_limit=random.choice((None, None, None, 2, 3)),
    )
    return booked(random, problem)


def windows(random: Random, *, most: int) -> tuple[Window, ...]:
    """Return some spans of a quarter to one and a half hours or so around noon."""
    found = []
    for _ in range(random.randint(0 if most < 3 else 1, most)):
        start = random.choice(DAYS) + timedelta(minutes=600 + 15 * random.randint(0, 14))
        found.append((start, start + timedelta(minutes=15 * random.randint(1, 7))))
    return tuple(found)


def booked(random: Random, problem: PlanProblem) -> PlanProblem:
    """Give some people bookings as a clerk might: nobody twice at a time, everything else may be odd."""
    taken: list[tuple[int | None, tuple[int, ...], datetime, datetime]] = []
    result = []
    for candidate in problem.candidates:
        booking = random_booking(random, problem, candidate) if random.random() < 0.4 else None
        if booking is not None and not any(
            start < booking.end
            and booking.start < end
            and (set(keys) & set(booking.interviewers) or (person is not None and person == candidate.person))
            for person, keys, start, end in taken
        ):
            taken.append((candidate.person, booking.interviewers, booking.start, booking.end))
            candidate = replace(candidate, booking=booking)  # noqa: PLW2901
        result.append(candidate)
    return replace(problem, candidates=tuple(result))


def random_booking(random: Random, problem: PlanProblem, candidate: Candidate) -> Booking:
    spans = [*candidate.windows] or [(DAYS[0] + timedelta(hours=10), DAYS[0] + timedelta(hours=12))]
    start, _ = random.choice(spans)
    start += timedelta(minutes=random.choice((0, 0, 10, 30)))
    length = timedelta(
        minutes=random.choice((candidate.minutes or problem.slot_minutes, problem.slot_minutes))
    )
    seats = random.choice((len(problem.seats), len(problem.seats), 1, 2))
    keys = [one.key for one in problem.interviewers]
    return Booking(
        tuple(sorted(random.sample(keys, min(seats, len(keys))))),
        start,
        start + length,
        announced=random.random() < 0.6,
        locked=random.random() < 0.3,
    )


def shuffled(problem: PlanProblem, seed: int) -> PlanProblem:
    """Return the same problem told in another order."""
    random = Random(seed)
    candidates = random.sample(problem.candidates, len(problem.candidates))
    interviewers = random.sample(problem.interviewers, len(problem.interviewers))
    return replace(problem, candidates=tuple(candidates), interviewers=tuple(interviewers))
