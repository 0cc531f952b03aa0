"""Plans kept aside: saved, compared, booked in one act, refused when what they hang on has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_drafts import (
    apply_draft,
    compare_plans,
    delete_drafts,
    drafts,
    save_draft,
)
from fujisawa_desktop.services.interview_plan import PlanView, apply_plan, make_plan


@pytest.fixture
def plan(database: Database, programme_id: int, tmp_path: Path) -> PlanView:
    """Twelve people, of whom two find no place."""
    office_and_people(database, programme_id, tmp_path, people=12, narrow=8)
    return make_plan(database, programme_id=programme_id)


def trial_of(database: Database, plan: PlanView) -> PlanView:
    assumptions = plan.unplaced[0].fixes[0].assumptions
    return make_plan(database, programme_id=plan.programme_id, assumptions=assumptions)


def booked(database: Database, programme_id: int) -> int:
    return len(calendar(database, programme_id=programme_id).interviews)


def change_something(database: Database, programme_id: int) -> None:
    view = calendar(database, programme_id=programme_id)
    book(
        database,
        programme_id=programme_id,
        entry_id=entry_of(view, 9),
        interviewer_id=interviewer_named(view, "佐野"),
        start=at(13, day=date(2024, 10, 31)),
    )


def test_a_kept_plan_is_listed_with_its_figures_and_nothing_is_booked(
    database: Database, programme_id: int, plan: PlanView
) -> None:
    change = save_draft(database, plan=plan, name="  案　その1 ", note="一人目 ", actor="職員")
    assert (change.label.code, change.kinds) == ("draft.save", {"interview_draft"})
    (row,) = drafts(database, programme_id=programme_id)
    assert (row.name, row.note, row.actor) == ("案 その1", "一人目", "職員")
    assert (row.figures.placed, row.figures.total, row.figures.new) == (10, 12, 10)
    assert row.figures.measures == plan.measures
    assert (row.is_proven, row.is_current, row.is_trial) == (True, True, False)
    assert booked(database, programme_id) == 0


@pytest.mark.parametrize(
    ("name", "code"),
    [(" 　", "draft.name-empty"), ("案" * 61, "draft.name-long"), ("案 A", "draft.name-taken")],
)
def test_a_name_that_says_nothing_or_is_taken_is_refused(
    database: Database, programme_id: int, plan: PlanView, name: str, code: str
) -> None:
    save_draft(database, plan=plan, name="案 A")
    with pytest.raises(ValidationError) as refused:
        save_draft(database, plan=plan, name=name)
    assert (refused.value.code, refused.value.field) == (code, "name")
    assert len(drafts(database, programme_id=programme_id)) == 1


def test_a_kept_plan_is_booked_exactly_as_it_was_made_and_taken_back(
    database: Database, programme_id: int, plan: PlanView
) -> None:
    save_draft(database, plan=plan, name="案")
    (row,) = drafts(database, programme_id=programme_id)
    change = apply_draft(database, draft_id=row.draft_id)
    assert (change.label.code, change.label.params) == ("plan.apply", {"count": 10})
    view = calendar(database, programme_id=programme_id)
    wanted = {one.entry_id: (one.start, one.interviewer_ids) for one in plan.placed}
    assert {one.entry_id: (one.start, one.interviewer_ids) for one in view.interviews} == wanted
    assert not drafts(database, programme_id=programme_id)[0].is_current
    undo(database)
    assert booked(database, programme_id) == 0
    assert drafts(database, programme_id=programme_id)[0].is_current


def test_a_kept_plan_whose_basis_has_changed_is_refused(
    database: Database, programme_id: int, plan: PlanView
) -> None:
    save_draft(database, plan=plan, name="案")
    change_something(database, programme_id)
    (row,) = drafts(database, programme_id=programme_id)
    assert not row.is_current
    with pytest.raises(ConflictError, match=r"plan\.outdated"):
        apply_draft(database, draft_id=row.draft_id)
    assert booked(database, programme_id) == 1


def test_a_kept_trial_says_what_it_supposed_and_cannot_be_booked(
    database: Database, programme_id: int, plan: PlanView
) -> None:
    trial = trial_of(database, plan)
    save_draft(database, plan=trial, name="試し")
    (row,) = drafts(database, programme_id=programme_id)
    assert row.assumptions == trial.assumptions
    assert (row.figures.placed, row.is_current) == (12, True)
    with pytest.raises(ConflictError, match=r"draft\.trial"):
        apply_draft(database, draft_id=row.draft_id)


def test_kept_plans_are_deleted_and_both_acts_can_be_taken_back(
    database: Database, programme_id: int, plan: PlanView
) -> None:
    for name in ("案 A", "案 B"):
        save_draft(database, plan=plan, name=name)
    kept = drafts(database, programme_id=programme_id)
    change = delete_drafts(database, draft_ids=[row.draft_id for row in kept])
    assert change.label.params == {"count": 2}
    assert drafts(database, programme_id=programme_id) == []
    with pytest.raises(NotFoundError, match=r"draft\.gone"):
        apply_draft(database, draft_id=kept[0].draft_id)
    undo(database)
    assert drafts(database, programme_id=programme_id) == kept
    undo(database)
    assert [row.name for row in drafts(database, programme_id=programme_id)] == ["案 A"]
    redo(database)
    assert len(drafts(database, programme_id=programme_id)) == 2


def test_plans_are_compared_figure_by_figure_and_person_by_person(
    database: Database, programme_id: int, plan: PlanView
) -> None:
    trial = trial_of(database, plan)
    for kept, name in ((plan, "もと"), (trial, "一人ふやす")):
        save_draft(database, plan=kept, name=name)
    ids = [row.draft_id for row in reversed(drafts(database, programme_id=programme_id))]
    found = compare_plans(database, programme_id=programme_id, draft_ids=ids)
    assert [(one.name, one.figures.placed) for one in found.contenders] == [("もと", 10), ("一人ふやす", 12)]
    assert len(found.people) == 12
    placed_late = {line.name for line in found.differing if line.seats[0] is None}
    assert placed_late == {one.name for one in plan.unplaced}
    assert all(line.seats[1] is not None for line in found.people)


def test_what_is_booked_now_stands_beside_the_plans(
    database: Database, programme_id: int, plan: PlanView
) -> None:
    apply_plan(database, plan=plan)
    again = make_plan(database, programme_id=programme_id)
    found = compare_plans(database, programme_id=programme_id, plans=[again])
    now, planned = found.contenders
    assert (now.figures.placed, now.figures.total) == (10, 12)
    assert now.seats == planned.seats
    assert found.differing == ()
