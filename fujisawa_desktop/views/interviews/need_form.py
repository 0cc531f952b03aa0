"""What one person needs for the interview: an early day, more time, support."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.interview_needs import Need
from fujisawa_desktop.views.interviews.settings_form import read
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, LineEdit, NumberEdit, ValueEdit, row


class NeedForm(QWidget):
    """Four fields; empty ones say that nothing special is needed."""

    def __init__(self) -> None:
        super().__init__()
        self._version: int | None = None
        self.finish_by: ValueEdit[date] = ValueEdit(parse_date, lambda day: f"{day:%Y/%m/%d}", width=110)
        self.minutes = NumberEdit("minutes", width=60)
        self.support = QCheckBox(_("Needs support at the interview"))
        self.note = LineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(
            row(
                FormField("finish_by", _("To be seen by"), self.finish_by),
                FormField("minutes", _("Length, if not the usual one"), self.minutes, unit=_("minutes")),
                None,
            )
        )
        column.addWidget(self.support)
        column.addWidget(FormField("note", _("What to consider (read by those who interview)"), self.note))

    def show_need(self, need: Need) -> None:
        """Show another person's need."""
        self._version = need.version
        self.finish_by.set_value(need.finish_by)
        self.minutes.set_value(need.minutes)
        self.support.setChecked(need.needs_support)
        self.note.setText(need.note)

    def need(self) -> Need:
        """Return what is written.

        Raises:
            ValidationError: a field cannot be read; ``field`` says which.
        """
        return Need(
            read(self.finish_by, "finish_by"),
            read(self.minutes, "minutes"),
            self.support.isChecked(),
            self.note.text(),
            self._version,
        )

    def typed(self) -> tuple[object, ...]:
        """Return what stands in the fields, readable or not."""
        return self.finish_by.text(), self.minutes.text(), self.support.isChecked(), self.note.text()
