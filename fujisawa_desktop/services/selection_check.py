"""What a decision, an answer or a release would do, asked before it is done; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Applicant, Application, Course, Decision, Entry, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import (
    DECIDED_FROM,
    LEFT_OUT,
    STANDING_PASSES,
    ApplicationStatus,
    Attendance,
    Result,
    Stage,
    check_move,
)
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.noted_results import Noted, noted_results
from fujisawa_desktop.services.selection_core import (
    Subject,
    Verdict,
    attendance_refusals,
    plan_decisions,
    subjects,
)

__all__ = [
    "CourseRelease",
    "Foresight",
    "Person",
    "ReleaseForesight",
    "ReplyKind",
    "foresee_attendance",
    "foresee_clearing",
    "foresee_decisions",
    "foresee_move",
    "foresee_release",
    "foresee_replies",
]

NAMED: Final = 500
"""How many people a foresight names at most; more nobody reads."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a dialog names; ``code`` says why, where there is a reason."""

    entry_id: int
    number: str
    name: str
    course: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What an act on some entries would do.

    Attributes:
        application_ids: applications it would change, in the order of the entries.
        people: entries they belong to.
        replaces: of them, applications with another result noted before.
        unchanged: applications that say so already.
        flagged: entries among ``people`` with a flag that no clerk has waived.
        by_course: short name of a course and its share of ``application_ids``.
        refused: entries of which no application can have it, each with the first reason.
        refused_count: how many they are; ``refused`` names the first of them.
        noted: what is noted for ``application_ids``, where the act replaces or removes that.
        stage: of which screening.
    """

    application_ids: tuple[int, ...]
    people: int
    replaces: int
    unchanged: int
    flagged: int
    by_course: tuple[tuple[str, int], ...]
    refused: tuple[Person, ...]
    refused_count: int
    noted: Noted = field(default_factory=dict)
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class CourseRelease:
    """One course in a release: results noted, people undecided, and those who passed before."""

    course_id: int
    course: str
    capacity: int
    passed: int
    reserve: int
    failed: int
    undecided: int
    passed_before: int


@dataclass(frozen=True, slots=True)
class ReleaseForesight:
    """What announcing a stage would do.

    Attributes:
        undecided: people who would be left without a result, flagged ones not among them.
        flagged_undecided: entries without a result that bear a flag.
        undecided_entries: all entries of ``undecided``, which names the first ``NAMED`` only.
        withdrawn: noted results of people who withdrew; they stay unannounced.
    """

    courses: tuple[CourseRelease, ...]
    undecided: tuple[Person, ...]
    flagged_undecided: int
    withdrawn: int

    @property
    def announced(self) -> int:
        """How many results would be announced."""
        return sum(course.passed + course.reserve + course.failed for course in self.courses)

    undecided_entries: tuple[int, ...] = ()


def foresee_decisions(
    database: Database,
    *,
    entry_ids: Sequence[int],
    stage: Stage,
    result: Result,
    course_id: int | None = None,
) -> Foresight:
    """Return what recording ``result`` for these entries would do; of one course, or of all."""
    with database.read() as session:
        people = _people(session, entry_ids, course_id)
        plan = plan_decisions(session, stage, {key: Verdict(result) for key in people}, people)
        found = _foresight(
            session,
            people,
            possible={*plan.new, *plan.changed},
            replaces=len(plan.changed),
            unchanged=plan.unchanged,
            refused={key: refused.code for key, refused in plan.refused.items()},
        )
        return _with_noted(session, found, stage)


def foresee_clearing(
    database: Database, *, entry_ids: Sequence[int], stage: Stage, course_id: int | None = None
) -> Foresight:
    """Return what taking the noted results of these entries out would do."""
    with database.read() as session:
        people = _people(session, entry_ids, course_id)
        announced: dict[int, bool] = {}
        for chunk in chunks(list(people)):
            query = select(Decision.application_id, Decision.announced_at).where(
                Decision.stage == stage, Decision.application_id.in_(chunk)
            )
            announced.update((key, at is not None) for key, at in session.execute(query))
        found = _foresight(
            session,
            people,
            possible={key for key, done in announced.items() if not done},
            refused={
                key: "selection.already-announced" if announced.get(key) else "selection.nothing-noted"
                for key in people
                if announced.get(key, True)
            },
        )
        return _with_noted(session, found, stage)


def _with_noted(session: Session, found: Foresight, stage: Stage) -> Foresight:
    return replace(found, noted=noted_results(session, stage, found.application_ids), stage=stage)


def foresee_replies(
    database: Database, *, entry_ids: Sequence[int], kind: ReplyKind, course_id: int | None = None
) -> Foresight:
    """Return what recording the same answer of these people would do."""
    goal = ApplicationStatus.ACCEPTED if kind is ReplyKind.ACCEPTED else ApplicationStatus.WITHDRAWN
    return foresee_move(database, entry_ids=entry_ids, goal=goal, course_id=course_id)


def foresee_move(
    database: Database, *, entry_ids: Sequence[int], goal: ApplicationStatus, course_id: int | None = None
) -> Foresight:
    """Return what moving these people's applications to another state would do."""
    with database.read() as session:
        people = _people(session, entry_ids, course_id)
        refused = {key: code for key, subject in people.items() if (code := _refusal(subject.status, goal))}
        return _foresight(session, people, possible=set(people) - set(refused), refused=refused)


def foresee_attendance(
    database: Database,
    *,
    entry_ids: Sequence[int],
    attendance: Attendance | None,
    course_id: int | None = None,
) -> Foresight:
    """Return what recording who came to the interview would do; ``None`` takes the record out."""
    with database.read() as session:
        people = _people(session, entry_ids, course_id)
        refused = {
            key: code for key, code in attendance_refusals(session, people, attendance).items() if code
        }
        same = {key for key, one in people.items() if key not in refused and one.attendance is attendance}
        return _foresight(
            session,
            people,
            possible=set(people) - set(refused) - same,
            refused=refused,
            replaces=sum(
                one.attendance not in {None, attendance} for key, one in people.items() if key not in refused
            )
            if attendance is not None
            else 0,
            unchanged=same if attendance is not None else (),
        )


def foresee_release(database: Database, *, programme_id: int, stage: Stage) -> ReleaseForesight:
    """Return what announcing all noted results of ``stage`` would do."""
    with database.read() as session:
        noted = _noted(session, programme_id, stage)
        undecided = _undecided(session, programme_id, stage)
        before = Counter(
            session.scalars(
                select(Application.course_id)
                .join(Entry, Entry.id == Application.entry_id)
                .where(Entry.programme_id == programme_id, Application.status.in_(STANDING_PASSES))
            )
        )
        courses = session.scalars(
            select(Course).where(Course.programme_id == programme_id).order_by(Course.position, Course.id)
        )
        return ReleaseForesight(
            courses=tuple(
                CourseRelease(
                    course_id=course.id,
                    course=course.short_name,
                    capacity=course.capacity,
                    passed=noted[course.id, Result.PASS],
                    reserve=noted[course.id, Result.RESERVE],
                    failed=noted[course.id, Result.FAIL],
                    undecided=sum(row.course_id == course.id and not row.flagged for row in undecided),
                    passed_before=before[course.id],
                )
                for course in courses
            ),
            undecided=_named(session, [row for row in undecided if not row.flagged][:NAMED]),
            flagged_undecided=sum(row.flagged for row in undecided),
            undecided_entries=tuple(dict.fromkeys(row.entry_id for row in undecided if not row.flagged)),
            withdrawn=noted[0, None],
        )


def _refusal(status: ApplicationStatus, goal: ApplicationStatus) -> str:
    try:
        check_move(status, goal)
    except RuleError as error:
        return error.code
    return ""


def _people(session: Session, entry_ids: Sequence[int], course_id: int | None) -> dict[int, Subject]:
    """Return the applications of entries, in the order of the entries."""
    by_entry: dict[int, list[int]] = {}
    for chunk in chunks(list(dict.fromkeys(entry_ids))):
        query = select(Application.entry_id, Application.id).where(Application.entry_id.in_(chunk))
        if course_id is not None:
            query = query.where(Application.course_id == course_id)
        for entry_id, key in session.execute(query.order_by(Application.preference, Application.id)):
            by_entry.setdefault(entry_id, []).append(key)
    ordered = [key for entry_id in dict.fromkeys(entry_ids) for key in by_entry.get(entry_id, ())]
    found = subjects(session, ordered)
    return {key: found[key] for key in ordered}


def _foresight(
    session: Session,
    people: dict[int, Subject],
    *,
    possible: set[int],
    refused: dict[int, str],
    replaces: int = 0,
    unchanged: Iterable[int] = (),
) -> Foresight:
    told = set(unchanged)
    ids = tuple(key for key in people if key in possible)
    settled = {people[key].entry_id for key in (*ids, *told)}
    left: dict[int, int] = {}
    for key in refused:
        if people[key].entry_id not in settled:
            left.setdefault(people[key].entry_id, key)
    courses = {row.id: row.short_name for row in session.execute(select(Course.id, Course.short_name))}
    tally = Counter(people[key].course_id for key in ids)
    named = _named(session, [people[key] for key in list(left.values())[:NAMED]])
    return Foresight(
        application_ids=ids,
        people=len({people[key].entry_id for key in ids}),
        replaces=replaces,
        unchanged=len(told),
        flagged=len({people[key].entry_id for key in ids if people[key].flagged}),
        by_course=tuple((name, tally[key]) for key, name in courses.items() if tally[key]),
        refused=tuple(
            Person(one.entry_id, one.number, one.name, one.course, refused[key])
            for one, key in zip(named, left.values(), strict=False)
        ),
        refused_count=len(left),
    )


def _named(session: Session, rows: Sequence[Subject]) -> tuple[Person, ...]:
    found: dict[int, Person] = {}
    for chunk in chunks([row.application_id for row in rows]):
        query = (
            select(
                Application.id,
                Entry.id,
                Entry.number,
                func.coalesce(Applicant.name_official, Applicant.name_entered),
                Course.short_name,
            )
            .join(Entry, Entry.id == Application.entry_id)
            .join(Applicant, Applicant.id == Application.applicant_id)
            .join(Course, Course.id == Application.course_id)
        )
        for key, entry_id, number, name, course in session.execute(query.where(Application.id.in_(chunk))):
            found[key] = Person(entry_id, number, name, course)
    return tuple(found[row.application_id] for row in rows)


def _noted(session: Session, programme_id: int, stage: Stage) -> Counter[tuple[int, Result | None]]:
    """Count noted results by course; those of people who withdrew under ``(0, None)``."""
    query = (
        select(Application.course_id, Application.status, Decision.result, func.count())
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id, Decision.stage == stage, Decision.announced_at.is_(None))
        .group_by(Application.course_id, Application.status, Decision.result)
    )
    tally: Counter[tuple[int, Result | None]] = Counter()
    for course_id, status, result, count in session.execute(query):
        left = status in LEFT_OUT
        tally[(0, None) if left else (course_id, result)] += count
    return tally


def _undecided(session: Session, programme_id: int, stage: Stage) -> list[Subject]:
    decided: ColumnElement[bool] = (
        select(Decision.id).where(Decision.application_id == Application.id, Decision.stage == stage).exists()
    )
    query = (
        select(Application.id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(Entry.programme_id == programme_id, Application.status == DECIDED_FROM[stage], ~decided)
        .order_by(Applicant.sort_key, Application.id)
    )
    ids = list(session.scalars(query))
    found = subjects(session, ids)
    return [found[key] for key in ids]
