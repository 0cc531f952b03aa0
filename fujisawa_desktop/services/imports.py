"""The outcome of taking in a file, in one form for all kinds of files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fujisawa_desktop.exchange.row_values import Rejection, RowWarning
from fujisawa_desktop.services.changes import ChangeSet

RejectedRow = Rejection
"""A row that was not taken in: line, column (heading), code, params."""
Warning_ = RowWarning
"""What a clerk should look at in a row that was taken in: line, code, params, column."""

Progress = Callable[[int, int], None]
"""Called with how much is done of how much."""


@dataclass(frozen=True, slots=True)
class SuspectedPair:
    """Two portal numbers that may be one person; ``reasons`` are codes of rules.duplicates."""

    numbers: tuple[str, str]
    score: int
    reasons: tuple[str, ...]
    names: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do in a dry run (``change.seq`` is then None).

    Every row of the file is counted once: added, updated, unchanged or rejected.
    """

    change: ChangeSet
    rows: int
    added: int
    updated: int
    unchanged: int
    rejected: tuple[RejectedRow, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    suspected_duplicates: tuple[SuspectedPair, ...] = ()
    encoding: str = ""
    """Character code in which an applicants' file was read; empty for sheets and other kinds."""
