"""What nobody caught, in a thread or while something is cleaned up: a code is told, nobody is named."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.views.fault_dialog import FaultDialog
from fujisawa_desktop.views.notify import Message, Notifier, last_resort

NAME = "藤沢 花子"
ADDRESS = "藤沢市朝日町九番九号"


@pytest.fixture(autouse=True)
def _hooked(notifier: Notifier) -> Iterator[None]:
    with last_resort(notifier):
        yield


def boxes() -> list[FaultDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, FaultDialog) and one.isVisible()]


def fail_in_thread(_person: str) -> None:
    raise KeyError(NAME)


def in_thread(act: Callable[[str], None]) -> None:
    thread = threading.Thread(target=act, args=(ADDRESS,), name=ADDRESS)
    thread.start()
    thread.join()


class Clumsy:
    """Fails while it is cleaned up."""

    def __repr__(self) -> str:
        return ADDRESS

    def __del__(self) -> None:
        raise ValueError(NAME)


def is_told_once(caplog: pytest.LogCaptureFixture, kind: str, place: str) -> None:
    (box,) = boxes()
    said = box.windowTitle() + box.text()
    code = next(word.rstrip("。") for word in caplog.text.split() if word.startswith("F-"))
    assert code in box.text()
    assert any("\u3040" <= sign <= "\u30ff" for sign in box.text())
    assert kind in caplog.text
    assert place in caplog.text
    assert NAME not in caplog.text + said
    assert ADDRESS not in caplog.text + said
    box.close()
    caplog.clear()


def test_a_thread_that_fails_is_told_in_a_dialog(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    in_thread(fail_in_thread)
    assert "KeyError" in caplog.text, "logged before the window has had a turn"
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    is_told_once(caplog, "KeyError", "fail_in_thread")


def test_a_clean_up_that_fails_is_told_in_a_dialog(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    Clumsy()
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    is_told_once(caplog, "ValueError", "__del__")


def test_what_was_foreseen_goes_into_the_bar_from_a_thread_too(qtbot: QtBot, messages: list[Message]) -> None:
    def refuse(_person: str) -> None:
        raise StorageError("storage.disk-full", file="R6.fjdb")

    in_thread(refuse)
    qtbot.waitUntil(lambda: len(messages) == 1)
    assert "R6.fjdb" in messages[0].text
    assert boxes() == []


def test_a_thread_that_ends_itself_is_no_fault(
    qapp: QApplication, messages: list[Message], caplog: pytest.LogCaptureFixture
) -> None:
    def leave(_person: str) -> None:
        raise SystemExit

    in_thread(leave)
    qapp.processEvents()
    assert (boxes(), messages, caplog.text) == ([], [], "")


def test_the_hooks_before_are_back_afterwards(notifier: Notifier) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with last_resort(notifier):
        assert before[0] is not sys.excepthook
        assert before[1] is not threading.excepthook
        assert before[2] is not sys.unraisablehook
    assert before == (sys.excepthook, threading.excepthook, sys.unraisablehook)
