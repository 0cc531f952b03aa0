"""Acts on an interview that somebody else moved, fixed or took out meanwhile: both are shown."""

from __future__ import annotations

import pytest
from interview_driver import Driver
from interview_scene import at, number
from PySide6.QtCore import Qt
from shiboken6 import isValid

from fujisawa_desktop.services.interview_booking import move, set_locked, stretch
from fujisawa_desktop.views.interviews.board import Card
from fujisawa_desktop.views.interviews.card_dialogs import WhoDialog
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.conflict_dialog import ConflictAsking, ConflictDialog
from fujisawa_desktop.views.trust.conflict_table import ConflictTable

ANYBODY, DX = "佐野", "辻"


def asked(driver: Driver) -> list[ConflictAsking]:  # type: ignore[type-arg]
    return [one for one in driver.tab.findChildren(ConflictAsking) if one.isVisible()]


def table(driver: Driver) -> ConflictTable:  # type: ignore[type-arg]
    (found,) = asked(driver)
    assert isinstance(found, ConflictTable)
    return found


def moved_elsewhere(driver: Driver, index: int, hour: int, minute: int = 0) -> None:
    """Let somebody else move an interview; the window still shows where it was."""
    card = driver.card(index).booked
    assert card is not None
    move(
        driver.desk.database,
        interview_id=card.interview_id,
        start=at(hour, minute),
        despite=True,
        actor="佐藤",
    )


def column(dialog: ConflictTable, heading: str) -> list[str]:  # type: ignore[type-arg]
    model = dialog.model
    headings = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return [str(model.index(row, headings.index(heading)).data()) for row in range(model.rowCount())]


@pytest.fixture
def two(driver: Driver) -> tuple[Card, Card]:
    driver.book(0, DX, at(9))
    driver.book(1, ANYBODY, at(9))
    driver.tab.reload()
    driver.settle()
    return driver.card(0), driver.card(1)


def test_an_exchange_with_an_interview_moved_meanwhile(driver: Driver, two: tuple[Card, Card]) -> None:
    moved_elsewhere(driver, 1, 10)
    driver.tab.acts.swap(*two)
    driver.settle()
    dialog = table(driver)
    assert any(line.startswith("佐藤") for line in column(dialog, "Changed by"))
    spans = zip(column(dialog, "Before the change"), column(dialog, "Now"), strict=True)
    assert any("9:00" in before and "10:00" in now for before, now in spans)
    dialog.stop_button.click()
    driver.settle()
    starts = {key: start for key, (_who, start) in driver.booked().items()}
    assert starts == {number(0): at(9), number(1): at(10)}
    assert driver.card(1).start == at(10)


def test_what_was_changed_and_changed_back_asks_nothing(driver: Driver, two: tuple[Card, Card]) -> None:
    for locked in (True, False):
        set_locked(driver.desk.database, interview_id=booked(two[0]), locked=locked, actor="佐藤")
    driver.tab.acts.stretch(two[0], at(9, 45))
    driver.settle()
    assert not asked(driver)
    (ends,) = [one.end for one in driver.view().interviews if one.interview_id == booked(two[0])]
    assert ends == at(9, 45)


def booked(card: Card) -> int:
    assert card.booked is not None
    return card.booked.interview_id


@pytest.mark.parametrize("mine", [False, True])
def test_an_interview_made_longer_by_two(driver: Driver, two: tuple[Card, Card], *, mine: bool) -> None:
    stretch(driver.desk.database, interview_id=booked(two[0]), end=at(9, 20), despite=True, actor="佐藤")
    driver.tab.acts.stretch(two[0], at(9, 45))
    driver.settle()
    dialog = table(driver)
    assert ("9:20" in column(dialog, "Now")[0], "9:45" in column(dialog, "Mine")[0]) == (True, True)
    (dialog.save_button if mine else dialog.stop_button).click()
    driver.settle()
    (ends,) = [one.end for one in driver.view().interviews if one.interview_id == booked(two[0])]
    assert ends == (at(9, 45) if mine else at(9, 20))


@pytest.mark.parametrize("mine", [False, True])
def test_an_interview_taken_out_that_was_moved_meanwhile(
    driver: Driver, two: tuple[Card, Card], *, mine: bool
) -> None:
    moved_elsewhere(driver, 0, 9, 30)
    driver.tab.acts.cancel(two[0])
    driver.settle()
    dialog = table(driver)
    assert column(dialog, "Mine") == ["(taken out of the calendar)"] * len(dialog.pairs)
    (dialog.save_button if mine else dialog.stop_button).click()
    driver.settle()
    left = {one.interview_id for one in driver.view().interviews}
    assert (booked(two[0]) in left) is not mine


def test_book_it_all_the_same_after_a_choice_asks_no_second_time(
    driver: Driver, messages: list[Message], two: tuple[Card, Card]
) -> None:
    """The person of index 0 can come from nine to ten on the first day only."""
    moved_elsewhere(driver, 0, 9, 30)
    driver.drag_card(0, driver.place(ANYBODY, at(10)))
    (dialog,) = asked(driver)
    assert isinstance(dialog, ConflictDialog)
    dialog.mine_button.click()
    dialog.save_button.click()
    driver.settle()
    act = messages[-1].on_action
    assert act is not None
    act()
    driver.settle()
    assert not asked(driver)
    assert driver.booked()[number(0)][1] == at(10)


def test_who_interviews_chosen_by_two(driver: Driver, two: tuple[Card, Card]) -> None:
    card = two[0].booked
    assert card is not None
    board = driver.tab.grid.board
    assert board is not None
    dialog = WhoDialog(driver.desk, board.view, two[0], card, driver.tab)
    dialog.show()
    moved_elsewhere(driver, 0, 9, 30)
    (other,) = [key for key, box in dialog.boxes.items() if ANYBODY in box.text()]
    for key, box in dialog.boxes.items():
        box.setChecked(key == other)
    dialog.save_button.click()
    driver.settle()
    (question,) = [one for one in dialog.findChildren(ConflictDialog) if one.isVisible()]
    question.stop_button.click()
    assert dialog.chosen() == (other,)  # what was chosen still stands
    dialog.save_button.click()
    driver.settle()
    (question,) = [one for one in dialog.findChildren(ConflictDialog) if one.isVisible()]
    question.save_button.click()
    driver.settle()
    if isValid(dialog) and dialog.despite_button.isVisible():
        dialog.despite_button.click()
        driver.settle()
    (now,) = [one for one in driver.view().interviews if one.interview_id == card.interview_id]
    assert (now.start, now.interviewer_ids) == (at(9, 30), (other,))
