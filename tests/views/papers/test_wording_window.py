"""The window in which clerks change texts, driven with mouse and keys."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from wording_hands import (
    BODY,
    FIRST,
    ITEMS,
    LEFT,
    POPUP,
    Open,
    body,
    go_into,
    save_elsewhere,
    stored,
    try_it,
    write,
)

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.programmes import create_programme, programmes
from fujisawa_desktop.services.wording_preview import WordingTrial
from fujisawa_desktop.services.wording_shape import Shape, value_at
from fujisawa_desktop.services.wording_versions import SHIPPED, wording_text, wording_versions
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.papers import PaperWindow, WordingWindow, wording_window
from fujisawa_desktop.views.papers.wording_edit import WordingEdit
from fujisawa_desktop.views.papers.wording_items import ItemsEditor
from fujisawa_desktop.views.papers.wording_tree import Place
from fujisawa_desktop.views.window_acts import WindowActs

# --- choosing and typing ---------------------------------------------------------


def test_every_wording_can_be_chosen_and_shows_its_fields(
    wording: Open, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The pages of all kinds are made in the tests of the service; here they would only take their time.
    monkeypatch.setattr(wording_window, "try_wording", lambda _database, **_more: WordingTrial())
    window = wording()
    places = window.tree.places()
    assert len(places) > 20
    for place in places:
        window.tree.choose(place)
        settle()
        assert window.text is not None
        assert window.text.name == place.name
        assert window.form.editors
        assert not window.is_changed(), place  # what the fields hold is what they were given
        shown = {path: window.form.value(path) for path in window.form.editors}
        for path, value in shown.items():
            assert value == value_at(window.data, path), path


def test_typing_changes_the_page_and_saving_keeps_it(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any
) -> None:
    window = wording()
    before = window.page.view.page_image()
    assert not window.save_button.isEnabled()
    write(qtbot, body(window), "Congratulations")
    try_it(window, settle)
    assert window.page.view.page_image() != before
    window.note.setText("英語にした")
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert stored(desk) == ["Congratulations"]
    newest = wording_versions(desk.database, programme_id=desk.programme_id, name=FIRST)[0]
    assert (newest.edition, newest.actor, newest.note) == (1, "職員", "英語にした")
    assert not window.save_button.isEnabled()
    assert window.note.text() == ""


def test_the_page_is_made_again_by_itself_after_typing(qtbot: QtBot, wording: Open) -> None:
    window = wording()
    before = window.page.view.page_image()
    write(qtbot, body(window), "Dear all")
    qtbot.waitUntil(lambda: window.page.view.page_image() != before, timeout=20_000)


def test_only_the_newest_page_is_shown(wording: Open, settle: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window = wording()
    shown: list[WordingTrial] = []
    monkeypatch.setattr(window.page, "show_trial", shown.append)
    window.try_now()
    window.try_now()
    window.try_now()
    settle()
    assert len(shown) == 1


def test_an_unknown_word_is_marked_and_said_while_typing_and_is_not_saved(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any
) -> None:
    window = wording()
    before = stored(desk)
    write(qtbot, body(window), "{{who}} ")
    try_it(window, settle)
    assert "who" in window.form.forms[BODY].error()
    formats = body(window).document().begin().layout().formats()
    underlined = [one for one in formats if one.format.fontUnderline()]
    assert [(one.start, one.length) for one in underlined] == [(2, 3)]
    assert window.page.view.count() == 1  # the page before the mistake stays
    assert window.page.whose.text()
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert window.notice.text()
    assert stored(desk) == before
    write(qtbot, body(window), "{{氏名}}")
    try_it(window, settle)
    assert window.form.forms[BODY].error() == ""


def test_a_fault_in_an_item_stands_beside_that_item(qtbot: QtBot, wording: Open, settle: Any) -> None:
    window = wording()
    items = window.form.editors[ITEMS]
    assert isinstance(items, ItemsEditor)
    write(qtbot, items.rows[1].lines, "{% if x")
    try_it(window, settle)
    assert [bool(row.error()) for row in items.rows[:3]] == [False, True, False]


# --- words -------------------------------------------------------------------------


def test_a_word_is_written_at_the_cursor_by_double_click_and_by_enter(
    qtbot: QtBot, wording: Open, settle: Any
) -> None:
    window = wording()
    edit = body(window)
    write(qtbot, edit, "x")
    at = next(place for place, word in enumerate(window.words.words) if word.word == "氏名")
    place = window.words.table.visualRect(window.words.model.index(at, 0)).center()
    qtbot.mouseClick(window.words.table.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(window.words.table.viewport(), LEFT, pos=place)
    assert edit.value() == ["x{{氏名}}"]
    qtbot.keyClick(window.words.table, Qt.Key.Key_Return)
    assert edit.value() == ["x{{氏名}}{{氏名}}"]


def test_a_condition_goes_around_what_is_selected(qtbot: QtBot, wording: Open) -> None:
    window = wording()
    edit = body(window)
    write(qtbot, edit, "yes")
    edit.selectAll()
    at = next(place for place, word in enumerate(window.words.words) if word.word == "合格")
    window.words.table.select_row(at)
    qtbot.mouseClick(window.words.insert_button, LEFT)
    assert edit.value() == ["{% if 合格 %}yes{% endif %}"]
    at = next(place for place, word in enumerate(window.words.words) if word.word == "承諾期限")
    window.words.table.select_row(at)
    edit.selectAll()
    qtbot.mouseClick(window.words.condition_button, LEFT)
    assert edit.value() == ["{% if 承諾期限 %}{% if 合格 %}yes{% endif %}{% endif %}"]


def test_words_are_those_of_the_text_one_is_in(qtbot: QtBot, wording: Open) -> None:
    window = wording()
    assert window.words.words == ()
    go_into(body(window))
    assert "面接日時" in {word.word for word in window.words.words}
    items = window.form.editors[ITEMS]
    go_into(items.rows[0].label)
    assert window.words.words == ()
    assert not window.words.insert_button.isEnabled()


@pytest.fixture
def edit(qtbot: QtBot, wording: Open, monkeypatch: pytest.MonkeyPatch) -> WordingEdit:
    """A text that believes itself in use, whichever window is the active one."""
    made = body(wording())
    monkeypatch.setattr(made, "hasFocus", lambda: True)
    made.clear()
    return made


@POPUP
def test_braces_offer_the_words_and_enter_takes_one(qtbot: QtBot, edit: WordingEdit) -> None:
    qtbot.keyClicks(edit, "{{")
    assert edit.completing()
    edit.insertPlainText("受入")
    assert edit.completing()
    qtbot.keyClick(edit.popup(), Qt.Key.Key_Return)
    assert edit.value() == ["{{受入部署}}"]
    assert not edit.completing()


@POPUP
def test_a_condition_offers_words_too_and_escape_leaves_the_list(qtbot: QtBot, edit: WordingEdit) -> None:
    qtbot.keyClicks(edit, "{% if ")
    assert edit.completing()
    qtbot.keyClick(edit.popup(), Qt.Key.Key_Escape)
    assert not edit.completing()
    edit.insertPlainText("補欠順")
    qtbot.keyClick(edit.popup(), Qt.Key.Key_Return)
    assert edit.value() == ["{% if 補欠順位 %}"]


@POPUP
def test_nothing_is_offered_while_a_word_is_being_composed(qtbot: QtBot, edit: WordingEdit) -> None:
    qtbot.keyClicks(edit, "{{")
    composing = QInputMethodEvent("うけ", [])
    edit.inputMethodEvent(composing)
    edit.cursorPositionChanged.emit()
    assert not edit.completing()
    done = QInputMethodEvent()
    done.setCommitString("受付")
    edit.inputMethodEvent(done)
    assert edit.completing()
    assert edit.value() == ["{{受付"]


def test_enter_in_a_line_and_pasting_make_no_line_end(qtbot: QtBot, wording: Open, settle: Any) -> None:
    window = wording("mail:first-pass")
    subject = body(window, ("subject",))
    write(qtbot, subject, "ab")
    qtbot.keyClick(subject, Qt.Key.Key_Return)
    assert subject.value() == "ab"
    pasted = QMimeData()
    pasted.setText("一行目\n二行目")
    subject.insertFromMimeData(pasted)
    assert subject.value() == "ab一行目 二行目"


# --- items -------------------------------------------------------------------------


def test_items_are_added_moved_and_removed_with_the_mouse(qtbot: QtBot, wording: Open) -> None:
    window = wording()
    items = window.form.editors[ITEMS]
    labels = [one["label"] for one in items.value()]
    qtbot.mouseClick(items.rows[0].down, LEFT)
    assert [one["label"] for one in items.value()] == [labels[1], labels[0], *labels[2:]]
    qtbot.mouseClick(items.rows[0].remove, LEFT)
    qtbot.mouseClick(items.add_button, LEFT)
    write(qtbot, items.rows[-1].label, "x")
    write(qtbot, items.rows[-1].lines, "y")
    expected = [*[one for one in labels if one != labels[1]], "x"]
    assert [one["label"] for one in window.data["pass"]["items"]] == expected
    assert window.data["pass"]["items"][-1] == {"label": "x", "lines": ["y"]}
    assert not items.rows[0].up.isEnabled()
    assert not items.rows[-1].down.isEnabled()


# --- leaving -----------------------------------------------------------------------


def test_the_preview_leads_here_and_is_made_again_with_the_new_text(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk
) -> None:
    paper: PaperWindow = opened(FIRST)
    before = paper.draft
    qtbot.mouseClick(paper.wording_button, LEFT)
    settle()
    [window] = paper.findChildren(WordingWindow)
    assert window.text is not None
    assert window.text.name == FIRST
    write(qtbot, body(window), "New text")
    window.save()
    settle()
    assert before is not None
    assert paper.draft is not None
    assert paper.draft.pdf != before.pdf
    window.close()


def test_a_file_that_may_only_be_read_shows_texts_and_takes_none(
    qtbot: QtBot, desk: Desk, settle: Any, wording: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "read_only", property(lambda _self: True), raising=False)
    window = wording()
    assert body(window).isReadOnly()
    go_into(body(window))
    assert not window.words.insert_button.isEnabled()
    assert not window.save_button.isEnabled()
    assert window.page.view.count() == 1


def test_every_field_has_a_name_and_can_be_reached_by_tab(wording: Open, settle: Any) -> None:
    window = wording("final-result")
    edits = window.form.findChildren(WordingEdit)
    assert edits
    for edit in edits:
        assert edit.accessibleName()
        assert edit.tabChangesFocus()
        assert edit.focusPolicy() & Qt.FocusPolicy.TabFocus
    reached, at = set(), edits[0].nextInFocusChain()
    while at is not edits[0] and at is not None:
        reached.add(id(at))
        at = at.nextInFocusChain()
    for widget in (*edits[1:], window.words.table, window.save_button, window.note, window.tree):
        assert id(widget) in reached


def test_a_new_theme_recolours_the_words(wording: Open, dark: None) -> None:
    window = wording()
    formats = body(window).document().begin().layout().formats()
    assert formats
    assert all(one.format.background().color().lightness() < 128 for one in formats)


def test_the_menu_opens_the_texts_and_closing_the_main_window_asks_about_them(
    qtbot: QtBot, window: MainWindow, desk: Desk, settle: Any, answer: Any
) -> None:
    acts = WindowActs(window)
    window.serve(acts.handlers())
    window.set_desk(desk)
    acts.attach(desk)
    settle()
    window.actions_table["papers.wording"].trigger()
    settle()
    [opened_here] = window.findChildren(WordingWindow)
    opened_here.tree.choose(Place(FIRST, ("pass",)))
    settle()
    write(qtbot, body(opened_here), "typed")
    asked = answer(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    assert asked
    answer(QMessageBox.ButtonRole.DestructiveRole)
    assert window.close()


@pytest.fixture
def other_year(desk: Desk, tmp_path: FilePath) -> int:
    """Another programme in the same file."""
    source = resources_dir() / "programmes" / "r6.toml"
    copied = tmp_path / "r7.toml"
    copied.write_text(source.read_text("utf-8").replace('code = "r6"', 'code = "r7"'), "utf-8")
    create_programme(desk.database, source=copied)
    return next(row.id for row in programmes(desk.database) if row.id != desk.programme_id)


def test_the_texts_of_another_year_are_used_from_the_menu(
    wording: Open, desk: Desk, settle: Any, other_year: int
) -> None:
    window = wording()
    assert window.years_button.isHidden()
    save_elsewhere(desk, ["昨年の文"])
    desk.switch_programme(other_year)
    settle()
    assert not window.years_button.isHidden()
    [use] = window.years_button.menu().actions()
    use.trigger()
    settle()
    assert stored(desk) == ["昨年の文"]
    assert body(window).value() == ["昨年の文"]
    use.trigger()
    settle()
    assert "既に" in window.notice.text()


def test_texts_stay_with_the_programme_they_were_typed_for(
    qtbot: QtBot, wording: Open, desk: Desk, settle: Any, other_year: int
) -> None:
    first, other = desk.programme_id, other_year
    window = wording()
    write(qtbot, body(window), "typed")
    desk.switch_programme(other)
    settle()
    assert body(window).value() == ["typed"]
    window.save()
    settle()
    assert wording_text(desk.database, programme_id=other, name=FIRST).edition == SHIPPED
    assert wording_text(desk.database, programme_id=first, name=FIRST).edition == 1
    desk.switch_programme(first)
    settle()
    desk.switch_programme(other)
    settle()
    assert window.programme_id == other
    assert window.text is not None
    assert window.text.edition == SHIPPED


def test_line_ends_within_paragraphs_and_items_are_kept(qtbot: QtBot) -> None:
    told: list[bool] = []
    edit = WordingEdit(Shape.PARAGRAPHS)
    items = ItemsEditor(("label", "lines"), (), read_only=False)
    for widget in (edit, items):
        qtbot.addWidget(widget)
        widget.edited.connect(lambda: told.append(True))
    paragraphs = ["一行目\n二行目", "次の段落"]
    edit.set_value(paragraphs)
    assert edit.value() == paragraphs
    rows = [{"label": sign, "lines": paragraphs} for sign in "甲乙丙"]
    items.set_value(rows)
    assert items.value() == rows
    assert told == []
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "x")
    assert edit.value() == ["\nx一行目\n二行目", "次の段落"]
    assert len(told) == 2
