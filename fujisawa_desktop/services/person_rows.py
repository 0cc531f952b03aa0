"""What hangs on a person and goes over to another: entries, applications, interviews, papers, doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import or_, select

from fujisawa_desktop.models import (
    ApplicantAvailability,
    ApplicantNote,
    Application,
    Appointment,
    AvailabilityText,
    Base,
    Dispatch,
    Entry,
    Interview,
    InterviewAnnouncement,
    InterviewNeed,
    InterviewUnit,
    Notice,
    SuspectedDuplicate,
    SuspicionVerdict,
    UnitHolder,
)
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.person_joined import join_rows
from fujisawa_desktop.services.unit_of_work import UnitOfWork

OWNED: Final[tuple[type[Any], ...]] = (
    Entry,
    Application,
    Interview,
    InterviewAnnouncement,
    ApplicantNote,
    Notice,
    Dispatch,
    Appointment,
)
"""Tables whose rows name the person in ``applicant_id`` and go over as they are."""
SINGLE: Final[tuple[type[Any], ...]] = (AvailabilityText, InterviewNeed)
"""Tables with one row a person at most: it goes over, or is joined to the other person's."""
_DOUBT_COLUMNS: Final = ("first_id", "second_id", "score", "is_same", "reasons", "verdict")


def move_rows(work: UnitOfWork, old: int, new: int) -> dict[str, Any]:
    """Let everything of the person ``old`` belong to ``new``; return what went over, by table."""
    moved: dict[str, Any] = {}
    for model in OWNED:
        query = select(model.id).where(model.applicant_id == old).order_by(model.id)
        moved[model.__tablename__] = give(work, model, list(work.session.scalars(query)), new)
    moved["joined"] = []
    for model in SINGLE:
        mine, theirs = (
            work.session.scalars(select(model).where(model.applicant_id == person)).one_or_none()
            for person in (new, old)
        )
        going = [theirs.id] if theirs is not None and mine is None else []
        if mine is not None and theirs is not None:
            moved["joined"].append(join_rows(work, mine, theirs))
        moved[model.__tablename__] = give(work, model, going, new)
    moved.update(_move_times(work, old, new))
    move_units(work, old, new, moved[Interview.__tablename__])
    moved.update(_move_doubts(work, old, new))
    return moved


def give(work: UnitOfWork, model: type[Base], ids: Sequence[int], owner: int) -> list[int]:
    """Let rows belong to ``owner``; return their ids."""
    work.update_many(model, {row_id: {"applicant_id": owner} for row_id in ids})
    return list(ids)


def move_units(work: UnitOfWork, old: int, new: int, interview_ids: Sequence[int]) -> None:
    """Let the time that interviews take of one person be taken of another."""
    for chunk in chunks(interview_ids):
        query = select(InterviewUnit.id).where(
            InterviewUnit.interview_id.in_(chunk),
            InterviewUnit.holder == UnitHolder.APPLICANT,
            InterviewUnit.holder_id == old,
        )
        units = {unit: {"holder_id": new} for unit in work.session.scalars(query)}
        work.update_many(InterviewUnit, units)


def _move_times(work: UnitOfWork, old: int, new: int) -> dict[str, Any]:
    """Move free times; of two that begin at once the longer counts, the other stays where it is."""
    query = select(ApplicantAvailability).where(ApplicantAvailability.applicant_id.in_((old, new)))
    rows = work.session.scalars(query.order_by(ApplicantAvailability.id)).all()
    mine = {(row.day, row.starts): row for row in rows if row.applicant_id == new}
    going = [row.id for row in rows if row.applicant_id == old and (row.day, row.starts) not in mine]
    longer = {
        mine[row.day, row.starts].id: [mine[row.day, row.starts].ends, row.ends]
        for row in rows
        if row.applicant_id == old
        and (row.day, row.starts) in mine
        and row.ends > mine[row.day, row.starts].ends
    }
    work.update_many(ApplicantAvailability, {row_id: {"ends": ends[1]} for row_id, ends in longer.items()})
    return {
        ApplicantAvailability.__tablename__: give(work, ApplicantAvailability, going, new),
        "lengthened": [
            [row_id, before.isoformat(), after.isoformat()] for row_id, (before, after) in longer.items()
        ],
    }


def _move_doubts(work: UnitOfWork, old: int, new: int) -> dict[str, Any]:
    """Let suspicions about ``old`` be about ``new``; each pair is suspected once, and 別人 stays said."""
    theirs, mine = _doubts(work, old), _doubts(work, new)
    dropped = {row.id: _doubt(row) for other, row in theirs.items() if other == new or other in mine}
    moved = {row.id: _pair(new, other) for other, row in theirs.items() if row.id not in dropped}
    told = {
        mine[other].id: {"verdict": SuspicionVerdict.DIFFERENT}
        for other, row in theirs.items()
        if other in mine
        and row.verdict is SuspicionVerdict.DIFFERENT
        and mine[other].verdict is SuspicionVerdict.OPEN
    }
    work.delete_many(SuspectedDuplicate, list(dropped))
    work.update_many(SuspectedDuplicate, moved)
    work.update_many(SuspectedDuplicate, told)
    return {
        SuspectedDuplicate.__tablename__: list(moved),
        "doubts_dropped": list(dropped.values()),
        "doubts_told": list(told),
    }


def return_doubts(work: UnitOfWork, moved: Mapping[str, Any], old: int, new: int) -> None:
    """Let the suspicions that a merge took from ``old`` to ``new`` be about ``old`` again.

    The two themselves are kept apart from now on: who is split was two people.
    """
    back = {other: row for other, row in _doubts(work, new).items() if row.id in moved["suspected_duplicate"]}
    work.update_many(
        SuspectedDuplicate,
        {row.id: _pair(old, other) for other, row in back.items() if other != old},
    )
    told = work.session.scalars(
        select(SuspectedDuplicate.id).where(
            SuspectedDuplicate.id.in_(moved["doubts_told"]),
            SuspectedDuplicate.verdict == SuspicionVerdict.DIFFERENT,
        )
    )
    work.update_many(SuspectedDuplicate, {row_id: {"verdict": SuspicionVerdict.OPEN} for row_id in told})
    pair = _pair(old, new)
    lost = {(row["first_id"], row["second_id"]): row for row in moved["doubts_dropped"]}
    between = {"score": 100, "is_same": False, "reasons": [], **pair}
    lost[pair["first_id"], pair["second_id"]] = {
        **lost.get((pair["first_id"], pair["second_id"]), between),
        "verdict": SuspicionVerdict.DIFFERENT,
    }
    known = {row["first_id"] for row in lost.values()}
    query = select(SuspectedDuplicate).where(SuspectedDuplicate.first_id.in_(known))
    there = {(row.first_id, row.second_id): row.id for row in work.session.scalars(query)}
    apart = there.get((pair["first_id"], pair["second_id"]))
    if apart is not None:
        work.update_many(SuspectedDuplicate, {apart: {"verdict": SuspicionVerdict.DIFFERENT}})
    work.insert_many(
        SuspectedDuplicate,
        [
            {**row, "verdict": SuspicionVerdict(row["verdict"])}
            for key, row in lost.items()
            if key not in there
        ],
    )


def _doubts(work: UnitOfWork, person: int) -> dict[int, SuspectedDuplicate]:
    """Return the suspicions about a person by the other one."""
    query = select(SuspectedDuplicate).where(
        or_(SuspectedDuplicate.first_id == person, SuspectedDuplicate.second_id == person)
    )
    return {
        row.second_id if row.first_id == person else row.first_id: row for row in work.session.scalars(query)
    }


def _pair(one: int, other: int) -> dict[str, int]:
    return {"first_id": min(one, other), "second_id": max(one, other)}


def _doubt(row: SuspectedDuplicate) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _DOUBT_COLUMNS}, "verdict": row.verdict.value}
