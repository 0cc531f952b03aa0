"""The home tab: where the year stands, what to do next, how many people are at which step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, not_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Appointment,
    Course,
    Decision,
    Dispatch,
    Entry,
    ImportBatch,
    Interview,
    Notice,
    PayStatement,
    Programme,
    Reviewer,
    Shift,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import add_months, month_days
from fujisawa_desktop.rules.hours import Cap, expected_by_day
from fujisawa_desktop.rules.pay import month_pay
from fujisawa_desktop.rules.selection import LEFT_OUT, ApplicationStatus, Result, Stage
from fujisawa_desktop.rules.timeline import KeyDays, Phase, last_day_of_third, phase_on, points
from fujisawa_desktop.services.courses import CourseRow, course_rows
from fujisawa_desktop.services.hand_ins import overdue_hand_ins
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.journal_returns import undone_erasures
from fujisawa_desktop.services.kept_counts import STAGES, is_erased_in, kept_counts
from fujisawa_desktop.services.rulings import any_standing_condition, not_waived_condition
from fujisawa_desktop.services.staff import (
    Member,
    closed_days,
    closed_months,
    members,
    person_shifts,
    premium_terms,
    shifts_of,
)
from fujisawa_desktop.services.todos import MonthCount, Situation, TodoItem, to_erase_again, todos
from fujisawa_desktop.services.year_end_due import basis_due

_S = ApplicationStatus
_APPLICANTS_FILE = "applicants"


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """One point of the year; ``text`` is shown instead of the day when only a text is published."""

    code: str
    day: date
    until: date | None
    text: str


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many entries reached a step; ``code`` is of the family ``progress``."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class MonthCard:
    """Hours and pay of one month as they now stand: worked, and planned where not worked yet.

    Attributes:
        top_minutes: minutes of the person with the most.
        worked_minutes: the part of ``minutes`` that was worked.
        pay_yen: without commuting and deductions; None when a rate is missing.
    """

    year: int
    month: int
    people: int
    minutes: int
    worked_minutes: int
    top_minutes: int
    cap: Cap
    pay_yen: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the home tab shows of one programme on one day."""

    programme_id: int
    title: str
    short_title: str
    fiscal_year: int
    today: date
    phase: Phase
    points: tuple[TimelinePoint, ...]
    todos: tuple[TodoItem, ...]
    stages: tuple[StageCount, ...]
    courses: tuple[CourseRow, ...]
    month: MonthCard | None


def overview(database: Database, programme_id: int, today: date) -> Overview:
    """Return the state of a programme on ``today``.

    Raises:
        NotFoundError: ``programme.gone``.
    """
    with database.read() as session:
        programme = session.get(Programme, programme_id)
        if programme is None:
            raise NotFoundError("programme.gone")
        days = key_days(programme)
        staff = members(session, programme_id)
        situation = _Counter(session, programme, today).situation(staff)
        undone = to_erase_again(undone_erasures(session), today)
        return Overview(
            programme_id=programme_id,
            title=programme.title,
            short_title=programme.short_title,
            fiscal_year=programme.fiscal_year,
            today=today,
            phase=phase_on(days, today),
            points=_points(programme, days),
            # Where records went when their time was over, nothing is left to do, whatever they lack now.
            todos=undone
            if is_erased_in(session, programme_id)
            else (*undone, *todos(situation, days, today, closed_days(session, programme_id))),
            stages=_stages(session, programme_id, today),
            courses=tuple(course_rows(session, programme_id)),
            month=_month_card(session, programme, staff, today),
        )


def key_days(programme: Programme) -> KeyDays:
    """Return the published days; of a result 「11月中旬」 the last day it can come."""
    published = programme.final_result_on or last_day_of_third(
        programme.final_result_text, programme.interview_until
    )
    return KeyDays(
        entry_from=programme.entry_from,
        entry_until=programme.entry_until,
        first_result=programme.first_result_on,
        interview_from=programme.interview_from,
        interview_until=programme.interview_until,
        final_result=published or programme.term_from - timedelta(days=1),
        term_from=programme.term_from,
        term_until=programme.term_until,
    )


def _points(programme: Programme, days: KeyDays) -> tuple[TimelinePoint, ...]:
    text = "" if programme.final_result_on else programme.final_result_text
    return tuple(
        TimelinePoint(point.code, point.day, point.until, text if point.code == "final-result" else "")
        for point in points(days)
    )


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _flagged() -> ColumnElement[bool]:
    return not_waived_condition()


def _of_programme(programme_id: int) -> ColumnElement[bool]:
    # By the courses, not by the entries: the index on (course, status) then answers alone.
    return Application.course_id.in_(select(Course.id).where(Course.programme_id == programme_id))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


class _Counter:
    """Counts what the list of things to do depends on."""

    def __init__(self, session: Session, programme: Programme, today: date) -> None:
        self._session = session
        self._programme = programme
        self._today = today

    def situation(self, staff: list[Member]) -> Situation:
        now, programme_id = self._session, self._programme.id
        interviews = select(Interview.id).where(Interview.programme_id == programme_id)
        tonight = _midnight(self._today + timedelta(days=1))
        coming = interviews.where(Interview.starts_at >= _midnight(self._today))
        closed = closed_months(now, programme_id)
        first_pending = _count(now, self._pending(Stage.FIRST))
        final_pending = _count(now, self._pending(Stage.FINAL))
        owing, owed_since = overdue_hand_ins(now, programme_id, self._today)
        return Situation(
            entries=_count(now, select(Entry.id).where(Entry.programme_id == programme_id)),
            imported_all=self._imported_all(),
            suspicions=_count(now, self._suspicions()),
            first_open=self._first_open(first_pending),
            unscored=self._unscored(),
            first_pending=first_pending,
            first_letters=_count(now, self._unwritten(Stage.FIRST, "first-result")),
            to_book=_count(now, self._unbooked()),
            invitations=_count(now, coming.where(Interview.announced_at.is_(None))),
            interviews_today=_count(now, coming.where(Interview.starts_at < tonight)),
            final_open=_count(now, self._in_status(_S.FIRST_PASSED)) - final_pending,
            final_pending=final_pending,
            final_letters=_count(now, self._unwritten(Stage.FINAL, "final-result")),
            replies=_count(now, self._in_status(_S.FINAL_PASSED)),
            to_appoint=_count(now, self._in_status(_S.ACCEPTED)),
            owing=owing,
            owed_since=owed_since,
            without_hours=_count(now, self._idle()),
            to_close=self._to_close(staff, closed),
            statements=self._statements(closed),
            to_certify=basis_due(now, programme_id, staff, self._today),
        )

    def _imported_all(self) -> bool:
        latest = self._session.scalar(
            select(func.max(ImportBatch.imported_at)).where(
                ImportBatch.programme_id == self._programme.id, ImportBatch.kind == _APPLICANTS_FILE
            )
        )
        return latest is not None and latest > self._programme.entry_deadline

    def _first_open(self, pending: int) -> int:
        """Count what is left to decide: received, not flagged, nothing noted yet."""
        now = self._session
        flagged = self._with_flag(self._in_status(_S.RECEIVED))
        noted_flagged = self._with_flag(self._pending(Stage.FIRST))
        received = _count(now, self._in_status(_S.RECEIVED)) - _count(now, flagged)
        return received - (pending - _count(now, noted_flagged))

    def _unscored(self) -> int:
        """Count what reviewers have to read; without a reviewer nothing is scored here."""
        programme_id = self._programme.id
        if self._session.scalar(select(Reviewer.id).where(Reviewer.programme_id == programme_id)) is None:
            return 0
        waiting = self._in_status(_S.RECEIVED).where(Application.score.is_(None))
        return _count(self._session, waiting) - _count(self._session, self._with_flag(waiting))

    def _with_flag(self, query: Select[int]) -> Select[int]:
        return query.join(Entry, Entry.id == Application.entry_id).where(_flagged())

    def _in_status(self, status: ApplicationStatus) -> Select[int]:
        return select(Application.id).where(_of_programme(self._programme.id), Application.status == status)

    def _pending(self, stage: Stage) -> Select[int]:
        return (
            select(Application.id)
            .join(Decision, Decision.application_id == Application.id)
            .where(_of_programme(self._programme.id), Decision.stage == stage)
            # An application that left keeps what was noted of it; nothing is announced any more.
            .where(Decision.announced_at.is_(None), Application.status.not_in(LEFT_OUT))
        )

    def _unwritten(self, stage: Stage, kind: str) -> Select[int]:
        written = exists().where(Notice.applicant_id == Application.applicant_id, Notice.kind == kind)
        told = [f"{stage.value}-{result.value}" for result in Result]
        mailed = exists().where(Dispatch.entry_id == Application.entry_id, Dispatch.kind.in_(told))
        return (
            select(Application.applicant_id)
            .join(Decision, Decision.application_id == Application.id)
            .where(_of_programme(self._programme.id), Decision.stage == stage)
            .where(Decision.announced_at.is_not(None), Decision.promoted_at.is_(None))
            .where(Application.status.not_in(LEFT_OUT), ~written, ~mailed)
            .distinct()
        )

    def _suspicions(self) -> Select[int]:
        return (
            select(SuspectedDuplicate.id)
            .join(Applicant, Applicant.id == SuspectedDuplicate.first_id)
            .where(
                Applicant.programme_id == self._programme.id,
                SuspectedDuplicate.verdict == SuspicionVerdict.OPEN,
            )
        )

    def _unbooked(self) -> Select[int]:
        booked = exists().where(about_application())
        decided = exists().where(Decision.application_id == Application.id, Decision.stage == Stage.FINAL)
        return (
            select(Application.entry_id)
            .where(_of_programme(self._programme.id), Application.status == _S.FIRST_PASSED)
            .where(
                ~booked,
                ~decided,
                Application.entry_id.not_in(select(Entry.id).where(any_standing_condition())),
            )
            .distinct()
        )

    def _idle(self) -> Select[int]:
        return select(Appointment.id).where(
            Appointment.programme_id == self._programme.id,
            Appointment.term_until >= self._today,
            ~exists().where(Shift.appointment_id == Appointment.id),
        )

    def _to_close(
        self, staff: list[Member], closed: frozenset[tuple[int, int, int]]
    ) -> tuple[MonthCount, ...]:
        """Count open months that are over, of people who were appointed in them."""
        counts: dict[tuple[int, int], int] = {}
        for member in staff:
            first = member.rules.first.replace(day=1)
            while add_months(first, 1) <= self._today and first <= member.rules.last:
                if (member.appointment_id, first.year, first.month) not in closed:
                    counts[first.year, first.month] = counts.get((first.year, first.month), 0) + 1
                first = add_months(first, 1)
        return _month_counts(counts)

    def _statements(self, closed: frozenset[tuple[int, int, int]]) -> tuple[MonthCount, ...]:
        query = select(PayStatement.appointment_id, PayStatement.year, PayStatement.month)
        made = {(row[0], row[1], row[2]) for row in self._session.execute(query)}
        counts: dict[tuple[int, int], int] = {}
        for _appointment_id, year, month in closed - made:
            counts[year, month] = counts.get((year, month), 0) + 1
        return _month_counts(counts)


def _month_counts(counts: dict[tuple[int, int], int]) -> tuple[MonthCount, ...]:
    return tuple(MonthCount(year, month, count) for (year, month), count in sorted(counts.items()))


def stage_figures(session: Session, programme_id: int, today: date) -> dict[str, int]:
    """Return how many of the entries that are in the file reached which step."""
    entries = select(Entry.id).where(Entry.programme_id == programme_id)
    applications = select(Application.entry_id).where(_of_programme(programme_id)).distinct()
    passed = applications.join(Decision, Decision.application_id == Application.id).where(
        Decision.stage == Stage.FIRST, Decision.result == Result.PASS, Decision.announced_at.is_not(None)
    )
    seen = select(Interview.id).where(
        Interview.programme_id == programme_id, Interview.ends_at <= _midnight(today)
    )
    hired = applications.where(Application.status.in_((_S.FINAL_PASSED, _S.ACCEPTED, _S.APPOINTED)))
    accepted = applications.where(Application.status.in_((_S.ACCEPTED, _S.APPOINTED)))
    steps = {
        "entries": entries,
        "eligible": entries.where(not_(_flagged())),
        "first-passed": passed,
        "interviewed": seen,
        "final-passed": hired,
        "accepted": accepted,
    }
    return {code: _count(session, query) for code, query in steps.items()}


def _stages(session: Session, programme_id: int, today: date) -> tuple[StageCount, ...]:
    erased = kept_counts(session, programme_id, STAGES)
    counts = stage_figures(session, programme_id, today)
    return tuple(StageCount(code, count + erased[code]) for code, count in counts.items())


def _month_card(session: Session, programme: Programme, staff: list[Member], today: date) -> MonthCard | None:
    """Return the month of ``today``, or the nearest month of the term; None before anybody is appointed."""
    if not staff:
        return None
    day = min(max(today, programme.term_from), programme.term_until)
    days = month_days(day.year, day.month)
    found = shifts_of(session, programme.id, first=days[0], last=days[-1])
    totals: list[int] = []
    worked = 0
    pay: int | None = 0
    premium = premium_terms(programme)
    for member in staff:
        shifts = person_shifts(found.get(member.appointment_id, ()))
        by_day = expected_by_day(shifts)
        totals.append(sum(by_day.values()))
        worked += sum(shift.minutes for shift in shifts.worked)
        try:
            earned = month_pay(by_day, member.rates, member.rounding, premium=premium).yen
        except RuleError:
            pay = None  # a day before the first rate; the pay tab says which
            continue
        pay = None if pay is None else pay + earned
    return MonthCard(
        year=day.year,
        month=day.month,
        people=len(staff),
        minutes=sum(totals),
        worked_minutes=worked,
        top_minutes=max(totals),
        cap=Cap(programme.cap_minutes, programme.cap_inclusive),
        pay_yen=pay,
    )
