"""How large a window with a list opens: most of a large screen, and never more than a small one has."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

_SHARE: Final = 0.9
"""Of the height of the window it belongs to."""
_WIDER: Final = 1.25
"""Times the width it needs: a line longer than that is harder to follow than it is worth."""
_FRAME: Final = QSize(16, 48)
"""What the system draws around a window."""


def open_roomy(window: QWidget, width: int, height: int, *, grows: bool = False) -> None:
    """Let a window with a list open within the screen, and be made as large as the screen.

    Args:
        window: not shown yet.
        width: what it needs, in pixels; on a small screen it gets less.
        height: likewise.
        grows: its list may be long: it takes more where the window behind it is larger.
    """
    window.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
    wanted, behind = QSize(width, height), window.parentWidget()
    if grows and behind is not None:
        room = behind.window().size() * _SHARE
        wanted = wanted.expandedTo(room.boundedTo(QSize(round(width * _WIDER), room.height())))
    window.resize(wanted.boundedTo(window.screen().availableSize() - _FRAME))
