"""Beside the page: whose pages these are, and what should be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.names import search_key, search_terms
from fujisawa_desktop.services.papers import DraftPage, PaperWarning
from fujisawa_desktop.views.theme import Space, tokens
from fujisawa_desktop.views.widgets import SearchField, TextLabel, tool_tip

_PAGE: Final = Qt.ItemDataRole.UserRole
_KEY: Final = Qt.ItemDataRole.UserRole + 1


class _WholeText(QStyledItemDelegate):
    """Makes every item as high as its wrapped text: Qt's own measure forgets the padding of the style."""

    _BESIDE: Final = 2 * (Space.S + Space.S)

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


class PeopleList(QWidget):
    """The people (or lists) of the file in order of their pages; people can be searched for.

    Signals:
        chosen(int): the page to show, counted from 1.
    """

    chosen = Signal(int)

    def __init__(self, *, of_people: bool) -> None:
        super().__init__()
        self._of_people = of_people
        self.search = SearchField(_("Name or number"), _("Find a person in the papers"))
        self.search.setVisible(of_people)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Whose pages") if of_people else _("Lists in this file"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the number, the stage stand at the end
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.searched.connect(self._filter)
        self.search.go_down.connect(self._go_down)
        self.list.currentItemChanged.connect(self._choose)

    def show_pages(self, pages: Sequence[DraftPage]) -> None:
        """List the people anew."""
        blocker = QSignalBlocker(self.list)
        self.list.clear()
        for page in pages:
            text = f"{page.name}　{page.number}" if self._of_people else page.name
            item = QListWidgetItem(text, self.list)
            item.setData(_PAGE, page.first_page)
            item.setData(_KEY, search_key(f"{page.name} {page.number}"))
            item.setToolTip(tool_tip(_("{name}, from page {page}").format(name=text, page=page.first_page)))
        blocker.unblock()
        self._filter(self.search.text())

    def follow(self, number: int) -> None:
        """Mark whose page is shown, without turning to that person's first page."""
        found = None
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(_PAGE) > number:
                break
            found = item
        if found is not None:
            with QSignalBlocker(self.list):
                self.list.setCurrentItem(found)

    def _choose(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_PAGE))

    def _filter(self, text: str) -> None:
        words = search_terms(text)
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(not all(word in item.data(_KEY) for word in words))

    def _go_down(self) -> None:
        """Go to the first person found."""
        shown = (self.list.item(place) for place in range(self.list.count()))
        first = next((item for item in shown if not item.isHidden()), None)
        if first is not None:
            self.list.setFocus()
            self.list.setCurrentItem(first)


class WarningList(QWidget):
    """Characters no font has, forms that differ, texts that were narrowed or cut; each leads to its page.

    Signals:
        chosen(str): number of the person concerned.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.heading = TextLabel("", "bold", "caution")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_WholeText(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.hide()

    def show_warnings(self, warnings: Sequence[PaperWarning]) -> None:
        """List what should be looked at, the worst first; without any, the list is not there."""
        self.list.clear()
        worst_first = sorted(warnings, key=lambda warning: not warning.is_lost)
        listed = {(warning.number, _sentence(warning)): warning.is_lost for warning in worst_first}
        for (number, sentence), is_lost in listed.items():
            item = QListWidgetItem(sentence, self.list)
            item.setToolTip(tool_tip(item.text()))
            item.setData(_KEY, number)
            item.setForeground(tokens().text_of("wrong" if is_lost else "neutral"))
        heading = ngettext("{count} thing to look at", "{count} things to look at", len(listed))
        self.heading.setText(heading.format(count=len(listed)))
        self.list.setAccessibleName(self.heading.text())
        self.setVisible(bool(warnings))

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_KEY))


def _sentence(warning: PaperWarning) -> str:
    what = texts.term("remark", warning.kind)
    if warning.is_character:
        return _("{name}: “{character}” ({code}) – {what}").format(
            name=warning.name, character=warning.text, code=warning.code, what=what
        )
    if warning.name == warning.text:
        return _("“{text}” – {what}").format(text=warning.text, what=what)
    return _("{name}: “{text}” – {what}").format(name=warning.name, text=warning.text, what=what)
