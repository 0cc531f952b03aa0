"""The field for the points of one criterion: one digit is enough, and the next field has the cursor."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.views.widgets import LineEdit, restyle

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1}


class PointsEdit(LineEdit):
    """Whole points from 0 to ``most``; full-width digits are read too, anything else stays as typed.

    Signals:
        stepped(int): go one criterion up (-1) or down (1).
        scrolled(int): read on by a page, up (-1) or down (1).
        letter_typed(str): S, R or C, which mean nothing as points.
    """

    stepped = Signal(int)
    scrolled = Signal(int)
    letter_typed = Signal(str)

    def __init__(self, field: str, most: int) -> None:
        super().__init__()
        self._field = field
        self.most = most
        self.setFixedWidth(64)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.textEdited.connect(self._on_edited)

    def points(self) -> int | None:
        """Return the points, None while the field is empty.

        Raises:
            ValidationError: ``screening.points-range``.
        """
        text = unicodedata.normalize("NFKC", self.text()).strip()
        if not text:
            return None
        try:
            number = int(text)
        except ValueError:
            number = -1
        if not 0 <= number <= self.most:
            raise ValidationError("screening.points-range", field=self._field, most=self.most)
        return number

    def points_so_far(self) -> int:
        """Return the points for the running total: what cannot be read counts 0."""
        try:
            return self.points() or 0
        except ValidationError:
            return 0

    def set_points(self, points: int | None) -> None:
        """Write points, or empty the field."""
        self.setText("" if points is None else str(points))
        restyle(self, "wrong", value=False)

    def _on_edited(self, _text: str) -> None:
        try:
            number = self.points()
        except ValidationError:
            restyle(self, "wrong", value=True)
            self.selectAll()
            return
        restyle(self, "wrong", value=False)
        if number is not None and (number == 0 or number * 10 > self.most):
            self.stepped.emit(1)  # no further digit could follow

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Return step, Page keys and Space read on, S, R and C act; digits are typed."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if self.composing() or not plain:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _PAGES:
            self.scrolled.emit(_PAGES[key])
        elif key in (Qt.Key.Key_S, Qt.Key.Key_R, Qt.Key.Key_C):
            self.letter_typed.emit(chr(event.key()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark what is there, so that a digit replaces it."""
        super().focusInEvent(event)
        self.selectAll()
