"""Figures of the first screening: totals, what several reviewers say together, ranks, the line.

All totals are hundredths of a point on a scale of 100 (9250 is 92.50), so that no figure depends
on how a machine rounds.  The program sorts and draws the line; a person decides (domain rules 8.6).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from fujisawa_desktop.errors import ValidationError

Key = TypeVar("Key", bound=Hashable)

FULL: Final = 10_000
"""The highest total: 100.00 points."""
DISAGREEMENT: Final = 2_000
"""A spread of 20.00 points or more is marked, so that somebody reads the entry again; no source
prescribes it and nothing follows from it."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What one criterion allows: whole points from 0 to ``most``, and how much they weigh."""

    criterion_id: int
    most: int
    weight: int


def field_of(criterion_id: int) -> str:
    """Return the name of the form field that holds the points of a criterion."""
    return f"points-{criterion_id}"


def check_points(points: Mapping[int, int], yardsticks: Sequence[Yardstick], *, whole: bool) -> None:
    """Make sure that points fit the criteria; with ``whole`` none may be missing.

    Raises:
        ValidationError: ``screening.points-foreign``, ``screening.points-range`` or
            ``screening.points-missing``; ``field`` names the criterion.
    """
    known = {yardstick.criterion_id for yardstick in yardsticks}
    for criterion_id in points:
        if criterion_id not in known:
            raise ValidationError("screening.points-foreign", field=field_of(criterion_id))
    for yardstick in yardsticks:
        given = points.get(yardstick.criterion_id)
        if given is None:
            if whole:
                raise ValidationError("screening.points-missing", field=field_of(yardstick.criterion_id))
        elif not 0 <= given <= yardstick.most:
            raise ValidationError(
                "screening.points-range", field=field_of(yardstick.criterion_id), most=yardstick.most
            )


def weighted_total(points: Mapping[int, int], yardsticks: Sequence[Yardstick]) -> int:
    """Return Σ points·weight as hundredths on a scale of 100, rounded half up.

    A criterion without points counts 0, so that a total can be shown while it is being typed.
    """
    highest = sum(yardstick.most * yardstick.weight for yardstick in yardsticks)
    if not highest:
        return 0
    given = sum(points.get(yardstick.criterion_id, 0) * yardstick.weight for yardstick in yardsticks)
    return _half_up(given * FULL, highest)


def mean(totals: Sequence[int]) -> int | None:
    """Return the mean of the reviewers' totals, rounded half up; nothing without a total."""
    return _half_up(sum(totals), len(totals)) if totals else None


def median(totals: Sequence[int]) -> int | None:
    """Return the middle total; of two in the middle their mean, rounded half up."""
    if not totals:
        return None
    ordered = sorted(totals)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else _half_up(ordered[middle - 1] + ordered[middle], 2)


def spread(totals: Sequence[int]) -> int:
    """Return how far the reviewers are apart: the highest total less the lowest."""
    return max(totals) - min(totals) if totals else 0


def is_split(totals: Sequence[int]) -> bool:
    """Return whether the reviewers are so far apart that somebody should read the entry again."""
    return spread(totals) >= DISAGREEMENT


def ranks(scores: Mapping[Key, int]) -> dict[Key, int]:
    """Return competition ranks, the highest score first: equal scores share one (1, 1, 3)."""
    place: dict[int, int] = {}
    for at, score in enumerate(sorted(scores.values(), reverse=True), 1):
        place.setdefault(score, at)
    return {key: place[score] for key, score in scores.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """Where a number of places falls among the scores.

    Attributes:
        places: how many the line is drawn for.
        above: people surely above it.
        tied: people with the one score through which the line would go; 0 when it is clear.
        rank_above: rank of the last person above the line (tied ones included), ``None`` for nobody.
        rank_below: rank of the first person below it, ``None`` when everybody is above.
    """

    places: int
    above: int
    tied: int
    rank_above: int | None
    rank_below: int | None


def line(scores: Sequence[int], places: int) -> Line:
    """Return where the line for ``places`` people lies; a tie across it is said, never broken.

    With scores 90, 80, 80, 70 and two places: one person surely above, two tied for the last place.
    """
    ordered = sorted(scores, reverse=True)
    by_place = [1 + sum(other > score for other in ordered) for score in dict.fromkeys(ordered)]
    if places <= 0 or not ordered:
        return Line(max(places, 0), 0, 0, None, by_place[0] if by_place else None)
    if places >= len(ordered):
        return Line(places, len(ordered), 0, by_place[-1], None)
    last, first_out = ordered[places - 1], ordered[places]
    above = sum(score > last for score in ordered) if last == first_out else places
    tied = ordered.count(last) if last == first_out else 0
    under = [score for score in ordered if score < last]
    return Line(
        places,
        above,
        tied,
        1 + sum(score > last for score in ordered),
        1 + len(ordered) - len(under) if under else None,
    )


def _half_up(part: int, whole: int) -> int:
    """Return part ÷ whole as a whole number, halves up; both are 0 or more."""
    return (2 * part + whole) // (2 * whole)
