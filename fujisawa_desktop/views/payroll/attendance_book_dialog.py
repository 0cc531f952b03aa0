"""出勤簿（Excel）の取込み: what a department's workbook would do, looked at before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_minutes, ngettext
from fujisawa_desktop.services.attendance_book_import import (
    BookTaken,
    PersonTaken,
    take_attendance_book,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    ElidedLabel,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    plain,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class AttendanceBookDialog(QDialog):
    """Shows person by person what changes, and what cannot be taken in.

    Attributes:
        seen: what taking the workbook in would do; None until it is read.
        on_taken: hears what was done.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, *, file: Path, on_taken: Callable[[BookTaken], object]
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file = file
        self.on_taken = on_taken
        self.seen: BookTaken | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Take in attendance workbooks"))
        self.resize(980, 640)
        self._lay_out()
        desk.query(
            take_attendance_book,
            self._show,
            owner=self,
            on_error=self._refused,
            programme_id=desk.programme_id,
            file=file,
            dry_run=True,
        )

    def _lay_out(self) -> None:
        self.notices = NoticeBar()
        self.facts = TextLabel("", "secondary")
        self.model = TextTableModel(self)
        self.table = DataTable(_("What the sheets change"))
        self.table.setModel(self.model)
        self.problems = TextTableModel(self)
        self.problem_table = DataTable(_("Cannot be taken in"))
        self.problem_table.setModel(self.problems)
        self.problem_table.setWordWrap(True)
        self.problem_table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.problem_title = TextLabel(_("Cannot be taken in"), "bold")
        self.summary = RunningText("")
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        self.go = PrimaryButton(_("Take in"), self.take_in)
        self.go.setEnabled(False)
        self.go.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(ElidedLabel(self._file.name, "title"))
        column.addWidget(self.facts)
        column.addWidget(self.notices)
        column.addWidget(self.table, 3)
        column.addWidget(self.problem_title)
        column.addWidget(self.problem_table, 2)
        column.addWidget(self.summary)
        column.addLayout(row(None, self.cancel, self.go))
        self._show_problems(visible=False)

    def _show_problems(self, *, visible: bool) -> None:
        self.problem_title.setVisible(visible)
        self.problem_table.setVisible(visible)

    def _show(self, seen: BookTaken) -> None:
        self.seen = seen
        self.facts.setText(
            _("{department} · {month} · {people} people").format(
                department=seen.department, month=month_name(seen.year, seen.month), people=len(seen.people)
            )
        )
        self.model.show_rows(
            (_("Name"), _("Hours here"), _("On the sheet"), _("Days that change"), _("To look at")),
            [_person(one) for one in seen.people],
            figures=(1, 2),
        )
        self.table.set_widths({0: 190, 1: 100, 2: 100, 3: 330})
        self.problems.show_rows(
            (_("Name"), _("Cell"), _("Reason")),
            [(one.name, one.place, texts.message_for(one.code, one.params)) for one in seen.refused],
        )
        self.problem_table.set_widths({0: 190, 1: 70})
        self._show_problems(visible=bool(seen.refused))
        self.go.setEnabled(seen.effect > 0 and not self._desk.read_only)
        self.go.setText(
            plain(
                ngettext(
                    "Take in the hours of {count} person", "Take in the hours of {count} people", seen.effect
                ).format(count=seen.effect)
            )
        )
        self.summary.set_text(_summary(seen))
        (self.go if self.go.isEnabled() else self.cancel).setFocus()

    def take_in(self) -> None:
        """Take the workbook in as one act."""
        if self.seen is None or not self.seen.effect:
            return
        self.go.setEnabled(False)
        self._desk.perform(
            take_attendance_book,
            on_done=self._done,
            on_error=self._refused,
            programme_id=self._desk.programme_id,
            file=self._file,
            actor=self._desk.actor,
        )

    def _done(self, taken: BookTaken) -> None:
        self.accept()
        self.on_taken(taken)

    def _refused(self, error: Exception) -> None:
        self.go.setEnabled(False)
        self.notices.show_message(texts.message(error), "wrong")


def _person(one: PersonTaken) -> tuple[str, ...]:
    days = _(", ").join(str(day.day) for day in one.changed)
    look = ngettext("{count} thing", "{count} things", one.findings).format(count=one.findings)
    return (
        one.name,
        format_minutes(one.before),
        format_minutes(one.after),
        days or _("no change"),
        look if one.findings else "",
    )


def _summary(seen: BookTaken) -> str:
    """Return in a sentence what taking the workbook in means."""
    if not seen.effect:
        return _("The sheets say what is on record already, or cannot be taken in.")
    if seen.refused:
        return _("What cannot be taken in stays as it is on record. All of it can be undone in one step.")
    if seen.signed_by:
        day = format_date(seen.signed_on) if seen.signed_on is not None else ""
        return _(
            "The department signed: {name} {day}. Record the confirmation once the hours are taken in."
        ).format(name=seen.signed_by, day=day)
    return _("All of it can be undone in one step.")
