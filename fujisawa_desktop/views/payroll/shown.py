"""What the tab shows: the month, its hours and its pay."""

from __future__ import annotations

from dataclasses import dataclass, field

from fujisawa_desktop.services.hours import MonthView, PersonMonth
from fujisawa_desktop.services.pay import PayRow


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

    @property
    def all_closed(self) -> bool:
        """Whether everybody's month is closed."""
        return bool(self.view and self.view.people) and all(
            person.closed for person in (self.view.people if self.view else ())
        )
