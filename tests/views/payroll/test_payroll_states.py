"""The tab itself: terms of a person, empty states, reading only, and what the window's acts do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from appointed import FOUR, add_people
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
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.programmes import create_programme, programmes
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message, Notifier
from fujisawa_desktop.views.payroll import PayrollTab, acts
from fujisawa_desktop.views.payroll.appointment_window import AppointmentWindow
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Scheme, apply_theme
from fujisawa_desktop.views.widgets import LinkButton, field_named
from fujisawa_desktop.views.window_acts import WindowActs

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
Settle = Callable[[], None]


class TestTerms:
    @pytest.fixture
    def window(self, page: Page) -> AppointmentWindow:
        """Opened by the link beside the person."""
        page.go(RYOSUKE, 2)
        page.wait()
        links = page.tab.side.findChildren(LinkButton)
        page.click(next(one for one in links if one.text() == _("Terms: commuting, tax…")))
        page.wait()
        window = dialog_of(page.tab, AppointmentWindow)
        assert isinstance(window, AppointmentWindow)
        return window

    def test_a_fare_becomes_a_refund(self, page: Page, window: AppointmentWindow) -> None:
        terms = window.terms
        terms.mode.setCurrentIndex(terms.mode.findData(CommutingMode.PER_DAY.value))
        write(page.qtbot, terms.fare, "８４０")
        page.click(terms.save_button)
        assert (page.pay_text(RYOSUKE, 3), page.pay_text(RYOSUKE, 6)) == ("8,400", "83,566")

    def test_what_is_missing_is_said_beside_its_field(self, page: Page, window: AppointmentWindow) -> None:
        terms = window.terms
        terms.mode.setCurrentIndex(terms.mode.findData(CommutingMode.MIN_OF_BOTH.value))
        page.click(terms.save_button)
        fields = {
            name: field_named(terms, name) for name in ("round_trip_yen", "pass_yen", "commuting_cap_yen")
        }
        fare, ticket, cap = fields.values()
        assert fare is not None
        assert ticket is not None
        assert cap is not None
        assert fare.error() == texts.message_for("commuting.fare-missing", {})
        write(page.qtbot, terms.fare, "840")
        page.click(terms.save_button)
        assert ticket.error() == texts.message_for("commuting.pass-missing", {})
        write(page.qtbot, terms.cap, "x")
        page.click(terms.save_button)
        assert cap.error() == texts.message_for("number.unreadable", {"text": "x"})
        assert page.pay_text(RYOSUKE, 3) == "0"

    def test_tax_column_and_insurance(self, page: Page, window: AppointmentWindow) -> None:
        terms = window.terms
        terms.column.setCurrentIndex(terms.column.findData(TaxColumn.OTSU.value))
        terms.insured.setChecked(True)
        page.click(terms.save_button)
        assert page.pay_text(RYOSUKE, 5) == "451"
        assert page.pay_text(RYOSUKE, 4) == "2,288"
        assert page.sum_text(5) == "451"


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
        for button in (page.tab.bar.close_month, page.tab.entry.as_planned, *page.tab.entry.pattern_buttons):
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
