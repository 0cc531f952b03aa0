"""Checks of the selection: entries and their applications, states, decisions, ranks, points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Announcement,
    Applicant,
    Application,
    Appointment,
    Course,
    Criterion,
    Decision,
    Entry,
    Interview,
    InterviewCriterion,
    InterviewReview,
    InterviewScore,
    PersonMerge,
    Programme,
    Reply,
    ReplyKind,
    Review,
    Score,
)
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage, status_after_release
from fujisawa_desktop.services.integrity_findings import Check, Finding
from fujisawa_desktop.services.screening_core import refresh_scores, scores_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_S = ApplicationStatus
_AFTER_PASS: Final = frozenset({_S.FINAL_PASSED, _S.ACCEPTED, _S.WITHDRAWN, _S.APPOINTED})
_UNDECIDED: Final = frozenset({_S.RECEIVED, _S.INELIGIBLE, _S.WITHDRAWN})


def _persons(session: Session) -> Iterator[Finding]:
    query = (
        select(Application.id, Entry.applicant_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Application.applicant_id != Entry.applicant_id)
    )
    for key, person in session.execute(query.order_by(Application.id)):
        yield Finding("application-person", "application", key, person, is_repairable=True)


def _give_to_entry(work: UnitOfWork, found: Sequence[Finding]) -> None:
    work.update_many(Application, {one.row_id: {"applicant_id": one.applicant_id} for one in found})


def _programmes(session: Session) -> Iterator[Finding]:
    foreign_course = (
        select(Application.id, Application.applicant_id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Course, Course.id == Application.course_id)
        .where(Course.programme_id != Entry.programme_id)
    )
    for key, person in session.execute(foreign_course.order_by(Application.id)):
        yield Finding("course-of-other-year", "application", key, person)
    foreign_person = (
        select(Entry.id, Entry.applicant_id)
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .where(Applicant.programme_id != Entry.programme_id)
    )
    for key, person in session.execute(foreign_person.order_by(Entry.id)):
        yield Finding("person-of-other-year", "entry", key, person)


def _wrong_states(session: Session) -> Iterator[tuple[int, int, ApplicationStatus]]:
    """Yield applications whose state contradicts what was announced, with the state that follows from it."""
    announced: dict[int, dict[Stage, Decision]] = defaultdict(dict)
    for decision in session.scalars(select(Decision).where(Decision.announced_at.is_not(None))):
        announced[decision.application_id][decision.stage] = decision
    appointed = set(session.scalars(select(Appointment.application_id)))
    replies = select(Reply.application_id, Reply.kind).order_by(Reply.id)
    said: dict[int, ReplyKind] = {row.application_id: row.kind for row in session.execute(replies)}
    query = select(Application.id, Application.applicant_id, Application.status).order_by(Application.id)
    for key, person, status in session.execute(query):
        allowed, follows = _states_after(announced.get(key, {}))
        if key in appointed:
            allowed, follows = frozenset({_S.APPOINTED}), _S.APPOINTED
        else:
            allowed -= {_S.APPOINTED}
            follows = _answered(follows, said.get(key))
        if status not in allowed:
            yield key, person, follows


def _states_after(known: dict[Stage, Decision]) -> tuple[frozenset[ApplicationStatus], ApplicationStatus]:
    final, first = known.get(Stage.FINAL), known.get(Stage.FIRST)
    if final is not None:
        passed = final.result is Result.PASS or final.promoted_at is not None
        state = _S.FINAL_PASSED if passed else status_after_release(Stage.FINAL, final.result)
        return (_AFTER_PASS if passed else frozenset({state, _S.WITHDRAWN})), state
    if first is not None and first.result is not Result.RESERVE:
        state = status_after_release(Stage.FIRST, first.result)
        return frozenset({state, _S.WITHDRAWN}), state
    return _UNDECIDED, _S.RECEIVED


def _answered(state: ApplicationStatus, said: ReplyKind | None) -> ApplicationStatus:
    if said is ReplyKind.WITHDRAWN:
        return _S.WITHDRAWN
    return _S.ACCEPTED if said is ReplyKind.ACCEPTED and state is _S.FINAL_PASSED else state


def _states(session: Session) -> Iterator[Finding]:
    for key, person, follows in _wrong_states(session):
        params = {"status": follows}
        yield Finding("status", "application", key, person, params, is_repairable=True)


def _set_states(work: UnitOfWork, _found: Sequence[Finding]) -> None:
    work.update_many(
        Application, {key: {"status": state} for key, _who, state in _wrong_states(work.session)}
    )


def _announcements(session: Session) -> Iterator[Finding]:
    recorded = exists().where(
        Announcement.programme_id == Entry.programme_id, Announcement.stage == Decision.stage
    )
    # The first version of the program announced without keeping a record of it; its files are whole.
    keeps_records = exists().where(Announcement.programme_id == Entry.programme_id)
    query = (
        select(Decision.id, Application.applicant_id, Decision.stage)
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Decision.announced_at.is_not(None))
        .order_by(Decision.id)
    )
    for key, person, stage in session.execute(query.where(keeps_records, ~recorded)):
        yield Finding("announced-unrecorded", "decision", key, person, {"stage": stage})
    first = select(Decision.application_id).where(
        Decision.stage == Stage.FIRST, Decision.announced_at.is_not(None), Decision.result == Result.PASS
    )
    early = query.where(Decision.stage == Stage.FINAL, Decision.application_id.not_in(first))
    for key, person, stage in session.execute(early):
        yield Finding("final-without-first", "decision", key, person, {"stage": stage})


def _ranks(session: Session) -> Iterator[Finding]:
    loose = (
        select(Decision.id, Application.applicant_id)
        .join(Application, Application.id == Decision.application_id)
        .where(Decision.result != Result.RESERVE, Decision.reserve_rank.is_not(None))
    )
    for key, person in session.execute(loose.order_by(Decision.id)):
        yield Finding("rank-without-reserve", "decision", key, person, is_repairable=True)
    held = (
        select(Application.course_id, Decision.reserve_rank)
        .join(Application, Application.id == Decision.application_id)
        .where(Decision.stage == Stage.FINAL, Decision.result == Result.RESERVE)
        .where(Decision.promoted_at.is_(None), Application.status == _S.FINAL_RESERVE)
        .group_by(Application.course_id, Decision.reserve_rank)
        .having(func.count() > 1)
    )
    for course_id, rank in session.execute(held):
        course = session.get_one(Course, course_id).short_name
        yield Finding("rank-twice", "course", course_id, params={"course_name": course, "rank": rank or 0})


def _take_ranks_away(work: UnitOfWork, found: Sequence[Finding]) -> None:
    ids = [one.row_id for one in found if one.kind == "rank-without-reserve"]
    work.update_many(Decision, {key: {"reserve_rank": None} for key in ids})


def _wrong_scores(session: Session) -> Iterator[tuple[int, int, int]]:
    """Yield programme, application and person where the stored figure is not that of the reviews."""
    for programme_id in session.scalars(select(Programme.id).order_by(Programme.id)):
        query = (
            select(Application.id, Application.score, Application.applicant_id)
            .join(Entry, Entry.id == Application.entry_id)
            .where(Entry.programme_id == programme_id)
            .where(Application.score.is_not(None) | exists().where(Review.application_id == Application.id))
        )
        stored = {key: (score, person) for key, score, person in session.execute(query)}
        right = scores_of(session, programme_id, list(stored))
        for key, (score, person) in stored.items():
            if right.get(key) != score:
                yield programme_id, key, person


def _scores(session: Session) -> Iterator[Finding]:
    for _programme_id, key, person in _wrong_scores(session):
        yield Finding("score", "application", key, person, is_repairable=True)


def _work_out_scores(work: UnitOfWork, _found: Sequence[Finding]) -> None:
    by_programme: dict[int, list[int]] = defaultdict(list)
    for programme_id, key, _person in _wrong_scores(work.session):
        by_programme[programme_id].append(key)
    for programme_id, keys in by_programme.items():
        refresh_scores(work, programme_id, keys)


def _points(session: Session) -> Iterator[Finding]:
    screening = (
        select(Score.id, Application.applicant_id, Criterion.max_points, Score.points)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Review, Review.id == Score.review_id)
        .join(Application, Application.id == Review.application_id)
        .where(Score.points > Criterion.max_points)
    )
    interviews = (
        select(
            InterviewScore.id, Interview.applicant_id, InterviewCriterion.max_points, InterviewScore.points
        )
        .join(InterviewCriterion, InterviewCriterion.id == InterviewScore.criterion_id)
        .join(InterviewReview, InterviewReview.id == InterviewScore.review_id)
        .join(Interview, Interview.id == InterviewReview.interview_id)
        .where(InterviewScore.points > InterviewCriterion.max_points)
    )
    for table, query in (("score", screening), ("interview_score", interviews)):
        for key, person, most, points in session.execute(query):
            yield Finding("points-over", table, key, person, {"points": points, "most": most})


def _merges(session: Session) -> Iterator[Finding]:
    query = (
        select(PersonMerge.id, PersonMerge.gone_id)
        .where(exists().where(Entry.applicant_id == PersonMerge.gone_id))
        .order_by(PersonMerge.id)
    )
    for key, person in session.execute(query):
        yield Finding("merge-entries", "person_merge", key, person)


SELECTION_CHECKS: Final = (
    Check("application-person", _persons, _give_to_entry),
    Check("programmes", _programmes),
    Check("ranks", _ranks, _take_ranks_away),
    Check("status", _states, _set_states),
    Check("announcements", _announcements),
    Check("score", _scores, _work_out_scores),
    Check("points", _points),
    Check("merges", _merges),
)
