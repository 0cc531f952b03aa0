"""Groups of filters with how many each would show."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.views.theme import Space, tokens
from fujisawa_desktop.views.widgets.basic import TextLabel, tool_tip

_HEIGHT = 23


class CountedCheck(QCheckBox):
    """A check box with a count at its right end; a long text is shortened, never the count."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._label = text
        self._count: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "counted")
        self.setToolTip(tool_tip(text))
        self._say()

    def set_count(self, count: int | None) -> None:
        """Show how many there are; ``None`` shows nothing."""
        self._count = count
        self._say()
        self.update()

    def count(self) -> int | None:
        """Return the count shown."""
        return self._count

    def label(self) -> str:
        """Return the words beside the box."""
        return self._label

    def _say(self) -> None:
        self.setAccessibleName(self._label if self._count is None else f"{self._label} {self._count:,}")

    def sizeHint(self) -> QSize:
        """Ask for the room of box, text and count."""
        text = f"{self._label}  {self._count or 0:,}"
        return QSize(self.fontMetrics().horizontalAdvance(text) + 32, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow column."""
        return QSize(80, _HEIGHT)

    def hitButton(self, _pos: object) -> bool:
        """Let the whole row be the target."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, shortened text and count."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        count = "" if self._count is None else f"{self._count:,}"
        reserved = self.fontMetrics().horizontalAdvance(count) + Space.S if count else 0
        contents = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        room = max(self.width() - contents.left() - reserved, 0)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_CheckBox, option, painter, self)
        colours = tokens()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colours.ink if self.isEnabled() else colours.disabled)
        shown = self.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, room)
        left = self.rect().adjusted(contents.left(), 0, 0, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | middle, shown)
        painter.setPen(colours.secondary if self._count else colours.disabled)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | middle, count)
        painter.end()


class FilterGroup(QWidget):
    """One heading with its check boxes; none ticked means: do not filter by this.

    Signals:
        changed(): the person ticked or unticked something.
    """

    changed = Signal()

    def __init__(self, title: str, options: Iterable[tuple[Hashable, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._title = title
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(TextLabel(title, "secondary"))
        self._boxes: dict[Hashable, CountedCheck] = {}
        self._below: CountedCheck | None = None
        self.set_options(options)

    def set_options(self, options: Iterable[tuple[Hashable, str]]) -> None:
        """Offer these choices; what is ticked stays ticked where it is still offered."""
        wanted = list(options)
        if [(key, box.label()) for key, box in self._boxes.items()] == wanted:
            return
        ticked = self.selected()
        for box in self._boxes.values():
            self._column.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for key, text in wanted:
            box = CountedCheck(text)
            box.setChecked(key in ticked)
            box.setAccessibleDescription(self._title)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes[key] = box
            self._column.addWidget(box)
        if self._below is not None:
            self._column.addWidget(self._below)

    def add_below(self, box: CountedCheck) -> None:
        """Put a box beneath the choices that says how they are meant, and is none of them."""
        box.setAccessibleDescription(self._title)
        self._below = box
        self._column.addWidget(box)

    def set_counts(self, counts: Mapping[Hashable, int]) -> None:
        """Show how many each choice has; a choice not named has none."""
        for key, box in self._boxes.items():
            box.set_count(counts.get(key, 0))

    def selected(self) -> frozenset[Hashable]:
        """Return the ticked choices."""
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())

    def options(self) -> tuple[Hashable, ...]:
        """Return the choices offered, from top to bottom."""
        return tuple(self._boxes)

    def select(self, keys: Iterable[Hashable]) -> None:
        """Tick exactly these; tells it once."""
        wanted = frozenset(keys)
        if wanted == self.selected():
            return
        for key, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(key in wanted)
        self.changed.emit()

    def box(self, key: Hashable) -> CountedCheck:
        """Return the check box of one choice."""
        return self._boxes[key]
