"""JSON as it is stored, in columns and in the journal."""

from __future__ import annotations

import json
from typing import Final


class JsonText:
    """A value that is written as JSON already: stored and journalled as it stands, not written twice."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Take the text, of whose form the caller is sure."""
        self.text = text


# Letters as they are: escaped, the rows kept of every file would take twice the room and the time.
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_of(value: object) -> str:
    """Return a value as JSON."""
    return value.text if isinstance(value, JsonText) else _encode(value)
