"""What hands do on the calendar: take people and interviews up, put them down, and ask what is meant."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.acts import InterviewActs
from fujisawa_desktop.views.interviews.board import Card, Carry, Place
from fujisawa_desktop.views.interviews.calendar_grid import CalendarGrid
from fujisawa_desktop.views.interviews.hand import Hand
from fujisawa_desktop.views.interviews.legend import Legend
from fujisawa_desktop.views.interviews.toolbar import CalendarBar
from fujisawa_desktop.views.interviews.waiting_list import WaitingPanel
from fujisawa_desktop.views.interviews.words import fit_reason


class Hands(QObject):
    """Connects list and calendar with what is done to single interviews.

    Args:
        grid, waiting, bar, legend: the parts of the tab.
        acts: what is asked of the services.
        may_work: whether interviews may be changed now; it tells the person why not.
        over: the widget above which the one in hand is shown.
    """

    def __init__(
        self,
        *,
        grid: CalendarGrid,
        waiting: WaitingPanel,
        bar: CalendarBar,
        legend: Legend,
        acts: InterviewActs,
        may_work: Callable[[], bool],
        over: QWidget,
    ) -> None:
        super().__init__(over)
        self._grid, self._waiting, self._bar, self._legend = grid, waiting, bar, legend
        self._acts = acts
        self._may_work = may_work
        self._over = over
        self._from_list = False
        self._row = -1
        self._was_booked = False
        self.hand = Hand(over)
        acts.booked.connect(self._booked)
        grid.carried.connect(self._carried)
        grid.put_down.connect(self.put_down)
        grid.place_taken_up.connect(self._taken_up_place)
        grid.aimed.connect(self._aimed)
        grid.act_wanted.connect(self._act)
        grid.menu_wanted.connect(self._menu)
        people = waiting.people
        people.picked.connect(self._pick)
        people.dragged.connect(self._dragged)
        people.dropped.connect(self._dropped)
        people.drag_ended.connect(grid.let_go)

    def take_up(self, card: Card) -> None:
        """Take an interview in hand, to be put elsewhere by keyboard or with a click."""
        self._grid.take_up(Carry(card.person, card), by_keyboard=True)

    def put_down(self, carry: Carry, place: Place) -> None:
        """Book or move whoever was in hand."""
        if self._grid.board is not None:
            self._row = self._waiting.people.currentIndex().row()
            self._acts.put_down(self._grid.board, carry, place)

    def cancel(self, card: Card) -> None:
        """Take an interview out of the calendar."""
        if self._grid.editable:
            self._acts.cancel(card)

    def lock(self, card: Card) -> None:
        """Fix an interview, or release it."""
        if card.booked is not None and self._grid.editable:
            self._acts.lock(card.booked)

    def follow(self) -> None:
        """After somebody was booked and the list read again, choose whoever follows."""
        if self._was_booked:
            self._was_booked = False
            self._waiting.choose_row(self._row)

    def _booked(self) -> None:
        self._was_booked = True

    def _menu(self, card: Card, point: QPoint) -> None:
        if card.booked is None or not self._grid.editable:
            return
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        locked = card.booked.is_locked
        take = menu.addAction(_("Move"), partial(self.take_up, card))
        menu.addAction(_("Release") if locked else _("Fix"), partial(self.lock, card))
        gone = menu.addAction(_("Cancel the interview"), partial(self.cancel, card))
        take.setEnabled(not locked)
        gone.setEnabled(not locked)
        menu.popup(point)

    def _pick(self, person: Person) -> None:
        if self._may_work():
            self._grid.take_up(Carry(person), by_keyboard=True)
            self._from_list = self._grid.carry is not None

    def _dragged(self, person: Person, point: QPoint) -> None:
        if self._grid.carry is None:
            if not self._may_work():
                return
            self._grid.take_up(Carry(person), by_keyboard=False)
        self._grid.hover(point)

    def _aimed(self, place: Place | None, point: QPoint) -> None:
        """Show beside the pointer who is in hand, and how the place under it suits."""
        carry, board = self._grid.carry, self._grid.board
        if carry is None or board is None or (place is None and point.isNull()):
            self.hand.hide()
            return
        why = fit_reason(board, carry.person, place, carry.leaving) if place is not None else ""
        possible = place is None or board.fit(carry.person, place, carry.leaving).possible
        self.hand.show_at(carry.person, point, span=place, why=why, tone="caution" if possible else "wrong")

    def _act(self, act: str, card: Card) -> None:
        if act == "cancel":
            self.cancel(card)
        elif act == "lock":
            self.lock(card)

    def _dropped(self, point: QPoint) -> None:
        self.hand.hide()
        if self._grid.carry is not None:
            self._grid.drop(point)

    def _taken_up_place(self, place: Place) -> None:
        person = self._waiting.people.current_person()
        if person is None or not self._may_work():
            return
        self.put_down(Carry(person), place)

    def _carried(self, carry: Carry | None) -> None:
        self.hand.hide()
        self._legend.show_hand(full=carry is not None)
        if carry is None:
            self._bar.say("")
            if self._from_list:
                self._from_list = False
                self._waiting.people.setFocus()
            return
        self._bar.say(
            _("{name}: choose a time, then Return (Escape leaves it)").format(name=carry.person.name)
        )
