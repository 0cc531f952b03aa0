"""Small questions of the tab: the terms of a person, a reason, a tax."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import TermsForm, save_terms
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NumberEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)


class _Question(QDialog):
    """A heading, a sentence, fields, and two buttons."""

    def __init__(self, title: str, explanation: str, answer: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.ok = PrimaryButton(answer, self.answer)
        self.ok.setDefault(True)
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(Space.M)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        if explanation:
            column.addWidget(RunningText(explanation, "neutral"))
        column.addLayout(self.fields)
        column.addLayout(row(None, self.cancel, self.ok))

    def answer(self) -> None:
        """Take what was filled in."""
        raise NotImplementedError


class ReasonDialog(_Question):
    """Asks for a reason in words."""

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        explanation: str,
        answer: str,
        on_reason: Callable[[str], object],
    ) -> None:
        super().__init__(title, explanation, answer, parent)
        self._on_reason = on_reason
        self.reason = LineEdit()
        self.field = FormField("reason", _("Reason"), self.reason, required=True)
        self.fields.addWidget(self.field)
        self.reason.setFocus()

    def answer(self) -> None:
        """Hand the reason over, if there is one."""
        commit_typing()
        reason = self.reason.text().strip()
        if not reason:
            self.field.set_error(texts.message_for("field.required", {}))
            self.reason.setFocus()
            return
        self._on_reason(reason)
        self.accept()


class TaxDialog(_Question):
    """Asks for a tax that a clerk looked up."""

    def __init__(self, parent: QWidget, *, person: str, why: str, on_tax: Callable[[int], object]) -> None:
        super().__init__(_("Income tax of {person}").format(person=person), why, _("Take this tax"), parent)
        self._on_tax = on_tax
        self.tax = NumberEdit("tax", width=120)
        self.field = FormField("tax", _("Income tax"), self.tax, required=True, unit=_("yen"))
        self.fields.addWidget(self.field)
        self.tax.setFocus()

    def answer(self) -> None:
        """Hand the tax over, if it is a number."""
        commit_typing()
        try:
            tax = self.tax.value()
        except ValidationError as error:
            self.field.set_error(texts.message(error))
            return
        if tax is None:
            self.field.set_error(texts.message_for("field.required", {}))
            return
        self._on_tax(tax)
        self.accept()


class TermsDialog(_Question):
    """What is set for one person: the way to the office, the tax column, insurance."""

    def __init__(self, desk: Desk, parent: QWidget, *, person: str, form: TermsForm) -> None:
        super().__init__(
            _("Terms of {person}").format(person=person),
            _(
                "Term, rate and cap are the programme's. "
                "What is set here counts for every amount computed from now on."
            ),
            _("Save"),
            parent,
        )
        self._desk = desk
        self._form = form
        self.mode = _choices("commuting_mode", list(CommutingMode), form.commuting_mode)
        self.fare = NumberEdit("round_trip_yen", width=110)
        self.ticket = NumberEdit("pass_yen", width=110)
        self.cap = NumberEdit("commuting_cap_yen", width=110)
        self.column = _choices("tax_column", list(TaxColumn), form.tax_column)
        self.insured = QCheckBox(_("Keep back employment insurance"))
        self.fare.set_value(form.round_trip_yen or None)
        self.ticket.set_value(form.pass_yen or None)
        self.cap.set_value(form.commuting_cap_yen)
        self.insured.setChecked(form.employment_insurance)
        self.mode.currentIndexChanged.connect(self._show_needed)
        self._lay_out()
        self._show_needed()
        self.mode.setFocus()

    def answer(self) -> None:
        """Save; a refusal is shown beside its field and the dialog stays."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        try:
            form = replace(
                self._form,
                commuting_mode=CommutingMode(self.mode.currentData()),
                round_trip_yen=self.fare.value() or 0,
                pass_yen=self.ticket.value() or 0,
                commuting_cap_yen=self.cap.value(),
                tax_column=TaxColumn(self.column.currentData()),
                employment_insurance=self.insured.isChecked(),
            )
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self._desk.perform(save_terms, form=form, actor=self._desk.actor, on_done=self._saved, anchor=self)

    def _saved(self, _change: ChangeSet) -> None:
        self.accept()

    def _lay_out(self) -> None:
        yen = _("yen")
        self.fare_field = FormField("round_trip_yen", _("Fare of a round trip"), self.fare, unit=yen)
        self.ticket_field = FormField("pass_yen", _("Monthly pass"), self.ticket, unit=yen)
        self.cap.setPlaceholderText(_("no limit"))
        self.cap_field = FormField("commuting_cap_yen", _("Most a month"), self.cap, unit=yen)
        self.fields.addWidget(FormField("commuting_mode", _("Refund of commuting"), self.mode))
        self.fields.addLayout(row(self.fare_field, self.ticket_field, self.cap_field, spacing=Space.M))
        self.fields.addWidget(
            FormField(
                "tax_column",
                _("Column of the tax table"),
                self.column,
                support=_(
                    "Column C needs a term of two months at most; column A a declaration handed in here."
                ),
            )
        )
        self.fields.addWidget(
            FormField(
                "employment_insurance",
                _("Employment insurance"),
                self.insured,
                support=_("Not for students of day courses, and not under 20 hours a week."),
            )
        )

    def _show_needed(self) -> None:
        mode = CommutingMode(self.mode.currentData())
        needs_fare = mode in {CommutingMode.PER_DAY, CommutingMode.MIN_OF_BOTH}
        needs_pass = mode in {CommutingMode.MONTHLY_PASS, CommutingMode.MIN_OF_BOTH}
        self.fare_field.setEnabled(needs_fare)
        self.ticket_field.setEnabled(needs_pass)
        self.cap_field.setEnabled(needs_fare or needs_pass)


def _choices(family: str, values: list[CommutingMode] | list[TaxColumn], chosen: object) -> QComboBox:
    box = QComboBox()
    for value in values:
        box.addItem(texts.term(family, value), value)
    box.setCurrentIndex(box.findData(chosen))
    return box
