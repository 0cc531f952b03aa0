"""Above the calendar: which days, the result of the plan, and what can be done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from fujisawa_desktop.i18n import _, format_short_date
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.words import result_line, short_result
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    ElidedLabel,
    IconButton,
    Pill,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
)


class CalendarBar(QWidget):
    """The row above the calendar.

    Signals:
        turned(int): the person goes one page of days back (-1) or on (1).
        day_wanted(), week_wanted(): show one day, or all.
        interviewers_wanted(), plan_wanted(), apply_wanted(): the buttons at the right.
    """

    turned = Signal(int)
    day_wanted = Signal()
    week_wanted = Signal()
    interviewers_wanted = Signal()
    plan_wanted = Signal()
    apply_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = IconButton("previous", _("Earlier days"), lambda: self.turned.emit(-1))
        self.on = IconButton("next", _("Later days"), lambda: self.turned.emit(1))
        self.days = TextLabel("", "bold")
        self.day = SecondaryButton(_("One day"), self.day_wanted.emit)
        self.week = SecondaryButton(_("Week"), self.week_wanted.emit)
        group = QButtonGroup(self)
        for button in (self.day, self.week):
            button.setCheckable(True)
            group.addButton(button)
        self.week.setChecked(True)
        self.result = Pill("", "good")
        self.result.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.result.setMinimumWidth(64)
        self.hint = ElidedLabel("")
        self.hint.set_tone("key")
        self.interviewers = SecondaryButton(_("Interviewers…"), self.interviewers_wanted.emit)
        self.plan = PrimaryButton(_("Make a plan"), self.plan_wanted.emit)
        self.again = SecondaryButton(_("Make it again"), self.plan_wanted.emit)
        self.apply = PrimaryButton(_("Book this plan"), self.apply_wanted.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        left: tuple[QWidget, ...] = (self.back, self.days, self.on, self.day, self.week)
        right: tuple[QWidget, ...] = (self.result, self.interviewers, self.again, self.plan, self.apply)
        for widget in left:
            line.addWidget(widget)
        line.addWidget(self.hint, 1)
        for widget in right:
            line.addWidget(widget)

    def show_board(self, board: Board, *, editable: bool) -> None:
        """Offer what fits the board."""
        plan = board.plan
        self.days.setText(_span(board.days[0].day, board.days[-1].day) if board.days else "")
        self.result.setVisible(plan is not None)
        if plan is not None:
            self.result.set(short_result(plan), "good" if plan.proven_optimal else "caution")
            self.result.setToolTip(result_line(plan))
        bookable = plan is not None and not plan.is_trial and plan.changes > 0
        self.plan.setVisible(plan is None)
        self.again.setVisible(plan is not None)
        self.apply.setVisible(plan is not None)
        self.apply.setEnabled(bookable and editable)
        can_plan = bool(board.view.interviewers) and any(person.waits for person in board.view.people)
        self.plan.setEnabled(can_plan)
        self.again.setEnabled(can_plan)
        self.interviewers.setEnabled(editable)

    def show_pages(self, *, earlier: bool, later: bool, one_day: bool) -> None:
        """Say where one can go."""
        self.back.setEnabled(earlier)
        self.on.setEnabled(later)
        self.day.setChecked(one_day)
        self.week.setChecked(not one_day)

    def say(self, hint: str) -> None:
        """Say what to do with the one in hand; nothing clears it. The sentence gets the room of a button."""
        self.hint.set_whole(hint)
        self.interviewers.setVisible(not hint)


def _span(first: date, last: date) -> str:
    if first == last:
        return format_short_date(first)
    return f"{format_short_date(first)} – {format_short_date(last)}"
