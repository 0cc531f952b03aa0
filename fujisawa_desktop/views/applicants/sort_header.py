"""The headings of the list: a click sorts, Shift and a click sort within what is sorted already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from fujisawa_desktop.views.applicants.columns import COLUMNS, PLACES
from fujisawa_desktop.views.theme import ROW_HEIGHT, SMALL_PX, body_font, tokens

Sort = tuple[str, str]
FIRST_SORTS: Final[tuple[Sort, ...]] = (("name", "asc"),)
_SIGN: Final = 10
_DIGIT: Final = 9


class SortHeader(QHeaderView):
    """Shows by which columns the list is sorted, in which order and direction.

    Signals:
        sorts_changed(): the person sorted in another way.
    """

    sorts_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorts: tuple[Sort, ...] = FIRST_SORTS
        self._adding = False
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(ROW_HEIGHT)
        bold = QFont(self.font())
        bold.setBold(True)
        self.setFont(bold)
        self.sectionClicked.connect(lambda at: self.sort_by(COLUMNS[at].key, adding=self._adding))

    def show_sorts(self, sorts: Sequence[Sort]) -> None:
        """Show an order without telling."""
        self.sorts = tuple(sorts) or FIRST_SORTS
        self.viewport().update()

    def sort_by(self, key: str, *, adding: bool) -> None:
        """Sort by a column alone, or within the columns before; the same column again turns it round."""
        now = dict(self.sorts)
        turned = "desc" if now.get(key) == "asc" else "asc"
        if adding:
            now[key] = turned if key in now else "asc"
            self.show_sorts(tuple(now.items()))
        else:
            self.show_sorts(((key, turned if key == self.sorts[0][0] else "asc"),))
        self.sorts_changed.emit()

    def sort_as_first(self) -> None:
        """Sort as the list does before anybody sorts it: by name."""
        self.show_sorts(FIRST_SORTS)
        self.sorts_changed.emit()

    # Qt overrides

    def reset(self) -> None:
        """Leave the headings as they are: another answer has the same columns.

        Qt would lay them out and paint them again with the rows of each key.
        """

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether Shift is held: the click itself does not say."""
        self._adding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mousePressEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Paint a heading and, where the list is sorted by it, the direction and its place."""
        painter.save()
        super().paintSection(painter, rect, logical_index)
        painter.restore()
        key = COLUMNS[logical_index].key
        place = next((at for at, (name, _way) in enumerate(self.sorts) if name == key), None)
        if place is None:
            return
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = _SIGN + (_DIGIT if len(self.sorts) > 1 else 0) + 4
        room = QRect(rect.right() - width, rect.top() + 2, width, rect.height() - 4)
        painter.fillRect(room, QColor(colours.header))
        upwards = self.sorts[place][1] == "asc"
        left, middle = room.left() + 3.0, rect.center().y()
        tip, base = (middle - 3.0, middle + 2.5) if upwards else (middle + 3.0, middle - 2.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.key))
        painter.drawPolygon(
            QPolygonF([QPointF(left, base), QPointF(left + 7, base), QPointF(left + 3.5, tip)])
        )
        if len(self.sorts) > 1:
            painter.setPen(QColor(colours.key))
            painter.setFont(body_font(SMALL_PX))
            digit = room.adjusted(_SIGN, 0, 0, 0)
            painter.drawText(digit, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        painter.restore()


def sorts_from(text: str) -> list[Sort]:
    """Return a remembered order; columns that are gone are left out."""
    found = (part.partition(":") for part in text.split(",") if part)
    return [(key, way) for key, _colon, way in found if key in PLACES and way in ("asc", "desc")]
