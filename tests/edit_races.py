"""Two programs that edit the same people at once: whether anything was written over unseen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from appointed import Person, add_people
from sqlalchemy import select

from fujisawa_desktop.models import Applicant, JournalEntry, JournalPayload
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.rules.selection import ApplicationStatus

HERE: Final = Path(__file__).resolve().parent
ROWS: Final = 20


@dataclass(frozen=True)
class Outcome:
    """What became of a race.

    Attributes:
        saves: acts that were stored.
        conflicts: refusals that were answered by both values and a choice.
        lost: writes over a value the writer had not seen; must be empty.
        blind: values of the other that a conflict did not show; must be 0.
        other: codes of any other refusal, such as a lock or a deadlock; must be empty.
    """

    saves: int
    conflicts: int
    lost: tuple[str, ...]
    blind: int
    other: tuple[str, ...]


def people_to_edit(database: Database, programme_id: int) -> list[int]:
    """Store the people both edit."""
    people = tuple(
        Person(f"{at:012d}", f"試験　{at}", f"シケン {'アイウエオカキクケコサシスセソタチツテト'[at]}",
               0, ApplicationStatus.FIRST_PASSED)
        for at in range(ROWS)
    )  # fmt: skip
    add_people(database, programme_id, people)
    with database.read() as session:
        return list(session.scalars(select(Applicant.id).order_by(Applicant.id).limit(ROWS)))


def race(database: Database, address: str, people: list[int], *, count: int, seed: int) -> Outcome:
    """Let two programs edit ``count`` times each, at the same time."""
    surroundings = {**os.environ, "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"}
    children = [
        subprocess.Popen(
            [
                sys.executable,
                str(HERE / "edit_race_child.py"),
                address,
                f"clerk{number}",
                str(seed + number),
                str(count),
                *(str(one) for one in people),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings,
        )
        for number in range(2)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
    told = _both(children)
    saves = {one["seq"]: one for part in told for one in part["saves"]}
    return Outcome(
        saves=len(saves),
        conflicts=sum(part["conflicts"] for part in told),
        lost=tuple(written_over_unseen(database, saves)),
        blind=sum(part["blind"] for part in told),
        other=tuple(code for part in told for code in part["other"]),
    )


def _both(children: list[subprocess.Popen[str]]) -> list[dict[str, Any]]:
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    told = []
    for child in children:
        out, _err = child.communicate()
        assert child.returncode == 0, out
        told.append(json.loads(out))
    return told


def written_over_unseen(database: Database, saves: dict[int, dict[str, Any]]) -> list[str]:
    """Return the saves that replaced a value their writer had not seen, read from the journal."""
    lost = []
    with database.read() as session:
        query = (
            select(JournalEntry.seq, JournalPayload.data)
            .join(JournalPayload, JournalPayload.seq == JournalEntry.seq)
            .where(JournalEntry.seq.in_(saves))
            .order_by(JournalEntry.seq)
        )
        for seq, data in session.execute(query):
            for key, before, _after in unpack(data)[0].get("applicant", {}).get("updated", ()):
                saw = saves[seq]["saw"]
                if key == saves[seq]["row"]:
                    lost += [
                        f"act {seq}: {name}"
                        for name, value in before.items()
                        if name in saw and saw[name] != value
                    ]
    return lost
