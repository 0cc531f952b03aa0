"""How far the making of papers is, where it is waited for, with the button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.tasks import Job, Tasks
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import SecondaryButton, TextLabel


class MakingStrip(QWidget):
    """A line with a title, a bar and 中止, shown while long work for this window runs.

    Work that ends at once never shows it.

    Signals:
        stopped(): the person pressed 中止.
    """

    stopped = Signal()
    AFTER_MILLISECONDS = 250

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._job: Job | None = None
        self._title = ""
        self.label = TextLabel("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stop_button = SecondaryButton(_("Stop"), self.stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.M)
        line.addWidget(self.label)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop_button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.AFTER_MILLISECONDS)
        self._pause.timeout.connect(self.show)
        self.hide()
        tasks.long_progress.connect(self._show)

    def watch(self, job: Job, title: str) -> None:
        """Show how far this work is, once it has lasted for a moment."""
        self._job, self._title = job, title
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.label.setText(title)
        self.stop_button.setEnabled(True)
        self._pause.start()

    def stop(self) -> None:
        """Ask the work to stop; its end is still to come."""
        if self._job is not None:
            self.stop_button.setEnabled(False)
            self._job.cancel()
            self.stopped.emit()

    def end(self) -> None:
        """The work has come to its end, one way or the other."""
        self._job = None
        self._pause.stop()
        self.hide()

    def _show(self, done: int, total: int) -> None:
        if self._job is None:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if total:
            percent = done * 100 // total
            self.label.setText(_("{title} ({percent} %)").format(title=self._title, percent=percent))
