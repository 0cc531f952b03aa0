"""Why worked time broke a rule: the reason is kept with the hours, and asked for before the month closes."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models import Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.hours_desk import HoursDesk, Place
from fujisawa_desktop.services.unit_of_work import unit_of_work


def explain_work(
    database: Database,
    *,
    programme_id: int,
    places: Sequence[Place],
    reason: str,
    actor: str | None = None,
) -> ChangeSet:
    """Write the reason of the worked time in these cells; one written before is replaced.

    Cells without worked time are left aside.

    Raises:
        ValidationError: ``hours.reason-missing``.
        RuleError: ``hours.nothing-worked`` when no cell has worked time, ``month.closed``.
        NotFoundError: ``appointment.missing``.
    """
    text = reason.strip()
    if not text:
        raise ValidationError("hours.reason-missing", field="reason")
    with unit_of_work(database, "hours.reason", actor=actor) as work:
        desk = HoursDesk(work, programme_id, places)
        worked = [place for place in dict.fromkeys(places) if desk.stored(place, ShiftKind.WORKED)]
        if not worked:
            raise RuleError("hours.nothing-worked")
        changes: dict[int, dict[str, str]] = {}
        for place in worked:
            member, day = desk.member(place[0]), place[1]
            if desk.is_closed(place):
                raise RuleError("month.closed", year=day.year, month=day.month, person=member.name)
            changes |= {shift.id: {"reason": text} for shift in desk.stored(place, ShiftKind.WORKED)}
            work.concerns("applicant", member.applicant_id)
        work.update_many(Shift, changes)
        return work.commit(count=len(worked))
