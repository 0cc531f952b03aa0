"""The form of one person: names, birth date, contact, school and note."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.calendar import parse_date, parse_year_month
from fujisawa_desktop.services.applicants import (
    ApplicantDetails,
    ApplicantForm,
    applicant_form,
    save_applicant,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
from fujisawa_desktop.views.trust.meanwhile_hint import MeanwhileHint
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    commit_typing,
    row,
)


class EditForm(QFrame):
    """Edits one person; what the portal sent stays as it came, beside it.

    Signals:
        closed(): saved or given up.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._desk = desk
        self._form: ApplicantForm | None = None
        self._saving = False
        self._name = TextLabel("", "heading")
        self._name.setWordWrap(True)
        self._entered = RunningText("", "neutral")
        self._lines: dict[str, LineEdit] = {}
        self.note = TextArea(4)
        self.hint = MeanwhileHint(desk, FormWords(self))
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.give_up_button = SecondaryButton(_("Stop editing"), self.give_up)
        self._build()

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        fields = QVBoxLayout(sheet)
        fields.setContentsMargins(0, 0, Space.S, 0)
        fields.setSpacing(Space.M)
        fields.addWidget(self._name)
        fields.addWidget(self._entered)
        for name, label, support in _fields():
            edit = self._lines[name] = LineEdit()
            fields.addWidget(FormField(name, label, edit, support=support))
        fields.addWidget(FormField("note", _("Note"), self.note))
        fields.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.S, Space.M)
        column.setSpacing(Space.M)
        column.addWidget(self.hint)
        column.addWidget(area, 1)
        column.addLayout(row(None, self.give_up_button, self.save_button))

    def edit(self, person: ApplicantDetails) -> None:
        """Show the values of a person for editing."""
        self._form = person.form
        self._watch(person.form)
        self._desk.notifier.clear_fields(self)
        self._name.setText(person.name)
        self._entered.set_text(_("Entered at the portal as: {name}").format(name=person.name_entered))
        self._fill(person.form)
        self._lines["name_official"].setFocus()

    def _fill(self, form: ApplicantForm) -> None:
        for name, edit in self._lines.items():
            edit.setText(_shown(form, name))
            edit.setCursorPosition(0)
        self.note.set_text(form.note)

    def _take_theirs(self) -> None:
        """Show what is stored now in place of what was typed."""
        if self._form is not None:
            self._desk.query(applicant_form, self._took, owner=self, applicant_id=self._form.applicant_id)

    def _took(self, form: ApplicantForm) -> None:
        if self._form is not None and self._form.applicant_id == form.applicant_id:
            self._form = form
            self._watch(form)
            self._fill(form)

    def _watch(self, form: ApplicantForm) -> None:
        read = partial(applicant_form, applicant_id=form.applicant_id)
        row = RowOf("applicant", form.applicant_id)
        self.hint.watch(form, read, row, theirs=self._take_theirs, both=self.save)

    def field(self, name: str) -> QLineEdit:
        """Return the editor of one field."""
        return self._lines[name]

    def is_dirty(self) -> bool:
        """Return whether something typed is not saved."""
        if self._form is None:
            return False
        shown = {name: _shown(self._form, name) for name in self._lines}
        typed = {name: edit.text() for name, edit in self._lines.items()}
        return shown != typed or self.note.text() != self._form.note

    def save(self) -> None:
        """Save; a value that cannot be right is explained under its field."""
        if self._form is None or self._saving:
            return
        commit_typing()
        try:
            typed = self._typed(self._form)
        except ValidationError as error:
            self._refused(error)
            return
        self._saving = True
        applicant_id = typed.applicant_id
        saving = Saving(
            save_applicant,
            base=self._form,
            read=partial(applicant_form, applicant_id=applicant_id),
            row=RowOf("applicant", applicant_id),
            words=FormWords(self),
            owner=self,
            on_done=self._saved,
            on_error=self._refused,
            on_stop=self._stopped,
        )
        save_beside_others(self._desk, saving, typed)

    def give_up(self) -> None:
        """Leave everything as it was."""
        self._form = None
        self.hint.rest()
        self.closed.emit()

    def _typed(self, form: ApplicantForm) -> ApplicantForm:
        """Return the form as it is typed.

        Raises:
            ValidationError: a date cannot be read; ``field`` is the form's.
        """
        text = {name: edit.text() for name, edit in self._lines.items()}
        with _as_field("birth_date"):
            birth = parse_date(text["birth_date"]) if text["birth_date"].strip() else None
        graduation = text["graduation"].strip()
        if text["graduation"] == _shown(form, "graduation"):
            graduation = form.graduation
        elif graduation:
            with _as_field("graduation"):
                graduation = "{:04}-{:02}".format(*parse_year_month(graduation))
        plain: dict[str, Any] = {name: words for name, words in text.items() if name not in _DATES}
        return replace(
            form,
            **plain,
            birth_date=birth,
            graduation=graduation,
            note=self.note.text(),
        )

    def _saved(self, change: ChangeSet) -> None:
        self._saving = False
        self._form = None
        self.hint.rest()
        if change.changed:
            self._desk.notifier.say(_("Saved. “Undo” takes it back."), "good")
        self.closed.emit()

    def _stopped(self) -> None:
        """Go on typing: somebody else saved meanwhile, and nothing was chosen."""
        self._saving = False
        self._lines["name_official"].setFocus()

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self._desk.notifier.clear_fields(self)
        self._desk.notifier.show(error, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S and Ctrl+Return save, Escape gives up."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Save) or (
            control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.save()
        elif event.key() == Qt.Key.Key_Escape and not self.is_dirty():
            self.give_up()
        else:
            super().keyPressEvent(event)


@contextmanager
def _as_field(name: str) -> Iterator[None]:
    """Let what cannot be read be explained under the field of that name."""
    try:
        yield
    except ValidationError as error:
        params = {key: value for key, value in error.params.items() if key != "field"}
        raise ValidationError(error.code, field=name, **params) from error


def _shown(form: ApplicantForm, name: str) -> str:
    """Return a value as it is edited."""
    value = getattr(form, name)
    if isinstance(value, date):
        return f"{value:%Y/%m/%d}"
    return str(value or "").replace("-", "/") if name == "graduation" else str(value or "")


def _fields() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "name_official",
            _("Official name"),
            _("Fill this in when the portal forced another form of a character. It is printed on papers."),
        ),
        ("character_note", _("About the characters"), _("For example: 𠮷 with the upper stroke short.")),
        ("kana", _("Reading"), ""),
        ("birth_date", _("Born"), ""),
        ("phone", _("Telephone"), ""),
        ("mail", _("Mail"), ""),
        ("postcode", _("Postcode"), ""),
        ("address", _("Address"), ""),
        ("school", _("University"), ""),
        ("school_category", _("Kind of school"), ""),
        ("faculty", _("Faculty"), ""),
        ("department", _("Department"), ""),
        ("grade", _("Grade"), ""),
        ("graduation", _("Graduation"), ""),
    )


_DATES: Final = ("birth_date", "graduation")
