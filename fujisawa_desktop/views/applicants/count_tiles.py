"""A row of counts of which one can be chosen to see what is behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import TextLabel


class CountTile(QPushButton):
    """One count with its name; checkable when there is something behind it."""

    def __init__(self, key: str, title: str, count: int, tone: Tone, *, listed: bool) -> None:
        super().__init__()
        self.key = key
        self.setCheckable(True)
        self.setEnabled(listed)
        self.setAutoDefault(False)
        self.setAccessibleName(f"{title} {count:,}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(0)
        figure = TextLabel(f"{count:,}", "title", tone if count and tone != "neutral" else None)
        name = TextLabel(title, "small")
        for label in (figure, name):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)

    def sizeHint(self) -> QSize:
        """Ask for the room of the two lines: a button by itself knows only its own text."""
        return self._column.sizeHint().expandedTo(QSize(96, 0))

    def minimumSizeHint(self) -> QSize:
        """Never cut the two lines."""
        return self.sizeHint()


class CountTiles(QWidget):
    """Counts side by side; the arrow keys move between them.

    Signals:
        chosen(str): key of the count whose list is wanted.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(Space.S)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.tiles: dict[str, CountTile] = {}

    def show_tiles(self, tiles: Sequence[CountTile], chosen: str) -> None:
        """Show these counts with one of them chosen."""
        for old in self.tiles.values():
            self._group.removeButton(old)
            self._line.removeWidget(old)
            old.deleteLater()
        self.tiles = {tile.key: tile for tile in tiles}
        for tile in tiles:
            self._group.addButton(tile)
            self._line.addWidget(tile)
            tile.setChecked(tile.key == chosen)
            tile.toggled.connect(lambda on, key=tile.key: self._tell(key, on=on))

    def _tell(self, key: str, *, on: bool) -> None:
        if on:
            self.chosen.emit(key)
