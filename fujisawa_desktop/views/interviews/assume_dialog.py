"""もし…なら: what is to be supposed for a trial of the plan; the calendar is not touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from functools import partial

from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_time
from fujisawa_desktop.rules.calendar import parse_time
from fujisawa_desktop.rules.planning import Addition
from fujisawa_desktop.services.interview_assumptions import Absence, Asked, Assumptions, check_assumptions
from fujisawa_desktop.services.interview_view import CalendarView, Person
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.interviews.assume_lines import AbsenceLine, AdditionLine, AskedLine, LineGroup
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    ValueEdit,
    commit_typing,
    row,
)


class AssumeDialog(SheetDialog):
    """Gathers suppositions of all kinds and hands them over together.

    Args:
        view: the calendar as it is.
        supposed: what the trial that is looked at supposes.
        unplaced: keys of those without a place; they are offered first.
        try_it: takes what is supposed.
        parent: the window.
    """

    def __init__(
        self,
        view: CalendarView,
        supposed: Assumptions,
        unplaced: Sequence[int],
        try_it: Callable[[Assumptions], object],
        parent: QWidget,
    ) -> None:
        super().__init__(_("What would be, if"), parent, width=680, height=620)
        self._view = view
        self._try_it = try_it
        self._own_limits_more = supposed.own_limits_more
        people = _first(view, unplaced)
        self.additions: LineGroup[Addition] = LineGroup(
            _("Interviewers' time is added"),
            (_("Date"), _("From"), _("Until"), _("Interviewers"), _("Courses")),
            _("Add time"),
            partial(AdditionLine, view),
        )
        self.absences: LineGroup[Absence] = LineGroup(
            _("An interviewer is away"),
            (_("Interviewer"), _("Date")),
            _("Add somebody who is away"),
            partial(AbsenceLine, view),
        )
        self.asked: LineGroup[Asked] = LineGroup(
            _("Somebody is asked for another time"),
            (_("Person"), _("Date"), _("From"), _("Until")),
            _("Add somebody to ask"),
            partial(AskedLine, view, people),
        )
        self.slot = NumberEdit("slot_minutes", lowest=5)
        self.limit = NumberEdit("daily_limit", lowest=1)
        self.no_limit = QCheckBox(_("No limit"))
        self.lunch_from = ValueEdit(parse_time, format_time, width=90)
        self.lunch_until = ValueEdit(parse_time, format_time, width=90)
        self.no_lunch = QCheckBox(_("No lunch break"))
        self.wrong = RunningText("", "wrong")
        self.wrong.hide()
        self.try_button = PrimaryButton(_("Try"), self.try_it)
        self._lay_out()
        self._fill(supposed, people)

    def try_it(self) -> None:
        """Hand over what is supposed, or say what cannot be read."""
        commit_typing()
        try:
            assumptions = self.assumptions()
        except ValidationError as error:
            self.wrong.set_text(message(error))
            self.wrong.show()
            return
        self.accept()
        self._try_it(assumptions)

    def assumptions(self) -> Assumptions:
        """Return what is entered; what is as it is already is no supposition.

        Raises:
            ValidationError: something is missing or cannot be read.
        """
        slot = self.slot.value()
        found = Assumptions(
            additions=self.additions.values(),
            absences=self.absences.values(),
            asked=self.asked.values(),
            slot_minutes=None if slot == self._view.slot_minutes else slot,
            daily_limit=self._limit(),
            own_limits_more=self._own_limits_more,
            lunch=self._lunch(),
        )
        check_assumptions(found)
        return found

    def clear(self) -> None:
        """Suppose nothing any more."""
        self._own_limits_more = 0
        for group in (self.additions, self.absences, self.asked):
            group.clear()
        self._fill_settings(Assumptions())

    def _limit(self) -> int | None:
        now = self._view.daily_limit
        wanted = None if self.no_limit.isChecked() else self.limit.value()
        if wanted is None and not self.no_limit.isChecked():
            return None
        return None if wanted == now else wanted or 0

    def _lunch(self) -> tuple[time, ...] | None:
        if self.no_lunch.isChecked():
            return () if self._view.lunch is not None else None
        first, last = self.lunch_from.value(), self.lunch_until.value()
        if first is None and last is None:
            return None
        if first is None or last is None:
            raise ValidationError("interviewer.field-missing", field="lunch")
        if last <= first:
            raise ValidationError("span.end-before-start", field="lunch", start=first, end=last)
        return None if (first, last) == self._view.lunch else (first, last)

    # filling

    def _fill(self, supposed: Assumptions, people: Sequence[Person]) -> None:
        for addition in supposed.additions:
            self.additions.add_line(AdditionLine(self._view, addition))
        for absence in supposed.absences:
            self.absences.add_line(AbsenceLine(self._view, absence))
        for asked in supposed.asked:
            self.asked.add_line(AskedLine(self._view, people, asked))
        self._fill_settings(supposed)

    def _fill_settings(self, supposed: Assumptions) -> None:
        view = self._view
        self.slot.set_value(supposed.slot_minutes or view.slot_minutes)
        limit = view.daily_limit if supposed.daily_limit is None else supposed.daily_limit or None
        self.limit.set_value(limit)
        self.no_limit.setChecked(limit is None)
        lunch = view.lunch if supposed.lunch is None else supposed.lunch
        self.lunch_from.set_value(lunch[0] if lunch else None)
        self.lunch_until.set_value(lunch[1] if lunch else None)
        self.no_lunch.setChecked(not lunch)

    # layout

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "sheet")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        for panel in (self.additions, self.absences, self.asked, self._settings()):
            column.addWidget(panel)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.sheet.addWidget(
            RunningText(
                _(
                    "Everything said here is supposed together and planned with. "
                    "The calendar is not touched, and nobody is told anything."
                )
            )
        )
        self.sheet.addWidget(area, 1)
        self.sheet.addWidget(self.wrong)
        self.add_buttons(
            SecondaryButton(_("Suppose nothing"), self.clear),
            None,
            SecondaryButton(_("Cancel"), self.reject),
            self.try_button,
        )
        for box, edits in (
            (self.no_limit, (self.limit,)),
            (self.no_lunch, (self.lunch_from, self.lunch_until)),
        ):
            for edit in edits:
                box.toggled.connect(edit.setDisabled)

    def _settings(self) -> Panel:
        panel = Panel(_("The interviews are arranged otherwise"), margin=Space.M)
        panel.body.addLayout(
            row(
                FormField("slot_minutes", _("Length of an interview"), self.slot, unit=_("minutes")),
                FormField(
                    "daily_limit", _("Interviews a day for each interviewer"), self.limit, unit=_("at most")
                ),
                self.no_limit,
                None,
                spacing=Space.L,
            )
        )
        panel.body.addLayout(
            row(
                FormField("lunch", _("Lunch from"), self.lunch_from),
                FormField("lunch_until", _("Lunch until"), self.lunch_until),
                self.no_lunch,
                None,
                spacing=Space.L,
            )
        )
        return panel


def _first(view: CalendarView, unplaced: Sequence[int]) -> tuple[Person, ...]:
    """Return those who wait, those without a place in the plan first, each person once."""
    order = {key: at for at, key in enumerate(unplaced)}
    waiting = [person for person in view.people if person.waits]
    waiting.sort(key=lambda person: order.get(person.key, len(order)))
    return tuple({person.applicant_id: person for person in waiting}.values())
