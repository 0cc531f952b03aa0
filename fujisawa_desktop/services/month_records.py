"""What is on record of people's months - confirmed, closed, paid -, as somebody saw it and as it is stored.

An act that takes such a record off, or puts another in its place, names what was on the screen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError
from fujisawa_desktop.models import MonthClosing, MonthConfirmation, Payment, PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.staff import members
from fujisawa_desktop.services.stale import CHANGED


class RecordKind(StrEnum):
    """Which record; the value is the table in which it is kept."""

    CONFIRMATION = "month_confirmation"
    CLOSING = "month_closing"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class MonthRecord:
    """One record, as far as a person sees it.

    Attributes:
        day: when the sheet was signed or the pay was paid; of a closing the moment.
        words: who signed, or how it was paid; of a closing why it was opened again, else nothing.
        statement_id: what was paid; of other records none.
    """

    day: date | datetime
    words: str = ""
    statement_id: int | None = None


Records = Mapping[int, MonthRecord | None]
"""Appointment → its record of a month; None while there is none."""


@dataclass(frozen=True, slots=True)
class RecordForm:
    """Records of some people's month; ``seen`` are those on the screen, ``names`` say whose they are."""

    seen: Records
    records: Records
    names: Mapping[int, str] = field(default_factory=dict)


def record_form(
    database: Database,
    *,
    kind: RecordKind,
    programme_id: int,
    year: int,
    month: int,
    appointment_ids: Collection[int],
) -> RecordForm:
    """Return what is on record of these people's month now, with their names."""
    with database.read() as session:
        records = _records(session, kind, year, month, appointment_ids)
        people = members(session, programme_id, year_month=(year, month), appointment_ids=appointment_ids)
    names = {one.appointment_id: f"{one.name}（{one.number}）" for one in people}
    return RecordForm(records, records, names)


def refuse_other_records(
    session: Session, kind: RecordKind, year: int, month: int, before: Records | None
) -> None:
    """Make sure that the same is on record as somebody saw; None does not compare.

    Raises:
        ConflictError: ``conflict.changed-meanwhile``.
    """
    if before and _records(session, kind, year, month, before) != dict(before):
        raise ConflictError(CHANGED)


def _records(
    session: Session, kind: RecordKind, year: int, month: int, appointment_ids: Collection[int]
) -> dict[int, MonthRecord | None]:
    found: dict[int, MonthRecord | None] = dict.fromkeys(appointment_ids)
    month_of, query = _QUERIES[kind]
    of_month = query.where(month_of.year == year, month_of.month == month, month_of.appointment_id.in_(found))
    found.update((row[0], MonthRecord(*row[1:])) for row in session.execute(of_month))
    return found


_QUERIES: Final[Mapping[RecordKind, tuple[type[MonthConfirmation | MonthClosing | PayStatement], Any]]] = {
    RecordKind.CONFIRMATION: (
        MonthConfirmation,
        select(
            MonthConfirmation.appointment_id, MonthConfirmation.confirmed_on, MonthConfirmation.confirmed_by
        ),
    ),
    RecordKind.CLOSING: (
        MonthClosing,
        select(MonthClosing.appointment_id, MonthClosing.closed_at, MonthClosing.reason).where(
            MonthClosing.reopened_at.is_(None)
        ),
    ),
    RecordKind.PAYMENT: (
        PayStatement,
        select(PayStatement.appointment_id, Payment.paid_on, Payment.method, PayStatement.id).join(
            Payment, Payment.statement_id == PayStatement.id
        ),
    ),
}
"""Kind → the table that names appointment and month, and the query for its records."""
