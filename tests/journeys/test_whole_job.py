"""The whole job of a year, done by a clerk with mouse and keyboard in the real window."""

from __future__ import annotations

import json

from places import Where
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.applicants import ListQuery, list_count
from fujisawa_desktop.services.interview_calendar import interview_rows
from fujisawa_desktop.services.pay import pay_for_month
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import Open, told

SAMPLES = resources_dir() / "samples"
PLACED = 56
"""Of the sixty, eight of one course can come at one hour only, when four can be seen."""


def count(program: Program) -> int:
    assert program.desk is not None
    return list_count(program.desk.database, ListQuery(programme_id=program.desk.programme_id))


def test_from_two_portal_files_to_pay_and_back(start: Open, new_file: Where, qtbot: QtBot) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    program = start(new_file)
    desk = program.desk
    assert desk is not None
    clerk = Clerk(qtbot, program)
    messages = told(program)

    clerk.open_tab(2)
    clerk.drop(SAMPLES / "e-application.csv")
    clerk.drop(SAMPLES / "rikunabi.csv")
    assert count(program) == sum(truth["importable"].values())
    clerk.drop(SAMPLES / "decisions-first.csv")
    clerk.act("selection.release-first")
    clerk.confirm()
    clerk.drop(SAMPLES / "availability.csv")
    clerk.drop(SAMPLES / "interviewers.csv")

    clerk.open_tab(3)
    clerk.click(clerk.page.bar.plan)
    clerk.click(clerk.page.bar.apply)
    planned = interview_rows(desk.database, programme_id=desk.programme_id)
    assert len(planned) == PLACED

    clerk.open_tab(2)
    clerk.drop(SAMPLES / "decisions-final.csv")
    clerk.act("selection.release-final")
    clerk.confirm()
    for number in truth["hired"]:
        clerk.type_into_search(number)
        clerk.page.table.setFocus()
        clerk.qtbot.keyClick(clerk.page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        clerk.act("selection.accept")
        clerk.confirm()

    clerk.open_tab(4)
    clerk.act("work.appoint")
    if clerk.dialogs():
        clerk.confirm()
    clerk.drop(SAMPLES / "hours.csv")
    december = pay_for_month(desk.database, programme_id=desk.programme_id, year=2024, month=12)
    paid = {row.number: (row.minutes, row.pay) for row in december}
    assert paid == {number: tuple(value) for number, value in truth["hours"].items()}

    assert clerk.gestures <= 50
    acts = 0
    clerk.open_tab(0)
    while clerk.window.actions_table["edit.undo"].isEnabled():
        clerk.act("edit.undo")
        acts += 1
        assert acts < 60
    assert count(program) == 0
    assert acts >= 12
    assert not [message for message in messages if message.tone == "wrong"]
