"""What a list of interviewers may say of each beside the time: role, limit, support, meeting address."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.interviewing import tidy_url

ROLE: Final = "役割"
LIMIT: Final = "1日の上限"
SUPPORT: Final = "配慮対応"
URL: Final = "会議URL"
FACT_COLUMNS: Final = (ROLE, LIMIT, SUPPORT, URL)

_COUNT: Final = re.compile(r"([1-9]\d?)(?:件|人|名)?")
_YES: Final = frozenset({"○", "〇", "有", "あり", "可", "可能", "対応可", "はい", "yes", "1"})
_NO: Final = frozenset({"×", "無", "なし", "不可", "いいえ", "no", "0", "-"})


@dataclass(frozen=True, slots=True)
class FactsSaid:
    """The facts one row states; None where a cell is empty or the column is missing."""

    role: str | None = None
    daily_limit: int | None = None
    gives_support: bool | None = None
    meeting_url: str | None = None


def read_limit(text: str) -> int:
    """Return how many interviews a day a cell allows, such as 6 or ６件.

    Raises:
        ValidationError: ``interviewers.limit-unreadable``.
    """
    found = _COUNT.fullmatch(_plain(text))
    if found is None:
        raise ValidationError("interviewers.limit-unreadable", field=LIMIT, text=text)
    return int(found[1])


def read_support(text: str) -> bool:
    """Return whether a cell says that the interviewer is prepared for people who need support.

    Raises:
        ValidationError: ``interviewers.support-unreadable``.
    """
    plain = _plain(text)
    if plain not in _YES | _NO:
        raise ValidationError("interviewers.support-unreadable", field=SUPPORT, text=text)
    return plain in _YES


def read_url(text: str) -> str:
    """Return the address of a meeting.

    Raises:
        ValidationError: ``interview.url``.
    """
    return tidy_url(text, field=URL)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
