"""What hands do on the calendar: take people and interviews up, put them down, and ask what is meant."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.acts import InterviewActs
from fujisawa_desktop.views.interviews.board import Card, Carry, Place
from fujisawa_desktop.views.interviews.calendar_grid import CalendarGrid
from fujisawa_desktop.views.interviews.card_menu import fill_card_menu, late_menu
from fujisawa_desktop.views.interviews.day_acts import DayActs
from fujisawa_desktop.views.interviews.hand import Hand
from fujisawa_desktop.views.interviews.legend import Legend
from fujisawa_desktop.views.interviews.toolbar import CalendarBar
from fujisawa_desktop.views.interviews.waiting_list import WaitingPanel
from fujisawa_desktop.views.interviews.words import fit_reason, span_text


class Hands(QObject):
    """Connects list and calendar with what is done to single interviews.

    Args:
        grid, waiting, bar, legend: the parts of the tab.
        acts: what is asked of the services.
        day: what is recorded on the day.
        may_work: whether interviews may be changed now; it tells the person why not.
        over: the widget above which the one in hand is shown.

    Attributes:
        more_acts: called with the menu of an interview, to offer what else can be done with it.
    """

    def __init__(
        self,
        *,
        grid: CalendarGrid,
        waiting: WaitingPanel,
        bar: CalendarBar,
        legend: Legend,
        acts: InterviewActs,
        day: DayActs,
        may_work: Callable[[], bool],
        over: QWidget,
    ) -> None:
        super().__init__(over)
        self._grid, self._waiting, self._bar, self._legend = grid, waiting, bar, legend
        self._acts, self._day = acts, day
        self.more_acts: list[Callable[[QMenu, Card], object]] = []
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
        grid.stretched.connect(acts.stretch)
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
        """Book or move whoever was in hand; on another interview, ask whether they exchange."""
        board = self._grid.board
        if board is None:
            return
        other = board.card_at(place)
        if carry.card is not None and other is not None and other.person.key != carry.person.key:
            self._ask_swap(carry.card, other)
            return
        self._row = self._waiting.people.currentIndex().row()
        self._acts.put_down(board, carry, board.landing(carry, place))

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

    def _ask_swap(self, one: Card, other: Card) -> None:
        """Offer to exchange two interviews, or say why the other one cannot be moved."""
        if not other.movable:
            self._acts.refuse_swap(other)
            return
        menu = self._new_menu(_("Exchange two interviews"))
        swap = menu.addAction(
            _("Exchange: {first} {first_time}, {second} {second_time}").format(
                first=one.person.name,
                first_time=span_text(other.start, other.end),
                second=other.person.name,
                second_time=span_text(one.start, one.end),
            )
        )
        swap.triggered.connect(lambda _on=False: self._acts.swap(one, other))
        menu.addAction(_("Leave both where they are"))
        menu.setActiveAction(swap)
        rect = self._grid.rect_on_viewport(other.place).toRect()
        menu.popup(self._grid.viewport().mapToGlobal(rect.bottomLeft()))

    def _new_menu(self, name: str) -> QMenu:
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(name)
        return menu

    def _menu(self, card: Card, point: QPoint) -> None:
        if card.booked is None or not self._grid.editable:
            return
        menu = self._new_menu(card.person.name)
        fill_card_menu(menu, card, self._act, self._day.late)
        for add in self.more_acts:
            add(menu, card)
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
        """Do what a key or the menu asks for."""
        if not self._grid.editable:
            return
        {
            "move": self.take_up,
            "cancel": self.cancel,
            "lock": self.lock,
            "came": self._day.came,
            "absent": self._day.absent,
            "late": self._late,
            "unmark": self._day.unmark,
            "postpone": self._day.postpone,
            "withdraw": self._day.withdraw,
        }[act](card)

    def _late(self, card: Card) -> None:
        """Record how late somebody is who comes in now; at any other time ask by how much."""
        minutes = self._day.minutes_late_now(card)
        if minutes is not None:
            self._day.late(card, minutes)
            return
        menu = self._new_menu(_("Came late"))
        late_menu(menu, card, self._day.late)
        menu.setActiveAction(menu.actions()[0])
        rect = self._grid.rect_on_viewport(card.place).toRect()
        menu.popup(self._grid.viewport().mapToGlobal(rect.bottomLeft()))

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
