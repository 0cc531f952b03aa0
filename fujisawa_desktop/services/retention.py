"""保存期間: which records may be erased today, which later, and which are kept for a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.retention import (
    Category,
    Hindrance,
    Limits,
    disclosure_end,
    erasable_from,
    fiscal_year_of,
    hindrances,
    kept_from,
    kept_until,
)
from fujisawa_desktop.services.retention_dates import PersonRecords, loose_rows, people_of
from fujisawa_desktop.services.retention_settings import Period, limits_in, periods_in
from fujisawa_desktop.services.table_files import ListTable


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person's records of one kind, or the rows of one file that are nobody's.

    Attributes:
        applicant_id: the person; None for rows that are nobody's.
        batch_id: the file of such rows.
        number: of the person's first entry; empty for such rows.
        name: of the person, or of the file.
        made_on: when the last of the records was made.
        fiscal_year: of that day.
        kept_until: the last day on which they have to be kept.
        rows: how many rows of a file are nobody's.
        hindrances: what forbids erasing them although their time may be over.
        is_due: they may be erased today.
    """

    applicant_id: int | None
    batch_id: int | None
    number: str
    name: str
    category: Category
    made_on: date
    fiscal_year: int
    kept_from: date
    kept_until: date
    hindrances: tuple[Hindrance, ...]
    is_due: bool
    disclosure_end: date | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """The records of one kind of one fiscal year in one programme.

    Attributes:
        total: how many people's, with the files of rows that are nobody's.
        due: of those, whose may be erased today.
        hindered: whose time is over and which something forbids to erase.
    """

    programme_id: int
    programme: str
    category: Category
    fiscal_year: int
    kept_from: date
    kept_until: date
    basis: str
    total: int
    due: int
    hindered: int


def retention_lines(database: Database, *, today: date) -> tuple[RetentionLine, ...]:
    """Return what is due today and what later, of every programme of the file."""
    with database.read() as session:
        found: list[RetentionLine] = []
        query = select(Programme.id, Programme.short_title).order_by(Programme.fiscal_year, Programme.id)
        for programme_id, title in session.execute(query):
            periods = periods_in(session, programme_id)
            listed = candidates_in(session, programme_id, today)
            found += _lines(programme_id, title, periods, listed, today)
        return tuple(found)


def _lines(
    programme_id: int,
    title: str,
    periods: dict[Category, Period],
    listed: Iterable[Candidate],
    today: date,
) -> list[RetentionLine]:
    groups: dict[tuple[Category, int], list[Candidate]] = {}
    for one in listed:
        groups.setdefault((one.category, one.fiscal_year), []).append(one)
    order = list(Category)
    return [
        RetentionLine(
            programme_id=programme_id,
            programme=title,
            category=category,
            fiscal_year=year,
            kept_from=some[0].kept_from,
            kept_until=some[0].kept_until,
            basis=periods[category].basis,
            total=len(some),
            due=sum(one.is_due for one in some),
            hindered=sum(bool(one.hindrances) and one.kept_until < today for one in some),
        )
        for (category, year), some in sorted(
            groups.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def candidates(
    database: Database,
    *,
    programme_id: int,
    today: date,
    categories: Collection[Category] = tuple(Category),
    due_only: bool = True,
) -> tuple[Candidate, ...]:
    """Return whose records may be erased today, or everybody's with their days.

    Raises:
        NotFoundError: ``programme.gone``.
    """
    with database.read() as session:
        if session.get(Programme, programme_id) is None:
            raise NotFoundError("programme.gone")
        return tuple(
            one
            for one in candidates_in(session, programme_id, today)
            if one.category in categories and (one.is_due or not due_only)
        )


def candidates_in(session: Session, programme_id: int, today: date) -> list[Candidate]:
    """Return everybody's records of each kind, in the order of kinds and numbers."""
    periods, limits = periods_in(session, programme_id), limits_in(session)
    found = [
        candidate
        for person in people_of(session, programme_id)
        for candidate in _of_person(person, periods, limits, today)
    ]
    years = periods[Category.RAW].years
    found += [
        _candidate(
            None,
            rows.batch_id,
            ("", rows.file_name),
            (Category.RAW, rows.made_on, years),
            (),
            today,
            rows=rows.rows,
        )
        for rows in loose_rows(session, programme_id)
    ]
    order = list(Category)
    return sorted(found, key=lambda one: (order.index(one.category), one.fiscal_year))


def _of_person(
    person: PersonRecords, periods: dict[Category, Period], limits: Limits, today: date
) -> Iterable[Candidate]:
    for category, made_on in person.made.items():
        yield _candidate(
            person.applicant_id,
            None,
            (person.number, person.name),
            (category, made_on, periods[category].years),
            hindrances(category, person.facts, limits, today),
            today,
            end=disclosure_end(person.facts, limits),
        )


def _candidate(
    applicant_id: int | None,
    batch_id: int | None,
    called: tuple[str, str],
    kept: tuple[Category, date, int],
    hindered: tuple[Hindrance, ...],
    today: date,
    *,
    end: date | None = None,
    rows: int = 0,
) -> Candidate:
    category, made_on, years = kept
    return Candidate(
        applicant_id=applicant_id,
        batch_id=batch_id,
        number=called[0],
        name=called[1],
        category=category,
        made_on=made_on,
        fiscal_year=fiscal_year_of(made_on),
        kept_from=kept_from(made_on),
        kept_until=kept_until(made_on, years),
        hindrances=hindered,
        is_due=not hindered and today >= erasable_from(made_on, years),
        disclosure_end=end,
        rows=rows,
    )


def candidate_table(listed: Iterable[Candidate]) -> ListTable:
    """Return the list of what may be erased, for a file or for paper (廃棄候補一覧)."""
    return ListTable(
        name="retention",
        columns=("number", "name", "category", "made_on", "kept_until", "hindrances"),
        rows=tuple(
            (
                one.number,
                one.name,
                one.category.value,
                one.made_on,
                one.kept_until,
                tuple(hindrance.value for hindrance in one.hindrances),
            )
            for one in listed
        ),
        families=(("category", "retention-category"), ("hindrances", "retention-hindrance")),
    )
