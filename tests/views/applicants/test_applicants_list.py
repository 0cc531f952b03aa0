from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from applicants_driver import SAMPLES, Quiet, cells, column, dialog_of
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicants import ListQuery, list_ids, list_page
from fujisawa_desktop.services.programmes import create_programme
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.applicants.sort_menu import fill_sort_menu
from fujisawa_desktop.views.applicants.table_model import PAGE_ROWS
from fujisawa_desktop.views.applicants.words import FLAGS
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.widgets import CountedCheck


def test_the_list_opens_with_everybody_and_the_first_person(tab: ApplicantsTab) -> None:
    assert tab.model.rowCount() == 400
    assert cells(tab, "name", 3) == ["新井 結菜", "新井 悠斗", "新井 蓮"]
    assert "400 shown (of 400)" in tab.centre.shown.text()
    assert tab.centre.chosen.text() == "1 chosen"
    assert tab.pane.person is not None
    assert tab.pane.person.name == "新井\u3000結菜"
    assert tab.pane.place.text() == "1 / 400"


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("新井 結菜", "新井 結菜"),
        ("あらい ゆいな", "新井 結菜"),
        ("アライ", "新井 結菜"),
        ("ｱﾗｲ", "新井 結菜"),
    ],
)
def test_names_are_found_in_any_writing(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, typed: str, finds: str
) -> None:
    tab.search.setFocus()
    tab.search.insert(typed)
    quiet()
    assert cells(tab, "name", 1) == [finds]
    assert 0 < tab.model.rowCount() < 30
    assert f"{tab.model.rowCount()} shown (of 400)" in tab.centre.shown.text()


def test_a_number_typed_key_by_key_finds_its_entry(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    row = tab.model.row_at(7)
    assert row is not None
    qtbot.keyClicks(tab.search, row.number)
    quiet()
    assert cells(tab, "number") == [row.number]
    assert tab.pane.person is not None
    assert tab.pane.person.number == row.number


def test_letters_still_being_composed_ask_nothing(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.search.setFocus()
    QApplication.sendEvent(tab.search, QInputMethodEvent("たかはし", []))
    quiet()
    assert tab.model.rowCount() == 400
    done = QInputMethodEvent()
    done.setCommitString("高橋")
    QApplication.sendEvent(tab.search, done)
    quiet()
    assert 0 < tab.model.rowCount() < 100


def test_variants_of_a_character_are_one_when_searching(tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.search.setText("髙橋")
    quiet()
    found = tab.model.rowCount()
    tab.search.setText("高橋")
    quiet()
    assert found == tab.model.rowCount() > 0


def test_filters_show_counts_and_combine(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    late, doubtful = tab.filters.flags.box("late"), tab.filters.flags.box("duplicate")
    assert late.count()
    assert doubtful.count() == 60
    qtbot.mouseClick(late, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.model.rowCount() == late.count()
    qtbot.mouseClick(tab.filters.sources.box("rikunabi"), Qt.MouseButton.LeftButton)
    quiet()
    with_both = tab.model.rowCount()
    assert with_both <= (late.count() or 0)
    assert tab.filters.clear_button.isEnabled()
    qtbot.mouseClick(tab.filters.clear_button, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.model.rowCount() == 400
    assert not tab.filters.clear_button.isEnabled()


def test_a_filter_works_from_the_keyboard(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    box = tab.filters.statuses.box(ApplicationStatus.WITHDRAWN)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    quiet()
    assert tab.model.rowCount() == box.count()


def test_tab_goes_from_left_to_right_and_from_top_to_bottom(qtbot: QtBot, tab: ApplicantsTab) -> None:
    tab.filters.select(flags=["late"])
    tab.filters.clear_button.setFocus()
    met: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in met:
        met.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    boxes = [widget.mapToGlobal(QPoint()).y() for widget in met if isinstance(widget, CountedCheck)]
    assert len(boxes) == 2 + len(ApplicationStatus) + len(FLAGS) + 3
    assert boxes == sorted(boxes)
    left, middle, right = (
        [met.index(widget) for widget in met if part.isAncestorOf(widget)]
        for part in (tab.filters, tab.centre, tab.pane)
    )
    assert max(left) < min(middle)
    assert max(middle) < min(right)


def test_nothing_found_offers_to_take_the_search_away(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    qtbot.keyClicks(tab.search, "zzzz")
    tab.filters.select(flags=["late"])
    quiet()
    assert tab.model.rowCount() == 0
    assert tab.table.empty.isVisible()
    assert tab.table.empty.title() == "Nobody fits"
    assert tab.pane.person is None
    qtbot.mouseClick(tab.table.empty.button, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.model.rowCount() == 400
    assert not tab.table.empty.isVisible()
    assert tab.search.text() == ""


def test_a_click_on_a_heading_sorts_and_a_second_turns_it(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    header = tab.table.horizontalHeader()
    x = header.sectionViewportPosition(column("number")) + 20
    for direction in ("asc", "desc"):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
        quiet()
        asked = ListQuery(programme_id, sorts=(("number", direction),))
        expected = [row.number for row in list_page(people, asked, 0, 5)]
        assert cells(tab, "number") == expected


def test_sorting_is_reached_from_the_keyboard(tab: ApplicantsTab, quiet: Quiet) -> None:
    menu = QMenu()
    fill_sort_menu(menu, tab.table.header)
    received = next(action for action in menu.actions() if action.text() == "Received at")
    received.trigger()
    quiet()
    times = [tab.model.row_at(row).received_at for row in range(5)]  # type: ignore[union-attr]
    assert times == sorted(times)


def test_rows_beyond_the_first_page_are_read_when_looked_at(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    last = tab.model.rowCount() - 1
    assert tab.model.row_at(last) is None
    quiet()
    row = tab.model.row_at(last)
    assert row is not None
    assert row.entry_id == list_ids(people, ListQuery(programme_id, sorts=(("name", "asc"),)))[-1]


def test_choosing_all_means_every_row_of_the_list(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, messages: list[Message]
) -> None:
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert tab.table.selected_count() == 400
    assert tab.centre.chosen.text() == "400 chosen"
    assert not tab.centre.all_button.isVisible()
    qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    quiet()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 401
    assert lines[0].split("\t")[:2] == ["Number", "Name"]
    assert len({line.split("\t")[0] for line in lines}) == 401
    assert messages[-1].text == "400 rows copied."


def test_choosing_all_before_the_length_is_known_still_means_all(
    tab: ApplicantsTab, quiet: Quiet, qtbot: QtBot, tasks: Tasks
) -> None:
    tab.search.setText("大学")
    qtbot.waitUntil(lambda: tab.model.rowCount() == PAGE_ROWS, timeout=5000)
    tab.table.selectAll()
    quiet()
    assert tab.model.rowCount() > PAGE_ROWS
    assert tab.table.selected_count() == tab.model.rowCount()


def test_the_link_chooses_all(qtbot: QtBot, tab: ApplicantsTab) -> None:
    qtbot.mouseClick(tab.centre.all_button, Qt.MouseButton.LeftButton)
    assert tab.table.selected_count() == 400


def test_copied_cells_are_those_shown(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.table.show_column("kana", shown=True)
    tab.table.show_column("school", shown=False)
    tab.table.select_ranges([(0, 1)], 0)
    tab.table.copy_wanted.emit(False)
    quiet()
    head, *rows = QGuiApplication.clipboard().text().split("\n")
    assert "Reading" in head
    assert "University" not in head
    assert [row.split("\t")[0] for row in rows] == cells(tab, "number", 2)


def test_arrows_step_through_people_and_the_pane_follows(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    tab.table.setFocus()
    for _step in range(3):
        qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    quiet()
    assert tab.pane.person is not None
    assert tab.pane.person.number == cells(tab, "number", 4)[3]
    assert tab.pane.place.text() == "4 / 400"
    qtbot.mouseClick(tab.pane.previous, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.pane.person.number == cells(tab, "number", 3)[2]


def test_down_goes_from_the_search_box_to_the_list(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.search.setFocus()
    qtbot.keyClick(tab.search, Qt.Key.Key_Down)
    assert tab.table.hasFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    quiet()
    assert tab.table.currentIndex().row() == 1
    tab.focus_search()
    assert tab.search.hasFocus()


def test_return_on_a_row_goes_to_the_details_even_when_they_are_folded(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    qtbot.mouseClick(tab.pane.fold_button, Qt.MouseButton.LeftButton)
    assert not tab.pane.isVisible()
    assert tab.centre.unfold_button.isVisible()
    tab.table.select_row(3)
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    quiet()
    assert tab.pane.isVisible()
    assert tab.pane.person is not None
    assert tab.pane.person.number == cells(tab, "number", 4)[3]
    assert tab.pane.view.hasFocus()


def test_letters_typed_over_the_list_go_to_the_search_box(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    tab.table.setFocus()
    qtbot.keyClicks(tab.table, "2")
    assert tab.search.hasFocus()
    assert tab.search.text() == "2"


def test_the_menu_key_opens_what_can_be_done(tab: ApplicantsTab, quiet: Quiet) -> None:
    asked: list[QPoint] = []
    tab.table.menu_wanted.disconnect()
    tab.table.menu_wanted.connect(asked.append)
    at = tab.table.viewport().rect().center()
    QApplication.sendEvent(
        tab.table.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, tab.table.viewport().mapToGlobal(at)),
    )
    row = tab.table.visualRect(tab.table.currentIndex())
    assert asked == [tab.table.viewport().mapToGlobal(row.bottomLeft())]
    menu = tab.context_menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[0] == "1st screening: pass…"
    assert texts[-2:] == ["Sort by", "Choose and order columns…"]
    assert "Copy (Ctrl+C)" in texts
    menu.actions()[0].trigger()
    quiet()
    assert dialog_of(tab, DecisionDialog).deed().key == "first-pass"


def test_narrow_lists_hide_what_is_least_needed(tab: ApplicantsTab) -> None:
    def hidden() -> set[str]:
        return {
            key
            for key in ("kana", "received_at", "grade", "school", "name", "status")
            if tab.table.isColumnHidden(column(key))
        }

    tab.table.resize(640, 400)
    tab.table.fit_columns()
    assert hidden() == {"kana", "received_at", "grade"}
    narrow = tab.table.columnWidth(column("school"))
    tab.table.resize(1300, 400)
    tab.table.fit_columns()
    assert hidden() == set()
    assert tab.table.columnWidth(column("school")) > narrow + 100


def test_columns_and_panes_are_remembered(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, show: Callable[[], ApplicantsTab], settings: Memory
) -> None:
    tab.table.show_column("kana", shown=True)
    tab.table.show_column("grade", shown=False)
    tab.table.setColumnWidth(column("name"), 201)
    tab.table.header.show_sorts([("number", "desc"), ("name", "asc")])
    tab.fold(folded=True)
    quiet()
    tab.save_state()
    again = show()
    assert not again.table.isColumnHidden(column("kana"))
    assert again.table.isColumnHidden(column("grade"))
    assert again.table.columnWidth(column("name")) == 201
    assert again.table.header.sorts == (("number", "desc"), ("name", "asc"))
    assert again.pane.isHidden()
    assert cells(again, "number", 1) == [max(cells(again, "number", PAGE_ROWS))]
    again.table.column_menu().actions()[-1].trigger()
    again.save_state()
    assert settings.value("columns/applicants-hidden-2") is None


def test_an_empty_programme_says_what_to_do(
    qtbot: QtBot, database: Database, show: Callable[[], ApplicantsTab], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = show()
    assert tab.table.empty.isVisible()
    assert tab.table.empty.title() == "There are no applicants yet"
    assert not tab.centre.decide_button.isEnabled()
    assert not tab.filters.sources.isVisible()
    asked: list[object] = []
    monkeypatch.setattr(
        "fujisawa_desktop.views.applicants.errands.QFileDialog.getOpenFileNames",
        lambda *args: (asked.append(args), ([], ""))[1],
    )
    qtbot.mouseClick(tab.table.empty.button, Qt.MouseButton.LeftButton)
    assert asked


def test_a_list_that_cannot_be_read_says_so_and_can_be_tried_again(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    with people.write() as session:
        session.execute(text("ALTER TABLE entry RENAME TO entry_away"))
        session.commit()
    tab.reload()
    quiet()
    assert tab.table.empty.title() == "The list could not be read"
    with people.write() as session:
        session.execute(text("ALTER TABLE entry_away RENAME TO entry"))
        session.commit()
    qtbot.mouseClick(tab.table.empty.button, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.model.rowCount() == 400


def test_read_only_lets_nothing_be_changed(
    qtbot: QtBot, people: Database, desk: Desk, show: Callable[[], ApplicantsTab], tmp_path: Path
) -> None:
    desk.database = open_database(tmp_path / "r6.fjdb", read_only=True)
    tab = show()
    assert tab.model.rowCount() == 400
    for button in (tab.centre.import_button, tab.centre.decide_button, tab.pane.edit_button):
        assert not button.isEnabled()
    tab.decide("first-pass")
    tab.errands.take_in([SAMPLES / "rikunabi.csv"])
    tab.pane.edit()
    assert not tab.pane.is_editing()
    assert [
        button
        for button in tab.findChildren(QPushButton)
        if button.text() == "Two people" and button.isEnabled()
    ] == []
    desk.database.dispose()


def test_another_programme_starts_with_an_empty_search(
    tab: ApplicantsTab, quiet: Quiet, desk: Desk, people: Database, tmp_path: Path
) -> None:
    tab.search.setText("高橋")
    quiet()
    source = (Path(__file__).parents[3] / "resources" / "programmes" / "r6.toml").read_text(encoding="utf-8")
    other = tmp_path / "r7.toml"
    other.write_text(
        source.replace('"r6"', '"r7"').replace("fiscal_year = 2024", "fiscal_year = 2025"), encoding="utf-8"
    )
    create_programme(people, source=other, actor="test")
    with people.read() as session:
        newest = session.scalar(text("SELECT max(id) FROM programme"))
    desk.switch_programme(newest)
    quiet()
    assert tab.search.text() == ""
    assert tab.model.rowCount() == 0
    assert tab.table.empty.title() == "There are no applicants yet"


def test_people_stay_chosen_when_the_list_changes_under_them(
    tab: ApplicantsTab, quiet: Quiet, people: Database, desk: Desk
) -> None:
    chosen = cells(tab, "number", 12)[2:12:3]
    for row in range(2, 12, 3):
        tab.table.selectionModel().select(
            tab.model.index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    tab.table.selectionModel().select(
        tab.model.index(0, 0),
        QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows,
    )
    with people.write() as session:  # the first person of the list now stands last
        session.execute(
            text(
                "UPDATE applicant SET sort_key = 'ン' "
                "WHERE id = (SELECT applicant_id FROM entry WHERE id = :id)"
            ),
            {"id": tab.model.row_at(0).entry_id},
        )  # type: ignore[union-attr]
        session.commit()
    tab.reload()
    quiet()
    rows = tab.table.selected_rows()
    assert rows == [1, 4, 7, 10]
    assert [tab.model.row_at(row).number for row in rows] == chosen  # type: ignore[union-attr]


def test_a_person_outside_the_filter_is_reached(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    ids = list_ids(people, ListQuery(programme_id, sorts=(("name", "asc"),)))
    tab.search.setText("新井")
    quiet()
    tab.go_to_entry(ids[-1])
    quiet()
    assert tab.search.text() == ""
    assert tab.table.currentIndex().row() == 399
    assert tab.pane.person is not None
    assert tab.pane.person.entry_id == ids[-1]
