"""The tab around the grid: pay, explanation, checks, closing, computing, terms, empty states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from appointed import FOUR, TEN_DAYS, add_people, sample_december, staff, work
from payroll_page import TODAY, Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.programmes import create_programme, programmes
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message, Notifier
from fujisawa_desktop.views.payroll import PayrollTab, acts
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog, TaxDialog, TermsDialog
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Scheme, apply_theme
from fujisawa_desktop.views.widgets import PILL_ROLE
from fujisawa_desktop.views.window_acts import WindowActs

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
Settle = Callable[[], None]


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk, settle: Settle) -> Callable[[], Page]:
    """Return what puts the tab on the screen."""
    desk.today = lambda: TODAY

    def show(chosen: Desk = desk) -> Page:
        tab = PayrollTab(chosen)
        qtbot.addWidget(tab)
        tab.resize(1440, 730)
        tab.show()
        page = Page(tab, qtbot, settle)
        page.wait()
        return page

    return show


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


@pytest.fixture
def page(four: dict[str, Member], open_page: Callable[[], Page]) -> Page:
    """The sample month."""
    return open_page()


def pills(page: Page, number: str) -> list[str]:
    row = [one.number for one in page.tab.pay.pay.rows].index(number)
    return [text for text, _tone in page.tab.pay.pay.index(row, 7).data(PILL_ROLE)]


class TestPay:
    def test_the_sample_month_to_the_yen(self, page: Page) -> None:
        assert page.pay_text(RYOSUKE, 1) == "59:45"
        amounts = {person.number: page.pay_text(person.number, 2) for person in FOUR}
        assert amounts == {RYOSUKE: "75,166", SAKURA: "75,480", MISAKI: "22,644", YUI: "10,693"}
        assert page.pay_text(RYOSUKE, 5) == "—"
        model = page.tab.pay.pay
        assert model.rowCount() == 5
        sums = [str(model.index(4, column).data()) for column in (1, 2, 6)]
        assert sums == ["146:15", "183,983", "183,983"]
        assert model.index(4, 7).data() is None

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

    def test_the_row_of_sums_is_not_a_person(self, page: Page) -> None:
        pay = page.tab.pay
        page.go(YUI, 4)
        page.qtbot.mouseClick(
            pay.viewport(), Qt.MouseButton.LeftButton, pos=pay.visualRect(pay.pay.index(4, 0)).center()
        )
        page.wait()
        assert page.here()[0] == page.row(YUI)


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


class TestClosing:
    def test_close_and_open_again_with_a_reason(self, page: Page, messages: list[Message]) -> None:
        page.click(page.tab.bar.close_month)
        assert messages[-1].tone == "good"
        assert pills(page, RYOSUKE) == [_("Month closed")]
        assert page.tab.bar.state.text() == _("Month closed")
        page.click(page.tab.bar.close_month)
        dialog = dialog_of(page.tab, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        page.qtbot.keyClick(dialog.reason, Key.Key_Return)
        assert dialog.isVisible()
        write(page.qtbot, dialog.reason, "誤記のため")
        page.click(dialog.ok)
        assert pills(page, RYOSUKE) == [_("Being entered")]
        page.go(RYOSUKE, 24)
        page.type("9-12")
        assert page.cell(RYOSUKE, 24).planned_minutes == 0  # one minute too many under the cap

    def test_a_question_can_be_left(self, page: Page) -> None:
        page.click(page.tab.bar.close_month)
        page.click(page.tab.bar.close_month)
        dialog = dialog_of(page.tab, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        page.click(dialog.cancel)
        assert page.tab.shown.all_closed

    def test_partly_closed(
        self, page: Page, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        from fujisawa_desktop.services.months import close_month

        ids = [four[YUI].appointment_id]
        close_month(database, programme_id=programme_id, year=2024, month=12, appointment_ids=ids)
        page.tab.reload()
        page.wait()
        assert page.tab.bar.state.text() == _("Partly closed")


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
        assert str(page.tab.pay.pay.index(4, 4).data()) == "—"
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


class TestTerms:
    @pytest.fixture
    def dialog(self, page: Page) -> TermsDialog:
        page.go(RYOSUKE, 2)
        page.wait()
        from fujisawa_desktop.views.widgets import LinkButton

        (button,) = page.tab.side.findChildren(LinkButton)
        page.click(button)
        dialog = dialog_of(page.tab, TermsDialog)
        assert isinstance(dialog, TermsDialog)
        return dialog

    def test_a_fare_becomes_a_refund(self, page: Page, dialog: TermsDialog) -> None:
        assert not dialog.fare_field.isEnabled()
        dialog.mode.setCurrentIndex(dialog.mode.findData(CommutingMode.PER_DAY))
        assert dialog.fare_field.isEnabled()
        assert not dialog.ticket_field.isEnabled()
        write(page.qtbot, dialog.fare, "８４０")
        page.click(dialog.ok)
        assert page.tab.findChildren(TermsDialog) == []
        assert (page.pay_text(RYOSUKE, 3), page.pay_text(RYOSUKE, 6)) == ("8,400", "83,566")

    def test_what_is_missing_is_said_beside_its_field(self, page: Page, dialog: TermsDialog) -> None:
        dialog.mode.setCurrentIndex(dialog.mode.findData(CommutingMode.MIN_OF_BOTH))
        page.click(dialog.ok)
        assert dialog.isVisible()
        assert dialog.fare_field.error() == texts.message_for("commuting.fare-missing", {})
        write(page.qtbot, dialog.fare, "840")
        page.click(dialog.ok)
        assert dialog.ticket_field.error() == texts.message_for("commuting.pass-missing", {})
        write(page.qtbot, dialog.cap, "x")
        page.click(dialog.ok)
        assert dialog.cap_field.error() == texts.message_for("number.unreadable", {"text": "x"})
        page.click(dialog.cancel)
        assert page.pay_text(RYOSUKE, 3) == "0"

    def test_tax_column_and_insurance(self, page: Page, dialog: TermsDialog) -> None:
        dialog.column.setCurrentIndex(dialog.column.findData(TaxColumn.OTSU))
        page.qtbot.mouseClick(dialog.insured, Qt.MouseButton.LeftButton, pos=dialog.insured.rect().center())
        dialog.insured.setChecked(True)
        page.click(dialog.ok)
        assert page.pay_text(RYOSUKE, 5) == "451"
        assert page.pay_text(RYOSUKE, 4) == "2,288"
        assert str(page.tab.pay.pay.index(4, 5).data()) == "451"


class TestEmptyStates:
    def test_nobody_is_appointed(
        self,
        open_page: Callable[[], Page],
        database: Database,
        programme_id: int,
        messages: list[Message],
    ) -> None:
        page = open_page()
        assert page.tab.empty.title() == _("Nobody is appointed yet")
        assert page.tab.empty.button.hasFocus()
        page.click(page.tab.empty.button)
        assert messages[-1].tone == "caution"
        add_people(database, programme_id, FOUR[:1])
        page.click(page.tab.empty.button)
        assert messages[-1].tone == "caution"
        accepted = tuple(replace(person, status=ApplicationStatus.ACCEPTED) for person in FOUR[1:])
        add_people(database, programme_id, accepted)
        page.click(page.tab.empty.button)
        assert messages[-1].tone == "good"
        assert not page.tab.empty.isVisible()
        assert page.tab.model.rowCount() == 3
        undo(database)
        page.tab.reload()
        page.wait()
        assert page.tab.empty.isVisible()

    def test_a_refusal_is_told(
        self, open_page: Callable[[], Page], database: Database, programme_id: int, messages: list[Message]
    ) -> None:
        first = replace(FOUR[0], status=ApplicationStatus.ACCEPTED)
        again = replace(first, number="RN1", course=1)
        add_people(database, programme_id, (first, again))
        page = open_page()
        page.tab.actions_served()["work.appoint"]()
        page.wait()
        assert messages[-1].text == texts.message_for("appoint.two-courses", {"number": "RN1"})

    @pytest.mark.parametrize(("steps", "back"), [(3, (2025, 1)), (-2, (2024, 12))])
    def test_a_month_outside_the_term_leads_back(self, page: Page, steps: int, back: tuple[int, int]) -> None:
        page.tab.step(steps)
        page.wait()
        assert page.tab.empty.isVisible()
        assert not page.tab.bar.compute.isEnabled()
        page.click(page.tab.empty.button)
        assert page.tab.shown.month == back
        assert not page.tab.empty.isVisible()

    def test_buttons_turn_the_month(self, page: Page) -> None:
        page.click(page.tab.bar.after)
        assert page.tab.shown.month == (2025, 1)
        page.click(page.tab.bar.before)
        assert page.tab.shown.month == (2024, 12)

    def test_another_programme_begins_with_its_own_month(
        self, page: Page, desk: Desk, database: Database, tmp_path: Path
    ) -> None:
        shipped = (resources_dir() / "programmes" / "r6.toml").read_text(encoding="utf-8")
        later = tmp_path / "r7.toml"
        later.write_text(shipped.replace('code = "r6"', 'code = "r7"'), encoding="utf-8")
        create_programme(database, source=later)
        page.tab.step(1)
        page.wait()
        desk.switch_programme(max(row.id for row in programmes(database)))
        page.wait()
        assert page.tab.shown.month == (2024, 12)
        assert page.tab.empty.title() == _("Nobody is appointed yet")


class TestReading:
    @pytest.fixture
    def reader(
        self,
        four: dict[str, Member],
        database: Database,
        programme_id: int,
        tasks: Tasks,
        notifier: Notifier,
        settings: Memory,
    ) -> Iterator[Desk]:
        assert four
        assert database.path is not None
        path: Path = database.path
        database.dispose()
        only = open_database(path, read_only=True)
        yield Desk(
            database=only,
            tasks=tasks,
            notifier=notifier,
            settings=settings,
            programme_id=programme_id,
            clock=lambda: TODAY,
        )
        tasks.shutdown()
        only.dispose()

    def test_nothing_can_be_changed_but_everything_read(
        self, reader: Desk, open_page: Callable[..., Page], messages: list[Message]
    ) -> None:
        page = open_page(reader)
        assert page.pay_text(RYOSUKE, 2) == "75,166"
        page.go(RYOSUKE, 3)
        page.type("9-12", None)
        assert page.editor() is None
        for button in (page.tab.bar.close_month, page.tab.bar.as_planned, *page.tab.bar.pattern_buttons):
            assert not button.isEnabled()
        page.click(page.tab.bar.compute)
        assert messages[-1].tone == "key"


class TestActions:
    def test_papers_of_the_month(self, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
        opened: list[tuple[str, object]] = []
        monkeypatch.setattr(
            acts, "open_papers", lambda _desk, kind, _window, year_month: opened.append((kind, year_month))
        )
        served = page.tab.actions_served()
        served["papers.attendance"]()
        served["papers.pay-statement"]()
        assert opened == [("attendance", (2024, 12)), ("pay-statement", (2024, 12))]

    def test_the_attendance_button_asks_the_window(self, page: Page) -> None:
        wanted: list[str] = []
        page.tab.act_wanted.connect(wanted.append)
        page.click(page.tab.bar.attendance)
        assert wanted == ["papers.attendance"]

    def test_every_action_of_this_tab_is_served(self, page: Page) -> None:
        from fujisawa_desktop.views.action_table import ACTIONS

        mine = {spec.id for spec in ACTIONS if spec.tab == "payroll"}
        assert mine == set(page.tab.actions_served())


def test_ctrl_z_in_the_window_takes_an_entry_back(
    four: dict[str, Member], window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    assert four
    desk.today = lambda: TODAY
    window_acts = WindowActs(window)
    window.serve(window_acts.handlers())
    window.resize(1440, 860)
    window.set_desk(desk)
    window_acts.attach(desk)
    tab = window.go_to("payroll")
    assert isinstance(tab, PayrollTab)
    page = Page(tab, qtbot, settle)
    page.wait()
    page.kind(ShiftKind.WORKED)
    page.go(YUI, 9)
    page.type("9-12")
    assert page.person(YUI).worked == 690
    page.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    page.wait()
    assert page.person(YUI).worked == 510
    assert page.pay_text(YUI, 2) == "10,693"
    page.key(Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    page.wait()
    assert page.person(YUI).worked == 690


@pytest.mark.usefixtures("dark")
def test_signs_follow_the_theme(page: Page, qapp: QApplication) -> None:
    def signs() -> list[int]:
        pictures = [page.tab.checks.list.item(0).icon().pixmap(16, 16).toImage()]
        return [picture.pixelColor(x, 2).rgb() for picture in pictures for x in range(16)]

    before = signs()
    apply_theme(qapp, Scheme.LIGHT)
    page.wait()
    assert signs() != before


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
