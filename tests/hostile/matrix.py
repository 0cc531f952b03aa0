"""All fields × all outputs × all strings: one round puts another string into each field and runs all."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from fujisawa_desktop.errors import AppError, InputFileError
from fujisawa_desktop.exchange.tabular import parse_table
from fujisawa_desktop.models import Applicant, Appointment, Entry
from fujisawa_desktop.services.databases import opened
from tests.hostile.corpus import STORED
from tests.hostile.fields import Filler, fields, rotating
from tests.hostile.judging import judge
from tests.hostile.outputs import Artifact, outputs, stage_of
from tests.hostile.scene import Scene, at_stage
from tests.pdf_reading import pages_text

Files = Mapping[str, Path]
VICTIMS: Final = 4
_WHOLE: Final = re.compile(r"\A(-?[0-9]+)\.0\Z")
_MOMENT: Final = re.compile(r"\A([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}):[0-9]{2}\Z")


@dataclass
class Tally:
    """What was tried and what came of it."""

    rounds: int = 0
    cells: int = 0
    files: int = 0
    strings: dict[str, set[str]] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    strangers: int = 0

    def lines(self) -> list[str]:
        """Return the figures to be published."""
        several = sorted(len(texts) for texts in self.strings.values())
        never = sorted(set(outputs()) - set(self.made))
        told = [f"  {count} × {name}: {code}" for (name, code), count in sorted(self.refused.items())]
        return [
            f"{len(fields())} fields × {len(outputs())} outputs × {len(STORED)} strings",
            f"{self.rounds} rounds, each field and each row with another string",
            f"{self.cells:,} cells filled, {several[0]} to {several[-1]} different strings in each field",
            f"{self.files:,} files made and read back, {self.strangers:,} rows of other people compared",
            f"{len(self.faults)} faults; outputs that were never made: {', '.join(never) or 'none'}",
            f"{sum(self.refused.values())} refused in coded words:",
            *told,
        ]


@contextmanager
def no_network() -> Iterator[None]:
    """Let whoever opens a connection fail."""
    before = socket.socket.connect

    def refuse(*_args: object) -> None:
        raise AssertionError("something was fetched")

    socket.socket.connect = refuse  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        socket.socket.connect = before  # type: ignore[method-assign]


def play(files: Files, folder: Path, shift: int, tally: Tally) -> None:
    """Fill every field, run every output, and judge each file that is made."""
    for stage in _stages():
        path = _copied(files, folder, stage)
        filler = Filler(path)
        filler.fill(rotating(shift))
        if stage == "whole":
            tally.cells += filler.cells
            for name, texts in filler.strings.items():
                tally.strings.setdefault(name, set()).update(texts)
        filler.close()
        with no_network(), at_stage(path, path.parent) as scene:
            for name, found in _run(scene, stage, tally):
                tally.made[name] += 1
                tally.files += len(found)
                tally.faults += [f"round {shift}, {name}, {fault}" for one in found for fault in judge(one)]
        tally.faults += _not_equal(path, folder)
    tally.rounds += 1


def _stages() -> list[str]:
    return list(dict.fromkeys(stage_of(name) for name in outputs()))


def _copied(files: Files, folder: Path, stage: str) -> Path:
    place = folder / stage
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return Path(shutil.copy(files[stage], place / f"{stage}.fjdb"))


def _run(scene: Scene, stage: str, tally: Tally) -> Iterator[tuple[str, list[Artifact]]]:
    for name, make in outputs().items():
        if stage_of(name) == stage:
            try:
                yield name, list(make(scene))
            except AppError as error:
                tally.refused[name, error.code] += 1
            except Exception as error:
                error.add_note(f"output {name}, file {scene.path}")
                raise


ROUNDS: Final = len(STORED) + 3
"""Each field with each string, and three rounds in which lists in CP932 can be written too."""


def _not_equal(path: Path, folder: Path) -> list[str]:
    """Return which lists are read back otherwise from csv than from xlsx: both must bring the same cells."""
    if path.stem != "whole":
        return []
    faults = []
    tally = Tally()
    with at_stage(path, folder) as scene:
        made = {
            name: found[0].data for name, found in _run(scene, "whole", tally) if name.startswith("list ")
        }
    for name, data in made.items():
        if name.endswith(" csv"):
            left = _read_back(data, "a.csv")
            right = _read_back(made[name.replace(" csv", " xlsx")], "a.xlsx")
            if left != right:
                faults.append(f"{name} and xlsx are read back differently")
    return faults


def _read_back(data: bytes, name: str) -> list[list[str]] | str:
    """Return the cells of a list, or why our own reader refuses it: a heading may look garbled."""
    try:
        return [_figures_alike(row.cells) for row in parse_table(data, name=name).rows]
    except InputFileError as error:
        return error.code


def _figures_alike(cells: Sequence[str]) -> list[str]:
    """Return cells in which figures and moments are written in one way: a sheet keeps their values."""
    return [_MOMENT.sub(r"\1", _WHOLE.sub(r"\1", cell)) for cell in cells]


# --- other people's rows


def compare_strangers(files: Files, folder: Path, shift: int, tally: Tally) -> None:
    """Fill the rows of a few people only: everybody else's rows and pages must stay as they were."""
    plain = _strangers_of(_copied(files, folder, "whole"))
    path = _copied(files, folder, "whole")
    victims, marks = _victims(path)
    filler = Filler(path)
    filler.fill(rotating(shift), only=victims)
    filler.close()
    hostile = _strangers_of(path)
    for name, pieces in plain.items():
        for piece, count in pieces.items():
            if any(mark in piece for mark in marks):
                continue
            tally.strangers += count
            if name in hostile and hostile[name][piece] < count:
                tally.faults.append(f"round {shift}, {name}: a row of somebody else changed: {piece[:200]}")


def _victims(path: Path) -> tuple[frozenset[int], list[str]]:
    """Return a few people, some of them appointed, and by what they are known: numbers, names, readings."""
    with opened(path) as database, database.read() as session:
        ids = list(session.scalars(select(Appointment.applicant_id).limit(VICTIMS // 2)))
        query = select(Entry.applicant_id).where(Entry.applicant_id.not_in(ids)).limit(VICTIMS - len(ids))
        ids += session.scalars(query)
        marks = list(session.scalars(select(Entry.number).where(Entry.applicant_id.in_(ids))))
        for person in session.scalars(select(Applicant).where(Applicant.id.in_(ids))):
            marks += filter(None, (person.name_entered, person.name_official, person.kana))
    return frozenset(ids), marks


def _strangers_of(path: Path) -> dict[str, Counter[str]]:
    """Return what each output says, in pieces about one person each."""
    found: dict[str, Counter[str]] = {}
    with at_stage(path, path.parent) as scene:
        for name, made in _run(scene, "whole", Tally()):
            cut = _PIECES.get(made[0].kind) if made else None
            if cut is not None and name in COMPARED:
                found[name] = Counter(
                    piece for one in made if one.kind == made[0].kind for piece in cut(one.data)
                )
    return found


def _csv_rows(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig")
    return ["\x1f".join(row) for row in csv.reader(io.StringIO(text, newline=""))]


def _json_rows(data: bytes) -> list[str]:
    found: Any = json.loads(data)
    return [json.dumps(row, ensure_ascii=False) for row in found] if isinstance(found, list) else []


_PIECES: Final[Mapping[str, Callable[[bytes], list[str]]]] = {
    "csv": _csv_rows,
    "json": _json_rows,
    "pdf": pages_text,
    "tsv": lambda data: data.decode().split("\n"),
}
COMPARED: Final = frozenset(
    {
        *(
            f"list {name} csv"
            for name in ("applicants", "interviews", "appointments", "hours", "hand-ins", "pay")
        ),
        "list every-column csv",
        "command list applicants json",
        "command list appointments json",
        "command list hours json",
        "command pay json",
        "clipboard",
        "paper appointment",
        "paper conditions",
        "paper attendance",
        "paper pay-statement",
        "paper hand-in-guide",
        "paper envelope",
        "paper window-address",
        "paper final-result",
    }
)
"""Outputs in which each piece, a row or a page, is about one person."""
