"""Returning to a copy in the window: from the menu, from the welcome page, and when the file is broken."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.restoring import CopyState
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.restore_dialog import RestoreDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def file(database: Database) -> Path:
    assert database.path is not None
    make_backup(database)
    database.dispose()
    set_capacity(database.path, 77)
    return database.path


def set_capacity(file: Path, number: int) -> None:
    with opened(file) as database:
        first = courses(database, current_programme_id(database))[0]
        save_course(database, form=replace(course(database, first.id), capacity=number), actor="佐藤")


def capacity(program: Program) -> int:
    assert program.desk is not None
    return courses(program.desk.database, program.desk.programme_id)[0].capacity


def dialog_of(program: Program) -> RestoreDialog:
    return next(one for one in program.window.findChildren(RestoreDialog) if one.isVisible())


def cells(dialog: RestoreDialog, row: int) -> list[str]:
    model = dialog.model
    return [str(model.data(model.index(row, column))) for column in range(model.columnCount())]


def test_the_list_shows_what_a_copy_holds_and_what_would_be_lost(
    program: Program, file: Path, done: Callable[[], None]
) -> None:
    program.open(file)
    done()
    program.window.actions_table["tools.restore"].trigger()
    done()
    dialog = dialog_of(program)
    assert [one.state for one in dialog.copies] == [CopyState.WHOLE]
    assert cells(dialog, 0)[1:] == [
        "手動",
        "ファイルと同じ場所",
        cells(dialog, 0)[3],
        "0",
        "2",
        "0",
        "1",
        "正常",
    ]
    assert dialog.told.toPlainText() == "このバックアップの後の操作1件が失われます。"
    assert dialog.lost_model.data(dialog.lost_model.index(0, 1)) == "佐藤"
    assert not dialog.other_file.isVisible()


def test_the_file_is_at_the_copy_again_and_the_way_back_is_named(
    program: Program,
    file: Path,
    done: Callable[[], None],
    told: list[Message],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", str(file.parent))
    monkeypatch.setattr(tempfile, "tempdir", None)
    program.open(file)
    done()
    assert "一時ファイル" in told[-1].text, "what the opening says of the place"
    assert capacity(program) == 77
    before = program.desk
    program.window.actions_table["tools.restore"].trigger()
    done()
    qtbot.mouseClick(dialog_of(program).ok, LEFT)
    done()
    assert capacity(program) != 77
    assert program.desk is not before, "the file was opened anew"
    kept = next(file.parent.joinpath("backups").glob("*before-restore*.fjdb"))
    assert kept.name in told[-1].text, "it is what stands in the bar"
    program.window.actions_table["tools.restore"].trigger()
    done()
    dialog = dialog_of(program)
    at = next(at for at, one in enumerate(dialog.copies) if one.path == kept)
    dialog.table.select_row(at)
    done()
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert capacity(program) == 77, "the copy that was kept takes the return back"


def test_a_damaged_copy_says_so_and_is_not_taken(
    program: Program, file: Path, done: Callable[[], None]
) -> None:
    copy = next(file.parent.joinpath("backups").glob("*.fjdb"))
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    program.open(file)
    done()
    program.window.actions_table["tools.restore"].trigger()
    done()
    dialog = dialog_of(program)
    assert cells(dialog, 0)[-1] == "破損"
    assert not dialog.ok.isEnabled()


def test_a_broken_file_offers_its_copies(
    program: Program, file: Path, done: Callable[[], None], told: list[Message], qtbot: QtBot
) -> None:
    data = file.read_bytes()
    file.write_bytes(b"\0" * 4096 + data[4096:])
    program.open(file)
    done()
    assert program.desk is None
    assert told[-1].tone == "wrong"
    assert told[-1].on_action is not None
    told[-1].on_action()
    done()
    dialog = dialog_of(program)
    assert "分かりません" in dialog.told.toPlainText()
    assert not dialog.lost.isVisible()
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert capacity(program) != 77
    kept = next(file.parent.joinpath("backups").glob("*before-restore*"))
    assert kept.read_bytes()[:4096] == b"\0" * 4096, "the broken file is kept as it was"


def test_without_a_file_any_file_and_any_copy_can_be_chosen(
    program: Program,
    file: Path,
    tmp_path: Path,
    done: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    qtbot.mouseClick(program.window.welcome.restore_button, LEFT)
    done()
    dialog = dialog_of(program)
    assert dialog.copies == []
    assert not dialog.ok.isEnabled()
    stick = tmp_path / "stick" / "elsewhere.fjdb"
    stick.parent.mkdir()
    stick.write_bytes(next(file.parent.joinpath("backups").glob("*.fjdb")).read_bytes())
    chosen = iter((file, stick))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(next(chosen)), ""))
    qtbot.mouseClick(dialog.other_file, LEFT)
    done()
    assert len(dialog.copies) == 1
    qtbot.mouseClick(dialog.other_copy, LEFT)
    done()
    assert next(one.path for one in dialog.copies) == stick
    assert cells(dialog, 0)[-1] == "読める（記録なし）"
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert capacity(program) != 77
