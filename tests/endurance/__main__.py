"""``python -m tests.endurance WHAT``: what takes too long for every run of the tests; the figures are kept.

Each module of this folder is one WHAT: ``run(count, seed)`` gives the lines of its result or raises,
``COUNT`` is how many it does when nobody says.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = HERE.parent.parent / "build" / "endurance"


def main() -> int:
    """Do what was asked for, or all of it, and write down what was proven."""
    known = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=[*known, "all"])
    parser.add_argument("--count", type=int, help="how many of them")
    parser.add_argument("--seed", type=int, default=0, help="the first draw; each takes the next number")
    chosen = parser.parse_args()
    for name in known if chosen.what == "all" else [chosen.what]:
        part = import_module(f"tests.endurance.{name}")
        sys.stdout.write(f"{name}\n")
        lines: list[str] = []
        for line in part.run(part.COUNT if chosen.count is None else chosen.count, chosen.seed):
            lines.append(line)
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
