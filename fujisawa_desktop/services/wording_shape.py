"""What a wording consists of: its fields, read off the file that ships.

A text is a line, a text with line ends of its own, paragraphs, or numbered items; a few values are
settings.  Nothing here knows a kind of paper: a new file in ``resources/notices`` can be edited as
it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Path = tuple[str, ...]

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "date_style": ("era", "western-era"),
    "digit_style": ("half", "full", "mixed"),
    "period_style": ("western", "era"),
}
"""Settings that are one of a few words."""
_BODY: Final = frozenset({"body", "before"})
"""Paragraphs of which there must be one."""
_HEADINGS: Final = ("headings", "columns")
"""Lists with one text for each column of a table: as many as ship."""
_TITLE: Final = "title"


class Shape(StrEnum):
    """How a field is written."""

    LINE = "line"
    TEXT = "text"
    PARAGRAPHS = "paragraphs"
    ITEMS = "items"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class WordingField:
    """One thing that can be written.

    Attributes:
        path: the names that lead to it.
        required: it may not be empty.
        count: how many paragraphs there must be; ``None`` for as many as one likes.
        choices: what a setting can be.
        item_keys: of items, the names of the label and of the list of lines.
    """

    path: Path
    shape: Shape
    required: bool = False
    count: int | None = None
    choices: tuple[str, ...] = ()
    item_keys: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """The path as one word: ``pass.body``."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class WordingSection:
    """Fields that belong together.

    Attributes:
        path: the names that lead to it; empty for what stands outside any table.
        is_variant: a text of its own, as the letter to those who passed.
        fields: what can be written, in the order of the file.
    """

    path: Path
    is_variant: bool
    fields: tuple[WordingField, ...]


def sections_of(shipped: Mapping[str, Any]) -> tuple[WordingSection, ...]:
    """Return what can be written, table by table, in the order of the file."""
    found = tuple(_sections((), shipped))
    return tuple(section for section in found if section.fields)


def _sections(path: Path, table: Mapping[str, Any]) -> Iterator[WordingSection]:
    fields = tuple(_fields(path, table))
    is_variant = bool(path) and _TITLE in table and any(key in table for key in _BODY)
    yield WordingSection(path, is_variant, fields)
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _sections((*path, key), value)


def _fields(path: Path, table: Mapping[str, Any]) -> Iterator[WordingField]:
    """Yield the fields of a table; of a list of tables that are not alike, those of each."""
    for key, value in table.items():
        field = _field((*path, key), value)
        if field is not None:
            yield field
        elif isinstance(value, list):
            for at, one in enumerate(value):
                if isinstance(one, dict):
                    yield from _fields((*path, key, str(at)), one)


def _field(path: Path, value: object) -> WordingField | None:
    """Return how a value is written; ``None`` for a table and for what is not wording (figures)."""
    if isinstance(value, bool):
        return WordingField(path, Shape.FLAG)
    if isinstance(value, str):
        if path[-1] in CHOICES:
            return WordingField(path, Shape.CHOICE, required=True, choices=CHOICES[path[-1]])
        shape = Shape.TEXT if "\n" in value else Shape.LINE
        return WordingField(path, shape, required=bool(value))
    if isinstance(value, list):
        return _list_field(path, value)
    return None


def _list_field(path: Path, value: Sequence[Any]) -> WordingField | None:
    name = path[-1]
    if all(isinstance(one, str) for one in value):
        count = len(value) if name.endswith(_HEADINGS) else None
        required = bool(value) and (name in _BODY or count is not None)
        return WordingField(path, Shape.PARAGRAPHS, required=required, count=count)
    keys = {_item_keys(one) for one in value}
    found = keys.pop() if len(keys) == 1 else None
    return WordingField(path, Shape.ITEMS, item_keys=found) if found is not None else None


def _item_keys(table: object) -> tuple[str, str] | None:
    """Return the names of the label and of the lines of an item, if it is nothing but these."""
    if not isinstance(table, dict) or len(table) != 2:
        return None
    label = next((key for key, value in table.items() if isinstance(value, str)), None)
    lines = next((key for key, value in table.items() if _is_texts(value)), None)
    return (label, lines) if label and lines else None


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def value_at(data: Mapping[str, Any], path: Path) -> Any:
    """Return what stands at a path.

    Raises:
        KeyError, IndexError, TypeError, ValueError: nothing does.
    """
    found: Any = data
    for name in path:
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found


def with_value(data: Mapping[str, Any], path: Path, value: object) -> dict[str, Any]:
    """Return ``data`` with another value at a path; what was given stays as it was."""
    result = deepcopy(dict(data))
    value_at(result, path[:-1])[path[-1]] = value
    return result


def texts_in(field: WordingField, value: Any) -> tuple[tuple[str, str], ...]:
    """Return the texts of a field, each with its place in it.

    The place is empty for the one text of a line, the number of a paragraph from 0, and for items
    ``<item>.label`` or ``<item>.<line>``.
    """
    if field.shape in (Shape.LINE, Shape.TEXT):
        return (("", value),)
    if field.shape is Shape.PARAGRAPHS:
        return tuple((str(at), text) for at, text in enumerate(value))
    if field.shape is Shape.ITEMS:
        label, lines = field.item_keys
        return tuple(
            text
            for at, item in enumerate(value)
            for text in (
                (f"{at}.label", item[label]),
                *((f"{at}.{line}", one) for line, one in enumerate(item[lines])),
            )
        )
    return ()
