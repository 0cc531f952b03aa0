"""One person or two: the pairs in doubt, one after the other, by mouse and by keyboard alone."""

from __future__ import annotations

import pytest
from applicants_driver import Quiet, cells, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import details
from fujisawa_desktop.services.doubts import open_doubts
from fujisawa_desktop.services.person_merge import merge_people
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.compare_dialog import CompareDialog
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.widgets import Pill

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(tab: ApplicantsTab, quiet: Quiet) -> CompareDialog:
    """The queue of all pairs in doubt."""
    tab.actions_served()["selection.doubles"]()
    quiet()
    return dialog_of(tab, CompareDialog)


def press(keys: str) -> None:
    """Press keys wherever the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    combination = QKeySequence(keys)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def counts(database: Database) -> tuple[int, int]:
    """Return how many people were merged and how many pairs were kept apart."""
    with database.read() as session:
        merged = session.scalar(text("SELECT count(*) FROM person_merge"))
        apart = session.scalar(text("SELECT count(*) FROM suspected_duplicate WHERE verdict = 'different'"))
        return int(merged or 0), int(apart or 0)


def test_both_people_are_shown_with_differences_in_words(dialog: CompareDialog) -> None:
    assert len(dialog.doubts) == 30
    assert dialog.pair is not None
    assert dialog.sheet is not None
    shown = {widget.accessibleName() for widget in dialog.sheet.findChildren(QPushButton.__base__)}
    pair = dialog.pair
    told = [
        item.widget().accessibleName()
        for at in range(dialog.sheet.grid.count())
        if (item := dialog.sheet.grid.itemAt(at)) is not None and item.widget() is not None
    ]
    assert any(pair.left.number in line for line in told)
    assert any(pair.right.number in line for line in told)
    differing = [pill.text() for pill in dialog.sheet.findChildren(Pill)]
    assert differing == ["differs"] * len(pair.differing)
    assert {row.choice for row in dialog.sheet.choices} == set(pair.differing)
    assert any("left" in name for name in shown)
    assert "Alike in" in dialog.likeness.text()
    assert dialog.area.verticalScrollBar().value() == 0, "the names come first"


def test_a_value_is_chosen_by_clicking_it(
    qtbot: QtBot, dialog: CompareDialog, quiet: Quiet, people: Database
) -> None:
    assert dialog.sheet is not None
    assert dialog.pair is not None
    row = dialog.sheet.choices[0]
    taken = row.takes_right()
    card = row.left if taken else row.right
    qtbot.mouseClick(card, CLICK)
    assert row.takes_right() is not taken
    assert card.property("chosen") is True
    wanted = dialog.sheet.from_right()
    kept, gone = dialog.pair.left, dialog.pair.right
    qtbot.mouseClick(dialog.merge, CLICK)
    quiet()
    assert counts(people) == (1, 0)
    one = details(people, kept.entry_id)
    for choice in ("phone", "mail", "grade"):
        source = gone if choice in wanted else kept
        assert getattr(one.form, choice) == getattr(source.form, choice), choice
    assert [other.number for other in one.other_entries] == [gone.number]
    assert len(dialog.doubts) == 29


def test_all_pairs_are_decided_by_keyboard_alone(
    dialog: CompareDialog, quiet: Quiet, people: Database
) -> None:
    first = dialog.doubts[0].suspicion_id
    assert dialog.sheet is not None
    focus = QApplication.focusWidget()
    assert focus in {dialog.sheet.choices[0].left.radio, dialog.sheet.choices[0].right.radio}
    press("Right")
    assert dialog.sheet.choices[0].takes_right()
    if len(dialog.sheet.choices) > 1:
        press("Down")
        press("Left")
        assert not dialog.sheet.choices[1].takes_right()
        press("Up")
    press("PgDown")
    assert dialog.area.verticalScrollBar().value() > 0
    press("Alt+Down")
    quiet()
    assert dialog.place.text() == "2 / 30"
    press("Ctrl+D")
    quiet()
    assert counts(people) == (0, 1)
    press("Ctrl+Z")
    quiet()
    assert counts(people) == (0, 0)
    assert dialog.take_back.isHidden()
    press("Alt+Up")
    quiet()
    assert dialog.doubts[0].suspicion_id == first
    while dialog.doubts:
        press("Ctrl+Return")
        quiet()
    assert counts(people) == (30, 0)
    assert dialog.nobody.title() == "Nobody is in doubt"
    dialog.nobody.button.click()
    quiet()
    assert dialog.nobody.title() == "Nobody is in doubt"
    assert dialog.told.text() == "Everybody was compared with everybody."
    press("Escape")
    quiet()


def test_the_list_and_the_pane_follow(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, messages: list[Message], people: Database
) -> None:
    tab.show_duplicates()
    quiet()
    before = tab.model.rowCount()
    person = tab.pane.person
    assert person is not None
    entry_id, suspicion = person.entry_id, person.suspicions[0]
    tab.pane.compare(suspicion.suspicion_id)
    quiet()
    dialog = dialog_of(tab, CompareDialog)
    assert dialog.pair is not None
    assert {dialog.pair.left.number, dialog.pair.right.number} == {person.number, suspicion.number}
    qtbot.mouseClick(dialog.merge, CLICK)
    quiet()
    dialog.reject()
    quiet()
    assert tab.model.rowCount() == before - 2
    tab.go_to_entry(entry_id)
    quiet()
    assert tab.pane.person is not None
    assert any(line.startswith("Joined with") for line in tab.pane.view.labels())
    [split] = [b for b in tab.pane.view.findChildren(QPushButton) if b.text() == "Split into two people"]
    qtbot.mouseClick(split, CLICK)
    quiet()
    assert "two people again" in messages[-1].text
    assert "Judged to be another person" in tab.pane.view.labels()
    assert counts(people) == (0, 1)
    assert len(cells(tab, "number", 500)) == tab.model.rowCount()


def test_a_pair_that_cannot_be_one_says_why(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    doubt = open_doubts(people, programme_id=programme_id)[0]
    with people.write() as session:
        for entry, result in ((doubt.first_entry_id, "pass"), (doubt.second_entry_id, "fail")):
            session.execute(
                text(
                    "INSERT INTO decision (application_id, stage, result, decided_at, announced_at, reason, "
                    "version) SELECT id, 'first', :result, '2024-10-20', '2024-10-21', '', 1 "
                    "FROM application WHERE entry_id = :entry"
                ),
                {"result": result, "entry": entry},
            )
        session.commit()
    tab.pane.compare(doubt.suspicion_id)
    quiet()
    dialog = dialog_of(tab, CompareDialog)
    assert "Different results were announced" in dialog.foresight.text()
    assert not dialog.merge.isEnabled()
    assert dialog.different.isEnabled()
    dialog.make_one()
    quiet()
    assert counts(people) == (0, 0)


def test_a_pair_somebody_else_has_joined_meanwhile_is_told(
    qtbot: QtBot, dialog: CompareDialog, quiet: Quiet, people: Database
) -> None:
    assert dialog.pair is not None
    merge_people(
        people,
        kept_id=dialog.pair.left.form.applicant_id,
        gone_id=dialog.pair.right.form.applicant_id,
    )
    qtbot.mouseClick(dialog.merge, CLICK)
    quiet()
    assert "no longer in the list" in dialog.foresight.text()
    assert counts(people) == (1, 0)


def test_a_file_open_for_reading_is_compared_but_not_changed(
    tab: ApplicantsTab, quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(tab.desk), "read_only", property(lambda _self: True))
    tab.pane.compare()
    quiet()
    dialog = dialog_of(tab, CompareDialog)
    assert not dialog.merge.isEnabled()
    assert not dialog.different.isEnabled()
    assert dialog.sheet is not None
    assert dialog.sheet.choices == []
