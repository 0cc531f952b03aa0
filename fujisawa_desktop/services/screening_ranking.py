"""The ranking of a course: sorted by the program, decided by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Applicant, Application, Decision, ReviewState
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.screening import Line, is_split, line, ranks, spread
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.screening_core import (
    FINISHED,
    Aggregate,
    Candidate,
    ReviewerRow,
    candidates_of,
    courses_of,
    criteria_of,
    in_force,
    is_out,
    reviewer_of,
    reviewers_of,
    reviews_of,
    rule_of,
)


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One application in the ranking of its course.

    Attributes:
        rank: None while there is no figure, and for people who are left out.
        name, kana, school: empty in blind reading.
        score: hundredths of a point.
        totals: each reviewer's total in the order of the ranking's reviewers; None without one.
        states: how far each reviewer is.
        spread: hundredths between the highest and the lowest total.
        is_split: the reviewers are far apart.
        is_tied: somebody else has the same rank.
        waiting: reviewers who have not finished.
        decided: result noted or announced in the first screening.
    """

    rank: int | None
    application_id: int
    entry_id: int
    number: str
    name: str
    kana: str
    school: str
    score: int | None
    totals: tuple[int | None, ...]
    states: tuple[ReviewState | None, ...]
    spread: int
    is_split: bool
    is_tied: bool
    waiting: int
    flags: tuple[str, ...]
    status: ApplicationStatus
    decided: Result | None
    is_announced: bool
    standing: tuple[str, ...] = ()

    @property
    def is_excluded(self) -> bool:
        """Whether it takes no part in the ranking."""
        return bool(self.flags) or is_out(self.status, is_announced=self.is_announced)


@dataclass(frozen=True, slots=True)
class CourseRanking:
    """All applications of a course, best first, those without a figure last.

    Attributes:
        places: for how many people the line is drawn.
        above: applications surely above the line, in order of rank.
        tied: applications that share the score through which the line would go.
        unread: applications without any figure.
        incomplete: applications with a figure that not every reviewer has given.
    """

    course_id: int
    course: str
    capacity: int
    capacity_approximate: bool
    aggregate: Aggregate
    is_blind: bool
    reviewers: tuple[ReviewerRow, ...]
    rows: tuple[RankingRow, ...]
    places: int
    line: Line
    above: tuple[int, ...]
    tied: tuple[int, ...]
    unread: int
    incomplete: int
    left_out: int


def course_ranking(
    database: Database,
    *,
    programme_id: int,
    course_id: int,
    places: int | None = None,
    reviewer_id: int | None = None,
    with_excluded: bool = False,
) -> CourseRanking:
    """Return the ranking of a course.

    Args:
        database: the open database.
        programme_id: the programme.
        course_id: the course.
        places: for how many people the line is drawn; the capacity of the course if not given.
        reviewer_id: the reviewer who looks, ``None`` for the office.
        with_excluded: show flagged and withdrawn entries too, without a rank.

    Raises:
        NotFoundError: ``programme.none``, ``screening.course-gone`` or ``screening.reviewer-gone``.
        RuleError: ``screening.others-hidden``, the reviewer has not judged all entries yet;
            ``screening.others-at-work``, others still read what this reviewer does not judge.
    """
    with database.read() as session:
        course = courses_of(session, programme_id).get(course_id)
        if course is None:
            raise NotFoundError("screening.course-gone")
        rule = rule_of(session, programme_id)
        everybody = candidates_of(session, programme_id=programme_id, course_ids=[course_id])
        taken = [one for one in everybody if not one.is_excluded]
        if reviewer_id is not None and rule.hides_others:
            _refuse_unfinished(session, programme_id, course_id, reviewer_id, taken)
        reviewers = tuple(row for row in reviewers_of(session, programme_id) if row.judges(course_id))
        rows = _Rows(session, programme_id, course_id, reviewers, is_blind=rule.is_blind).made(
            everybody if with_excluded else taken
        )
        wanted = course.capacity if places is None else max(places, 0)
        drawn = line([row.score for row in rows if row.rank is not None and row.score is not None], wanted)
        over = [row for row in rows if row.rank is not None]
        return CourseRanking(
            course_id=course_id,
            course=course.short_name,
            capacity=course.capacity,
            capacity_approximate=course.capacity_approximate,
            aggregate=rule.aggregate,
            is_blind=rule.is_blind,
            reviewers=reviewers,
            rows=tuple(rows),
            places=wanted,
            line=drawn,
            above=tuple(row.application_id for row in over[: drawn.above]),
            tied=tuple(row.application_id for row in over[drawn.above : drawn.above + drawn.tied]),
            unread=sum(row.score is None and not row.is_excluded for row in rows),
            incomplete=sum(row.score is not None and row.waiting > 0 for row in over),
            left_out=len(everybody) - len(taken),
        )


def _refuse_unfinished(
    session: Session, programme_id: int, course_id: int, reviewer_id: int, taken: Sequence[Candidate]
) -> None:
    judges = reviewer_of(session, programme_id, reviewer_id).judges(course_id)
    own = [one.application_id for one in taken if judges and not one.is_announced]
    states: dict[int, dict[int, ReviewState]] = {key: {} for key in own}
    for review in reviews_of(session, application_ids=own):
        states[review.application_id][review.reviewer_id] = review.state
    left = sum(said.get(reviewer_id) not in FINISHED for said in states.values())
    if left:
        raise RuleError("screening.others-hidden", count=left)
    panel = [row.id for row in reviewers_of(session, programme_id) if row.judges(course_id)]
    waits = sum(
        said[reviewer_id] is ReviewState.RECUSED and any(said.get(key) not in FINISHED for key in panel)
        for said in states.values()
    )
    if waits:
        raise RuleError("screening.others-at-work", count=waits)


class _Rows:
    """Puts the rows of a ranking together from few queries."""

    def __init__(
        self,
        session: Session,
        programme_id: int,
        course_id: int,
        reviewers: tuple[ReviewerRow, ...],
        *,
        is_blind: bool,
    ) -> None:
        self._session = session
        self._criteria = in_force(criteria_of(session, programme_id), course_id)
        self._reviewers = reviewers
        self._people = {} if is_blind else self._read_people(course_id)
        self._decisions = self._read_decisions(course_id)

    def made(self, candidates: Sequence[Candidate]) -> list[RankingRow]:
        place = ranks(
            {
                one.application_id: one.score
                for one in candidates
                if one.score is not None and not one.is_excluded
            }
        )
        shared = Counter(place.values())
        reviews: dict[int, dict[int, tuple[ReviewState, int | None]]] = {}
        for review in reviews_of(self._session, application_ids=[one.application_id for one in candidates]):
            total = review.total(self._criteria) if review.state is ReviewState.DONE else None
            reviews.setdefault(review.application_id, {})[review.reviewer_id] = (review.state, total)
        ties = {rank for rank, count in shared.items() if count > 1}
        rows = [
            self._row(one, place.get(one.application_id), reviews.get(one.application_id, {}), ties)
            for one in candidates
        ]
        last = len(candidates) + 1
        return sorted(rows, key=lambda row: (row.is_excluded, row.rank or last, row.number))

    def _row(
        self,
        one: Candidate,
        rank: int | None,
        reviews: dict[int, tuple[ReviewState, int | None]],
        ties: set[int],
    ) -> RankingRow:
        said = [reviews.get(reviewer.id, (None, None)) for reviewer in self._reviewers]
        given = [total for _state, total in reviews.values() if total is not None]
        person = self._people.get(one.applicant_id)
        decision = self._decisions.get(one.application_id)
        return RankingRow(
            rank=rank,
            application_id=one.application_id,
            entry_id=one.entry_id,
            number=one.number,
            name=person.name if person else "",
            kana=person.kana if person else "",
            school=person.school if person else "",
            score=one.score,
            totals=tuple(total for _state, total in said),
            states=tuple(state for state, _total in said),
            spread=spread(given),
            is_split=is_split(given),
            is_tied=rank in ties,
            waiting=sum(state not in FINISHED for state, _total in said),
            flags=one.flags,
            status=one.status,
            decided=decision,
            is_announced=one.is_announced,
            standing=one.standing,
        )

    def _read_people(self, course_id: int) -> dict[int, Applicant]:
        query = (
            select(Applicant)
            .join(Application, Application.applicant_id == Applicant.id)
            .where(Application.course_id == course_id)
        )
        return {person.id: person for person in self._session.scalars(query)}

    def _read_decisions(self, course_id: int) -> dict[int, Result]:
        query = (
            select(Decision.application_id, Decision.result)
            .join(Application, Application.id == Decision.application_id)
            .where(Application.course_id == course_id, Decision.stage == Stage.FIRST)
        )
        return dict(self._session.execute(query).all())
