"""Above the calendar: which days, the result of the plan, and what can be done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from fujisawa_desktop.i18n import _, format_short_date
from fujisawa_desktop.services.interview_plan import PlanView
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.words import result_words
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    ElidedLabel,
    IconButton,
    MenuButton,
    Pill,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    pill_size,
)


class ResultPill(Pill):
    """The result of a plan, in as many words as there is room for; the tool tip says them all."""

    def __init__(self) -> None:
        super().__init__("", "good")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._texts: tuple[str, ...] = ()
        self._mood: Tone = "good"

    def show_plan(self, plan: PlanView) -> None:
        """Show another plan."""
        self._texts = result_words(plan)
        self._mood = "good" if plan.proven_optimal else "caution"
        self.setMinimumWidth(pill_size(self._texts[-1]).width())
        self.setToolTip(self._texts[0])
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the room of the longest text."""
        return pill_size(self._texts[0] if self._texts else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the longest text that fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._texts:
            fitting = (text for text in self._texts if pill_size(text).width() <= self.width())
            self.set(next(fitting, self._texts[-1]), self._mood)


class CalendarBar(QWidget):
    """The row above the calendar.

    Signals:
        turned(int): the person goes one page of days back (-1) or on (1).
        day_wanted(), week_wanted(), today_wanted(): show one day, the week, or where today is.
        print_wanted(), pdf_wanted(): what is shown, on paper or as a file.
        interviewers_wanted(), plan_wanted(), apply_wanted(): the buttons at the right.
    """

    turned = Signal(int)
    day_wanted = Signal()
    week_wanted = Signal()
    today_wanted = Signal()
    print_wanted = Signal()
    pdf_wanted = Signal()
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
        self.day.setToolTip(_("One day (D)"))
        self.week.setToolTip(_("Week (W)"))
        self.today = SecondaryButton(_("Today"), self.today_wanted.emit)
        self.today.setToolTip(_("Go to today (T)"))
        self.today.hide()
        self.print = MenuButton(_("Print"))
        self.print.add(_("Print these days…"), self.print_wanted.emit)
        self.print.add(_("Save these days as PDF…"), self.pdf_wanted.emit)
        self.result = ResultPill()
        self.hint = ElidedLabel("")
        self.hint.set_tone("key")
        self.interviewers = SecondaryButton(_("Interviewers…"), self.interviewers_wanted.emit)
        self.plan = PrimaryButton(_("Make a plan"), self.plan_wanted.emit)
        self.again = SecondaryButton(_("Replan"), self.plan_wanted.emit)
        self.apply = PrimaryButton(_("Book it"), self.apply_wanted.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        left: tuple[QWidget, ...] = (self.back, self.days, self.on, self.day, self.week, self.today)
        right: tuple[QWidget, ...] = (
            self.result,
            self.print,
            self.interviewers,
            self.again,
            self.plan,
            self.apply,
        )
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
            self.result.show_plan(plan)
        bookable = plan is not None and not plan.is_trial and plan.changes > 0
        self.plan.setVisible(plan is None)
        self.again.setVisible(plan is not None)
        self.apply.setVisible(plan is not None and not plan.is_trial)
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
        """Say what to do with the one in hand, in the room of the buttons; nothing brings them back."""
        self.hint.set_whole(hint)
        self.print.setVisible(not hint)
        self.interviewers.setVisible(not hint)
        self.plan.setVisible(not hint)


def _span(first: date, last: date) -> str:
    if first == last:
        return format_short_date(first)
    return f"{format_short_date(first)} – {format_short_date(last)}"
