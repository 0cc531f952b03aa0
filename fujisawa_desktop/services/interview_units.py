"""A day as one whole number with a bit for each five minutes, and the calendar's time in such numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from fujisawa_desktop.rules.planning import Window

UNIT: Final = timedelta(minutes=5)
UNITS: Final = timedelta(days=1) // UNIT
WHOLE_DAY: Final = (1 << UNITS) - 1


class Meeting(Protocol):
    """What takes time."""

    @property
    def interview_id(self) -> int: ...  # noqa: D102 - as of the interview
    @property
    def start(self) -> datetime: ...  # noqa: D102
    @property
    def end(self) -> datetime: ...  # noqa: D102
    @property
    def interviewer_ids(self) -> tuple[int, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that one interview takes of an interviewer's day, alone and with the gap around it."""

    interview_id: int
    own: int
    wide: int


@dataclass(slots=True)
class Occupancy:
    """The interviewers' days: what is taken, and in which spans (first and last unit) they have time."""

    taken: dict[tuple[int, date], list[Taken]] = field(default_factory=dict)
    there: dict[tuple[int, date], list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, meeting: Meeting, gap: timedelta) -> None:
        """Note an interview."""
        day = meeting.start.date()
        midnight = datetime.combine(day, time())
        start, end = meeting.start - midnight, meeting.end - midnight
        wide = bits((start - gap) // UNIT, -((gap + end) // -UNIT))
        taken = Taken(meeting.interview_id, bits(start // UNIT, -(end // -UNIT)), wide)
        for who in meeting.interviewer_ids:
            self.taken.setdefault((who, day), []).append(taken)

    def give(self, who: int, windows: Iterable[Window]) -> None:
        """Note when an interviewer has time."""
        for day, first, last in spans_of(windows):
            self.there.setdefault((who, day), []).append((first, last))

    def of(self, who: int, day: date, without: int | None) -> tuple[int, int, int]:
        """Return what is taken of a day, the same with the gaps, and by how many interviews."""
        own = wide = count = 0
        for one in self.taken.get((who, day), ()):
            if one.interview_id != without:
                own |= one.own
                wide |= one.wide
                count += 1
        return own, wide, count


def spans_of(windows: Iterable[Window]) -> Iterator[tuple[date, int, int]]:
    """Yield the day, the first unit and the unit after the last of each stretch of time."""
    for start, end in windows:
        midnight = datetime.combine(start.date(), time())
        yield start.date(), -((start - midnight) // -UNIT), min((end - midnight) // UNIT, UNITS)


def bits(first: int, until: int) -> int:
    """Return the number with these bits set, as far as they are of the day."""
    first, until = max(first, 0), min(until, UNITS)
    return (1 << until) - (1 << first) if first < until else 0


def starts_touching(taken: int, length: int) -> int:
    """Return the starts from which ``length`` units would reach into taken time."""
    starts, done = taken, 1
    while done < length:
        step = min(done, length - done)
        starts |= starts >> step
        done += step
    return starts


def starts_within(spans: Iterable[tuple[int, int]], length: int) -> int:
    """Return the starts from which ``length`` units lie wholly within one of the spans."""
    starts = 0
    for first, until in spans:
        starts |= bits(first, until - length + 1)
    return starts


def runs(number: int) -> Iterator[tuple[int, int]]:
    """Yield the first bit of each run of set bits and the bit after its last."""
    position = 0
    while number:
        skipped = (number & -number).bit_length() - 1
        number >>= skipped
        length = (~number & (number + 1)).bit_length() - 1
        yield position + skipped, position + skipped + length
        position += skipped + length
        number >>= length


def at_least(count: int, sets: Iterable[int]) -> int:
    """Return the bits that are in at least ``count`` of the sets."""
    reached = [WHOLE_DAY] + [0] * count
    for one in sets:
        for number in range(count, 0, -1):
            reached[number] |= reached[number - 1] & one
    return reached[count]
