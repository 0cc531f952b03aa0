"""What stands against closing a month, person by person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import HOLIDAYS_PUBLISHED_THROUGH, month_days
from fujisawa_desktop.rules.hours import Finding, Severity, ShiftKind, month_findings, needs_reason
from fujisawa_desktop.rules.pay import rate_on
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay_rows import MonthData, load_month, pay_row
from fujisawa_desktop.services.staff import Member, StoredShift, members, person_shifts, shifts_of


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands against closing.

    Attributes:
        finding: what it is; ``REFUSE`` keeps the month open, ``WARN`` only asks for a look.
        day: where to look, if it is about a day.
        about: the rule behind it, where there is one.
    """

    finding: Finding
    day: date | None = None
    about: Finding | None = None

    @property
    def refuses(self) -> bool:
        """Whether the month cannot be closed with it."""
        return self.finding.severity is Severity.REFUSE


@dataclass(frozen=True, slots=True)
class PersonCheck:
    """How far one person's month is, and what stands against closing it, the gravest first."""

    appointment_id: int
    number: str
    name: str
    state: MonthState
    worked: int
    """Minutes worked."""
    obstacles: tuple[Obstacle, ...]

    @property
    def refused(self) -> bool:
        """Whether the month cannot be closed now."""
        return any(obstacle.refuses for obstacle in self.obstacles)

    @property
    def is_closed(self) -> bool:
        """Whether there is nothing left to close."""
        return self.state in {MonthState.CLOSED, MonthState.PAID}


def month_checklist(
    database: Database, *, programme_id: int, year: int, month: int, today: date
) -> list[PersonCheck]:
    """Return everybody of the month in order of kana, with what stands against closing.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        data = load_month(session, programme_id, year, month)
        around = _shifts_around(session, programme_id, year, month)
    own = [member for member in data.staff if _touches(member, year, month)]
    return [_check(data, member, around.get(member.appointment_id, ()), today) for member in own]


def refusals(
    session: Session, programme_id: int, year: int, month: int, appointment_ids: Collection[int]
) -> dict[int, Obstacle]:
    """Return the gravest thing that keeps a month open, for those of the people who have one."""
    first = date(year, month, 1)
    around = _shifts_around(session, programme_id, year, month, appointment_ids)
    staff = members(session, programme_id, year_month=(year, month), appointment_ids=appointment_ids)
    found: dict[int, Obstacle] = {}
    for member in staff:
        shifts = around.get(member.appointment_id, ())
        against = [*_without_rate(member, shifts, first), *_without_reason(member, shifts, first)]
        if against:
            found[member.appointment_id] = against[0]
    return found


def _check(data: MonthData, member: Member, shifts: Sequence[StoredShift], today: date) -> PersonCheck:
    first = date(data.year, data.month, 1)
    state = data.states[member.appointment_id]
    obstacles: list[Obstacle] = []
    if state in {MonthState.OPEN, MonthState.CONFIRMED}:
        no_rate = _without_rate(member, shifts, first)
        obstacles += [*no_rate, *_without_reason(member, shifts, first)]
        obstacles += [*_unconfirmed(state, shifts, first), *_only_planned(shifts, first, today)]
        obstacles += [] if no_rate else _open_pay(data, member)
        obstacles += unknown_holidays(data.year)
    return PersonCheck(
        appointment_id=member.appointment_id,
        number=member.number,
        name=member.name,
        state=state,
        worked=sum(shift.time.minutes for shift in _worked(shifts, first)),
        obstacles=tuple(sorted(obstacles, key=lambda obstacle: not obstacle.refuses)),
    )


def _without_reason(member: Member, shifts: Sequence[StoredShift], first: date) -> Iterator[Obstacle]:
    """Yield the days whose worked time breaks a hard rule while nobody has said why."""
    ordered = frozenset(shift.time.day for shift in shifts if shift.holiday_order)
    worked = _worked(shifts, first)
    explained = {shift.time.day for shift in worked if shift.reason}
    open_days = {shift.time.day for shift in worked} - explained
    marks = month_findings(person_shifts(shifts), member.rules, first, ordered=ordered)
    for day, findings in marks.items():
        hard = next((finding for finding in findings if needs_reason(finding)), None)
        if hard is not None and day in open_days:
            yield Obstacle(Finding("close.reason-missing", Severity.REFUSE, {"date": day}), day, hard)


def _without_rate(member: Member, shifts: Sequence[StoredShift], first: date) -> list[Obstacle]:
    for shift in _worked(shifts, first):
        try:
            rate_on(member.rates, shift.time.day)
        except RuleError as error:
            return [Obstacle(Finding(error.code, Severity.REFUSE, error.params), shift.time.day)]
    return []


def _unconfirmed(state: MonthState, shifts: Sequence[StoredShift], first: date) -> list[Obstacle]:
    if state is MonthState.CONFIRMED or not _worked(shifts, first):
        return []
    return [Obstacle(Finding("close.unconfirmed", Severity.WARN))]


def _only_planned(shifts: Sequence[StoredShift], first: date, today: date) -> list[Obstacle]:
    """Return the days gone by on which work was planned and none is recorded, as one line."""
    worked = {shift.time.day for shift in _worked(shifts, first)}
    days = sorted(
        {
            shift.time.day
            for shift in shifts
            if shift.kind is ShiftKind.PLANNED and _in_month(shift, first) and shift.time.day < today
        }
        - worked
    )
    if not days:
        return []
    params = {"date": days[0], "days": len(days)}
    return [Obstacle(Finding("close.planned-not-worked", Severity.WARN, params), days[0])]


def _open_pay(data: MonthData, member: Member) -> list[Obstacle]:
    try:
        row = pay_row(data, member)
    except RuleError as error:
        return [Obstacle(Finding(error.code, Severity.REFUSE, error.params))]
    if row.tax is not None:
        return []
    about = next((problem for problem in row.problems if problem.code.startswith("tax.")), None)
    return [Obstacle(Finding("close.tax-open", Severity.WARN), about=about)]


def unknown_holidays(year: int) -> list[Obstacle]:
    """Return the warning that belongs to a year whose equinox days are only a forecast."""
    if year <= HOLIDAYS_PUBLISHED_THROUGH:
        return []
    return [Obstacle(Finding("close.holidays-unknown", Severity.WARN, {"year": year}))]


def _shifts_around(
    session: Session,
    programme_id: int,
    year: int,
    month: int,
    appointment_ids: Collection[int] | None = None,
) -> dict[int, list[StoredShift]]:
    """Return the shifts of a month and of the weeks at its edges."""
    days, week = month_days(year, month), timedelta(days=6)
    return shifts_of(
        session, programme_id, first=days[0] - week, last=days[-1] + week, appointment_ids=appointment_ids
    )


def _worked(shifts: Sequence[StoredShift], first: date) -> list[StoredShift]:
    return [shift for shift in shifts if shift.kind is ShiftKind.WORKED and _in_month(shift, first)]


def _in_month(shift: StoredShift, first: date) -> bool:
    return (shift.time.day.year, shift.time.day.month) == (first.year, first.month)


def _touches(member: Member, year: int, month: int) -> bool:
    days = month_days(year, month)
    return member.rules.first <= days[-1] and member.rules.last >= days[0]
