"""What no database can hold as text, refused before it gets there.

Qt hands over whatever the clipboard holds, also half of a pair of UTF-16, which UTF-8 has no form for: the
driver would give up in the middle of an act.  NUL ends a text in C: SQLite would store it, PostgreSQL not,
and half of the programs that read our files would stop there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import Mapper

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.models import Base

_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")


def refuse_unstorable(values: Mapping[str, Any]) -> None:
    """Make sure that a database takes the texts of a row.

    Raises:
        ValidationError: ``text.unstorable``; ``field`` is the column.
    """
    for name, value in values.items():
        if _is_unstorable(value):
            raise ValidationError("text.unstorable", field=name)


def refuse_unstorable_rows(rows: Iterable[Mapping[str, Any]]) -> None:
    """Make sure that a database takes the texts of many rows.

    Raises:
        ValidationError: as :func:`refuse_unstorable`.
    """
    for row in rows:
        refuse_unstorable(row)


def _is_unstorable(value: object) -> bool:
    if isinstance(value, str):
        # Most texts are met by the first question, which is by far the quicker one.
        return not (value.isprintable() and value.isascii()) and _UNSTORABLE.search(value) is not None
    if isinstance(value, Mapping):
        return any(_is_unstorable(part) for pair in value.items() for part in pair)
    return isinstance(value, list | tuple) and any(map(_is_unstorable, value))


def _before_write(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    held = inspect(target).dict  # what is not loaded is not written
    refuse_unstorable({column.key: held[column.key] for column in mapper.column_attrs if column.key in held})


event.listen(Base, "before_insert", _before_write, propagate=True)
event.listen(Base, "before_update", _before_write, propagate=True)
