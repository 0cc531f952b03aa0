"""What the window does to keep the file safe; each part of it has a module of its own."""

from __future__ import annotations

from collections.abc import Callable

from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.trust.backup_acts import backup_handlers
from fujisawa_desktop.views.trust.journal_acts import journal_handlers
from fujisawa_desktop.views.trust.retention_acts import retention_handlers
from fujisawa_desktop.views.trust.seats_acts import seats_handlers
from fujisawa_desktop.views.trust.server_acts import server_acts


def trust_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is done for which action; the open file is ``window.desk`` at that moment."""
    parts: tuple[Callable[[MainWindow], dict[str, Callable[[], object]]], ...] = (
        backup_handlers,
        journal_handlers,
        retention_handlers,
        server_acts,
        seats_handlers,
    )
    return {name: act for part in parts for name, act in part(window).items()}
