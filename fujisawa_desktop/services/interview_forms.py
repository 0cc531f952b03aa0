"""Forms about one booked interview, as they were read and as they are stored now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Interview
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_view import Attendance, Booked


@dataclass(frozen=True, slots=True)
class MoveForm:
    """When an interview is, and who holds it."""

    interview_id: int
    version: int
    start: datetime
    interviewer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CardForm:
    """Everything of a booked interview that an act on its card may meet changed."""

    interview_id: int
    version: int
    start: datetime
    end: datetime
    interviewer_ids: tuple[int, ...]
    is_locked: bool
    attendance: Attendance | None
    late_minutes: int | None


@dataclass(frozen=True, slots=True)
class SwapForm:
    """Two interviews that exchange their times, by id."""

    ids: tuple[int, int]
    versions: tuple[int, int]
    start: Mapping[int, datetime]
    interviewer_ids: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """Where an online interview takes place, and what was noted on the day."""

    interview_id: int
    version: int
    url: str
    note: str


def card_of(booked: Booked) -> CardForm:
    """Return an interview as its card shows it."""
    return CardForm(
        booked.interview_id,
        booked.version,
        booked.start,
        booked.end,
        tuple(booked.interviewer_ids),
        booked.is_locked,
        booked.attendance,
        booked.late_minutes,
    )


def card_form(database: Database, *, interview_id: int) -> CardForm:
    """Return an interview as stored now; raises as `booked_now`."""
    return card_of(booked_now(database, interview_id))


def swap_of(one: Booked, other: Booked) -> SwapForm:
    """Return two interviews as the calendar shows them."""
    pair = (one, other)
    return SwapForm(
        (one.interview_id, other.interview_id),
        (one.version, other.version),
        {booked.interview_id: booked.start for booked in pair},
        {booked.interview_id: tuple(booked.interviewer_ids) for booked in pair},
    )


def swap_form(database: Database, *, first_id: int, second_id: int) -> SwapForm:
    """Return two interviews as stored now; raises as `booked_now`."""
    return swap_of(booked_now(database, first_id), booked_now(database, second_id))


def move_of(booked: Booked) -> MoveForm:
    """Return the time and the panel as the calendar shows them."""
    return MoveForm(booked.interview_id, booked.version, booked.start, tuple(booked.interviewer_ids))


def details_of(booked: Booked) -> DetailsForm:
    """Return the details as the calendar shows them."""
    return DetailsForm(booked.interview_id, booked.version, booked.meeting_url, booked.day_note)


def move_form(database: Database, *, interview_id: int) -> MoveForm:
    """Return the time and the panel as stored now; raises as `booked_now`."""
    return move_of(booked_now(database, interview_id))


def details_form(database: Database, *, interview_id: int) -> DetailsForm:
    """Return the details as stored now; raises as `booked_now`."""
    return details_of(booked_now(database, interview_id))


def booked_now(database: Database, interview_id: int) -> Booked:
    """Return an interview as stored now.

    Raises:
        NotFoundError: ``interview.missing``; it was cancelled meanwhile.
    """
    with database.read() as session:
        row = session.get(Interview, interview_id)
        if row is not None:
            for booked in load_calendar(session, row.programme_id).interviews:
                if booked.interview_id == interview_id:
                    return booked
    raise NotFoundError("interview.missing")
