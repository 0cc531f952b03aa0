"""Two people on one record: what is merged, what is asked, who it was, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from fujisawa_desktop.errors import ConflictError, NotFoundError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.conflicts import CHANGED, Comparison, RowOf, Side, compare
from fujisawa_desktop.services.courses import CourseForm, course, courses, remove_course, save_course


@pytest.fixture
def base(database: Database, programme_id: int) -> CourseForm:
    """The first course, as both clerks read it."""
    return course(database, courses(database, programme_id)[0].id)


def compared(database: Database, base: CourseForm, mine: CourseForm) -> Comparison[CourseForm]:
    assert base.id is not None
    return compare(
        database, base=base, mine=mine, read=partial(course, course_id=base.id), row=RowOf("course", base.id)
    )


def test_what_only_one_of_two_changed_is_merged_and_what_both_changed_is_asked(
    database: Database, base: CourseForm
) -> None:
    theirs = replace(base, summary="相手の概要", capacity=5, wanted="同じ")
    save_course(database, form=theirs, actor="山田")
    mine = replace(base, summary="自分の概要", duties="自分の業務", wanted="同じ")
    with pytest.raises(ConflictError) as refused:
        save_course(database, form=mine, actor="佐藤")
    assert refused.value.code == CHANGED

    found = compared(database, base, mine)
    assert [(pair.name, pair.theirs, pair.mine) for pair in found.clashes] == [
        ("summary", "相手の概要", "自分の概要")
    ]
    assert {pair.name: pair.merged for pair in found.merges} == {
        "capacity": Side.THEIRS,
        "duties": Side.MINE,
    }
    assert found.is_told
    with pytest.raises(KeyError):
        found.settled({})

    save_course(database, form=found.settled({"summary": Side.MINE}), actor="佐藤")
    after = course(database, base.id or 0)
    assert (after.summary, after.capacity, after.duties, after.wanted) == (
        "自分の概要",
        5,
        "自分の業務",
        "同じ",
    )


def test_the_journal_says_who_changed_which_field_even_when_there_were_several(
    database: Database, base: CourseForm
) -> None:
    save_course(database, form=replace(base, summary="山田の概要"), actor="山田")
    second = course(database, base.id or 0)
    save_course(database, form=replace(second, contents="鈴木の内容"), actor="鈴木")
    found = compared(database, base, replace(base, summary="私の概要", contents="私の内容"))
    assert {pair.name: pair.hand.actor for pair in found.pairs if pair.hand} == {
        "summary": "山田",
        "contents": "鈴木",
    }
    assert found.hand is not None
    assert found.hand.actor == "鈴木"


def test_an_older_change_by_somebody_is_not_taken_for_the_change_meanwhile(
    database: Database, base: CourseForm
) -> None:
    save_course(database, form=replace(base, summary="前からの概要"), actor="昔の人")
    read = course(database, base.id or 0)
    save_course(database, form=replace(read, contents="新しい内容"), actor="鈴木")
    found = compared(database, read, replace(read, contents="私の内容"))
    assert [pair.hand.actor for pair in found.pairs if pair.hand] == ["鈴木"]


def test_space_around_a_text_is_no_change(database: Database, base: CourseForm) -> None:
    save_course(database, form=replace(base, summary="相手の概要"), actor="山田")
    found = compared(database, base, replace(base, summary=f"  {base.summary} "))
    assert found.clashes == ()
    assert found.settled({}).summary == "相手の概要"


def test_a_record_that_went_meanwhile_is_said_to_be_gone(database: Database, base: CourseForm) -> None:
    remove_course(database, course_id=base.id or 0)
    with pytest.raises(NotFoundError):
        compared(database, base, replace(base, summary="自分の概要"))
