"""Making an interview longer or shorter: by its lower edge, or with Shift and the arrows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from fujisawa_desktop.views.interviews.board import Board, Card, Place

EDGE: Final = 6
"""So many pixels above its lower edge a card is taken by the edge."""
UNIT_MINUTES: Final = 5
"""An interview takes whole units of so many minutes; the database counts in them."""
_UNIT: Final = timedelta(minutes=UNIT_MINUTES)


@dataclass(frozen=True, slots=True)
class Stretch:
    """An interview whose end is being moved."""

    card: Card
    end: datetime

    @property
    def place(self) -> Place:
        """What the interview would take."""
        return Place(self.card.column, self.card.start, self.end)

    @property
    def minutes(self) -> int:
        """How long it would be."""
        return round((self.end - self.card.start).total_seconds() / 60)

    def by(self, units: int) -> Stretch:
        """Return the stretch so many units of five minutes longer."""
        return replace(self, end=max(self.end + units * _UNIT, self.card.start + _UNIT))

    def to(self, moment: datetime) -> Stretch:
        """Return the stretch that ends at the unit nearest to a moment."""
        units = round((moment - self.card.start) / _UNIT)
        return replace(self, end=self.card.start + max(units, 1) * _UNIT)


def follower(board: Board, stretch: Stretch) -> Card | None:
    """Return the interview of a column that the stretched one would run into."""
    return next(
        (
            card
            for column in {one.column for one in board.cards_of(stretch.card.person.key)}
            for card in board.in_column[column]
            if card.person.key != stretch.card.person.key
            and card.start < stretch.end
            and stretch.card.start < card.end
        ),
        None,
    )
