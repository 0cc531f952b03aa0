"""Line edits that live well with Japanese input: nothing is refused while it is being composed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import tokens

T = TypeVar("T")


def commit_typing() -> None:
    """Take in what is still being composed with an input method, before saving."""
    QGuiApplication.inputMethod().commit()


class LineEdit(QLineEdit):
    """A line edit that ignores Return while a word is being composed."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._composing = False
        meet(text)
        self.textChanged.connect(meet)

    def composing(self) -> bool:
        """Return whether an input method holds letters not taken in yet."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether something is being composed."""
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Return and Escape to the input method while it composes."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if self._composing and event.key() in keys:
            event.accept()
            return
        super().keyPressEvent(event)


class SearchField(LineEdit):
    """The one search box of a screen; tells every finished letter at once.

    Signals:
        searched(str): the text changed (never in the middle of composing).
        go_down(): the person pressed ↓ or Return and wants to go to the results.
    """

    searched = Signal(str)
    go_down = Signal()

    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)
        self._sign = QAction(icon("search", tokens().secondary), "", self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self.searched)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the box; ↓ and Return go to the results."""
        if not self.composing():
            if event.key() == Qt.Key.Key_Escape and self.text():
                self.clear()
                return
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go_down.emit()
                return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sign"):
            self._sign.setIcon(icon("search", tokens().secondary))


class ValueEdit(LineEdit, Generic[T]):
    """A line edit for a value with a written form: a date, a time, a number.

    Full-width digits and every form ``parse`` knows are accepted; on leaving the field the
    value is written in its usual form.  Text that cannot be read stays as typed.

    Signals:
        value_changed(): the person finished a change.
    """

    value_changed = Signal()

    def __init__(self, parse: Callable[[str], T], show: Callable[[T], str], *, width: int = 150) -> None:
        super().__init__()
        self._parse = parse
        self._show = show
        self._last = ""
        self.setFixedWidth(width)
        self.editingFinished.connect(self._tidy)

    def value(self) -> T | None:
        """Return the value, ``None`` when the field is empty.

        Raises:
            ValidationError: the text cannot be read.
        """
        text = unicodedata.normalize("NFKC", self.text()).strip()
        return self._parse(text) if text else None

    def set_value(self, value: T | None) -> None:
        """Write ``value`` in its usual form."""
        self.setText("" if value is None else self._show(value))
        self._last = self.text()

    def _tidy(self) -> None:
        try:
            value = self.value()
        except ValidationError:
            changed = self.text() != self._last
            self._last = self.text()
        else:
            before = self._last
            self.set_value(value)
            changed = self._last != before
        if changed:
            self.value_changed.emit()


def whole_number(text: str, *, field: str = "number", lowest: int = 0) -> int:
    """Read a whole number, with or without thousands separators and a unit after it.

    Raises:
        ValidationError: ``number.unreadable`` or ``number.too-small``.
    """
    digits = unicodedata.normalize("NFKC", text).strip().replace(",", "").rstrip("円名人分日時間")
    try:
        number = int(digits)
    except ValueError as error:
        raise ValidationError("number.unreadable", field=field, text=text) from error
    if number < lowest:
        raise ValidationError("number.too-small", field=field, lowest=lowest)
    return number


class NumberEdit(ValueEdit[int]):
    """A whole number, right-aligned, that accepts full-width digits."""

    def __init__(self, field: str = "number", *, lowest: int = 0, width: int = 90) -> None:
        super().__init__(lambda text: whole_number(text, field=field, lowest=lowest), _grouped, width=width)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _grouped(number: int) -> str:
    return f"{number:,}"
