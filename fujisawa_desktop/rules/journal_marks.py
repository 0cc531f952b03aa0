"""The short form of the journal's newest hash, as it stands on paper, and how it is read back.

Twelve signs of Crockford's alphabet (no I, L, O, U) are 60 bits: too many to make another journal
that ends in the same, few enough to be typed from paper.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.errors import RuleError

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
_HASH_DIGITS: Final = 64
_READ_AS: Final = str.maketrans("OIL", "011")
_COUNT: Final = re.compile(r"\d[\d,、 ]*")
_DASHES: Final = re.compile("[‐‑‒–—―−ー－]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What was written down elsewhere of a journal: how long it was, and how it ended.

    Attributes:
        entries: number of the newest entry then.
        mark: its hash (64 digits), or the twelve signs of :func:`mark_of` without dashes.
        source: where it stands, in words or as the name of a file.
    """

    entries: int
    mark: str
    source: str = ""

    def holds(self, entry_hash: str) -> bool:
        """Return whether the entry of that number carries what was written down."""
        return self.mark in {entry_hash, mark_of(entry_hash).replace("-", "")}


def mark_of(entry_hash: str) -> str:
    """Return a hash as ``XXXX-XXXX-XXXX``, its first 60 bits; a text that is no hash gives dashes only."""
    try:
        number = int(entry_hash[: LENGTH * 5 // 4], 16)
    except ValueError:
        return "----"
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(signs[at : at + 4] for at in range(0, LENGTH, 4))


def read_anchor(count: str, mark: str, *, source: str = "") -> Anchor:
    """Read an anchor as somebody types it from paper: any width, any case, O for 0, I and L for 1.

    Raises:
        RuleError: ``journal.anchor-count`` or ``journal.anchor-mark``.
    """
    found = _COUNT.search(unicodedata.normalize("NFKC", count))
    entries = int(re.sub(r"\D", "", found.group())) if found else 0
    if not entries:
        raise RuleError("journal.anchor-count")
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", mark)).upper()
    text = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
    if len(text) == _HASH_DIGITS and all(sign in "0123456789ABCDEF" for sign in text):
        return Anchor(entries, text.lower(), source)
    text = text.translate(_READ_AS)
    if len(text) != LENGTH or any(sign not in SIGNS for sign in text):
        raise RuleError("journal.anchor-mark")
    return Anchor(entries, text, source)
