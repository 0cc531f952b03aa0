"""Refusing to write over what somebody else wrote since it was read."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.errors import ConflictError

CHANGED: Final = "conflict.changed-meanwhile"
NOT_STORED: Final = 0
"""The version of what was not stored yet when it was read."""


def refuse_stale(seen: int | None, stored: int | None) -> None:
    """Make sure that a row is still as somebody saw it.

    Args:
        seen: its version on the screen, `NOT_STORED` if there was none; None does not compare.
        stored: its version now, None where there is none.

    Raises:
        ConflictError: ``conflict.changed-meanwhile``.
    """
    if seen is not None and seen != (stored or NOT_STORED):
        raise ConflictError(CHANGED)
