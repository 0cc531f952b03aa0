"""締め後の訂正: a day of a closed month, what it was and what it should have been, and what that brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.i18n import _, format_date, format_minutes, format_yen
from fujisawa_desktop.rules.calendar import add_months, parse_date
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.hours_corrections import (
    Correctable,
    CorrectionForm,
    Foreseen,
    SettledDay,
    correct_day,
    correctable_people,
    correction_form,
    foresee_correction,
    settled_day,
)
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.words import month_name, sentence, span_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    KeyValueGrid,
    LineEdit,
    NoticeBar,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    commit_typing,
    row,
)

PREVIEW_DELAY: Final = 200
"""Milliseconds after the last letter until the difference is computed."""
_LATER_MONTHS: Final = 6


class CorrectionDialog(QDialog):
    """The form, and under it the difference in minutes and yen while it is typed.

    Attributes:
        foreseen: what the correction would do, as far as the form can be read.

    Signals:
        corrected(CorrectionResult): it was recorded.
    """

    corrected = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, *, appointment_id: int | None = None, day: date | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = appointment_id
        self._day = day
        self._people: list[Correctable] = []
        self.foreseen: Foreseen | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Correct a day after closing"))
        self.resize(620, 640)
        self.person = QComboBox()
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.setMinimumContentsLength(14)
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.before = RunningText("")
        self.after = LineEdit()
        self.reason = LineEdit()
        self.pay_month = QComboBox()
        self.pay_month.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pay_month.setMinimumContentsLength(28)
        self.notice = NoticeBar()
        self.amounts = KeyValueGrid()
        self.remarks = RunningText("", "caution")
        self.ok = PrimaryButton(_("Record the correction"), self.save)
        self.ok.setDefault(True)
        self.ok.setEnabled(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_DELAY)
        self._soon.timeout.connect(self._foresee)
        self.record: OpenRecord[CorrectionForm] = OpenRecord(desk, self, again=self._read_day, save=self.save)
        self._lay_out()
        self._connect()
        desk.query(correctable_people, self._show_people, owner=self, programme_id=desk.programme_id)

    def form(self) -> CorrectionForm:
        """Return what is entered.

        Raises:
            ValidationError: the day cannot be read, or is missing.
        """
        try:
            day = self.day.value()
        except ValidationError as error:
            params = {name: value for name, value in error.params.items() if name != "field"}
            raise ValidationError(error.code, field="day", **params) from error
        if day is None:
            raise ValidationError("field.required", field="day")
        return CorrectionForm(
            programme_id=self._desk.programme_id,
            appointment_id=int(self.person.currentData()),
            day=day,
            text=self.after.text(),
            reason=self.reason.text(),
            pay_month=self.pay_month.currentData(),
            seen=self.record.saving.base.seen if self.record.saving is not None else None,
        )

    def save(self) -> None:
        """Record the correction; a refusal is shown in the dialog and nothing is recorded."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        self.notice.close_message()
        try:
            form = self.form()
        except ValidationError as error:
            self._refused(error)
            return
        self.record.save(form)

    def _open(self, settled: SettledDay) -> None:
        """Watch the day as it is settled."""
        try:
            form = self.form()
        except ValidationError:
            return
        base = replace(form, text=settled.text, reason="", pay_month=None, seen=settled.text)
        key, day = form.appointment_id, form.day
        self.record.open(
            Saving(
                correct_day,
                base=base,
                read=partial(correction_form, programme_id=form.programme_id, appointment_id=key, day=day),
                row=RowOf("hours_correction", where=(("appointment_id", key), ("day", day))),
                words=FormWords(
                    self,
                    labels={"text": _("As it should be")},
                    values={"pay_month": self._month_text},
                ),
                owner=self,
                on_done=self._saved,
                on_error=self._refused,
                aside=frozenset({"seen"}),
            )
        )

    def _month_text(self, month: object) -> str:
        return self.pay_month.itemText(max(self.pay_month.findData(month), 0))

    # --- showing

    def _show_people(self, people: list[Correctable]) -> None:
        self._people = people
        with QSignalBlocker(self.person):
            for person in people:
                self.person.addItem(person.name, person.appointment_id)
            self.person.setCurrentIndex(max(self.person.findData(self._wanted), 0))
        if not people:
            self.notice.show_message(
                _("No month is closed yet. Hours of an open month are typed into the grid."), "key"
            )
            return
        self.ok.setEnabled(not self._desk.read_only)
        self.day.set_value(self._day or self._last_closed_day())
        self._read_day()
        self.after.setFocus()

    def _last_closed_day(self) -> date:
        person = self._people[self.person.currentIndex()]
        return date(*person.months[-1], 1)

    def _read_day(self) -> None:
        """Show what stands on the day, and begin the new text with it."""
        try:
            form = self.form()
        except ValidationError:
            self.before.set_text("")
            return
        self._fill_months(form.day)
        self.record.rest()
        self._desk.query(
            settled_day,
            self._show_day,
            owner=self,
            latest="correction.day",
            programme_id=form.programme_id,
            appointment_id=form.appointment_id,
            day=form.day,
        )

    def _show_day(self, settled: SettledDay) -> None:
        self._open(settled)
        lines = "\n".join(span_text(shift) for shift in settled.shifts)
        self.before.set_text(lines or _("No worked time"))
        self.after.setText(settled.text)
        self.after.selectAll()
        self._foresee()

    def _fill_months(self, day: date) -> None:
        """Offer the months after the day; first the one the program would choose."""
        wanted = [None, *(_month_after(day, count) for count in range(1, _LATER_MONTHS + 1))]
        if [self.pay_month.itemData(at) for at in range(self.pay_month.count())] == wanted:
            return
        with QSignalBlocker(self.pay_month):
            self.pay_month.clear()
            self.pay_month.addItem(_("The next pay that is not stated yet"), None)
            for month in wanted[1:]:
                if month is not None:
                    self.pay_month.addItem(_("Pay of {month}").format(month=month_name(*month)), month)

    def _foresee(self) -> None:
        self._soon.stop()
        if not self._people:
            return
        try:
            form = self.form()
        except ValidationError as error:
            self._show_why_not(error)
            return
        self._desk.query(
            foresee_correction,
            self._show_foreseen,
            owner=self,
            latest="correction.foresee",
            on_error=self._show_why_not,
            form=form,
        )

    def _show_foreseen(self, seen: Foreseen) -> None:
        self.foreseen = seen
        pairs = [
            (_("Hours"), _minutes(seen.minutes)),
            (_("Pay"), _yen(seen.pay)),
        ]
        if seen.commuting:
            pairs.append((_("Commuting"), _yen(seen.commuting)))
        pairs.append((_("Settled with"), _("the pay of {month}").format(month=month_name(*seen.pay_month))))
        self.amounts.set_pairs(pairs)
        said = [sentence(finding) for finding in seen.findings]
        if seen.state is MonthState.CLOSED:
            said.append(_("This month is not paid yet. It can also be opened again and corrected itself."))
        self.remarks.set_text("\n".join(said))
        self.remarks.setVisible(bool(said))

    def _show_why_not(self, error: Exception) -> None:
        """Say why there is no difference; a day that stands as it was is no mistake yet."""
        self.foreseen = None
        is_same = isinstance(error, AppError) and error.code == "correction.nothing-changed"
        nothing = [(_("Hours"), _("The same as now"))] if is_same else []
        self.amounts.set_pairs(nothing)
        self.remarks.set_text("" if is_same else texts.message(error))
        self.remarks.setVisible(not is_same)

    def _saved(self, result: object) -> None:
        self.accept()
        self.corrected.emit(result)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            field = "after" if error.field not in ("day", "reason") else error.field
            shown = {"day": self.day_field, "reason": self.reason_field, "after": self.after_field}[field]
            shown.set_error(texts.message(error))
            shown.editor.setFocus()
            return
        self.notice.show_message(texts.message(error), "wrong")

    # --- laying out

    def _connect(self) -> None:
        self.person.currentIndexChanged.connect(self._read_day)
        self.day.value_changed.connect(self._read_day)
        self.after.textChanged.connect(self._soon.start)
        self.pay_month.currentIndexChanged.connect(self._soon.start)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Correct a day after closing"), "heading"))
        explanation = _(
            "The month stays as it was closed. The difference is paid, or kept back, with the pay of a later "
            "month, and stands on its statement with the reason."
        )
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(self.record.hint)
        column.addWidget(self.notice)
        self.day_field = FormField("day", _("Day"), self.day, required=True)
        person = FormField("person", _("Whose day"), self.person)
        column.addLayout(row(person, self.day_field, spacing=Space.L))
        column.addWidget(TextLabel(_("As it is settled now"), "bold"))
        column.addWidget(self.before)
        self.after_field = FormField(
            "after",
            _("As it should be"),
            self.after,
            support=_("Typed like a cell of the month: 9-12, 終. Empty means that nobody worked."),
        )
        column.addWidget(self.after_field)
        self.reason_field = FormField("reason", _("Reason"), self.reason, required=True)
        column.addWidget(self.reason_field)
        column.addWidget(FormField("pay_month", _("Settled with"), self.pay_month))
        panel = Panel(_("What this brings"), margin=Space.M)
        panel.body.addWidget(self.amounts)
        panel.body.addWidget(self.remarks)
        column.addWidget(panel)
        column.addStretch(1)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.ok))


def _month_after(day: date, count: int) -> tuple[int, int]:
    first = add_months(day.replace(day=1), count)
    return first.year, first.month


def _minutes(minutes: int) -> str:
    return f"{'+' if minutes > 0 else ''}{format_minutes(minutes)}"


def _yen(yen: int) -> str:
    return _("{yen} yen").format(yen=f"{'+' if yen > 0 else ''}{format_yen(yen)}")
