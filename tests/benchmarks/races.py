"""1,000 races of two programs for one place of the interview calendar."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from tests.benchmarks.scene import Figure

ROUNDS = 1_000


def races() -> list[Figure]:
    """Race and count; the scene is that of the tests."""
    for folder in (Path(__file__).parent.parent, Path(__file__).parent.parent / "services"):
        sys.path.insert(0, str(folder))
    from interview_races import race
    from test_interview_races import rivals, start_of

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "races.fjdb"
        create_database(path, programme="r6", actor="bench")
        with opened(path) as database:
            wanted = rivals(database, current_programme_id(database), Path(folder))
            tally = race(database, path, wanted, start_of, ROUNDS)
    for line in tally.wrong[:20]:
        sys.stdout.write(f"wrong: {line}\n")
    won = " : ".join(str(tally.wins[seat]) for seat in (0, 1))
    ends = [
        Figure(f"races for one place: {prize}, {' / '.join(codes)}", str(count), "", None, "", True)
        for (prize, codes), count in sorted(tally.ends.items())
    ]
    doubled = len(tally.wrong)
    total = Figure("races: not one winner and one interview", str(doubled), won, None, "0", doubled == 0)
    return [*ends, total]
