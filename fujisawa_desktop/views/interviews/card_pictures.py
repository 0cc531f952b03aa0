"""Cards painted before: while one scrolls, hundreds of them only have to be laid down again."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from fujisawa_desktop.views.interviews.board import Board, Card
from fujisawa_desktop.views.interviews.paint_card import paint_card
from fujisawa_desktop.views.interviews.signs import signs_of
from fujisawa_desktop.views.rare_letters import are_taken_in
from fujisawa_desktop.views.theme import Tokens

_MOST_PIXELS: Final = 24_000_000
"""About 100 MB; then all are painted anew."""


class CardPictures:
    """Pictures by all that can be seen of a card."""

    def __init__(self) -> None:
        self._pictures: dict[object, QPixmap] = {}
        self._pixels = 0

    def paint(
        self, painter: QPainter, rect: QRectF, board: Board, card: Card, colours: Tokens, *, lifted: bool
    ) -> None:
        """Paint a card, from its picture where there is one; edges lie on whole pixels."""
        ratio = painter.device().devicePixelRatioF()
        left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
        width, height = round(rect.width() * ratio), round(rect.height() * ratio)
        key = (
            card.person.name, card.person.kana, card.person.course_ids, card.start, card.end,
            card.state, signs_of(card), width, height, ratio, lifted, id(colours),
            are_taken_in(),
        )  # fmt: skip
        picture = self._pictures.get(key)
        if picture is None:
            room = QRectF(0, 0, width / ratio, height / ratio)
            picture = _blank(room, ratio)
            inside = QPainter(picture)
            paint_card(inside, room, board, card, colours, lifted=lifted)
            inside.end()
            self._keep(key, picture)
        painter.drawPixmap(QPointF(left, top), picture)

    def _keep(self, key: object, picture: QPixmap) -> None:
        self._pixels += picture.width() * picture.height()
        if self._pixels > _MOST_PIXELS:
            self._pictures.clear()
            self._pixels = picture.width() * picture.height()
        self._pictures[key] = picture


def _blank(room: QRectF, ratio: float) -> QPixmap:
    picture = QPixmap((room.size() * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
