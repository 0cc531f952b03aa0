"""What the menu does about copies: return to one, and say where and how often they are made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from fujisawa_desktop import texts
from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.paths import default_database
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.notify import Notifier
from fujisawa_desktop.views.trust.backup_settings_dialog import BackupSettingsDialog
from fujisawa_desktop.views.trust.restore_dialog import RestoreDialog

BROKEN: Final = frozenset({"storage.damaged", "storage.missing", "storage.not-ours"})
"""Why a file was not opened, where a copy of it helps."""


def backup_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is done for which action."""
    window.welcome.restore_wanted.connect(partial(return_to_copy, window))
    return {
        "tools.restore": partial(return_to_copy, window),
        "tools.backup-settings": partial(_settings, window),
    }


def return_to_copy(window: MainWindow, file: Path | None = None) -> None:
    """Show the copies of the open file, of the one named, or of the one opened last."""
    desk = window.desk
    if desk is not None and desk.database.path is None:
        desk.notifier.show(StorageError("storage.backup-needs-file"))
        return
    if file is None:
        file = desk.database.path if desk is not None else None
    known = window.known_files()
    RestoreDialog(window, file or next(iter(known), default_database())).open()


def offer_copies(window: MainWindow, notifier: Notifier, file: Path, error: StorageError) -> None:
    """Say why a file was not opened, with a button that shows its copies."""
    notifier.say(
        texts.message(error),
        "wrong",
        action=_("Return to a backup…"),
        on_action=partial(return_to_copy, window, file),
    )


def _settings(window: MainWindow) -> None:
    desk = window.desk
    if desk is None:
        return
    if desk.database.path is None:
        desk.notifier.show(StorageError("storage.backup-needs-file"))
        return
    BackupSettingsDialog(desk, window).open()
