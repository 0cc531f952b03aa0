"""The tables of the 国税庁 from which withheld tax is read: 月額表 (甲, 乙) and 日額表 (丙).

A clerk enters or imports them for years of payment; without one the program asks instead of
computing.  What comes in is held against what every such table keeps to, because a slip in one
line would be paid: brackets join without a gap, no amount falls as pay rises, and no amount rises
with a further dependant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Protocol, TypeVar

from fujisawa_desktop.errors import ValidationError

DEPENDANT_COLUMNS: Final = 8
"""甲欄 has a column for 0 to 7 dependants; beyond them the table takes something off per person."""


@dataclass(frozen=True, slots=True)
class MonthlyBracket:
    """One line of the 月額表: a month's taxable pay of ``from_yen`` up to below ``below_yen``.

    Attributes:
        kou: tax by number of dependants, 0 to 7.
        otsu: tax of 乙欄.
    """

    from_yen: int
    below_yen: int
    kou: tuple[int, ...]
    otsu: int

    @property
    def amounts(self) -> tuple[int, ...]:
        """Every amount of the line."""
        return (*self.kou, self.otsu)


@dataclass(frozen=True, slots=True)
class DailyBracket:
    """One line of the 日額表: a day's pay of ``from_yen`` up to below ``below_yen``, and 丙欄."""

    from_yen: int
    below_yen: int
    hei: int

    @property
    def amounts(self) -> tuple[int, ...]:
        """Every amount of the line."""
        return (self.hei,)


class _Bracket(Protocol):
    @property
    def from_yen(self) -> int: ...
    @property
    def below_yen(self) -> int: ...
    @property
    def amounts(self) -> tuple[int, ...]: ...


_AnyBracket = TypeVar("_AnyBracket", bound=_Bracket)


@dataclass(frozen=True, slots=True)
class MonthlyTable:
    """The 月額表 for pay paid in the calendar years ``first`` to ``last``."""

    first: int
    last: int
    brackets: tuple[MonthlyBracket, ...]

    def __post_init__(self) -> None:
        """Refuse what no such table holds: see :func:`check_brackets`."""
        check_brackets(self.brackets)
        for line, bracket in enumerate(self.brackets, 1):
            if len(bracket.kou) != DEPENDANT_COLUMNS:
                raise ValidationError("figures.table-columns", field="rows", line=line)
            if list(bracket.kou) != sorted(bracket.kou, reverse=True):
                raise ValidationError("figures.table-dependants", field="rows", line=line)

    def bracket_of(self, yen: int) -> MonthlyBracket | None:
        """Return the line for a month's taxable pay; ``None`` below and above the table."""
        return _bracket_of(self.brackets, yen)


@dataclass(frozen=True, slots=True)
class DailyTable:
    """The 丙欄 of the 日額表 for pay paid in the calendar years ``first`` to ``last``."""

    first: int
    last: int
    brackets: tuple[DailyBracket, ...]

    def __post_init__(self) -> None:
        """Refuse what no such table holds: see :func:`check_brackets`."""
        check_brackets(self.brackets)

    def bracket_of(self, yen: int) -> DailyBracket | None:
        """Return the line for a day's pay; ``None`` below and above the table."""
        return _bracket_of(self.brackets, yen)


@dataclass(frozen=True, slots=True)
class TaxTables:
    """The tables that were entered; of two for one year the first counts."""

    monthly: tuple[MonthlyTable, ...] = field(default=())
    daily: tuple[DailyTable, ...] = field(default=())

    def monthly_for(self, year: int) -> MonthlyTable | None:
        """Return the 月額表 for a year of payment."""
        return next((table for table in self.monthly if table.first <= year <= table.last), None)

    def daily_for(self, year: int) -> DailyTable | None:
        """Return the 日額表 for a year of payment."""
        return next((table for table in self.daily if table.first <= year <= table.last), None)


NO_TABLES: Final = TaxTables()


def check_brackets(brackets: Sequence[_Bracket]) -> None:
    """Refuse lines that are no table; ``line`` counts from 1.

    Raises:
        ValidationError: ``figures.table-empty``, ``figures.table-negative``,
            ``figures.table-bracket`` (a line that ends before it begins), ``figures.table-gap``
            (a line that does not begin where the one before ends), ``figures.table-falls``.
    """
    if not brackets:
        raise ValidationError("figures.table-empty", field="rows")
    for line, bracket in enumerate(brackets, 1):
        if min(bracket.from_yen, *bracket.amounts) < 0:
            raise ValidationError("figures.table-negative", field="rows", line=line)
        if bracket.below_yen <= bracket.from_yen:
            raise ValidationError("figures.table-bracket", field="rows", line=line)
    for line, (before, after) in enumerate(pairwise(brackets), 2):
        if before.below_yen != after.from_yen:
            raise ValidationError("figures.table-gap", field="rows", line=line, needed_yen=before.below_yen)
        if any(more < less for less, more in zip(before.amounts, after.amounts, strict=False)):
            raise ValidationError("figures.table-falls", field="rows", line=line)


def _bracket_of(brackets: Sequence[_AnyBracket], yen: int) -> _AnyBracket | None:
    return next((line for line in brackets if line.from_yen <= yen < line.below_yen), None)
