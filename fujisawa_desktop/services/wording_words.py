"""The words in braces that each text of a wording may use, with an example and what they mean.

They are data: ``placeholders.toml`` beside the wordings holds the examples, ``resources/wordings`` the rest.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.paper_templates import MAIL
from fujisawa_desktop.services.wording_shape import (
    Path,
    Shape,
    WordingField,
    sections_of,
    texts_in,
    value_at,
)
from fujisawa_desktop.services.wording_template import TemplateError, template


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word a text may use.

    Attributes:
        example: what may be printed for it; empty for a condition.
        is_condition: it is asked about (``{% if 合格 %}``), not printed.
    """

    word: str
    example: str
    meaning: str
    is_condition: bool = False


@dataclass(frozen=True, slots=True)
class _Book:
    """What ``placeholders.toml`` says."""

    examples: Mapping[str, Mapping[str, str]]
    conditions: Mapping[str, Sequence[str]]
    fields: Mapping[str, str | Sequence[str]]
    meanings: Mapping[str, Any]

    def rule(self, name: str, path: Path) -> str | Sequence[str] | None:
        """Return the family, or the words, named for the longest beginning of a path."""
        for length in range(len(path), -1, -1):
            found = self.fields.get(".".join((name, *path[:length])))
            if found is not None:
                return found
        return None

    def word(self, word: str, family: str, *, is_condition: bool = False) -> KnownWord:
        """Return a word with its example and its meaning, first as they are in ``family``."""
        tables = (self.examples.get(one, {}) for one in (family, *self.examples))
        example = next((table[word] for table in tables if word in table), "")
        own = self.meanings.get(family, {})
        meaning = own.get(word) or self.meanings.get(word) or self.meanings.get("steps", {}).get(word, "")
        return KnownWord(word, "" if is_condition else example, meaning, is_condition)

    def family(self, name: str) -> tuple[KnownWord, ...]:
        """Return the words of a family, its conditions last."""
        asked = self.conditions.get(name, ())
        printed = [word for word in self.examples.get(name, {}) if word not in asked]
        return (
            *(self.word(word, name) for word in printed),
            *(self.word(word, name, is_condition=True) for word in asked),
        )


@lru_cache(maxsize=2)
def _book(folder: str) -> _Book:
    words = _read("wordings", "words.toml")
    return _Book(
        examples=_read(folder, "placeholders.toml"),
        conditions=words["conditions"],
        fields=words["fields"],
        meanings=words["meaning"],
    )


def _read(folder: str, file: str) -> dict[str, Any]:
    path = resources_dir() / folder / file
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputFileError("papers.wording-missing", file=path.name) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputFileError("papers.wording-broken", file=path.name) from error


def known_words(name: str, field: WordingField, shipped: Mapping[str, Any]) -> tuple[KnownWord, ...]:
    """Return the words that the texts of a field may use.

    Where nothing is said about a field, they are the words that its shipped text uses; in a letter of
    several parts, those of the part.
    """
    if field.shape in (Shape.CHOICE, Shape.FLAG):
        return ()
    book = _book("mails" if name.startswith(MAIL) else "notices")
    rule = book.rule(name, field.path)
    if isinstance(rule, str):
        return book.family(rule)
    if rule is not None:
        return tuple(book.word(word, "") for word in rule)
    used = _used_words(_neighbours(field, shipped), shipped)
    return tuple(book.word(word, name) for word in used)


def example_values(family: str) -> dict[str, str]:
    """Return the examples of a family: what is shown while there is nobody to write to."""
    book = _book("mails" if family == "mail" else "notices")
    return {word.word: word.example for word in book.family(family)}


def _neighbours(field: WordingField, shipped: Mapping[str, Any]) -> Sequence[WordingField]:
    section = next((one for one in sections_of(shipped) if field in one.fields), None)
    return section.fields if section is not None and section.is_variant else (field,)


def _used_words(fields: Sequence[WordingField], shipped: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words used in the shipped texts of these fields, in their order."""
    used: dict[str, None] = {}
    for field in fields:
        for _place, text in texts_in(field, value_at(shipped, field.path)):
            try:
                names = template(text).names
            except TemplateError:
                continue
            used.update(dict.fromkeys(sorted(names, key=text.index)))
    return tuple(used)
