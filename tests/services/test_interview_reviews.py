"""Criteria of the interviews, what interviewers say, and the ranking made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, number, office_and_people
from pdf_reading import pages_text

from fujisawa_desktop.documents.specs import DisclosureSpec
from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_booking import book, cancel
from fujisawa_desktop.services.interview_criteria import (
    interview_criteria,
    move_interview_criterion,
    remove_interview_criterion,
    save_interview_criterion,
)
from fujisawa_desktop.services.interview_plan import make_plan
from fujisawa_desktop.services.interview_ranking import FinalRanking, final_ranking
from fujisawa_desktop.services.interview_reviews import ToScore, save_interview_review, scoring_view
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.selection import record_decisions, record_reply, release


@pytest.fixture
def office(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    """Persons 0 and 2 (DX) before 佐野 and 辻, person 1 (child) before 佐野; two criteria."""
    view = office_and_people(database, programme_id, tmp_path, narrow=3)
    for index, who, start in ((0, "佐野", at(9)), (2, "辻", at(9)), (1, "佐野", at(9, 30))):
        book(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, index),
            interviewer_id=interviewer_named(view, who),
            start=start,
        )
    add(database, programme_id, "志望動機", weight=2)
    add(database, programme_id, "協調性", max_points=10)
    return view


def add(database: Database, programme_id: int, name: str, **more: int) -> None:
    save_interview_criterion(
        database, programme_id=programme_id, criterion_id=None, name=name, guidance="見る所", **more
    )


def ids(database: Database, programme_id: int) -> list[int]:
    return [one.id for one in interview_criteria(database, programme_id=programme_id)]


def row(database: Database, programme_id: int, index: int) -> ToScore:
    view = scoring_view(database, programme_id=programme_id)
    return next(one for one in view.interviews if one.number == number(index))


def save(database: Database, programme_id: int, index: int, *points: int, **more: str) -> None:
    one = row(database, programme_id, index)
    save_interview_review(
        database,
        interview_id=one.interview_id,
        interviewer_id=one.interviewer_id,
        points=dict(zip(ids(database, programme_id), points, strict=False)),
        version=one.review.version if one.review else None,
        **more,
    )


def ranking(database: Database, programme_id: int, view: CalendarView, course: int = 0) -> FinalRanking:
    return final_ranking(database, programme_id=programme_id, course_id=view.courses[course].course_id)


def test_criteria_are_added_moved_changed_and_taken_back(database: Database, programme_id: int) -> None:
    for name in ("甲", "乙", "丙"):
        add(database, programme_id, name)
    first, second, _third = ids(database, programme_id)
    move_interview_criterion(database, criterion_id=first, by=1)
    assert [one.name for one in interview_criteria(database, programme_id=programme_id)] == ["乙", "甲", "丙"]
    save_interview_criterion(
        database, programme_id=programme_id, criterion_id=second, name="乙改", max_points=20, weight=3
    )
    changed = interview_criteria(database, programme_id=programme_id)[0]
    assert (changed.name, changed.max_points, changed.weight) == ("乙改", 20, 3)
    remove_interview_criterion(database, criterion_id=second)
    undo(database)
    assert ids(database, programme_id)[0] == second


@pytest.mark.parametrize(
    ("name", "more", "field"),
    [
        (" ", {}, "name"),
        ("甲", {"max_points": 0}, "max_points"),
        ("甲", {"weight": 101}, "weight"),
        ("乙", {}, "name"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(
    database: Database, programme_id: int, name: str, more: dict[str, int], field: str
) -> None:
    add(database, programme_id, "乙")
    with pytest.raises(ValidationError) as refused:
        add(database, programme_id, name, **more)
    assert refused.value.field == field


def test_a_criterion_that_somebody_else_changed_meanwhile_is_not_overwritten(
    database: Database, programme_id: int
) -> None:
    save_interview_criterion(database, programme_id=programme_id, criterion_id=None, name="甲")
    (shown,) = interview_criteria(database, programme_id=programme_id)
    save_interview_criterion(
        database, programme_id=programme_id, criterion_id=shown.id, name="乙", version=shown.version
    )
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        save_interview_criterion(
            database, programme_id=programme_id, criterion_id=shown.id, name="丙", version=shown.version
        )
    assert [one.name for one in interview_criteria(database, programme_id=programme_id)] == ["乙"]


def test_a_scored_criterion_stays_and_is_not_lowered_below_its_points(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    save(database, programme_id, 0, 4, 9)
    first, second = ids(database, programme_id)
    with pytest.raises(RuleError):
        remove_interview_criterion(database, criterion_id=first)
    with pytest.raises(ValidationError) as refused:
        save_interview_criterion(
            database, programme_id=programme_id, criterion_id=second, name="協調性", max_points=8
        )
    assert refused.value.params["given"] == 9
    with pytest.raises(NotFoundError):
        remove_interview_criterion(database, criterion_id=99)


def test_a_half_filled_review_is_kept_and_counts_when_it_is_whole(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    save(database, programme_id, 0, 4, comment="途中まで")
    one = row(database, programme_id, 0)
    assert one.review is not None
    assert (one.is_whole, one.review.total, one.review.comment) == (False, None, "途中まで")
    assert ranking(database, programme_id, office).rows[0].score is None
    save(database, programme_id, 0, 4, 8, recommendation="pass")
    one = row(database, programme_id, 0)
    assert one.review is not None
    # (4 × 2 + 8 × 1) of (5 × 2 + 10 × 1): 16 of 20
    assert (one.is_whole, one.review.total, one.review.recommendation) == (True, 8000, "pass")
    undo(database)
    assert not row(database, programme_id, 0).is_whole


def test_a_review_emptied_is_gone(database: Database, programme_id: int, office: CalendarView) -> None:
    save(database, programme_id, 0, 4, 8, comment="よい")
    save(database, programme_id, 0)
    assert row(database, programme_id, 0).review is None


def test_saving_the_same_again_writes_nothing(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    save(database, programme_id, 0, 4, 8)
    before = row(database, programme_id, 0)
    assert before.review is not None
    save(database, programme_id, 0, 4, 8)
    assert row(database, programme_id, 0) == before


def test_what_is_not_acceptable_is_refused(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    with pytest.raises(ValidationError) as refused:
        save(database, programme_id, 0, 6)
    assert refused.value.code == "screening.points-range"
    with pytest.raises(ValidationError):
        save(database, programme_id, 0, recommendation="maybe")
    one = row(database, programme_id, 0)
    with pytest.raises(RuleError) as elsewhere:
        save_interview_review(
            database,
            interview_id=one.interview_id,
            interviewer_id=interviewer_named(office, "南"),
            points={},
            comment="x",
        )
    assert elsewhere.value.code == "interview.not-of-panel"
    with pytest.raises(NotFoundError):
        save_interview_review(database, interview_id=99, interviewer_id=1, points={})


def test_somebody_elses_review_is_not_overwritten(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    save(database, programme_id, 0, 4, 8)
    one = row(database, programme_id, 0)
    with pytest.raises(ConflictError):
        save_interview_review(
            database, interview_id=one.interview_id, interviewer_id=one.interviewer_id, points={}, comment="x"
        )


def test_an_interview_with_points_is_not_cancelled(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    save(database, programme_id, 0, 4)
    with pytest.raises(RuleError):
        cancel(database, interview_id=row(database, programme_id, 0).interview_id)


def test_the_ranking_sorts_and_says_what_is_missing(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    save(database, programme_id, 0, 3, 6, recommendation="reserve")
    save(database, programme_id, 2, 5, 10, recommendation="pass")
    save(database, programme_id, 1, 4, 8)
    found = ranking(database, programme_id, office)
    assert [(one.rank, one.number, one.score, one.recommendations) for one in found.rows] == [
        (1, number(2), 10000, (1, 0, 0)),
        (2, number(0), 6000, (0, 1, 0)),
    ]
    assert found.waiting == 0
    other = ranking(database, programme_id, office, 1)
    assert [one.number for one in other.rows] == [number(1)]
    save(database, programme_id, 0, 5, 10)
    assert [(one.rank, one.is_tied) for one in ranking(database, programme_id, office).rows] == [
        (1, True),
        (1, True),
    ]
    with pytest.raises(NotFoundError):
        final_ranking(database, programme_id=programme_id, course_id=99)


def test_a_clerk_notes_the_result_and_an_announced_one_closes_the_points(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    save(database, programme_id, 0, 5, 10)
    [application] = [
        one.application_id for one in ranking(database, programme_id, office).rows if one.number == number(0)
    ]
    record_decisions(database, application_ids=[application], stage=Stage.FINAL, result=Result.PASS)
    [decided] = [one for one in ranking(database, programme_id, office).rows if one.number == number(0)]
    assert (decided.decided, decided.is_announced) == (Result.PASS, False)
    save(database, programme_id, 0, 4, 10)
    release(database, programme_id=programme_id, stage=Stage.FINAL)
    assert row(database, programme_id, 0).is_announced
    with pytest.raises(RuleError) as refused:
        save(database, programme_id, 0, 5, 10)
    assert refused.value.code == "interview.result-announced"


def test_a_disclosure_tells_the_own_figure_and_place_of_the_final_stage(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    def facts(index: int) -> dict[str, str]:
        draft = make_papers(database, programme_id=programme_id, kind="disclosure", numbers=[number(index)])
        (sheet,) = draft.sheets
        assert isinstance(sheet.spec, DisclosureSpec)
        text = "".join(pages_text(draft.pdf))
        assert not any(name in text for name in ("佐野", "辻", "話がよい"))
        return {fact.label: fact.text for fact in sheet.spec.facts}

    save(database, programme_id, 0, 3, 6, comment="話がよい")
    save(database, programme_id, 2, 5, 10)
    keys = {one.number: one.application_id for one in ranking(database, programme_id, office).rows}
    for index, result in ((0, Result.RESERVE), (2, Result.PASS)):
        record_decisions(database, application_ids=[keys[number(index)]], stage=Stage.FINAL, result=result)
    with pytest.raises(RuleError, match=r"papers\.no-decision"):
        facts(0)  # noted is not announced
    release(database, programme_id=programme_id, stage=Stage.FINAL)
    assert (facts(0)["最終の得点"], facts(0)["最終の順位"]) == ("60点", "2人中2位")
    record_reply(database, application_id=keys[number(2)], kind=ReplyKind.WITHDRAWN)
    assert (facts(0)["最終の得点"], facts(0)["最終の順位"]) == ("60点", "2人中2位")
    assert facts(2)["最終の順位"] == "2人中1位"
    record = make_papers(database, programme_id=programme_id, kind="decision-record")
    text = "".join(pages_text(record.pdf)).replace("\r\n", "")
    assert all(word in text for word in ("志望動機", "協調性", "面接官の平均", "60点", "最終の得点"))
    assert "採点の記録はない" not in text


def test_the_plan_leaves_an_interview_alone_once_points_were_given(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    entry = entry_of(office, 0)

    def fixed() -> bool:
        problem = make_plan(database, programme_id=programme_id).problem
        booking = next(one.booking for one in problem.candidates if one.key == entry)
        return booking is not None and booking.locked

    assert not fixed()
    save(database, programme_id, 0, 4, 8)
    assert fixed()
