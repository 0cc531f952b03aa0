"""The hour at which entries close: whose flag changes is shown while it is typed, then all in one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_datetime, format_time, ngettext
from fujisawa_desktop.rules.calendar import parse_date, parse_time
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.deadline import (
    DeadlineForesight,
    DeadlineForm,
    LatePerson,
    deadline_form,
    foresee_deadline,
    set_deadline,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class DeadlineDialog(QDialog):
    """Day and time, and below them everybody whose flag would change.

    Attributes:
        day, hour: what is typed.
        foresight: what it would do; None while it is worked out or cannot be read.
        model: the people named.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form: DeadlineForm | None = None
        self._saving = False
        self.foresight: DeadlineForesight | None = None
        self.setWindowTitle(_("Deadline for entries"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        self.day: ValueEdit[date] = ValueEdit(parse_date, lambda day: f"{day:%Y/%m/%d}", width=130)
        self.hour: ValueEdit[time] = ValueEdit(parse_time, format_time, width=90)
        self.summary = RunningText()
        self.model = TextTableModel(self)
        self.table = DataTable(_("Entries whose flag changes"))
        self.table.setModel(self.model)
        self.go = PrimaryButton(_("Set the deadline"), self.save)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        self.go.setEnabled(False)
        self.record: OpenRecord[DeadlineForm] = OpenRecord(desk, self, again=self._read, save=self.save)
        self._lay_out()
        for edit in (self.day, self.hour):
            edit.value_changed.connect(self._ask)
        self._read()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Deadline for entries"), "title"))
        explanation = _(
            "An entry is on time up to and including this minute. The entry period of the programme "
            "ends on the same day. What was decided about a flag stays decided."
        )
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(self.record.hint)
        fields = row(
            FormField("date", _("Day"), self.day),
            FormField("time", _("Time of day"), self.hour),
            None,
        )
        column.addLayout(fields)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addLayout(row(None, self.stop, self.go))

    def typed(self) -> datetime | None:
        """Return the deadline typed, None when it is not whole.

        Raises:
            ValidationError: the day or the time cannot be read.
        """
        day, hour = self.day.value(), self.hour.value()
        return datetime.combine(day, hour) if day is not None and hour is not None else None

    def save(self) -> None:
        """Set the deadline and renew all flags in one act."""
        deadline = self._readable()
        if self._form is None or deadline is None or not self.go.isEnabled():
            return
        self._saving = True
        self.go.setEnabled(False)
        self.record.save(replace(self._form, deadline=deadline))

    def reject(self) -> None:
        """Give up, but not while it is being written."""
        if not self._saving:
            super().reject()

    def _saved(self, change: ChangeSet) -> None:
        self._saving = False
        self.accept()
        if change.changed:
            self._desk.notifier.say(_("The deadline was set. “Undo” takes it back."), "good")

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self.go.setEnabled(True)
        self._desk.notifier.clear_fields(self)
        self._desk.notifier.show(error, self)

    def _fail(self, error: Exception) -> None:
        self.reject()
        self._desk.notifier.show(error)

    def _read(self) -> None:
        """Show the deadline as it is stored."""
        self._desk.query(
            deadline_form,
            self._show_form,
            owner=self,
            on_error=self._fail,
            programme_id=self._desk.programme_id,
        )

    def _stopped(self) -> None:
        self._saving = False
        self.go.setEnabled(True)

    def _show_form(self, form: DeadlineForm) -> None:
        self._form = form
        self.record.open(
            Saving(
                set_deadline,
                base=form,
                read=partial(deadline_form, programme_id=form.programme_id),
                row=RowOf("programme", form.programme_id),
                words=FormWords(self, labels={"deadline": _("Deadline for entries")}),
                owner=self,
                on_done=self._saved,
                on_error=self._refused,
                on_stop=self._stopped,
                given=lambda typed: {"form": typed, "deadline": typed.deadline},
            )
        )
        self.day.set_value(form.deadline.date())
        self.hour.set_value(form.deadline.time())
        self.hour.setFocus()
        self.hour.selectAll()
        self._ask()

    def _readable(self) -> datetime | None:
        try:
            return self.typed()
        except ValidationError as error:
            self._desk.notifier.clear_fields(self)
            self._desk.notifier.show(error, self)
            return None

    def _ask(self) -> None:
        self.go.setEnabled(False)
        self.foresight = None
        deadline = self._readable()
        if self._form is not None and deadline is not None:
            self._desk.query(
                foresee_deadline,
                self._show,
                owner=self,
                latest="applicants.deadline",
                on_error=self._refused,
                programme_id=self._desk.programme_id,
                deadline=deadline,
            )

    def _show(self, foresight: DeadlineForesight) -> None:
        self.foresight = foresight
        changed = len(foresight.newly_late) + len(foresight.in_time_again)
        text = ngettext(
            "{late} entry is late; the flag of {changed} changes.",
            "{late} entries are late; the flag of {changed} changes.",
            foresight.late,
        )
        self.summary.set_text(text.format(late=f"{foresight.late:,}", changed=f"{changed:,}"))
        rows = [_cells(one, _("late from now on")) for one in foresight.newly_late]
        rows += [_cells(one, _("on time from now on")) for one in foresight.in_time_again]
        self.model.show_rows(
            (_("Number"), _("Name"), _("Received at"), _("Change"), _("Decided before")), rows
        )
        self.table.empty.say(
            _("No entry changes"),
            _("With another day or time, the entries whose flag changes are listed here."),
        )
        self.table.show_emptiness()
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.set_widths({0: 138, 2: 156, 3: 130, 4: 124})
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.go.setEnabled(
            not self._desk.read_only and self._form is not None and self._readable() != self._form.deadline
        )


def _cells(person: LatePerson, change: str) -> tuple[str, ...]:
    ruled = _("yes, and stays so") if person.is_ruled else ""
    return person.number, person.name, format_datetime(person.received_at), change, ruled
