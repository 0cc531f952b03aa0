from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from staged_people import note_decision, stage

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Interviewer, InterviewerCourse
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.courses import (
    CourseForm,
    add_course,
    course,
    courses,
    new_course,
    remove_course,
    save_course,
)
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def form(database: Database, programme_id: int) -> CourseForm:
    return course(database, courses(database, programme_id)[0].id)


@pytest.fixture
def fresh(programme_id: int) -> CourseForm:
    return replace(
        new_course(programme_id),
        name="「まちづくり」コース",
        short_name="まちづくり",
        sign="街",
        host_department="街なみ景観課",
        capacity=1,
    )


def apply_for(
    database: Database, programme_id: int, course_id: int, statuses: list[ApplicationStatus]
) -> None:
    for status in statuses:
        stage(database, programme_id, course_id, status)


class TestList:
    def test_the_shipped_courses(self, database: Database, programme_id: int) -> None:
        rows = courses(database, programme_id)
        assert [row.short_name for row in rows] == ["DX・スマートシティ", "子ども・子育て政策"]
        assert [(row.applications, row.first_passed, row.final_passed, row.reserves) for row in rows] == [
            (0, 0, 0, 0)
        ] * 2
        assert courses(database, 999) == []

    def test_counts_against_the_capacity(self, database: Database, programme_id: int) -> None:
        first, second = courses(database, programme_id)
        status = ApplicationStatus
        apply_for(
            database,
            programme_id,
            first.id,
            [
                status.RECEIVED,
                status.WITHDRAWN,
                status.FIRST_FAILED,
                status.FIRST_PASSED,
                status.FINAL_PASSED,
                status.ACCEPTED,
                status.APPOINTED,
                status.FINAL_RESERVE,
            ],
        )
        apply_for(database, programme_id, second.id, [status.FINAL_PASSED])
        pending = stage(database, programme_id, second.id)
        note_decision(database, pending.application_id, Stage.FIRST, Result.PASS)
        first, second = courses(database, programme_id)
        assert (first.applications, first.first_passed, first.final_passed, first.reserves) == (8, 5, 3, 1)
        assert first.over_capacity
        assert (second.applications, second.first_passed, second.final_passed) == (2, 1, 1)
        assert not second.over_capacity


class TestSave:
    def test_the_form_holds_every_sentence(self, form: CourseForm) -> None:
        assert form.duties.startswith("◆DXに関する複数プロジェクトへの参加")
        assert form.match_words == ("DX", "スマートシティ")

    def test_nothing_changed_leaves_no_trace(self, database: Database, form: CourseForm) -> None:
        assert not save_course(database, form=form).changed

    def test_a_change_is_stored_tidied_and_can_be_taken_back(
        self, database: Database, form: CourseForm
    ) -> None:
        assert form.id is not None
        wanted = replace(
            form,
            name="  新しい名 ",
            capacity=3,
            published=False,
            wanted="・一行目\n・二行目\n",
            match_words=(" 新 ", ""),
        )
        assert save_course(database, form=wanted, actor="test").kinds == {"course"}
        stored = course(database, form.id)
        assert (stored.name, stored.capacity, stored.published) == ("新しい名", 3, False)
        assert (stored.wanted, stored.match_words) == ("・一行目\n・二行目", ("新",))
        undo(database)
        assert course(database, form.id) == form
        redo(database)
        assert course(database, form.id) == stored

    def test_a_stale_form_is_refused(self, database: Database, form: CourseForm) -> None:
        save_course(database, form=replace(form, capacity=5))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save_course(database, form=replace(form, capacity=6))

    @pytest.mark.parametrize(
        ("changes", "code", "field"),
        [
            ({"name": " "}, "field.required", "name"),
            ({"short_name": ""}, "field.required", "short_name"),
            ({"sign": ""}, "field.required", "sign"),
            ({"host_department": "　"}, "field.required", "host_department"),
            ({"sign": "四文字印"}, "course.sign-too-long", "sign"),
            ({"capacity": -1}, "number.too-small", "capacity"),
            ({"name": "「子ども・子育て政策」コース"}, "course.name-taken", "name"),
            ({"sign": "子"}, "course.sign-taken", "sign"),
        ],
    )
    def test_refusals_name_the_field(
        self, database: Database, form: CourseForm, changes: dict[str, Any], code: str, field: str
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            save_course(database, form=replace(form, **changes))
        assert (caught.value.code, caught.value.field) == (code, field)

    def test_a_course_that_is_gone(self, database: Database, form: CourseForm, fresh: CourseForm) -> None:
        for lost in (replace(form, id=999), fresh):
            with pytest.raises(NotFoundError, match=r"course\.gone"):
                save_course(database, form=lost)
        with pytest.raises(NotFoundError, match=r"course\.gone"):
            course(database, 999)


class TestAddAndRemove:
    def test_a_new_course_stands_last_and_is_known_by_its_short_name(
        self, database: Database, programme_id: int, fresh: CourseForm
    ) -> None:
        added = add_course(database, form=fresh, actor="test")
        assert added.change.changed
        assert courses(database, programme_id)[-1].id == added.course_id
        assert course(database, added.course_id).match_words == ("まちづくり",)

    def test_its_programme_must_exist(self, database: Database, fresh: CourseForm) -> None:
        with pytest.raises(NotFoundError, match=r"programme\.gone"):
            add_course(database, form=replace(fresh, programme_id=999))

    def test_its_name_must_be_new(self, database: Database, fresh: CourseForm, form: CourseForm) -> None:
        with pytest.raises(ValidationError, match=r"course\.name-taken"):
            add_course(database, form=replace(fresh, name=form.name))

    def test_a_course_nobody_chose_can_be_removed_and_brought_back(
        self, database: Database, programme_id: int, form: CourseForm
    ) -> None:
        assert form.id is not None
        remove_course(database, course_id=form.id)
        assert len(courses(database, programme_id)) == 1
        undo(database)
        assert course(database, form.id) == form

    def test_a_course_with_applications_stays(
        self, database: Database, programme_id: int, form: CourseForm
    ) -> None:
        assert form.id is not None
        apply_for(database, programme_id, form.id, [ApplicationStatus.RECEIVED] * 2)
        with pytest.raises(RuleError) as caught:
            remove_course(database, course_id=form.id)
        assert (caught.value.code, caught.value.params["count"]) == ("course.has-applications", 2)

    def test_a_course_with_its_own_interviewers_stays(
        self, database: Database, programme_id: int, form: CourseForm
    ) -> None:
        assert form.id is not None
        with unit_of_work(database, "test.interviewer") as work:
            interviewer = Interviewer(programme_id=programme_id, position=1, name="見本課A")
            work.session.add(interviewer)
            work.session.flush()
            work.session.add(InterviewerCourse(interviewer_id=interviewer.id, course_id=form.id))
            work.commit()
        with pytest.raises(RuleError, match=r"course\.has-interviewers"):
            remove_course(database, course_id=form.id)
