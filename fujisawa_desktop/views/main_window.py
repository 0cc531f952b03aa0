"""The window: menus, the row of tabs, the pages, the bar of messages and the status line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QSettings, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QTabBar,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, read_dates
from fujisawa_desktop.services.changes import ChangeSet, UndoState
from fujisawa_desktop.views.action_spec import When
from fujisawa_desktop.views.action_table import TABS
from fujisawa_desktop.views.actions import ActionSet
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.first_look import FirstLook, Row
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message, Notifier
from fujisawa_desktop.views.pages import Pages
from fujisawa_desktop.views.status_line import StatusLine
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.welcome import WelcomePage
from fujisawa_desktop.views.widgets import NoticeBar, restyle

DATABASE_SUFFIX: Final = ".fjdb"


@runtime_checkable
class _Asking(Protocol):
    """A window of its own that holds something typed."""

    def isVisible(self) -> bool:
        """Return whether it is open."""

    def may_leave(self) -> bool:
        """Return whether nothing would be lost; asks the person if need be."""


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        open_wanted(Path): open this file.
        reopen_wanted(Path, FileKey | None): the file was brought back to a copy; open it anew.
        aside_wanted(): the file is to be replaced; close it at once, if nothing typed would be lost.
        closing(): the window is about to close; everything may be put away.
    """

    open_wanted = Signal(object)
    reopen_wanted = Signal(object, object)
    aside_wanted = Signal()
    closing = Signal()

    def __init__(
        self,
        *,
        tasks: Tasks,
        notifier: Notifier,
        settings: QSettings,
        pages: Pages | None = None,
    ) -> None:
        super().__init__()
        self.settings = self._settings = settings
        self.tasks = tasks
        self.notifier = notifier
        self._reader = pages or Pages()
        self.desk: Desk | None = None
        self.pages: dict[str, TabPage] = {}
        self._look: QWidget | None = None
        self._undo = UndoState(None, None)
        self._handlers: dict[str, Callable[[], object]] = {}
        self.setWindowTitle(_("Fujisawa Desktop"))
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self.actions_table = ActionSet(self)
        self.actions_table.connect_all(self.trigger)
        self.menus: dict[str, QMenu] = self.actions_table.fill_menu_bar(self.menuBar())
        self.tabs = QTabBar()
        self.notice = NoticeBar()
        self.stack = QStackedWidget()
        self.front = QStackedWidget()
        self.welcome = WelcomePage()
        self.blank = QWidget()
        self.status = StatusLine(tasks)
        self._lay_out()
        notifier.told.connect(self._tell)
        self.set_desk(None)
        self._restore_geometry()
        self._serve_view()

    # what the composition root uses

    def serve(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Add what the window does for actions that no tab serves."""
        self._handlers.update(handlers)

    def set_desk(self, desk: Desk | None, first_rows: Sequence[Row] = ()) -> None:
        """Show the tabs of an open file, or the welcome page; pages of the file before are thrown away.

        ``first_rows`` stand in the list of applicants until its tab is read.
        """
        self._drop_pages()
        self.desk = desk
        self.tabs.setEnabled(desk is not None)
        self.show_undo(UndoState(None, None))
        if desk is None:
            self.stack.setCurrentWidget(self.welcome)
            self.status.clear_file()
            self.welcome.create_button.setFocus()
            return
        desk.changed.connect(self._on_changed)
        last = self.last_tab()
        if self._reader.is_read(last):
            self._go_first(last, desk)
        else:
            self._look_first(last, desk, first_rows)

    def await_file(self) -> None:
        """Show nothing until a file is open; the welcome page would only flash by."""
        self.stack.setCurrentWidget(self.blank)

    def known_files(self) -> list[Path]:
        """Return the files opened last, also those that are gone."""
        return self._settings.known_files() if isinstance(self._settings, Memory) else []

    def last_tab(self) -> str:
        """Return the tab that was left last."""
        last = str(self._settings.value("window/tab", "home"))
        return last if last in TABS else "home"

    def show_undo(self, state: UndoState) -> None:
        """Let the undo and redo actions name what they would do."""
        for action_id, label, empty, named in (
            ("edit.undo", state.undo, _("&Undo"), _("&Undo: {act}")),
            ("edit.redo", state.redo, _("&Redo"), _("&Redo: {act}")),
        ):
            act = texts.label(label.code, label.params).replace("&", "&&") if label else ""
            self.actions_table.rename(action_id, named.format(act=act) if act else empty)
        self._undo = state
        self._enable()
        if self.desk is not None:
            self.status.show_undo(state)

    def show_file(self, desk: Desk) -> None:
        """Say in title and status line which file is open."""
        database = desk.database
        place = database.place
        self.status.show_file(database.name, place, desk.actor or "", read_only=desk.read_only)
        self.setWindowTitle(_("{file} — Fujisawa Desktop").format(file=database.name))

    # tabs and actions

    def prepare(self, tab: str) -> None:
        """Build a tab that is not there yet, without showing it or reading anything."""
        if self.desk is None or tab in self.pages:
            return
        page = self.pages[tab] = self._reader.build(tab, self.desk)
        page.act_wanted.connect(self.trigger)
        page.acts_changed.connect(self._enable)
        self.stack.addWidget(page)

    def go_to(self, tab: str) -> TabPage:
        """Show a tab, building it when it is shown for the first time."""
        if self.desk is None:
            raise RuntimeError(tab)
        self.prepare(tab)
        at = list(TABS).index(tab)
        if self.tabs.currentIndex() != at:
            self.tabs.setCurrentIndex(at)  # comes back here through its signal
        self.stack.setCurrentWidget(self.pages[tab])
        self._settings.setValue("window/tab", tab)
        self._drop_look()
        self._enable()
        return self.pages[tab]

    def current_page(self) -> TabPage | None:
        """Return the page shown, if a file is open."""
        page = self.stack.currentWidget()
        return page if isinstance(page, TabPage) else None

    def trigger(self, action_id: str) -> None:
        """Do an action: the window itself, the page shown, or the tab the action belongs to."""
        if action_id in self._handlers:
            self._handlers[action_id]()
            return
        if self.desk is None:
            return
        page = self.current_page()
        served = page.actions_served() if page is not None else {}
        if action_id not in served:
            served = self.go_to(self.actions_table.specs[action_id].tab).actions_served()
        served[action_id]()

    def _look_first(self, tab: str, desk: Desk, rows: Sequence[Row]) -> None:
        """Show what is known already while a worker reads the tab and all it needs."""
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(list(TABS).index(tab))
        look = self._look = FirstLook(rows) if tab == "applicants" and rows else QWidget()
        self.stack.addWidget(look)
        self.stack.setCurrentWidget(look)

        def read(_done: object) -> None:
            if self._look is look:
                self._go_first(tab, desk)

        desk.tasks.run_read(lambda: self._reader.read(tab), read, owner=look)

    def _go_first(self, tab: str, desk: Desk) -> None:
        self.go_to(tab)
        desk.tasks.run_read(read_dates, lambda _none: None, owner=self, aside=True)

    def _drop_look(self) -> None:
        if self._look is not None:
            self.stack.removeWidget(self._look)
            self._look.deleteLater()
            self._look = None

    def _enable(self) -> None:
        """Enable what is possible now, with this file and on this page."""
        may_write = self.desk is not None and not self.desk.read_only
        page = self.current_page()
        self.actions_table.enable(
            {
                When.ALWAYS: True,
                When.OPEN: self.desk is not None,
                When.WRITABLE: may_write,
                When.UNDO: may_write and (self._undo.undo is not None or bool(self._undo.undo_by)),
                When.REDO: may_write and self._undo.redo is not None,
            },
            served=page.actions_served() if page is not None and may_write else (),
        )

    def _serve_view(self) -> None:
        self.serve({f"view.{tab}": partial(self.go_to, tab) for tab in TABS})
        self.serve(
            {
                "view.next": lambda: self._step(1),
                "view.previous": lambda: self._step(-1),
                "view.reload": self._reload,
                "edit.find": self._find,
                "file.quit": self.close,
            }
        )

    def _step(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def _reload(self) -> None:
        if page := self.current_page():
            page.reload()

    def _find(self) -> None:
        """Go to the search box of the page, or to the list of people where there is none."""
        page = self.current_page()
        if page is not None and type(page).focus_search is TabPage.focus_search:
            page = self.go_to("applicants")
        if page is not None:
            page.focus_search()

    def _on_tab(self, at: int) -> None:
        if self.desk is not None:
            self.go_to(list(TABS)[at])

    def _on_changed(self, change: ChangeSet) -> None:
        """Every act ends what the bar said about the act before; what others do does not."""
        if self.notice.isVisible() and not change.by:
            self.notice.close_message()

    def may_leave(self) -> bool:
        """Return whether nothing typed would be lost; tabs and open windows ask the person if need be."""
        windows = [one for one in self.findChildren(QDialog) if isinstance(one, _Asking) and one.isVisible()]
        return all(page.can_leave() for page in self.pages.values()) and all(
            one.may_leave() for one in windows
        )

    # layout

    def _lay_out(self) -> None:
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("Tabs"))
        for title in TABS.values():
            self.tabs.addTab(_(title))
        self.tabs.currentChanged.connect(self._on_tab)
        tools = QToolBar()
        tools.setObjectName("tools")
        tools.setIconSize(QSize(16, 16))
        self.actions_table.fill_toolbar(tools)
        tab_row = QWidget()
        tab_row.setObjectName("tabRow")
        line = QHBoxLayout(tab_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(tools)
        notice_row = QHBoxLayout()
        notice_row.setContentsMargins(Space.L, 0, Space.L, 0)
        restyle(self.notice, "bar", value=True)
        notice_row.addWidget(self.notice)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(tab_row)
        column.addLayout(notice_row)
        column.addWidget(self.stack, 1)
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.blank)
        self.front.addWidget(middle)
        self.setCentralWidget(self.front)
        self.setStatusBar(self.status)

    def _tell(self, message: Message) -> None:
        self.notice.show_message(
            message.text, message.tone, action=message.action, on_action=message.on_action
        )

    def _drop_pages(self) -> None:
        self._drop_look()
        for page in self.pages.values():
            page.save_state()
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()

    def _restore_geometry(self) -> None:
        state = self._settings.value("window/geometry")
        if not (isinstance(state, QByteArray) and self.restoreGeometry(state)):
            self.resize(1280, 800)

    # Qt overrides

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask tabs and open windows whether something typed would be lost, then remember the window."""
        if not self.may_leave():
            event.ignore()
            return
        self._settings.setValue("window/geometry", self.saveGeometry())
        for page in self.pages.values():
            page.save_state()
        self._settings.sync()
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a database, or hand any other file to the tab it belongs to."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.take_file(paths[0])

    def take_file(self, path: Path) -> None:
        """Take in a file dropped on the window."""
        if path.suffix.lower() == DATABASE_SUFFIX:
            self.open_wanted.emit(path)
            return
        page = self.current_page()
        if page is None:
            return
        if not page.accepts_file(path):
            page = self.go_to("applicants")
        page.open_file(path)
