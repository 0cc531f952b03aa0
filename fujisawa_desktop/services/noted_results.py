"""Results that are noted and not announced: as somebody saw them, and as they are stored now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError
from fujisawa_desktop.models import Applicant, Application, Decision, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.stale import CHANGED

Noted = Mapping[int, Result | None]
"""Application → its result of a stage; None while nothing is noted."""


@dataclass(frozen=True, slots=True)
class NotedForm:
    """Results of applications; ``seen`` are those on the screen, ``names`` say whose they are."""

    seen: Noted
    results: Noted
    names: Mapping[int, str] = field(default_factory=dict)


def noted_results(
    session: Session, stage: Stage, application_ids: Collection[int]
) -> dict[int, Result | None]:
    """Return what is noted for applications now."""
    found: dict[int, Result | None] = dict.fromkeys(application_ids)
    for chunk in chunks(list(found)):
        query = select(Decision.application_id, Decision.result).where(
            Decision.stage == stage, Decision.application_id.in_(chunk)
        )
        found.update((key, result) for key, result in session.execute(query))
    return found


def noted_form(database: Database, *, application_ids: Collection[int], stage: Stage) -> NotedForm:
    """Return the same as a form, with the names of the people."""
    names: dict[int, str] = {}
    with database.read() as session:
        results = noted_results(session, stage, application_ids)
        for chunk in chunks(list(results)):
            query = (
                select(Application.id, Entry.number, Applicant)
                .join(Entry, Entry.id == Application.entry_id)
                .join(Applicant, Applicant.id == Entry.applicant_id)
                .where(Application.id.in_(chunk))
            )
            found = session.execute(query)
            names.update((key, f"{person.name}（{number}）") for key, number, person in found)
    return NotedForm(results, results, names)


def refuse_other_results(session: Session, stage: Stage, seen: Noted | None) -> None:
    """Make sure that the same is noted as somebody saw; None does not compare.

    Raises:
        ConflictError: ``conflict.changed-meanwhile``.
    """
    if seen and noted_results(session, stage, seen) != dict(seen):
        raise ConflictError(CHANGED)
