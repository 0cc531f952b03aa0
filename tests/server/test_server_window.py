"""The window and a database on a server: connected by mouse and keys; its password only in the keyring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from places import Where
from postgres_server import ADMIN, ADMIN_PASSWORD, Server
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.paths import data_dir
from fujisawa_desktop.services.copying import copy_database
from fujisawa_desktop.services.databases import create_database
from fujisawa_desktop.services.server_passwords import forget_password, with_password, without_password
from fujisawa_desktop.services.unlocking import create_encrypted, new_key, unlock
from fujisawa_desktop.views.theme import load_fonts
from fujisawa_desktop.views.trust.key_dialogs import NewFileDialog
from fujisawa_desktop.views.trust.server_dialog import ConnectDialog, CopyDialog
from tests.server.conftest import Ring

LEFT = Qt.MouseButton.LeftButton
PASSPHRASE = "horse under 9 lamps"  # noqa: S105 - of files that live for a test


pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, ring: Ring) -> Iterator[Program]:
    load_fonts()
    program = Program(qapp)
    program.window.show()
    yield program
    program.window.close()
    qapp.setProperty("dressed", None)


def dialog_of(qtbot: QtBot, program: Program, kind: type, action: str) -> ConnectDialog | CopyDialog:
    program.window.trigger(action)
    found = [one for one in program.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]  # type: ignore[no-any-return]


def name_in(address: str) -> str:
    return address.rpartition("?")[0].rpartition("/")[2]


def fill(dialog: ConnectDialog | CopyDialog, server: Server, database: str, password: str) -> None:
    for edit, value in (
        (dialog.fields.host, "127.0.0.1"),
        (dialog.fields.port, str(server.port).translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
        (dialog.fields.database, database),
        (dialog.fields.login, ADMIN),
        (dialog.fields.password, password),
    ):
        edit.setText(value)


def settle(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: program.tasks.pending == 0, timeout=60_000)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: program.tasks.pending == 0, timeout=60_000)


def written() -> str:
    return "".join(
        path.read_text(encoding="utf-8", errors="ignore") for path in data_dir().rglob("*") if path.is_file()
    )


def test_a_database_is_connected_to_and_its_password_goes_into_the_keyring_only(
    qtbot: QtBot, program: Program, server: Server, fresh: str, ring: Ring
) -> None:
    dialog = dialog_of(qtbot, program, ConnectDialog, "tools.server")
    fill(dialog, server, name_in(fresh), "falsch")
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, program)
    assert "パスワードを受け付けなかった" in dialog.notice.text()
    assert ring.kept == {}
    dialog.fields.password.setText(ADMIN_PASSWORD)
    qtbot.keyClick(dialog.fields.password, Qt.Key.Key_Return)
    settle(qtbot, program)
    assert "まだこのプログラムのデータがない" in dialog.notice.text()
    qtbot.mouseClick(dialog.begin, LEFT)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=60_000)
    settle(qtbot, program)
    assert program.desk is not None
    assert program.desk.database.name == name_in(fresh)
    assert list(ring.kept.values()) == [ADMIN_PASSWORD]
    program.memory.sync()
    everything = f"{written()} {program.window.windowTitle()} {program.memory.recent_places()}"
    assert ADMIN_PASSWORD not in everything
    assert name_in(fresh) in program.memory.recent_places()[0]
    assert without_password(with_password(program.memory.recent_places()[0])) in everything
    forget_password(program.memory.recent_places()[0])
    assert ring.kept == {}


def test_wrong_fields_are_named_beside_them(qtbot: QtBot, program: Program, server: Server) -> None:
    dialog = dialog_of(qtbot, program, ConnectDialog, "tools.server")
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, program)
    assert "空" in _error(dialog, "host")
    fill(dialog, server, "x", "")
    dialog.fields.host.setText("http://db")
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, program)
    assert "サーバーの名前ではない" in _error(dialog, "host")
    dialog.reject()


def _error(dialog: ConnectDialog | CopyDialog, name: str) -> str:
    from fujisawa_desktop.views.widgets import field_named

    field = field_named(dialog, name)
    assert field is not None
    return field.error()


def test_the_open_file_is_copied_to_a_server_and_back(
    qtbot: QtBot,
    program: Program,
    server: Server,
    fresh: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_slots, "_WORK", 2**10)
    file: Where = tmp_path / "r6.fjdb"
    create_database(file, programme="r6", actor="test")
    program.start(str(file))
    qtbot.waitUntil(lambda: program.desk is not None, timeout=60_000)
    settle(qtbot, program)
    dialog = dialog_of(qtbot, program, CopyDialog, "tools.server-copy")
    fill(dialog, server, name_in(fresh), ADMIN_PASSWORD)
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, program)
    assert "一致する" in program.window.notice.text()
    program.open(fresh)
    settle(qtbot, program)
    assert program.desk is not None
    assert program.desk.database.path is None
    back = tmp_path / "back.fjdb"
    new = new_file_dialog(qtbot, program, back, monkeypatch)
    new.without.setChecked(True)
    go_on(qtbot, program, new)
    again = copy_database(back, tmp_path / "third.fjdb")
    assert again.digest == copy_database(file, tmp_path / "fourth.fjdb").digest
    encrypted_back(qtbot, program, tmp_path / "secret.fjdb", monkeypatch)
    key = unlock(tmp_path / "secret.fjdb", PASSPHRASE)
    assert (
        again.digest
        == copy_database(tmp_path / "secret.fjdb", tmp_path / "fifth.fjdb", source_key=key).digest
    )


def new_file_dialog(
    qtbot: QtBot, program: Program, place: Path, monkeypatch: pytest.MonkeyPatch
) -> NewFileDialog:
    """The window that asks where a copy goes, with a place chosen in it."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(place), ""))
    program.window.trigger("tools.server-copy")
    settle(qtbot, program)
    [dialog] = [one for one in program.window.findChildren(NewFileDialog) if one.isVisible()]
    dialog.choose()
    assert dialog.with_key.isChecked(), "what is safe is what is proposed"
    return dialog


def go_on(qtbot: QtBot, program: Program, dialog: NewFileDialog) -> None:
    """Press the button; once more where it only warned of the place (tests lie among temporary files)."""
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, program)
    waiting = [one for one in program.window.findChildren(NewFileDialog) if one.isVisible()]
    if waiting and waiting[0].pages.currentIndex() == 0:
        qtbot.mouseClick(dialog.next_button, LEFT)
        settle(qtbot, program)


def encrypted_back(qtbot: QtBot, program: Program, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = new_file_dialog(qtbot, program, place, monkeypatch)
    dialog.form.first.setText(PASSPHRASE)
    dialog.form.again.setText(PASSPHRASE)
    go_on(qtbot, program, dialog)
    dialog.recovery.typed.setText(dialog.recovery.rows[dialog.recovery.asked])
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, program)


def test_an_encrypted_file_is_copied_to_a_server(
    qtbot: QtBot,
    program: Program,
    server: Server,
    fresh: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_slots, "_WORK", 2**10)
    file, key = tmp_path / "r6.fjdb", new_key()
    create_encrypted(file, programme="r6", key=key, passphrase=PASSPHRASE)
    program.open(file, key.copy())
    settle(qtbot, program)
    dialog = dialog_of(qtbot, program, CopyDialog, "tools.server-copy")
    fill(dialog, server, name_in(fresh), ADMIN_PASSWORD)
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, program)
    assert "一致する" in program.window.notice.text()
    there = copy_database(fresh, tmp_path / "there.fjdb")
    assert there.digest == copy_database(file, tmp_path / "here.fjdb", source_key=key).digest
