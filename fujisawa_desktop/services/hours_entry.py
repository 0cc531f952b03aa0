"""Entering planned and worked hours into cells of the month's grid, and clearing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fujisawa_desktop.errors import ConflictError, RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.shift_entry import WorkPattern, format_entry, parse_entry
from fujisawa_desktop.services.hours_desk import Contents, EntryResult, HoursDesk, Place, put_down
from fujisawa_desktop.services.shift_rows import StoredShift, shifts_of
from fujisawa_desktop.services.staff import work_terms
from fujisawa_desktop.services.unit_of_work import unit_of_work

__all__ = [
    "CellsForm",
    "EntryResult",
    "Place",
    "cells_form",
    "enter_hours",
    "refuse_other_cells",
    "save_cells",
    "work_as_planned",
]


@dataclass(frozen=True, slots=True)
class CellsForm:
    """Cells of the grid of one kind; what was seen in them takes the place of a version.

    Attributes:
        seen: what stood in each cell when it was typed into, as the grid writes it.
        texts: what is to stand there.
    """

    kind: ShiftKind
    seen: Mapping[Place, str]
    texts: Mapping[Place, str]


def cells_form(
    database: Database, *, programme_id: int, places: Collection[Place], kind: ShiftKind
) -> CellsForm:
    """Return what stands in cells now."""
    with database.read() as session:
        patterns = work_terms(session, programme_id).patterns
        shifts = shifts_of(session, programme_id, appointment_ids={place[0] for place in places})
        texts = {place: _written(shifts.get(place[0], ()), place, kind, patterns) for place in places}
    return CellsForm(kind, texts, texts)


def save_cells(
    database: Database,
    *,
    form: CellsForm,
    programme_id: int,
    holiday_order: str = "",
    actor: str | None = None,
) -> EntryResult:
    """Put a text into each cell, if there still stands what was seen; an empty text clears it.

    Raises:
        ConflictError: ``conflict.changed-meanwhile``, something else stands in one of the cells.
        ValidationError, RuleError, NotFoundError: as :func:`enter_hours`.
    """
    label = _label(form.kind, "".join(form.texts.values()))
    with unit_of_work(database, label, actor=actor) as work:
        desk = HoursDesk(work, programme_id, form.texts)
        refuse_other_cells(desk, form.kind, form.seen)
        contents = {
            place: Contents(parse_entry(text, desk.patterns), holiday_order.strip())
            for place, text in form.texts.items()
        }
        return put_down(work, desk, contents, form.kind)


def refuse_other_cells(desk: HoursDesk, kind: ShiftKind, seen: Mapping[Place, str]) -> None:
    """Make sure that in each of some cells there still stands what was seen.

    Raises:
        ConflictError: ``conflict.changed-meanwhile``.
    """
    for place, text in seen.items():
        if _written(desk.stored(place, kind), place, kind, desk.patterns) != text:
            raise ConflictError("conflict.changed-meanwhile")


def _written(
    shifts: Iterable[StoredShift], place: Place, kind: ShiftKind, patterns: Sequence[WorkPattern]
) -> str:
    here = [shift.time for shift in shifts if shift.time.day == place[1] and shift.kind is kind]
    return format_entry(here, patterns)


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
    database: Database,
    *,
    programme_id: int,
    places: Sequence[Place],
    seen: Mapping[Place, str] | None = None,
    actor: str | None = None,
) -> EntryResult:
    """Record as worked what was planned, for those of the cells where nothing was recorded yet.

    ``seen`` is what was planned there on the screen; None does not compare.

    Raises:
        ConflictError: something else is planned in one of the cells by now.
        RuleError: ``hours.nothing-planned`` when none of the cells is such a one; else as
            :func:`enter_hours`.
    """
    with unit_of_work(database, "hours.as-planned", actor=actor) as work:
        desk = HoursDesk(work, programme_id, places)
        refuse_other_cells(desk, ShiftKind.PLANNED, seen or {})
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
