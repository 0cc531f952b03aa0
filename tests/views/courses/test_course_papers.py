"""The papers for the public, reached from the courses tab by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import select

from fujisawa_desktop.models import Notice
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.paper_checks import CheckKind
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.programmes import programme, save_programme
from fujisawa_desktop.views.courses.tab import CoursesTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.papers import PaperWindow
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, settle: Settle) -> Iterator[CoursesTab]:
    tab = CoursesTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    settle()
    yield tab
    for window in tab.findChildren(PaperWindow):
        if isValid(window):
            window.close()


def opened(tab: CoursesTab, settle: Settle) -> PaperWindow:
    settle()
    [window] = tab.findChildren(PaperWindow)
    assert window.draft is not None, window.notice.text()
    return window


def entry(tab: CoursesTab, number: int) -> Any:
    return tab.papers_button.menu().actions()[number]


@pytest.mark.parametrize(
    ("number", "kind", "listed"),
    [
        (0, PaperKind.COURSE_SHEET, ["「DX・スマートシティ」コース"]),
        (1, PaperKind.COURSE_SHEET, ["「DX・スマートシティ」コース", "「子ども・子育て政策」コース"]),
        (2, PaperKind.FLYER, ["チラシ"]),
        (3, PaperKind.PRESS_RELEASE, ["記者発表資料"]),
    ],
)
def test_each_entry_of_the_menu_opens_its_paper(
    tab: CoursesTab, settle: Settle, number: int, kind: PaperKind, listed: list[str]
) -> None:
    entry(tab, number).trigger()
    window = opened(tab, settle)
    assert window.draft is not None
    assert window.draft.kind is kind
    shown = [window.people.list.item(at).text() for at in range(window.people.list.count())]
    assert shown == listed  # papers, not people
    assert not window.people.search.isVisible()
    assert window.print_button.isEnabled()


def test_the_sheet_is_that_of_the_course_chosen(
    qtbot: QtBot, tab: CoursesTab, desk: Desk, settle: Settle
) -> None:
    second = courses(desk.database, desk.programme_id)[1]
    place = tab.list.visualItemRect(tab.list.item(1)).center()
    qtbot.mouseClick(tab.list.viewport(), LEFT, pos=place)
    settle()
    tab.actions_served()["papers.course-sheet"]()
    window = opened(tab, settle)
    assert window.draft is not None
    assert [page.name for page in window.draft.pages] == [second.name]


def test_what_is_typed_and_not_saved_is_said_to_be_missing(
    qtbot: QtBot, tab: CoursesTab, settle: Settle, messages: list[Message]
) -> None:
    line = tab.editor.lines["host_department"]
    line.setFocus()
    qtbot.keyClicks(line, "QQ")
    before = len(messages)
    tab.actions_served()["papers.flyer"]()
    window = opened(tab, settle)
    assert len(messages) == before + 1
    assert window.draft is not None
    assert "QQ" not in str(window.draft.sheets[0].spec)


def test_a_course_that_is_not_stored_yet_has_no_sheet_of_its_own(tab: CoursesTab, settle: Settle) -> None:
    tab.add()
    tab.actions_served()["papers.course-sheet"]()
    window = opened(tab, settle)
    assert window.draft is not None
    assert len(window.draft.pages) == 2


def test_without_a_public_course_the_window_says_what_to_do(
    tab: CoursesTab, desk: Desk, settle: Settle
) -> None:
    for row in courses(desk.database, desk.programme_id):
        save_course(desk.database, form=replace(course(desk.database, row.id), published=False))
    tab.actions_served()["papers.flyer"]()
    settle()
    [window] = tab.findChildren(PaperWindow)
    assert window.draft is None
    assert window.empty.isVisibleTo(window)
    assert "公開" in window.empty._explanation.text()
    assert not window.print_button.isEnabled()


def test_the_date_of_a_release_is_typed_or_the_first_day_of_entries(
    qtbot: QtBot, tab: CoursesTab, settle: Settle
) -> None:
    tab.actions_served()["papers.press-release"]()
    window = opened(tab, settle)
    assert window.draft is not None
    assert window.draft.dated == date(2024, 10, 1)
    field = window.order._fields["dated"]
    field.setFocus()
    qtbot.keyClicks(field, "R6.9.30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert window.draft.dated == date(2024, 9, 30)


def test_what_the_programme_lacks_is_listed_beside_the_page(
    tab: CoursesTab, desk: Desk, settle: Settle
) -> None:
    form = programme(desk.database, desk.programme_id)
    save_programme(desk.database, form=replace(form, home_page_url="", contacts=()))
    tab.actions_served()["papers.flyer"]()
    window = opened(tab, settle)
    assert window.check_list.isVisibleTo(window)
    assert [check.kind for check in window.checks] == [CheckKind.ABSENT] * 2
    assert window.check_list.list.count() == 2
    assert window.notice.isVisibleTo(window)


def test_a_saved_paper_is_recorded(
    qtbot: QtBot,
    tab: CoursesTab,
    desk: Desk,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry(tab, 2).trigger()
    window = opened(tab, settle)
    target = tmp_path / "チラシ.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert window.draft is not None
    assert target.read_bytes() == window.draft.pdf
    with desk.database.read() as session:
        assert list(session.scalars(select(Notice.kind))) == ["flyer"]


@pytest.mark.parametrize("kind", ["press-release", "flyer", "course-sheet"])
def test_the_menu_of_the_window_goes_to_the_courses_first(
    window: MainWindow, desk: Desk, settle: Settle, kind: str
) -> None:
    window.set_desk(desk)
    window.go_to("home")
    settle()
    window.trigger(f"papers.{kind}")
    settle()
    page = window.current_page()
    assert isinstance(page, CoursesTab)
    [papers] = page.findChildren(PaperWindow)
    assert papers.draft is not None
    assert papers.draft.kind.value == kind
    papers.close()
    window.set_desk(None)
