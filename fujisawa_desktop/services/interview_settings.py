"""How a programme holds its interviews, and what its interviewers can do: read, tried, changed.

A change that booked interviews do not fit is told before it is made: which interviews, and why.
Made all the same, they stay where they are and the calendar marks them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Interview, Interviewer, InterviewerCourse, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.interviewing import InterviewScope, tidy_url
from fujisawa_desktop.rules.names import search_key, tidy_name
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_period import refuse_outside
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.programme_checks import check_programme
from fujisawa_desktop.services.programme_view import view_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

NAMED: Final = 3
"""So many people are named in a refusal; all of them are in `Unfit`."""
MOST_SEATS: Final = 6


@dataclass(frozen=True, slots=True)
class InterviewSettings:
    """How the interviews are held; the names are those of the programme's columns.

    Attributes:
        version: the programme's, as it was read.
        interview_panel: the role of each seat, ``""`` for any; empty when one interviewer is enough.
        interview_daily_limit: at most so many interviews an interviewer holds a day, or None.
    """

    version: int
    interview_from: date
    interview_until: date
    interview_day_from: time
    interview_day_until: time
    lunch_from: time | None
    lunch_until: time | None
    interview_slot_minutes: int
    interview_gap_minutes: int
    interview_scope: InterviewScope
    interview_panel: tuple[str, ...]
    interview_daily_limit: int | None


@dataclass(frozen=True, slots=True)
class InterviewerSettings:
    """What one interviewer can do; without courses any course."""

    interviewer_id: int
    version: int
    name: str
    role: str
    daily_limit: int | None
    course_ids: frozenset[int]
    gives_support: bool
    meeting_url: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """A booked interview that a change does not fit; ``problems`` are the new codes of the calendar."""

    interview_id: int
    name: str
    start: datetime
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettingsSaved:
    """What was saved; ``unfit`` are the interviews that are marked in the calendar from now on."""

    change: ChangeSet
    unfit: tuple[Unfit, ...]


# --- read ----------------------------------------------------------------------


def interview_settings(database: Database, *, programme_id: int) -> InterviewSettings:
    """Return how a programme holds its interviews.

    Raises:
        NotFoundError: ``programme.gone``.
    """
    with database.read() as session:
        row = _programme(session, programme_id)
        values = {field.name: getattr(row, field.name) for field in fields(InterviewSettings)}
    return InterviewSettings(**{**values, "interview_panel": tuple(values["interview_panel"])})


def interviewer_settings(database: Database, *, programme_id: int) -> tuple[InterviewerSettings, ...]:
    """Return what the interviewers of a programme can do, in the order of the office."""
    with database.read() as session:
        rows = session.scalars(
            select(Interviewer)
            .where(Interviewer.programme_id == programme_id)
            .order_by(Interviewer.position, Interviewer.id)
        ).all()
        courses: dict[int, set[int]] = {row.id: set() for row in rows}
        for seen in session.scalars(
            select(InterviewerCourse).where(InterviewerCourse.interviewer_id.in_(courses))
        ):
            courses[seen.interviewer_id].add(seen.course_id)
        return tuple(
            InterviewerSettings(
                row.id,
                row.version,
                row.name,
                row.role,
                row.daily_limit,
                frozenset(courses[row.id]),
                row.gives_support,
                row.meeting_url,
            )
            for row in rows
        )


def one_interviewer(database: Database, *, programme_id: int, interviewer_id: int) -> InterviewerSettings:
    """Return what one interviewer can do.

    Raises:
        NotFoundError: ``interview.unknown-interviewer``.
    """
    for one in interviewer_settings(database, programme_id=programme_id):
        if one.interviewer_id == interviewer_id:
            return one
    raise NotFoundError("interview.unknown-interviewer")


# --- change --------------------------------------------------------------------


def foresee_settings(
    database: Database, *, programme_id: int, settings: InterviewSettings
) -> tuple[Unfit, ...]:
    """Return which booked interviews would not fit any more; nothing is written.

    Raises:
        ValidationError, RuleError, ConflictError, NotFoundError: as `save_settings`.
    """
    with unit_of_work(database, "interview.settings") as work:
        return _tried(work, programme_id, lambda: _apply_settings(work, programme_id, settings))


def save_settings(
    database: Database,
    *,
    programme_id: int,
    settings: InterviewSettings,
    despite: bool = False,
    actor: str | None = None,
) -> SettingsSaved:
    """Change how a programme holds its interviews, as one act.

    Args:
        database: the open database.
        programme_id: the programme.
        settings: as they are to be, made from what `interview_settings` returned.
        despite: change them although booked interviews do not fit any more.
        actor: who does it.

    Raises:
        ValidationError: a field is not acceptable.
        RuleError: ``interview.settings-unfit`` (not with ``despite``): booked interviews do not fit;
            ``interview.scope-booked``, ``interview.period-booked``: they cannot be kept at all.
        ConflictError: somebody else changed the programme since it was read.
        NotFoundError: ``programme.gone``.
    """
    with unit_of_work(database, "interview.settings", actor=actor) as work:
        unfit = _tried(work, programme_id, lambda: _apply_settings(work, programme_id, settings))
        _refuse_unfit(unfit, despite=despite)
        return SettingsSaved(work.commit(), unfit)


def save_interviewer(
    database: Database, *, settings: InterviewerSettings, despite: bool = False, actor: str | None = None
) -> SettingsSaved:
    """Change what one interviewer can do, as one act; raises as `save_settings`.

    Raises:
        ValidationError: a field is not acceptable.
        RuleError: ``interview.settings-unfit`` (not with ``despite``).
        ConflictError: somebody else changed the interviewer since.
        NotFoundError: ``interview.unknown-interviewer``.
    """
    with unit_of_work(database, "interview.interviewer", actor=actor) as work:
        row = work.session.get(Interviewer, settings.interviewer_id)
        if row is None:
            raise NotFoundError("interview.unknown-interviewer")
        if row.version != settings.version:
            raise ConflictError("conflict.changed-meanwhile")
        found = row
        unfit = _tried(work, row.programme_id, lambda: _apply_interviewer(work, found, settings))
        _refuse_unfit(unfit, despite=despite)
        return SettingsSaved(work.commit(), unfit)


def _tried(work: UnitOfWork, programme_id: int, apply: Callable[[], None]) -> tuple[Unfit, ...]:
    """Apply a change and return the interviews that fitted before and do not now."""
    before = _problems(load_calendar(work.session, programme_id))
    apply()
    work.session.flush()
    work.session.expire_all()
    view = load_calendar(work.session, programme_id)
    return tuple(
        Unfit(booked.interview_id, view.person_of[booked.key].name, booked.start, new)
        for booked in view.interviews
        if (new := tuple(code for code in booked.problems if code not in before[booked.interview_id]))
    )


def _problems(view: CalendarView) -> dict[int, tuple[str, ...]]:
    return {booked.interview_id: booked.problems for booked in view.interviews}


def _refuse_unfit(unfit: Sequence[Unfit], *, despite: bool) -> None:
    if unfit and not despite:
        names = list(dict.fromkeys(one.name for one in unfit))
        raise RuleError("interview.settings-unfit", count=len(unfit), people=names[:NAMED])


def _programme(session: Session, programme_id: int) -> Programme:
    row = session.get(Programme, programme_id)
    if row is None:
        raise NotFoundError("programme.gone")
    return row


def _apply_settings(work: UnitOfWork, programme_id: int, settings: InterviewSettings) -> None:
    row = _programme(work.session, programme_id)
    if row.version != settings.version:
        raise ConflictError("conflict.changed-meanwhile")
    panel = _panel(settings.interview_panel)
    _check_limit(settings.interview_daily_limit, "interview_daily_limit")
    form = view_of(row)
    plain = [field.name for field in fields(InterviewSettings) if hasattr(form, field.name)]
    check_programme(replace(form, **{name: getattr(settings, name) for name in plain}))
    booked = work.session.scalar(
        select(func.count(Interview.id)).where(Interview.programme_id == programme_id)
    )
    if booked and settings.interview_scope is not row.interview_scope:
        raise RuleError("interview.scope-booked", count=booked)
    refuse_outside(work.session, row, settings.interview_from, settings.interview_until)
    for name in plain:
        if name != "version":
            setattr(row, name, getattr(settings, name))
    row.interview_scope = settings.interview_scope
    row.interview_panel = list(panel)
    row.interview_daily_limit = settings.interview_daily_limit


def _apply_interviewer(work: UnitOfWork, row: Interviewer, settings: InterviewerSettings) -> None:
    name = tidy_name(settings.name)
    if not name:
        raise ValidationError("interviewer.name-missing", field="name")
    twins = work.session.scalars(
        select(Interviewer.name).where(Interviewer.programme_id == row.programme_id, Interviewer.id != row.id)
    )
    if search_key(name) in {search_key(other) for other in twins}:
        raise ValidationError("interviewer.name-taken", field="name", name=name)
    _check_limit(settings.daily_limit, "daily_limit")
    row.name, row.role = name, settings.role.strip()
    row.daily_limit, row.gives_support = settings.daily_limit, settings.gives_support
    row.meeting_url = tidy_url(settings.meeting_url, field="meeting_url")
    have = {
        seen.course_id: seen
        for seen in work.session.scalars(
            select(InterviewerCourse).where(InterviewerCourse.interviewer_id == row.id)
        )
    }
    if have.keys() != settings.course_ids:
        work.count_version(row)
    for course_id, seen in have.items():
        if course_id not in settings.course_ids:
            work.session.delete(seen)
    work.session.add_all(
        InterviewerCourse(interviewer_id=row.id, course_id=key)
        for key in sorted(settings.course_ids - have.keys())
    )


def _panel(roles: Sequence[str]) -> tuple[str, ...]:
    panel = tuple(role.strip() for role in roles)
    if len(panel) > MOST_SEATS:
        raise ValidationError("interview.panel-size", field="interview_panel", most=MOST_SEATS)
    return panel


def _check_limit(limit: int | None, field: str) -> None:
    if limit is not None and limit < 1:
        raise ValidationError("number.too-small", field=field, lowest=1)
