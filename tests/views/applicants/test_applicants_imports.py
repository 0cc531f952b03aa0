from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from applicants_driver import SAMPLES, Quiet, column, dialog_of, drop, rest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import ListQuery, list_count
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.import_kinds import recognise
from fujisawa_desktop.views.applicants import ApplicantsTab, import_kinds
from fujisawa_desktop.views.applicants.import_dialog import ImportDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.tasks import Tasks

PORTAL = SAMPLES / "e-application.csv"


@pytest.fixture
def tab(database: Database, show: Callable[[], ApplicantsTab]) -> ApplicantsTab:
    """The tab of a programme nobody applied for yet."""
    return show()


def test_a_dropped_file_is_looked_at_and_then_taken_in(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    database: Database,
    programme_id: int,
    messages: list[Message],
) -> None:
    assert drop(tab, PORTAL)
    quiet()
    dialog = dialog_of(tab, ImportDialog)
    assert dialog.report is not None
    assert dialog.report.part("added").count == 220
    assert dialog.report.part("rejected").count == 3
    assert "Shift_JIS" in dialog.facts.text()
    assert dialog.model.rowCount() == 3
    assert list_count(database, ListQuery(programme_id)) == 0
    assert dialog.go.text() == "Take in 220 rows"
    assert dialog.go.hasFocus()
    qtbot.keyClick(dialog.go, Qt.Key.Key_Space)
    quiet()
    assert tab.model.rowCount() == 220
    assert "220 added" in messages[-1].text
    assert "3 rows were not taken in." in messages[-1].text
    undo(database)
    tab.reload()
    quiet()
    assert tab.model.rowCount() == 0


def test_each_count_opens_its_list(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.open_file(PORTAL)
    quiet()
    dialog = dialog_of(tab, ImportDialog)
    tiles = dialog.tiles.tiles
    assert tiles["rejected"].isChecked()
    heights = dialog.table.verticalHeader()
    assert dialog.table.rowHeight(0) > heights.defaultSectionSize(), "a long reason is shown whole"
    assert not tiles["updated"].isEnabled()
    qtbot.mouseClick(tiles["added"], Qt.MouseButton.LeftButton)
    assert dialog.model.rowCount() == 220
    assert dialog.model.headerData(1, Qt.Orientation.Horizontal) == "Number"
    qtbot.mouseClick(tiles["sample"], Qt.MouseButton.LeftButton)
    assert dialog.model.rowCount() == 50
    assert "→" in str(dialog.model.headerData(0, Qt.Orientation.Horizontal))
    assert tiles["added"].height() >= tiles["added"].sizeHint().height()


def test_the_second_portal_brings_the_pairs_in_doubt(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, messages: list[Message]
) -> None:
    tab.errands.take_in([PORTAL, SAMPLES / "rikunabi.csv"])
    quiet()
    dialog_of(tab, ImportDialog).take_in()
    quiet()
    second = dialog_of(tab, ImportDialog)
    assert second.report is not None
    assert second.report.part("suspected").count == 30
    qtbot.mouseClick(second.tiles.tiles["suspected"], Qt.MouseButton.LeftButton)
    heads = [second.model.headerData(at, Qt.Orientation.Horizontal) for at in range(6)]
    assert heads == ["Number", "Name", "Number", "Name", "Alike in", "Likeness"]
    assert all(str(second.model.index(0, at).data()).strip() for at in range(6))
    second.take_in()
    quiet()
    assert tab.model.rowCount() == 400
    assert "30 pairs may be one person." in messages[-1].text
    assert messages[-1].action == "Show those in doubt"
    assert messages[-1].on_action is not None
    messages[-1].on_action()
    quiet()
    assert tab.model.rowCount() == 60


def test_the_same_file_again_changes_nothing(tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.open_file(PORTAL)
    quiet()
    dialog_of(tab, ImportDialog).take_in()
    quiet()
    tab.open_file(PORTAL)
    quiet()
    dialog = dialog_of(tab, ImportDialog)
    assert dialog.report is not None
    assert dialog.report.part("unchanged").count == 220
    assert not dialog.go.isEnabled()
    assert dialog.stop.hasFocus()
    dialog.take_in()
    quiet()
    assert dialog.isVisible()


def test_changed_values_stand_old_beside_new(tab: ApplicantsTab, quiet: Quiet, tmp_path: Path) -> None:
    tab.open_file(PORTAL)
    quiet()
    dialog_of(tab, ImportDialog).take_in()
    quiet()
    lines = PORTAL.read_bytes().decode("cp932").split("\r\n")
    number = lines[1].split('","')[0].strip('"')
    old_mail = next(cell for cell in lines[1].split('","') if "@" in cell)
    lines[1] = lines[1].replace(old_mail, "new@example.ac.jp")
    changed = tmp_path / "again.csv"
    changed.write_bytes("\r\n".join(lines).encode("cp932"))
    tab.open_file(changed)
    quiet()
    dialog = dialog_of(tab, ImportDialog)
    dialog.tiles.tiles["updated"].click()
    cells = [str(dialog.model.index(0, at).data()) for at in range(dialog.model.columnCount())]
    assert cells[1] == number
    assert cells[3:] == ["Mail address", old_mail, "new@example.ac.jp", "is changed"]
    dialog.take_in()
    quiet()
    tab.search.setText("new@example.ac.jp")
    quiet()
    assert tab.model.rowCount() == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("e-application.csv", "applicants"),
        ("rikunabi.csv", "applicants"),
        ("decisions-first.csv", "decisions"),
        ("decisions-final.csv", "decisions"),
        ("availability.csv", "availability"),
        ("interviewers.csv", "interviewers"),
        ("hours.csv", "hours"),
    ],
)
def test_every_kind_of_file_is_told_by_its_headings(name: str, kind: str) -> None:
    assert recognise(SAMPLES / name).kind == kind


def test_results_of_a_screening_are_taken_in_by_the_same_dialog(
    people: Database, show: Callable[[], ApplicantsTab], qtbot: QtBot, tasks: Tasks, messages: list[Message]
) -> None:
    tab = show()
    tab.open_file(SAMPLES / "decisions-first.csv")
    rest(qtbot, tasks, tab)
    dialog = dialog_of(tab, ImportDialog)
    assert "Results of a screening" in dialog.facts.text()
    assert not dialog.profile.isVisible()
    assert dialog.tiles.tiles["sample"].isChecked()
    dialog.take_in()
    rest(qtbot, tasks, tab)
    assert "noted, not announced" in messages[-1].text
    assert "to be announced" in str(tab.model.index(0, column("status")).data())


@pytest.mark.parametrize("name", ["interviewers.csv", "availability.csv", "hours.csv"])
def test_files_of_the_other_tabs_are_looked_at_too(
    people: Database, show: Callable[[], ApplicantsTab], qtbot: QtBot, tasks: Tasks, name: str
) -> None:
    tab = show()
    tab.open_file(SAMPLES / name)
    rest(qtbot, tasks, tab)
    dialog = dialog_of(tab, ImportDialog)
    assert dialog.report is not None
    counted = [dialog.report.part(key).count for key in ("added", "updated", "unchanged", "rejected")]
    assert sum(counted) == dialog.report.rows > 0


def test_a_file_that_is_no_table_is_refused_in_words(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "picture.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    tab.open_file(bad)
    quiet()
    dialog = dialog_of(tab, ImportDialog)
    assert dialog.problem.isVisible()
    assert dialog.problem.title() == "This file cannot be taken in"
    assert not dialog.go.isVisible()
    monkeypatch.setattr(
        "fujisawa_desktop.views.applicants.errands.QFileDialog.getOpenFileNames",
        lambda *_args: ([str(PORTAL)], ""),
    )
    qtbot.mouseClick(dialog.problem.button, Qt.MouseButton.LeftButton)
    quiet()
    assert dialog_of(tab, ImportDialog).report is not None


def test_a_missing_column_is_asked_for(tab: ApplicantsTab, quiet: Quiet, tmp_path: Path) -> None:
    bad = tmp_path / "list.csv"
    bad.write_text("番号なし,お名前\n1,二\n", encoding="utf-8")
    tab.open_file(bad)
    quiet()
    dialog = dialog_of(tab, ImportDialog)
    assert dialog.columns.isVisible()
    assert dialog.columns.missing() == ("number", "courses")
    assert not dialog.go.isEnabled()


def test_stopping_while_reading_leaves_nothing(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, database: Database, programme_id: int
) -> None:
    tab.open_file(PORTAL)
    dialog = dialog_of(tab, ImportDialog)
    job = dialog._job
    assert job is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert job.stop.is_set()
    quiet()
    assert tab.findChildren(ImportDialog) == []
    assert list_count(database, ListQuery(programme_id)) == 0


def test_stopping_while_taking_in_keeps_nothing(
    tab: ApplicantsTab,
    quiet: Quiet,
    database: Database,
    programme_id: int,
    messages: list[Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab.open_file(PORTAL)
    quiet()

    def stopped(*_args: object, **_kwargs: object) -> None:
        raise Cancelled

    monkeypatch.setattr(import_kinds, "take_in", stopped)
    dialog_of(tab, ImportDialog).take_in()
    quiet()
    assert list_count(database, ListQuery(programme_id)) == 0
    assert messages[-1].text == "Stopped. Nothing was changed."


def test_another_layout_can_be_chosen(tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.open_file(PORTAL)
    quiet()
    dialog = dialog_of(tab, ImportDialog)
    assert dialog.profile.isVisible()
    at = dialog.profile.findData("e-application")
    assert at > 0
    dialog.profile.setCurrentIndex(at)
    quiet()
    assert dialog.report is not None
    assert dialog.report.part("added").count == 220


def test_what_is_no_table_is_left_to_the_window(tab: ApplicantsTab, tmp_path: Path) -> None:
    other = tmp_path / "other.fjdb"
    other.write_bytes(b"")
    assert not drop(tab, other)
    assert not tab.accepts_file(other)
    assert tab.accepts_file(Path("list.XLSX"))


def test_files_are_chosen_from_where_the_last_ones_were(
    tab: ApplicantsTab, quiet: Quiet, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    places: list[str] = []

    def choose(_parent: object, _title: str, folder: str, _filters: str) -> tuple[list[str], str]:
        places.append(folder)
        return [str(PORTAL)], ""

    monkeypatch.setattr("fujisawa_desktop.views.applicants.errands.QFileDialog.getOpenFileNames", choose)
    tab.actions_served()["file.import"]()
    quiet()
    dialog_of(tab, ImportDialog).reject()
    quiet()
    tab.centre.import_button.click()
    quiet()
    assert places[1] == str(SAMPLES)
