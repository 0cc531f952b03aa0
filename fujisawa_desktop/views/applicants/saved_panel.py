"""保存した絞り込み at the top of the filters: each with its count, applied, renamed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.applicants import ListQuery
from fujisawa_desktop.services.saved_views import SavedViewRow
from fujisawa_desktop.views.widgets import CountedCheck, LinkButton, TextLabel, row


class SavedPanel(QWidget):
    """The saved views; the one whose conditions are those of the list now is ticked.

    Signals:
        chosen(SavedViewRow): show this view.
        left(): the ticked view was unticked: show everybody.
        save_wanted(): keep the present conditions.
        rename_wanted(SavedViewRow): give it another name.
        delete_wanted(SavedViewRow): delete it.

    Attributes:
        views: those that are offered, as they were read.
    """

    chosen = Signal(object)
    left = Signal()
    save_wanted = Signal()
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Saved views"))
        self.views: tuple[SavedViewRow, ...] = ()
        self._query: ListQuery | None = None
        self.read_only = False
        self.boxes: list[CountedCheck] = []
        self._title = TextLabel(_("Saved views"), "secondary")
        self.save_button = LinkButton(_("Save this view…"), self.save_wanted.emit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        self._column.addLayout(row(self.save_button, None))
        self._say()

    def show_views(self, views: Sequence[SavedViewRow]) -> None:
        """Offer these views with their counts."""
        self.views = tuple(views)
        for box in self.boxes:
            self._column.removeWidget(box)
            box.deleteLater()
        self.boxes = [self._box(view) for view in self.views]
        for at, box in enumerate(self.boxes, start=1):
            self._column.insertWidget(at, box)
        self._say()

    def show_query(self, query: ListQuery) -> None:
        """Tick the view whose conditions are these."""
        self._query = query
        self._say()

    def _box(self, view: SavedViewRow) -> CountedCheck:
        box = CountedCheck(view.name)
        box.set_count(view.count)
        box.setAccessibleDescription(_("Saved view; F2 renames, Del deletes"))
        box.clicked.connect(lambda on: self._on_clicked(view, on))
        box.installEventFilter(self)
        return box

    def _on_clicked(self, view: SavedViewRow, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if on:
            self.chosen.emit(view)
        else:
            self.left.emit()

    def _say(self) -> None:
        """Show which view is on, and whether there is something to save."""
        now = None if self._query is None else _bare(self._query)
        for box, view in zip(self.boxes, self.views, strict=True):
            with QSignalBlocker(box):
                box.setChecked(now is not None and _bare(view.query) == now)
        narrowed = now is not None and now != _bare(ListQuery(now.programme_id))
        known = any(box.isChecked() for box in self.boxes)
        self.save_button.setVisible(narrowed and not known and not self.read_only)
        self._title.setVisible(bool(self.views) or self.save_button.isVisibleTo(self))

    def view_menu(self, view: SavedViewRow) -> QMenu:
        """Return the menu of one view."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Show")).triggered.connect(lambda: self.chosen.emit(view))
        if not self.read_only:
            menu.addAction(_("Rename… (F2)")).triggered.connect(lambda: self.rename_wanted.emit(view))
            menu.addAction(_("Delete (Del)")).triggered.connect(lambda: self.delete_wanted.emit(view))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 renames, Delete deletes, the menu key and the right button open the menu."""
        place = next((at for at, box in enumerate(self.boxes) if box is watched), None)
        if place is None:
            return super().eventFilter(watched, event)
        view, box = self.views[place], self.boxes[place]
        if event.type() is QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            at = box.mapToGlobal(QPoint(0, box.height())) if by_key else event.globalPos()
            self.view_menu(view).popup(at)
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.read_only:
            wanted = {Qt.Key.Key_F2: self.rename_wanted, Qt.Key.Key_Delete: self.delete_wanted}
            signal = wanted.get(Qt.Key(event.key()))
            if signal is not None:
                signal.emit(view)
                return True
        return super().eventFilter(watched, event)


def _bare(query: ListQuery) -> ListQuery:
    """Return the conditions only: neither the order nor the group of the day makes another view."""
    return replace(query, text=query.text.strip(), sorts=(), entry_ids=None)
