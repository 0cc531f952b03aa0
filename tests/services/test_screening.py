from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from screening_scene import Scene, add_entries, make_scene
from sqlalchemy import select

from fujisawa_desktop.errors import AppError, RuleError, ValidationError
from fujisawa_desktop.models import Application, Entry, FlagRuling, FlagVerdict, ReplyKind, Review, Score
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.overview import overview
from fujisawa_desktop.services.screening_core import Aggregate, ReviewState
from fujisawa_desktop.services.screening_queue import ReadingOrder, review_queue, screening_progress
from fujisawa_desktop.services.screening_ranking import CourseRanking, course_ranking
from fujisawa_desktop.services.screening_reviewers import (
    ReviewerForm,
    move_reviewer,
    remove_reviewer,
    save_reviewer,
)
from fujisawa_desktop.services.screening_reviews import ReadText, review_sheet
from fujisawa_desktop.services.screening_setup import (
    CriterionForm,
    load_template,
    move_criterion,
    remove_criterion,
    save_criterion,
    save_rule,
)
from fujisawa_desktop.services.selection import record_decisions, record_reply, release
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def scene(database: Database, programme_id: int) -> Scene:
    return make_scene(database, programme_id)


def code_of(act: object) -> str:
    try:
        act()
    except AppError as error:
        return error.code
    return ""


def rule(scene: Scene, **changes: object) -> None:
    now = scene.setup.rule
    wanted = {"aggregate": now.aggregate, "is_blind": now.is_blind, "hides_others": now.hides_others}
    save_rule(scene.database, programme_id=scene.programme_id, **(wanted | changes))


# --- setting up ------------------------------------------------------------------


def test_the_template_is_data_and_loads_once(scene: Scene) -> None:
    assert [row.name for row in scene.setup.criteria] == [
        "志望理由",
        "課題意識",
        "専門性・経験",
        "コミュニケーション",
    ]
    assert [row.weight for row in scene.setup.criteria] == [2, 1, 1, 1]
    again = lambda: load_template(scene.database, programme_id=scene.programme_id)  # noqa: E731
    assert code_of(again) == "screening.template-known"


def test_criteria_are_edited_moved_and_removed(scene: Scene) -> None:
    first, second, *_rest = scene.setup.criteria
    form = CriterionForm(id=first.id, programme_id=scene.programme_id, name="動機", max_points=10, weight=3)
    save_criterion(scene.database, form=form)
    move_criterion(scene.database, criterion_id=second.id, by=-1)
    remove_criterion(scene.database, criterion_id=scene.setup.criteria[3].id)
    assert [row.name for row in scene.setup.criteria] == ["課題意識", "動機", "専門性・経験"]
    assert (scene.setup.criteria[1].max_points, scene.setup.criteria[1].weight) == (10, 3)
    for _act in range(3):
        undo(scene.database)
    assert scene.setup.criteria[0].name == "志望理由"
    assert len(scene.setup.criteria) == 4


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "課題意識"}, "name"),
        ({"max_points": 0}, "max_points"),
        ({"max_points": 101}, "max_points"),
        ({"weight": 0}, "weight"),
    ],
)
def test_a_criterion_that_cannot_be_is_refused_at_its_field(
    scene: Scene, changes: dict[str, object], field: str
) -> None:
    form = CriterionForm(id=None, programme_id=scene.programme_id, name="新しい項目")
    with pytest.raises(ValidationError) as caught:
        save_criterion(scene.database, form=replace(form, **changes))
    assert caught.value.field == field
    assert len(scene.setup.criteria) == 4


def test_once_reviews_are_done_the_yardstick_stays(scene: Scene) -> None:
    scene.review("1001", 0, 4, 3, 3, 2)
    first = scene.setup.criteria[0]
    new = CriterionForm(id=None, programme_id=scene.programme_id, name="新しい項目")
    other_course = replace(new, course_id=scene.course_ids[1])
    edit = CriterionForm(id=first.id, programme_id=scene.programme_id, name=first.name, weight=2)
    database = scene.database
    assert code_of(lambda: save_criterion(database, form=new)) == "screening.reviews-done"
    assert code_of(lambda: save_criterion(database, form=other_course)) == ""
    assert code_of(lambda: remove_criterion(database, criterion_id=first.id)) == "screening.criterion-scored"
    lower = replace(edit, max_points=3)
    assert code_of(lambda: save_criterion(database, form=lower)) == "screening.points-given"
    moved = replace(edit, course_id=scene.course_ids[1])
    assert code_of(lambda: save_criterion(database, form=moved)) == "screening.criterion-course"


def test_a_new_weight_counts_for_everything_saved_before(scene: Scene) -> None:
    scene.review("1001", 0, 5, 0, 0, 0)
    assert scene.score("1001") == 4_000
    first = scene.setup.criteria[0]
    save_criterion(
        scene.database,
        form=CriterionForm(id=first.id, programme_id=scene.programme_id, name=first.name, weight=7),
    )
    assert scene.score("1001") == 7_000
    undo(scene.database)
    assert scene.score("1001") == 4_000


def test_reviewers_are_added_moved_and_removed(scene: Scene) -> None:
    one, two = scene.reviewers
    assert scene.setup.reviewers[0].judges(scene.course_ids[1])
    assert not scene.setup.reviewers[1].judges(scene.course_ids[1])
    move_reviewer(scene.database, reviewer_id=two, by=-1)
    assert scene.reviewers == [two, one]
    twin = ReviewerForm(id=None, programme_id=scene.programme_id, name="採点 一郎")
    assert code_of(lambda: save_reviewer(scene.database, form=twin)) == "screening.name-taken"
    remove_reviewer(scene.database, reviewer_id=two)
    assert scene.reviewers == [one]
    scene.review("1001", 0, 1, 1, 1, 1)
    busy = lambda: remove_reviewer(scene.database, reviewer_id=one)  # noqa: E731
    assert code_of(busy) == "screening.reviewer-has-reviews"
    away = ReviewerForm(
        id=one, programme_id=scene.programme_id, name="採点　一郎", course_ids=(scene.course_ids[1],)
    )
    assert code_of(lambda: save_reviewer(scene.database, form=away)) == "screening.reviewer-has-reviews"


# --- reviewing -------------------------------------------------------------------


def test_the_stored_figure_follows_every_review(scene: Scene) -> None:
    saved = scene.review("1001", 0, 5, 5, 5, 5, comment="よく書けている")
    assert (saved.total, scene.score("1001")) == (10_000, 10_000)
    scene.review("1001", 1, 4, 3, 3, 2)
    assert scene.score("1001") == 8_200  # the mean of 100.00 and 64.00
    rule(scene, aggregate=Aggregate.MEDIAN)
    assert scene.score("1001") == 8_200
    scene.review("1001", 1, 4, 3, 3, 2, state=ReviewState.RECUSED)
    assert scene.score("1001") == 10_000
    scene.review("1001", 0, 5, 5, state=ReviewState.DRAFT)
    assert scene.score("1001") is None
    undo(scene.database)
    assert scene.score("1001") == 10_000
    redo(scene.database)
    assert scene.score("1001") is None


def test_a_skipped_review_keeps_its_points_and_a_recused_one_has_none(scene: Scene) -> None:
    scene.review("1001", 0, 3, state=ReviewState.SKIPPED, comment="後で")
    sheet = review_sheet(scene.database, application_id=scene.ids["1001"], reviewer_id=scene.reviewers[0])
    assert (sheet.state, list(sheet.points.values()), sheet.comment) == (ReviewState.SKIPPED, [3], "後で")
    scene.review("1001", 0, 3, state=ReviewState.RECUSED)
    sheet = review_sheet(scene.database, application_id=scene.ids["1001"], reviewer_id=scene.reviewers[0])
    assert (sheet.state, dict(sheet.points)) == (ReviewState.RECUSED, {})


def test_an_equal_review_changes_nothing(scene: Scene) -> None:
    scene.review("1001", 0, 1, 1, 1, 1)
    assert not scene.review("1001", 0, 1, 1, 1, 1).change.changed


@pytest.mark.parametrize(
    ("points", "state", "code"),
    [
        ((5, 5, 5), ReviewState.DONE, "screening.points-missing"),
        ((6,), ReviewState.DRAFT, "screening.points-range"),
        ((-1,), ReviewState.SKIPPED, "screening.points-range"),
    ],
)
def test_points_that_do_not_fit_are_refused_and_nothing_is_kept(
    scene: Scene, points: tuple[int, ...], state: ReviewState, code: str
) -> None:
    assert code_of(lambda: scene.review("1001", 0, *points, state=state)) == code
    with scene.database.read() as session:
        assert session.scalars(select(Review)).all() == []
        assert session.scalars(select(Score)).all() == []


def test_who_may_not_judge_is_refused(scene: Scene) -> None:
    with unit_of_work(scene.database, "test.people") as work:
        work.session.get_one(Application, scene.ids["1002"]).course_id = scene.course_ids[1]
        work.commit()
    assert code_of(lambda: scene.review("1002", 1, 1, 1, 1, 1)) == "screening.not-your-course"
    unknown = lambda: review_sheet(scene.database, application_id=1, reviewer_id=99)  # noqa: E731
    assert code_of(unknown) == "screening.reviewer-gone"


def test_after_the_announcement_nothing_changes_any_more(scene: Scene) -> None:
    scene.review("1001", 0, 1, 1, 1, 1)
    record_decisions(
        scene.database, application_ids=[scene.ids["1001"]], stage=Stage.FIRST, result=Result.FAIL
    )
    scene.review("1001", 0, 2, 2, 2, 2)  # noted only: still open
    release(scene.database, programme_id=scene.programme_id, stage=Stage.FIRST)
    assert code_of(lambda: scene.review("1001", 0, 5, 5, 5, 5)) == "screening.announced"
    assert code_of(lambda: rule(scene, aggregate=Aggregate.MEDIAN)) == "screening.rule-announced"
    assert code_of(lambda: rule(scene, is_blind=True)) == ""
    assert scene.score("1001") == 4_000


# --- reading ---------------------------------------------------------------------


def test_blind_reading_covers_who_wrote_it(scene: Scene) -> None:

    def seen() -> ReadText:
        one = {"application_id": scene.ids["1001"], "reviewer_id": scene.reviewers[0]}
        return review_sheet(scene.database, **one).text

    assert (seen().name, seen().kana, seen().covered) == ("髙橋　美咲", "タカハシ ミサキ", None)
    rule(scene, is_blind=True)
    text = seen()
    assert (text.name, text.kana, text.school, text.grade) == ("", "", "", "3年")
    told = "".join(answer for _heading, answer in text.answers)
    assert "髙橋" not in told
    assert "女子見本" not in told
    assert dict(text.answers)["性別"] == "■"
    assert text.covered == 3
    queue = review_queue(scene.database, programme_id=scene.programme_id, reviewer_id=scene.reviewers[0])
    assert {row.name for row in queue.rows} == {""}
    ranking = course_ranking(scene.database, programme_id=scene.programme_id, course_id=scene.course_ids[0])
    assert {(row.name, row.kana, row.school) for row in ranking.rows} == {("", "", "")}


def test_others_are_hidden_until_the_own_review_is_done(scene: Scene) -> None:
    scene.review("1001", 0, 5, 5, 5, 5, comment="秘密")
    seen = lambda: review_sheet(  # noqa: E731
        scene.database, application_id=scene.ids["1001"], reviewer_id=scene.reviewers[1]
    )
    assert (seen().others, seen().others_hidden) == ((), 1)
    scene.review("1001", 1, 1, state=ReviewState.DRAFT)
    assert seen().others == ()
    scene.review("1001", 1, 1, 1, 1, 1)
    [other] = seen().others
    assert (other.total, other.comment, seen().others_hidden) == (10_000, "秘密", 0)
    rule(scene, hides_others=False)
    assert (
        review_sheet(
            scene.database, application_id=scene.ids["1002"], reviewer_id=scene.reviewers[1]
        ).others_hidden
        == 0
    )


def test_who_does_not_judge_an_entry_sees_the_others_once_all_are_done(scene: Scene) -> None:
    third = ReviewerForm(id=None, programme_id=scene.programme_id, name="三人目")
    save_reviewer(scene.database, form=third)
    one = {"application_id": scene.ids["1001"], "reviewer_id": scene.reviewers[1]}
    scene.review("1001", 0, 5, 5, 5, 5, comment="秘密")
    scene.review("1001", 1, state=ReviewState.RECUSED)
    seen = review_sheet(scene.database, **one)
    assert (seen.others, seen.others_hidden, seen.others_at_work) == ((), 1, 1)
    scene.review("1001", 2, 2, 2, 2, 2)
    seen = review_sheet(scene.database, **one)
    assert [other.comment for other in seen.others] == ["秘密", ""]
    assert (seen.others_hidden, seen.others_at_work) == (0, 0)


def test_the_ranking_waits_for_the_others_where_the_reviewer_does_not_judge(scene: Scene) -> None:
    course_id = scene.course_ids[0]
    numbers = [
        row.number
        for row in course_ranking(scene.database, programme_id=scene.programme_id, course_id=course_id).rows
    ]
    for number in numbers:
        scene.review(number, 1, 3, 3, 3, 3)
    scene.review(numbers[0], 1, state=ReviewState.RECUSED)

    def ranked() -> int:
        return len(
            course_ranking(
                scene.database,
                programme_id=scene.programme_id,
                course_id=course_id,
                reviewer_id=scene.reviewers[1],
            ).rows
        )

    with pytest.raises(RuleError) as caught:
        ranked()
    assert (caught.value.code, caught.value.params["count"]) == ("screening.others-at-work", 1)
    scene.review(numbers[0], 0, 1, 1, 1, 1)
    assert ranked() == len(numbers)


def test_the_queue_is_mixed_for_each_reviewer_and_stays_so(scene: Scene) -> None:
    people = tuple((str(n), f"見本　{n}", "ミホン", "見本大学") for n in range(2000, 2040))
    add_entries(scene.database, scene.programme_id, people)

    def numbers(reviewer: int, order: ReadingOrder) -> list[str]:
        queue = review_queue(
            scene.database,
            programme_id=scene.programme_id,
            reviewer_id=scene.reviewers[reviewer],
            order=order,
        )
        return [row.number for row in queue.rows]

    mixed = numbers(0, ReadingOrder.SHUFFLED)
    assert mixed == numbers(0, ReadingOrder.SHUFFLED)
    assert mixed != numbers(1, ReadingOrder.SHUFFLED)
    assert sorted(mixed) == numbers(0, ReadingOrder.NUMBER) != mixed
    assert numbers(0, ReadingOrder.RECEIVED)[:3] == ["1001", "2000", "1002"]


def test_what_comes_next(scene: Scene) -> None:
    scene.review("1001", 0, 1, 1, 1, 1)
    scene.review("1002", 0, state=ReviewState.SKIPPED)
    scene.review("1004", 0, state=ReviewState.RECUSED)
    queue = review_queue(
        scene.database,
        programme_id=scene.programme_id,
        reviewer_id=scene.reviewers[0],
        order=ReadingOrder.NUMBER,
    )
    after = {row.number: row.application_id for row in queue.rows}
    steps = [queue.next_open(), queue.next_open(after["1003"]), queue.next_open(after["1005"])]
    assert [step.number if step else "" for step in steps] == ["1003", "1005", "1003"]
    assert (queue.finished, queue.count(ReviewState.SKIPPED)) == (2, 1)
    for number in ("1003", "1005"):
        scene.review(number, 0, 1, 1, 1, 1)
    queue = review_queue(scene.database, programme_id=scene.programme_id, reviewer_id=scene.reviewers[0])
    last = queue.next_open(after["1005"])
    assert last is not None
    assert last.number == "1002"
    scene.review("1002", 0, 1, 1, 1, 1)
    queue = review_queue(scene.database, programme_id=scene.programme_id, reviewer_id=scene.reviewers[0])
    assert queue.next_open() is None


def flag(scene: Scene, number: str) -> int:
    with unit_of_work(scene.database, "test.flag") as work:
        entry_id = work.session.get_one(Application, scene.ids[number]).entry_id
        work.session.get_one(Entry, entry_id).is_late = True
        work.commit()
        return entry_id


def test_flagged_and_withdrawn_entries_are_left_out_unless_waived(scene: Scene) -> None:
    entry_id = flag(scene, "1001")
    record_reply(scene.database, application_id=scene.ids["1002"], kind=ReplyKind.WITHDRAWN)
    one = {"programme_id": scene.programme_id, "reviewer_id": scene.reviewers[0]}
    queue = review_queue(scene.database, **one)
    assert ({row.number for row in queue.rows}, queue.left_out) == ({"1003", "1004", "1005"}, 2)
    everybody = review_queue(scene.database, **one, with_excluded=True)
    assert {row.number: row.flags for row in everybody.rows}["1001"] == ("late",)
    with unit_of_work(scene.database, "test.ruling") as work:
        work.session.add(
            FlagRuling(
                entry_id=entry_id,
                flag="late",
                verdict=FlagVerdict.WAIVED,
                reason="障害",
                ruled_at=work.now,
                actor="test",
            )
        )
        work.commit()
    assert "1001" in {row.number for row in review_queue(scene.database, **one).rows}


def test_a_flag_that_stands_is_told_from_one_to_be_decided(scene: Scene) -> None:
    entry_id = flag(scene, "1001")
    flag(scene, "1002")
    with unit_of_work(scene.database, "test.ruling") as work:
        work.session.add(
            FlagRuling(
                entry_id=entry_id,
                flag="late",
                verdict=FlagVerdict.STANDS,
                reason="",
                ruled_at=work.now,
                actor="test",
            )
        )
        work.commit()
    excluded = [row for row in ranked(scene, with_excluded=True).rows if row.is_excluded]
    rows = {row.number: row for row in excluded}
    assert {number: (row.flags, row.standing) for number, row in rows.items()} == {
        "1001": (("late",), ("late",)),
        "1002": (("late",), ()),
    }
    sheets = [
        review_sheet(scene.database, application_id=scene.ids[number], reviewer_id=scene.reviewers[0])
        for number in ("1001", "1002")
    ]
    assert [(sheet.flags, sheet.standing) for sheet in sheets] == [
        (("late",), ("late",)),
        (("late",), ()),
    ]


def test_progress_is_told_for_each_reviewer_and_course(scene: Scene) -> None:
    scene.review("1001", 0, 1, 1, 1, 1)
    scene.review("1002", 0, state=ReviewState.SKIPPED)
    scene.review("1003", 1, state=ReviewState.RECUSED)
    rows = screening_progress(scene.database, programme_id=scene.programme_id)
    assert [(row.whole, row.done, row.recused, row.skipped, row.left) for row in rows] == [
        (5, 1, 0, 1, 4),
        (0, 0, 0, 0, 0),
        (5, 0, 1, 0, 4),
    ]


def test_home_says_how_many_wait_for_points(scene: Scene) -> None:
    scene.review("1001", 0, 1, 1, 1, 1)
    flag(scene, "1002")
    found = overview(scene.database, programme_id=scene.programme_id, today=date(2024, 10, 17))
    counts = {item.code: item.params for item in found.todos}
    assert counts["todo.score"] == {"count": 3}


# --- ranking ---------------------------------------------------------------------


def ranked(scene: Scene, **more: Any) -> CourseRanking:
    return course_ranking(
        scene.database,
        programme_id=scene.programme_id,
        course_id=scene.course_ids[0],
        **more,
    )


def test_the_ranking_shares_ranks_marks_ties_and_draws_the_line(scene: Scene) -> None:
    for number, points in (("1001", 3), ("1002", 5), ("1003", 4), ("1004", 4)):
        scene.review(number, 0, *[points] * 4)
    scene.review("1002", 1, 2, 2, 2, 2)
    found = ranked(scene, places=2)
    rows = found.rows
    assert [(row.number, row.rank, row.score, row.is_tied) for row in rows] == [
        ("1003", 1, 8_000, True),
        ("1004", 1, 8_000, True),
        ("1002", 3, 7_000, False),
        ("1001", 4, 6_000, False),
        ("1005", None, None, False),
    ]
    assert rows[2].totals == (10_000, 4_000)
    assert (rows[2].spread, rows[2].is_split, rows[2].waiting) == (6_000, True, 0)
    assert found.above == (scene.ids["1003"], scene.ids["1004"])
    assert (found.unread, found.incomplete) == (1, 3)
    one = ranked(scene, places=1)
    assert one.above == ()
    assert one.tied == (scene.ids["1003"], scene.ids["1004"])


def test_who_is_left_out_has_no_rank(scene: Scene) -> None:
    for number in scene.ids:
        scene.review(number, 0, 3, 3, 3, 3)
    flag(scene, "1001")
    rows = ranked(scene, with_excluded=True).rows
    assert [(row.number, row.rank) for row in rows][-1] == ("1001", None)
    assert ranked(scene).left_out == 1


def test_a_reviewer_sees_the_ranking_only_when_finished(scene: Scene) -> None:
    for number in scene.ids:
        scene.review(number, 0, 3, 3, 3, 3)
    with pytest.raises(RuleError) as caught:
        ranked(scene, reviewer_id=scene.reviewers[1])
    assert (caught.value.code, caught.value.params["count"]) == ("screening.others-hidden", 5)
    assert ranked(scene, reviewer_id=scene.reviewers[0])
    rule(scene, hides_others=False)
    assert ranked(scene, reviewer_id=scene.reviewers[1])


def test_the_ranking_knows_what_was_noted(scene: Scene) -> None:
    scene.review("1001", 0, 3, 3, 3, 3)
    record_decisions(
        scene.database, application_ids=[scene.ids["1001"]], stage=Stage.FIRST, result=Result.PASS
    )
    row = ranked(scene).rows[0]
    assert (row.decided, row.is_announced, row.status) == (Result.PASS, False, ApplicationStatus.RECEIVED)
