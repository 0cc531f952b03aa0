"""A text with words in braces: they are coloured, offered while one is typed, and faults are underlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QMimeData, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QCompleter, QListView

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.wording_shape import Shape
from fujisawa_desktop.services.wording_words import KnownWord
from fujisawa_desktop.views.theme import tokens
from fujisawa_desktop.views.widgets import TextArea

_WORD: Final = re.compile(r"\{\{[^{}\u2028]*\}\}")
_CONDITION: Final = re.compile(r"\{%[^{}\u2028]*%\}")
_WORD_BEGUN: Final = re.compile(r"\{\{\s*([^{}%|\s]*)$")
_CONDITION_BEGUN: Final = re.compile(r"\{%\s*(?:if|elif)\s+(?:\S+\s+)*?(?:not\s+)?([^{}%\s]*)$")
_SOFT_BREAK: Final = "\u2028"
_POPUP_WIDTH: Final = 220


class Mark(NamedTuple):
    """Something to underline: a word in a block of the document, or the whole block."""

    block: int
    word: str


class _Colours(QSyntaxHighlighter):
    """Colours words and conditions, and underlines what is wrong."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.marks: tuple[Mark, ...] = ()

    def highlightBlock(self, text: str) -> None:
        """Colour one block."""
        colours = tokens()
        for pattern, ink, ground in (
            (_WORD, colours.key, colours.key_pale),
            (_CONDITION, colours.caution, colours.caution_pale),
        ):
            for found in pattern.finditer(text):
                look = QTextCharFormat()
                look.setForeground(QColor(ink))
                look.setBackground(QColor(ground))
                self.setFormat(found.start(), len(found.group()), look)
        here = self.currentBlock().blockNumber()
        for mark in self.marks:
            if mark.block == here:
                self._underline(text, mark.word)

    def _underline(self, text: str, word: str) -> None:
        at = text.find(word) if word else -1
        first, last = (at, at + len(word)) if at >= 0 else (0, len(text))
        for place in range(first, last):
            look = self.format(place)
            # Not a wave: drawn below BIZ UDPGothic, whose letters fill the line, it is not seen.
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(QColor(tokens().wrong))
            look.setForeground(QColor(tokens().wrong))
            look.setBackground(QColor(tokens().wrong_pale))
            self.setFormat(place, 1, look)


class WordingEdit(TextArea):
    """One field of a wording.

    A line takes no line end; of paragraphs each has its own line, and Shift+Enter breaks within one.

    Signals:
        edited(): the text is another than before.
        entered(WordingEdit): the person is in this field now.
    """

    edited = Signal()
    entered = Signal(object)

    def __init__(self, shape: Shape, words: Sequence[KnownWord] = (), *, lines: int = 0) -> None:
        super().__init__(lines or (1 if shape is Shape.LINE else 2), most=16)
        self.shape = shape
        self.words = tuple(words)
        self._last = ""
        self._composing = False
        self._colours = _Colours(self.document())
        self._popup = QListView()
        self._completer = self._make_completer()
        self.textChanged.connect(self._on_changed)
        self.cursorPositionChanged.connect(self._offer_at_cursor)

    # --- value --------------------------------------------------------------

    def value(self) -> str | list[str]:
        """Return the text, or the paragraphs that are not empty."""
        if self.shape is Shape.PARAGRAPHS:
            return [text for text in self._blocks() if text.strip()]
        return "\n".join(self._blocks())

    def lines(self) -> list[str]:
        """Return all paragraphs, empty ones too: for lists whose number is fixed."""
        return self._blocks()

    def set_value(self, value: str | Sequence[str]) -> None:
        """Show another text; the field's own undo begins anew."""
        many = [value] if isinstance(value, str) else [one.replace("\n", _SOFT_BREAK) for one in value]
        text = "\n".join(many)
        self._last = text
        self.set_text(text)

    def show_marks(self, faults: Iterable[tuple[int | None, int, str]]) -> None:
        """Underline what is wrong: (paragraph or ``None``, line in it from 1, word)."""
        filled = [at for at, text in enumerate(self._blocks()) if text.strip()]
        marks: list[Mark] = []
        for paragraph, line, word in faults:
            if paragraph is None:
                marks.append(Mark(line - 1, word))
            elif paragraph < len(filled):
                marks.append(Mark(filled[paragraph], word))
        if tuple(marks) != self._colours.marks:
            self._colours.marks = tuple(marks)
            self._colours.rehighlight()

    def _blocks(self) -> list[str]:
        document, texts = self.document(), []
        block = document.begin()
        while block.isValid():
            texts.append(block.text().replace(_SOFT_BREAK, "\n"))
            block = block.next()
        return texts

    # --- words --------------------------------------------------------------

    def insert_word(self, word: KnownWord | str, *, as_condition: bool = False) -> None:
        """Write a word at the cursor, or put what is selected between its condition and the end of it."""
        is_condition = as_condition or (isinstance(word, KnownWord) and word.is_condition)
        name = word.word if isinstance(word, KnownWord) else word
        cursor = self.textCursor()
        if not is_condition:
            cursor.insertText(f"{{{{{name}}}}}")
        else:
            selected, first = cursor.selectedText(), cursor.selectionStart()
            begin = f"{{% if {name} %}}"
            cursor.insertText(f"{begin}{selected}{{% endif %}}")
            cursor.setPosition(first + len(begin) + len(selected))
            self.setTextCursor(cursor)
        self.setFocus()

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(self)
        completer.setModel(QStringListModel([word.word for word in self.words], completer))
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setWidget(self)
        self._popup.setAccessibleName(_("Words this text may use"))
        completer.setPopup(self._popup)
        completer.activated.connect(self._complete)
        return completer

    def completing(self) -> bool:
        """Return whether words are offered at the moment."""
        return self._popup.isVisible()

    def _begun(self) -> tuple[str, bool] | None:
        """Return what of a word is typed before the cursor, and whether it stands in a condition."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        if found := _WORD_BEGUN.search(before):
            return found.group(1), False
        if found := _CONDITION_BEGUN.search(before):
            return found.group(1), True
        return None

    def _offer_at_cursor(self) -> None:
        begun = self._begun()
        if begun is None or not self.hasFocus() or self._composing or self.isReadOnly():
            if self.completing():
                self._popup.hide()
            return
        self._completer.setCompletionPrefix(begun[0])
        if not self._completer.completionCount() or self._completer.currentCompletion() == begun[0]:
            self._popup.hide()
            return
        place = self.cursorRect()
        place.setWidth(_POPUP_WIDTH)
        self._completer.complete(place)
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _complete(self, word: str) -> None:
        begun = self._begun()
        if begun is None:
            return
        prefix, is_condition = begun
        cursor = self.textCursor()
        after = cursor.block().text()[cursor.positionInBlock() :]
        closing = " %}" if is_condition else "}}"
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(prefix))
        cursor.insertText(word + ("" if after.lstrip().startswith(closing.strip()) else closing))
        self.setTextCursor(cursor)

    # --- Qt -----------------------------------------------------------------

    def _on_changed(self) -> None:
        text = "\n".join(self._blocks())
        if text != self._last:
            self._last = text
            self.edited.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Offer nothing while a word is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys to the list of words while it is open; in a line, Enter goes on to the next field."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.completing() and (enter or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)):
            event.ignore()
            return
        if enter and self.shape is Shape.LINE:
            self.focusNextChild()
            return
        is_space = event.key() == Qt.Key.Key_Space
        if is_space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._offer_at_cursor()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste letters only; in a line, line ends become spaces."""
        text = source.text()
        if self.shape is Shape.LINE:
            text = " ".join(text.splitlines())
        self.textCursor().insertText(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say which field the person is in."""
        super().focusInEvent(event)
        self.entered.emit(self)
