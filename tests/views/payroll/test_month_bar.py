"""The row on top and its menu その他; no Alt key stands twice."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from appointed import FOUR
from payroll_page import Page
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import _, set_language
from fujisawa_desktop.services.hours import PersonMonth
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.views.action_spec import When
from fujisawa_desktop.views.action_table import ACTIONS, MENUS
from fujisawa_desktop.views.payroll.month_bar import IN_THE_MENU, ON_THE_BAR, MonthBar
from fujisawa_desktop.views.payroll.words import month_pill

RYOSUKE = FOUR[0].number


def entries(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for action in menu.actions():
        within = action.menu()
        found += entries(within) if isinstance(within, QMenu) else [] if action.isSeparator() else [action]
    return found


def test_everything_of_the_menus_stands_under_others(page: Page) -> None:
    shown = [action.objectName() for action in entries(page.tab.bar.more.menu())]
    wanted = [spec.id for spec in ACTIONS if spec.menu in IN_THE_MENU and spec.id not in ON_THE_BAR]
    assert sorted(shown) == sorted(wanted)


def test_an_entry_asks_the_window_for_its_action(page: Page) -> None:
    asked: list[str] = []
    page.tab.act_wanted.connect(asked.append)
    for action in entries(page.tab.bar.more.menu()):
        action.trigger()
    assert asked == [action.objectName() for action in entries(page.tab.bar.more.menu())]


def test_reading_only_leaves_what_does_not_write(qtbot: QtBot) -> None:
    bar = MonthBar()
    qtbot.addWidget(bar)
    bar.fill_menu(may_write=False)
    writing = {spec.id for spec in ACTIONS if spec.when is When.WRITABLE}
    for action in entries(bar.more.menu()):
        assert action.isEnabled() == (action.objectName() not in writing)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_alt_key_stands_twice(page: Page, language: str) -> None:
    set_language(language)
    keys = [shortcut.key().toString() for shortcut in page.tab.findChildren(QShortcut)]
    keys += [button.shortcut().toString() for button in page.tab.findChildren(QAbstractButton)]
    keys += [f"Alt+{found[1].upper()}" for title in MENUS.values() if (found := re.search("&(.)", _(title)))]
    alt = [key for key in keys if key.startswith("Alt+")]
    assert len(alt) > 10
    assert not [key for key, count in Counter(alt).items() if count > 1]


def test_the_state_of_all_is_that_of_each(page: Page) -> None:
    from dataclasses import replace

    def all_in(*states: MonthState) -> list[PersonMonth]:
        return [replace(page.person(RYOSUKE), state=state) for state in states]

    assert month_pill(all_in(MonthState.PAID, MonthState.PAID)) == (_("Paid"), "good")
    assert month_pill(all_in(MonthState.CONFIRMED))[0] == _("Confirmed")
    assert month_pill(all_in(MonthState.CLOSED, MonthState.PAID))[0] == _("Partly paid")
    assert month_pill(all_in(MonthState.OPEN, MonthState.CLOSED))[0] == _("Partly closed")
    assert month_pill(all_in(MonthState.OPEN, MonthState.CONFIRMED))[0] == _("Partly confirmed")
