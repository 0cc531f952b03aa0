"""One field of two people: what stands left, what stands right, and which of the two is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QScrollArea

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import RunningText, restyle

_MARGIN: Final = 60
"""Pixels of the neighbouring fields that stay in sight with the one chosen."""


class _Radio(QRadioButton):
    """A choice whose arrow keys go left and right within the field, up and down between fields.

    Signals:
        moved(int): to the field below (1) or above (-1).
        sideways(int): to the right value (1) or the left one (-1).
        focused(bool): it has the focus now, or lost it.
    """

    moved = Signal(int)
    sideways = Signal(int)
    focused = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the card, and come into sight."""
        super().focusInEvent(event)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self, 0, _MARGIN)
        self.focused.emit(True)  # noqa: FBT003 - a signal's argument

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the card."""
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003 - a signal's argument

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the four arrows."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        sides = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in sides:
            self.sideways.emit(sides[key])
        else:
            super().keyPressEvent(event)


class ChoiceCard(QFrame):
    """One of the two values; a click anywhere on it chooses it.

    Attributes:
        radio: what takes the focus; checked when this value is kept.
    """

    def __init__(self, name: str, side: str, value: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.radio = _Radio()
        self.radio.setAccessibleName(f"{name} {side} {value}")
        self.text = RunningText(value or _("(empty)"), None if value else "neutral")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(Space.S, Space.XS, Space.S, Space.XS)
        line.setSpacing(Space.S)
        line.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        self.radio.toggled.connect(lambda on: restyle(self, "chosen", value=bool(on)))
        self.radio.focused.connect(lambda on: restyle(self, "focused", value=bool(on)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this value."""
        self.radio.setChecked(True)
        self.radio.setFocus()
        event.accept()


class ChoiceRow:
    """The two cards of one field.

    Attributes:
        choice: key of ``services.person_choices.CHOICES``.
        left, right: the cards.
    """

    def __init__(self, choice: str, name: str, left: str, right: str, *, take_right: bool) -> None:
        self.choice = choice
        self.left = ChoiceCard(name, _("left"), left)
        self.right = ChoiceCard(name, _("right"), right)
        self._group = QButtonGroup(self.left)
        for card in (self.left, self.right):
            self._group.addButton(card.radio)
            card.radio.sideways.connect(self._go)
        (self.right if take_right else self.left).radio.setChecked(True)

    def takes_right(self) -> bool:
        """Return whether the right value is kept."""
        return self.right.radio.isChecked()

    def focus(self) -> None:
        """Put the focus on the value that is kept."""
        (self.right if self.takes_right() else self.left).radio.setFocus(Qt.FocusReason.TabFocusReason)

    def on_moved(self, go: Callable[[int], object]) -> None:
        """Say where the arrows up and down lead."""
        for card in (self.left, self.right):
            card.radio.moved.connect(go)

    def _go(self, side: int) -> None:
        radio = (self.right if side > 0 else self.left).radio
        radio.setChecked(True)
        radio.setFocus(Qt.FocusReason.TabFocusReason)
