"""The pane beside a list that tells everything about one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.views.theme import BODY_PX, LINE_HEIGHT, Space
from fujisawa_desktop.views.widgets.basic import TextLabel
from fujisawa_desktop.views.widgets.pill import PillRow, PillText
from fujisawa_desktop.views.widgets.running_text import RunningText


class KeyValueGrid(QWidget):
    """Names at the left, values beside them; values wrap and can be copied."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = (), *, figures: bool = False) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self._figures = figures
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show these instead."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, (name, value) in enumerate(pairs):
            label = TextLabel(name, "secondary")
            label.setAlignment(Qt.AlignmentFlag.AlignBottom)  # the base line of running text
            label.setMinimumHeight(int(BODY_PX * LINE_HEIGHT))
            self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._value(name, value), at, 1)

    def _value(self, name: str, value: str) -> QWidget:
        if self._figures:
            figure = TextLabel(value)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            figure.setAccessibleName(f"{name} {value}")
            return figure
        text = RunningText(value)
        text.setAccessibleName(f"{name} {value}")
        return text


class DetailsPane(QFrame):
    """A panel of headings, texts, values and notices that scrolls when it must.

    It is written from top to bottom after ``clear()``.

    Attributes:
        area: what scrolls inside the frame.
    """

    def __init__(self, name: str, *, width: int = 330) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(name)
        self.area = QScrollArea()
        self.area.setAccessibleName(name)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(240)
        self.setMaximumWidth(width + 120)
        self._preferred = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, Space.XS, 1, Space.XS)
        frame.addWidget(self.area)
        self._column = QVBoxLayout()
        self.clear()

    def sizeHint(self) -> QSize:
        """Ask for the width it was made for."""
        return QSize(self._preferred, 400)

    def clear(self) -> None:
        """Start a new column."""
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addStretch(1)
        self._column = column
        self.area.setWidget(sheet)

    def add(self, widget: QWidget) -> None:
        """Append any widget."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def add_line(self, line: QLayout) -> None:
        """Append things side by side."""
        self._column.insertLayout(self._column.count() - 1, line)

    def add_title(self, text: str, above: str = "") -> None:
        """Append the name of the thing, with its reading in small letters above it."""
        if above:
            self.add(RunningText(above, "neutral"))
        title = TextLabel(text, "title")
        title.setWordWrap(True)
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title.setMinimumWidth(1)
        self.add(title)

    def add_pills(self, pills: Sequence[PillText]) -> None:
        """Append states."""
        self.add(PillRow(pills))

    def add_heading(self, text: str) -> None:
        """Append the heading of a section."""
        self._column.insertSpacing(self._column.count() - 1, Space.XS)
        self.add(TextLabel(text, "heading"))

    def add_text(self, text: str) -> None:
        """Append running text."""
        self.add(RunningText(text))

    def add_pairs(self, pairs: Iterable[tuple[str, str]], *, figures: bool = False) -> None:
        """Append names and values."""
        self.add(KeyValueGrid(pairs, figures=figures))

    def add_history(self, lines: Iterable[tuple[str, str]]) -> None:
        """Append what happened: when and what, one line each, latest first."""
        self.add(KeyValueGrid(lines))

    def labels(self) -> list[str]:
        """Return every text shown, from top to bottom (for tests and for copying)."""
        return [
            widget.text()
            for widget in self.area.findChildren(QWidget)
            if isinstance(widget, QLabel | RunningText) and widget.text()
        ]
