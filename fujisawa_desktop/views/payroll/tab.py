"""The tab 勤務時間・報酬: everything of one month, from the plan to the pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import ClassVar, Final, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours import MonthView, month_view, opening_month
from fujisawa_desktop.services.pay import PayRow, pay_for_month
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.acts import Looking, MonthActs, Shown
from fujisawa_desktop.views.payroll.amount_dialog import AmountDialog, SumDialog
from fujisawa_desktop.views.payroll.amounts import Amount, Explanation, explain_sum
from fujisawa_desktop.views.payroll.charts_panel import ChartsPanel
from fujisawa_desktop.views.payroll.checks import ChecksPanel
from fujisawa_desktop.views.payroll.entry_bar import EntryBar
from fujisawa_desktop.views.payroll.grid import HoursGrid
from fujisawa_desktop.views.payroll.grid_model import FIRST_DAY, MonthModel
from fujisawa_desktop.views.payroll.hours_acts import HoursActs
from fujisawa_desktop.views.payroll.ledger_acts import LedgerActs
from fujisawa_desktop.views.payroll.month_bar import MonthBar
from fujisawa_desktop.views.payroll.nobody import say_nobody
from fujisawa_desktop.views.payroll.pay_model import amount_of
from fujisawa_desktop.views.payroll.pay_table import PayPanel
from fujisawa_desktop.views.payroll.sheets_acts import SheetsActs
from fujisawa_desktop.views.payroll.side import ExplanationPane, SideActs
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import EmptyState

T = TypeVar("T")

SIDE_DELAY: Final = 90
"""Milliseconds the pane beside waits: running along the grid stays smooth, typed text is painted first."""
SIDE_WIDTH: Final = 284
SIDE_NARROW: Final = 272
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
            "shift",
            "month_closing",
            "pay_statement",
            "programme",
            "work_pattern",
            "closed_day",
            "applicant",
            "course",
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
        self.hours = HoursActs(desk, self.entry, self.model, self.grid.days, self)
        self.pay_panel = PayPanel()
        self.pay = self.pay_panel.table
        self.checks = ChecksPanel()
        self.charts = ChartsPanel()
        self.side = ExplanationPane(
            SideActs(self.acts.set_terms, self.acts.type_tax, self.acts.change_terms, self.open_amount)
        )
        self.looking = Looking()
        self.empty = EmptyState(primary=True)
        self._stack = QStackedWidget()
        self._side_soon = QTimer(self)
        self._side_soon.setSingleShot(True)
        self._side_soon.setInterval(SIDE_DELAY)
        self._side_soon.timeout.connect(self._show_side)
        self._lay_out()
        self._connect()
        self.bar.fill_menu(may_write=not desk.read_only)
        if str(desk.settings.value(_KIND_KEY, "")) == ShiftKind.WORKED.value:
            self.entry.choose_kind(ShiftKind.WORKED)

    # what the window asks

    def reload(self) -> None:
        """Query the month again; which one is found out the first time, and for another programme."""
        if self.shown.month is None or self._programme_id != self.desk.programme_id:
            self._programme_id = self.desk.programme_id
            self._find_month()
            return
        self._ask(month_view, self._show_view, "payroll.view", *self.shown.month)
        self._ask(pay_for_month, self._show_pay, "payroll.pay", *self.shown.month)

    def actions_served(self) -> Mapping[str, Callable[[], object]]:
        """Appoint, close, compute, change what was agreed, and the papers of appointed people."""
        return {
            "work.appoint": self.acts.appoint,
            "work.close-month": self.acts.close_or_reopen,
            "work.pay": self.acts.compute,
            "work.conditions": self.acts.edit_conditions,
            "work.change-terms": self.change_terms,
            **self.sheets.served(),
            **self.ledgers.served(),
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

    def save_state(self) -> None:
        """Remember what was typed last: plans or work."""
        self.desk.settings.setValue(_KIND_KEY, self.entry.kind().value)
        self.pay.remember(self.desk.settings, "pay")

    # months

    def step(self, months: int) -> None:
        """Go to another month."""
        if self.shown.month is not None:
            index = self.shown.month[0] * 12 + self.shown.month[1] - 1 + months
            self.go_to_month(index // 12, index % 12 + 1)

    def go_to_month(self, year: int, month: int) -> None:
        """Show a month."""
        self.shown.month = (year, month)
        self.bar.show_month(year, month)
        self.reload()

    def _ask(
        self, read: Callable[..., T], show: Callable[[T], object], name: str, year: int, month: int
    ) -> None:
        programme_id = self.desk.programme_id
        self.desk.query(
            read, show, owner=self, latest=name, programme_id=programme_id, year=year, month=month
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
        first = self.shown.view is None
        self.shown.view = view
        self.bar.show_month(view.year, view.month)
        self.bar.show_people(view.people, may_write=not self.desk.read_only)
        self.entry.show_patterns(view.patterns)
        self.entry.enable(
            may_type=not self.desk.read_only and bool(view.people) and not self.shown.all_closed
        )
        self.grid.show_month(view)
        self.checks.show_month(view)
        self.charts.show_month(view, self.grid.days.currentIndex().row())
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
        self._side_soon.start()  # its many texts come after the hours are painted

    def _show_pay(self, rows: list[PayRow]) -> None:
        self.shown.rows = rows
        self.pay_panel.show_rows(rows)
        self.pay.choose(self.grid.days.currentIndex().row())
        self._side_soon.start()

    def open_amount(self, appointment_id: int, amount: Amount) -> None:
        """Show everything behind an amount in a window of its own; 0 stands for the sums."""
        if not appointment_id:
            SumDialog(self, self._sum(amount)).open()
        elif (told := self.shown.told(appointment_id)) is not None:
            AmountDialog(self.desk, self, now=told, appointment_id=appointment_id, amount=amount).open()

    def _sum(self, amount: Amount) -> Explanation:
        year, month = self.shown.month or (0, 0)
        people = [(row.name, amount_of(row, amount)) for row in self.shown.rows]
        return explain_sum(amount, people, year, month)

    def _show_side(self) -> None:
        """Explain what the person looks at: a sum, an amount, or a day of the grid."""
        view, here, amount = self.shown.view, self.grid.days.currentIndex(), self.looking.amount
        if view is None or not 0 <= here.row() < len(view.people):
            self.side.show_nothing()
            return
        if self.looking.at_sums and self.shown.rows:
            self.side.show_sum(self._sum(amount or Amount.NET), amount or Amount.NET)
            return
        person = view.people[here.row()]
        own, may_write = person.member.appointment_id, not self.desk.read_only
        pay, told = self.shown.pay(own), self.shown.told(own)
        if amount is not None and pay is not None and told is not None:
            self.side.show_amount(view, person, pay, told, amount, may_write=may_write)
            return
        day = self.model.day(here.column())
        self.side.show_day(view, person, pay, told, day, may_write=may_write)

    def _on_cell(self, row: int, _column: int) -> None:
        self.looking = Looking()
        self.pay.choose(row)
        self.charts.choose(row)
        self._side_soon.start()

    def _on_amount(self, row: int, amount: Amount | None) -> None:
        if row >= 0:
            self.grid.choose_row(row)
        self.looking = Looking(amount or Amount.PAY, at_sums=row < 0)
        self._side_soon.start()

    def _open_amount(self, row: int, amount: Amount | None) -> None:
        rows = self.shown.rows
        self.open_amount(rows[row].appointment_id if row >= 0 else 0, amount or Amount.PAY)

    def _go_to(self, row: int, day: date) -> None:
        self.grid.days.go(row, FIRST_DAY + day.day - 1)
        self.grid.days.setFocus()

    def _choose_kind(self, kind: ShiftKind) -> None:
        self.model.kind = kind
        self.grid.days.setFocus()

    def _connect(self) -> None:
        self.bar.stepped.connect(self.step)
        self.bar.attendance_wanted.connect(partial(self.act_wanted.emit, "papers.attendance"))
        self.bar.close_wanted.connect(self.acts.close_or_reopen)
        self.bar.pay_wanted.connect(self.acts.compute)
        self.bar.act_wanted.connect(self.act_wanted)
        self.entry.kind_chosen.connect(self._choose_kind)
        self.entry.fill_wanted.connect(self.hours.fill_chosen)
        self.entry.as_planned_wanted.connect(self.hours.record_as_planned)
        self.model.typed.connect(self.hours.enter)
        self.grid.days.cleared.connect(lambda places: self.hours.enter(places, ""))
        self.grid.days.as_planned.connect(lambda _places: self.hours.record_as_planned())
        self.grid.days.stepped.connect(self.step)
        self.grid.picked.connect(self._on_cell)
        self.pay_panel.amount_picked.connect(self._on_amount)
        self.pay_panel.amount_opened.connect(self._open_amount)
        self.checks.wanted.connect(self._go_to)
        self.charts.wanted.connect(self._go_to)
        self.hours.undo_wanted.connect(partial(self.act_wanted.emit, "edit.undo"))
        self.sheets.undo_wanted.connect(partial(self.act_wanted.emit, "edit.undo"))
        self.acts.undo_wanted.connect(partial(self.act_wanted.emit, "edit.undo"))

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
        line.addLayout(left, 1)
        line.addWidget(self.side)
        self._stack.addWidget(body)
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        whole.setSpacing(Space.M)
        whole.addWidget(self.bar)
        whole.addWidget(self._stack, 1)
