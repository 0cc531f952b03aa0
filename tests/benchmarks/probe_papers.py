"""Letters beside their peers in one warm process: seconds for all of them, a turn each, several turns.

Ours are counted from the rows of the database to the finished file on disk; the peers from finished texts.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from fujisawa_desktop.documents.specs import LetterSpec
from fujisawa_desktop.exchange.files import atomic_write
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.programmes import current_programme_id
from tests.benchmarks.paper_peers import peers


def ours(database: Database, out: Path, *, first: int | None = None) -> list[LetterSpec]:
    """Make the letters and write the file."""
    programme_id = current_programme_id(database)
    draft = make_papers(
        database, programme_id=programme_id, kind="first-result", document_number="123", first=first
    )
    atomic_write(out, draft.pdf)
    return [sheet.spec for sheet in draft.sheets if isinstance(sheet.spec, LetterSpec)]


def timed(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


file, runs, wanted = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
with opened(file) as database, tempfile.TemporaryDirectory() as folder:
    out = Path(folder) / "out.pdf"
    letters = ours(database, out)
    pdf = out.read_bytes()
    assert pdf.count(b"/Subtype /Form") == 1, "no QR code on the letters"
    assert b"IPAmjMincho" in pdf, "no name needs the fallback font"
    takes: dict[str, Callable[[], object]] = {"ours": partial(ours, database, out)}
    # The sample names hold markup, at which some peers break off.
    plain = [replace(letter, name=f"応募者{number:04d}") for number, letter in enumerate(letters)]
    for name, engine in peers(wanted).items():
        engine(plain[:1], out)  # imports and caches are not what is compared
        takes[name] = partial(engine, plain, out)
    seconds: dict[str, list[float]] = {name: [] for name in takes}
    for _run in range(runs):
        for name, take in takes.items():
            seconds[name].append(timed(take))
sys.stdout.write(json.dumps({"pages": len(letters), "seconds": seconds}) + "\n")
