"""Address, note and interviewers of one interview, entered through the menu of its card."""

from __future__ import annotations

import pytest
from interview_driver import Driver
from interview_scene import at, interviewer_named
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QMenu

from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_booking import set_locked
from fujisawa_desktop.services.interview_view import Booked
from fujisawa_desktop.views.interviews.card_dialogs import DetailsDialog, WhoDialog
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog

LEFT = Qt.MouseButton.LeftButton
ANYBODY, DX = "佐野", "辻"
URL = "https://meet.example.jp/j/123"
with_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The offscreen platform warns about what it cannot do for a menu."""


@pytest.fixture
def one(driver: Driver) -> Driver:
    driver.drag_from_list(0, driver.place(DX, at(9)))
    return driver


def booked(driver: Driver) -> Booked:
    found = driver.card(0).booked
    assert found is not None
    return found


def menu(driver: Driver) -> QMenu:
    grid = driver.tab.grid
    grid.menu_wanted.emit(driver.card(0), grid.mapToGlobal(QPoint(50, 50)))
    (found,) = [each for each in driver.tab.findChildren(QMenu) if each.isVisible()]
    return found


def choose(driver: Driver, name: str) -> None:
    opened = menu(driver)
    next(action for action in opened.actions() if action.objectName() == name).trigger()
    opened.close()
    driver.settle()


def dialog(driver: Driver, kind: type[QDialog]) -> QDialog:
    (found,) = [each for each in driver.tab.findChildren(kind) if each.isVisible()]
    return found


@with_menu
def test_address_and_note_are_one_act_and_shown_on_the_screen(one: Driver) -> None:
    choose(one, "details")
    form = dialog(one, DetailsDialog)
    assert isinstance(form, DetailsDialog)
    one.qtbot.keyClicks(form.url, "http://meet.example.jp")
    one.qtbot.mouseClick(form.save_button, LEFT)
    one.settle()
    assert form.isVisible()
    assert booked(one).meeting_url == ""
    form.url.setText(URL)
    one.qtbot.keyClicks(form.note, "Sound was poor")
    one.qtbot.mouseClick(form.save_button, LEFT)
    one.settle()
    assert (booked(one).meeting_url, booked(one).day_note) == (URL, "Sound was poor")
    lines = one.tab.grid.lines_at(one.point(one.card(0).place))
    assert f"Online: {URL}" in lines
    assert "Note: Sound was poor" in lines
    one.desk.changed.emit(undo(one.desk.database))
    one.settle()
    assert (booked(one).meeting_url, booked(one).day_note) == ("", "")


@with_menu
def test_somebody_else_interviews_at_the_same_time(one: Driver) -> None:
    view = one.view()
    office, host = interviewer_named(view, ANYBODY), interviewer_named(view, DX)
    choose(one, "who")
    form = dialog(one, WhoDialog)
    assert isinstance(form, WhoDialog)
    assert form.chosen() == (host,)
    assert not form.save_button.isEnabled()
    form.boxes[office].click()
    form.boxes[host].click()
    assert form.chosen() == (office,)
    one.qtbot.mouseClick(form.save_button, LEFT)
    one.settle()
    assert booked(one).interviewer_ids == (office,)
    assert booked(one).start == at(9)


@with_menu
def test_who_may_not_see_the_course_is_refused_in_words(one: Driver) -> None:
    child = interviewer_named(one.view(), "南")
    choose(one, "who")
    form = dialog(one, WhoDialog)
    assert isinstance(form, WhoDialog)
    for key, box in form.boxes.items():
        box.setChecked(key == child)
    one.qtbot.mouseClick(form.save_button, LEFT)
    one.settle()
    assert form.wrong.isVisible()
    assert "子育て企画課" in form.wrong.accessibleName()
    assert booked(one).interviewer_ids != (child,)


@with_menu
def test_of_a_fixed_interview_nobody_is_changed(one: Driver) -> None:
    set_locked(one.desk.database, interview_id=booked(one).interview_id, locked=True)
    one.tab.reload()
    one.settle()
    acts = {action.objectName(): action for action in menu(one).actions()}
    assert not acts["who"].isEnabled()
    assert acts["details"].isEnabled()


@with_menu
def test_the_dialogs_are_as_high_as_their_content(one: Driver) -> None:
    for name, kind in (("details", DetailsDialog), ("who", WhoDialog)):
        choose(one, name)
        form = dialog(one, kind)
        assert isinstance(form, SheetDialog)
        needed = form.sheet.totalSizeHint().height()
        assert form.minimumSizeHint().height() <= form.height() <= needed + 40
        form.close()
        one.settle()
