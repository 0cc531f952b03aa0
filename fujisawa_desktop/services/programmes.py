"""Programmes: made from a file, read, changed, chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError
from fujisawa_desktop.models import Applicant, Base, Entry, EntryKind, Programme, Setting
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.eligibility import EligibilityPolicy, EntryFlag, entry_flags
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.hand_ins import follow_oath
from fujisawa_desktop.services.interview_period import refuse_outside
from fujisawa_desktop.services.programme_checks import check_programme
from fujisawa_desktop.services.programme_files import programme_codes, read_programme
from fujisawa_desktop.services.programme_view import (
    CHILDREN,
    ClosedDayRow,
    ContactRow,
    PatternRow,
    ProgrammeView,
    RateRow,
    view_of,
)
from fujisawa_desktop.services.rulings import reinstate
from fujisawa_desktop.services.unit_of_work import UnitOfWork, integrity_as_conflict, unit_of_work

__all__ = [
    "ClosedDayRow",
    "ContactRow",
    "PatternRow",
    "ProgrammeRow",
    "ProgrammeView",
    "RateRow",
    "choose_programme",
    "create_programme",
    "current_programme_id",
    "eligibility_policy",
    "programme",
    "programme_codes",
    "programmes",
    "save_programme",
]

CURRENT: Final = "current-programme"


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One line of the list of programmes."""

    id: int
    code: str
    fiscal_year: int
    title: str


# --- make and choose -----------------------------------------------------------


def create_programme(database: Database, *, source: Path | str, actor: str | None = None) -> ChangeSet:
    """Store the programme of a shipped code (``r6``) or of a file, with its courses.

    The first programme of a database founds it and is not taken back; a further one can be.

    Raises:
        NotFoundError, InputFileError: as :func:`read_programme`.
        ConflictError: ``programme.exists``; this database holds that programme already.
    """
    file = read_programme(source)
    with unit_of_work(database, "programme.create", actor=actor, year=file.programme.fiscal_year) as work:
        code = file.programme.code
        if work.session.scalar(select(Programme.id).where(Programme.code == code)) is not None:
            raise ConflictError("programme.exists", name=code)
        if work.session.scalar(select(Programme.id).limit(1)) is None:
            work.kind = EntryKind.FOUNDED
        work.session.add(file.programme)
        work.session.flush()
        for course in file.courses:
            course.programme_id = file.programme.id
        work.session.add_all(file.courses)
        return work.commit()


def current_programme_id(database: Database) -> int:
    """Return the programme the clerks work on: the chosen one, else the newest.

    Raises:
        NotFoundError: ``programme.none``; there is no programme yet.
    """
    with database.read() as session:
        chosen = session.get(Setting, CURRENT)
        if chosen is not None and session.get(Programme, chosen.value) is not None:
            return int(chosen.value)
        newest = session.scalar(
            select(Programme.id).order_by(Programme.fiscal_year.desc(), Programme.id.desc()).limit(1)
        )
    if newest is None:
        raise NotFoundError("programme.none")
    return newest


def programme_to_show(database: Database, *, wanted: int) -> int:
    """Return ``wanted`` while it exists, else the current programme: undo may have taken it away."""
    with database.read() as session:
        if session.get(Programme, wanted) is not None:
            return wanted
    return current_programme_id(database)


def choose_programme(database: Database, *, programme_id: int, actor: str | None = None) -> ChangeSet:
    """Make a programme the one that opens from now on."""
    with unit_of_work(database, "programme.choose", actor=actor) as work:
        _get(work.session, programme_id)
        setting = work.session.get(Setting, CURRENT)
        if setting is None:
            work.session.add(Setting(key=CURRENT, value=programme_id))
        else:
            setting.value = programme_id
        return work.commit()


# --- read ----------------------------------------------------------------------


def programmes(database: Database) -> list[ProgrammeRow]:
    """Return all programmes, the newest first."""
    query = select(Programme.id, Programme.code, Programme.fiscal_year, Programme.title)
    with database.read() as session:
        rows = session.execute(query.order_by(Programme.fiscal_year.desc(), Programme.id.desc()))
        return [ProgrammeRow(*row) for row in rows]


def programme(database: Database, programme_id: int) -> ProgrammeView:
    """Return one programme with its rates, patterns, closed days and contacts."""
    with database.read() as session:
        return view_of(_get(session, programme_id))


def eligibility_policy(source: Programme | ProgrammeView) -> EligibilityPolicy:
    """Return what a programme accepts, as the rules of entries take it."""
    return EligibilityPolicy(
        deadline=source.entry_deadline,
        school_words=tuple(source.school_words),
        refused_words=tuple(source.refused_words),
        withdrawn_words=tuple(source.withdrawn_words),
    )


def _get(session: Session, programme_id: int) -> Programme:
    found = session.get(Programme, programme_id)
    if found is None:
        raise NotFoundError("programme.gone")
    return found


# --- change --------------------------------------------------------------------


def save_programme(
    database: Database, *, form: ProgrammeView, actor: str | None = None, label: str = "programme.edit"
) -> ChangeSet:
    """Store a changed programme; entries get new flags when the eligibility changed.

    Where the oath is asked for from now on, or no longer, this holds for those appointed already.

    ``label`` is what the journal calls the act.

    Raises:
        ValidationError: a field is not acceptable; its name is the attribute's.
        RuleError: ``interview.period-booked``; booked interviews lie outside the interview period.
        ConflictError: somebody else saved it since the form was read.
    """
    check_programme(form)
    with unit_of_work(database, label, actor=actor) as work, integrity_as_conflict():
        stored = _get(work.session, form.id)
        if stored.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        refuse_outside(work.session, stored, form.interview_from, form.interview_until)
        before_form = view_of(stored)
        before, oath = eligibility_policy(stored), stored.oath_required
        for field in fields(ProgrammeView):
            if field.name not in CHILDREN and field.name not in {"id", "version"}:
                _assign(stored, field.name, getattr(form, field.name))
        if any(getattr(form, name) != getattr(before_form, name) for name in CHILDREN):
            work.count_version(stored)
        for name, (model, _kind, key) in CHILDREN.items():
            _sync(getattr(stored, name), getattr(form, name), model, key)
        work.session.flush()
        if form.oath_required is not oath:
            follow_oath(work, form.id, needed=form.oath_required)
        after = eligibility_policy(form)
        if after != before:
            _renew_flags(work, form.id, after)
        return work.commit()


def _assign(row: Programme, name: str, value: object) -> None:
    if isinstance(value, tuple):
        value = [list(item) if isinstance(item, tuple) else item for item in value]
    setattr(row, name, value)


def _sync(stored: list[Any], wanted: Iterable[Any], model: type[Base], key: str) -> None:
    """Make a list of child rows say what ``wanted`` says, keeping the rows that stay.

    Rows are matched by ``key`` and changed in place: deleting and inserting the same key in one
    act would offend the table's own unique constraint.
    """
    left = {getattr(row, key): row for row in stored}
    for position, item in enumerate(wanted, start=1):
        values = asdict(item)
        if hasattr(model, "position"):
            values["position"] = position
        row = left.pop(values[key], None)
        if row is None:
            stored.append(model(**values))
            continue
        for name, value in values.items():
            setattr(row, name, value)
    for row in left.values():
        stored.remove(row)


def _renew_flags(work: UnitOfWork, programme_id: int, policy: EligibilityPolicy) -> None:
    """Judge all entries anew after the deadline or the words have changed."""
    query = (
        select(
            Entry.id,
            Entry.received_at,
            Entry.state_text,
            Applicant.school,
            Applicant.school_category,
            Entry.is_withdrawn,
        )
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .where(Entry.programme_id == programme_id)
    )
    changes: dict[int, dict[str, bool]] = {}
    back: list[int] = []
    for entry_id, received_at, state_text, school, category, was_withdrawn in work.session.execute(query):
        flags = entry_flags(
            received_at=received_at,
            state_text=state_text,
            school=school,
            school_category=category,
            policy=policy,
        )
        changes[entry_id] = {
            "is_late": EntryFlag.LATE in flags,
            "is_withdrawn": EntryFlag.WITHDRAWN in flags,
            "is_not_student": EntryFlag.NOT_STUDENT in flags,
        }
        if was_withdrawn and EntryFlag.WITHDRAWN not in flags:
            back.append(entry_id)
    work.update_many(Entry, changes)
    reinstate(work, back)
