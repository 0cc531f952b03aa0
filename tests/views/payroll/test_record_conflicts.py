"""Confirmations, closings and payments of a month over what somebody else recorded: both, side by side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

import pytest
from appointed import FOUR, explain
from conflict_asked import asked
from payroll_page import Page, dialog_of, write
from PySide6.QtWidgets import QDialog

from fujisawa_desktop.i18n import format_date
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.month_confirmations import confirm_month, withdraw_confirmation
from fujisawa_desktop.services.month_records import MonthRecord, RecordKind, record_form
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.payments import mark_paid, take_payment_back
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.payroll.close_dialog import ReopenDialog
from fujisawa_desktop.views.payroll.confirm_dialog import ConfirmDialog
from fujisawa_desktop.views.payroll.payment_dialog import PaymentDialog
from fujisawa_desktop.views.payroll.record_saving import record_text
from fujisawa_desktop.views.trust.conflict_table import ConflictTable

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
OTHER = "佐藤"
SIGNED = date(2024, 12, 27)
LATER = date(2024, 12, 28)
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def month(programme_id: int) -> dict[str, int]:
    return {"programme_id": programme_id, "year": 2024, "month": 12}


def opened(page: Page, kind: type[D]) -> D:
    page.wait()
    found = dialog_of(page.tab, kind)
    assert isinstance(found, kind)
    return found


def question_over(dialog: QDialog) -> ConflictTable[object]:
    found = asked(dialog)
    assert isinstance(found, ConflictTable)
    return found


def sides(question: ConflictTable[object], row: int = 0) -> list[str]:
    """Who changed it, what was seen, what is stored, what was meant."""
    return [str(question.model.index(row, column).data()) for column in (1, 2, 3, 4)]


def signed_elsewhere(
    database: Database, month: dict[str, int], members: Collection[Member], *, by: str, on: date = LATER
) -> ChangeSet:
    return confirm_month(
        database,
        appointment_ids=[member.appointment_id for member in members],
        confirmed_on=on,
        confirmed_by=by,
        actor=OTHER,
        **month,
    )


def of(database: Database, month: dict[str, int], kind: RecordKind, member: Member) -> MonthRecord | None:
    found = record_form(database, kind=kind, appointment_ids=[member.appointment_id], **month)
    return found.records[member.appointment_id]


def confirming_one(page: Page) -> ConfirmDialog:
    """The dialog with one person chosen."""
    page.go(YUI, 2)
    page.tab.sheets.confirm()
    return opened(page, ConfirmDialog)


def sign(page: Page, dialog: ConfirmDialog) -> None:
    """Record what this clerk has in the hand."""
    dialog.day.setText(format_date(SIGNED))
    write(page.qtbot, dialog.signer, "室長　藤沢")
    page.click(dialog.confirm)


class TestConfirmations:
    @pytest.fixture
    def dialog(self, page: Page, four: dict[str, Member]) -> ConfirmDialog:
        assert four
        page.tab.sheets.confirm()
        found = opened(page, ConfirmDialog)
        page.click(found.everybody)
        return found

    @pytest.mark.parametrize("mine", [False, True])
    def test_a_sheet_that_somebody_recorded_otherwise(
        self,
        database: Database,
        month: dict[str, int],
        page: Page,
        four: dict[str, Member],
        dialog: ConfirmDialog,
        *,
        mine: bool,
    ) -> None:
        """The others' month is confirmed in any case; of the one it is chosen."""
        signed_elsewhere(database, month, [four[YUI]], by="課長補佐")
        sign(page, dialog)
        question = question_over(dialog)
        assert question.model.rowCount() == 1
        assert YUI in str(question.model.index(0, 0).data())
        by, before, now, meant = sides(question)
        assert OTHER in by
        assert (before, "課長補佐" in now, "室長　藤沢" in meant) == ("未確認", True, True)
        if mine:
            question.turn(0)
        page.click(question.save_button)
        page.wait()
        records = {number: of(database, month, RecordKind.CONFIRMATION, four[number]) for number in four}
        assert records[YUI] == (MonthRecord(SIGNED, "室長　藤沢") if mine else MonthRecord(LATER, "課長補佐"))
        assert {records[number] for number in (RYOSUKE, SAKURA, MISAKI)} == {
            MonthRecord(SIGNED, "室長　藤沢")
        }

    def test_whoever_takes_theirs_for_everybody_changes_nothing(
        self, database: Database, month: dict[str, int], page: Page, four: dict[str, Member]
    ) -> None:
        dialog = confirming_one(page)
        signed_elsewhere(database, month, [four[YUI]], by="課長補佐")
        sign(page, dialog)
        page.click(question_over(dialog).save_button)
        page.wait()
        assert "変更していません" in dialog.notices.text()
        assert of(database, month, RecordKind.CONFIRMATION, four[YUI]) == MonthRecord(LATER, "課長補佐")

    def test_the_same_recorded_by_two_asks_nothing(
        self,
        database: Database,
        month: dict[str, int],
        page: Page,
        four: dict[str, Member],
        dialog: ConfirmDialog,
    ) -> None:
        signed_elsewhere(database, month, [four[YUI]], by="室長　藤沢", on=SIGNED)
        sign(page, dialog)
        page.wait()
        assert of(database, month, RecordKind.CONFIRMATION, four[MISAKI]) == MonthRecord(SIGNED, "室長　藤沢")

    @pytest.mark.parametrize("mine", [False, True])
    def test_what_is_withdrawn_is_what_was_seen(
        self,
        database: Database,
        month: dict[str, int],
        page: Page,
        four: dict[str, Member],
        *,
        mine: bool,
    ) -> None:
        signed_elsewhere(database, month, [four[YUI]], by="係長", on=SIGNED)
        dialog = confirming_one(page)
        where = {"appointment_ids": [four[YUI].appointment_id], **month}
        withdraw_confirmation(database, actor=OTHER, **where)
        signed_elsewhere(database, month, [four[YUI]], by="室長")
        page.click(dialog.withdraw)
        question = question_over(dialog)
        by, before, now, meant = sides(question)
        assert OTHER in by
        assert ("係長" in before, "室長" in now, meant) == (True, True, "（記録を取り消す）")
        page.click(question.save_button if mine else question.stop_button)
        page.wait()
        stands = of(database, month, RecordKind.CONFIRMATION, four[YUI])
        assert stands == (None if mine else MonthRecord(LATER, "室長"))


@pytest.mark.parametrize("mine", [False, True])
def test_a_month_that_somebody_opened_and_closed_again(
    database: Database, month: dict[str, int], page: Page, four: dict[str, Member], *, mine: bool
) -> None:
    explain(database, four[SAKURA])
    close_month(database, **month)
    page.tab.reload()
    page.wait()
    page.tab.acts.settle.reopen()
    dialog = opened(page, ReopenDialog)
    reopen_month(database, appointment_ids=[four[YUI].appointment_id], reason="誤記", actor=OTHER, **month)
    write(page.qtbot, dialog.reason, "訂正")
    page.click(dialog.ok)
    question = question_over(dialog)
    assert question.model.rowCount() == 1
    by, before, now, meant = sides(question)
    assert OTHER in by
    assert "締め済み（20" in before
    assert (now, meant) == (record_text(RecordKind.CLOSING, None), "（記録を取り消す）")
    page.click(question.save_button if mine else question.stop_button)
    page.wait()
    closing = of(database, month, RecordKind.CLOSING, four[MISAKI])
    assert (closing is None) is mine


@pytest.mark.parametrize("mine", [False, True])
def test_payments_that_somebody_recorded_anew(
    database: Database, month: dict[str, int], page: Page, four: dict[str, Member], *, mine: bool
) -> None:
    explain(database, four[SAKURA])
    close_month(database, **month)
    issue_statements(database, **month)
    mark_paid(database, paid_on=date(2025, 1, 21), **month)
    dialog = PaymentDialog(page.tab.desk, page.tab, month=(2024, 12))
    dialog.open()
    page.wait()
    yui = {"appointment_ids": [four[YUI].appointment_id], "actor": OTHER, **month}
    take_payment_back(database, reason="口座の誤り", **yui)
    mark_paid(database, paid_on=date(2025, 1, 24), **yui)
    dialog.take_back("振込の中止")
    page.wait()
    question = question_over(dialog)
    assert question.model.rowCount() == 1
    by, before, now, meant = sides(question)
    assert OTHER in by
    assert ("1月21日" in before, "1月24日" in now, meant) == (True, True, "（記録を取り消す）")
    page.click(question.save_button if mine else question.stop_button)
    page.wait()
    assert (of(database, month, RecordKind.PAYMENT, four[MISAKI]) is None) is mine
    paid = of(database, month, RecordKind.PAYMENT, four[YUI])
    assert (paid is None) if mine else (paid is not None and paid.day == date(2025, 1, 24))
