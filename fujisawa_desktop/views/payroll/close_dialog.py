"""月の締め: who can be closed and what stands against it; and opening a closed month again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_minutes, ngettext
from fujisawa_desktop.services.hours import PersonMonth
from fujisawa_desktop.services.month_checklist import Obstacle, PersonCheck, month_checklist
from fujisawa_desktop.services.month_records import RecordForm, RecordKind, Records, record_form
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.months import MonthResult, close_month, reopen_month
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.people_choice import ChoiceLine, ChoicePerson, PeopleChoice
from fujisawa_desktop.views.payroll.record_saving import record_saving
from fujisawa_desktop.views.payroll.words import month_name, sentence
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import do_beside_others
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    LinkButton,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)


class CloseDialog(QDialog):
    """The checklist, and the button that closes the month of those who are ticked.

    Signals:
        wanted(int, date): go to this day of this appointment.
        closed_month(MonthResult): it was done.
    """

    wanted = Signal(int, object)
    closed_month = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, *, month: tuple[int, int]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month = month
        self.checks: list[PersonCheck] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = _("Close {month}").format(month=month_name(*month))
        self.setWindowTitle(title)
        self.resize(680, 560)
        self.notice = NoticeBar()
        self.summary = RunningText("", "neutral")
        self.people = PeopleChoice(_("What stands against closing"))
        self.all = LinkButton(_("Everybody"), partial(self.people.tick_all, ticked=True))
        self.none = LinkButton(_("Nobody"), partial(self.people.tick_all, ticked=False))
        self.ok = PrimaryButton(_("Close the month"), self.answer)
        self.ok.setDefault(True)
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        column.addWidget(self.notice)
        column.addWidget(self.summary)
        column.addWidget(self.people, 1)
        column.addLayout(row(self.all, self.none, None, self.cancel, self.ok))
        self.people.ticked.connect(self._count)
        self.people.wanted.connect(self._go)
        self.reload()

    def reload(self) -> None:
        """Look again at what stands against closing."""
        self.ok.setEnabled(False)
        self._desk.query(
            month_checklist,
            self._show,
            owner=self,
            latest="close.checks",
            programme_id=self._desk.programme_id,
            year=self._month[0],
            month=self._month[1],
            today=self._desk.today(),
        )

    def answer(self) -> None:
        """Close the month of those who are ticked."""
        chosen = self.people.chosen()
        if not chosen:
            self.notice.show_message(_("Nobody is ticked. Tick whose month is to be closed."), "caution")
            return
        self._desk.perform(
            close_month,
            programme_id=self._desk.programme_id,
            year=self._month[0],
            month=self._month[1],
            appointment_ids=chosen,
            actor=self._desk.actor,
            on_done=self._closed,
            on_error=self._refused,
        )

    def _show(self, checks: list[PersonCheck]) -> None:
        self.checks = checks
        self.people.show_people([choice_of(check) for check in checks])
        closable = sum(not check.is_closed and not check.refused for check in checks)
        refused = sum(check.refused for check in checks)
        said = ngettext(
            "{count} person's month can be closed.", "{count} people's month can be closed.", closable
        ).format(count=closable)
        if refused:
            more = ngettext(
                "Something has to be put right first for {count} person: Enter goes to the day.",
                "Something has to be put right first for {count} people: Enter goes to the day.",
                refused,
            )
            said = "\n".join([said, more.format(count=refused)])
        self.summary.set_text(said)
        (self.ok if closable else self.people).setFocus()

    def _count(self) -> None:
        count = len(self.people.chosen())
        text = ngettext("Close the month of {count} person", "Close the month of {count} people", count)
        self.ok.setText(text.format(count=count))
        self.ok.setEnabled(bool(count) and not self._desk.read_only)

    def _go(self, appointment_id: int, day: date) -> None:
        self.accept()
        self.wanted.emit(appointment_id, day)

    def _closed(self, result: MonthResult) -> None:
        self.accept()
        self.closed_month.emit(result)

    def _refused(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")
        self.reload()


class ReopenDialog(QDialog):
    """Whose month is opened again, and why.

    Signals:
        opened_month(MonthResult): it was done.
    """

    opened_month = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, *, month: tuple[int, int], people: list[PersonMonth]
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month = month
        self._closings: Records = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = _("Open {month} again").format(month=month_name(*month))
        self.setWindowTitle(title)
        self.resize(560, 480)
        self.notice = NoticeBar()
        self.people = PeopleChoice(_("Whose month is opened again"))
        self.reason = LineEdit()
        self.field = FormField("reason", _("Reason"), self.reason, required=True)
        self.ok = PrimaryButton(_("Open the month"), self.answer)
        self.ok.setDefault(True)
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        explanation = _("The hours of the month can then be changed. The reason is kept in the history.")
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(self.notice)
        column.addWidget(self.people, 1)
        column.addWidget(self.field)
        column.addLayout(row(None, self.cancel, self.ok))
        closed = [person for person in people if person.closed]
        self.people.ticked.connect(self._judge)
        self.people.show_people([_closed_person(person) for person in closed])
        self.reason.setFocus()
        desk.query(
            record_form,
            self._show,
            owner=self,
            latest="reopen.closings",
            kind=RecordKind.CLOSING,
            programme_id=desk.programme_id,
            year=month[0],
            month=month[1],
            appointment_ids=[person.member.appointment_id for person in closed],
        )

    def answer(self) -> None:
        """Open the month of those who are ticked."""
        commit_typing()
        reason = self.reason.text().strip()
        if not reason:
            self.field.set_error(texts.message_for("field.required", {}))
            self.reason.setFocus()
            return
        saving = record_saving(
            reopen_month,
            self,
            RecordKind.CLOSING,
            self._month,
            {key: self._closings.get(key) for key in self.people.chosen()},
            programme_id=self._desk.programme_id,
            reason=reason,
        )
        do_beside_others(
            self._desk,
            replace(
                saving,
                on_done=self._opened,
                on_error=lambda error: self.notice.show_message(texts.message(error), "wrong"),
                on_stop=self.reject,
            ),
        )

    def _show(self, found: RecordForm) -> None:
        self._closings = found.seen
        self._judge()

    def _judge(self) -> None:
        self.ok.setEnabled(bool(self._closings) and bool(self.people.chosen()))

    def _opened(self, result: MonthResult) -> None:
        self.accept()
        self.opened_month.emit(result)


def choice_of(check: PersonCheck) -> ChoicePerson:
    """Return how somebody stands in the checklist."""
    state = texts.term("month-state", check.state)
    if check.refused:
        state = _("Cannot be closed yet")
    text = _("{name}　{hours}　{state}").format(
        name=check.name, hours=format_minutes(check.worked), state=state
    )
    return ChoicePerson(
        check.appointment_id,
        text,
        may=not check.refused and not check.is_closed,
        lines=tuple(_line(obstacle) for obstacle in check.obstacles),
    )


def _line(obstacle: Obstacle) -> ChoiceLine:
    said = sentence(obstacle.finding)
    if obstacle.about is not None:
        said = "\n".join([said, sentence(obstacle.about)])
    return ChoiceLine(said, "wrong" if obstacle.refuses else "caution", obstacle.day)


def _closed_person(person: PersonMonth) -> ChoicePerson:
    is_paid = person.state is MonthState.PAID
    text = _("{name}　{hours}　{state}").format(
        name=person.member.name,
        hours=format_minutes(person.worked),
        state=texts.term("month-state", person.state),
    )
    return ChoicePerson(person.member.appointment_id, text, may=not is_paid, ticked=not is_paid)
