"""What was issued, found again; the ledger of document numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from paper_hands import press, to_file
from pdf_reading import pages_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from shiboken6 import isValid
from sqlalchemy import select

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Applicant, DocumentNumber, Entry
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.document_numbers import Numbering, record_elsewhere
from fujisawa_desktop.services.papers import issue_papers, make_papers
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.applicants.person_pane import PersonPane
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.papers import PaperWindow, open_records
from fujisawa_desktop.views.papers.issued_viewer import IssuedViewer
from fujisawa_desktop.views.papers.number_dialogs import ElsewhereDialog, VoidDialog
from fujisawa_desktop.views.papers.records_window import RecordsWindow
from fujisawa_desktop.views.widgets import field_named
from fujisawa_desktop.views.window_acts import WindowActs

LEFT = Qt.MouseButton.LeftButton
DATED = date(2024, 10, 25)


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.fixture
def issued(database: Database, programme_id: int, decided: None) -> None:
    """The letters of three people under numbers 5 to 7, and the roster."""
    record_elsewhere(database, sign="藤職", fiscal_year=2024, first=4, last=4, subject="募集", actor="他")
    for kind, numbering in (("first-result", Numbering.EACH), ("roster", Numbering.TYPED)):
        draft = make_papers(database, programme_id=programme_id, kind=kind, numbering=numbering, dated=DATED)
        issue_papers(database, draft=draft, actor="職員")


@pytest.fixture
def records(qtbot: QtBot, desk: Desk, settle: Any) -> Iterator[Any]:
    parent = QWidget()
    qtbot.addWidget(parent)
    windows: list[RecordsWindow] = []

    def open_it(**options: Any) -> RecordsWindow:
        window = open_records(desk, parent, **options)
        windows.append(window)
        qtbot.waitExposed(window)
        settle()
        return window

    yield open_it
    for window in windows:
        if isValid(window):
            window.close()


def cells(window: RecordsWindow, column: int) -> list[str]:
    model = window.issued.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def ledger(window: RecordsWindow) -> list[tuple[str, str]]:
    model = window.numbers.model
    return [
        (str(model.index(row, 0).data()), str(model.index(row, 1).data())) for row in range(model.rowCount())
    ]


# --- issued papers ------------------------------------------------------------


def test_issued_papers_are_listed_with_their_numbers(issued: None, records: Any) -> None:
    window = records()
    assert sorted(cells(window, 4))[:3] == ["100", "101", "102"]
    assert {"藤職第5号", "藤職第6号", "藤職第7号"} <= set(cells(window, 2))
    assert set(cells(window, 0)) == {"Issued"}
    assert window.issued.count.text() == "5 papers"


@pytest.mark.parametrize(
    ("asked", "numbers"), [("涼介", ["101"]), ("101", ["101"]), ("第6号", ["101"]), ("誰も", [])]
)
def test_papers_are_found_by_person_and_number(
    qtbot: QtBot, issued: None, records: Any, asked: str, numbers: list[str]
) -> None:
    window = records()
    window.issued.kind.setCurrentIndex(window.issued.kind.findData("first-result"))
    window.issued.search.insert(asked)
    found = cells(window, 4)
    assert len(found) == len(numbers)
    if asked != "第6号":
        assert found == numbers


def test_papers_are_found_by_kind_and_day(issued: None, records: Any) -> None:
    window = records()
    kinds = [window.issued.kind.itemText(at) for at in range(window.issued.kind.count())]
    assert kinds[0] == "All kinds"
    assert any("(3)" in text for text in kinds)
    window.issued.kind.setCurrentIndex(window.issued.kind.findData("roster"))
    assert len(cells(window, 1)) == 2
    assert window.issued.day.count() == 2
    window.issued.day.setCurrentIndex(1)
    assert len(cells(window, 1)) == 2


def test_nothing_found_offers_the_way_back(qtbot: QtBot, issued: None, records: Any) -> None:
    window = records(find="誰も")
    assert cells(window, 1) == []
    assert window.issued.table.empty.isVisible()
    assert not window.issued.open_button.isEnabled()
    qtbot.mouseClick(window.issued.table.empty.button, LEFT)
    assert len(cells(window, 1)) == 5


def test_before_anything_was_issued_both_pages_say_so(records: Any) -> None:
    window = records()
    assert window.issued.table.empty.title() == "Nothing was issued yet"
    press(window, "Ctrl+2")
    assert window.numbers.isVisible()
    assert window.numbers.table.empty.title() == "No number was given yet"
    assert not window.numbers.export_button.isEnabled()


def test_an_issued_paper_is_read_as_it_was_sent(
    qtbot: QtBot, settle: Any, database: Database, issued: None, records: Any
) -> None:
    with unit_of_work(database, "applicant.edit") as work:
        for person in work.session.scalars(select(Applicant)):
            person.name_official = "改名　花"
        work.commit()
    window = records(find="101")
    qtbot.mouseClick(window.issued.open_button, LEFT)
    settle()
    viewer = window.findChild(IssuedViewer)
    assert viewer is not None
    text = pages_text(viewer.papers.pdf)[0]
    assert "楜澤" in text
    assert "改名" not in text
    assert "藤職第" in viewer.said.text()
    viewer.close()


def test_all_papers_of_an_issue_are_the_very_file(
    qtbot: QtBot, settle: Any, issued: None, records: Any, tmp_path: Path
) -> None:
    window = records()
    window.issued.kind.setCurrentIndex(window.issued.kind.findData("first-result"))
    window.issued.table.selectAll()
    qtbot.keyClick(window.issued.table, Qt.Key.Key_Return)
    settle()
    viewer = window.findChild(IssuedViewer)
    assert viewer is not None
    assert viewer.view.count() == 3
    assert viewer.sameness.tone() == "good"
    viewer.outlet.choose_printer = to_file(tmp_path / "again.pdf")
    qtbot.mouseClick(viewer.print_button, LEFT)
    settle()
    assert len(pypdf.PdfReader(tmp_path / "again.pdf").pages) == 3
    assert viewer.notice.text() == "3 pages were sent to the printer."
    assert len(cells(window, 1)) == 3, "printing again is no new issue"
    viewer.close()


def test_an_issued_paper_is_corrected_by_one_that_cites_it(
    qtbot: QtBot, settle: Any, issued: None, records: Any
) -> None:
    window = records(find="101")
    window.issued.kind.setCurrentIndex(window.issued.kind.findData("first-result"))
    qtbot.mouseClick(window.issued.correct_button, LEFT)
    settle()
    paper = window.findChild(PaperWindow)
    assert paper is not None
    assert paper.windowTitle().startswith("Correction")
    text = pages_text(paper.draft.pdf)[0].replace("\n", "").replace(" ", "")
    assert "令和6年10月25日" in text
    assert "訂正" in text
    assert [sheet.corrects_id is not None for sheet in paper.draft.sheets] == [True]
    paper.close()


def test_another_copy_is_issued_under_the_same_number_and_may_say_so(
    qtbot: QtBot, settle: Any, issued: None, records: Any, agree: Any, tmp_path: Path
) -> None:
    window = records(find="101")
    window.issued.kind.setCurrentIndex(window.issued.kind.findData("first-result"))
    number = cells(window, 2)
    qtbot.mouseClick(window.issued.copy_button, LEFT)
    settle()
    paper = window.findChild(PaperWindow)
    assert paper is not None
    assert paper.checks == ()
    assert "再発行" not in pages_text(paper.draft.pdf)[0]
    paper.order.mark.click()
    settle()
    assert "再発行" in pages_text(paper.draft.pdf)[0]
    paper.outlet.choose_printer = to_file(tmp_path / "copy.pdf")
    qtbot.mouseClick(paper.print_button, LEFT)
    agree(paper)
    assert cells(window, 2) == number * 2
    assert sorted(cells(window, 0)) == ["Issued", "another copy"]
    assert [row for row, use in ledger(window) if use == "Issued"] == ["5", "6", "7"]
    paper.close()


def test_copies_are_made_of_letters_of_one_kind_and_date(issued: None, records: Any) -> None:
    window = records()
    window.issued.table.selectAll()
    assert not window.issued.copy_button.isEnabled()
    window.issued.kind.setCurrentIndex(window.issued.kind.findData("first-result"))
    window.issued.table.selectAll()
    assert window.issued.copy_button.isEnabled()


def test_lists_are_not_corrected_by_letters(issued: None, records: Any) -> None:
    window = records()
    window.issued.kind.setCurrentIndex(window.issued.kind.findData("roster"))
    assert window.issued.open_button.isEnabled()
    assert not window.issued.correct_button.isEnabled()


def test_issued_papers_go_into_an_excel_file(
    qtbot: QtBot, settle: Any, issued: None, records: Any, tmp_path: Path
) -> None:
    window = records()
    window.saver.choose_file = lambda _name: str(tmp_path / "issued")
    qtbot.mouseClick(window.issued.export_button, LEFT)
    settle()
    rows = CalamineWorkbook.from_path(str(tmp_path / "issued.xlsx")).get_sheet_by_index(0).to_python()
    assert len(rows) == 6
    assert "藤職第5号" in {row[2] for row in rows}
    assert "issued.xlsx" in window.notice.text()


# --- the ledger ---------------------------------------------------------------------


def test_the_ledger_shows_every_number_and_the_gaps(issued: None, records: Any) -> None:
    window = records(page="numbers")
    assert ledger(window) == [
        ("1–3", "Not explained"),
        ("4", "Used elsewhere"),
        ("5", "Issued"),
        ("6", "Issued"),
        ("7", "Issued"),
    ]
    assert "next number is 8" in window.numbers.summary.text()
    assert "3 numbers" in window.numbers.summary.text()
    window.numbers.only_gaps.click()
    assert ledger(window) == [("1–3", "Not explained")]


def test_a_gap_is_explained_by_a_range_used_elsewhere(
    qtbot: QtBot, settle: Any, issued: None, records: Any
) -> None:
    window = records(page="numbers")
    window.numbers.table.select_row(0)
    qtbot.mouseClick(window.numbers.elsewhere_button, LEFT)
    dialog = window.findChild(ElsewhereDialog)
    assert dialog is not None
    assert (dialog.first.text(), dialog.last.text()) == ("1", "3")
    dialog.last.selectAll()
    dialog.last.insert("２")
    dialog.subject.insert("任用の照会")
    dialog.dated.insert("R6.9.3")
    qtbot.mouseClick(dialog.enter_button, LEFT)
    settle()
    assert ledger(window)[:3] == [("1–2", "Used elsewhere"), ("3", "Not explained"), ("4", "Used elsewhere")]
    assert window.numbers.rows[0].dated == date(2024, 9, 3)
    assert "Undo" in window.notice.text()
    press(window, "Ctrl+Z")
    settle()
    assert ledger(window)[0] == ("1–3", "Not explained")


def test_a_number_is_made_void_with_a_reason(qtbot: QtBot, settle: Any, issued: None, records: Any) -> None:
    window = records(page="numbers")
    window.numbers.table.select_row(0)
    qtbot.mouseClick(window.numbers.void_button, LEFT)
    dialog = window.findChild(VoidDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.enter_button, LEFT)
    settle()
    reason = field_named(dialog, "reason")
    assert reason is not None
    assert reason.error()
    dialog.reason.insert("起案を取り下げたため")
    qtbot.mouseClick(dialog.enter_button, LEFT)
    settle()
    assert ledger(window)[0] == ("1–3", "Void")
    assert window.numbers.rows[0].reason == "起案を取り下げたため"
    window.numbers.table.select_row(0)
    qtbot.mouseClick(window.numbers.release_button, LEFT)
    settle()
    assert ledger(window)[0] == ("1–3", "Not explained")


@pytest.mark.parametrize(("typed", "field"), [("", "first"), ("abc", "first"), ("4", "first")])
def test_what_cannot_be_entered_is_said_in_the_dialog(
    qtbot: QtBot, settle: Any, issued: None, records: Any, messages: Any, typed: str, field: str
) -> None:
    window = records(page="numbers")
    qtbot.mouseClick(window.numbers.elsewhere_button, LEFT)
    dialog = window.findChild(ElsewhereDialog)
    assert dialog is not None
    dialog.show_range(None, None)
    dialog.first.insert(typed)
    qtbot.mouseClick(dialog.enter_button, LEFT)
    settle()
    assert dialog.isVisible()
    assert dialog.enter_button.isEnabled()
    found = field_named(dialog, field)
    assert found is not None
    assert found.error() or messages
    dialog.reject()


def test_from_a_number_to_its_papers(qtbot: QtBot, issued: None, records: Any) -> None:
    window = records(page="numbers")
    window.numbers.table.select_row(3)
    qtbot.mouseClick(window.numbers.papers_button, LEFT)
    assert window.issued.isVisible()
    assert cells(window, 2) == ["藤職第6号"]


def test_the_ledger_goes_into_a_csv_file(
    qtbot: QtBot, settle: Any, issued: None, records: Any, tmp_path: Path
) -> None:
    window = records(page="numbers")
    window.saver.choose_file = lambda _name: str(tmp_path / "ledger.csv")
    qtbot.mouseClick(window.numbers.export_button, LEFT)
    settle()
    with (tmp_path / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:3] == ["1", "3", "Not explained"]
    assert len(rows) == 6


def test_deciding_against_a_file_writes_nothing(
    qtbot: QtBot, settle: Any, issued: None, records: Any
) -> None:
    window = records(page="numbers")
    window.saver.choose_file = lambda _name: ""
    qtbot.mouseClick(window.numbers.export_button, LEFT)
    settle()
    assert not window.notice.text()


def test_a_file_that_may_only_be_read_is_only_looked_at(
    desk: Desk, database: Database, issued: None, records: Any
) -> None:
    assert database.path is not None
    reader = open_database(database.path, read_only=True)
    desk.database = reader
    window = records(page="numbers")
    assert len(ledger(window)) == 5
    for button in (
        window.numbers.elsewhere_button,
        window.numbers.void_button,
        window.numbers.release_button,
        window.issued.correct_button,
    ):
        assert not button.isEnabled()
    with reader.read() as session:
        assert len(list(session.scalars(select(DocumentNumber)))) == 4
    reader.dispose()


# --- the ways there ------------------------------------------------------------------


def test_a_person_leads_to_what_that_person_was_sent(
    qtbot: QtBot, settle: Any, desk: Desk, issued: None
) -> None:
    pane = PersonPane(desk)
    qtbot.addWidget(pane)
    with desk.database.read() as session:
        entry_id = session.scalars(select(Entry.id).where(Entry.number == "101")).one()
    pane.show_entry(entry_id)
    pane.show()
    qtbot.waitUntil(lambda: pane.person is not None)
    [button] = [one for one in pane.findChildren(QPushButton) if one.text() == "Issued papers…"]
    qtbot.mouseClick(button, LEFT)
    settle()
    window = pane.window().findChild(RecordsWindow)
    assert window is not None
    assert set(cells(window, 4)) == {"101"}
    window.close()


@pytest.mark.parametrize(("action", "page"), [("papers.issued", 0), ("papers.numbers", 1)])
def test_the_menu_opens_both_pages(
    settle: Any, desk: Desk, window: MainWindow, issued: None, action: str, page: int
) -> None:
    acts = WindowActs(window)
    window.serve(acts.handlers())
    acts.attach(desk)
    window.trigger(action)
    settle()
    records = window.findChild(RecordsWindow)
    assert records is not None
    assert records.tabs.currentIndex() == page
    records.close()


def test_after_issuing_the_papers_are_one_press_away(
    qtbot: QtBot, settle: Any, opened: Any, agree: Any, tmp_path: Path
) -> None:
    paper = opened("first-result", numbers=["101"])
    paper.outlet.choose_printer = to_file(tmp_path / "x.pdf")
    qtbot.mouseClick(paper.print_button, LEFT)
    agree(paper)
    qtbot.mouseClick(paper.notice._button, LEFT)
    settle()
    window = paper.parent().findChild(RecordsWindow)
    assert window is not None
    assert cells(window, 4) == ["101"]
    window.close()
