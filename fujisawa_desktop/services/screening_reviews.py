"""What a reviewer reads and what the reviewer says of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import InputFileError, RuleError
from fujisawa_desktop.models import Applicant, Course, Entry, EntryAnswer, Review, ReviewState, Score
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.blind import COVER, cover, telling_words
from fujisawa_desktop.rules.screening import check_points, weighted_total
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.screening_core import (
    FINISHED,
    Candidate,
    CriterionRow,
    ReviewerRow,
    StoredReview,
    candidate_of,
    criteria_of,
    in_force,
    refresh_scores,
    reviewer_of,
    reviewers_of,
    reviews_of,
    rule_of,
)
from fujisawa_desktop.services.stale import NOT_STORED, refuse_stale
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a reviewer may read of one entry.

    Attributes:
        name, kana, school: empty in blind reading; ``school`` is school, faculty and department.
        answers: heading and text, as typed or with words covered.
        covered: places covered in the answers; None when the reading is not blind.
    """

    name: str
    kana: str
    school: str
    grade: str
    weekdays: str
    answers: tuple[tuple[str, str], ...]
    covered: int | None


@dataclass(frozen=True, slots=True)
class OtherReview:
    """What another reviewer says of the same entry."""

    reviewer: str
    state: ReviewState
    total: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """Everything a reviewer has in front of them for one entry.

    Attributes:
        state: how far the reviewer is, None when nothing was saved yet.
        others: what the others say; empty while it is hidden.
        others_hidden: how many reviews of others are hidden until the own one is done.
        others_at_work: how many others have yet to finish while theirs is hidden; who does not judge the
            entry waits for them.
        is_locked: the result is announced; nothing may change any more.
        standing: those of the flags that a clerk said stand.
        version: of the own review.
    """

    application_id: int
    number: str
    course_id: int
    course: str
    flags: tuple[str, ...]
    text: ReadText
    criteria: tuple[CriterionRow, ...]
    state: ReviewState | None
    points: Mapping[int, int]
    comment: str
    others: tuple[OtherReview, ...]
    others_hidden: int
    others_at_work: int
    is_locked: bool
    standing: tuple[str, ...] = ()
    version: int = NOT_STORED


@dataclass(frozen=True, slots=True)
class ReviewSaved:
    """A saved review; ``total`` only when it is done."""

    change: ChangeSet
    state: ReviewState
    total: int | None
    version: int


def review_sheet(database: Database, *, application_id: int, reviewer_id: int) -> ReviewSheet:
    """Return one entry as a reviewer may see it.

    In a programme that hides them, what others say is not returned before the own review is done.  Who
    does not judge the entry sees it once all others are done: nobody may look first and judge after.
    Once the result is announced nothing is hidden, since nothing can be changed.

    Raises:
        NotFoundError: the application or the reviewer is gone.
        RuleError: ``screening.not-your-course``.
    """
    with database.read() as session:
        programme_id, candidate = candidate_of(session, application_id)
        reviewer = reviewer_of(session, programme_id, reviewer_id)
        if not reviewer.judges(candidate.course_id):
            raise RuleError("screening.not-your-course")
        rule = rule_of(session, programme_id)
        criteria = in_force(criteria_of(session, programme_id), candidate.course_id)
        reviews = reviews_of(session, application_ids=[application_id])
        own = next((review for review in reviews if review.reviewer_id == reviewer_id), None)
        panel = reviewers_of(session, programme_id)
        names = {row.id: row.name for row in panel}
        at_work = _others_at_work(panel, candidate, reviews, reviewer_id)
        others = tuple(
            OtherReview(
                names.get(review.reviewer_id, ""),
                review.state,
                review.total(criteria) if review.state is ReviewState.DONE else None,
                review.comment,
            )
            for review in sorted(reviews, key=lambda review: review.reviewer_id)
            if review.reviewer_id != reviewer_id and review.state in FINISHED
        )
        state = own.state if own is not None else None
        may_see = state is ReviewState.DONE or (state is ReviewState.RECUSED and not at_work)
        hidden = rule.hides_others and not may_see and not candidate.is_announced
        return ReviewSheet(
            application_id=application_id,
            number=candidate.number,
            course_id=candidate.course_id,
            course=session.get_one(Course, candidate.course_id).short_name,
            flags=candidate.flags,
            text=read_texts(session, [candidate], blind=rule.is_blind)[application_id],
            criteria=criteria,
            state=state,
            points=own.points if own is not None else {},
            comment=own.comment if own is not None else "",
            others=() if hidden else others,
            others_hidden=len(others) if hidden else 0,
            others_at_work=at_work if hidden else 0,
            is_locked=candidate.is_announced,
            standing=candidate.standing,
            version=own.version if own is not None else NOT_STORED,
        )


def _others_at_work(
    panel: Iterable[ReviewerRow], candidate: Candidate, reviews: Iterable[StoredReview], reviewer_id: int
) -> int:
    finished = {review.reviewer_id for review in reviews if review.state in FINISHED}
    return sum(
        row.judges(candidate.course_id) and row.id != reviewer_id and row.id not in finished for row in panel
    )


def read_texts(session: Session, candidates: list[Candidate], *, blind: bool) -> dict[int, ReadText]:
    """Return what may be read of some applications."""
    entry_ids = {candidate.entry_id for candidate in candidates}
    answers: dict[int, list[tuple[str, str]]] = {}
    query = select(EntryAnswer.entry_id, EntryAnswer.heading, EntryAnswer.text)
    people = select(Entry, Applicant).join(Applicant, Applicant.id == Entry.applicant_id)
    if len(entry_ids) == 1:
        only = next(iter(entry_ids))
        query, people = query.where(EntryAnswer.entry_id == only), people.where(Entry.id == only)
    elif candidates:
        of_programme = session.get_one(Entry, candidates[0].entry_id).programme_id
        query = query.join(Entry, Entry.id == EntryAnswer.entry_id).where(Entry.programme_id == of_programme)
        people = people.where(Entry.programme_id == of_programme)
    for entry_id, heading, text in session.execute(
        query.order_by(EntryAnswer.entry_id, EntryAnswer.position)
    ):
        if entry_id in entry_ids and text.strip():
            answers.setdefault(entry_id, []).append((heading, text))
    known = {entry.id: (entry, person) for entry, person in session.execute(people)}
    return {
        candidate.application_id: _read(
            *known[candidate.entry_id], answers.get(candidate.entry_id, []), blind=blind
        )
        for candidate in candidates
    }


def _read(entry: Entry, person: Applicant, answers: list[tuple[str, str]], *, blind: bool) -> ReadText:
    school = " ".join(part for part in (person.school, person.faculty, person.department) if part)
    if not blind:
        return ReadText(
            person.name, person.kana, school, person.grade, entry.weekdays, tuple(answers), covered=None
        )
    words = telling_words(
        names=[person.name_entered, person.name_official or "", person.kana],
        schools=[person.school, person.faculty, person.department],
        literal=[person.mail, person.phone, person.address, entry.number],
    )
    covered, places = [], 0
    for heading, text in answers:
        if any(word in heading for word in hidden_headings()):
            covered.append((heading, COVER))
            places += 1
        else:
            found = cover(text, words)
            covered.append((heading, found.text))
            places += found.places
    return ReadText("", "", "", person.grade, entry.weekdays, tuple(covered), places)


@cache
def hidden_headings() -> tuple[str, ...]:
    """Return the words whose headings are covered whole in blind reading.

    Raises:
        InputFileError: ``screening.template-broken``.
    """
    path = resources_dir() / "screening" / "blind.toml"
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))["hidden_headings"]
        return tuple(str(word) for word in words)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputFileError("screening.template-broken", file=path.name) from error


# --- saving ----------------------------------------------------------------------


def save_review(
    database: Database,
    *,
    application_id: int,
    reviewer_id: int,
    state: ReviewState,
    points: Mapping[int, int],
    comment: str = "",
    version: int | None = None,
    actor: str | None = None,
) -> ReviewSaved:
    """Store what a reviewer says of one application; its figure follows in the same act.

    A draft and a skipped review keep the points given so far; somebody who does not judge keeps none.
    ``version`` is that of the review on the screen; None does not compare.

    Raises:
        ConflictError: somebody else saved this review meanwhile.
        ValidationError: points do not fit the criteria of the course, or are missing in a done review.
        RuleError: another course's reviewer, no criteria yet, or the result is announced.
        NotFoundError: the application or the reviewer is gone.
    """
    with unit_of_work(database, "screening.review", actor=actor, review_state=state) as work:
        session = work.session
        programme_id, candidate = candidate_of(session, application_id)
        if not reviewer_of(session, programme_id, reviewer_id).judges(candidate.course_id):
            raise RuleError("screening.not-your-course")
        check_open(candidate)
        criteria = in_force(criteria_of(session, programme_id), candidate.course_id)
        if not criteria:
            raise RuleError("screening.no-criteria")
        yardsticks = [row.yardstick for row in criteria]
        given = {} if state is ReviewState.RECUSED else dict(points)
        check_points(given, yardsticks, whole=state is ReviewState.DONE)
        query = select(Review).where(
            Review.application_id == application_id, Review.reviewer_id == reviewer_id
        )
        review = session.scalars(query).first()
        refuse_stale(version, review.version if review else None)
        if review is None:
            review = Review(application_id=application_id, reviewer_id=reviewer_id, state=state)
            review.saved_at = work.now
            session.add(review)
        before = (review.state, review.comment, _points(session, review.id))
        review.state, review.comment = state, comment.strip()
        if (state, review.comment, given) != before:
            review.saved_at = work.now
        session.flush()
        _set_points(session, review.id, given)
        refresh_scores(work, programme_id, [application_id])
        total = weighted_total(given, yardsticks) if state is ReviewState.DONE else None
        return ReviewSaved(work.commit(), state, total, review.version)


def check_open(candidate: Candidate) -> None:
    """Make sure that the screening of an application may still change.

    Raises:
        RuleError: ``screening.announced``: what was announced rests on these figures.
    """
    if candidate.is_announced:
        raise RuleError("screening.announced")


def _points(session: Session, review_id: int | None) -> dict[int, int]:
    if review_id is None:
        return {}
    return {row.criterion_id: row.points for row in _scores(session, review_id)}


def _scores(session: Session, review_id: int) -> list[Score]:
    return list(session.scalars(select(Score).where(Score.review_id == review_id)))


def _set_points(session: Session, review_id: int, points: Mapping[int, int]) -> None:
    stored = {row.criterion_id: row for row in _scores(session, review_id)}
    for criterion_id, row in stored.items():
        if criterion_id not in points:
            session.delete(row)
        elif row.points != points[criterion_id]:
            row.points = points[criterion_id]
    session.add_all(
        Score(review_id=review_id, criterion_id=criterion_id, points=number)
        for criterion_id, number in points.items()
        if criterion_id not in stored
    )
    session.flush()
