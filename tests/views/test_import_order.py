"""Whichever part of the window is needed first can be imported first: none waits for itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import fujisawa_desktop.views

HERE = Path(fujisawa_desktop.views.__file__).parent
PARTS = sorted(path.parent.name for path in HERE.glob("*/__init__.py"))


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_the_first(part: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import fujisawa_desktop.views.{part}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
