"""How an amount came about: steps as codes and parameters, and the sums written in them.

A step carries no sentence.  The window and the papers say it in their own words; a printed
statement keeps its steps as they were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One line of how an amount came about; the sentence belongs to ``code``."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def format_sixtieths(amount: int) -> str:
    """Return sixtieths of a yen as yen with two decimals, cut and not rounded: ``75,165.50``."""
    yen, rest = divmod(amount, 60)
    return f"{yen:,}.{rest * 100 // 60:02d}"


def format_day_sum(minutes_of_days: Iterable[int]) -> str:
    """Return the minutes of days as a sum of like days, longest first: ``6:00×9 + 5:45``."""
    counts = Counter(minutes_of_days)
    terms = [
        f"{minutes // 60}:{minutes % 60:02d}" + (f"×{count}" if count > 1 else "")
        for minutes, count in sorted(counts.items(), reverse=True)
    ]
    return " + ".join(terms)
