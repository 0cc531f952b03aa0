"""Two programs that want the same time of an interviewer, or of a person, over and over again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from fujisawa_desktop.models import InterviewUnit
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.interview_booking import cancel
from fujisawa_desktop.services.interview_calendar import calendar

HERE: Final = Path(__file__).resolve().parent
_HEAD_START: Final = 0.01
"""Seconds after which both begin; the line has reached both of them by then."""


class Prize(StrEnum):
    """Whose time two programs want."""

    INTERVIEWER = "interviewer"
    PERSON = "person"
    UNSEEN = "unseen"
    """An interviewer's, by programs that look at nothing before they write."""


LOSER_HEARS: Final = {
    Prize.INTERVIEWER: "interview.interviewer-taken",
    Prize.PERSON: "interview.applicant-taken",
    Prize.UNSEEN: "interview.taken",
}


@dataclass(frozen=True)
class Rivals:
    """What the two want: entries and interviewers, one of each for either program."""

    programme_id: int
    entries: tuple[int, int]
    interviewers: tuple[int, int]


@dataclass
class Tally:
    """How the races ended; ``wrong`` are those that did not end with one winner and one interview."""

    ends: Counter[tuple[Prize, tuple[str, ...]]] = field(default_factory=Counter)
    wins: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def race(
    database: Database,
    place: str,
    rivals: dict[Prize, Rivals],
    start_of: Callable[[int], datetime],
    rounds: int,
) -> Tally:
    """Let two programs race ``rounds`` times, one kind of prize after the other."""
    tally, prizes = Tally(), list(Prize)
    with _children(place) as children:
        for number in range(rounds):
            prize = prizes[number % len(prizes)]
            ends = _one(children, prize, rivals[prize], start_of(number))
            _judge(database, tally, prize, ends, rivals[prize].programme_id)
    return tally


def _one(
    children: list[subprocess.Popen[str]], prize: Prize, rivals: Rivals, start: datetime
) -> tuple[str, ...]:
    begin = time.time() + _HEAD_START
    for number, child in enumerate(children):
        wish = {
            "at": begin,
            "programme": rivals.programme_id,
            "entry": rivals.entries[number],
            "interviewers": [rivals.interviewers[number]],
            "start": start.isoformat(),
            "actor": f"seat {number}",
            "blind": prize is Prize.UNSEEN,
        }
        _pipe(child.stdin).write(json.dumps(wish) + "\n")
        _pipe(child.stdin).flush()
    return tuple(_pipe(child.stdout).readline().strip() for child in children)


def _judge(database: Database, tally: Tally, prize: Prize, ends: tuple[str, ...], programme_id: int) -> None:
    tally.ends[prize, tuple(sorted(ends))] += 1
    if "done" in ends:
        tally.wins[ends.index("done")] += 1
    booked = calendar(database, programme_id=programme_id).interviews
    with database.read() as session:
        doubled = session.scalar(
            select(func.count())
            .select_from(InterviewUnit)
            .group_by(InterviewUnit.holder, InterviewUnit.holder_id, InterviewUnit.starts_at)
            .having(func.count() > 1)
        )
    if sorted(ends) != ["done", LOSER_HEARS[prize]] or len(booked) != 1 or doubled:
        tally.wrong.append(f"{prize}: {ends}, {len(booked)} interviews")
    for one in booked:
        cancel(database, interview_id=one.interview_id)


@contextmanager
def _children(place: str) -> Iterator[list[subprocess.Popen[str]]]:
    command = [sys.executable, str(HERE / "race_child.py"), place]
    surroundings = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings)
        for _ in range(2)
    ]
    try:
        for child in children:
            assert _pipe(child.stdout).readline().strip() == "ready"
        yield children
    finally:
        for child in children:
            _pipe(child.stdin).close()
            child.wait(timeout=60)
            _pipe(child.stdout).close()


def _pipe(pipe: Any) -> Any:
    assert pipe is not None
    return pipe
