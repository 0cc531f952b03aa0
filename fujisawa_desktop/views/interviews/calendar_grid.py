"""The calendar one can work on: mouse and keyboard take up interviews and put them down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
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
from fujisawa_desktop.views.interviews.stretching import EDGE, Stretch
from fujisawa_desktop.views.interviews.words import place_words, stretch_words

_K = Qt.Key
_ENTER: Final = (_K.Key_Return, _K.Key_Enter, _K.Key_Space)
_ACTS: Final = {
    _K.Key_Delete: "cancel",
    _K.Key_Backspace: "cancel",
    _K.Key_L: "lock",
    _K.Key_1: "came",
    _K.Key_2: "absent",
    _K.Key_3: "late",
    _K.Key_4: "postpone",
    _K.Key_5: "withdraw",
    _K.Key_0: "unmark",
}
"""What is done to the interview under the cursor; Ctrl has other meanings."""
_VIEWS: Final = {_K.Key_D: "day", _K.Key_W: "week", _K.Key_T: "today"}
_ZOOM: Final = {_K.Key_Plus: 1, _K.Key_Equal: 1, _K.Key_Semicolon: 1, _K.Key_Minus: -1}


class CalendarGrid(BoardView):
    """Days and interviewers across, hours down.

    Attributes:
        editable: interviews may be taken up and put down.

    Signals:
        chosen(Card | None): the cursor came to an interview, or to a place without one.
        carried(Carry | None): somebody was taken in hand, or let go of.
        put_down(Carry, Place): the one in hand shall be interviewed there.
        aimed(Place | None, QPoint): where the one in hand would land, and the pointer on the screen.
        stretched(Card, datetime): an interview shall end then.
        place_taken_up(Place): Return or a double click on a free place.
        act_wanted(str, Card): a key for an act on an interview: ``cancel``, ``lock``, ``came`` and so on.
        view_wanted(str): a key for ``day``, ``week`` or ``today``.
        menu_wanted(Card, QPoint): the menu of an interview, at a point of the screen.
    """

    chosen = Signal(object)
    carried = Signal(object)
    put_down = Signal(object, object)
    aimed = Signal(object, QPoint)
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
            self.carried.emit(None)
        if self._stretch is not None and self._carry is None:
            self._stretch = self._stretch.by(units)
            self._say_place()
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

    def _show_hand(self, point: QPoint) -> None:
        card = self.card_under(point)
        shape = Qt.CursorShape.ArrowCursor
        if self._carry is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif card is not None and card.movable and self.editable:
            edge = self._is_edge(card, point)
            shape = Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Return takes up and puts down, Shift and ↑↓ stretch, Escape lets go; letters act."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier and self._take_zoom_key(key):
            return True
        if key in _VIEWS and modifiers == Qt.KeyboardModifier.NoModifier and self._carry is None:
            self.view_wanted.emit(_VIEWS[key])
            return True
        if self._board is None or not self._board.columns:
            return False
        if key in (_K.Key_Up, _K.Key_Down) and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._stretch_by(1 if key == _K.Key_Down else -1)
            return True
        moved = step(self._board, self._cursor, key, modifiers)
        if moved is not None:
            self._stretch = None
            self._go_to(moved)
            return True
        return self._take_act_key(key, self.current_card())

    def _take_act_key(self, key: Qt.Key, card: Card | None) -> bool:
        busy = self._carry is not None or self._stretch is not None
        if key in _ENTER:
            self._enter(card)
        elif key == _K.Key_Escape and busy:
            self.let_go()
        elif key in _ACTS and card is not None and self.editable and not busy:
            self.act_wanted.emit(_ACTS[key], card)
        else:
            return False
        return True

    def _take_zoom_key(self, key: Qt.Key) -> bool:
        if key == _K.Key_0:
            self.zoom_to(1.0)
        elif key in _ZOOM:
            self.zoom_by(_ZOOM[key])
        else:
            return False
        return True

    def _is_edge(self, card: Card, point: QPoint) -> bool:
        rect = self.rect_on_viewport(card.place)
        return rect.bottom() - min(EDGE, rect.height() / 4) <= point.y() <= rect.bottom() + 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse; whoever is in hand is put down there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        place = self.place_under(point)
        if self._carry is not None:
            self._put_down(place)
            return
        self._stretch = None
        self._go_to(place)
        card = self.card_under(point)
        if card is not None and card.movable and self.editable:
            if self._is_edge(card, point):
                self._stretch, self._by_edge = Stretch(card, card.end), True
            else:
                self._pressed = (point, card)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag an interview, or show where the one in hand would land."""
        point = event.position().toPoint()
        if self._stretch is not None and self._by_edge:
            self._stretch_to(point)
            return
        if self._pressed is not None and self._carry is None:
            start, card = self._pressed
            if (point - start).manhattanLength() >= QApplication.startDragDistance():
                self.take_up(Carry(card.person, card), by_keyboard=False)
        if self._carry is not None:
            self._aim(self.place_under(point), event.globalPosition().toPoint())
        self._show_hand(point)

    def _stretch_to(self, point: QPoint) -> None:
        if self._stretch is not None and self._layout is not None:
            y = point.y() + self._scroll().y()
            moment = self._layout.moment_at(self._stretch.card.start.date(), y)
            self._stretch = self._stretch.to(moment)
            self._say_place()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        if self._stretch is not None and self._by_edge:
            self._end_stretch()
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
            self._aim(None, QPoint())
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
