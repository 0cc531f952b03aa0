"""The window of appointed people: list, terms, leaving, changes, what was typed, keys, reading only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from appointed import FOUR, TEN_DAYS, appoint_four, staff, work
from appointment_page import Appointed, paper_window
from payroll_page import Key, Page, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from terms_scene import change

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.insurance import StudentType
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import terms_form
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Notifier
from fujisawa_desktop.views.payroll.appointment_window import AppointmentWindow, open_appointments
from fujisawa_desktop.views.payroll.leaving_dialog import LeavingDialog
from fujisawa_desktop.views.payroll.terms_change_dialog import TermsChangeDialog
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.widgets import KeyValueGrid, LinkButton, TextLabel, field_named

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
TODAY = date(2024, 12, 3)
Open = Callable[[Desk], Appointed]


@pytest.fixture
def open_window(qtbot: QtBot, settle: Callable[[], None]) -> Iterator[Open]:
    """Return what puts the window of a desk on the screen; all are closed after."""
    parents: list[QWidget] = []

    def show(desk: Desk) -> Appointed:
        desk.today = lambda: TODAY
        parent = QWidget()
        qtbot.addWidget(parent)
        parents.append(parent)
        window = open_appointments(desk, parent)
        settle()
        return Appointed(window, qtbot, settle)

    yield show
    settle()


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


@pytest.fixture
def page(four: dict[str, Member], desk: Desk, open_window: Open) -> Appointed:
    assert four
    return open_window(desk)


def pairs(page: Appointed) -> dict[str, str]:
    """What stands at a glance, by its name."""
    grid = page.window.terms.findChild(KeyValueGrid)
    assert isinstance(grid, KeyValueGrid)
    return {label.text(): shown.text() for label, shown in grid._lines}


# --- the list and the person ---------------------------------------------------------------


def test_everybody_stands_in_the_list_with_what_is_missing(page: Appointed) -> None:
    names = [page.window.model.index(at, 0).data() for at in range(4)]
    assert names == ["葛城　さくら", "楜澤　涼介", "小鳥遊　結衣", "髙橋　美咲"]
    assert _("Bank?") in page.pills(SAKURA)
    assert _("Check {count}").format(count=1) in page.pills(SAKURA)
    assert page.shown() == SAKURA
    assert page.window.heading.text().startswith("葛城　さくら")


def test_a_click_and_an_arrow_show_another_person(page: Appointed) -> None:
    page.go(YUI)
    assert page.shown() == YUI
    page.qtbot.keyClick(page.window.table, Key.Key_Down)
    page.settle()
    assert page.shown() == MISAKI


def test_the_terms_at_a_glance(page: Appointed, database: Database, four: dict[str, Member]) -> None:
    change(database, four[SAKURA], rate_yen=1300)
    page.window.reload()
    page.settle()
    told = pairs(page)
    assert told[_("Course")] == "「子ども・子育て政策」コース"
    assert "1,258" in told[_("Rate an hour")].split("\n")[0]
    assert "1,300" in told[_("Rate an hour")].split("\n")[1]
    assert "60:00" in told[_("Hours a month")]
    assert "15" in told[_("Conditional")]
    assert "(1)" in page.window.tabs.tabText(5).replace("（", "(").replace("）", ")")
    assert len(page.window.changes.cards) == 1


def test_the_warnings_name_their_rules(page: Appointed) -> None:
    page.turn(4)
    first, last = page.window.findings.notices
    assert texts.message_for("appointing.student-unasked", {}) in first.accessibleName()
    assert texts.term("rule-source", "appointing.student-unasked") in first.accessibleName()
    assert texts.message_for("appointing.bonus-not-due", {}) in last.accessibleName()


# --- terms ------------------------------------------------------------------------------------


def test_what_the_person_told_is_saved_and_taken_back(
    page: Appointed, database: Database, four: dict[str, Member]
) -> None:
    terms = page.window.terms
    assert not terms.permit_until.isEnabled()
    terms.student.setCurrentIndex(terms.student.findData(StudentType.EVENING.value))
    page.tick(terms.needs_permit)
    assert terms.permit_until.isEnabled()
    page.rewrite(terms.permit_until, "R7.3.31")
    page.rewrite(terms.other, "１０時間")
    terms.column.setCurrentIndex(terms.column.findData(TaxColumn.KOU.value))
    page.click(terms.save_button)
    form = terms_form(database, appointment_id=four[SAKURA].appointment_id)
    assert (form.student, form.needs_permit) == (StudentType.EVENING, True)
    assert (form.permit_until, form.other_week_minutes) == (date(2025, 3, 31), 600)
    assert form.tax_column is TaxColumn.KOU
    needed = {row.kind.value for row in page.window.view.hand_ins if row.needed}  # type: ignore[union-attr]
    assert {"permit", "tax-declaration"} <= needed
    page.take_back()
    assert terms_form(database, appointment_id=four[SAKURA].appointment_id).student is None
    assert terms.student.currentData() == "unasked"
    assert not terms.is_dirty


def test_a_fare_becomes_a_refund(page: Appointed, database: Database, four: dict[str, Member]) -> None:
    terms = page.window.terms
    fare, ticket = field_named(terms, "round_trip_yen"), field_named(terms, "pass_yen")
    assert fare is not None
    assert ticket is not None
    assert not fare.isEnabled()
    terms.mode.setCurrentIndex(terms.mode.findData(CommutingMode.PER_DAY.value))
    assert fare.isEnabled()
    assert not ticket.isEnabled()
    page.rewrite(terms.fare, "８４０")
    page.click(terms.save_button)
    assert terms_form(database, appointment_id=four[SAKURA].appointment_id).round_trip_yen == 840


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("permit_until", "2025-02-30", "date.no-such-day"),
        ("other_week_minutes", "たくさん", "number.unreadable"),
        ("other_week_minutes", "169", "appointment.other-week"),
        ("round_trip_yen", "", "commuting.fare-missing"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    page: Appointed, database: Database, four: dict[str, Member], field: str, text: str, code: str
) -> None:
    terms = page.window.terms
    page.tick(terms.needs_permit)
    terms.mode.setCurrentIndex(terms.mode.findData(CommutingMode.PER_DAY.value))
    if field != "round_trip_yen":
        page.rewrite(terms.fare, "840")
    edits = {
        "permit_until": terms.permit_until,
        "other_week_minutes": terms.other,
        "round_trip_yen": terms.fare,
    }
    page.rewrite(edits[field], text)
    page.click(terms.save_button)
    found = field_named(terms, field)
    assert found is not None
    assert found.error()
    if code == "commuting.fare-missing":
        assert found.error() == texts.message_for(code, {})
    assert not terms_form(database, appointment_id=four[SAKURA].appointment_id).needs_permit


def test_what_was_agreed_is_changed_from_here(page: Appointed) -> None:
    page.click(page.window.terms.change_button)
    dialog = next(one for one in page.window.findChildren(TermsChangeDialog) if one.isVisible())
    page.settle()
    assert "葛城　さくら" in dialog.heading.text()
    dialog.close()
    page.settle()


# --- leaving -------------------------------------------------------------------------------------


@pytest.fixture
def leaving(page: Appointed, database: Database, programme_id: int, four: dict[str, Member]) -> LeavingDialog:
    days = (date(2024, 12, 18), date(2024, 12, 23), date(2025, 1, 8))
    work(database, programme_id, four[SAKURA], days, "終", ShiftKind.PLANNED)
    work(database, programme_id, four[SAKURA], TEN_DAYS[:2], "半")
    page.window.reload()
    page.settle()
    page.click(page.window.terms.leave_button)
    dialog = page.window.findChild(LeavingDialog)
    assert isinstance(dialog, LeavingDialog)
    return dialog


def foreseen(page: Appointed, dialog: LeavingDialog) -> str:
    page.qtbot.waitUntil(lambda: not dialog._soon.isActive())
    page.settle()
    return dialog.told.text()


def test_somebody_leaves_and_comes_back(
    page: Appointed, leaving: LeavingDialog, database: Database, programme_id: int
) -> None:
    page.rewrite(leaving.day, "R6.12.20")
    assert "2" in foreseen(page, leaving)
    page.rewrite(leaving.reason, "学業の都合による")
    page.click(leaving.ok)
    assert not leaving.isVisible()
    assert staff(database, programme_id)[SAKURA].rules.last == date(2024, 12, 20)
    assert page.window.terms.stay_button.isVisible()
    assert page.window.terms.notice_button.isVisible()
    assert any("2024/12/20" in pill for pill in page.pills(SAKURA))
    page.click(page.window.terms.notice_button)
    preview = paper_window(page)
    assert preview.draft is not None
    assert [one.number for one in preview.draft.pages] == [SAKURA]
    preview.close()
    page.click(page.window.terms.stay_button)
    assert staff(database, programme_id)[SAKURA].rules.last == date(2025, 1, 31)
    assert not page.window.terms.stay_button.isVisible()


def test_the_message_takes_the_leaving_back_with_its_plans(
    page: Appointed, leaving: LeavingDialog, database: Database, programme_id: int
) -> None:
    page.rewrite(leaving.day, "2024/12/20")
    page.rewrite(leaving.reason, "都合")
    page.click(leaving.ok)
    page.take_back()
    assert staff(database, programme_id)[SAKURA].rules.last == date(2025, 1, 31)
    assert page.window.view is not None
    assert page.window.view.left_on is None


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [("", "都合", "left_on"), ("2024/12/32", "都合", "left_on"), ("2024/12/20", "", "reason")],
)
def test_what_is_wrong_with_a_leaving_is_said_beside_its_field(
    page: Appointed,
    leaving: LeavingDialog,
    database: Database,
    programme_id: int,
    day: str,
    reason: str,
    field: str,
) -> None:
    page.rewrite(leaving.day, day)
    page.rewrite(leaving.reason, reason)
    page.click(leaving.ok)
    found = field_named(leaving, field)
    assert found is not None
    assert found.error()
    assert staff(database, programme_id)[SAKURA].rules.last == date(2025, 1, 31)
    leaving.reject()


def test_work_after_the_last_day_is_said_at_the_top(page: Appointed, leaving: LeavingDialog) -> None:
    page.rewrite(leaving.day, "2024/12/3")
    told = texts.message_for("leaving.worked-after", {"date": TEN_DAYS[1], "last": date(2024, 12, 3)})
    assert foreseen(page, leaving) == told
    page.rewrite(leaving.reason, "都合")
    page.click(leaving.ok)
    assert leaving.isVisible()
    assert leaving.notice.text() == told
    leaving.reject()


# --- what was typed ---------------------------------------------------------------------------------


def test_what_is_typed_is_not_lost_by_a_click_on_another_person(page: Appointed) -> None:
    page.rewrite(page.window.terms.other, "10")
    page.turn(1)
    page.go(YUI)
    assert page.shown() == SAKURA
    assert page.window.terms.other.text() == "10:00"
    assert page.window.tabs.currentIndex() == 0  # where it was typed
    assert page.window.notice.text()
    page.take_back()  # the button lets go of it
    assert page.shown() == YUI
    assert page.window.terms.other.text() == ""


def test_closing_asks_about_what_was_typed(page: Appointed) -> None:
    page.rewrite(page.window.terms.other, "10")
    page.qtbot.keyClick(page.window, Key.Key_Escape)
    page.settle()
    assert page.window.isVisible()
    assert page.window.notice.text()
    page.window.close()
    assert page.window.isVisible()
    (button,) = [one for one in page.window.notice.findChildren(QPushButton) if one.text()]
    closed: list[int] = []
    page.window.finished.connect(closed.append)
    page.click(button)
    assert closed == [0]


def test_what_is_typed_stays_while_others_change_something(
    page: Appointed, database: Database, four: dict[str, Member], desk: Desk
) -> None:
    page.rewrite(page.window.terms.other, "10")
    page.window.reload()
    page.settle()
    assert page.window.terms.other.text() == "10"
    page.window.terms.show_view(page.window.view, may_write=True)  # type: ignore[arg-type]
    assert page.window.terms.other.text() == ""


# --- keys, doors, states ---------------------------------------------------------------------------


def test_keys_turn_the_pages_save_and_undo(
    page: Appointed, database: Database, four: dict[str, Member]
) -> None:
    window = page.window
    page.qtbot.keyClick(window, Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.currentIndex() == 1
    window.tabs.setFocus()
    page.qtbot.keyClick(window.tabs, Key.Key_Left)
    assert window.pages.currentIndex() == 0
    page.rewrite(window.terms.other, "10")
    page.qtbot.keyClick(window, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    assert terms_form(database, appointment_id=four[SAKURA].appointment_id).other_week_minutes == 600
    page.qtbot.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    assert terms_form(database, appointment_id=four[SAKURA].appointment_id).other_week_minutes is None
    page.qtbot.keyClick(window.table, Key.Key_Return)
    assert window.focusWidget() is window.tabs


def test_every_field_has_a_name(page: Appointed) -> None:
    for widget in page.window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named or isinstance(widget.parent(), QWidget), widget


@pytest.mark.parametrize("kind", ["hand-in-guide", "oath"])
def test_papers_of_this_person_open_from_the_menu(page: Appointed, kind: str) -> None:
    menu = page.window.menu.menu()
    next(one for one in menu.actions() if one.text() == texts.term("kind", kind)).trigger()
    preview = paper_window(page)
    assert preview.draft is not None
    assert (preview.draft.kind, [one.number for one in preview.draft.pages]) == (kind, [SAKURA])
    preview.close()


def test_nobody_is_appointed(desk: Desk, open_window: Open) -> None:
    page = open_window(desk)
    assert page.window.empty.isVisible()
    assert page.window.empty.title() == _("Nobody is appointed yet")
    page.window.show_owed()
    page.settle()
    assert page.window.owed.table.empty.title() == _("Nothing is missing")


def test_a_file_that_is_only_read_shows_everything_and_takes_nothing(
    four: dict[str, Member],
    database: Database,
    tasks: Tasks,
    notifier: Notifier,
    settings: Memory,
    programme_id: int,
    open_window: Open,
) -> None:
    assert four
    read = open_database(database.path, read_only=True)  # type: ignore[arg-type]
    desk = Desk(database=read, tasks=tasks, notifier=notifier, settings=settings, programme_id=programme_id)
    page = open_window(desk)
    window = page.window
    assert page.shown() == SAKURA
    for button in (window.terms.save_button, window.terms.leave_button, window.papers.save_button):
        assert not button.isEnabled()
    for button in (window.account.save_button, window.week.save_button, window.owed.receive_button):
        assert not button.isEnabled()
    window.close()
    page.settle()
    read.dispose()


# --- from the tab ---------------------------------------------------------------------------------------


class TestFromTheTab:
    @pytest.fixture
    def tab(self, open_page: Callable[[], Page], four: dict[str, Member]) -> Page:
        assert four
        return open_page()

    def test_the_pane_beside_opens_the_person(self, tab: Page) -> None:
        tab.go(RYOSUKE, 2)
        tab.wait()
        links = tab.tab.side.findChildren(LinkButton)
        tab.click(next(one for one in links if one.text() == _("Terms: commuting, tax…")))
        tab.wait()
        window = dialog_of(tab.tab, AppointmentWindow)
        assert isinstance(window, AppointmentWindow)
        assert window.view is not None
        assert window.view.member.number == RYOSUKE
        tab.tab.actions_served()["work.hand-ins"]()
        tab.wait()
        assert tab.tab.findChildren(AppointmentWindow) == [window]  # one is enough
        assert window.sides.currentIndex() == 1
        window.close()
        tab.wait()

    def test_the_menu_opens_the_list(self, tab: Page) -> None:
        tab.tab.actions_served()["work.appointments"]()
        tab.wait()
        window = dialog_of(tab.tab, AppointmentWindow)
        assert isinstance(window, AppointmentWindow)
        assert len(window.rows) == 4
        assert any(label.text() for label in window.findChildren(TextLabel))
        window.close()
        tab.wait()
