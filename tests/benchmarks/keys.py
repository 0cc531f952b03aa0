"""Somebody typing into a search box with the rhythm of a person, and how soon the rows follow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

WORDS: Final = (
    "タカハシ", "くるみざわ", "髙橋", "見本大学", "0900", "サトウ アオイ", "ﾜﾀﾅﾍﾞ", "sample0001", "葛西",
)  # fmt: skip
PAUSES: Final = (0.08, 0.12, 0.16, 0.25, 0.4)
"""Seconds between two keys."""


def strokes() -> Iterator[str]:
    """Yield the keys: each word letter by letter, then the box is emptied by Backspace."""
    for word in WORDS:
        yield from word
        yield from "\b" * len(word)


class PaintClock(QObject):
    """Notes how long things took until they stood on the screen.

    Append the moment of a key or a click to ``waiting``; call ``note`` when its rows are in the
    model: the next paint of ``surface`` shows them, and the seconds up to its end are kept.
    """

    def __init__(self, app: QApplication, surface: QWidget) -> None:
        super().__init__()
        self._app = app
        self._in_model = False
        self.waiting: list[float] = []
        self.seconds: list[float] = []
        surface.installEventFilter(self)

    def note(self) -> None:
        """Rows for the present question are in the model."""
        self._in_model = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        if event.type() == QEvent.Type.Paint and self._in_model:
            self._in_model = False
            self._app.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def customEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt calls it so
        now = time.perf_counter()
        self.seconds += [now - pressed for pressed in self.waiting]
        self.waiting.clear()


class Typist(PaintClock):
    """Types, and notes for each key the moment at which rows for it stood on the screen."""

    def __init__(self, app: QApplication, box: QLineEdit, surface: QWidget) -> None:
        super().__init__(app, surface)
        self._box = box

    def type_all(self, run: Callable[[float], None]) -> list[float]:
        """Type everything; ``run`` keeps the event loop going for some seconds."""
        for key, pause in zip(strokes(), cycle(PAUSES), strict=False):
            self._press(key)
            run(pause)
        run(2.0)
        assert not self.waiting, "no rows came for the last keys"
        return self.seconds

    def _press(self, key: str) -> None:
        code = Qt.Key.Key_Backspace if key == "\b" else Qt.Key.Key_unknown
        text = "" if key == "\b" else key
        self.waiting.append(time.perf_counter())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._app.sendEvent(self._box, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


def run_for(_app: QApplication, seconds: float) -> None:
    """Keep the event loop going as the program does: asleep until something happens."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
