"""Which interview an application is seen in: that of its entry, of its person, or its own."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from fujisawa_desktop.models import Application, Interview, InterviewScope, Programme
from fujisawa_desktop.services.intake_stored import chunks


def about_application() -> ColumnElement[bool]:
    """Return the condition under which an ``Interview`` is about an ``Application``.

    For joins: every application has one interview at most, so no row comes twice.  Where a person is
    seen once, the interview is found through the person, whichever entry it is booked on.
    """
    other = aliased(Interview)
    by_person = select(Programme.id).where(Programme.interview_scope == InterviewScope.PERSON)
    own = and_(
        other.entry_id == Application.entry_id,
        or_(other.course_id.is_(None), other.course_id == Application.course_id),
    )
    through_person = and_(
        other.applicant_id == Application.applicant_id, other.programme_id.in_(by_person.scalar_subquery())
    )
    first = (
        select(func.min(other.id)).where(or_(own, through_person)).correlate(Application).scalar_subquery()
    )
    return Interview.id == first


def interviews_about(session: Session, application_ids: Iterable[int]) -> list[int]:
    """Return the ids of the interviews in which applications are seen, each once."""
    found: dict[int, None] = {}
    for chunk in chunks(list(application_ids)):
        query = (
            select(Interview.id)
            .join(Application, about_application())
            .where(Application.id.in_(chunk))
            .order_by(Interview.id)
        )
        found |= dict.fromkeys(session.scalars(query))
    return list(found)


def applications_seen(session: Session, interview_id: int) -> list[int]:
    """Return the ids of the applications that an interview is about, in the person's order."""
    query = (
        select(Application.id)
        .join(Interview, about_application())
        .where(Interview.id == interview_id)
        .order_by(Application.entry_id, Application.preference, Application.id)
    )
    return list(session.scalars(query))
