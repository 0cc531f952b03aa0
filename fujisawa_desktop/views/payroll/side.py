"""Beside the grid: how the chosen person's amount came about, and what the cap still leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import N_, _, format_date, format_yen
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.hours import week_of
from fujisawa_desktop.services.hours import MonthView, PersonMonth
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.views.payroll.words import (
    cell_lines,
    days_left_text,
    pay_pills,
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
    TextLabel,
    row,
    tool_tip,
)

_HEADINGS: Final = (
    ("explain.worked", N_("Worked time")),
    ("explain.no-work", N_("Worked time")),
    ("explain.hours-rounded", N_("Worked time")),
    ("explain.rate", N_("Hourly rate")),
    ("explain.product", N_("Product")),
    ("explain.rounding", N_("Rounding")),
    ("explain.tax", N_("Income tax")),
    ("explain.commuting", N_("Commuting")),
    ("explain.insurance", N_("Employment insurance")),
    ("explain.corrected", N_("Earlier months, corrected")),
)
"""Beginning of a step's code → under which heading it stands."""


class ExplanationPane(DetailsPane):
    """Tells everything about one person's month.

    Attributes:
        on_terms: called with the appointment when its terms are to be set.
        on_tax: called with the appointment when its tax is to be typed.
        on_change: called with the appointment when what was agreed is to be changed.
    """

    def __init__(
        self,
        on_terms: Callable[[int], object],
        on_tax: Callable[[int], object],
        on_change: Callable[[int], object],
    ) -> None:
        super().__init__(_("How the amount came about"), width=280)
        self._on_terms = on_terms
        self._on_tax = on_tax
        self._on_change = on_change
        self.setMaximumWidth(330)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what will stand here."""
        self.clear()
        self.add(EmptyState(_("Nobody is chosen"), _("Choose a person to see how the amount comes about.")))

    def show_person(
        self, view: MonthView, person: PersonMonth, pay: PayRow | None, day: date | None, *, may_write: bool
    ) -> None:
        """Tell about one person, and about the chosen day."""
        place = self.area.verticalScrollBar().value()
        self.clear()
        if pay is not None:
            self._add_amount(view, pay)
            self._add_problems(pay, may_write=may_write)
            self._add_steps(pay.steps)
        terms = LinkButton(_("Terms: commuting, tax…"), lambda: self._on_terms(person.member.appointment_id))
        terms.setEnabled(may_write)
        change = LinkButton(
            _("Change the conditions, papers…"), lambda: self._on_change(person.member.appointment_id)
        )
        self.add(_close_together(_in_row(terms), _in_row(change)))
        self._add_cap(view, person)
        if day is not None:
            self._add_day(person, day)
        self.area.verticalScrollBar().setValue(place)

    def _add_amount(self, view: MonthView, pay: PayRow) -> None:
        name = TextLabel(pay.name, "heading")
        name.setToolTip(tool_tip(pay.kana))
        amount = _("Pay of month {month}: {yen} yen").format(month=view.month, yen=format_yen(pay.pay))
        said = TextLabel(amount, "heading")
        for label in (name, said):
            label.setWordWrap(True)
            label.setMinimumWidth(1)
        self.add(_close_together(TextLabel(_("How the amount came about"), "secondary"), name, said))
        self.add_pills(pay_pills(pay))

    def _add_problems(self, pay: PayRow, *, may_write: bool) -> None:
        for problem in pay.problems:
            tone = tone_of([problem]) or "caution"
            notice = InlineNotice(sentence(problem), tone=tone)
            if problem.code.startswith("tax."):
                button = notice.add_button(_("Type the tax…"), lambda: self._on_tax(pay.appointment_id))
                button.setEnabled(may_write)
            self.add(notice)

    def _add_steps(self, steps: tuple[Step, ...]) -> None:
        for heading, group in groupby(steps, _heading):
            said = [RunningText(texts.message_for(step.code, step.params)) for step in group]
            self.add(_close_together(TextLabel(heading, "secondary"), *said))

    def _add_cap(self, view: MonthView, person: PersonMonth) -> None:
        self.add_heading(_("If it goes on like this"))
        if person.over_on is None:
            self.add_text(days_left_text(person))
        else:
            day = format_date(person.over_on, year=False)
            self.add(RunningText(_("With {day} the cap is broken.").format(day=day), "wrong"))
        for source in view.cap_sources:
            if source.inclusive == person.cap.inclusive:
                self.add(
                    RunningText(
                        _("{document}: “{text}”").format(document=source.document, text=source.text),
                        "neutral",
                    )
                )
        other = [source for source in view.cap_sources if source.inclusive != person.cap.inclusive]
        if other:
            names = "、".join(dict.fromkeys(source.document for source in other))
            self.add(RunningText(_other_reading(person, names), "neutral"))

    def _add_day(self, person: PersonMonth, day: date) -> None:
        cell = person.cells.get(day)
        self.add_heading(format_date(day, year=False))
        if cell is None:
            self.add_text(_("Nothing is planned and nothing was worked."))
        else:
            self.add_pairs(cell_lines(cell))
            for finding in cell.findings:
                self.add(InlineNotice(sentence(finding), tone=tone_of([finding]) or "caution"))
        days = person.week_days.get(week_of(day), 0)
        most = person.member.rules.week_days_max
        if days and most:
            self.add(
                RunningText(
                    _("{days} days of work in this week (about {most} at most)").format(days=days, most=most),
                    "caution" if days > most else "neutral",
                )
            )


def _other_reading(person: PersonMonth, documents: str) -> str:
    if person.cap.inclusive:
        return _("{documents} says the cap itself is not allowed. The programme's setting decides.").format(
            documents=documents
        )
    return _("{documents} says the cap itself is allowed. The programme's setting decides.").format(
        documents=documents
    )


def _heading(step: Step) -> str:
    return next((_(text) for start, text in _HEADINGS if step.code.startswith(start)), "")


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
