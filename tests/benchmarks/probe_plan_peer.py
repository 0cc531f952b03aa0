"""CP-SAT on a problem, in a process of its own: it brings a HiGHS that does not suffer ours beside it."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path

from fujisawa_desktop.rules.planning import Aim
from tests.benchmarks.plan_peers import cp_sat

problem = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - written by our own process
answer = cp_sat(problem, [Aim(name) for name in sys.argv[2:]])
print(json.dumps({"proven": answer.proven, "seconds": answer.seconds}))  # noqa: T201
