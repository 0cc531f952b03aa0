"""The journal in the window: its view, the list of acts to take back, and what is copied out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.widgets.clipboard import COPIES

record_list, record_export = (later("exports_journal", name) for name in ("record_list", "record_export"))


def journal_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is done for the actions about the journal."""
    _CopyClerk(window)

    def opened(module: str, name: str) -> None:
        if window.desk is not None:
            # Read when first opened: nothing of it is needed at the start.
            dialog = getattr(import_module(f"fujisawa_desktop.views.trust.{module}"), name)
            dialog(window.desk, window).open()

    return {
        "tools.journal": lambda: opened("journal_window", "JournalWindow"),
        "edit.undo-list": lambda: opened("undo_list", "UndoListDialog"),
    }


class _CopyClerk(QObject):
    """Records what is copied out of a window; lives as long as it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        COPIES.made.connect(self._record)

    @Slot(object, str, int)
    def _record(self, source: QWidget, listing: str, rows: int) -> None:
        desk = self._window.desk
        if desk is None or not self._is_mine(source):
            return
        if listing:
            desk.perform(record_list, file_format="clipboard", count=rows, name=listing, actor=desk.actor)
        else:
            desk.perform(record_export, code="screen.copied", count=rows, actor=desk.actor)

    def _is_mine(self, source: QWidget | None) -> bool:
        while source is not None and source is not self._window:
            source = source.parentWidget()
        return source is not None
