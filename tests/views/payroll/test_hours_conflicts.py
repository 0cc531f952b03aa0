"""A copied week, hours as planned and reasons over what somebody else put into the same cells meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from appointed import FOUR
from conflict_asked import asked
from payroll_page import Key, Page, dialog_of
from PySide6.QtCore import Qt

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.hours_reasons import explain_work
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.trust.conflict_table import ConflictTable

RYOSUKE = FOUR[0].number
PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
OTHER = "佐藤"


def enter(page: Page, day: int, text: str, kind: ShiftKind, actor: str = "自分") -> None:
    """Put hours into a cell past this window."""
    desk = page.tab.desk
    place = (page.person(RYOSUKE).member.appointment_id, date(2024, 12, day))
    enter_hours(
        desk.database, programme_id=desk.programme_id, places=[place], kind=kind, text=text, actor=actor
    )


def begin(page: Page, cells: dict[int, str], kind: ShiftKind) -> None:
    for day, text in cells.items():
        enter(page, day, text, kind)
    page.tab.reload()
    page.wait()


def planned(page: Page, *days: int) -> list[int]:
    return [page.cell(RYOSUKE, day).planned_minutes for day in days]


@pytest.mark.parametrize("mine", [False, True])
def test_a_week_copied_over_a_day_that_somebody_filled(empty_page: Page, *, mine: bool) -> None:
    page = empty_page
    begin(page, {2: "10-12", 3: "10-12"}, PLANNED)
    enter(page, 10, "13-16", PLANNED, OTHER)
    page.go(RYOSUKE, 3)
    page.qtbot.keyClick(page.tab.grid.days, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    page.wait()
    question = asked(page.tab)
    assert isinstance(question, ConflictTable)
    assert [question.model.index(0, at).data() for at in (3, 4)] == ["13-16", "10-12"]
    assert str(question.model.index(0, 1).data()).startswith(OTHER)
    if mine:
        question.turn(0)
    question.save_button.click()
    page.wait()
    assert planned(page, 2, 3, 9, 10) == [120, 120, 120, 120 if mine else 180]


def copy_week_while_another_enters(page: Page, day: int) -> None:
    begin(page, {2: "10-12"}, PLANNED)
    enter(page, day, "13-16", PLANNED, OTHER)
    page.go(RYOSUKE, 2)
    page.tab.hours.copy_week()
    page.wait()


def test_a_week_that_somebody_changed_is_copied_as_it_was_seen(empty_page: Page) -> None:
    page = empty_page
    copy_week_while_another_enters(page, 2)
    question = asked(page.tab)
    assert [question.model.index(0, at).data() for at in (2, 3)] == ["10-12", "13-16"]
    question.save_button.click()
    page.wait()
    assert planned(page, 2, 9) == [180, 120]


def test_a_week_that_nobody_touched_is_copied_without_a_question(empty_page: Page) -> None:
    page = empty_page
    copy_week_while_another_enters(page, 20)
    assert planned(page, 9, 20) == [120, 180]


@pytest.mark.parametrize("mine", [False, True])
@pytest.mark.parametrize("copies", [False, True])
def test_hours_that_somebody_changed_are_moved_as_they_were_seen(
    empty_page: Page, *, mine: bool, copies: bool
) -> None:
    page = empty_page
    begin(page, {2: "10-12"}, PLANNED)
    enter(page, 2, "13-16", PLANNED, OTHER)
    key = page.person(RYOSUKE).member.appointment_id
    page.tab.hours.move({(key, date(2024, 12, 2)): (key, date(2024, 12, 4))}, copies)
    page.wait()
    question = asked(page.tab)
    assert [question.model.index(0, at).data() for at in (2, 3)] == ["10-12", "13-16"]
    (question.save_button if mine else question.stop_button).click()
    page.wait()
    page.tab.reload()
    page.wait()
    left = 180 if copies or not mine else 0
    assert planned(page, 2, 4) == [left, 120 if mine else 0]


@pytest.mark.parametrize("on_top", [False, True])
def test_hours_as_planned_after_somebody_changed_the_plan(empty_page: Page, *, on_top: bool) -> None:
    page = empty_page
    begin(page, {3: "10-14", 4: "10-14"}, PLANNED)
    enter(page, 3, "10-12", PLANNED, OTHER)
    page.choose((RYOSUKE, 3), (RYOSUKE, 4))
    page.tab.typing.record_as_planned()
    page.wait()
    question = asked(page.tab)
    assert [question.model.index(0, at).data() for at in (2, 3)] == ["10-14", "10-12"]
    (question.save_button if on_top else question.stop_button).click()
    page.wait()
    worked = [bool(page.cell(RYOSUKE, day).worked) for day in (3, 4)]
    assert worked == [on_top, on_top]
    if on_top:
        assert page.cell(RYOSUKE, 3).worked_minutes == 120


@pytest.mark.parametrize("mine", [False, True])
def test_a_reason_that_two_write(empty_page: Page, database: Database, *, mine: bool) -> None:
    page = empty_page
    begin(page, {3: "9-16/0"}, WORKED)
    page.go(RYOSUKE, 3)
    page.tab.hours.reasons.ask()
    desk = page.tab.desk
    place = (page.person(RYOSUKE).member.appointment_id, date(2024, 12, 3))
    explain_work(database, programme_id=desk.programme_id, places=[place], reason="隣の理由", actor=OTHER)
    dialog = dialog_of(page.tab, ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText("私の理由")
    dialog.answer()
    page.wait()
    question = asked(page.tab)
    question.stop_button.click()
    page.wait()
    dialog = dialog_of(page.tab, ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    assert dialog.reason.text() == "私の理由"
    dialog.answer()
    page.wait()
    question = asked(page.tab)
    (question.mine_button if mine else question.theirs_button).click()
    question.save_button.click()
    page.wait()
    page.tab.reload()
    page.wait()
    assert page.cell(RYOSUKE, 3).reason == ("私の理由" if mine else "隣の理由")
