"""A block of cells: some columns of the chosen rows go to the clipboard, and only there."""

from __future__ import annotations

import pytest
from applicants_driver import Quiet, cells, column
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHOWN = ("number", "name", "kana", "phone", "grade", "status")


@pytest.fixture
def listed(qtbot: QtBot, tab: ApplicantsTab) -> ApplicantsTab:
    """The list with known columns, after a click on the name of the second row."""
    tab.table.show_columns(SHOWN)
    tab.table.setFocus()
    qtbot.mouseClick(tab.table.viewport(), LEFT, pos=point(tab, 1, "name"))
    return tab


def point(tab: ApplicantsTab, row: int, key: str) -> QPoint:
    return tab.table.visualRect(tab.model.index(row, column(key))).center()


def draw(qtbot: QtBot, tab: ApplicantsTab, start: QPoint, end: QPoint) -> None:
    """Draw with the left button down."""
    port = tab.table.viewport()
    qtbot.mousePress(port, LEFT, pos=start)
    for share in (0.3, 0.6, 1.0):
        qtbot.mouseMove(port, start + (end - start) * share)
    qtbot.mouseRelease(port, LEFT, pos=end)


def copied(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> list[list[str]]:
    qtbot.keyClick(tab.table, Qt.Key.Key_C, CONTROL)
    quiet()
    text = QGuiApplication.clipboard().text().replace("\u3000", " ")
    return [line.split("\t") for line in text.split("\n")]


def keys_of(tab: ApplicantsTab) -> list[str]:
    return [key for key in SHOWN if column(key) in tab.table.block.columns()]


def test_shift_and_arrows_copy_a_block_with_its_headings(
    qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet
) -> None:
    tab = listed
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(tab.table, key, SHIFT)
    assert keys_of(tab) == ["name", "kana", "phone"]
    assert tab.table.selected_ranges() == [(1, 3)]
    assert tab.centre.chosen.text() == "3 chosen × 3 columns"
    wanted = [[cells(tab, key, 4)[row] for key in ("name", "kana", "phone")] for row in (1, 2, 3)]
    assert copied(qtbot, tab, quiet) == [["Name", "Reading", "Telephone"], *wanted]


def test_a_copied_block_keeps_leading_zeros(
    qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    row = listed.model.row_at(1)
    assert row is not None
    save_cell(people, applicant_ids=[row.applicant_id], field="phone", text="0466251111")
    listed.reload()
    quiet()
    qtbot.keyClick(listed.table, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(listed.table, Qt.Key.Key_Right, SHIFT)
    rows = copied(qtbot, listed, quiet)
    assert rows[1][0].replace(" ", "") == row.name.replace("\u3000", "")
    marked = QGuiApplication.clipboard().mimeData().html()
    assert rows[1][2].startswith("0466")
    assert f"mso-number-format:'\\@'\">{rows[1][2]}<" in marked
    assert marked.count("<th") == 3


def test_the_block_follows_the_columns_as_they_stand(
    qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet
) -> None:
    listed.table.show_columns(("number", "grade", "name", "status"))
    qtbot.mouseClick(listed.table.viewport(), LEFT, pos=point(listed, 0, "name"))
    qtbot.keyClick(listed.table, Qt.Key.Key_Left, SHIFT)
    assert copied(qtbot, listed, quiet)[0] == ["Grade", "Name"]
    qtbot.keyClick(listed.table, Qt.Key.Key_Home, SHIFT)
    assert copied(qtbot, listed, quiet)[0] == ["Number", "Grade", "Name"]
    qtbot.keyClick(listed.table, Qt.Key.Key_End, SHIFT)
    assert copied(qtbot, listed, quiet)[0][0] == "Name"
    listed.table.show_column("name", shown=False)
    assert not listed.table.block, "a block whose column is gone is gone"


def test_a_block_is_drawn_with_the_mouse_and_shift_draws_it_on(
    qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet
) -> None:
    tab = listed
    draw(qtbot, tab, point(tab, 2, "phone"), point(tab, 4, "name"))
    assert keys_of(tab) == ["name", "kana", "phone"]
    assert tab.table.selected_ranges() == [(2, 4)]
    qtbot.mouseClick(tab.table.viewport(), LEFT, SHIFT, point(tab, 5, "kana"))
    assert keys_of(tab) == ["kana", "phone"]
    assert tab.table.selected_ranges() == [(2, 5)]
    assert len(copied(qtbot, tab, quiet)) == 5


def test_drawing_down_one_column_chooses_whole_rows(
    qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet
) -> None:
    draw(qtbot, listed, point(listed, 1, "name"), point(listed, 3, "name"))
    assert not listed.table.block
    assert len(copied(qtbot, listed, quiet)[0]) > len(SHOWN)


@pytest.mark.parametrize("end", ["escape", "down", "click", "all", "search", "back"])
def test_what_ends_a_block(qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet, end: str) -> None:
    table = listed.table
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_Right, SHIFT)
    assert table.block
    if end == "escape":
        qtbot.keyClick(table, Qt.Key.Key_Escape)
        assert table.selected_ranges() == [(1, 2)], "the rows stay chosen"
    elif end == "down":
        qtbot.keyClick(table, Qt.Key.Key_Down)
    elif end == "click":
        qtbot.mouseClick(table.viewport(), LEFT, pos=point(listed, 1, "grade"))
    elif end == "all":
        qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    elif end == "search":
        listed.search.setText("a")
        quiet()
    else:
        qtbot.keyClick(table, Qt.Key.Key_Left, SHIFT)
    assert not table.block
    assert "×" not in listed.centre.chosen.text()


def test_everything_else_is_done_with_whole_rows(
    qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet, desk: Desk, messages: list[Message]
) -> None:
    grades = cells(listed, "grade", 4)
    qtbot.mouseClick(listed.table.viewport(), LEFT, pos=point(listed, 1, "phone"))
    qtbot.keyClick(listed.table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(listed.table, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(listed.table, Qt.Key.Key_D, CONTROL)
    quiet()
    assert "Nothing was filled" in messages[-1].text
    assert cells(listed, "grade", 4) == grades
    qtbot.keyClick(listed.table, Qt.Key.Key_G, CONTROL)
    quiet()
    assert len(desk.group) == 2
    titles = [action.text() for action in listed.context_menu().actions()]
    assert "Copy the block (Ctrl+C)" in titles


def test_the_block_stays_while_the_list_is_read_again(
    qtbot: QtBot, listed: ApplicantsTab, quiet: Quiet
) -> None:
    qtbot.keyClick(listed.table, Qt.Key.Key_Right, SHIFT)
    listed.reload()
    quiet()
    assert keys_of(listed) == ["name", "kana"]


def test_the_block_is_seen(qtbot: QtBot, listed: ApplicantsTab) -> None:
    def colours() -> tuple[str, str]:
        picture = listed.table.viewport().grab().toImage()
        tops = [
            listed.table.visualRect(listed.model.index(1, column(key))).topLeft() for key in ("name", "grade")
        ]
        inside, outside = (picture.pixelColor(top + QPoint(3, 3)).name() for top in tops)
        return inside, outside

    inside, outside = colours()
    assert inside == outside
    qtbot.keyClick(listed.table, Qt.Key.Key_Right, SHIFT)
    inside, outside = colours()
    assert inside != outside
