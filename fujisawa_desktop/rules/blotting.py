"""Blotting people out of records that stay: rows of lists, subjects, names of files.

What is blotted out is the smallest row of a list (or part of a form) that names somebody, as a whole:
a mark or an amount beside a blotted name would still be about the person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

BLOT: Final = "■"
"""What stands where something was blotted out."""
_SPACE: Final = re.compile(r"\s+")
_SHORTEST: Final = 3
"""Shorter names are looked for as a whole text only: 林 is part of words; 林 葵 with its space is not."""
_NOTHING: Final = r"(?!)"


@dataclass(frozen=True, slots=True)
class Traces:
    """By what somebody is known in a record.

    Attributes:
        numbers: portal numbers of the people to blot out, as whole texts.
        names: their names and readings, addresses, telephones and mails, without spaces.
        others: portal numbers of those who stay; what bears one is about them, whatever it is called.
        within: finds one of them in a longer text, as written with one space or with none.
    """

    numbers: frozenset[str]
    names: frozenset[str]
    others: frozenset[str]
    within: tuple[re.Pattern[str], re.Pattern[str]] | None

    def __bool__(self) -> bool:
        """Tell whether there is anybody to blot out."""
        return bool(self.numbers or self.names)

    @classmethod
    def of(cls, numbers: Iterable[str], names: Iterable[str], others: Iterable[str]) -> Traces:
        """Return the traces of people; empty texts trace nobody."""
        gone = frozenset(number for number in numbers if number)
        spaced = frozenset(text for text in map(_spaced, names) if text)
        tight = frozenset(map(_tight, spaced))
        within = (_any_of({*tight, *gone}), _any_of(spaced)) if gone or tight else None
        return cls(gone, tight, frozenset(others) - gone, within)

    def name(self, text: str) -> bool:
        """Tell whether a text names one of the people."""
        if self.within is None:
            return False
        tight = _tight(text)
        if text in self.numbers or tight in self.names:
            return True
        without, with_one = self.within
        return without.search(tight) is not None or with_one.search(_spaced(text)) is not None

    def are_in(self, texts: Collection[str]) -> bool:
        """Tell whether texts that belong together are about one of the people."""
        if any(text in self.numbers for text in texts):
            return True
        return self.others.isdisjoint(texts) and any(self.name(text) for text in texts)


def blotted(value: Any, traces: Traces) -> Any:
    """Return a value of JSON without the people; the very same value when they are not in it."""
    if isinstance(value, str):
        return BLOT if traces.name(value) else value
    if isinstance(value, Mapping):
        if traces.are_in(list(_own_texts(value.values()))):
            return {name: _without_texts(part) for name, part in value.items()}
        parts = {name: _inside(part, traces) for name, part in value.items()}
        return parts if any(parts[name] is not value[name] for name in parts) else value
    if isinstance(value, list | tuple):
        if traces.are_in(list(_own_texts(value))):
            return [_without_texts(part) for part in value]
        items = [_inside(part, traces) for part in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def _inside(value: Any, traces: Traces) -> Any:
    return value if isinstance(value, str) else blotted(value, traces)


def _own_texts(values: Iterable[Any]) -> Iterator[str]:
    """Yield the texts that stand directly in a row, and those of cells with several lines."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
            yield from value


def _without_texts(value: Any) -> Any:
    """Return a blotted part: the same form, without a text or a figure that says anything."""
    if isinstance(value, str):
        return BLOT if value else value
    if isinstance(value, Mapping):
        return {name: _without_texts(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_texts(part) for part in value]
    return value


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words that are long enough to be looked for in others."""
    long = sorted(word for word in words if len(word) >= _SHORTEST)
    return re.compile("|".join(map(re.escape, long)) or _NOTHING)


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _tight(text: str) -> str:
    return _SPACE.sub("", text)
