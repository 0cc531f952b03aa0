"""What a check found, in the window: named, explained, mended with one button."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2 as sqlite3

from fujisawa_desktop.models import Setting
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.databases import check_database
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.trust.check_dialog import CheckDialog
from tests.tampering import tamper
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton


def spoil(database: Database, *statements: str) -> None:
    assert database.path is not None
    with closing(sqlite3.connect(database.path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def shown(dialog: CheckDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [
        tuple(str(model.data(model.index(row, column))) for column in range(3))
        for row in range(model.rowCount())
    ]


def test_what_was_found_is_mended_with_one_button(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    spoil(
        desk.database,
        "UPDATE course SET version = 0",
        "UPDATE course SET name = name || char(7) WHERE id = 1",
    )
    dialog = CheckDialog(desk, window, check_database(desk.database))
    dialog.open()
    assert len(shown(dialog)) == 3
    assert {line[2] for line in shown(dialog)} == {"直せます"}
    assert dialog.repair_button.text() == "3件を直す"
    assert dialog.detail.toPlainText() == shown(dialog)[0][1]
    changes: list[object] = []
    desk.changed.connect(changes.append)
    qtbot.mouseClick(dialog.repair_button, LEFT)
    settle()
    assert shown(dialog) == []
    assert dialog.notice.text() == "3件を直しました。"
    assert not dialog.repair_button.isEnabled()
    assert len(changes) == 1
    assert check_database(desk.database).is_whole


def test_what_only_a_person_can_say_is_explained(window: MainWindow, desk: Desk, settle: Settle) -> None:
    spoil(desk.database, "UPDATE programme SET entry_from = '2024-02-31'")
    dialog = CheckDialog(desk, window, check_database(desk.database))
    dialog.open()
    settle()
    assert [line[2] for line in shown(dialog)] == ["確認が必要"]
    assert "バックアップから復元" in dialog.detail.toPlainText()
    assert not dialog.repair_button.isEnabled()
    dialog.reject()


@pytest.mark.file_only("the file is changed from outside")
def test_everything_done_to_the_journal_is_named(window: MainWindow, desk: Desk, settle: Settle) -> None:
    for number in range(5):
        with unit_of_work(desk.database, "test.act") as work:
            work.session.add(Setting(key=f"k{number}", value=number))
            work.commit()
    assert desk.database.path is not None
    tamper(
        desk.database.path,
        "UPDATE journal_entry SET actor = 'somebody else' WHERE seq = 3",
        "UPDATE journal_payload SET data = x'00' WHERE seq = 5",
    )
    dialog = CheckDialog(desk, window, check_database(desk.database))
    dialog.open()
    settle()
    assert [line[1:] for line in shown(dialog)] == [
        ("操作記録の不一致：操作 3：変更", "確認が必要"),
        ("操作記録の不一致：操作の内容 5：変更", "確認が必要"),
    ]
    assert dialog.detail.toPlainText() == shown(dialog)[0][1]
    assert not dialog.repair_button.isEnabled()
    dialog.reject()
