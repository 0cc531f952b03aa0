"""The one gate every printed string passes, and the units a line of Japanese is made of.

Nothing here changes which character a name is written with: only signs that cannot be
printed are taken out, and a letter typed as base and accent becomes the one letter it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LINE_ENDS: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
# Controls, direction marks, joiners, tags, non-characters, and the two selectors that only choose
# between a drawn and a coloured form (U+FE0E, U+FE0F).
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe0e\ufe0f"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DECOMPOSED: Final = re.compile("[ぁ-ヿ][\u3099\u309a]|[A-Za-z][\u0300-\u036f]+")
_STRAY_SELECTOR: Final = re.compile(f"(?:(?<=[{_SELECTORS}\n ])|^)[{_SELECTORS}]+")
_SUSPECT: Final = re.compile(
    f"{_UNPRINTABLE.pattern}|{_SPACES.pattern}|{_LONE_SURROGATE.pattern}"
    f"|[\n\u2028\u2029\u0300-\u036f\u3099\u309a{_SELECTORS}]"
)
_CLUSTER: Final = re.compile(f"[^{_SELECTORS}][{_SELECTORS}]?", re.DOTALL)
_SELECTOR: Final = re.compile(f"[{_SELECTORS}]")


def clean(text: str) -> str:
    """Return ``text`` as it can be printed: every line end a line feed, no control or direction signs.

    A half surrogate, which no file format can hold, becomes U+FFFD and is reported as missing.
    """
    if not _SUSPECT.search(text):
        return text
    text = _LONE_SURROGATE.sub("\ufffd", text)
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    text = _UNPRINTABLE.sub("", text)
    text = _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)
    return _STRAY_SELECTOR.sub("", text)


def clean_line(text: str) -> str:
    """Return ``text`` cleaned, as one line: a line end becomes a space."""
    return clean(text).replace("\n", " ")


def clusters(text: str) -> Sequence[str]:
    """Return the characters of cleaned text, each together with its variation selector."""
    return _CLUSTER.findall(text) if _SELECTOR.search(text) else text


def split(cluster: str) -> tuple[int, int]:
    """Return the code point of a cluster and of its variation selector (0: none)."""
    return ord(cluster[0]), ord(cluster[1]) if len(cluster) > 1 else 0


def is_private(codepoint: int) -> bool:
    """Tell whether a code point is 外字: what it looks like depends on the PC it was typed on."""
    return 0xE000 <= codepoint <= 0xF8FF or codepoint >= 0xF0000


def code_label(cluster: str) -> str:
    """Return ``U+845B U+E0100`` for lists of characters that need attention."""
    return " ".join(f"U+{ord(character):04X}" for character in cluster)
