"""A wording as a form of its fields, so that two people's texts can be laid beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.wording_shape import WordingField, value_at, with_value
from fujisawa_desktop.services.wording_versions import WordingText, wording_text


@dataclass(frozen=True, slots=True)
class WordingDraft:
    """The fields of a wording by their keys; ``version`` is the edition they were read from."""

    version: int
    texts: Mapping[str, Any]


def draft_of(text: WordingText, data: Mapping[str, Any]) -> WordingDraft:
    """Return what stands in the fields of a wording."""
    return WordingDraft(text.edition, {field.key: value_at(data, field.path) for field in _fields(text)})


def draft_form(database: Database, *, programme_id: int, name: str) -> WordingDraft:
    """Return what stands in the fields of a wording now.

    Raises:
        NotFoundError: ``programme.none``.
        InputFileError: the shipped file is missing or broken.
    """
    text = wording_text(database, programme_id=programme_id, name=name)
    return draft_of(text, text.data)


def data_of(text: WordingText, draft: WordingDraft) -> Mapping[str, Any]:
    """Return a whole wording with these fields."""
    data = text.data
    for field in _fields(text):
        data = with_value(data, field.path, draft.texts[field.key])
    return data


def rebased(text: WordingText, sent: Mapping[str, Any], typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a wording that was just stored with what was typed since it was sent to be stored."""
    data = text.data
    for field in _fields(text):
        if (now := value_at(typed, field.path)) != value_at(sent, field.path):
            data = with_value(data, field.path, now)
    return data


def _fields(text: WordingText) -> Iterator[WordingField]:
    for section in text.sections:
        yield from section.fields
