"""受入部署の確認 on the screen: choosing, recording, what was changed afterwards, withdrawing."""

from __future__ import annotations

from datetime import date

import pytest
from appointed import TEN_DAYS, work
from payroll_page import Page, dialog_of, write

from fujisawa_desktop.i18n import format_date
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.confirmation_view import ConfirmationState, confirmation_rows
from fujisawa_desktop.services.month_confirmations import confirm_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.payroll.confirm_dialog import ConfirmDialog, changed_text

YUI, RYOSUKE = "RN26003219", "100000245489"
SIGNED = date(2024, 12, 27)


def states(database: Database, programme_id: int) -> dict[str, tuple[ConfirmationState, int]]:
    rows = confirmation_rows(database, programme_id=programme_id, year=2024, month=12)
    return {row.number: (row.state, row.difference) for row in rows}


def opened(page: Page) -> ConfirmDialog:
    page.go(YUI, 2)
    page.tab.sheets.confirm()
    page.wait()
    found = dialog_of(page.tab, ConfirmDialog)
    assert isinstance(found, ConfirmDialog)
    return found


@pytest.fixture
def dialog(page: Page) -> ConfirmDialog:
    return opened(page)


def sign(page: Page, dialog: ConfirmDialog, name: str = "室長　藤沢 一郎", day: date = SIGNED) -> None:
    dialog.day.setText(format_date(day))
    dialog.signer.clear()
    write(page.qtbot, dialog.signer, name)
    page.click(dialog.confirm)


def test_the_person_of_the_grid_is_chosen(dialog: ConfirmDialog) -> None:
    assert [row.number for row in dialog._chosen_rows()] == [YUI]
    assert dialog.chosen.text() == "1名、8:30"
    assert not dialog.withdraw.isEnabled()


def test_one_person(database: Database, programme_id: int, page: Page, dialog: ConfirmDialog) -> None:
    sign(page, dialog)
    assert states(database, programme_id)[YUI] == (ConfirmationState.CONFIRMED, 0)
    assert states(database, programme_id)[RYOSUKE] == (ConfirmationState.OPEN, 0)
    assert [row.number for row in dialog._chosen_rows()] == [YUI], "the choice stays"


def test_a_whole_department_at_once(
    database: Database, programme_id: int, page: Page, dialog: ConfirmDialog
) -> None:
    at = dialog.department.findData("デジタル推進室")
    dialog.department.setCurrentIndex(at)
    assert {row.department for row in dialog.rows} == {"デジタル推進室"}
    page.click(dialog.everybody)
    sign(page, dialog)
    found = states(database, programme_id)
    assert [found[row.number][0] for row in dialog.rows] == [ConfirmationState.CONFIRMED] * 2
    assert sum(state is ConfirmationState.CONFIRMED for state, _minutes in found.values()) == 2


def test_a_confirmation_needs_a_name_and_a_day(
    database: Database, programme_id: int, page: Page, dialog: ConfirmDialog
) -> None:
    sign(page, dialog, name="")
    assert "氏名" in dialog.signer_field.error()
    sign(page, dialog, day=date(2024, 12, 5))
    assert "12月6日" in dialog.day_field.error()
    dialog.day.clear()
    page.click(dialog.confirm)
    assert dialog.day_field.error()
    assert all(state is ConfirmationState.OPEN for state, _m in states(database, programme_id).values())


def test_changed_time_is_shown_with_its_difference(
    database: Database, programme_id: int, four: dict[str, Member], page: Page
) -> None:
    confirm_month(
        database,
        programme_id=programme_id,
        year=2024,
        month=12,
        appointment_ids=[four[YUI].appointment_id],
        confirmed_on=SIGNED,
        confirmed_by="室長",
    )
    work(database, programme_id, four[YUI], TEN_DAYS[:1], "9-11:20")
    assert states(database, programme_id)[YUI] == (ConfirmationState.CHANGED, -30)
    dialog = opened(page)
    at = [row.number for row in dialog.rows].index(YUI)
    assert dialog.model.index(at, 4).data() == changed_text(-30) == "確認後に変更あり（−0:30）"
    sign(page, dialog)
    assert states(database, programme_id)[YUI] == (ConfirmationState.CONFIRMED, 0)


def test_what_changed_while_it_was_looked_at_is_not_confirmed(
    database: Database, programme_id: int, four: dict[str, Member], page: Page, dialog: ConfirmDialog
) -> None:
    work(database, programme_id, four[YUI], TEN_DAYS[:1], "9-11:20")
    sign(page, dialog)
    assert "小鳥遊　結衣" in dialog.notices.text()
    assert states(database, programme_id)[YUI] == (ConfirmationState.OPEN, 0)
    sign(page, dialog)
    assert states(database, programme_id)[YUI] == (ConfirmationState.CONFIRMED, 0)


def test_withdrawing_and_taking_that_back(
    database: Database, programme_id: int, page: Page, dialog: ConfirmDialog
) -> None:
    sign(page, dialog)
    page.click(dialog.withdraw)
    assert states(database, programme_id)[YUI] == (ConfirmationState.OPEN, 0)
    page.click(dialog.notices._button)
    assert states(database, programme_id)[YUI] == (ConfirmationState.CONFIRMED, 0)


def test_the_sheet_of_the_department(page: Page, dialog: ConfirmDialog) -> None:
    dialog.department.setCurrentIndex(dialog.department.findData("デジタル推進室"))
    page.click(dialog.paper)
    window = next(iter(dialog.findChildren(PaperWindow)))
    page.qtbot.waitUntil(lambda: window.draft is not None)
    assert window.draft is not None
    assert window.draft.page_count == 1
    window.close()
