"""Beside the page: whose pages these are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.names import search_key, search_terms
from fujisawa_desktop.services.paper_draft import DraftPage
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import SearchField, tool_tip

_PAGE: Final = Qt.ItemDataRole.UserRole
_KEY: Final = Qt.ItemDataRole.UserRole + 1


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
