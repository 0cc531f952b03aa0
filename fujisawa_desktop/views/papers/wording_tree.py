"""All wordings, papers and mails, each with the texts it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.paper_templates import COMMON, MAIL
from fujisawa_desktop.services.wording_shape import Path
from fujisawa_desktop.services.wording_versions import WordingRow
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.widgets import tool_tip

_PLACE: Final = Qt.ItemDataRole.UserRole


class Place(NamedTuple):
    """What is edited: a wording and, where it holds several texts, which of them (empty: the settings)."""

    name: str
    variant: Path | None


class WordingTree(QTreeWidget):
    """Papers first, then mails; what differs from the shipped text says so.

    Signals:
        chosen(Place): the person wants to edit this.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "wordings")
        self.setHeaderHidden(True)
        self.setAccessibleName(_("Wordings"))
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setRootIsDecorated(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[WordingRow]) -> None:
        """List the wordings anew; what was open stays open."""
        now = self.place()
        blocker = QSignalBlocker(self)
        self.clear()
        for title, is_mail in ((_("Papers"), False), (_("Mails"), True)):
            top = QTreeWidgetItem(self, [title])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for row in rows:
                if row.name.startswith(MAIL) is is_mail:
                    self._add(top, row)
            top.setExpanded(True)
        if now is not None:
            self._mark(now)
        blocker.unblock()

    def place(self) -> Place | None:
        """Return what is chosen."""
        item = self.currentItem()
        return item.data(0, _PLACE) if item is not None else None

    def choose(self, place: Place) -> None:
        """Choose something as if it had been clicked."""
        self._mark(place)

    def mark_quietly(self, place: Place) -> None:
        """Show what is being edited, without asking for it again."""
        with QSignalBlocker(self):
            self._mark(place)

    def places(self) -> list[Place]:
        """Return everything that can be chosen, from top to bottom."""
        return [place for item in self._items() if (place := item.data(0, _PLACE)) is not None]

    def _mark(self, place: Place) -> None:
        found = [item for item in self._items() if item.data(0, _PLACE) == place]
        same = [item for item in self._items() if (one := item.data(0, _PLACE)) and one.name == place.name]
        if item := next(iter(found or same), None):
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def _add(self, top: QTreeWidgetItem, row: WordingRow) -> None:
        kind = row.name.removeprefix(MAIL)
        title = term("mail", kind) if MAIL in row.name and kind != COMMON else term("wording", row.name)
        item = self._item(top, _("{name} (changed)").format(name=title) if row.is_changed else title)
        if len(row.variants) < 2:
            item.setData(0, _PLACE, Place(row.name, None))
            return
        for variant in row.variants:
            inner = self._item(item, term("wording-section", variant[-1]))
            inner.setData(0, _PLACE, Place(row.name, variant))
        self._item(item, _("Settings")).setData(0, _PLACE, Place(row.name, ()))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setExpanded(True)

    @staticmethod
    def _item(parent: QTreeWidgetItem, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [text])
        item.setToolTip(0, tool_tip(text))
        return item

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for at in range(self.topLevelItemCount()):
            yield from _below(self.topLevelItem(at))

    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        place = item.data(0, _PLACE) if item is not None else None
        if place is not None:
            self.chosen.emit(place)


def _below(item: QTreeWidgetItem | None) -> Iterator[QTreeWidgetItem]:
    if item is not None:
        yield item
        for at in range(item.childCount()):
            yield from _below(item.child(at))
