"""The row above the grid: which month, what is typed, the usual days, and what is done with the month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.services.hours import PersonMonth
from fujisawa_desktop.views.payroll.words import month_name, month_pill, pattern_text
from fujisawa_desktop.views.theme import HEADING_PX, Space, body_font
from fujisawa_desktop.views.widgets import (
    Button,
    IconButton,
    Pill,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    plain,
)


class MonthBar(QWidget):
    """Buttons only; the tab does what they ask for.

    Signals:
        stepped(int): another month, so many further.
        kind_chosen(ShiftKind): what is typed from now on.
        fill_wanted(str): put this into the chosen days; empty clears them.
        as_planned_wanted(): what was planned on the chosen days was worked.
        attendance_wanted(), close_wanted(), pay_wanted(): acts on the month.
    """

    stepped = Signal(int)
    kind_chosen = Signal(object)
    fill_wanted = Signal(str)
    as_planned_wanted = Signal()
    attendance_wanted = Signal()
    close_wanted = Signal()
    pay_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.before = IconButton("previous", _("Month before (Page Up)"), lambda: self.stepped.emit(-1))
        self.after = IconButton("next", _("Month after (Page Down)"), lambda: self.stepped.emit(1))
        self.month = TextLabel("", "heading")
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = QFontMetrics(body_font(HEADING_PX, bold=True)).horizontalAdvance(month_name(2024, 12))
        self.month.setMinimumWidth(widest + Space.XS)
        self.kinds = {
            ShiftKind.PLANNED: self._kind_button(_("Planned"), ShiftKind.PLANNED, "Alt+P"),
            ShiftKind.WORKED: self._kind_button(_("Worked"), ShiftKind.WORKED, "Alt+W"),
        }
        self._group = QButtonGroup(self)
        for button in self.kinds.values():
            self._group.addButton(button)
        self.kinds[ShiftKind.PLANNED].setChecked(True)
        self.as_planned = SecondaryButton(_("As planned"), self.as_planned_wanted.emit)
        self.as_planned.setToolTip(_("Records as worked what was planned on the chosen days (=)"))
        self.clear_days = SecondaryButton(_("Erase"), lambda: self.fill_wanted.emit(""))
        self.clear_days.setToolTip(_("Clears the chosen days (Delete)"))
        self.state = Pill("")
        self.attendance = SecondaryButton(_("Attendance"), self.attendance_wanted.emit)
        self.close_month = SecondaryButton(_("Close month"), self.close_wanted.emit)
        self.compute = PrimaryButton(_("Compute pay"), self.pay_wanted.emit)
        self.pattern_buttons: list[Button] = []
        self._patterns: tuple[WorkPattern, ...] = ()
        self._middle = QHBoxLayout()
        self._middle.setSpacing(Space.XS)
        self._lay_out()

    def show_month(self, year: int, month: int) -> None:
        """Name the month."""
        self.month.setText(month_name(year, month))

    def show_people(self, people: Sequence[PersonMonth], *, may_write: bool) -> None:
        """Say how far the month is, and enable what is possible."""
        self.state.setVisible(bool(people))
        if people:
            self.state.set(*month_pill(people))
        all_closed = bool(people) and all(person.closed for person in people)
        self.close_month.setText(_("Open again…") if all_closed else _("Close month"))
        self.close_month.setEnabled(may_write and bool(people))
        self.compute.setEnabled(bool(people))
        self.attendance.setEnabled(bool(people))
        for button in (self.as_planned, self.clear_days, *self.pattern_buttons):
            button.setEnabled(may_write and bool(people) and not all_closed)

    def show_patterns(self, patterns: Sequence[WorkPattern]) -> None:
        """Make a button of each usual day."""
        if tuple(patterns) == self._patterns:
            return
        self._patterns = tuple(patterns)
        for button in self.pattern_buttons:
            self._middle.removeWidget(button)
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
            self._middle.insertWidget(at, button)
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
        for widget in (self.before, self.month, self.after):
            line.addWidget(widget)
        line.addSpacing(Space.S)
        kinds = QHBoxLayout()
        kinds.setSpacing(0)
        for button in self.kinds.values():
            kinds.addWidget(button)
        line.addLayout(kinds)
        line.addSpacing(Space.XS)
        self._middle.addWidget(self.as_planned)
        self._middle.addWidget(self.clear_days)
        line.addLayout(self._middle)
        line.addStretch(1)
        for last in (self.state, self.attendance, self.close_month, self.compute):
            line.addWidget(last)
