"""Menus, toolbar and shortcuts of a window, built from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.action_spec import ActionSpec, When
from fujisawa_desktop.views.action_table import ACTIONS, MENUS, SUBMENUS
from fujisawa_desktop.views.icons import icon


class ActionSet(QObject):
    """The actions of one window, built from a table."""

    def __init__(self, parent: QObject, specs: Iterable[ActionSpec] = ACTIONS) -> None:
        super().__init__(parent)
        self.specs: dict[str, ActionSpec] = {spec.id: spec for spec in specs}
        self._actions: dict[str, QAction] = {key: self._build(spec) for key, spec in self.specs.items()}

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def ids(self) -> list[str]:
        """Return the ids in the order of the table."""
        return list(self._actions)

    def _build(self, spec: ActionSpec) -> QAction:
        action = QAction(_(spec.text), self)
        action.setObjectName(spec.id)
        action.setStatusTip(_(spec.tip))
        action.setCheckable(spec.checkable)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        return action

    def connect_all(self, handle: Callable[[str], object]) -> None:
        """Call ``handle(id)`` whenever an action is triggered."""
        for key, action in self._actions.items():
            action.triggered.connect(lambda _checked=False, key=key: handle(key))

    def fill_menu_bar(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus in the order of the table; return them, those within others too."""
        menus = {menu_id: bar.addMenu(_(title)) for menu_id, title in MENUS.items()}
        groups: dict[str, int] = {}
        for spec in self.specs.values():
            if not spec.menu:
                continue
            if spec.menu not in menus:
                around, title = SUBMENUS[spec.menu]
                self._part(menus[around], around, spec.group, groups)
                menus[spec.menu] = menus[around].addMenu(_(title))
            self._part(menus[spec.menu], spec.menu, spec.group, groups)
            menus[spec.menu].addAction(self._actions[spec.id])
        return menus

    def _part(self, menu: QMenu, menu_id: str, group: int, groups: dict[str, int]) -> None:
        """Draw a line where the group changes."""
        if groups.get(menu_id, group) != group:
            menu.addSeparator()
        groups[menu_id] = group

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Put the actions that have an icon into the toolbar."""
        for spec in self.specs.values():
            if spec.icon:
                bar.addAction(self._actions[spec.id])
        self.draw_icons()

    def draw_icons(self) -> None:
        """Draw the icons in the colours of the theme, with the key in the tool tip."""
        for spec in self.specs.values():
            if spec.icon:
                action = self._actions[spec.id]
                action.setIcon(icon(spec.icon))
                action.setIconVisibleInMenu(False)

    def enable(self, so: Mapping[When, bool], *, served: Container[str] = ()) -> None:
        """Enable the actions whose condition holds; ``served`` are those of the page shown."""
        for key, spec in self.specs.items():
            self._actions[key].setEnabled(key in served if spec.when is When.PAGE else so[spec.when])

    def rename(self, action_id: str, text: str) -> None:
        """Give an action another text, as when 元に戻す names what it takes back."""
        self._actions[action_id].setText(text)
