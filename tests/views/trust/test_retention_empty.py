"""The windows of retention where there is nothing yet, and where a file may only be read."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.retention_settings import Hold, HoldReason, holds
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.disclosure_acts import HoldDialog
from fujisawa_desktop.views.trust.retention_list_dialog import RetentionListDialog
from fujisawa_desktop.views.trust.retention_periods_dialog import RetentionPeriodsDialog
from fujisawa_desktop.views.trust.retention_window import RetentionWindow
from fujisawa_desktop.views.widgets import RunningText
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton


def texts_of(dialog: QWidget) -> str:
    shown = [one for kind in (QLabel, RunningText) for one in dialog.findChildren(kind)]
    return "\n".join(one.text() for one in shown if one.isVisibleTo(dialog))


def test_without_records_the_window_says_what_will_stand_there(
    desk: Desk, parent: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    window = RetentionWindow(desk, parent)
    window.show()
    settle()
    assert window.lines == ()
    assert window.table.empty.isVisibleTo(window)
    assert "0件" in window.summary.text()
    assert not window.list_button.isEnabled()
    assert not window.basis.isVisibleTo(window)
    assert not window.notice.isVisibleTo(window)
    qtbot.mouseClick(window.periods_button, LEFT)
    settle()
    periods = window.findChild(RetentionPeriodsDialog)
    assert periods is not None
    assert periods.isVisible()


def test_a_list_of_nothing_offers_neither_erasing_nor_exporting(
    desk: Desk, parent: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    dialog = RetentionListDialog(desk, parent, programme_id=desk.programme_id)
    dialog.open()
    settle()
    assert dialog.listed == ()
    assert dialog.table.empty.isVisibleTo(dialog)
    for button in (dialog.erase_button, dialog.save_button):
        assert not button.isEnabled()
    for hidden in (dialog.copies_text, dialog.with_copies):
        assert not hidden.isVisibleTo(dialog)
    assert "バックアップは作成しません" in texts_of(dialog)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(dialog.cancel, LEFT)


def test_leaving_the_question_keeps_nobody(
    desk: Desk, database: Database, parent: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    dialog = HoldDialog(desk, parent, 1, "山田　太郎", None)
    dialog.open()
    assert dialog.keep.isEnabled()
    assert not dialog.release.isEnabled()
    assert "山田　太郎" in texts_of(dialog)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(dialog.cancel, LEFT)
    settle()
    assert holds(database) == {}


def test_who_is_kept_is_shown_with_day_and_reason_and_nothing_to_press_while_reading_only(
    desk: Desk, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "read_only", property(lambda _desk: True))
    dialog = HoldDialog(desk, parent, 1, "山田　太郎", Hold(1, HoldReason.AUDIT, date(2026, 11, 2)))
    dialog.open()
    assert dialog.reason.currentData() == "audit"
    assert "2026年11月2日" in texts_of(dialog)
    assert not dialog.keep.isEnabled()
    assert not dialog.release.isEnabled()
    dialog.reject()
