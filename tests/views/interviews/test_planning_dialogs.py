"""Estimate, settings of the interviews and of an interviewer, and what a plan is said to have proven."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest
from interview_driver import Driver
from interview_scene import at, interviewer_named
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.rules.interviewing import InterviewScope
from fujisawa_desktop.rules.planning_model import Aim, Measure
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_drafts import save_draft
from fujisawa_desktop.services.interview_plan import make_plan
from fujisawa_desktop.services.interview_settings import interview_settings, interviewer_settings
from fujisawa_desktop.views.interviews import InterviewsTab
from fujisawa_desktop.views.interviews.drafts_dialog import DraftsDialog
from fujisawa_desktop.views.interviews.estimate_dialog import EstimateDialog
from fujisawa_desktop.views.interviews.interview_settings_dialog import InterviewSettingsDialog
from fujisawa_desktop.views.interviews.interviewer_form import InterviewerForm
from fujisawa_desktop.views.interviews.interviewers_dialog import InterviewersDialog
from fujisawa_desktop.views.interviews.plan_sections import AimList
from fujisawa_desktop.views.interviews.plan_words import proof
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.widgets import field_named

LEFT = Qt.MouseButton.LeftButton
D = TypeVar("D", bound=QDialog)


def opened(driver: Driver, action: str, kind: type[D]) -> D:
    driver.tab.actions_served()[action]()
    driver.settle()
    found = driver.tab.findChild(kind)
    assert found is not None
    return found


def click(driver: Driver, text: str, within: QWidget) -> None:
    buttons = within.findChildren(QPushButton)
    button = next(one for one in buttons if one.text() == text and one.isVisibleTo(within))
    assert button.isEnabled()
    driver.qtbot.mouseClick(button, LEFT)
    driver.settle()


class TestEstimate:
    def test_the_answer_follows_what_is_typed(self, driver: Driver) -> None:
        form = opened(driver, "plan.estimate", EstimateDialog)
        first, second = form.people.values()
        assert (first.value(), second.value()) == (4, 4)
        first.setFocus()
        first.selectAll()
        driver.qtbot.keyClicks(first, "60")
        assert form.found is not None
        assert (form.found.people, form.found.demand.interviews) == (64, 77)
        assert "64 interviews of 30 minutes take 6 interviewer-days" in form.need.text()
        assert "are missing" in form.supply.text()
        assert "DX・スマートシティ" in form.supply.text()
        first.clear()
        first.insert("１０")
        assert "enough for 14 people" in form.supply.text()

    def test_what_cannot_be_read_is_said_and_the_answer_stays(self, driver: Driver) -> None:
        form = opened(driver, "plan.estimate", EstimateDialog)
        before = form.found
        form.reserve.setText("many")
        assert form.wrong.isVisibleTo(form)
        assert form.found is before
        form.reserve.setText("0")
        assert form.wrong.isHidden()
        assert form.found is not None
        assert form.found.demand.interviews == 8

    def test_it_is_copied_and_printed(self, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        form = opened(driver, "plan.estimate", EstimateDialog)
        click(driver, "Copy", form)
        copied = QGuiApplication.clipboard().text()
        assert "Interviewer-days\t1" in copied
        assert form.need.text() in copied
        assert copied in form.document().toPlainText()
        asked = []
        monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: asked.append(dialog) or 0)
        click(driver, "Print…", form)
        assert len(asked) == 1


class TestSettings:
    def test_they_are_changed_in_one_act_and_taken_back(self, driver: Driver) -> None:
        database, programme_id = driver.desk.database, driver.desk.programme_id
        before = interview_settings(database, programme_id=programme_id)
        form = opened(driver, "plan.settings", InterviewSettingsDialog)
        form.slot.setText("２０")
        form.gap.setText("5")
        form.limit.setText("6")
        form.panel.setText("職員課、anybody")
        form.scope.setCurrentIndex(form.scope.findData(InterviewScope.PERSON))
        form.lunch_from.clear()
        form.lunch_until.clear()
        driver.qtbot.keyClick(form.gap, Qt.Key.Key_Tab)
        click(driver, "Save", form)
        found = interview_settings(database, programme_id=programme_id)
        assert (found.interview_slot_minutes, found.interview_gap_minutes) == (20, 5)
        assert (found.interview_daily_limit, found.interview_panel) == (6, ("職員課", ""))
        assert (found.interview_scope, found.lunch_from) == (InterviewScope.PERSON, None)
        undo(database)
        after = interview_settings(database, programme_id=programme_id)
        assert replace(after, version=0) == replace(before, version=0)

    def test_an_empty_field_is_said_beside_it(self, driver: Driver) -> None:
        form = opened(driver, "plan.settings", InterviewSettingsDialog)
        form.slot.clear()
        click(driver, "Save", form)
        field = field_named(form, "interview_slot_minutes")
        assert field is not None
        assert field.error()

    def test_what_booked_interviews_do_not_fit_is_said_and_saved_only_on_demand(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        driver.book(0, "辻", at(9))
        form = opened(driver, "plan.settings", InterviewSettingsDialog)
        form.day_from.setText("10:00")
        click(driver, "Save", form)
        assert "1 booked interviews would not fit" in form.wrong.text()
        assert driver.view().day_from.hour == 9
        click(driver, "Save all the same", form)
        assert driver.view().day_from.hour == 10
        assert messages[-1].tone == "caution"

    def test_what_an_interviewer_does_is_changed_from_the_list_of_times(self, driver: Driver) -> None:
        driver.qtbot.mouseClick(driver.tab.bar.interviewers, LEFT)
        driver.settle()
        window = driver.tab.findChild(InterviewersDialog)
        assert window is not None
        window.table.select_row(0)
        click(driver, "What this interviewer does…", window)
        form = window.findChild(InterviewerForm)
        assert form is not None
        assert form.name.text() == "職員課　佐野"
        form.role.setEditText("職員課")
        form.limit.setText("5")
        form.support.setChecked(True)
        form.url.setText("http://example.com/a")
        click(driver, "Save", form)
        field = field_named(form, "meeting_url")
        assert field is not None
        assert "https" in field.error()
        form.url.setText("https://meet.example.jp/a")
        click(driver, "Save", form)
        everybody = interviewer_settings(driver.desk.database, programme_id=driver.desk.programme_id)
        who = interviewer_named(driver.view(), "佐野")
        found = next(one for one in everybody if one.interviewer_id == who)
        assert (found.role, found.daily_limit, found.gives_support) == ("職員課", 5, True)
        assert found.meeting_url == "https://meet.example.jp/a"


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure(Aim.PLACED, 57, 57), "Proven to be the best"),
        (Measure(Aim.PLACED, 57, 59), "Time ran out: at most 2 more"),
        (Measure(Aim.KEPT, 3, 1), "Time ran out: at most 2 fewer"),
        (Measure(Aim.NEEDS, 3, 4), "Unproven: at most 1 more"),
        (Measure(Aim.DAYS, 12, 11), "Unproven: at most 1 day less"),
        (Measure(Aim.LOAD, 9, 7), "Unproven: at most 2 less"),
        (Measure(Aim.COMPACT, 90, 30), "Unproven: at most 1:00 less"),
    ],
)
def test_what_is_proven_is_said_aim_by_aim(measure: Measure, words: str) -> None:
    set_language("en")
    assert proof(measure) == words


def test_every_aim_is_said_to_a_screen_reader_with_its_proof(qtbot: QtBot) -> None:
    set_language("ja")
    shown = AimList([Measure(Aim.PLACED, 57, 60), Measure(Aim.KEPT, 0, 0)], 60)
    qtbot.addWidget(shown)
    assert shown.accessibleName().splitlines() == [
        "枠が決まる人数 57 / 60 名, 時間切れ：あと最大3人",
        "通知済みの変更 0, 最適と証明済み",
    ]


def test_a_file_that_may_only_be_read_is_planned_and_tried_but_not_changed(
    driver: Driver, qtbot: QtBot
) -> None:
    database, desk = driver.desk.database, driver.desk
    plan = make_plan(database, programme_id=desk.programme_id)
    save_draft(database, plan=plan, name="kept")
    desk.database = open_database(database.path or "", read_only=True)
    tab = InterviewsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    driver.settle()
    reader = Driver(qtbot, tab, desk, driver.settle)
    tab.make_plan()
    driver.settle()
    texts = [one.text() for one in tab.panel.findChildren(QPushButton) if one.isVisibleTo(tab.panel)]
    assert "Keep this plan…" not in texts
    assert "Try what would be…" in texts
    window = opened(reader, "plan.drafts", DraftsDialog)
    assert [row.name for row in window.rows] == ["kept"]
    assert not window.apply_button.isEnabled()
    assert not window.delete_button.isEnabled()
    desk.database.dispose()
