"""Interviews lie within the interview period: elsewhere the calendar could not show them."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Interview, Programme


def refuse_outside(session: Session, programme: Programme, first: date, last: date) -> None:
    """Refuse to change the period to ``first`` to ``last`` when that leaves interviews outside.

    Raises:
        RuleError: ``interview.period-booked``.
    """
    if (first, last) == (programme.interview_from, programme.interview_until):
        return
    query = select(func.count(Interview.id), func.min(Interview.starts_at), func.max(Interview.starts_at))
    begins, ends = datetime.combine(first, time.min), datetime.combine(last, time.max)
    outside = query.where(
        Interview.programme_id == programme.id, (Interview.starts_at < begins) | (Interview.starts_at > ends)
    )
    count, earliest, latest = session.execute(outside).one()
    if count:
        raise RuleError("interview.period-booked", count=count, first=earliest.date(), last=latest.date())
