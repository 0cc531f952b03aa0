"""Copies that nobody has to think of: after opening, before large acts, while working, at the end.

Everything runs beside the work: on the worker that can wait, or on that of the act just before it.
A copy that fails stops no act; the window says so and goes on saying so at its foot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database
    from fujisawa_desktop.services.backup_occasions import Watch, backup_before, keep_watch
    from fujisawa_desktop.services.backups import Backup, BackupHealth, automatic_backup
else:
    backup_before, keep_watch = (later("backup_occasions", name) for name in ("backup_before", "keep_watch"))
    automatic_backup = later("backups", "automatic_backup")

LOOK_MILLISECONDS: Final = 60_000
"""How often the guard looks whether a copy is due; how often one is made is set with the file."""
CALM_MILLISECONDS: Final = 3_000


class BackupGuard(QObject):
    """Keeps the file on the desk copied, and the window's foot saying so.

    Signals:
        made(Backup): a copy was made before an act, on the worker of the act.
        failed(Exception): it could not be made.
    """

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk: Desk | None = None
        self._health: BackupHealth | None = None
        self._failing = ""
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self.made.connect(self._made, Qt.ConnectionType.QueuedConnection)
        self.failed.connect(self._failed, Qt.ConnectionType.QueuedConnection)

    def attach(self, desk: Desk) -> None:
        """Keep another file."""
        self._desk, self._health, self._failing, self._told = desk, None, "", ""
        if not desk.read_only:
            desk.before_act = self._before
        self._timer.start()
        QTimer.singleShot(CALM_MILLISECONDS, self, lambda: self._calm(desk))

    def detach(self) -> None:
        """Make the last copy of a file that is put away, if something changed; the workers have ended."""
        desk, self._desk = self._desk, None
        self._timer.stop()
        if desk is None:
            return
        desk.before_act = None
        try:
            automatic_backup(desk.database, reason=BackupReason.CLOSED)
        except AppError as error:
            desk.notifier.show(error)  # said once more when the file is opened again

    def look(self, reason: BackupReason = BackupReason.TIMED) -> None:
        """Look whether a copy is due, and how well the file is kept."""
        desk = self._desk
        if desk is not None:
            desk.query(
                keep_watch,
                self._watched,
                owner=self,
                aside=True,
                latest="backup-watch",
                on_error=self._failed,
                reason=reason,
            )

    def _calm(self, desk: Desk) -> None:
        if desk is self._desk:
            self.look(BackupReason.OPENED)

    def _before(self, act: Callable[..., object], database: Database, given: Mapping[str, Any]) -> None:
        """Make the copy that is due before an act; runs on the act's worker and never stops the act."""
        try:
            copy = backup_before(database, getattr(_bare(act), "__name__", ""), given)
        except AppError as error:
            self.failed.emit(error)
        else:
            if copy is not None:
                self.made.emit(copy)

    def _made(self, copy: Backup) -> None:
        self._failing = ""
        self._tell_second(copy.second_failure)
        self.look()

    def _watched(self, watch: Watch) -> None:
        if watch.made is not None:
            self._failing = ""
            self._tell_second(watch.made.second_failure)
        self.show(watch.health)

    def show(self, health: BackupHealth) -> None:
        """Say at the window's foot when the last good copy was made."""
        self._health = health
        self._window.status.show_backup(health, failing=self._failing)

    def _failed(self, error: Exception) -> None:
        desk = self._desk
        if desk is None:
            return
        said = texts.message(error)
        if said != self._failing:
            self._failing = said
            desk.notifier.show(error)
        self._window.status.show_backup(self._health, failing=said)

    def _tell_second(self, code: str) -> None:
        """Say what is wrong with the second place, once until it changes."""
        if code and code != self._told and self._desk is not None:
            self._desk.notifier.say(texts.message_for(code, {}), "caution")
        self._told = code


def _bare(act: Callable[..., object]) -> Callable[..., object]:
    """Return the use-case of an act to which some of its arguments were given beforehand."""
    return _bare(act.func) if isinstance(act, partial) else act
