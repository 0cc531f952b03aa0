"""発表前の点検: everything that should be right before results become known, with the people concerned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Job, LetterSpec, RemarkKind
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Course,
    Decision,
    Entry,
    Interview,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.contact import is_mail_address, looks_mistyped, mail_key
from fujisawa_desktop.rules.names import half_width
from fujisawa_desktop.rules.selection import (
    LEFT_OUT,
    ApplicationStatus,
    Attendance,
    Result,
    Stage,
    check_decision,
)
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.paper_kinds import PaperKind, plain_order, programme_of
from fujisawa_desktop.services.paper_letters import result_letters
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.rulings import FLAG_COLUMNS, waived_flags
from fujisawa_desktop.services.selection_check import NAMED, Person, ReleaseForesight, foresee_release
from fujisawa_desktop.services.selection_counts import CourseCount, over_capacity, stage_counts

_PAPERS: Final = {Stage.FIRST: PaperKind.FIRST_RESULT, Stage.FINAL: PaperKind.FINAL_RESULT}
_LOST: Final = frozenset({RemarkKind.PRIVATE_USE, RemarkKind.MISSING, RemarkKind.CUT})
_POSTCODE: Final = 7
_PARTS: Final = 2  # what takes long: the letters are written, and set


class Outcome(StrEnum):
    """How a check came out."""

    OK = "ok"
    CAUTION = "caution"
    """It can be announced; a clerk should look."""
    REASON = "reason"
    """It can be announced with a reason."""
    STOP = "stop"
    """It cannot be announced like this."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the rehearsal.

    Attributes:
        code: ``decided``, ``counts``, ``letters``, …; with the outcome the key of its sentence.
        people: whom it is about; at most ``NAMED``, each with a code that says why.
        count: how many they are.
        entry_ids: the entries of all of them.
    """

    code: str
    outcome: Outcome
    count: int = 0
    people: tuple[Person, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)
    entry_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All checks of one screening, and what announcing it would do."""

    stage: Stage
    checks: tuple[Check, ...]
    counts: tuple[CourseCount, ...]
    foresight: ReleaseForesight
    reserve_until: date

    @property
    def can_release(self) -> bool:
        """Whether nothing stands in the way, a reason apart."""
        return self.foresight.announced > 0 and all(one.outcome is not Outcome.STOP for one in self.checks)

    @property
    def needs_reason(self) -> bool:
        """Whether a course has more passes than places."""
        return any(one.outcome is Outcome.REASON for one in self.checks)


def rehearse(
    database: Database, *, programme_id: int, stage: Stage, progress: Progress | None = None
) -> Rehearsal:
    """Check what announcing all noted results of ``stage`` would do; nothing is written.

    ``progress`` hears how far the letters are, which every result gets, and may raise to stop.

    Raises:
        NotFoundError: ``programme.none``.
        InputFileError: the wording of the letters is broken.
    """
    foresight = foresee_release(database, programme_id=programme_id, stage=stage)
    with database.read() as session:
        programme = programme_of(session, programme_id)
        counts = stage_counts(session, programme_id, stage, with_noted=True)
        people = _noted(session, programme_id, stage)
        checks = [
            _decided(foresight),
            _counts(counts),
            _possible(people, stage),
            _letters(session, programme_id, stage, people, Parts(_PARTS, progress)),
            _addresses(session, programme_id, people),
            *(
                [_capacity(counts, people), _reserves(session, programme_id, people)]
                if stage is Stage.FINAL
                else []
            ),
            _flags(session, people),
            _duplicates(session, programme_id, stage, people),
        ]
        return Rehearsal(stage, tuple(checks), counts, foresight, programme.term_until)


@dataclass(frozen=True, slots=True)
class _Noted:
    """Somebody whose result would become known."""

    entry_id: int
    applicant_id: int
    application_id: int
    number: str
    name: str
    course_id: int
    course: str
    status: Any
    result: Result
    rank: int | None
    attendance: Attendance | None
    mail: str
    postcode: str
    address: str
    flags: tuple[str, ...]

    def named(self, code: str = "") -> Person:
        return Person(self.entry_id, self.number, self.name, self.course, code)


def _noted(session: Session, programme_id: int, stage: Stage) -> list[_Noted]:
    query = (
        select(
            Entry.id,
            Applicant.id,
            Application.id,
            Entry.number,
            func.coalesce(Applicant.name_official, Applicant.name_entered),
            Course.id,
            Course.short_name,
            Application.status,
            Decision.result,
            Decision.reserve_rank,
            Interview.attendance,
            Applicant.mail,
            Applicant.postcode,
            Applicant.address,
            *FLAG_COLUMNS.values(),
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Course, Course.id == Application.course_id)
        .outerjoin(Interview, about_application())
        .where(
            Entry.programme_id == programme_id,
            Decision.stage == stage,
            Decision.announced_at.is_(None),
            Application.status.not_in(LEFT_OUT),
        )
        .order_by(Applicant.sort_key, Entry.id, Course.position)
    )
    return [_noted_row(tuple(row)) for row in session.execute(query)]


def _noted_row(row: tuple[Any, ...]) -> _Noted:
    flags = tuple(name for name, is_set in zip(FLAG_COLUMNS, row[14:], strict=True) if is_set)
    return _Noted(*(*row[:14], flags))


def _check(code: str, people: Iterable[Person], outcome: Outcome = Outcome.CAUTION, **params: Any) -> Check:
    found = tuple(dict.fromkeys(people))
    if not found:
        return Check(code, Outcome.OK, params=params)
    entries = tuple(dict.fromkeys(person.entry_id for person in found))
    count = len(entries)
    return Check(code, outcome, count, found[:NAMED], {"count": count, **params}, entries)


def _decided(foresight: ReleaseForesight) -> Check:
    if not foresight.announced:
        return Check("decided", Outcome.STOP)
    entries = foresight.undecided_entries
    if not entries:
        return Check("decided", Outcome.OK)
    params = {"count": len(entries)}
    return Check("decided", Outcome.CAUTION, len(entries), foresight.undecided, params, entries)


def _counts(counts: Sequence[CourseCount]) -> Check:
    names = ("total", "passed", "reserve", "failed", "withdrawn", "ineligible", "undecided")
    figures = {name: sum(getattr(one, name) for one in counts) for name in names}
    odd = [one.course for one in counts if not one.adds_up]
    return Check("counts", Outcome.STOP if odd else Outcome.OK, params={**figures, "courses": odd})


def _possible(people: Sequence[_Noted], stage: Stage) -> Check:
    def refused() -> Iterator[Person]:
        for one in people:
            try:
                check_decision(one.status, stage, one.result, one.attendance)
            except RuleError as error:
                yield one.named(error.code)

    return _check("possible", refused(), Outcome.STOP)


def _letters(
    session: Session, programme_id: int, stage: Stage, people: Sequence[_Noted], parts: Parts
) -> Check:
    if not people:
        return Check("letters", Outcome.OK, params={"letters": 0})
    order = replace(plain_order(session, programme_id, _PAPERS[stage]), tell=parts.within)
    sheets = result_letters(session, order, pending=True)
    parts.ended()
    specs = tuple(sheet.spec for sheet in sheets)
    paper = make_paper(Job("", "", "", order.now, specs), lambda done: parts.within(done, len(specs)))
    by_number = {one.number: one for one in people}
    found = [
        by_number[remark.owner.key].named("rehearsal.lost")
        for remark in paper.remarks
        if remark.kind in _LOST and remark.owner.key in by_number
    ]
    empty = {spec.owner.key for spec in specs if isinstance(spec, LetterSpec) and not spec.name.strip()}
    found += [one.named("rehearsal.no-name") for number, one in by_number.items() if number in empty]
    return _check("letters", found, letters=len(specs))


def _addresses(session: Session, programme_id: int, people: Sequence[_Noted]) -> Check:
    everybody = session.execute(
        select(Applicant.id, Applicant.mail).where(
            Applicant.programme_id == programme_id, Applicant.id.in_(select(Entry.applicant_id))
        )
    )
    owners: dict[str, set[int]] = defaultdict(set)
    for applicant_id, mail in everybody:
        owners[mail_key(mail)].add(applicant_id)

    def odd() -> Iterator[Person]:
        for one in people:
            mail = half_width(one.mail).strip()
            if not mail:
                yield one.named("mail.missing")
            elif not is_mail_address(mail):
                yield one.named("mail.impossible")
            elif looks_mistyped(mail):
                yield one.named("mail.mistyped")
            elif len(owners[mail_key(mail)]) > 1:
                yield one.named("mail.shared")
            if one.postcode and len(one.postcode) != _POSTCODE:
                yield one.named("rehearsal.postcode")

    return _check("addresses", odd())


def _capacity(counts: Sequence[CourseCount], people: Sequence[_Noted]) -> Check:
    over = over_capacity(counts)
    full = {one.course_id for one in over}
    passing = tuple(one.named() for one in people if one.course_id in full and one.result is Result.PASS)
    params = {"courses": [f"{one.course} {one.standing}/{one.capacity}" for one in over]}
    outcome = Outcome.REASON if over else Outcome.OK
    entries = tuple(dict.fromkeys(person.entry_id for person in passing))
    return Check("capacity", outcome, len(passing), passing[:NAMED], params, entries)


def _reserves(session: Session, programme_id: int, people: Sequence[_Noted]) -> Check:
    """Ranks go 1, 2, … in each course; of those announced before only standing ones are still taken."""
    before = session.execute(
        select(Application.course_id, Decision.reserve_rank, Application.status)
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(
            Entry.programme_id == programme_id,
            Decision.stage == Stage.FINAL,
            Decision.result == Result.RESERVE,
            Decision.announced_at.is_not(None),
        )
    )
    taken: Counter[tuple[int, int | None]] = Counter()
    known: set[tuple[int, int | None]] = set()
    for course_id, rank, status in before:
        known.add((course_id, rank))
        taken[course_id, rank] += status is ApplicationStatus.FINAL_RESERVE
    reserves = [one for one in people if one.result is Result.RESERVE]
    for one in reserves:
        known.add((one.course_id, one.rank))
        taken[one.course_id, one.rank] += 1
    double = [one for one in reserves if one.rank is None or taken[one.course_id, one.rank] > 1]
    if double:
        return _check("reserves", (one.named("rehearsal.rank-twice") for one in double), Outcome.STOP)
    gaps = [
        one for one in reserves if one.rank and one.rank > 1 and (one.course_id, one.rank - 1) not in known
    ]
    return _check("reserves", (one.named("rehearsal.rank-gap") for one in gaps), reserves=len(reserves))


def _flags(session: Session, people: Sequence[_Noted]) -> Check:
    """People who would pass although no clerk waived a mark on their entry."""
    waived = waived_flags(session, [one.entry_id for one in people if one.flags])
    return _check(
        "flags",
        (
            one.named(f"rehearsal.{flag}")
            for one in people
            if one.result is not Result.FAIL
            for flag in one.flags
            if flag not in waived.get(one.entry_id, ())
        ),
    )


def _duplicates(session: Session, programme_id: int, stage: Stage, people: Sequence[_Noted]) -> Check:
    """Different results of one course for two people in doubt of being one, or for one with two entries."""
    first, second = aliased(Applicant), aliased(Applicant)
    pairs = session.execute(
        select(SuspectedDuplicate.first_id, SuspectedDuplicate.second_id)
        .join(first, first.id == SuspectedDuplicate.first_id)
        .join(second, second.id == SuspectedDuplicate.second_id)
        .where(
            SuspectedDuplicate.verdict == SuspicionVerdict.OPEN,
            or_(first.programme_id == programme_id, second.programme_id == programme_id),
        )
    ).all()
    noted: dict[tuple[int, int], list[_Noted]] = defaultdict(list)
    results = _announced_results(session, programme_id, stage)
    for one in people:
        noted[one.applicant_id, one.course_id].append(one)
        results[one.applicant_id, one.course_id].add(one.result)
    groups: list[tuple[tuple[int, ...], str]] = [((left, right), "rehearsal.doubt") for left, right in pairs]
    groups += [((one,), "rehearsal.one-person") for one in dict.fromkeys(row.applicant_id for row in people)]
    concerned: list[Person] = []
    courses = dict.fromkeys(one.course_id for one in people)
    for group, code in groups:
        for course_id in courses:
            told = [results[one, course_id] for one in group if (one, course_id) in results]
            if len(told) == len(group) and len(set().union(*told)) > 1:
                rows = (row for one in group for row in noted.get((one, course_id), ()))
                concerned += [row.named(code) for row in rows]
    return _check("duplicates", concerned)


def _announced_results(
    session: Session, programme_id: int, stage: Stage
) -> defaultdict[tuple[int, int], set[Result]]:
    """Return what was announced before, by person and course."""
    query = (
        select(Application.applicant_id, Application.course_id, Decision.result)
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(
            Entry.programme_id == programme_id, Decision.stage == stage, Decision.announced_at.is_not(None)
        )
    )
    found: defaultdict[tuple[int, int], set[Result]] = defaultdict(set)
    for applicant_id, course_id, result in session.execute(query):
        found[applicant_id, course_id].add(result)
    return found
