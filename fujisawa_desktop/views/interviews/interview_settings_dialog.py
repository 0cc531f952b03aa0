"""面接の設定: what one interview is about, who sits together, how long, when, and how many a day."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_time
from fujisawa_desktop.rules.calendar import parse_date, parse_time
from fujisawa_desktop.rules.interviewing import InterviewScope
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_settings import InterviewSettings, interview_settings, save_settings
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.settings_form import SettingsForm, given, read
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords
from fujisawa_desktop.views.widgets import FormField, LineEdit, NumberEdit, Panel, ValueEdit, row

_BETWEEN_ROLES: Final = re.compile(r"\s*[、，,/／]\s*")


class InterviewSettingsDialog(SettingsForm):
    """One form for all of it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, _("Settings of the interviews"), parent, width=720, height=560)
        self._stored: InterviewSettings | None = None
        self.scope = QComboBox()
        for scope, text in _scopes().items():
            self.scope.addItem(text, scope)
        self.panel = LineEdit()
        self.slot = NumberEdit("interview_slot_minutes", lowest=1)
        self.gap = NumberEdit("interview_gap_minutes")
        self.limit = NumberEdit("interview_daily_limit", lowest=1)
        self.first = ValueEdit(parse_date, format_date, width=170)
        self.last = ValueEdit(parse_date, format_date, width=170)
        self.day_from = ValueEdit(parse_time, format_time, width=90)
        self.day_until = ValueEdit(parse_time, format_time, width=90)
        self.lunch_from = ValueEdit(parse_time, format_time, width=90)
        self.lunch_until = ValueEdit(parse_time, format_time, width=90)
        self._lay_out()
        self.read_again()

    def read_again(self) -> None:
        """Read what is stored, and show it."""
        self.desk.query(interview_settings, self._show, owner=self, programme_id=self.desk.programme_id)

    def typed(self) -> InterviewSettings:
        """Return what is entered; raises as `settings`."""
        if self._stored is None:
            raise ValidationError("field.required", field="interview_slot_minutes")
        return self.settings(self._stored)

    def _watch(self, stored: InterviewSettings) -> None:
        programme_id = self.desk.programme_id
        self.watch(
            save_settings,
            base=stored,
            read=partial(interview_settings, programme_id=programme_id),
            row=RowOf("programme", programme_id),
            words=FormWords(self, values={"interview_panel": _panel_text}),
            programme_id=programme_id,
        )

    def settings(self, stored: InterviewSettings) -> InterviewSettings:
        """Return what is entered.

        Raises:
            ValidationError: a field is empty or cannot be read.
        """
        return replace(
            stored,
            interview_scope=InterviewScope(self.scope.currentData()),
            interview_panel=_roles(self.panel.text()),
            interview_slot_minutes=given(self.slot, "interview_slot_minutes"),
            interview_gap_minutes=given(self.gap, "interview_gap_minutes"),
            interview_daily_limit=read(self.limit, "interview_daily_limit"),
            interview_from=given(self.first, "interview_from"),
            interview_until=given(self.last, "interview_until"),
            interview_day_from=given(self.day_from, "interview_day_from"),
            interview_day_until=given(self.day_until, "interview_day_until"),
            lunch_from=read(self.lunch_from, "lunch_from"),
            lunch_until=read(self.lunch_until, "lunch_until"),
        )

    def _show(self, stored: InterviewSettings) -> None:
        self._stored = stored
        self._watch(stored)
        self.scope.setCurrentIndex(self.scope.findData(stored.interview_scope))
        self.panel.setText(_panel_text(stored.interview_panel))
        self.slot.set_value(stored.interview_slot_minutes)
        self.gap.set_value(stored.interview_gap_minutes)
        self.limit.set_value(stored.interview_daily_limit)
        self.first.set_value(stored.interview_from)
        self.last.set_value(stored.interview_until)
        self.day_from.set_value(stored.interview_day_from)
        self.day_until.set_value(stored.interview_day_until)
        self.lunch_from.set_value(stored.lunch_from)
        self.lunch_until.set_value(stored.lunch_until)
        self.save_button.setEnabled(not self.desk.read_only)
        self.slot.setFocus()
        self.slot.selectAll()

    def _lay_out(self) -> None:
        what = Panel(_("Who is interviewed, and by whom"), margin=Space.M)
        what.body.addWidget(FormField("interview_scope", _("One interview for"), self.scope))
        what.body.addWidget(
            FormField(
                "interview_panel",
                _("Interviewers who sit together"),
                self.panel,
                support=_(
                    "The role of each, separated by commas; “anybody” is any role. "
                    "Empty: one interviewer is enough."
                ),
            )
        )
        minutes = _("minutes")
        slot = FormField(
            "interview_slot_minutes", _("Length of an interview"), self.slot, required=True, unit=minutes
        )
        gap = FormField("interview_gap_minutes", _("Gap between two"), self.gap, required=True, unit=minutes)
        limit = FormField(
            "interview_daily_limit", _("A day for each interviewer"), self.limit, unit=_("at most")
        )
        how = Panel(_("Length and number"), margin=Space.M)
        how.body.addLayout(row(slot, gap, limit, spacing=Space.L))
        when = Panel(_("Days and hours"), margin=Space.M)
        when.body.addLayout(
            row(
                FormField("interview_from", _("First day"), self.first, required=True),
                FormField("interview_until", _("Last day"), self.last, required=True),
                None,
                spacing=Space.L,
            )
        )
        when.body.addLayout(
            row(
                FormField("interview_day_from", _("Day from"), self.day_from, required=True),
                FormField("interview_day_until", _("Day until"), self.day_until, required=True),
                FormField("lunch_from", _("Lunch from"), self.lunch_from),
                FormField("lunch_until", _("Lunch until"), self.lunch_until),
                spacing=Space.L,
            )
        )
        for panel in (what, how, when):
            self.sheet.addWidget(panel)
        self.sheet.addStretch(1)
        self.finish()


def _scopes() -> dict[InterviewScope, str]:
    return {
        InterviewScope.ENTRY: _("each entry (all courses of one portal number)"),
        InterviewScope.PERSON: _("each person (all entries together)"),
        InterviewScope.APPLICATION: _("each application (once for every course)"),
    }


def _panel_text(panel: tuple[str, ...]) -> str:
    return "、".join(role or _("anybody") for role in panel)


def _roles(text: str) -> tuple[str, ...]:
    """Return the seats as they are typed; the word for anybody is a seat for any role."""
    typed = [role.strip() for role in _BETWEEN_ROLES.split(text.strip())]
    if typed == [""]:
        return ()
    return tuple("" if role == _("anybody") else role for role in typed)
