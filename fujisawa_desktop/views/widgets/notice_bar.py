"""Messages inside the window: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.theme import Space, Tone, tokens
from fujisawa_desktop.views.widgets.basic import Button, IconButton, restyle
from fujisawa_desktop.views.widgets.running_text import RunningText

_SIGNS: Final[dict[Tone, str]] = {
    "key": "info",
    "good": "good",
    "caution": "caution",
    "wrong": "wrong",
    "neutral": "info",
}
INFO_MILLISECONDS: Final = 12_000


class NoticeBar(QFrame):
    """One message with its sign, at most two buttons, and a cross; hidden when there is none.

    Good news leaves by itself, anything else waits to be read.

    Signals:
        closed(): the person closed the message.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._sign = QLabel()
        self._tone: Tone = "key"
        self._text = RunningText()
        self._button = Button("")
        self._first, self._second = Button(""), Button("")
        self._choice = QWidget()
        self._on_act: dict[Button, Callable[[], object] | None] = {}
        for button in (self._button, self._first, self._second):
            button.clicked.connect(partial(self._act, button))
        self._close = IconButton("close", _("Close this message"), self.close_message)
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(self._sign)
        line.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._button)
        line.addWidget(self._close)
        choice = QHBoxLayout(self._choice)
        choice.setContentsMargins(Space.XL + Space.XS, 0, 0, Space.XS)
        choice.setSpacing(Space.S)
        choice.addWidget(self._first)
        choice.addWidget(self._second)
        choice.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.XS, Space.XS, Space.XS)
        column.setSpacing(Space.XS)
        column.addLayout(line)
        column.addWidget(self._choice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_message)
        self.hide()

    def show_message(
        self,
        text: str,
        tone: Tone = "key",
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        other: str = "",
        on_other: Callable[[], object] | None = None,
    ) -> None:
        """Show one message instead of the one before, with a button for an act, or for one of two."""
        restyle(self, "tone", tone)
        self._tone = tone
        self._show_sign()
        self._text.set_text(text)
        alone = "" if other else action
        self._choice.setVisible(bool(other))  # two buttons beside the text would leave it no room
        for button, words, act in (
            (self._button, alone, on_action),
            (self._first, action if other else "", on_action),
            (self._second, other, on_other),
        ):
            button.setText(words)
            button.setVisible(bool(words))
            self._on_act[button] = act
        self.setAccessibleName(text)
        self.show()
        if tone in ("key", "good"):
            self._timer.start(INFO_MILLISECONDS)
        else:
            self._timer.stop()

    def text(self) -> str:
        """Return the message shown, empty when none is."""
        return "" if self.isHidden() else self._text.text()

    def sizeHint(self) -> QSize:
        """Return as much room as the text takes at the width the bar has: it never takes more."""
        hint = super().sizeHint()
        layout = self.layout()
        return hint if layout is None else QSize(hint.width(), layout.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height when the text wraps otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign again in the colours of another scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self.isHidden():
            self._show_sign()

    def _show_sign(self) -> None:
        colour = tokens().text_of(self._tone).name()
        self._sign.setPixmap(icon(_SIGNS[self._tone], colour).pixmap(18, 18))

    def close_message(self) -> None:
        """Put the message away."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def _act(self, button: Button) -> None:
        act = self._on_act.get(button)
        self.close_message()
        if act is not None:
            act()


class InlineNotice(QFrame):
    """What is odd about one thing, explained where it is decided, with the buttons that decide it."""

    def __init__(self, title: str, text: str = "", tone: Tone = "caution") -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", tone)
        self.setAccessibleName(f"{title} {text}".strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        column.addWidget(RunningText(title, tone))
        if text:
            column.addWidget(RunningText(text))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(Space.S)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def add_button(self, text: str, on_click: Callable[[], object]) -> Button:
        """Append a button that decides the matter."""
        button = Button(text, on_click)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button
