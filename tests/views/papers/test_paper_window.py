"""The preview window, with real pages, real clicks and a printer that writes to a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from appointed import Person, add_people, sample_december
from pdf_reading import ink, pages_text
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import select

from fujisawa_desktop.models import Application, Notice
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow, open_papers
from fujisawa_desktop.views.papers.printing import prepared_printer, print_pages
from fujisawa_desktop.views.widgets import field_named

PEOPLE = (
    Person("100", "葛\U000e0100城　𠮷之助", "カツラギ ヨシノスケ", 0, Status.RECEIVED),
    Person("101", "楜澤　涼介", "クルミザワ リョウスケ", 1, Status.RECEIVED),
    Person("102", "外字\ue000　花", "ガイジ ハナ", 0, Status.RECEIVED),
)


@pytest.fixture
def decided(database: Database, programme_id: int) -> None:
    """Three people, all of whom passed the first screening; one has a character of his own."""
    add_people(database, programme_id, PEOPLE)
    with database.read() as session:
        ids = list(session.scalars(select(Application.id)))
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS, actor="test")
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="test")


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, settle: Any, decided: None) -> Iterator[Any]:
    """Yield a function that opens a kind of paper and waits for its pages."""

    parent = QWidget()
    qtbot.addWidget(parent)
    windows: list[PaperWindow] = []

    def open_kind(kind: str, **options: Any) -> PaperWindow:
        window = open_papers(desk, kind, parent, **options)
        windows.append(window)
        qtbot.waitExposed(window)
        settle()
        return window

    yield open_kind
    for window in windows:
        if isValid(window):
            window.close()


def notices(database: Database) -> list[str]:
    with database.read() as session:
        return [notice.kind for notice in session.scalars(select(Notice))]


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def texts_of(window: PaperWindow) -> list[str]:
    return [window.people.list.item(row).text() for row in range(window.people.list.count())]


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


# --- looking ------------------------------------------------------------------


def test_it_shows_the_very_file_and_whose_pages_they_are(opened: Any) -> None:
    window = opened("first-result")
    assert window.view.count() == 3
    assert texts_of(window)[0].startswith("外字")
    assert window.draft.pdf.startswith(b"%PDF-")
    image = window.view.page_image()
    assert not image.isNull()
    dark = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert dark > 100, "the page has letters on it"
    assert window.print_button.isEnabled()
    assert window.record.isVisible()


def test_pages_are_turned_by_buttons_keys_and_names(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    assert not window._back.isEnabled()
    click(qtbot, window._forward)
    assert window.view.number() == 2
    assert window.people.list.currentRow() == 1
    qtbot.keyClick(window.view, Qt.Key.Key_PageDown)
    assert window.view.number() == 3
    assert not window._forward.isEnabled()
    qtbot.keyClick(window.view, Qt.Key.Key_PageDown)
    assert window.view.number() == 3
    qtbot.keyClick(window.view, Qt.Key.Key_Home)
    assert window.view.number() == 1
    qtbot.keyClick(window.view, Qt.Key.Key_End)
    assert window.view.number() == 3
    window.people.list.setCurrentRow(1)
    assert window.view.number() == 2
    click(qtbot, window._back)
    assert window.view.number() == 1


def test_a_person_is_found_by_name_or_number(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    qtbot.keyClicks(window.people.search, "101")
    hidden = [window.people.list.item(row).isHidden() for row in range(3)]
    assert hidden == [True, True, False]
    qtbot.keyClick(window.people.search, Qt.Key.Key_Return)
    assert window.view.number() == 3
    window.people.search.setText("涼介")
    assert [window.people.list.item(row).isHidden() for row in range(3)] == [True, True, False]


def test_the_size_on_the_screen(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    view = window.view
    whole = view.percent()
    view.fit("width")
    assert view.percent() > whole
    view.set_zoom(1.0)
    assert view.percent() == 100
    assert view.page_image().deviceIndependentSize().width() == pytest.approx(794, abs=2)  # 210 mm at 96 dots
    view.step_zoom(1)
    assert view.percent() == 125
    view.step_zoom(-1)
    view.step_zoom(-1)
    assert view.percent() == 75
    assert "75" in window._zoom.text()
    for _ in range(20):
        view.step_zoom(1)
    assert view.percent() == 300
    window._zoom.menu().actions()[0].trigger()
    assert view.percent() == whole
    wheel = QWheelEvent(
        QPointF(10, 10), QPointF(10, 10), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.percent() > whole


def test_a_larger_window_shows_a_larger_page(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    before = window.view.percent()
    window.resize(1400, 1200)
    qtbot.waitUntil(lambda: window.view.percent() > before)


def test_lost_characters_are_listed_and_lead_to_their_page(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    assert window.warnings.isVisible()
    item = window.warnings.list.item(0)
    assert "U+E000" in item.text()
    assert "外字" in item.text()
    assert window.notice.text()
    window.view.go_to(3)
    box = window.warnings.list.visualItemRect(item)
    qtbot.mouseClick(window.warnings.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert window.view.number() == 1


def test_without_warnings_there_is_no_list_of_them(opened: Any) -> None:
    window = opened("first-result", numbers=["101"])
    assert window.view.count() == 1
    assert not window.warnings.isVisible()
    assert not window.notice.text()


def test_in_dark_colours_the_paper_stays_white(dark: None, opened: Any) -> None:
    window = opened("first-result")
    image = window.view.page_image()
    assert image.pixelColor(3, 3).lightness() > 250


# --- ordering -----------------------------------------------------------------


def test_number_and_date_are_put_on_the_letters(qtbot: QtBot, settle: Any, opened: Any) -> None:
    window = opened("first-result", numbers=["101"])
    first = window.draft
    number = window.order._fields["document_number"]
    qtbot.keyClicks(number, "321")
    qtbot.keyClick(number, Qt.Key.Key_Tab)
    settle()
    dated = window.order._fields["dated"]
    dated.selectAll()
    qtbot.keyClicks(dated, "R6.10.25")
    qtbot.keyClick(dated, Qt.Key.Key_Return)
    settle()
    text = pages_text(window.draft.pdf)[0]
    assert window.draft is not first
    assert "藤職第321号" in text
    assert "令和6年10月25日" in text


def test_a_date_that_cannot_be_read_is_said_beside_its_field(qtbot: QtBot, settle: Any, opened: Any) -> None:
    window = opened("first-result")
    draft = window.draft
    dated = window.order._fields["dated"]
    dated.selectAll()
    dated.insert("いつか")
    qtbot.keyClick(dated, Qt.Key.Key_Return)
    settle()
    field = field_named(window.order, "dated")
    assert field is not None
    assert field.error()
    assert window.draft is draft
    assert window.print_button.isEnabled()


def test_a_number_that_is_too_long_is_said_beside_its_field(qtbot: QtBot, settle: Any, opened: Any) -> None:
    window = opened("first-result")
    number = window.order._fields["document_number"]
    number.setText("1" * 41)
    qtbot.keyClick(number, Qt.Key.Key_Return)
    settle()
    field = field_named(window.order, "document_number")
    assert field is not None
    assert field.error()


def test_nothing_to_print_is_said_in_words(opened: Any) -> None:
    window = opened("final-result")
    assert window.view.count() == 0
    assert window.notice.text()
    assert not window.print_button.isEnabled()
    assert not window.save_button.isEnabled()
    window.print()
    window.save()


def test_a_month_is_chosen_in_the_window(
    qtbot: QtBot, settle: Any, opened: Any, database: Database, programme_id: int
) -> None:
    sample_december(database, programme_id)
    window = opened("attendance", year_month=(2024, 12))
    assert window.view.count() == 4
    assert not window.record.isVisible()
    month = window.order._fields["year_month"]
    month.selectAll()
    qtbot.keyClicks(month, "2025-1")
    qtbot.keyClick(month, Qt.Key.Key_Return)
    settle()
    assert window.draft.file_name == "出勤簿_2025-01.pdf"
    assert "令和7年1月分" in pages_text(window.draft.pdf)[0]


# --- letting go -----------------------------------------------------------------


def test_the_month_shown_is_said_when_nobody_chose_one(
    database: Database, programme_id: int, opened: Any
) -> None:
    sample_december(database, programme_id)
    assert opened("attendance").order.values()["year_month"] == (2024, 12)


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
    click(qtbot, window.save_button)
    settle()
    assert target.read_bytes() == window.draft.pdf
    assert Path(proposed[0]).name.startswith("1次選考結果通知_")
    assert notices(desk.database) == ["first-result"] * 3
    assert [change.kinds for change in changes] == [{"notice"}]
    assert window.notice.text()
    click(qtbot, window.save_button)
    settle()
    assert len(notices(desk.database)) == 3
    assert Path(proposed[1]).parent == tmp_path


def test_letters_saved_for_a_look_are_not_recorded(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened("first-result")
    window.record.click()
    choose_file(monkeypatch, tmp_path / "x")
    click(qtbot, window.save_button)
    settle()
    assert (tmp_path / "x.pdf").is_file()
    assert notices(desk.database) == []


def test_deciding_against_saving_does_nothing(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened("roster")
    choose_file(monkeypatch, None)
    click(qtbot, window.save_button)
    settle()
    assert notices(desk.database) == []


def test_a_place_that_cannot_be_written_is_said_in_words(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened("roster")
    choose_file(monkeypatch, tmp_path / "no such folder" / "x.pdf")
    click(qtbot, window.save_button)
    settle()
    assert window.notice.text()
    assert notices(desk.database) == []


def test_printing_sends_the_pages_and_records_them(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("roster")
    window.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
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
    click(qtbot, window.print_button)
    settle()
    shown, printed = ink(window.draft.pdf), ink((tmp_path / "printed.pdf").read_bytes())
    assert printed == pytest.approx(shown, abs=0.5)


def test_a_range_of_pages_can_be_printed(qtbot: QtBot, settle: Any, opened: Any, tmp_path: Path) -> None:
    window = opened("first-result")
    window.choose_printer = to_file(tmp_path / "printed.pdf", (2, 3))
    click(qtbot, window.print_button)
    settle()
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_deciding_against_printing_does_nothing(qtbot: QtBot, settle: Any, opened: Any, desk: Desk) -> None:
    window = opened("first-result")
    window.choose_printer = lambda _pdf, _title, _parent: None
    click(qtbot, window.print_button)
    settle()
    assert notices(desk.database) == []


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints", extend=True)
def test_a_printer_that_refuses_is_said_in_words(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("first-result")
    window.choose_printer = to_file(tmp_path / "no such folder" / "printed.pdf")
    click(qtbot, window.print_button)
    settle()
    assert window.notice.text()
    assert notices(desk.database) == []


def test_printing_can_be_stopped(qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path) -> None:
    window = opened("first-result")
    window.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
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
    click(qtbot, window.save_button)
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


def test_every_control_has_a_name_for_screen_readers(opened: Any) -> None:
    window = opened("final-result")
    controls = [
        *window.findChildren(QPushButton),
        window.people.list,
        window.people.search,
        window.view,
        *window.order._fields.values(),
    ]
    shown = [control for control in controls if control.isVisible()]
    assert len(shown) >= 10
    assert not [c for c in shown if not (c.accessibleName() or getattr(c, "text", str)())]


def test_dates_follow_the_desk(opened: Any, desk: Desk) -> None:
    desk.today = lambda: datetime(2024, 10, 25).date()
    window = opened("first-result", numbers=["101"])
    assert window.order._fields["dated"].text().startswith("2024年10月25日")
    assert "令和6年10月25日" in pages_text(window.draft.pdf)[0]
