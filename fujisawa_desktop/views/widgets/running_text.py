"""Sentences of several lines, with the line height Japanese needs: to read, and to write."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import LINE_HEIGHT, Tone, body_font
from fujisawa_desktop.views.widgets.basic import restyle

_PADDING = 9


def line_height(font: QFont) -> int:
    """Return the height of a line of running text in pixels."""
    return round(font.pixelSize() * LINE_HEIGHT) if font.pixelSize() > 0 else 20


def set_line_height(edit: QTextEdit) -> None:
    """Give all lines of the document the height of running text."""
    spacing = QTextBlockFormat()
    spacing.setLineHeight(line_height(edit.font()), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(edit.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(spacing)


class RunningText(QTextEdit):
    """Text to read, as high as it must be; it can be selected with the mouse and copied."""

    def __init__(self, text: str = "", tone: Tone | None = None) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}
        self._widest: float | None = None
        self.setProperty("role", "running")
        if tone is not None:
            self.setProperty("tone", tone)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(body_font())
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.viewport().setAutoFillBackground(False)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show ``text`` as it is, without any markup."""
        self._heights.clear()
        meet(text)
        self._widest = None
        self.setPlainText(text)
        set_line_height(self)
        self.setAccessibleName(text)
        self.updateGeometry()

    def text(self) -> str:
        """Return what is shown."""
        return self.toPlainText()

    def set_tone(self, tone: Tone | None) -> None:
        """Show the text in that tone."""
        restyle(self, "tone", tone)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower text is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped text."""
        # A layout asks several times for the same few widths, and each answer lays the text out.
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._lines_high(max(width, 1)) + 2
        return height

    def _lines_high(self, width: int) -> int:
        if self._advance() + 1 <= width and self.toPlainText().isprintable():
            return line_height(self.font())  # one line, as most values are: nothing to lay out
        document = self.document().clone()
        document.setTextWidth(width)
        return round(document.size().height())

    def _advance(self) -> float:
        """Return the width of the widest line."""
        if self._widest is None:
            metrics = QFontMetricsF(self.font())
            self._widest = max(map(metrics.horizontalAdvance, self.toPlainText().splitlines()), default=0.0)
        return self._widest

    def sizeHint(self) -> QSize:
        """Return the room the text would like: one line if it is short."""
        width = min(round(self._advance()) + 2, 420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(60, round(self.font().pixelSize() * LINE_HEIGHT))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the pane around."""
        event.ignore()


class TextArea(QTextEdit):
    """Text of several lines to write; it grows with its text, Tab leaves it, pasting takes letters only."""

    def __init__(self, lines: int = 3, most: int = 14) -> None:
        super().__init__()
        self.setProperty("role", "area")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(body_font())
        self.document().setDocumentMargin(0)
        self._line = round(self.font().pixelSize() * LINE_HEIGHT)
        self._fewest, self._most = lines, most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.textChanged.connect(lambda: meet(self.toPlainText()))
        set_line_height(self)
        self._grow()

    def text(self) -> str:
        """Return what is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace what is written; nothing remains for the field's own undo."""
        self.setPlainText(text)
        set_line_height(self)
        self.document().clearUndoRedoStacks()
        self.document().setModified(False)

    def _grow(self) -> None:
        """Be as high as the text, between the fewest and the most lines."""
        lines = round(self.document().size().height() / self._line)
        self.setFixedHeight(self._line * min(max(lines, self._fewest), self._most) + 2 * _PADDING)
