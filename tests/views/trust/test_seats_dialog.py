"""The seats of a file: there are none, and the dialog says so instead of offering what cannot be done."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.seats_dialog import SeatsDialog
from tests.views.conftest import Settle

pytestmark = pytest.mark.file_only("a file has no seats; a server does")


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, settle: Settle) -> SeatsDialog:
    dialog = SeatsDialog(desk)
    qtbot.addWidget(dialog)
    dialog.open()
    settle()
    return dialog


def test_a_file_has_no_seats_and_it_is_said_in_words(dialog: SeatsDialog) -> None:
    assert "サーバー" in dialog.notice.text()
    assert dialog.rows == ()
    assert not dialog.add_button.isEnabled()
    assert not dialog.remove_button.isEnabled()


def test_what_is_asked_for_all_the_same_is_refused_in_the_same_words(
    dialog: SeatsDialog, settle: Settle
) -> None:
    said = dialog.notice.text()
    dialog.notice.close_message()
    dialog.login.setText("sato")
    dialog.add()
    settle()
    assert dialog.notice.text() == said
    assert dialog.rows == ()


def test_the_form_shows_a_course_only_for_a_host_department(dialog: SeatsDialog, desk: Desk) -> None:
    assert dialog.course.count() > 0
    assert not dialog.course.isEnabled()
    dialog.role.setCurrentIndex(dialog.role.findData("host"))
    assert dialog.course.isEnabled()
