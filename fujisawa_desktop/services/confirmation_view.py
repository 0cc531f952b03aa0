"""What host departments have confirmed of a month, person by person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.month_confirmations import (
    Confirmation,
    confirmed_months,
    worked_digest,
    worked_total,
)
from fujisawa_desktop.services.month_records import MonthRecord
from fujisawa_desktop.services.staff import Member, StoredShift, closed_months, members, shifts_of


class ConfirmationState(StrEnum):
    """How a person's month stands with the department."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    """Confirmed, but the worked time was changed since."""


@dataclass(frozen=True, slots=True)
class ConfirmationRow:
    """One person's month as the department sees it.

    Attributes:
        minutes, days: worked time as it is now.
        digest: of that time, so that what is confirmed is what was looked at.
    """

    appointment_id: int
    number: str
    name: str
    department: str
    days: int
    minutes: int
    digest: str
    closed: bool
    confirmation: Confirmation | None

    @property
    def state(self) -> ConfirmationState:
        """Whether it is confirmed, and still what was confirmed."""
        if self.confirmation is None:
            return ConfirmationState.OPEN
        same = self.confirmation.digest == self.digest
        return ConfirmationState.CONFIRMED if same else ConfirmationState.CHANGED

    @property
    def record(self) -> MonthRecord | None:
        """Return the confirmation as it is on record."""
        return None if self.confirmation is None else self.confirmation.record

    @property
    def difference(self) -> int:
        """Minutes more, or less where negative, than what was confirmed."""
        return 0 if self.confirmation is None else self.minutes - self.confirmation.minutes


def confirmation_rows(
    database: Database, *, programme_id: int, year: int, month: int
) -> list[ConfirmationRow]:
    """Return everybody whose term touches the month, by department and kana."""
    days = month_days(year, month)
    with database.read() as session:
        staff = members(session, programme_id, year_month=(year, month))
        shifts = shifts_of(session, programme_id, first=days[0], last=days[-1])
        known = confirmed_months(session, programme_id)
        closed = closed_months(session, programme_id)
    rows = [
        _row(
            member,
            shifts.get(member.appointment_id, []),
            known.get((member.appointment_id, year, month)),
            closed=(member.appointment_id, year, month) in closed,
        )
        for member in staff
    ]
    return sorted(rows, key=lambda row: row.department)


def _row(
    member: Member, shifts: list[StoredShift], confirmation: Confirmation | None, *, closed: bool
) -> ConfirmationRow:
    return ConfirmationRow(
        appointment_id=member.appointment_id,
        number=member.number,
        name=member.name,
        department=member.host_department,
        days=len({shift.time.day for shift in shifts if shift.kind is ShiftKind.WORKED}),
        minutes=worked_total(shifts),
        digest=worked_digest(shifts),
        closed=closed,
        confirmation=confirmation,
    )
