"""出勤簿の入力: a form like the sheet, typed in while reading from the paper, person after person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.i18n import _, format_minutes, ngettext
from fujisawa_desktop.rules.conditions import parse_hours
from fujisawa_desktop.services.attendance_return import (
    AttendanceMonth,
    AttendancePerson,
    attendance_month,
    attendance_people,
    look_at,
    take_attendance,
)
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours_entry import EntryResult
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.attendance_model import AttendanceModel, Column
from fujisawa_desktop.views.payroll.attendance_table import SheetTable
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    ElidedLabel,
    IconButton,
    NoticeBar,
    Pill,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    commit_typing,
    row,
)


class AttendanceWindow(QDialog):
    """One person's month as a list of days; saving takes the whole sheet in as one act.

    Attributes:
        people: everybody of the month, in the order of the list.
        month: what is on record for the person shown.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, *, year_month: tuple[int, int], appointment_id: int | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year, self._month = year_month
        self._wanted = appointment_id
        self._leaving = False
        self.people: list[AttendancePerson] = []
        self.month: AttendanceMonth | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Type in attendance sheets"))
        self.resize(1120, 760)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._desk.query(
            attendance_people,
            self._show_people,
            owner=self,
            programme_id=desk.programme_id,
            year=self._year,
            month=self._month,
        )

    def _make_widgets(self) -> None:
        self.notices = NoticeBar()
        self.person = ElidedLabel("", "title")
        self.facts = TextLabel("", "secondary")
        self.before = IconButton("previous", _("Person before (Ctrl+Page Up)"), lambda: self.step(-1))
        self.after = IconButton("next", _("Next person (Ctrl+Page Down)"), lambda: self.step(1))
        self.place = TextLabel("", "secondary")
        self.place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.model = AttendanceModel(self)
        self.table = SheetTable(self.model)
        self.line_text = RunningText("", "neutral")
        self.total = TextLabel("", "heading")
        self.stated = ValueEdit(parse_hours, format_minutes, width=90)
        self.stated.setAccessibleName(_("Total written on the sheet"))
        self.stated.setPlaceholderText("59:45")
        self.verdict = Pill("")
        self.verdict.hide()
        self.save_button = SecondaryButton(_("Save"), partial(self.save, go_on=False))
        self.save_button.setShortcut(QKeySequence("Ctrl+S"))
        self.next_button = PrimaryButton(_("Save, next person"), partial(self.save, go_on=True))
        self.next_button.setToolTip("Ctrl+Return")
        self.planned_button = SecondaryButton(_("As planned"), self.table.fill_planned)
        self.planned_button.setToolTip(_("Writes the planned times into the chosen empty days (=)"))
        self.line_button = SecondaryButton(_("One more line"), self._add_line)
        self.line_button.setToolTip(_("For a second stretch of work on the day (Insert)"))
        self.close_button = SecondaryButton(_("Close"), self.reject)
        for button in (self.save_button, self.next_button, self.planned_button, self.line_button):
            button.setAutoDefault(False)
        self.close_button.setAutoDefault(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self.notices)
        column.addLayout(row(self.before, self.place, self.after, self.person))
        column.addWidget(self.facts)
        column.addWidget(self.table, 1)
        column.addWidget(self.line_text)
        column.addLayout(
            row(
                TextLabel(_("Total"), "bold"),
                self.total,
                TextLabel(_("written on the sheet"), "secondary"),
                self.stated,
                self.verdict,
                None,
            )
        )
        column.addLayout(
            row(
                self.planned_button,
                self.line_button,
                None,
                self.close_button,
                self.save_button,
                self.next_button,
            )
        )

    def _connect(self) -> None:
        self.model.typed.connect(self._look)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell_line())
        self.stated.textChanged.connect(lambda _text: self._compare())
        self.table.save_wanted.connect(partial(self.save, go_on=True))
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.step, by))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.stated).activated.connect(partial(self.save, go_on=True))

    # --- people

    def _show_people(self, people: list[AttendancePerson]) -> None:
        self.people = people
        if not people:
            self._say_nobody()
            return
        ids = [one.appointment_id for one in people]
        self._read(self._wanted if self._wanted in ids else ids[0])

    def _say_nobody(self) -> None:
        month = month_name(self._year, self._month)
        self.notices.show_message(_("Nobody works in {month}").format(month=month), "caution")
        for widget in (self.save_button, self.next_button, self.planned_button, self.line_button):
            widget.setEnabled(False)

    def step(self, by: int) -> None:
        """Go to another person; what is not saved is asked about first."""
        if self.month is None:
            return
        self.table.commit()
        at = self._at() + by
        if 0 <= at < len(self.people):
            wanted = self.people[at].appointment_id
            if self.model.is_changed() and self._may_save():
                self._ask_before(partial(self._read, wanted))
            else:
                self._read(wanted)

    def _ask_before(self, go: Callable[[], object]) -> None:
        self.notices.show_message(
            _("What was typed for this person is not saved. Save it, or go on without it."),
            "caution",
            action=_("Go on without it"),
            on_action=go,
        )

    def _at(self) -> int:
        here = self.month.member.appointment_id if self.month is not None else None
        return next((at for at, one in enumerate(self.people) if one.appointment_id == here), 0)

    def _read(self, appointment_id: int) -> None:
        self._desk.query(
            attendance_month,
            self._show_month,
            owner=self,
            latest="attendance.month",
            on_error=self._refused,
            programme_id=self._desk.programme_id,
            appointment_id=appointment_id,
            year=self._year,
            month=self._month,
        )

    def _show_month(self, month: AttendanceMonth) -> None:
        self.month = month
        member = month.member
        self.person.set_whole(
            _("{person}, {month}").format(person=member.name, month=month_name(self._year, self._month))
        )
        facts = [member.number, member.host_department, member.course_name]
        if month.closed:
            facts.append(_("Month closed"))
        self.facts.setText(" · ".join(facts))
        self.place.setText(f"{self._at() + 1} / {len(self.people)}")
        self.before.setEnabled(self._at() > 0)
        self.after.setEnabled(self._at() < len(self.people) - 1)
        for widget in (self.save_button, self.next_button, self.planned_button, self.line_button):
            widget.setEnabled(self._may_save())
        self.model.show_month(month, editable=self._may_save())
        self.stated.set_value(None)
        self._look()
        self.table.go(self._first_row(), Column.START)
        self.table.setFocus()

    def _first_row(self) -> int:
        """Return the first day on which work is likely: planned or recorded, else the first open one."""
        lines = self.model.lines
        busy = [at for at, line in enumerate(lines) if line.day.planned or line.day.worked]
        usual = [at for at, line in enumerate(lines) if line.day.in_term and line.day.closed is None]
        return next(iter(busy or usual), 0)

    def _may_save(self) -> bool:
        return self.month is not None and not self.month.closed and not self._desk.read_only

    # --- typing

    def _add_line(self) -> None:
        if self.month is not None and self.table.currentIndex().isValid():
            self.table.go(self.model.add_line(self.table.currentIndex().row()), Column.START)
            self.table.setFocus()

    def _look(self) -> None:
        """Count what can be read, and say what is odd about it."""
        if self.month is None:
            return
        look = look_at(self.month, self.model.stretches())
        self.model.show_findings(look.findings)
        self.total.setText(
            ngettext("{hours} on {count} day", "{hours} on {count} days", look.days).format(
                hours=format_minutes(look.minutes), count=look.days
            )
        )
        self._compare()
        self._tell_line()

    def _tell_line(self) -> None:
        """Say in full what is odd about the line of the mark; else how one types."""
        note = self.table.currentIndex().siblingAtColumn(Column.NOTE).data()
        self.line_text.set_text(
            str(note or "")
            or _(
                "Return goes down, Tab to the next time. In “Start”, 9-12 or the sign of a usual day "
                "fills the whole line; = writes what was planned, Insert adds a line to the day."
            )
        )

    def _stated_minutes(self) -> int | None:
        try:
            return self.stated.value()
        except ValidationError:
            return None

    def differs(self) -> bool:
        """Whether a total was typed that is not the one of the lines."""
        if self.month is None or not self.stated.text().strip():
            return False
        return self._stated_minutes() != look_at(self.month, self.model.stretches()).minutes

    def _compare(self) -> None:
        if not self.stated.text().strip():
            self.verdict.hide()
            return
        stated = self._stated_minutes()
        if stated is None:
            self.verdict.set(_("Write the total as 59:45."), "wrong")
        elif self.differs():
            self.verdict.set(
                _("The total of the sheet, {stated}, does not agree.").format(stated=format_minutes(stated)),
                "wrong",
            )
        else:
            self.verdict.set(_("The total of the sheet agrees."), "good")
        self.verdict.show()

    # --- saving

    def save(self, *, go_on: bool, anyway: bool = False) -> None:
        """Take the sheet in; then show the next person, if there is one and that is wanted."""
        commit_typing()
        self.table.commit()
        if self.month is None or not self._may_save():
            return
        if problem := self.model.first_error():
            line, column, text = problem
            self.notices.show_message(text, "wrong")
            self.table.go(line, column)
            self.table.setFocus()
            return
        if self.differs() and not anyway:
            self.notices.show_message(
                _("{verdict} Compare line by line, or save the lines as they are.").format(
                    verdict=self.verdict.text()
                ),
                "caution",
                action=_("Save all the same"),
                on_action=partial(self.save, go_on=go_on, anyway=True),
            )
            return
        self._desk.perform(
            take_attendance,
            on_done=partial(self._saved, go_on=go_on),
            on_error=self._refused,
            programme_id=self._desk.programme_id,
            appointment_id=self.month.member.appointment_id,
            year=self._year,
            month=self._month,
            stretches=tuple(self.model.stretches()),
            seen=self.month.digest,
            actor=self._desk.actor,
        )

    def _saved(self, result: EntryResult, *, go_on: bool) -> None:
        if self.month is None:
            return
        here, name = self._at(), self.month.member.name
        self._say_saved(result, name)
        is_last = here == len(self.people) - 1
        self._read(self.people[here if is_last or not go_on else here + 1].appointment_id)

    def _say_saved(self, result: EntryResult, name: str) -> None:
        if not result.change.changed:
            self.notices.show_message(
                _("The sheet of {person} says what is on record already.").format(person=name)
            )
            return
        text = _("The sheet of {person} was saved.").format(person=name)
        if result.findings:
            count = len(result.findings)
            more = ngettext(
                "{text} {count} thing is to be looked at; it stands beside its day.",
                "{text} {count} things are to be looked at; they stand beside their days.",
                count,
            )
            text = more.format(text=text, count=count)
        tone: Tone = "caution" if result.findings else "good"
        self.notices.show_message(text, tone, action=_("Take it back"), on_action=self._take_back)

    def _take_back(self) -> None:
        self._desk.perform(
            undo, actor=self._desk.actor, on_done=lambda _change: self._again(), on_error=self._refused
        )

    def _again(self) -> None:
        if self.month is not None:
            self._read(self.month.member.appointment_id)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, AppError) and error.code == "attendance.changed-meanwhile":
            self.notices.show_message(
                texts.message(error), "wrong", action=_("Read again"), on_action=self._again
            )
        else:
            self.notices.show_message(texts.message(error), "wrong")

    def reject(self) -> None:
        """Close, by the button, the frame or Escape; ask before what was typed is lost."""
        self.table.commit()
        if self._may_save() and self.model.is_changed() and not self._leaving:
            self._ask_before(self._leave)
            return
        super().reject()

    def _leave(self) -> None:
        self._leaving = True
        self.reject()
