"""Names of files and sheets that are made from data: the one place that makes them safe.

What Windows, a share and a memory stick refuse or understand otherwise never gets into a name: signs of
paths, names of devices (also those with superscript figures, CONIN$ and CONOUT$), what cannot be seen or
turns the direction of a text round, a dot or a space at the end.  Every name is in composed form (NFC),
for a Mac and Windows would otherwise hold two files of what looks like one name.

Sources: Microsoft, "Naming Files, Paths, and Namespaces"; ASVS 5.0, 5.3.2; Excel's rules for sheets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

MOST: Final = 120
"""Characters of a whole name, counted as Windows does (in UTF-16), with its ending and number."""
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BYTES_MOST: Final = 180
"""Of a name in UTF-8: file systems allow 255, and the ending and a number must fit too."""
_UNITS_MOST: Final = 104
_SHEET_MOST: Final = 31
_NOT_IN_SHEETS: Final = frozenset("[]:*?/\\'")


def safe_stem(text: str) -> str:
    """Return a name without ending that Windows, a share and a memory stick all accept.

    Signs that are forbidden or cannot be seen go, variation selectors too; spaces become one
    ordinary space; a name of a device gets a sign before it; a long name is cut.
    """
    kept = "".join("_" if sign in _FORBIDDEN else sign for sign in text if not _is_unseen(sign))
    name = " ".join(unicodedata.normalize("NFC", kept).split())
    name = _cut(name).strip(" .")
    if not name or _RESERVED.fullmatch(name.split(".")[0].strip()):
        return f"_{name}"
    return name


def file_name(parts: Iterable[str], ending: str) -> str:
    """Return a safe name of parts that are not blank, ``_`` between them; ``ending`` begins with a dot."""
    stems = (safe_stem(part) for part in parts if part.strip())
    return f"{safe_stem('_'.join(stem for stem in stems if stem.strip('_')))}{ending}"


def free_name(name: str, taken: set[str]) -> str:
    """Return ``name``, or with (2), (3), … before its ending where there is such a file, and enter it.

    Two names are one whatever the case of their letters, as on Windows and a Mac.

    Args:
        name: from :func:`file_name`.
        taken: the keys (:func:`name_key`) of the names there are.
    """
    stem, dot, ending = name.rpartition(".")
    free, count = name, 1
    while name_key(free) in taken:
        count += 1
        free = f"{stem}({count}){dot}{ending}" if dot else f"{name}({count})"
    taken.add(name_key(free))
    return free


def name_key(name: str) -> str:
    """Return what two names have in common that no folder can hold beside each other."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def sheet_name(text: str, *, most: int = _SHEET_MOST) -> str:
    """Return a text as the name of a sheet may hold it: nothing that Excel or XML refuses, no end cut in two.

    Empty when nothing is left; ``most`` counts in UTF-16, as Excel does.
    """
    kept = "".join(sign for sign in text if sign not in _NOT_IN_SHEETS and not _is_unseen(sign))
    return _cut(" ".join(kept.split()), units=most).strip()


def _is_unseen(sign: str) -> bool:
    if sign in "\t\n\r":
        return False
    is_selector = "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
    return is_selector or unicodedata.category(sign) in _UNSEEN


def _cut(name: str, *, units: int = _UNITS_MOST) -> str:
    name = name[:units]
    while len(name.encode("utf-16-le")) > units * 2 or len(name.encode()) > _BYTES_MOST:
        name = name[:-1]
    return name
