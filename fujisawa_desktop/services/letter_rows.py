"""The applications that letters and messages are about, read in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Application, Course, Entry
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.paper_kinds import PaperOrder
from fujisawa_desktop.services.unit_of_work import CHUNK

_AT_ONCE: Final = 32
"""Records read together while only the first few are wanted."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One application as a letter needs it."""

    entry_id: int
    number: str
    applicant_id: int
    name: str
    postcode: str
    address: str
    application_id: int
    status: ApplicationStatus
    course: str
    host_department: str


def letter_query(order: PaperOrder, *more: Any) -> Select[*tuple[Any, ...]]:
    """Return the statement for the applications a letter or message may be about, in order of kana."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Entry.id,
            Entry.number,
            Applicant.id,
            Applicant.name_official,
            Applicant.name_entered,
            Applicant.postcode,
            Applicant.address,
            Application.id,
            Application.status,
            Course.name,
            Course.host_department,
            *more,
        )
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .join(Application, Application.entry_id == Entry.id)
        .join(Course, Course.id == Application.course_id)
        .where(Entry.programme_id == order.programme.id)
        # By person before entry: people of one name must not come between the entries of each other.
        .order_by(Applicant.sort_key, Applicant.id, Entry.id, Course.position)
    )
    if order.numbers is not None and len(order.numbers) <= CHUNK:
        query = query.where(Entry.number.in_(order.numbers))
    return query


def letter_records(
    session: Session, order: PaperOrder, query: Select[*tuple[Any, ...]]
) -> Iterator[Sequence[Any]]:
    """Yield the records of a :func:`letter_query` that are about the people of the order.

    While the order wants the first few only, they come as they are asked for; the rest is not read.
    """
    found = session.execute(query)
    if order.first is not None:
        found = found.yield_per(_AT_ONCE)
    wanted, about = None if order.numbers is None else frozenset(order.numbers), order.application_ids
    for record in found:
        if (wanted is None or record[1] in wanted) and (about is None or record[7] in about):
            yield record


def first_letters(order: PaperOrder, records: Iterator[Sequence[Any]], key: int) -> Iterator[Sequence[Any]]:
    """Yield all records, or those of the first letters: letters begin where the column ``key`` changes."""
    groups = groupby(records, lambda record: record[key])
    for _, group in islice(groups, order.first):
        yield from group


def letter_row(record: Sequence[Any]) -> LetterRow:
    """Return the row a record of :func:`letter_query` begins with."""
    entry_id, number, applicant_id, official, entered, *rest = record[:11]
    return LetterRow(entry_id, number, applicant_id, official or entered, *rest)
