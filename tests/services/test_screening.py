from __future__ import annotations

from dataclasses import replace

import pytest
from screening_scene import Scene, make_scene, rule
from sqlalchemy import select

from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.models import Application, Review, Score
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.screening_core import Aggregate, ReviewState
from fujisawa_desktop.services.screening_queue import review_queue
from fujisawa_desktop.services.screening_ranking import course_ranking
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
)
from fujisawa_desktop.services.selection import record_decisions, release
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
