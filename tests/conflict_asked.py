"""The question that stands over a window when somebody else saved meanwhile."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.views.trust.conflict_dialog import ConflictAsking


def asked(over: QWidget) -> ConflictAsking[Any]:
    """Return the one question that is open over a widget."""
    (found,) = [one for one in over.findChildren(ConflictAsking) if one.isVisible()]
    return found
