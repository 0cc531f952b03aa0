"""What a file says, whatever bytes say it: every row of every table, moments of today made alike."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.models.sqlite_driver import FileKey, connect

_CHAIN = frozenset({"hash", "previous_hash", "payload_digest"})
"""They follow from everything else, the moment included; the check of the chain is another."""


def rows_of(path: Path, *, key: FileKey | None = None) -> dict[str, list[str]]:
    """Return the rows of every table as texts, in the order of their keys."""
    with closing(connect(path, key=key, read_only=True)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        return {name: sorted(_rows(connection, name)) for (name,) in tables}


def dump(path: Path, *, key: FileKey | None = None) -> str:
    """Return a digest of all that a file says."""
    return hashlib.sha256(json.dumps(rows_of(path, key=key)).encode()).hexdigest()


def _rows(connection: Any, table: str) -> list[str]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name the file itself gives
    return texts_of([column[0] for column in cursor.description], cursor)


def texts_of(names: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return rows as texts that say the same whenever and however often an act was done."""
    return [
        _timeless(repr([_plain(value) for name, value in zip(names, row, strict=True) if name not in _CHAIN]))
        for row in rows
    ]


def _plain(value: object) -> object:
    if not isinstance(value, bytes):
        return value
    try:
        return unpack(value)[0]
    except (zlib.error, ValueError):
        return value


def _timeless(text: str) -> str:
    """Two runs of one act differ in the moment alone; around midnight that may be tomorrow."""
    text = re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", text)  # of files, which hold the moment
    today = date.today()
    for day in (today, today - timedelta(days=1)):
        text = re.sub(rf"{day.isoformat()}[T ]\d\d:\d\d:\d\d(\.\d+)?", "NOW", text)
        text = re.sub(
            rf"datetime\.datetime\({day.year}, {day.month}, {day.day}, \d+, \d+(, \d+)*\)", "NOW", text
        )
    return text
