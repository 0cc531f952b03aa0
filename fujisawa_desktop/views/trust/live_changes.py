"""What others save appears in the open window: told to all tabs as an act of one's own would be."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.status_line import StatusLine

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database
    from fujisawa_desktop.services.watching import Watcher

NOTE_MILLISECONDS: Final = 8_000
make_watcher = later("watching", "Watcher")


class LiveChanges(QObject):
    """Watches the database of a desk until it is stopped.

    Signals:
        heard(ChangeSet): another program committed something; emitted on the watcher's thread.
    """

    heard = Signal(object)

    def __init__(self, desk: Desk, status: StatusLine) -> None:
        super().__init__(desk)
        self._desk = desk
        self._status = status
        self._watcher: Watcher | None = None
        self._lock = Lock()
        self._stopped = False
        self.heard.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to watch, from a worker: what it needs takes longer to load than the window."""
        self._desk.query(
            self._begin, lambda _none: None, owner=self, aside=True, on_error=lambda _error: None
        )

    def stop(self) -> None:
        """Stop; nothing is told any more."""
        with self._lock:
            self._stopped = True
        if self._watcher is not None:
            self._watcher.stop()

    def _begin(self, database: Database) -> None:
        watcher = make_watcher(database, self.heard.emit)
        with self._lock:
            if self._stopped:
                return
            self._watcher = watcher
            watcher.start()

    def _take(self, change: ChangeSet) -> None:
        if self._stopped:
            return
        self._desk.publish(change)
        act = texts.label(change.label.code, change.label.params)
        self._status.showMessage(note_of(change.by, act), NOTE_MILLISECONDS)


def note_of(actor: str, act: str) -> str:
    """Return the short line that says what somebody else did."""
    return _("{actor} has saved: {act}").format(actor=actor, act=act)
