"""任用: the terms at a glance, what is set and asked for one person, and leaving before the end."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_minutes, format_yen
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.conditions import parse_hours
from fujisawa_desktop.rules.insurance import StudentType
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointment_forms import terms_of
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.services.appointments import TermsForm, save_terms, terms_form
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_page import PersonPage, read_value, scrolled
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.widgets import (
    FormField,
    KeyValueGrid,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    ValueEdit,
    commit_typing,
    row,
)

UNASKED: Final = "unasked"
_FARE: Final = frozenset({CommutingMode.PER_DAY, CommutingMode.MIN_OF_BOTH})
_PASS: Final = frozenset({CommutingMode.MONTHLY_PASS, CommutingMode.MIN_OF_BOTH})


class TermsPage(PersonPage):
    """The terms of one person.

    Signals:
        change_wanted(): change what was agreed.
        leaving_wanted(): record that the person leaves, or correct it.
        stay_wanted(): take the leaving back.
        notice_wanted(): make the notice of leaving.
    """

    change_wanted = Signal()
    leaving_wanted = Signal()
    stay_wanted = Signal()
    notice_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.student = _box("student_type", [UNASKED, *StudentType])
        self.needs_permit = QCheckBox(_("Needs a permit to work (foreign student)"))
        self.permit_until = ValueEdit(parse_date, format_date, width=190)
        self.other = ValueEdit(parse_hours, format_minutes, width=110)
        self.mode = _box("commuting_mode", CommutingMode)
        self.fare = NumberEdit("round_trip_yen", width=100)
        self.ticket = NumberEdit("pass_yen", width=100)
        self.cap = NumberEdit("commuting_cap_yen", width=100)
        self.column = _box("tax_column", TaxColumn)
        self.insured = QCheckBox(_("Keep back employment insurance"))
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.change_button = SecondaryButton(_("Change the conditions…"), self.change_wanted.emit)
        self.leave_button = SecondaryButton(_("Record that the person leaves…"), self.leaving_wanted.emit)
        self.stay_button = SecondaryButton(_("Take the leaving back"), self.stay_wanted.emit)
        self.notice_button = SecondaryButton(_("Notice of leaving…"), self.notice_wanted.emit)
        self._lay_out()
        self.mode.currentIndexChanged.connect(self._show_needed)
        self.needs_permit.toggled.connect(self._show_needed)

    def typed(self) -> object:
        """Return what stands in the fields."""
        edits = (self.permit_until, self.other, self.fare, self.ticket, self.cap)
        boxes = (self.student, self.mode, self.column)
        ticks = (self.needs_permit, self.insured)
        return (
            *(edit.text() for edit in edits),
            *(str(box.currentData()) for box in boxes),
            *(tick.isChecked() for tick in ticks),
        )

    def form(self, view: AppointmentView) -> TermsForm:
        """Return what is entered.

        Raises:
            ValidationError: a field cannot be read; ``field`` says which.
        """
        student = self.student.currentData()
        permit = self.needs_permit.isChecked()
        return TermsForm(
            appointment_id=view.member.appointment_id,
            version=view.version,
            commuting_mode=CommutingMode(self.mode.currentData()),
            round_trip_yen=read_value(self.fare, "round_trip_yen") or 0,
            pass_yen=read_value(self.ticket, "pass_yen") or 0,
            commuting_cap_yen=read_value(self.cap, "commuting_cap_yen"),
            tax_column=TaxColumn(self.column.currentData()),
            employment_insurance=self.insured.isChecked(),
            student=None if student == UNASKED else StudentType(student),
            needs_permit=permit,
            permit_until=read_value(self.permit_until, "permit_until") if permit else None,
            other_week_minutes=read_value(self.other, "other_week_minutes"),
        )

    def save(self) -> None:
        """Store what was typed; a refusal is shown beside its field."""
        if self._view is None or not self.save_button.isEnabled():
            return
        commit_typing()
        self._desk.notifier.clear_fields(self)
        try:
            form = self.form(self._view)
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self.sent()
        self.record.save(form)

    def saving(self, view: AppointmentView) -> Saving[TermsForm]:
        """Return how the terms are saved."""
        base = terms_of(view)
        return Saving(
            save_terms,
            base=base,
            read=partial(terms_form, appointment_id=base.appointment_id),
            row=RowOf("appointment", base.appointment_id),
            words=FormWords(
                self,
                labels={"student": _("Kind of student")},
                values={"student": self._student_text, "other_week_minutes": _week_hours},
            ),
            owner=self,
            on_done=self._saved,
            on_error=self._refused,
        )

    def _student_text(self, value: object) -> str:
        return self.student.itemText(self.student.findData(UNASKED if value is None else value))

    def _saved(self, change: ChangeSet) -> None:
        self.stored()
        if change.changed:
            self.done.emit(
                _("The terms are saved. Every amount not stated yet is computed with them."), "good"
            )
        else:
            self.done.emit(_("Nothing was changed."), "key")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
        else:
            self.failed.emit(error)

    # --- showing

    def fill(self, view: AppointmentView, *, may_write: bool) -> None:
        """Write everything anew."""
        self._desk.notifier.clear_fields(self)
        self._glance.set_pairs(glance_pairs(view))
        commuting = view.member.commuting
        _choose(self.student, UNASKED if view.student is None else view.student)
        self.needs_permit.setChecked(view.needs_permit)
        self.permit_until.set_value(view.permit_until)
        self.other.set_value(view.other_week_minutes)
        _choose(self.mode, commuting.mode)
        self.fare.set_value(commuting.round_trip or None)
        self.ticket.set_value(commuting.pass_month or None)
        self.cap.set_value(commuting.cap)
        _choose(self.column, view.member.tax_column)
        self.insured.setChecked(view.member.insured)
        self._show_needed()
        self._show_leaving(view)
        for button in (self.save_button, self.leave_button, self.stay_button):
            button.setEnabled(may_write)

    def _show_leaving(self, view: AppointmentView) -> None:
        left = view.left_on
        if left is None:
            self._leaving.set_text(
                _("The term runs to {last}, as agreed.").format(last=format_date(view.member.agreed_until))
            )
        else:
            self._leaving.set_text(
                _("Left on {day}. Reason: {reason}").format(day=format_date(left), reason=view.leaving_reason)
            )
        self.leave_button.setText(
            _("Record that the person leaves…") if left is None else _("Correct the leaving…")
        )
        self.stay_button.setVisible(left is not None)
        self.notice_button.setVisible(left is not None)

    def _show_needed(self) -> None:
        mode = CommutingMode(self.mode.currentData())
        self._fare_field.setEnabled(mode in _FARE)
        self._ticket_field.setEnabled(mode in _PASS)
        self._cap_field.setEnabled(mode is not CommutingMode.NONE)
        self._permit_field.setEnabled(self.needs_permit.isChecked())

    # --- laying out

    def _lay_out(self) -> None:
        glance = Panel(_("As agreed"), margin=Space.M)
        self._glance = KeyValueGrid()
        glance.body.addWidget(self._glance)
        glance.body.addLayout(row(self.change_button, None))
        leaving = Panel(_("Leaving before the end"), margin=Space.M)
        self._leaving = RunningText("")
        leaving.body.addWidget(self._leaving)
        leaving.body.addLayout(row(self.leave_button, self.stay_button, None))
        leaving.body.addLayout(row(self.notice_button, None))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        column.addWidget(glance)
        column.addWidget(leaving)
        column.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(Space.M)
        right.addWidget(scrolled(self._form_sheet()), 1)
        right.addLayout(row(None, self.save_button))
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(scrolled(left), 1)
        line.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(self.record.hint)
        whole.addLayout(line, 1)

    def _form_sheet(self) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        person = Panel(_("What the person told"), margin=Space.M)
        person.body.setSpacing(Space.M)
        self._permit_field = FormField("permit_until", _("Permit until"), self.permit_until)
        person.body.addWidget(FormField("student_type", _("Kind of student"), self.student))
        person.body.addWidget(FormField("needs_permit", _("Residence status"), self.needs_permit))
        person.body.addWidget(self._permit_field)
        self.other.setPlaceholderText(_("not asked"))
        person.body.addWidget(
            FormField(
                "other_week_minutes",
                _("Work at other employers"),
                self.other,
                unit=_("hours a week"),
                support=_("0 for none. Hours at all employers are added up."),
            )
        )
        column.addWidget(person)
        column.addWidget(self._money_panel())
        column.addStretch(1)
        return sheet

    def _money_panel(self) -> Panel:
        panel = Panel(_("Commuting, tax, insurance"), margin=Space.M)
        panel.body.setSpacing(Space.M)
        yen = _("yen")
        self._fare_field = FormField("round_trip_yen", _("Fare of a round trip"), self.fare, unit=yen)
        self._ticket_field = FormField("pass_yen", _("Monthly pass"), self.ticket, unit=yen)
        self.cap.setPlaceholderText(_("no limit"))
        self._cap_field = FormField("commuting_cap_yen", _("Most a month"), self.cap, unit=yen)
        panel.body.addWidget(FormField("commuting_mode", _("Refund of commuting"), self.mode))
        panel.body.addLayout(row(self._fare_field, self._ticket_field, spacing=Space.M))
        panel.body.addWidget(self._cap_field)
        panel.body.addWidget(
            FormField(
                "tax_column",
                _("Column of the tax table"),
                self.column,
                support=_(
                    "Column C needs a term of two months at most; column A a declaration handed in here."
                ),
            )
        )
        panel.body.addWidget(
            FormField(
                "employment_insurance",
                _("Employment insurance"),
                self.insured,
                support=_("Not for students of day courses, and not under 20 hours a week."),
            )
        )
        return panel


def _week_hours(minutes: int | None) -> str:
    return _("not asked") if minutes is None else format_minutes(minutes)


def glance_pairs(view: AppointmentView) -> list[tuple[str, str]]:
    """Return names and values of what was agreed with somebody."""
    member, rules = view.member, view.member.rules
    cap = format_minutes(rules.cap.minutes)
    limit = _("{hours} may be reached") if rules.cap.inclusive else _("must stay below {hours}")
    conditional = view.conditional
    rates = [
        _("{yen} yen from {day}").format(yen=format_yen(rate.yen), day=format_date(rate.valid_from))
        for rate in member.rates
    ]
    if conditional.needed_days is None:
        probation = _("until {day}").format(day=format_date(conditional.until))
    else:
        probation = _("until {day} as it stands ({worked} of {needed} days worked)").format(
            day=format_date(conditional.until),
            worked=conditional.worked_days,
            needed=conditional.needed_days,
        )
    return [
        (_("Course"), member.course_name),
        (_("Department of the post"), member.host_department),
        (_("Place of work"), member.workplace),
        (
            _("Term of the appointment"),
            _("{first} to {last}").format(
                first=format_date(rules.first), last=format_date(member.agreed_until)
            ),
        ),
        (_("Rate an hour"), "\n".join(rates)),
        (_("Hours a month"), limit.format(hours=cap)),
        (_("Days a week"), _("{days} at most").format(days=rules.week_days_max or "7")),
        (_("Conditional"), probation),
    ]


def _box(family: str, values: Iterable[StrEnum | str]) -> QComboBox:
    box = QComboBox()
    for value in values:
        box.addItem(texts.term(family, value), str(value))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    return box


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(str(value)))
