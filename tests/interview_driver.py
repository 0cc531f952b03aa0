"""A person at mouse and keyboard before the calendar tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from interview_scene import entry_of, interviewer_named
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_view import CalendarView, Person
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews import InterviewsTab
from fujisawa_desktop.views.interviews.board import Card, Place

NOW = datetime(2024, 10, 30, 10, 40)


@dataclass
class Driver:
    """A person at mouse and keyboard."""

    qtbot: QtBot
    tab: InterviewsTab
    desk: Desk
    settle: Callable[[], None]

    def view(self) -> CalendarView:
        return calendar(self.desk.database, programme_id=self.desk.programme_id)

    def place(self, who: str, start: datetime) -> Place:
        """Return the place of an interviewer whose name holds ``who``."""
        board = self.tab.grid.board
        assert board is not None
        for number, column in enumerate(board.columns):
            if who in column.interviewer.name and column.day == start.date():
                found = board.place_at(number, start)
                assert found is not None
                return found
        raise AssertionError(who)

    def point(self, place: Place) -> QPoint:
        return self.tab.grid.rect_on_viewport(place).center().toPoint()

    def card(self, index: int) -> Card:
        """Return the card of the person with that number."""
        board = self.tab.grid.board
        assert board is not None
        entry = entry_of(self.view(), index)
        return next(card for card in board.cards if card.person.entry_id == entry)

    def person(self, index: int) -> Person:
        return self.view().person_of[entry_of(self.view(), index)]

    def row_point(self, index: int) -> QPoint:
        """Return where somebody stands in the list."""
        people, model = self.tab.waiting.people, self.tab.waiting.model
        row = model.row_of(entry_of(self.view(), index))
        return people.visualRect(model.index(row)).center()

    def choose(self, index: int) -> None:
        self.qtbot.mouseClick(
            self.tab.waiting.people.viewport(), Qt.MouseButton.LeftButton, pos=self.row_point(index)
        )

    def drag(self, source: QWidget, start: QPoint, end: QPoint) -> None:
        """Press, move in steps, let go; both points are of ``source``."""
        self.qtbot.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
        for share in (0.2, 0.6, 1.0):
            self.qtbot.mouseMove(source, start + (end - start) * share)
        self.qtbot.mouseRelease(source, Qt.MouseButton.LeftButton, pos=end)
        self.settle()

    def drag_from_list(self, index: int, place: Place) -> None:
        source, grid = self.tab.waiting.people.viewport(), self.tab.grid.viewport()
        end = source.mapFromGlobal(grid.mapToGlobal(self.point(place)))
        self.drag(source, self.row_point(index), end)

    def drag_card(self, index: int, place: Place) -> None:
        self.drag(self.tab.grid.viewport(), self.point(self.card(index).place), self.point(place))

    def press(self, *keys: Qt.Key, into: QWidget | None = None) -> None:
        for key in keys:
            self.qtbot.keyClick(into or self.tab.window().focusWidget(), key)
            self.settle()

    def booked(self) -> dict[str, tuple[str, datetime]]:
        """Return number → interviewer and start of every interview in the database."""
        view = self.view()
        return {
            view.person_of[one.entry_id].number: (view.interviewer_of[one.interviewer_ids[0]].name, one.start)
            for one in view.interviews
        }

    def book(self, index: int, who: str, start: datetime) -> None:
        """Book behind the window's back, as another window would."""
        view = self.view()
        book(
            self.desk.database,
            programme_id=self.desk.programme_id,
            entry_id=entry_of(view, index),
            interviewer_id=interviewer_named(view, who),
            start=start,
        )
