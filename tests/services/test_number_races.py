"""Two programs that take numbers from one ledger at one moment: no number is ever given twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from paper_scene import decided, notices

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.document_numbers import number_ledger

HERE: Final = Path(__file__).resolve().parent.parent
ROUNDS: Final = 20
_HEAD_START: Final = 0.05
"""Seconds after which both issue; the line has reached both of them by then."""


def test_two_programs_that_race_for_numbers_never_get_the_same(database: Database, programme_id: int) -> None:
    decided(database, programme_id)
    issued: list[str] = []
    with children(database.place) as both:
        for number in range(ROUNDS):
            numbering = ("one", "each")[number % 2]
            wish = {"programme": programme_id, "numbering": numbering, "numbers": ["100", "101"]}
            shown = [ask(child, json.dumps({**wish, "actor": "席"})) for child in both]
            assert shown[0] == shown[1], "both were shown the same next numbers"
            at = time.time() + _HEAD_START
            for child in both:
                send(child, str(at))
            ends = sorted(answer(child) for child in both)
            assert ends == [shown[0], "papers.number-taken"]
            issued.append(shown[0])
    rows = number_ledger(database, sign="藤職", fiscal_year=notices(database)[0].dated.year)
    assert not [row for row in rows if row.is_gap]
    assert len(set(issued)) == ROUNDS
    kept = [notice.document_number for notice in notices(database)]
    assert len(kept) == 2 * ROUNDS
    assert {row.number for row in rows} == {int(text) for text in kept}


@contextmanager
def children(place: str) -> Iterator[list[subprocess.Popen[str]]]:
    command = [sys.executable, str(HERE / "number_race_child.py"), place]
    surroundings = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings)
        for _ in range(2)
    ]
    try:
        for child in both:
            assert answer(child) == "ready"
        yield both
    finally:
        for child in both:
            pipe(child.stdin).close()
            child.wait(timeout=60)
            pipe(child.stdout).close()


def ask(child: subprocess.Popen[str], line: str) -> str:
    send(child, line)
    return answer(child)


def send(child: subprocess.Popen[str], line: str) -> None:
    pipe(child.stdin).write(f"{line}\n")
    pipe(child.stdin).flush()


def answer(child: subprocess.Popen[str]) -> str:
    return str(pipe(child.stdout).readline()).strip()


def pipe(pipe: Any) -> Any:
    assert pipe is not None
    return pipe
