"""退職: the last day of somebody who leaves before the end of the term, and what goes with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.leaving import (
    Leaving,
    LeavingForm,
    foresee_leaving,
    leaving_form,
    record_leaving,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_page import read_value
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    commit_typing,
    row,
)

FORESEE_DELAY = 200
"""Milliseconds after the last letter until it is said what would be taken out."""


class LeavingDialog(QDialog):
    """Asks for the last day and the reason, and says what the act would take out.

    Attributes:
        day, reason: what is filled in.
        told: what would happen.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        *,
        view: AppointmentView,
        on_done: Callable[[Leaving], object],
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._on_done = on_done
        self.setModal(True)
        self.setWindowTitle(_("Leaving before the end"))
        self.setMinimumWidth(460)
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.reason = LineEdit()
        self.told = RunningText("", "neutral")
        self.notice = NoticeBar()
        self.ok = PrimaryButton(_("Record the leaving"), self.save)
        self.ok.setDefault(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FORESEE_DELAY)
        self._soon.timeout.connect(self._foresee)
        self.record: OpenRecord[LeavingForm] = OpenRecord(desk, self, again=self._again, save=self.save)
        self._open(LeavingForm(view.member.appointment_id, view.version, view.left_on, view.leaving_reason))
        self._lay_out()
        self.day.textChanged.connect(lambda _text: self._soon.start())
        self._foresee()
        self.day.setFocus()

    def form(self) -> LeavingForm:
        """Return what is entered.

        Raises:
            ValidationError: the day cannot be read.
        """
        return LeavingForm(
            self._base.appointment_id,
            self._base.version,
            read_value(self.day, "left_on"),
            self.reason.text(),
        )

    def save(self) -> None:
        """Record the leaving; a refusal is shown beside its field or at the top."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        self.notice.close_message()
        try:
            form = self.form()
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self.record.save(form)

    def _open(self, form: LeavingForm) -> None:
        """Begin with what is stored."""
        self._base = form
        self.day.set_value(form.left_on)
        self.reason.setText(form.reason)
        self.record.open(
            Saving(
                record_leaving,
                base=form,
                read=partial(leaving_form, appointment_id=form.appointment_id),
                row=RowOf("appointment", form.appointment_id),
                words=FormWords(self),
                owner=self,
                on_done=self._saved,
                on_error=self._refused,
            )
        )

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""
        self._desk.query(
            leaving_form, self._open, owner=self, appointment_id=self._view.member.appointment_id
        )

    def _saved(self, result: Leaving) -> None:
        self.accept()
        self._on_done(result)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
        else:
            self.notice.show_message(texts.message(error), "wrong")

    def _foresee(self) -> None:
        try:
            form = self.form()
        except ValidationError:
            self._say("")
            return
        if form.left_on is None:
            self._say(_("Type the last day."))
            return
        self._desk.query(
            foresee_leaving,
            self._tell,
            owner=self,
            latest="leaving.foresee",
            on_error=lambda error: self._say(texts.message(error), "wrong"),
            form=LeavingForm(form.appointment_id, form.version, form.left_on, form.reason.strip() or "―"),
        )

    def _tell(self, count: int) -> None:
        if not count:
            self._say(_("No planned hours stand after that day."))
            return
        text = ngettext(
            "{count} planned stretch of work after that day is taken out with it.",
            "{count} planned stretches of work after that day are taken out with it.",
            count,
        )
        self._say(text.format(count=count))

    def _say(self, text: str, tone: Tone = "neutral") -> None:
        self.told.set_tone(tone)
        self.told.set_text(text)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        name = self._view.member.name
        column.addWidget(TextLabel(_("{person} leaves before the end").format(person=name), "heading"))
        column.addWidget(self.record.hint)
        column.addWidget(self.notice)
        member = self._view.member
        term = _("The term is agreed until {last}.").format(last=format_date(member.agreed_until))
        column.addWidget(RunningText(term, "neutral"))
        column.addWidget(FormField("left_on", _("Last day of work"), self.day, required=True))
        support = _("Printed on the notice of leaving.")
        column.addWidget(FormField("reason", _("Reason"), self.reason, required=True, support=support))
        column.addWidget(self.told)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.ok))
