from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fujisawa_desktop.models.glance import GlanceRow
from fujisawa_desktop.services.changes import ChangeSet, Label, UndoState
from fujisawa_desktop.views.action_spec import When
from fujisawa_desktop.views.action_table import ACTIONS, TABS
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.first_look import FirstLook
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message, Notifier
from fujisawa_desktop.views.pages import PLACES, Pages
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.tasks import Tasks
from tests.views.conftest import Settle

CTRL = Qt.KeyboardModifier.ControlModifier


class Page(TabPage):
    """A tab that writes down what happens to it."""

    kinds: ClassVar[frozenset[str]] = frozenset({"course"})
    served: ClassVar[frozenset[str]] = frozenset()
    log: ClassVar[list[str]] = []
    leave = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.box = QLineEdit()
        self.button = QPushButton("試す")
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addWidget(self.button)

    @property
    def name(self) -> str:
        return type(self).__name__

    def first_shown(self) -> None:
        self.log.append(f"{self.name} first")

    def reload(self) -> None:
        self.log.append(f"{self.name} reload")

    def refresh(self, change: ChangeSet) -> None:
        self.log.append(f"{self.name} refresh {sorted(change.kinds)}")

    def actions_served(self) -> Mapping[str, Callable[[], object]]:
        return {key: lambda key=key: self.log.append(f"{self.name} {key}") for key in self.served}

    def save_state(self) -> None:
        self.log.append(f"{self.name} saved")

    def can_leave(self) -> bool:
        return self.leave


class Home(Page):
    kinds = frozenset({"course", "entry"})


class Courses(Page):
    served = frozenset({"file.save", "file.import"})


class Applicants(Page):
    served = frozenset({"file.import", "selection.pass", "papers.roster"})

    def focus_search(self) -> None:
        self.log.append("search")
        self.box.setFocus()

    def accepts_file(self, path: Path) -> bool:
        return path.suffix == ".csv"

    def open_file(self, path: Path) -> None:
        self.log.append(f"file {path.name}")


class Interviews(Page):
    pass


class Payroll(Page):
    served = frozenset({"work.pay"})


KINDS: dict[str, type[Page]] = {
    "home": Home, "courses": Courses, "applicants": Applicants, "interviews": Interviews, "payroll": Payroll,
}  # fmt: skip


class OwnPages(Pages):
    """Hands out the tabs above."""

    def __init__(self) -> None:
        self.known = set(KINDS)

    def is_read(self, tab: str) -> bool:
        return tab in self.known

    def read(self, tab: str) -> None:
        self.known.add(tab)

    def build(self, tab: str, desk: Desk) -> TabPage:
        return KINDS[tab](desk)


@pytest.fixture
def log() -> list[str]:
    Page.log.clear()
    return Page.log


@pytest.fixture
def window(
    qtbot: QtBot, tasks: Tasks, notifier: Notifier, settings: Memory, messages: list[Message], log: list[str]
) -> MainWindow:
    window = MainWindow(tasks=tasks, notifier=notifier, settings=settings, pages=OwnPages())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def opened(window: MainWindow, desk: Desk, settle: Settle) -> MainWindow:
    window.set_desk(desk)
    window.show_file(desk)
    return window


def change(*kinds: str) -> ChangeSet:
    return ChangeSet(1, Label("course.edit"), frozenset(kinds))


def enabled(window: MainWindow) -> set[str]:
    return {key for key in window.actions_table.ids() if window.actions_table[key].isEnabled()}


def test_without_a_file_only_the_beginning_is_possible(window: MainWindow, qtbot: QtBot) -> None:
    assert window.stack.currentWidget() is window.welcome
    assert not window.tabs.isEnabled()
    assert enabled(window) == {spec.id for spec in ACTIONS if spec.when is When.ALWAYS}
    assert window.welcome.create_button.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.current_page() is None


def test_a_tab_is_built_when_it_is_first_shown(opened: MainWindow, log: list[str], qtbot: QtBot) -> None:
    assert list(opened.pages) == ["home"]
    assert log == ["Home first"]
    bar = opened.tabs
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    assert list(opened.pages) == ["home", "applicants"]
    assert opened.current_page() is opened.pages["applicants"]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    assert log == ["Home first", "Applicants first"]


def test_one_hand_on_the_keyboard_reaches_every_tab(opened: MainWindow, qtbot: QtBot) -> None:
    for number, tab in enumerate(TABS, 1):
        qtbot.keyClick(opened, getattr(Qt.Key, f"Key_{number}"), CTRL)
        assert opened.current_page() is opened.pages[tab]
    qtbot.keyClick(opened, Qt.Key.Key_Tab, CTRL)
    assert opened.tabs.currentIndex() == 0
    qtbot.keyClick(opened, Qt.Key.Key_Backtab, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert opened.tabs.currentIndex() == 4


def test_only_tabs_that_show_the_kind_are_asked_again(opened: MainWindow, desk: Desk, log: list[str]) -> None:
    opened.go_to("courses")
    log.clear()
    desk.changed.emit(change("entry"))
    assert log == [], "the courses do not show entries, and the home tab is hidden"
    desk.changed.emit(change("course"))
    assert log == ["Courses refresh ['course']"]
    opened.go_to("home")
    assert log[1:] == ["Home reload"], "what changed while the tab was hidden is asked once, when it is shown"
    opened.go_to("courses")
    opened.go_to("home")
    assert len(log) == 2


def test_f5_reads_the_page_again(opened: MainWindow, log: list[str], qtbot: QtBot) -> None:
    log.clear()
    qtbot.keyClick(opened, Qt.Key.Key_F5)
    assert log == ["Home reload"]


def test_another_programme_reads_all_tabs_again(opened: MainWindow, desk: Desk, log: list[str]) -> None:
    opened.go_to("courses")
    log.clear()
    desk.switch_programme(99)
    assert log == ["Courses reload"]
    opened.go_to("home")
    assert log == ["Courses reload", "Home reload"]


def test_find_goes_to_the_search_box_or_to_the_list_of_people(
    opened: MainWindow, log: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_F, CTRL)
    page = opened.current_page()
    assert isinstance(page, Applicants)
    assert log[-1] == "search"
    assert page.box.hasFocus()


def test_an_action_goes_to_the_tab_it_belongs_to(opened: MainWindow, log: list[str]) -> None:
    opened.actions_table["papers.roster"].trigger()
    assert log[-1] == "Applicants papers.roster"
    opened.go_to("home")
    opened.actions_table["file.import"].trigger()
    assert log[-1] == "Applicants file.import"
    opened.go_to("courses")
    opened.actions_table["file.import"].trigger()
    assert log[-1] == "Courses file.import", "the page shown comes first when it can do it"


def test_a_button_in_a_tab_can_ask_for_an_action(opened: MainWindow, log: list[str]) -> None:
    opened.pages["home"].act_wanted.emit("work.pay")
    assert log[-1] == "Payroll work.pay"


def test_actions_of_the_page_are_possible_on_that_page_only(opened: MainWindow) -> None:
    assert "file.save" not in enabled(opened)
    opened.go_to("courses")
    assert "file.save" in enabled(opened)
    Courses.served = frozenset()
    opened.pages["courses"].acts_changed.emit()
    assert "file.save" not in enabled(opened)
    Courses.served = frozenset({"file.save", "file.import"})


def test_undo_and_redo_name_what_they_do(opened: MainWindow) -> None:
    assert not {"edit.undo", "edit.redo"} & enabled(opened)
    opened.show_undo(UndoState(Label("course.edit"), Label("course.add"), 3, 4))
    assert {"edit.undo", "edit.redo"} <= enabled(opened)
    undo, redo = opened.actions_table["edit.undo"].text(), opened.actions_table["edit.redo"].text()
    assert undo != redo
    assert len(undo) > 6
    assert undo.split("：")[-1].split(": ")[-1] in opened.status.undo.text()


def test_a_message_stands_over_every_tab_until_the_next_act(
    opened: MainWindow, notifier: Notifier, desk: Desk
) -> None:
    done: list[int] = []
    notifier.say("取り込みました。", action="元に戻す", on_action=lambda: done.append(1))
    assert opened.notice.text() == "取り込みました。"
    opened.go_to("courses")
    assert opened.notice.isVisible()
    desk.changed.emit(change("course"))
    assert not opened.notice.isVisible()


def test_the_window_comes_back_as_it_was_left(
    qtbot: QtBot,
    opened: MainWindow,
    settings: Memory,
    tasks: Tasks,
    notifier: Notifier,
    desk: Desk,
    log: list[str],
) -> None:
    opened.go_to("courses")
    opened.resize(1101, 703)
    opened.close()
    assert log[-2:] == ["Home saved", "Courses saved"]
    again = MainWindow(tasks=tasks, notifier=notifier, settings=settings, pages=OwnPages())
    qtbot.addWidget(again)
    again.show()
    again.set_desk(desk)
    assert again.height() == 703, "the width is cut to the small screen tests run on"
    assert list(again.pages) == ["courses"], "only the tab left last is built"


def test_a_tab_with_typed_text_can_keep_the_window_open(opened: MainWindow) -> None:
    Home.leave = False
    assert not opened.close()
    assert opened.isVisible()
    Home.leave = True
    assert opened.close()


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)


def test_a_dropped_file_goes_where_it_belongs(opened: MainWindow, log: list[str], tmp_path: Path) -> None:
    wanted: list[Path] = []
    opened.open_wanted.connect(wanted.append)
    drop(opened, tmp_path / "R6.fjdb")
    assert wanted == [tmp_path / "R6.fjdb"]
    drop(opened, tmp_path / "rikunabi.csv")
    assert log[-1] == "file rikunabi.csv"
    assert isinstance(opened.current_page(), Applicants)


def test_a_dropped_file_without_an_open_one_is_opened_or_left(window: MainWindow, tmp_path: Path) -> None:
    wanted: list[Path] = []
    window.open_wanted.connect(wanted.append)
    drop(window, tmp_path / "rikunabi.csv")
    drop(window, tmp_path / "R6.FJDB")
    assert wanted == [tmp_path / "R6.FJDB"]


def test_other_things_cannot_be_dropped(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("氏名")
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_another_file_throws_the_old_pages_away(opened: MainWindow, desk: Desk, log: list[str]) -> None:
    opened.go_to("courses")
    opened.set_desk(None)
    assert opened.pages == {}
    assert "Courses saved" in log
    log.clear()
    opened.set_desk(desk)
    assert log == ["Courses first"]


def test_every_tab_of_the_table_has_a_module() -> None:
    assert list(PLACES) == list(TABS)


def test_a_page_is_read_from_its_module(desk: Desk, qtbot: QtBot) -> None:
    pages = Pages()
    pages.read("home")
    assert pages.is_read("home")
    page = pages.build("home", desk)
    qtbot.addWidget(page)
    assert type(page).__name__ == "HomeTab"


def test_everything_in_the_window_has_a_name_for_screen_readers(opened: MainWindow) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in [
            opened.tabs,
            opened.notice._close,
            opened.status.stop,
            *opened.welcome.findChildren(QPushButton),
        ]
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert not nameless


@pytest.fixture
def unread(window: MainWindow) -> OwnPages:
    """Pages whose modules are not in memory yet, as at the start of the program."""
    pages = window._reader
    assert isinstance(pages, OwnPages)
    pages.known.clear()
    return pages


ROWS = [GlanceRow("R6-0020", "髙橋 美咲", "横浜国立大学", "経済学部", ("DX", "子ども"))]


def test_people_are_shown_while_their_tab_is_being_read(
    window: MainWindow, unread: OwnPages, desk: Desk, settings: Memory, settle: Settle, log: list[str]
) -> None:
    settings.setValue("window/tab", "applicants")
    window.set_desk(desk, ROWS)
    look = window.stack.currentWidget()
    assert isinstance(look, FirstLook)
    assert window.tabs.currentIndex() == 2
    cells = [look.model.index(0, column).data() for column in range(look.model.columnCount())]
    assert cells == ["R6-0020", "髙橋 美咲", "横浜国立大学 経済学部", "DX、子ども"]
    assert look.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
    assert window.current_page() is None
    assert window.pages == {}
    settle()
    assert isinstance(window.current_page(), Applicants)
    assert not isValid(look)
    assert log == ["Applicants first"]


def test_another_tab_chosen_meanwhile_is_not_taken_away(
    window: MainWindow, unread: OwnPages, desk: Desk, settings: Memory, settle: Settle
) -> None:
    settings.setValue("window/tab", "applicants")
    window.set_desk(desk, ROWS)
    window.go_to("courses")
    settle()
    assert isinstance(window.current_page(), Courses)
    assert list(window.pages) == ["courses"]


def test_an_action_asked_for_meanwhile_is_done(
    window: MainWindow, unread: OwnPages, desk: Desk, settings: Memory, settle: Settle, log: list[str]
) -> None:
    window.set_desk(desk)
    assert window.current_page() is None
    window.trigger("papers.roster")
    assert log[-1] == "Applicants papers.roster"
    settle()
    assert isinstance(window.current_page(), Applicants)


def test_a_file_closed_meanwhile_leaves_nothing(
    window: MainWindow, unread: OwnPages, desk: Desk, settle: Settle
) -> None:
    before = window.stack.count()
    window.set_desk(desk)
    window.set_desk(None)
    settle()
    assert window.stack.currentWidget() is window.welcome
    assert window.stack.count() == before
