"""What was agreed at another time: an appointment holds what is agreed now, its changes what was before.

Months are settled on the terms of their own time: a limit of hours that is lowered from January on
says nothing about December, and a sheet of December names the department of December.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, TermsChange

HELD: Final = ("host_department", "workplace", "cap_minutes", "cap_inclusive", "week_days_max")
"""Columns of an appointment that a change may set from a day on; rates have days of their own."""
WAS: Final = "was"
"""Where the first item of a stored change keeps the values of these columns before it."""


@dataclass(frozen=True, slots=True)
class Past:
    """One change: from which day on it holds, and what it set, as it was before."""

    effective_from: date
    was: Mapping[str, Any]


def past_terms(
    session: Session, programme_id: int, appointment_ids: Collection[int] | None = None
) -> dict[int, tuple[Past, ...]]:
    """Return the changes of every appointment, or of these, that set such a column, the newest first."""
    query = (
        select(TermsChange.appointment_id, TermsChange.effective_from, TermsChange.changes)
        .join(Appointment, Appointment.id == TermsChange.appointment_id)
        .where(Appointment.programme_id == programme_id)
        .order_by(TermsChange.appointment_id, TermsChange.edition.desc())
    )
    if appointment_ids is not None:
        query = query.where(TermsChange.appointment_id.in_(appointment_ids))
    found: dict[int, tuple[Past, ...]] = {}
    for appointment_id, effective_from, changes in session.execute(query):
        was = changes[0].get(WAS) if changes else None
        if was:
            found[appointment_id] = (*found.get(appointment_id, ()), Past(effective_from, was))
    return found


def held_on(past: Iterable[Past], day: date) -> dict[str, Any]:
    """Return by column what held on ``day``, where a change that is still to come then set it otherwise.

    ``past`` is in order, the newest first: what was recorded later counts, whatever was agreed before.
    """
    held: dict[str, Any] = {}
    settled: set[str] = set()
    for change in past:
        for name, value in change.was.items():
            if name in settled:
                continue
            if change.effective_from <= day:
                settled.add(name)
            else:
                held[name] = value
    return held
