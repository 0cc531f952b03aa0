"""How far an act about many rows is: a few parts one after the other, each through all rows."""

from __future__ import annotations

from fujisawa_desktop.services.imports import Progress

_STEPS = 1_000
"""Into so many steps each part is divided, however many rows there are."""


class Parts:
    """Tells the progress of an act; who listens may raise to stop it, and nothing of it is kept.

    The last part is the commit, after which nothing is told any more: what is stored cannot be stopped.
    """

    def __init__(self, count: int, progress: Progress | None) -> None:
        self._count = count
        self._progress = progress
        self._ended = 0

    def within(self, rows: int, of: int) -> None:
        """Tell that so many rows of the present part are done.

        Raises:
            Cancelled: the clerk stopped the act.
        """
        if self._progress is not None:
            share = rows * _STEPS // max(of, 1)
            self._progress(self._ended * _STEPS + share, self._count * _STEPS)

    def ended(self) -> None:
        """Tell that the present part is done; raises as :meth:`within`."""
        self._ended += 1
        self.within(0, 1)
