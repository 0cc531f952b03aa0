"""Figures of the law as people write them, and read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_yen, ngettext
from fujisawa_desktop.rules.dated_figures import BY_YEAR, FigureEntry, FigureKind

_THOUSANDTHS: Final = re.compile(r"(?P<whole>[0-9]{1,3})(?:\.(?P<tenth>[0-9]))?", re.ASCII)
_DISTANCE: Final = re.compile(r"(?P<km>[0-9]+)(?:km)?(?:以上)?[ :]+(?P<yen>[0-9,]+)円?", re.ASCII)


def day_text(entry: FigureEntry) -> str:
    """Return from when a figure holds: a day, or years of payment."""
    if entry.kind not in BY_YEAR:
        return format_date(entry.valid_from)
    first, last = entry.valid_from.year, last_year(entry)
    if first == last:
        return _("paid in {year}").format(year=first)
    return _("paid in {first} to {last}").format(first=first, last=last)


def last_year(entry: FigureEntry) -> int:
    """Return the last year of payment for which a figure holds."""
    return int(entry.figures.get("through", entry.valid_from.year))


def figure_text(entry: FigureEntry) -> str:
    """Return what a figure says, in a line."""
    figures = entry.figures
    match entry.kind:
        case FigureKind.TAX_YEARS:
            hei = figures.get("hei_free_below")
            text = _("A below {kou} · B below {otsu} · C below {hei} a day")
            return text.format(
                kou=format_yen(figures["kou_free_below"]),
                otsu=format_yen(figures["otsu_flat_below"]),
                hei=_("(not known)") if hei is None else format_yen(hei),
            )
        case FigureKind.TAX_MONTHLY | FigureKind.TAX_DAILY:
            return table_text(figures["rows"])
        case FigureKind.INSURANCE:
            return f"{thousandths_text(figures['per_10_000'])}/1,000"
        case FigureKind.COMMUTING:
            return _("{yen} yen a month").format(yen=format_yen(figures["yen"]))
        case FigureKind.COMMUTING_CAR:
            return " · ".join(
                _("from {km} km {yen}").format(km=km, yen=format_yen(yen)) for km, yen in figures["rows"]
            )
        case FigureKind.MINIMUM_WAGE:
            return " · ".join(f"{name} {format_yen(yen)}" for name, yen in figures["wages"].items())


def table_text(rows: Sequence[Sequence[int]]) -> str:
    """Return how long a tax table is and what it covers."""
    if not rows:
        return ""
    text = ngettext(
        "{count} line, from {first} to below {last} yen",
        "{count} lines, from {first} to below {last} yen",
        len(rows),
    )
    return text.format(count=len(rows), first=format_yen(rows[0][0]), last=format_yen(rows[-1][1]))


def thousandths_text(per_10_000: int) -> str:
    """Return a rate in thousandths: ``5.5``, ``6``."""
    whole, tenth = divmod(per_10_000, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def read_thousandths(text: str) -> int:
    """Read a rate in thousandths as parts of 10,000: ``5.5`` is 55.

    Raises:
        ValidationError: ``figures.thousandths``.
    """
    typed = unicodedata.normalize("NFKC", text).strip().removesuffix("/1,000").removesuffix("/1000")
    found = _THOUSANDTHS.fullmatch(typed)
    if found is None:
        raise ValidationError("figures.thousandths", field="per_10_000", text=text)
    return int(found["whole"]) * 10 + int(found["tenth"] or 0)


def distances_text(rows: Sequence[Sequence[int]]) -> str:
    """Return the limits for cars as lines to be changed: ``10 7,300``."""
    return "\n".join(f"{km} {format_yen(yen)}" for km, yen in rows)


def read_distances(text: str) -> list[list[int]]:
    """Read lines of kilometres and yen.

    Raises:
        ValidationError: ``figures.distance-line`` naming the line.
    """
    rows: list[list[int]] = []
    for line in filter(str.strip, text.splitlines()):
        found = _DISTANCE.fullmatch(" ".join(unicodedata.normalize("NFKC", line).split()))
        if found is None:
            raise ValidationError("figures.distance-line", field="rows", text=line.strip())
        rows.append([int(found["km"]), int(found["yen"].replace(",", ""))])
    return rows


def table_headings(kind: FigureKind) -> list[str]:
    """Return the headings of a tax table."""
    if kind is FigureKind.TAX_DAILY:
        return [_("From (yen)"), _("Below"), _("Column C")]
    dependants = [_("A {count}").format(count=count) for count in range(8)]
    return [_("From (yen)"), _("Below"), *dependants, _("Column B")]


def cells_of(rows: Sequence[Sequence[int]]) -> list[tuple[str, ...]]:
    """Return the lines of a tax table as text."""
    return [tuple(format_yen(amount) for amount in row) for row in rows]


def plain(entry: FigureEntry | None) -> dict[str, Any]:
    """Return the values of an entry; nothing for none."""
    return {} if entry is None else dict(entry.figures)
