"""Invented interview problems of the size of a year, the same on every machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from fujisawa_desktop.rules.planning import Booking, Candidate, Interviewer, Plan, PlanProblem

HALF_HOUR = timedelta(minutes=30)


def scene(people: int, days: int, interviewers: int, *, seed: int = 1) -> PlanProblem:
    """People who named one to four stretches of a day; interviewers for all courses or for one."""
    random = Random(seed)
    dates = [datetime(2031, 7, 1) + timedelta(days=day) for day in range(days)]
    office = []
    for key in range(1, interviewers + 1):
        windows = []
        for day in dates:
            first, last = random.choice((9, 9, 9, 10, 13)), random.choice((17, 17, 17, 16, 12))
            if random.random() > 0.1 and first < last:
                windows.append((day + timedelta(hours=first), day + timedelta(hours=last)))
        courses = None if key % 3 == 0 else frozenset({1 + key % 2})
        office.append(
            Interviewer(key, f"interviewer {key}", courses, tuple(windows), gives_support=key % 4 == 0)
        )
    candidates = []
    for key in range(1, people + 1):
        spans = []
        for day in random.sample(dates, random.randint(1, min(4, days))):
            first = day + random.randint(18, 30) * HALF_HOUR
            spans.append((first, first + random.randint(2, 8) * HALF_HOUR))
        candidates.append(
            Candidate(
                key,
                f"{random.randint(10**11, 10**12 - 1)}",
                frozenset({1 + key % 2}),
                tuple(spans),
                finish_by=dates[days // 2].date() if random.random() < 0.05 else None,
                needs_support=random.random() < 0.03,
            )
        )
    return PlanProblem(tuple(candidates), tuple(office), lunch=(time(12), time(13)))


def told_and_ill(problem: PlanProblem, plan: Plan, ill: int) -> PlanProblem:
    """Return the problem after the plan was announced and one interviewer fell ill."""
    held = {
        one.candidate: Booking(one.interviewers, one.start, one.end, announced=True) for one in plan.placed
    }
    return replace(
        problem,
        candidates=tuple(replace(one, booking=held.get(one.key)) for one in problem.candidates),
        interviewers=tuple(
            replace(one, windows=()) if one.key == ill else one for one in problem.interviewers
        ),
    )
