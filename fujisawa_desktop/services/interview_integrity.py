"""What a whole file says of its interviews alike in several places; found by ``check``."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Entry,
    Interview,
    InterviewAnnouncement,
    InterviewSeat,
    InterviewUnit,
    UnitHolder,
)
from fujisawa_desktop.services.interview_units import UNIT


def interview_faults(session: Session) -> Iterator[str]:
    """Yield what contradicts itself, without a name: a table, a row, and what is odd about it.

    Every interview takes each five minutes of its time of its person and of everybody who holds it,
    and nothing else; an interview, and what was told of one, is of the person of its entry.
    """
    for model in (Interview, InterviewAnnouncement):
        with_entry = select(model.id).join(Entry, Entry.id == model.entry_id).order_by(model.id)
        for key in session.scalars(with_entry.where(Entry.applicant_id != model.applicant_id)):
            yield f"{model.__tablename__} {key}: applicant_id"
    pairs = session.execute(select(InterviewSeat.interview_id, InterviewSeat.interviewer_id))
    seats = {(key, interviewer_id) for key, interviewer_id in pairs}
    taken: dict[tuple[int, UnitHolder, int], tuple[int, object, object]] = {}
    units = select(
        InterviewUnit.interview_id,
        InterviewUnit.holder,
        InterviewUnit.holder_id,
        func.count(),
        func.min(InterviewUnit.starts_at),
        func.max(InterviewUnit.starts_at),
    ).group_by(InterviewUnit.interview_id, InterviewUnit.holder, InterviewUnit.holder_id)
    for key, holder, holder_id, count, first, last in session.execute(units):
        taken[key, holder, holder_id] = count, first, last
    wanted: dict[tuple[int, UnitHolder, int], tuple[int, object, object]] = {}
    spans: dict[int, tuple[int, object, object]] = {}
    for row in session.scalars(select(Interview)):
        spans[row.id] = (row.ends_at - row.starts_at) // UNIT, row.starts_at, row.ends_at - UNIT
        wanted[row.id, UnitHolder.APPLICANT, row.applicant_id] = spans[row.id]
    for key, interviewer_id in seats:
        wanted[key, UnitHolder.INTERVIEWER, interviewer_id] = spans[key]
    odd = {one[0] for one in wanted.keys() | taken.keys() if wanted.get(one) != taken.get(one)}
    for key in sorted(odd):
        yield f"interview {key}: interview_unit"
