"""The preview window, with real pages and real clicks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from appointed import sample_december
from pdf_reading import pages_text
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.widgets import field_named


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
