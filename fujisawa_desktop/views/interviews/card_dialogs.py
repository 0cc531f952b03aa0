"""What belongs to one interview: where it takes place, what was noted, and who interviews."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QMenu, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_booking import OVERRIDABLE, change_interviewers
from fujisawa_desktop.services.interview_forms import details_form, details_of, save_details_form
from fujisawa_desktop.services.interview_view import Booked, CalendarView
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.board import Card
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.interviews.words import long_span
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
)


class DetailsDialog(SheetDialog):
    """Address and note of one interview."""

    def __init__(self, desk: Desk, card: Card, booked: Booked, parent: QWidget) -> None:
        super().__init__(_("Address and note of the interview"), parent, width=520, height=400, fits=True)
        self._desk, self._booked = desk, booked
        self.url = LineEdit(booked.meeting_url)
        self.note = TextArea(3, 8)
        self.note.set_text(booked.day_note)
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.save_button.setDefault(True)
        self.sheet.addWidget(TextLabel(_heading(card), "bold"))
        self.sheet.addWidget(
            FormField(
                "url",
                _("Address of this online interview"),
                self.url,
                support=_("Only if it is another than the interviewer's. Never on paper that others see."),
            )
        )
        self.sheet.addWidget(
            FormField("note", _("Note of the day"), self.note, support=_("The person may ask to see it."))
        )
        self.sheet.addStretch(1)
        self.add_buttons(None, SecondaryButton(_("Cancel"), self.reject), self.save_button)

    def save(self) -> None:
        """Store both as one act."""
        base = details_of(self._booked)
        saving = Saving(
            save_details_form,
            base=base,
            read=partial(details_form, interview_id=base.interview_id),
            row=RowOf("interview", base.interview_id),
            words=FormWords(self),
            owner=self,
            on_done=self._saved,
            on_error=partial(self._desk.notifier.show, anchor=self),
        )
        save_beside_others(self._desk, saving, replace(base, url=self.url.text(), note=self.note.text()))

    def _saved(self, _change: ChangeSet) -> None:
        self.accept()


class WhoDialog(SheetDialog):
    """Who interviews somebody, at the same time."""

    def __init__(self, desk: Desk, view: CalendarView, card: Card, booked: Booked, parent: QWidget) -> None:
        super().__init__(_("Change who interviews"), parent, width=460, height=460, fits=True)
        self._desk, self._booked = desk, booked
        self.boxes = {one.interviewer_id: QCheckBox(one.name) for one in view.interviewers}
        self.wrong = RunningText("", "wrong")
        self.wrong.hide()
        self.save_button = PrimaryButton(_("Change"), self.save)
        self.despite_button = SecondaryButton(_("Change all the same"), lambda: self.save(despite=True))
        self.despite_button.hide()
        self.sheet.addWidget(TextLabel(_heading(card), "bold"))
        self.sheet.addWidget(self._list(), 1)
        self.sheet.addWidget(self.wrong)
        self.add_buttons(
            None, SecondaryButton(_("Cancel"), self.reject), self.despite_button, self.save_button
        )
        for key, box in self.boxes.items():
            box.setChecked(key in booked.interviewer_ids)
            box.toggled.connect(self._offer)
        self._offer()

    def chosen(self) -> tuple[int, ...]:
        """Return who is to interview: those who stay first, in their order."""
        wanted = [key for key, box in self.boxes.items() if box.isChecked()]
        stay = [key for key in self._booked.interviewer_ids if key in wanted]
        return (*stay, *(key for key in wanted if key not in stay))

    def save(self, *, despite: bool = False) -> None:
        """Let those chosen hold the interview."""
        self._desk.perform(
            change_interviewers,
            interview_id=self._booked.interview_id,
            interviewer_ids=self.chosen(),
            version=self._booked.version,
            despite=despite,
            actor=self._desk.actor,
            anchor=self,
            on_done=self._saved,
            on_error=self._refused,
        )

    def _list(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        for box in self.boxes.values():
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(_("Interviewers"))
        return area

    def _offer(self) -> None:
        chosen = set(self.chosen())
        self.save_button.setEnabled(bool(chosen) and chosen != set(self._booked.interviewer_ids))

    def _saved(self, _change: ChangeSet) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, RuleError):
            self.wrong.set_text(message(error))
            self.wrong.show()
            self.despite_button.setVisible(error.code in OVERRIDABLE)
        else:
            self._desk.notifier.show(error, self)


def offer_details(desk: Desk, view: CalendarView, menu: QMenu, card: Card, parent: QWidget) -> None:
    """Add to the menu of an interview what is entered in a dialog."""
    booked = card.booked
    if booked is None:
        return
    menu.addSeparator()
    details = menu.addAction(_("Address and note…"), lambda: DetailsDialog(desk, card, booked, parent).show())
    details.setObjectName("details")
    who = menu.addAction(
        _("Change who interviews…"), lambda: WhoDialog(desk, view, card, booked, parent).show()
    )
    who.setObjectName("who")
    who.setEnabled(not booked.is_locked)


def _heading(card: Card) -> str:
    return f"{card.person.name}　{long_span(card.start, card.end)}"
