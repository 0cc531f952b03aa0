"""Searching every file a program left for the names and addresses of people."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from fujisawa_desktop.models.sqlite_driver import FileKey, connect

SENTINELS: Final = 50
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp")
_STREAMS: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MOST_INFLATED: Final = 50_000_000


def sentinels(database: Path, key: FileKey | None) -> list[str]:
    """Return names and addresses of people in a database."""
    with closing(connect(database, key=key, read_only=True)) as connection:
        people = connection.execute(
            "SELECT a.name_entered, a.address FROM applicant a ORDER BY a.id LIMIT ?", (SENTINELS,)
        ).fetchall()
    return [text for person in people for text in person if text]


def needles(texts: Iterable[str]) -> dict[bytes, str]:
    """Return the bytes by which a text may stand in a file."""
    found: dict[bytes, str] = {}
    for text in texts:
        for form in {text, text.replace(" ", "").replace("\u3000", "")}:
            for encoding in _ENCODINGS:
                with suppress(UnicodeEncodeError):
                    found[form.encode(encoding)] = text
            found[json.dumps(form)[1:-1].encode()] = text
    return {needle: text for needle, text in found.items() if len(needle) >= 8}


def hits(root: Path, sought: dict[bytes, str], *, beside: Iterable[Path] = ()) -> list[str]:
    """Return which files below ``root`` hold what is sought, plain or compressed.

    Args:
        root: where the program could write.
        sought: from :func:`needles`.
        beside: folders and files that may hold it.
    """
    allowed = tuple(beside)
    pattern = re.compile(b"|".join(re.escape(one) for one in sorted(sought, key=len, reverse=True)))
    return [
        f"{file.relative_to(root)}: {sought[found[0]]}"
        for file in sorted(root.rglob("*"))
        if file.is_file() and not any(file == one or one in file.parents for one in allowed)
        for data in _layers(file.read_bytes())
        if (found := pattern.search(data))
    ]


def _layers(data: bytes) -> Iterator[bytes]:
    """Yield a file as it is and whatever is compressed in it."""
    yield data
    for begin in _STREAMS.finditer(data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[begin.start() :], _MOST_INFLATED)
