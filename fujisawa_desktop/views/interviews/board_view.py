"""The calendar as a picture that scrolls: axis and heads stay, tool tips say what is cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from fujisawa_desktop.views.interviews.board import Board, Card, Place
from fujisawa_desktop.views.interviews.card_pictures import CardPictures
from fujisawa_desktop.views.interviews.layout import AXIS_WIDTH, HEAD_HEIGHT, ZOOMS, Layout
from fujisawa_desktop.views.interviews.paint import Scene, paint_grid, paint_over
from fujisawa_desktop.views.interviews.paint_heads import paint_axis, paint_heads
from fujisawa_desktop.views.interviews.words import (
    as_tool_tip,
    card_lines,
    closed_words,
    interviewer_courses,
    place_line,
)
from fujisawa_desktop.views.rare_letters import are_taken_in
from fujisawa_desktop.views.theme import tokens

MINUTE: Final = 60_000
NOTCH: Final = 120


class BoardView(QAbstractScrollArea):
    """Days and interviewers across, hours down; what can be done with it is added by a subclass.

    Signals:
        zoomed(float): another enlargement; 1 is the size at which all fits, if it can.
    """

    zoomed = Signal(float)

    def __init__(self, clock: Callable[[], datetime] = datetime.now) -> None:
        super().__init__()
        self._clock = clock
        self._board: Board | None = None
        self._layout: Layout | None = None
        self._picture: QPixmap | None = None
        self._picture_of: object = None
        self._pictures = CardPictures()
        self._zoom = 1.0
        self._turned = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self.viewport().update)
        self._minute.start()

    @property
    def board(self) -> Board | None:
        """What is shown."""
        return self._board

    def show_board(self, board: Board) -> None:
        """Show another state."""
        self._board = board
        self._lay_out()

    @property
    def zoom(self) -> float:
        """How much larger than fitting everything is."""
        return self._zoom

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Enlarge so much; what lies at a point of the viewport stays there (else what is in its middle)."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if zoom == self._zoom or self._layout is None or self._board is None:
            return
        room = self.viewport().size()
        point = around or QPointF(room.width() / 2, room.height() / 2)
        before, inside = self._layout, point + self._scroll()
        self._zoom = zoom
        self._lay_out()
        after = self._layout
        across = (inside.x() - AXIS_WIDTH) / max(before.width - AXIS_WIDTH, 1)
        down = (inside.y() - HEAD_HEIGHT) / max(before.height - HEAD_HEIGHT, 1)
        self.horizontalScrollBar().setValue(
            round(AXIS_WIDTH + across * (after.width - AXIS_WIDTH) - point.x())
        )
        self.verticalScrollBar().setValue(
            round(HEAD_HEIGHT + down * (after.height - HEAD_HEIGHT) - point.y())
        )
        self.zoomed.emit(zoom)

    def zoom_by(self, steps: int, around: QPointF | None = None) -> None:
        """Go so many steps of enlargement up or down."""
        at = min(range(len(ZOOMS)), key=lambda number: abs(ZOOMS[number] - self._zoom))
        self.zoom_to(ZOOMS[min(max(at + steps, 0), len(ZOOMS) - 1)], around)

    def rect_on_viewport(self, place: Place) -> QRectF:
        """Return where a place is painted now."""
        if self._layout is None:
            return QRectF()
        return self._layout.rect_of(place).translated(-self._scroll())

    def place_under(self, point: QPoint) -> Place | None:
        """Return the place at a point of the viewport."""
        inside = self.viewport().rect().contains(point)
        if self._layout is None or not inside or point.y() < HEAD_HEIGHT or point.x() < AXIS_WIDTH:
            return None
        return self._layout.place_at(QPointF(point) + self._scroll())

    def card_under(self, point: QPoint) -> Card | None:
        """Return the interview at a point of the viewport."""
        place = self.place_under(point)
        return self._board.card_at(place) if self._board is not None and place is not None else None

    def lines_at(self, point: QPoint) -> list[str]:
        """Return what is to be said about a point of the viewport."""
        board, layout = self._board, self._layout
        if board is None or layout is None:
            return []
        closed = layout.closed_at(point.x() + self._scroll().x())
        if closed is not None:
            return [closed_words(closed)]
        column = layout.column_at(point.x() + self._scroll().x())
        if point.y() < HEAD_HEIGHT and column is not None:
            interviewer = board.columns[column].interviewer
            return [interviewer.name, interviewer_courses(board, interviewer)]
        card, place = self.card_under(point), self.place_under(point)
        if card is not None:
            return card_lines(board, card)
        return [place_line(board, place)] if place is not None else []

    def bring_into_sight(self, place: Place) -> None:
        """Scroll as little as needed to show a place whole."""
        if self._layout is None:
            return
        rect, room = self._layout.rect_of(place), self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(
            round(max(min(across.value(), rect.left() - AXIS_WIDTH), rect.right() - room.width()))
        )
        down.setValue(round(max(min(down.value(), rect.top() - HEAD_HEIGHT), rect.bottom() - room.height())))

    def scene(self, board: Board, layout: Layout) -> Scene:
        """Return what is painted; a subclass adds cursor and hand."""
        now = self._clock().replace(second=0, microsecond=0)
        return Scene(board=board, layout=layout, now=now, pictures=self._pictures)

    def _lay_out(self) -> None:
        if self._board is None:
            return
        room = self.viewport().size()
        self._layout = Layout(self._board, room.width(), room.height(), self._zoom)
        for bar, whole, part in (
            (self.horizontalScrollBar(), self._layout.width, room.width()),
            (self.verticalScrollBar(), self._layout.height, room.height()),
        ):
            bar.setRange(0, max(round(whole) - part, 0))
            bar.setPageStep(part)
            bar.setSingleStep(20)
        self.viewport().update()

    def _scroll(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _paint(self, painter: QPainter, scene: Scene) -> None:
        scroll = self._scroll()
        room = QRectF(self.viewport().rect())
        painter.drawPixmap(0, 0, self._picture_with(scene))
        painter.setClipRect(room.adjusted(AXIS_WIDTH, HEAD_HEIGHT, 0, 0))
        painter.translate(-scroll)
        paint_over(painter, scene)

    def _picture_with(self, scene: Scene) -> QPixmap:
        """Return all that stays as it is while the mouse moves, as far as it is in sight.

        It is painted anew only when something in it changed, or when one scrolled.
        """
        ratio = self.devicePixelRatioF()
        room, scroll = self.viewport().size(), self._scroll()
        key = (
            scene.board, scene.layout, scene.carried, scene.leaving, scene.now, scene.colours, ratio,
            (scroll.x(), scroll.y()), (room.width(), room.height()), are_taken_in(),
        )  # fmt: skip
        if self._picture is None or key != self._picture_of:
            picture = QPixmap(room * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(scene.colours.panel))
            painter = QPainter(picture)
            self._paint_picture(painter, scene, scroll)
            painter.end()
            self._picture, self._picture_of = picture, key
        return self._picture

    def _paint_picture(self, painter: QPainter, scene: Scene, scroll: QPointF) -> None:
        room = QRectF(self.viewport().rect())
        inside = room.adjusted(AXIS_WIDTH, HEAD_HEIGHT, 0, 0)
        painter.save()
        painter.setClipRect(inside)
        painter.translate(-scroll)
        paint_grid(painter, scene, inside.translated(scroll))
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(0, HEAD_HEIGHT - 9, AXIS_WIDTH, room.height()))
        painter.translate(0, -scroll.y())
        paint_axis(painter, scene)
        painter.restore()
        painter.setClipRect(QRectF(AXIS_WIDTH, 0, room.width(), HEAD_HEIGHT + 1))
        painter.translate(-scroll.x(), 0)
        paint_heads(painter, scene, inside.translated(scroll.x(), 0))

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the grid, then axis and heads over it."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), tokens().panel)
        if self._board is not None and self._layout is not None and self._board.days:
            self._paint(painter, self.scene(self._board, self._layout))
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole of what is cut, and what a place is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            lines = self.lines_at(event.pos())
            if lines:
                QToolTip.showText(event.globalPos(), as_tool_tip(lines), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl, enlarge around the mouse; with Shift, go sideways."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += turn.y()
            steps = int(self._turned / NOTCH)
            self._turned -= steps * NOTCH
            if steps:
                self.zoom_by(steps, event.position())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and turn.y():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turn.y())
            event.accept()
        else:
            super().wheelEvent(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint all again: axis and heads do not scroll with the rest."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the calendar into the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
