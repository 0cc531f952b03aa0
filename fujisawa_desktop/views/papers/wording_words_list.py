"""使える語: the words the text being written may use, with what they mean and what they print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.wording_words import KnownWord
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import DataTable, SecondaryButton, TextLabel, row
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_ROW: Final = 28


class _Words(DataTable):
    """The table; Enter takes the word."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the word with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class WordsList(QWidget):
    """A table of words; a double click or Enter writes one at the cursor.

    Signals:
        chosen(KnownWord, bool): write this word, with ``True`` as a condition.
    """

    chosen = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.words: tuple[KnownWord, ...] = ()
        self.model = TextTableModel(self)
        self.table = _Words(_("Words this text may use"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.insert_button = SecondaryButton(_("Insert"), lambda: self._take(as_condition=False))
        self.condition_button = SecondaryButton(
            _("Only if there is this word"), lambda: self._take(as_condition=True)
        )
        self.condition_button.setToolTip(
            _("Puts what is selected between “if” and “endif”: it is printed only if the word has a content.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, Space.M, 0)
        column.setSpacing(Space.XS)
        title = TextLabel(_("Words this text may use"), "bold")
        column.addLayout(row(title, None, self.condition_button, self.insert_button))
        column.addWidget(self.table, 1)
        self.table.doubleClicked.connect(lambda _index: self._take(as_condition=False))
        self.table.taken.connect(lambda: self._take(as_condition=False))
        self.show_none()

    def show_none(self) -> None:
        """Offer nothing while the person is in no text."""
        self.table.empty.say(_("Go to a text"), _("The words it may use are listed here."))
        self._show(())

    def show_words(self, words: Sequence[KnownWord], *, can_insert: bool = True) -> None:
        """Offer the words of the text the person is in."""
        self.table.empty.say(
            _("No words here"), _("The text you are in is printed as it stands, so it may use no words.")
        )
        if tuple(words) != self.words or not words:
            self._show(words)
        for button in (self.insert_button, self.condition_button):
            button.setEnabled(bool(words) and can_insert)

    def _show(self, words: Sequence[KnownWord]) -> None:
        self.words = tuple(words)
        self.model.show_rows(_headings(), [_cells(word) for word in words])
        self.table.show_emptiness()
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        self.table.resizeColumnsToContents()
        header.setStretchLastSection(True)
        if words:
            self.table.select_row(0)
        for button in (self.insert_button, self.condition_button):
            button.setEnabled(False)

    def _take(self, *, as_condition: bool) -> None:
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.words) and self.insert_button.isEnabled():
            self.chosen.emit(self.words[at], as_condition)


def _headings() -> tuple[str, ...]:
    return (_("Word"), _("What it means"), _("For example"))


def _cells(word: KnownWord) -> tuple[str, ...]:
    shown = f"{{% if {word.word} %}}" if word.is_condition else word.word
    return (shown, word.meaning, word.example)
