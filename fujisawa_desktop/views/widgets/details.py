"""The pane beside a list that tells everything about one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar, cast

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

from fujisawa_desktop.views.theme import BODY_PX, LINE_HEIGHT, Space, Tone
from fujisawa_desktop.views.widgets.basic import TextLabel
from fujisawa_desktop.views.widgets.pill import PillRow, PillText
from fujisawa_desktop.views.widgets.running_text import RunningText

_Widget = TypeVar("_Widget", bound=QWidget)


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


class _Title(TextLabel):
    """The name of the thing; a long one is wrapped."""

    def __init__(self) -> None:
        super().__init__("", "title")
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(1)


class _Heading(TextLabel):
    """The heading of a section."""

    def __init__(self) -> None:
        super().__init__("", "heading")


_TEXT, _ABOVE, _TITLE, _HEADING, _PILLS, _GRID = "text", "above", "title", "heading", "pills", "grid"
_FIGURES: Final = "figures"
_KINDS: Final[dict[type[QWidget], str]] = {_Title: _TITLE, _Heading: _HEADING, PillRow: _PILLS}


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
        self._spare: dict[str, list[QWidget]] = {}

    def sizeHint(self) -> QSize:
        """Ask for the width it was made for."""
        return QSize(self._preferred, 400)

    def clear(self) -> None:
        """Start a new column; what the pane itself made is put aside and written anew.

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
        kind = _kind(widget)
        if kind:
            self._spare.setdefault(kind, []).append(widget)
        else:
            widget.setParent(None)
            widget.deleteLater()

    def again(self, name: str, make: Callable[[], _Widget]) -> _Widget:
        """Return one of the widgets put aside under a name (their property ``spare``), or a new one."""
        spare = self._spare.get(name)
        return cast("_Widget", spare.pop(0)) if spare else make()

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
            self._add_running(above, _ABOVE, "neutral")
        title = self.again(_TITLE, _Title)
        title.setText(text)
        self.add(title)

    def add_pills(self, pills: Sequence[PillText]) -> None:
        """Append states."""
        shown = self.again(_PILLS, PillRow)
        shown.set_pills(pills)
        self.add(shown)

    def add_heading(self, text: str) -> None:
        """Append the heading of a section."""
        self._column.insertSpacing(self._column.count() - 1, Space.XS)
        heading = self.again(_HEADING, _Heading)
        heading.setText(text)
        self.add(heading)

    def add_text(self, text: str) -> None:
        """Append running text."""
        self._add_running(text, _TEXT, None)

    def _add_running(self, text: str, name: str, tone: Tone | None) -> None:
        shown = self.again(name, lambda: RunningText(tone=tone))
        shown.set_text(text)
        self.add(shown)

    def add_pairs(self, pairs: Iterable[tuple[str, str]], *, figures: bool = False) -> None:
        """Append names and values."""
        name = _FIGURES if figures else _GRID
        grid = self.again(name, lambda: KeyValueGrid(figures=figures))
        grid.set_pairs(pairs)
        self.add(grid)

    def add_history(self, lines: Iterable[tuple[str, str]]) -> None:
        """Append what happened: when and what, one line each, latest first."""
        self.add_pairs(lines)

    def labels(self) -> list[str]:
        """Return every text shown, from top to bottom (for tests and for copying)."""
        return list(_texts(self._column))


def _kind(widget: QWidget) -> str:
    """Return under which name a widget is put aside; nothing for what somebody else made."""
    if type(widget) is RunningText:
        return {None: _TEXT, "neutral": _ABOVE}.get(widget.property("tone"), "")
    if type(widget) is KeyValueGrid:
        return _FIGURES if widget.figures else _GRID
    return _KINDS.get(type(widget), "") or str(widget.property("spare") or "")


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
