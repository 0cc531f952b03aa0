"""What narrows a list beyond courses, states and marks: points, ranks, results noted, days, years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from fujisawa_desktop.models import Applicant, Application, Decision, Entry
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import DECIDED_FROM, LEFT_OUT, Stage
from fujisawa_desktop.services.rulings import not_waived_condition

NOTED: Final = ("noted", "undecided")
"""``noted``: a result waits to be announced; ``undecided``: a screening is due and has no result yet."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Further conditions; all of them must hold, an empty one asks nothing.

    Attributes:
        score_from, score_to: points of the first screening in hundredths, both included.
        rank_to: only the first so many of a course by points; equals share a rank.
        noted: one of ``NOTED``.
        grades: any of these years of study, as stored.
        weekdays: any of these days, as ``月水``.
        received_from, received_until: days on which the entry came, both included.
    """

    score_from: int | None = None
    score_to: int | None = None
    rank_to: int | None = None
    noted: str = ""
    grades: frozenset[str] = frozenset()
    weekdays: str = ""
    received_from: date | None = None
    received_until: date | None = None


def entry_conditions(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    """Return what an entry must fulfil whatever course it is for."""
    wanted: list[ColumnElement[bool]] = []
    if narrowing.grades:
        people = select(Applicant.id).where(Applicant.grade.in_(sorted(narrowing.grades)))
        wanted.append(Entry.applicant_id.in_(people))
    if narrowing.weekdays:
        wanted.append(or_(*(Entry.weekdays.contains(day, autoescape=True) for day in narrowing.weekdays)))
    if narrowing.received_from is not None:
        wanted.append(Entry.received_at >= datetime.combine(narrowing.received_from, time()))
    if narrowing.received_until is not None:
        after = datetime.combine(narrowing.received_until, time()) + timedelta(days=1)
        wanted.append(Entry.received_at < after)
    return wanted


def application_conditions(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    """Return what one and the same application of the entry must fulfil."""
    wanted: list[ColumnElement[bool]] = []
    if narrowing.score_from is not None:
        wanted.append(Application.score >= narrowing.score_from)
    if narrowing.score_to is not None:
        wanted.append(Application.score <= narrowing.score_to)
    if narrowing.rank_to is not None:
        ranked = ranking().subquery()
        wanted.append(Application.id.in_(select(ranked.c.id).where(ranked.c.rank <= narrowing.rank_to)))
    if narrowing.noted == "noted":
        waiting = exists().where(Decision.application_id == Application.id)
        wanted.append(waiting.where(Decision.announced_at.is_(None)))
        wanted.append(Application.status.not_in(LEFT_OUT))
    elif narrowing.noted == "undecided":
        wanted.append(_is_undecided())
    return wanted


def entry_part(narrowing: Narrowing) -> Narrowing:
    """Return the conditions without those that one application must fulfil."""
    return replace(narrowing, score_from=None, score_to=None, rank_to=None, noted="")


def ranking() -> Select[int, int]:
    """Return the statement for the rank of every application that has points, within its course.

    As in the ranking of the first screening, an application has none that left the selection, or
    whose entry bears a flag no clerk has waived.
    """
    place = func.rank().over(partition_by=Application.course_id, order_by=Application.score.desc())
    return (
        select(Application.id, place.label("rank"))
        .join(Entry, Entry.id == Application.entry_id)
        .where(Application.score.is_not(None), takes_part())
    )


def announced_ranking() -> Select[int, int]:
    """Return the same as it was when the results of the first screening were announced.

    Who left the selection after that was ranked then, and keeps the place.
    """
    place = func.rank().over(partition_by=Application.course_id, order_by=Application.score.desc())
    told = exists().where(
        Decision.application_id == Application.id,
        Decision.stage == Stage.FIRST,
        Decision.announced_at.is_not(None),
    )
    # Nobody who has withdrawn is told a result: where somebody was, the withdrawal came later.
    ranked_then = and_(told, ~not_waived_condition(beside=EntryFlag.WITHDRAWN))
    return (
        select(Application.id, place.label("rank"))
        .join(Entry, Entry.id == Application.entry_id)
        .where(Application.score.is_not(None), or_(takes_part(), ranked_then))
    )


def takes_part() -> ColumnElement[bool]:
    """Return the condition under which an application, joined with its entry, is ranked by points."""
    return and_(Application.status.not_in(LEFT_OUT), ~not_waived_condition())


def _is_undecided() -> ColumnElement[bool]:
    return or_(
        *(
            and_(
                Application.status == status,
                ~exists().where(Decision.application_id == Application.id, Decision.stage == stage),
            )
            for stage, status in DECIDED_FROM.items()
        )
    )
