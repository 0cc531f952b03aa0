"""The transfers on the screen: who keeps the file from being written, leaving people out, writing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_hands import child, opened, press
from papers_driver import paper_windows
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from register_scene import (
    NET,
    RYOSUKE,
    SAKURA,
    TODAY,
    TOTAL,
    YUI,
    Month,
    add_account,
    pay,
    stated_month,
    worked_month,
)

from fujisawa_desktop.exchange.zengin import Contents, contents_of
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.consignor import consignor_form
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_window import AppointmentWindow
from fujisawa_desktop.views.payroll.consignor_dialog import ConsignorDialog
from fujisawa_desktop.views.payroll.payment_dialog import PaymentDialog
from fujisawa_desktop.views.payroll.transfer_rows import STATE
from fujisawa_desktop.views.payroll.transfer_window import TransferWindow
from fujisawa_desktop.views.widgets import field_named

Settle = Callable[[], None]
Show = Callable[[], TransferWindow]
Choose = Callable[[str], Path]


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


@pytest.fixture
def show(qtbot: QtBot, desk: Desk, settle: Settle) -> Show:
    """Return what opens the window."""
    desk.today = lambda: TODAY
    parent = QWidget()
    qtbot.addWidget(parent)

    def make() -> TransferWindow:
        window = TransferWindow(desk, parent, year=2024, month=12)
        opened(qtbot, settle, window)
        return window

    return make


def row_of(window: TransferWindow, number: str) -> int:
    numbers = [str(window.model.index(row, 1).data()) for row in range(window.model.rowCount())]
    return numbers.index(number)


def state_of(window: TransferWindow, number: str) -> str:
    return str(window.model.index(row_of(window, number), STATE).data())


def date_typed(window: TransferWindow, qtbot: QtBot, text: str) -> None:
    window.pay_date.selectAll()
    qtbot.keyClicks(window.pay_date, text)


def test_all_in_order_and_written(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, save_to: Choose
) -> None:
    window = show()
    assert {state_of(window, number) for number in NET} == {"振込データに入る"}
    assert not window.advice.isVisible()
    target = save_to("zengin.txt")
    press(qtbot, settle, window.write_button)
    assert window.day_field.error()
    assert not target.exists()
    date_typed(window, qtbot, "2025-1-21")
    press(qtbot, settle, window.write_button)
    assert contents_of(target.read_bytes()) == Contents(4, TOTAL)
    assert "183,983" in window.notice.text()
    assert "183,983" in window.earlier.text()


@pytest.mark.parametrize("day", ["2025-01-09", "2025-01-11", "2025-01-13"])
def test_a_day_without_banks_is_told_beside_the_field(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, save_to: Choose, day: str
) -> None:
    window = show()
    target = save_to("zengin.txt")
    date_typed(window, qtbot, day)
    press(qtbot, settle, window.write_button)
    assert window.day_field.error()
    assert not target.exists()


def test_somebody_who_cannot_be_paid_is_left_out_by_the_clerk(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, save_to: Choose
) -> None:
    add_account(month, YUI, confirmed_at=None)
    window = show()
    assert state_of(window, YUI) == "口座が未確認"
    assert not window.write_button.isEnabled()
    assert "小鳥遊　結衣" in window.advice.text()
    window.table.select_row(row_of(window, YUI))
    assert "照合" in window.why.text()
    press(qtbot, settle, window.leave_button)
    assert state_of(window, YUI) == "除外"
    target = save_to("zengin.txt")
    date_typed(window, qtbot, "2025-01-21")
    press(qtbot, settle, window.write_button)
    assert contents_of(target.read_bytes()) == Contents(3, TOTAL - NET[YUI])
    assert "小鳥遊　結衣" in window.notice.text()


def test_somebody_is_put_back_by_key(month: Month, show: Show, qtbot: QtBot) -> None:
    window = show()
    window.table.select_row(row_of(window, RYOSUKE))
    window.table.setFocus()
    window.leave_button.click()
    assert state_of(window, RYOSUKE) == "除外"
    window.table.select_row(row_of(window, RYOSUKE))
    window.back_button.click()
    assert state_of(window, RYOSUKE) == "振込データに入る"
    assert window.left_out == frozenset()


def test_who_is_paid_is_shown_as_paid(month: Month, show: Show) -> None:
    pay(month, SAKURA)
    window = show()
    assert state_of(window, SAKURA) == "2025/1/21支払済み"
    assert window.view is not None
    assert window.view.contents() == Contents(3, TOTAL - NET[SAKURA])


def test_the_consignor_is_entered_and_refused_field_by_field(
    database: Database, programme_id: int, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    worked_month(database, programme_id)
    window = show()
    assert "委託者" in window.advice.text()
    press(qtbot, settle, window.orderer_button)
    dialog = child(window, ConsignorDialog)
    assert isinstance(dialog, ConsignorDialog)
    press(qtbot, settle, dialog.ok)
    for name in dialog.edits:
        field = field_named(dialog, name)
        assert field is not None
        assert field.error(), name
    for name, text in {
        "code": "００００012345",
        "name_kana": "フジサワシ",
        "bank_code": "0999",
        "bank_kana": "ミホンギンコウ",
        "branch_code": "123",
        "branch_kana": "ホンテン",
        "account_number": "1234567",
    }.items():
        dialog.edits[name].setText(text)
    press(qtbot, settle, dialog.ok)
    assert consignor_form(database, programme_id=programme_id).values["code"] == "0000012345"
    assert "ﾌｼﾞｻﾜｼ" in window.orderer.text()


def test_the_list_to_sign_shows_the_same_people(
    month: Month, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    window = show()
    window.table.select_row(row_of(window, YUI))
    press(qtbot, settle, window.leave_button)
    date_typed(window, qtbot, "2025-01-21")
    press(qtbot, settle, window.paper_button)
    [paper] = paper_windows()
    qtbot.waitUntil(lambda: paper.draft is not None)
    assert paper.draft is not None
    [sheet] = paper.draft.sheets
    told = str(sheet.spec)
    assert "173,290円" in told
    assert "183,983円" in told
    assert "令和7年1月21日（火）" in told
    assert f"載っていない者：{YUI} 小鳥遊" in told
    paper.close()
    settle()


def test_the_same_by_keys_alone(month: Month, show: Show, qtbot: QtBot) -> None:
    window = show()
    window.table.select_row(0)
    window.table.setFocus()
    qtbot.keyClick(window.table, Qt.Key.Key_Down)
    assert window.table.selected_rows() == [1]
    assert window.leave_button.isEnabled()


def test_the_account_of_the_person_chosen_is_one_click_away(
    month: Month, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    window = show()
    window.table.select_row(row_of(window, YUI))
    press(qtbot, settle, window.account_button)
    opened_ = child(window, AppointmentWindow)
    assert isinstance(opened_, AppointmentWindow)
    assert opened_.view is not None
    assert opened_.view.member.number == YUI
    opened_.close()
    settle()


def test_after_the_file_went_out_the_payment_is_recorded(
    month: Month, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    window = show()
    press(qtbot, settle, window.paid_button)
    dialog = child(window, PaymentDialog)
    assert isinstance(dialog, PaymentDialog)
    dialog.day.setText("2025-01-21")
    press(qtbot, settle, dialog.ok)
    assert {state_of(window, number) for number in NET} == {"2025/1/21支払済み"}
    assert window.strip.figure("paid") == window.strip.figure("stated")
