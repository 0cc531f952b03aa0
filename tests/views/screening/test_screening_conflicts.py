"""Criteria, reviewers and points that two people change: both values, and nothing typed lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget
from screening_scene import Scene

from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_forms import criterion_of
from fujisawa_desktop.services.screening_reviews import review_sheet, save_review
from fujisawa_desktop.services.screening_setup import save_criterion, screening_setup
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening import ScreeningWindow
from fujisawa_desktop.views.screening.setup_dialog import SetupDialog
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog

OTHER = "佐藤"


def asked(over: QWidget) -> ConflictDialog[Any]:
    (found,) = [one for one in over.findChildren(ConflictDialog) if one.isVisible()]
    return found


def test_a_criterion_changed_by_two(scene: Scene, window: ScreeningWindow, desk: Desk, settle: Any) -> None:
    window.edit_setup()
    settle()
    (dialog,) = window.findChildren(SetupDialog)
    page = dialog.criteria
    page.table.select_row(0)
    settle()
    first = screening_setup(scene.database, programme_id=scene.programme_id).criteria[0]
    theirs = replace(criterion_of(first, scene.programme_id), name="隣の項目", guidance="隣の説明")
    save_criterion(scene.database, form=theirs, actor=OTHER)
    page.name.setText("私の項目")
    page.save()
    settle()
    question = asked(dialog)
    question.stop_button.click()
    assert page.name.text() == "私の項目"
    page.save()
    settle()
    question = asked(dialog)
    question.mine_button.click()
    question.save_button.click()
    settle()
    now = screening_setup(scene.database, programme_id=scene.programme_id).criteria[0]
    assert (now.name, now.guidance) == ("私の項目", "隣の説明")


def test_what_is_typed_stays_when_somebody_adds_a_criterion(
    scene: Scene, window: ScreeningWindow, desk: Desk, settle: Any
) -> None:
    window.edit_setup()
    settle()
    (dialog,) = window.findChildren(SetupDialog)
    page = dialog.criteria
    page.table.select_row(0)
    page.name.setText("私の項目")
    first = screening_setup(scene.database, programme_id=scene.programme_id).criteria[0]
    other = replace(criterion_of(first, scene.programme_id), id=None, version=None, name="別の項目")
    change = save_criterion(scene.database, form=replace(other, course_id=None), actor=OTHER)
    desk.publish(change)
    settle()
    assert page.name.text() == "私の項目"
    assert page.model.rowCount() == len(
        screening_setup(scene.database, programme_id=scene.programme_id).criteria
    )


def test_a_review_saved_by_two_seats(scene: Scene, window: ScreeningWindow, settle: Any) -> None:
    page = window.score_page
    settle()
    assert page.sheet is not None
    key, reviewer = page.sheet.application_id, page._reviewer_id
    assert reviewer is not None
    save_review(
        scene.database,
        application_id=key,
        reviewer_id=reviewer,
        state=ReviewState.DRAFT,
        points={},
        comment="隣の感想",
        actor=OTHER,
    )
    page.marks.comment.set_text("私の感想")
    page.skip()
    settle()
    question = asked(page)
    question.stop_button.click()
    settle()
    assert page.marks.comment.text() == "私の感想"
    page.skip()
    settle()
    found = [one for one in page.findChildren(ConflictDialog) if one.isVisible()]
    for one in found:
        one.mine_button.click()
        one.save_button.click()
    settle()
    sheet = review_sheet(scene.database, application_id=key, reviewer_id=reviewer)
    assert (sheet.state, sheet.comment) == (ReviewState.SKIPPED, "私の感想")
