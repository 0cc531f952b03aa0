"""Good files of every kind that the program reads, damaged in every way, and the doors they come to."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import select

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Reviewer
from fujisawa_desktop.models.backup_files import read_sidecar
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.dated_figures import FigureKind
from fujisawa_desktop.services.attendance_book_import import take_attendance_book
from fujisawa_desktop.services.attendance_books import make_attendance_books
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.figure_files import read_tax_table
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.services.programmes import create_programme
from fujisawa_desktop.services.returning import restore_backup
from fujisawa_desktop.services.score_sheet_import import import_score_sheet
from fujisawa_desktop.services.score_sheets import make_score_sheets
from tests.hostile.scene import MONTH, Scene

Take = Callable[[Scene, Path], object]
PIECES: Final = (
    b'"',
    b",",
    b"\r\n",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"=1+1",
    b"[[",
    b"'''",
)
_SAMPLES: Final = resources_dir() / "samples"
_TABLE: Final = "以上,未満,0人,1人,2人,3人,4人,5人,6人,7人,乙\r\n" + "\r\n".join(
    f"{low},{low + 1000},{low // 100},0,0,0,0,0,0,0,{low // 20}" for low in range(88_000, 98_000, 1_000)
)


@dataclass(frozen=True)
class Kind:
    """A kind of input: a good one, the ending of its name, and what reads it."""

    scene: Scene
    data: bytes
    ending: str
    take: Take


@dataclass
class Outcome:
    """What came of the mutants."""

    tried: int = 0
    taken: int = 0
    refused: int = 0
    slowest: float = 0.0
    codes: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def _imported(act: Callable[..., object]) -> Take:
    return lambda scene, path: act(scene.database, programme_id=scene.programme_id, file=path, actor="test")


def kinds(scored: Scene, paid: Scene, spare: Path) -> dict[str, Kind]:
    """Return the kinds of input.

    Args:
        scored: where entries come in.
        paid: where hours of a closed month come back.
        spare: the file into which mutated backups are restored.
    """
    with scored.database.read() as session:
        reviewer = session.scalars(select(Reviewer)).first()
    assert reviewer is not None
    sheets = make_score_sheets(
        scored.database,
        programme_id=scored.programme_id,
        reviewer_ids=[reviewer.id],
        blind=False,
        made_on=date(2024, 10, 20),
    )
    year, month = MONTH
    books = make_attendance_books(
        paid.database, programme_id=paid.programme_id, year=year, month=month, made_on=date(2024, 12, 1)
    )
    tabs = _few("rikunabi.csv").replace(b",", b"\t")
    return {
        "applicants csv": Kind(scored, _few("e-application.csv"), ".csv", _imported(import_applicants)),
        "applicants tsv": Kind(scored, tabs, ".txt", _imported(import_applicants)),
        "decisions csv": Kind(scored, _few("decisions-first.csv"), ".csv", _imported(import_decisions)),
        "availability csv": Kind(scored, _few("availability.csv"), ".csv", _imported(import_availability)),
        "interviewers csv": Kind(scored, _few("interviewers.csv"), ".csv", _imported(import_interviewers)),
        "hours csv": Kind(paid, _few("hours.csv"), ".csv", _imported(import_hours)),
        "score sheet xlsx": Kind(scored, sheets[0].data(), ".xlsx", _imported(import_score_sheet)),
        "attendance xlsx": Kind(paid, books[0].data(), ".xlsx", _imported(take_attendance_book)),
        "programme toml": Kind(
            scored, (resources_dir() / "programmes" / "r6.toml").read_bytes(), ".toml", _programme
        ),
        "tax table csv": Kind(scored, _TABLE.encode(), ".csv", _tax_table),
        "backup fjdb": Kind(scored, spare.read_bytes(), ".fjdb", partial(_restored, spare)),
        "sidecar json": Kind(scored, _SIDECAR.encode(), ".json", _sidecar),
    }


def _programme(scene: Scene, path: Path) -> object:
    return create_programme(scene.database, source=path, actor="test")


def _tax_table(_scene: Scene, path: Path) -> object:
    return read_tax_table(path, FigureKind.TAX_MONTHLY)


def _restored(spare: Path, _scene: Scene, path: Path) -> object:
    return restore_backup(spare, source=path)


def _sidecar(_scene: Scene, path: Path) -> object:
    return read_sidecar(path.with_suffix(""))


def play(found: Mapping[str, Kind], folder: Path, count: int, seed: int) -> Outcome:
    """Hand that many damaged files to their doors, kind after kind."""
    outcome, dice, names = Outcome(), random.Random(seed), list(found)
    for number in range(count):
        name = names[number % len(names)]
        kind, other = found[name], found[dice.choice(names)]
        path = folder / f"見本{kind.ending}"
        path.write_bytes(mutated(kind.data, other.data, dice))
        started = time.monotonic()
        state = state_of(kind.scene.database)
        try:
            kind.take(kind.scene, path)
            outcome.taken += 1
        except AppError as error:
            outcome.refused += 1
            outcome.codes[error.code] = outcome.codes.get(error.code, 0) + 1
            if state_of(kind.scene.database) != state:
                outcome.faults.append(f"mutant {number}, {name}: refused, but something was stored")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            outcome.faults.append(f"mutant {number}, {name}: {error!r}"[:300])
        outcome.slowest = max(outcome.slowest, time.monotonic() - started)
        outcome.tried += 1
    return outcome


_SIDECAR: Final = """{"made_at": "2024-12-01T09:00:00", "reason": "by-hand", "schema": "0007", "size": 1,
"sha256": "0", "counts": {"applicant": 1}, "entries": 1, "journal_head": "0", "encrypted": false}"""


def _few(name: str) -> bytes:
    return b"\r\n".join((_SAMPLES / name).read_bytes().split(b"\r\n")[:12]) + b"\r\n"


def mutated(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """Flip bits, cut the end, put bytes or a piece of another file in; sometimes all of it."""
    made = bytearray(data)
    kind = dice.randrange(5)
    if kind in {0, 4}:
        for _ in range(dice.randint(1, 10)):
            made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    if kind in {1, 4}:
        del made[dice.randrange(1, len(made)) :]
    at = dice.randrange(len(made) + 1)
    if kind in {2, 4}:
        made[at:at] = dice.choice(PIECES) * dice.choice([1, 1, 1, 50, 3_000])
    if kind == 3:
        begin = dice.randrange(len(other))
        made[at : at + dice.choice([0, 100])] = other[begin : begin + dice.randint(1, 4_000)]
    return bytes(made)


def spare_copy(path: Path, folder: Path) -> Path:
    """Return a copy of a database, into which backups are restored."""
    return Path(shutil.copy(path, folder / "spare.fjdb"))


def state_of(database: Database) -> bytes:
    """Return SQLite's own counters of changes and of pages: every commit raises the first."""
    assert database.path is not None
    with database.path.open("rb") as stream:
        return stream.read(100)[24:32]
