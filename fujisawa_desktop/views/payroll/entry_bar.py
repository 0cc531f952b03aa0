"""The row right above the grid: what is typed into it, the usual days, and what its signs mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.views.payroll.legend import Legend
from fujisawa_desktop.views.payroll.words import pattern_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Button, SecondaryButton, plain


class EntryBar(QWidget):
    """Buttons only; the tab does what they ask for.

    Attributes:
        tools: where further buttons for typing hours belong.

    Signals:
        kind_chosen(ShiftKind): what is typed from now on.
        fill_wanted(str): put this into the chosen days; empty clears them.
        as_planned_wanted(): what was planned on the chosen days was worked.
    """

    kind_chosen = Signal(object)
    fill_wanted = Signal(str)
    as_planned_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kinds = {
            ShiftKind.PLANNED: self._kind_button(_("Planned"), ShiftKind.PLANNED, "Alt+L"),
            ShiftKind.WORKED: self._kind_button(_("Worked"), ShiftKind.WORKED, "Alt+R"),
        }
        self._group = QButtonGroup(self)
        for button in self.kinds.values():
            self._group.addButton(button)
        self.kinds[ShiftKind.PLANNED].setChecked(True)
        self.as_planned = SecondaryButton(_("As planned"), self.as_planned_wanted.emit)
        self.as_planned.setToolTip(_("Records as worked what was planned on the chosen days (=)"))
        self.clear_days = SecondaryButton(_("Erase"), lambda: self.fill_wanted.emit(""))
        self.clear_days.setToolTip(_("Clears the chosen days (Delete)"))
        self.pattern_buttons: list[Button] = []
        self.legend = Legend()
        self._patterns: tuple[WorkPattern, ...] = ()
        self.tools = QHBoxLayout()
        self.tools.setSpacing(Space.XS)
        self._lay_out()

    def enable(self, *, may_type: bool) -> None:
        """Let hours be put into cells, or not."""
        for button in (self.as_planned, self.clear_days, *self.pattern_buttons):
            button.setEnabled(may_type)

    def show_patterns(self, patterns: Sequence[WorkPattern]) -> None:
        """Make a button of each usual day, and explain its sign."""
        if tuple(patterns) == self._patterns:
            return
        self._patterns = tuple(patterns)
        self.legend.show_patterns(patterns)
        for button in self.pattern_buttons:
            self.tools.removeWidget(button)
            button.deleteLater()
        self.pattern_buttons = []
        for at, pattern in enumerate(patterns):
            button = SecondaryButton(plain(pattern.name), partial(self.fill_wanted.emit, pattern.mark))
            shortcut = f"Alt+{at + 1}"
            button.setShortcut(QKeySequence(shortcut))
            button.setToolTip(
                _("Puts {day} into the chosen cells ({keys})").format(
                    day=pattern_text(pattern), keys=shortcut
                )
            )
            self.tools.insertWidget(at, button)
            self.pattern_buttons.append(button)

    def kind(self) -> ShiftKind:
        """Return what is typed now."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def choose_kind(self, kind: ShiftKind) -> None:
        """Type this from now on."""
        if not self.kinds[kind].isChecked():
            self.kinds[kind].setChecked(True)
            self.kind_chosen.emit(kind)

    def _kind_button(self, text: str, kind: ShiftKind, keys: str) -> Button:
        button = SecondaryButton(text, lambda: self.kind_chosen.emit(kind))
        button.setCheckable(True)
        button.setToolTip(_("What is typed goes here ({keys})").format(keys=keys))
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: self.choose_kind(kind))
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        kinds = QHBoxLayout()
        kinds.setSpacing(0)
        for button in self.kinds.values():
            kinds.addWidget(button)
        line.addLayout(kinds)
        self.tools.addWidget(self.as_planned)
        self.tools.addWidget(self.clear_days)
        line.addLayout(self.tools)
        line.addWidget(self.legend, 1)
