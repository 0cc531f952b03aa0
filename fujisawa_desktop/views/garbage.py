"""Frees what is left of windows in the thread that made them.

Python searches for reference cycles in whatever thread happens to make the next object: mostly a
worker that reads rows.  What it finds there may be pages and models of a file closed a moment ago,
and Qt must not destroy a widget outside the GUI thread: the program may end with a memory fault.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from fujisawa_desktop.views.tasks import Tasks

PAUSE_MILLISECONDS: Final = 1000
GROWTH: Final = 1.25
"""Everything is walked only when so much more is kept than after the last time, as Python itself does."""


class Garbage(QObject):
    """Searches for cycles from a timer of this thread, and only while no work is under way.

    Rows that a worker is just making form no cycles, and walking them would keep the window waiting.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kept = 0
        self._found_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Search now, if Python would do so by its own thresholds."""
        if self._tasks.pending:
            return
        due = [made > limit > 0 for made, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[2] and len(gc.get_objects(generation=2)) > self._kept * GROWTH:
            gc.collect()
            self._kept = len(gc.get_objects(generation=2))
        elif due[1] or due[2]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)

    def stop(self) -> None:
        """Leave the search to Python again, once no worker is left that could come upon a widget."""
        self._timer.stop()
        if self._found_enabled:
            gc.enable()
