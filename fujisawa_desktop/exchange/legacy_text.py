"""CP932, which old programs ask for: what of a text it cannot hold, and 〓 in its place."""

from __future__ import annotations

import re
from typing import Final

CP932: Final = "cp932"
SUBSTITUTE: Final = "〓"
"""下駄: what print shops set where a character is missing; nobody takes it for the character itself."""

_CLUSTER: Final = re.compile(".[\ufe00-\ufe0f\U000e0100-\U000e01ef]?", re.DOTALL)
_SAME_SIGN: Final = frozenset("〜−‖")
"""Written as their twins ～－∥ and read back as those: one sign to any reader (domain rules 4.1)."""


def unwritable(text: str) -> tuple[str, ...]:
    """Return the characters CP932 cannot hold, each once; a variation selector counts with its character."""
    if text.isascii():
        return ()
    return tuple(dict.fromkeys(part for part in _CLUSTER.findall(text) if not _fits(part)))


def substituted(text: str) -> str:
    """Return the text with 〓 for every character that CP932 cannot hold."""
    if not unwritable(text):
        return text
    return "".join(part if _fits(part) else SUBSTITUTE for part in _CLUSTER.findall(text))


def _fits(part: str) -> bool:
    try:
        back = part.encode(CP932).decode(CP932)
    except UnicodeError:
        return False
    return back == part or part in _SAME_SIGN
