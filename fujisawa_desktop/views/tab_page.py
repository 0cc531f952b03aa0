"""The base of every tab: built when first shown, refreshed only for the kinds it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.views.desk import Desk


class TabPage(QWidget):
    """One tab.

    A tab hidden while something changed is refreshed when it is shown again.

    Attributes:
        kinds: names of the tables whose change concerns this tab.
        desk: what it works with.

    Signals:
        act_wanted(str): the person pressed a button for this action of the table.
        acts_changed(): the tab serves other actions of the table now.
    """

    act_wanted = Signal(str)
    acts_changed = Signal()

    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._shown_once = False
        self._stale = False
        desk.changed.connect(self._on_changed)
        desk.programme_changed.connect(self._on_programme_changed)

    def first_shown(self) -> None:
        """Load for the first time; called once, when the tab becomes visible."""
        self.reload()

    def reload(self) -> None:
        """Query everything again (F5, another programme)."""

    def shows(self, change: ChangeSet) -> bool:
        """Return whether ``change`` touched what the tab shows; the default goes by :attr:`kinds`."""
        return bool(change.kinds & self.kinds)

    def refresh(self, change: ChangeSet) -> None:
        """Query again what ``change`` touched; the default queries everything."""
        _ = change
        self.reload()

    def actions_served(self) -> Mapping[str, Callable[[], object]]:
        """Return what this tab does for the actions of the table, by their id."""
        return {}

    def focus_search(self) -> None:
        """Go to the tab's search box (Ctrl+F), if it has one."""

    def accepts_file(self, path: Path) -> bool:
        """Return whether a file dropped on the window is for this tab."""
        _ = path
        return False

    def open_file(self, path: Path) -> None:
        """Take in a dropped file that :meth:`accepts_file` agreed to."""

    def save_state(self) -> None:
        """Remember column widths and the like in ``desk.settings``; called before the window closes."""

    def can_leave(self) -> bool:
        """Return whether nothing typed would be lost; a tab with a form asks the person if need be."""
        return True

    def _on_changed(self, change: ChangeSet) -> None:
        if not self._shown_once or not self.shows(change):
            return
        if self.isVisible():
            self.refresh(change)
        else:
            self._stale = True

    def _on_programme_changed(self) -> None:
        if self._shown_once and self.isVisible():
            self.reload()
        else:
            self._stale = self._shown_once

    def showEvent(self, event: QShowEvent) -> None:
        """Load when shown for the first time, or when something changed meanwhile."""
        super().showEvent(event)
        if not self._shown_once:
            self._shown_once = True
            self.first_shown()
        elif self._stale:
            self._stale = False
            self.reload()
