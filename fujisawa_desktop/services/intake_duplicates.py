"""Who of the people in a file may be somebody already known, and how that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, PersonMerge, SuspectedDuplicate, SuspicionVerdict
from fujisawa_desktop.rules.contact import mail_key, phone_digits
from fujisawa_desktop.rules.duplicates import PersonKey, Suspicion, suspicions
from fujisawa_desktop.rules.names import names_parts, search_key, search_keys
from fujisawa_desktop.services.imports import SuspectedPair
from fujisawa_desktop.services.intake_stored import chunks, numbers_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_FEW: Final = 12
"""Facts that the database is asked for one by one; of more, every person is looked at here."""
COMPARED = ("name_entered", "kana", "birth_date", "phone", "mail", "school")


@dataclass(frozen=True, slots=True)
class Suspected:
    """Suspicions with people named by key: an applicant's id, or a negative number for a new one."""

    found: tuple[Suspicion, ...]
    numbers: Mapping[int, str]
    names: Mapping[int, str]

    def pairs(self) -> tuple[SuspectedPair, ...]:
        """Return them by portal numbers, the likeliest first."""
        return tuple(
            SuspectedPair(
                # A new person's key is negative; the one known before is named first.
                (self.numbers[one], self.numbers[other]),
                suspicion.score,
                suspicion.reasons,
                (self.names[one], self.names[other]),
            )
            for suspicion in self.found
            for one, other in [_in_order(suspicion.first, suspicion.second)]
        )


def suspect(
    session: Session, programme_id: int, people: Mapping[int, tuple[str, Mapping[str, Any]]]
) -> Suspected:
    """Compare new or changed people with each other and with all others of the programme.

    Args:
        session: for reading who is there.
        programme_id: the programme.
        people: key → number and fields as they will be stored; new people have negative keys.
    """
    keys = person_keys([(key, number, fields) for key, (number, fields) in people.items()])
    others = _others(session, programme_id, keys, set(people))
    found = tuple(suspicions([*others, *keys], among=list(people)))
    numbers = {person.key: person.number for person in keys}
    known = {key for suspicion in found for key in (suspicion.first, suspicion.second)} - people.keys()
    stored = numbers_of(session, sorted(known))
    new = {
        key: fields.get("name_official") or fields["name_entered"] for key, (_no, fields) in people.items()
    }
    return Suspected(
        found,
        {**numbers, **{key: stored.get(key, [""])[0] for key in known}},
        {**new, **_names_of(session, sorted(known))},
    )


def open_pairs(
    session: Session, applicant_ids: Sequence[int], but_not: Iterable[tuple[str, str]]
) -> tuple[SuspectedPair, ...]:
    """Return stored suspicions about people that no clerk has judged yet."""
    rows: dict[int, SuspectedDuplicate] = {}
    for chunk in chunks(applicant_ids):
        query = select(SuspectedDuplicate).where(
            SuspectedDuplicate.verdict == SuspicionVerdict.OPEN,
            or_(SuspectedDuplicate.first_id.in_(chunk), SuspectedDuplicate.second_id.in_(chunk)),
        )
        rows.update((row.id, row) for row in session.scalars(query))
    ids = sorted({key for row in rows.values() for key in (row.first_id, row.second_id)})
    numbers, names = numbers_of(session, ids), _names_of(session, ids)
    known = set(but_not)
    ordered = sorted(rows.values(), key=lambda row: (-row.score, row.id))
    pairs = ((numbers[row.first_id][0], numbers[row.second_id][0], row) for row in ordered)
    return tuple(
        SuspectedPair(
            (one, other), row.score, tuple(row.reasons), (names[row.first_id], names[row.second_id])
        )
        for one, other, row in pairs
        if (one, other) not in known
    )


def _names_of(session: Session, applicant_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in chunks(applicant_ids):
        query = select(Applicant.id, func.coalesce(Applicant.name_official, Applicant.name_entered))
        found.update((row[0], row[1]) for row in session.execute(query.where(Applicant.id.in_(chunk))))
    return found


def suspect_anew(work: UnitOfWork, programme_id: int, applicant_ids: Sequence[int]) -> None:
    """Look again for whom people may be whose values a clerk has changed.

    Questions still open that nothing speaks for any more are dropped; judged ones stay judged, and so do
    those about somebody who was made one of two: the values of the other one may speak for them.
    """
    numbers = numbers_of(work.session, applicant_ids)
    people: dict[int, tuple[str, dict[str, Any]]] = {}
    open_: dict[int, tuple[int, int]] = {}
    made_of_two: set[int] = set()
    for chunk in chunks(applicant_ids):
        for person in work.session.scalars(select(Applicant).where(Applicant.id.in_(chunk))):
            fields = {name: getattr(person, name) for name in COMPARED}
            people[person.id] = (next(iter(numbers.get(person.id, ())), ""), fields)
        made_of_two.update(
            work.session.scalars(select(PersonMerge.kept_id).where(PersonMerge.kept_id.in_(chunk)))
        )
        query = select(SuspectedDuplicate).where(
            SuspectedDuplicate.verdict == SuspicionVerdict.OPEN,
            or_(SuspectedDuplicate.first_id.in_(chunk), SuspectedDuplicate.second_id.in_(chunk)),
        )
        open_.update((row.id, (row.first_id, row.second_id)) for row in work.session.scalars(query))
    found = suspect(work.session, programme_id, people)
    spoken_for = {(suspicion.first, suspicion.second) for suspicion in found.found}
    stale = [key for key, pair in open_.items() if pair not in spoken_for and made_of_two.isdisjoint(pair)]
    work.delete_many(SuspectedDuplicate, stale)
    keep_suspicions(work, found, {})


def keep_suspicions(work: UnitOfWork, found: Suspected, ids: Mapping[int, int]) -> None:
    """Store suspicions; what a clerk has judged stays judged.

    Args:
        work: the open act.
        found: the suspicions.
        ids: key of a new person → the applicant's id.
    """
    wanted: dict[tuple[int, int], Suspicion] = {}
    for suspicion in found.found:
        one, other = (ids.get(key, key) for key in (suspicion.first, suspicion.second))
        wanted[min(one, other), max(one, other)] = suspicion
    changes: dict[int, dict[str, Any]] = {}
    for chunk in chunks(sorted({first for first, _second in wanted})):
        query = select(SuspectedDuplicate).where(SuspectedDuplicate.first_id.in_(chunk))
        for row in work.session.scalars(query):
            pair = (row.first_id, row.second_id)
            if pair in wanted:
                changes[row.id] = _stored(wanted.pop(pair))
    work.update_many(SuspectedDuplicate, changes)
    work.insert_many(
        SuspectedDuplicate,
        [
            {"first_id": first, "second_id": second, **_stored(suspicion)}
            for (first, second), suspicion in wanted.items()
        ],
    )


def _stored(suspicion: Suspicion) -> dict[str, Any]:
    return {"score": suspicion.score, "is_same": suspicion.same, "reasons": list(suspicion.reasons)}


def _in_order(one: int, other: int) -> tuple[int, int]:
    """Put known people before new ones, and each in the order of the file."""
    first, second = sorted((one, other), key=lambda key: (key < 0, abs(key)))
    return first, second


def _others(
    session: Session, programme_id: int, people: Sequence[PersonKey], known: set[int]
) -> list[PersonKey]:
    """Return people who share a birth date, telephone or mail with one of ``people``."""
    births = {person.birth_date for person in people} - {None}
    phones = {person.phone for person in people} - {""}
    mails = {person.mail for person in people} - {""}
    facts = select(Applicant.id, Applicant.birth_date, Applicant.phone, Applicant.mail)
    # Who was merged into somebody keeps a row, but is nobody to be mistaken for.
    here = and_(Applicant.id.not_in(select(PersonMerge.gone_id)), _may_share(births, {*phones, *mails}))
    ids = [
        row.id
        for row in session.execute(facts.where(Applicant.programme_id == programme_id, here))
        if row.id not in known
        and (row.birth_date in births or phone_digits(row.phone) in phones or mail_key(row.mail) in mails)
    ]
    columns = [getattr(Applicant, name) for name in COMPARED]
    found: list[PersonKey] = []
    for chunk in chunks(ids):
        rows = session.execute(select(Applicant.id, *columns).where(Applicant.id.in_(chunk)))
        found.extend(
            person_keys([(key, "", dict(zip(COMPARED, values, strict=True))) for key, *values in rows])
        )
    return found


def _may_share(births: set[date | None], ways: set[str]) -> ColumnElement[bool]:
    """Return a condition that nobody fails who shares a fact; of many people it lets everybody through.

    For the few people of an edit the database looks through the search keys, which hold telephone and
    mail as they are compared.
    """
    if len(births) + len(ways) > _FEW:
        return true()
    known = [day for day in births if day is not None]
    keys = (search_key(way).replace("|", "") for way in ways)
    return or_(
        Applicant.birth_date.in_(known),
        *(Applicant.search_key.contains(key, autoescape=True) for key in keys),
    )


def person_key(key: int, number: str, fields: Mapping[str, Any]) -> PersonKey:
    """Return what is compared of one person, from the fields as they are stored."""
    [person] = person_keys([(key, number, fields)])
    return person


def person_keys(people: Sequence[tuple[int, str, Mapping[str, Any]]]) -> list[PersonKey]:
    """Return what is compared of people: key, number and stored fields of each."""
    names = [fields["name_entered"] for _key, _number, fields in people]
    kana = [fields["kana"] for _key, _number, fields in people]
    columns = (
        [key for key, _number, _fields in people],
        [number for _key, number, _fields in people],
        search_keys(names),
        search_keys(kana),
        [fields["birth_date"] for _key, _number, fields in people],
        [phone_digits(fields["phone"]) for _key, _number, fields in people],
        [mail_key(fields["mail"]) for _key, _number, fields in people],
        search_keys([fields["school"] for _key, _number, fields in people]),
        search_keys([reading.partition(" ")[2] for reading in kana]),
        names_parts(names),
    )
    return list(map(PersonKey, *columns))
