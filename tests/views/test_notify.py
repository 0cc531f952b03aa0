from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.errors import (
    Cancelled,
    RuleError,
    StorageError,
    ValidationError,
    fault_code,
    safe_trace,
)
from fujisawa_desktop.views.fault_dialog import FaultDialog
from fujisawa_desktop.views.notify import Message, Notifier, exception_hook
from fujisawa_desktop.views.widgets import FormField, LineEdit

NAME = "藤沢 花子"


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    form = QWidget()
    column = QVBoxLayout(form)
    for name in ("name", "capacity"):
        column.addWidget(FormField(name, name, LineEdit()))
    qtbot.addWidget(form)
    form.show()
    return form


def fail(value: str) -> None:
    raise KeyError(value)


def fault(value: str = NAME) -> BaseException:
    try:
        fail(value)
    except KeyError as error:
        return error
    raise AssertionError


def boxes() -> list[FaultDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, FaultDialog) and one.isVisible()]


def test_a_refused_field_is_told_beside_the_field(
    notifier: Notifier, messages: list[Message], form: QWidget
) -> None:
    notifier.show(ValidationError("number.too-small", field="capacity", lowest=0), form)
    first, second = form.findChildren(FormField)
    assert first.error() == ""
    assert "0" in second.error()
    assert second.editor.hasFocus()
    assert second.editor.property("wrong") is True
    assert messages == []
    notifier.clear_fields(form)
    assert second.error() == ""


def test_typing_takes_the_mark_away(qtbot: QtBot, notifier: Notifier, form: QWidget) -> None:
    notifier.show(ValidationError("field.required", field="name"), form)
    field = form.findChildren(FormField)[0]
    assert field.error()
    qtbot.keyClicks(field.editor, "D")
    assert field.error() == ""


@pytest.mark.parametrize("anchored", [True, False])
def test_a_field_that_is_nowhere_is_told_in_the_bar(
    notifier: Notifier, messages: list[Message], form: QWidget, anchored: bool
) -> None:
    notifier.show(ValidationError("field.required", field="elsewhere"), form if anchored else None)
    assert [message.tone for message in messages] == ["wrong"]


def test_what_was_foreseen_goes_into_the_bar(notifier: Notifier, messages: list[Message]) -> None:
    notifier.show(StorageError("storage.disk-full", file="R6.fjdb"))
    notifier.show(Cancelled())
    assert "R6.fjdb" in messages[0].text
    assert [message.tone for message in messages] == ["wrong", "key"]
    assert boxes() == []


def test_a_fault_is_told_by_a_code_and_logged_without_a_value(
    qtbot: QtBot, notifier: Notifier, caplog: pytest.LogCaptureFixture
) -> None:
    error = fault()
    notifier.show(error)
    (box,) = boxes()
    code = fault_code(error)
    assert re.fullmatch(r"F-[0-9A-F]{6}", code)
    assert code in box.text()
    assert code in caplog.text
    assert "KeyError" in caplog.text
    assert "fail" in caplog.text
    assert NAME not in caplog.text + box.text()
    assert "Traceback" not in box.text()
    assert {label.textFormat() for label in box.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    caplog.clear()
    box.close()


def test_a_fault_that_repeats_itself_opens_one_dialog(
    qtbot: QtBot, notifier: Notifier, caplog: pytest.LogCaptureFixture
) -> None:
    for _time in range(3):
        notifier.show(fault())
    assert len(boxes()) == 1
    boxes()[0].close()
    notifier.show(fault())
    assert len(boxes()) == 1
    boxes()[0].close()
    caplog.clear()


def test_the_code_is_the_same_for_the_same_fault_only() -> None:
    assert fault_code(fault("a")) == fault_code(fault("b"))
    assert fault_code(fault()) != fault_code(RuleError("cap.over"))


def test_the_log_tells_the_causes_too() -> None:
    def raise_both() -> None:
        try:
            fail(NAME)
        except KeyError as cause:
            raise RuntimeError(NAME) from cause

    with pytest.raises(RuntimeError) as caught:
        raise_both()
    trace = safe_trace(caught.value)
    assert trace.startswith("RuntimeError")
    assert "KeyError" in trace
    assert NAME not in trace


def test_the_hook_sends_everything_through_the_door(notifier: Notifier, messages: list[Message]) -> None:
    exception_hook(notifier)(RuleError, RuleError("undo.nothing"), None)
    assert len(messages) == 1
