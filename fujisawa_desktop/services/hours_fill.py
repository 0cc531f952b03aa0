"""Many cells of the hours grid in one act: blocks, weeks, moves, and the usual week of people.

Each is one gesture: one entry of the journal, one undo.  A block that a rule refuses in one cell is
refused as a whole; only the usual week is put in as far as the rules let it, and says what it left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.hours import Severity, ShiftKind, refused, week_of
from fujisawa_desktop.rules.shift_entry import TypedShift
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.hours_desk import Contents, EntryResult, HoursDesk, Place, put_down
from fujisawa_desktop.services.hours_entry import refuse_other_cells
from fujisawa_desktop.services.staff import Member, members
from fujisawa_desktop.services.unit_of_work import unit_of_work

WEEK = timedelta(days=7)


class Way(StrEnum):
    """How a block came into its cells; names the act."""

    DOWN = "filled-down"
    RIGHT = "filled-right"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class Skipped:
    """What of a usual week was left out: whose, on which day (``None``: the whole month), and why."""

    person: str
    day: date | None
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UsualResult:
    """What became of the usual weeks.

    Attributes:
        change: what the act changed.
        filled: days that got a plan.
        kept: days left as they were because hours stood there already.
        skipped: what was left out, and why.
    """

    change: ChangeSet
    filled: int
    kept: int
    skipped: tuple[Skipped, ...]


def enter_block(
    database: Database,
    *,
    programme_id: int,
    texts: Mapping[Place, str],
    kind: ShiftKind,
    way: Way,
    seen: Mapping[Place, str] | None = None,
    actor: str | None = None,
) -> EntryResult:
    """Put a text of its own into each of these cells; an empty one clears its cell.

    ``seen`` is what stood in them on the screen; None does not compare.

    Raises:
        ConflictError: something else stands in one of them by now.
        ValidationError: a text cannot be read; ``person`` and ``cell`` name where.
        RuleError, NotFoundError: as :func:`~.hours_entry.enter_hours`.
    """
    with unit_of_work(database, f"hours.{way.value}", actor=actor) as work:
        desk = HoursDesk(work, programme_id, texts)
        refuse_other_cells(desk, kind, seen or {})
        contents = {place: Contents(desk.read(place, text)) for place, text in texts.items()}
        return put_down(work, desk, contents, kind)


def move_hours(
    database: Database,
    *,
    programme_id: int,
    moves: Mapping[Place, Place],
    kind: ShiftKind,
    copy: bool = False,
    texts: Mapping[Place, str] | None = None,
    seen: Mapping[Place, str] | None = None,
    actor: str | None = None,
) -> EntryResult:
    """Take the hours of cells to others, with the reason written for them; ``copy`` leaves them too.

    Args:
        database: the file.
        programme_id: the programme.
        moves: from which cell to which.
        kind: plan or work.
        copy: the hours stay where they are, too.
        texts: what is to stand in the cells they are taken to; one that is not named gets what is stored.
        seen: what stood in all of these cells on the screen; None does not compare.
        actor: who does it.

    Raises:
        ConflictError: something else stands in one of the cells by now.
        RuleError: ``hours.nothing-to-move``, ``hours.target-taken``; else as
            :func:`~.hours_entry.enter_hours`.
        NotFoundError: ``appointment.missing``.
    """
    label = "hours.copied" if copy else "hours.moved"
    wanted = texts or {}
    with unit_of_work(database, label, actor=actor) as work:
        desk = HoursDesk(work, programme_id, [*moves, *moves.values()])
        refuse_other_cells(desk, kind, seen or {})
        real = {a: b for a, b in moves.items() if a != b and (wanted.get(b) or desk.stored(a, kind))}
        if not real:
            raise RuleError("hours.nothing-to-move")
        for target in real.values():
            if desk.stored(target, kind) and (copy or target not in real):
                person = desk.member(target[0]).name
                raise RuleError("hours.target-taken", person=person, date=target[1])
        contents = {} if copy else dict.fromkeys(real, Contents())
        for source, target in real.items():
            reason = next((s.reason for s in desk.stored(source, kind) if s.reason), "")
            typed = desk.read(target, wanted[target]) if target in wanted else desk.typed(source, kind)
            contents[target] = Contents(typed, reason="" if copy else reason)
        return put_down(work, desk, contents, kind, count=len(real))


def copy_week(
    database: Database,
    *,
    programme_id: int,
    appointment_ids: Collection[int],
    monday: date,
    kind: ShiftKind,
    weeks: int = 1,
    texts: Mapping[Place, str] | None = None,
    seen: Mapping[Place, str] | None = None,
    actor: str | None = None,
) -> EntryResult:
    """Make the following week, or several, of these people like the week of ``monday``.

    Days that were free become free again.

    Args:
        database: the file.
        programme_id: the programme.
        appointment_ids: whose weeks.
        monday: a day of the week that is copied.
        kind: plan or work.
        weeks: how many weeks it is copied onto.
        texts: what is to stand in days of these weeks; one in which that was seen is left alone, and one
            that is not named becomes as the week is stored.
        seen: what stood in the days of all these weeks on the screen; None does not compare.
        actor: who does it.

    Raises:
        ConflictError: something else stands on one of the days by now.
        RuleError: ``hours.week-empty`` when nobody has hours in the week; else as
            :func:`~.hours_entry.enter_hours`.
        NotFoundError: ``appointment.missing``.
    """
    sources = week_places(appointment_ids, monday)
    wanted, shown = texts or {}, seen or {}
    with unit_of_work(database, "hours.week-copied", actor=actor) as work:
        desk = HoursDesk(work, programme_id, sources)
        refuse_other_cells(desk, kind, shown)
        if not any(desk.stored(source, kind) for source in sources) and not any(wanted.values()):
            raise RuleError("hours.week-empty", date=week_of(monday))
        contents: dict[Place, Contents] = {}
        for source, target in copied_places(sources, weeks):
            typed = desk.read(target, wanted[target]) if target in wanted else desk.typed(source, kind)
            alone = target in wanted and wanted[target] == shown.get(target)
            if not alone and (typed or desk.stored(target, kind)):
                contents[target] = Contents(typed)
        return put_down(work, desk, contents, kind)


def week_places(appointment_ids: Collection[int], monday: date) -> list[Place]:
    """Return the days of the week of ``monday``, for each of these people."""
    days = [week_of(monday) + timedelta(days=at) for at in range(7)]
    return [(one, day) for one in dict.fromkeys(appointment_ids) for day in days]


def copied_places(sources: Collection[Place], weeks: int) -> list[tuple[Place, Place]]:
    """Return each day of a week with the days of the following weeks that become like it."""
    return [
        ((person, day), (person, day + further * WEEK))
        for person, day in sources
        for further in range(1, weeks + 1)
    ]


def fill_usual_week(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    appointment_ids: Collection[int],
    actor: str | None = None,
) -> UsualResult:
    """Plan the agreed usual week into the open days of a month, for these people.

    Days that hold hours already stay as they are.  A day that a rule refuses is left out, and
    the next one is tried.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    days = month_days(year, month)
    with unit_of_work(database, "hours.usual-week", actor=actor) as work:
        desk = HoursDesk(work, programme_id, [(one, days[0]) for one in appointment_ids])
        filling = _Filling(desk)
        for member in members(work.session, programme_id, appointment_ids=appointment_ids):
            filling.fill(member, days)
        desk.write()
        change = work.commit(count=filling.filled, year=year, month=month)
    return UsualResult(change, filling.filled, filling.kept, tuple(filling.skipped))


class _Filling:
    """Puts usual weeks down, day by day, and remembers what was left out."""

    def __init__(self, desk: HoursDesk) -> None:
        self._desk = desk
        self.filled = 0
        self.kept = 0
        self.skipped: list[Skipped] = []

    def fill(self, member: Member, days: Sequence[date]) -> None:
        """Fill the days of one person."""
        rules = member.rules
        inside = [day for day in days if rules.first <= day <= rules.last]
        if not inside:
            term = {"first": rules.first, "last": rules.last}
            self.skipped.append(Skipped(member.name, None, "hours.usual-outside", term))
        elif not any(text.strip() for text in member.usual_week.values()):
            self.skipped.append(Skipped(member.name, None, "hours.usual-none", {"person": member.name}))
        elif self._desk.is_closed((member.appointment_id, days[0])):
            params = {"year": days[0].year, "month": days[0].month, "person": member.name}
            self.skipped.append(Skipped(member.name, None, "month.closed", params))
        else:
            self._fill_days(member, inside)

    def _fill_days(self, member: Member, days: Sequence[date]) -> None:
        for day in days:
            text = member.usual_week.get(day.weekday(), "").strip()
            if not text:
                continue
            place = (member.appointment_id, day)
            try:
                typed = self._desk.read(place, text)
            except ValidationError as error:
                self.skipped.append(Skipped(member.name, day, error.code, error.params))
                continue
            self._put(member, place, typed)

    def _put(self, member: Member, place: Place, typed: tuple[TypedShift, ...]) -> None:
        if any(self._desk.stored(place, kind) for kind in ShiftKind):
            self.kept += 1
            return
        findings = self._desk.judge(place, ShiftKind.PLANNED, Contents(typed))
        if refused(findings):
            first = next(one for one in findings if one.severity is Severity.REFUSE)
            self.skipped.append(Skipped(member.name, place[1], first.code, first.params))
            return
        self._desk.replace({place: Contents(typed)}, ShiftKind.PLANNED)
        self.filled += 1
