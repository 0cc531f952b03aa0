"""Every action of the table is done once through the real window, by its menu entry."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from places import Where
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.views.action_table import ACTIONS, TABS
from tests.journeys.conftest import Open, dialogs, settle, told

EXPECTED = {
    "file.new-programme": "dialog",
    "file.open": "file",
    "file.add": "picture",
    "file.save": "change",
    "file.import": "dialog",
    "file.imports": "dialog",
    "file.export": "message",
    "file.backup": "message",
    "tools.secrets": "dialog",
    "edit.undo": "change",
    "edit.redo": "change",
    "edit.find": "focus",
    "view.home": "tab",
    "view.courses": "tab",
    "view.applicants": "tab",
    "view.interviews": "tab",
    "view.payroll": "tab",
    "view.next": "tab",
    "view.previous": "tab",
    "view.reload": "query",
    "view.dark": "picture",
    "selection.doubles": "dialog",
    "selection.deadline": "dialog",
    "selection.screening": "dialog",
    "selection.pass": "dialog",
    "selection.fail": "dialog",
    "selection.reserve": "dialog",
    "selection.accept": "dialog",
    "selection.withdraw": "dialog",
    "selection.rehearse": "dialog",
    "selection.release-first": "dialog",
    "selection.release-final": "dialog",
    "selection.mails": "dialog",
    "selection.ledger": "dialog",
    "selection.reserves": "dialog",
    "selection.correct": "dialog",
    "selection.disclosure": "dialog",
    "selection.record": "dialog",
    "interviews.availability": "dialog",
    "interviews.interviewer-grid": "dialog",
    "interviews.calendar-files": "dialog",
    "interviews.criteria": "dialog",
    "interviews.points": "dialog",
    "interviews.results": "dialog",
    "plan.make": "message",
    "plan.apply": "message",
    "plan.assume": "dialog",
    "plan.drafts": "dialog",
    "plan.estimate": "dialog",
    "plan.settings": "dialog",
    "papers.first-result": "dialog",
    "papers.interview-invitation": "dialog",
    "papers.final-result": "dialog",
    "papers.promotion": "dialog",
    "papers.acceptance": "dialog",
    "papers.roster": "dialog",
    "papers.interview-timetable": "dialog",
    "papers.interviewer-timetable": "dialog",
    "papers.score-sheet": "dialog",
    "papers.door-list": "dialog",
    "papers.appointment": "dialog",
    "papers.conditions": "dialog",
    "papers.change-consent": "dialog",
    "papers.change-notice": "dialog",
    "papers.hand-in-guide": "dialog",
    "papers.oath": "dialog",
    "papers.leaving-notice": "dialog",
    "papers.attendance": "dialog",
    "papers.confirmation": "dialog",
    "papers.press-release": "dialog",
    "papers.flyer": "dialog",
    "papers.course-sheet": "dialog",
    "papers.pay-statement": "dialog",
    "papers.register": "dialog",
    "papers.transfer-list": "dialog",
    "papers.year-end": "dialog",
    "papers.labels": "dialog",
    "papers.envelope": "dialog",
    "papers.window-address": "dialog",
    "papers.dispatch-ledger": "dialog",
    "papers.purge-certificate": "dialog",
    "papers.wording": "dialog",
    "papers.issued": "dialog",
    "papers.numbers": "dialog",
    "work.appoint": "message",
    "work.pay": "message",
    "work.close-month": "dialog",
    "work.reopen-month": "dialog",
    "work.correct-day": "dialog",
    "work.corrections": "dialog",
    "work.paid": "dialog",
    "work.usual-week": "message",
    "work.copy-week": "message",
    "work.reason": "dialog",
    "work.attendance-typed": "dialog",
    "work.attendance-books": "message",
    "work.attendance-taken": "dialog",
    "work.hours-export": "dialog",
    "work.confirm": "dialog",
    "work.conditions": "dialog",
    "work.change-terms": "dialog",
    "work.figures": "dialog",
    "work.settings": "dialog",
    "work.appointments": "dialog",
    "work.hand-ins": "dialog",
    "work.register": "dialog",
    "work.transfer": "dialog",
    "work.year-end": "dialog",
    "tools.check": "message",
    "tools.server": "dialog",
    "tools.server-copy": "dialog",
    "tools.journal": "dialog",
    "edit.undo-list": "dialog",
    "tools.restore": "dialog",
    "tools.backup-settings": "dialog",
    "tools.retention": "dialog",
    "tools.hold": "dialog",
    "tools.person-export": "message",
    "tools.seats": "dialog",
    "help.guide": "dialog",
    "help.about": "dialog",
}
LAST = "file.quit"
LOCK = "file.lock"  # after it nothing else can be done
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, walked: Path, walked_file: Where) -> None:
    """The system's own dialogs answer at once: save to a fresh file, open a sample or another database."""
    sample = str(walked / "samples" / "rikunabi.csv")
    other = shutil.copy(walked / "walk.fjdb", tmp_path / "other.fjdb")
    names = iter(range(1000))

    def save(*_args: object, **_kw: object) -> tuple[str, str]:
        return str(tmp_path / f"saved-{next(names)}.xlsx"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(other), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([sample], ""))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: 0)


class Hands:
    """Does an action and says what came of it."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot = qtbot
        self.program = program
        self.window = program.window
        self.messages = told(program)
        self.changes: list[ChangeSet] = []
        self.queries: list[str] = []
        self.listen()

    def listen(self) -> None:
        desk = self.program.desk
        assert desk is not None
        desk.changed.connect(self.changes.append)
        ask = desk.query

        def query(fn: object, *args: object, **kwargs: object) -> object:
            self.queries.append(str(fn))
            return ask(fn, *args, **kwargs)  # type: ignore[arg-type]

        desk.query = query  # type: ignore[method-assign, assignment]

    def settle(self) -> None:
        settle(self.qtbot, self.program)

    def go_where_it_is_possible(self, action_id: str, tab: str) -> None:
        action = self.window.actions_table[action_id]
        for place in (tab, *TABS) if tab else ("home", *TABS):
            self.window.go_to(place)
            self.settle()
            if action.isEnabled():
                return
        raise AssertionError(action_id)

    def do(self, action_id: str) -> set[str]:
        self.messages.clear()
        self.changes.clear()
        self.queries.clear()
        page, desk = self.window.current_page(), self.program.desk
        before, focus = self.window.grab().toImage(), self.window.focusWidget()
        self.window.actions_table[action_id].trigger()
        self.settle()
        seen = {
            "dialog": bool(dialogs(self.program)),
            "message": bool(self.messages),
            "change": bool(self.changes),
            "query": bool(self.queries),
            "tab": self.window.current_page() is not page,
            "file": self.program.desk is not desk,
            "picture": self.window.grab().toImage() != before,
            "focus": self.window.focusWidget() is not focus,
        }
        for dialog in dialogs(self.program):
            dialog.close()
        self.settle()
        if seen["file"]:
            self.listen()
        return {effect for effect, happened in seen.items() if happened}

    def prepare(self, action_id: str) -> None:
        """Bring about what the action needs to have something to do."""
        if action_id not in {"file.save", "edit.undo"}:
            return
        page: Any = self.window.go_to("courses")
        self.settle()
        if action_id == "file.save":  # the action before left an empty new course
            self.qtbot.mouseClick(page.revert_button, LEFT)
        page.list.setCurrentRow(0)
        self.settle()
        page.editor.capacity.selectAll()
        self.qtbot.keyClicks(page.editor.capacity, "7" if action_id == "file.save" else "8")
        if action_id == "edit.undo":
            self.window.actions_table["file.save"].trigger()
            self.settle()


def test_the_table_here_is_complete() -> None:
    assert {spec.id for spec in ACTIONS} == {*EXPECTED, LAST, LOCK}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_action_does_what_it_is_for(
    start: Open, walked_file: Where, qtbot: QtBot, language: str
) -> None:
    set_language(language)
    program = start(walked_file)
    hands = Hands(qtbot, program)
    for spec in ACTIONS:
        if spec.id in {LAST, LOCK}:
            continue
        if spec.id not in {"file.save", "edit.undo", "edit.redo"}:
            away = "courses" if EXPECTED[spec.id] == "tab" and spec.id == "view.home" else ""
            hands.go_where_it_is_possible(spec.id, away or spec.tab)
        hands.prepare(spec.id)
        effects = hands.do(spec.id)
        assert EXPECTED[spec.id] in effects, (spec.id, effects)
    program.window.actions_table[LOCK].trigger()
    assert program.secrets.lock.locked
    program.secrets.lock.unlock()
    program.window.actions_table[LAST].trigger()
    assert not program.window.isVisible()
