"""採点者: who judges the entries of which courses; each change one act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Application, Review, Reviewer, ReviewerCourse
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.names import search_key, tidy_name
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.screening_core import courses_of, reviewers_of
from fujisawa_desktop.services.screening_order import move_row, next_position
from fujisawa_desktop.services.stale import refuse_stale
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerForm:
    """A reviewer as typed; ``id`` is None for a new one, no courses means every course.

    ``version`` is that of the reviewer as it was read; None does not compare.
    """

    id: int | None
    programme_id: int
    name: str
    department: str = ""
    course_ids: tuple[int, ...] = ()
    version: int | None = None


def save_reviewer(database: Database, *, form: ReviewerForm, actor: str | None = None) -> ChangeSet:
    """Add or change a reviewer.

    Raises:
        ValidationError: the name is empty or taken.
        RuleError: ``screening.reviewer-has-reviews``; a course with saved reviews would be taken away.
        ConflictError: somebody else changed it meanwhile.
        NotFoundError: ``screening.reviewer-gone`` or ``screening.course-gone``.
    """
    name = tidy_name(form.name)
    if not name:
        raise ValidationError("field.required", field="name")
    code = "screening.reviewer-add" if form.id is None else "screening.reviewer-edit"
    with unit_of_work(database, code, actor=actor) as work:
        session = work.session
        if not set(form.course_ids) <= set(courses_of(session, form.programme_id)):
            raise NotFoundError("screening.course-gone")
        others = [row for row in reviewers_of(session, form.programme_id) if row.id != form.id]
        if any(search_key(row.name) == search_key(name) for row in others):
            raise ValidationError("screening.name-taken", field="name", text=name)
        if form.id is None:
            row = Reviewer(
                programme_id=form.programme_id, position=next_position(session, Reviewer, form.programme_id)
            )
            session.add(row)
        else:
            row = _reviewer(session, form.id)
            refuse_stale(form.version, row.version)
            _refuse_lost_reviews(session, form)
        row.name, row.department = name, form.department.strip()
        if form.id is not None and _courses(session, form.id) != set(form.course_ids):
            work.count_version(row)
        session.flush()
        _set_courses(work, row.id, form.course_ids)
        return work.commit()


def move_reviewer(database: Database, *, reviewer_id: int, by: int, actor: str | None = None) -> ChangeSet:
    """Move a reviewer up (-1) or down (1).

    Raises:
        NotFoundError: ``screening.reviewer-gone``.
    """
    with unit_of_work(database, "screening.reviewer-move", actor=actor) as work:
        row = _reviewer(work.session, reviewer_id)
        query = select(Reviewer).where(Reviewer.programme_id == row.programme_id)
        move_row(list(work.session.scalars(query.order_by(Reviewer.position, Reviewer.id))), row, by)
        return work.commit()


def remove_reviewer(
    database: Database, *, reviewer_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Remove a reviewer who has saved nothing.

    Raises:
        ConflictError: somebody else changed it since ``version`` was seen; None does not compare.
        RuleError: ``screening.reviewer-has-reviews``.
        NotFoundError: ``screening.reviewer-gone``.
    """
    with unit_of_work(database, "screening.reviewer-remove", actor=actor) as work:
        row = _reviewer(work.session, reviewer_id)
        refuse_stale(version, row.version)
        count = work.session.scalar(select(func.count(Review.id)).where(Review.reviewer_id == reviewer_id))
        if count:
            raise RuleError("screening.reviewer-has-reviews", count=count)
        _set_courses(work, reviewer_id, ())
        work.session.delete(row)
        return work.commit()


def _reviewer(session: Session, reviewer_id: int) -> Reviewer:
    row = session.get(Reviewer, reviewer_id)
    if row is None:
        raise NotFoundError("screening.reviewer-gone")
    return row


def _refuse_lost_reviews(session: Session, form: ReviewerForm) -> None:
    if not form.course_ids:
        return
    query = (
        select(func.count(Review.id))
        .join(Application, Application.id == Review.application_id)
        .where(Review.reviewer_id == form.id, Application.course_id.not_in(form.course_ids))
    )
    count = session.scalar(query)
    if count:
        raise RuleError("screening.reviewer-has-reviews", count=count)


def _set_courses(work: UnitOfWork, reviewer_id: int, course_ids: Iterable[int]) -> None:
    query = select(ReviewerCourse).where(ReviewerCourse.reviewer_id == reviewer_id)
    stored = {row.course_id: row for row in work.session.scalars(query)}
    wanted = set(course_ids)
    for course_id, row in stored.items():
        if course_id not in wanted:
            work.session.delete(row)
    work.session.add_all(
        ReviewerCourse(reviewer_id=reviewer_id, course_id=key) for key in sorted(wanted - set(stored))
    )
    work.session.flush()


def _courses(session: Session, reviewer_id: int) -> set[int]:
    query = select(ReviewerCourse.course_id).where(ReviewerCourse.reviewer_id == reviewer_id)
    return set(session.scalars(query))
