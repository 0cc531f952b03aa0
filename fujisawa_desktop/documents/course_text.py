"""What a clerk types about a course, read as parts of a figure.

The conventions are those one would use in a plain text anyway:

- a blank line parts two groups; a short line before other lines is their heading;
- ``・`` (or ◆, ●, ☑, ※, →) at the beginning makes an entry of a list;
- ``1.`` ``2.`` or ``①`` ``②`` in succession are the steps of a process;
- ``↓`` or ``↕`` alone on a line is an arrow between what stands above and below;
- ``［…］`` is a box across, ``…｜…｜…`` are boxes beside each other.

Whatever follows none of them is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

_DOWN: Final = frozenset("↓⇩▼⬇")
_BOTH: Final = frozenset("↕⇕↔⇔")
_STEP: Final = re.compile(r"(?P<mark>[0-9０-９]{1,2}[.．](?![0-9０-９])|[①-⑳])[ 　]*(?P<text>.+)")
_ENTRY: Final = re.compile(r"[・◆●○■□☑✓※→➡]")
_BOX: Final = re.compile(r"[［\[](?P<text>[^［\[\]］]+)[］\]]")
_BESIDE: Final = re.compile(r"[｜|]")
_NUMBERED: Final = re.compile(r".{1,10}[①-⑳0-9０-９]")
"""A label such as 取組例①."""
_ENDS: Final = frozenset("。！？!?")
_HEADING_MOST: Final = 40


class Arrow(Enum):
    """An arrow between two groups."""

    DOWN = auto()
    BOTH = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """A box across the figure."""

    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Boxes beside each other."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A process; each step is its mark and its text."""

    steps: tuple[tuple[str, str], ...]


Part = str | Box | Beside | Steps
"""A text is a paragraph, or an entry of a list with its mark."""


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together."""

    heading: str
    parts: tuple[Part, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is a heading with one paragraph."""
        return bool(self.heading) and len(self.parts) == 1 and is_paragraph(self.parts[0])


def is_paragraph(part: Part) -> bool:
    """Tell whether a part is running text."""
    return isinstance(part, str) and not _ENTRY.match(part)


def read_figure(lines: Sequence[str]) -> tuple[Group | Arrow, ...]:
    """Return the groups and arrows of a text, in order."""
    reader = _Reader()
    for line in lines:
        reader.read(line.strip(" 　\t"))
    reader.close()
    return tuple(reader.found)


@dataclass(slots=True)
class _Reader:
    """Reads line by line; ``_lines`` are those of the group that is open."""

    found: list[Group | Arrow] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        if not line:
            self.close()
        elif line in _DOWN or line in _BOTH:
            self.close()
            self.found.append(Arrow.DOWN if line in _DOWN else Arrow.BOTH)
        else:
            if self._lines and self._begins_anew(line):
                self.close()
            self._lines.append(line)

    def _begins_anew(self, line: str) -> bool:
        """Tell whether a line belongs to another group although nothing parts them."""
        if _NUMBERED.fullmatch(line) and not _is_marked(line):
            return True
        return _is_marked(self._lines[-1]) and not _is_marked(line)

    def close(self) -> None:
        if not self._lines:
            return
        first, *rest = self._lines
        is_heading = (
            bool(rest) and not _is_marked(first) and len(first) <= _HEADING_MOST and first[-1] not in _ENDS
        )
        texts = rest if is_heading else self._lines
        self.found.append(Group(first if is_heading else "", _parts(texts)))
        self._lines = []


def _is_marked(line: str) -> bool:
    return any((_STEP.match(line), _ENTRY.match(line), _BOX.fullmatch(line), _BESIDE.search(line)))


def _parts(lines: Sequence[str]) -> tuple[Part, ...]:
    found: list[Part] = []
    for line in lines:
        step, box = _STEP.fullmatch(line), _BOX.fullmatch(line)
        texts = tuple(text for piece in _BESIDE.split(line) if (text := piece.strip(" 　")))
        last = found[-1] if found else None
        if step is not None:
            pair = (step["mark"], step["text"])
            if isinstance(last, Steps):
                found[-1] = replace(last, steps=(*last.steps, pair))
            else:
                found.append(Steps((pair,)))
        elif box is not None:
            found.append(Box(box["text"].strip(" 　")))
        elif len(texts) > 1:
            found.append(Beside(texts))
        else:
            found.append(line)
    return tuple(found)
