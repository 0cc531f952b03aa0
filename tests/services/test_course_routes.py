from __future__ import annotations

from pathlib import Path

import pytest
from intake_scene import DX, OTHER, row_of, take_in
from sqlalchemy import select

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.models import Course
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.course_routes import CourseRuleForm, course_rules, save_course_rules
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.intake import import_applicants


@pytest.fixture
def course_ids(database: Database) -> tuple[int, int]:
    """The ids of DX and of 子ども・子育て."""
    with database.read() as session:
        dx, child = session.scalars(select(Course.id).order_by(Course.position))
    return dx, child


def names(database: Database, programme_id: int, number: str = "1001") -> tuple[str, ...]:
    return row_of(database, programme_id, number).courses


def rule(database: Database, programme_id: int, *rules: CourseRuleForm) -> None:
    save_course_rules(database, programme_id=programme_id, rules=rules, actor="test")


def test_a_rule_needs_all_its_words_and_comes_before_the_courses_own_words(
    database: Database, programme_id: int, course_ids: tuple[int, int], tmp_path: Path
) -> None:
    _dx, child = course_ids
    rule(database, programme_id, CourseRuleForm(child, ("ＤＸ", "まちづくり")))
    take_in(
        database,
        programme_id,
        tmp_path,
        {"希望コース": "DXで進めるまちづくり"},
        {**OTHER, "希望コース": "DXだけ"},
    )
    assert names(database, programme_id) == ("子ども・子育て政策",)
    assert names(database, programme_id, "1002") == ("DX・スマートシティ",)


def test_several_rules_may_give_one_cell_two_courses(
    database: Database, programme_id: int, course_ids: tuple[int, int], tmp_path: Path
) -> None:
    rule(database, programme_id, *(CourseRuleForm(course, ("両方",)) for course in course_ids))
    result = take_in(database, programme_id, tmp_path, {"希望コース": "両方とも"})
    assert (result.added, result.warnings) == (1, ())
    assert names(database, programme_id) == ("DX・スマートシティ", "子ども・子育て政策")


def test_a_rule_may_look_in_another_column(
    database: Database, programme_id: int, course_ids: tuple[int, int], tmp_path: Path
) -> None:
    _dx, child = course_ids
    path = tmp_path / "x.csv"
    path.write_text("整理番号,氏名,志望理由\r\n1,山田 湊,保育\r\n2,川田 岬,なし\r\n", encoding="utf-8")
    rule(database, programme_id, CourseRuleForm(child, ("保育",), "志望 理由"))
    result = import_applicants(database, programme_id=programme_id, file=path)
    assert (result.added, [row.code for row in result.rejected]) == (1, ["import.course-missing"])
    assert names(database, programme_id, "1") == ("子ども・子育て政策",)


def test_a_column_rule_adds_to_what_the_course_column_says(
    database: Database, programme_id: int, course_ids: tuple[int, int], tmp_path: Path
) -> None:
    _dx, child = course_ids
    rule(database, programme_id, CourseRuleForm(child, ("学びたい",), "志望理由"))
    take_in(database, programme_id, tmp_path, {"希望コース": DX})
    assert set(names(database, programme_id)) == {"DX・スマートシティ", "子ども・子育て政策"}


def test_rules_are_one_act_and_keep_their_order(
    database: Database, programme_id: int, course_ids: tuple[int, int]
) -> None:
    dx, child = course_ids
    first = [CourseRuleForm(dx, ("a", "b")), CourseRuleForm(child, ("c",), "列")]
    rule(database, programme_id, *first)
    assert course_rules(database, programme_id=programme_id) == first
    same = save_course_rules(database, programme_id=programme_id, rules=first)
    assert same.seq is None
    rule(database, programme_id, *reversed(first))
    assert course_rules(database, programme_id=programme_id) == first[::-1]
    undo(database)
    assert course_rules(database, programme_id=programme_id) == first


@pytest.mark.parametrize(("words", "course", "code"), [((" ", "・"), 0, "words"), (("x",), 999, "course")])
def test_rules_without_words_or_for_a_foreign_course_are_refused(
    database: Database,
    programme_id: int,
    course_ids: tuple[int, int],
    words: tuple[str, ...],
    course: int,
    code: str,
) -> None:
    with pytest.raises(ValidationError) as caught:
        rule(database, programme_id, CourseRuleForm(course or course_ids[0], words))
    assert caught.value.code == f"import.rule-{code}"
    assert course_rules(database, programme_id=programme_id) == []
