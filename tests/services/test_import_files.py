"""While a file's rows pile up nothing walks them in search of cycles, and at the end neither.

Asked in processes of their own: in that of the tests a worker of some window may still be walking.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BEGIN = """
import gc
from fujisawa_desktop.services.import_files import many_rows

def made():
    return [[number] for number in range(20_000)]

def young(rows):
    mine = {id(row) for row in rows}
    return sum(id(one) in mine for one in gc.get_objects(generation=0))
"""
LEFT = """
walks = []
gc.enable()
gc.collect()
gc.callbacks.append(lambda phase, info: walks.append(phase))
with many_rows():
    assert not gc.isenabled()
    rows = made()
    assert young(rows) == len(rows), "they were walked while they piled up"
seen = [[] for _more in range(10)]
assert gc.isenabled()
assert not walks, "the very next list has all of them walked"
gc.disable()
assert young(rows) == 0, "the very next search walks all of them"
kept = [[]]
kept[0].append(kept)
del kept
assert gc.collect() >= 2, "what came after is still looked through"
"""
HELD = """
gc.disable()
try:
    with many_rows():
        rows = made()
        raise ValueError("row")
except ValueError:
    pass
assert not gc.isenabled()
assert young(rows) == 0, "the window's own search walks them"
"""


def alone(body: str) -> None:
    """Run statements in a fresh process.

    Raises:
        AssertionError: one of them failed.
    """
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + body],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("body", [LEFT, HELD], ids=["left_are_not_walked_at_once", "who_held_back_holds_on"])
def test_rows_are_not_walked(body: str) -> None:
    alone(body)
