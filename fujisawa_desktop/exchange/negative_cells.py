"""Negative numbers of an xlsx file, made texts before the native reader sees them.

Shown as a time, -0.375 is read as 15:00: the reader wraps it round into the day, and what was minus nine
hours would be taken for a clock time.  As a text it stays what it is, and whoever reads a time refuses it.
A cell that shows a plain number reads the same either way.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_SIGN: Final = b"<v>-"
_CELL: Final = re.compile(
    rb"<c(?P<about>(?:\s+[a-z]+=\"[^\"]*\")*)\s*>(?P<formula>\s*<f\b[^>]*(?:/>|>[^<]*</f>))?\s*"
    rb"<v>(?P<value>-[0-9.]+(?:[eE][+-]?[0-9]+)?)</v>\s*</c>"
)
_TYPE: Final = re.compile(rb"\st=\"(?P<type>[a-z]+)\"")


def with_negative_texts(data: bytes) -> bytes:
    """Return the file with its negative numbers as texts; the very same bytes when it has none.

    The file has passed all checks of size before.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
        changed = {
            name: _CELL.sub(_as_text, part)
            for name, part in parts.items()
            if _SIGN in part and "/worksheets/" in name
        }
        if not changed:
            return data
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new:
            for info in archive.infolist():
                new.writestr(info.filename, changed.get(info.filename) or archive.read(info))
    return stream.getvalue()


def _as_text(cell: re.Match[bytes]) -> bytes:
    about = cell["about"]
    kind = _TYPE.search(about)
    if kind is not None and kind["type"] != b"n":
        return cell[0]
    number = float(cell["value"])
    text = str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return b'<c%s t="str"><v>%s</v></c>' % (_TYPE.sub(b"", about), text.encode())
