"""Counts of people who are erased: the overview of a past year shows what it showed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Erasure

STATISTICS: Final = "statistics"
"""Part of the counts of an erasure: figures of the overview that it lowered, by how much."""
STAGES: Final = "stages"
COURSES: Final = "courses"


def kept_counts(session: Session, programme_id: int, part: str) -> Counter[str]:
    """Return by how much all erasures of a programme together lowered the figures of one part."""
    total: Counter[str] = Counter()
    for counts in session.scalars(select(Erasure.counts).where(Erasure.programme_id == programme_id)):
        kept: Mapping[str, Any] = counts.get(STATISTICS) or {}
        for name, count in (kept.get(part) or {}).items():
            total[name] += int(count)
    return total


def is_erased_in(session: Session, programme_id: int) -> bool:
    """Tell whether records of a programme were erased: nothing is left to do in it."""
    query = select(Erasure.id).where(Erasure.programme_id == programme_id).limit(1)
    return session.scalar(query) is not None


def lowered(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """Return by how much figures became less, without those that did not."""
    return {name: count - after.get(name, 0) for name, count in before.items() if count != after.get(name, 0)}
