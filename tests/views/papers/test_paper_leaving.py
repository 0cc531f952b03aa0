"""What leaves the preview window: files, printed pages, and what is recorded of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pdf_reading import ink
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from fujisawa_desktop.models import Notice
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.printing import prepared_printer, print_pages

LEFT = Qt.MouseButton.LeftButton


def notices(database: Database) -> list[str]:
    with database.read() as session:
        return [notice.kind for notice in session.scalars(select(Notice))]


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """Answer the system's dialog; returns what it proposed."""
    proposed: list[str] = []

    def answer(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return (str(path) if path else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return proposed


def to_file(path: Path, pages: tuple[int, int] | None = None) -> Any:
    """Return what answers the print dialog: the same printer, writing to a file."""

    def choose(pdf: bytes, title: str, _parent: QWidget) -> QPrinter:
        printer = prepared_printer(pdf, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(150)
        if pages is not None:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(*pages)
        return printer

    return choose


def test_what_is_saved_is_what_is_shown_and_is_recorded_once(
    qtbot: QtBot,
    settle: Any,
    opened: Any,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changes: list[ChangeSet] = []
    desk.changed.connect(changes.append)
    window = opened("first-result")
    target = tmp_path / "通知.pdf"
    proposed = choose_file(monkeypatch, target)
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert target.read_bytes() == window.draft.pdf
    assert Path(proposed[0]).name.startswith("1次選考結果通知_")
    assert notices(desk.database) == ["first-result"] * 3
    assert [change.kinds for change in changes] == [{"notice"}]
    assert window.notice.text()
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert len(notices(desk.database)) == 3
    assert Path(proposed[1]).parent == tmp_path


def test_letters_saved_for_a_look_are_not_recorded(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened("first-result")
    window.record.click()
    choose_file(monkeypatch, tmp_path / "x")
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert (tmp_path / "x.pdf").is_file()
    assert notices(desk.database) == []


def test_deciding_against_saving_does_nothing(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened("roster")
    choose_file(monkeypatch, None)
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert notices(desk.database) == []


def test_a_place_that_cannot_be_written_is_said_in_words(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened("roster")
    choose_file(monkeypatch, tmp_path / "no such folder" / "x.pdf")
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert window.notice.text()
    assert notices(desk.database) == []


def test_printing_sends_the_pages_and_records_them(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("roster")
    window.choose_printer = to_file(tmp_path / "printed.pdf")
    qtbot.mouseClick(window.print_button, LEFT)
    settle()
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes()))
    assert len(reader.pages) == window.view.count()
    box = reader.pages[0].mediabox
    assert float(box.width) > float(box.height)
    assert notices(desk.database) == ["roster", "roster"]


def test_what_is_printed_stands_where_the_preview_shows_it(
    qtbot: QtBot, settle: Any, opened: Any, tmp_path: Path
) -> None:
    window = opened("first-result", numbers=["101"])
    window.choose_printer = to_file(tmp_path / "printed.pdf")
    qtbot.mouseClick(window.print_button, LEFT)
    settle()
    shown, printed = ink(window.draft.pdf), ink((tmp_path / "printed.pdf").read_bytes())
    assert printed == pytest.approx(shown, abs=0.5)


def test_a_range_of_pages_can_be_printed(qtbot: QtBot, settle: Any, opened: Any, tmp_path: Path) -> None:
    window = opened("first-result")
    window.choose_printer = to_file(tmp_path / "printed.pdf", (2, 3))
    qtbot.mouseClick(window.print_button, LEFT)
    settle()
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_deciding_against_printing_does_nothing(qtbot: QtBot, settle: Any, opened: Any, desk: Desk) -> None:
    window = opened("first-result")
    window.choose_printer = lambda _pdf, _title, _parent: None
    qtbot.mouseClick(window.print_button, LEFT)
    settle()
    assert notices(desk.database) == []


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints", extend=True)
def test_a_printer_that_refuses_is_said_in_words(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("first-result")
    window.choose_printer = to_file(tmp_path / "no such folder" / "printed.pdf")
    qtbot.mouseClick(window.print_button, LEFT)
    settle()
    assert window.notice.text()
    assert notices(desk.database) == []


def test_printing_can_be_stopped(qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path) -> None:
    window = opened("first-result")
    window.choose_printer = to_file(tmp_path / "printed.pdf")
    qtbot.mouseClick(window.print_button, LEFT)
    desk.tasks.cancel_long()
    settle()
    assert window.notice.text()
    assert notices(desk.database) == []


def test_making_can_be_stopped(qtbot: QtBot, settle: Any, opened: Any, desk: Desk) -> None:
    window = opened("first-result")
    window.make()
    desk.tasks.cancel_long()
    settle()
    assert window.notice.text()
    assert window.print_button.isEnabled()


def test_copies_are_printed_even_where_the_printer_cannot_count(opened: Any, tmp_path: Path) -> None:
    window = opened("first-result", numbers=["101"])
    printer = to_file(tmp_path / "printed.pdf")(window.draft.pdf, "x", window)
    printer.setCopyCount(2)
    assert not printer.supportsMultipleCopies()
    assert print_pages(window.draft.pdf, printer, lambda _done, _total: None) == 2


def test_a_file_that_may_only_be_read_is_printed_without_a_record(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.database.path
    assert path is not None
    reader = open_database(path, read_only=True)
    desk.database = reader
    window = opened("first-result")
    choose_file(monkeypatch, tmp_path / "x.pdf")
    qtbot.mouseClick(window.save_button, LEFT)
    settle()
    assert (tmp_path / "x.pdf").is_file()
    assert notices(reader) == []
    reader.dispose()


def test_closing_lets_go_of_the_file(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    view = window.view
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert view.count() == 0
    assert view.number() == 0
