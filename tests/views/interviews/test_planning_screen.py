"""Trying, making real, keeping, comparing and booking plans, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import TypeVar

import pytest
from interview_driver import Driver
from interview_scene import at, interviewers_file
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_drafts import drafts
from fujisawa_desktop.services.interview_imports import import_interviewers
from fujisawa_desktop.views.interviews.assume_dialog import AssumeDialog
from fujisawa_desktop.views.interviews.assume_lines import AdditionLine
from fujisawa_desktop.views.interviews.compare_plans_dialog import ComparePlansDialog
from fujisawa_desktop.views.interviews.drafts_dialog import DraftsDialog, KeepDialog
from fujisawa_desktop.views.interviews.plan_sections import Figures
from fujisawa_desktop.views.interviews.plan_tables import ChangesDialog, LoadDialog
from fujisawa_desktop.views.interviews.real_dialog import RealDialog
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.widgets import FormField

LEFT = Qt.MouseButton.LeftButton
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def crowded(driver: Driver, tmp_path: Path) -> Driver:
    """Only half an hour on the first day, and three people who can come then only."""
    office = [
        ("職員課 佐野", "", "2024-10-30", "9:00", "9:30"),
        ("デジタル推進室 辻", "DX", "2024-10-30", "15:00", "15:30"),
        ("子育て企画課 南", "子ども", "2024-10-30", "15:00", "15:30"),
    ]
    import_interviewers(
        driver.desk.database,
        programme_id=driver.desk.programme_id,
        file=interviewers_file(tmp_path, office, "half.csv"),
    )
    driver.tab.reload()
    driver.settle()
    driver.tab.make_plan()
    driver.settle()
    return driver


def shown_buttons(parent: QWidget) -> Iterator[QPushButton]:
    return (button for button in parent.findChildren(QPushButton) if button.isVisibleTo(parent))


def click(driver: Driver, text: str, within: QWidget | None = None) -> None:
    button = next(one for one in shown_buttons(within or driver.tab.panel) if one.text() == text)
    assert button.isEnabled()
    driver.qtbot.mouseClick(button, LEFT)
    driver.settle()


def dialog(driver: Driver, kind: type[D]) -> D:
    found = driver.tab.findChild(kind)
    assert found is not None
    return found


def said(driver: Driver) -> str:
    return "\n".join(driver.tab.panel.labels())


def placed(driver: Driver) -> int:
    plan = driver.tab.planner.looked_at
    assert plan is not None
    return len(plan.placed)


def keep(driver: Driver, name: str) -> None:
    trial = driver.tab.planner.trial is not None
    driver.tab.planner.do("keep")
    driver.settle()
    form = driver.tab.findChildren(KeepDialog)[-1]
    driver.qtbot.keyClicks(form.name, name)
    click(driver, "Keep", form)
    assert (driver.tab.planner.trial is not None) == trial


class TestTrial:
    def test_a_fix_is_tried_beside_the_plan_and_the_calendar_is_untouched(self, crowded: Driver) -> None:
        before = placed(crowded)
        view = crowded.view()
        click(crowded, "Try")
        assert crowded.tab.planner.trial is not None
        assert placed(crowded) > before
        figures = [table.accessibleName() for table in crowded.tab.panel.findChildren(Figures)]
        assert any(f"Plan {before}" in text and f"Trial {placed(crowded)}" in text for text in figures)
        assert "Gets a place" in said(crowded)
        assert not crowded.tab.bar.apply.isVisible()
        assert crowded.view() == view
        click(crowded, "Back to the plan")
        assert placed(crowded) == before

    def test_what_was_tried_is_made_real_in_one_act_planned_again_and_booked(
        self, crowded: Driver, messages: list[Message]
    ) -> None:
        view = crowded.view()
        click(crowded, "Try")
        wanted = placed(crowded)
        click(crowded, "Make it real…")
        form = dialog(crowded, RealDialog)
        click(crowded, "Make it real and plan again", form)
        field = next(one for one in form.findChildren(FormField) if one.name == "host-0")
        assert field.error()
        assert crowded.view() == view
        for at_, name in enumerate(form.names):
            name.setFocus()
            name.lineEdit().clear()
            crowded.qtbot.keyClicks(name.lineEdit(), f"Room {at_}")
        click(crowded, "Make it real and plan again", form)
        plan = crowded.tab.planner.plan
        assert plan is not None
        assert (len(plan.placed), plan.is_trial) == (wanted, False)
        assert crowded.tab.planner.trial is None
        assert "real now" in messages[-1].text
        crowded.qtbot.mouseClick(crowded.tab.bar.apply, LEFT)
        crowded.settle()
        assert len(crowded.booked()) == wanted
        undo(crowded.desk.database)
        undo(crowded.desk.database)
        assert crowded.view() == view

    def test_several_suppositions_are_entered_and_tried_together(self, crowded: Driver) -> None:
        click(crowded, "Try what would be…")
        form = dialog(crowded, AssumeDialog)
        click(crowded, "Add time", form)
        line = form.additions.lines[0]
        assert isinstance(line, AdditionLine)
        line.count.setText("２")
        form.slot.setFocus()
        form.slot.clear()
        form.slot.insert("１５")
        click(crowded, "Try", form)
        trial = crowded.tab.planner.trial
        assert trial is not None
        assert trial.assumptions.slot_minutes == 15
        assert [one.count for one in trial.assumptions.additions] == [2]
        assert len(trial.placed) == 8
        assert "Interviews of 15 minutes" in said(crowded)
        click(crowded, "Try what would be…")
        again = crowded.tab.findChildren(AssumeDialog)[-1]
        assert again.assumptions() == trial.assumptions
        click(crowded, "Suppose nothing", again)
        click(crowded, "Try", again)
        assert crowded.tab.planner.trial is None

    def test_somebody_away_and_somebody_asked_are_supposed(self, crowded: Driver) -> None:
        plan = crowded.tab.planner.plan
        assert plan is not None
        crowded.tab.planner.do("assume")
        form = dialog(crowded, AssumeDialog)
        click(crowded, "Add somebody who is away", form)
        click(crowded, "Add somebody to ask", form)
        asked = form.asked.values()[0]
        names = {person.applicant_id: person.name for person in crowded.view().people}
        assert names[asked.applicant_id] in {one.name for one in plan.unplaced}
        first = form.absences.values()[0]
        assert first.day == date(2024, 10, 30)
        click(crowded, "Try", form)
        trial = crowded.tab.planner.trial
        assert trial is not None
        assert not any(
            first.interviewer_id in one.interviewer_ids
            for one in trial.placed
            if one.start.date() == first.day
        )

    def test_what_cannot_be_read_is_said_and_nothing_is_tried(self, crowded: Driver) -> None:
        crowded.tab.planner.do("assume")
        form = dialog(crowded, AssumeDialog)
        form.lunch_from.setText("13:00")
        form.lunch_until.setText("12:00")
        click(crowded, "Try", form)
        assert form.wrong.isVisibleTo(form)
        assert crowded.tab.planner.trial is None
        form.lunch_until.setText("13:30")
        form.no_lunch.setChecked(True)
        assert form.assumptions().lunch == ()
        form.no_lunch.setChecked(False)
        assert form.assumptions().lunch == (time(13), time(13, 30))

    def test_lines_are_removed_again(self, crowded: Driver) -> None:
        crowded.tab.planner.do("assume")
        form = dialog(crowded, AssumeDialog)
        click(crowded, "Add time", form)
        remove = next(
            one for one in shown_buttons(form.additions) if one.accessibleName() == "Remove this line"
        )
        crowded.qtbot.mouseClick(remove, LEFT)
        assert form.additions.values() == ()


class TestDrafts:
    def test_a_plan_is_kept_compared_and_booked(self, crowded: Driver, messages: list[Message]) -> None:
        keep(crowded, "first")
        assert messages[-1].text.startswith("The plan is kept")
        click(crowded, "Try")
        keep(crowded, "second")
        click(crowded, "Kept plans (2)…")
        window = dialog(crowded, DraftsDialog)
        assert [row.name for row in window.rows] == ["second", "first"]
        window.table.selectAll()
        assert not window.apply_button.isEnabled()
        click(crowded, "Compare", window)
        beside = window.findChild(ComparePlansDialog)
        assert beside is not None
        heads = [beside.figures.headerData(at_, Qt.Orientation.Horizontal) for at_ in range(5)]
        assert heads == ["Figure", "second", "first", "Plan", "Trial"]
        differing = beside.people.rowCount()
        assert 0 < differing < 8
        beside.only_differing.setChecked(False)
        assert beside.people.rowCount() == 8
        beside.reject()
        window.table.select_row(1)
        click(crowded, "Book this plan", window)
        assert len(crowded.booked()) == len(window_places(crowded, "first"))
        undo(crowded.desk.database)
        assert crowded.booked() == {}

    def test_a_plan_whose_basis_changed_is_refused_and_can_be_made_again(
        self, crowded: Driver, messages: list[Message]
    ) -> None:
        keep(crowded, "old")
        crowded.book(3, "佐野", at(13, day=date(2024, 10, 31)))
        crowded.tab.reload()
        crowded.settle()
        crowded.tab.actions_served()["plan.drafts"]()
        crowded.settle()
        window = dialog(crowded, DraftsDialog)
        assert not window.rows[0].is_current
        click(crowded, "Book this plan", window)
        assert messages[-1].action == "Plan again"
        assert len(crowded.booked()) == 1
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        crowded.settle()
        assert crowded.tab.planner.plan is not None

    def test_a_kept_trial_is_tried_again_and_a_plan_deleted(self, crowded: Driver) -> None:
        click(crowded, "Try")
        wanted = placed(crowded)
        keep(crowded, "trial")
        crowded.tab.planner.forget()
        crowded.tab.actions_served()["plan.drafts"]()
        crowded.settle()
        window = dialog(crowded, DraftsDialog)
        click(crowded, "Plan again and look", window)
        assert crowded.tab.planner.trial is not None
        assert placed(crowded) == wanted
        crowded.tab.actions_served()["plan.drafts"]()
        crowded.settle()
        window = crowded.tab.findChildren(DraftsDialog)[-1]
        click(crowded, "Delete", window)
        assert window.rows == []
        assert drafts(crowded.desk.database, programme_id=crowded.desk.programme_id) == []

    def test_a_name_that_is_taken_is_said_beside_the_field(self, crowded: Driver) -> None:
        keep(crowded, "one")
        crowded.tab.planner.do("keep")
        crowded.settle()
        form = crowded.tab.findChildren(KeepDialog)[-1]
        crowded.qtbot.keyClicks(form.name, "one")
        crowded.qtbot.keyClick(form.name, Qt.Key.Key_Return)
        crowded.settle()
        assert next(one for one in form.findChildren(FormField) if one.name == "name").error()


class TestLists:
    def test_all_changes_are_listed_before_and_after(self, crowded: Driver) -> None:
        crowded.tab.apply_plan()
        crowded.settle()
        booked = crowded.booked()
        office = [("職員課 佐野", "", "2024-10-30", "15:00", "15:30")]
        folder = Path(str(crowded.desk.database.path)).parent
        import_interviewers(
            crowded.desk.database,
            programme_id=crowded.desk.programme_id,
            file=interviewers_file(
                folder, [*office, ("デジタル推進室 辻", "DX", "2024-10-30", "11:00", "12:00")]
            ),
        )
        crowded.tab.reload()
        crowded.settle()
        crowded.tab.make_plan()
        crowded.settle()
        plan = crowded.tab.planner.plan
        assert plan is not None
        assert "Loses the place" in said(crowded)
        click(crowded, "List of all changes…")
        table = dialog(crowded, ChangesDialog)
        rows = [
            [table.model.index(row, column).data() for column in range(6)]
            for row in range(table.model.rowCount())
        ]
        assert len(rows) == plan.changes
        lost = next(row for row in rows if row[0] == "Taken out")
        assert lost[1] in booked
        assert lost[3].startswith("10/30 9:00–9:30")

    def test_the_load_of_every_interviewer_stands_in_bars_and_in_a_table(self, crowded: Driver) -> None:
        assert "職員課　佐野" in said(crowded)
        click(crowded, "By day and course…")
        table = dialog(crowded, LoadDialog)
        model = table.model
        whole = [
            int(str(model.index(row, 8).data()).split()[0])
            for row in range(model.rowCount())
            if model.index(row, 8).data() != "–"
        ]
        assert whole[-1] == placed(crowded)
        assert sum(whole[:-1]) == whole[-1]


def window_places(driver: Driver, name: str) -> list[str]:
    rows = drafts(driver.desk.database, programme_id=driver.desk.programme_id)
    row = next(one for one in rows if one.name == name)
    return ["place"] * row.figures.placed
