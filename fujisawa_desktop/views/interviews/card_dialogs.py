"""What belongs to one interview: where it takes place, what was noted, and who interviews."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QMenu, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_booking import OVERRIDABLE, change_interviewers
from fujisawa_desktop.services.interview_day import save_details
from fujisawa_desktop.services.interview_forms import (
    CardForm,
    DetailsForm,
    card_form,
    card_of,
    details_form,
    details_of,
)
from fujisawa_desktop.services.interview_view import Booked, CalendarView
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.board import Card
from fujisawa_desktop.views.interviews.card_saving import card_saving
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.interviews.words import long_span
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
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
        self.url = LineEdit()
        self.note = TextArea(3, 8)
        self.record: OpenRecord[DetailsForm] = OpenRecord(desk, self, again=self._again, save=self.save)
        self._open(details_of(booked))
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.save_button.setDefault(True)
        self.sheet.addWidget(TextLabel(_heading(card), "bold"))
        self.sheet.addWidget(self.record.hint)
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
        saving = self.record.saving
        if saving is not None:
            self.record.save(replace(saving.base, url=self.url.text(), note=self.note.text()))

    def _open(self, form: DetailsForm) -> None:
        """Begin with what is stored."""
        self.url.setText(form.url)
        self.note.set_text(form.note)
        self.record.open(
            Saving(
                save_details,
                base=form,
                read=partial(details_form, interview_id=form.interview_id),
                row=RowOf("interview", form.interview_id),
                words=FormWords(self),
                owner=self,
                on_done=self._saved,
                on_error=partial(self._desk.notifier.show, anchor=self),
                given=asdict,
            )
        )

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""
        self._desk.query(details_form, self._open, owner=self, interview_id=self._booked.interview_id)

    def _saved(self, _change: ChangeSet) -> None:
        self.accept()


class WhoDialog(SheetDialog):
    """Who interviews somebody, at the same time."""

    def __init__(self, desk: Desk, view: CalendarView, card: Card, booked: Booked, parent: QWidget) -> None:
        super().__init__(_("Change who interviews"), parent, width=460, height=460, fits=True)
        self._desk, self._booked = desk, booked
        self.boxes = {one.interviewer_id: QCheckBox(one.name) for one in view.interviewers}
        self._seats: tuple[int, ...] = ()
        self._refused_form: CardForm | None = None
        self._once_more: Callable[..., None] | None = None
        self.record: OpenRecord[CardForm] = OpenRecord(desk, self, again=self._again, save=self.save)
        self.wrong = RunningText("", "wrong")
        self.wrong.hide()
        self.save_button = PrimaryButton(_("Change"), self.save)
        self.despite_button = SecondaryButton(_("Change all the same"), lambda: self.save(despite=True))
        self.despite_button.hide()
        self.sheet.addWidget(TextLabel(_heading(card), "bold"))
        self.sheet.addWidget(self.record.hint)
        self.sheet.addWidget(self._list(), 1)
        self.sheet.addWidget(self.wrong)
        self.add_buttons(
            None, SecondaryButton(_("Cancel"), self.reject), self.despite_button, self.save_button
        )
        self._open(card_of(booked))
        for box in self.boxes.values():
            box.toggled.connect(self._offer)

    def chosen(self) -> tuple[int, ...]:
        """Return who is to interview: those who stay first, in their order."""
        wanted = [key for key, box in self.boxes.items() if box.isChecked()]
        stay = [key for key in self._seats if key in wanted]
        return (*stay, *(key for key in wanted if key not in stay))

    def save(self, *, despite: bool = False) -> None:
        """Let those chosen hold the interview."""
        base = self.record.saving.base if self.record.saving is not None else None
        if base is None:
            return
        form = replace(base, interviewer_ids=self.chosen())
        if despite and self._once_more is not None and form == self._refused_form:
            self._once_more(despite=True)
            return
        self._refused_form = form
        self.record.save(form, more={"despite": despite})

    def _open(self, booked: CardForm) -> None:
        """Begin with an interview as it is stored."""
        self._seats = booked.interviewer_ids
        self.record.open(
            replace(
                card_saving(
                    change_interviewers,
                    self._booked,
                    self,
                    {key: box.text() for key, box in self.boxes.items()},
                    on_done=self._saved,
                    given=lambda form: {"interviewer_ids": form.interviewer_ids},
                ),
                base=booked,
                whole=False,
                on_refused=self._refused,
            )
        )
        for key, box in self.boxes.items():
            box.setChecked(key in self._seats)
        self._offer()

    def _again(self) -> None:
        """Show what is stored now in place of what was chosen."""
        self._desk.query(card_form, self._open, owner=self, interview_id=self._booked.interview_id)

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
        self.save_button.setEnabled(bool(chosen) and chosen != set(self._seats))

    def _saved(self, _change: ChangeSet) -> None:
        self.accept()

    def _refused(self, error: Exception, once_more: Callable[..., None]) -> None:
        self._once_more = once_more
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
