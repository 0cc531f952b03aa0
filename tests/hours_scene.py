"""What the tests of the hours grid and its acts share."""

from __future__ import annotations

from datetime import date

from fujisawa_desktop.models import Appointment
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import undo_state
from fujisawa_desktop.services.hours import Cell, PersonMonth, month_view
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work


def dec(day: int) -> date:
    return date(2024, 12, day)


def person_of(database: Database, programme_id: int, number: str, month: date) -> PersonMonth:
    """A person's row in the month of a day."""
    view = month_view(database, programme_id=programme_id, year=month.year, month=month.month)
    return next(one for one in view.people if one.member.number == number)


def cell_at(database: Database, programme_id: int, number: str, day: date) -> Cell:
    return person_of(database, programme_id, number, day).cells.get(day, Cell())


def acts(database: Database) -> int:
    """Number of the newest act that can be taken back."""
    return undo_state(database).undo_seq or 0


def agree(database: Database, member: Member, week: dict[str, str]) -> None:
    """Agree upon a usual week with somebody."""
    with unit_of_work(database, "test.week", actor="test") as unit:
        row = unit.session.get(Appointment, member.appointment_id)
        assert row is not None
        row.usual_week = week
        unit.commit()
