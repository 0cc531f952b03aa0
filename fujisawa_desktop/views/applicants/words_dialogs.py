"""Small dialogs in which a clerk writes words: the reason of a ruling, a note about a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QRadioButton, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.flag_views import FlagView
from fujisawa_desktop.services.notes import NoteForm, NoteKind, NoteView, add_note, note_form, save_note
from fujisawa_desktop.services.rulings import FlagVerdict, rule_flag
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.ruling_saving import ruling_saving
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    commit_typing,
    row,
)

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _WordsDialog(QDialog):
    """A title, an explanation, some lines to write; Ctrl+Enter saves, Escape gives up.

    Attributes:
        words: what is written.
        save_button: saves.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, title: str, field: str, label: str) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.words = TextArea(4)
        self.save_button = PrimaryButton(_("Save (Ctrl+Enter)"), self.save)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self.column.setSpacing(Space.M)
        self.column.addWidget(TextLabel(title, "heading"))
        self.column.addWidget(FormField(field, label, self.words))
        self.column.addStretch(1)
        self.column.addLayout(row(None, self.stop, self.save_button))
        self.words.setFocus()

    def save(self) -> None:
        """Save what is written; a refusal is explained under the field."""
        raise NotImplementedError

    def _perform(self, act: Callable[..., object]) -> None:
        self.save_button.setEnabled(False)
        self._desk.perform(
            act, on_done=lambda _change: self.accept(), on_error=self._refused, actor=self._desk.actor
        )

    def reject(self) -> None:
        """Give up, but not while it is being written."""
        if self.save_button.isEnabled():
            super().reject()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self._desk.notifier.clear_fields(self)
        self._desk.notifier.show(error, self)
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+Enter as the button."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_button.click()
        else:
            super().keyPressEvent(event)


class WaiveDialog(_WordsDialog):
    """Asks why an entry takes part in spite of a flag, and stores it."""

    def __init__(
        self, desk: Desk, entry_id: int, view: FlagView, why: str, parent: QWidget | None = None
    ) -> None:
        title = _("{flag}: takes part all the same").format(flag=term("flag", view.flag))
        super().__init__(desk, parent, title, "reason", _("Reason"))
        self._entry_id, self._view = entry_id, view
        self.column.insertWidget(1, RunningText(why))
        self.column.insertWidget(
            2, RunningText(_("The reason is kept with the entry and its history."), "neutral")
        )

    def save(self) -> None:
        """Store the decision with its reason."""
        commit_typing()
        self.save_button.setEnabled(False)
        verdict, reason = FlagVerdict.WAIVED, self.words.text()
        saving = replace(
            ruling_saving(rule_flag, self, self._entry_id, self._view, verdict=verdict, reason=reason),
            on_done=lambda _change: self.accept(),
            on_error=self._refused,
            on_stop=lambda: self.save_button.setEnabled(True),
        )
        save_beside_others(self._desk, saving, replace(saving.base, verdict=verdict, reason=reason))


class NoteDialog(_WordsDialog):
    """Writes a note about a person, or changes one.

    Attributes:
        kinds: the two choices of who may read it.
    """

    def __init__(
        self, desk: Desk, applicant_id: int, note: NoteView | None = None, parent: QWidget | None = None
    ) -> None:
        title = _("New note") if note is None else _("Change the note")
        super().__init__(desk, parent, title, "text", _("Note"))
        self._applicant_id, self._note = applicant_id, note
        self.kinds = {
            NoteKind.SHARED: QRadioButton(_("Shared: reviewers and interviewers may read it")),
            NoteKind.OFFICE: QRadioButton(_("Office only: hidden from reviewers and interviewers")),
        }
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(Space.XS)
        for button in self.kinds.values():
            lines.addWidget(button)
        self.column.insertWidget(2, box)
        self.column.insertWidget(
            3, RunningText(_("The person may ask to see what is written about them one day."), "neutral")
        )
        # What nobody has thought about stays in the office.
        self.kinds[NoteKind.OFFICE].setChecked(True)
        self.record: OpenRecord[NoteForm] = OpenRecord(desk, self, again=self._again, save=self.save)
        self.hint = self.record.hint
        self.column.insertWidget(1, self.hint)
        if note is not None:
            self._open(NoteForm(note.note_id, note.version, note.kind, note.text))

    def kind(self) -> NoteKind:
        """Return who may read the note."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def save(self) -> None:
        """Store the note."""
        commit_typing()
        if self._note is None:
            act = partial(add_note, applicant_id=self._applicant_id)
            self._perform(partial(act, kind=self.kind(), text=self.words.text()))
            return
        saving = self.record.saving
        if saving is not None:
            self.save_button.setEnabled(False)
            self.record.save(replace(saving.base, kind=self.kind(), text=self.words.text()))

    def _open(self, base: NoteForm) -> None:
        """Begin with a note as it is stored."""
        self.kinds[base.kind].setChecked(True)
        self.words.set_text(base.text)
        self.record.open(
            Saving(
                save_note,
                base=base,
                read=partial(note_form, note_id=base.note_id),
                row=RowOf("applicant_note", base.note_id),
                words=self._names(),
                owner=self,
                on_done=lambda _change: self.accept(),
                on_error=self._refused,
                on_stop=lambda: self.save_button.setEnabled(True),
            )
        )

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""
        if self._note is not None:
            self._desk.query(note_form, self._open, owner=self, note_id=self._note.note_id)

    def _names(self) -> FormWords:
        """Return how the dialog speaks of its fields."""
        return FormWords(
            self,
            labels={"kind": _("Who may read it")},
            values={"kind": lambda kind: self.kinds[kind].text()},
        )
