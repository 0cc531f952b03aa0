"""The groups of people a letter can be made for: a result, a course, those not told yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Application, Decision, DecisionCorrection, Interview, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import LEFT_OUT, Result, Stage
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.letter_rows import LetterRow, letter_query, letter_records, letter_row
from fujisawa_desktop.services.letter_stages import NOT_INTERVIEWED, STAGES
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, paper_kind, plain_order

_RESULTS: Final = {Result.PASS: "pass", Result.RESERVE: "reserve", Result.FAIL: "fail"}


class Audience(StrEnum):
    """By what people are chosen."""

    EVERYBODY = "everybody"
    CHOSEN = "chosen"
    """The people a clerk chose in a list."""
    PASS = "pass"  # noqa: S105 - a result, no password
    RESERVE = "reserve"
    FAIL = "fail"
    NOT_TOLD = "not-told"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """A group of people.

    Attributes:
        audience: by what they are chosen.
        name: the course, where it is one.
        count: how many entries; ``None`` while nobody has counted.
        application_ids: their applications; ``None`` where all are meant.
    """

    audience: Audience
    name: str = ""
    count: int | None = None
    application_ids: frozenset[int] | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells groups apart."""
        return self.audience.value, self.name


@dataclass(frozen=True, slots=True)
class _Addressee:
    """One application a letter is about, with the result it tells."""

    row: LetterRow
    result: Result | None


def paper_audiences(database: Database, *, programme_id: int, kind: str) -> tuple[AudienceGroup, ...]:
    """Return the groups that a kind of paper can be made for, everybody first; groups of nobody are left out.

    Kinds that are no letters about applications have no groups.

    Raises:
        NotFoundError: ``programme.none``, ``papers.kind-unknown``.
    """
    chosen = paper_kind(kind)
    with database.read() as session:
        order = plain_order(session, programme_id, chosen)
        found = _addressees(session, order)
        if not found:
            return ()
        told = _told(session, order, found)
    groups = [AudienceGroup(Audience.EVERYBODY, count=_entries(found))]
    for result, name in _RESULTS.items():
        groups.append(_group(Audience(name), (one for one in found if one.result is result)))
    untold = (one for one in found if one.row.application_id not in told)
    groups.append(_group(Audience.NOT_TOLD, untold))
    courses = dict.fromkeys(one.row.course for one in found)
    if len(courses) > 1:
        groups += [_of_course(found, course) for course in courses]
    return tuple(group for group in groups if group.count)


def _group(audience: Audience, people: Iterable[_Addressee], name: str = "") -> AudienceGroup:
    chosen = list(people)
    ids = frozenset(one.row.application_id for one in chosen)
    return AudienceGroup(audience, name, _entries(chosen), ids)


def _of_course(found: Sequence[_Addressee], course: str) -> AudienceGroup:
    return _group(Audience.COURSE, (one for one in found if one.row.course == course), course)


def _entries(people: Sequence[_Addressee]) -> int:
    return len({one.row.entry_id for one in people})


def _addressees(session: Session, order: PaperOrder) -> list[_Addressee]:
    """Return the applications that letters of the kind are about when they are made for everybody."""
    stage = STAGES.get(order.kind)
    if stage is not None:
        return _of_results(session, order, stage)
    if order.kind is PaperKind.INTERVIEW_INVITATION:
        query = letter_query(order, Interview.id).join(Interview, about_application())
        query = query.where(Application.status.not_in(NOT_INTERVIEWED))
        return [_Addressee(letter_row(record), None) for record in letter_records(session, order, query)]
    return []


def _of_results(session: Session, order: PaperOrder, stage: Stage) -> list[_Addressee]:
    promoted = order.kind is PaperKind.PROMOTION
    query = (
        letter_query(order, Decision.result)
        .join(Decision, Decision.application_id == Application.id)
        .where(
            Decision.stage == stage,
            Decision.announced_at.is_not(None),
            Decision.promoted_at.is_not(None) if promoted else Decision.promoted_at.is_(None),
        )
    )
    records = letter_records(session, order, query)
    found = [_Addressee(letter_row(record), None if promoted else record[-1]) for record in records]
    return [one for one in found if one.row.status not in LEFT_OUT]


def _told(session: Session, order: PaperOrder, found: Sequence[_Addressee]) -> set[int]:
    """Return the applications about which a letter of the kind was issued that still holds."""
    issued = session.execute(
        select(Notice.applicant_id, Notice.application_id, Notice.issued_at).where(
            Notice.programme_id == order.programme.id, Notice.kind == order.kind.value
        )
    )
    one_by_one: dict[int, datetime] = {}
    all_at_once: dict[int, datetime] = {}
    for applicant_id, application_id, at in issued:
        if application_id is not None:
            one_by_one[application_id] = max(at, one_by_one.get(application_id, at))
        elif applicant_id is not None:
            all_at_once[applicant_id] = max(at, all_at_once.get(applicant_id, at))
    corrected = _corrected(session, order)
    told = set()
    for row in (one.row for one in found):
        moments = (one_by_one.get(row.application_id), all_at_once.get(row.applicant_id))
        newest = max((at for at in moments if at is not None), default=None)
        after = corrected.get(row.application_id)
        if newest is not None and (after is None or newest > after):
            told.add(row.application_id)
    return told


def _corrected(session: Session, order: PaperOrder) -> dict[int, datetime]:
    """Return when announced results of the screening were corrected the last time."""
    stage = STAGES.get(order.kind)
    if stage is None:
        return {}
    rows = session.execute(
        select(DecisionCorrection.application_id, func.max(DecisionCorrection.corrected_at))
        .join(Decision, Decision.id == DecisionCorrection.decision_id)
        .where(Decision.stage == stage)
        .group_by(DecisionCorrection.application_id)
    )
    return {row[0]: row[1] for row in rows}
