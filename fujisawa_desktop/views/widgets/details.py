"""The pane beside a list that tells everything about one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QLayoutItem,
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
    """Names at the left, values beside them; values wrap and can be copied.

    Attributes:
        figures: the values are numbers, at the right.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = (), *, figures: bool = False) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self.figures = figures
        self._lines: list[tuple[TextLabel, TextLabel | RunningText]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show these instead; lines that stand already are written anew, which is far quicker."""
        listed = list(pairs)
        while len(self._lines) > len(listed):
            for widget in self._lines.pop():
                self._grid.removeWidget(widget)
                widget.setParent(None)
                widget.deleteLater()
        for name, value in listed[len(self._lines) :]:
            self._add_line(name, value)
        for (label, shown), (name, value) in zip(self._lines, listed, strict=True):
            label.setText(name)
            if isinstance(shown, RunningText):
                shown.set_text(value)
            else:
                shown.setText(value)
            shown.setAccessibleName(f"{name} {value}")

    def _add_line(self, name: str, value: str) -> None:
        label = TextLabel(name, "secondary")
        label.setAlignment(Qt.AlignmentFlag.AlignBottom)  # the base line of running text
        label.setMinimumHeight(int(BODY_PX * LINE_HEIGHT))
        shown: TextLabel | RunningText
        if self.figures:
            shown = TextLabel(value)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        else:
            shown = RunningText()
        at = len(self._lines)
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, at, 1)
        self._lines.append((label, shown))


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
        self._sheet = QWidget()
        self._sheet.setProperty("role", "sheet")
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        self._column.setSpacing(Space.S)
        self._column.addStretch(1)
        self.area.setWidget(self._sheet)
        self._spare_texts: list[RunningText] = []
        self._spare_grids: list[KeyValueGrid] = []

    def sizeHint(self) -> QSize:
        """Ask for the width it was made for."""
        return QSize(self._preferred, 400)

    def clear(self) -> None:
        """Start a new column; plain texts and grids are put aside and written anew.

        To make and style the two dozen widgets of a person takes longer than all else of showing them.
        """
        while self._column.count() > 1:
            self._put_aside(self._column.takeAt(0))
        self.area.verticalScrollBar().setValue(0)

    @contextmanager
    def rewriting(self) -> Iterator[None]:
        """Lay the column out once when all is written, not after every line."""
        self._sheet.hide()
        try:
            yield
        finally:
            self._sheet.show()

    def _put_aside(self, item: QLayoutItem | None) -> None:
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if isinstance(inner, QLayout):
            while inner.count():
                self._put_aside(inner.takeAt(0))
        if not isinstance(widget, QWidget):
            return
        widget.hide()
        if type(widget) is RunningText and widget.property("tone") is None:
            self._spare_texts.append(widget)
        elif type(widget) is KeyValueGrid and not widget.figures:
            self._spare_grids.append(widget)
        else:
            widget.setParent(None)
            widget.deleteLater()

    def add(self, widget: QWidget) -> None:
        """Append any widget."""
        self._column.insertWidget(self._column.count() - 1, widget)
        widget.show()

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
        shown = self._spare_texts.pop() if self._spare_texts else RunningText()
        shown.set_text(text)
        self.add(shown)

    def add_pairs(self, pairs: Iterable[tuple[str, str]], *, figures: bool = False) -> None:
        """Append names and values."""
        if figures or not self._spare_grids:
            self.add(KeyValueGrid(pairs, figures=figures))
            return
        grid = self._spare_grids.pop(0)
        grid.set_pairs(pairs)
        self.add(grid)

    def add_history(self, lines: Iterable[tuple[str, str]]) -> None:
        """Append what happened: when and what, one line each, latest first."""
        self.add_pairs(lines)

    def labels(self) -> list[str]:
        """Return every text shown, from top to bottom (for tests and for copying)."""
        return list(_texts(self._column))


def _texts(layout: QLayout) -> Iterator[str]:
    items = (layout.itemAt(at) for at in range(layout.count()))
    for item in filter(None, items):
        widget, inner = item.widget(), item.layout()
        if isinstance(widget, QLabel | RunningText):
            if widget.text():
                yield widget.text()
            continue
        within = widget.layout() if isinstance(widget, QWidget) else inner
        if isinstance(within, QLayout):
            yield from _texts(within)
