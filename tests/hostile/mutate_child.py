"""Hands damaged files to their doors in a process of its own; writes what came of it and the peak memory."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.hostile.mutants import kinds, play, spare_copy
from tests.hostile.scene import at_stage

stages, folder, count, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
with (
    at_stage(stages / "scored.fjdb", folder) as scored,
    at_stage(stages / "unpaid.fjdb", folder) as paid,
):
    outcome = play(kinds(scored, paid, spare_copy(stages / "whole.fjdb", folder)), folder, count, seed)
# Unlike the figure of getrusage, this one does not begin with what the parent process had.
lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
sys.stdout.write(json.dumps({**asdict(outcome), "peak": peak // 1024}) + "\n")
