"""Entering planned and worked hours into cells of the month's grid, and clearing them."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.shift_entry import parse_entry
from fujisawa_desktop.services.hours_desk import Contents, EntryResult, HoursDesk, Place, put_down
from fujisawa_desktop.services.unit_of_work import unit_of_work

__all__ = ["EntryResult", "Place", "enter_hours", "work_as_planned"]


def enter_hours(
    database: Database,
    *,
    programme_id: int,
    places: Sequence[Place],
    kind: ShiftKind,
    text: str,
    holiday_order: str = "",
    actor: str | None = None,
) -> EntryResult:
    """Put what was typed into one or more cells; an empty text clears them.

    What stood in the cells of that kind is replaced.  Planned time that breaks a hard rule is
    refused and nothing at all is changed; worked time is kept and its findings are returned.

    Raises:
        ValidationError: the text cannot be read.
        RuleError: a rule refuses the time (its code is the finding's), or ``month.closed``.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, _label(kind, text), actor=actor) as work:
        desk = HoursDesk(work, programme_id, places)
        contents = Contents(parse_entry(text, desk.patterns), holiday_order.strip())
        return put_down(work, desk, dict.fromkeys(places, contents), kind)


def work_as_planned(
    database: Database, *, programme_id: int, places: Sequence[Place], actor: str | None = None
) -> EntryResult:
    """Record as worked what was planned, for those of the cells where nothing was recorded yet.

    Raises:
        RuleError: ``hours.nothing-planned`` when none of the cells is such a one; else as
            :func:`enter_hours`.
    """
    with unit_of_work(database, "hours.as-planned", actor=actor) as work:
        desk = HoursDesk(work, programme_id, places)
        contents = {}
        for place in dict.fromkeys(places):
            planned = desk.typed(place, ShiftKind.PLANNED)
            if planned and not desk.stored(place, ShiftKind.WORKED):
                contents[place] = Contents(planned)
        if not contents:
            raise RuleError("hours.nothing-planned")
        return put_down(work, desk, contents, ShiftKind.WORKED)


def _label(kind: ShiftKind, text: str) -> str:
    return f"hours.{kind.value}" if text.strip() else f"hours.{kind.value}-cleared"
