"""Figures of the law as files: those that ship, and tax tables that a clerk takes from a list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.errors import InputFileError, ValidationError
from fujisawa_desktop.exchange.table import Table
from fujisawa_desktop.exchange.tabular import read_table
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.dated_figures import FigureEntry, FigureKind, value_of
from fujisawa_desktop.rules.names import half_width
from fujisawa_desktop.rules.tax_tables import DEPENDANT_COLUMNS

_COLUMNS: Final = {FigureKind.TAX_MONTHLY: 3 + DEPENDANT_COLUMNS, FigureKind.TAX_DAILY: 3}
_AMOUNT: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_SHOWN: Final = 200
"""Characters of a line that a preview shows."""


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line of a file that is no bracket: headings, notes, brackets without amounts."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TableFile:
    """A tax table read from a file, before it is kept.

    Attributes:
        rows: the lines as ``FigureEntry.figures["rows"]`` holds them.
        skipped: the lines that were left out, for a person to look through.
    """

    rows: list[list[int]]
    skipped: tuple[SkippedLine, ...]


@lru_cache(maxsize=1)
def shipped_entries() -> tuple[FigureEntry, ...]:
    """Return the figures that ship, in order of kind and day.

    Raises:
        InputFileError: ``figures.broken`` naming the file.
    """
    return _shipped_in(resources_dir() / "figures")


def _shipped_in(folder: Path) -> tuple[FigureEntry, ...]:
    found = [entry for path in sorted(folder.glob("*.toml")) for entry in _entries(path)]
    return tuple(sorted(found, key=lambda entry: (entry.kind, entry.valid_from)))


def read_tax_table(path: Path, kind: FigureKind) -> TableFile:
    """Read a 月額表 (以上, 未満, 甲 0 to 7, 乙) or a 日額表 (以上, 未満, 丙) from a csv or xlsx file.

    The first columns of a line must be whole amounts; further columns are ignored.  A line that
    does not begin with two amounts is left out and told; one that does and lacks an amount is
    refused, because a table with a hole would be worse than none.

    Raises:
        InputFileError: the file cannot be read as a table.
        ValidationError: ``figures.table-number`` with the line, or ``figures.table-empty``.
    """
    width = _COLUMNS[kind]
    rows: list[list[int]] = []
    skipped: list[SkippedLine] = []
    for line, cells in _lines(read_table(path)):
        amounts = [_amount(cell) for cell in cells[:width]]
        if len(amounts) < 2 or amounts[0] is None or amounts[1] is None:
            skipped.append(SkippedLine(line, " ".join(cell for cell in cells if cell)[:_SHOWN]))
            continue
        whole = [amount for amount in amounts if amount is not None]
        if len(whole) != width:
            raise ValidationError("figures.table-number", field="rows", line=line)
        rows.append(whole)
    if not rows:
        raise ValidationError("figures.table-empty", field="rows")
    return TableFile(rows, tuple(skipped))


def _lines(table: Table) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield every line of a file, the first one too: a table may come without headings."""
    yield 1, table.headings
    yield from ((row.line, row.cells) for row in table.rows)


def _amount(cell: str) -> int | None:
    text = half_width(cell).removesuffix("円").strip()
    return int(text.replace(",", "")) if _AMOUNT.fullmatch(text) else None


def _entries(path: Path) -> list[FigureEntry]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = [_entry(dict(values)) for values in data["entry"]]
        for entry in entries:
            value_of(entry)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, ValidationError) as error:
        raise InputFileError("figures.broken", file=path.name) from error
    return entries


def _entry(values: dict[str, Any]) -> FigureEntry:
    kind, day, source = values.pop("kind"), values.pop("valid_from"), values.pop("source")
    if not isinstance(day, date):
        raise TypeError(day)
    return FigureEntry(FigureKind(kind), day, values, source)
