"""The line above the list that says what narrows it; each condition goes with a click or a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.words import joined
from fujisawa_desktop.views.group_chip import GroupChip
from fujisawa_desktop.views.widgets import Button, plain, tool_tip
from fujisawa_desktop.views.widgets.flow import FlowLayout

_LONGEST = 34


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that narrows the list.

    Attributes:
        key: what it is about; one chip a key.
        text: how it reads, as ``コース：DX``.
        remove: takes it away.
    """

    key: str
    text: str
    remove: Callable[[], object]


def condition(key: str, title: str, values: Sequence[str], remove: Callable[[], object]) -> list[Condition]:
    """Return the condition that one of some values must hold; nothing when there is no value."""
    if not values:
        return []
    return [Condition(key, _("{title}: {values}").format(title=title, values=joined(values)), remove)]


class ConditionLine(QWidget):
    """The working group and a chip for each condition; hidden while there is neither."""

    def __init__(self, group: GroupChip) -> None:
        """Make an empty line; the working group stands first in it."""
        super().__init__()
        self._group = group
        self.setAccessibleName(_("What narrows the list"))
        self._flow = FlowLayout(self)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._flow.addWidget(group)
        self.chips: list[Chip] = []
        group.shown_changed.connect(self._say)
        self._say()

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show these; the focus stays on the chip of the same key, or goes to the next one."""
        now = tuple((one.key, one.text) for one in conditions)
        if now == self._shown:
            return
        self._shown = now
        focused = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), None)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [Chip(one) for one in conditions]
        before: QWidget = self._group.drop_button
        for chip in self.chips:
            self._flow.addWidget(chip)
            chip.show()
            QWidget.setTabOrder(before, chip)
            before = chip
        self._say()
        if focused is not None and self.chips:
            self.chips[min(focused, len(self.chips) - 1)].setFocus()

    def _say(self) -> None:
        self.setVisible(bool(self.chips) or bool(self._group.count()))
        self._flow.invalidate()
        self.updateGeometry()

    def texts(self) -> list[str]:
        """Return what is said, from left to right."""
        return [text for _key, text in self._shown]


class Chip(Button):
    """One condition; a click, Delete or the space bar takes it away."""

    def __init__(self, shown: Condition) -> None:
        text = shown.text if len(shown.text) <= _LONGEST else f"{shown.text[:_LONGEST]}…"
        super().__init__(plain(f"{text}  ×"), shown.remove, "chip")
        self.key = shown.key
        self._remove = shown.remove
        said = _("{condition} — take it away (Del)").format(condition=shown.text)
        self.setToolTip(tool_tip(said))
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take the condition away; arrows go to the chips beside."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return):
            self._remove()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)
