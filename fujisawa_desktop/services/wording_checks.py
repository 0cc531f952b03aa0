"""What is wrong with a wording, found while it is typed and once more before it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fujisawa_desktop.documents.characters import code_label
from fujisawa_desktop.documents.fonts import Fault, missing_characters
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.services.paper_templates import MAIL
from fujisawa_desktop.services.wording_shape import Path, Shape, WordingField, sections_of, texts_in, value_at
from fujisawa_desktop.services.wording_template import TemplateError, TemplateFault, template
from fujisawa_desktop.services.wording_words import known_words

LONGEST: Final = 4_000
"""Characters of one text: two pages of a letter hold less."""
_LABEL: Final = ".label"


@dataclass(frozen=True, slots=True)
class WordingFault:
    """One thing that is wrong.

    Attributes:
        path: the field.
        place: which of its texts, as :func:`services.wording_shape.texts_in` names them.
        code: ``wording.…``; its sentence says what to do.
        word: what is wrong there: a placeholder, a line, a character.
        line: in which line of the text, from 1.
        shown: the word as a sentence shows it (a character with its code).
    """

    path: Path
    place: str
    code: str
    word: str = ""
    line: int = 1
    shown: str = ""

    def params(self) -> dict[str, object]:
        """Return what the sentence of the code needs."""
        return {"word": self.shown or self.word, "line": self.line, "most": LONGEST}


def check_wording(name: str, data: Mapping[str, Any], shipped: Mapping[str, Any]) -> tuple[WordingFault, ...]:
    """Return what is wrong with a wording, field by field; empty when it can be kept."""
    return tuple(
        fault
        for section in sections_of(shipped)
        for field in section.fields
        for fault in check_field(name, field, _value(data, field), shipped)
    )


def check_field(
    name: str, field: WordingField, value: Any, shipped: Mapping[str, Any]
) -> Iterator[WordingFault]:
    """Yield what is wrong with the value of one field."""
    if not _has_shape(field, value):
        yield WordingFault(field.path, "", "wording.shape")
        return
    if field.shape is Shape.CHOICE:
        if value not in field.choices:
            yield WordingFault(field.path, "", "wording.choice", value, shown=value)
        return
    if field.count is not None and len(value) != field.count:
        yield WordingFault(field.path, "", "wording.count", shown=str(field.count))
        return
    texts = texts_in(field, value)
    if field.required and not any(text.strip() for _place, text in texts):
        yield WordingFault(field.path, "", "wording.empty")
        return
    words = frozenset(known.word for known in known_words(name, field, shipped))
    for place, text in texts:
        for fault in _text_faults(text, () if place.endswith(_LABEL) else words):
            yield WordingFault(field.path, place, *fault)
        if not text.strip() and place.endswith(_LABEL):
            yield WordingFault(field.path, place, "wording.empty")
        yield from _character_faults(name, field, place, text)


def refuse_faulty(name: str, data: Mapping[str, Any], shipped: Mapping[str, Any]) -> None:
    """Make sure that nothing is wrong with a wording.

    Raises:
        ValidationError: the first fault; its ``field`` is the field's key.
    """
    fault = next(iter(check_wording(name, data, shipped)), None)
    if fault is not None:
        raise ValidationError(fault.code, field=".".join(fault.path), **fault.params())


def _value(data: Mapping[str, Any], field: WordingField) -> Any:
    try:
        return value_at(data, field.path)
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _has_shape(field: WordingField, value: Any) -> bool:
    if field.shape is Shape.FLAG:
        return isinstance(value, bool)
    if field.shape is Shape.PARAGRAPHS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if field.shape is Shape.ITEMS:
        return isinstance(value, list) and all(_is_item(field, one) for one in value)
    return isinstance(value, str)


def _is_item(field: WordingField, item: Any) -> bool:
    if not isinstance(item, dict) or set(item) != set(field.item_keys):
        return False
    label, lines = (item[key] for key in field.item_keys)
    return isinstance(label, str) and isinstance(lines, list) and all(isinstance(one, str) for one in lines)


def _text_faults(text: str, words: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """Yield code, word and line of what is wrong with one text."""
    if len(text) > LONGEST:
        yield "wording.long", "", 1
        return
    try:
        fault: TemplateFault | None = template(text).unknown(words)
    except TemplateError as error:
        fault = error.fault
    if fault is not None:
        codes = {"papers.placeholder-unknown": "wording.unknown"}
        yield codes.get(fault.code, "wording.broken"), fault.word, fault.line


def _character_faults(name: str, field: WordingField, place: str, text: str) -> Iterator[WordingFault]:
    """Yield the characters that would print as 〓, or that no message may hold."""
    if name.startswith(MAIL):
        return
    for missing in missing_characters([text]):
        if missing.fault is not Fault.BASE_FORM:
            before = text.partition(missing.text)[0]
            shown = f"{missing.text} ({code_label(missing.text)})"
            yield WordingFault(
                field.path, place, "wording.character", missing.text, before.count("\n") + 1, shown
            )
