"""The composition root, with real files and a real window."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLockFile, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop import app as app_module
from fujisawa_desktop import paths
from fujisawa_desktop.app import Program
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.courses import add_course, courses, new_course
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.key_dialogs import NewFileDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication) -> Iterator[Program]:
    program = Program(qapp)
    qtbot.addWidget(program.window)
    with qtbot.waitActive(program.window):
        program.window.show()
    yield program
    program.close()


@pytest.fixture
def settle(qtbot: QtBot, qapp: QApplication, program: Program) -> Callable[[], None]:
    def wait() -> None:
        qtbot.waitUntil(lambda: program.tasks.pending == 0, timeout=20_000)
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qapp.processEvents()

    return wait


@pytest.fixture
def told(program: Program) -> list[Message]:
    told: list[Message] = []
    program.notifier.told.connect(told.append)
    return told


@pytest.fixture
def file(database: Database) -> Path:
    """A file with the R6 programme, closed."""
    assert database.path is not None
    database.dispose()
    return database.path


def add_one(path: Path, name: str) -> None:
    database = open_database(path)
    form = new_course(current_programme_id(database))
    from dataclasses import replace

    add_course(
        database,
        form=replace(form, name=name, short_name=name, sign=name[:1], host_department="環境課"),
    )
    database.dispose()


def test_the_first_start_offers_a_new_file_and_makes_it(
    program: Program, settle: Callable[[], None], qtbot: QtBot, file: Path
) -> None:
    program.start(None)
    settle()
    assert program.desk is None
    qtbot.mouseClick(program.window.welcome.create_button, Qt.MouseButton.LeftButton)
    [dialog] = program.window.findChildren(NewFileDialog)
    dialog.without.setChecked(True)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    settle()
    assert program.desk is not None
    assert paths.default_database().is_file()
    assert len(courses(program.desk.database, program.desk.programme_id)) == 2
    assert program.window.tabs.isEnabled()
    assert paths.default_database().name in program.window.windowTitle()


def test_the_welcome_page_waits_until_a_file_cannot_be_opened(
    program: Program, settle: Callable[[], None], file: Path, tmp_path: Path
) -> None:
    window = program.window
    program.start(str(tmp_path / "gone.fjdb"))
    assert window.stack.currentWidget() is window.blank
    settle()
    assert window.stack.currentWidget() is window.welcome
    program.start(str(file))
    settle()
    assert window.current_page() is not None
    shown = window.current_page()
    program.open(tmp_path / "gone.fjdb")
    settle()
    assert window.current_page() is shown


def test_the_file_opened_last_opens_again(
    program: Program, settle: Callable[[], None], qapp: QApplication, file: Path, qtbot: QtBot
) -> None:
    program.start(str(file))
    settle()
    program.window.close()
    again = Program(qapp)
    qtbot.addWidget(again.window)
    again.start(None)
    qtbot.waitUntil(lambda: again.tasks.pending == 0)
    assert again.desk is not None
    assert again.desk.database.path == file
    again.close()


@pytest.mark.parametrize("name", ["missing.fjdb", "folder", "text.fjdb"])
def test_what_cannot_be_opened_is_explained(
    program: Program, settle: Callable[[], None], told: list[Message], tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.fjdb").write_text("氏名", encoding="utf-8")
    program.open(tmp_path / name)
    settle()
    assert program.desk is None
    assert [message.tone for message in told] == ["wrong"]
    assert name in told[0].text
    assert program.window.notice.isVisible()
    assert not list(tmp_path.glob("*.lock")), "a file that was not opened is not kept locked"


def test_a_file_without_a_programme_says_so(
    program: Program, settle: Callable[[], None], told: list[Message], empty_database: Database
) -> None:
    assert empty_database.path is not None
    program.open(empty_database.path)
    settle()
    assert program.desk is None
    assert len(told) == 1


def test_a_second_window_only_reads(
    program: Program, settle: Callable[[], None], told: list[Message], file: Path
) -> None:
    other = QLockFile(f"{file}.lock")
    assert other.tryLock(0)
    program.open(file)
    settle()
    assert program.desk is not None
    assert program.desk.read_only
    assert [message.tone for message in told] == ["caution"]
    assert file.name in told[0].text
    assert not program.window.actions_table["file.import"].isEnabled()
    other.unlock()


def test_closing_lets_others_write(program: Program, settle: Callable[[], None], file: Path) -> None:
    program.open(file)
    settle()
    other = QLockFile(f"{file}.lock")
    assert not other.tryLock(0)
    program.window.close()
    assert other.tryLock(0)
    other.unlock()


def test_the_same_file_is_not_opened_twice(
    program: Program, settle: Callable[[], None], file: Path, told: list[Message]
) -> None:
    program.open(file)
    settle()
    desk = program.desk
    program.open(file)
    settle()
    assert program.desk is desk
    assert told == []


def test_another_file_takes_the_place_of_the_first(
    program: Program, settle: Callable[[], None], file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second.fjdb"
    second.write_bytes(file.read_bytes())
    add_one(second, "環境")
    program.open(file)
    settle()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(second), ""))
    program.window.actions_table["file.open"].trigger()
    settle()
    assert program.desk is not None
    assert len(courses(program.desk.database, program.desk.programme_id)) == 3
    assert QLockFile(f"{file}.lock").tryLock(0), "the first file is free again"


def test_a_choice_given_up_changes_nothing(
    program: Program, settle: Callable[[], None], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    program.choose_file()
    settle()
    assert program.desk is None
    paths.default_database().parent.mkdir(parents=True, exist_ok=True)
    paths.default_database().write_bytes(b"somebody else's")
    program.new_programme()
    [dialog] = program.window.findChildren(NewFileDialog)
    assert dialog.path.name == "internship-2.fjdb"
    dialog.reject()
    settle()
    assert program.desk is None
    assert paths.default_database().read_bytes() == b"somebody else's"


def test_undo_and_redo_through_the_keys(
    program: Program, settle: Callable[[], None], file: Path, qtbot: QtBot, told: list[Message]
) -> None:
    add_one(file, "環境")
    program.open(file)
    settle()
    assert program.desk is not None
    desk = program.desk
    assert len(courses(desk.database, desk.programme_id)) == 3
    assert program.window.actions_table["edit.undo"].isEnabled()
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CTRL)
    settle()
    assert len(courses(desk.database, desk.programme_id)) == 2
    assert told[-1].action
    assert told[-1].on_action is not None
    told[-1].on_action()
    settle()
    assert len(courses(desk.database, desk.programme_id)) == 3
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CTRL)
    settle()
    qtbot.keyClick(program.window, Qt.Key.Key_Y, CTRL)
    settle()
    assert len(courses(desk.database, desk.programme_id)) == 3


class StrayWindows(QObject):
    """Writes down widgets shown without a parent: each would flash on the screen and take the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        known = (QMainWindow, QMenu, QDialog)
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, known):
            self.seen.append(type(watched).__name__)
        return False


def test_no_widget_is_shown_before_it_has_its_place(
    program: Program, settle: Callable[[], None], file: Path, qapp: QApplication
) -> None:
    stray = StrayWindows()
    qapp.installEventFilter(stray)
    try:
        program.open(file)
        settle()
        for tab in ("home", "courses"):
            program.window.go_to(tab)
            settle()
    finally:
        qapp.removeEventFilter(stray)
    assert stray.seen == []
    assert qapp.activeWindow() is program.window


def test_a_backup_is_made_beside_the_file_and_told(
    program: Program, settle: Callable[[], None], file: Path, told: list[Message]
) -> None:
    program.open(file)
    settle()
    before = program.window.status.backup.text()
    program.window.actions_table["file.backup"].trigger()
    settle()
    (copy,) = paths.backup_dir(file).glob("*.fjdb")
    assert copy.name in told[-1].text
    assert program.window.status.backup.text() != before
    opened = open_database(copy, read_only=True)
    assert current_programme_id(opened) > 0
    opened.dispose()


def test_the_check_says_whether_the_file_is_whole(
    program: Program, settle: Callable[[], None], file: Path, told: list[Message]
) -> None:
    program.open(file)
    settle()
    program.window.actions_table["tools.check"].trigger()
    settle()
    assert told[-1].tone == "good"


def test_light_and_dark_are_switched_and_remembered(
    program: Program, qapp: QApplication, qtbot: QtBot
) -> None:
    before = qapp.palette().window().color().lightness()
    row = program.window.tabs.parentWidget()
    qapp.processEvents()
    height = row.height()
    qtbot.keyClick(program.window, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qapp.processEvents()
    assert row.height() == height, "the page does not jump"
    assert qapp.palette().window().color().lightness() < 128 <= before
    again = Program(qapp)
    qtbot.addWidget(again.window)
    assert again.window.actions_table["view.dark"].isChecked()
    again.close()
    qtbot.keyClick(program.window, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert qapp.palette().window().color().lightness() > 128


@pytest.mark.parametrize("action", ["help.guide", "help.about"])
def test_help_opens_and_closes(program: Program, qtbot: QtBot, qapp: QApplication, action: str) -> None:
    program.window.actions_table[action].trigger()
    dialog = qapp.activeModalWidget()
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert qapp.activeModalWidget() is None


def test_run_wires_everything_and_ends_with_the_window(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logger = logging.getLogger("fujisawa_desktop")
    monkeypatch.setattr(logger, "handlers", list(logger.handlers))
    seen: list[bool] = []

    def run_loop() -> int:
        windows = [
            one for one in qapp.topLevelWidgets() if type(one).__name__ == "MainWindow" and one.isVisible()
        ]
        seen.append(bool(windows))
        for window in windows:
            window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(run_loop))
    assert app_module.run(str(file), language="en") == 0
    assert seen == [True]
