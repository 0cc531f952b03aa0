"""Text that was read in the wrong character code (文字化け), told by what such text looks like.

Python reads nearly any bytes as CP932, so a wrong choice gives letters, not an error.  Three signs
are certain: what reads as sensible Japanese once it is taken back to its bytes (縺ゅ→ is あ read as
CP932), the control characters U+0080 to U+009F, and U+FFFD, which stands for a letter that is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LOST: Final = re.compile("[\ufffd\x80-\x9f]")
_SUSPICIOUS: Final = re.compile("[縺繧繝ｦ-ﾟ\u00c0-\u00ff]|豌丞錐")
_SURE: Final = re.compile("豌丞錐|[縺繧繝].{0,2}[縺繧繝]|ã.{0,2}ã.{0,2}ã")
_JAPANESE: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]")
_WRONG_CODES: Final = ("cp932", "latin-1", "cp1252", "euc_jp")
_LONGEST: Final = 2_000
"""Characters of a text that are looked at closely."""


def lost_character(text: str) -> str:
    """Return the first character that stands for a lost one (U+FFFD, U+0080–U+009F), or nothing."""
    found = _LOST.search(text)
    return found[0] if found else ""


def is_garbled(text: str) -> bool:
    """Return whether a text is UTF-8 that was read in another character code."""
    if not _SUSPICIOUS.search(text):
        return False
    part = text[:_LONGEST]
    if _SURE.search(part):
        return True
    return any(_reads_better(part, code) for code in _WRONG_CODES)


def garbled_line(headings: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """Return the line at which a whole table is seen to be garbled, or None.

    A garbled heading is enough; a single garbled cell is the affair of its row, but not when most
    rows have one.
    """
    if any(is_garbled(heading) for heading in headings) or lost_character("".join(headings)):
        return 1
    garbled = [line for line, cells in rows if any(is_garbled(cell) for cell in cells)]
    return garbled[0] if len(garbled) * 2 > len(rows) else None


def _reads_better(text: str, code: str) -> bool:
    try:
        read = text.encode(code).decode("utf-8")
    except UnicodeError:
        return False
    return read != text and _JAPANESE.search(read) is not None
