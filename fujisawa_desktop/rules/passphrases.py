"""How hard a passphrase is to guess, said as a hint: nothing is prescribed but a length.

No signs of certain kinds are asked for (NIST SP 800-63B §5.1.1.2): such rules lead to predictable
passphrases.  What counts is length and not being one of those everybody tries first.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from itertools import pairwise
from typing import Final

from fujisawa_desktop.errors import ValidationError

SHORTEST: Final = 8
"""NIST SP 800-63B: at least 8 characters."""
LONGEST: Final = 1_000
_GOOD: Final = 16
_FAIR: Final = 12
_KANJI_COUNTS: Final = 2
"""A kana or kanji is drawn from far more signs than a letter of the keyboard."""
_FEW: Final = 4
_COMMON: Final = (
    "password", "passphrase", "12345678", "87654321", "qwerty", "asdfgh", "1qaz2wsx", "zaq12wsx", "abcdefg",
    "abc123", "admin", "letmein", "fujisawa", "藤沢市", "ふじさわ", "internship", "インターン", "パスワード",
    "パスフレーズ", "あいうえお",
)  # fmt: skip


class Strength(StrEnum):
    """How long guessing would take, roughly."""

    TOO_SHORT = "too-short"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def usual_form(passphrase: str) -> str:
    """Return a passphrase as it is turned into a key: the same however an input method composed it."""
    return unicodedata.normalize("NFKC", passphrase)


def strength(passphrase: str) -> Strength:
    """Return how strong a passphrase is."""
    text = usual_form(passphrase)
    if len(text) < SHORTEST:
        return Strength.TOO_SHORT
    small = text.casefold()
    left = small
    for word in _COMMON:
        left = left.replace(word, "")
    if len(set(small)) <= _FEW or len(left) < SHORTEST or _runs_on(small):
        return Strength.WEAK
    length = sum(_KANJI_COUNTS if ord(sign) > 0x2E7F else 1 for sign in left)
    return Strength.GOOD if length >= _GOOD else Strength.FAIR if length >= _FAIR else Strength.WEAK


def require_usable(passphrase: str, again: str) -> None:
    """Refuse what is too short, endless, or was not typed the same twice.

    Raises:
        ValidationError: ``passphrase.short``, ``passphrase.long`` or ``passphrase.differs``.
    """
    text = usual_form(passphrase)
    if len(text) < SHORTEST:
        raise ValidationError("passphrase.short", field="passphrase", least=SHORTEST)
    if len(text) > LONGEST:
        raise ValidationError("passphrase.long", field="passphrase", most=LONGEST)
    if text != usual_form(again):
        raise ValidationError("passphrase.differs", field="again")


def _runs_on(text: str) -> bool:
    """Return whether nearly every sign follows the one before it, as in 23456789 or abcdefgh."""
    steps = [ord(two) - ord(one) for one, two in pairwise(text)]
    return sum(step in {-1, 0, 1} for step in steps) >= 0.75 * len(steps)
