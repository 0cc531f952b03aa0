"""What a look at every window of this part found: sizes, columns, order of Tab, words and tones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import SeatRole
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.backup_places import backup_settings
from fujisawa_desktop.services.changes import Label
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.databases import check_database
from fujisawa_desktop.services.outgoing import LostFiles
from fujisawa_desktop.services.seats import SeatView
from fujisawa_desktop.services.undo_list import UndoRow
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.backup_settings_dialog import BackupSettingsDialog
from fujisawa_desktop.views.trust.check_dialog import CheckDialog
from fujisawa_desktop.views.trust.journal_window import JournalWindow
from fujisawa_desktop.views.trust.key_dialogs import KeyDialog
from fujisawa_desktop.views.trust.lost_files import LostFilesDialog
from fujisawa_desktop.views.trust.retention_list_dialog import RetentionListDialog
from fujisawa_desktop.views.trust.seats_dialog import SeatsDialog
from fujisawa_desktop.views.trust.server_dialog import ConnectDialog
from fujisawa_desktop.views.trust.undo_list import UndoListDialog
from fujisawa_desktop.views.widgets import DataTable, open_roomy
from tests.tampering import tamper
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 11, 26, 12)
LONG_REASON = UndoRow(4, NOON, "鈴木　次郎左衛門", Label("pay.payment", {}), "undo.issued", None)


def shortened(table: DataTable) -> dict[str, str]:
    """Return what is cut in each column, by its heading."""
    model, metrics = table.model(), QFontMetrics(table.font())
    across = Qt.Orientation.Horizontal
    return {
        str(model.headerData(column, across)): text
        for column in range(model.columnCount())
        for row in range(model.rowCount())
        if metrics.horizontalAdvance(text := str(model.index(row, column).data())) + 10
        > table.columnWidth(column)
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_can_be_taken_back_says_why_not_in_full(
    desk: Desk, parent: QWidget, settle: Settle, language: str
) -> None:
    set_language(language)
    try:
        dialog = UndoListDialog(desk, parent)
        dialog.show()
        settle()
        dialog._show((LONG_REASON,))
        dialog.resize(1180, 620)
        assert shortened(dialog.table) == {}
    finally:
        set_language("ja")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_seat_shows_login_role_course_and_name_in_full(
    desk: Desk, parent: QWidget, settle: Settle, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    set_language(language)
    monkeypatch.setattr(type(parent.screen()), "availableSize", lambda _screen: QSize(1280, 752))
    dialog = SeatsDialog(desk, parent)
    dialog.show()
    settle()
    dialog._show_rows(
        [SeatView("digital_somu_kikaku", SeatRole.HOST, "デジタル推進課　長谷川左衛門", "DX・スマートシティ")]
    )
    QApplication.processEvents()
    assert shortened(dialog.table) == {}
    dialog.reject()
    set_language("ja")


def test_the_folder_of_lost_files_has_the_room_and_nothing_lost_is_closed(
    desk: Desk, parent: QWidget, settle: Settle
) -> None:
    lost = LostFiles(3, NOON, Label("papers.issue", {}), Path("/" + "共有フォルダー/" * 5), ("一.pdf",), ())
    dialog = LostFilesDialog(desk, parent, [lost])
    dialog.show()
    dialog.resize(1000, 560)
    QApplication.processEvents()
    assert shortened(dialog.table) == {}
    assert dialog.close_button.text() == "後で"
    dialog.show_lost(())
    assert dialog.close_button.text() == "閉じる"


@pytest.mark.file_only("a server keeps its keys")
def test_what_a_check_found_is_named_in_the_words_of_the_window(
    desk: Desk, database: Database, parent: QWidget, settle: Settle
) -> None:
    assert database.path is not None
    tamper(database.path, "INSERT INTO reviewer_course (reviewer_id, course_id) VALUES (999, 1)")
    dialog = CheckDialog(desk, parent, check_database(database))
    dialog.show()
    told = [str(dialog.model.index(row, 1).data()) for row in range(dialog.model.rowCount())]
    assert told
    assert not [text for text in told if "reviewer" in text]


@pytest.mark.file_only("a server keeps its keys")
def test_what_a_deleted_act_left_is_not_mended_away(
    desk: Desk, database: Database, parent: QWidget, settle: Settle
) -> None:
    assert database.path is not None
    form = course(database, courses(database, desk.programme_id)[0].id)
    save_course(database, form=replace(form, capacity=9), actor="佐藤")
    tamper(database.path, "DELETE FROM journal_entry WHERE seq = (SELECT max(seq) FROM journal_entry)")
    dialog = CheckDialog(desk, parent, check_database(database))
    dialog.show()
    assert dialog.report.findings == ()
    assert not dialog.report.journal.is_whole
    assert not dialog.repair_button.isEnabled()
    assert dialog.model.rowCount() == len(dialog.report.journal.findings)


def test_a_journal_that_was_tampered_with_is_said_in_the_tone_of_what_is_wrong(
    desk: Desk, database: Database, parent: QWidget, settle: Settle
) -> None:
    window = JournalWindow(desk, parent)
    window.show()
    settle()
    assert window.state.property("tone") is None
    where = database.path or database.place
    tamper(where, "UPDATE journal_entry SET actor = '誰か' WHERE seq = 1")
    window.check()
    settle()
    assert window.state.property("tone") == "wrong"


def test_the_second_of_two_fields_that_is_wrong_leaves_the_first_in_its_place(
    desk: Desk, parent: QWidget, settle: Settle
) -> None:
    dialog = RetentionListDialog(desk, parent, programme_id=desk.programme_id)
    dialog.show()
    settle()
    dialog.number_field.set_error("999件と入力されましたが、廃棄できるのは1,584件です。" * 3)
    settle()
    tops = {one.mapTo(dialog, QPoint(0, 0)).y() for one in (dialog.witness, dialog.number)}
    assert len(tops) == 1


@pytest.mark.file_only("copies of files")
def test_an_interval_that_is_no_interval_is_said_under_its_field(
    desk: Desk, parent: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    assert desk.database.path is not None
    before = backup_settings(desk.database.path)
    dialog = BackupSettingsDialog(desk, parent)
    dialog.open()
    dialog.every.setText("０")
    qtbot.mouseClick(dialog.save_button, LEFT)
    settle()
    assert dialog.isVisible()
    assert dialog.every.hasFocus() or dialog.focusWidget() is dialog.every
    assert dialog.every.property("wrong") is True
    assert backup_settings(desk.database.path) == before


@pytest.mark.file_only("files are encrypted")
def test_the_passphrase_of_a_new_key_follows_what_is_said_of_it(
    program: Program, done: Callable[[], None], tmp_path: Path
) -> None:
    dialog = KeyDialog(
        tmp_path / "新.fjdb",
        program.tasks,
        program.memory,
        program.window,
        title="新しいキー",
        lead="ファイルを別のキーで書き直します。",
        last="書き直す",
    )
    dialog.open()
    done()
    gap = dialog.form.geometry().top() - dialog.lead.geometry().bottom()
    assert gap < 20
    assert dialog.lead.height() <= dialog.lead.heightForWidth(dialog.lead.width()) + 2
    dialog.reject()


def test_after_a_server_that_does_not_answer_the_keyboard_goes_on_from_where_it_was(
    program: Program, done: Callable[[], None], qtbot: QtBot
) -> None:
    dialog = ConnectDialog(program.window)
    dialog.open()
    for edit, text in ((dialog.fields.host, "127.0.0.1"), (dialog.fields.port, "1")):
        edit.setText(text)
    for edit in (dialog.fields.database, dialog.fields.login):
        edit.setText("x")
    for left in (dialog.ok, dialog.fields.password):
        left.setFocus()
        dialog.go()
        done()
        assert dialog.notice.text()
        assert dialog.focusWidget() is left
    dialog.reject()


def test_a_window_with_a_list_stays_within_a_small_screen_and_grows_with_a_large_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    behind.resize(1920, 1020)
    screen = behind.screen()
    for available, grows, expected in (
        (QSize(1366, 728), False, QSize(1180, 680)),
        (QSize(1366, 728), True, QSize(1350, 680)),
        (QSize(1920, 1040), False, QSize(1180, 740)),
        (QSize(1920, 1040), True, QSize(1475, 918)),
    ):
        monkeypatch.setattr(type(screen), "availableSize", lambda _screen, size=available: size)
        dialog = QDialog(behind)
        open_roomy(dialog, 1180, 740, grows=grows)
        assert dialog.size() == expected
        assert dialog.windowFlags() & Qt.WindowType.WindowMaximizeButtonHint
