"""The calendar with a cursor and a hand: who is in hand, where they would land, how long an interview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt, Signal

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.interviews.board import Board, Card, Carry, Place
from fujisawa_desktop.views.interviews.board_view import BoardView
from fujisawa_desktop.views.interviews.layout import Layout
from fujisawa_desktop.views.interviews.paint import Scene
from fujisawa_desktop.views.interviews.stretching import Stretch
from fujisawa_desktop.views.interviews.words import place_words, stretch_words


class CarryingView(BoardView):
    """Days and interviewers across, hours down.

    Attributes:
        editable: interviews may be taken up and put down.

    Signals:
        chosen(Card | None): the cursor came to an interview, or to a place without one.
        carried(Carry | None): somebody was taken in hand, or let go of.
        put_down(Carry, Place): the one in hand shall be interviewed there.
        aimed(Place | None, QPoint): where the one in hand would land, and the pointer on the screen.
        stretching(Card, datetime): the end of an interview is being moved, to there now.
        stretched(Card, datetime): an interview shall end then.
        place_taken_up(Place): Return or a double click on a free place.
        act_wanted(str, Card): a key for an act on an interview: ``cancel``, ``lock``, ``came`` and so on.
        view_wanted(str): a key for ``day``, ``week``, ``today`` or ``print``.
        menu_wanted(Card, QPoint): the menu of an interview, at a point of the screen.
    """

    chosen = Signal(object)
    carried = Signal(object)
    put_down = Signal(object, object)
    aimed = Signal(object, QPoint)
    stretching = Signal(object, object)
    stretched = Signal(object, object)
    place_taken_up = Signal(object)
    act_wanted = Signal(str, object)
    view_wanted = Signal(str)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, clock: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(clock)
        self._cursor: Place | None = None
        self._carry: Carry | None = None
        self._target: Place | None = None
        self._pressed: tuple[QPoint, Card] | None = None
        self._stretch: Stretch | None = None
        self._by_edge = False
        self.editable = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Interview calendar"))

    # what the tab asks

    @property
    def cursor_place(self) -> Place | None:
        """Where the keyboard is."""
        return self._cursor

    @property
    def carry(self) -> Carry | None:
        """Who is in hand."""
        return self._carry

    def show_board(self, board: Board) -> None:
        """Show another state; the cursor stays at its time and interviewer if they are still there."""
        before = self._board
        self._cursor = _same_place(before, board, self._cursor)
        super().show_board(board)
        if self._carry is not None or self._stretch is not None:
            self.let_go()
        self._say_place()
        self.chosen.emit(self.current_card())

    def take_up(self, carry: Carry, *, by_keyboard: bool) -> None:
        """Take somebody in hand; with the keyboard the cursor goes to the place that suits best."""
        if self._board is None or not self._board.columns or not self.editable:
            return
        self._carry, self._target, self._stretch = carry, None, None
        if by_keyboard:
            first = carry.card.place if carry.card else self._board.best_place(carry.person)
            self.setFocus()
            self._go_to(first or self._cursor)
        self.carried.emit(carry)
        self.viewport().update()

    def let_go(self) -> None:
        """Put nobody anywhere, and leave every interview as long as it is."""
        self._carry, self._target, self._pressed = None, None, None
        self._stretch, self._by_edge = None, False
        self.carried.emit(None)
        self._say_place()
        self.viewport().update()

    def hover(self, point: QPoint) -> None:
        """Show where the one in hand would land; ``point`` is on the screen."""
        self._aim(self.place_under(self.viewport().mapFromGlobal(point)), point)

    def drop(self, point: QPoint) -> None:
        """Put the one in hand down at a point of the screen, or let go when no place is there."""
        self.hover(point)
        self._put_down(self._target)

    def go_to_interview(self, interview_id: int) -> None:
        """Bring the cursor to an interview."""
        card = self._board.card_of(interview_id) if self._board is not None else None
        if card is not None:
            self._go_to(card.place)

    def go_to_day(self, day: date) -> None:
        """Bring the cursor to a day: to its first interview, or to its first place."""
        board = self._board
        if board is None or not board.has_columns(day):
            return
        numbers = [number for number, column in enumerate(board.columns) if column.day == day]
        cards = [card for number in numbers for card in board.in_column[number]]
        first = min(cards, key=lambda card: (card.start, card.column), default=None)
        stops = board.stops[numbers[0]]
        self._go_to(first.place if first is not None else stops[0] if stops else None)

    def current_card(self) -> Card | None:
        """Return the interview the cursor is on."""
        if self._board is None or self._cursor is None:
            return None
        return self._board.card_at(self._cursor)

    def scene(self, board: Board, layout: Layout) -> Scene:
        """Return what is painted, with cursor and hand."""
        card = self.current_card()
        return replace(
            super().scene(board, layout),
            cursor=self._cursor,
            focused=self.hasFocus(),
            chosen=card.person.key if card is not None else None,
            carried=self._carry.person if self._carry else None,
            leaving=self._carry.leaving if self._carry else None,
            target=self._target,
            stretched=self._stretch.place if self._stretch is not None else None,
        )

    # cursor and hand

    def _go_to(self, place: Place | None) -> None:
        if place is None:
            return
        self._cursor = place
        self.bring_into_sight(place)
        if self._carry is not None:
            corner = self.rect_on_viewport(place).bottomRight().toPoint()
            self._aim(place, self.viewport().mapToGlobal(corner))
        self._say_place()
        if self._carry is None:
            self.chosen.emit(self.current_card())
        self.viewport().update()

    def _say_place(self) -> None:
        """Tell a screen reader where the cursor is; setting the description announces it."""
        words = ""
        if self._board is not None and self._cursor is not None:
            person = self._carry.person if self._carry else None
            leaving = self._carry.leaving if self._carry else None
            words = place_words(self._board, self._cursor, person, leaving)
            if self._stretch is not None:
                words = stretch_words(self._stretch.card, self._stretch.end)
        self.setAccessibleDescription(words)

    def _aim(self, place: Place | None, point: QPoint) -> None:
        if place is not None and self._carry is not None and self._board is not None:
            place = self._board.landing(self._carry, place)
        if place != self._target:
            self._target = place
            self.viewport().update()
        self.aimed.emit(place, point)

    def _stretch_by(self, units: int) -> None:
        """Make the interview under the cursor longer or shorter; Return keeps it, Escape does not."""
        card = self.current_card()
        if self._stretch is None and card is not None and card.movable and self.editable:
            self._stretch = Stretch(card, card.end)
        if self._stretch is not None and self._carry is None:
            self._show_stretch(self._stretch.by(units))

    def _show_stretch(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._say_place()
        self.stretching.emit(stretch.card, stretch.end)
        self.viewport().update()

    def _end_stretch(self) -> None:
        stretch = self._stretch
        self.let_go()
        if stretch is not None and stretch.end != stretch.card.end:
            self.stretched.emit(stretch.card, stretch.end)

    def _put_down(self, place: Place | None) -> None:
        carry = self._carry
        if carry is None:
            return
        self.let_go()
        if place is not None and (carry.card is None or carry.card.place != place):
            self.put_down.emit(carry, place)

    def _enter(self, card: Card | None) -> None:
        if self._stretch is not None:
            self._end_stretch()
        elif self._carry is not None:
            self._put_down(self._cursor)
        elif card is not None and card.movable:
            self.take_up(Carry(card.person, card), by_keyboard=True)
        elif card is None and self._cursor is not None:
            self.place_taken_up.emit(self._cursor)


def _same_place(before: Board | None, board: Board, place: Place | None) -> Place | None:
    """Return the place of the same interviewer, day and time on another board."""
    if before is None or place is None:
        return None
    here = before.columns[place.column]
    for number, column in enumerate(board.columns):
        same_person = column.interviewer.interviewer_id == here.interviewer.interviewer_id
        if column.day == here.day and same_person:
            return board.place_at(number, place.start)
    return None
