"""面接官の設定: role, courses, limit, support and the place of online interviews of one interviewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_settings import (
    InterviewerSettings,
    interviewer_settings,
    one_interviewer,
    save_interviewer,
)
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.settings_form import SettingsForm, read
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords
from fujisawa_desktop.views.widgets import FormField, LineEdit, NumberEdit, RunningText, TextLabel, row


class InterviewerForm(SettingsForm):
    """The form of one interviewer."""

    def __init__(self, desk: Desk, view: CalendarView, interviewer_id: int, parent: QWidget) -> None:
        super().__init__(desk, _("What this interviewer does"), parent, width=540, height=560, fits=True)
        self._interviewer_id = interviewer_id
        self._stored: InterviewerSettings | None = None
        self.name = LineEdit()
        self.role = QComboBox()
        self.role.setEditable(True)
        self.role.setMinimumWidth(220)
        self.role.addItems(_known_roles(view))
        self.limit = NumberEdit("daily_limit", lowest=1)
        self.support = QCheckBox(_("Prepared for people who need support"))
        self.url = LineEdit()
        self.courses = {mark.course_id: QCheckBox(mark.short_name) for mark in view.courses}
        self._lay_out()
        self.read_again()

    def read_again(self) -> None:
        """Read what is stored, and show it."""
        self.desk.query(interviewer_settings, self._show, owner=self, programme_id=self.desk.programme_id)

    def typed(self) -> InterviewerSettings:
        """Return what is entered.

        Raises:
            ValidationError: a field cannot be read.
        """
        if self._stored is None:
            raise ValidationError("field.required", field="name")
        limit = read(self.limit, "daily_limit")
        return replace(
            self._stored,
            name=self.name.text(),
            role=self.role.currentText(),
            daily_limit=limit,
            course_ids=frozenset(key for key, box in self.courses.items() if box.isChecked()),
            gives_support=self.support.isChecked(),
            meeting_url=self.url.text(),
        )

    def _watch(self, stored: InterviewerSettings) -> None:
        self.watch(
            save_interviewer,
            base=stored,
            read=partial(
                one_interviewer, programme_id=self.desk.programme_id, interviewer_id=self._interviewer_id
            ),
            row=RowOf("interviewer", self._interviewer_id),
            words=FormWords(
                self,
                labels={"course_ids": _("Courses"), "gives_support": self.support.text()},
                values={"course_ids": self._course_names},
            ),
        )

    def _course_names(self, ids: frozenset[int]) -> str:
        return "、".join(box.text() for key, box in self.courses.items() if key in ids)

    def _show(self, everybody: Sequence[InterviewerSettings]) -> None:
        stored = next((one for one in everybody if one.interviewer_id == self._interviewer_id), None)
        if stored is None:
            self.reject()
            return
        self._stored = stored
        self._watch(stored)
        self.name.setText(stored.name)
        self.role.setEditText(stored.role)
        self.limit.set_value(stored.daily_limit)
        self.support.setChecked(stored.gives_support)
        self.url.setText(stored.meeting_url)
        for key, box in self.courses.items():
            box.setChecked(key in stored.course_ids)
        self.save_button.setEnabled(not self.desk.read_only)

    def _lay_out(self) -> None:
        self.sheet.addWidget(FormField("name", _("Interviewer or room"), self.name, required=True))
        self.sheet.addLayout(
            row(
                FormField("role", _("Role on a panel"), self.role),
                FormField("daily_limit", _("A day"), self.limit, unit=_("at most")),
                spacing=Space.L,
            )
        )
        self.sheet.addWidget(TextLabel(_("Courses"), "bold"))
        self.sheet.addWidget(RunningText(_("Without a mark the interviewer sees all courses."), "neutral"))
        for box in self.courses.values():
            self.sheet.addWidget(box)
        self.sheet.addWidget(self.support)
        self.sheet.addWidget(
            FormField(
                "meeting_url",
                _("Address of online interviews"),
                self.url,
                support=_("Shown on the screen only, never on paper that others see."),
            )
        )
        self.sheet.addStretch(1)
        self.finish()


def _known_roles(view: CalendarView) -> list[str]:
    """Return the roles of the panel and of the interviewers."""
    roles = [*view.panel, *(column.role for column in view.interviewers)]
    return [role for role in dict.fromkeys(roles) if role]
