"""Splitting what was merged, later and not only at once: every entry goes back to its person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import (
    Applicant,
    ApplicantAvailability,
    ApplicantNote,
    Application,
    Appointment,
    Dispatch,
    Entry,
    Interview,
    InterviewAnnouncement,
    Notice,
    PersonMerge,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.person_choices import stored, unstored, values_of
from fujisawa_desktop.services.person_joined import part_rows
from fujisawa_desktop.services.person_merge import write_values
from fujisawa_desktop.services.person_rows import SINGLE, give, move_units, return_doubts
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_GONE: Final = select(PersonMerge.gone_id).where(PersonMerge.kept_id == bindparam("person"))
_MERGED: Final = (
    select(PersonMerge, Applicant)
    .join(Applicant, Applicant.id == PersonMerge.gone_id)
    .where(PersonMerge.kept_id == bindparam("person"))
    .order_by(PersonMerge.id.desc())
)


@dataclass(frozen=True, slots=True)
class MergeView:
    """One merge into a person, as the details show it; ``numbers`` are of the entries that came over."""

    gone_id: int
    name: str
    numbers: tuple[str, ...]
    merged_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class SplitResult:
    """What a split did; ``kept`` names the columns that were changed since and so stay as they are."""

    change: ChangeSet
    kept: tuple[str, ...]


def merges_into(session: Session, applicant_id: int) -> tuple[MergeView, ...]:
    """Return who was merged into a person, the latest first."""
    return tuple(
        MergeView(gone.id, gone.name, _numbers(session, merge.moved["entry"]), merge.merged_at, merge.actor)
        for merge, gone in session.execute(_MERGED, {"person": applicant_id})
    )


def everybody_in(session: Session, applicant_id: int) -> list[int]:
    """Return a person and all who were merged into that person, directly or before."""
    found = [applicant_id]
    for person in found:
        found.extend(session.scalars(_GONE, {"person": person}))
    return found


def split_person(database: Database, *, gone_id: int, actor: str | None = None) -> SplitResult:
    """Make two people of one again, as one act.

    The entries that came over go back with everything that has come to them since; values of the
    kept person that the merge changed, and nobody since, are what they were.  The two are 別人 from
    now on.

    Raises:
        NotFoundError: ``merge.not-merged``; the person is nobody who was merged.
        RuleError: ``merge.split-other-first``; the person they were merged into was itself merged.
    """
    with unit_of_work(database, "person.split", actor=actor) as work:
        merge = work.session.scalar(select(PersonMerge).where(PersonMerge.gone_id == gone_id))
        if merge is None:
            raise NotFoundError("merge.not-merged")
        kept_id, moved, before = merge.kept_id, dict(merge.moved), dict(merge.kept_before)
        if work.session.scalar(select(PersonMerge.id).where(PersonMerge.gone_id == kept_id)) is not None:
            raise RuleError("merge.split-other-first")
        _heal_later(work, merge)
        work.session.delete(merge)
        work.session.flush()
        _give_back(work, moved, kept_id, gone_id)
        _shorten(work, moved["lengthened"])
        return_doubts(work, moved, gone_id, kept_id)
        left = _restore(work, kept_id, before)
        write_values(work, gone_id, values_of(work.session.get_one(Applicant, gone_id)))
        work.concerns("applicant", kept_id)
        work.concerns("applicant", gone_id)
        return SplitResult(work.commit(), left)


def _numbers(session: Session, entry_ids: Iterable[int]) -> tuple[str, ...]:
    query = select(Entry.number).where(Entry.id.in_(list(entry_ids))).order_by(Entry.id)
    return tuple(session.scalars(query))


def _heal_later(work: UnitOfWork, merge: PersonMerge) -> None:
    """Let later merges into the same person not bring back what only this one had brought."""
    later = select(PersonMerge).where(PersonMerge.kept_id == merge.kept_id, PersonMerge.id > merge.id)
    changes: dict[int, dict[str, Any]] = {}
    for other in work.session.scalars(later):
        healed = {
            name: [merge.kept_before[name][0], after]
            if name in merge.kept_before and before == merge.kept_before[name][1]
            else [before, after]
            for name, (before, after) in other.kept_before.items()
        }
        if healed != other.kept_before:
            changes[other.id] = {"kept_before": healed}
    work.update_many(PersonMerge, changes)


def _give_back(work: UnitOfWork, moved: dict[str, Any], kept_id: int, gone_id: int) -> None:
    """Return the entries with all that hangs on them now, and what came over without an entry."""
    session = work.session

    def owned(model: Any, *conditions: Any) -> list[int]:
        return list(session.scalars(select(model.id).where(model.applicant_id == kept_id, *conditions)))

    entries = owned(Entry, Entry.id.in_(moved["entry"]))
    applications = owned(Application, Application.entry_id.in_(entries))
    interviews = owned(Interview, Interview.entry_id.in_(entries))
    told = owned(InterviewAnnouncement, InterviewAnnouncement.entry_id.in_(entries))
    give(work, Entry, entries, gone_id)
    give(work, Application, applications, gone_id)
    give(work, Interview, interviews, gone_id)
    give(work, InterviewAnnouncement, told, gone_id)
    part_rows(work, moved.get("joined", ()))
    move_units(work, kept_id, gone_id, interviews)
    give(work, Appointment, owned(Appointment, Appointment.application_id.in_(applications)), gone_id)
    for model, link, keys in (
        (Notice, Notice.application_id, applications),
        (Dispatch, Dispatch.entry_id, entries),
    ):
        came = model.id.in_(moved[model.__tablename__])
        give(work, model, owned(model, came | link.in_(keys)), gone_id)
    models: tuple[type[Any], ...] = (ApplicantNote, ApplicantAvailability, *SINGLE)
    for plain in models:
        give(work, plain, owned(plain, plain.id.in_(moved.get(plain.__tablename__, ()))), gone_id)


def _shorten(work: UnitOfWork, lengthened: list[list[Any]]) -> None:
    changes: dict[int, dict[str, Any]] = {}
    for row_id, before, after in lengthened:
        row = work.session.get(ApplicantAvailability, row_id)
        if row is not None and row.ends == time.fromisoformat(after):
            changes[row_id] = {"ends": time.fromisoformat(before)}
    work.update_many(ApplicantAvailability, changes)


def _restore(work: UnitOfWork, kept_id: int, before: dict[str, list[Any]]) -> tuple[str, ...]:
    """Give the kept person its own values back; return the columns that somebody changed since."""
    values = values_of(work.session.get_one(Applicant, kept_id))
    left: list[str] = []
    for name, (was, became) in before.items():
        if stored(values[name]) == became:
            values[name] = unstored(name, was)
        else:
            left.append(name)
    write_values(work, kept_id, values)
    return tuple(left)
