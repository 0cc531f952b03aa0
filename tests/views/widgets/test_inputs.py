from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import format_short_date
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.views.widgets import (
    LineEdit,
    NumberEdit,
    PrimaryButton,
    SearchField,
    ValueEdit,
    whole_number,
)


def compose(edit: LineEdit, preedit: str = "", commit: str = "") -> None:
    """Do what an input method does: show ``preedit``, take in ``commit``."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(edit, event)


def test_return_belongs_to_the_input_method_while_it_composes(qtbot: QtBot) -> None:
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    edit, save = LineEdit(), PrimaryButton("保存")
    column.addWidget(edit)
    column.addWidget(save)
    save.setDefault(True)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    pressed: list[bool] = []
    save.clicked.connect(lambda: pressed.append(True))
    edit.returnPressed.connect(lambda: pressed.append(True))
    compose(edit, preedit="たかはし")
    assert edit.composing()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert pressed == []
    assert dialog.isVisible()
    compose(edit, commit="髙橋")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "髙橋"
    assert len(pressed) == 2


def test_search_tells_finished_letters_only(qtbot: QtBot) -> None:
    field = SearchField("氏名をさがす", "さがす")
    qtbot.addWidget(field)
    told: list[str] = []
    field.searched.connect(told.append)
    compose(field, preedit="た")
    compose(field, preedit="たか")
    assert told == []
    compose(field, commit="高橋")
    qtbot.keyClicks(field, "x")
    assert told == ["高橋", "高橋x"]
    assert field.accessibleName() == "さがす"


def test_search_escape_empties_and_down_leaves(qtbot: QtBot) -> None:
    field = SearchField("氏名をさがす", "さがす")
    qtbot.addWidget(field)
    left: list[int] = []
    field.go_down.connect(lambda: left.append(1))
    qtbot.keyClicks(field, "R6")
    compose(field, preedit="たか")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert left == []
    compose(field, commit="")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert left == [1, 1]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2", 2), ("２", 2), ("１，２５８", 1258), ("1,258円", 1258), (" 2名 ", 2), ("０", 0)],
)
def test_numbers_are_read_in_every_width(typed: str, number: int) -> None:
    assert whole_number(typed) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_written_is_read_again(number: int) -> None:
    assert whole_number(f"{number:,}") == number


@pytest.mark.parametrize("typed", ["に", "2.5", "--", "名"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        whole_number(typed, field="capacity")
    assert caught.value.code == "number.unreadable"
    assert caught.value.field == "capacity"


def test_a_number_below_the_lowest_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"number\.too-small"):
        whole_number("-1")


def test_a_number_field_tidies_when_it_is_left(qtbot: QtBot) -> None:
    edit = NumberEdit("capacity")
    qtbot.addWidget(edit)
    changes: list[int | None] = []
    edit.value_changed.connect(lambda: changes.append(edit.value()))
    compose(edit, commit="１２５８")
    assert edit.text() == "１２５８", "nothing is refused or changed while typing"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "1,258"
    assert changes == [1258]
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert changes == [1258], "no change, nothing to tell"


def test_text_that_cannot_be_read_stays(qtbot: QtBot) -> None:
    edit = NumberEdit("capacity")
    qtbot.addWidget(edit)
    compose(edit, commit="に")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "に"
    with pytest.raises(ValidationError):
        edit.value()


@pytest.mark.parametrize("typed", ["2024/10/16", "２０２４年１０月１６日", "令和6年10月16日", "R6.10.16"])
def test_a_date_field_takes_every_form(qtbot: QtBot, typed: str) -> None:
    edit = ValueEdit(parse_date, format_short_date)
    qtbot.addWidget(edit)
    compose(edit, commit=typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "10/16"


def test_an_empty_field_has_no_value(qtbot: QtBot) -> None:
    edit = ValueEdit(parse_date, date.isoformat)
    qtbot.addWidget(edit)
    assert edit.value() is None
    edit.set_value(date(2024, 12, 1))
    assert edit.text() == "2024-12-01"
    edit.set_value(None)
    assert edit.text() == ""
