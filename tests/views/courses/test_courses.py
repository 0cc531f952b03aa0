from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.conflicts import Side
from fujisawa_desktop.services.courses import CourseForm, CourseRow, course, courses, save_course
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.views.courses.course_list import NEW_ID, CourseCard, capacity_text
from fujisawa_desktop.views.courses.side import PlacesPanel
from fujisawa_desktop.views.courses.tab import CoursesTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.widgets import field_named
from tests.views.conftest import Settle

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, settle: Settle) -> CoursesTab:
    tab = CoursesTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    with qtbot.waitActive(tab):
        tab.show()
    settle()
    return tab


def stored(desk: Desk) -> list[CourseRow]:
    return courses(desk.database, desk.programme_id)


def click_card(qtbot: QtBot, tab: CoursesTab, row: int) -> None:
    place = tab.list.visualItemRect(tab.list.item(row)).center()
    qtbot.mouseClick(tab.list.viewport(), CLICK, pos=place)


def retype(qtbot: QtBot, tab: CoursesTab, name: str, text: str) -> None:
    line = tab.capacity_line if name == "capacity" else tab.editor.lines[name]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if text:
        qtbot.keyClicks(line, text)
    else:
        qtbot.keyClick(line, Qt.Key.Key_Delete)


@pytest.fixture(autouse=True)
def _capacity_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        CoursesTab, "capacity_line", property(lambda self: self.editor.capacity), raising=False
    )


def error_of(tab: CoursesTab, name: str) -> str:
    field = field_named(tab.editor, name)
    assert field is not None
    return field.error()


def test_the_first_course_stands_in_the_form(tab: CoursesTab, desk: Desk) -> None:
    first, second = stored(desk)
    assert tab.list.ids() == [first.id, second.id]
    assert tab.editor.lines["name"].text() == first.name
    assert tab.editor.areas["duties"].text() == course(desk.database, first.id).duties
    assert not tab.save_button.isEnabled()
    assert not tab.revert_button.isEnabled()
    assert first.name in tab.reading.labels()


def test_the_other_course_by_mouse_and_by_keys(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    first, second = stored(desk)
    click_card(qtbot, tab, 1)
    settle()
    assert tab.editor.lines["name"].text() == second.name
    tab.list.setFocus()
    qtbot.keyClick(tab.list, Qt.Key.Key_Up)
    settle()
    assert tab.editor.lines["name"].text() == first.name
    card = tab.list.itemWidget(tab.list.item(0))
    assert isinstance(card, CourseCard)
    assert card.chosen
    assert card.focused


def test_saving_stores_and_can_be_taken_back(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle, messages: list[Message]
) -> None:
    retype(qtbot, tab, "capacity", "3")
    assert tab.save_button.isEnabled()
    qtbot.mouseClick(tab.save_button, CLICK)
    settle()
    assert stored(desk)[0].capacity == 3
    assert not tab.save_button.isEnabled()
    assert messages[-1].tone == "good"
    asked: list[str] = []
    tab.act_wanted.connect(asked.append)
    assert messages[-1].on_action is not None
    messages[-1].on_action()
    assert asked == ["edit.undo"]
    desk.perform(undo)
    settle()
    assert tab.editor.capacity.text() == "2"


def test_saving_by_the_action(tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    assert "file.save" not in tab.actions_served()
    retype(qtbot, tab, "sign", "IT")
    assert {"file.add", "file.save"} <= set(tab.actions_served())
    tab.actions_served()["file.save"]()
    settle()
    assert stored(desk)[0].sign == "IT"


@pytest.mark.parametrize("name", ["name", "host_department", "short_name", "sign", "capacity"])
def test_what_is_needed_is_asked_for_beside_the_field(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle, messages: list[Message], name: str
) -> None:
    retype(qtbot, tab, name, "")
    qtbot.mouseClick(tab.save_button, CLICK)
    settle()
    assert error_of(tab, name)
    assert QApplication.focusWidget() is (
        tab.editor.capacity if name == "capacity" else tab.editor.lines[name]
    )
    assert messages == []
    assert tab.save_button.isEnabled(), "what was typed is still there"


def test_a_name_that_is_taken_is_told_beside_the_field(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    tab.editor.lines["sign"].setText(stored(desk)[1].sign)
    tab.editor.edited.emit()
    qtbot.mouseClick(tab.save_button, CLICK)
    settle()
    assert error_of(tab, "sign")


def test_typed_text_waits_while_another_course_is_looked_at(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    retype(qtbot, tab, "short_name", "Digital")
    click_card(qtbot, tab, 1)
    settle()
    assert not tab.save_button.isEnabled()
    click_card(qtbot, tab, 0)
    settle()
    assert tab.editor.lines["short_name"].text() == "Digital"
    assert tab.save_button.isEnabled()
    assert stored(desk)[0].short_name != "Digital"
    qtbot.mouseClick(tab.revert_button, CLICK)
    assert tab.editor.lines["short_name"].text() == stored(desk)[0].short_name
    assert not tab.revert_button.isEnabled()


def test_text_typed_here_survives_what_others_change(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    retype(qtbot, tab, "short_name", "Digital")
    other = course(desk.database, stored(desk)[1].id)
    desk.perform(save_course, form=replace(other, capacity=9))
    settle()
    assert tab.editor.lines["short_name"].text() == "Digital"
    assert tab.rows[1].capacity == 9


def asked(tab: CoursesTab) -> ConflictDialog[CourseForm]:
    dialog = tab.findChild(ConflictDialog)
    assert dialog is not None
    return dialog


def test_two_people_at_one_field_see_both_values_and_choose(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    form = course(desk.database, stored(desk)[0].id)
    save_course(desk.database, form=replace(form, short_name="Theirs", capacity=9), actor="西山")
    retype(qtbot, tab, "short_name", "Mine")
    tab.reload()  # what they saved appears, but not in the field I am at
    settle()
    assert tab.editor.lines["short_name"].text() == "Mine"
    qtbot.mouseClick(tab.save_button, CLICK)
    settle()
    dialog = asked(tab)
    names = [button.accessibleName() for button in dialog.answers.values()]
    assert ["Theirs" in names[0], "西山" in names[0], "Mine" in names[1]] == [True, True, True]
    assert not dialog.save_button.isEnabled(), "nothing is chosen for the clerk"
    qtbot.mouseClick(dialog.answers["short_name", Side.THEIRS], CLICK)
    qtbot.mouseClick(dialog.save_button, CLICK)
    settle()
    assert (stored(desk)[0].short_name, stored(desk)[0].capacity) == ("Theirs", 9)


def test_two_people_at_one_course(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle, messages: list[Message]
) -> None:
    form = course(desk.database, stored(desk)[0].id)
    save_course(desk.database, form=replace(form, capacity=9), actor="西山")
    retype(qtbot, tab, "short_name", "Digital")
    qtbot.mouseClick(tab.save_button, CLICK)
    settle()
    assert stored(desk)[0].short_name != "Digital", "the other's work is not overwritten"
    assert tab.editor.lines["short_name"].text() == "Digital", "mine is still on the screen"
    dialog = asked(tab)
    assert dialog.answers == {}, "we changed different fields"
    qtbot.mouseClick(dialog.save_button, CLICK)
    settle()
    assert messages[-1].tone == "good"
    assert (stored(desk)[0].capacity, stored(desk)[0].short_name) == (9, "Digital")


def test_giving_up_after_a_conflict_shows_what_the_other_saved(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle, messages: list[Message]
) -> None:
    form = course(desk.database, stored(desk)[0].id)
    save_course(desk.database, form=replace(form, capacity=9), actor="西山")
    retype(qtbot, tab, "short_name", "Digital")
    qtbot.mouseClick(tab.save_button, CLICK)
    settle()
    qtbot.mouseClick(asked(tab).stop_button, CLICK)
    settle()
    qtbot.mouseClick(tab.revert_button, CLICK)
    settle()
    assert tab.editor.capacity.text() == "9"
    assert tab.editor.lines["short_name"].text() == form.short_name


def test_adding_a_course(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle, messages: list[Message]
) -> None:
    qtbot.mouseClick(tab.add_button, CLICK)
    assert tab.list.ids()[-1] == NEW_ID
    assert QApplication.focusWidget() is tab.editor.lines["name"]
    assert tab.places.isHidden()
    assert not tab.remove_button.isEnabled()
    for name, text in (
        ("name", "Green course"), ("short_name", "Green"), ("sign", "G"), ("host_department", "Parks"),
    ):  # fmt: skip
        qtbot.keyClicks(tab.editor.lines[name], text)
    qtbot.mouseClick(tab.save_button, CLICK)
    settle()
    assert [row.short_name for row in stored(desk)][-1] == "Green"
    assert tab.list.ids() == [row.id for row in stored(desk)]
    assert tab.editor.lines["name"].text() == "Green course"
    assert tab.remove_button.isEnabled()
    assert not tab.save_button.isEnabled()
    qtbot.mouseClick(tab.remove_button, CLICK)
    settle()
    assert len(stored(desk)) == 2
    assert messages[-1].tone == "good"
    assert tab.editor.lines["name"].text() == stored(desk)[0].name


def test_a_new_course_can_be_given_up(tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    qtbot.mouseClick(tab.add_button, CLICK)
    qtbot.mouseClick(tab.revert_button, CLICK)
    settle()
    assert NEW_ID not in tab.list.ids()
    assert tab.editor.lines["name"].text() == stored(desk)[0].name


def test_without_any_course_the_tab_says_what_to_do(
    tab: CoursesTab, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    for _course in range(2):
        qtbot.mouseClick(tab.remove_button, CLICK)
        settle()
    assert stored(desk) == []
    assert tab.empty.isVisible()
    assert not tab.list.isVisible()
    qtbot.mouseClick(tab.empty.button, CLICK)
    assert tab.list.ids() == [NEW_ID]
    assert not tab.empty.isVisible()


def test_the_window_does_not_close_over_typed_text(tab: CoursesTab, qtbot: QtBot) -> None:
    assert tab.can_leave()
    retype(qtbot, tab, "short_name", "Digital")

    def answer(button: int) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.buttons()[button].click()

    answers = []
    for button in (0, 1):
        QTimer.singleShot(0, lambda button=button: answer(button))
        answers.append(tab.can_leave())
    assert sorted(answers) == [False, True]


def test_the_sentences_are_shown_while_they_are_typed(tab: CoursesTab, qtbot: QtBot) -> None:
    area = tab.editor.areas["summary"]
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(area, "We make it simple.")
    qtbot.waitUntil(lambda: "We make it simple." in tab.reading.labels())
    area.clear()
    qtbot.waitUntil(lambda: "We make it simple." not in tab.reading.labels())


@pytest.mark.parametrize("typed", ["DX,ＤＸ、スマート", "DX, ＤＸ， スマート "])
def test_words_are_separated_by_any_comma(tab: CoursesTab, typed: str) -> None:
    tab.editor.lines["match_words"].setText(typed)
    assert tab.editor.form().match_words == ("DX", "ＤＸ", "スマート")


def test_what_is_loaded_comes_back_unchanged(tab: CoursesTab, desk: Desk) -> None:
    for row in stored(desk):
        form = course(desk.database, row.id)
        tab.editor.load(form)
        assert tab.editor.form() == form


def test_places_against_applications(tab: CoursesTab, desk: Desk, qtbot: QtBot) -> None:
    row = stored(desk)[0]
    panel = PlacesPanel()
    qtbot.addWidget(panel)
    panel.show_course(replace(row, applications=222, first_passed=31, final_passed=3, reserves=1, capacity=2))
    assert [bar.value for bar in panel.chart.bars()] == [222, 31, 1, 3]
    assert panel.chart.bars()[-1].tone == "caution"
    assert not panel.over.isHidden()
    assert "111" in panel.sentence.text()
    panel.show_course(replace(row, applications=222, capacity=0))
    assert "111" not in panel.sentence.text()
    panel.show_course(replace(row, applications=0))
    assert panel.over.isHidden()
    assert capacity_text(row) != capacity_text(replace(row, capacity_approximate=False))


@pytest.fixture
def read_only_desk(desk: Desk) -> Iterator[Desk]:
    assert desk.database.path is not None
    before: Database = desk.database
    desk.database = open_database(desk.database.path, read_only=True)
    yield desk
    desk.database.dispose()
    desk.database = before


def test_a_file_that_may_not_be_written_can_be_read(
    qtbot: QtBot, read_only_desk: Desk, settle: Settle
) -> None:
    tab = CoursesTab(read_only_desk)
    qtbot.addWidget(tab)
    tab.show()
    settle()
    assert tab.editor.lines["name"].text()
    qtbot.keyClicks(tab.editor.lines["name"], "x")
    assert not tab.editor.is_changed()
    assert not tab.add_button.isEnabled()
    assert not tab.save_button.isEnabled()
    assert not tab.remove_button.isEnabled()
    tab.add()
    assert NEW_ID not in tab.list.ids()
