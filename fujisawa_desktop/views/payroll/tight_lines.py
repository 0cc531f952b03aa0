"""Lines under one another with nothing between them, written anew rather than made anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.views.widgets import RunningText, TextLabel

Look = Literal["label", "heading", "text", "neutral"]
"""A small heading, a heading that wraps, running text, running text in the colour of a note."""
Line = tuple[Look, str]


class TightLines(QWidget):
    """A group of lines in the pane beside the grid.

    To make and style a line takes ten times as long as to write another text into it, and the pane is
    written with every step of the mark.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("spare", "tight")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lines: list[tuple[Look, TextLabel | RunningText]] = []

    def write(self, lines: Sequence[Line]) -> None:
        """Show these lines; those that stand there and look the same take another text."""
        alike = 0
        while alike < min(len(lines), len(self._lines)) and self._lines[alike][0] == lines[alike][0]:
            alike += 1
        while len(self._lines) > alike:
            widget = self._lines.pop()[1]
            self._column.removeWidget(widget)
            widget.setParent(None)
            widget.deleteLater()
        for (_look, shown), (_same, text) in zip(self._lines, lines, strict=False):
            _rewrite(shown, text)
        for look, text in lines[alike:]:
            fresh = _made(look, text)
            self._lines.append((look, fresh))
            self._column.addWidget(fresh)


def _rewrite(widget: TextLabel | RunningText, text: str) -> None:
    if widget.text() == text:
        return
    if isinstance(widget, RunningText):
        widget.set_text(text)
    else:
        widget.setText(text)


def _made(look: Look, text: str) -> TextLabel | RunningText:
    if look == "label":
        return TextLabel(text, "secondary")
    if look == "heading":
        label = TextLabel(text, "heading")
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        return label
    return RunningText(text, "neutral" if look == "neutral" else None)
