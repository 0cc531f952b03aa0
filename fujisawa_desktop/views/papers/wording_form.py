"""The fields of a wording, as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.wording_checks import WordingFault
from fujisawa_desktop.services.wording_shape import Path, Shape, WordingField, WordingSection, value_at
from fujisawa_desktop.services.wording_versions import WordingText
from fujisawa_desktop.services.wording_words import known_words
from fujisawa_desktop.views.papers.wording_edit import WordingEdit
from fujisawa_desktop.views.papers.wording_items import ItemsEditor
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, TextLabel

_NAME_LENGTH: Final = 24
"""Letters of a text that stands for the name of its own field."""


class _Choice(QComboBox):
    """A setting that is one of a few words."""

    edited = Signal()

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__()
        for choice in choices:
            self.addItem(texts.term("wording-choice", choice), choice)
        self.activated.connect(lambda _at: self.edited.emit())

    def value(self) -> str:
        return str(self.currentData())

    def set_value(self, value: str) -> None:
        self.setCurrentIndex(self.findData(value))


class _Flag(QCheckBox):
    """A setting of yes or no."""

    edited = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: bool) -> None:  # noqa: FBT001 - the value of the field
        self.setChecked(value)


class _FixedLines(WordingEdit):
    """Paragraphs of which there must be a number: empty ones count."""

    def value(self) -> list[str]:
        return self.lines()


class WordingForm(QScrollArea):
    """The fields of some sections.

    Signals:
        edited(WordingField): this field was changed.
        entered(WordingEdit): the person is in this text now.
    """

    edited = Signal(object)
    entered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Texts"))
        self.forms: dict[Path, FormField] = {}
        self.editors: dict[Path, Any] = {}
        self.fields: dict[Path, WordingField] = {}
        self._sheet = QWidget()

    def show_sections(
        self,
        name: str,
        sections: Sequence[WordingSection],
        data: Mapping[str, Any],
        shipped: Mapping[str, Any],
        *,
        read_only: bool,
    ) -> None:
        """Offer the fields of these sections."""
        self.forms, self.editors, self.fields = {}, {}, {}
        self._sheet = QWidget()
        self._sheet.setProperty("role", "sheet")
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, Space.M, Space.M)
        column.setSpacing(Space.M)
        for section in sections:
            if len(sections) > 1:
                if section is not sections[0]:
                    column.addSpacing(Space.S)
                column.addWidget(TextLabel(section_name(section), "heading"))
            for field in section.fields:
                column.addWidget(self._form(name, field, shipped, read_only=read_only))
        column.addStretch(1)
        self.show_values(data)
        self.setWidget(self._sheet)

    def show_values(self, data: Mapping[str, Any]) -> None:
        """Show other values in the same fields."""
        for path, editor in self.editors.items():
            editor.set_value(value_at(data, path))

    def value(self, path: Path) -> Any:
        """Return what is written in a field."""
        return self.editors[path].value()

    def show_faults(self, faults: Iterable[WordingFault]) -> None:
        """Underline what is wrong and say it below each field; what is mended loses its mark."""
        found: dict[Path, list[WordingFault]] = {}
        for fault in faults:
            found.setdefault(fault.path, []).append(fault)
        for path, form in self.forms.items():
            self._show_faults(path, form, found.get(path, []))

    def go_to(self, path: Path) -> None:
        """Bring a field into sight and into use."""
        if path in self.editors:
            self.editors[path].setFocus()
            self.ensureWidgetVisible(self.forms[path])

    def _form(
        self, name: str, field: WordingField, shipped: Mapping[str, Any], *, read_only: bool
    ) -> FormField:
        words = known_words(name, field, shipped)
        label = field_name(field, shipped)
        editor: WordingEdit | ItemsEditor | _Choice | _Flag
        if field.shape is Shape.CHOICE:
            editor = _Choice(field.choices)
        elif field.shape is Shape.FLAG:
            editor = _Flag(_("Yes"))
        elif field.shape is Shape.ITEMS:
            editor = ItemsEditor(field.item_keys, words, read_only=read_only)
        else:
            kind = _FixedLines if field.count is not None else WordingEdit
            editor = kind(field.shape, words)
            editor.setReadOnly(read_only)
        if isinstance(editor, _Choice | _Flag):
            editor.setEnabled(not read_only)
        if isinstance(editor, WordingEdit | ItemsEditor):
            editor.entered.connect(self.entered)
        editor.edited.connect(lambda: self.edited.emit(field))
        many = field.shape is Shape.PARAGRAPHS and field.required and field.count is None
        hint = _("Each line is a paragraph; Shift+Enter breaks the line within one.") if many else ""
        form = FormField(field.key, label, editor, support=hint)
        if isinstance(editor, WordingEdit):
            # A fault stays until the text was checked again: taking it away at each letter would flicker.
            editor.textChanged.disconnect(form.clear_error)
        self.forms[field.path], self.editors[field.path], self.fields[field.path] = form, editor, field
        return form

    def _show_faults(self, path: Path, form: FormField, faults: Sequence[WordingFault]) -> None:
        editor = self.editors[path]
        own = faults
        if isinstance(editor, ItemsEditor):
            editor.show_faults(faults)
            own = [one for one in faults if not one.place]
        elif isinstance(editor, WordingEdit):
            editor.show_marks((_paragraph(one), one.line, one.word) for one in faults)
        sentence = "\n".join(dict.fromkeys(texts.message_for(one.code, one.params()) for one in own))
        if not sentence:
            form.clear_error()
        elif form.error() != sentence:
            form.set_error(sentence)


def _paragraph(fault: WordingFault) -> int | None:
    return int(fault.place) if fault.place.isdigit() else None


def section_name(section: WordingSection) -> str:
    """Return what a section is called; one nobody named by the name of its table."""
    return texts.term("wording-section", section.path[-1]) if section.path else _("Settings and heads")


def field_name(field: WordingField, shipped: Mapping[str, Any]) -> str:
    """Return what a field is called; one nobody named by the text that ships for it."""
    name = field.path[-1]
    known = texts.text_book().terms["wording-field"]
    if name in known:
        return texts.term("wording-field", name)
    value = value_at(shipped, field.path)
    first = value[0] if isinstance(value, list) and value and isinstance(value[0], str) else value
    text = first if isinstance(first, str) and first else name
    short = text if len(text) <= _NAME_LENGTH else f"{text[:_NAME_LENGTH]}…"
    return _("“{text}”").format(text=short.replace("\n", " "))


def shown_sections(text: WordingText, variant: Path | None) -> Sequence[WordingSection]:
    """Return what is written at one place of the tree: the whole, one text of it, or its settings."""
    if variant is None:
        # What is read most stands first: the text itself, then settings and heads.
        return sorted(text.sections, key=lambda section: not section.is_variant)
    if variant:
        return [one for one in text.sections if one.path[: len(variant)] == variant]
    return [one for one in text.sections if not one.is_variant]


def shown_heading(text: WordingText, variant: Path | None) -> str:
    """Return what stands above it."""
    name = texts.term("wording", text.name)
    if variant is None:
        return name
    part = texts.term("wording-section", variant[-1]) if variant else _("Settings")
    return _("{name}: {part}").format(name=name, part=part)
