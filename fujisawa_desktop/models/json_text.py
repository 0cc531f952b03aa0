"""JSON as it is stored, in columns and in the journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from json.encoder import encode_basestring
from operator import attrgetter
from types import NoneType
from typing import Any, Final


class JsonText:
    """A value that is written as JSON already: stored and journalled as it stands, not written twice."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Take the text, of whose form the caller is sure."""
        self.text = text


# Letters as they are: escaped, the rows kept of every file would take twice the room and the time.
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_WRITERS: Final[dict[type, Any]] = {
    JsonText: attrgetter("text"),
    str: encode_basestring,
    int: int.__repr__,
    NoneType: lambda _value: "null",
}


def json_of(value: object) -> str:
    """Return a value as JSON."""
    text: str = _WRITERS.get(type(value), _encode)(value)
    return text


def json_with_texts(row: Iterable[Any], encode: Callable[[Any], str]) -> str:
    """Return a list as JSON in which some values are JSON already; ``encode`` writes all that is no text."""
    return f"[{','.join([_WRITERS.get(type(value), encode)(value) for value in row])}]"


def named_texts(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[JsonText]:
    """Return each row as a list of [name, text]; every row is as long as the names."""
    pairs = (f"[{encode_basestring(name)},".replace("%", "%%") + "%s]" for name in names)
    form = f"[{','.join(pairs)}]"
    return [JsonText(form % tuple(map(encode_basestring, row))) for row in rows]
