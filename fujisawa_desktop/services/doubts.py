"""People who may be one: the queue of open questions, two of them side by side, and 別人."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Integer, ScalarSelect, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Applicant, Entry, PersonMerge, SuspectedDuplicate, SuspicionVerdict
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_duplicates import COMPARED, keep_suspicions, suspect
from fujisawa_desktop.services.intake_stored import numbers_of
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class SuspicionView:
    """Somebody who may be the same person; ``reasons`` are codes of rules.duplicates."""

    suspicion_id: int
    applicant_id: int
    entry_id: int
    number: str
    name: str
    score: int
    is_same: bool
    reasons: tuple[str, ...]
    verdict: SuspicionVerdict


@dataclass(frozen=True, slots=True)
class Doubt:
    """One open question: two people, each by the first of the entries."""

    suspicion_id: int
    first_entry_id: int
    second_entry_id: int
    score: int
    is_same: bool
    reasons: tuple[str, ...]


def suspicions_of(session: Session, applicant_id: int) -> tuple[SuspicionView, ...]:
    """Return for whom a person may be, judged or not, the likeliest first."""
    return tuple(
        SuspicionView(
            suspicion_id=found.id,
            applicant_id=other.id,
            entry_id=entry_id,
            number=number,
            name=other.name,
            score=found.score,
            is_same=found.is_same,
            reasons=tuple(found.reasons),
            verdict=found.verdict,
        )
        for found, other, entry_id, number in session.execute(_SUSPICIONS, {"applicant_id": applicant_id})
    )


def open_doubts(database: Database, *, programme_id: int) -> tuple[Doubt, ...]:
    """Return all open questions of a programme, the likeliest first, each pair once."""
    row, other = SuspectedDuplicate, aliased(Applicant)
    first, second = _first_entry(row.first_id), _first_entry(row.second_id)
    query = (
        select(row.id, first, second, row.score, row.is_same, row.reasons)
        .join(Applicant, Applicant.id == row.first_id)
        .join(other, other.id == row.second_id)
        .where(Applicant.programme_id == programme_id, row.verdict == SuspicionVerdict.OPEN)
        .where(first.is_not(None), second.is_not(None))
        .order_by(row.score.desc(), row.id)
    )
    with database.read() as session:
        return tuple(
            Doubt(key, one, two, score, is_same, tuple(reasons))
            for key, one, two, score, is_same, reasons in session.execute(query)
        )


def look_again(database: Database, *, programme_id: int, actor: str | None = None) -> ChangeSet:
    """Compare everybody of a programme with everybody once more; what clerks have judged stays judged.

    Files of an earlier version hold only what its rules found, and people edited long ago may be alike now.
    """
    with unit_of_work(database, "applicant.look-again", actor=actor) as work:
        columns = [getattr(Applicant, name) for name in COMPARED]
        merged = select(PersonMerge.gone_id)
        query = select(Applicant.id, *columns).where(
            Applicant.programme_id == programme_id, Applicant.id.not_in(merged)
        )
        rows = [dict(row) for row in work.session.execute(query).mappings()]
        numbers = numbers_of(work.session, [row["id"] for row in rows])
        people = {row["id"]: (numbers.get(row["id"], [""])[0], row) for row in rows}
        keep_suspicions(work, suspect(work.session, programme_id, people), {})
        return work.commit()


def _first_entry(applicant_id: Any) -> ScalarSelect[int]:
    """Return the oldest entry of a person, by a name of its own: the query around may join entries too."""
    oldest = aliased(Entry)
    return select(func.min(oldest.id)).where(oldest.applicant_id == applicant_id).scalar_subquery()


def _suspicions() -> Select[Any, Any, int, str]:
    row, person = SuspectedDuplicate, bindparam("applicant_id", type_=Integer)
    return (
        select(row, Applicant, Entry.id, Entry.number)
        .join(Applicant, Applicant.id == case((row.first_id == person, row.second_id), else_=row.first_id))
        .join(Entry, Entry.id == _first_entry(Applicant.id))
        .where(or_(row.first_id == person, row.second_id == person))
        .order_by(row.score.desc(), row.id)
    )


_SUSPICIONS: Final = _suspicions()
"""Whom the person ``applicant_id`` may be; made once, since that takes longer than answering it."""


def mark_different(database: Database, *, suspicion_id: int, actor: str | None = None) -> ChangeSet:
    """Remember that two people who look like one are two (別人).

    Raises:
        NotFoundError: the suspicion is gone.
    """
    return _judge(database, suspicion_id, SuspicionVerdict.DIFFERENT, "applicant.different", actor)


def mark_open(database: Database, *, suspicion_id: int, actor: str | None = None) -> ChangeSet:
    """Open a suspicion again that was judged; raises as :func:`mark_different`."""
    return _judge(database, suspicion_id, SuspicionVerdict.OPEN, "applicant.doubt-again", actor)


def _judge(
    database: Database, suspicion_id: int, verdict: SuspicionVerdict, act: str, actor: str | None
) -> ChangeSet:
    with unit_of_work(database, act, actor=actor) as work:
        suspicion = work.session.get(SuspectedDuplicate, suspicion_id)
        if suspicion is None:
            raise NotFoundError("applicant.suspicion-gone")
        if suspicion.verdict is not verdict:
            suspicion.verdict = verdict
            work.concerns("applicant", suspicion.first_id)
            work.concerns("applicant", suspicion.second_id)
        return work.commit()
