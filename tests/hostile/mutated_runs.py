"""Starts the process that hands damaged files in, and reads what it found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
_HELPERS: Final = ("", "tests", "tests/cli", "tests/documents", "tests/exchange", "tests/services")
MOST_MEGABYTES: Final = 300
MOST_SECONDS: Final = 5
"""Of one file on a machine that does nothing else; under load only the long form counts it."""


def run_mutants(files: Mapping[str, Path], folder: Path, count: int, seed: int) -> dict[str, Any]:
    """Damage that many files and hand them in, on copies of the stages; return what came of it."""
    stages = folder / "stages"
    stages.mkdir(parents=True)
    for path in files.values():
        shutil.copy(path, stages / path.name)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.mutate_child", stages, folder, str(count), str(seed)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in _HELPERS),
            "FUJISAWA_DATA_DIR": str(folder / "data"),
        },
        timeout=3_600,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
