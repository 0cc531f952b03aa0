"""Beside the grid: what the chosen day or the chosen amount is about, and what the cap still leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, format_date, format_minutes, format_yen, ngettext
from fujisawa_desktop.rules.hours import Finding, week_of
from fujisawa_desktop.services.hours import Cell, MonthView, PersonMonth
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.services.pay_details import ToldMonth
from fujisawa_desktop.views.payroll.amounts import (
    Amount,
    Explanation,
    Section,
    explain,
    said_source,
    sections_of,
)
from fujisawa_desktop.views.payroll.tight_lines import Line, TightLines
from fujisawa_desktop.views.payroll.words import (
    cap_state,
    cell_lines,
    days_left_text,
    finding_source,
    pay_pills,
    running_total,
    sentence,
    tone_of,
)
from fujisawa_desktop.views.widgets import (
    DetailsPane,
    EmptyState,
    InlineNotice,
    LinkButton,
    RunningText,
    SecondaryButton,
    row,
    tool_tip,
)
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard

PAIRS_IN_SIGHT: Final = 12
"""So many lines of a sum stand in the pane; the dialog has all."""


@dataclass(frozen=True, slots=True)
class SideActs:
    """What the pane's buttons do; each is called with an appointment, ``on_open`` with an amount too."""

    on_terms: Callable[[int], object]
    on_tax: Callable[[int], object]
    on_change: Callable[[int], object]
    on_open: Callable[[int, Amount], object]
    on_reason: Callable[[], object]


class ExplanationPane(DetailsPane):
    """Tells everything about one person's day or amount.

    Attributes:
        explanation: what is shown of an amount now, for copying.
    """

    def __init__(self, acts: SideActs) -> None:
        super().__init__(_("How the amount came about"), width=280)
        self._acts = acts
        self.explanation: Explanation | None = None
        self.setMaximumWidth(420)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what will stand here."""
        self.clear()
        self.explanation = None
        self.add(EmptyState(_("Nobody is chosen"), _("Choose a person to see how the amount comes about.")))

    def show_day(
        self,
        view: MonthView,
        person: PersonMonth,
        pay: PayRow | None,
        told: ToldMonth | None,
        day: date | None,
        *,
        may_write: bool,
    ) -> None:
        """Tell about one person's day first, then about the pay of the month."""
        self.clear()
        if pay is not None and told is not None:
            self.explanation = explain(told, Amount.PAY)
            amount = _("Pay of month {month}: {yen} yen").format(month=view.month, yen=format_yen(pay.pay))
            self._add_head(pay, amount)
        if day is not None:
            self._add_day(view, person, day, may_write=may_write)
        if pay is not None:
            self._add_problems(pay, may_write=may_write)
            self.add_heading(_("How the pay came about"))
            self._add_sections(sections_of(pay.steps))
            self._add_buttons(pay.appointment_id, Amount.PAY)
        self._add_links(person, may_write=may_write)
        self._add_cap(view, person)

    def show_amount(
        self,
        view: MonthView,
        person: PersonMonth | None,
        pay: PayRow,
        told: ToldMonth,
        amount: Amount,
        *,
        may_write: bool,
    ) -> None:
        """Tell how one amount of one person came about."""
        self.clear()
        said = self.explanation = explain(told, amount)
        self._add_head(pay, f"{said.name} {said.value}")
        self._add_problems(pay, may_write=may_write)
        self._add_sections(said.sections)
        self._add_days(said.days)
        self._add_buttons(pay.appointment_id, amount)
        if person is not None:
            self._add_links(person, may_write=may_write)
            self._add_cap(view, person)

    def show_sum(self, said: Explanation, amount: Amount) -> None:
        """Tell of what a sum is made."""
        self.clear()
        self.explanation = said
        value = f"{said.name} {said.value}"
        self._add_lines(
            ("label", _("How the amount came about")), ("heading", said.title), ("heading", value)
        )
        for note in said.notes:
            self.add(InlineNotice(note, tone="caution"))
        for section in said.sections:
            shown, more = section.pairs[:PAIRS_IN_SIGHT], section.pairs[PAIRS_IN_SIGHT:]
            self.add_heading(section.heading)
            self.add_pairs(shown, figures=True)
            if more:
                text = ngettext("and {count} more person", "and {count} more people", len(more))
                self.add(RunningText(text.format(count=len(more)), "neutral"))
        self._add_buttons(0, amount)

    def copy(self) -> None:
        """Put the explanation shown on the clipboard."""
        if self.explanation is not None:
            put_on_clipboard(self, self.explanation.text())

    # parts

    def _add_lines(self, *lines: Line) -> TightLines:
        """Append lines with nothing between them."""
        group = self.again("tight", TightLines)
        group.setToolTip("")
        group.write(lines)
        self.add(group)
        return group

    def _add_head(self, pay: PayRow, amount: str) -> None:
        group = self._add_lines(
            ("label", _("How the amount came about")), ("heading", pay.name), ("heading", amount)
        )
        group.setToolTip(tool_tip(pay.kana))
        self.add_pills(pay_pills(pay))

    def _add_problems(self, pay: PayRow, *, may_write: bool) -> None:
        for problem in pay.problems:
            notice = InlineNotice(sentence(problem), tone=tone_of([problem]) or "caution")
            if problem.code.startswith("tax."):
                button = notice.add_button(_("Type the tax…"), lambda: self._acts.on_tax(pay.appointment_id))
                button.setEnabled(may_write)
            self.add(notice)

    def _add_sections(self, sections: Sequence[Section]) -> None:
        for section in sections:
            source: list[Line] = [("neutral", said_source(section.source))] if section.source else []
            self._add_lines(("label", section.heading), *(("text", line) for line in section.lines), *source)
            if section.pairs:
                self.add_pairs(section.pairs, figures=True)

    def _add_days(self, days: Sequence[tuple[str, str, str]]) -> None:
        if days:
            self.add_heading(_("Day by day"))
            self.add_pairs((day, f"{span}\n{minutes}") for day, span, minutes in days)

    def _add_buttons(self, appointment_id: int, amount: Amount) -> None:
        whole = LinkButton(_("Whole breakdown…"), lambda: self._acts.on_open(appointment_id, amount))
        whole.setToolTip(_("All days and steps in a window of its own (Enter on the amount)"))
        copy = LinkButton(_("Copy"), self.copy)
        copy.setToolTip(_("Copies the explanation as text"))
        self.add_line(row(whole, copy, None))

    def _add_links(self, person: PersonMonth, *, may_write: bool) -> None:
        own = person.member.appointment_id
        terms = LinkButton(_("Terms: commuting, tax…"), lambda: self._acts.on_terms(own))
        terms.setEnabled(may_write)
        change = LinkButton(_("Change the terms, papers…"), lambda: self._acts.on_change(own))
        self.add(_close_together(_in_row(terms), _in_row(change)))

    def _add_cap(self, view: MonthView, person: PersonMonth) -> None:
        self.add_heading(_("If it goes on like this"))
        if person.over_on is None:
            self.add_text(days_left_text(person))
            if person.forecast is not None:
                day = format_date(person.forecast, year=False)
                self.add(
                    RunningText(
                        _("With the usual week the cap is reached on {day}.").format(day=day), "caution"
                    )
                )
        else:
            day = format_date(person.over_on, year=False)
            self.add(RunningText(_("With {day} the cap is broken.").format(day=day), "wrong"))
        for source in view.cap_sources:
            if source.inclusive == person.cap.inclusive:
                text = _("{document}: “{text}”").format(document=source.document, text=source.text)
                self.add(RunningText(text, "neutral"))
        other = [source for source in view.cap_sources if source.inclusive != person.cap.inclusive]
        if other:
            names = "、".join(dict.fromkeys(source.document for source in other))
            self.add(RunningText(_other_reading(person, names), "neutral"))

    def _add_said(self, cell: Cell, *, may_write: bool) -> None:
        """Tell the order and the reason kept with a day, and offer to write one."""
        said = [(_("Order"), cell.holiday_order), (_("Reason"), cell.reason)]
        if kept := [pair for pair in said if pair[1]]:
            self.add_pairs(kept)
        if cell.worked and cell.findings and may_write:
            text = _("Change the reason…") if cell.reason else _("Write the reason…")
            self.add(_in_row(LinkButton(text, self._acts.on_reason)))

    def _add_day(self, view: MonthView, person: PersonMonth, day: date, *, may_write: bool) -> None:
        cell = person.cells.get(day)
        self.add_heading(format_date(day, year=False))
        if cell is None:
            self.add_text(_("Nothing is planned and nothing was worked."))
        else:
            self.add_pairs(cell_lines(cell))
            for finding in cell.findings:
                self._add_finding(view, finding)
            self._add_said(cell, may_write=may_write and not person.closed)
            self._add_effect(person, day)
        days = person.week_days.get(week_of(day), 0)
        most = person.member.rules.week_days_max
        if days and most:
            self.add(
                RunningText(
                    _("{days} days of work in this week (about {most} at most)").format(days=days, most=most),
                    "caution" if days > most else "neutral",
                )
            )

    def _add_finding(self, view: MonthView, finding: Finding) -> None:
        self.add(InlineNotice(sentence(finding), tone=tone_of([finding]) or "caution"))
        source = finding_source(finding, view.cap_sources)
        if source:
            self.add(RunningText(said_source(source), "neutral"))

    def _add_effect(self, person: PersonMonth, day: date) -> None:
        """Say what the day does to the month: the total until then against the cap."""
        until = running_total(person, day)
        text = _("Month until this day: {hours} ({cap})").format(
            hours=format_minutes(until), cap=cap_state(person).cap_text()
        )
        self.add(RunningText(text, "neutral"))


def _other_reading(person: PersonMonth, documents: str) -> str:
    if person.cap.inclusive:
        return _("{documents} says the cap itself is not allowed. The programme's setting decides.").format(
            documents=documents
        )
    return _("{documents} says the cap itself is allowed. The programme's setting decides.").format(
        documents=documents
    )


def _close_together(*widgets: QWidget) -> QWidget:
    """Return widgets under one another with nothing between them."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def _in_row(button: LinkButton | SecondaryButton) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(button, None))
    return holder
