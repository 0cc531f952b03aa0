"""A month from the appointment to the pay, and a day of it corrected in the next, in the real window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from places import Where
from pytestqt.qtbot import QtBot

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import format_yen
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay import PayRow, pay_for_month
from fujisawa_desktop.services.pay_totals import pay_totals
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.payroll import PayrollTab
from fujisawa_desktop.views.payroll.close_dialog import CloseDialog
from fujisawa_desktop.views.payroll.confirm_dialog import ConfirmDialog
from fujisawa_desktop.views.payroll.correction_dialog import CorrectionDialog
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.payment_dialog import PaymentDialog
from fujisawa_desktop.views.widgets import LineEdit
from tests.appointed import FOUR, add_people
from tests.journeys.conftest import Open
from tests.journeys.pay_clerk import PayClerk

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
FIRST_ROW, LAST_ROW = SAKURA, MISAKI
"""The list is in order of kana: カツラギ, クルミザワ, タカナシ, タカハシ."""
TODAY = date(2024, 12, 27)
PAID_ON = "2025/1/21"
WEEKS = ((2, 4), (9, 11), (16, 18))
"""Three days of three weeks: 54 hours of whole days."""
FULL, HALF = 7_548, 3_774
DECEMBER = {SAKURA: 10 * FULL, RYOSUKE: 9 * FULL, MISAKI: 9 * FULL, YUI: 9 * FULL - HALF}
MOST_GESTURES = 60


@pytest.fixture
def clerk(start: Open, new_file: Where, qtbot: QtBot) -> PayClerk:
    """In front of the tab, with four who have accepted and nobody appointed."""
    with opened(new_file) as database:
        accepted = tuple(replace(person, status=ApplicationStatus.ACCEPTED) for person in FOUR)
        add_people(database, current_programme_id(database), accepted)
    program = start(new_file)
    assert program.desk is not None
    program.desk.today = lambda: TODAY
    return PayClerk(qtbot, program)


def rows(clerk: PayClerk, year: int, month: int) -> dict[str, PayRow]:
    desk = clerk.program.desk
    assert desk is not None
    found = pay_for_month(desk.database, programme_id=desk.programme_id, year=year, month=month)
    return {row.number: row for row in found}


def test_appoint_plan_work_confirm_close_pay_print_and_correct(clerk: PayClerk) -> None:
    clerk.act("work.appoint")
    assert clerk.tab.shown.view is not None
    assert len(clerk.tab.shown.view.people) == 4
    clerk.picture("1-appointed")
    plan_december(clerk)
    work_december(clerk)
    explain_the_cap(clerk)
    confirm(clerk)
    close(clerk)
    compute_and_print(clerk)
    pay(clerk)
    correct_in_january(clerk)
    clerk.note_gestures()
    assert clerk.gestures <= MOST_GESTURES, (clerk.gestures, clerk.clicks, clerk.keys)


def plan_december(clerk: PayClerk) -> None:
    """Whole days for all four in three drags; the day that would reach the cap is refused."""
    for first, last in WEEKS:
        clerk.frame((FIRST_ROW, first), (LAST_ROW, last))
        clerk.click(clerk.tab.entry.pattern_buttons[0])
    assert {clerk.hands.person(number).expected for number in DECEMBER} == {54 * 60}
    clerk.go(RYOSUKE, 23)
    clerk.entry("終")
    params = {"total_hm": 3_600, "cap_hm": 3_600, "date": date(2024, 12, 23)}
    assert texts.message_for("cap.planned-not-below", params) in clerk.told[-1]
    assert clerk.hands.editor() is not None, "what was typed can be typed on"
    clerk.picture("2-cap-refused")
    clerk.key("Escape")
    assert clerk.hands.person(RYOSUKE).expected == 54 * 60


def work_december(clerk: PayClerk) -> None:
    """As planned, one day shorter, and one person's tenth day, which reaches the cap."""
    clerk.click(clerk.tab.entry.kinds[ShiftKind.WORKED])
    assert clerk.tab.entry.kind() is ShiftKind.WORKED
    for first, last in WEEKS:
        clerk.frame((FIRST_ROW, first), (LAST_ROW, last))
        clerk.key("=")
    clerk.go(YUI, 4)
    clerk.entry("９－１２")
    clerk.go(SAKURA, 23)
    clerk.entry("終")
    person = clerk.hands.person(SAKURA)
    assert (person.worked, person.over_on, person.unexplained) == (3_600, date(2024, 12, 23), 1)
    assert clerk.hands.person(YUI).worked == 51 * 60
    clerk.picture("3-worked")


def explain_the_cap(clerk: PayClerk) -> None:
    """The day over the cap is a fact; it needs a reason before the month can be closed."""
    clerk.go(SAKURA, 23)
    clerk.key("F4")
    dialog = clerk.dialog(ReasonDialog)
    clerk.write(dialog.reason, "窓口の繁忙のため")
    clerk.key("Return")
    assert clerk.hands.person(SAKURA).unexplained == 0


def confirm(clerk: PayClerk) -> None:
    """The departments' sheet came back signed."""
    clerk.act("work.confirm")
    dialog = clerk.dialog(ConfirmDialog)
    clerk.click(dialog.everybody)
    clerk.write(dialog.signer, "室長　藤沢 一郎")
    clerk.picture("4-confirmed", dialog)
    clerk.click(dialog.confirm)
    clerk.click(dialog.close_button)
    assert states(clerk) == {MonthState.CONFIRMED}


def close(clerk: PayClerk) -> None:
    clerk.click(clerk.tab.bar.close_month)
    dialog = clerk.dialog(CloseDialog)
    assert not [check for check in dialog.checks if check.refused]
    clerk.picture("5-closing", dialog)
    clerk.click(dialog.ok)
    assert states(clerk) == {MonthState.CLOSED}


def compute_and_print(clerk: PayClerk) -> None:
    clerk.click(clerk.tab.bar.compute)
    december = rows(clerk, 2024, 12)
    assert {number: row.pay for number, row in december.items()} == DECEMBER
    assert all(row.stated is not None and row.stated.net == row.net for row in december.values())
    clerk.picture("6-pay")
    clerk.act("papers.pay-statement")
    window = clerk.dialog(PaperWindow)
    clerk.qtbot.waitUntil(lambda: window.draft is not None and len(window.draft.sheets) == 4)
    clerk.settle()
    clerk.picture("7-statements", window)
    clerk.key("Escape")


def pay(clerk: PayClerk) -> None:
    clerk.act("work.paid")
    dialog = clerk.dialog(PaymentDialog)
    clerk.write(dialog.day, PAID_ON)
    clerk.click(dialog.ok)
    clerk.key("Escape")
    assert states(clerk) == {MonthState.PAID}
    desk = clerk.program.desk
    assert desk is not None
    totals = pay_totals(desk.database, programme_id=desk.programme_id, year=2024, month=12)
    assert totals.stated == totals.register
    assert totals.paid.yen == totals.stated.yen == sum(DECEMBER.values())


def correct_in_january(clerk: PayClerk) -> None:
    """A day of December was half a day too short: January pays the difference."""
    clerk.go(YUI, 4)
    clerk.act("work.correct-day")
    dialog = clerk.dialog(CorrectionDialog)
    for field, text in ((dialog.after, "終"), (dialog.reason, "出勤簿の転記誤り")):
        assert isinstance(field, LineEdit)
        clerk.write(field, text)
    clerk.qtbot.waitUntil(lambda: not dialog._soon.isActive())
    clerk.settle()
    clerk.picture("8-correcting", dialog)
    clerk.key("Return")
    assert {number: row.pay for number, row in rows(clerk, 2024, 12).items()} == DECEMBER
    clerk.tab.grid.days.setFocus()
    clerk.key("PgDown")
    assert clerk.tab.shown.month == (2025, 1)
    clerk.click(clerk.tab.bar.compute)
    january = rows(clerk, 2025, 1)
    assert {number: row.net for number, row in january.items()} == {
        SAKURA: 0,
        RYOSUKE: 0,
        MISAKI: 0,
        YUI: HALF,
    }
    assert january[YUI].stated is not None
    assert january[YUI].corrected_pay == HALF
    assert format_yen(HALF) in [clerk.hands.pay_text(YUI, column) for column in range(2, 8)]
    clerk.picture("9-january")


def states(clerk: PayClerk) -> set[MonthState]:
    view = clerk.tab.shown.view
    assert view is not None
    return {person.state for person in view.people}


def test_a_tab_built_beforehand_reads_nothing_until_it_is_shown(start: Open, walked_file: Where) -> None:
    window = start(walked_file).window
    window.prepare("payroll")
    page = window.pages["payroll"]
    assert isinstance(page, PayrollTab)
    assert window.current_page() is not page
    assert page.shown.month is None
    assert window.go_to("payroll") is page
