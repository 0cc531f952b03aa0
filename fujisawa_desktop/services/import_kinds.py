"""What a file is that somebody dropped on the window: told by its headings, not by its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fujisawa_desktop.exchange.columns import heading_key
from fujisawa_desktop.exchange.profiles import shipped_profiles
from fujisawa_desktop.exchange.tabular import read_table

APPLICANTS: Final = "applicants"
_SAMPLE_ROWS: Final = 50
_SIGNS: Final = (
    ("decisions", ("選考", "結果")),
    ("hours", ("勤務日", "開始", "終了")),
    ("interviewers", ("面接官", "日付", "開始", "終了")),
    ("availability", ("日付", "開始", "終了")),
)
"""Headings that only files of that kind have; the first kind that fits counts."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file before the database is asked.

    Attributes:
        kind: ``applicants``, ``decisions``, ``availability``, ``interviewers`` or ``hours``.
        file_format: csv, tsv, xlsx, xls or ods.
        encoding: character code of a text file; empty for a sheet.
        rows: rows below the headings, blank lines not counted.
        headings, sample: the first rows as they stand in the file.
    """

    kind: str
    file_format: str
    encoding: str
    rows: int
    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


def recognise(file: Path, *, encoding: str | None = None) -> FileFacts:
    """Return what a file holds; anything without the headings of another kind is a list of entries.

    Raises:
        InputFileError: the file cannot be read as a table.
    """
    table = read_table(file, encoding=encoding)
    found = {heading_key(heading) for heading in table.headings}
    fitting = (kind for kind, signs in _SIGNS if found.issuperset(map(heading_key, signs)))
    return FileFacts(
        kind=next(fitting, APPLICANTS),
        file_format=table.kind.value,
        encoding=table.encoding,
        rows=len(table.rows),
        headings=table.headings,
        sample=tuple(row.cells for row in table.rows[:_SAMPLE_ROWS]),
    )


def profile_names() -> list[tuple[str, str]]:
    """Return source and name of every layout that a list of entries can be read as."""
    return [(profile.source, profile.name) for profile in shipped_profiles()]
