"""The preview window, with real pages and real clicks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from appointed import sample_december
from paper_hands import press, to_file
from pdf_reading import pages_text
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.document_numbers import Numbering, record_elsewhere
from fujisawa_desktop.services.paper_audience import Audience
from fujisawa_desktop.services.paper_checks import CheckKind, PaperCheck
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.widgets import field_named


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def texts_of(window: PaperWindow) -> list[str]:
    return [window.people.list.item(row).text() for row in range(window.people.list.count())]


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
    assert window.print_button.text() == "Issue and print…"


def test_pages_are_turned_by_buttons_keys_and_names(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    tools = window.tools
    assert not tools.back.isEnabled()
    click(qtbot, tools.forward)
    assert window.view.number() == 2
    assert window.people.list.currentRow() == 1
    qtbot.keyClick(window.view, Qt.Key.Key_PageDown)
    assert window.view.number() == 3
    assert not tools.forward.isEnabled()
    qtbot.keyClick(window.view, Qt.Key.Key_PageDown)
    assert window.view.number() == 3
    qtbot.keyClick(window.view, Qt.Key.Key_Home)
    assert window.view.number() == 1
    qtbot.keyClick(window.view, Qt.Key.Key_End)
    assert window.view.number() == 3
    window.people.list.setCurrentRow(1)
    assert window.view.number() == 2
    click(qtbot, tools.back)
    assert window.view.number() == 1


@pytest.mark.parametrize(("typed", "shown"), [("３", 3), ("99", 3), ("0", 1), ("x", 1), ("", 1)])
def test_a_page_is_gone_to_by_its_number(qtbot: QtBot, opened: Any, typed: str, shown: int) -> None:
    window = opened("first-result")
    window.tools.ask_number()
    window.tools.number_box.selectAll()
    window.tools.number_box.insert(typed)
    qtbot.keyClick(window.tools.number_box, Qt.Key.Key_Return)
    assert window.view.number() == shown
    assert window.tools.number_box.text() == str(shown)


def test_people_are_turned_where_their_papers_have_several_pages(
    qtbot: QtBot, opened: Any, database: Database, programme_id: int
) -> None:
    sample_december(database, programme_id)
    window = opened("roster")
    starts = [page.first_page for page in window.draft.pages]
    assert len(starts) == 2
    window.tools.turn_person(1)
    assert window.view.number() == starts[1]
    window.tools.turn_person(1)
    assert window.view.number() == starts[1]
    window.tools.turn_person(-1)
    assert window.view.number() == starts[0]


def test_every_turn_has_its_key(opened: Any) -> None:
    window = opened("first-result")
    seen = []
    for keys in ("Alt+Down", "Ctrl+PgDown", "Alt+Up", "Ctrl+PgUp"):
        press(window, keys)
        seen.append(window.view.number())
    assert seen == [2, 3, 2, 1]
    press(window, "Ctrl+9")
    wide = window.view.percent()
    press(window, "Ctrl+0")
    assert window.view.percent() < wide


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
    assert "75" in window.tools.zoom.text()
    for _ in range(20):
        view.step_zoom(1)
    assert view.percent() == 300
    window.tools.zoom.menu().actions()[0].trigger()
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


def test_what_is_wrong_is_listed_and_leads_to_its_page(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    assert window.check_list.isVisible()
    item = window.check_list.list.item(0)
    assert "U+E000" in item.text()
    assert "外字" in item.text()
    assert window.notice.text()
    window.view.go_to(3)
    box = window.check_list.list.visualItemRect(item)
    qtbot.mouseClick(window.check_list.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert window.view.number() == 1


def test_without_warnings_there_is_no_list_of_them(opened: Any) -> None:
    window = opened("first-result", numbers=["101"])
    assert window.view.count() == 1
    assert not window.check_list.isVisible()
    assert not window.notice.text()


def test_a_missing_address_is_told_only_where_the_paper_prints_one(
    qtbot: QtBot, settle: Any, opened: Any, database: Database
) -> None:
    with unit_of_work(database, "applicant.edit") as work:
        for person in work.session.scalars(select(Applicant)):
            person.address = "" if "楜澤" in person.name_entered else "藤沢市朝日町1番地の1"
        work.commit()
    window = opened("first-result", numbers=["100", "101"])
    assert [check.kind for check in window.checks] == []
    window.order.address.click()
    settle()
    assert "藤沢市朝日町" in pages_text(window.draft.pdf)[0]
    found = [check for check in window.checks if check.kind is CheckKind.NO_ADDRESS]
    assert [(check.number, check.page) for check in found] == [("101", 2)]
    window.check_list.go_on()
    assert window.view.number() == 2
    window.order.address.click()
    settle()
    assert window.checks == ()
    assert "藤沢市朝日町" not in pages_text(window.draft.pdf)[0]


def test_f8_goes_from_one_thing_to_the_next_and_around(qtbot: QtBot, opened: Any) -> None:
    window = opened("first-result")
    window.check_list.show_checks(
        [PaperCheck(CheckKind.NO_ADDRESS, page, str(page), "花") for page in (1, 3)]
    )
    pages = []
    for _ in range(3):
        press(window, "F8")
        pages.append(window.view.number())
    assert pages == [1, 3, 1]
    press(window, "Shift+F8")
    assert window.view.number() == 3


def test_in_dark_colours_the_paper_stays_white(dark: None, opened: Any) -> None:
    window = opened("first-result")
    image = window.view.page_image()
    assert image.pixelColor(3, 3).lightness() > 250


# --- ordering -----------------------------------------------------------------


def type_number(qtbot: QtBot, window: PaperWindow, text: str) -> None:
    window.order.choose_numbering(Numbering.TYPED)
    number = window.order._fields["document_number"]
    number.selectAll()
    number.insert(text)
    qtbot.keyClick(number, Qt.Key.Key_Return)


def test_number_and_date_are_put_on_the_letters(qtbot: QtBot, settle: Any, opened: Any) -> None:
    window = opened("first-result", numbers=["101"])
    first = window.draft
    type_number(qtbot, window, "３２１")
    settle()
    dated = window.order._fields["dated"]
    dated.selectAll()
    qtbot.keyClicks(dated, "R6.10.25")
    qtbot.keyClick(dated, Qt.Key.Key_Return)
    settle()
    text = pages_text(window.draft.pdf)[0].replace(" ", "")
    assert window.draft is not first
    assert "藤職第321号" in text
    assert "令和6年10月25日" in text


def test_the_next_numbers_are_shown_before_they_are_taken(
    qtbot: QtBot, settle: Any, opened: Any, desk: Desk
) -> None:
    window = opened("first-result")
    numbers = window.draft.numbers
    record_elsewhere(desk.database, sign=numbers.sign, fiscal_year=numbers.fiscal_year, first=1, last=40)
    window.order.choose_numbering(Numbering.EACH)
    settle()
    edit = window.order._fields["document_number"]
    assert edit.text() == "41～43"
    assert edit.isReadOnly()
    window.order.choose_numbering(Numbering.ONE)
    settle()
    assert edit.text() == "41"
    window.order.choose_numbering(Numbering.TYPED)
    settle()
    assert edit.text() == ""
    assert window.draft.numbers is None


def test_how_letters_are_numbered_is_remembered_for_each_kind(settle: Any, opened: Any) -> None:
    opened("first-result").order.choose_numbering(Numbering.EACH)
    settle()
    assert opened("first-result").order.chosen_numbering() is Numbering.EACH
    assert opened("final-result").order.chosen_numbering() is Numbering.ONE


def test_a_number_that_is_used_can_be_used_again_on_purpose(
    qtbot: QtBot, settle: Any, opened: Any, tmp_path: Path, agree: Any
) -> None:
    window = opened("first-result", numbers=["100"])
    window.outlet.choose_printer = to_file(tmp_path / "x.pdf")
    click(qtbot, window.print_button)
    agree(window)
    more = opened("first-result", numbers=["101"])
    type_number(qtbot, more, "1")
    settle()
    field = field_named(more.order, "document_number")
    assert field is not None
    assert field.error()
    click(qtbot, more.notice._button)
    settle()
    assert more.draft.numbers.taken == (1,)
    assert more.draft.numbers.is_shared
    assert not field.error()


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


def test_a_number_that_cannot_be_read_is_said_beside_its_field(
    qtbot: QtBot, settle: Any, opened: Any
) -> None:
    window = opened("first-result")
    type_number(qtbot, window, "いちばん")
    settle()
    field = field_named(window.order, "document_number")
    assert field is not None
    assert field.error()


def test_nothing_to_print_is_said_in_words_where_the_page_would_be(
    qtbot: QtBot, settle: Any, opened: Any
) -> None:
    window = opened("final-result")
    assert window.view.count() == 0
    assert window.empty.isVisible()
    assert not window.print_button.isEnabled()
    assert not window.save_button.isEnabled()
    window.print()
    window.save()
    window.print_draft()
    window.save_draft()
    click(qtbot, window.empty.button)
    settle()
    assert window.empty.isVisible()


# --- for whom ------------------------------------------------------------------


def test_a_whole_stage_or_a_course_is_chosen(settle: Any, opened: Any) -> None:
    window = opened("first-result", numbers=["101"])
    words = [window.audience.itemText(at) for at in range(window.audience.count())]
    assert words[0] == "The 1 chosen"
    assert "Everybody it is for (3)" in words
    assert "Those who passed (3)" in words
    assert window.view.count() == 1
    window.audience.choose(Audience.PASS)
    settle()
    assert window.view.count() == 3
    course = next(at for at, word in enumerate(words) if word.endswith("(1)"))
    window.audience.setCurrentIndex(course)
    settle()
    assert window.view.count() == 1
    assert words[course].removesuffix(" (1)") in pages_text(window.draft.pdf)[0]


def test_those_not_sent_it_yet_are_left_after_issuing(
    qtbot: QtBot, settle: Any, opened: Any, tmp_path: Path, agree: Any
) -> None:
    window = opened("first-result", numbers=["101"])
    window.outlet.choose_printer = to_file(tmp_path / "x.pdf")
    click(qtbot, window.print_button)
    agree(window)
    rest = opened("first-result")
    rest.audience.choose(Audience.NOT_TOLD)
    settle()
    assert rest.audience.currentText() == "Those not sent it yet (2)"
    assert [page.number for page in rest.draft.pages] == ["102", "100"]
    everybody = opened("first-result")
    again = [check for check in everybody.checks if check.kind is CheckKind.AGAIN]
    assert [check.number for check in again] == ["101"]


# --- making -----------------------------------------------------------------------


def test_the_first_page_is_there_before_the_others(qtbot: QtBot, settle: Any, opened: Any) -> None:
    window = opened("first-result")
    begun: list[int] = []
    window.maker.begun.connect(lambda _draft: begun.append(window.view.count()))
    window.maker.make({}, few=False)
    window._enable()
    assert not window.print_button.isEnabled()
    settle()
    assert begun == [1]
    assert window.view.count() == 3
    assert window.print_button.isEnabled()


def test_making_can_be_stopped_and_begun_again(qtbot: QtBot, settle: Any, opened: Any) -> None:
    window = opened("first-result")
    window.make()
    window.strip.stop()
    settle()
    assert "Stopped" in window.notice.text()
    assert not window.strip.isVisible()
    click(qtbot, window.notice._button)
    settle()
    assert window.view.count() == 3
    assert window.print_button.isEnabled()


def test_only_the_newest_order_counts(settle: Any, opened: Any) -> None:
    window = opened("first-result")
    for numbering in (Numbering.EACH, Numbering.TYPED, Numbering.EACH):
        window.order.choose_numbering(numbering)
    settle()
    assert window.draft.numbers.taken == (1, 2, 3)


def test_a_draft_follows_what_changes_behind_it(settle: Any, opened: Any, desk: Desk) -> None:
    window = opened("first-result", numbers=["101"])
    with unit_of_work(desk.database, "applicant.edit") as work:
        for person in work.session.scalars(select(Applicant)):
            person.name_official = "改名　花"
        change = work.commit()
    desk.publish(change)
    settle()
    assert "改名" in pages_text(window.draft.pdf)[0]


def test_a_month_is_chosen_in_the_window(
    qtbot: QtBot, settle: Any, opened: Any, database: Database, programme_id: int
) -> None:
    sample_december(database, programme_id)
    window = opened("attendance", year_month=(2024, 12))
    assert window.view.count() == 4
    assert window.print_button.text() == "Print…"
    month = window.order._fields["year_month"]
    month.selectAll()
    qtbot.keyClicks(month, "2025-1")
    qtbot.keyClick(month, Qt.Key.Key_Return)
    settle()
    assert window.draft.file_name == "出勤簿_2025-01.pdf"
    assert "令和7年1月分" in pages_text(window.draft.pdf)[0]


def test_the_month_shown_is_said_when_nobody_chose_one(
    database: Database, programme_id: int, opened: Any
) -> None:
    sample_december(database, programme_id)
    assert opened("attendance").order.values()["year_month"] == (2024, 12)


def test_every_control_has_a_name_for_screen_readers(opened: Any) -> None:
    window = opened("final-result")
    controls = [
        *window.findChildren(QPushButton),
        window.people.list,
        window.people.search,
        window.audience,
        window.tools.number_box,
        window.view,
        *window.order._fields.values(),
    ]
    shown = [control for control in controls if control.isVisible()]
    assert len(shown) >= 10
    assert not [c for c in shown if not (c.accessibleName() or getattr(c, "text", str)())]


def test_dates_follow_the_desk(opened: Any, desk: Desk) -> None:
    desk.today = lambda: datetime(2024, 10, 25).date()
    window = opened("first-result", numbers=["101"])
    assert window.order._fields["dated"].text() == "Fri, 25 Oct 2024"
    assert "令和6年10月25日" in pages_text(window.draft.pdf)[0]
