from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import _, set_language
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.views.action_spec import When
from fujisawa_desktop.views.action_table import ACTIONS, MENUS, SUBMENUS, TABS
from fujisawa_desktop.views.actions import ActionSet

LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


def mnemonic(text: str) -> str:
    found = re.search(r"&([^&])", text.replace("&&", ""))
    return found.group(1).upper() if found else ""


def test_ids_are_unique_and_begin_with_their_family() -> None:
    assert not [key for key, count in Counter(spec.id for spec in ACTIONS).items() if count > 1]
    assert all(re.fullmatch(r"[a-z]+\.[a-z-]+", spec.id) for spec in ACTIONS)


def test_the_contract_is_kept() -> None:
    wanted = [
        "file.open", "file.new-programme", "file.import", "file.export", "file.backup", "file.quit",
        "edit.undo", "edit.redo", "edit.find", "view.home", "view.courses", "view.applicants",
        "view.interviews", "view.payroll", "view.reload", "view.dark", "selection.pass",
        "selection.fail", "selection.reserve", "selection.release-first", "selection.release-final",
        "selection.accept", "selection.withdraw", "plan.make", "plan.apply", "papers.first-result",
        "papers.interview-invitation", "papers.final-result", "papers.roster",
        "papers.interview-timetable", "papers.attendance", "papers.pay-statement", "work.appoint",
        "work.close-month", "work.pay", "tools.check", "help.about", "help.guide",
    ]  # fmt: skip
    assert set(wanted) <= {spec.id for spec in ACTIONS}


def test_every_action_has_a_menu_a_tip_and_where_it_is_served() -> None:
    for spec in ACTIONS:
        assert spec.menu in {**MENUS, **SUBMENUS}, spec.id
        assert spec.tip.endswith("."), spec.id
        assert spec.tab == "" or spec.tab in TABS, spec.id
        if spec.icon:
            assert (resources_dir() / "icons" / f"{spec.icon}.svg").is_file(), spec.id


def test_no_shortcut_is_used_twice() -> None:
    keys = [QKeySequence(spec.shortcut).toString() for spec in ACTIONS if spec.shortcut]
    assert all(keys), "a shortcut Qt cannot read"
    assert not [key for key, count in Counter(keys).items() if count > 1]


@LANGUAGES
def test_no_access_key_is_used_twice_in_a_menu(language: str) -> None:
    set_language(language)
    bar = [mnemonic(_(title)) for title in MENUS.values()]
    assert all(bar)
    assert not [key for key, count in Counter(bar).items() if count > 1]
    for menu in (*MENUS, *SUBMENUS):
        texts = [_(spec.text) for spec in ACTIONS if spec.menu == menu]
        texts += [_(title) for around, title in SUBMENUS.values() if around == menu]
        keys = [mnemonic(text) for text in texts]
        assert all(keys), f"{menu}: {texts}"
        twice = [key for key, count in Counter(keys).items() if count > 1]
        assert not twice, f"{menu}: {twice} in {texts}"


def test_menus_and_toolbar_hold_the_table(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = ActionSet(window)
    menus = actions.fill_menu_bar(window.menuBar())
    tools = QToolBar()
    window.addToolBar(tools)
    actions.fill_toolbar(tools)
    entries = [entry for menu in menus.values() for entry in menu.actions() if not entry.isSeparator()]
    shown = [entry.objectName() for entry in entries if not entry.menu()]
    assert len(entries) - len(shown) == len(SUBMENUS)
    assert sorted(shown) == sorted(spec.id for spec in ACTIONS)
    assert [a.objectName() for a in tools.actions()] == [spec.id for spec in ACTIONS if spec.icon]
    assert not any(a.icon().isNull() for a in tools.actions())


def test_an_action_tells_its_id(qapp: QApplication) -> None:
    actions = ActionSet(qapp)
    done: list[str] = []
    actions.connect_all(done.append)
    actions["file.backup"].trigger()
    actions["edit.undo"].trigger()
    assert done == ["file.backup", "edit.undo"]
    actions.deleteLater()


def test_actions_are_possible_when_their_condition_holds(qapp: QApplication) -> None:
    actions = ActionSet(qapp)
    so = dict.fromkeys(When, False) | {When.ALWAYS: True, When.OPEN: True}
    actions.enable(so, served=("file.save",))
    possible = {key for key in actions.ids() if actions[key].isEnabled()}
    assert {"file.open", "view.home", "papers.roster", "file.save"} <= possible
    assert not {"edit.undo", "selection.pass", "file.add"} & possible
    actions.deleteLater()
