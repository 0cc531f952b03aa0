"""What is to be read next, and how far every reviewer is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Entry, ReviewState
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.screening_core import (
    FINISHED,
    Candidate,
    StoredReview,
    candidates_of,
    courses_of,
    criteria_of,
    in_force,
    reviewer_of,
    reviewers_of,
    reviews_of,
    rule_of,
)


class ReadingOrder(StrEnum):
    """In which order a reviewer reads."""

    SHUFFLED = "shuffled"
    """Mixed, for each reviewer differently and always the same: nobody is always read last."""
    RECEIVED = "received"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One application of a queue; ``name`` is empty in blind reading."""

    application_id: int
    number: str
    name: str
    course_id: int
    state: ReviewState | None
    total: int | None
    flags: tuple[str, ...]
    is_locked: bool

    @property
    def is_open(self) -> bool:
        """Whether the reviewer still has to judge it."""
        return self.state not in FINISHED and not self.is_locked


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reviewer is with the entries of one course."""

    reviewer_id: int
    reviewer: str
    course_id: int
    course: str
    whole: int
    done: int
    recused: int
    skipped: int
    draft: int

    @property
    def left(self) -> int:
        """Entries that still have to be judged."""
        return self.whole - self.done - self.recused


@dataclass(frozen=True, slots=True)
class Queue:
    """The entries of one reviewer in reading order; ``left_out`` are flagged or withdrawn."""

    rows: tuple[QueueRow, ...]
    left_out: int
    has_criteria: bool

    def count(self, state: ReviewState | None) -> int:
        """Return how many entries are in that state."""
        return sum(row.state is state for row in self.rows)

    @property
    def finished(self) -> int:
        """Entries that are judged, or that the reviewer does not judge."""
        return sum(row.state in FINISHED for row in self.rows)

    def next_open(self, after: int | None = None) -> QueueRow | None:
        """Return what to read next: behind ``after`` unread ones and drafts first, skipped ones last."""
        at = next((n for n, row in enumerate(self.rows) if row.application_id == after), -1)
        turned = (*self.rows[at + 1 :], *self.rows[: at + 1])
        waiting = [row for row in turned if row.is_open and row.application_id != after]
        fresh = (row for row in waiting if row.state is not ReviewState.SKIPPED)
        return next(fresh, waiting[0] if waiting else None)


def review_queue(
    database: Database,
    *,
    programme_id: int,
    reviewer_id: int,
    course_id: int | None = None,
    order: ReadingOrder = ReadingOrder.SHUFFLED,
    with_excluded: bool = False,
) -> Queue:
    """Return the entries a reviewer judges, of one course or of all of theirs.

    Raises:
        NotFoundError: the programme or the reviewer is gone.
    """
    with database.read() as session:
        reviewer = reviewer_of(session, programme_id, reviewer_id)
        courses = [key for key in courses_of(session, programme_id) if reviewer.judges(key)]
        chosen = [key for key in courses if course_id in {None, key}]
        everybody = candidates_of(session, programme_id=programme_id, course_ids=chosen)
        taken = [one for one in everybody if with_excluded or not one.is_excluded]
        reviews = reviews_of(
            session, application_ids=[one.application_id for one in taken], reviewer_id=reviewer_id
        )
        by_application = {review.application_id: review for review in reviews}
        criteria = criteria_of(session, programme_id)
        totals = {
            review.application_id: review.total(in_force(criteria, one.course_id))
            for one in taken
            if (review := by_application.get(one.application_id)) and review.state is ReviewState.DONE
        }
        names = {} if rule_of(session, programme_id).is_blind else _names(session, programme_id)
        return Queue(
            rows=tuple(
                QueueRow(
                    application_id=one.application_id,
                    number=one.number,
                    name=names.get(one.applicant_id, ""),
                    course_id=one.course_id,
                    state=_state(by_application.get(one.application_id)),
                    total=totals.get(one.application_id),
                    flags=one.flags,
                    is_locked=one.is_announced,
                )
                for one in sorted(taken, key=_order_key(order, reviewer_id))
            ),
            left_out=len(everybody) - len(taken),
            has_criteria=all(in_force(criteria, key) for key in chosen) and bool(criteria),
        )


def screening_progress(database: Database, *, programme_id: int) -> list[Progress]:
    """Return how far every reviewer is with every course, flagged and withdrawn entries left out.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        courses = courses_of(session, programme_id)
        taken = [one for one in candidates_of(session, programme_id=programme_id) if not one.is_excluded]
        course_of = {one.application_id: one.course_id for one in taken}
        whole = Counter(course_of.values())
        states = Counter(
            (review.reviewer_id, course_of[review.application_id], review.state)
            for review in reviews_of(session, application_ids=list(course_of))
        )
        return [
            Progress(
                reviewer.id,
                reviewer.name,
                course.id,
                course.short_name,
                whole[course.id],
                done=states[reviewer.id, course.id, ReviewState.DONE],
                recused=states[reviewer.id, course.id, ReviewState.RECUSED],
                skipped=states[reviewer.id, course.id, ReviewState.SKIPPED],
                draft=states[reviewer.id, course.id, ReviewState.DRAFT],
            )
            for reviewer in reviewers_of(session, programme_id)
            for course in courses.values()
            if reviewer.judges(course.id)
        ]


def _names(session: Session, programme_id: int) -> dict[int, str]:
    query = (
        select(Applicant)
        .join(Entry, Entry.applicant_id == Applicant.id)
        .where(Entry.programme_id == programme_id)
        .distinct()
    )
    return {person.id: person.name for person in session.scalars(query)}


def _state(review: StoredReview | None) -> ReviewState | None:
    return review.state if review is not None else None


def _order_key(order: ReadingOrder, reviewer_id: int) -> Callable[[Candidate], tuple[object, ...]]:
    if order is ReadingOrder.NUMBER:
        return lambda one: (one.number, one.application_id)
    if order is ReadingOrder.RECEIVED:
        return lambda one: (one.received_at, one.application_id)
    return lambda one: (_shuffled(reviewer_id, one.application_id), one.application_id)


def _shuffled(reviewer_id: int, application_id: int) -> bytes:
    """Return a place that looks random, differs between reviewers and never changes."""
    return hashlib.blake2b(f"{reviewer_id}/{application_id}".encode(), digest_size=8).digest()
