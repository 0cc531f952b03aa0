"""Two people who are one: what merging them would do, and doing it with everything kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Appointment,
    Course,
    Decision,
    Entry,
    Interview,
    PersonMerge,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_duplicates import COMPARED, keep_suspicions, suspect
from fujisawa_desktop.services.intake_stored import numbers_of
from fujisawa_desktop.services.person_choices import CHOICES, keys_of, merged, stored, values_of
from fujisawa_desktop.services.person_rows import move_rows
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class MergeForesight:
    """What merging two people would do.

    Attributes:
        refused: code of the rule that refuses it, empty when it can be done.
        params: parameters of that code's sentence.
        entries: how many entries the one person would have.
        twice: short names of the courses both have applied for; both entries stay.
        noted_apart: of those, courses with different results of which at least one is not announced.
        interviews: how many interviews the one person would have.
    """

    refused: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    entries: int = 0
    twice: tuple[str, ...] = ()
    noted_apart: tuple[str, ...] = ()
    interviews: int = 0


def foresee_merge(session: Session, kept_id: int, gone_id: int) -> MergeForesight:
    """Return what merging would do; nothing is written."""
    pair = (kept_id, gone_id)
    found = MergeForesight(
        entries=len(session.scalars(select(Entry.id).where(Entry.applicant_id.in_(pair))).all()),
        twice=tuple(_shared_courses(session, kept_id, gone_id).values()),
        noted_apart=tuple(_different(session, kept_id, gone_id, announced=False)),
        interviews=len(session.scalars(select(Interview.id).where(Interview.applicant_id.in_(pair))).all()),
    )
    try:
        check_merge(session, kept_id, gone_id)
    except (RuleError, NotFoundError) as error:
        return MergeForesight(
            error.code, error.params, found.entries, found.twice, found.noted_apart, found.interviews
        )
    return found


def check_merge(session: Session, kept_id: int, gone_id: int) -> None:
    """Make sure that two people can be one.

    Raises:
        NotFoundError: ``merge.no-entries``; one of them is gone, or merged into somebody already.
        RuleError: ``merge.decisions-contradict``; results announced for one course contradict each
            other; ``merge.interviews-clash``; two interviews at one time; ``merge.both-appointed``.
    """
    owned = select(Entry.applicant_id).where(Entry.applicant_id.in_((kept_id, gone_id)))
    owners = set(session.scalars(owned))
    if len(owners) != 2:
        raise NotFoundError("merge.no-entries")
    contradicting = _different(session, kept_id, gone_id, announced=True)
    if contradicting:
        raise RuleError("merge.decisions-contradict", courses=contradicting)
    meetings = select(Interview.applicant_id, Interview.starts_at, Interview.ends_at)
    mine, theirs = _spans(session, meetings.where(Interview.applicant_id.in_((kept_id, gone_id))), kept_id)
    if any(one[0] < other[1] and other[0] < one[1] for one in mine for other in theirs):
        raise RuleError("merge.interviews-clash")
    terms = select(Appointment.applicant_id, Appointment.term_from, Appointment.term_until)
    mine, theirs = _spans(session, terms.where(Appointment.applicant_id.in_((kept_id, gone_id))), kept_id)
    if any(one[0] <= other[1] and other[0] <= one[1] for one in mine for other in theirs):
        raise RuleError("merge.both-appointed")


def merge_people(
    database: Database,
    *,
    kept_id: int,
    gone_id: int,
    from_gone: Collection[str] = (),
    versions: tuple[int, int] | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Make one person of two, as one act.

    Everything of the second person goes over to the first; the second keeps its row, its values and
    its history, so that the two can be split again.

    Args:
        database: the open database.
        kept_id: the person who stays.
        gone_id: the person who turned out to be the same.
        from_gone: choices (of ``person_choices.CHOICES``) for which the second person's value counts.
        versions: of both people, as the clerk saw them; None does not compare.
        actor: who does it.

    Raises:
        NotFoundError, RuleError: as :func:`check_merge`.
        ConflictError: somebody else has changed one of them meanwhile.
    """
    with unit_of_work(database, "person.merge", actor=actor) as work:
        check_merge(work.session, kept_id, gone_id)
        kept = work.session.get_one(Applicant, kept_id)
        gone = work.session.get_one(Applicant, gone_id)
        if versions is not None and versions != (kept.version, gone.version):
            raise ConflictError("conflict.changed-meanwhile")
        before = values_of(kept)
        after = merged(before, values_of(gone), [choice for choice in CHOICES if choice in from_gone])
        moved = move_rows(work, gone_id, kept_id)
        write_values(work, kept_id, after)
        work.session.add(
            PersonMerge(
                kept_id=kept_id,
                gone_id=gone_id,
                merged_at=work.now,
                actor=work.actor,
                moved=moved,
                kept_before={
                    name: [stored(before[name]), stored(after[name])]
                    for name in before
                    if before[name] != after[name]
                },
            )
        )
        work.session.flush()
        keep_suspicions(work, suspect(work.session, kept.programme_id, _as_compared(work, kept_id)), {})
        work.concerns("applicant", kept_id)
        work.concerns("applicant", gone_id)
        return work.commit()


def write_values(work: UnitOfWork, applicant_id: int, values: Mapping[str, Any]) -> None:
    """Store a person's values with the keys that belong to them and to all the entries."""
    numbers = numbers_of(work.session, [applicant_id]).get(applicant_id, [])
    work.update_many(Applicant, {applicant_id: {**values, **keys_of(values, numbers)}})


def _as_compared(work: UnitOfWork, applicant_id: int) -> dict[int, tuple[str, dict[str, Any]]]:
    person = work.session.get_one(Applicant, applicant_id)
    numbers = numbers_of(work.session, [applicant_id]).get(applicant_id, [""])
    return {applicant_id: (numbers[0], {name: getattr(person, name) for name in COMPARED})}


def _shared_courses(session: Session, kept_id: int, gone_id: int) -> dict[int, str]:
    mine, theirs = (
        set(session.scalars(select(Application.course_id).where(Application.applicant_id == person)))
        for person in (kept_id, gone_id)
    )
    query = select(Course.id, Course.short_name).where(Course.id.in_(mine & theirs))
    return {row.id: row.short_name for row in session.execute(query.order_by(Course.position, Course.id))}


def _different(session: Session, kept_id: int, gone_id: int, *, announced: bool) -> list[str]:
    """Return courses for which the two have different results of one screening.

    Args:
        session: the open session.
        kept_id: one of the two.
        gone_id: the other one.
        announced: where both results are known; else where one of them is still noted only.
    """
    query = (
        select(
            Application.course_id,
            Decision.stage,
            Decision.result,
            Decision.announced_at.is_not(None),
            Application.applicant_id,
        )
        .join(Decision, Decision.application_id == Application.id)
        .where(Application.applicant_id.in_((kept_id, gone_id)))
    )
    told: dict[tuple[int, str], dict[int, set[tuple[str, bool]]]] = {}
    for course_id, stage, result, is_announced, person in session.execute(query):
        told.setdefault((course_id, stage), {}).setdefault(person, set()).add((result, bool(is_announced)))
    apart = {
        course_id
        for (course_id, _stage), people in told.items()
        for mine, is_mine_known in people.get(kept_id, ())
        for other, is_other_known in people.get(gone_id, ())
        if mine != other and (is_mine_known and is_other_known) is announced
    }
    return [name for key, name in _shared_courses(session, kept_id, gone_id).items() if key in apart]


def _spans(session: Session, query: Select[Any, Any, Any], kept_id: int) -> tuple[list[Any], list[Any]]:
    """Return from when until when, of the kept person and of the other."""
    rows = session.execute(query).all()
    mine = [(row[1], row[2]) for row in rows if row[0] == kept_id]
    return mine, [(row[1], row[2]) for row in rows if row[0] != kept_id]
