"""How far an act about many people is, inside the dialog that waits for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tasks import Job

BULK_FROM: Final = 2_000
"""Rows from which an act lasts long enough to show how far it is, and to be stopped."""


class BulkBar(QProgressBar):
    """Shown while an act runs that can be stopped; a modal dialog covers the window's own bar."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._job: Job | None = None
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.show)
        desk.tasks.long_progress.connect(self._show)

    def watch(self, job: Job, *, after: int = 0) -> None:
        """Show how far this act is; one that may be short only once ``after`` milliseconds are over."""
        self._job = job
        self.setRange(0, 0)
        if after:
            self._pause.start(after)
        else:
            self.show()

    def stop(self) -> bool:
        """Ask the act to stop; returns whether one is under way, whose end is still to come."""
        if self._job is not None:
            self._job.cancel()
        return self._job is not None

    def end(self) -> None:
        """The act has come to its end, one way or the other."""
        self._job = None
        self._pause.stop()
        self.hide()

    def _show(self, done: int, total: int) -> None:
        if self._job is not None:
            self.setRange(0, total)
            self.setValue(done)
