"""The dialog for the roster, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from papers_driver import asking, paper_windows, tick
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.documents.specs import RosterSpec
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.paper_options import RosterOptions, remember_roster, remembered_roster
from fujisawa_desktop.services.paper_rosters import COLUMNS, USUAL_COLUMNS
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.papers.roster_dialog import RosterDialog

LEFT = Qt.MouseButton.LeftButton
Begin = Callable[..., RosterDialog]


@pytest.fixture
def begin(qtbot: QtBot, desk: Desk, settle: Any) -> Iterator[Begin]:
    """A function that opens the dialog and waits for its picture."""
    for opened in asking(qtbot, desk, settle, RosterDialog):
        yield partial(opened, "roster")


def specs(window: PaperWindow) -> list[RosterSpec]:
    assert window.draft is not None
    return [sheet.spec for sheet in window.draft.sheets if isinstance(sheet.spec, RosterSpec)]


def test_it_begins_with_the_usual_columns_and_a_picture(begin: Begin) -> None:
    dialog = begin()
    assert dialog.columns.keys() == USUAL_COLUMNS
    assert dialog.columns.count() == len(COLUMNS)
    assert dialog.view.count() == 1
    assert dialog.go.isEnabled()
    assert not dialog.advice.isVisible()
    assert dialog.course.count() == 3


def test_columns_are_ticked_and_moved_by_keyboard(qtbot: QtBot, settle: Any, begin: Begin) -> None:
    dialog = begin()
    dialog.columns.setCurrentRow(3)
    qtbot.keyClick(dialog.columns, Qt.Key.Key_Space)
    settle()
    assert dialog.columns.keys() == tuple(key for key in USUAL_COLUMNS if key != "kana")
    dialog.columns.setCurrentRow(2)
    qtbot.keyClick(dialog.columns, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle()
    assert dialog.columns.keys()[:3] == ("row", "name", "number")
    dialog.columns.move_current(1)
    settle()
    assert dialog.columns.keys()[:3] == ("row", "number", "name")
    qtbot.keyClick(dialog.columns, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.columns.currentRow() == 3


def test_the_picture_follows_the_columns(settle: Any, begin: Begin) -> None:
    dialog = begin()
    before = dialog.view.page_image()
    for row in range(3, dialog.columns.count()):
        dialog.columns.item(row).setCheckState(Qt.CheckState.Unchecked)
    settle()
    after = dialog.view.page_image()
    assert before.width() > before.height()
    assert after.height() > after.width(), "three columns stand upright"


def test_too_many_and_no_columns_are_told(settle: Any, begin: Begin) -> None:
    dialog = begin()
    for row in range(dialog.columns.count()):
        dialog.columns.item(row).setCheckState(Qt.CheckState.Checked)
    settle()
    assert dialog.advice.isVisible()
    assert dialog.go.isEnabled()
    for row in range(dialog.columns.count()):
        dialog.columns.item(row).setCheckState(Qt.CheckState.Unchecked)
    settle()
    assert dialog.advice.isVisible()
    assert not dialog.go.isEnabled()
    assert dialog.view.count() == 0
    dialog.show_pages()
    assert not paper_windows()


def test_the_pages_open_as_they_were_chosen_and_it_is_remembered(
    qtbot: QtBot, settle: Any, begin: Begin, database: Database
) -> None:
    dialog = begin(numbers=["300", "100", "20"])
    dialog.order.setCurrentIndex(1)
    tick(qtbot, dialog.by_course)
    tick(qtbot, dialog.marked)
    dialog.state.setCurrentIndex(dialog.state.findData("first-passed"))
    settle()
    qtbot.mouseClick(dialog.go, LEFT)
    settle()
    (window,) = paper_windows()
    (spec,) = specs(window)
    assert [row[1] for row in spec.rows] == ["100", "300"]
    assert spec.mark == ""
    kept = remembered_roster(database)
    assert (kept.columns, kept.order, kept.by_course, kept.marked) == (USUAL_COLUMNS, "number", False, False)


def test_it_begins_as_it_was_wanted_last(qtbot: QtBot, settle: Any, begin: Begin, database: Database) -> None:
    wanted = RosterOptions(columns=("name", "phone"), order="number", by_course=False, marked=False)
    remember_roster(database, options=wanted)
    dialog = begin()
    assert dialog.options() == wanted
    assert dialog.columns.item(0).data(Qt.ItemDataRole.UserRole) == "name"
    dialog._usual()
    settle()
    assert dialog.columns.keys() == USUAL_COLUMNS


def test_nobody_of_that_state_is_said_in_words(settle: Any, begin: Begin) -> None:
    dialog = begin(numbers=["300"])
    dialog.state.setCurrentIndex(dialog.state.findData("appointed"))
    settle()
    assert dialog.notice.isVisible()
    assert not dialog.go.isEnabled()
    dialog.state.setCurrentIndex(0)
    settle()
    assert not dialog.notice.isVisible()
    assert dialog.go.isEnabled()
