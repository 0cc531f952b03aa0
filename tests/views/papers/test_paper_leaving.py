"""What leaves the preview window: asked about once, on record once, on paper or in files."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from paper_hands import issued_kinds, question, to_file
from pdf_reading import ink, pages_text
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Applicant, DocumentNumber, Notice
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.document_numbers import Numbering, record_elsewhere
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.papers.issue_dialog import IssueDialog, SaveDialog
from fujisawa_desktop.views.papers.printing import PrintJob, chosen_sides, prepared_printer, print_pages
from fujisawa_desktop.views.widgets import TextLabel

PASSWORD = "himitsu-2024"  # noqa: S105 - of a file that this test makes
LEFT = Qt.MouseButton.LeftButton
Agree = Callable[[PaperWindow], None]


class BothSides(QPrinter):
    """A printer that prints on both sides; the one that writes files does not know of sides."""

    def duplex(self) -> QPrinter.DuplexMode:
        return QPrinter.DuplexMode.DuplexLongSide


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, LEFT)


def choose_file(window: PaperWindow, path: Path | None) -> list[str]:
    """Answer the system's dialog; returns what it proposed."""
    proposed: list[str] = []

    def answer(name: str) -> str:
        proposed.append(name)
        return str(path) if path else ""

    window.outlet.choose_file = answer
    return proposed


def numbers_taken(desk: Desk) -> list[int]:
    with desk.database.read() as session:
        return list(session.scalars(select(DocumentNumber.number).order_by(DocumentNumber.number)))


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


# --- issuing --------------------------------------------------------------------


def test_letters_are_asked_about_once_with_their_count_and_numbers(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    window.order.choose_numbering(Numbering.EACH)
    settle()
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    told = " ".join(pair[1].text() for pair in question(window).facts._lines)
    assert "1～3" in told
    assert "3 pages" in told
    assert any("3 papers" in label.text() for label in question(window).findChildren(TextLabel))
    assert issued_kinds(desk.database) == []
    agree(window)
    assert issued_kinds(desk.database) == ["first-result"] * 3
    assert numbers_taken(desk) == [1, 2, 3]
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 3
    assert "3 papers were issued" in window.notice.text()
    assert "1～3" in window.notice.text()


def test_what_is_issued_bears_the_numbers_that_were_shown(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    window.order.choose_numbering(Numbering.EACH)
    settle()
    shown = [text for text in pages_text(window.draft.pdf) if "藤職第1号" in text.replace(" ", "")]
    assert len(shown) == 1
    choose_file(window, tmp_path / "x.pdf")
    click(qtbot, window.save_button)
    agree(window)
    with desk.database.read() as session:
        assert [notice.document_number for notice in session.scalars(select(Notice))] == ["1", "2", "3"]


def test_once_issued_it_is_only_printed_or_saved_again(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    agree(window)
    assert window.foot.state.isVisible()
    assert not window.foot.draft_button.isEnabled()
    click(qtbot, window.print_button)
    settle()
    assert window.findChild(IssueDialog) is None
    assert issued_kinds(desk.database) == ["first-result"] * 3
    choose_file(window, tmp_path / "x.pdf")
    click(qtbot, window.save_button)
    dialog = window.findChild(SaveDialog)
    assert dialog is not None
    click(qtbot, dialog.save_button)
    settle()
    assert (tmp_path / "x.pdf").read_bytes() == window.draft.pdf
    assert len(issued_kinds(desk.database)) == 3


def test_a_double_click_issues_once(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("first-result")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    qtbot.mouseDClick(window.print_button, LEFT)
    click(qtbot, window.print_button)
    assert len(window.findChildren(IssueDialog)) == 1
    button = question(window).issue_button
    click(qtbot, button)
    click(qtbot, button)
    window.print()
    window.save()
    settle()
    assert issued_kinds(desk.database) == ["first-result"] * 3


def test_going_back_from_the_question_issues_nothing(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("first-result")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    click(qtbot, question(window).back_button)
    settle()
    assert issued_kinds(desk.database) == []
    assert not (tmp_path / "printed.pdf").exists()
    assert window.print_button.isEnabled()


def test_deciding_against_the_printer_issues_nothing(
    qtbot: QtBot, opened: Any, desk: Desk, agree: Agree
) -> None:
    window = opened("first-result")
    window.outlet.choose_printer = lambda _job, _parent: None
    click(qtbot, window.print_button)
    agree(window)
    assert issued_kinds(desk.database) == []
    assert window.notice.text() == "Nothing was issued."
    assert window.print_button.isEnabled()


def test_a_number_taken_meanwhile_is_told_and_the_draft_made_again(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    assert window.draft.numbers.taken == (1,)
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    taken = window.draft.numbers
    record_elsewhere(desk.database, sign=taken.sign, fiscal_year=taken.fiscal_year, first=1, last=1)
    agree(window)
    assert issued_kinds(desk.database) == []
    assert window.draft.numbers.taken == (2,)
    assert "made again" in window.notice.text()
    assert not (tmp_path / "printed.pdf").exists()


def test_a_draft_that_was_made_anew_behind_the_question_is_not_issued(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    before = window.draft
    with unit_of_work(desk.database, "applicant.edit", actor="他") as work:
        person = work.session.scalars(select(Applicant)).first()
        assert person is not None
        person.name_official = "改名　花"
        change = work.commit()
    desk.publish(change)
    settle()
    assert window.draft is not before
    agree(window)
    assert issued_kinds(desk.database) == []
    assert "made anew" in window.notice.text()


def test_what_cannot_be_written_is_not_issued(
    qtbot: QtBot, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    choose_file(window, tmp_path / "no such folder" / "x.pdf")
    click(qtbot, window.save_button)
    agree(window)
    assert issued_kinds(desk.database) == []
    assert numbers_taken(desk) == []
    assert window.notice.text()
    assert window.save_button.text() == "Issue and save as PDF…"
    choose_file(window, tmp_path / "x.pdf")
    click(qtbot, window.save_button)
    agree(window)
    assert (tmp_path / "x.pdf").is_file()
    assert len(issued_kinds(desk.database)) == 3


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints", extend=True)
def test_papers_issued_but_refused_by_the_printer_are_printed_again(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    window.outlet.choose_printer = to_file(tmp_path / "no such folder" / "printed.pdf")
    click(qtbot, window.print_button)
    agree(window)
    assert issued_kinds(desk.database) == ["first-result"] * 3
    assert "issued all the same" in window.notice.text()
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    settle()
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 3
    assert len(issued_kinds(desk.database)) == 3


def test_a_file_that_may_only_be_read_lets_nothing_be_issued(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    path = desk.database.path
    assert path is not None
    reader = open_database(path, read_only=True)
    desk.database = reader
    window = opened("first-result")
    assert not window.print_button.isEnabled()
    assert not window.save_button.isEnabled()
    assert window.print_button.toolTip()
    choose_file(window, tmp_path / "x.pdf")
    window.save_draft()
    settle()
    assert "下書き" in pages_text((tmp_path / "x.pdf").read_bytes())[0]
    assert issued_kinds(reader) == []
    reader.dispose()


# --- files -------------------------------------------------------------------------


def test_what_is_saved_is_what_is_shown_and_the_change_is_told(
    qtbot: QtBot, opened: Any, desk: Desk, tmp_path: Path, agree: Agree
) -> None:
    changes: list[ChangeSet] = []
    desk.changed.connect(changes.append)
    window = opened("first-result")
    proposed = choose_file(window, tmp_path / "通知.pdf")
    click(qtbot, window.save_button)
    agree(window)
    assert (tmp_path / "通知.pdf").read_bytes() == window.draft.pdf
    assert proposed[0].startswith("1次選考結果通知_")
    assert [change.kinds for change in changes] == [{"notice", "document_number"}]
    assert str(desk.settings.value("papers/folder")) == str(tmp_path)


def test_one_file_each_goes_into_a_folder_and_opens_with_the_password(
    qtbot: QtBot, opened: Any, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result")
    window.outlet.choose_folder = lambda: str(tmp_path)
    click(qtbot, window.save_button)
    asked = question(window)
    assert asked.save is not None
    asked.save.one_each.click()
    qtbot.keyClicks(asked.save.password, PASSWORD)
    agree(window)
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == 3
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(files[0])
    with pikepdf.open(files[0], password=PASSWORD) as document:
        assert len(document.pages) == 1
    assert "3 files" in window.notice.text()


def test_one_person_is_not_asked_for_one_file_each(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result", numbers=["101"])
    click(qtbot, window.save_button)
    asked = question(window)
    assert asked.save is not None
    assert not asked.save.one_each.isVisible()
    click(qtbot, asked.back_button)


def test_deciding_against_a_file_does_nothing(qtbot: QtBot, settle: Any, opened: Any, desk: Desk) -> None:
    window = opened("roster")
    choose_file(window, None)
    click(qtbot, window.save_button)
    settle()
    assert issued_kinds(desk.database) == []


def test_a_list_is_saved_without_a_question_and_recorded(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("roster")
    choose_file(window, tmp_path / "x")
    click(qtbot, window.save_button)
    settle()
    assert (tmp_path / "x.pdf").is_file()
    assert issued_kinds(desk.database) == ["roster", "roster"]
    click(qtbot, window.save_button)
    settle()
    assert len(issued_kinds(desk.database)) == 2


def test_a_place_that_cannot_be_written_is_said_in_words(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("roster")
    choose_file(window, tmp_path / "no such folder" / "x.pdf")
    click(qtbot, window.save_button)
    settle()
    assert window.notice.text()
    assert issued_kinds(desk.database) == []


def test_the_systems_dialogs_are_asked(
    qtbot: QtBot, settle: Any, opened: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "x.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    window = opened("roster")
    click(qtbot, window.save_button)
    settle()
    assert (tmp_path / "x.pdf").is_file()
    assert Path(asked[0]).suffix == ".pdf"


# --- printing -----------------------------------------------------------------------


def test_printing_a_list_sends_the_pages_and_records_them(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("roster")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    settle()
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes()))
    assert len(reader.pages) == window.view.count()
    box = reader.pages[0].mediabox
    assert float(box.width) > float(box.height)
    assert issued_kinds(desk.database) == ["roster", "roster"]


def test_what_is_printed_stands_where_the_preview_shows_it(
    qtbot: QtBot, opened: Any, tmp_path: Path, agree: Agree
) -> None:
    window = opened("first-result", numbers=["101"])
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    agree(window)
    shown, printed = ink(window.draft.pdf), ink((tmp_path / "printed.pdf").read_bytes())
    assert printed == pytest.approx(shown, abs=0.5)


def test_a_range_of_pages_can_be_printed(qtbot: QtBot, opened: Any, tmp_path: Path, agree: Agree) -> None:
    def second_and_third(printer: QPrinter) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 3)

    window = opened("first-result")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf", second_and_third)
    click(qtbot, window.print_button)
    agree(window)
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_the_page_looked_at_can_be_printed_alone(opened: Any, tmp_path: Path) -> None:
    window = opened("first-result")
    window.view.go_to(3)
    job = window.outlet.print_job(window.draft, "first-result", window.view.number())
    printer = to_file(tmp_path / "x.pdf")(job, window)
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert chosen_sides(job, printer, 3) == [3]


@pytest.mark.parametrize(
    ("starts", "wanted"),
    [((1, 2, 3), [1, None, 2, None, 3]), ((1, 3), [1, 2, 3]), ((1,), [1, 2, 3])],
)
def test_on_both_sides_everybody_gets_sheets_of_their_own(
    qapp: QApplication, starts: tuple[int, ...], wanted: list[int | None]
) -> None:
    job = PrintJob(b"", "x", "first-result", starts)
    assert chosen_sides(job, BothSides(), 3) == wanted
    assert chosen_sides(job, QPrinter(), 3) == [1, 2, 3]


def test_each_copy_printed_on_both_sides_begins_on_a_new_sheet(qapp: QApplication) -> None:
    printer = BothSides()
    printer.setCopyCount(2)
    assert not printer.supportsMultipleCopies()
    job = PrintJob(b"", "x", "first-result", (1,))
    assert chosen_sides(job, printer, 3) == [1, 2, 3, None, 1, 2, 3]


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints", extend=True)
def test_a_printer_that_refuses_is_said_in_words(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("roster")
    window.outlet.choose_printer = to_file(tmp_path / "no such folder" / "printed.pdf")
    click(qtbot, window.print_button)
    settle()
    assert window.notice.text()
    assert issued_kinds(desk.database) == []


def test_printing_can_be_stopped(qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path) -> None:
    window = opened("roster")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    window.strip.stop()
    settle()
    assert window.notice.text()
    assert issued_kinds(desk.database) == []
    assert window.print_button.isEnabled()


def test_copies_are_printed_even_where_the_printer_cannot_count(opened: Any, tmp_path: Path) -> None:
    window = opened("first-result", numbers=["101"])
    job = PrintJob(window.draft.pdf, "x", "first-result")
    printer = to_file(tmp_path / "printed.pdf")(job, window)
    printer.setCopyCount(2)
    assert not printer.supportsMultipleCopies()
    assert print_pages(job, printer, lambda _done, _total: None) == 2


def test_pages_of_other_paper_are_printed_on_that_paper(opened: Any, tmp_path: Path) -> None:
    portrait, landscape = opened("first-result", numbers=["101"]), opened("roster")
    both = pypdf.PdfWriter()
    for window in (portrait, landscape):
        both.append(io.BytesIO(window.draft.pdf), pages=(0, 1))
    data = io.BytesIO()
    both.write(data)
    job = PrintJob(data.getvalue(), "x", "roster")
    printer = to_file(tmp_path / "printed.pdf")(job, portrait)
    assert print_pages(job, printer, lambda _done, _total: None) == 2
    boxes = [page.mediabox for page in pypdf.PdfReader(tmp_path / "printed.pdf").pages]
    assert [float(box.width) > float(box.height) for box in boxes] == [False, True]


# --- drafts --------------------------------------------------------------------------


def test_a_printed_draft_is_marked_and_not_recorded(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("first-result", numbers=["101"])
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    actions = window.foot.draft_button.menu().actions()
    actions[0].trigger()
    settle()
    assert issued_kinds(desk.database) == []
    assert numbers_taken(desk) == []
    assert "draft" in window.notice.text()
    clean, marked = ink(window.draft.pdf), ink((tmp_path / "printed.pdf").read_bytes())
    assert marked[1] < clean[1], "the mark stands above the letter"


def test_a_saved_draft_says_on_every_page_that_it_is_one(
    settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("first-result")
    proposed = choose_file(window, tmp_path / "x.pdf")
    window.foot.draft_button.menu().actions()[1].trigger()
    settle()
    texts = pages_text((tmp_path / "x.pdf").read_bytes())
    assert len(texts) == 3
    assert all("下書き" in text for text in texts)
    assert proposed[0].startswith("draft_")
    assert issued_kinds(desk.database) == []


# --- leaving --------------------------------------------------------------------------


def test_while_papers_are_on_their_way_the_window_stays(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk, tmp_path: Path
) -> None:
    window = opened("roster")
    window.outlet.choose_printer = to_file(tmp_path / "printed.pdf")
    click(qtbot, window.print_button)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not window.close()
    settle()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.view.count() == 0


def test_closing_lets_go_of_the_file(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    view = window.view
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert view.count() == 0
    assert view.number() == 0


def test_a_printer_is_made_for_the_paper_of_the_first_page(opened: Any) -> None:
    printer = prepared_printer(opened("roster").draft.pdf, "x")
    size = printer.pageLayout().fullRectPoints()
    assert (size.width(), size.height()) == (842, 595)
