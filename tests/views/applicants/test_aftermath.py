"""What follows a decision, by mouse and keyboard: check, announce, mails, ledger, reserves, corrections."""

from __future__ import annotations

from pathlib import Path

import pytest
from applicants_driver import SAMPLES, Quiet, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from fujisawa_desktop import texts
from fujisawa_desktop.models import Applicant, EntryKind, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, details, list_page
from fujisawa_desktop.services.mail_drafts import MailKind
from fujisawa_desktop.services.mails import ledger
from fujisawa_desktop.services.promotion import order_reserves, ranks_form
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.selection import (
    import_decisions,
    record_decisions,
    record_reply,
    release,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.correction_dialog import CorrectionDialog
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.applicants.ledger_dialog import LedgerDialog
from fujisawa_desktop.views.applicants.mail_dialog import MailDialog
from fujisawa_desktop.views.applicants.release_dialog import ReleaseDialog
from fujisawa_desktop.views.applicants.reserve_dialog import ReserveDialog
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.trust.conflict_table import ConflictTable

LEFT = Qt.MouseButton.LeftButton
S = ApplicationStatus


def rows(people: Database, programme_id: int, status: ApplicationStatus) -> list[ApplicantRow]:
    query = ListQuery(programme_id, statuses=frozenset({status}), course_ids=frozenset({1}))
    return list_page(people, query, 0, 1000)


def of_course(row: ApplicantRow) -> int:
    return row.application_ids[row.course_ids.index(1)]


@pytest.fixture
def announced(people: Database, programme_id: int) -> None:
    """Both screenings of the samples are over; two more reserves than in the sample stand in course 1."""
    for name, step in (("decisions-first.csv", Stage.FIRST), ("decisions-final.csv", Stage.FINAL)):
        import_decisions(people, programme_id=programme_id, file=SAMPLES / name)
        if step is Stage.FINAL:
            waiting = rows(people, programme_id, S.FIRST_PASSED)
            ids = [of_course(row) for row in waiting if not row.pending][:2]
            record_decisions(people, application_ids=ids, stage=Stage.FINAL, result=Result.RESERVE)
        release(people, programme_id=programme_id, stage=step)


def open_dialog(tab: ApplicantsTab, quiet: Quiet, action: str) -> None:
    tab.reload()
    quiet()
    tab.actions_served()[action]()
    quiet()


def choose(tab: ApplicantsTab, quiet: Quiet, row: ApplicantRow) -> None:
    tab.go_to_entry(row.entry_id)
    quiet()
    assert tab.current_row() is not None


# --- the check before announcing ------------------------------------------------


def test_both_screenings_are_checked_in_one_dialog_and_a_person_is_shown(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    open_dialog(tab, quiet, "selection.release-final")
    dialog = dialog_of(tab, ReleaseDialog)
    assert not dialog.go.isEnabled()
    qtbot.mouseClick(dialog.first_radio, LEFT)
    quiet()
    assert dialog.stage is Stage.FIRST
    assert dialog.go.isEnabled()
    assert dialog.check_model.rowCount() == 7
    assert dialog.current_check().code == "addresses"  # type: ignore[union-attr]
    dialog.people.setFocus()
    qtbot.keyClick(dialog.people, Qt.Key.Key_Down)
    wanted = dialog.current_check().people[1]  # type: ignore[union-attr]
    qtbot.keyClick(dialog.people, Qt.Key.Key_Return)
    quiet()
    current = tab.current_row()
    assert current is not None
    assert current.entry_id == wanted.entry_id


def test_every_check_can_be_reached_by_keys_and_shows_its_people(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    open_dialog(tab, quiet, "selection.rehearse")
    dialog = dialog_of(tab, ReleaseDialog)
    dialog.checks.setFocus()
    for check in dialog.shown:
        assert dialog.current_check() is check
        assert dialog.people_model.rowCount() == len(check.people)
        assert dialog.go_to.isEnabled() is bool(check.people)
        qtbot.keyClick(dialog.checks, Qt.Key.Key_Down)


# --- mails and ledger -----------------------------------------------------------


def test_mails_are_compared_written_and_marked_as_sent(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    announced: None,
    messages: list[Message],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    choose(tab, quiet, rows(people, programme_id, S.FINAL_PASSED)[0])
    open_dialog(tab, quiet, "selection.mails")
    dialog = dialog_of(tab, MailDialog)
    assert dialog.kind() is MailKind.FINAL_PASS
    assert dialog.model.rowCount() == len(dialog.drafts) == 4
    qtbot.mouseClick(dialog.copy_text, LEFT)
    assert QGuiApplication.clipboard().text() == dialog.drafts[0].body
    dialog.choose_folder = lambda: str(folder)
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert list(folder.iterdir()) == []  # nobody else has looked yet
    qtbot.keyClicks(dialog.checked_by, "suzuki")
    dialog.reply_by.setText("２０２４/11/22")
    qtbot.keyClick(dialog.reply_by, Qt.Key.Key_Tab)
    dialog.reply_by.editingFinished.emit()
    quiet()
    assert "11月22日" in dialog.text.text()
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert len(list(folder.glob("*.eml"))) == 4
    assert messages[-1].text.startswith("4 messages were written into out.")
    assert messages[-1].on_action is not None
    messages[-1].on_action()
    quiet()
    book = dialog_of(tab, LedgerDialog)
    assert book.model.rowCount() == 4
    book.table.selectAll()
    qtbot.mouseClick(book.sent, LEFT)
    quiet()
    assert all(row.sent_at for row in ledger(people, programme_id=programme_id))
    qtbot.mouseClick(book.unsent, LEFT)
    quiet()
    assert book.model.rowCount() == 0
    qtbot.mouseClick(book.unsent, LEFT)
    quiet()
    book.choose_file = lambda: str(tmp_path / "ledger")
    qtbot.mouseClick(book.export_button, LEFT)
    quiet()
    sheet = CalamineWorkbook.from_path(str(tmp_path / "ledger.xlsx")).get_sheet_by_index(0).to_python()
    assert len(sheet) == 5
    [recorded] = recent_acts(people, limit=1)
    assert (recorded.kind, recorded.label.code) == (EntryKind.EXPORTED, "list.exported-other")
    assert recorded.label.params == {"list": "dispatch", "count": 4, "file_format": "xlsx"}
    assert texts.label(recorded.label.code, recorded.label.params) == "Dispatch ledger: exported (4, Excel)"


def test_those_without_an_address_are_left_out_and_marked(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, announced: None
) -> None:
    passed = rows(people, programme_id, S.FINAL_PASSED)
    with people.read() as session:
        applicant_id = details(people, passed[0].entry_id).form.applicant_id
        assert session.get(Applicant, applicant_id) is not None
    with unit_of_work(people, "test.mail") as work:
        work.session.get_one(Applicant, applicant_id).mail = "no address"
        work.commit()
    choose(tab, quiet, passed[0])
    open_dialog(tab, quiet, "selection.mails")
    dialog = dialog_of(tab, MailDialog)
    assert dialog.go.text() == "Write 3 messages…"
    assert "1 person has no possible address" in dialog.summary.text()
    told = [str(dialog.model.index(row, 6).data()) for row in range(4)]
    assert [text for text in told if "cannot be a mail address" in text]


def test_nobody_to_write_to_is_said(tab: ApplicantsTab, quiet: Quiet) -> None:
    open_dialog(tab, quiet, "selection.mails")
    dialog = dialog_of(tab, MailDialog)
    assert not dialog.go.isEnabled()
    assert dialog.table.empty.isVisible()
    assert not dialog.problem.isVisible()


def test_an_empty_ledger_says_how_it_fills(tab: ApplicantsTab, quiet: Quiet) -> None:
    open_dialog(tab, quiet, "selection.ledger")
    dialog = dialog_of(tab, LedgerDialog)
    assert dialog.table.empty.isVisible()
    assert not dialog.sent.isEnabled()
    assert not dialog.export_button.isEnabled()


# --- reserves -------------------------------------------------------------------


def test_after_a_withdrawal_the_next_reserve_is_offered_and_moves_up(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    announced: None,
    messages: list[Message],
) -> None:
    tab.desk.today = lambda: __import__("datetime").date(2024, 11, 20)  # type: ignore[method-assign]
    choose(tab, quiet, rows(people, programme_id, S.FINAL_PASSED)[0])
    tab.decide("withdraw")
    quiet()
    asked = dialog_of(tab, DecisionDialog)
    asked.reason_code.setCurrentIndex(asked.reason_code.findData("studies"))
    qtbot.mouseClick(asked.go, LEFT)
    quiet()
    assert "a place is free" in messages[-1].text
    wanted: list[str] = []
    tab.act_wanted.connect(wanted.append)
    messages[-1].on_action()  # type: ignore[misc]
    assert wanted == ["selection.reserves"]
    open_dialog(tab, quiet, "selection.reserves")
    dialog = dialog_of(tab, ReserveDialog)
    first = dialog.current()
    assert first is not None
    assert (first.rank, dialog.reason_field.isVisible()) == (1, False)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.reason_field.isVisible()
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert dialog.isVisible()  # passing over needs a reason
    qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert f"{first.number} moved up" in messages[-1].text
    assert first.entry_id in {row.entry_id for row in rows(people, programme_id, S.FINAL_PASSED)}
    messages[-1].on_action()  # type: ignore[misc]
    quiet()
    assert dialog_of(tab, MailDialog).kind() is MailKind.PROMOTION


def three_reserves(people: Database, programme_id: int) -> list[int]:
    """Note three who passed the first screening as reserves; return their applications."""
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    release(people, programme_id=programme_id, stage=Stage.FIRST)
    ids = [of_course(row) for row in rows(people, programme_id, S.FIRST_PASSED)[:3]]
    record_decisions(people, application_ids=ids, stage=Stage.FINAL, result=Result.RESERVE)
    return ids


def test_noted_reserves_are_put_in_order(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    ids = three_reserves(people, programme_id)
    open_dialog(tab, quiet, "selection.reserves")
    dialog = dialog_of(tab, ReserveDialog)
    dialog.table.select_row(2)
    qtbot.mouseClick(dialog.up, LEFT)
    qtbot.mouseClick(dialog.up, LEFT)
    assert [str(dialog.model.index(row, 0).data()) for row in range(3)] == ["1", "2", "3"]
    dialog.until.setText("2024-12-20")
    qtbot.mouseClick(dialog.save, LEFT)
    quiet()
    course = dialog.course()
    assert course is not None
    assert [row.application_id for row in course.rows] == [ids[2], ids[0], ids[1]]
    assert {str(row.valid_until) for row in course.rows} == {"2024-12-20"}
    assert not dialog.go.isEnabled()


@pytest.mark.parametrize("mine", [False, True])
def test_reserves_that_two_put_in_order(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, *, mine: bool
) -> None:
    ids = three_reserves(people, programme_id)
    open_dialog(tab, quiet, "selection.reserves")
    dialog = dialog_of(tab, ReserveDialog)
    order_reserves(people, application_ids=ids[::-1], actor="佐藤")
    dialog.table.select_row(1)
    dialog.shift(-1)
    dialog.save_order()
    quiet()
    (question,) = [one for one in dialog.findChildren(ConflictTable) if one.isVisible()]
    assert str(question.model.index(0, 1).data()).startswith("佐藤")
    (question.save_button if mine else question.stop_button).click()
    quiet()
    stored = ranks_form(people, application_ids=ids).order
    assert stored == ((ids[1], ids[0], ids[2]) if mine else tuple(ids[::-1]))


# --- corrections, sheets --------------------------------------------------------


def test_an_announced_result_is_corrected_with_a_reason_only(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    announced: None,
    messages: list[Message],
) -> None:
    row = rows(people, programme_id, S.FINAL_PASSED)[0]
    choose(tab, quiet, row)
    open_dialog(tab, quiet, "selection.correct")
    dialog = dialog_of(tab, CorrectionDialog)
    dialog.result_box.setCurrentIndex(dialog.result_box.findData("fail"))
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.reason, "mistake")
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert row.entry_id in {one.entry_id for one in rows(people, programme_id, S.FINAL_FAILED)}
    assert f"The result of {row.number} was corrected" in messages[-1].text
    open_dialog(tab, quiet, "selection.correct")
    again = dialog_of(tab, CorrectionDialog)
    assert again.history_model.index(0, 3).data() == "mistake"
    again.table.select_row(0)
    assert "final screening builds on this" in again.why_not.text()
    assert not again.go.isEnabled()


def test_the_sheets_open_for_the_person_and_the_programme(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, announced: None
) -> None:
    row = rows(people, programme_id, S.FINAL_PASSED)[0]
    choose(tab, quiet, row)
    for action, pages in (("selection.disclosure", 1), ("selection.record", 10)):
        open_dialog(tab, quiet, action)
        window = dialog_of(tab, PaperWindow)
        assert window.draft is not None
        assert window.draft.page_count >= pages
        window.reject()
        quiet()


# --- attendance and requirements ------------------------------------------------


def test_requirements_are_recorded_with_a_reason_from_the_dialog(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    row = rows(people, programme_id, S.RECEIVED)[0]
    choose(tab, quiet, row)
    tab.decide("ineligible")
    quiet()
    dialog = dialog_of(tab, DecisionDialog)
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert dialog.isVisible()
    assert row.entry_id in {one.entry_id for one in rows(people, programme_id, S.RECEIVED)}
    qtbot.keyClicks(dialog.reason, "late")
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert row.entry_id in {one.entry_id for one in rows(people, programme_id, S.INELIGIBLE)}


def test_attendance_without_an_interview_is_refused_with_words(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    release(people, programme_id=programme_id, stage=Stage.FIRST)
    choose(tab, quiet, rows(people, programme_id, S.FIRST_PASSED)[0])
    tab.decide("absent")
    quiet()
    dialog = dialog_of(tab, DecisionDialog)
    assert not dialog.go.isEnabled()
    assert "No interview is booked" in str(dialog.left_model.index(0, 3).data())


@pytest.mark.parametrize(
    "action",
    ["selection.rehearse", "selection.mails", "selection.ledger", "selection.reserves", "selection.correct"],
)
def test_hostile_names_are_shown_as_they_are_and_dialogs_fit(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, announced: None, action: str
) -> None:
    row = rows(people, programme_id, S.FINAL_PASSED)[0]
    applicant_id = details(people, row.entry_id).form.applicant_id
    with unit_of_work(people, "test.name") as work:
        person = work.session.get_one(Applicant, applicant_id)
        person.name_entered = "<img src='/x'><b>寿限無</b>" * 20
        work.commit()
    record_reply(people, application_id=of_course(row), kind=ReplyKind.ACCEPTED)
    choose(tab, quiet, row)
    open_dialog(tab, quiet, action)
    [dialog] = [one for one in tab.findChildren(QDialog) if one.isVisible()]
    assert dialog.width() <= 1280
    assert dialog.height() <= 800
    for label in dialog.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
