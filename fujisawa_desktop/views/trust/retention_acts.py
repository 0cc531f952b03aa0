"""The door of the window to keeping and erasing records."""

from __future__ import annotations

from collections.abc import Callable

from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.pages import open_door


def retention_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is done for which action."""

    def show() -> None:
        if window.desk is not None:
            open_door("retention", window.desk, window)

    return {"tools.retention": show}
