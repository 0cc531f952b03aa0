"""Nothing is cut, nothing nameless, and Tab goes where the eye goes — on the tabs of the shell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.views.courses import CoursesTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.home import HomeTab
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.welcome import WelcomePage
from fujisawa_desktop.views.widgets import ElidedLabel, RunningText, TextArea
from tests.views.conftest import Settle

SIZES = [(1280, 690), (1440, 750), (1920, 970)]
LANGUAGES = ["ja", "en"]


@pytest.fixture(params=[HomeTab, CoursesTab])
def tab_type(request: pytest.FixtureRequest) -> type[TabPage]:
    kind: type[TabPage] = request.param
    return kind


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("ja")


def shown(root: QWidget) -> list[QWidget]:
    return [one for one in root.findChildren(QWidget) if one.isVisibleTo(root)]


def is_cut(widget: QWidget) -> bool:
    """Return whether a widget has less room than its words need."""
    if isinstance(widget, RunningText):
        return widget.height() < widget.document().size().height()
    if isinstance(widget, ElidedLabel):
        return widget.text() != widget.whole() and widget.toolTip() != widget.whole()
    if isinstance(widget, QLabel):
        return not widget.wordWrap() and widget.width() < widget.sizeHint().width()
    if isinstance(widget, QPushButton | QCheckBox):
        return widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height()
    return False


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut(
    qtbot: QtBot, desk: Desk, settle: Settle, tab_type: type[TabPage], language: str, size: tuple[int, int]
) -> None:
    tab = tab_type(desk)
    qtbot.addWidget(tab)
    tab.resize(*size)
    tab.show()
    settle()
    cut = [
        f"{type(one).__name__} {getattr(one, 'text', str)()!r} {one.size()} {one.sizeHint()}"
        for one in shown(tab)
        if is_cut(one)
    ]
    assert not cut
    assert tab.width() == size[0], "the page fits the window"


def test_the_welcome_page_fits(qtbot: QtBot, language: str) -> None:
    page = WelcomePage()
    qtbot.addWidget(page)
    page.resize(960, 520)
    page.show()
    assert not [one for one in shown(page) if is_cut(one)]


def test_whatever_takes_the_focus_has_a_name(
    qtbot: QtBot, desk: Desk, settle: Settle, tab_type: type[TabPage], language: str
) -> None:
    tab = tab_type(desk)
    qtbot.addWidget(tab)
    tab.show()
    settle()
    nameless = [
        type(one).__name__
        for one in shown(tab)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.accessibleName()
        and not (isinstance(one, QAbstractButton) and one.text())
    ]
    assert not nameless


def test_targets_are_high_enough(qtbot: QtBot, desk: Desk, settle: Settle, tab_type: type[TabPage]) -> None:
    tab = tab_type(desk)
    qtbot.addWidget(tab)
    tab.resize(1280, 690)
    tab.show()
    settle()
    low = [
        f"{type(one).__name__} {one.text()} {one.height()}"
        for one in shown(tab)
        if isinstance(one, QPushButton | QLineEdit) and one.height() < 28
    ]
    assert not low


def test_tab_goes_through_the_form_as_it_is_read(qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    tab = CoursesTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1280, 3000)
    with qtbot.waitActive(tab):
        tab.show()
    settle()
    first = tab.editor.lines["name"]
    first.setFocus()
    places = []
    fields = (QLineEdit, TextArea, QCheckBox)
    while isinstance(focus := QApplication.focusWidget(), fields):
        at = focus.mapTo(tab, QPoint(0, 0))
        places.append((at.y() // 8, at.x()))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert len(places) == 16
    assert places == sorted(places)


def test_scrolling_areas_do_not_scroll_sideways(
    qtbot: QtBot, desk: Desk, settle: Settle, tab_type: type[TabPage], language: str
) -> None:
    tab = tab_type(desk)
    qtbot.addWidget(tab)
    tab.resize(1280, 690)
    tab.show()
    settle()
    wide = [
        type(one).__name__
        for one in shown(tab)
        if isinstance(one, QAbstractScrollArea) and one.horizontalScrollBar().maximum() > 0
    ]
    assert not wide
