"""States, flags and groups as the list shows them, and the room they have."""

from __future__ import annotations

from itertools import pairwise

import pytest
from applicants_driver import Quiet, column, dialog_of
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Application, Interview
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Attendance, Result, Stage
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.rulings import FlagVerdict, rule_flag
from fujisawa_desktop.services.selection import record_decisions
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.columns import STATUS
from fujisawa_desktop.views.applicants.release_dialog import ReleaseDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.widgets import PILL_ROLE, CountedCheck
from fujisawa_desktop.views.widgets.pill import pill_size

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def pills(tab: ApplicantsTab, row: int) -> list[tuple[str, str]]:
    return list(tab.model.index(row, STATUS).data(PILL_ROLE))


@pytest.fixture
def decided(people: Database, programme_id: int) -> list[int]:
    """Two late entries a clerk decided about, the first one admitted."""
    found = [row.entry_id for row in list_page(people, ListQuery(programme_id, flags=frozenset({"late"})))]
    rule_flag(people, entry_id=found[0], flag="late", verdict=FlagVerdict.WAIVED, reason="portal was down")
    rule_flag(people, entry_id=found[1], flag="late", verdict=FlagVerdict.STANDS)
    return found


def test_a_decided_flag_does_not_look_like_an_open_one(
    qtbot: QtBot, decided: list[int], tab: ApplicantsTab, quiet: Quiet
) -> None:
    qtbot.mouseClick(tab.filters.flags.box("late"), LEFT)
    quiet()
    assert tab.model.rowCount() == len(decided) > 2
    assert pills(tab, 0)[-1] == ("Late: admitted", "neutral")
    assert pills(tab, 1)[-1] == ("Late: out", "wrong")
    assert pills(tab, 2)[-1] == ("Late", "caution")
    qtbot.mouseClick(tab.filters.open_flags, LEFT)
    quiet()
    assert tab.model.rowCount() == len(decided) - 2 == tab.filters.flags.box("late").count()
    assert tab.centre.conditions.texts() == ["Marks: Late", "Marks: Undecided only"]
    qtbot.keyClick(tab.centre.conditions.chips[1], Qt.Key.Key_Delete)
    quiet()
    assert not tab.filters.open_flags.isChecked()
    assert tab.model.rowCount() == len(decided)


def test_only_undecided_flags_are_a_list_of_their_own(
    qtbot: QtBot, decided: list[int], tab: ApplicantsTab, quiet: Quiet
) -> None:
    tab.filters.open_flags.setFocus()
    qtbot.keyClick(tab.filters.open_flags, Qt.Key.Key_Space)
    quiet()
    shown = {tab.model.row_at(row).entry_id for row in range(min(tab.model.rowCount(), 32))}  # type: ignore[union-attr]
    assert 0 < tab.model.rowCount() < 100
    assert not shown & set(decided[:2])
    qtbot.mouseClick(tab.filters.clear_button, LEFT)
    quiet()
    assert tab.model.rowCount() == 400


def test_the_state_says_how_far_the_interview_is(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    found = [row for row in list_page(people, ListQuery(programme_id)) if not row.flags][:3]
    with unit_of_work(people, "test.passed") as work:
        passed = {"status": ApplicationStatus.FIRST_PASSED}
        work.update_many(Application, {key: passed for row in found for key in row.application_ids})
        for row, attendance in zip(found[1:], (None, Attendance.ABSENT), strict=True):
            work.session.add(
                Interview(
                    programme_id=programme_id,
                    entry_id=row.entry_id,
                    applicant_id=row.applicant_id,
                    starts_at=row.received_at,
                    ends_at=row.received_at.replace(year=2030),
                    attendance=attendance,
                )
            )
        work.commit()
    tab.table.show_column("progress", shown=True)
    at = tab.table.header.sectionViewportPosition(column("progress")) + 10
    qtbot.mouseClick(tab.table.header.viewport(), LEFT, pos=QPoint(at, 10))
    quiet()
    tab.reload()
    quiet()
    assert [pills(tab, row)[0] for row in range(4)] == [
        ("Passed 1st: Arranging the interview", "good"),
        ("Passed 1st: Interview booked", "good"),
        ("Passed 1st: Absent", "caution"),
        ("Received", "neutral"),
    ]
    told = [tab.model.index(row, column("progress")).data() for row in range(4)]
    assert told == ["Arranging the interview", "Interview booked", "Absent", ""]


def test_everybody_a_check_is_about_is_shown_as_a_group(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, desk: Desk
) -> None:
    late = list_page(people, ListQuery(programme_id, flags=frozenset({"late"})))
    chosen = [key for row in late for key in row.application_ids]
    record_decisions(people, application_ids=chosen, stage=Stage.FIRST, result=Result.PASS)
    tab.search.setText("新井")
    tab.centre.release_wanted.emit(Stage.FIRST)
    quiet()
    dialog = dialog_of(tab, ReleaseDialog)
    place = next(at for at, check in enumerate(dialog.shown) if check.code == "flags")
    dialog.checks.select_row(place)
    qtbot.mouseClick(dialog.all_of_them, LEFT)
    quiet()
    assert desk.group.entry_ids == {row.entry_id for row in late}
    assert tab.model.rowCount() == len(late)
    assert tab.search.text() == ""
    assert tab.centre.group_chip.only_button.text() == f"Marks only: {len(late)}"
    qtbot.mouseClick(tab.centre.group_chip.drop_button, LEFT)
    quiet()
    assert tab.model.rowCount() == 400


def test_all_without_a_result_are_shown_not_only_those_named(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("fujisawa_desktop.services.selection_check.NAMED", 5)
    [first, *_others] = [row for row in list_page(people, ListQuery(programme_id)) if not row.flags]
    record_decisions(people, application_ids=first.application_ids, stage=Stage.FIRST, result=Result.PASS)
    tab.centre.release_wanted.emit(Stage.FIRST)
    quiet()
    dialog = dialog_of(tab, ReleaseDialog)
    check = next(check for check in dialog.shown if check.code == "decided")
    dialog.checks.select_row(dialog.shown.index(check))
    assert dialog.people_model.rowCount() == 5 < check.count
    assert dialog.people_title.text() == f"{check.count} people concerned"
    qtbot.mouseClick(dialog.all_of_them, LEFT)
    quiet()
    assert tab.model.rowCount() == check.count > 300


def test_a_group_is_made_although_something_else_is_asked_at_once(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, desk: Desk
) -> None:
    tab.table.select_ranges([(0, 2)], 0)
    wanted = {tab.model.row_at(row).entry_id for row in range(3)}  # type: ignore[union-attr]
    tab.table.setFocus()
    assert tab.listing.ids is None
    qtbot.keyClick(tab.table, Qt.Key.Key_G, CONTROL)
    tab.search.setText("zzzz")
    quiet()
    assert tab.model.rowCount() == 0
    assert desk.group.entry_ids == wanted


def test_the_state_keeps_its_room_beside_the_widest_details(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    set_language("ja")
    tab.resize(1280, 700)
    tab.splitter.setSizes([216, 100, 2000])
    quiet()
    assert tab.pane.width() == tab.pane.maximumWidth() == tab.pane.view.width()
    longest = pill_size("1次合格・日程調整中").width() + pill_size("重複？").width()
    assert tab.table.columnWidth(STATUS) >= longest
    assert not tab.table.horizontalScrollBar().maximum()
    assert {"number", "name", "status"} <= set(tab.table.shown_keys())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_of_a_person_is_wider_than_a_narrow_pane(
    tab: ApplicantsTab, quiet: Quiet, people: Database, language: str
) -> None:
    set_language(language)
    tab.resize(1280, 700)
    tab.table.select_row(1)
    quiet()
    area = tab.pane.view.area
    sheet = area.widget()
    area.setFixedWidth(280)
    quiet()
    assert sheet.minimumSizeHint().width() <= area.viewport().width()
    assert sheet.width() == area.viewport().width()


def test_the_boxes_of_the_filters_stand_at_even_distances(tab: ApplicantsTab, quiet: Quiet) -> None:
    for height in range(560, 760, 20):
        tab.resize(1240, height)
        quiet()
        for group in tab.filters.groups():
            tops = [box.mapTo(group, QPoint()).y() for box in group.findChildren(CountedCheck)]
            assert {lower - upper for upper, lower in pairwise(tops)} <= {23}


def test_what_somebody_wrote_stands_before_what_clerks_noted(tab: ApplicantsTab) -> None:
    told = tab.pane.view.labels()
    assert tab.pane.person is not None
    order = [tab.pane.person.answers[0][0], "Notes", "History"]
    assert [told.index(heading) for heading in order] == sorted(told.index(heading) for heading in order)
