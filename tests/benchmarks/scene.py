"""What the figures are taken on: a database of many invented people, and child processes."""

from __future__ import annotations

import codecs
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.sample_data import write_samples

ROOT: Final = Path(__file__).resolve().parent.parent.parent
PIECE: Final = 10_000
KEPT: Final = ROOT / "build" / "benchmarks"


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    measured: str
    beside: str
    ratio: float | None
    limit: str
    is_kept: bool


def people_database(people: int) -> Path:
    """Return a database with that many entries; made once and kept below ``build``."""
    file = KEPT / f"people-{people}-{SCHEMA_HEAD}.fjdb"
    if file.exists():
        return file
    print(f"making a database of {people:,} people, once …", file=sys.stderr)  # noqa: T201
    part = file.with_suffix(".making")
    part.unlink(missing_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    create_database(part, programme="r6", actor="benchmark")
    with opened(part) as database, tempfile.TemporaryDirectory() as folder:
        programme_id = current_programme_id(database)
        samples = write_samples(database, programme_id=programme_id, folder=Path(folder), applicants=people)
        for path in (samples.e_application, samples.rikunabi):
            for piece in _pieces(path):
                import_applicants(database, programme_id=programme_id, file=piece, actor="benchmark")
    part.rename(file)
    return file


def _pieces(path: Path) -> Iterator[Path]:
    """Cut a file into some that the import does not refuse for their size."""
    encoding = encoding_of(path)
    heading, *rows = csv.reader(path.read_bytes().decode(encoding).splitlines(keepends=True))
    for place in range(0, len(rows), PIECE):
        piece = path.with_name(f"{place}-{path.name}")
        with piece.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream).writerows([heading, *rows[place : place + PIECE]])
        yield piece


def encoding_of(path: Path) -> str:
    """Return the encoding of a sample file: one portal writes UTF-8, the other CP932."""
    return "utf-8-sig" if path.read_bytes().startswith(codecs.BOM_UTF8) else "cp932"


def seconds_figure(what: str, seconds: float, limit: float) -> Figure:
    """Return a figure that stands alone, in seconds or, below one, in milliseconds."""
    return Figure(what, shown(seconds), "", None, f"≤ {shown(limit)}", seconds <= limit)


def shown(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


@contextmanager
def data_folder(*, tab: str = "applicants") -> Iterator[dict[str, str]]:
    """Yield the environment of a clerk whose window was last closed on ``tab``."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / "window.ini").write_text(f"[window]\ntab={tab}\n", encoding="utf-8")
        yield {**os.environ, "FUJISAWA_DATA_DIR": folder}


def probe(name: str, *arguments: object) -> dict[str, Any]:
    """Run a probe in a process of its own; ``started`` is the moment before it was executed."""
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *map(str, arguments)]
    with data_folder() as environment:
        started = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, timeout=900
        )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**answer, "started": started}


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def nearly_worst(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
