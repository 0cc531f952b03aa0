"""What an action is: its words, its key, its place, and when it is possible."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class When(Enum):
    """What must be so for an action to be possible."""

    ALWAYS = auto()
    OPEN = auto()
    """A database with a programme lies on the desk."""
    WRITABLE = auto()
    """… and may be written."""
    PAGE = auto()
    """… and the tab shown serves the action at this moment."""
    UNDO = auto()
    REDO = auto()


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: stable name, ``menu.act``.
        text: message id with an access key.
        menu: id of its menu; empty for none.
        tip: message id: what it does, for the status bar.
        shortcut: portable key sequence.
        when: what must be so.
        icon: name of the icon; actions with one stand in the toolbar.
        tab: id of the tab that serves it; the window goes there first.
        checkable: it is a switch.
        group: a line is drawn in the menu where the group changes.
    """

    id: str
    text: str
    menu: str
    tip: str
    shortcut: str = ""
    when: When = When.OPEN
    icon: str = ""
    tab: str = ""
    checkable: bool = False
    group: int = 0
