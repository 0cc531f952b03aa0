"""The calendar as a picture that scrolls: axis and heads stay, tool tips say what is cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from fujisawa_desktop.views.interviews.board import Board, Card, Place
from fujisawa_desktop.views.interviews.layout import AXIS_WIDTH, HEAD_HEIGHT, Layout
from fujisawa_desktop.views.interviews.paint import Scene, paint_axis, paint_grid, paint_heads, paint_over
from fujisawa_desktop.views.interviews.words import as_tool_tip, card_lines, interviewer_courses, place_line
from fujisawa_desktop.views.theme import tokens

MINUTE: Final = 60_000


class BoardView(QAbstractScrollArea):
    """Days and interviewers across, hours down; what can be done with it is added by a subclass."""

    def __init__(self, clock: Callable[[], datetime] = datetime.now) -> None:
        super().__init__()
        self._clock = clock
        self._board: Board | None = None
        self._layout: Layout | None = None
        self._picture: QPixmap | None = None
        self._picture_of: object = None
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
        if board is None or layout is None or not board.columns:
            return []
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
        return Scene(board=board, layout=layout, now=self._clock().replace(second=0, microsecond=0))

    def _lay_out(self) -> None:
        if self._board is None:
            return
        room = self.viewport().size()
        self._layout = Layout(self._board, room.width(), room.height())
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
        painter.save()
        painter.setClipRect(room.adjusted(AXIS_WIDTH, HEAD_HEIGHT, 0, 0))
        painter.translate(-scroll)
        painter.drawPixmap(0, 0, self._grid_of(scene))
        paint_over(painter, scene)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(0, HEAD_HEIGHT - 9, AXIS_WIDTH, room.height()))
        painter.translate(0, -scroll.y())
        paint_axis(painter, scene)
        painter.restore()
        painter.setClipRect(QRectF(AXIS_WIDTH, 0, room.width(), HEAD_HEIGHT + 1))
        painter.translate(-scroll.x(), 0)
        paint_heads(painter, scene)

    def _grid_of(self, scene: Scene) -> QPixmap:
        """Return the picture of the grid; it is painted anew only when something in it changed."""
        ratio = self.devicePixelRatioF()
        key = (scene.board, scene.layout, scene.carried, scene.leaving, scene.now, tokens(), ratio)
        if self._picture is None or key != self._picture_of:
            size = QSizeF(scene.layout.width, scene.layout.height) * ratio
            picture = QPixmap(size.toSize())
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(tokens().panel))
            painter = QPainter(picture)
            paint_grid(painter, scene)
            painter.end()
            self._picture, self._picture_of = picture, key
        return self._picture

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the grid, then axis and heads over it."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), tokens().panel)
        if self._board is not None and self._layout is not None and self._board.columns:
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
