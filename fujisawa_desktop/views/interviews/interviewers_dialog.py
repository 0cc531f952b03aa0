"""面接官の予定: who can interview when, entered by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_time
from fujisawa_desktop.rules.calendar import parse_date, parse_time
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.interviewer_times import (
    InterviewerTime,
    add_interviewer_time,
    interviewer_times,
    remove_interviewer_times,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.interviewer_form import InterviewerForm
from fujisawa_desktop.views.interviews.settings_form import given
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    row,
    tool_tip,
)

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What stands in the form at first, as when a fix of the plan is to be carried out."""

    day: date
    start: time
    end: time
    course_ids: frozenset[int] = frozenset()


class TimesModel(QAbstractTableModel):
    """One line for each stretch of an interviewer's time."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[InterviewerTime] = []

    def show(self, rows: list[InterviewerTime]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many stretches there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return interviewer, courses, day, time, interviews."""
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Interviewer"), _("Courses"), _("Date"), _("Time"), _("Interviews booked"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self.rows[index.row()]
        text = (
            one.name,
            _(", ").join(one.courses) or _("All courses"),
            format_date(one.day, year=False),
            f"{format_time(one.start)}–{format_time(one.end)}",
            str(one.booked),
        )[index.column()]
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


class InterviewersDialog(QDialog):
    """The list of times, and the form that adds one."""

    def __init__(
        self, desk: Desk, view: CalendarView, parent: QWidget, suggestion: Suggestion | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Interviewers' times"))
        self.resize(960, 560)
        self.model = TimesModel()
        self.table = DataTable(_("Interviewers' times"))
        self.table.setModel(self.model)
        self.table.set_widths({0: 120, 1: 130, 2: 112, 3: 112, 4: 90})
        self.table.empty.say(
            _("No interviewer yet"), _("Enter a name and a time at the right, or take in a file.")
        )
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setMinimumWidth(220)
        self.day = ValueEdit(parse_date, format_date, width=170)
        self.start = ValueEdit(parse_time, format_time, width=90)
        self.end = ValueEdit(parse_time, format_time, width=90)
        self.courses = {mark.course_id: QCheckBox(mark.short_name) for mark in view.courses}
        self.add_button = PrimaryButton(_("Add this time"), self.add)
        self.remove_button = SecondaryButton(_("Take the chosen time away"), self.remove)
        self.settings_button = SecondaryButton(_("What this interviewer does…"), self.edit_settings)
        self.form = self._form()
        self._lay_out()
        self._fill(view, suggestion)
        self.reload()

    def reload(self) -> None:
        """Query the times again."""
        self._desk.query(interviewer_times, self._show, owner=self, programme_id=self._desk.programme_id)

    def add(self) -> None:
        """Store the time in the form."""
        self._desk.notifier.clear_fields(self.form)
        try:
            day = given(self.day, "day")
            start, end = given(self.start, "start"), given(self.end, "end")
        except ValidationError as error:
            self._desk.notifier.show(error, self.form)
            return
        self._desk.perform(
            add_interviewer_time,
            programme_id=self._desk.programme_id,
            name=self.name.currentText(),
            course_ids=[key for key, box in self.courses.items() if box.isChecked()],
            day=day,
            start=start,
            end=end,
            actor=self._desk.actor,
            anchor=self.form,
            on_done=self._written,
        )

    def remove(self) -> None:
        """Take the chosen stretches away as one act; it can be taken back."""
        chosen = [self.model.rows[number].window_id for number in self.table.selected_rows()]
        if chosen:
            self._desk.perform(
                remove_interviewer_times, window_ids=chosen, actor=self._desk.actor, on_done=self._written
            )

    def edit_settings(self) -> None:
        """Open role, limit, courses and the rest of the interviewer whose time is chosen."""
        chosen = self.table.selected_rows()
        if chosen:
            form = InterviewerForm(self._desk, self._view, self.model.rows[chosen[0]].interviewer_id, self)
            form.accepted.connect(self.reload)
            form.open()

    def _written(self, _change: ChangeSet) -> None:
        self.reload()

    def _show(self, rows: list[InterviewerTime]) -> None:
        typed = self.name.currentText()
        self.model.show(rows)
        self.name.clear()
        self.name.addItems(list(dict.fromkeys(one.name for one in rows)))
        self.name.setEditText(typed)
        self.remove_button.setEnabled(bool(rows) and not self._desk.read_only)
        self.settings_button.setEnabled(bool(rows))
        self.add_button.setEnabled(not self._desk.read_only)

    def _fill(self, view: CalendarView, suggestion: Suggestion | None) -> None:
        if suggestion is not None:
            self.day.set_value(suggestion.day)
            self.start.set_value(suggestion.start)
            self.end.set_value(suggestion.end)
            for key in suggestion.course_ids:
                self.courses[key].setChecked(True)
        else:
            first = next((day.day for day in view.days if day.closed is None), None)
            self.day.set_value(first)
            self.start.set_value(view.day_from)
            self.end.set_value(view.day_until)

    def _form(self) -> Panel:
        form = Panel(_("Add a time"))
        form.body.addWidget(FormField("name", _("Interviewer or room"), self.name, required=True))
        form.body.addWidget(FormField("day", _("Date"), self.day, required=True))
        form.body.addLayout(
            row(
                FormField("start", _("From"), self.start, required=True),
                FormField("end", _("Until"), self.end, required=True),
                None,
            )
        )
        form.body.addWidget(TextLabel(_("Courses of a new interviewer"), "bold"))
        form.body.addWidget(RunningText(_("Without a mark the interviewer sees all courses."), "neutral"))
        for box in self.courses.values():
            form.body.addWidget(box)
        form.body.addLayout(row(self.add_button, None))
        form.body.addStretch(1)
        form.setFixedWidth(300)
        return form

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addLayout(row(self.remove_button, self.settings_button, None))
        columns = QHBoxLayout()
        columns.setSpacing(Space.M)
        columns.addLayout(left, 1)
        columns.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        whole.addLayout(columns, 1)
        whole.addLayout(row(None, SecondaryButton(_("Close"), partial(self.done, 0))))
