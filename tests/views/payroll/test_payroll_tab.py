"""Beside the grid: pay, its explanation, checks, and computing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from appointed import FOUR, TEN_DAYS, staff, work
from payroll_page import Key, Page, dialog_of, write
from PySide6.QtCore import Qt

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.payroll.dialogs import TaxDialog
from fujisawa_desktop.views.widgets import PILL_ROLE

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
Settle = Callable[[], None]


def pills(page: Page, number: str) -> list[str]:
    row = [one.number for one in page.tab.pay.pay.rows].index(number)
    return [text for text, _tone in page.tab.pay.pay.index(row, page.tab.pay.pay.state).data(PILL_ROLE)]


class TestPay:
    def test_the_sample_month_to_the_yen(self, page: Page) -> None:
        assert page.pay_text(RYOSUKE, 1) == "59:45"
        amounts = {person.number: page.pay_text(person.number, 2) for person in FOUR}
        assert amounts == {RYOSUKE: "75,166", SAKURA: "75,480", MISAKI: "22,644", YUI: "10,693"}
        assert page.pay_text(RYOSUKE, 5) == "—"
        model = page.tab.pay.pay
        assert model.rowCount() == 4
        sums = [page.sum_text(column) for column in (0, 1, 2, 6)]
        assert sums == [
            ngettext("{count} person", "{count} people", 4).format(count=4),
            "146:15",
            "183,983",
            "183,983",
        ]
        assert page.tab.pay.sums.index(0, model.state).data() is None

    def test_an_amount_follows_what_is_typed(self, page: Page) -> None:
        page.kind(ShiftKind.WORKED)
        page.go(YUI, 9)
        page.type("9-12")
        assert page.pay_text(YUI, 2) == "14,467"

    def test_states(self, page: Page) -> None:
        assert pills(page, SAKURA) == [_("Over the cap"), _("Being entered")]
        assert pills(page, RYOSUKE) == [_("Being entered")]
        assert page.tab.bar.state.text() == _("Being entered")

    def test_a_person_chosen_in_one_table_is_chosen_in_the_other(self, page: Page) -> None:
        pay = page.tab.pay
        row = page.row(MISAKI)
        page.qtbot.mouseClick(
            pay.viewport(), Qt.MouseButton.LeftButton, pos=pay.visualRect(pay.pay.index(row, 0)).center()
        )
        page.wait()
        assert page.here()[0] == row
        page.go(YUI, 4)
        page.wait()
        assert pay.selected_rows() == [page.row(YUI)]


class TestExplanation:
    def test_how_the_amount_came_about(self, page: Page) -> None:
        page.go(RYOSUKE, 23)
        page.wait()
        said = page.tab.side.labels()
        row = next(row for row in page.tab.shown.rows if row.number == RYOSUKE)
        for step in row.steps:
            assert texts.message_for(step.code, step.params) in said
        assert "楜澤　涼介" in said
        assert any("75,166" in text for text in said)
        assert any("6:00×9 + 5:45" in text for text in said)
        assert any("75,165.50" in text for text in said)

    def test_what_the_cap_leaves_with_its_sentence(self, page: Page) -> None:
        page.go(RYOSUKE, 23)
        page.wait()
        said = "\n".join(page.tab.side.labels())
        assert "0:14" in said
        assert "学生の皆様のご都合に合わせて、ご参加いただけます（月60時間未満）。" in said
        assert "チラシ" in said
        page.go(YUI, 2)
        page.wait()
        assert (
            _("{hours} are left: {full} full days, or {half} half days.").format(
                hours="51:29", full=8, half=17
            )
            in page.tab.side.labels()
        )

    def test_where_the_cap_is_broken(self, page: Page) -> None:
        page.go(SAKURA, 2)
        page.wait()
        row = next(row for row in page.tab.shown.rows if row.number == SAKURA)
        said = page.tab.side.labels()
        assert texts.message_for(row.problems[0].code, row.problems[0].params) in said

    def test_the_chosen_day(self, page: Page) -> None:
        page.go(RYOSUKE, 23)
        page.wait()
        said = "\n".join(page.tab.side.labels())
        assert "9:00–15:45" in said
        page.go(RYOSUKE, 3)
        page.wait()
        assert _("Nothing is planned and nothing was worked.") in page.tab.side.labels()

    def test_a_half_day_left(self, page: Page, database: Database, programme_id: int) -> None:
        member = staff(database, programme_id)[MISAKI]
        days = tuple(date(2024, 12, day) for day in (3, 5, 10, 12, 17, 19))
        work(database, programme_id, member, days, "終", ShiftKind.PLANNED)
        page.tab.reload()
        page.go(MISAKI, 2)
        page.wait()
        said = _("{hours} are left: one half day, no full day.").format(hours="5:59")
        assert said in page.tab.side.labels()


class TestChecks:
    def test_a_line_leads_to_its_day(self, page: Page) -> None:
        lines = page.tab.checks.texts()
        assert len(lines) == 1
        assert "葛城　さくら" in lines[0]
        item = page.tab.checks.list.item(0)
        rect = page.tab.checks.list.visualItemRect(item)
        page.qtbot.mouseClick(page.tab.checks.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert page.here() == (page.row(SAKURA), 23)

    def test_the_cap_is_named_once(self, page: Page) -> None:
        page.kind(ShiftKind.WORKED)
        page.go(SAKURA, 25)
        page.type("9-12")
        caps = [line for line in page.tab.checks.texts() if "63:00" in line or "60:00" in line]
        assert len(caps) == 1

    def test_nothing_to_check(self, page: Page) -> None:
        page.tab.step(1)
        page.wait()
        assert page.tab.checks.texts() == []
        assert page.tab.checks.none.isVisible()


class TestComputing:
    def test_amounts_are_stored_and_a_change_is_seen(
        self, page: Page, database: Database, programme_id: int, messages: list[Message]
    ) -> None:
        page.click(page.tab.bar.compute)
        assert pills(page, RYOSUKE)[0] == _("Computed")
        rows = pay_for_month(database, programme_id=programme_id, year=2024, month=12)
        assert [row.stated.pay for row in rows if row.stated] == [75_480, 75_166, 10_693, 22_644]
        page.click(page.tab.bar.compute)
        assert messages[-1].text == _("The amounts computed before still hold. Nothing was changed.")
        page.kind(ShiftKind.WORKED)
        page.go(YUI, 9)
        page.type("9-12")
        assert pills(page, YUI)[0] == _("Changed since computed")

    def test_the_bar_offers_to_take_it_back(self, page: Page, messages: list[Message]) -> None:
        wanted: list[str] = []
        page.tab.act_wanted.connect(wanted.append)
        page.click(page.tab.bar.compute)
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        assert wanted == ["edit.undo"]

    def test_a_tax_the_program_does_not_know_is_asked_for(
        self, page: Page, database: Database, four: dict[str, Member]
    ) -> None:
        form = terms_form(database, appointment_id=four[RYOSUKE].appointment_id)
        save_terms(database, form=replace(form, tax_column=TaxColumn.MANUAL))
        page.tab.reload()
        page.wait()
        assert page.pay_text(RYOSUKE, 4) == page.pay_text(RYOSUKE, 6) == "—"
        assert pills(page, RYOSUKE)[0] == _("Tax to type")
        assert page.sum_text(4) == "—"
        page.click(page.tab.bar.compute)
        dialog = dialog_of(page.tab, TaxDialog)
        assert isinstance(dialog, TaxDialog)
        page.click(dialog.ok)
        assert dialog.field.error() == texts.message_for("field.required", {})
        write(page.qtbot, dialog.tax, "abc")
        page.click(dialog.ok)
        assert dialog.field.error() == texts.message_for("number.unreadable", {"text": "abc"})
        dialog.tax.clear()
        write(page.qtbot, dialog.tax, "１，２３４")
        page.qtbot.keyClick(dialog.tax, Key.Key_Return)
        page.wait()
        assert (page.pay_text(RYOSUKE, 4), page.pay_text(RYOSUKE, 6)) == ("1,234", "73,932")

    def test_the_question_stands_beside_the_amount(
        self, page: Page, database: Database, four: dict[str, Member]
    ) -> None:
        form = terms_form(database, appointment_id=four[RYOSUKE].appointment_id)
        save_terms(database, form=replace(form, tax_column=TaxColumn.MANUAL))
        page.go(RYOSUKE, 2)
        page.tab.reload()
        page.wait()
        from fujisawa_desktop.views.widgets import Button

        button = next(one for one in page.tab.side.findChildren(Button) if one.text() == _("Type the tax…"))
        page.click(button)
        assert isinstance(dialog_of(page.tab, TaxDialog), TaxDialog)


def test_many_days_of_a_week_are_counted(page: Page) -> None:
    page.kind(ShiftKind.WORKED)
    page.go(YUI, 3)
    page.type("9-10")
    page.go(YUI, 6)
    page.wait()
    said = _("{days} days of work in this week (about {most} at most)").format(days=4, most=3)
    assert said in page.tab.side.labels()
    assert pills(page, YUI)[0] == _("To check")
    assert len(TEN_DAYS) == 10
