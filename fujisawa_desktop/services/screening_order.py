"""Positions of criteria and reviewers: the next one, and one step up or down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Criterion, Reviewer


def next_position(session: Session, model: type[Criterion | Reviewer], programme_id: int) -> int:
    """Return the position behind the last one."""
    query = select(func.max(model.position)).where(model.programme_id == programme_id)
    return (session.scalar(query) or 0) + 1


def move_row(rows: list[Any], row: Any, by: int) -> None:
    """Exchange a row with its neighbour and number all from 1."""
    at = rows.index(row)
    to = at + by
    if not 0 <= to < len(rows):
        return
    rows.insert(to, rows.pop(at))
    for position, one in enumerate(rows, 1):
        one.position = position
