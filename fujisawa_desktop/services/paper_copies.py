"""Copies of papers that are not the papers themselves."""

from __future__ import annotations

from collections.abc import Callable

from fujisawa_desktop.models.database import Database


def draft_copy(
    _database: Database, *, pdf: bytes, page_count: int, progress: Callable[[int, int], None]
) -> bytes:
    """Return pages marked as a draft: for reading them on paper before anything is issued.

    Nothing is recorded, and no number is taken.

    Args:
        pdf: the pages.
        page_count: how many.
        progress: hears (done, all) and may raise to stop.
    """
    # The library that changes finished files is needed for nothing else before papers are issued.
    from fujisawa_desktop.documents.draft_mark import mark_as_draft  # noqa: PLC0415

    return mark_as_draft(pdf, lambda done: progress(done, page_count))
