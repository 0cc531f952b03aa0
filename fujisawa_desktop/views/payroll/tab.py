"""The tab 勤務時間・報酬: everything of one month, from the plan to the pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import ClassVar, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours import MonthView, month_view, opening_month
from fujisawa_desktop.services.pay import PayRow, pay_for_month
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.acts import MonthActs
from fujisawa_desktop.views.payroll.amounts import Amount
from fujisawa_desktop.views.payroll.charts_panel import ChartsPanel
from fujisawa_desktop.views.payroll.checks import ChecksPanel
from fujisawa_desktop.views.payroll.entry_bar import EntryBar
from fujisawa_desktop.views.payroll.explaining import Explaining
from fujisawa_desktop.views.payroll.figures_window import FiguresWindow
from fujisawa_desktop.views.payroll.grid import HoursGrid
from fujisawa_desktop.views.payroll.grid_model import MonthModel
from fujisawa_desktop.views.payroll.hours_acts import HoursActs
from fujisawa_desktop.views.payroll.ledger_acts import LedgerActs
from fujisawa_desktop.views.payroll.month_bar import MonthBar, MonthLook
from fujisawa_desktop.views.payroll.nobody import say_nobody
from fujisawa_desktop.views.payroll.pay_table import PayPanel
from fujisawa_desktop.views.payroll.person_acts import PersonActs
from fujisawa_desktop.views.payroll.person_view import PersonView
from fujisawa_desktop.views.payroll.sheets_acts import SheetsActs
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.side import ExplanationPane, SideActs
from fujisawa_desktop.views.payroll.typing_acts import TypingActs
from fujisawa_desktop.views.payroll.work_settings_dialog import WorkSettingsDialog
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.tasks import Job
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import EmptyState

T = TypeVar("T")

SIDE_WIDTH: Final = 284
SIDE_NARROW: Final = 256
WIDE: Final = 1400
_KIND_KEY: Final = "payroll/kind"
PAPERS: Final = (
    "appointment",
    "conditions",
    "change-consent",
    "change-notice",
    "hand-in-guide",
    "oath",
    "leaving-notice",
    "attendance",
    "confirmation",
    "pay-statement",
    "register",
    "transfer-list",
    "year-end",
)


class PayrollTab(TabPage):
    """勤務時間・報酬."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "appointment",
            "appointment_rate",
            "dated_figure",
            "shift",
            "month_closing",
            "month_confirmation",
            "hours_correction",
            "payment",
            "pay_statement",
            "programme",
            "work_pattern",
            "closed_day",
            "applicant",
            "course",
            "hand_in",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown = Shown()
        self._programme_id = desk.programme_id
        self.acts = MonthActs(desk, self.shown, self)
        self.sheets = SheetsActs(desk, self.shown, self._chosen_appointment, self)
        self.ledgers = LedgerActs(desk, self.shown, self)
        self.model = MonthModel(self)
        self.model.editable = not desk.read_only
        self.bar = MonthBar()
        self.entry = EntryBar()
        self.grid = HoursGrid(self.model)
        self.hours = HoursActs(desk, self.shown, self.grid, self.bar, self.entry, self)
        self.typing = TypingActs(desk, self.entry, self.hours, self.grid, self)
        self.pay_panel = PayPanel()
        self.pay = self.pay_panel.table
        self.checks = ChecksPanel()
        self.charts = ChartsPanel()
        self.side = ExplanationPane(
            SideActs(
                self.acts.set_terms,
                self.acts.settle.type_tax,
                self.acts.change_terms,
                self.open_amount,
                self.hours.reasons.ask,
            )
        )
        self.explaining = Explaining(
            desk, self.shown, self.grid, self.pay_panel, self.charts, self.side, self
        )
        self.person = PersonView()
        self.persons = PersonActs(desk, self.shown, self.person, self.side, self.explaining, self)
        self._wanted: tuple[int, date] | None = None
        self._paying: Job | None = None
        self.empty = EmptyState(primary=True)
        self._stack = QStackedWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.bar.fill_menu(may_write=not desk.read_only)
        if str(desk.settings.value(_KIND_KEY, "")) == ShiftKind.WORKED.value:
            self.entry.choose_kind(ShiftKind.WORKED)

    # what the window asks

    def reload(self) -> None:
        """Query the month again; which one is found out the first time, and for another programme."""
        if self.shown.month is None or self._programme_id != self.desk.programme_id:
            if self._programme_id != self.desk.programme_id:
                self.bar.choose_look(MonthLook.MONTH)  # the person shown belongs to the other programme
            self._programme_id = self.desk.programme_id
            self._find_month()
            return
        if self._paying is not None:
            self._paying.cancel()  # it is asked for again as soon as the hours are shown
        read = partial(month_view, today=self.desk.today())
        self._ask(read, self._show_view, "payroll.view", *self.shown.month)
        if self.bar.look() is MonthLook.PERSON:
            self.persons.reload()

    def actions_served(self) -> Mapping[str, Callable[[], object]]:
        """Appoint, close, compute, change what was agreed, and the papers of appointed people."""
        return {
            "work.appoint": self.acts.appoint,
            "work.close-month": self.acts.settle.close_or_reopen,
            "work.reopen-month": self.acts.settle.reopen,
            "work.pay": self.acts.settle.compute,
            "work.correct-day": self.correct_day,
            "work.corrections": self.acts.settle.show_corrections,
            "work.paid": self.acts.settle.pay,
            "work.conditions": self.acts.edit_conditions,
            "work.change-terms": self.change_terms,
            "work.figures": lambda: FiguresWindow(self.desk, self).open(),
            "work.settings": lambda: WorkSettingsDialog(self.desk, self).open(),
            "work.appointments": self.acts.show_appointed,
            "work.hand-ins": self.acts.show_owed,
            **self.sheets.served(),
            **self.ledgers.served(),
            "work.copy-week": self.hours.copy_week,
            "work.usual-week": self.hours.fill_usual_week,
            "work.reason": self.hours.reasons.ask,
            **{f"papers.{kind}": partial(self.acts.show_papers, kind) for kind in PAPERS},
        }

    def _chosen_appointment(self) -> int | None:
        view, here = self.shown.view, self.grid.days.currentIndex().row()
        chosen = view is not None and 0 <= here < len(view.people)
        return view.people[here].member.appointment_id if view is not None and chosen else None

    def change_terms(self) -> None:
        """Change what was agreed with the person whose row is chosen."""
        view, here = self.shown.view, self.grid.days.currentIndex().row()
        if view is None or not 0 <= here < len(view.people):
            self.desk.notifier.say(
                _("Choose a person in the month first, then change the conditions."), "key"
            )
            return
        self.acts.change_terms(view.people[here].member.appointment_id)

    def correct_day(self) -> None:
        """Correct a day of a closed month; the chosen cell is where it begins."""
        view, here = self.shown.view, self.grid.days.currentIndex()
        if view is None or not 0 <= here.row() < len(view.people):
            self.acts.settle.correct()
            return
        self.acts.settle.correct(view.people[here.row()].member.appointment_id, self.model.day(here.column()))

    def save_state(self) -> None:
        """Remember what was typed last: plans or work."""
        self.desk.settings.setValue(_KIND_KEY, self.entry.kind().value)
        self.pay.remember(self.desk.settings, "pay")

    # months

    def step(self, months: int) -> None:
        """Go to another month, or to another week while weeks are shown."""
        if self.shown.month is not None and not self.hours.step(months):
            index = self.shown.month[0] * 12 + self.shown.month[1] - 1 + months
            self.go_to_month(index // 12, index % 12 + 1)

    def go_to_month(self, year: int, month: int) -> None:
        """Show a month."""
        self.shown.month = (year, month)
        self.bar.show_month(year, month)
        self.reload()

    def _ask(
        self,
        read: Callable[..., T],
        show: Callable[[T], object],
        name: str,
        year: int,
        month: int,
        on_error: Callable[[Exception], object] | None = None,
    ) -> Job:
        who = self.desk.programme_id
        return self.desk.query(
            read, show, owner=self, latest=name, on_error=on_error, programme_id=who, year=year, month=month
        )

    def _find_month(self) -> None:
        self.desk.query(
            opening_month,
            lambda found: self.go_to_month(*found),
            owner=self,
            latest="payroll.month",
            programme_id=self.desk.programme_id,
            today=self.desk.today(),
        )

    # showing

    def _show_view(self, view: MonthView) -> None:
        """Show the hours; what rests on hours and pay comes after they are painted, together with the pay."""
        first = self.shown.view is None
        self.shown.view = view
        self.bar.show_month(view.year, view.month)
        self.bar.show_people(view.people, may_write=not self.desk.read_only)
        self.entry.show_patterns(view.patterns)
        self.entry.enable(
            may_type=not self.desk.read_only and bool(view.people) and not self.shown.all_closed
        )
        self.grid.show_month(view)
        self.hours.name_period()
        self._stack.setCurrentIndex(0 if view.people else 1)
        if not view.people:
            say_nobody(
                self.empty,
                view,
                appoint=self.acts.appoint,
                go_to=self.go_to_month,
                may_write=not self.desk.read_only,
            )
        if first:
            (self.grid.days if view.people else self.empty.button).setFocus()
        self._go_where_wanted()
        if self.bar.look() is MonthLook.PERSON and self.person.term is None and view.people:
            self.persons.begin(view.people[0].member.appointment_id)
        month = (view.year, view.month)
        self.explaining.soon.stop()  # it follows with the pay
        self._paint_now()
        self._paying = self._ask(pay_for_month, self._show_pay, "payroll.pay", *month, self._no_pay)

    def _paint_now(self) -> None:
        """Paint the hours before the pay comes, and all that is to be done with it."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QCoreApplication.sendPostedEvents(self.window(), QEvent.Type.UpdateRequest.value)

    def _show_pay(self, rows: list[PayRow]) -> None:
        if not self.shown.rows:
            self.hours.rehearse()
        self.shown.rows = rows
        self.pay_panel.show_rows(rows)
        self._check(rows)

    def _no_pay(self, error: Exception) -> None:
        self.desk.notifier.show(error)
        self._check(())

    def _check(self, rows: Sequence[PayRow]) -> None:
        if self.shown.view is not None:
            self.checks.show_month(self.shown.view, rows)
        self.hours.tell()
        self._follow()

    def _follow(self) -> None:
        """Bring the other parts up to date with what was read."""
        if self.bar.look() is not MonthLook.PERSON:
            self.explaining.follow()

    def _go_where_wanted(self) -> None:
        if self._wanted is not None:
            row = self.model.row_of(self._wanted[0])
            if row is not None:
                self._go_to(row, self._wanted[1])
            self._wanted = None

    def open_amount(self, appointment_id: int, amount: Amount) -> None:
        """Show everything behind an amount in a window of its own; 0 stands for the sums."""
        if self.bar.look() is MonthLook.PERSON:
            self.persons.open_amount(amount)
        else:
            self.explaining.open(appointment_id, amount)

    def show_look(self, look: MonthLook) -> None:
        """Show the hours of a month or a week, or one person's term."""
        self._pages.setCurrentIndex(1 if look is MonthLook.PERSON else 0)
        view, row = self.shown.view, self.grid.days.currentIndex().row()
        if look is MonthLook.PERSON and view is not None and 0 <= row < len(view.people):
            self.persons.begin(view.people[row].member.appointment_id)
            self.person.choice.setFocus()
        else:
            self.hours.show_week(look is MonthLook.WEEK)
            self.explaining.show()

    def _go_to_person(self, appointment_id: int, day: date) -> None:
        """Go from one person's term to a day of the month."""
        self._wanted = (appointment_id, day)
        self.bar.choose_look(MonthLook.MONTH)
        self.go_to_month(day.year, day.month)

    def _go_to(self, row: int, day: date) -> None:
        self.hours.go_to(row, day)

    def _choose_kind(self, kind: ShiftKind) -> None:
        self.model.kind = kind
        self.grid.days.setFocus()

    def _connect(self) -> None:
        self.bar.stepped.connect(self.step)
        self.bar.attendance_wanted.connect(partial(self.act_wanted.emit, "papers.attendance"))
        self.bar.close_wanted.connect(self.acts.settle.close_or_reopen)
        self.bar.pay_wanted.connect(self.acts.settle.compute)
        self.acts.settle.go_wanted.connect(self._go_to_person)
        self.bar.act_wanted.connect(self.act_wanted)
        self.bar.look_chosen.connect(self.show_look)
        self.persons.day_wanted.connect(self._go_to_person)
        self.entry.kind_chosen.connect(self._choose_kind)
        self.entry.fill_wanted.connect(self.typing.fill_chosen)
        self.entry.as_planned_wanted.connect(self.typing.record_as_planned)
        self.model.typed.connect(self.typing.enter)
        self.grid.days.cleared.connect(lambda places: self.typing.enter(places, ""))
        self.grid.days.as_planned.connect(lambda _places: self.typing.record_as_planned())
        self.grid.days.stepped.connect(self.step)
        self.checks.wanted.connect(self._go_to)
        self.charts.wanted.connect(self._go_to)
        for acts in (self.acts, self.hours, self.sheets):
            acts.undo_wanted.connect(partial(self.act_wanted.emit, "edit.undo"))
        self.hours.month_wanted.connect(self.go_to_month)
        self.hours.fill_wanted.connect(self.typing.fill_chosen)
        self.hours.reasons.watch(self.checks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the days of the month as much room as they need on a small screen."""
        super().resizeEvent(event)
        self.side.setFixedWidth(SIDE_WIDTH if self.width() >= WIDE else SIDE_NARROW)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(Space.S)
        left.addWidget(self.entry)
        left.addWidget(self.grid, 6)
        left.addWidget(self.pay_panel, 4)
        below = QHBoxLayout()
        below.setSpacing(Space.S)
        below.addWidget(self.checks, 5)
        below.addWidget(self.charts, 6)
        left.addLayout(below, 3)
        self.checks.setMinimumHeight(96)
        body = QWidget()
        line = QHBoxLayout(body)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.M)
        month = QWidget()
        month.setLayout(left)
        self._pages.addWidget(month)
        self._pages.addWidget(self.person)
        line.addWidget(self._pages, 1)
        line.addWidget(self.side)
        self._stack.addWidget(body)
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        whole.setSpacing(Space.S)
        whole.addWidget(self.bar)
        whole.addWidget(self._stack, 1)
