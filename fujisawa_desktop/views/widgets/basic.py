"""Labels, buttons and panels in the window's look; every text is plain text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import Space, Tone

TextRole = Literal["body", "heading", "title", "figure", "secondary", "small", "bold"]


def plain(text: str) -> str:
    """Return ``text`` for a button or menu, where a single ``&`` would become an access key."""
    return text.replace("&", "&&")


def tool_tip(text: str) -> str:
    """Return a text for a tool tip, in which Qt would otherwise read markup: what people typed stays text."""
    return f"<p>{escape(text)}</p>".replace("\n", "<br>") if "<" in text else text


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the stylesheet looks at and let the widget take on its new look."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class TextLabel(QLabel):
    """One line of plain text in a role of the type scale."""

    def __init__(self, text: str = "", role: TextRole = "body", tone: Tone | None = None) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone is not None:
            self.setProperty("tone", tone)
        below = {"figure": 5, "title": 4}.get(role, 2)
        # BIZ UDPGothic draws its Latin letters into the square of a kanji: g, p and y end 0.12 em under the
        # line, as if cut, and the font's own line ends there too.  Room under it sets them off.
        self.setContentsMargins(0, 1, 0, below)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text, whatever letters it holds."""
        meet(text)
        super().setText(text)

    def set_tone(self, tone: Tone | None) -> None:
        """Show the text in that tone, or in the colour of its role."""
        restyle(self, "tone", tone)


class ElidedLabel(TextLabel):
    """A line that is shortened with … where there is no room; the whole text is its tool tip."""

    def __init__(self, text: str = "", role: TextRole = "body") -> None:
        self._whole = ""
        super().__init__("", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Show ``text``, shortened when it must be."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def whole(self) -> str:
        """Return the text before shortening."""
        return self._whole

    def _fit(self) -> None:
        room = max(self.width(), 0)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(tool_tip(self._whole) if shown != self._whole else "")

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow place."""
        return QSize(32, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Shorten again for the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()


class Button(QPushButton):
    """A push button; ``kind`` is its look: primary (one a screen), secondary, link or icon."""

    def __init__(
        self, text: str, on_click: Callable[[], object] | None = None, kind: str = "secondary"
    ) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if on_click is not None:
            handler = on_click
            self.clicked.connect(lambda _checked=False: handler())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button it stands on; Qt would press the default one of the dialog instead."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isEnabled():
            self.click()
            return
        super().keyPressEvent(event)


class PrimaryButton(Button):
    """The one thing this screen is for."""

    def __init__(self, text: str, on_click: Callable[[], object] | None = None) -> None:
        super().__init__(text, on_click, "primary")


class SecondaryButton(Button):
    """Any other thing one can do here."""


class LinkButton(Button):
    """A small act inside running information."""

    def __init__(self, text: str, on_click: Callable[[], object] | None = None) -> None:
        super().__init__(text, on_click, "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class IconButton(Button):
    """A button that shows only an icon; its name is said to screen readers and in the tool tip."""

    def __init__(self, icon_name: str, name: str, on_click: Callable[[], object] | None = None) -> None:
        super().__init__("", on_click, "icon")
        self._icon_name = icon_name
        self.setIcon(icon(icon_name))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the ink of a new colour scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIcon(icon(self._icon_name))


class MenuButton(Button):
    """A button that opens a list of acts."""

    def __init__(self, text: str, kind: str = "secondary") -> None:
        super().__init__(text, None, kind)
        restyle(self, "hasMenu", value=True)
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    def add(self, text: str, on_click: Callable[[], object]) -> QAction:
        """Append one act."""
        action = self._menu.addAction(text)
        action.triggered.connect(lambda _checked=False: on_click())
        return action


def rule() -> QFrame:
    """Return a thin line between rows."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


class Panel(QFrame):
    """A white area with a thin line, a heading and room for widgets under it.

    Attributes:
        header: the row of the heading; ``header.addWidget`` puts things at its right end.
        body: the column for the contents.
    """

    def __init__(self, title: str = "", *, role: str = "panel", margin: int = Space.L) -> None:
        super().__init__()
        self.setProperty("role", role)
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, margin - 2, margin, margin)
        column.setSpacing(Space.S)
        self.header = QHBoxLayout()
        self.header.setSpacing(Space.S)
        self.heading = TextLabel(title, "heading")
        if not title:
            self.heading.hide()
        self.header.addWidget(self.heading)
        self.header.addStretch(1)
        column.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.S)
        column.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))
        self.setAccessibleName(title)


def row(*items: QWidget | int | None, spacing: int = Space.S) -> QHBoxLayout:
    """Return widgets side by side; ``None`` is a stretch, a number a fixed gap."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            layout.addWidget(item)
    return layout
