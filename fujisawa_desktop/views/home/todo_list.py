"""次にすること: each line with the button that does it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_short_date
from fujisawa_desktop.rules.timeline import Phase
from fujisawa_desktop.services.todos import TodoItem, Urgency
from fujisawa_desktop.views.action_spec import When
from fujisawa_desktop.views.action_table import ACTIONS
from fujisawa_desktop.views.guide import GUIDE
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    EmptyState,
    LinkButton,
    Panel,
    Pill,
    RunningText,
    SecondaryButton,
    TextLabel,
    rule,
)

TONES: Final[dict[Urgency, Tone]] = {
    Urgency.OVERDUE: "wrong",
    Urgency.TODAY: "wrong",
    Urgency.TOMORROW: "caution",
    Urgency.LATER: "key",
    Urgency.NOW: "neutral",
}
STEP_OF_PHASE: Final[dict[Phase, int]] = {
    Phase.BEFORE: 0,
    Phase.ENTRY: 1,
    Phase.FIRST: 2,
    Phase.INTERVIEWS: 3,
    Phase.FINAL: 4,
    Phase.PREPARING: 4,
    Phase.TERM: 5,
    Phase.CLOSED: 5,
}
"""Index of the step in ``GUIDE`` that a phase is about."""
SHORT: Final = 5
"""So many lines leave room for the guide."""
_WRITES: Final = frozenset(spec.id for spec in ACTIONS if spec.when is When.WRITABLE)


def due_text(item: TodoItem) -> str:
    """Return when it has to be done, as the pill says it."""
    if item.urgency is Urgency.LATER and item.due is not None:
        return format_short_date(item.due)
    return texts.term("urgency", item.urgency)


class TodoPanel(Panel):
    """The list of things to do, the most urgent first.

    Signals:
        act_wanted(str): id of the action whose button was pressed.
    """

    act_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("What to do next"))
        self._content: QWidget | None = None
        self.buttons: list[SecondaryButton] = []
        self._step = TextLabel("", "bold")
        self._how = RunningText("", "neutral")
        self._guide = QWidget()
        column = QVBoxLayout(self._guide)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(rule())
        column.addWidget(self._step)
        column.addWidget(self._how)
        column.addWidget(LinkButton(_("Open the guide"), partial(self.act_wanted.emit, "help.guide")))
        self._guide.hide()
        self.body.addWidget(self._guide)

    def show_items(self, items: Sequence[TodoItem], phase: Phase, *, read_only: bool) -> None:
        """Show these lines, and below a short list how the work of this phase is done."""
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.deleteLater()
        self.buttons = []
        if items:
            self._content = self._list(items, read_only=read_only)
        else:
            self._content = EmptyState(
                _("Nothing has to be done now"),
                _("What comes up next appears here by itself, on the day it is due."),
            )
        self.body.insertWidget(0, self._content, 1)
        heading, text = GUIDE[STEP_OF_PHASE[phase]]
        self._step.setText(_(heading))
        self._how.set_text(_(text))
        self._guide.setVisible(len(items) <= SHORT)

    def _list(self, items: Sequence[TodoItem], *, read_only: bool) -> QWidget:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS + 1)
        grid.setColumnStretch(1, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, item in enumerate(items):
            line = 2 * at
            grid.addWidget(Pill(due_text(item), TONES[item.urgency]), line, 0, middle)
            sentence = texts.message_for(item.code, item.params)
            grid.addWidget(RunningText(sentence), line, 1, middle)
            if item.action:
                button = SecondaryButton(
                    texts.term("todo", item.code), partial(self.act_wanted.emit, item.action)
                )
                button.setEnabled(not (read_only and item.action in _WRITES))
                button.setAccessibleDescription(sentence)
                self.buttons.append(button)
                grid.addWidget(button, line, 2, middle | Qt.AlignmentFlag.AlignRight)
            if at < len(items) - 1:
                grid.addWidget(rule(), line + 1, 0, 1, 3)
        grid.setRowStretch(2 * len(items), 1)
        return content
