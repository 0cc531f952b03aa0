"""What the tab shows: the month, its hours and its pay."""

from __future__ import annotations

from dataclasses import dataclass, field

from fujisawa_desktop.services.hours import MonthView, PersonMonth
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.services.pay_details import ToldMonth, told_now


@dataclass(slots=True)
class Shown:
    """What the tab shows now."""

    month: tuple[int, int] | None = None
    view: MonthView | None = None
    rows: list[PayRow] = field(default_factory=list)

    def person(self, appointment_id: int) -> PersonMonth | None:
        """Return a person of the month shown."""
        people = self.view.people if self.view is not None else ()
        return next((one for one in people if one.member.appointment_id == appointment_id), None)

    def pay(self, appointment_id: int) -> PayRow | None:
        """Return a person's pay of the month shown."""
        return next((row for row in self.rows if row.appointment_id == appointment_id), None)

    def told(self, appointment_id: int) -> ToldMonth | None:
        """Return a person's pay of the month shown with all it rests on."""
        row, person = self.pay(appointment_id), self.person(appointment_id)
        if row is None or self.month is None:
            return None
        cells = person.cells.values() if person is not None else ()
        return told_now(row, *self.month, (shift for cell in cells for shift in cell.worked))

    @property
    def all_closed(self) -> bool:
        """Whether everybody's month is closed."""
        return bool(self.view and self.view.people) and all(
            person.closed for person in (self.view.people if self.view else ())
        )
