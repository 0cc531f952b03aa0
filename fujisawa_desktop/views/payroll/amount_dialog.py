"""金額の内訳: every step and every day behind one amount, now and as it was stated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.i18n import _, format_date, format_datetime, format_minutes, format_yen
from fujisawa_desktop.services.pay_details import StatedMonth, ToldMonth, stated_months
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.amounts import (
    NAMES,
    OPEN,
    Amount,
    Explanation,
    amount_text,
    explain,
    said_source,
    value_of,
)
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    DetailsPane,
    InlineNotice,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_LIST_WIDTH: Final = 190
_NOW: Final = -1
_SIZE: Final = (980, 620)


def shown_amounts(told: ToldMonth) -> list[Amount]:
    """Return the amounts worth a line: premium and corrections only where there are any."""
    rare = {Amount.PREMIUM: told.premium, Amount.CORRECTED: told.corrected}
    return [one for one in Amount if rare.get(one, 1)]


def differences(before: ToldMonth, now: ToldMonth) -> list[tuple[Amount, int | None, int | None]]:
    """Return the amounts that are otherwise now: which, then, now."""
    pairs = [(one, value_of(before, one), value_of(now, one)) for one in Amount]
    return [found for found in pairs if found[1] != found[2]]


def difference_text(amount: Amount, before: int | None, now: int | None) -> str:
    """Return ``75,166 → 74,537（-629）``."""
    texts = (amount_text(amount, before), amount_text(amount, now))
    if before is None or now is None:
        return f"{texts[0]} → {texts[1]}"
    by = abs(now - before)
    said = format_minutes(by) if amount is Amount.MINUTES else format_yen(by)
    return _("{before} → {now} ({change})").format(
        before=texts[0], now=texts[1], change=("+" if now > before else "−") + said
    )


class _Window(QDialog):
    """A heading, something large, and 写し／閉じる under it."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Breakdown of an amount"))
        self.resize(*_SIZE)
        self.heading = TextLabel(title, "title")
        self.heading.setWordWrap(True)
        self.heading.setMinimumWidth(1)
        self.copy_button = SecondaryButton(_("Copy"), self.copy)
        self.copy_button.setToolTip(_("Copies the explanation as text"))
        self.close_button = SecondaryButton(_("Close"), self.accept)
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.M)
        self.head.addWidget(self.heading, 1)
        self.body = QHBoxLayout()
        self.body.setSpacing(Space.M)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(self.head)
        column.addLayout(self.body, 1)
        column.addLayout(row(None, self.copy_button, self.close_button))

    def told(self) -> Explanation:
        """Return what is explained."""
        raise NotImplementedError

    def copy(self) -> None:
        """Put the explanation on the clipboard."""
        put_on_clipboard(self, self.told().text())


class AmountDialog(_Window):
    """One person's month: every amount, now or in an edition of the statement.

    Attributes:
        amounts: the list of the amounts.
        editions: which figures are shown: those of now, or an edition as it was stored.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, *, now: ToldMonth, appointment_id: int, amount: Amount
    ) -> None:
        super().__init__(parent, explain(now, amount).title)
        self._now = now
        self._amount = amount
        self._stated: list[StatedMonth] = []
        self.editions = QComboBox()
        self.editions.setAccessibleName(_("Which figures"))
        self.editions.addItem(_("As computed now"), _NOW)
        self.editions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.head.addWidget(self.editions)
        self.amounts = QListWidget()
        self.amounts.setAccessibleName(_("Amounts of the month"))
        self.amounts.setFixedWidth(_LIST_WIDTH)
        self.pane = DetailsPane(_("How the amount came about"), width=360)
        self.pane.setMaximumWidth(16_777_215)
        self.days = DataTable(_("Day by day"))
        self.days.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.day_rows = TextTableModel(self)
        self.days.setModel(self.day_rows)
        self.days.setMinimumWidth(372)
        self.body.addWidget(self.amounts)
        self.body.addWidget(self.pane, 5)
        self.body.addWidget(self.days, 4)
        self._fill_amounts()
        self.amounts.currentItemChanged.connect(lambda *_items: self._take_amount())
        self.editions.currentIndexChanged.connect(lambda _at: self._show_edition())
        self._show()
        self.amounts.setFocus()
        desk.query(
            stated_months,
            self._take_editions,
            owner=self,
            appointment_id=appointment_id,
            year=now.year,
            month=now.month,
        )

    def shown(self) -> ToldMonth:
        """Return the figures shown: those of now, or of the edition chosen."""
        at = self.editions.currentData()
        return self._now if at == _NOW else self._stated[at].told

    def told(self) -> Explanation:
        """Return what is explained."""
        return explain(self.shown(), self._amount)

    def _take_editions(self, stated: list[StatedMonth]) -> None:
        self._stated = stated
        for at, one in enumerate(stated):
            text = _("Edition {number}, stated {at}").format(
                number=one.edition, at=format_datetime(one.made_at)
            )
            if one.paid_on is not None:
                day = format_date(one.paid_on, year=False)
                text = _("{edition}, paid {day}").format(edition=text, day=day)
            self.editions.addItem(text, at)

    def _fill_amounts(self) -> None:
        told = self.shown()
        wanted = self._amount
        self.amounts.blockSignals(True)  # noqa: FBT003 - Qt's own call
        self.amounts.clear()
        for amount in shown_amounts(told):
            item = QListWidgetItem(f"{_(NAMES[amount])}　{amount_text(amount, value_of(told, amount))}")
            item.setData(Qt.ItemDataRole.UserRole, amount)
            self.amounts.addItem(item)
            if amount is wanted:
                self.amounts.setCurrentItem(item)
        if self.amounts.currentItem() is None:
            self.amounts.setCurrentRow(0)
        self.amounts.blockSignals(False)  # noqa: FBT003 - Qt's own call

    def _take_amount(self) -> None:
        item = self.amounts.currentItem()
        if item is not None:
            self._amount = Amount(item.data(Qt.ItemDataRole.UserRole))
            self._show()

    def _show_edition(self) -> None:
        self._fill_amounts()
        self._take_amount()

    def _show(self) -> None:
        said = self.told()
        self.pane.clear()
        self.pane.add_title(f"{said.name} {said.value}")
        if self.editions.currentData() != _NOW:
            self._add_differences()
        for section in said.sections:
            self.pane.add_heading(section.heading)
            for line in section.lines:
                self.pane.add_text(line)
            if section.pairs:
                self.pane.add_pairs(section.pairs, figures=True)
            if section.source:
                self.pane.add(RunningText(said_source(section.source), "neutral"))
        if not said.sections:
            self.pane.add_text(_("There is nothing to add up here."))
        self._show_days()

    def _add_differences(self) -> None:
        found = differences(self.shown(), self._now)
        if not found:
            self.pane.add(InlineNotice(_("The figures of now are the same."), tone="good"))
            return
        self.pane.add(InlineNotice(_("Computed now, the figures are others."), tone="caution"))
        self.pane.add_pairs(
            ((_(NAMES[one]), difference_text(one, before, now)) for one, before, now in found), figures=True
        )

    def _show_days(self) -> None:
        rows: list[Sequence[str]] = []
        for shift in self.shown().shifts:
            pause = str(shift.break_minutes) if shift.break_minutes else OPEN
            span = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
            rows.append((format_date(shift.day, year=False), span, pause, format_minutes(shift.minutes)))
        rows.append((_("Sum"), "", "", format_minutes(self.shown().minutes)))
        headings = (_("Day"), _("From – to"), _("Break (min)"), _("Hours"))
        self.day_rows.show_rows(headings, rows, figures=(2, 3))
        self.days.set_widths({0: 106, 1: 100, 2: 94, 3: 60})


class SumDialog(_Window):
    """Of what the sum of a column is made, person by person."""

    def __init__(self, parent: QWidget, said: Explanation) -> None:
        super().__init__(parent, said.title)
        self._said = said
        self.head.addWidget(TextLabel(f"{said.name} {said.value}", "heading"))
        self.table = DataTable(_("Sum of the column"))
        self.rows = TextTableModel(self)
        self.table.setModel(self.rows)
        pairs = [pair for section in said.sections for pair in section.pairs]
        self.rows.show_rows((_("Name"), said.name), pairs, figures=(1,))
        self.table.set_widths({0: 320})
        self.body.addWidget(self.table)
        self.table.setFocus()

    def told(self) -> Explanation:
        """Return what is explained."""
        return self._said
