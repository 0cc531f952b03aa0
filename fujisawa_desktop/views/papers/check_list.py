"""Beside the page: what should be looked at before the papers leave the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.services.paper_checks import CheckKind, PaperCheck
from fujisawa_desktop.views.icons import icon
from fujisawa_desktop.views.theme import Space, Tone, tokens
from fujisawa_desktop.views.widgets import SecondaryButton, TextLabel, row, tool_tip

_PAGE: Final = Qt.ItemDataRole.UserRole
_WRONG: Final[Tone] = "wrong"
_CAUTION: Final[Tone] = "caution"
_ABOUT_PERSONS: Final = frozenset(
    {CheckKind.NO_ADDRESS, CheckKind.LEFT_OUT, CheckKind.OUTDATED, CheckKind.NOT_STATED}
)
"""What is said of a person's paper as a whole, not of one text on it."""


class _WholeText(QStyledItemDelegate):
    """Makes every item as high as its wrapped text: Qt's own measure forgets the padding of the style."""

    _BESIDE: Final = 2 * (Space.S + Space.S) + 22  # the sign at the left

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of the whole text."""
        usual = super().sizeHint(option, index)
        room = QRect(0, 0, max(self._view.viewport().width() - self._BESIDE, 1), 10_000)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        needed = QFontMetrics(self._view.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return QSize(usual.width(), max(usual.height(), needed.height() + Space.S))


class CheckList(QWidget):
    """What may be wrong with the papers, the worst first; each leads to its page, F8 from one to the next.

    Signals:
        chosen(int): the page to show, counted from 1.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.heading = TextLabel("", "bold", "caution")
        self.next_button = SecondaryButton(_("Next (F8)"), self.go_on)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(_("Which things to look at"))
        self.kinds.currentIndexChanged.connect(lambda _at: self._fill())
        self._checks: Sequence[PaperCheck] = ()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_WholeText(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XS, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row(self.heading, None, self.next_button))
        column.addWidget(self.kinds)
        column.addWidget(self.list, 1)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.hide()

    def show_checks(self, checks: Sequence[PaperCheck]) -> None:
        """List what should be looked at; without anything, the list is not there."""
        self._checks = checks
        kinds = Counter(check.kind for check in checks)
        before = self.kinds.currentData()
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            self.kinds.addItem(_("Everything ({count})").format(count=f"{len(checks):,}"), "")
            for kind, count in kinds.items():
                word = texts.term("remark", kind)
                self.kinds.addItem(_("{word} ({count})").format(word=word, count=f"{count:,}"), kind.value)
            self.kinds.setCurrentIndex(max(self.kinds.findData(before), 0))
        self.kinds.setVisible(len(kinds) > 1)
        heading = ngettext("{count} thing to look at", "{count} things to look at", len(checks))
        self.heading.setText(heading.format(count=f"{len(checks):,}"))
        self.heading.set_tone("wrong" if any(check.is_wrong for check in checks) else "caution")
        self.list.setAccessibleName(self.heading.text())
        self._fill()
        self.setVisible(bool(checks))

    def _fill(self) -> None:
        """List the things of the kind chosen."""
        kind = self.kinds.currentData()
        self._signs = {
            wrong: icon(tone, tokens().text_of(tone).name())
            for wrong, tone in ((True, _WRONG), (False, _CAUTION))
        }
        with QSignalBlocker(self.list):
            self.list.clear()
            for check in self._checks:
                if not kind or check.kind == kind:
                    self._add(check)

    def _add(self, check: PaperCheck) -> None:
        sentence = _sentence(check)
        item = QListWidgetItem(sentence, self.list)
        item.setToolTip(tool_tip(sentence))
        item.setData(_PAGE, check.page)
        item.setIcon(self._signs[check.is_wrong])

    def go_on(self, step: int = 1) -> None:
        """Go to the next (1) or the previous (-1) thing to look at; after the last comes the first."""
        count = self.list.count()
        if count:
            now = self.list.currentRow()
            self.list.setCurrentRow((now + step) % count if now >= 0 else (0 if step > 0 else count - 1))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_PAGE))


def _sentence(check: PaperCheck) -> str:
    what = texts.term("remark", check.kind)
    if check.kind in _ABOUT_PERSONS:
        return _person_line(check, what)
    if check.kind is CheckKind.AGAIN:
        return _person_line(check, _sent_before(check))
    if check.code:
        return _("{name}: “{character}” ({code}) – {what}").format(
            name=check.name, character=check.text, code=check.code, what=what
        )
    if check.name == check.text:
        return _("“{text}” – {what}").format(text=check.text, what=what)
    return _("{name}: “{text}” – {what}").format(name=check.name, text=check.text, what=what)


def _person_line(check: PaperCheck, what: str) -> str:
    return _("{name} ({number})\n{what}").format(name=check.name, number=check.number, what=what)


def _sent_before(check: PaperCheck) -> str:
    dated = format_date(check.dated) if check.dated else ""
    if check.text:
        return _("was issued before: no. {document_number}, {dated}").format(
            document_number=check.text, dated=dated
        )
    return _("was issued before, on {dated}").format(dated=dated)
