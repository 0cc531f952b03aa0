"""The pages of one appointed person and the list of what is missing: typed, saved, refused, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from appointed import FOUR, appoint_four, staff
from appointment_page import Appointed, everybody_appointed, paper_window
from payroll_page import Key
from pdf_reading import pages_text
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models import HandIn
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import HandInKind, HandInState
from fujisawa_desktop.services.accounts import account_form
from fujisawa_desktop.services.hand_ins import HandInRow, hand_ins_of
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.printing import PrintJob, prepared_printer
from fujisawa_desktop.views.payroll import owed_page
from fujisawa_desktop.views.widgets import field_named

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
TODAY = date.today()
Kind = HandInKind


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    """The oath is due tomorrow, everything else was due yesterday."""
    members = appoint_four(database, programme_id)
    with unit_of_work(database, "test", actor="test") as act:
        for row in act.session.scalars(select(HandIn)):
            row.due_on = TODAY + timedelta(days=1 if row.kind == "oath" else -1)
        act.commit()
    return members


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, settle: Callable[[], None], four: dict[str, Member]
) -> Iterator[Appointed]:
    assert four
    desk.today = lambda: TODAY
    with everybody_appointed(desk, qtbot, settle) as window:
        yield window


def papers(database: Database, programme_id: int, member: Member) -> dict[HandInKind, HandInRow]:
    with database.read() as session:
        return {row.kind: row for row in hand_ins_of(session, programme_id)[member.appointment_id]}


# --- papers of one person -----------------------------------------------------------------


def test_a_paper_came_today(
    page: Appointed, database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    page.turn(1)
    line = page.window.papers.lines[Kind.ACCOUNT]
    assert line.state.text() == texts.term("hand-in-state", HandInState.OVERDUE)
    page.click(line.today)
    assert line.state.text() == texts.term("hand-in-state", HandInState.RECEIVED)
    assert not line.today.isVisible()
    page.rewrite(line.note, "郵送")
    page.click(page.window.papers.save_button)
    row = papers(database, programme_id, four[SAKURA])[Kind.ACCOUNT]
    assert (row.received_on, row.note) == (TODAY, "郵送")
    assert _("Late {count}").format(count=7) in page.pills(SAKURA)
    page.take_back()
    assert papers(database, programme_id, four[SAKURA])[Kind.ACCOUNT].received_on is None
    assert line.received.text() == ""


def test_days_are_typed_in_any_form_and_a_paper_is_not_needed(
    page: Appointed, database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    page.turn(1)
    lines = page.window.papers.lines
    page.rewrite(lines[Kind.OATH].asked, "Ｒ６．１１．２５")
    page.rewrite(lines[Kind.OATH].due, "2024/12/2")
    page.tick(lines[Kind.PLEDGE].needed)
    assert lines[Kind.PLEDGE].state.text() == texts.term("hand-in-state", HandInState.NOT_NEEDED)
    page.click(page.window.papers.save_button)
    rows = papers(database, programme_id, four[SAKURA])
    assert (rows[Kind.OATH].asked_on, rows[Kind.OATH].due_on) == (date(2024, 11, 25), date(2024, 12, 2))
    assert not rows[Kind.PLEDGE].needed


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("received", "2024/2/30", ""),
        ("received", "2999/1/1", "hand-in.received-ahead"),
        ("note", "1234 5678 9012", "hand-in.twelve-digits"),
    ],
)
def test_the_field_to_blame_is_marked(
    page: Appointed,
    database: Database,
    programme_id: int,
    four: dict[str, Member],
    name: str,
    text: str,
    code: str,
) -> None:
    page.turn(1)
    edit = getattr(page.window.papers.lines[Kind.OATH], name)
    page.rewrite(edit, text)
    page.click(page.window.papers.save_button)
    assert edit.property("wrong") is True
    assert edit.accessibleDescription() == page.window.notice.text() != ""
    if code == "hand-in.twelve-digits":
        assert page.window.notice.text() == texts.message_for(code, {})
    row = papers(database, programme_id, four[SAKURA])[Kind.OATH]
    assert (row.received_on, row.note) == (None, "")
    page.rewrite(edit, "")
    page.click(page.window.papers.save_button)
    assert edit.property("wrong") is False


def test_letters_and_forms_open_from_the_page(page: Appointed) -> None:
    page.turn(1)
    for button, kind in (
        (page.window.papers.guide_button, "hand-in-guide"),
        (page.window.papers.oath_button, "oath"),
    ):
        page.click(button)
        preview = paper_window(page)
        assert preview.draft is not None
        assert preview.draft.kind == kind
        preview.close()
        page.settle()


# --- account ------------------------------------------------------------------------------------


def fill_account(page: Appointed, **changes: str) -> None:
    typed = {
        "bank_code": "０９９８",
        "bank_kana": "てすとぎんこう",
        "branch_code": "045",
        "branch_kana": "フジサワ",
        "account_number": "0012345",
        "holder_kana": "カツラギ　サクラ",
        **changes,
    }
    for name, text in typed.items():
        page.rewrite(page.window.account.edits[name], text)


def test_an_account_is_saved_once_it_was_compared(
    page: Appointed, database: Database, four: dict[str, Member]
) -> None:
    page.turn(2)
    account = page.window.account
    assert account.state.text() == _("No account yet")
    assert not account.remove_button.isEnabled()
    fill_account(page)
    page.tick(account.compared)
    page.click(account.save_button)
    stored = account_form(database, appointment_id=four[SAKURA].appointment_id)
    assert (stored.holder_kana, stored.bank_kana) == ("ｶﾂﾗｷﾞ ｻｸﾗ", "ﾃｽﾄｷﾞﾝｺｳ")
    assert stored.confirmed_at is not None
    assert account.edits["holder_kana"].text() == "ｶﾂﾗｷﾞ ｻｸﾗ"  # as the bank reads it
    assert account.remove_button.isEnabled()
    assert _("Bank?") not in page.pills(SAKURA)
    page.rewrite(account.edits["account_number"], "7654321")
    assert not account.compared.isChecked()  # it has to be compared again
    page.click(account.save_button)
    assert account.state.text() == _("Not compared yet")
    assert _("Bank?") in page.pills(SAKURA)
    page.click(account.remove_button)
    assert account_form(database, appointment_id=four[SAKURA].appointment_id).version == 0
    page.take_back()
    assert account_form(database, appointment_id=four[SAKURA].appointment_id).account_number == "7654321"


def test_a_passbook_of_japan_post_bank(page: Appointed) -> None:
    """Domain rules 6.4."""
    page.turn(2)
    account = page.window.account
    page.rewrite(account.symbol, "１０５３０")
    page.rewrite(account.number, "12345671")
    page.tick(account.compared)
    page.click(account.turn_button)
    edits = account.edits
    assert (edits["bank_code"].text(), edits["branch_code"].text()) == ("9900", "058")
    assert edits["account_number"].text() == "1234567"
    assert not account.compared.isChecked()
    page.rewrite(account.symbol, "123")
    page.click(account.turn_button)
    field = field_named(account, "symbol")
    assert field is not None
    assert field.error()


@pytest.mark.parametrize(
    ("name", "text"),
    [("bank_code", "99"), ("branch_kana", "藤沢"), ("account_number", "123456"), ("holder_kana", "")],
)
def test_what_a_bank_refuses_is_said_beside_its_field(
    page: Appointed, database: Database, four: dict[str, Member], name: str, text: str
) -> None:
    page.turn(2)
    fill_account(page, **{name: text})
    page.click(page.window.account.save_button)
    field = field_named(page.window.account, name)
    assert field is not None
    assert field.error()
    assert account_form(database, appointment_id=four[SAKURA].appointment_id).version == 0


def test_each_person_has_an_own_account(page: Appointed, database: Database) -> None:
    page.turn(2)
    fill_account(page)
    page.tick(page.window.account.compared)
    page.click(page.window.account.save_button)
    page.go(YUI)
    assert page.shown() == YUI
    assert [edit.text() for edit in page.window.account.edits.values()] == [""] * 8
    assert page.window.account.state.text() == _("No account yet")


# --- usual week --------------------------------------------------------------------------------


def test_a_usual_week(page: Appointed, database: Database, programme_id: int) -> None:
    page.turn(3)
    week = page.window.week
    page.rewrite(week.days[0], "終")
    page.rewrite(week.days[2], "９－１２")
    assert "9:00" in week.total.text() or "9" in week.total.text()
    assert "9:00–16:00" in week._read[0].text()
    page.rewrite(week.days[3], "いつも")
    assert week._read[3].text() == ""
    page.click(week.save_button)
    field = field_named(week, "usual_week.3")
    assert field is not None
    assert field.error() == texts.message_for("shift.unreadable", {"text": "いつも"})
    page.rewrite(week.days[3], "")
    page.click(week.save_button)
    assert staff(database, programme_id)[SAKURA].usual_week == {0: "終", 2: "９－１２"}
    assert not week.is_dirty


def test_what_is_odd_about_a_week_is_told_and_counted(page: Appointed) -> None:
    page.turn(3)
    for day in range(4):
        page.rewrite(page.window.week.days[day], "終")
    page.click(page.window.week.save_button)
    told = page.window.notice.text()
    assert texts.message_for("usual-week.many-days", {"days": 4, "most": 3}) in told
    assert texts.message_for("appointing.usual-week-long", {"week_hm": 1440}) in told
    assert _("Check {count}").format(count=2) in page.pills(SAKURA)


# --- what is still to come -----------------------------------------------------------------------


def owed(page: Appointed) -> owed_page.OwedPage:
    page.window.sides.setCurrentIndex(1)
    page.settle()
    return page.window.owed


def test_the_list_is_narrowed_by_paper_and_by_what_is_overdue(page: Appointed) -> None:
    listed = owed(page)
    assert len(listed.shown) == 36
    listed.kind.setCurrentIndex(listed.kind.findData("oath"))
    assert [one.member.number for one in listed.shown] == [SAKURA, RYOSUKE, YUI, MISAKI]
    page.tick(listed.only_overdue)
    assert listed.shown == ()
    assert listed.table.empty.title() == _("Nothing fits")
    listed.kind.setCurrentIndex(0)
    assert len(listed.shown) == 32


def test_papers_of_several_people_are_received_at_once(
    page: Appointed, database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    listed = owed(page)
    listed.kind.setCurrentIndex(listed.kind.findData("enrolment"))
    listed.table.setFocus()
    listed.table.select_row(0)
    page.qtbot.keyClick(listed.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [one.member.number for one in listed.chosen()] == [SAKURA, RYOSUKE]
    page.rewrite(listed.day, "2024/11/28")
    page.click(listed.receive_button)
    for number, day in ((SAKURA, date(2024, 11, 28)), (RYOSUKE, date(2024, 11, 28)), (YUI, None)):
        assert papers(database, programme_id, four[number])[Kind.ENROLMENT].received_on == day
    assert [one.member.number for one in listed.shown] == [YUI, MISAKI]
    page.take_back()
    assert len(listed.shown) == 4


def test_a_day_that_cannot_be_is_said(page: Appointed, database: Database, programme_id: int) -> None:
    listed = owed(page)
    page.rewrite(listed.day, "2024/2/30")
    page.click(listed.receive_button)
    assert page.window.notice.text()
    assert len(listed.shown) == 36


def test_a_line_leads_to_the_person(page: Appointed) -> None:
    listed = owed(page)
    listed.kind.setCurrentIndex(listed.kind.findData("oath"))
    listed.table.select_row(2)
    page.qtbot.keyClick(listed.table, Key.Key_Return)
    page.settle()
    assert page.window.sides.currentIndex() == 0
    assert page.window.tabs.currentIndex() == 1
    assert page.shown() == YUI


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_the_list_leaves_as_a_file(page: Appointed, tmp_path: Path, ending: str) -> None:
    listed = owed(page)
    listed.kind.setCurrentIndex(listed.kind.findData("oath"))
    path = tmp_path / f"list.{ending}"
    listed.saver.choose_file = lambda _name: str(path)
    listed.export()
    page.settle()
    if ending == "xlsx":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert len(rows) == 5
        assert "楜澤　涼介" in rows[2]
    elif ending == "csv":
        text = path.read_text(encoding="utf-8-sig")
        assert len(text.splitlines()) == 5
        assert "楜澤　涼介" in text
    else:
        (text,) = pages_text(path.read_bytes())
        assert "未提出書類の一覧" in text
        assert "宣誓書" in text
        assert "楜澤　涼介" in text
    assert path.name in page.window.notice.text()


def test_the_list_is_printed(page: Appointed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[PrintJob] = []

    def to_file(job: PrintJob, _settings: object, _parent: QWidget) -> QPrinter:
        jobs.append(job)
        printer = prepared_printer(job.pdf, job.title)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(owed_page, "ask_printer", to_file)
    listed = owed(page)
    listed.print()
    page.settle()
    page.qtbot.waitUntil((tmp_path / "printed.pdf").exists)
    page.settle()
    assert jobs[0].title == "未提出書類の一覧"
    assert "楜澤　涼介" in "".join(pages_text(jobs[0].pdf))


def test_letters_go_to_the_people_chosen(page: Appointed) -> None:
    listed = owed(page)
    listed.kind.setCurrentIndex(listed.kind.findData("oath"))
    listed.table.select_row(1)
    listed.write()
    preview = paper_window(page)
    assert preview.draft is not None
    assert [one.number for one in preview.draft.pages] == [RYOSUKE]
    preview.close()
