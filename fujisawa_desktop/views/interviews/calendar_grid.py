"""The calendar one can work on: mouse and keyboard take up interviews and put them down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.interviews.board import Board, Card, Carry, Place
from fujisawa_desktop.views.interviews.board_view import BoardView
from fujisawa_desktop.views.interviews.layout import Layout
from fujisawa_desktop.views.interviews.paint import Scene
from fujisawa_desktop.views.interviews.steps import step
from fujisawa_desktop.views.interviews.words import place_words

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_DELETE: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class CalendarGrid(BoardView):
    """Days and interviewers across, hours down.

    Attributes:
        editable: interviews may be taken up and put down.

    Signals:
        chosen(Card | None): the cursor came to an interview, or to a place without one.
        carried(Carry | None): somebody was taken in hand, or let go of.
        put_down(Carry, Place): the one in hand shall be interviewed there.
        place_taken_up(Place): Return or a double click on a free place.
        cancel_wanted(Card): Delete on an interview.
        lock_wanted(Card): L on an interview.
        menu_wanted(Card, QPoint): the menu of an interview, at a point of the screen.
    """

    chosen = Signal(object)
    carried = Signal(object)
    put_down = Signal(object, object)
    place_taken_up = Signal(object)
    cancel_wanted = Signal(object)
    lock_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, clock: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(clock)
        self._cursor: Place | None = None
        self._carry: Carry | None = None
        self._target: Place | None = None
        self._pressed: tuple[QPoint, Card] | None = None
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
        if self._carry is not None:
            self.let_go()
        self._say_place()
        self.chosen.emit(self.current_card())

    def take_up(self, carry: Carry, *, by_keyboard: bool) -> None:
        """Take somebody in hand; with the keyboard the cursor goes to the place that suits best."""
        if self._board is None or not self._board.columns or not self.editable:
            return
        self._carry, self._target = carry, None
        if by_keyboard:
            first = carry.card.place if carry.card else self._board.best_place(carry.person)
            self.setFocus()
            self._go_to(first or self._cursor)
        self.carried.emit(carry)
        self.viewport().update()

    def let_go(self) -> None:
        """Put nobody anywhere."""
        self._carry, self._target, self._pressed = None, None, None
        self.carried.emit(None)
        self._say_place()
        self.viewport().update()

    def hover(self, point: QPoint) -> None:
        """Show where the one in hand would land; ``point`` is on the screen."""
        self._set_target(self.place_under(self.viewport().mapFromGlobal(point)))

    def drop(self, point: QPoint) -> None:
        """Put the one in hand down at a point of the screen, or let go when no place is there."""
        self.hover(point)
        self._put_down(self._target)

    def go_to_interview(self, interview_id: int) -> None:
        """Bring the cursor to an interview."""
        card = self._board.card_of(interview_id) if self._board is not None else None
        if card is not None:
            self._go_to(card.place)

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
            chosen=card.person.entry_id if card is not None else None,
            carried=self._carry.person if self._carry else None,
            leaving=self._carry.leaving if self._carry else None,
            target=self._target,
        )

    # cursor and hand

    def _go_to(self, place: Place | None) -> None:
        if place is None:
            return
        self._cursor = place
        if self._carry is not None:
            self._target = place
        self.bring_into_sight(place)
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
        self.setAccessibleDescription(words)

    def _set_target(self, place: Place | None) -> None:
        if place != self._target:
            self._target = place
            self.viewport().update()

    def _put_down(self, place: Place | None) -> None:
        carry = self._carry
        if carry is None:
            return
        self.let_go()
        if place is not None and (carry.card is None or carry.card.place != place):
            self.put_down.emit(carry, place)

    def _enter(self, card: Card | None) -> None:
        if self._carry is not None:
            self._put_down(self._cursor)
        elif card is not None and card.movable:
            self.take_up(Carry(card.person, card), by_keyboard=True)
        elif card is None and self._cursor is not None:
            self.place_taken_up.emit(self._cursor)

    def _show_hand(self, point: QPoint) -> None:
        card = self.card_under(point)
        shape = Qt.CursorShape.ArrowCursor
        if self._carry is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif card is not None and card.movable and self.editable:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Return takes up and puts down, Delete cancels, L fixes, Escape lets go."""
        if self._board is None or not self._board.columns:
            super().keyPressEvent(event)
            return
        card = self.current_card()
        moved = step(self._board, self._cursor, event.key(), event.modifiers())
        if moved is not None:
            self._go_to(moved)
        elif event.key() in _ENTER:
            self._enter(card)
        elif event.key() == Qt.Key.Key_Escape and self._carry is not None:
            self.let_go()
        elif event.key() in _DELETE and card is not None and self.editable:
            self.cancel_wanted.emit(card)
        elif event.key() == Qt.Key.Key_L and card is not None and self.editable:
            self.lock_wanted.emit(card)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse; whoever is in hand is put down there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        place = self.place_under(point)
        if self._carry is not None:
            self._put_down(place)
            return
        self._go_to(place)
        card = self.card_under(point)
        if card is not None and card.movable and self.editable:
            self._pressed = (point, card)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag an interview, or show where the one in hand would land."""
        point = event.position().toPoint()
        if self._pressed is not None and self._carry is None:
            start, card = self._pressed
            if (point - start).manhattanLength() >= QApplication.startDragDistance():
                self.take_up(Carry(card.person, card), by_keyboard=False)
        if self._carry is not None:
            self._set_target(self.place_under(point))
        self._show_hand(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        if self._pressed is not None and self._carry is not None:
            self._put_down(self.place_under(event.position().toPoint()))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Book the person chosen in the list at a free place."""
        place = self.place_under(event.position().toPoint())
        if place is not None and self._board is not None and self._board.card_at(place) is None:
            self.place_taken_up.emit(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with an interview."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        card = self.current_card() if by_key else self.card_under(event.pos())
        if card is None:
            return
        self._go_to(card.place)
        middle = self.rect_on_viewport(card.place).center().toPoint()
        self.menu_wanted.emit(card, self.viewport().mapToGlobal(middle if by_key else event.pos()))

    def leaveEvent(self, event: QEvent) -> None:
        """Show no landing place while the mouse is elsewhere."""
        if self._carry is not None and self._pressed is None:
            self._set_target(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first interview when the keyboard comes for the first time."""
        super().focusInEvent(event)
        if self._cursor is None and self._board is not None and self._board.columns:
            card = self._board.cards[0] if self._board.cards else None
            self._go_to(card.place if card else self._board.first_place())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the cursor's frame away."""
        super().focusOutEvent(event)
        self.viewport().update()


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
