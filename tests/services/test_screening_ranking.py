from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from screening_scene import Scene, add_entries, make_scene, rule

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Application, Entry, FlagRuling, FlagVerdict, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.overview import overview
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_queue import ReadingOrder, review_queue, screening_progress
from fujisawa_desktop.services.screening_ranking import CourseRanking, course_ranking
from fujisawa_desktop.services.screening_reviews import review_sheet
from fujisawa_desktop.services.selection import record_decisions, record_reply
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def scene(database: Database, programme_id: int) -> Scene:
    return make_scene(database, programme_id)


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
