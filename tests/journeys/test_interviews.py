"""The interviews of a year: planned, mended, told and held, with mouse and keyboard in the real window."""

from __future__ import annotations

from typing import Final

import pytest
from places import Where
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.interview_announcing import News, unannounced
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_view import Attendance, Booked, Person
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.selection import release
from fujisawa_desktop.views.interviews.board import Card, Place
from fujisawa_desktop.views.interviews.real_dialog import RealDialog
from fujisawa_desktop.views.interviews.words import fit_reason
from tests.journeys.clerk import LEFT, Clerk
from tests.journeys.conftest import Open, told

SAMPLES: Final = resources_dir() / "samples"
WAITING: Final = 60
PLACED: Final = 56
"""Eight people of one course can come at one hour only, when four of them can be seen."""
GESTURES: Final = 40
Key = Qt.Key


@pytest.fixture
def passed_file(new_file: Where) -> Where:
    """Sixty people have passed the first screening and know it."""
    with opened(new_file) as database:
        programme_id = current_programme_id(database)
        for name in ("e-application.csv", "rikunabi.csv"):
            import_applicants(database, programme_id=programme_id, file=SAMPLES / name, actor="職員")
        import_decisions(database, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
        release(database, programme_id=programme_id, stage=Stage.FIRST)
    return new_file


class Planner(Clerk):
    """A clerk before the calendar."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        super().__init__(qtbot, program)
        assert program.desk is not None
        self.database: Database = program.desk.database
        self.programme_id: int = program.desk.programme_id

    @property
    def interviews(self) -> tuple[Booked, ...]:
        return calendar(self.database, programme_id=self.programme_id).interviews

    def booked(self, card: Card) -> Booked:
        [found] = [one for one in self.interviews if one.entry_id == card.person.entry_id]
        return found

    def cards(self) -> list[Card]:
        """Return the interviews on the calendar, in the order of time."""
        return sorted(self.page.grid.board.cards, key=lambda card: (card.start, card.column))

    def said_button(self, text: str, within: QWidget) -> QPushButton:
        shown = [one for one in within.findChildren(QPushButton) if one.isVisibleTo(within)]
        return next(one for one in shown if one.text() == text)

    def drag_from_list(self, person: Person, place: Place) -> None:
        """Take somebody from those who wait and let go over a place of the calendar."""
        people, grid = self.page.waiting.people, self.page.grid
        row = people.model().index(self.page.waiting.model.row_of(person.key), 0)
        start = people.visualRect(row).center()
        over = grid.viewport().mapToGlobal(grid.rect_on_viewport(place).center().toPoint())
        end = people.viewport().mapFromGlobal(over)
        self.qtbot.mousePress(people.viewport(), LEFT, pos=start)
        for share in (0.2, 0.6, 1.0):
            self.qtbot.mouseMove(people.viewport(), start + (end - start) * share)
        self.qtbot.mouseRelease(people.viewport(), LEFT, pos=end)
        self.gestures += 1
        self.settle()

    def key(self, *keys: Key, shift: bool = False) -> None:
        """Press keys on the calendar."""
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.qtbot.keyClick(self.page.grid, key, held)
            self.gestures += 1
            self.settle()

    def stand_on(self, card: Card) -> None:
        self.page.grid.go_to_interview(self.booked(card).interview_id)
        self.gestures += 1


def affected(clerk: Planner) -> dict[News, int]:
    found = [one.news for one in unannounced(clerk.database, clerk.programme_id)]
    return {news: found.count(news) for news in set(found)}


def a_place(clerk: Planner) -> tuple[Person, Place]:
    """Return the first of those who wait, and a place where nothing stands against an interview."""
    board = clerk.page.grid.board
    person = board.view.waiting[0]
    places = (
        board.place_at(number, start)
        for number, column in enumerate(board.columns)
        for start, _end in person.windows
        if start.date() == column.day
    )
    return person, next(place for place in places if place and fit_reason(board, person, place, None) == "")


def book_by_hand(clerk: Planner) -> None:
    """One is dragged into the calendar, and taken back."""
    person, place = a_place(clerk)
    clerk.drag_from_list(person, place)
    [booked] = clerk.interviews
    assert (booked.entry_id, booked.start) == (person.entry_id, place.start)
    clerk.act("edit.undo")
    assert not clerk.interviews


def plan_all(clerk: Planner) -> None:
    """The plan, why four do not fit, and what would help: tried, made real, booked."""
    clerk.click(clerk.page.bar.plan)
    plan = clerk.page.planner.plan
    assert (len(plan.placed), plan.proven_optimal) == (PLACED, True)
    assert len(plan.unplaced) == WAITING - PLACED
    clerk.click(clerk.said_button(_("Try"), clerk.page.panel))
    assert len(clerk.page.planner.trial.placed) == WAITING
    assert not clerk.interviews
    clerk.click(clerk.said_button(_("Make it real…"), clerk.page.panel))
    form = clerk.dialog(RealDialog)
    for at, name in enumerate(form.names):
        name.setFocus()
        name.lineEdit().clear()
        clerk.qtbot.keyClicks(name.lineEdit(), f"Room {at + 1}")
        clerk.gestures += 1
    clerk.confirm()
    clerk.click(clerk.page.bar.apply)
    assert len(clerk.interviews) == WAITING


def tell_and_mend(clerk: Planner) -> None:
    """Everybody is told; afterwards only those whose time changes."""
    clerk.click(clerk.page.notices.told)
    assert affected(clerk) == {}
    first, last = clerk.cards()[0], clerk.cards()[-1]
    clerk.stand_on(last)
    clerk.key(Key.Key_Down, shift=True)
    clerk.key(Key.Key_Return)
    assert clerk.booked(last).end > last.end
    clerk.act("edit.undo")
    assert clerk.booked(last).end == last.end
    clerk.stand_on(first)
    clerk.key(Key.Key_Delete)
    assert len(clerk.interviews) == WAITING - 1
    assert affected(clerk) == {News.CANCELLED: 1}
    clerk.act("edit.undo")
    assert affected(clerk) == {}


def hold(clerk: Planner) -> None:
    """The day itself: one key for each who came, who did not, and who comes another day."""
    came, missed, postponed = clerk.cards()[:3]
    for card, key in ((came, Key.Key_1), (missed, Key.Key_2)):
        clerk.stand_on(card)
        clerk.key(key)
    assert clerk.booked(came).attendance is Attendance.ATTENDED
    assert clerk.booked(missed).attendance is Attendance.ABSENT
    clerk.stand_on(postponed)
    clerk.key(Key.Key_4)
    assert affected(clerk) == {News.CANCELLED: 1}
    assert clerk.page.waiting.model.rowCount() == 1

    # The next plan finds another time for that person and moves nobody who was told.
    clerk.click(clerk.page.bar.plan)
    again = clerk.page.planner.plan
    assert (len(again.placed), again.moved) == (WAITING, ())
    clerk.click(clerk.page.bar.apply)
    assert len(clerk.interviews) == WAITING
    assert affected(clerk) == {News.MOVED: 1}
    assert clerk.booked(came).start == came.start


def test_from_replies_to_the_day_itself(start: Open, passed_file: Where, qtbot: QtBot) -> None:
    program = start(passed_file)
    clerk = Planner(qtbot, program)
    messages = told(program)
    clerk.open_tab(3)
    assert clerk.page.waiting.model.rowCount() == WAITING
    clerk.drop(SAMPLES / "availability.csv")
    clerk.drop(SAMPLES / "interviewers.csv")
    clerk.open_tab(3)
    book_by_hand(clerk)
    plan_all(clerk)
    tell_and_mend(clerk)
    hold(clerk)
    assert clerk.gestures <= GESTURES
    while clerk.window.actions_table["edit.undo"].isEnabled() and clerk.interviews:
        clerk.act("edit.undo")
    assert not clerk.interviews
    assert not [message for message in messages if message.tone == "wrong"]
