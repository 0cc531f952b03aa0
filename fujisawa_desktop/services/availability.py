"""When applicants and interviewers can come, as a clerk reads it from a mail or paints it on a grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    Applicant,
    ApplicantAvailability,
    AvailabilityText,
    Entry,
    Interview,
    Interviewer,
    InterviewerAvailability,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.availability_grid import DAY_MINUTES, Frame, time_of
from fujisawa_desktop.rules.calendar import is_open
from fujisawa_desktop.rules.hours import minute_of_day
from fujisawa_desktop.rules.planning_model import Window, merged
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_needs import Need, need_of, write_need
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class TimesOfPerson:
    """What is known of one applicant's time.

    Attributes:
        windows: free time as stored, also outside the period.
        text: what the person wrote, as it came.
        text_version: version of the stored text, None while there is none.
        is_confirmed: a clerk looked at what was read from the text, or painted the times.
        need: an early day, more time, support.
        booked: the interviews of the person, begin and end.
    """

    applicant_id: int
    number: str
    name: str
    kana: str
    windows: tuple[Window, ...]
    text: str
    received_on: date | None
    text_version: int | None
    is_confirmed: bool
    need: Need
    booked: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class TimesOfInterviewer:
    """What is known of one interviewer's time; ``booked`` are the interviews."""

    interviewer_id: int
    name: str
    windows: tuple[Window, ...]
    booked: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Somebody who waits for an interview.

    Attributes:
        answered: some time is stored, or a clerk confirmed that none is possible.
        unconfirmed: a text is stored that nobody looked at yet.
    """

    applicant_id: int
    number: str
    name: str
    answered: bool
    unconfirmed: bool


def frame_of(programme: Programme) -> Frame:
    """Return the interview period of a programme as the rules of free time see it."""
    first, last = programme.interview_from, programme.interview_until
    extra = frozenset(row.day for row in programme.closed_days)
    lunch = (programme.lunch_from, programme.lunch_until)
    whole = Frame(
        first,
        last,
        frozenset(),
        minute_of_day(programme.interview_day_from),
        minute_of_day(programme.interview_day_until),
    )
    return Frame(
        first,
        last,
        frozenset(day for day in whole.days if not is_open(day, extra)),
        whole.opens,
        whole.closes,
        programme.interview_slot_minutes,
        (minute_of_day(lunch[0]), minute_of_day(lunch[1])) if lunch[0] and lunch[1] else None,
    )


def interview_frame(database: Database, *, programme_id: int) -> Frame:
    """Return the interview period.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        return frame_of(_programme(session, programme_id))


def people_to_ask(database: Database, *, programme_id: int) -> tuple[ToAsk, ...]:
    """Return those who are to be interviewed, in the order of their names.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        view = load_calendar(session, programme_id)
        texts = {
            row.applicant_id: row.is_confirmed
            for row in session.scalars(
                select(AvailabilityText)
                .join(Entry, Entry.applicant_id == AvailabilityText.applicant_id)
                .where(Entry.programme_id == programme_id)
            )
        }
    found: dict[int, ToAsk] = {}
    for person in view.people:
        if person.waits:
            confirmed = texts.get(person.applicant_id)
            answered = confirmed is True or (confirmed is None and bool(person.windows))
            found.setdefault(
                person.applicant_id,
                ToAsk(person.applicant_id, person.number, person.name, answered, confirmed is False),
            )
    return tuple(found.values())


def times_of_person(database: Database, *, programme_id: int, applicant_id: int) -> TimesOfPerson:
    """Return what is known of one applicant's time.

    Raises:
        NotFoundError: ``applicant.gone``.
    """
    with database.read() as session:
        applicant = session.get(Applicant, applicant_id)
        entries = select(Entry.number).where(
            Entry.applicant_id == applicant_id, Entry.programme_id == programme_id
        )
        number = session.scalars(entries.order_by(Entry.id)).first()
        if applicant is None or number is None:
            raise NotFoundError("applicant.gone")
        text = _text(session, applicant_id)
        booked = session.execute(
            select(Interview.starts_at, Interview.ends_at).where(Interview.applicant_id == applicant_id)
        )
        return TimesOfPerson(
            applicant_id=applicant_id,
            number=number,
            name=applicant.name,
            kana=applicant.kana,
            windows=_windows(_rows_of_person(session, applicant_id)),
            text=text.text if text else "",
            received_on=text.received_on if text else None,
            text_version=text.version if text else None,
            is_confirmed=text.is_confirmed if text else False,
            need=need_of(session, applicant_id),
            booked=tuple((start, end) for start, end in booked),
        )


def times_of_interviewer(database: Database, *, interviewer_id: int) -> TimesOfInterviewer:
    """Return what is known of one interviewer's time.

    Raises:
        NotFoundError: ``interview.unknown-interviewer``.
    """
    with database.read() as session:
        row = session.get(Interviewer, interviewer_id)
        if row is None:
            raise NotFoundError("interview.unknown-interviewer")
        view = load_calendar(session, row.programme_id)
        return TimesOfInterviewer(
            interviewer_id=interviewer_id,
            name=row.name,
            windows=_windows(_rows_of_interviewer(session, interviewer_id)),
            booked=tuple(
                (one.start, one.end) for one in view.interviews if interviewer_id in one.interviewer_ids
            ),
        )


def save_times_of_person(
    database: Database,
    *,
    programme_id: int,
    applicant_id: int,
    windows: Iterable[Window],
    text: str,
    received_on: date | None,
    need: Need,
    confirmed: bool = True,
    text_version: int | None = None,
    seen: Sequence[Window] | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record what a person wrote, what was read or painted, and what the person needs; one act.

    The windows are the whole word about the interview hours of the period; time stored outside them
    stays as it is.

    Args:
        database: the open database.
        programme_id: whose interview period it is.
        applicant_id: the person.
        windows: when the person can come; each within one day.
        text: the answer as it was written.
        received_on: when it came.
        need: an early day, more time, support.
        confirmed: a clerk looked at the windows; False keeps the text for later.
        text_version: version of the text that was on the screen, None if there was none.
        seen: the stored time that was on the screen; None does not compare.
        actor: who does it.

    Raises:
        RuleError: ``availability.outside-hours-painted``: a window on a closed day or outside the hours.
        ConflictError: somebody else changed the text, the time or the need meanwhile.
        ValidationError: the need is not acceptable.
        NotFoundError: ``applicant.gone`` or ``programme.none``.
    """
    with unit_of_work(database, "availability.save", actor=actor) as work:
        frame = frame_of(_programme(work.session, programme_id))
        if work.session.get(Applicant, applicant_id) is None:
            raise NotFoundError("applicant.gone")
        _write_text(work, applicant_id, text, received_on, text_version, confirmed=confirmed)
        rows = _rows_of_person(work.session, applicant_id)
        _replace(work, frame, windows, rows, seen, applicant_id=applicant_id)
        write_need(work, applicant_id, need)
        return work.commit()


def save_times_of_interviewer(
    database: Database,
    *,
    interviewer_id: int,
    windows: Iterable[Window],
    seen: Sequence[Window] | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record when an interviewer can interview, as painted; interviews outside it stay and are marked.

    ``seen`` is the stored time that was on the screen; None does not compare.

    Raises:
        RuleError: ``availability.outside-hours-painted``.
        ConflictError: somebody else changed the time meanwhile.
        NotFoundError: ``interview.unknown-interviewer``.
    """
    with unit_of_work(database, "interviewer.paint-times", actor=actor) as work:
        row = work.session.get(Interviewer, interviewer_id)
        if row is None:
            raise NotFoundError("interview.unknown-interviewer")
        frame = frame_of(_programme(work.session, row.programme_id))
        rows = _rows_of_interviewer(work.session, interviewer_id)
        _replace(work, frame, windows, rows, seen, interviewer_id=interviewer_id)
        return work.commit()


def take_out(work: UnitOfWork, applicant_id: int, gone: Window) -> None:
    """Take a time out of those in which a person can come, within an open act."""
    first, last = gone
    hit = [row for row in _rows_of_person(work.session, applicant_id) if _overlap(_window(row), gone)]
    left = [
        (start, end)
        for row in hit
        for low, high in [_window(row)]
        for start, end in ((low, min(high, first)), (max(low, last), high))
        if start < end
    ]
    work.delete_many(ApplicantAvailability, [row.id for row in hit])
    work.insert_many(
        ApplicantAvailability,
        [
            {"applicant_id": applicant_id, "day": start.date(), "starts": start.time(), "ends": end.time()}
            for start, end in left
        ],
    )


def _overlap(one: Window, other: Window) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _programme(session: Session, programme_id: int) -> Programme:
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    return programme


def _text(session: Session, applicant_id: int) -> AvailabilityText | None:
    return session.scalars(
        select(AvailabilityText).where(AvailabilityText.applicant_id == applicant_id)
    ).one_or_none()


_Row = ApplicantAvailability | InterviewerAvailability


def _rows_of_person(session: Session, applicant_id: int) -> Sequence[_Row]:
    query = select(ApplicantAvailability).where(ApplicantAvailability.applicant_id == applicant_id)
    return session.scalars(query.order_by(ApplicantAvailability.day, ApplicantAvailability.starts)).all()


def _rows_of_interviewer(session: Session, interviewer_id: int) -> Sequence[_Row]:
    query = select(InterviewerAvailability).where(InterviewerAvailability.interviewer_id == interviewer_id)
    return session.scalars(query.order_by(InterviewerAvailability.day, InterviewerAvailability.starts)).all()


def _windows(rows: Iterable[_Row]) -> tuple[Window, ...]:
    return tuple(_window(row) for row in rows)


def _window(row: _Row) -> Window:
    return datetime.combine(row.day, row.starts), datetime.combine(row.day, row.ends)


def _write_text(
    work: UnitOfWork,
    applicant_id: int,
    text: str,
    received_on: date | None,
    version: int | None,
    *,
    confirmed: bool,
) -> None:
    row = _text(work.session, applicant_id)
    if (row.version if row else None) != version:
        raise ConflictError("conflict.changed-meanwhile")
    if row is None:
        row = AvailabilityText(
            applicant_id=applicant_id, text=text, received_on=received_on, is_confirmed=confirmed
        )
        work.session.add(row)
        return
    row.text, row.received_on, row.is_confirmed = text, received_on, confirmed


def _replace(
    work: UnitOfWork,
    frame: Frame,
    windows: Iterable[Window],
    rows: Sequence[_Row],
    seen: Sequence[Window] | None,
    **owner: int,
) -> None:
    """Make the rows say the windows within the hours of the period, and what they said outside of them."""
    if seen is not None and set(_windows(rows)) != set(seen):
        raise ConflictError("conflict.changed-meanwhile")
    wanted = merged(tuple(windows))
    for start, end in wanted:
        if start.date() != end.date() or not frame.from_windows([(start, end)]).windows() == ((start, end),):
            raise RuleError("availability.outside-hours-painted", start=start, end=end)
    outside = [piece for row in rows for piece in _outside(frame, _window(row))]
    keys = {(start.date(), start.time()): end.time() for start, end in merged((*wanted, *outside))}
    model = ApplicantAvailability if "applicant_id" in owner else InterviewerAvailability
    stays = {(row.day, row.starts) for row in rows if keys.get((row.day, row.starts)) == row.ends}
    work.delete_many(model, [row.id for row in rows if (row.day, row.starts) not in stays])
    work.insert_many(
        model,
        [
            {**owner, "day": day, "starts": starts, "ends": ends}
            for (day, starts), ends in keys.items()
            if (day, starts) not in stays
        ],
    )


def _outside(frame: Frame, window: Window) -> list[Window]:
    """Return the parts of a stored window that the grid does not show."""
    start, end = window
    day = start.date()
    if day not in frame.open_days:
        return [window]
    low, high = minute_of_day(start.time()), minute_of_day(end.time())
    pieces = [(low, min(high, frame.opens)), (max(low, frame.closes), high)]
    return [(_at(day, first), _at(day, last)) for first, last in pieces if first < last]


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time_of(min(minute, DAY_MINUTES - 1)) if minute else time())
