"""The menu of the hours grid: all that can be done with the chosen cells, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.views.widgets import plain

WEEKS: Final = (2, 3, 4)

Do = Callable[[str], object]
"""Does an act of the grid by its name; a pattern is named ``fill:`` and its sign."""


def fill_hours_menu(
    menu: QMenu, *, patterns: Sequence[WorkPattern], writable: bool, worked: bool, do: Do
) -> None:
    """Offer what can be done; what cannot be is grey.

    Args:
        menu: the menu to fill.
        patterns: the usual days of the programme.
        writable: hours may be typed into the chosen cells.
        worked: there is worked time in them.
        do: does it.
    """

    def add(act: str, text: str, key: str, *, on: bool = writable, into: QMenu = menu) -> QAction:
        action = into.addAction(f"{text}\t{key}" if key else text)
        action.setObjectName(act)
        action.setEnabled(on)
        action.triggered.connect(lambda _checked=False: do(act))
        return action

    add("edit", _("Type hours"), "F2")
    for at, pattern in enumerate(patterns):
        add(f"fill:{pattern.mark}", plain(pattern.name), f"Alt+{at + 1}")
    add("as-planned", _("As planned"), "=")
    add("clear", _("Erase"), "Delete")
    menu.addSeparator()
    add("copy", _("Copy"), "Ctrl+C", on=True)
    add("cut", _("Cut"), "Ctrl+X")
    add("paste", _("Paste"), "Ctrl+V")
    add("down", _("Fill down"), "Ctrl+D")
    add("right", _("Fill to the right"), "Ctrl+R")
    menu.addSeparator()
    add("copy-week:1", _("Copy this week onto the next"), "Ctrl+K")
    more = QMenu(_("Copy this week onto several"), menu)
    more.setEnabled(writable)
    menu.addMenu(more)
    for weeks in WEEKS:
        text = ngettext("The next {count} week", "The next {count} weeks", weeks).format(count=weeks)
        add(f"copy-week:{weeks}", text, "", into=more)
    add("usual-week", _("Plan the usual week into the month"), "Ctrl+U")
    menu.addSeparator()
    add("reason", _("Reason of worked time…"), "F4", on=writable and worked)
    menu.addSeparator()
    add("period", _("Month or week"), "F7", on=True)
