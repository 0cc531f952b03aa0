"""What a whole file says of its interviews alike in several places; found by ``check``.

Every interview takes each five minutes of its time of its person and of everybody who holds it, and
nothing else; an interview, and what was told of one, is of the person of its entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Entry,
    Interview,
    InterviewAnnouncement,
    InterviewSeat,
    InterviewUnit,
    UnitHolder,
)
from fujisawa_desktop.services.integrity_findings import Check, Finding, overlapping
from fujisawa_desktop.services.interview_units import UNIT
from fujisawa_desktop.services.unit_of_work import UnitOfWork

Place = tuple[UnitHolder, int, datetime]


@dataclass(slots=True)
class _Sitting:
    """One interview with the units it should take and those it takes."""

    row: Interview
    seats: set[int] = field(default_factory=set)
    taken: dict[Place, int] = field(default_factory=dict)

    @property
    def moments(self) -> list[datetime]:
        """The beginnings of its units."""
        row = self.row
        return [row.starts_at + UNIT * number for number in range(-((row.starts_at - row.ends_at) // UNIT))]

    def wanted(self) -> set[Place]:
        """Return the units it should take."""
        holders = [(UnitHolder.APPLICANT, self.row.applicant_id)]
        holders += [(UnitHolder.INTERVIEWER, key) for key in self.seats]
        return {(holder, key, moment) for holder, key in holders for moment in self.moments}

    def lost_seats(self) -> set[int]:
        """Return interviewers whose time it takes from beginning to end though they have no seat."""
        whole = set(self.moments)
        held: dict[int, set[datetime]] = defaultdict(set)
        for holder, key, moment in self.taken:
            if holder is UnitHolder.INTERVIEWER and key not in self.seats:
                held[key].add(moment)
        return {key for key, moments in held.items() if moments == whole}


def _wrong_people(session: Session) -> Iterator[Finding]:
    kinds: tuple[tuple[type[Interview | InterviewAnnouncement], str], ...] = (
        (Interview, "interview-person"),
        (InterviewAnnouncement, "told-person"),
    )
    for model, kind in kinds:
        query = (
            select(model.id, Entry.applicant_id)
            .join(Entry, Entry.id == model.entry_id)
            .where(Entry.applicant_id != model.applicant_id)
            .order_by(model.id)
        )
        for key, person in session.execute(query):
            yield Finding(kind, model.__tablename__, key, person, is_repairable=True)


def _give_to_entry(work: UnitOfWork, found: Sequence[Finding]) -> None:
    for model in (Interview, InterviewAnnouncement):
        own = [one for one in found if one.table == model.__tablename__]
        work.update_many(model, {one.row_id: {"applicant_id": one.applicant_id} for one in own})


def _sittings(session: Session) -> dict[int, _Sitting]:
    found = {row.id: _Sitting(row) for row in session.scalars(select(Interview).order_by(Interview.id))}
    for key, interviewer_id in session.execute(
        select(InterviewSeat.interview_id, InterviewSeat.interviewer_id)
    ):
        if key in found:
            found[key].seats.add(interviewer_id)
    units = select(
        InterviewUnit.id,
        InterviewUnit.interview_id,
        InterviewUnit.holder,
        InterviewUnit.holder_id,
        InterviewUnit.starts_at,
    )
    for unit_id, key, holder, holder_id, moment in session.execute(units):
        if key in found:
            found[key].taken[holder, holder_id, moment] = unit_id
    return found


def _odd(sittings: dict[int, _Sitting]) -> Iterator[tuple[_Sitting, bool]]:
    """Yield interviews that take other time than they should, and whether their time is free."""
    held: dict[Place, int] = {place: key for key, one in sittings.items() for place in one.taken}
    for key, one in sittings.items():
        one.seats |= one.lost_seats()
        wanted = one.wanted()
        if wanted != one.taken.keys():
            is_free = all(held.get(place, key) == key for place in wanted)
            if is_free:
                held.update(dict.fromkeys(wanted, key))
            yield one, is_free


def _units(session: Session) -> Iterator[Finding]:
    sittings = _sittings(session)
    lost = {key for key, one in sittings.items() if one.lost_seats()}
    odd = {one.row.id: is_free for one, is_free in _odd(sittings)}
    for key in sorted(lost | odd.keys()):
        row = sittings[key].row
        is_free = odd.get(key, True)
        kind = "interview-units" if is_free else "interview-units-taken"
        params = {"starts_at": row.starts_at}
        yield Finding(kind, "interview", key, row.applicant_id, params, is_repairable=is_free)


def _take_units(work: UnitOfWork, _found: Sequence[Finding]) -> None:
    """Give seats back to those whose time is taken, and take the time that each interview needs."""
    sittings = _sittings(work.session)
    seats = [
        {"interview_id": key, "interviewer_id": who}
        for key, one in sittings.items()
        for who in sorted(one.lost_seats())
    ]
    changes = [(one, one.wanted()) for one, is_free in _odd(sittings) if is_free]
    work.delete_many(
        InterviewUnit,
        [unit for one, wanted in changes for place, unit in one.taken.items() if place not in wanted],
    )
    work.insert_many(
        InterviewUnit,
        [
            {"interview_id": one.row.id, "holder": holder, "holder_id": key, "starts_at": moment}
            for one, wanted in changes
            for holder, key, moment in sorted(wanted - one.taken.keys())
        ],
    )
    work.insert_many(InterviewSeat, seats)


def _overlaps(session: Session) -> Iterator[Finding]:
    """Yield interviews that begin before another of the same person or interviewer ends."""
    spans: dict[tuple[UnitHolder, int], list[tuple[datetime, datetime, _Sitting]]] = defaultdict(list)
    for one in _sittings(session).values():
        for holder, key in [
            (UnitHolder.APPLICANT, one.row.applicant_id),
            *((UnitHolder.INTERVIEWER, who) for who in one.seats),
        ]:
            spans[holder, key].append((one.row.starts_at, one.row.ends_at, one))
    told: set[tuple[UnitHolder, int]] = set()
    for (holder, _key), held in spans.items():
        for first, second in overlapping(held):
            if (holder, second.row.id) not in told:
                told.add((holder, second.row.id))
                yield Finding(
                    f"interview-overlap-{holder.value}",
                    "interview",
                    second.row.id,
                    second.row.applicant_id,
                    {"starts_at": second.row.starts_at, "other": first.row.starts_at},
                )


INTERVIEW_CHECKS: Final = (
    Check("interview-people", _wrong_people, _give_to_entry),
    Check("interview-units", _units, _take_units),
    Check("interview-overlap", _overlaps),
)
