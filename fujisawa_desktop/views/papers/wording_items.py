"""Numbered items of a letter: a label and its lines, in an order that can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.wording_checks import WordingFault
from fujisawa_desktop.services.wording_shape import Shape
from fujisawa_desktop.services.wording_words import KnownWord
from fujisawa_desktop.views.papers.wording_edit import WordingEdit
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import IconButton, LinkButton, RunningText, row

_LABEL_WIDTH: Final = 116
_LABEL: Final = "label"


class ItemRow(QWidget):
    """One item.

    Signals:
        edited(): label or lines were changed.
    """

    edited = Signal()

    def __init__(self, words: Sequence[KnownWord], *, read_only: bool) -> None:
        super().__init__()
        self.label = WordingEdit(Shape.LINE)
        self.label.setFixedWidth(_LABEL_WIDTH)
        self.lines = WordingEdit(Shape.PARAGRAPHS, words, lines=1)
        self.up = IconButton("up", _("Move this item up"))
        self.down = IconButton("down", _("Move this item down"))
        self.remove = IconButton("close", _("Remove this item"))
        self._error = RunningText("", "wrong")
        self._error.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.XS)
        for widget in (self.label, self.lines, self.up, self.down, self.remove):
            line.addWidget(widget, 1 if widget is self.lines else 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._error)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        for edit in (self.label, self.lines):
            edit.edited.connect(self.edited)
            edit.setReadOnly(read_only)
        for button in (self.up, self.down, self.remove):
            button.setVisible(not read_only)

    def name(self, number: int) -> None:
        """Let a screen reader say which item this is."""
        self.label.setAccessibleName(_("Label of item {number}").format(number=number))
        self.lines.setAccessibleName(_("Lines of item {number}").format(number=number))

    def show_faults(self, faults: Sequence[tuple[str, WordingFault]]) -> None:
        """Underline what is wrong in this item and say it below; places are those within the item."""
        self.label.show_marks((None, one.line, one.word) for place, one in faults if place == _LABEL)
        self.lines.show_marks((int(place), one.line, one.word) for place, one in faults if place != _LABEL)
        sentences = [texts.message_for(one.code, one.params()) for _place, one in faults]
        self._error.set_text("\n".join(sentences))
        self._error.setVisible(bool(sentences))

    def error(self) -> str:
        """Return what is said to be wrong."""
        return "" if self._error.isHidden() else self._error.text()


class ItemsEditor(QWidget):
    """The items of a letter.

    Signals:
        edited(): something was changed.
        entered(WordingEdit): the person is in this text now.
    """

    edited = Signal()
    entered = Signal(object)

    def __init__(self, keys: tuple[str, str], words: Sequence[KnownWord], *, read_only: bool) -> None:
        super().__init__()
        self._keys = keys
        self._words = words
        self._read_only = read_only
        self.rows: list[ItemRow] = []
        self.add_button = LinkButton(_("Add an item"), self.add)
        self.add_button.setVisible(not read_only)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._column.addLayout(row(self.add_button, None))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def value(self) -> list[dict[str, Any]]:
        """Return the items from top to bottom."""
        label, lines = self._keys
        return [{label: one.label.value(), lines: one.lines.value()} for one in self.rows]

    def set_value(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Show other items."""
        for one in self.rows:
            self._drop(one)
        self.rows = []
        label, lines = self._keys
        for item in items:
            made = self._append()
            made.label.set_value(item[label])
            made.lines.set_value(item[lines])
        self._number()

    def add(self) -> None:
        """Add an empty item at the end and go there."""
        made = self._append()
        self._number()
        made.label.setFocus()
        self.edited.emit()

    def show_faults(self, faults: Iterable[WordingFault]) -> None:
        """Show what is wrong beside the item it is wrong in."""
        found: dict[int, list[tuple[str, WordingFault]]] = {}
        for fault in faults:
            number, _dot, place = fault.place.partition(".")
            if number.isdigit():
                found.setdefault(int(number), []).append((place, fault))
        for at, one in enumerate(self.rows):
            one.show_faults(found.get(at, ()))

    def _append(self) -> ItemRow:
        made = ItemRow(self._words, read_only=self._read_only)
        made.edited.connect(self.edited)
        for edit in (made.label, made.lines):
            edit.entered.connect(self.entered)
        acts: Sequence[tuple[IconButton, Callable[[], object]]] = (
            (made.up, partial(self._move, made, -1)),
            (made.down, partial(self._move, made, 1)),
            (made.remove, partial(self._remove, made)),
        )
        for button, act in acts:
            button.clicked.connect(lambda _checked=False, act=act: act())
        self._column.insertWidget(len(self.rows), made)
        self.rows.append(made)
        return made

    def _move(self, one: ItemRow, by: int) -> None:
        at = self.rows.index(one)
        self.rows.insert(at + by, self.rows.pop(at))
        self._column.removeWidget(one)
        self._column.insertWidget(at + by, one)
        self._number()
        button = one.up if by < 0 else one.down
        (button if button.isEnabled() else one.label).setFocus()
        self.edited.emit()

    def _remove(self, one: ItemRow) -> None:
        at = self.rows.index(one)
        self.rows.remove(one)
        self._drop(one)
        self._number()
        (self.rows[min(at, len(self.rows) - 1)].label if self.rows else self.add_button).setFocus()
        self.edited.emit()

    def _drop(self, one: ItemRow) -> None:
        self._column.removeWidget(one)
        one.hide()
        one.deleteLater()

    def _number(self) -> None:
        before: QWidget | None = None
        for at, one in enumerate(self.rows):
            one.name(at + 1)
            one.up.setEnabled(at > 0)
            one.down.setEnabled(at < len(self.rows) - 1)
            for widget in (one.label, one.lines, one.up, one.down, one.remove):
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        if before is not None:
            QWidget.setTabOrder(before, self.add_button)
