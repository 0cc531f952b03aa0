from __future__ import annotations

from threading import Event

import pytest
from applicants_driver import Quiet, cells, column, dialog_of, everybody, results
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.views.applicants import ApplicantsTab, decision_dialog
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.notify import Message


def opened(tab: ApplicantsTab, quiet: Quiet, key: str) -> DecisionDialog:
    tab.decide(key)
    quiet()
    return dialog_of(tab, DecisionDialog)


def choose_item(dialog: DecisionDialog, key: str) -> None:
    dialog.deed_box.setCurrentIndex(dialog.deed_box.findData(key))


def test_the_menu_of_the_button_opens_the_dialog_for_the_chosen(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    messages: list[Message],
) -> None:
    tab.table.select_ranges([(0, 2)], 0)
    numbers = cells(tab, "number", 3)
    action = next(a for a in tab.centre.decide_button.menu().actions() if a.text() == "1st screening: fail…")
    action.trigger()
    quiet()
    dialog = dialog_of(tab, DecisionDialog)
    assert dialog.chosen_radio.isChecked()
    assert dialog.chosen_radio.text() == "The 3 chosen"
    assert "recorded for 3 applications" in dialog.summary.text()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    quiet()
    decided = [row.number for row in everybody(people, programme_id) if row.pending]
    assert sorted(decided) == sorted(numbers)
    assert "to be announced" in str(tab.model.index(0, column("status")).data())
    assert messages[-1].text.startswith("1st screening: fail: noted for 3.")
    assert tab.table.selected_count() == 3
    undo(people)
    assert results(people, programme_id) == {}


def test_all_of_the_list_are_decided_at_once_and_those_who_cannot_are_named(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    withdrawn = everybody(people, programme_id, statuses=frozenset({ApplicationStatus.WITHDRAWN}))
    dialog = opened(tab, quiet, "first-pass")
    assert dialog.shown_radio.text() == "All 400 in the list"
    qtbot.mouseClick(dialog.shown_radio, Qt.MouseButton.LeftButton)
    quiet()
    assert dialog.left_title.text() == f"{len(withdrawn)} stay as they are"
    named = {dialog.left_model.index(row, 0).data() for row in range(dialog.left_model.rowCount())}
    assert named == {row.number for row in withdrawn}
    assert "withdrawn" in str(dialog.left_model.index(0, 3).data())
    assert "flag that nobody has waived" in dialog.caution.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    quiet()
    standing = [row for row in everybody(people, programme_id) if row.status is ApplicationStatus.RECEIVED]
    assert all(row.pending for row in standing)
    assert results(people, programme_id)[Result.PASS] >= 396


@pytest.mark.parametrize("stops", [True, False])
def test_an_act_about_many_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    messages: list[Message],
    monkeypatch: pytest.MonkeyPatch,
    gate: Event,
    stops: bool,
) -> None:
    monkeypatch.setattr(decision_dialog, "BULK_FROM", 300)
    monkeypatch.setattr("fujisawa_desktop.views.tasks.THROTTLE_SECONDS", 0.0)  # on a quick machine too
    dialog = opened_of_all(qtbot, tab)
    told: list[int] = []
    dialog.bar.valueChanged.connect(told.append)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.bar.isVisible()
    if stops:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert not dialog.stop.isEnabled()
    gate.set()
    quiet()
    assert not tab.findChildren(DecisionDialog)
    if stops:
        assert results(people, programme_id) == {}
        assert "stopped" in messages[-1].text.lower()
    else:
        assert results(people, programme_id)[Result.PASS] >= 396
        assert max(told) >= 1_000


def test_a_few_are_decided_without_a_bar(qtbot: QtBot, tab: ApplicantsTab, gate: Event, quiet: Quiet) -> None:
    dialog = opened_of_all(qtbot, tab)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.bar.isHidden()
    gate.set()
    quiet()


def opened_of_all(qtbot: QtBot, tab: ApplicantsTab) -> DecisionDialog:
    """Open the dialog for everybody; the writer may be busy meanwhile."""
    tab.decide("first-pass")
    qtbot.waitUntil(lambda: bool(tab.findChildren(DecisionDialog)))
    dialog = dialog_of(tab, DecisionDialog)
    dialog.shown_radio.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    return dialog


def test_only_the_filtered_are_meant_by_the_list(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    tab.search.setText("新井")
    quiet()
    shown = tab.model.rowCount()
    dialog = opened(tab, quiet, "first-pass")
    dialog.shown_radio.click()
    quiet()
    dialog.record()
    quiet()
    assert results(people, programme_id) == {Result.PASS: shown}


def test_one_course_of_two_is_decided_alone(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    both = next(row for row in everybody(people, programme_id) if len(row.courses) == 2)
    tab.search.setText(both.number)
    quiet()
    dialog = opened(tab, quiet, "first-pass")
    assert len(dialog.foresight.application_ids) == 2  # type: ignore[union-attr]
    dialog.course_box.setCurrentIndex(2)
    quiet()
    assert dialog.foresight.application_ids == (both.application_ids[both.course_ids.index(2)],)  # type: ignore[union-attr]
    dialog.record()
    quiet()
    assert results(people, programme_id) == {Result.PASS: 1}


def test_an_impossible_deed_cannot_be_recorded(tab: ApplicantsTab, quiet: Quiet) -> None:
    dialog = opened(tab, quiet, "final-pass")
    assert not dialog.go.isEnabled()
    assert dialog.summary.text() == "Nothing would change for these people."
    assert dialog.left_model.rowCount() == 1
    choose_item(dialog, "first-pass")
    quiet()
    assert dialog.go.isEnabled()
    choose_item(dialog, "accept")
    quiet()
    assert not dialog.go.isEnabled()
    assert dialog.channel_field.isVisible()
    dialog.record()
    assert dialog.isVisible()


def test_a_changed_mind_replaces_what_was_noted_and_can_take_it_out(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, messages: list[Message]
) -> None:
    opened(tab, quiet, "first-pass").record()
    quiet()
    dialog = opened(tab, quiet, "first-fail")
    assert "another result noted" in dialog.caution.text()
    dialog.record()
    quiet()
    assert results(people, programme_id) == {Result.FAIL: 1}
    again = opened(tab, quiet, "first-fail")
    assert not again.go.isEnabled()
    choose_item(again, "first-clear")
    quiet()
    again.record()
    quiet()
    assert results(people, programme_id) == {}
    assert "recorded for 1" in messages[-1].text


def test_reserves_get_ranks_in_the_order_of_the_list(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, first_announced: None
) -> None:
    tab.filters.select(statuses=[ApplicationStatus.FIRST_PASSED], courses=[1])
    quiet()
    tab.table.select_ranges([(0, 2)], 0)
    order = cells(tab, "number", 3)
    dialog = opened(tab, quiet, "final-reserve")
    assert not dialog.rank_field.isVisible()
    assert "next free rank" in dialog.summary.text()
    dialog.record()
    quiet()
    ranks = {
        row.number: row.pending[0].reserve_rank for row in everybody(people, programme_id) if row.pending
    }
    assert [ranks[number] for number in order] == [1, 2, 3]


def test_a_single_reserve_may_be_given_its_rank(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, first_announced: None
) -> None:
    tab.filters.select(statuses=[ApplicationStatus.FIRST_PASSED], courses=[1])
    quiet()
    dialog = opened(tab, quiet, "final-reserve")
    assert dialog.rank_field.isVisible()
    qtbot.keyClicks(dialog.rank, "x")
    dialog.record()
    assert dialog.rank_field.error()
    dialog.rank.clear()
    dialog.rank.insert("４")
    dialog.record()
    quiet()
    assert [row.pending[0].reserve_rank for row in everybody(people, programme_id) if row.pending] == [4]


def test_a_withdrawal_keeps_how_and_why(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    dialog = opened(tab, quiet, "withdraw")
    dialog.channel.setCurrentText("by telephone")
    qtbot.keyClicks(dialog.reason, "abroad")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    quiet()
    assert any("by telephone" in line and "abroad" in line for line in tab.pane.view.labels())
    assert str(tab.model.index(0, column("status")).data()).startswith("Withdrawn")
    undo(people)
    tab.reload()
    quiet()
    assert tab.model.index(0, column("status")).data() == "Received"


def test_the_actions_of_the_window_choose_the_screening_that_is_due(
    tab: ApplicantsTab, quiet: Quiet, first_announced: None
) -> None:
    tab.filters.select(statuses=[ApplicationStatus.FIRST_PASSED])
    quiet()
    served = tab.actions_served()
    for action, key in (
        ("selection.pass", "final-pass"),
        ("selection.fail", "final-fail"),
        ("selection.reserve", "final-reserve"),
        ("selection.accept", "accept"),
        ("selection.withdraw", "withdraw"),
    ):
        served[action]()
        quiet()
        dialog = dialog_of(tab, DecisionDialog)
        assert dialog.deed().key == key
        dialog.reject()
        quiet()
    tab.filters.select(statuses=[ApplicationStatus.RECEIVED])
    quiet()
    served["selection.pass"]()
    quiet()
    assert dialog_of(tab, DecisionDialog).deed().key == "first-pass"


def test_with_nobody_in_the_list_nothing_opens(
    tab: ApplicantsTab, quiet: Quiet, messages: list[Message]
) -> None:
    tab.search.setText("zzzz")
    quiet()
    tab.decide("first-pass")
    quiet()
    assert tab.findChildren(DecisionDialog) == []
    assert messages[-1].tone == "caution"
