"""What was typed into a text, and what others made of it meanwhile: asked about, kept, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conflict_asked import asked
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from wording_hands import (
    FIRST,
    LEFT,
    Open,
    body,
    save_elsewhere,
    stored,
    write,
)

from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.wording_versions import SHIPPED
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import WordingWindow
from fujisawa_desktop.views.papers.wording_tree import Place
from fujisawa_desktop.views.papers.wording_versions_dialog import WordingVersionsDialog


def test_what_was_typed_is_asked_about_before_another_wording_is_shown(
    qtbot: QtBot, wording: Open, settle: Any, answer: Any
) -> None:
    window = wording()
    write(qtbot, body(window), "typed")
    asked = answer(QMessageBox.ButtonRole.RejectRole)
    window.tree.choose(Place("roster", None))
    settle()
    assert asked
    assert window.text is not None
    assert window.text.name == FIRST
    assert window.tree.place() == Place(FIRST, ("pass",))
    assert body(window).value() == ["typed"]
    answer(QMessageBox.ButtonRole.DestructiveRole)
    window.tree.choose(Place("roster", None))
    settle()
    assert window.text.name == "roster"


def test_another_part_of_the_same_letter_needs_no_question(
    qtbot: QtBot, wording: Open, settle: Any, answer: Any
) -> None:
    window = wording()
    write(qtbot, body(window), "typed")
    asked = answer(QMessageBox.ButtonRole.RejectRole)
    window.tree.choose(Place(FIRST, ("fail",)))
    settle()
    window.tree.choose(Place(FIRST, ()))
    settle()
    assert asked == []
    assert window.is_changed()
    assert ("honorific",) in window.form.editors
    window.tree.choose(Place(FIRST, ("pass",)))
    settle()
    assert body(window).value() == ["typed"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, None])
def test_closing_asks_about_what_was_typed(
    qtbot: QtBot, wording: Open, settle: Any, answer: Any, key: Qt.Key | None
) -> None:
    def leave() -> None:
        if key is None:
            window.close()
        else:
            qtbot.keyClick(window, key)

    window = wording()
    write(qtbot, body(window), "typed")
    asked = answer(QMessageBox.ButtonRole.RejectRole)
    leave()
    assert window.isVisible()
    assert len(asked) == 1
    answer(QMessageBox.ButtonRole.DestructiveRole)
    leave()
    settle()
    assert not isValid(window)


@pytest.mark.parametrize("mine", [False, True])
def test_a_version_of_somebody_else_is_not_written_over(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any, *, mine: bool
) -> None:
    window = wording()
    write(qtbot, body(window), "mine")
    save_elsewhere(desk, ["鈴木の文"])
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    question = asked(window)
    assert stored(desk) == ["鈴木の文"]
    question.stop_button.click()
    assert body(window).value() == ["mine"]
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    question = asked(window)
    (question.mine_button if mine else question.theirs_button).click()
    question.save_button.click()
    settle()
    assert stored(desk) == body(window).value() == (["mine"] if mine else ["鈴木の文"])
    assert not window.is_changed()


def test_what_is_typed_stays_beside_a_version_heard_of(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any
) -> None:
    window = wording()
    write(qtbot, body(window), "mine")
    change = save_elsewhere(desk, ["鈴木の文"])
    desk.publish(replace(change, by="鈴木"))
    settle()
    assert body(window).value() == ["mine"]
    assert "鈴木" in window.hint.text()
    window.save()
    settle()
    asked(window).reject()
    assert stored(desk) == ["鈴木の文"]


def test_a_version_taken_up_again_beside_a_newer_one(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any
) -> None:
    save_elsewhere(desk, ["初めの文"])
    window = wording()
    window.show_versions(SHIPPED)
    settle()
    (dialog,) = window.findChildren(WordingVersionsDialog)
    save_elsewhere(desk, ["鈴木の文"])
    dialog.take_back()
    settle()
    asked(dialog).stop_button.click()
    settle()
    assert stored(desk) == ["鈴木の文"]
    dialog.take_back()
    settle()
    asked(dialog).save_button.click()
    settle()
    assert stored(desk) not in (["鈴木の文"], ["初めの文"])


def test_what_was_typed_while_saving_stays(qtbot: QtBot, wording: Open, desk: Desk, settle: Any) -> None:
    window = wording()
    write(qtbot, body(window), "first")
    window.save()
    qtbot.keyClicks(body(window), " more")
    settle()
    assert stored(desk) == ["first"]
    assert body(window).value() == ["first more"]
    window.save()
    settle()
    assert stored(desk) == ["first more"]


def test_an_act_taken_back_elsewhere_is_seen_here(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any
) -> None:
    window = wording()
    before = stored(desk)
    write(qtbot, body(window), "saved")
    window.save()
    settle()
    desk.perform(undo)
    settle()
    assert body(window).value() == before
    assert window.text is not None
    assert window.text.edition == SHIPPED


# --- versions ----------------------------------------------------------------------


def versions_of(window: WordingWindow) -> WordingVersionsDialog:
    found = [one for one in window.findChildren(WordingVersionsDialog) if isValid(one) and one.isVisible()]
    return found[-1]


def test_versions_are_listed_compared_and_taken_back(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any
) -> None:
    for text in ("一番目の文", "二番目の文"):
        save_elsewhere(desk, [text])
    window = wording()
    qtbot.mouseClick(window.versions_button, LEFT)
    settle()
    dialog = versions_of(window)
    assert [one.edition for one in dialog.rows] == [2, 1, SHIPPED]
    assert not dialog.back.isEnabled()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    settle()
    told = dialog.differences.toPlainText()
    assert "一番目の文" in told
    assert "二番目の文" in told
    qtbot.mouseClick(dialog.to_before, LEFT, pos=QPoint(8, dialog.to_before.height() // 2))
    settle()
    assert "二番目の文" not in dialog.differences.toPlainText()
    qtbot.mouseClick(dialog.back, LEFT)
    settle()
    assert stored(desk) == ["一番目の文"]
    assert body(window).value() == ["一番目の文"]


def test_the_shipped_text_is_one_button_away(qtbot: QtBot, wording: Open, desk: Desk, settle: Any) -> None:
    shipped = stored(desk)
    save_elsewhere(desk, ["別の文"])
    window = wording()
    qtbot.mouseClick(window.shipped_button, LEFT)
    settle()
    dialog = versions_of(window)
    assert dialog.table.currentIndex().row() == len(dialog.rows) - 1
    qtbot.mouseClick(dialog.back, LEFT)
    settle()
    assert stored(desk) == shipped
    assert body(window).value() == shipped


# --- ways to the window --------------------------------------------------------------
