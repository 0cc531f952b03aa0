"""Why worked time broke a rule: the reason is kept with the hours, and asked for before the month closes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fujisawa_desktop.errors import ConflictError, RuleError, ValidationError
from fujisawa_desktop.models import Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.hours_desk import HoursDesk, Place
from fujisawa_desktop.services.shift_rows import StoredShift, shifts_of
from fujisawa_desktop.services.stale import CHANGED
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class ReasonsForm:
    """The reasons of worked time in cells; what was seen takes the place of a version."""

    seen: Mapping[Place, str]
    texts: Mapping[Place, str]


def worked_reason(shifts: Iterable[StoredShift], day: date) -> str:
    """Return the reason written for the worked time of a day."""
    here = (one for one in shifts if one.time.day == day and one.kind is ShiftKind.WORKED)
    return next((one.reason for one in here if one.reason), "")


def reasons_form(database: Database, *, programme_id: int, places: Collection[Place]) -> ReasonsForm:
    """Return the reasons that are stored for cells now."""
    with database.read() as session:
        shifts = shifts_of(session, programme_id, appointment_ids={place[0] for place in places})
    texts = {place: worked_reason(shifts.get(place[0], ()), place[1]) for place in places}
    return ReasonsForm(texts, texts)


def explain_work(
    database: Database,
    *,
    programme_id: int,
    places: Sequence[Place],
    reason: str,
    seen: Mapping[Place, str] | None = None,
    alone: Collection[Place] = (),
    actor: str | None = None,
) -> ChangeSet:
    """Write the reason of the worked time in these cells; one written before is replaced.

    Cells without worked time are left aside, and so are those of ``alone``.  ``seen`` are the reasons on
    the screen; None does not compare.

    Raises:
        ConflictError: another reason stands in one of the cells by now.
        ValidationError: ``hours.reason-missing``.
        RuleError: ``hours.nothing-worked`` when no cell has worked time, ``month.closed``.
        NotFoundError: ``appointment.missing``.
    """
    text = reason.strip()
    if not text:
        raise ValidationError("hours.reason-missing", field="reason")
    with unit_of_work(database, "hours.reason", actor=actor) as work:
        desk = HoursDesk(work, programme_id, places)
        for place, stood in (seen or {}).items():
            if worked_reason(desk.stored(place, ShiftKind.WORKED), place[1]) != stood:
                raise ConflictError(CHANGED)
        worked = [place for place in dict.fromkeys(places) if desk.stored(place, ShiftKind.WORKED)]
        if not worked:
            raise RuleError("hours.nothing-worked")
        changes: dict[int, dict[str, str]] = {}
        for place in worked:
            member, day = desk.member(place[0]), place[1]
            if desk.is_closed(place):
                raise RuleError("month.closed", year=day.year, month=day.month, person=member.name)
            if place in alone:
                continue
            changes |= {shift.id: {"reason": text} for shift in desk.stored(place, ShiftKind.WORKED)}
            work.concerns("applicant", member.applicant_id)
        work.update_many(Shift, changes)
        return work.commit(count=len(worked))
