"""The words of a mail about free time, each with its place in the text as it was written.

Characters are folded one by one (NFKC), so that every word still knows where it stood.  What no
pattern knows stays behind as an unknown word: it is shown, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from fujisawa_desktop.rules.availability_vocabulary import LEXER, Kind

Span = tuple[int, int]
"""Minutes after midnight: from (inclusive) to (exclusive)."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its kind, what its pattern found, and where it stands in the written text."""

    kind: Kind
    text: str
    start: int
    end: int
    parts: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that can be read in two ways; ``params`` say which reading was taken.

    Attributes:
        code: key of the sentence.
        start: where it stands in the text as it was written.
        end: behind its last character.
    """

    code: str
    start: int
    end: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Term:
    """Days, or times of day, or one word that joins them."""

    kind: Kind
    start: int
    end: int
    days: frozenset[date] = frozenset()
    spans: tuple[Span, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)
    is_part: bool = False
    is_open: bool = False
    """13時から: no end is named."""
    is_any: bool = False
    """いつでも: says yes by itself."""
    is_unknown: bool = False
    """Hours that only somebody else knows, such as the third lesson's."""
    about_days: bool = False
    """Of the rest: other days, not other hours."""
    is_whole: bool = False
    """The whole day, whatever else is said of it."""
    is_kind: bool = False
    """A kind of day (火曜, 平日), which narrows a stretch of days named before: 11月の火曜."""
    is_proviso: bool = False
    """ただし: what follows limits what was said."""

    @property
    def names_days(self) -> bool:
        """Whether it says which days."""
        return self.kind is Kind.DATE

    @property
    def names_times(self) -> bool:
        """Whether it says which hours."""
        return self.kind is Kind.TIME


class Cursor:
    """A place among the words; what has been read lies before it."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self._at = 0

    def peek(self) -> Token | None:
        """Return the next word, if there is one."""
        return self._words[self._at] if self._at < len(self._words) else None

    def kind(self, ahead: int = 0) -> Kind | None:
        """Return what the next word is, or one behind it."""
        at = self._at + ahead
        return self._words[at].kind if at < len(self._words) else None

    def take(self) -> Token:
        """Read the next word."""
        self._at += 1
        return self._words[self._at - 1]

    def skip(self, kind: Kind) -> bool:
        """Read the next word if it is of this kind."""
        found = self.kind() is kind
        self._at += found
        return found

    @property
    def end(self) -> int:
        """Where the word that was read last ends in the written text."""
        return self._words[self._at - 1].end


_SPACE: Final = re.compile(r"[ \t]+")


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, where it comes from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        # Newlines of every kind are one; a wave dash and its double mean the same.
        plain = "\n" if sign in "\r\x0b\x0c\x85\u2028\u2029" else unicodedata.normalize("NFKC", sign)
        for one in plain.replace("〜", "~").replace("−", "-").replace("–", "-"):
            signs.append(one)
            places.append(place)
    return "".join(signs), places


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; neighbouring unknown characters are one word."""
    plain, places = _folded(text)
    places.append(len(text))
    at, unknown = 0, -1
    while at < len(plain):
        space = _SPACE.match(plain, at)
        found = None if space else _match(plain, at)
        if found is None and space is None:
            unknown = at if unknown < 0 else unknown
            at += 1
            continue
        if unknown >= 0:
            yield _token(Kind.UNKNOWN, plain, places, unknown, at, {})
            unknown = -1
        if space is not None:
            at = space.end()
        elif found is not None:
            kind, match = found
            yield _token(kind, plain, places, at, match.end(), match.groupdict())
            at = match.end()
    if unknown >= 0:
        yield _token(Kind.UNKNOWN, plain, places, unknown, at, {})


def _match(plain: str, at: int) -> tuple[Kind, re.Match[str]] | None:
    for kind, pattern in LEXER:
        match = pattern.match(plain, at)
        if match is not None and match.end() > at:
            return kind, match
    return None


def _token(
    kind: Kind, plain: str, places: list[int], start: int, end: int, parts: dict[str, str | None]
) -> Token:
    return Token(kind, plain[start:end], places[start], places[end - 1] + 1, parts)
