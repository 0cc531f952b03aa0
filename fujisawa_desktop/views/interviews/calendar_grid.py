"""The calendar one can work on: mouse and keyboard take up interviews and put them down."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.views.interviews.board import Card, Carry
from fujisawa_desktop.views.interviews.carrying_view import CarryingView
from fujisawa_desktop.views.interviews.steps import step
from fujisawa_desktop.views.interviews.stretching import EDGE, Stretch

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
"""What is done to the interview under the cursor; with Ctrl or Alt these keys belong to the window."""
_COMMANDS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_VIEWS: Final = {_K.Key_D: "day", _K.Key_W: "week", _K.Key_T: "today"}
_ZOOM: Final = {_K.Key_Plus: 1, _K.Key_Equal: 1, _K.Key_Semicolon: 1, _K.Key_Minus: -1}


class CalendarGrid(CarryingView):
    """Days and interviewers across, hours down, with mouse and keys."""

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Return takes up and puts down, Shift and ↑↓ stretch, Escape lets go; letters act."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier and self._take_ctrl_key(key):
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
            if self._stretch is not None:
                self.let_go()
            self._go_to(moved)
            return True
        return not modifiers & _COMMANDS and self._take_act_key(key, self.current_card())

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

    def _take_ctrl_key(self, key: Qt.Key) -> bool:
        if key == _K.Key_P:
            self.view_wanted.emit("print")
        elif key == _K.Key_0:
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
            self._show_stretch(self._stretch.to(moment))

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

    def _show_hand(self, point: QPoint) -> None:
        card = self.card_under(point)
        shape = Qt.CursorShape.ArrowCursor
        if self._carry is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif card is not None and card.movable and self.editable:
            edge = self._is_edge(card, point)
            shape = Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)
