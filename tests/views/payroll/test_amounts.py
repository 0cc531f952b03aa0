"""Every amount tells how it came about: beside the table, in a window, and as text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from appointed import FOUR
from payroll_page import Key, Page, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.pay_details import stated_months
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.payroll.amount_dialog import AmountDialog, SumDialog
from fujisawa_desktop.views.payroll.amounts import Amount, explain

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
MINUTES, PAY, COMMUTING, TAX, INSURANCE, NET = range(1, 7)


@pytest.fixture
def otsu(page: Page, database: Database, four: dict[str, Member]) -> Page:
    """Ryosuke with fares, column 乙 and insurance, so that every amount is one."""
    form = terms_form(database, appointment_id=four[RYOSUKE].appointment_id)
    save_terms(
        database,
        form=replace(
            form,
            commuting_mode=CommutingMode.PER_DAY,
            round_trip_yen=840,
            tax_column=TaxColumn.OTSU,
            employment_insurance=True,
        ),
    )
    page.tab.reload()
    page.wait()
    return page


def said(page: Page) -> str:
    return "\n".join(page.tab.side.labels())


class TestPointing:
    def test_an_amount_says_its_steps_its_source_and_its_days(self, page: Page) -> None:
        page.point_at_amount(RYOSUKE, PAY)
        told = said(page)
        row = page.tab.shown.rows[1]
        for step in row.steps:
            if step.code.startswith(("explain.rate", "explain.product", "explain.rounding")):
                assert texts.message_for(step.code, step.params) in told
        assert texts.term("source", "explain.rounding-a") in told
        days = [day for day in page.person(RYOSUKE).cells if page.person(RYOSUKE).cells[day].worked]
        for day in days:
            assert format_date(day, year=False) in told
        assert "9:00–15:45" in told
        assert "5:45" in told

    @pytest.mark.parametrize(
        ("column", "code", "value"),
        [
            (COMMUTING, "explain.commuting-per-day", "8,400"),
            (TAX, "explain.tax-otsu", "2,286"),
            (INSURANCE, "explain.insurance", "501"),
        ],
    )
    def test_each_amount_has_its_own_steps(self, otsu: Page, column: int, code: str, value: str) -> None:
        otsu.point_at_amount(RYOSUKE, column)
        assert otsu.pay_text(RYOSUKE, column) == value
        own = next(row for row in otsu.tab.shown.rows if row.number == RYOSUKE)
        step = next(step for step in own.steps if step.code == code)
        assert texts.message_for(code, step.params) in said(otsu)
        rate = next(step for step in own.steps if step.code == "explain.rate")
        assert texts.message_for(rate.code, rate.params) not in otsu.tab.side.labels()

    def test_what_is_paid_is_added_up(self, otsu: Page) -> None:
        otsu.point_at_amount(RYOSUKE, NET)
        told = said(otsu)
        own = next(row for row in otsu.tab.shown.rows if row.number == RYOSUKE)
        for yen in (own.pay, own.commuting, -(own.tax or 0), -own.insurance, own.net or 0):
            assert f"{yen:,}" in told

    def test_arrows_walk_over_amounts_and_into_the_sums(self, page: Page) -> None:
        page.point_at_amount(YUI, PAY)
        pay = page.tab.pay
        page.qtbot.keyClick(pay, Key.Key_Right)
        page.wait()
        assert page.tab.explaining.looking.amount is Amount.COMMUTING
        page.point_at_amount(page.tab.shown.rows[-1].number, PAY)
        page.qtbot.keyClick(pay, Key.Key_Down)
        page.wait()
        sums = page.tab.pay_panel.sums
        assert sums.currentIndex().column() == PAY
        assert page.tab.explaining.looking.at_sums
        assert "183,983" in said(page)
        assert all(row.name in said(page) for row in page.tab.shown.rows)
        page.qtbot.keyClick(sums, Key.Key_Up)
        page.wait()
        assert page.tab.explaining.looking == type(page.tab.explaining.looking)(
            page.tab.shown.rows[-1].appointment_id, Amount.PAY
        )

    def test_a_cell_of_the_grid_is_explained_again_after_an_amount(self, page: Page) -> None:
        page.point_at_amount(RYOSUKE, TAX)
        page.go(RYOSUKE, 23)
        page.wait()
        day = next(day for day in page.person(RYOSUKE).cells if day.day == 23)
        assert format_date(day, year=False) in page.tab.side.labels()
        assert page.tab.explaining.looking.amount is None

    def test_a_day_says_what_it_does_to_the_month(self, page: Page) -> None:
        page.go(RYOSUKE, 4)
        page.wait()
        assert "12:00" in said(page)
        page.go(SAKURA, 23)
        page.wait()
        told = said(page)
        assert "60:00" in told
        source = next(one for one in page.tab.shown.view.cap_sources if not one.inclusive)  # type: ignore[union-attr]
        assert source.text in told


class TestCopying:
    def test_the_explanation_is_copied_as_text(self, page: Page) -> None:
        page.point_at_amount(RYOSUKE, PAY)
        page.tab.side.copy()
        text = QApplication.clipboard().text()
        told = page.tab.shown.told(page.person(RYOSUKE).member.appointment_id)
        assert told is not None
        assert text == explain(told, Amount.PAY).text()
        assert "75,166" in text
        assert texts.term("source", "explain.rounding-a") in text
        assert text.count("9:00–16:00") == 9

    def test_rows_are_copied_with_headings_and_all_of_them_with_the_sums(self, page: Page) -> None:
        page.point_at_amount(RYOSUKE, PAY)
        page.qtbot.keyClick(page.tab.pay, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        lines = QApplication.clipboard().text().split("\n")
        assert len(lines) == 2
        assert lines[1].split("\t")[1:3] == ["59:45", "75,166"]
        page.qtbot.keyClick(page.tab.pay, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        page.qtbot.keyClick(page.tab.pay, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        lines = QApplication.clipboard().text().split("\n")
        assert len(lines) == 6
        assert lines[-1].split("\t")[2] == "183,983"


class TestWindow:
    def opened(self, page: Page, number: str, column: int) -> AmountDialog:
        page.point_at_amount(number, column)
        page.qtbot.keyClick(page.tab.pay, Key.Key_Return)
        page.wait()
        dialog = dialog_of(page.tab, AmountDialog)
        assert isinstance(dialog, AmountDialog)
        return dialog

    def test_return_opens_all_days_and_steps(self, page: Page) -> None:
        dialog = self.opened(page, RYOSUKE, PAY)
        told = "\n".join(dialog.pane.labels())
        assert "75,165.50" in told
        assert "75,166" in told
        assert dialog.day_rows.rowCount() == 11
        last = [dialog.day_rows.index(10, column).data() for column in range(4)]
        assert last[3] == "59:45"

    def test_another_amount_is_one_key_away(self, otsu: Page) -> None:
        dialog = self.opened(otsu, RYOSUKE, PAY)
        otsu.qtbot.keyClick(dialog.amounts, Key.Key_Down)
        assert "8,400" in "\n".join(dialog.pane.labels())
        assert dialog.told().name == _("Commuting")

    def test_a_stored_edition_says_what_was_stated_and_what_differs(
        self, page: Page, database: Database
    ) -> None:
        page.click(page.tab.bar.compute)
        page.kind(ShiftKind.WORKED)
        page.go(YUI, 9)
        page.type("9-12")
        dialog = self.opened(page, YUI, PAY)
        page.qtbot.waitUntil(lambda: dialog.editions.count() == 2)
        assert "14,467" in "\n".join(dialog.pane.labels())
        dialog.editions.setCurrentIndex(1)
        told = "\n".join(dialog.pane.labels())
        assert "10,693" in dialog.told().value
        assert "10,693 → 14,467" in told
        assert "3,774" in told
        assert "8:30 → 11:30" in told
        assert dialog.day_rows.rowCount() == 4
        own = page.person(YUI).member.appointment_id
        assert [one.edition for one in stated_months(database, appointment_id=own)] == [1]

    def test_an_edition_that_still_holds_says_so(self, page: Page) -> None:
        page.click(page.tab.bar.compute)
        dialog = self.opened(page, RYOSUKE, PAY)
        page.qtbot.waitUntil(lambda: dialog.editions.count() == 2)
        dialog.editions.setCurrentIndex(1)
        assert _("The figures of now are the same.") in dialog.pane.labels()

    def test_a_sum_opens_with_everybody(self, page: Page) -> None:
        page.point_at_amount(page.tab.shown.rows[-1].number, NET)
        page.qtbot.keyClick(page.tab.pay, Key.Key_Down)
        page.qtbot.keyClick(page.tab.pay_panel.sums, Key.Key_Return)
        page.wait()
        dialog = dialog_of(page.tab, SumDialog)
        assert isinstance(dialog, SumDialog)
        assert dialog.rows.rowCount() == 4
        assert "183,983" in dialog.told().value
        page.click(dialog.copy_button)
        assert all(row.name in QApplication.clipboard().text() for row in page.tab.shown.rows)

    def test_a_double_click_opens_once(self, page: Page) -> None:
        page.point_at_amount(RYOSUKE, PAY)
        pay = page.tab.pay
        index = pay.currentIndex()
        page.qtbot.mouseDClick(pay.viewport(), Qt.MouseButton.LeftButton, pos=pay.visualRect(index).center())
        page.wait()
        assert len([one for one in page.tab.findChildren(AmountDialog) if one.isVisible()]) == 1


def test_steps_of_every_amount_have_a_source() -> None:
    known = texts.text_book().terms["source"]
    explained = [code for code in texts.text_book().messages if code.startswith("explain.")]
    without = [code for code in explained if not any(code.startswith(start) for start in known)]
    assert set(without) <= {"explain.no-work", "explain.product"} | {
        code for code in without if code.startswith(("explain.correct", "explain.difference"))
    }
