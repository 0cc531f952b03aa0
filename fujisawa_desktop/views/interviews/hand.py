"""The one in hand while the mouse drags: a small label at the pointer, over the whole tab."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.words import times_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Panel, TextLabel

_BESIDE = QPoint(14, 10)


class Hand(Panel):
    """Name and times of who is dragged; mouse events go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(role="card", margin=Space.S)
        self.setParent(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = TextLabel("", "bold")
        self._times = TextLabel("", "small")
        self.body.addWidget(self._name)
        self.body.addWidget(self._times)
        self.hide()

    def show_at(self, person: Person, point: QPoint) -> None:
        """Show somebody beside a point of the screen."""
        self._name.setText(person.name)
        self._times.setText(times_text(person))
        self.adjustSize()
        place = self._over.mapFromGlobal(point) + _BESIDE
        room = self._over.rect()
        place.setX(min(place.x(), room.right() - self.width()))
        place.setY(min(place.y(), room.bottom() - self.height()))
        self.move(place)
        self.show()
        self.raise_()
