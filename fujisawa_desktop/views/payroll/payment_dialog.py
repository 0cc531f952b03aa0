"""支給: who is paid on which day, with the amounts of the statements."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_yen, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.month_records import RecordKind
from fujisawa_desktop.services.payments import (
    Method,
    PaymentResult,
    PaymentRow,
    PaymentsView,
    mark_paid,
    payments_view,
    take_payment_back,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.people_choice import ChoiceLine, ChoicePerson, PeopleChoice
from fujisawa_desktop.views.payroll.record_saving import record_saving, record_text
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import do_beside_others
from fujisawa_desktop.views.widgets import (
    FormField,
    LinkButton,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    commit_typing,
    row,
)


class PaymentDialog(QDialog):
    """The people of the month, the day, the way, and the sum of those who are ticked.

    Signals:
        paid(PaymentResult): it was recorded.
    """

    paid = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, *, month: tuple[int, int]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month = month
        self.view: PaymentsView | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = _("Pay of {month} that was paid").format(month=month_name(*month))
        self.setWindowTitle(title)
        self.resize(680, 600)
        self.notice = NoticeBar()
        self.people = PeopleChoice(_("Who was paid"))
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.day_field = FormField("paid_on", _("Day on which it was paid"), self.day, required=True)
        self.method = QComboBox()
        for method in Method:
            self.method.addItem(texts.term("pay-method", method), method)
        self.sum = TextLabel("", "bold")
        self.back = LinkButton(_("Take payments back…"), self.ask_back)
        self.back.setEnabled(False)
        self.ok = PrimaryButton(_("Mark as paid"), self.answer)
        self.ok.setDefault(True)
        self.cancel = SecondaryButton(_("Close"), self.reject)
        self._lay_out(title)
        self.people.ticked.connect(self._count)
        self.reload()

    def reload(self) -> None:
        """Read who was paid and who can be."""
        self.ok.setEnabled(False)
        self._desk.query(
            payments_view,
            self._show,
            owner=self,
            latest="payments.view",
            programme_id=self._desk.programme_id,
            year=self._month[0],
            month=self._month[1],
        )

    def answer(self) -> None:
        """Record that those who are ticked were paid."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        try:
            day = self.day.value()
        except ValidationError as error:
            self.day_field.set_error(texts.message(error))
            return
        if day is None:
            self.day_field.set_error(texts.message_for("payment.no-day", {}))
            return
        self._desk.perform(
            mark_paid,
            programme_id=self._desk.programme_id,
            year=self._month[0],
            month=self._month[1],
            paid_on=day,
            appointment_ids=self.people.chosen(),
            method=Method(self.method.currentData()),
            actor=self._desk.actor,
            on_done=self._marked,
            on_error=self._refused,
        )

    def ask_back(self) -> None:
        """Ask why payments are taken off the record."""
        ReasonDialog(
            self,
            title=_("Take the payments of {month} back").format(month=month_name(*self._month)),
            explanation=_(
                "Everybody's payment of this month is taken off the record; the reason stays in the history."
            ),
            answer=_("Take back"),
            on_reason=self.take_back,
        ).open()

    def take_back(self, reason: str) -> None:
        """Take all payments that are shown off the record."""
        rows = self.view.rows if self.view is not None else ()
        saving = record_saving(
            take_payment_back,
            self,
            RecordKind.PAYMENT,
            self._month,
            {row.appointment_id: row.record for row in rows if row.record is not None},
            programme_id=self._desk.programme_id,
            reason=reason,
        )
        do_beside_others(
            self._desk,
            replace(saving, on_done=self._taken_back, on_error=self._refused, on_stop=self.reload),
        )

    def _show(self, view: PaymentsView) -> None:
        first = self.view is None
        self.view = view
        if first:
            self.day.set_value(view.pay_day or self._desk.today())
        self.people.show_people([_choice(person) for person in view.rows])
        may_write = not self._desk.read_only
        self.back.setEnabled(may_write and any(person.paid_on is not None for person in view.rows))
        (self.ok if self.people.chosen() else self.cancel).setFocus()

    def _count(self) -> None:
        chosen = set(self.people.chosen())
        rows = self.view.rows if self.view is not None else ()
        yen = sum(person.net or 0 for person in rows if person.appointment_id in chosen)
        text = ngettext("{count} person, {yen} yen", "{count} people, {yen} yen", len(chosen))
        self.sum.setText(text.format(count=len(chosen), yen=format_yen(yen)))
        self.ok.setEnabled(bool(chosen) and not self._desk.read_only)

    def _marked(self, result: PaymentResult) -> None:
        self.accept()
        self.paid.emit(result)

    def _taken_back(self, _change: ChangeSet) -> None:
        self.notice.show_message(_("The payments are off the record."), "good")
        self.reload()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError) and error.field == "paid_on":
            self.day_field.set_error(texts.message(error))
            return
        self.notice.show_message(texts.message(error), "wrong")
        self.reload()

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        explanation = _(
            "Amounts are those of the statements. From then on the month is not opened again; "
            "a mistake is corrected with the pay of a later month."
        )
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(self.notice)
        method = FormField("method", _("Paid how"), self.method)
        column.addLayout(row(self.day_field, method, None, spacing=Space.L))
        column.addWidget(self.people, 1)
        everybody = LinkButton(_("Everybody"), partial(self.people.tick_all, ticked=True))
        nobody = LinkButton(_("Nobody"), partial(self.people.tick_all, ticked=False))
        column.addLayout(row(everybody, nobody, None, self.sum))
        column.addLayout(row(self.back, None, self.cancel, self.ok))


def _choice(person: PaymentRow) -> ChoicePerson:
    if person.net is None:
        text = person.name
    else:
        text = _("{name}　{yen} yen").format(name=person.name, yen=format_yen(person.net))
    lines: tuple[ChoiceLine, ...] = ()
    if person.record is not None:
        lines = (ChoiceLine(record_text(RecordKind.PAYMENT, person.record), "good"),)
    elif person.obstacle is not None:
        said = texts.message_for(person.obstacle.code, person.obstacle.params)
        lines = (ChoiceLine(said, "caution"),)
    return ChoicePerson(person.appointment_id, text, may=person.obstacle is None, lines=lines)
