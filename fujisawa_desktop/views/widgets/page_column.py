"""The column of a window or dialog, begun with what it is called and what it is for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets.basic import TextLabel
from fujisawa_desktop.views.widgets.running_text import RunningText


def page_column(page: QWidget, title: str, explanation: str = "") -> QVBoxLayout:
    """Lay out a page from top to bottom and return the column, to be gone on with.

    Args:
        page: the window or dialog; it has no layout yet.
        title: what it is called.
        explanation: what it is for; empty leaves it out.
    """
    column = QVBoxLayout(page)
    column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
    column.setSpacing(Space.M)
    column.addWidget(TextLabel(title, "title"))
    if explanation:
        column.addWidget(RunningText(explanation, "neutral"))
    return column
