"""Stating again, correcting after closing and paying, on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from appointed import FOUR, TEN_DAYS, explain, work
from payroll_page import Key, Page, dialog_of, write
from PySide6.QtWidgets import QDialog
from sqlalchemy import select

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.models import PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day, corrections_of
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import issue_statements, pay_for_month
from fujisawa_desktop.services.payments import mark_paid, payments_view
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.payroll.correction_dialog import CorrectionDialog
from fujisawa_desktop.views.payroll.corrections_dialog import CorrectionsDialog
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.difference_dialog import DifferenceDialog
from fujisawa_desktop.views.payroll.payment_dialog import PaymentDialog
from fujisawa_desktop.views.widgets import KeyValueGrid, LineEdit, RunningText

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
D = TypeVar("D", bound=QDialog)


def opened(page: Page, kind: type[D]) -> D:
    page.wait()
    found = dialog_of(page.tab, kind)
    assert isinstance(found, kind)
    return found


def rewrite(page: Page, edit: LineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    page.qtbot.keyClick(edit, Key.Key_Delete)
    write(page.qtbot, edit, text)


def reload(page: Page) -> None:
    page.tab.reload()
    page.wait()


def ride_the_train(database: Database, member: Member) -> None:
    form = terms_form(database, appointment_id=member.appointment_id)
    save_terms(database, form=replace(form, commuting_mode=CommutingMode.PER_DAY, round_trip_yen=840))


@pytest.fixture
def december(programme_id: int) -> dict[str, int]:
    return {"programme_id": programme_id, "year": 2024, "month": 12}


@pytest.fixture
def stated(
    page: Page, database: Database, december: dict[str, int], four: dict[str, Member]
) -> dict[str, Member]:
    """December closed and stated for everybody."""
    explain(database, four[SAKURA])
    close_month(database, **december)
    issue_statements(database, **december)
    reload(page)
    return four


class TestStatingAgain:
    def changed(self, page: Page, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        page.click(page.tab.bar.compute)
        work(database, programme_id, four[YUI], TEN_DAYS[:1], "半")
        ride_the_train(database, four[MISAKI])
        reload(page)

    def test_the_first_time_asks_nothing(self, page: Page) -> None:
        page.click(page.tab.bar.compute)
        assert page.tab.findChildren(DifferenceDialog) == []
        assert all(row.stated for row in page.tab.shown.rows)

    def test_the_difference_is_shown_and_a_cause_is_needed(
        self, page: Page, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        self.changed(page, database, programme_id, four)
        page.click(page.tab.bar.compute)
        dialog = opened(page, DifferenceDialog)
        said = [text.text() for card in dialog.cards for text in card.findChildren(RunningText)]
        expected = _("{before} → {after} ({difference})").format(
            before="10,693", after="10,903", difference="+210"
        )
        assert expected in said
        assert any(format_date(TEN_DAYS[0], year=False) in text for text in said)
        assert any(texts.term("pay-changed", "commuting") in text for text in said)
        assert len(dialog.cards) == 2
        page.click(dialog.ok)
        assert dialog.field.error() == texts.message_for("field.required", {})
        assert page.tab.shown.rows[2].differs
        write(page.qtbot, dialog.cause, "出勤簿の訂正")
        page.qtbot.keyClick(dialog.cause, Key.Key_Return)
        page.wait()
        assert not any(row.differs for row in page.tab.shown.rows)
        with database.read() as session:
            causes = session.scalars(select(PayStatement.cause).where(PayStatement.edition == 2)).all()
        assert list(causes) == ["出勤簿の訂正"] * 2

    def test_what_was_stated_can_be_left(
        self, page: Page, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        self.changed(page, database, programme_id, four)
        page.click(page.tab.bar.compute)
        page.click(opened(page, DifferenceDialog).cancel)
        assert [row.differs for row in page.tab.shown.rows].count(True) == 2

    def test_what_was_paid_is_shown_and_not_replaced(
        self, page: Page, database: Database, december: dict[str, int], stated: dict[str, Member]
    ) -> None:
        mark_paid(
            database,
            paid_on=date(2025, 1, 21),
            appointment_ids=[stated[MISAKI].appointment_id],
            **december,
        )
        ride_the_train(database, stated[MISAKI])
        reload(page)
        page.click(page.tab.bar.compute)
        dialog = opened(page, DifferenceDialog)
        assert not dialog.ok.isVisible()
        assert len(dialog.cards) == 1
        page.click(dialog.cancel)
        row = next(row for row in page.tab.shown.rows if row.number == MISAKI)
        assert row.stated is not None
        assert (row.stated.edition, row.stated.commuting) == (1, 0)


class TestCorrecting:
    @pytest.fixture
    def dialog(self, page: Page, stated: dict[str, Member]) -> CorrectionDialog:
        assert stated
        page.go(MISAKI, 4)
        page.wait()
        page.tab.actions_served()["work.correct-day"]()
        return opened(page, CorrectionDialog)

    def foreseen(self, page: Page, dialog: CorrectionDialog) -> list[str]:
        page.qtbot.waitUntil(lambda: not dialog._soon.isActive())
        page.wait()
        return [text.text() for text in dialog.amounts.findChildren(RunningText)]

    def test_it_begins_with_the_chosen_day(self, page: Page, dialog: CorrectionDialog) -> None:
        assert dialog.person.currentText() == "髙橋　美咲"
        assert dialog.day.text() == format_date(date(2024, 12, 4))
        assert "3:00" in dialog.before.text()
        assert dialog.after.text() == "半"
        assert self.foreseen(page, dialog) == [_("The same as now")]

    def test_the_difference_follows_the_typing(self, page: Page, dialog: CorrectionDialog) -> None:
        rewrite(page, dialog.after, "終")
        settled = _("the pay of {month}").format(month=_("{month}/{year}").format(year=2025, month=1))
        yen = _("{yen} yen")
        assert self.foreseen(page, dialog) == ["+3:00", yen.format(yen="+3,774"), settled]
        rewrite(page, dialog.after, "")
        assert self.foreseen(page, dialog)[:2] == ["-3:00", yen.format(yen="-3,774")]
        rewrite(page, dialog.after, "x")
        assert self.foreseen(page, dialog) == []
        assert dialog.remarks.text() == texts.message_for("shift.unreadable", {"text": "x"})

    def test_it_is_recorded_and_settled_with_january(
        self,
        page: Page,
        dialog: CorrectionDialog,
        database: Database,
        programme_id: int,
        messages: list[Message],
    ) -> None:
        rewrite(page, dialog.after, "９-１５/60")
        page.click(dialog.ok)
        assert dialog.reason_field.error() == texts.message_for("correction.reason-missing", {})
        write(page.qtbot, dialog.reason, "出勤簿の誤り")
        page.qtbot.keyClick(dialog.reason, Key.Key_Return)
        page.wait()
        assert page.tab.findChildren(CorrectionDialog) == []
        (row,) = corrections_of(database, programme_id=programme_id)
        assert (row.number, row.day, row.minutes) == (MISAKI, date(2024, 12, 4), 120)
        assert messages[-1].action == _("Take it back")
        rows = pay_for_month(database, programme_id=programme_id, year=2025, month=1)
        assert [one.net for one in rows if one.number == MISAKI] == [2_516]

    def test_another_month_and_another_person(
        self, page: Page, dialog: CorrectionDialog, database: Database, programme_id: int
    ) -> None:
        dialog.person.setCurrentIndex(dialog.person.findText("小鳥遊　結衣"))
        page.wait()
        assert dialog.after.text() == "9-11:50"
        rewrite(page, dialog.after, "半")
        dialog.pay_month.setCurrentIndex(2)
        write(page.qtbot, dialog.reason, "誤記")
        page.click(dialog.ok)
        (row,) = corrections_of(database, programme_id=programme_id)
        assert (row.number, row.pay_month) == (YUI, (2025, 2))

    @pytest.mark.parametrize(
        ("day", "code"), [("2024-12-32", "date.no-such-day"), ("2025-01-06", "correction.month-open")]
    )
    def test_a_day_that_cannot_be_corrected(
        self, page: Page, dialog: CorrectionDialog, day: str, code: str
    ) -> None:
        rewrite(page, dialog.day, day)
        page.qtbot.keyClick(dialog.day, Key.Key_Tab)
        page.wait()
        rewrite(page, dialog.after, "半")
        write(page.qtbot, dialog.reason, "誤記")
        page.click(dialog.ok)
        assert dialog.isVisible()
        if code == "correction.month-open":
            params = {"year": 2025, "month": 1, "person": "髙橋　美咲"}
            assert dialog.notice.text() == texts.message_for(code, params)
        else:
            assert dialog.day_field.error()

    def test_before_any_month_is_closed(self, page: Page) -> None:
        page.tab.actions_served()["work.correct-day"]()
        dialog = opened(page, CorrectionDialog)
        assert not dialog.ok.isEnabled()
        assert dialog.notice.text()


class TestListOfCorrections:
    @pytest.fixture
    def dialog(
        self, page: Page, stated: dict[str, Member], database: Database, programme_id: int
    ) -> CorrectionsDialog:
        for number, text in ((YUI, "半"), (MISAKI, "終")):
            form = CorrectionForm(programme_id, stated[number].appointment_id, TEN_DAYS[0], text, "誤記")
            correct_day(database, form=form)
        page.tab.actions_served()["work.corrections"]()
        return opened(page, CorrectionsDialog)

    def test_what_was_corrected_is_listed(self, dialog: CorrectionsDialog) -> None:
        model = dialog.table.model()
        assert model.rowCount() == 2
        cells = [str(model.index(0, column).data()) for column in range(model.columnCount())]
        assert cells[0] == "小鳥遊　結衣"
        assert cells[4] == "+0:10"
        assert cells[6] == _("To be settled")
        assert cells[7] == "誤記"

    def test_one_is_taken_back_and_put_back(
        self, page: Page, dialog: CorrectionsDialog, database: Database, programme_id: int
    ) -> None:
        page.click(dialog.back)
        assert [row.number for row in corrections_of(database, programme_id=programme_id)] == [YUI]
        dialog.notice._button.click()
        page.wait()
        assert len(dialog.rows) == 2

    def test_a_settled_one_stays(
        self, page: Page, dialog: CorrectionsDialog, database: Database, programme_id: int
    ) -> None:
        issue_statements(database, programme_id=programme_id, year=2025, month=1, numbers=[MISAKI])
        dialog.reload()
        page.wait()
        assert not dialog.back.isEnabled()
        dialog.table.select_row(0)
        assert dialog.back.isEnabled()

    def test_a_new_one_begins_here(self, page: Page, dialog: CorrectionsDialog) -> None:
        page.click(dialog.new)
        assert opened(page, CorrectionDialog).isVisible()

    def test_nothing_was_corrected(self, page: Page) -> None:
        page.tab.actions_served()["work.corrections"]()
        dialog = opened(page, CorrectionsDialog)
        assert not dialog.table.isVisible()
        assert dialog.summary.text()


class TestPaying:
    @pytest.fixture
    def dialog(self, page: Page, stated: dict[str, Member]) -> PaymentDialog:
        assert stated
        page.tab.actions_served()["work.paid"]()
        return opened(page, PaymentDialog)

    def paid(self, database: Database, december: dict[str, int]) -> dict[str, date | None]:
        return {row.number: row.paid_on for row in payments_view(database, **december).rows}

    def test_everybody_is_paid_what_was_stated(
        self,
        page: Page,
        dialog: PaymentDialog,
        database: Database,
        december: dict[str, int],
        messages: list[Message],
    ) -> None:
        text = ngettext("{count} person, {yen} yen", "{count} people, {yen} yen", 4)
        assert dialog.sum.text() == text.format(count=4, yen="183,983")
        rewrite(page, dialog.day, "R7.1.21")
        page.click(dialog.ok)
        assert set(self.paid(database, december).values()) == {date(2025, 1, 21)}
        assert "183,983" in messages[-1].text

    @pytest.mark.parametrize("text", ["", "x", "2024-11-01"])
    def test_a_day_that_is_none(
        self, page: Page, dialog: PaymentDialog, database: Database, december: dict[str, int], text: str
    ) -> None:
        rewrite(page, dialog.day, text)
        page.click(dialog.ok)
        assert dialog.isVisible()
        assert dialog.day_field.error()
        assert set(self.paid(database, december).values()) == {None}

    def test_who_cannot_be_paid_has_no_box_and_a_reason(
        self, page: Page, dialog: PaymentDialog, database: Database, stated: dict[str, Member]
    ) -> None:
        ride_the_train(database, stated[YUI])
        dialog.reload()
        page.wait()
        assert stated[YUI].appointment_id not in dialog.people.chosen()
        params = {"year": 2024, "month": 12, "person": "小鳥遊　結衣"}
        assert texts.message_for("payment.differs", params) in dialog.people.texts()

    def test_payments_are_taken_back_with_a_reason(
        self, page: Page, dialog: PaymentDialog, database: Database, december: dict[str, int]
    ) -> None:
        assert not dialog.back.isEnabled()
        page.click(dialog.ok)
        page.tab.actions_served()["work.paid"]()
        again = opened(page, PaymentDialog)
        assert again.people.chosen() == []
        page.click(again.back)
        reason = next(one for one in again.findChildren(ReasonDialog) if one.isVisible())
        write(page.qtbot, reason.reason, "振込の中止")
        page.click(reason.ok)
        assert set(self.paid(database, december).values()) == {None}
        assert len(again.people.chosen()) == 4


def test_names_and_values_stand_beside_each_other(
    page: Page, database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    page.click(page.tab.bar.compute)
    work(database, programme_id, four[YUI], TEN_DAYS[:1], "半")
    reload(page)
    page.click(page.tab.bar.compute)
    (card,) = opened(page, DifferenceDialog).cards
    assert card.findChildren(KeyValueGrid)
