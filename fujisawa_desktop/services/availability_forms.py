"""When people can come, as forms to be laid beside what somebody else saved of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.availability_grid import Frame
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.services.availability import (
    TimesOfInterviewer,
    TimesOfPerson,
    save_times_of_interviewer,
    save_times_of_person,
    times_of_interviewer,
    times_of_person,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_needs import Need

__all__ = [
    "InterviewerTimesForm",
    "PersonTimesForm",
    "interviewer_times_form",
    "interviewer_times_of",
    "person_times_form",
    "person_times_of",
    "save_interviewer_times",
    "save_person_times",
]


@dataclass(frozen=True, slots=True)
class PersonTimesForm:
    """What one person wrote, when the person can come, and what the person needs.

    Attributes:
        windows: within the hours that the grid shows.
        seen: all of the person's windows as they were read.
        text_version, need_version: as they were read; None while there is none.
    """

    applicant_id: int
    text: str
    received_on: date | None
    windows: tuple[Window, ...]
    confirmed: bool
    finish_by: date | None
    minutes: int | None
    needs_support: bool
    note: str
    seen: tuple[Window, ...]
    text_version: int | None
    need_version: int | None


@dataclass(frozen=True, slots=True)
class InterviewerTimesForm:
    """When one interviewer can interview; ``seen``: all windows as they were read."""

    interviewer_id: int
    windows: tuple[Window, ...]
    seen: tuple[Window, ...]


def person_times_of(person: TimesOfPerson, frame: Frame) -> PersonTimesForm:
    """Return the time of a person as the form shows it."""
    need = person.need
    return PersonTimesForm(
        person.applicant_id,
        person.text,
        person.received_on,
        frame.from_windows(person.windows).windows(),
        person.is_confirmed,
        need.finish_by,
        need.minutes,
        need.needs_support,
        need.note,
        person.windows,
        person.text_version,
        need.version,
    )


def person_times_form(
    database: Database, *, programme_id: int, applicant_id: int, frame: Frame
) -> PersonTimesForm:
    """Return the time of a person as stored now; raises as `times_of_person`."""
    found = times_of_person(database, programme_id=programme_id, applicant_id=applicant_id)
    return person_times_of(found, frame)


def save_person_times(
    database: Database, *, form: PersonTimesForm, programme_id: int, actor: str | None = None
) -> ChangeSet:
    """Store the form; raises as `save_times_of_person`."""
    return save_times_of_person(
        database,
        programme_id=programme_id,
        applicant_id=form.applicant_id,
        windows=form.windows,
        text=form.text,
        received_on=form.received_on,
        need=Need(form.finish_by, form.minutes, form.needs_support, form.note, form.need_version),
        confirmed=form.confirmed,
        text_version=form.text_version,
        seen=form.seen,
        actor=actor,
    )


def interviewer_times_of(interviewer: TimesOfInterviewer, frame: Frame) -> InterviewerTimesForm:
    """Return the time of an interviewer as the grid shows it."""
    windows = frame.from_windows(interviewer.windows).windows()
    return InterviewerTimesForm(interviewer.interviewer_id, windows, interviewer.windows)


def interviewer_times_form(database: Database, *, interviewer_id: int, frame: Frame) -> InterviewerTimesForm:
    """Return the time of an interviewer as stored now; raises as `times_of_interviewer`."""
    return interviewer_times_of(times_of_interviewer(database, interviewer_id=interviewer_id), frame)


def save_interviewer_times(
    database: Database, *, form: InterviewerTimesForm, actor: str | None = None
) -> ChangeSet:
    """Store the form; raises as `save_times_of_interviewer`."""
    return save_times_of_interviewer(
        database,
        interviewer_id=form.interviewer_id,
        windows=form.windows,
        seen=form.seen,
        actor=actor,
    )
