"""The one in hand: a small label at the pointer, over the whole tab, with what stands against a place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.board import Place
from fujisawa_desktop.views.interviews.words import span_text, times_text
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import Panel, TextLabel

_BESIDE = QPoint(14, 10)
_WIDEST = 300


class Hand(Panel):
    """Name and times of who is in hand, and why a place does not suit; mouse events go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(role="card", margin=Space.S)
        self.setParent(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = TextLabel("", "bold")
        self._times = TextLabel("", "small")
        self.why = TextLabel("")
        self._place = TextLabel("")
        for label in (self._name, self._times, self._place, self.why):
            label.setWordWrap(label is self.why)
            self.body.addWidget(label)
        self.body.setSpacing(0)
        self.hide()

    def show_at(
        self, person: Person, point: QPoint, *, span: Place | None, why: str, tone: Tone | None
    ) -> None:
        """Show somebody beside a point of the screen, and what is to be said of the place there."""
        self._name.setText(person.name)
        self._times.setText(times_text(person))
        self._place.setText(span_text(span.start, span.end) if span is not None else "")
        self._place.setVisible(span is not None)
        self.why.setText(why)
        self.why.set_tone(tone if why else None)
        self.why.setVisible(bool(why))
        lines = (self._name, self._times, self._place)
        wanted = max(label.fontMetrics().horizontalAdvance(label.text()) for label in lines)
        width = max(wanted, min(self.why.fontMetrics().horizontalAdvance(why), _WIDEST))
        for label in (self._name, self._times, self._place, self.why):
            label.setFixedWidth(width + 2)
        self.setFixedWidth(width + 4 + 2 * Space.S)
        self.adjustSize()
        place = self._over.mapFromGlobal(point) + _BESIDE
        room = self._over.rect()
        place.setX(max(min(place.x(), room.right() - self.width()), 0))
        place.setY(max(min(place.y(), room.bottom() - self.height()), 0))
        self.move(place)
        self.show()
        self.raise_()
