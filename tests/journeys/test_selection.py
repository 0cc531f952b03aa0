"""From two portal files to the mails of the first screening, by mouse and keyboard in the real window."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from places import Where
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, list_page
from fujisawa_desktop.services.doubts import open_doubts
from fujisawa_desktop.services.mails import ledger
from fujisawa_desktop.views.applicants.compare_dialog import CompareDialog
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.applicants.ledger_dialog import LedgerDialog
from fujisawa_desktop.views.applicants.mail_dialog import MailDialog
from fujisawa_desktop.views.applicants.release_dialog import ReleaseDialog
from fujisawa_desktop.views.screening import ScreeningWindow
from fujisawa_desktop.views.screening.result_dialog import ResultDialog
from fujisawa_desktop.views.screening.setup_dialog import SetupDialog
from fujisawa_desktop.views.screening.sheet_dialogs import IssueDialog, SheetImportDialog
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import Open, told

SAMPLES = resources_dir() / "samples"
S = ApplicationStatus
PLACES = 30
"""Passes of the first screening in each course, as many as interviews can be held for."""
MOST_GESTURES = 125
"""30 of them are pairs made one, one press each."""
READ_HERE = 5
"""Entries a clerk scores in the window; the rest comes back in score sheets."""


@dataclass
class Year:
    """One clerk at work on the entries of a year; the mails and sheets go to ``out``."""

    clerk: Clerk
    truth: dict[str, Any]
    out: Path

    @property
    def database(self) -> Database:
        assert self.clerk.program.desk is not None
        return self.clerk.program.desk.database

    @property
    def programme_id(self) -> int:
        assert self.clerk.program.desk is not None
        return self.clerk.program.desk.programme_id

    def rows(self) -> list[ApplicantRow]:
        return list_page(self.database, ListQuery(self.programme_id), 0, 1000)


@pytest.fixture
def year(start: Open, new_file: Where, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Year:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(out))
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    return Year(Clerk(qtbot, start(new_file)), truth, out)


def test_from_two_portal_files_to_announced_results_and_their_mails(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = told(year.clerk.program)
    _import(year)
    _make_one_of_two(year)
    _leave_out(year)
    _score(year, monkeypatch)
    _announce(year)
    _write_mails(year)
    assert not [message for message in messages if message.tone == "wrong"]
    assert year.clerk.gestures <= MOST_GESTURES


def _import(year: Year) -> None:
    year.clerk.open_tab(2)
    year.clerk.drop(SAMPLES / "e-application.csv")
    year.clerk.drop(SAMPLES / "rikunabi.csv")
    assert len(year.rows()) == sum(year.truth["importable"].values())


def _make_one_of_two(year: Year) -> None:
    """Look at every pair and make one person of it, by keyboard alone."""
    clerk, doubles = year.clerk, len(year.truth["same_person"])
    everybody = len({row.applicant_id for row in year.rows()})
    clerk.act("selection.doubles")
    pairs = clerk.dialog(CompareDialog)
    assert len(pairs.doubts) == doubles
    while pairs.doubts:
        clerk.press("Ctrl+Return")
    clerk.press("Escape")
    assert open_doubts(year.database, programme_id=year.programme_id) == ()
    assert len({row.applicant_id for row in year.rows()}) == everybody - doubles


def _leave_out(year: Year) -> None:
    """Say of the late ones and of those who are no students that they do not take part."""
    clerk = year.clerk
    clerk.page.filters.select(flags=("late", "not-student"))
    clerk.gestures += 2
    clerk.settle()
    clerk.page.table.setFocus()
    clerk.press("Ctrl+A")
    clerk.page.decide("ineligible")
    clerk.gestures += 1
    clerk.settle()
    asked = clerk.dialog(DecisionDialog)
    asked.reason.setFocus()
    clerk.type("受付期間後、または学生でない")
    clerk.click(asked.go)
    clerk.page.clear_search()
    clerk.gestures += 1
    clerk.settle()
    left_out = len(year.truth["late"]) + len(year.truth["not_student"])
    assert sum(row.status is S.INELIGIBLE for row in year.rows()) == left_out


def _score(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """Score a few entries here and the rest in sheets that come back; then note results by rank."""
    clerk = year.clerk
    clerk.act("selection.screening")
    screening = clerk.dialog(ScreeningWindow)
    clerk.click(screening.setup_button)
    setup = clerk.dialog(SetupDialog)
    clerk.click(setup.criteria.template_button)
    setup.tabs.setCurrentIndex(1)
    for name in ("職員課A", "デジタル推進室", "子育て企画課"):
        setup.reviewers.name.setFocus()
        clerk.type(name)
        clerk.press("Ctrl+S")
        clerk.press("Ctrl+N")
    setup.accept()
    clerk.gestures += 2
    clerk.settle()
    _read_some(clerk, screening)
    _send_out_and_take_back(clerk, screening, year.out, monkeypatch)
    screening.reviewer.setCurrentIndex(0)
    screening.tabs.setCurrentIndex(1)
    clerk.gestures += 2
    clerk.settle()
    for course in range(2):
        screening.course.setCurrentIndex(course)
        clerk.gestures += 1
        clerk.settle()
        _note_by_rank(clerk, screening)
    screening.close()
    clerk.settle()


def _announce(year: Year) -> None:
    year.clerk.act("selection.release-first")
    rehearsal = year.clerk.dialog(ReleaseDialog)
    assert {check.outcome.value for check in rehearsal.shown}.isdisjoint({"stop", "reason"})
    year.clerk.click(rehearsal.go)
    standing = Counter(status for row in year.rows() for status in row.statuses)
    assert standing[S.RECEIVED] == 0
    assert standing[S.FIRST_PASSED] == 2 * PLACES
    assert standing[S.WITHDRAWN] >= len(year.truth["withdrawn"])


def _write_mails(year: Year) -> None:
    """Write one message to one person each, a second person having looked, and mark them as sent."""
    clerk, written = year.clerk, 0
    for kind in ("first-pass", "first-fail"):
        clerk.act("selection.mails")
        mails = clerk.dialog(MailDialog)
        mails.kind_box.setCurrentIndex(mails.kind_box.findData(kind))
        clerk.gestures += 1
        clerk.settle()
        due = len(mails.writable())
        assert due > 0
        mails.checked_by.setFocus()
        clerk.type("鈴木")
        clerk.click(mails.go)
        written += due
    sent = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in year.out.glob("*.eml")]
    assert len(sent) == written
    assert all(len(message["To"].addresses) == 1 for message in sent)
    clerk.act("selection.ledger")
    book = clerk.dialog(LedgerDialog)
    book.table.setFocus()
    clerk.press("Ctrl+A")
    clerk.click(book.sent)
    clerk.press("Escape")
    rows = ledger(year.database, programme_id=year.programme_id)
    assert len(rows) == written
    assert all(row.sent_at for row in rows)


def _read_some(clerk: Clerk, screening: ScreeningWindow) -> None:
    """Score a few entries of the first course by keyboard: four digits and Ctrl+Return each."""
    screening.reviewer.setCurrentIndex(1)
    clerk.gestures += 1
    clerk.settle()
    for _entry in range(READ_HERE):
        clerk.type("4343")
        clerk.press("Ctrl+Return")
    assert screening.score_page.panel.figure.text() == str(READ_HERE)


def _send_out_and_take_back(
    clerk: Clerk, screening: ScreeningWindow, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screening.issue_action.trigger()
    clerk.gestures += 2
    clerk.settle()
    issue = clerk.dialog(IssueDialog)
    first, second, third = issue.boxes.values()
    first.setChecked(False)
    clerk.gestures += 1
    assert second.isChecked()
    assert third.isChecked()
    clerk.click(issue.go)
    sheets = sorted(out.glob("*.xlsx"))
    assert len(sheets) == 4  # two reviewers, two courses
    for place, sheet in enumerate(sheets):
        _fill_in(sheet, shift=place)
        chosen = ([str(sheet)], "")
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, chosen=chosen, **_k: chosen)
        screening.take_action.trigger()
        clerk.gestures += 3
        clerk.settle()
        clerk.click(clerk.dialog(SheetImportDialog).go)


def _fill_in(path: Path, *, shift: int) -> None:
    """Give points to every entry of a sheet, as a host department would in Excel."""
    book = openpyxl.load_workbook(path)
    page: Any = book.worksheets[0]
    for row in range(7, page.max_row + 1):
        if not page[f"B{row}"].value:
            continue
        for at, column in enumerate("GHIJ"):
            page[f"{column}{row}"] = (row * (at + 3) + shift * 2 + row // 7) % 6
    book.save(path)


def _note_by_rank(clerk: Clerk, screening: ScreeningWindow) -> None:
    page = screening.ranking_page
    page.places.setFocus()
    page.places.selectAll()
    clerk.type(str(PLACES))
    clerk.press("Return")
    page.table.setFocus()
    clerk.press("Ctrl+L")
    chosen = page.table.chosen_ids()
    assert 0 < len(chosen) <= PLACES
    if len(chosen) < PLACES:  # a tie lies on the line: a person decides who of it is among them
        order = [row.application_id for row in page.ranking.rows if row.rank is not None]
        page.table.choose(set(order[:PLACES]))
        clerk.gestures += 1
    clerk.click(page.pass_button)
    clerk.click(clerk.dialog(ResultDialog).go)
    clerk.click(page.turn_button)
    clerk.press("Ctrl+Shift+F")
    clerk.click(clerk.dialog(ResultDialog).go)
