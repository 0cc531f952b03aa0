"""T-A14: after a whole job, nobody's name stands where it should not; and nothing reaches a network."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop import paths
from fujisawa_desktop.app import Program
from fujisawa_desktop.demo_walk import FOLDERS, walk
from fujisawa_desktop.log import start_log
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.unlocking import new_key, prepare_slots
from fujisawa_desktop.views.notify import exception_hook
from tests.journeys.conftest import dialogs, settle
from tests.sentinel_kill import kill_in_the_middle
from tests.sentinel_search import hits, needles, sentinels

pytestmark = pytest.mark.file_only("files are searched")

EXPORTS = tuple(name for name in FOLDERS if name != "backups")
PASSPHRASE = "horse under 9 lamps"  # noqa: S105 - of files that live for a test
WINDOWS = ("papers.roster", "papers.first-result", "selection.mails", "selection.ledger")


class NetworkUsedError(AssertionError):
    """Something tried to reach a network."""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> NoReturn:
        raise NetworkUsedError

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder a clerk works in, with folders for what is exported on purpose."""
    folder = tmp_path / "office"
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    return folder


@pytest.fixture
def log_file() -> Iterator[None]:
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    handler = start_log()
    yield
    logging.getLogger("fujisawa_desktop").removeHandler(handler)
    handler.close()


def a_day_at_the_window(
    qtbot: QtBot, qapp: QApplication, file: Path, key: FileKey | None, names: list[str]
) -> None:
    """Look at everything, search, copy, open windows, make a backup, run into a fault, close."""
    program = Program(qapp)
    program.window.show()
    program.open(file, key.copy() if key is not None else None)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=30_000)
    settle(qtbot, program)
    for tab in ("home", "courses", "interviews", "payroll", "applicants"):
        program.window.go_to(tab)
        settle(qtbot, program)
    page: Any = program.window.current_page()
    page.search.setText(names[0])
    settle(qtbot, program)
    QGuiApplication.clipboard().setText(names[0])
    for action in WINDOWS:
        program.window.trigger(action)
        settle(qtbot, program)
        for dialog in dialogs(program):
            dialog.close()  # type: ignore[attr-defined]
    program.window.trigger("file.backup")
    settle(qtbot, program)
    try:
        raise RuntimeError(names[0]) from ValueError(names[1])
    except RuntimeError as error:
        exception_hook(program.notifier)(RuntimeError, error, error.__traceback__)  # type: ignore[arg-type]
    for dialog in dialogs(program):
        dialog.close()  # type: ignore[attr-defined]
    program.secrets.lock.lock()
    program.secrets.lock.unlock()
    program.window.close()


@pytest.mark.parametrize("encrypted", [True, False])
@pytest.mark.usefixtures("no_network", "log_file")
def test_after_a_whole_job_no_name_is_left_where_it_should_not_be(
    qtbot: QtBot,
    qapp: QApplication,
    office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    encrypted: bool,
) -> None:
    monkeypatch.setattr(key_slots, "_WORK", 2**10)
    file, key = office / "office.fjdb", new_key() if encrypted else None
    if key is not None:
        prepare_slots(file, key, PASSPHRASE)
    walk(file, applicants=60, tell=lambda _step: None, key=key)
    names = sentinels(file, key)
    a_day_at_the_window(qtbot, qapp, file, key, names)
    caplog.clear()
    assert paths.log_file().read_text(encoding="utf-8"), "the fault stands in the log"
    exported = [office / name for name in EXPORTS]
    sought = needles(names)
    assert len(names) > 60
    assert hits(tmp_path, sought), "they are found where they were exported"
    plain = () if encrypted else (file, office / "backups")
    assert hits(tmp_path, sought, beside=(*exported, *plain)) == []
    assert QGuiApplication.clipboard().text() in {"", names[0]}  # the offscreen clipboard has no owner


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_job_that_is_killed_leaves_no_name_either(tmp_path: Path, encrypted: bool) -> None:
    """As the fourth step begins people are in, and papers and sheets are being made."""
    key = new_key() if encrypted else None
    assert kill_in_the_middle(tmp_path / "all", key, people=60, step=4, delay=0.3) == []


def test_a_name_that_leaks_is_found(tmp_path: Path) -> None:
    """The search itself: in every encoding, escaped, and compressed."""
    sought = needles(["楜澤　涼介"])
    for place, data in enumerate(
        (
            "x楜澤涼介".encode(),
            "楜澤　涼介".encode("utf-16-le"),
            b"{\\u695c\\u6fa4\\u6dbc\\u4ecb}",
            b"%PDF " + zlib.compress("氏名 楜澤涼介".encode()),
        )
    ):
        (tmp_path / f"{place}.bin").write_bytes(data)
    assert {hit.partition(":")[0] for hit in hits(tmp_path, sought)} == {f"{place}.bin" for place in range(4)}
    assert hits(tmp_path, sought, beside=(tmp_path,)) == []


def test_the_network_is_shut_in_these_tests(no_network: None) -> None:
    with pytest.raises(NetworkUsedError):
        socket.create_connection(("127.0.0.1", 9))
    with socket.socket() as plug, pytest.raises(NetworkUsedError):
        plug.connect(("127.0.0.1", 9))


def test_no_network_library_is_loaded_with_the_window() -> None:
    """Neither Qt's network nor the server's driver nor the keyring, unless a server is named."""
    code = (
        "import sys; from fujisawa_desktop.app import Program; import fujisawa_desktop.cli; "
        "print([m for m in sys.modules if m.split('.')[0] in {'psycopg', 'keyring'} or 'QtNetwork' in m])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert told.stdout.strip() == "[]"
