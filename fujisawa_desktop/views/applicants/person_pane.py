"""The pane at the right: one person to read, to step through, and to edit."""

from __future__ import annotations

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
from fujisawa_desktop.views.applicants.compare_dialog import CompareDialog
from fujisawa_desktop.views.applicants.edit_form import EditForm
from fujisawa_desktop.views.applicants.person_view import PersonActs, write_person
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DetailsPane,
    EmptyState,
    IconButton,
    Panel,
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
            compare=self._compare,
            go_to_entry=self.entry_wanted.emit,
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
            write_person(self.view, person, self._acts, read_only=self._desk.read_only)
        self.pages.setCurrentWidget(self.view)
        self.edit_button.setEnabled(not self._desk.read_only)

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

    def _compare(self, suspicion: SuspicionView) -> None:
        if self.person is None:
            return
        dialog = CompareDialog(self._desk, self.person, suspicion, self.window())
        dialog.different_wanted.connect(lambda: self._mark_different(suspicion))
        dialog.open()
