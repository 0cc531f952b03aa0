"""The pane at the right: one person to read, to step through, and to edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.applicants import (
    ApplicantDetails,
    SuspicionView,
    details,
    mark_different,
    mark_open,
)
from fujisawa_desktop.services.application_places import EntryPlaces, entry_places
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.flag_views import FlagView
from fujisawa_desktop.services.notes import NoteForm, NoteView, delete_note, note_form
from fujisawa_desktop.services.person_split import MergeView, SplitResult, split_person
from fujisawa_desktop.services.rulings import FlagVerdict, reopen_flag, rule_flag
from fujisawa_desktop.views.applicants.compare_dialog import CompareDialog
from fujisawa_desktop.views.applicants.deadline_dialog import DeadlineDialog
from fujisawa_desktop.views.applicants.edit_form import EditForm
from fujisawa_desktop.views.applicants.entry_dialog import EntryDialog
from fujisawa_desktop.views.applicants.person_view import PersonActs, points_line, write_person
from fujisawa_desktop.views.applicants.ruling_saving import ruling_saving
from fujisawa_desktop.views.applicants.words import field_word, joined
from fujisawa_desktop.views.applicants.words_dialogs import NoteDialog, WaiveDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_records
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, do_beside_others, save_beside_others
from fujisawa_desktop.views.widgets import (
    DetailsPane,
    EmptyState,
    IconButton,
    Panel,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

STEP_MILLISECONDS: Final = 40
"""Held arrow keys pass over people; only where they stop is read."""
TYPING_MILLISECONDS: Final = 300
"""While somebody types into the search box, the rows come first."""


class PersonPane(QWidget):
    """Shows the entry it is told to; while something typed is not saved, it stays with that person.

    Signals:
        step_wanted(int): one person up (-1) or down (1).
        entry_wanted(int): go to that entry.
        fold_wanted(): put the pane away.

    Attributes:
        entry_id: the entry it was told to show.
        person: what it shows.
    """

    step_wanted = Signal(int)
    entry_wanted = Signal(int)
    fold_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.entry_id: int | None = None
        self.person: ApplicantDetails | None = None
        self._points: dict[int, RunningText] = {}
        self.previous = IconButton(
            "previous", _("Previous person (Alt+↑)"), lambda: self.step_wanted.emit(-1)
        )
        self.next = IconButton("next", _("Next person (Alt+↓)"), lambda: self.step_wanted.emit(1))
        self.place = TextLabel("", "secondary")
        self.edit_button = SecondaryButton(_("Edit…"), self.edit)
        self.fold_button = IconButton("close", _("Hide the details"), self.fold_wanted.emit)
        self.view = DetailsPane(_("Details of the applicant"))
        self.form = EditForm(desk)
        self.form.closed.connect(self._after_edit)
        self.nobody = EmptyState(
            _("Nobody chosen"), _("Choose a person in the list to read the entry and its history here.")
        )
        self.pages = QStackedWidget()
        self.blank = Panel()
        self.blank.body.addWidget(self.nobody)
        for page in (self.blank, self.view, self.form):
            self.pages.addWidget(page)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row(self.previous, self.next, self.place, None, self.edit_button, self.fold_button))
        column.addWidget(self.pages, 1)
        self._acts = PersonActs(
            mark_different=self._mark_different,
            mark_open=self._mark_open,
            compare=lambda suspicion: self.compare(suspicion.suspicion_id),
            go_to_entry=self.entry_wanted.emit,
            waive=self._waive,
            let_stand=partial(self._rule, verdict=FlagVerdict.STANDS),
            reopen=self._reopen,
            split=self._split,
            new_note=self._write_note,
            edit_note=self._write_note,
            delete_note=self._delete_note,
            read_entry=self.read_entry,
            show_papers=self.show_papers,
        )
        self._show_nobody()

    def show_entry(self, entry_id: int | None, *, after: int = STEP_MILLISECONDS) -> None:
        """Read and show this entry after a pause, unless something typed waits to be saved."""
        if entry_id == self.entry_id:
            return
        self.entry_id = entry_id
        if self.is_editing():
            return
        if entry_id is None:
            self._pause.stop()
            self._show_nobody()
        else:
            self._pause.start(after)

    def refresh(self) -> None:
        """Read the entry again."""
        if self.entry_id is not None and not self.is_editing():
            self._read()

    def is_editing(self) -> bool:
        """Return whether the form is open."""
        return self.pages.currentWidget() is self.form

    def has_unsaved(self) -> bool:
        """Return whether something typed would be lost."""
        return self.is_editing() and self.form.is_dirty()

    def edit(self) -> None:
        """Open the form."""
        if self.person is None or self._desk.read_only:
            return
        self.pages.setCurrentWidget(self.form)
        self.edit_button.setEnabled(False)
        self.form.edit(self.person)

    def show_place(self, row_number: int, count: int) -> None:
        """Say where in the list the person stands."""
        self.place.setText(f"{row_number + 1:,} / {count:,}" if 0 <= row_number < count else "")
        self.previous.setEnabled(row_number > 0)
        self.next.setEnabled(0 <= row_number < count - 1)

    def _read(self) -> None:
        if self.entry_id is None:
            return
        self._desk.query(
            details,
            self._show,
            owner=self,
            latest="applicants.details",
            on_error=self._show_problem,
            entry_id=self.entry_id,
        )

    def _show(self, person: ApplicantDetails) -> None:
        if person.entry_id != self.entry_id or self.is_editing():
            return
        self.person = person
        with self.view.rewriting():
            self._points = write_person(self.view, person, self._acts, read_only=self._desk.read_only)
        self.pages.setCurrentWidget(self.view)
        self.edit_button.setEnabled(not self._desk.read_only)

        if self._points:
            self._ask_places(person)

    def _ask_places(self, person: ApplicantDetails) -> None:
        """Find the places by points beside the reading: they cost a look at everybody of the course."""
        points = self._points

        def take(found: EntryPlaces) -> None:
            if points is not self._points:
                return  # written anew meanwhile
            places = {place.application_id: place for place in found.places}
            for one in person.applications:
                if one.score is not None and one.application_id in places:
                    points[one.application_id].set_text(points_line(one.score, places[one.application_id]))

        self._desk.query(
            entry_places,
            take,
            owner=self,
            latest="applicants.places",
            aside=True,
            on_error=lambda _error: None,
            entry_id=person.entry_id,
        )

    def _show_nobody(self) -> None:
        self.person = None
        self.edit_button.setEnabled(False)
        self.nobody.say(
            _("Nobody chosen"), _("Choose a person in the list to read the entry and its history here.")
        )
        self.pages.setCurrentWidget(self.blank)

    def _show_problem(self, error: Exception) -> None:
        self.person = None
        self.edit_button.setEnabled(False)
        self.nobody.say(_("The details could not be read"), texts.message(error), _("Try again"), self._read)
        self.pages.setCurrentWidget(self.blank)

    def _after_edit(self) -> None:
        self.pages.setCurrentWidget(self.view if self.person is not None else self.blank)
        self.edit_button.setEnabled(self.person is not None and not self._desk.read_only)
        self.edit_button.setFocus()
        self._read()

    def _mark_different(self, suspicion: SuspicionView) -> None:
        self._desk.perform(mark_different, suspicion_id=suspicion.suspicion_id, actor=self._desk.actor)

    def _mark_open(self, suspicion: SuspicionView) -> None:
        self._desk.perform(mark_open, suspicion_id=suspicion.suspicion_id, actor=self._desk.actor)

    def compare(self, suspicion_id: int | None = None) -> None:
        """Go through the pairs in doubt, beginning with this one."""
        CompareDialog(self._desk, self.window(), start=suspicion_id).open()

    def set_deadline(self) -> None:
        """Look at the hour at which entries close, and change it."""
        DeadlineDialog(self._desk, self.window()).open()

    def actions_served(self) -> dict[str, Callable[[], object]]:
        """Serve what is asked about people rather than about a list."""
        return {"selection.doubles": self.compare, "selection.deadline": self.set_deadline}

    def read_entry(self) -> None:
        """Show the entry at reading width, and as it was typed."""
        if self.person is not None:
            EntryDialog(self._desk, self.person, self.window()).open()

    def show_papers(self) -> None:
        """Show what this person was sent."""
        if self.person is not None:
            open_records(self._desk, self.window(), find=self.person.number)

    def _waive(self, view: FlagView) -> None:
        if self.person is not None:
            why = texts.message_for(view.code, view.params)
            WaiveDialog(self._desk, self.person.entry_id, view, why, self.window()).open()

    def _rule(self, view: FlagView, *, verdict: FlagVerdict) -> None:
        if self.person is not None:
            key = self.person.entry_id
            saving = ruling_saving(rule_flag, self.window(), key, view, verdict=verdict)
            save_beside_others(self._desk, saving, replace(saving.base, verdict=verdict, reason=""))

    def _reopen(self, view: FlagView) -> None:
        if self.person is not None:
            saving = ruling_saving(reopen_flag, self.window(), self.person.entry_id, view)
            save_beside_others(self._desk, saving, replace(saving.base, verdict=None, reason=""))

    def _split(self, merge: MergeView) -> None:
        self._desk.perform(
            split_person, on_done=self._tell_split, gone_id=merge.gone_id, actor=self._desk.actor
        )

    def _tell_split(self, result: SplitResult) -> None:
        told = _("They are two people again. “Undo” takes it back.")
        if result.kept:
            left = joined(field_word(name) for name in result.kept)
            told = _("They are two people again. Changed since, and so left as it is: {fields}.").format(
                fields=left
            )
        self._desk.notifier.say(told, "caution" if result.kept else "good")

    def _write_note(self, note: NoteView | None = None) -> None:
        if self.person is not None:
            NoteDialog(self._desk, self.person.form.applicant_id, note, self.window()).open()

    def _delete_note(self, note: NoteView) -> None:
        saving = Saving(
            delete_note,
            base=NoteForm(note.note_id, note.version, note.kind, note.text),
            read=partial(note_form, note_id=note.note_id),
            row=RowOf("applicant_note", note.note_id),
            words=FormWords(
                self,
                labels={"kind": _("Who may read it"), "text": _("Note")},
                values={"kind": lambda kind: texts.term("note-kind", kind)},
            ),
            owner=self,
            on_done=lambda _change: self._desk.notifier.say(_("Note deleted. “Undo” takes it back."), "good"),
            on_error=self._desk.notifier.show,
            given=lambda form: {"note_id": form.note_id, "version": form.version},
            deed=_("(removed)"),
        )
        do_beside_others(self._desk, saving)
