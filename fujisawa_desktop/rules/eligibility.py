"""What is noticed about an entry when it arrives: late, withdrawn, not a student, disqualified.

Nothing is refused by a flag: the clerk decides.  The words come from the programme's data
(seed: 「エントリー資格】大学生または大学院生」, entry period to 10/16).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fujisawa_desktop.rules.names import half_width, search_key

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_LONGEST_DENIAL: Final = 60
"""A longer answer explains something; a clerk reads it."""


class EntryFlag(StrEnum):
    """A mark on an entry that the list shows and filters by."""

    LATE = "late"
    WITHDRAWN = "withdrawn"
    NOT_STUDENT = "not-student"
    DISQUALIFIED = "disqualified"
    """The person's own statement names a ground of 欠格 (地方公務員法第16条)."""


@dataclass(frozen=True, slots=True)
class EligibilityPolicy:
    """What one programme accepts.

    Attributes:
        deadline: last minute in which an entry is on time, that minute included.
        school_words: a school is accepted when its name or kind holds one of these (大学 …).
        refused_words: but not when one of these is in it too (高等学校, 専門学校 …).
        withdrawn_words: states of a portal that mean the person took the entry back (取下げ …).
    """

    deadline: datetime
    school_words: tuple[str, ...]
    refused_words: tuple[str, ...]
    withdrawn_words: tuple[str, ...]


@lru_cache(maxsize=1024)
def is_disqualified(statement: str, denials: tuple[str, ...]) -> bool:
    """Return whether an answer about 欠格条項 says anything but a plain denial.

    Args:
        statement: the answer as typed; an empty one states nothing.
        denials: patterns of whole answers that deny (該当しません, いいえ …); spaces, brackets and
            punctuation do not count.

    A form may list grounds of which one applies, so whatever is no plain denial is shown to a clerk
    (地方公務員法第16条; the declaration is made at the application).
    """
    bare = half_width(statement)
    plain = _NOT_WORDS.sub("", bare) or bare
    if not plain or len(plain) > _LONGEST_DENIAL:
        return bool(plain)
    return not any(re.fullmatch(pattern, plain, re.IGNORECASE) for pattern in denials)


@lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in map(search_key, words) if key)


def _holds(texts: Iterable[str], words: tuple[str, ...]) -> bool:
    keys = _folded(words)
    return any(key in text for text in texts for key in keys)


def is_late(received_at: datetime | None, deadline: datetime) -> bool:
    """Return whether an entry came after the minute of the deadline; without a time it did not."""
    if received_at is None or received_at <= deadline:
        return False
    return received_at.replace(second=0, microsecond=0) > deadline


def is_student(school: str, school_category: str, policy: EligibilityPolicy) -> bool:
    """Return whether the school is one whose students may apply; an empty school is not."""
    return _accepted(school, school_category, policy.school_words, policy.refused_words)


@lru_cache(maxsize=1024)
def _accepted(school: str, category: str, accepted: tuple[str, ...], refused: tuple[str, ...]) -> bool:
    """Hundreds of people are at one school; its name is looked at once."""
    texts = (search_key(school), search_key(category))
    return _holds(texts, accepted) and not _holds(texts, refused)


def is_withdrawn(state_text: str, policy: EligibilityPolicy) -> bool:
    """Return whether a portal's state means that the person took the entry back."""
    return _names_any(state_text, policy.withdrawn_words)


@lru_cache(maxsize=1024)
def _names_any(text: str, words: tuple[str, ...]) -> bool:
    return _holds((search_key(text),), words)


def entry_flags(
    *,
    received_at: datetime | None,
    state_text: str,
    school: str,
    school_category: str,
    policy: EligibilityPolicy,
) -> tuple[EntryFlag, ...]:
    """Return the flags that follow from the programme's policy: late, withdrawn, not-student."""
    checks = (
        (EntryFlag.LATE, is_late(received_at, policy.deadline)),
        (EntryFlag.WITHDRAWN, is_withdrawn(state_text, policy)),
        (EntryFlag.NOT_STUDENT, not is_student(school, school_category, policy)),
    )
    return tuple(flag for flag, applies in checks if applies)
