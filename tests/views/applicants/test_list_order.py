"""Sorting by several columns, choosing columns, and what narrows the list in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from applicants_driver import Quiet, cells, column, dialog_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models import Application
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.saved_views import saved_views
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.column_dialog import ColumnDialog
from fujisawa_desktop.views.applicants.name_dialog import NameDialog
from fujisawa_desktop.views.applicants.sort_menu import fill_sort_menu
from fujisawa_desktop.views.desk import Desk

LEFT = Qt.MouseButton.LeftButton


def click_heading(
    qtbot: QtBot,
    tab: ApplicantsTab,
    key: str,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    header = tab.table.horizontalHeader()
    x = header.sectionViewportPosition(column(key)) + 12
    qtbot.mouseClick(header.viewport(), LEFT, held, pos=QPoint(x, 12))


def test_shift_and_a_click_sort_within_what_is_sorted(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    tab.table.show_column("grade", shown=True)
    click_heading(qtbot, tab, "grade")
    click_heading(qtbot, tab, "number", Qt.KeyboardModifier.ShiftModifier)
    click_heading(qtbot, tab, "number", Qt.KeyboardModifier.ShiftModifier)
    quiet()
    sorts = (("grade", "asc"), ("number", "desc"))
    assert tab.table.header.sorts == sorts
    expected = [row.number for row in list_page(people, ListQuery(programme_id, sorts=sorts), 0, 20)]
    assert cells(tab, "number", 20) == expected
    assert tab.centre.conditions.texts() == ["Order: Grade ▲ → Number ▼"]
    qtbot.mouseClick(tab.centre.conditions.chips[0], LEFT)
    quiet()
    assert tab.table.header.sorts == (("name", "asc"),)
    assert tab.centre.conditions.isHidden()


def test_a_plain_click_sorts_by_that_column_alone(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    click_heading(qtbot, tab, "name", Qt.KeyboardModifier.ShiftModifier)
    click_heading(qtbot, tab, "number", Qt.KeyboardModifier.ShiftModifier)
    assert tab.table.header.sorts == (("name", "desc"), ("number", "asc"))
    click_heading(qtbot, tab, "number")
    quiet()
    assert tab.table.header.sorts == (("number", "asc"),)


def test_another_order_counts_nothing_again_and_is_as_long_at_once(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    quiet()
    everybody = tab.model.rowCount()
    told: list[object] = []
    tab.listing.counted.connect(told.append)
    tab.listing.lengthened.connect(told.append)
    with qtbot.waitSignal(tab.listing.answered):
        click_heading(qtbot, tab, "number")
    assert tab.model.rowCount() == everybody == 400
    quiet()
    assert told == []
    tab.filters.select(flags=("late",))
    quiet()
    narrowed = tab.model.rowCount()
    assert 0 < narrowed < everybody
    assert told != []
    told.clear()
    tab.reload()
    quiet()
    assert told != []


def test_the_next_column_is_reached_from_the_keyboard(tab: ApplicantsTab, quiet: Quiet) -> None:
    menu = QMenu()
    fill_sort_menu(menu, tab.table.header)
    [then] = [action.menu() for action in menu.actions() if action.text() == "Then by"]
    assert isinstance(then, QMenu)
    next(action for action in then.actions() if action.text() == "Received at").trigger()
    quiet()
    assert tab.table.header.sorts == (("name", "asc"), ("received_at", "asc"))


def test_a_sorted_heading_shows_its_place(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    before = tab.table.header.grab().toImage()
    click_heading(qtbot, tab, "number", Qt.KeyboardModifier.ShiftModifier)
    quiet()
    assert tab.table.header.grab().toImage() != before


def test_the_best_place_is_that_of_the_most_points(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, desk: Desk
) -> None:
    ids = [row.application_ids[0] for row in list_page(people, ListQuery(programme_id), 0, 3)]
    with unit_of_work(people, "test.points") as work:
        work.update_many(Application, {key: {"score": 5000 + at * 1000} for at, key in enumerate(ids)})
        work.commit()
    tab.table.show_columns(("number", "name", "score", "rank", "status"))
    tab.table.header.sort_by("rank", adding=False)
    quiet()
    assert cells(tab, "score", 3) == ["70", "60", "50"]
    assert cells(tab, "rank", 1) == ["1"]
    assert tab.model.index(0, column("score")).data(Qt.ItemDataRole.TextAlignmentRole) & (
        Qt.AlignmentFlag.AlignRight
    )


def test_columns_are_chosen_and_ordered_by_keyboard(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, show: Callable[[], ApplicantsTab]
) -> None:
    tab.acts.choose_columns()
    dialog = dialog_of(tab, ColumnDialog)
    shown = dialog.keys()
    assert shown == tab.table.shown_keys()
    names = [dialog.columns.item(at).text() for at in range(dialog.columns.count())]
    dialog.columns.setCurrentRow(names.index("Telephone"))
    qtbot.keyClick(dialog.columns, Qt.Key.Key_Space)
    for _step in range(names.index("Telephone") - 1):
        qtbot.keyClick(dialog.columns, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.columns.currentRow() == 1
    qtbot.mouseClick(dialog.done_button, LEFT)
    quiet()
    assert tab.table.shown_keys() == (shown[0], "phone", *shown[1:])
    tab.save_state()
    again = show()
    assert again.table.shown_keys() == (shown[0], "phone", *shown[1:])
    again.table.show_automatically()
    assert again.table.shown_keys() == shown


def test_a_wide_choice_of_columns_keeps_room_for_the_states(tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.table.show_columns(("number", "name", "kana", "school", "mail", "note", "phone", "status"))
    quiet()
    assert tab.table.columnWidth(column("status")) >= 190
    assert tab.table.horizontalScrollBar().maximum() > 0
    tab.table.show_automatically()
    quiet()
    assert tab.table.horizontalScrollBar().maximum() == 0


# --- conditions ----------------------------------------------------------------


def test_every_condition_is_said_and_goes_with_a_click_or_a_key(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    qtbot.mouseClick(tab.filters.flags.box("late"), LEFT)
    qtbot.mouseClick(tab.filters.sources.box("rikunabi"), LEFT)
    qtbot.mouseClick(tab.filters.statuses.box(ApplicationStatus.RECEIVED), LEFT)
    quiet()
    assert tab.centre.conditions.texts() == ["State: Received", "Marks: Late", "Source: Rikunabi"]
    assert tab.centre.conditions.isVisible()
    qtbot.mouseClick(tab.centre.conditions.chips[0], LEFT)
    quiet()
    assert tab.filters.statuses.selected() == frozenset()
    chip = tab.centre.conditions.chips[0]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    quiet()
    assert tab.centre.conditions.texts() == ["Source: Rikunabi"]
    assert tab.centre.conditions.chips[0].hasFocus()
    assert tab.model.rowCount() == 180


def test_further_conditions_are_typed_in_any_width(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    ids = [row.application_ids[0] for row in list_page(people, ListQuery(programme_id), 0, 4)]
    with unit_of_work(people, "test.points") as work:
        work.update_many(Application, {key: {"score": 5000 + at * 1000} for at, key in enumerate(ids)})
        work.commit()
    more = tab.filters.more
    assert more.sheet.isHidden()
    qtbot.mouseClick(more.button, LEFT)
    quiet()
    assert more.grades.options()
    more.score_from.setText("６０")
    qtbot.keyClick(more.score_from, Qt.Key.Key_Return)
    quiet()
    assert tab.model.rowCount() == 3
    more.score_to.setText("70点")
    qtbot.keyClick(more.score_to, Qt.Key.Key_Return)
    quiet()
    assert tab.model.rowCount() == 2
    assert tab.centre.conditions.texts() == ["Points: 60 to 70"]
    more.score_to.setText("たくさん")
    qtbot.keyClick(more.score_to, Qt.Key.Key_Return)
    quiet()
    assert tab.model.rowCount() == 3
    qtbot.mouseClick(tab.filters.clear_button, LEFT)
    quiet()
    assert tab.model.rowCount() == 400
    assert more.score_from.text() == ""
    qtbot.mouseClick(more.days["火"], LEFT)
    more.received_from.setText("令和6年10月5日")
    qtbot.keyClick(more.received_from, Qt.Key.Key_Return)
    quiet()
    assert 0 < tab.model.rowCount() < 400
    assert len(tab.centre.conditions.texts()) == 2
    assert more.received_from.text() == "2024-10-05"


# --- saved views ---------------------------------------------------------------


def save_as(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, name: str) -> None:
    qtbot.mouseClick(tab.filters.saved.save_button, LEFT)
    dialog = dialog_of(tab, NameDialog)
    dialog.edit.setText(name)
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    quiet()


def test_conditions_are_saved_shown_with_their_count_and_left_again(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    assert not tab.filters.saved.save_button.isVisible()
    qtbot.mouseClick(tab.filters.flags.box("late"), LEFT)
    click_heading(qtbot, tab, "number")
    quiet()
    count = tab.model.rowCount()
    save_as(qtbot, tab, quiet, "期限後")
    [box] = tab.filters.saved.boxes
    assert (box.label(), box.count(), box.isChecked()) == ("期限後", count, True)
    assert not tab.filters.saved.save_button.isVisible()
    qtbot.mouseClick(box, LEFT)
    quiet()
    assert tab.model.rowCount() == 400
    click_heading(qtbot, tab, "name")
    quiet()
    [box] = tab.filters.saved.boxes
    qtbot.mouseClick(box, LEFT)
    quiet()
    assert tab.model.rowCount() == count
    assert tab.table.header.sorts == (("number", "asc"),)
    assert tab.filters.flags.selected() == {"late"}


def test_a_view_is_renamed_and_deleted_with_keys_and_taken_back(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, desk: Desk
) -> None:
    tab.filters.select(flags=["late"])
    quiet()
    save_as(qtbot, tab, quiet, "一")
    qtbot.keyClick(tab.filters.saved.boxes[0], Qt.Key.Key_F2)
    dialog = dialog_of(tab, NameDialog)
    assert dialog.edit.text() == "一"
    dialog.edit.setText("　")
    qtbot.mouseClick(dialog.save_button, LEFT)
    quiet()
    assert dialog.isVisible()
    dialog.edit.setText("二")
    qtbot.mouseClick(dialog.save_button, LEFT)
    quiet()
    assert [box.label() for box in tab.filters.saved.boxes] == ["二"]
    qtbot.keyClick(tab.filters.saved.boxes[0], Qt.Key.Key_Delete)
    quiet()
    assert tab.filters.saved.boxes == []
    desk.publish(undo(people))
    quiet()
    assert [view.name for view in saved_views(people, programme_id=programme_id)] == ["二"]
    assert [box.label() for box in tab.filters.saved.boxes] == ["二"]


@pytest.mark.parametrize("name", ["長" * 60])
def test_a_long_name_is_shortened_but_not_its_count(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, name: str
) -> None:
    tab.filters.select(flags=["late"])
    quiet()
    save_as(qtbot, tab, quiet, name)
    [box] = tab.filters.saved.boxes
    assert box.width() <= tab.filters.width()
    assert box.toolTip() == name
