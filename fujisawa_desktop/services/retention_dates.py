"""When each person's records of each kind were made, and what forbids erasing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Select, Table, func, or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Announcement,
    Applicant,
    Application,
    Appointment,
    Decision,
    Entry,
    HoursCorrection,
    ImportBatch,
    ImportRow,
    MonthClosing,
    Payment,
    PayStatement,
    PersonMerge,
    Shift,
)
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.retention import Category, PersonFacts
from fujisawa_desktop.services.person_tables import (
    APPLICANT,
    BY_TABLE,
    CONTENT,
    HELD,
    SKELETON,
    Held,
    paper_category,
    table_of,
)
from fujisawa_desktop.services.retention_settings import holds_in

_MADE: Final[Mapping[str, tuple[str, ...]]] = {
    "person_merge": ("merged_at",),
    "flag_ruling": ("ruled_at",),
    "applicant_note": ("written_at",),
    "decision": ("decided_at", "announced_at", "promoted_at"),
    "decision_correction": ("corrected_at",),
    "reply": ("replied_at",),
    "review": ("saved_at",),
    "interview": ("ends_at",),
    "interview_announcement": ("announced_at",),
    "interview_review": ("saved_at",),
    "hand_in": ("received_on",),
    "terms_change": ("recorded_at", "consented_on"),
    "shift": ("day",),
    "month_confirmation": ("recorded_at",),
    "month_closing": ("closed_at", "reopened_at"),
    "hours_correction": ("recorded_at",),
    "transfer_account": ("confirmed_at",),
    "pay_statement": ("made_at",),
    "payment": ("paid_on",),
    "dispatch": ("written_at", "sent_at"),
    "notice": ("issued_at",),
}
"""Columns that say when a record was made; records of the other tables are as old as their entry."""


@dataclass(frozen=True, slots=True)
class PersonRecords:
    """One person of a programme: which records there are, when they were made, what forbids erasing.

    Attributes:
        number: of the first entry.
        made: for each kind of record there is, the day on which the last of them was made.
    """

    applicant_id: int
    number: str
    name: str
    facts: PersonFacts
    made: Mapping[Category, date] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class LooseRows:
    """Rows of a file that could not be taken in and so are nobody's; they go by their file's day."""

    batch_id: int
    file_name: str
    made_on: date
    rows: int


def people_of(session: Session, programme_id: int) -> list[PersonRecords]:
    """Return everybody of a programme in the order of their numbers; merged people count once."""
    return _Reader(session, programme_id).people()


def loose_rows(session: Session, programme_id: int) -> list[LooseRows]:
    """Return how many rows of which file of a programme are nobody's."""
    query = (
        select(ImportBatch.id, ImportBatch.file_name, ImportBatch.imported_at, func.count(ImportRow.id))
        .join(ImportRow, ImportRow.batch_id == ImportBatch.id)
        .where(ImportBatch.programme_id == programme_id, ImportRow.entry_id.is_(None))
        .group_by(ImportBatch.id, ImportBatch.file_name, ImportBatch.imported_at)
        .order_by(ImportBatch.id)
    )
    return [LooseRows(key, name, _day(at), count) for key, name, at, count in session.execute(query)]


class _Reader:
    def __init__(self, session: Session, programme_id: int) -> None:
        self._session = session
        self._programme_id = programme_id
        query = (
            select(PersonMerge.gone_id, PersonMerge.kept_id)
            .join(Applicant, Applicant.id == PersonMerge.gone_id)
            .where(Applicant.programme_id == programme_id)
        )
        self._merged: dict[int, int] = dict(session.execute(query).all())
        self._made: dict[int, dict[str, date]] = {}

    def people(self) -> list[PersonRecords]:
        entries = self._entries()
        facts = self._facts()
        for held in HELD:
            if held.share != SKELETON:
                self._note_rows(held)
        self._note_content()
        query = select(Applicant.id, func.coalesce(Applicant.name_official, Applicant.name_entered))
        found = []
        for key, name in self._session.execute(query.where(Applicant.programme_id == self._programme_id)):
            if key in self._merged:
                continue
            number, received = entries.get(key, ("", None))
            own = facts.get(key, PersonFacts())
            made = self._by_category(key, received, own)
            found.append(PersonRecords(key, number, name, own, made))
        return sorted(found, key=lambda one: (one.number, one.applicant_id))

    def _by_category(self, key: int, received: date | None, facts: PersonFacts) -> dict[Category, date]:
        """Return each kind of record with its day; whatever is left of a person is of some kind."""
        appointed = facts.employed_until is not None
        content = Category.APPOINTMENT if appointed else Category.APPLICATION
        shares = dict(self._made.get(key, {}))
        first = max((day for day in (received, facts.announced_on) if day is not None), default=date.min)
        if not shares:
            shares = {CONTENT: first}
        made: dict[Category, date] = {}
        for share, day in shares.items():
            category = content if share == CONTENT else Category(share)
            own = [day if day != date.min else first, made.get(category, date.min)]
            if category in {Category.APPLICATION, Category.SELECTION, Category.APPOINTMENT}:
                own.append(first)
            if category in {Category.APPOINTMENT, Category.PAY} and facts.employed_until is not None:
                own.append(facts.employed_until)
            made[category] = max(own)
        return made

    def _root(self, key: int) -> int:
        while key in self._merged:
            key = self._merged[key]
        return key

    def _note(self, key: int, share: str, day: date) -> None:
        own = self._made.setdefault(self._root(key), {})
        own[share] = max(own.get(share, date.min), day)

    def _note_rows(self, held: Held) -> None:
        """Note for whom a table holds rows, and when the last of each was made."""
        table = table_of(held.table)
        columns = [func.max(table.c[name]) for name in _MADE.get(held.table, ())]
        kind: list[ColumnElement[Any]] = [table.c.kind] if not held.share else []
        if held.table == "import_row":
            columns = [func.max(ImportBatch.imported_at)]
        for owner, query in _owners(held):
            stated = query.with_only_columns(owner, *kind, *columns).group_by(owner, *kind)
            if held.table == "import_row":
                stated = stated.join(ImportBatch, ImportBatch.id == table.c.batch_id)
            stated = stated.where(owner.in_(self._everybody()))
            for key, *rest in self._session.execute(stated):
                share = held.share or paper_category(rest.pop(0)).value
                days = [_day(one) for one in rest if one is not None]
                self._note(key, share, max(days, default=date.min))

    def _note_content(self) -> None:
        """Note who still has an address, a school and so on."""
        table = table_of(APPLICANT)
        left = [
            table.c[name].is_not(None) if blank is None else table.c[name] != blank
            for name, (_share, blank) in BY_TABLE[APPLICANT].blanked.items()
        ]
        query = select(table.c.id).where(table.c.programme_id == self._programme_id, or_(*left))
        for key in self._session.scalars(query):
            self._note(key, CONTENT, date.min)

    def _everybody(self) -> Select[Any]:
        return select(Applicant.id).where(Applicant.programme_id == self._programme_id)

    def _entries(self) -> dict[int, tuple[str, date]]:
        query = select(Entry.applicant_id, Entry.number, Entry.received_at).order_by(Entry.id.desc())
        found: dict[int, tuple[str, date]] = {}
        for key, number, at in self._session.execute(query.where(Entry.programme_id == self._programme_id)):
            known = found.get(key)
            found[key] = (number, _day(at) if known is None else max(known[1], _day(at)))
        return found

    def _facts(self) -> dict[int, PersonFacts]:
        """Return what forbids erasing, of everybody of the programme."""
        now, programme_id = self._session, self._programme_id
        held = {self._root(key) for key in holds_in(now)}
        released = now.scalar(
            select(func.max(Announcement.released_at)).where(Announcement.programme_id == programme_id)
        )
        announced = _by_person(
            now,
            select(Application.applicant_id, func.max(Decision.announced_at))
            .join(Decision, Decision.application_id == Application.id)
            .group_by(Application.applicant_id),
        )
        ends = _by_person(
            now,
            select(
                Appointment.applicant_id,
                func.max(func.coalesce(Appointment.left_on, Appointment.term_until)),
            ).group_by(Appointment.applicant_id),
        )
        paid, unsettled = self._pay()
        return {
            key: PersonFacts(
                announced_on=announced.get(key, _day(released) if released is not None else None),
                employed_until=ends.get(key),
                pay_settled=key not in unsettled,
                paid_on=paid.get(key),
                is_held=key in held,
            )
            for key in now.scalars(self._everybody())
        }

    def _pay(self) -> tuple[dict[int, date], set[int]]:
        """Return the last day of pay by person, and whose pay is not settled."""
        now, programme_id = self._session, self._programme_id
        own = select(Appointment.id, Appointment.applicant_id)
        people: dict[int, int] = dict(now.execute(own.where(Appointment.programme_id == programme_id)).all())
        stated: dict[tuple[int, int, int], datetime] = {}
        paid: dict[int, date] = {}
        query = select(
            PayStatement.appointment_id,
            PayStatement.year,
            PayStatement.month,
            PayStatement.made_at,
            Payment.paid_on,
        ).outerjoin(Payment, Payment.statement_id == PayStatement.id)
        for key, year, month, made_at, paid_on in now.execute(query):
            if key in people:
                place = (key, year, month)
                stated[place] = max(stated.get(place, made_at), made_at)
                day = cast("date | None", paid_on) or made_at.date()
                paid[people[key]] = max(paid.get(people[key], day), day)
        return paid, {people[key] for key in self._unsettled(stated) if key in people}

    def _unsettled(self, stated: Mapping[tuple[int, int, int], datetime]) -> Iterator[int]:
        now = self._session
        worked = select(Shift.appointment_id, Shift.day).where(Shift.kind == ShiftKind.WORKED)
        closed = {
            (key, year, month)
            for key, year, month in now.execute(
                select(MonthClosing.appointment_id, MonthClosing.year, MonthClosing.month).where(
                    MonthClosing.reopened_at.is_(None)
                )
            )
        }
        for key, day in now.execute(worked):
            place = (key, day.year, day.month)
            if place not in stated or place not in closed:
                yield key
        corrected = select(
            HoursCorrection.appointment_id,
            HoursCorrection.pay_year,
            HoursCorrection.pay_month,
            HoursCorrection.recorded_at,
        )
        for key, year, month, at in now.execute(corrected):
            if (key, year, month) not in stated or stated[key, year, month] < at:
                yield key


def _owners(held: Held) -> Iterator[tuple[ColumnElement[Any], Select[Any]]]:
    """Yield, for each way from a table to a person, the person's column and the joined query."""
    table = table_of(held.table)
    ways = [link for link in held.links if link[1] == APPLICANT] or [held.links[0]]
    for column, parent in ways:
        if parent == APPLICANT:
            yield table.c[column], select(table.c[column])
            continue
        query: Select[Any] = select(table.c.id).select_from(table)
        child: Table = table
        step, above = column, parent
        while above != APPLICANT:
            joined = table_of(above)
            query = query.join(joined, child.c[step] == joined.c.id)
            child = joined
            links = BY_TABLE[above].links
            step, above = next((link for link in links if link[1] == APPLICANT), links[0])
        yield child.c[step], query


def _by_person(session: Session, query: Select[Any, Any]) -> dict[int, date]:
    return {key: _day(at) for key, at in session.execute(query) if at is not None}


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at
