"""普段の勤務: what one person usually works on which weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_minutes, format_time, ngettext, weekday
from fujisawa_desktop.rules.hours import worked_minutes
from fujisawa_desktop.rules.shift_entry import TypedShift, parse_entry
from fujisawa_desktop.services.appointment_forms import WeekForm, save_week_form, week_form, week_of_view
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.usual_week import WORKDAYS, UsualWeek
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_page import PersonPage, scrolled
from fujisawa_desktop.views.payroll.words import pattern_text, sentence
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    TextLabel,
    commit_typing,
    row,
)

_MONDAY = date(2024, 12, 2)
_LINE = 34
"""Height of a field, in the middle of which stands how it is read."""


class WeekPage(PersonPage):
    """The usual week of one person.

    Attributes:
        days: the field of each weekday; Monday is 0.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.days: dict[int, LineEdit] = {}
        self._read: dict[int, TextLabel] = {}
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.total = TextLabel("", "heading")
        self._patterns = RunningText("", "neutral")
        self._lay_out()

    def typed(self) -> object:
        """Return what stands in the fields."""
        return tuple(edit.text() for edit in self.days.values())

    def save(self) -> None:
        """Store the week; a refusal is shown beside its field."""
        if self._view is None or not self.save_button.isEnabled():
            return
        commit_typing()
        self._desk.notifier.clear_fields(self)
        self.sent()
        entries = {day: edit.text() for day, edit in self.days.items()}
        self.record.save(replace(week_of_view(self._view), entries=entries))

    def saving(self, view: AppointmentView) -> Saving[WeekForm]:
        """Return how the usual week is saved."""
        base = week_of_view(view)
        return Saving(
            save_week_form,
            base=base,
            read=partial(week_form, appointment_id=base.appointment_id),
            row=RowOf("appointment", base.appointment_id),
            words=FormWords(self, prefixes={"entries": "usual_week"}),
            owner=self,
            on_done=self._saved,
            on_error=self._refused,
        )

    def _saved(self, result: UsualWeek) -> None:
        self.stored()
        if not result.change.changed:
            self.done.emit(_("Nothing was changed."), "key")
            return
        said = _("The usual week is saved. Nothing is planned by it yet.")
        told = [said, *(sentence(finding) for finding in result.findings)]
        self.done.emit("\n".join(told), "caution" if result.findings else "good")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
        else:
            self.failed.emit(error)

    def fill(self, view: AppointmentView, *, may_write: bool) -> None:
        """Write everything anew."""
        self._desk.notifier.clear_fields(self)
        for day, edit in self.days.items():
            edit.setText(view.member.usual_week.get(day, ""))
        self._patterns.set_text(
            _("Type as in the grid: {patterns}, or times such as 9-12 or 9:00-15:45.").format(
                patterns="、".join(pattern_text(pattern) for pattern in view.patterns)
            )
        )
        self._show_meaning()
        self.save_button.setEnabled(may_write)

    def _show_meaning(self) -> None:
        """Say beside each day how it is read, and what the week comes to."""
        if self._view is None:
            return
        total, days = 0, 0
        for day, edit in self.days.items():
            try:
                typed = parse_entry(edit.text(), self._view.patterns)
            except ValidationError:
                self._read[day].setText("")
                continue
            minutes = sum(_minutes(shift) for shift in typed)
            spans = [f"{format_time(shift.start)}–{format_time(shift.end)}" for shift in typed]
            said = _("{span} = {hours}").format(span="、".join(spans), hours=format_minutes(minutes))
            self._read[day].setText(said if typed else "")
            total, days = total + minutes, days + bool(typed)
        text = ngettext("{days} day a week, {hours}", "{days} days a week, {hours}", days)
        self.total.setText(text.format(days=days, hours=format_minutes(total)))

    def _lay_out(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "The forecast starts from it, and a month can be filled with it. "
                    "Nothing is planned by it alone."
                ),
                "neutral",
            )
        )
        column.addWidget(self._patterns)
        for day in WORKDAYS:
            edit = self.days[day] = LineEdit()
            edit.setFixedWidth(220)
            edit.textChanged.connect(lambda _text: self._show_meaning())
            self._read[day] = TextLabel("", "secondary")
            self._read[day].setFixedHeight(_LINE)
            name = weekday(date.fromordinal(_MONDAY.toordinal() + day))
            field = FormField(f"usual_week.{day}", name, edit)
            field.setFixedWidth(228)
            line = row(field, self._read[day], None, spacing=Space.L)
            line.setAlignment(self._read[day], Qt.AlignmentFlag.AlignBottom)
            column.addLayout(line)
        column.addWidget(self.total)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(self.record.hint)
        whole.addWidget(scrolled(sheet), 1)
        whole.addLayout(row(None, self.save_button))


def _minutes(shift: TypedShift) -> int:
    return worked_minutes(shift.start, shift.end, shift.break_minutes)
