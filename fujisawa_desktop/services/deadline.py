"""The hour at which entries close: who would be late, and setting it with all flags renewed in one act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from fujisawa_desktop.models import Applicant, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.eligibility import EntryFlag, is_late
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.programmes import programme, save_programme
from fujisawa_desktop.services.rulings import rulings_of


@dataclass(frozen=True, slots=True)
class LatePerson:
    """An entry whose flag would change; ``is_ruled`` says that a clerk has decided about it before."""

    entry_id: int
    number: str
    name: str
    received_at: datetime
    is_ruled: bool


@dataclass(frozen=True, slots=True)
class DeadlineForesight:
    """What another deadline would do.

    Attributes:
        newly_late: entries that would be late.
        in_time_again: entries that would not be late any more.
        late: how many entries would be late in all.
    """

    newly_late: tuple[LatePerson, ...]
    in_time_again: tuple[LatePerson, ...]
    late: int


@dataclass(frozen=True, slots=True)
class DeadlineForm:
    """The deadline as it is; ``version`` is that of the programme."""

    programme_id: int
    version: int
    deadline: datetime


def deadline_form(database: Database, *, programme_id: int) -> DeadlineForm:
    """Return the deadline of a programme.

    Raises:
        NotFoundError: ``programme.gone``.
    """
    view = programme(database, programme_id)
    return DeadlineForm(view.id, view.version, view.entry_deadline)


def foresee_deadline(database: Database, *, programme_id: int, deadline: datetime) -> DeadlineForesight:
    """Return whose flag another deadline would change; nothing is written."""
    name = func.coalesce(Applicant.name_official, Applicant.name_entered)
    query = (
        select(Entry.id, Entry.number, name, Entry.received_at, Entry.is_late)
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .where(Entry.programme_id == programme_id)
        .order_by(Entry.received_at, Entry.id)
    )
    newly: list[LatePerson] = []
    again: list[LatePerson] = []
    late = 0
    with database.read() as session:
        for entry_id, number, who, received_at, was_late in session.execute(query).all():
            now_late = is_late(received_at, deadline)
            late += now_late
            if now_late != was_late:
                ruled = EntryFlag.LATE.value in rulings_of(session, entry_id)
                person = LatePerson(entry_id, number, who, received_at, ruled)
                (newly if now_late else again).append(person)
    return DeadlineForesight(tuple(newly), tuple(again), late)


def set_deadline(
    database: Database, *, form: DeadlineForm, deadline: datetime, actor: str | None = None
) -> ChangeSet:
    """Set the last minute in which an entry is on time; every entry's flag is renewed in the same act.

    The last day of the entry period becomes the day of the deadline; what clerks ruled stays ruled.

    Raises:
        ValidationError: the day does not fit the programme's other days.
        ConflictError: somebody else saved the programme meanwhile.
    """
    view = replace(programme(database, form.programme_id), version=form.version)
    return save_programme(
        database,
        form=replace(view, entry_deadline=deadline, entry_until=deadline.date()),
        actor=actor,
    )
