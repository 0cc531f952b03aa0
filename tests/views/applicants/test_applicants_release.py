from __future__ import annotations

from collections import Counter
from threading import Event

import pytest
from applicants_driver import SAMPLES, Quiet, dialog_of, everybody, results
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.selection import import_decisions, record_decisions
from fujisawa_desktop.views.applicants import ApplicantsTab, release_dialog
from fujisawa_desktop.views.applicants.release_dialog import ReleaseDialog, sentence
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.tasks import Tasks


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
