"""One field of one or many people, changed in the list: each gesture is one act."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError
from fujisawa_desktop.models import Applicant, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_keys import applicant_keys
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_duplicates import COMPARED, suspect_anew
from fujisawa_desktop.services.intake_stored import chunks, numbers_of
from fujisawa_desktop.services.person_fields import stored_value
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_IN_KEYS: Final = ("name_official", "kana", "phone", "mail", "school")
"""Fields from which the keys of search and order are made."""
_PIECE: Final = 500
_Person = Row[*tuple[Any, ...]]
Progress = Callable[[int, int], object]
"""``progress(done, total)``; may raise to stop."""


@dataclass(frozen=True, slots=True)
class CellForm:
    """One field of one person; ``seen`` is what stood there when it was typed into."""

    applicant_id: int
    field: str
    seen: str
    text: str


def cell_form(database: Database, *, applicant_id: int, field: str) -> CellForm:
    """Return a field as stored now.

    Raises:
        NotFoundError: ``applicant.gone``.
    """
    with database.read() as session:
        person = people_by_id(session, [applicant_id], [field])[applicant_id]
    text = getattr(person, field) or ""
    return CellForm(applicant_id, field, text, text)


def save_cell(
    database: Database,
    *,
    applicant_ids: Sequence[int],
    field: str,
    text: str,
    before: str | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Store the same text in one field of one or many people.

    Args:
        database: where to store it.
        applicant_ids: whose field it is.
        field: one of ``person_fields.EDITABLE``.
        text: as typed.
        before: what the clerk saw there; None asks for no comparison.
        actor: who types.

    Raises:
        ValidationError: the text cannot stand in that field.
        ConflictError: something else stands there by now.
        NotFoundError: one of the people is gone.
    """
    act = "applicant.cell" if len(applicant_ids) == 1 else "applicant.fill-down"
    with unit_of_work(database, act, actor=actor, field=field) as work:
        if before is not None:
            _refuse_other_texts(work.session, field, dict.fromkeys(applicant_ids, before))
        changed = write_fields(work, field, dict.fromkeys(applicant_ids, text))
        return work.commit(count=changed)


@dataclass(frozen=True, slots=True)
class FillForm:
    """One field of many people, by the person; ``seen`` is what stood there on the screen."""

    seen: Mapping[int, str]
    texts: Mapping[int, str]


def fill_form(database: Database, *, applicant_ids: Sequence[int], field: str) -> FillForm:
    """Return a field of many people as stored now.

    Raises:
        NotFoundError: ``applicant.gone``.
    """
    with database.read() as session:
        people = people_by_id(session, applicant_ids, [field])
    texts = {key: getattr(people[key], field) or "" for key in applicant_ids}
    return FillForm(texts, texts)


def fill_down(
    database: Database,
    *,
    entry_ids: Sequence[int],
    field: str,
    text: str | None = None,
    seen: Mapping[int, str] | None = None,
    alone: Collection[int] = (),
    actor: str | None = None,
    progress: Progress | None = None,
) -> ChangeSet:
    """Store what the first entry's person has in a field in that of all others, as one act.

    Args:
        database: where to store it.
        entry_ids: of the list, from the top.
        field: one of ``person_fields.EDITABLE``.
        text: what the first person was seen to have there; None takes what is stored.
        seen: what stood on the screen, by the person; nobody else is compared.
        alone: people whose field stays as it is.
        actor: who does it.
        progress: hears (done, all) and may raise to stop; then nothing is stored.

    Raises:
        ValidationError: the text cannot stand in that field.
        ConflictError: something else stands there by now.
        NotFoundError: one of the entries is gone.
    """
    with unit_of_work(database, "applicant.fill-down", actor=actor, field=field) as work:
        owners: dict[int, int] = {}
        for chunk in chunks(entry_ids):
            query = select(Entry.id, Entry.applicant_id).where(Entry.id.in_(chunk))
            owners.update((row.id, row.applicant_id) for row in work.session.execute(query))
        if len(owners) != len(set(entry_ids)):
            raise NotFoundError("applicant.gone")
        people = list(dict.fromkeys(owners[key] for key in entry_ids))
        _refuse_other_texts(work.session, field, seen or {})
        if text is None:
            text = getattr(work.session.get_one(Applicant, people[0]), field) or ""
        left = frozenset(alone)
        others = [key for key in people[1:] if key not in left]
        changed = write_fields(work, field, dict.fromkeys(others, text), progress)
        if progress is not None:
            progress(changed, len(people))
        return work.commit(count=changed)


def _refuse_other_texts(session: Session, field: str, seen: Mapping[int, str]) -> None:
    people = people_by_id(session, list(seen), [field])
    if any((getattr(people[key], field) or "") != text for key, text in seen.items()):
        raise ConflictError("conflict.changed-meanwhile")


def write_fields(
    work: UnitOfWork, field: str, texts: Mapping[int, str], progress: Progress | None = None
) -> int:
    """Store a text in one field of each person within an open act; returns how many really changed.

    Keys of search and order follow, and so do the doubts whether two people are one.

    Raises:
        ValidationError: a text cannot stand in that field.
        NotFoundError: one of the people is gone.
    """
    people = people_by_id(work.session, list(texts), (field, *(_IN_KEYS if field in _IN_KEYS else ())))
    changes: dict[int, dict[str, Any]] = {}
    for at, (key, text) in enumerate(texts.items()):
        if progress is not None and at % _PIECE == 0:
            progress(at, len(texts))
        person = people[key]
        before = getattr(person, field)
        value = stored_value(field, text, before=before, name_entered=person.name_entered)
        if value != before:
            changes[key] = {field: value}
    if field in _IN_KEYS:
        _add_keys(work.session, people, changes)
    if not changes:
        return 0
    programmes = {people[key].programme_id for key in changes}
    work.update_many(Applicant, changes)
    if field in COMPARED:
        for programme_id in programmes:
            of_programme = [key for key in changes if people[key].programme_id == programme_id]
            suspect_anew(work, programme_id, of_programme)
    return len(changes)


def people_by_id(session: Session, ids: Sequence[int], fields: Iterable[str]) -> dict[int, _Person]:
    """Return what is stored in some fields of people, by id; with programme and name as entered.

    Whole people are not loaded: of ten thousand that takes longer than to change them.

    Raises:
        NotFoundError: one of them is gone.
    """
    names = dict.fromkeys(("id", "programme_id", "name_entered", *fields))
    columns = [getattr(Applicant, name) for name in names]
    found: dict[int, _Person] = {}
    for chunk in chunks(ids):
        query = select(*columns).where(Applicant.id.in_(chunk))
        found.update((person.id, person) for person in session.execute(query))
    if len(found) != len(set(ids)):
        raise NotFoundError("applicant.gone")
    return found


def _add_keys(session: Session, people: Mapping[int, _Person], changes: dict[int, dict[str, Any]]) -> None:
    numbers = numbers_of(session, list(changes))
    for key, change in changes.items():
        person = people[key]
        now = {name: change.get(name, getattr(person, name)) for name in _IN_KEYS}
        change["search_key"], change["sort_key"] = applicant_keys(
            name_entered=person.name_entered, numbers=numbers.get(key, []), **now
        )
