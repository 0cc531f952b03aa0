"""Runs the tests that lend their scenes to the sweep of faults, in a process whose files are watched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.act_scenes import SCENES

ROOT = Path(__file__).resolve().parents[1]


def sweep(
    names: Sequence[str], folder: Path, *, samples: int | None, scenes: Mapping[str, str] = SCENES
) -> dict[str, Any]:
    """Sweep use-cases by name; return what was found of each.

    Args:
        names: keys of ``scenes``.
        folder: where files may be made.
        samples: so many points of each side; all of them when ``None``.
        scenes: which test lends its scene to which use-case.

    Raises:
        AssertionError: a test that lends a scene is no longer there.
    """
    target = folder / "swept.json"
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"),
        *(
            "-p",
            "tests.fault_plugin",
            f"--sweep={'all' if samples is None else samples}",
            f"--sweep-to={target}",
        ),
        *(
            f"--sweep-only={','.join(f'{name}={scenes[name]}' for name in names)}",
            f"--basetemp={folder / 'scenes'}",
        ),
        *sorted({scenes[name] for name in names}),
    ]
    # The marks that a run of pytest leaves for its own workers are not for this one.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV_"))}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    # A test that counts what its act tells has heard of many tries, and may fail after its scene was lent.
    assert done.returncode in {0, 1}, done.stdout[-4000:] + done.stderr[-2000:]
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return found
