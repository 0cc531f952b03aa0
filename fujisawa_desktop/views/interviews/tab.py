"""面接カレンダー: who waits, the days, and why somebody does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.interview_announcing import Affected
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.acts import InterviewActs
from fujisawa_desktop.views.interviews.board import Board, Card
from fujisawa_desktop.views.interviews.calendar_grid import CalendarGrid
from fujisawa_desktop.views.interviews.card_dialogs import offer_details
from fujisawa_desktop.views.interviews.card_saving import names_of
from fujisawa_desktop.views.interviews.day_actions import day_actions
from fujisawa_desktop.views.interviews.day_acts import DayActs
from fujisawa_desktop.views.interviews.hands import Hands
from fujisawa_desktop.views.interviews.interviewers_dialog import InterviewersDialog
from fujisawa_desktop.views.interviews.legend import Legend
from fujisawa_desktop.views.interviews.mini_month import MiniMonth
from fujisawa_desktop.views.interviews.notice_acts import NoticeActs
from fujisawa_desktop.views.interviews.notice_list import NoticePanel
from fujisawa_desktop.views.interviews.pages import Pages
from fujisawa_desktop.views.interviews.plan_dialogs import PlanDialogs
from fujisawa_desktop.views.interviews.plan_panel import PlanPanel
from fujisawa_desktop.views.interviews.planner import Planner
from fujisawa_desktop.views.interviews.print_acts import PrintActs
from fujisawa_desktop.views.interviews.toolbar import CalendarBar
from fujisawa_desktop.views.interviews.waiting_list import WaitingPanel
from fujisawa_desktop.views.interviews.zoom_box import ZoomBox
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import EmptyState, Panel


class InterviewsTab(TabPage):
    """面接カレンダー."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "interview",
            "interview_announcement",
            "interview_need",
            "interview_review",
            "interview_seat",
            "interviewer",
            "interviewer_availability",
            "interviewer_course",
            "applicant_availability",
            "application",
            "applicant",
            "course",
            "programme",
            "closed_day",
            "interview_draft",
        }
    )

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, clock: Callable[[], datetime] = datetime.now
    ) -> None:
        super().__init__(desk, parent)
        self._view: CalendarView | None = None
        self._pages = Pages()
        self._clock = clock
        self.acts = InterviewActs(desk, self, self._names)
        self.day = DayActs(desk, self, clock, self._names)
        self.planner = Planner(desk, self)
        self.bar = CalendarBar()
        self.waiting = WaitingPanel(desk.group)
        self.grid = CalendarGrid(clock)
        self.empty = EmptyState()
        self.panel = PlanPanel()
        self.plan_dialogs = PlanDialogs(desk, self.planner, self)
        self.legend = Legend()
        self.zoom = ZoomBox()
        self.month = MiniMonth(clock)
        self.notices = NoticePanel()
        self.telling = NoticeActs(desk, self.notices, self)
        self.printing = PrintActs(desk, self, clock)
        self.hands = Hands(
            grid=self.grid,
            waiting=self.waiting,
            bar=self.bar,
            legend=self.legend,
            acts=self.acts,
            day=self.day,
            may_work=self._may_work,
            over=self,
        )
        self.hands.more_acts.append(self._offer_details)
        editable = not desk.read_only
        self.grid.editable = self.panel.editable = self.waiting.people.editable = editable
        self._lay_out()
        self._connect()

    def _offer_details(self, menu: QMenu, card: Card) -> None:
        board = self.grid.board
        if board is not None:
            offer_details(self.desk, board.view, menu, card, self)

    def _names(self) -> dict[int, str]:
        return names_of(self._view)

    # what the window asks

    def reload(self) -> None:
        """Query the calendar again."""
        self.desk.query(
            calendar,
            self._show,
            owner=self,
            latest="interviews.calendar",
            programme_id=self.desk.programme_id,
        )
        self.telling.reload()
        self.plan_dialogs.count()

    def actions_served(self) -> Mapping[str, Callable[[], object]]:
        """Plan, book the plan, print the timetable."""
        return {
            "plan.make": self.make_plan,
            "plan.apply": self.apply_plan,
            "plan.assume": partial(self._open, "assume"),
            "plan.drafts": partial(self._open, "drafts"),
            "plan.estimate": partial(self._open, "estimate"),
            "plan.settings": partial(self._open, "settings"),
            "papers.interview-timetable": self.print_timetable,
            **day_actions(self.desk, self, self.waiting.people.current_applicant),
        }

    def focus_search(self) -> None:
        """Go to the search box."""
        self.waiting.search.setFocus()
        self.waiting.search.selectAll()

    def save_state(self) -> None:
        """Remember how wide the panes are."""
        self.desk.settings.setValue("interviews/panes", self.splitter.saveState())

    # plan

    def make_plan(self) -> None:
        """Make the plan, or say why there is nothing to plan; nothing is booked."""
        self.planner.make()

    def apply_plan(self) -> None:
        """Book the plan that is looked at."""
        self.planner.apply()

    def print_timetable(self) -> None:
        """Open the timetable as it will be printed."""
        open_papers(self.desk, "interview-timetable", self)

    def _may_work(self) -> bool:
        if self.desk.read_only:
            return False
        if self.planner.looked_at is not None:
            self.desk.notifier.say(
                _("A plan is being looked at. Book it or stop looking at it, then book by hand."),
                "key",
                action=_("Stop looking at the plan"),
                on_action=self.planner.forget,
            )
            return False
        return True

    # showing

    def _show(self, view: CalendarView) -> None:
        self.planner.take(view)
        self._view = view
        self._pages.take(view, self._clock().date())
        self._lay_board()
        self.hands.follow()

    def _lay_board(self) -> None:
        if self._view is None:
            return
        planner, plan = self.planner, self.planner.looked_at
        board = Board(self._view, self._pages.shown, plan)
        self.grid.editable = plan is None and not self.desk.read_only
        self.grid.show_board(board)
        self.waiting.show_board(board, plan.unplaced if plan is not None else planner.left)
        self.panel.show_board(board, planner.left, plan=planner.plan, drafts=self.plan_dialogs.kept)
        self.panel.show_card(self.grid.current_card())
        self.legend.show_board(board)
        self.bar.show_board(board, editable=not self.desk.read_only)
        self.bar.show_pages(earlier=self._pages.earlier, later=self._pages.later, one_day=self._pages.one_day)
        self._share_left()
        self.month.show_board(board, {day.day: day for day in self._pages.days})
        self.bar.today.setVisible(self._today_is_elsewhere())
        self._show_emptiness(board)

    def _share_left(self) -> None:
        """Give the longer of the two lists at the left more room."""
        for panel, model in ((self.waiting, self.waiting.model), (self.notices, self.notices.model)):
            extra = 2 if panel is self.waiting else 0
            self._left.setStretchFactor(panel, min(max(model.rowCount(), 2), 6) + extra)

    def _show_emptiness(self, board: Board) -> None:
        nobody, no_interviewer = not board.view.people, not board.view.interviewers
        self.grid.setVisible(not no_interviewer)
        self.empty.setVisible(no_interviewer)
        self.legend.setVisible(not no_interviewer)
        self.zoom.setVisible(not no_interviewer)
        self.bar.print.setEnabled(not no_interviewer)
        if not no_interviewer:
            return
        if nobody:
            self.empty.say(
                _("Nobody is to be interviewed yet"),
                _("Those whose pass of the first screening was announced appear here by themselves."),
                _("Go to the applicants"),
                partial(self.act_wanted.emit, "view.applicants"),
            )
        else:
            self.empty.say(
                _("No interviewers' times yet"),
                _("Take in the file of the interviewers' times, or enter them by hand."),
                _("Import…"),
                partial(self.act_wanted.emit, "file.import"),
            )

    def _turn(self, by: int) -> None:
        self._pages.turn(by)
        self._lay_board()

    def _show_days(self, *, one: bool) -> None:
        place = self.grid.cursor_place
        if self._pages.one_day != one:
            self._pages.one_day = one
            if place is not None and one:
                self._pages.go_to(place.start.date())
            self._lay_board()

    def _go_to_day(self, day: date) -> None:
        """Show the page of a day and bring the day into sight."""
        self._pages.go_to(day)
        self._lay_board()
        self.grid.go_to_day(day)

    def _go_to_affected(self, one: Affected) -> None:
        """Bring the interview of somebody who must be told into sight; of one that is off, its old day."""
        window = one.new or one.old
        if window is not None:
            self._go_to_day(window[0].date())
        if one.interview_id is not None:
            self.grid.go_to_interview(one.interview_id)
        self.grid.setFocus()

    def _show_view(self, name: str) -> None:
        if name == "today":
            self._go_to_day(self._clock().date())
        elif name == "print":
            self.printing.print(self.grid.board)
        else:
            self._show_days(one=name == "day")

    def _today_is_elsewhere(self) -> bool:
        """Tell whether today lies in the period, but not among the days shown."""
        today = self._clock().date()
        shown = {day.day for day in self._pages.shown}
        return today not in shown and any(day.day == today for day in self._pages.days)

    def _edit_interviewers(self) -> None:
        if self._view is not None:
            InterviewersDialog(self.desk, self._view, self).open()

    def _open(self, dialog: str) -> None:
        """Open what the panel or a dialog about the plan asks for."""
        outside: dict[str, Callable[[], object]] = {
            "reload": self.reload,
            "import": partial(self.act_wanted.emit, "file.import"),
            "interviewers": self._edit_interviewers,
        }
        outside.get(dialog, partial(self.plan_dialogs.open, dialog))()

    # layout

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.bar)
        frame = Panel(margin=Space.XS + 2)
        frame.body.addWidget(self.grid, 1)
        frame.body.addWidget(self.empty, 1)
        self.empty.hide()
        column.addWidget(frame, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.legend, 1)
        foot.addWidget(self.zoom, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(Space.M)
        self.splitter.setChildrenCollapsible(False)
        left = QWidget()
        left.setMinimumWidth(196)
        left.setMaximumWidth(340)
        self._left = lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(Space.M)
        days = Panel(margin=Space.S)
        days.body.addWidget(self.month)
        lines.addWidget(self.waiting, 3)
        lines.addWidget(self.notices, 2)
        lines.insertWidget(0, days)  # above, yet after the search box for the Tab key
        for widget, stretch in ((left, 0), (middle, 1), (self.panel, 0)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.indexOf(widget), stretch)
        self.splitter.setSizes([218, 800, 252])
        state = self.desk.settings.value("interviews/panes")
        if isinstance(state, QByteArray):
            self.splitter.restoreState(state)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        outer.addWidget(self.splitter)

    def _connect(self) -> None:
        bar, grid, panel, hands = self.bar, self.grid, self.panel, self.hands
        bar.turned.connect(self._turn)
        bar.day_wanted.connect(lambda: self._show_days(one=True))
        bar.week_wanted.connect(lambda: self._show_days(one=False))
        bar.today_wanted.connect(lambda: self._show_view("today"))
        bar.print_wanted.connect(lambda: self.printing.print(grid.board))
        bar.pdf_wanted.connect(lambda: self.printing.save(grid.board))
        grid.view_wanted.connect(self._show_view)
        grid.zoomed.connect(self.zoom.show_zoom)
        self.zoom.steps_wanted.connect(grid.zoom_by)
        self.zoom.whole_wanted.connect(lambda: grid.zoom_to(1.0))
        self.month.day_wanted.connect(self._go_to_day)
        self.telling.done.connect(self.acts.say_done)
        self.notices.model.modelReset.connect(self._share_left)
        self.notices.picked.connect(self._go_to_affected)
        self.notices.letters_wanted.connect(partial(self.act_wanted.emit, "papers.interview-invitation"))
        self.day.done.connect(self.acts.say_done)
        self.day.outdated.connect(self.reload)
        bar.interviewers_wanted.connect(self._edit_interviewers)
        bar.plan_wanted.connect(self.make_plan)
        bar.apply_wanted.connect(self.apply_plan)
        self.acts.outdated.connect(self.reload)
        self.acts.undo_wanted.connect(partial(self.act_wanted.emit, "edit.undo"))
        grid.chosen.connect(panel.show_card)
        panel.move_wanted.connect(hands.take_up)
        panel.lock_wanted.connect(hands.lock)
        panel.cancel_wanted.connect(hands.cancel)
        panel.try_wanted.connect(self.planner.suppose_more)
        panel.deed_wanted.connect(self.planner.do)
        self.planner.changed.connect(self._lay_board)
        self.planner.done.connect(self.acts.say_done)
        self.planner.dialog_wanted.connect(self._open)
        self.plan_dialogs.counted.connect(self._lay_board)
        self.waiting.times.clicked.connect(partial(self.act_wanted.emit, "interviews.availability"))
