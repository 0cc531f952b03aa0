from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from applicants_driver import SAMPLES, cells, column, dialog_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, list_page
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.selection import import_decisions, record_decisions, release
from fujisawa_desktop.views.applicants import ApplicantsTab, decision_dialog, release_dialog
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.applicants.release_dialog import ReleaseDialog, sentence
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.tasks import Tasks

Quiet = Callable[[], None]


def everybody(people: Database, programme_id: int, **where: object) -> list[ApplicantRow]:
    return list_page(people, ListQuery(programme_id, **where), 0, 1000)  # type: ignore[arg-type]


def results(people: Database, programme_id: int) -> Counter[Result]:
    return Counter(one.result for row in everybody(people, programme_id) for one in row.pending)


@pytest.fixture
def first_announced(people: Database, programme_id: int) -> None:
    """The first screening is over: 60 passed."""
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    release(people, programme_id=programme_id, stage=Stage.FIRST)


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


@pytest.fixture
def gate(tasks: Tasks) -> Iterator[Event]:
    """Until it is opened, nothing that was asked for is written."""
    gate = Event()
    tasks.run_write(gate.wait, lambda _opened: None)
    yield gate
    gate.set()


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


@pytest.mark.parametrize("stops", [True, False])
def test_an_announcement_of_many_can_be_stopped(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    tasks: Tasks,
    monkeypatch: pytest.MonkeyPatch,
    stops: bool,
) -> None:
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    monkeypatch.setattr(release_dialog, "BULK_FROM", 100)
    dialog = ReleaseDialog(tab.desk, Stage.FIRST, tab)
    dialog.open()
    quiet()
    gate = Event()
    tasks.run_write(gate.wait, lambda _opened: None)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.bar.isVisible()
    if stops:
        qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    gate.set()
    quiet()
    announced = everybody(people, programme_id, statuses=frozenset({ApplicationStatus.FIRST_PASSED}))
    assert bool(announced) is not stops


def test_checks_under_way_show_how_far_they_are_and_are_let_go_with_the_dialog(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, tasks: Tasks
) -> None:
    gate = Event()
    tasks.run_read(gate.wait, lambda _opened: None)
    dialog = ReleaseDialog(tab.desk, Stage.FIRST, tab)
    dialog.open()
    assert not dialog.bar.isVisible(), "nothing flickers while it may be short"
    qtbot.waitUntil(dialog.bar.isVisible)
    closed: list[object] = []
    dialog.destroyed.connect(lambda: closed.append(True))
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(closed))
    gate.set()
    quiet()


def test_only_the_checks_of_the_screening_chosen_last_are_shown(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, tasks: Tasks
) -> None:
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    gate = Event()
    tasks.run_read(gate.wait, lambda _opened: None)
    dialog = ReleaseDialog(tab.desk, Stage.FIRST, tab)
    dialog.open()
    dialog.final_radio.click()
    gate.set()
    quiet()
    assert dialog.rehearsal is not None
    assert dialog.rehearsal.stage is Stage.FINAL
    assert not dialog.bar.isVisible()


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


def test_a_release_is_looked_at_and_then_announced_as_a_whole(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    messages: list[Message],
) -> None:
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    tab.reload()
    quiet()
    noted = results(people, programme_id)
    tab.actions_served()["selection.release-first"]()
    quiet()
    dialog = dialog_of(tab, ReleaseDialog)
    passes = sum(int(str(dialog.model.index(row, 1).data())) for row in range(dialog.model.rowCount()))
    assert passes == noted[Result.PASS]
    assert dialog.go.text() == f"Announce {noted.total()} results"
    assert "a flag nobody has waived" in dialog.caution.text()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    quiet()
    assert results(people, programme_id) == {}
    statuses = Counter(row.status for row in everybody(people, programme_id))
    assert statuses[ApplicationStatus.FIRST_PASSED] == 60
    assert f"{noted[Result.PASS]} passed" in messages[-1].text
    wanted: list[str] = []
    tab.act_wanted.connect(wanted.append)
    assert messages[-1].on_action is not None
    messages[-1].on_action()
    assert wanted == ["papers.first-result"]
    undo(people)
    assert results(people, programme_id) == noted


def test_a_release_names_those_without_a_result_and_shows_them(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    chosen = [key for row in everybody(people, programme_id)[:10] for key in row.application_ids]
    record_decisions(people, application_ids=chosen, stage=Stage.FIRST, result=Result.PASS)
    tab.centre.release_wanted.emit(Stage.FIRST)
    quiet()
    dialog = dialog_of(tab, ReleaseDialog)
    assert dialog.current_check() is not None
    assert "have no result and get no letter" in sentence(dialog.current_check())
    qtbot.mouseClick(dialog.undecided, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.filters.statuses.selected() == {ApplicationStatus.RECEIVED}
    assert {row.status for row in everybody(people, programme_id)} >= {ApplicationStatus.RECEIVED}


def test_nothing_noted_cannot_be_announced(tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.errands.release(Stage.FINAL)
    quiet()
    dialog = dialog_of(tab, ReleaseDialog)
    assert not dialog.go.isEnabled()
    assert "No results are noted yet" in dialog.summary.text()


def test_a_release_that_is_refused_says_why_and_changes_nothing(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, first_announced: None
) -> None:
    passed = everybody(
        people,
        programme_id,
        statuses=frozenset({ApplicationStatus.FIRST_PASSED}),
        course_ids=frozenset({1}),
    )
    for row in passed[:2]:
        key = row.application_ids[row.course_ids.index(1)]
        record_decisions(
            people, application_ids=[key], stage=Stage.FINAL, result=Result.RESERVE, reserve_rank=1
        )
    tab.errands.release(Stage.FINAL)
    quiet()
    dialog = dialog_of(tab, ReleaseDialog)
    assert not dialog.go.isEnabled()
    assert dialog.current_check().code == "reserves"
    assert dialog.people_model.rowCount() == 2
    dialog.announce()
    quiet()
    assert dialog.isVisible()
    assert "share the rank 1" in dialog.problem.text()
    assert results(people, programme_id) == {Result.RESERVE: 2}


def test_more_passes_than_places_are_pointed_out(
    tab: ApplicantsTab,
    quiet: Quiet,
    people: Database,
    programme_id: int,
    first_announced: None,
    messages: list[Message],
) -> None:
    passed = everybody(
        people,
        programme_id,
        statuses=frozenset({ApplicationStatus.FIRST_PASSED}),
        course_ids=frozenset({1}),
    )
    chosen = [row.application_ids[row.course_ids.index(1)] for row in passed[:9]]
    record_decisions(people, application_ids=chosen, stage=Stage.FINAL, result=Result.PASS)
    tab.errands.release(Stage.FINAL)
    quiet()
    dialog = dialog_of(tab, ReleaseDialog)
    assert dialog.current_check().code == "capacity"
    assert dialog.people_model.rowCount() == 9
    assert dialog.model.columnCount() == 6
    dialog.announce()
    quiet()
    assert dialog.isVisible()
    assert "Write the reason" in dialog.reason_field.error()
    dialog.reason.setText("定員は程度のため")
    dialog.announce()
    quiet()
    assert messages[-1].tone == "caution"
